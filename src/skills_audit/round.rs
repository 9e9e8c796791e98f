//! A round: the time in which everyone whom it is for is asked. At most one is open, and a closed one takes no more answers.
//!
//! | from | verb | to |
//! |---|---|---|
//! | | open | open |
//! | open | close | closed |
//!
//! Not here: rounds that are planned for a day to come, and closing one when its last day is over (`skills_rounds`).

use chrono::{Datelike, NaiveDate, NaiveDateTime};
use diesel::dsl::{count_star, sum};
use diesel::prelude::*;
use serde_json::json;

use super::instrument::Instrument;
use crate::acts::Act;
use crate::audit::Subject;
use crate::db::schema::{organisation_districts, skills_entries, skills_round_districts, skills_rounds};
use crate::db::{DbConnection, unless_taken};
use crate::each;
use crate::error::{Error, Result};
use crate::ids::{DistrictCode, OrganisationId, RoundId};
use crate::text_enum;

text_enum! {
    pub enum RoundState { Open = "open", Closed = "closed" }
}

/// A round as it is stored.
#[derive(Debug, Clone, Queryable, Selectable, Insertable)]
#[diesel(table_name = skills_rounds)]
pub struct Round {
    pub id: RoundId,
    pub title: String,
    state: RoundState,
    pub opened_at: NaiveDateTime,
    pub closed_at: Option<NaiveDateTime>,
    /// The last day on which answers are taken, if that is settled.
    pub closes_on: Option<NaiveDate>,
    /// The version of the questions that is asked.
    pub instrument: i32,
    /// When everything answered in it had been counted, after its close.
    pub counted_at: Option<NaiveDateTime>,
}

/// How far organisations have come, as last counted.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Rate {
    /// Those that take part.
    pub organisations: i64,
    /// Everyone active in them.
    pub people: i64,
    pub finished: i64,
}

/// What a round is to be.
#[derive(Debug, Clone, Default)]
pub struct RoundTerms {
    pub title: String,
    pub closes_on: Option<NaiveDate>,
    /// Whose round it is; empty is everyone's.
    pub districts: Vec<DistrictCode>,
}

impl RoundTerms {
    /// Everyone's, until the VRP closes it.
    pub fn called(title: &str) -> Self {
        Self { title: title.to_owned(), ..Self::default() }
    }
}

#[derive(Insertable)]
#[diesel(table_name = skills_round_districts)]
struct DistrictRow<'a> {
    round_id: RoundId,
    district_code: &'a DistrictCode,
}

impl Round {
    /// The round that takes answers now.
    pub fn open_now(conn: &mut DbConnection) -> Result<Option<Self>> {
        Ok(skills_rounds::table
            .filter(skills_rounds::state.eq(RoundState::Open))
            .select(Self::as_select())
            .first(conn)
            .optional()?)
    }

    /// The one opened last, open or closed.
    pub fn latest(conn: &mut DbConnection) -> Result<Option<Self>> {
        Ok(skills_rounds::table
            .order(skills_rounds::opened_at.desc())
            .select(Self::as_select())
            .first(conn)
            .optional()?)
    }

    /// The last ones, newest first.
    pub fn recent(conn: &mut DbConnection) -> Result<Vec<Self>> {
        Ok(skills_rounds::table
            .order(skills_rounds::opened_at.desc())
            .limit(20)
            .select(Self::as_select())
            .load(conn)?)
    }

    /// How far organisations have come in a round, as last counted.
    pub fn rate_of(conn: &mut DbConnection, id: RoundId) -> Result<Rate> {
        let (organisations, people, finished): (i64, Option<i64>, Option<i64>) = skills_entries::table
            .filter(skills_entries::round_id.eq(id))
            .select((count_star(), sum(skills_entries::people), sum(skills_entries::finished)))
            .get_result(conn)?;
        Ok(Rate { organisations, people: people.unwrap_or(0), finished: finished.unwrap_or(0) })
    }

    /// The same, with how far organisations have come in each.
    pub fn recent_with_rate(conn: &mut DbConnection) -> Result<Vec<(Self, Rate)>> {
        let recent = Self::recent(conn)?;
        let ids: Vec<RoundId> = recent.iter().map(|round| round.id).collect();
        // A row an organisation that takes part; none is a person.
        let sums: Vec<(RoundId, i64, Option<i64>, Option<i64>)> = skills_entries::table
            .filter(skills_entries::round_id.eq_any(ids))
            .group_by(skills_entries::round_id)
            .select((
                skills_entries::round_id,
                count_star(),
                sum(skills_entries::people),
                sum(skills_entries::finished),
            ))
            .load(conn)?;
        let rate_of = |id: RoundId| {
            let found = sums.iter().find(|(round, ..)| *round == id);
            found.map_or_else(Rate::default, |(_, organisations, people, finished)| Rate {
                organisations: *organisations,
                people: people.unwrap_or(0),
                finished: finished.unwrap_or(0),
            })
        };
        Ok(recent.into_iter().map(|round| (round.clone(), rate_of(round.id))).collect())
    }

