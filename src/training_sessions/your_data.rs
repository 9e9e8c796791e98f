//! The places someone had or wished for, to be told and to be forgotten. Places to come are given up, so that whoever
//! waits moves up; that a place was taken stays, under the neutral mark.

use chrono::NaiveDateTime;
use diesel::prelude::*;

use super::booking::{Booking, BookingState};
use crate::acts::Act;
use crate::db::DbConnection;
use crate::db::schema::{training_bookings as bookings, training_sessions as sessions};
use crate::error::Result;
use crate::row;
use crate::takeaway::{Row, Sheet, Someone, Window};

pub fn sheets() -> Vec<Sheet<Someone>> {
    vec![
        Sheet {
            name: "training-places",
            title: "Places on training sessions that you had or waited for",
            columns: &["session", "starts_at", "state", "asked_at", "told_what_you_need", "wanted_bursary"],
            page: own_places,
        },
        Sheet {
            name: "training-places-for-others",
            title: "Places on training sessions that you asked for on behalf of other people",
            columns: &["session", "starts_at", "asked_at"],
            page: places_for_others,
        },
        Sheet {
            name: "sessions-you-planned",
            title: "Training sessions that you planned for a provider",
            columns: &["session", "starts_at", "planned_at"],
            page: planned_sessions,
        },
    ]
}

fn own_places(conn: &mut DbConnection, whom: &Someone, window: Window) -> Result<Vec<Row>> {
    let rows: Vec<(String, NaiveDateTime, Booking)> = bookings::table
        .inner_join(sessions::table)
        .filter(bookings::person_id.eq_any(whom.person.as_slice()))
        .order((bookings::asked_at, bookings::id))
        .limit(window.most)
        .offset(window.from)
        .select((sessions::title, sessions::starts_at, Booking::as_select()))
        .load(conn)?;
    let told = |(title, starts, b): (String, NaiveDateTime, Booking)| {
        row![title, starts, b.state(), b.asked_at, b.has_access_needs(), b.wants_bursary]
    };
    Ok(rows.into_iter().map(told).collect())
}

fn places_for_others(conn: &mut DbConnection, whom: &Someone, window: Window) -> Result<Vec<Row>> {
    let rows: Vec<(String, NaiveDateTime, NaiveDateTime)> = bookings::table
        .inner_join(sessions::table)
        .filter(bookings::asked_by.eq_any(whom.account.as_slice()))
        .filter(bookings::person_id.ne_all(whom.person.as_slice()))
        .order((bookings::asked_at, bookings::id))
        .limit(window.most)
        .offset(window.from)
        .select((sessions::title, sessions::starts_at, bookings::asked_at))
        .load(conn)?;
    Ok(rows.into_iter().map(|(title, starts, asked)| row![title, starts, asked]).collect())
}

fn planned_sessions(conn: &mut DbConnection, whom: &Someone, window: Window) -> Result<Vec<Row>> {
    let rows: Vec<(String, NaiveDateTime, NaiveDateTime)> = sessions::table
        .filter(sessions::created_by.eq_any(whom.account.as_slice()))
        .order((sessions::created_at, sessions::id))
        .limit(window.most)
        .offset(window.from)
        .select((sessions::title, sessions::starts_at, sessions::created_at))
        .load(conn)?;
    Ok(rows.into_iter().map(|(title, starts, planned)| row![title, starts, planned]).collect())
}

/// Gives up the places to come, and forgets what they need to take part.
pub fn forget(act: &mut Act<'_>, whom: &Someone) -> Result<()> {
    let theirs = || bookings::table.filter(bookings::person_id.eq_any(whom.person.as_slice()));
    let ahead: Vec<Booking> = theirs()
        .filter(bookings::state.eq_any([BookingState::Waiting, BookingState::Booked]))
        .order(bookings::id)
        .select(Booking::as_select())
        .load(act.conn)?;
    for booking in ahead {
        booking.give_up(act)?;
    }
    diesel::update(theirs()).set(bookings::access_needs.eq(None::<String>)).execute(act.conn)?;
    Ok(())
}
