//! What an account holds of its owner, to be told and to be forgotten. A secret is never told, not even its hash.

use diesel::prelude::*;
use serde_json::json;

use super::account::{Account, AccountState};
use super::password::no_password_here;
use crate::acts::Act;
use crate::audit::{ACCOUNT_ERASED, Subject, erase_names};
use crate::db::DbConnection;
use crate::db::schema::{account_links, account_roles, account_sessions, accounts, authenticators, recovery_codes};
use crate::error::{Error, Result};
use crate::row;
use crate::takeaway::{Row, Sheet, Someone, Window};
use crate::words::{ERASED_NAME, EmailAddress};

pub fn sheets() -> Vec<Sheet<Someone>> {
    vec![
        Sheet {
            name: "account",
            title: "Your account",
            columns: &["name", "email", "state", "opened_at", "last_signed_in_at"],
            page: account,
        },
        Sheet {
            name: "roles",
            title: "Your roles for the Violence Reduction Partnership",
            columns: &["role", "given_at"],
            page: roles,
        },
        Sheet {
            name: "sessions",
            title: "Where you are signed in",
            columns: &["device", "began_at", "last_used_at"],
            page: sessions,
        },
        Sheet {
            name: "second-step",
            title: "Your authenticator app",
            columns: &["state", "set_up_at", "recovery_codes_left"],
            page: second_step,
        },
        Sheet {
            name: "links",
            title: "Links we emailed you",
            columns: &["purpose", "ends_at", "used_at"],
            page: links,
        },
    ]
}

fn account(conn: &mut DbConnection, whom: &Someone, window: Window) -> Result<Vec<Row>> {
    let own = accounts::table.filter(accounts::id.eq_any(whom.account.as_slice()));
    let rows: Vec<(Account, Option<chrono::NaiveDateTime>)> =
        own.limit(window.most).offset(window.from).select((Account::as_select(), accounts::signed_in_at)).load(conn)?;
    Ok(rows.into_iter().map(|(a, seen)| row![a.name, a.email, a.state, a.created_at, seen]).collect())
}

fn roles(conn: &mut DbConnection, whom: &Someone, window: Window) -> Result<Vec<Row>> {
    let rows: Vec<(super::Role, chrono::NaiveDateTime)> = account_roles::table
        .filter(account_roles::account_id.eq_any(whom.account.as_slice()))
        .order(account_roles::role)
        .limit(window.most)
        .offset(window.from)
        .select((account_roles::role, account_roles::granted_at))
        .load(conn)?;
    Ok(rows.into_iter().map(|(role, at)| row![role, at]).collect())
}

fn sessions(conn: &mut DbConnection, whom: &Someone, window: Window) -> Result<Vec<Row>> {
    let rows: Vec<super::Session> = account_sessions::table
        .filter(account_sessions::account_id.eq_any(whom.account.as_slice()))
        .order((account_sessions::created_at, account_sessions::token_hash))
        .limit(window.most)
        .offset(window.from)
        .select(super::Session::as_select())
        .load(conn)?;
    Ok(rows.into_iter().map(|s| row![s.device, s.created_at, s.last_used_at]).collect())
}

fn second_step(conn: &mut DbConnection, whom: &Someone, window: Window) -> Result<Vec<Row>> {
    let left: i64 = recovery_codes::table
        .filter(recovery_codes::account_id.eq_any(whom.account.as_slice()))
        .filter(recovery_codes::used_at.is_null())
        .count()
        .get_result(conn)?;
    let rows: Vec<(String, chrono::NaiveDateTime)> = authenticators::table
        .filter(authenticators::account_id.eq_any(whom.account.as_slice()))
        .limit(window.most)
        .offset(window.from)
        .select((authenticators::state, authenticators::created_at))
        .load(conn)?;
    Ok(rows.into_iter().map(|(state, at)| row![state, at, left]).collect())
}

fn links(conn: &mut DbConnection, whom: &Someone, window: Window) -> Result<Vec<Row>> {
    type Link = (String, chrono::NaiveDateTime, Option<chrono::NaiveDateTime>);
    let rows: Vec<Link> = account_links::table
        .filter(account_links::account_id.eq_any(whom.account.as_slice()))
        .order((account_links::expires_at, account_links::token_hash))
        .limit(window.most)
        .offset(window.from)
        .select((account_links::purpose, account_links::expires_at, account_links::used_at))
        .load(conn)?;
    Ok(rows.into_iter().map(|(purpose, ends, used)| row![purpose, ends, used]).collect())
}

/// Every address that letters to an account may have gone to.
pub fn addresses_of(conn: &mut DbConnection, account: &Account) -> Result<Vec<String>> {
    let links = account_links::table.filter(account_links::account_id.eq(account.id));
    let carried: Vec<Option<String>> = links
        .filter(account_links::purpose.eq(super::Purpose::NewAddress))
        .select(account_links::carries)
        .load(conn)?;
    let mut all = vec![account.email.clone()];
    all.extend(carried.into_iter().flatten().filter(|address| *address != account.email));
    Ok(all)
}

/// Ends every way in, for good. `Conflict` when it is closed already.
pub fn forget(act: &mut Act<'_>, account: &Account) -> Result<()> {
    let id = account.id;
    let closed = diesel::update(accounts::table.find(id))
        .filter(accounts::state.ne(AccountState::Closed))
        .set((
            accounts::state.eq(AccountState::Closed),
            accounts::name.eq(ERASED_NAME),
            accounts::email.eq(EmailAddress::erased(id).as_str()),
            accounts::password_hash.eq(no_password_here()?),
            accounts::signed_in_at.eq(None::<chrono::NaiveDateTime>),
            accounts::idle_warned_at.eq(None::<chrono::NaiveDateTime>),
        ))
        .execute(act.conn)?;
    if closed == 0 {
        return Err(Error::Conflict);
    }
    diesel::delete(account_sessions::table.filter(account_sessions::account_id.eq(id))).execute(act.conn)?;
    diesel::delete(account_roles::table.filter(account_roles::account_id.eq(id))).execute(act.conn)?;
    diesel::delete(account_links::table.filter(account_links::account_id.eq(id))).execute(act.conn)?;
    diesel::delete(recovery_codes::table.filter(recovery_codes::account_id.eq(id))).execute(act.conn)?;
    diesel::delete(authenticators::table.filter(authenticators::account_id.eq(id))).execute(act.conn)?;
    Ok(())
}

/// Takes the name out of the trail, and says so in it. Last of all: no entry with the name comes after.
pub fn forget_in_trail(act: &mut Act<'_>, account: &Account) -> Result<()> {
    act.record("erasure begun", Subject::of("account", account.id), json!({}))?;
    // Whoever writes an entry now waits, and comes after.
    act.write_entries()?;
    let sealed = erase_names(act.conn, account.id)?;
    act.record(ACCOUNT_ERASED, Subject::of("account", account.id), sealed)
}
