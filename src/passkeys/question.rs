//! A question put to a device, until it is answered: a row that is used once, within ten minutes.

use chrono::{Duration, NaiveDateTime};
use diesel::prelude::*;

use super::relying_party::Asked;
use crate::accounts::{new_token, token_hash};
use crate::acts::Act;
use crate::clock::CLOCKS_DIFFER;
use crate::db::DbConnection;
use crate::db::schema::passkey_questions;
use crate::error::Result;
use crate::ids::AccountId;

const LASTS: Duration = Duration::minutes(10);

/// Keeps a question, in place of an earlier one to the same person; returns the token to answer it with.
pub fn keep_question(act: &mut Act<'_>, asked: &Asked, of: Option<AccountId>) -> Result<String> {
    if of.is_some() {
        diesel::delete(passkey_questions::table.filter(passkey_questions::account_id.eq(of))).execute(act.conn)?;
    }
    let token = new_token();
    diesel::insert_into(passkey_questions::table)
        .values((
            passkey_questions::token_hash.eq(token_hash(&token)),
            passkey_questions::account_id.eq(of),
            passkey_questions::state.eq(&asked.state),
            passkey_questions::expires_at.eq(act.at + LASTS),
        ))
        .execute(act.conn)?;
    Ok(token)
}

/// Ends a question and returns what was kept of it; `None` when it is unknown, answered, too old or another person's.
pub fn take_question(act: &mut Act<'_>, token: &str, of: Option<AccountId>) -> Result<Option<String>> {
    let open = passkey_questions::table
        .find(token_hash(token))
        .filter(passkey_questions::expires_at.gt(act.at))
        .filter(passkey_questions::expires_at.le(act.at + LASTS + CLOCKS_DIFFER));
    let found: Option<(Option<AccountId>, String)> =
        open.select((passkey_questions::account_id, passkey_questions::state)).first(act.conn).optional()?;
    let Some((_, state)) = found.filter(|(whose, _)| *whose == of) else { return Ok(None) };
    match diesel::delete(passkey_questions::table.find(token_hash(token))).execute(act.conn)? {
        0 => Ok(None),
        _ => Ok(Some(state)),
    }
}

/// Deletes the rows of questions that nobody answered.
pub fn forget_old_questions(conn: &mut DbConnection, now: NaiveDateTime) -> Result<usize> {
    Ok(diesel::delete(passkey_questions::table.filter(passkey_questions::expires_at.le(now))).execute(conn)?)
}
