//! Someone on their way to the provider and back: a row that is used once, within ten minutes, in one browser.
//! What came back is only looked at when state and cookie belong together, so nobody can be signed in to an account of
//! somebody else's choosing.

use actix_web::cookie::time::Duration as CookieAge;
use actix_web::cookie::{Cookie, SameSite};
use actix_web::{HttpRequest, HttpResponse};
use chrono::{Duration, NaiveDateTime};
use diesel::prelude::*;

use crate::accounts::{new_token, token_hash};
use crate::acts::Act;
use crate::clock::CLOCKS_DIFFER;
use crate::db::DbConnection;
use crate::db::schema::work_errands;
use crate::error::{Error, Result};
use crate::openid::Errand;

const LASTS: Duration = Duration::minutes(10);

/// What was kept of an errand until its end.
#[derive(Debug, Clone, PartialEq, Eq, Queryable)]
pub struct KeptErrand {
    pub nonce: String,
    pub verifier: String,
    /// Where they were going: an address within the portal.
    pub next: Option<String>,
}

/// Keeps what must be known when they come back; returns the token for their browser's cookie.
pub fn keep_errand(act: &mut Act<'_>, errand: &Errand, next: Option<&str>) -> Result<String> {
    let browser = new_token();
    diesel::insert_into(work_errands::table)
        .values((
            work_errands::state_hash.eq(token_hash(&errand.state)),
            work_errands::browser_hash.eq(token_hash(&browser)),
            work_errands::nonce.eq(&errand.nonce),
            work_errands::verifier.eq(&errand.verifier),
            work_errands::next.eq(next),
            work_errands::expires_at.eq(act.at + LASTS),
        ))
        .execute(act.conn)?;
    Ok(browser)
}

/// Ends an errand; `None` when it is unknown, ended, too old or another browser's.
pub fn end_errand(act: &mut Act<'_>, state: &str, browser: &str) -> Result<Option<KeptErrand>> {
    Ok(diesel::delete(work_errands::table.find(token_hash(state)))
        .filter(work_errands::browser_hash.eq(token_hash(browser)))
        .filter(work_errands::expires_at.gt(act.at))
        .filter(work_errands::expires_at.le(act.at + LASTS + CLOCKS_DIFFER))
        .returning((work_errands::nonce, work_errands::verifier, work_errands::next))
        .get_result(act.conn)
        .optional()?)
}

/// Deletes the rows of errands that nobody came back from.
pub fn forget_old_errands(conn: &mut DbConnection, now: NaiveDateTime) -> Result<usize> {
    Ok(diesel::delete(work_errands::table.filter(work_errands::expires_at.le(now))).execute(conn)?)
}

/// Sends the token along with an answer; an empty one makes the browser forget it.
pub fn with_errand(mut response: HttpResponse, token: String, site: &str) -> Result<HttpResponse> {
    let age = if token.is_empty() { CookieAge::ZERO } else { CookieAge::seconds(LASTS.num_seconds()) };
    let cookie = Cookie::build(cookie_name(site), token)
        .path("/")
        .http_only(true)
        .secure(site.starts_with("https://"))
        // They come back from another website, by a link: `Strict` would leave the cookie behind.
        .same_site(SameSite::Lax)
        .max_age(age)
        .finish();
    response.add_cookie(&cookie).map_err(Error::unexpected)?;
    Ok(response)
}

pub fn errand_on(request: &HttpRequest, site: &str) -> String {
    request.cookie(cookie_name(site)).map(|cookie| cookie.value().to_owned()).unwrap_or_default()
}

fn cookie_name(site: &str) -> &'static str {
    if site.starts_with("https://") { "__Host-work-sign-in" } else { "work-sign-in" }
}
