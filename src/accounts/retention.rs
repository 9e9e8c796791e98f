//! What of accounts is kept for a time only: accounts that nobody confirmed, and links that no longer work.

use chrono::NaiveDateTime;
use diesel::prelude::*;
use serde_json::json;

use super::account::AccountState;
use crate::acts::Act;
use crate::audit::Subject;
use crate::db::schema::{account_links, accounts};
use crate::error::Result;
use crate::ids::AccountId;
use crate::mail::forget_letters_to;

const BATCH: i64 = 500;

/// Removes accounts opened before whose address nobody confirmed, as if they had never been; returns how many.
pub fn forget_unconfirmed(act: &mut Act<'_>, before: NaiveDateTime) -> Result<usize> {
    let old: Vec<(AccountId, String)> = accounts::table
        .filter(accounts::state.eq(AccountState::Unconfirmed))
        .filter(accounts::created_at.le(before))
        .order(accounts::created_at)
        .limit(BATCH)
        .select((accounts::id, accounts::email))
        .load(act.conn)?;
    let (ids, addresses): (Vec<AccountId>, Vec<String>) = old.into_iter().unzip();
    forget_letters_to(act.conn, &addresses)?;
    diesel::delete(account_links::table.filter(account_links::account_id.eq_any(&ids))).execute(act.conn)?;
    let unconfirmed = accounts::table.filter(accounts::state.eq(AccountState::Unconfirmed));
    let removed = diesel::delete(unconfirmed.filter(accounts::id.eq_any(ids))).execute(act.conn)?;
    note(act, "unconfirmed accounts removed", removed)?;
    Ok(removed)
}

/// Removes links that ended before, used or not; returns how many.
pub fn forget_old_links(act: &mut Act<'_>, before: NaiveDateTime) -> Result<usize> {
    let old: Vec<String> = account_links::table
        .filter(account_links::expires_at.le(before))
        .order(account_links::expires_at)
        .limit(BATCH)
        .select(account_links::token_hash)
        .load(act.conn)?;
    let removed =
        diesel::delete(account_links::table.filter(account_links::token_hash.eq_any(old))).execute(act.conn)?;
    note(act, "old links removed", removed)?;
    Ok(removed)
}

fn note(act: &mut Act<'_>, verb: &str, removed: usize) -> Result<()> {
    if removed == 0 {
        return Ok(());
    }
    act.record(verb, Subject::of("retention", "accounts"), json!({ "removed": removed }))
}
