//! What a provider does to a session that people have places on: changing it, calling it off; and what the portal does
//! by itself: reminding, and forgetting what people said they need.
//! Whoever has a place learns of every change that matters to them, in the same act.

use chrono::Duration;
use diesel::prelude::*;
use serde_json::json;

use super::booking::{Booking, BookingState, move_up};
use super::letters::{tell_cancelled, tell_changed, tell_soon};
use super::session::{Plan, Replanned, SessionState, TrainingSession};
use crate::acts::Act;
use crate::db::DbConnection;
use crate::db::schema::{training_bookings, training_sessions};
use crate::error::Result;
use crate::ids::{BookingId, TrainingSessionId};

const REMINDED_BEFORE: Duration = Duration::hours(48);
const NEEDS_KEPT_FOR: Duration = Duration::days(14);
const BATCH: i64 = 100;

/// Changes a session. Those with a place are told when time or place changed; more places go to those who wait.
pub fn replan_session(act: &mut Act<'_>, session: &TrainingSession, plan: &Plan) -> Result<Replanned> {
    let replanned = session.replan(act, plan)?;
    if replanned != Replanned::Made || session.state() != SessionState::Open {
        return Ok(replanned);
    }
    let now = TrainingSession::find(act.conn, session.id)?;
    if place_of(&now) != place_of(session) {
        for booking in bookings_in(act.conn, session.id, &[BookingState::Booked])? {
            tell_changed(act, &now, &booking)?;
        }
    }
    move_up(act, session.id)?;
    Ok(replanned)
}

/// Calls a session off, with the reason; everyone with a place or waiting is told.
pub fn cancel_session(act: &mut Act<'_>, session: &TrainingSession, reason: &str) -> Result<()> {
    session.change_state(act, &[SessionState::Draft, SessionState::Open], SessionState::Cancelled)?;
    diesel::update(training_sessions::table.find(session.id))
        .set((
            training_sessions::cancelled_because.eq(reason),
            training_sessions::booked.eq(0),
            training_sessions::favoured.eq(0),
        ))
        .execute(act.conn)?;
    let now = TrainingSession::find(act.conn, session.id)?;
    let concerned = bookings_in(act.conn, session.id, &[BookingState::Booked, BookingState::Waiting])?;
    for booking in &concerned {
        diesel::update(training_bookings::table.find(booking.id))
            .set((
                training_bookings::state.eq(BookingState::Cancelled),
                training_bookings::access_needs.eq(None::<String>),
            ))
            .execute(act.conn)?;
        tell_cancelled(act, &now, booking)?;
    }
    act.record("training session called off", session.subject_of_entry(), json!({ "people": concerned.len() }))
}

/// Reminds those with a place, two days before, for a batch of them; returns how many.
pub fn remind_of_sessions(act: &mut Act<'_>) -> Result<usize> {
    let due: Vec<Booking> = training_bookings::table
        .inner_join(training_sessions::table)
        .filter(training_sessions::state.eq(SessionState::Open))
        .filter(training_sessions::starts_at.gt(act.at))
        .filter(training_sessions::starts_at.le(act.at + REMINDED_BEFORE))
        .filter(training_bookings::state.eq(BookingState::Booked))
        .filter(training_bookings::reminded_at.is_null())
        .limit(BATCH)
        .select(Booking::as_select())
        .load(act.conn)?;
    let mut reminded = 0;
    for booking in due {
        let noted = diesel::update(training_bookings::table.find(booking.id))
            .filter(training_bookings::reminded_at.is_null())
            .set(training_bookings::reminded_at.eq(act.at))
            .execute(act.conn)?;
        if noted == 0 {
            continue;
        }
        reminded += 1;
        // Whoever booked for tomorrow has just been told.
        if booking.booked_at.is_none_or(|at| at < act.at - Duration::hours(12)) {
            let session = TrainingSession::find(act.conn, booking.session_id)?;
            act.record("training place reminded of", booking.subject_of_entry(), json!({}))?;
            tell_soon(act, &session, &booking)?;
        }
    }
    Ok(reminded)
}

/// Forgets what people said they need, and which adult answered for young trainers, two weeks after the session, for a
/// batch of them; returns how many.
pub fn forget_access_needs(act: &mut Act<'_>) -> Result<usize> {
    let due: Vec<BookingId> = training_bookings::table
        .inner_join(training_sessions::table)
        .filter(training_bookings::access_needs.is_not_null())
        .filter(training_sessions::ends_at.lt(act.at - NEEDS_KEPT_FOR))
        .limit(BATCH)
        .select(training_bookings::id)
        .load(act.conn)?;
    diesel::update(training_bookings::table.filter(training_bookings::id.eq_any(&due)))
        .set(training_bookings::access_needs.eq(None::<String>))
        .execute(act.conn)?;
    let adults = training_sessions::table
        .filter(training_sessions::adult_contact.is_not_null())
        .filter(training_sessions::ends_at.lt(act.at - NEEDS_KEPT_FOR));
    let forgotten =
        diesel::update(adults).set(training_sessions::adult_contact.eq(None::<String>)).execute(act.conn)?;
    Ok(due.len() + forgotten)
}

/// The bookings of a session in these states, the longest wait first.
pub fn bookings_in(
    conn: &mut DbConnection,
    session: TrainingSessionId,
    states: &[BookingState],
) -> Result<Vec<Booking>> {
    Ok(training_bookings::table
        .filter(training_bookings::session_id.eq(session))
        .filter(training_bookings::state.eq_any(states))
        .order((training_bookings::asked_at, training_bookings::id))
        .select(Booking::as_select())
        .load(conn)?)
}

/// What people must know to be there.
fn place_of(session: &TrainingSession) -> impl PartialEq + use<> {
    let TrainingSession { starts_at, ends_at, setting, place, postcode, online_link, .. } = session.clone();
    (starts_at, ends_at, setting, place, postcode, online_link)
}
