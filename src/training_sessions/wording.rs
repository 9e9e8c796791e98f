//! How sessions and places are said.

use chrono::NaiveDateTime;

use super::booking::{BookingState, room_of};
use super::session::{HeldFor, SessionState, TrainingSession};
use crate::organisations::District;
use crate::web::count;

/// `Free`, or `£12.50`.
pub fn say_price(pence: i32) -> String {
    match (pence / 100, pence % 100) {
        (0, 0) => "Free".to_owned(),
        (pounds, 0) => format!("£{pounds}"),
        (pounds, pence) => format!("£{pounds}.{pence:02}"),
    }
}

/// A tag's words and colour.
pub(super) fn say_state(session: &TrainingSession, now: NaiveDateTime) -> (&'static str, &'static str) {
    match session.state() {
        SessionState::Draft => ("Draft", "grey"),
        SessionState::Open if session.starts_at > now => ("Open for booking", "green"),
        SessionState::Open => ("Register to finish", "orange"),
        SessionState::Over => ("Over", "blue"),
        SessionState::Cancelled => ("Called off", "red"),
    }
}

/// How a booking is said to whoever has it.
pub(super) fn say_booking(state: BookingState) -> (&'static str, &'static str) {
    match state {
        BookingState::Booked => ("Has a place", "green"),
        BookingState::Waiting => ("On the waiting list", "yellow"),
        BookingState::Cancelled => ("Given up", "grey"),
        BookingState::Attended => ("Was there", "green"),
        BookingState::Absent => ("Was not there", "red"),
    }
}

/// `4 places free`, or what there is instead of them.
pub fn say_free(session: &TrainingSession, now: NaiveDateTime) -> String {
    let room = room_of(session, now);
    match (room.free_for_all(), room.free_for_favoured()) {
        (0, 0) => "Full: waiting list".to_owned(),
        (0, held) => format!("Full, but for {}", count(held.unsigned_abs() as usize, "held place", "held places")),
        (free, _) => count(free.unsigned_abs() as usize, "place free", "places free"),
    }
}

/// For whom places are held, in a sentence; nothing when they are not.
pub(super) fn say_held(session: &TrainingSession, districts: &[District]) -> Option<String> {
    let places = count(session.held.unsigned_abs() as usize, "place", "places");
    let until = session.held_until.map(|at| format!(" until {}", crate::clock::say_day(crate::clock::day_of(at))));
    let whom = match session.held_for {
        HeldFor::Nobody => return None,
        HeldFor::Newcomers => "organisations that never had a place".to_owned(),
        HeldFor::District => {
            let code = session.held_district.as_ref();
            let name = districts.iter().find(|district| Some(&district.code) == code);
            format!("organisations in {}", name.map_or("one district", |district| &district.name))
        }
    };
    Some(format!("{places} for {whom}{}", until.unwrap_or_default()))
}
