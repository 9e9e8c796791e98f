//! The census of the way to the Charter: begun once a day, gone on with in batches, and read when it is taken.
//! Each batch is an act that first takes the census from where it stood: of two servers one does it, and one that is killed
//! has done it whole or not at all.

use std::collections::{BTreeMap, HashMap};

use chrono::{Datelike, NaiveDate, NaiveDateTime};
use diesel::prelude::*;
use serde_json::json;

use super::step::{CharterStep, Happened, PledgeHad};
use crate::acts::Act;
use crate::audit::Subject;
use crate::charter::PledgeState;
use crate::db::schema::{
    charter_censuses as censuses, charter_funnel, charter_interests, charter_steps, organisation_districts,
    organisations, pledge_signatures, pledges, training_bookings, training_sessions,
};
use crate::db::{DbConnection, unless_taken};
use crate::each;
use crate::error::Result;
use crate::ids::{CensusId, DistrictCode, OrganisationId, PledgeId};
use crate::organisations::{OrganisationStanding, OrganisationState};
use crate::text_enum;

/// Enough to get on, and little enough for others not to wait.
const BATCH: i64 = 500;
/// In more than one district.
pub(super) const SEVERAL: &str = "several";
/// In no district.
pub(super) const NONE: &str = "none";

text_enum! {
    pub enum CharterCensusState { Counting = "counting", Taken = "taken" }
}

/// A census as it is stored.
#[derive(Debug, Clone, Queryable, Selectable, Insertable)]
#[diesel(table_name = censuses, treat_none_as_default_value = false)]
pub struct CharterCensus {
    pub id: CensusId,
    state: CharterCensusState,
    /// The day it was begun.
    pub as_of: NaiveDate,
    /// The last organisation that the last batch came to; empty before the first.
    reached: String,
    taken_at: Option<NaiveDateTime>,
}

/// A district, a month of arrival, the furthest place, and how many organisations.
pub type FunnelRow = (String, NaiveDate, i32, i64);

#[derive(Insertable)]
#[diesel(table_name = charter_steps)]
struct StepRow {
    census_id: CensusId,
    organisation_id: OrganisationId,
    district: String,
    arrived_on: NaiveDate,
    step: CharterStep,
    since_on: NaiveDate,
    furthest: i32,
}

/// Goes one batch on with the census of the day, and begins it when it is due; returns 0 when there is nothing to do.
pub fn go_on_with_charter_census(act: &mut Act<'_>) -> Result<usize> {
    go_on_with_charter_census_by(act, BATCH)
}

/// [`go_on_with_charter_census`] with so many at a time.
pub fn go_on_with_charter_census_by(act: &mut Act<'_>, most: i64) -> Result<usize> {
    let Some(census) = CharterCensus::in_state(act.conn, CharterCensusState::Counting)? else {
        let today = act.today();
        let last = CharterCensus::latest(act.conn)?;
        return if last.is_some_and(|last| last.as_of >= today) { Ok(0) } else { CharterCensus::begin(act) };
    };
    if census.take_turn(act)? {
        match count_after(act.conn, &census, most)? {
            Some(reached) => {
                let row = diesel::update(censuses::table.find(census.id));
                row.set(censuses::reached.eq(reached)).execute(act.conn)?;
            }
            None => census.finish(act)?,
        }
    }
    Ok(1)
}

impl CharterCensus {
    /// The last one that was taken; pages read this one.
    pub fn latest(conn: &mut DbConnection) -> Result<Option<Self>> {
        Self::in_state(conn, CharterCensusState::Taken)
    }

    fn in_state(conn: &mut DbConnection, state: CharterCensusState) -> Result<Option<Self>> {
        Ok(censuses::table
            .filter(censuses::state.eq(state))
            .order(censuses::as_of.desc())
            .select(Self::as_select())
            .first(conn)
            .optional()?)
    }

