//! The places that an organisation's people had on training sessions, for it to take away. What someone needs to take
//! part is not in it: that is between them and the provider.

use chrono::NaiveDateTime;
use diesel::prelude::*;

use super::booking::BookingState;
use crate::db::DbConnection;
use crate::db::schema::{people, training_bookings as bookings, training_sessions as sessions};
use crate::error::Result;
use crate::ids::OrganisationId;
use crate::row;
use crate::takeaway::{Row, Sheet, Window};

pub fn sheets() -> Vec<Sheet<OrganisationId>> {
    vec![Sheet {
        name: "training-places",
        title: "Places on training sessions that your people had or wait for",
        columns: &["person", "session", "starts_at", "state", "asked_at"],
        page: all_places,
    }]
}

fn all_places(conn: &mut DbConnection, id: &OrganisationId, window: Window) -> Result<Vec<Row>> {
    let rows: Vec<(String, String, NaiveDateTime, BookingState, NaiveDateTime)> = bookings::table
        .inner_join(sessions::table)
        .inner_join(people::table)
        .filter(bookings::organisation_id.eq(id))
        .order((bookings::asked_at, bookings::id))
        .limit(window.most)
        .offset(window.from)
        .select((people::name, sessions::title, sessions::starts_at, bookings::state, bookings::asked_at))
        .load(conn)?;
    Ok(rows.into_iter().map(|(who, what, starts, state, asked)| row![who, what, starts, state, asked]).collect())
}
