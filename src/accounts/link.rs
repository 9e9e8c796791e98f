//! Links sent by e-mail: one use, an end, and only the hash of their token in the database. One from the future, made
//! while a clock was wrong, is worth nothing.

use chrono::Duration;
use diesel::prelude::*;
use serde_json::json;
use sha2::{Digest, Sha256};

use super::account::{Account, NewAccount, Role, Typed, claim_unconfirmed, grant_role, open_confirmed};
use super::password::unknown_password_hash;
use super::session::end_all_sessions;
use crate::acts::Act;
use crate::audit::{Actor, Subject};
use crate::clock::CLOCKS_DIFFER;
use crate::db::DbConnection;
use crate::db::schema::account_links;
use crate::error::{Error, Result};
use crate::ids::AccountId;
use crate::mail::Letter;
use crate::text_enum;
use crate::words::EmailAddress;

text_enum! {
    /// What a link is good for.
    pub enum Purpose {
        Confirm = "confirm",
        Reset = "reset",
        FirstSteward = "first_steward",
        SignIn = "sign_in",
        NewAddress = "new_address",
    }
}

impl Purpose {
    fn lasts(self) -> Duration {
        match self {
            Self::Confirm => Duration::days(7),
            Self::Reset => Duration::hours(2),
            Self::SignIn => Duration::minutes(20),
            Self::NewAddress => Duration::hours(24),
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

#[derive(serde::Serialize)]
struct SignInLetter<'a> {
    name: &'a str,
    token: &'a str,
}
impl Letter for SignInLetter<'_> {
    const NAME: &'static str = "sign-in-link";
}

#[derive(serde::Serialize)]
struct NewAddressLetter<'a> {
    name: &'a str,
    token: &'a str,
}
impl Letter for NewAddressLetter<'_> {
    const NAME: &'static str = "new-address";
}

#[derive(serde::Serialize)]
struct AddressTakenLetter<'a> {
    name: &'a str,
}
impl Letter for AddressTakenLetter<'_> {
    const NAME: &'static str = "address-taken";
}

#[derive(serde::Serialize)]
struct AddressChangesLetter<'a> {
    name: &'a str,
    new: &'a str,
}
impl Letter for AddressChangesLetter<'_> {
    const NAME: &'static str = "address-changes";
}

#[derive(serde::Serialize)]
struct NoAccountLetter {}
impl Letter for NoAccountLetter {
    const NAME: &'static str = "no-account";
}

/// 32 random bytes in hexadecimal.
pub fn new_token() -> String {
    hex::encode(rand::random::<[u8; 32]>())
}

/// What is stored of a token.
pub fn token_hash(token: &str) -> String {
    hex::encode(Sha256::digest(token))
}

/// A link that nobody is sent: for an address that can have none it is the same work.
pub(super) fn new_link_for_nobody(act: &mut Act<'_>, purpose: Purpose) -> Result<()> {
    new_link(act, None, purpose).map(|_| ())
}

pub(super) fn new_link(act: &mut Act<'_>, account: Option<AccountId>, purpose: Purpose) -> Result<String> {
    new_link_with(act, account, purpose, None)
}

/// A link that carries something along: where to go afterwards, a new address, or what an account shall be.
pub(super) fn new_link_with(
    act: &mut Act<'_>,
    account: Option<AccountId>,
    purpose: Purpose,
    carries: Option<&str>,
) -> Result<String> {
    let token = new_token();
    diesel::insert_into(account_links::table)
        .values((
            account_links::token_hash.eq(token_hash(&token)),
            account_links::account_id.eq(account),
            account_links::purpose.eq(purpose),
            account_links::expires_at.eq(act.at + purpose.lasts()),
            account_links::carries.eq(carries),
        ))
        .execute(act.conn)?;
    Ok(token)
}

/// Is a link still good? Looking does not use it up: mail scanners look too.
pub fn link_is_good(
    conn: &mut DbConnection,
    now: chrono::NaiveDateTime,
    token: &str,
    purpose: Purpose,
) -> Result<bool> {
    let good = account_links::table
        .find(token_hash(token))
        .filter(account_links::purpose.eq(purpose))
        .filter(account_links::used_at.is_null())
        .filter(account_links::expires_at.gt(now))
        .filter(account_links::expires_at.le(now + purpose.lasts() + CLOCKS_DIFFER));
    Ok(diesel::select(diesel::dsl::exists(good)).get_result(conn)?)
}

/// Uses a link up, and says whose it is and what it carries. `NotFound` when it is unknown, used or past its end.
fn use_link(act: &mut Act<'_>, token: &str, purpose: Purpose) -> Result<(Option<AccountId>, Option<String>)> {
    let used = diesel::update(account_links::table.find(token_hash(token)))
        .filter(account_links::purpose.eq(purpose))
        .filter(account_links::used_at.is_null())
        .filter(account_links::expires_at.gt(act.at))
        .filter(account_links::expires_at.le(act.at + purpose.lasts() + CLOCKS_DIFFER))
        .set(account_links::used_at.eq(act.at))
        .returning((account_links::account_id, account_links::carries))
        .get_result(act.conn)
        .optional()?;
    used.ok_or(Error::NotFound)
}

