//! The sessions of the census, some at a time: those of the last twelve months whose register is finished, by month and
//! by provider. What people said counts where five or more said something of one session, as on the provider's page.
//! Not here: what is shown of it.

use std::collections::{BTreeMap, HashMap};

use chrono::{Datelike, Days, Months, NaiveDate, NaiveDateTime, NaiveTime};
use diesel::dsl::{count_star, sum};
use diesel::prelude::*;

use super::census::Census;
use crate::clock::{day_of, instant_of};
use crate::db::DbConnection;
use crate::db::schema::{sector_sessions, training_bookings, training_feedback, training_sessions};
use crate::error::Result;
use crate::ids::{CensusId, ProviderId, TrainingSessionId};
use crate::small_groups::FEWEST;
use crate::training_sessions::{BookingState, SessionState};

/// How many months are looked back on, the present one among them.
pub(super) const MONTHS: u32 = 12;

type Held = (TrainingSessionId, ProviderId, NaiveDateTime, NaiveDateTime);

/// What was held.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct Tally {
    pub sessions: i64,
    pub attended: i64,
    pub minutes: i64,
    pub longest: i64,
    pub answers: i64,
    pub ratings: i64,
}

impl Tally {
    pub fn with(self, other: Self) -> Self {
        Self {
            sessions: self.sessions + other.sessions,
            attended: self.attended + other.attended,
            minutes: self.minutes + other.minutes,
            longest: self.longest.max(other.longest),
            answers: self.answers + other.answers,
            ratings: self.ratings + other.ratings,
        }
    }
}

/// The first of the month of a day, and of as many months before it.
pub(super) fn month_before(day: NaiveDate, months: u32) -> NaiveDate {
    let first = day - Days::new(u64::from(day.day0()));
    first - Months::new(months)
}

/// How a month is stored.
pub(super) fn month_word(day: NaiveDate) -> String {
    day.format("%Y-%m").to_string()
}

/// Counts the sessions after those that the census has reached; the last it came to, if there was one.
pub(super) fn count_sessions_after(conn: &mut DbConnection, census: &Census, most: i64) -> Result<Option<String>> {
    let midnight = |day: NaiveDate| instant_of(day, NaiveTime::MIN).unwrap_or_else(|| day.and_time(NaiveTime::MIN));
    let held: Vec<Held> = training_sessions::table
        .filter(training_sessions::id.gt(&census.reached))
        .filter(training_sessions::state.eq(SessionState::Over))
        .filter(training_sessions::starts_at.ge(midnight(month_before(census.as_of, MONTHS - 1))))
        .filter(training_sessions::starts_at.lt(midnight(census.as_of + Days::new(1))))
        .order(training_sessions::id)
        .limit(most)
        .select((
            training_sessions::id,
            training_sessions::provider_id,
            training_sessions::starts_at,
            training_sessions::ends_at,
        ))
        .load(conn)?;
    let Some(last) = held.last().map(|(id, ..)| id.to_string()) else { return Ok(None) };
    let ids: Vec<TrainingSessionId> = held.iter().map(|(id, ..)| *id).collect();
    let came = attended_at(conn, &ids)?;
    let said = said_of(conn, &ids)?;
    let mut tallies: BTreeMap<(String, ProviderId), Tally> = BTreeMap::new();
    for (id, provider, starts_at, ends_at) in held {
        let (length, attended) = ((ends_at - starts_at).num_minutes(), came.get(&id).copied().unwrap_or(0));
        let (answers, ratings) = said.get(&id).copied().filter(|(n, _)| *n >= FEWEST).unwrap_or((0, 0));
        let one = Tally { sessions: 1, attended, minutes: length * attended, longest: length, answers, ratings };
        let tally = tallies.entry((month_word(day_of(starts_at)), provider)).or_default();
        *tally = tally.with(one);
    }
    tallies.iter().try_for_each(|((month, provider), tally)| add_held(conn, census.id, month, *provider, *tally))?;
    Ok(Some(last))
}

fn attended_at(conn: &mut DbConnection, ids: &[TrainingSessionId]) -> Result<HashMap<TrainingSessionId, i64>> {
    let rows: Vec<(TrainingSessionId, i64)> = training_bookings::table
        .filter(training_bookings::session_id.eq_any(ids))
        .filter(training_bookings::state.eq(BookingState::Attended))
        .group_by(training_bookings::session_id)
        .select((training_bookings::session_id, count_star()))
        .load(conn)?;
    Ok(rows.into_iter().collect())
}

/// How many spoke, and the sum of what they gave.
fn said_of(conn: &mut DbConnection, ids: &[TrainingSessionId]) -> Result<HashMap<TrainingSessionId, (i64, i64)>> {
    let rows: Vec<(TrainingSessionId, i64, Option<i64>)> = training_feedback::table
        .filter(training_feedback::session_id.eq_any(ids))
        .group_by(training_feedback::session_id)
        .select((training_feedback::session_id, count_star(), sum(training_feedback::rating)))
        .load(conn)?;
    Ok(rows.into_iter().map(|(id, answers, ratings)| (id, (answers, ratings.unwrap_or(0)))).collect())
}

fn add_held(conn: &mut DbConnection, census: CensusId, month: &str, provider: ProviderId, new: Tally) -> Result<()> {
    use sector_sessions as held;
    let row = held::table.find((census, month, provider));
    let known: Option<(i64, i64, i64, i64, i64, i64)> = row
        .select((held::sessions, held::attended, held::minutes, held::longest, held::answers, held::ratings))
        .first(conn)
        .optional()?;
    let before = known.map(|(sessions, attended, minutes, longest, answers, ratings)| Tally {
        sessions,
        attended,
        minutes,
        longest,
        answers,
        ratings,
    });
    let sum = before.unwrap_or_default().with(new);
    let figures = (
        held::sessions.eq(sum.sessions),
        held::attended.eq(sum.attended),
        held::minutes.eq(sum.minutes),
        held::longest.eq(sum.longest),
        held::answers.eq(sum.answers),
        held::ratings.eq(sum.ratings),
    );
    if before.is_some() {
        diesel::update(row).set(figures).execute(conn)?;
    } else {
        let key = (held::census_id.eq(census), held::month.eq(month), held::provider_id.eq(provider));
        diesel::insert_into(held::table).values((key, figures)).execute(conn)?;
    }
    Ok(())
}