    fn begin(act: &mut Act<'_>) -> Result<usize> {
        let census = Self {
            id: CensusId::new(),
            state: CharterCensusState::Counting,
            as_of: act.today(),
            reached: String::new(),
            taken_at: None,
        };
        unless_taken(act.conn, |conn| diesel::insert_into(censuses::table).values(&census).execute(conn))?;
        Ok(1)
    }

    /// Takes the row for this act; false when another has gone on meanwhile.
    fn take_turn(&self, act: &mut Act<'_>) -> Result<bool> {
        let taken = diesel::update(censuses::table.find(self.id))
            .filter(censuses::state.eq(CharterCensusState::Counting))
            .filter(censuses::reached.eq(&self.reached))
            .set(censuses::reached.eq(&self.reached))
            .execute(act.conn)?;
        Ok(taken == 1)
    }

    fn finish(&self, act: &mut Act<'_>) -> Result<()> {
        diesel::update(censuses::table.find(self.id))
            .set((censuses::state.eq(CharterCensusState::Taken), censuses::taken_at.eq(act.at)))
            .execute(act.conn)?;
        diesel::delete(charter_steps::table.filter(charter_steps::census_id.ne(self.id))).execute(act.conn)?;
        diesel::delete(charter_funnel::table.filter(charter_funnel::census_id.ne(self.id))).execute(act.conn)?;
        diesel::delete(censuses::table.filter(censuses::id.ne(self.id))).execute(act.conn)?;
        act.record("way to the charter counted", Subject::of("census", self.id), json!({ "as_of": self.as_of }))
    }

    /// How many organisations came how far at the most, by district and by the month of their arrival.
    pub fn funnel(&self, conn: &mut DbConnection) -> Result<Vec<FunnelRow>> {
        Ok(charter_funnel::table
            .filter(charter_funnel::census_id.eq(self.id))
            .order((charter_funnel::district, charter_funnel::month, charter_funnel::furthest))
            .select((
                charter_funnel::district,
                charter_funnel::month,
                charter_funnel::furthest,
                charter_funnel::organisations,
            ))
            .load(conn)?)
    }
}

/// Places the organisations after those that the census has reached; the last it came to, if there was one.
fn count_after(conn: &mut DbConnection, census: &CharterCensus, most: i64) -> Result<Option<String>> {
    let ids: Vec<OrganisationId> = organisations::table
        .filter(organisations::id.gt(&census.reached))
        .filter(organisations::state.eq(OrganisationState::Approved))
        .filter(organisations::standing.eq(OrganisationStanding::Open))
        .order(organisations::id)
        .limit(most)
        .select(organisations::id)
        .load(conn)?;
    let Some(last) = ids.last().map(ToString::to_string) else { return Ok(None) };
    let happened = what_happened(conn, &ids)?;
    let districts = district_of_each(conn, &ids)?;
    let mut tallies: BTreeMap<(String, NaiveDate, i32), i64> = BTreeMap::new();
    let mut rows = Vec::new();
    for (organisation, happened) in &happened {
        let Some(placed) = happened.placed() else { continue };
        let district = districts.get(organisation).cloned().unwrap_or_else(|| NONE.to_owned());
        let month = placed.arrived.with_day(1).unwrap_or(placed.arrived);
        *tallies.entry((district.clone(), month, placed.furthest)).or_default() += 1;
        rows.push(StepRow {
            census_id: census.id,
            organisation_id: *organisation,
            district,
            arrived_on: placed.arrived,
            step: placed.step,
            since_on: placed.since,
            furthest: placed.furthest,
        });
    }
    each!(conn, c => diesel::insert_into(charter_steps::table).values(&rows).execute(c))?;
    tallies.into_iter().try_for_each(|(group, organisations)| add_to_funnel(conn, census.id, group, organisations))?;
    Ok(Some(last))
}