/// [`use_link`] of someone, who acts from now on.
fn use_link_of_account(act: &mut Act<'_>, token: &str, purpose: Purpose) -> Result<(Account, Option<String>)> {
    let (id, carries) = use_link(act, token, purpose)?;
    let account = Account::find(act.conn, id.ok_or(Error::NotFound)?)?;
    act.by = Actor { account: Some(account.id), name: account.name.clone() };
    Ok((account, carries))
}

/// Confirms the address a link was sent to. The account becomes what was typed when this link was asked for, whatever
/// others have typed for the same address.
pub fn confirm_account(act: &mut Act<'_>, token: &str) -> Result<Account> {
    let (account, carried) = use_link_of_account(act, token, Purpose::Confirm)?;
    match carried {
        Some(carried) => {
            let typed: Typed = serde_json::from_str(&carried).map_err(Error::unexpected)?;
            claim_unconfirmed(act, &account, typed.name, typed.password_hash)
        }
        None => account.activate(act).map(|()| account),
    }
}

/// Sends a link to choose a new password with, if the address has an account.
pub fn send_reset_link(act: &mut Act<'_>, email: &EmailAddress) -> Result<()> {
    let Some(account) = account_for_a_link(act, email, Purpose::Reset)? else { return Ok(()) };
    let token = new_link(act, Some(account.id), Purpose::Reset)?;
    act.record("password reset asked for", Subject::of("account", account.id), json!({}))?;
    act.post(email, &ResetLetter { name: &account.name, token: &token })
}

/// Sends a link to sign in with, if the address has an account; then it leads on to `next`.
pub fn send_sign_in_link(act: &mut Act<'_>, email: &EmailAddress, next: Option<&str>) -> Result<()> {
    let Some(account) = account_for_a_link(act, email, Purpose::SignIn)? else { return Ok(()) };
    let token = new_link_with(act, Some(account.id), Purpose::SignIn, next)?;
    act.record("link to sign in asked for", Subject::of("account", account.id), json!({}))?;
    act.post(email, &SignInLetter { name: &account.name, token: &token })
}

/// Whom a link to sign in belongs to, and where it leads on to. It is used up.
pub fn open_sign_in_link(act: &mut Act<'_>, token: &str) -> Result<(Account, Option<String>)> {
    let (account, next) = use_link_of_account(act, token, Purpose::SignIn)?;
    if account.is_active() { Ok((account, next)) } else { Err(Error::NotFound) }
}

/// Sends a link to a new address, which becomes the account's when it is opened; the old address is told.
pub fn ask_for_new_address(act: &mut Act<'_>, account: &Account, new: &EmailAddress) -> Result<()> {
    act.record("new address asked for", Subject::of("account", account.id), json!({}))?;
    act.post(&account.address(), &AddressChangesLetter { name: &account.name, new: new.as_str() })?;
    match Account::find_by_email(act.conn, new.as_str())? {
        Some(taken) => act.post(new, &AddressTakenLetter { name: &taken.name }),
        None => {
            let token = new_link_with(act, Some(account.id), Purpose::NewAddress, Some(new.as_str()))?;
            act.post(new, &NewAddressLetter { name: &account.name, token: &token })
        }
    }
}

/// Makes the address that a link was sent to the account's own. `Conflict` when another has taken it meanwhile.
pub fn confirm_new_address(act: &mut Act<'_>, token: &str) -> Result<Account> {
    let (account, carried) = use_link_of_account(act, token, Purpose::NewAddress)?;
    let new = carried.as_deref().and_then(|address| EmailAddress::parse(address).ok()).ok_or(Error::NotFound)?;
    account.set_address(act, &new)?;
    Ok(account)
}

/// The account of an address that a link can be sent to. To an address that has none, a letter says so: the answer
/// on the page is the same, and so is the work.
fn account_for_a_link(act: &mut Act<'_>, email: &EmailAddress, purpose: Purpose) -> Result<Option<Account>> {
    match Account::find_by_email(act.conn, email.as_str())? {
        Some(account) if account.is_active() => Ok(Some(account)),
        Some(account) if account.is_unconfirmed() => {
            act.record("link asked for before confirming", Subject::of("account", account.id), json!({}))?;
            // Whoever reads this mailbox need not be the one who chose the password.
            let typed = Typed { name: account.name.clone(), password_hash: unknown_password_hash().to_owned() };
            account.ask_to_confirm_as(act, &typed).map(|()| None)
        }
        _ => {
            new_link_for_nobody(act, purpose)?;
            act.record("link asked for an address without account", Subject::of("address", "unknown"), json!({}))?;
            act.post(email, &NoAccountLetter {}).map(|()| None)
        }
    }
}

/// Sets a new password and ends every session of the account.
pub fn reset_password(act: &mut Act<'_>, token: &str, new: &NewPassword) -> Result<()> {
    let (account, _) = use_link_of_account(act, token, Purpose::Reset)?;
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
