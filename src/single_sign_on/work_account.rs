//! A work account: someone at the provider, joined to an account here.

use chrono::NaiveDateTime;
use diesel::prelude::*;
use serde::Serialize;
use serde_json::json;

use crate::accounts::Account;
use crate::acts::Act;
use crate::audit::Subject;
use crate::db::schema::{accounts, work_accounts};
use crate::db::{DbConnection, unless_taken};
use crate::error::{Error, Result};
use crate::ids::AccountId;
use crate::mail::Letter;
use crate::openid::WorkIdentity;

/// A work account as it is stored.
#[derive(Debug, Clone, Queryable, Selectable, Insertable)]
#[diesel(table_name = work_accounts)]
pub struct WorkAccount {
    pub issuer: String,
    pub subject: String,
    pub account_id: AccountId,
    pub joined_at: NaiveDateTime,
    pub last_used_at: NaiveDateTime,
}

#[derive(Serialize)]
struct JoinedLetter<'a> {
    name: &'a str,
}
impl Letter for JoinedLetter<'_> {
    const NAME: &'static str = "work-account-joined";
}

impl WorkAccount {
    /// The account that someone at the provider signs in to.
    pub fn account_of(conn: &mut DbConnection, identity: &WorkIdentity) -> Result<Option<Account>> {
        Ok(work_accounts::table
            .inner_join(accounts::table)
            .filter(work_accounts::issuer.eq(&identity.issuer))
            .filter(work_accounts::subject.eq(&identity.subject))
            .select(Account::as_select())
            .first(conn)
            .optional()?)
    }

    /// Joins someone at the provider to an account, which has nobody else there yet; tells its owner.
    pub(super) fn join_to(act: &mut Act<'_>, identity: &WorkIdentity, account: &Account) -> Result<()> {
        let (issuer, subject) = (identity.issuer.clone(), identity.subject.clone());
        let row = Self { issuer, subject, account_id: account.id, joined_at: act.at, last_used_at: act.at };
        unless_taken(act.conn, |conn| diesel::insert_into(work_accounts::table).values(&row).execute(conn))?
            .ok_or(Error::Conflict)?;
        act.record("work account joined", Subject::of("account", account.id), json!({ "issuer": row.issuer }))?;
        act.post(&account.address(), &JoinedLetter { name: &account.name })
    }

    /// Has the account someone at this provider already?
    pub(super) fn is_joined(conn: &mut DbConnection, account: AccountId, issuer: &str) -> Result<bool> {
        let joined =
            work_accounts::table.filter(work_accounts::account_id.eq(account)).filter(work_accounts::issuer.eq(issuer));
        Ok(diesel::select(diesel::dsl::exists(joined)).get_result(conn)?)
    }

    pub(super) fn note_use(act: &mut Act<'_>, identity: &WorkIdentity) -> Result<()> {
        diesel::update(work_accounts::table.find((&identity.issuer, &identity.subject)))
            .set(work_accounts::last_used_at.eq(act.at))
            .execute(act.conn)?;
        Ok(())
    }
}