fn what_happened(conn: &mut DbConnection, ids: &[OrganisationId]) -> Result<BTreeMap<OrganisationId, Happened>> {
    let mut all: BTreeMap<OrganisationId, Happened> = BTreeMap::new();
    let interests: Vec<(OrganisationId, NaiveDateTime)> = charter_interests::table
        .filter(charter_interests::organisation_id.eq_any(ids))
        .filter(charter_interests::state.eq("open"))
        .select((charter_interests::organisation_id, charter_interests::expressed_at))
        .load(conn)?;
    for (organisation, at) in interests {
        all.entry(organisation).or_default().interested_at = Some(at);
    }
    let trained: Vec<(Option<OrganisationId>, NaiveDateTime)> = training_bookings::table
        .inner_join(training_sessions::table)
        .filter(training_bookings::organisation_id.eq_any(ids))
        .filter(training_sessions::subject.eq("charter"))
        .filter(training_bookings::state.eq("attended"))
        .select((training_bookings::organisation_id, training_sessions::starts_at))
        .load(conn)?;
    for (organisation, at) in trained {
        let Some(organisation) = organisation else { continue };
        let first = &mut all.entry(organisation).or_default().trained_at;
        *first = Some(first.map_or(at, |known| known.min(at)));
    }
    type Row =
        (PledgeId, OrganisationId, PledgeState, NaiveDateTime, Option<NaiveDate>, Option<NaiveDate>, Option<NaiveDate>);
    let had: Vec<Row> = pledges::table
        .filter(pledges::organisation_id.eq_any(ids))
        .order((pledges::started_at, pledges::id))
        .select((
            pledges::id,
            pledges::organisation_id,
            pledges::state,
            pledges::started_at,
            pledges::in_force_on,
            pledges::ends_on,
            pledges::withdrawn_on,
        ))
        .load(conn)?;
    let half: Vec<PledgeId> = had.iter().filter(|row| row.2 == PledgeState::PartSigned).map(|row| row.0).collect();
    let signed: HashMap<PledgeId, NaiveDateTime> = pledge_signatures::table
        .filter(pledge_signatures::pledge_id.eq_any(half))
        .select((pledge_signatures::pledge_id, pledge_signatures::signed_at))
        .load::<(PledgeId, NaiveDateTime)>(conn)?
        .into_iter()
        .collect();
    for (id, organisation, state, started_at, in_force_on, ends_on, withdrawn_on) in had {
        let ended_on = withdrawn_on.or(ends_on);
        let first_signed_at = signed.get(&id).copied();
        let pledge = PledgeHad { state, started_at, in_force_on, ended_on, first_signed_at };
        all.entry(organisation).or_default().pledges.push(pledge);
    }
    Ok(all)
}

/// The one district that each works in, or that there are several.
fn district_of_each(conn: &mut DbConnection, ids: &[OrganisationId]) -> Result<HashMap<OrganisationId, String>> {
    let rows: Vec<(OrganisationId, DistrictCode)> = organisation_districts::table
        .filter(organisation_districts::organisation_id.eq_any(ids))
        .select((organisation_districts::organisation_id, organisation_districts::district_code))
        .load(conn)?;
    let mut one: HashMap<OrganisationId, String> = HashMap::new();
    for (organisation, code) in rows {
        one.entry(organisation).and_modify(|word| SEVERAL.clone_into(word)).or_insert_with(|| code.to_string());
    }
    Ok(one)
}

fn add_to_funnel(
    conn: &mut DbConnection,
    census: CensusId,
    (district, month, furthest): (String, NaiveDate, i32),
    organisations: i64,
) -> Result<()> {
    use charter_funnel as f;
    let added = diesel::update(f::table.find((census, &district, month, furthest)))
        .set(f::organisations.eq(f::organisations + organisations))
        .execute(conn)?;
    if added == 0 {
        let row = (
            f::census_id.eq(census),
            f::district.eq(&district),
            f::month.eq(month),
            f::furthest.eq(furthest),
            f::organisations.eq(organisations),
        );
        diesel::insert_into(f::table).values(row).execute(conn)?;
    }
    Ok(())
}
