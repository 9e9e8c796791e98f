//! Who is signed in: a random token in a cookie, its hash in a row. Ending a session is deleting its row.
//! A session's token changes whenever it comes to prove more, so that a token known before is worth nothing after.

use actix_web::cookie::time::Duration as CookieAge;
use actix_web::cookie::{Cookie, SameSite};
use actix_web::http::header::USER_AGENT;
use actix_web::{HttpRequest, HttpResponse};
use chrono::{Duration, NaiveDateTime};
use diesel::prelude::*;
use serde_json::json;

use super::account::{Account, AccountState, Role, roles_of};
use super::link::{new_token, token_hash};
use crate::acts::Act;
use crate::audit::Subject;
use crate::clock::CLOCKS_DIFFER;
use crate::db::DbConnection;
use crate::db::schema::{account_sessions, accounts};
use crate::error::{Error, Result};
use crate::ids::AccountId;
use crate::text_enum;

text_enum! {
    /// What was proved to begin a session.
    pub enum Strength {
        /// The first step of two. Nobody is signed in yet.
        Pending = "pending",
        /// A password, or a link to one's own mailbox.
        Single = "single",
        /// That, and something one holds.
        Double = "double",
    }
}

/// How long a session lasts: so long without use, and so long in any case.
struct Limits {
    idle: Duration,
    longest: Duration,
}

const FOR_ANYONE: Limits = Limits { idle: Duration::days(14), longest: Duration::days(60) };
/// Who works for the VRP sees everybody's records: a working day, and no more.
const FOR_THE_VRP: Limits = Limits { idle: Duration::hours(4), longest: Duration::hours(12) };
const FOR_THE_SECOND_STEP: Limits = Limits { idle: Duration::minutes(10), longest: Duration::minutes(10) };
/// Last use is noted this often, not at every page.
const NOTED_EVERY: Duration = Duration::minutes(5);

/// A session as its owner sees it.
#[derive(Debug, Clone, Queryable, Selectable)]
#[diesel(table_name = account_sessions)]
pub struct Session {
    /// The hash of its token: good for naming it, and for nothing else.
    pub token_hash: String,
    /// What the browser said of itself.
    pub device: String,
    pub created_at: NaiveDateTime,
    pub last_used_at: NaiveDateTime,
    pub(super) strength: Strength,
    pub(super) proved_at: Option<NaiveDateTime>,
}

/// Whom a token belongs to.
#[derive(Default)]
pub(super) struct Known {
    pub account: Option<Account>,
    pub roles: Vec<Role>,
    /// Who has done the first of two steps, and nothing may be shown to yet.
    pub awaiting: Option<Account>,
    pub has_two_steps: HasTwoSteps,
    pub proved_at: Option<NaiveDateTime>,
}

/// Did someone prove two things when they signed in?
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord)]
pub enum HasTwoSteps {
    #[default]
    No,
    Yes,
}

/// Signs an account in, having proved so much; returns the token for its cookie.
pub fn begin_session(act: &mut Act<'_>, account: &Account, device: &str, strength: Strength) -> Result<String> {
    let token = new_token();
    diesel::insert_into(account_sessions::table)
        .values((
            account_sessions::token_hash.eq(token_hash(&token)),
            account_sessions::account_id.eq(account.id),
            account_sessions::device.eq(device),
            account_sessions::created_at.eq(act.at),
            account_sessions::last_used_at.eq(act.at),
            account_sessions::strength.eq(strength),
            account_sessions::proved_at.eq(act.at),
        ))
        .execute(act.conn)?;
    if strength != Strength::Pending {
        note_sign_in(act, account.id)?;
    }
    let verb = if strength == Strength::Pending { "first step of signing in" } else { "signed in" };
    act.record(verb, Subject::of("account", account.id), json!({ "strength": strength }))?;
    Ok(token)
}

/// The same session, having proved so much just now, under a new token.
pub fn renew_session(act: &mut Act<'_>, account: &Account, old_token: &str, strength: Strength) -> Result<String> {
    let token = new_token();
    let changed = diesel::update(account_sessions::table.find(token_hash(old_token)))
        .filter(account_sessions::account_id.eq(account.id))
        .set((
            account_sessions::token_hash.eq(token_hash(&token)),
            account_sessions::strength.eq(strength),
            account_sessions::proved_at.eq(act.at),
            account_sessions::last_used_at.eq(act.at),
        ))
        .execute(act.conn)?;
    if changed == 0 {
        return Err(Error::Conflict);
    }
    note_sign_in(act, account.id)?;
    act.record("proved who they are", Subject::of("account", account.id), json!({ "strength": strength }))?;
    Ok(token)
}

/// Says that what began a session was proved then and not now; or that nobody knows when.
pub fn date_proof(act: &mut Act<'_>, token: &str, proved_at: Option<NaiveDateTime>) -> Result<()> {
    diesel::update(account_sessions::table.find(token_hash(token)))
        .set(account_sessions::proved_at.eq(proved_at))
        .execute(act.conn)?;
    Ok(())
}

