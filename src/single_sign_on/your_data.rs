//! Work accounts as their owner is told of them, and how they are forgotten.

use diesel::prelude::*;

use super::work_account::WorkAccount;
use crate::acts::Act;
use crate::db::DbConnection;
use crate::db::schema::work_accounts;
use crate::error::Result;
use crate::ids::AccountId;
use crate::row;
use crate::takeaway::{Row, Sheet, Someone, Window};

pub fn sheets() -> Vec<Sheet<Someone>> {
    let columns = &["provider", "known_there_as", "joined_at", "last_used_at"];
    vec![Sheet { name: "work-accounts", title: "Work accounts you sign in with", columns, page: own_work_accounts }]
}

fn own_work_accounts(conn: &mut DbConnection, whom: &Someone, window: Window) -> Result<Vec<Row>> {
    let rows: Vec<WorkAccount> = work_accounts::table
        .filter(work_accounts::account_id.eq_any(whom.account.as_slice()))
        .order((work_accounts::issuer, work_accounts::subject))
        .limit(window.most)
        .offset(window.from)
        .select(WorkAccount::as_select())
        .load(conn)?;
    Ok(rows.into_iter().map(|w| row![w.issuer, w.subject, w.joined_at, w.last_used_at]).collect())
}

/// Whoever comes from the provider again is someone new.
pub fn forget(act: &mut Act<'_>, account: AccountId) -> Result<()> {
    diesel::delete(work_accounts::table.filter(work_accounts::account_id.eq(account))).execute(act.conn)?;
    Ok(())
}
