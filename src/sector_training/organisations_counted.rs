//! The organisations of the census, some at a time: those approved and in good standing, and which of them never had
//! a place on any session. Organisations are no people: their numbers are shown as they are.
//! Not here: the list of them as a page shows it.

use std::collections::{BTreeMap, HashSet};

use diesel::prelude::*;

use super::census::Census;
use crate::db::DbConnection;
use crate::db::schema::{
    organisation_districts, organisations, sector_newcomers, sector_organisations, training_bookings,
};
use crate::each;
use crate::error::Result;
use crate::ids::{CensusId, DistrictCode, OrganisationId};
use crate::organisations::{LegalForm, NONE, OrganisationStanding, OrganisationState, one_word_each};
use crate::training_sessions::BookingState;

#[derive(Insertable)]
#[diesel(table_name = sector_newcomers)]
struct Newcomer {
    census_id: CensusId,
    organisation_id: OrganisationId,
    district: String,
    sort_name: String,
}

/// Counts the organisations after those that the census has reached; the last it came to, if there was one.
pub(super) fn count_organisations_after(conn: &mut DbConnection, census: &Census, most: i64) -> Result<Option<String>> {
    let found: Vec<(OrganisationId, String, Option<LegalForm>)> = organisations::table
        .filter(organisations::id.gt(&census.reached))
        .filter(organisations::state.eq(OrganisationState::Approved))
        .filter(organisations::standing.eq(OrganisationStanding::Open))
        .order(organisations::id)
        .limit(most)
        .select((organisations::id, organisations::search, organisations::legal_form))
        .load(conn)?;
    let Some(last) = found.last().map(|(id, ..)| id.to_string()) else { return Ok(None) };
    let placed = placed_between(conn, &census.reached, &last)?;
    let districts: Vec<(OrganisationId, DistrictCode)> = organisation_districts::table
        .filter(organisation_districts::organisation_id.gt(&census.reached))
        .filter(organisation_districts::organisation_id.le(&last))
        .select((organisation_districts::organisation_id, organisation_districts::district_code))
        .load(conn)?;
    let districts = one_word_each(districts.into_iter().map(|(id, code)| (id, code.to_string())));
    let mut tallies: BTreeMap<(String, &'static str), (i64, i64)> = BTreeMap::new();
    let mut newcomers = Vec::new();
    for (id, sort_name, kind) in found {
        let district = districts.get(&id).map_or(NONE, String::as_str).to_owned();
        let tally = tallies.entry((district.clone(), kind.map_or(NONE, LegalForm::as_str))).or_default();
        tally.0 += 1;
        if !placed.contains(&id) {
            tally.1 += 1;
            newcomers.push(Newcomer { census_id: census.id, organisation_id: id, district, sort_name });
        }
    }
    for rows in newcomers.chunks(500) {
        each!(conn, c => diesel::insert_into(sector_newcomers::table).values(rows).execute(c))?;
    }
    tallies
        .iter()
        .try_for_each(|((district, kind), tally)| add_organisations(conn, census.id, district, kind, *tally))?;
    Ok(Some(last))
}

/// Those of whom anybody has, or had, a place.
fn placed_between(conn: &mut DbConnection, reached: &str, last: &str) -> Result<HashSet<OrganisationId>> {
    let rows: Vec<Option<OrganisationId>> = training_bookings::table
        .filter(training_bookings::organisation_id.gt(reached))
        .filter(training_bookings::organisation_id.le(last))
        .filter(training_bookings::state.eq_any(BookingState::SEATED))
        .select(training_bookings::organisation_id)
        .distinct()
        .load(conn)?;
    Ok(rows.into_iter().flatten().collect())
}

fn add_organisations(
    conn: &mut DbConnection,
    census: CensusId,
    district: &str,
    kind: &str,
    (all, without_place): (i64, i64),
) -> Result<()> {
    let changed = diesel::update(sector_organisations::table.find((census, district, kind)))
        .set((
            sector_organisations::organisations.eq(sector_organisations::organisations + all),
            sector_organisations::without_place.eq(sector_organisations::without_place + without_place),
        ))
        .execute(conn)?;
    if changed == 0 {
        diesel::insert_into(sector_organisations::table)
            .values((
                sector_organisations::census_id.eq(census),
                sector_organisations::district.eq(district),
                sector_organisations::kind.eq(kind),
                sector_organisations::organisations.eq(all),
                sector_organisations::without_place.eq(without_place),
            ))
            .execute(conn)?;
    }
    Ok(())
}