    /// Whose round it is; empty is everyone's.
    pub fn districts(&self, conn: &mut DbConnection) -> Result<Vec<DistrictCode>> {
        Ok(skills_round_districts::table
            .filter(skills_round_districts::round_id.eq(self.id))
            .order(skills_round_districts::district_code)
            .select(skills_round_districts::district_code)
            .load(conn)?)
    }

    /// Is it an organisation's round too?
    pub fn is_for(&self, conn: &mut DbConnection, organisation: OrganisationId) -> Result<bool> {
        let districts = self.districts(conn)?;
        if districts.is_empty() {
            return Ok(true);
        }
        let there = organisation_districts::table
            .filter(organisation_districts::organisation_id.eq(organisation))
            .filter(organisation_districts::district_code.eq_any(districts));
        Ok(diesel::select(diesel::dsl::exists(there)).get_result(conn)?)
    }

    /// The one that was closed before this one was opened.
    pub fn before(&self, conn: &mut DbConnection) -> Result<Option<Self>> {
        Ok(skills_rounds::table
            .filter(skills_rounds::opened_at.lt(self.opened_at))
            .filter(skills_rounds::state.eq(RoundState::Closed))
            .order(skills_rounds::opened_at.desc())
            .select(Self::as_select())
            .first(conn)
            .optional()?)
    }

    pub fn find(conn: &mut DbConnection, id: RoundId) -> Result<Self> {
        Ok(skills_rounds::table.find(id).select(Self::as_select()).first(conn)?)
    }

    /// A made-up one, for pages.
    pub fn sample_called(title: &str, closes_on: Option<NaiveDate>) -> Self {
        Self { title: title.to_owned(), closes_on, ..Self::sample() }
    }

    /// The same, over.
    pub fn sample_closed() -> Self {
        let open = Self::sample();
        Self { state: RoundState::Closed, closed_at: Some(open.opened_at), ..open }
    }

    /// A made-up one, for pages.
    pub fn sample() -> Self {
        let opened_at = NaiveDateTime::default();
        Self {
            id: RoundId::new(),
            title: "Skills audit 2026/27".into(),
            state: RoundState::Open,
            opened_at,
            closed_at: None,
            closes_on: None,
            instrument: 1,
            counted_at: None,
        }
    }

    /// Keeps it from closing while an act goes on; false when it is closed.
    pub(super) fn hold_open(&self, act: &mut Act<'_>) -> Result<bool> {
        let held = diesel::update(skills_rounds::table.find(self.id))
            .filter(skills_rounds::state.eq(RoundState::Open))
            .set(skills_rounds::title.eq(skills_rounds::title))
            .execute(act.conn)?;
        Ok(held == 1)
    }

    pub fn state(&self) -> RoundState {
        self.state
    }

    pub fn is_open(&self) -> bool {
        self.state == RoundState::Open
    }
}

/// Opens a round with the latest questions; `None` when one is open already.
pub fn open_round(act: &mut Act<'_>, terms: &RoundTerms) -> Result<Option<Round>> {
    let round = Round {
        id: RoundId::new(),
        title: terms.title.clone(),
        state: RoundState::Open,
        opened_at: act.at,
        closed_at: None,
        closes_on: terms.closes_on,
        instrument: Instrument::load(act.conn)?.number,
        counted_at: None,
    };
    let added = unless_taken(act.conn, |conn| diesel::insert_into(skills_rounds::table).values(&round).execute(conn))?;
    if added.is_none() {
        return Ok(None);
    }
    let rows: Vec<DistrictRow<'_>> =
        terms.districts.iter().map(|code| DistrictRow { round_id: round.id, district_code: code }).collect();
    each!(act.conn, c => diesel::insert_into(skills_round_districts::table).values(&rows).execute(c))?;
    let details = json!({ "title": terms.title, "closes_on": terms.closes_on, "districts": terms.districts });
    act.record("skills round opened", Subject::of("skills round", round.id), details)?;
    Ok(Some(round))
}

/// Closes a round: what was answered stays, and nothing more is taken.
pub fn close_round(act: &mut Act<'_>, round: &Round) -> Result<()> {
    let changed = diesel::update(skills_rounds::table.find(round.id))
        .filter(skills_rounds::state.eq(RoundState::Open))
        .set((skills_rounds::state.eq(RoundState::Closed), skills_rounds::closed_at.eq(act.at)))
        .execute(act.conn)?;
    if changed == 0 {
        return Err(Error::Conflict);
    }
    act.record("skills round closed", Subject::of("skills round", round.id), json!({}))
}

/// The programme year of a day, which begins in September: `2026/27`.
pub(super) fn programme_year(day: NaiveDate) -> String {
    let first = if day.month() >= 9 { day.year() } else { day.year() - 1 };
    format!("{first}/{:02}", (first + 1) % 100)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_programme_year_begins_in_september() {
        let year_of = |month| programme_year(NaiveDate::from_ymd_opt(2026, month, 1).expect("real day"));
        assert_eq!(year_of(8), "2025/26");
        assert_eq!(year_of(9), "2026/27");
        assert_eq!(programme_year(NaiveDate::from_ymd_opt(2099, 10, 1).expect("real day")), "2099/00");
    }
}
