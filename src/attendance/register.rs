//! The register of a session: who was there and who was not, and what follows from it.
//!
//! Marks can be changed at any time from two hours before the session, also after it is finished: completions follow.

use chrono::Duration;
use diesel::prelude::*;
use serde_json::json;

use crate::acts::Act;
use crate::db::schema::training_bookings;
use crate::error::{Error, Result};
use crate::ids::{AccountId, BookingId};
use crate::providers::TrainingProvider;
use crate::text_enum;
use crate::training::{Module, Verified, verify_completion, withdraw_verified};
use crate::training_sessions::{Booking, BookingState, SessionState, TrainingSession, bookings_in, tell_of_feedback};

const DOORS_OPEN: Duration = Duration::hours(2);

text_enum! {
    /// What the register says of someone.
    pub enum Mark { Here = "here", NotHere = "not_here" }
}

impl Mark {
    fn state(self) -> BookingState {
        match self {
            Self::Here => BookingState::Attended,
            Self::NotHere => BookingState::Absent,
        }
    }

    /// The mark of a booking, once there is one.
    pub fn of(state: BookingState) -> Option<Self> {
        match state {
            BookingState::Attended => Some(Self::Here),
            BookingState::Absent => Some(Self::NotHere),
            BookingState::Waiting | BookingState::Booked | BookingState::Cancelled => None,
        }
    }
}

/// What came of finishing a register.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Finished {
    Done {
        /// So many have it on their record.
        verified: usize,
    },
    /// So many are not marked yet.
    Unmarked(usize),
}

/// Is the register of a session open, at this instant?
pub fn can_be_marked(session: &TrainingSession, now: chrono::NaiveDateTime) -> bool {
    matches!(session.state(), SessionState::Open | SessionState::Over) && session.starts_at - DOORS_OPEN <= now
}

/// Writes down who is here. Someone who has no place on this session is not found.
pub fn mark_attendance(
    act: &mut Act<'_>,
    session: &TrainingSession,
    by: AccountId,
    marks: &[(BookingId, Mark)],
) -> Result<()> {
    if !can_be_marked(session, act.at) {
        return Err(Error::Conflict);
    }
    let mut changed = 0;
    for (booking, mark) in marks {
        let seat = training_bookings::table
            .find(booking)
            .filter(training_bookings::session_id.eq(session.id))
            .filter(training_bookings::state.eq_any(BookingState::SEATED));
        let state: BookingState = seat.select(training_bookings::state).first(act.conn)?;
        if state != mark.state() {
            let row = training_bookings::table.find(booking).filter(training_bookings::state.eq(state));
            changed += diesel::update(row).set(training_bookings::state.eq(mark.state())).execute(act.conn)?;
        }
    }
    act.record("register marked", session.subject_of_entry(), json!({ "marks": marks.len(), "changed": changed }))?;
    if session.state() == SessionState::Over { let_completions_follow(act, session, by).map(|_| ()) } else { Ok(()) }
}

/// Finishes the register: whoever was there has completed the module, and is asked how it was. Once.
pub fn finish_register(act: &mut Act<'_>, session: &TrainingSession, by: AccountId) -> Result<Finished> {
    if session.starts_at > act.at {
        return Err(Error::Conflict);
    }
    let unmarked = bookings_in(act.conn, session.id, &[BookingState::Booked])?.len();
    if unmarked > 0 {
        return Ok(Finished::Unmarked(unmarked));
    }
    session.close(act)?;
    diesel::update(training_bookings::table)
        .filter(training_bookings::session_id.eq(session.id))
        .filter(training_bookings::state.eq(BookingState::Waiting))
        .set((training_bookings::state.eq(BookingState::Cancelled), training_bookings::access_needs.eq(None::<String>)))
        .execute(act.conn)?;
    let verified = let_completions_follow(act, session, by)?;
    for booking in bookings_in(act.conn, session.id, &[BookingState::Attended])? {
        tell_of_feedback(act, session, &booking)?;
    }
    Ok(Finished::Done { verified })
}

/// Makes completions stand exactly for whoever was there; returns how many do.
fn let_completions_follow(act: &mut Act<'_>, session: &TrainingSession, by: AccountId) -> Result<usize> {
    let attended: Vec<Booking> = bookings_in(act.conn, session.id, &[BookingState::Attended])?;
    let Some(module) = &session.module_id else { return Ok(attended.len()) };
    let module = Module::find(act.conn, module)?;
    let provider = TrainingProvider::find(act.conn, session.provider_id)?;
    for booking in &attended {
        let said = Verified {
            session: session.id,
            person: booking.person_id,
            organisation: booking.organisation_id,
            module: &module,
            completed_on: session.day(),
            provider: &provider.name,
            by,
        };
        verify_completion(act, &said)?;
    }
    for booking in bookings_in(act.conn, session.id, &[BookingState::Absent])? {
        withdraw_verified(act, session.id, booking.person_id, &module)?;
    }
    Ok(attended.len())
}
