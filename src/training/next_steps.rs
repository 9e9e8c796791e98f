//! What someone does next for their training: the few things that matter most, with where to do them.

use std::collections::HashMap;

use chrono::{NaiveDate, NaiveDateTime};
use diesel::prelude::*;

use super::matrix::CellState;
use super::module::{Module, Pathway};
use super::record::{Record, RecordLine, memberships_of};
use crate::clock::day_of;
use crate::db::DbConnection;
use crate::db::schema::training_sessions;
use crate::error::Result;
use crate::ids::{AccountId, ModuleId};
use crate::organisations::find_person_of;

/// More would be a list, not a next step.
const AT_MOST: usize = 3;

/// One thing to do next.
#[derive(Debug, Clone)]
pub struct NextStep {
    pub module: Module,
    /// Expired, expiring or not started.
    pub state: CellState,
    pub expires_on: Option<NaiveDate>,
    /// Sessions ahead in which there is a place.
    pub sessions: i64,
}

/// What there is to do, and how far someone has come.
#[derive(Debug, Clone, Default)]
pub struct NextSteps {
    pub steps: Vec<NextStep>,
    /// How many more there are.
    pub more: usize,
    /// How many required modules count today, and how many are required.
    pub held: usize,
    pub required: usize,
}

impl NextSteps {
    /// Of the person that an account is; nothing for someone who has never been in an organisation.
    pub fn of_account(conn: &mut DbConnection, account: AccountId, now: NaiveDateTime) -> Result<Self> {
        let Some(person) = find_person_of(conn, account)? else { return Ok(Self::default()) };
        let memberships = memberships_of(conn, person.id)?;
        let record = Record::of(conn, person.id, &memberships, day_of(now))?;
        Self::from_record(conn, &record, now)
    }

    /// From a record: what has expired, what expires, core that was not started, then accountability.
    pub fn from_record(conn: &mut DbConnection, record: &Record, now: NaiveDateTime) -> Result<Self> {
        let mut open: Vec<&RecordLine> = record.lines.iter().filter(|line| urgency_of(line).is_some()).collect();
        open.sort_by_key(|line| urgency_of(line));
        let (held, required) = record.progress();
        let more = open.len().saturating_sub(AT_MOST);
        open.truncate(AT_MOST);
        let modules: Vec<&ModuleId> = open.iter().map(|line| &line.module.id).collect();
        let sessions = sessions_with_free_places(conn, &modules, now)?;
        let step = |line: &RecordLine| NextStep {
            sessions: sessions.get(&line.module.id).copied().unwrap_or_default(),
            module: line.module.clone(),
            state: line.state,
            expires_on: line.latest.as_ref().and_then(|entry| entry.completion.expires_on),
        };
        Ok(Self { steps: open.into_iter().map(step).collect(), more, held, required })
    }
}

/// How many sessions ahead of each module have a place that anyone can take: the way from a gap to a booking.
pub fn sessions_with_free_places(
    conn: &mut DbConnection,
    modules: &[&ModuleId],
    now: NaiveDateTime,
) -> Result<HashMap<ModuleId, i64>> {
    let counted: Vec<(Option<ModuleId>, i64)> = training_sessions::table
        .filter(training_sessions::module_id.eq_any(modules.to_vec()))
        .filter(training_sessions::state.eq("open"))
        .filter(training_sessions::starts_at.gt(now))
        .filter((training_sessions::booked + training_sessions::held).lt(training_sessions::capacity))
        .group_by(training_sessions::module_id)
        .select((training_sessions::module_id, diesel::dsl::count_star()))
        .load(conn)?;
    Ok(counted.into_iter().filter_map(|(module, sessions)| Some((module?, sessions))).collect())
}

/// What comes first has the least; nothing for what needs no step.
fn urgency_of(line: &RecordLine) -> Option<(u8, Option<NaiveDate>)> {
    // Whoever has a place need only go there.
    if !line.required || line.booked_on.is_some() {
        return None;
    }
    let expires_on = line.latest.as_ref().and_then(|entry| entry.completion.expires_on);
    match (line.state, line.module.pathway()) {
        (CellState::Expired, _) => Some((0, expires_on)),
        (CellState::Expiring, _) => Some((1, expires_on)),
        (CellState::NotStarted, Pathway::Core) => Some((2, None)),
        (CellState::NotStarted, Pathway::Accountability) => Some((3, None)),
        (CellState::NotStarted, Pathway::Cpd) => Some((4, None)),
        (CellState::InDate | CellState::NotRequired | CellState::Booked, _) => None,
    }
}
