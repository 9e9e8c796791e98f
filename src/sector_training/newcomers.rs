//! The organisations that never had a place on any session, by name: a page of them, or all for a table.
//! Not here: how they were found, which is the census.

use chrono::NaiveDateTime;
use diesel::prelude::*;

use super::amounts::{DrawnCensus, OrganisationTally};
use crate::db::schema::{organisations, sector_newcomers};
use crate::db::{DbConnection, MultiBackend};
use crate::error::Result;
use crate::organisations::LegalForm;

/// How many stand on a page.
pub const NEWCOMERS_ON_A_PAGE: i64 = 50;
/// More are not written into one table.
const MOST_IN_A_TABLE: i64 = 50_000;

/// What the VRP looks for.
#[derive(Debug, Clone, Default)]
pub struct NewcomerSearch {
    /// A district's word; none for any.
    pub district: Option<String>,
    /// 0 for the first.
    pub page: i64,
}

/// An organisation that never had a place.
#[derive(Debug, Clone, Queryable)]
pub struct Newcomer {
    pub name: String,
    pub slug: String,
    pub kind: Option<LegalForm>,
    pub district: String,
    pub approved_at: Option<NaiveDateTime>,
}

/// A page of them.
#[derive(Debug, Clone)]
pub struct Newcomers {
    pub organisations: Vec<Newcomer>,
    /// The page these are on: the last one, if a later one was asked for.
    pub page: i64,
    /// How many there are, on all pages.
    pub found: i64,
}

impl Newcomers {
    /// One query, by an index; how many there are was counted with the tallies.
    pub fn search(
        conn: &mut DbConnection,
        census: &DrawnCensus,
        search: &NewcomerSearch,
        tallies: &[OrganisationTally],
    ) -> Result<Self> {
        let is_sought =
            |tally: &&OrganisationTally| search.district.as_ref().is_none_or(|word| *word == tally.district);
        let found = tallies.iter().filter(is_sought).map(|tally| tally.without_place).sum::<i64>();
        let page = search.page.clamp(0, (found - 1).max(0) / NEWCOMERS_ON_A_PAGE);
        let organisations = load_newcomers(conn, census, search, page * NEWCOMERS_ON_A_PAGE, NEWCOMERS_ON_A_PAGE)?;
        Ok(Self { organisations, page, found })
    }

    /// All of them, for a table.
    pub fn all(conn: &mut DbConnection, census: &DrawnCensus, search: &NewcomerSearch) -> Result<Vec<Newcomer>> {
        load_newcomers(conn, census, search, 0, MOST_IN_A_TABLE)
    }
}

fn load_newcomers(
    conn: &mut DbConnection,
    census: &DrawnCensus,
    search: &NewcomerSearch,
    first: i64,
    most: i64,
) -> Result<Vec<Newcomer>> {
    let mut query = sector_newcomers::table
        .inner_join(organisations::table)
        .filter(sector_newcomers::census_id.eq(census.id))
        .into_boxed::<MultiBackend>();
    if let Some(district) = &search.district {
        query = query.filter(sector_newcomers::district.eq(district.clone()));
    }
    Ok(query
        .order((sector_newcomers::sort_name, sector_newcomers::organisation_id))
        .limit(most)
        .offset(first)
        .select((
            organisations::name,
            organisations::slug,
            organisations::legal_form,
            sector_newcomers::district,
            organisations::approved_at,
        ))
        .load(conn)?)
}
