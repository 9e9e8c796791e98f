//! Passkeys as their owner is told of them, by their names and never by their keys; and how they are forgotten.

use diesel::prelude::*;

use super::passkey::Passkey;
use crate::acts::Act;
use crate::db::DbConnection;
use crate::db::schema::{passkey_questions, passkeys};
use crate::error::Result;
use crate::ids::AccountId;
use crate::row;
use crate::takeaway::{Row, Sheet, Someone, Window};

pub fn sheets() -> Vec<Sheet<Someone>> {
    let columns = &["name", "added_at", "last_used_at"];
    vec![Sheet { name: "passkeys", title: "Your passkeys, by the names you gave them", columns, page: own_passkeys }]
}

fn own_passkeys(conn: &mut DbConnection, whom: &Someone, window: Window) -> Result<Vec<Row>> {
    let rows: Vec<Passkey> = passkeys::table
        .filter(passkeys::account_id.eq_any(whom.account.as_slice()))
        .order(passkeys::id)
        .limit(window.most)
        .offset(window.from)
        .select(Passkey::as_select())
        .load(conn)?;
    Ok(rows.into_iter().map(|p| row![p.name, p.added_at, p.last_used_at]).collect())
}

/// None of them opens anything any more.
pub fn forget(act: &mut Act<'_>, account: AccountId) -> Result<()> {
    diesel::delete(passkeys::table.filter(passkeys::account_id.eq(account))).execute(act.conn)?;
    diesel::delete(passkey_questions::table.filter(passkey_questions::account_id.eq(account))).execute(act.conn)?;
    Ok(())
}
