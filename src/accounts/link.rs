//! Links sent by e-mail: one use, an end, and only the hash of their token in the database.

use chrono::Duration;
use diesel::prelude::*;
use serde_json::json;
use sha2::{Digest, Sha256};

use super::account::{Account, NewAccount, Role, grant_role, open_confirmed};
use super::session::end_all_sessions;
use crate::acts::Act;
use crate::audit::Subject;
use crate::db::DbConnection;
use crate::db::schema::account_links;
use crate::error::{Error, Result};
use crate::ids::AccountId;
use crate::mail::Letter;
use crate::text_enum;
use crate::words::EmailAddress;

text_enum! {
    /// What a link is good for.
    pub enum Purpose { Confirm = "confirm", Reset = "reset", FirstSteward = "first_steward" }
}

impl Purpose {
    fn lasts(self) -> Duration {
        match self {
            Self::Confirm => Duration::days(7),
            Self::Reset => Duration::hours(2),
            Self::FirstSteward => Duration::days(30),
        }
    }
}

/// A new password, hashed.
pub struct NewPassword {
    pub password_hash: String,
}

#[derive(serde::Serialize)]
struct ResetLetter<'a> {
    name: &'a str,
    token: &'a str,
}
impl Letter for ResetLetter<'_> {
    const NAME: &'static str = "reset-password";
}

/// 32 random bytes in hexadecimal.
pub fn new_token() -> String {
    hex::encode(rand::random::<[u8; 32]>())
}

/// What is stored of a token.
pub fn token_hash(token: &str) -> String {
    hex::encode(Sha256::digest(token))
}

pub(super) fn new_link(act: &mut Act<'_>, account: Option<AccountId>, purpose: Purpose) -> Result<String> {
    let token = new_token();
    diesel::insert_into(account_links::table)
        .values((
            account_links::token_hash.eq(token_hash(&token)),
            account_links::account_id.eq(account),
            account_links::purpose.eq(purpose),
            account_links::expires_at.eq(act.at + purpose.lasts()),
        ))
        .execute(act.conn)?;
    Ok(token)
}

/// Is a link still good? Looking does not use it up: mail scanners look too.
pub(super) fn link_is_good(
    conn: &mut DbConnection,
    now: chrono::NaiveDateTime,
    token: &str,
    purpose: Purpose,
) -> Result<bool> {
    let good = account_links::table
        .find(token_hash(token))
        .filter(account_links::purpose.eq(purpose))
        .filter(account_links::used_at.is_null())
        .filter(account_links::expires_at.gt(now));
    Ok(diesel::select(diesel::dsl::exists(good)).get_result(conn)?)
}

/// Uses a link up. `NotFound` when it is unknown, used or past its end.
fn use_link(act: &mut Act<'_>, token: &str, purpose: Purpose) -> Result<Option<AccountId>> {
    let used = diesel::update(account_links::table.find(token_hash(token)))
        .filter(account_links::purpose.eq(purpose))
        .filter(account_links::used_at.is_null())
        .filter(account_links::expires_at.gt(act.at))
        .set(account_links::used_at.eq(act.at))
        .returning(account_links::account_id)
        .get_result(act.conn)
        .optional()?;
    used.ok_or(Error::NotFound)
}

/// Confirms the address a link was sent to.
pub fn confirm_account(act: &mut Act<'_>, token: &str) -> Result<Account> {
    let id = use_link(act, token, Purpose::Confirm)?.ok_or(Error::NotFound)?;
    let account = Account::find(act.conn, id)?;
    act.by = crate::audit::Actor { account: Some(account.id), name: account.name.clone() };
    account.activate(act)?;
    Ok(account)
}

/// Sends a link to choose a new password with, if the address has an account.
pub(super) fn send_reset_link(act: &mut Act<'_>, email: &EmailAddress) -> Result<()> {
    let Some(account) = Account::find_by_email(act.conn, email.as_str())? else { return Ok(()) };
    if !account.is_active() {
        return account.ask_to_confirm(act);
    }
    let token = new_link(act, Some(account.id), Purpose::Reset)?;
    act.record("password reset asked for", Subject::of("account", account.id), json!({}))?;
    act.post(email, &ResetLetter { name: &account.name, token: &token })
}

/// Sets a new password and ends every session of the account.
pub(super) fn reset_password(act: &mut Act<'_>, token: &str, new: &NewPassword) -> Result<()> {
    let id = use_link(act, token, Purpose::Reset)?.ok_or(Error::NotFound)?;
    let account = Account::find(act.conn, id)?;
    account.set_password(act, &new.password_hash)?;
    end_all_sessions(act, account.id)
}

/// A link that makes the first VRP administrator, printed when the database is new.
pub fn invite_first_steward(act: &mut Act<'_>) -> Result<String> {
    new_link(act, None, Purpose::FirstSteward)
}

/// Makes the first VRP administrator; `None` if the address has an account.
pub(super) fn open_first_steward(act: &mut Act<'_>, token: &str, new: &NewAccount) -> Result<Option<Account>> {
    let Some(account) = open_confirmed(act, new)? else { return Ok(None) };
    use_link(act, token, Purpose::FirstSteward)?;
    grant_role(act, account.id, Role::Steward)?;
    Ok(Some(account))
}
