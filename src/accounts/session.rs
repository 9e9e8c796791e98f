//! Who is signed in: a random token in a cookie, its hash in a row. Ending a session is deleting its row.

use actix_web::cookie::time::Duration as CookieAge;
use actix_web::cookie::{Cookie, SameSite};
use actix_web::http::header::USER_AGENT;
use actix_web::{HttpRequest, HttpResponse};
use chrono::{Duration, NaiveDateTime};
use diesel::prelude::*;
use serde_json::json;

use super::account::{Account, AccountState};
use super::link::{new_token, token_hash};
use crate::acts::Act;
use crate::audit::Subject;
use crate::db::DbConnection;
use crate::db::schema::{account_sessions, accounts};
use crate::error::{Error, Result};
use crate::ids::AccountId;

/// A session ends after so long without use, and in any case after [`LONGEST`].
const IDLE: Duration = Duration::days(14);
const LONGEST: Duration = Duration::days(60);
/// Last use is noted this often, not at every page.
const NOTED_EVERY: Duration = Duration::hours(1);

/// Signs an account in; returns the token for its cookie.
pub fn begin_session(act: &mut Act<'_>, account: &Account, device: &str) -> Result<String> {
    let token = new_token();
    diesel::insert_into(account_sessions::table)
        .values((
            account_sessions::token_hash.eq(token_hash(&token)),
            account_sessions::account_id.eq(account.id),
            account_sessions::device.eq(device),
            account_sessions::created_at.eq(act.at),
            account_sessions::last_used_at.eq(act.at),
        ))
        .execute(act.conn)?;
    act.record("signed in", Subject::of("account", account.id), json!({}))?;
    Ok(token)
}

/// The account a token is signed in to, if its session still stands.
pub(super) fn account_of(conn: &mut DbConnection, now: NaiveDateTime, token: &str) -> Result<Option<Account>> {
    let hash = token_hash(token);
    let found = account_sessions::table
        .inner_join(accounts::table)
        .filter(account_sessions::token_hash.eq(&hash))
        .filter(account_sessions::last_used_at.gt(now - IDLE))
        .filter(account_sessions::created_at.gt(now - LONGEST))
        .filter(accounts::state.eq(AccountState::Active))
        .select((Account::as_select(), account_sessions::last_used_at))
        .first::<(Account, NaiveDateTime)>(conn)
        .optional()?;
    let Some((account, last_used_at)) = found else { return Ok(None) };
    if last_used_at < now - NOTED_EVERY {
        diesel::update(account_sessions::table.find(hash)).set(account_sessions::last_used_at.eq(now)).execute(conn)?;
    }
    Ok(Some(account))
}

pub(super) fn end_session(conn: &mut DbConnection, token: &str) -> Result<()> {
    diesel::delete(account_sessions::table.find(token_hash(token))).execute(conn)?;
    Ok(())
}

pub(super) fn end_all_sessions(act: &mut Act<'_>, account: AccountId) -> Result<()> {
    diesel::delete(account_sessions::table.filter(account_sessions::account_id.eq(account))).execute(act.conn)?;
    Ok(())
}

/// Deletes the rows of sessions that have ended; returns how many.
pub fn forget_old_sessions(conn: &mut DbConnection, now: NaiveDateTime) -> Result<usize> {
    Ok(diesel::delete(account_sessions::table.filter(account_sessions::last_used_at.le(now - IDLE))).execute(conn)?)
}

/// Sends a session's token along with an answer; an empty token makes the browser forget it.
pub fn with_session(mut response: HttpResponse, token: String, site: &str) -> Result<HttpResponse> {
    response.add_cookie(&session_cookie(token, site)).map_err(Error::unexpected)?;
    Ok(response)
}

fn session_cookie(token: String, site: &str) -> Cookie<'static> {
    let age = if token.is_empty() { CookieAge::ZERO } else { CookieAge::days(LONGEST.num_days()) };
    let secure = site.starts_with("https://");
    Cookie::build(cookie_name(site), token)
        .path("/")
        .http_only(true)
        .secure(secure)
        .same_site(SameSite::Lax)
        .max_age(age)
        .finish()
}

pub(super) fn token_on(request: &HttpRequest, site: &str) -> Option<String> {
    request.cookie(cookie_name(site)).map(|cookie| cookie.value().to_owned()).filter(|token| !token.is_empty())
}

/// The browser's description of itself, shortened.
pub(super) fn device_of(request: &HttpRequest) -> String {
    let agent = request.headers().get(USER_AGENT).and_then(|v| v.to_str().ok()).unwrap_or("unknown");
    agent.chars().take(200).collect()
}

/// Over HTTPS the name binds the cookie to this host alone.
fn cookie_name(site: &str) -> &'static str {
    if site.starts_with("https://") { "__Host-session" } else { "session" }
}
