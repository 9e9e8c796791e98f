//! The way in, whichever door someone comes by: a new session, or half of one where a code is wanted too.
//! Whatever session the browser had before ends: what was planted there is worth nothing.

use actix_web::HttpResponse;

use super::account::Account;
use super::authenticator::Authenticator;
use super::session::{HasTwoSteps, Strength, begin_session, end_session, with_session};
use super::viewer::Seat;
use crate::acts::Act;
use crate::error::Result;
use crate::web::redirect;

/// Where a signed-in person begins.
const START: &str = "/my";
/// Where the second step is taken.
const CODE: &str = "/sign-in/code";

/// How far someone has come, with the token of their new session.
pub enum Entered {
    Whole(String),
    /// A code is wanted too.
    HalfWay(String),
}

impl Entered {
    pub fn token(&self) -> &str {
        match self {
            Self::Whole(token) | Self::HalfWay(token) => token,
        }
    }
}

/// Begins a session for someone who has shown who they are, and perhaps with two steps elsewhere.
pub fn enter(
    act: &mut Act<'_>,
    account: &Account,
    device: &str,
    old_token: Option<&str>,
    has_two_steps: HasTwoSteps,
) -> Result<Entered> {
    if let Some(old) = old_token {
        end_session(act.conn, old)?;
    }
    if has_two_steps == HasTwoSteps::Yes {
        return begin_session(act, account, device, Strength::Double).map(Entered::Whole);
    }
    match Authenticator::find_of(act.conn, account.id)? {
        Some(found) if found.is_active() => {
            begin_session(act, account, device, Strength::Pending).map(Entered::HalfWay)
        }
        _ => begin_session(act, account, device, Strength::Single).map(Entered::Whole),
    }
}

/// On to where they were going, or to the second step.
pub fn let_in(seat: &Seat, entered: Entered, next: Option<&str>) -> Result<HttpResponse> {
    match entered {
        Entered::Whole(token) => with_session(redirect(next.unwrap_or(START)), token, seat.site()),
        Entered::HalfWay(token) => with_session(redirect(code_address(next)), token, seat.site()),
    }
}

fn code_address(next: Option<&str>) -> String {
    match next {
        Some(next) => {
            let next: String = url::form_urlencoded::byte_serialize(next.as_bytes()).collect();
            format!("{CODE}?next={next}")
        }
        None => CODE.to_owned(),
    }
}