/// They are not idle.
fn note_sign_in(act: &mut Act<'_>, account: AccountId) -> Result<()> {
    diesel::update(accounts::table.find(account))
        .set((accounts::signed_in_at.eq(act.at), accounts::idle_warned_at.eq(None::<NaiveDateTime>)))
        .execute(act.conn)?;
    Ok(())
}

/// Whom a token belongs to now, if its session still stands.
pub(super) fn known_by(conn: &mut DbConnection, now: NaiveDateTime, token: &str) -> Result<Known> {
    let found = account_sessions::table
        .inner_join(accounts::table)
        .filter(account_sessions::token_hash.eq(token_hash(token)))
        .filter(accounts::state.eq(AccountState::Active))
        .select((Account::as_select(), Session::as_select()))
        .first::<(Account, Session)>(conn)
        .optional()?;
    let Some((account, session)) = found else { return Ok(Known::default()) };
    let roles = roles_of(conn, account.id)?;
    if !session.stands(now, &roles) {
        return Ok(Known::default());
    }
    if session.strength == Strength::Pending {
        return Ok(Known { awaiting: Some(account), ..Known::default() });
    }
    if session.last_used_at < now - NOTED_EVERY {
        diesel::update(account_sessions::table.find(&session.token_hash))
            .set(account_sessions::last_used_at.eq(now))
            .execute(conn)?;
    }
    let has_two_steps = if session.strength == Strength::Double { HasTwoSteps::Yes } else { HasTwoSteps::No };
    Ok(Known { account: Some(account), roles, awaiting: None, has_two_steps, proved_at: session.proved_at })
}

impl Session {
    fn stands(&self, now: NaiveDateTime, roles: &[Role]) -> bool {
        let limits = match self.strength {
            Strength::Pending => FOR_THE_SECOND_STEP,
            _ if roles.is_empty() => FOR_ANYONE,
            _ => FOR_THE_VRP,
        };
        self.last_used_at > now - limits.idle
            && self.created_at > now - limits.longest
            && self.created_at <= now + CLOCKS_DIFFER
    }

    /// The sessions of an account that stand, the latest used first.
    pub fn all_of(conn: &mut DbConnection, now: NaiveDateTime, account: AccountId) -> Result<Vec<Self>> {
        let roles = roles_of(conn, account)?;
        let all: Vec<Self> = account_sessions::table
            .filter(account_sessions::account_id.eq(account))
            .filter(account_sessions::strength.ne(Strength::Pending))
            .order(account_sessions::last_used_at.desc())
            .limit(50)
            .select(Self::as_select())
            .load(conn)?;
        Ok(all.into_iter().filter(|session| session.stands(now, &roles)).collect())
    }

    /// Is it the one with this token?
    pub fn has_token(&self, token: &str) -> bool {
        self.token_hash == token_hash(token)
    }
}

/// Ends the session with this token, if there is one.
pub fn end_session(conn: &mut DbConnection, token: &str) -> Result<()> {
    diesel::delete(account_sessions::table.find(token_hash(token))).execute(conn)?;
    Ok(())
}

/// Ends one session of an account, named by the hash of its token.
pub fn end_session_of(act: &mut Act<'_>, account: AccountId, hash: &str) -> Result<()> {
    let ended = diesel::delete(account_sessions::table.find(hash).filter(account_sessions::account_id.eq(account)))
        .execute(act.conn)?;
    if ended == 0 {
        return Err(Error::NotFound);
    }
    act.record("session ended", Subject::of("account", account), json!({}))
}

/// Ends every session of an account but the one with this token.
pub fn end_other_sessions(act: &mut Act<'_>, account: AccountId, token: &str) -> Result<()> {
    let others = account_sessions::table
        .filter(account_sessions::account_id.eq(account))
        .filter(account_sessions::token_hash.ne(token_hash(token)));
    diesel::delete(others).execute(act.conn)?;
    act.record("other sessions ended", Subject::of("account", account), json!({}))
}

/// Ends every session of an account.
pub fn end_all_sessions(act: &mut Act<'_>, account: AccountId) -> Result<()> {
    diesel::delete(account_sessions::table.filter(account_sessions::account_id.eq(account))).execute(act.conn)?;
    act.record("every session ended", Subject::of("account", account), json!({}))
}

/// Deletes the rows of sessions that have ended; returns how many.
pub fn forget_old_sessions(conn: &mut DbConnection, now: NaiveDateTime) -> Result<usize> {
    let ended = account_sessions::table.filter(account_sessions::last_used_at.le(now - FOR_ANYONE.idle));
    Ok(diesel::delete(ended).execute(conn)?)
}

/// Sends a session's token along with an answer; an empty token makes the browser forget it.
pub fn with_session(mut response: HttpResponse, token: String, site: &str) -> Result<HttpResponse> {
    response.add_cookie(&session_cookie(token, site)).map_err(Error::unexpected)?;
    Ok(response)
}

fn session_cookie(token: String, site: &str) -> Cookie<'static> {
    let age = if token.is_empty() { CookieAge::ZERO } else { CookieAge::days(FOR_ANYONE.longest.num_days()) };
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
