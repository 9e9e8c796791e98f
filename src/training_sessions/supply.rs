//! What is on offer now: sessions that can be booked, by module. They are few and found by an index, so that this is
//! counted when a page is asked for.
//! Not here: who wants them, which the census counts.

use std::collections::BTreeMap;

use chrono::NaiveDateTime;
use diesel::dsl::{count_star, sum};
use diesel::prelude::*;

use super::booking::BookingState;
use super::session::{HeldFor, SessionState};
use crate::db::DbConnection;
use crate::db::schema::{training_bookings, training_sessions};
use crate::error::Result;
use crate::ids::ModuleId;

/// What is on offer of one module, or of Youth Charter training.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Supply {
    pub sessions: i64,
    /// Places that nobody has yet, held ones among them.
    pub free: i64,
    /// People who wait for a place.
    pub waiting: i64,
}

/// By module; under none, Youth Charter training. Two queries.
pub fn supply_ahead(conn: &mut DbConnection, now: NaiveDateTime) -> Result<BTreeMap<Option<ModuleId>, Supply>> {
    let ahead = training_sessions::table
        .filter(training_sessions::state.eq(SessionState::Open))
        .filter(training_sessions::starts_at.gt(now));
    type Rooms = (Option<ModuleId>, i64, Option<i64>, Option<i64>);
    let rooms: Vec<Rooms> = ahead
        .group_by(training_sessions::module_id)
        .select((
            training_sessions::module_id,
            count_star(),
            sum(training_sessions::capacity),
            sum(training_sessions::booked),
        ))
        .load(conn)?;
    let waits: Vec<(Option<ModuleId>, i64)> = training_bookings::table
        .inner_join(training_sessions::table)
        .filter(training_sessions::state.eq(SessionState::Open))
        .filter(training_sessions::starts_at.gt(now))
        .filter(training_bookings::state.eq(BookingState::Waiting))
        .group_by(training_sessions::module_id)
        .select((training_sessions::module_id, diesel::dsl::count(training_bookings::person_id).aggregate_distinct()))
        .load(conn)?;
    let mut supply: BTreeMap<Option<ModuleId>, Supply> = BTreeMap::new();
    for (module, sessions, capacity, booked) in rooms {
        let free = capacity.unwrap_or(0) - booked.unwrap_or(0);
        supply.insert(module, Supply { sessions, free, waiting: 0 });
    }
    for (module, waiting) in waits {
        supply.entry(module).or_default().waiting = waiting;
    }
    Ok(supply)
}

/// Places held on sessions to come for organisations that never had one, and not taken yet.
pub fn count_held_for_newcomers(conn: &mut DbConnection, now: NaiveDateTime) -> Result<i64> {
    let rows: (Option<i64>, Option<i64>) = training_sessions::table
        .filter(training_sessions::state.eq(SessionState::Open))
        .filter(training_sessions::starts_at.gt(now))
        .filter(training_sessions::held_for.eq(HeldFor::Newcomers))
        .filter(training_sessions::held.gt(training_sessions::favoured))
        .filter(training_sessions::held_until.is_null().or(training_sessions::held_until.gt(now)))
        .select((sum(training_sessions::held), sum(training_sessions::favoured)))
        .get_result(conn)?;
    Ok(rows.0.unwrap_or(0) - rows.1.unwrap_or(0))
}
