//! Who waits where: the organisations at a step, in a district, for so long, those that wait longest first.
//! One filter serves the list, its table, and letters to those who are on it; it reads the last census by an index.

use chrono::{Days, NaiveDate};
use diesel::prelude::*;

use super::census::CharterCensus;
use super::step::CharterStep;
use crate::db::schema::{charter_steps, organisations};
use crate::db::{DbConnection, MultiBackend};
use crate::error::Result;
use crate::ids::OrganisationId;
use crate::organisations::OrganisationStanding;

/// How many stand on a page.
pub const WAITING_ON_A_PAGE: i64 = 50;
/// So many are counted, written into one table and written to at most.
pub const MOST_SOUGHT: i64 = 5000;

/// What the VRP looks for.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Sought {
    /// Everyone whose pledge is not in force, if none.
    pub step: Option<CharterStep>,
    pub district: Option<String>,
    /// At their step for so many days at least.
    pub days: u32,
}

/// An organisation that waits.
#[derive(Debug, Clone, Queryable)]
pub struct WaitingOrganisation {
    pub id: OrganisationId,
    pub name: String,
    pub slug: String,
    pub district: String,
    pub step: CharterStep,
    pub since: NaiveDate,
}

/// A page of them.
#[derive(Debug, Clone)]
pub struct Waiting {
    pub organisations: Vec<WaitingOrganisation>,
    pub has_more: bool,
    /// On all pages; 5,000 at most.
    pub found: usize,
}

// A macro, because the type of such a query is longer than the query.
macro_rules! sought {
    ($census:expr, $sought:expr) => {{
        let (census, sought): (&CharterCensus, &Sought) = ($census, $sought);
        let latest = census.as_of - Days::new(u64::from(sought.days));
        let query = charter_steps::table
            .inner_join(organisations::table)
            .filter(charter_steps::census_id.eq(census.id))
            .filter(organisations::standing.eq(OrganisationStanding::Open))
            .filter(charter_steps::since_on.le(latest))
            .into_boxed::<MultiBackend>();
        let query = match sought.step {
            Some(step) => query.filter(charter_steps::step.eq(step)),
            None => query.filter(charter_steps::step.ne_all(CharterStep::SETTLED)),
        };
        match sought.district.clone() {
            Some(district) => query.filter(charter_steps::district.eq(district)),
            None => query,
        }
    }};
}

impl Waiting {
    /// The page after an organisation, or the first.
    pub fn page(conn: &mut DbConnection, census: &CharterCensus, sought: &Sought, after: &str) -> Result<Self> {
        let key = place_of(conn, census, after)?;
        let mut query = sought!(census, sought);
        if let Some((since, id)) = key {
            let beyond = charter_steps::since_on.gt(since).or(charter_steps::organisation_id.gt(id));
            query = query.filter(charter_steps::since_on.ge(since)).filter(beyond);
        }
        let mut organisations: Vec<WaitingOrganisation> = query
            .order((charter_steps::since_on, charter_steps::organisation_id))
            .limit(WAITING_ON_A_PAGE + 1)
            .select((
                organisations::id,
                organisations::name,
                organisations::slug,
                charter_steps::district,
                charter_steps::step,
                charter_steps::since_on,
            ))
            .load(conn)?;
        let has_more = organisations.len() > WAITING_ON_A_PAGE as usize;
        organisations.truncate(WAITING_ON_A_PAGE as usize);
        let found = ids_sought(conn, census, sought)?.len();
        Ok(Self { organisations, has_more, found })
    }

    /// All of them, for a table.
    pub fn all(conn: &mut DbConnection, census: &CharterCensus, sought: &Sought) -> Result<Vec<WaitingOrganisation>> {
        Ok(sought!(census, sought)
            .order((charter_steps::since_on, charter_steps::organisation_id))
            .limit(MOST_SOUGHT)
            .select((
                organisations::id,
                organisations::name,
                organisations::slug,
                charter_steps::district,
                charter_steps::step,
                charter_steps::since_on,
            ))
            .load(conn)?)
    }
}

/// Whom a letter to them goes to.
pub(super) fn ids_sought(
    conn: &mut DbConnection,
    census: &CharterCensus,
    sought: &Sought,
) -> Result<Vec<OrganisationId>> {
    Ok(sought!(census, sought)
        .order((charter_steps::since_on, charter_steps::organisation_id))
        .limit(MOST_SOUGHT)
        .select(organisations::id)
        .load(conn)?)
}

fn place_of(
    conn: &mut DbConnection,
    census: &CharterCensus,
    slug: &str,
) -> Result<Option<(NaiveDate, OrganisationId)>> {
    if slug.is_empty() {
        return Ok(None);
    }
    Ok(charter_steps::table
        .inner_join(organisations::table)
        .filter(charter_steps::census_id.eq(census.id))
        .filter(organisations::slug.eq(slug))
        .select((charter_steps::since_on, charter_steps::organisation_id))
        .first(conn)
        .optional()?)
}
