//! Searching the approved organisations. A page costs seven queries, however many there are.

use std::collections::{HashMap, HashSet};

use diesel::prelude::*;

use crate::charter::PledgeState;
use crate::db::schema::{
    districts, endorsements, organisation_activities, organisation_days, organisation_districts, organisations, pledges,
};
use crate::db::{DbConnection, MultiBackend};
use crate::error::Result;
use crate::ids::{ActivityId, DistrictCode, OrganisationId};
use crate::organisations::{Day, Organisation, OrganisationState};
use crate::quality::Level;
use crate::review::{Endorsement, EndorsementState};
use crate::words::pattern_for_search;

/// How many entries a page of the directory has.
pub const DIRECTORY_PAGE: i64 = 20;

/// What someone looks for. What is `None` is not asked.
#[derive(Debug, Clone, Default)]
pub struct DirectorySearch {
    /// Part of a name; empty for any.
    pub name: String,
    pub district: Option<DistrictCode>,
    /// In years.
    pub age: Option<i32>,
    pub activity: Option<ActivityId>,
    pub day: Option<Day>,
    pub level: Option<Level>,
    /// 0 for the first.
    pub page: i64,
}

/// An organisation as the list shows it.
#[derive(Debug, Clone)]
pub struct DirectoryEntry {
    pub organisation: Organisation,
    /// Names of the districts it works in.
    pub districts: Vec<String>,
    pub pledged: bool,
    /// The level it is endorsed at now.
    pub level: Option<Level>,
}

/// A page of the directory.
#[derive(Debug, Clone)]
pub struct Directory {
    pub entries: Vec<DirectoryEntry>,
    /// How many match, on all pages.
    pub found: i64,
    /// The page these entries are on: the last one, if a later one was asked for.
    pub page: i64,
}

// A macro, because the type of such a query is longer than the query.
macro_rules! matching {
    ($search:expr) => {{
        let search: &DirectorySearch = $search;
        let mut query = organisations::table
            .filter(organisations::state.eq(OrganisationState::Approved))
            .into_boxed::<MultiBackend>();
        if !search.name.is_empty() {
            query = query.filter(organisations::search.like(pattern_for_search(&search.name)).escape('\\'));
        }
        if let Some(age) = search.age {
            query = query.filter(organisations::min_age.le(age)).filter(organisations::max_age.ge(age));
        }
        if let Some(district) = search.district.clone() {
            let there = organisation_districts::table
                .filter(organisation_districts::district_code.eq(district))
                .select(organisation_districts::organisation_id);
            query = query.filter(organisations::id.eq_any(there));
        }
        if let Some(activity) = search.activity.clone() {
            let offering = organisation_activities::table
                .filter(organisation_activities::activity_id.eq(activity))
                .select(organisation_activities::organisation_id);
            query = query.filter(organisations::id.eq_any(offering));
        }
        if let Some(day) = search.day {
            let open = organisation_days::table
                .filter(organisation_days::day.eq(day))
                .select(organisation_days::organisation_id);
            query = query.filter(organisations::id.eq_any(open));
        }
        if let Some(level) = search.level {
            let endorsed = endorsements::table
                .filter(endorsements::state.eq(EndorsementState::InForce))
                .filter(endorsements::level.eq(level))
                .select(endorsements::organisation_id);
            query = query.filter(organisations::id.eq_any(endorsed));
        }
        query
    }};
}

impl Directory {
    /// Searches the directory, by name.
    pub fn search(conn: &mut DbConnection, search: &DirectorySearch) -> Result<Self> {
        let found: i64 = matching!(search).count().get_result(conn)?;
        let page = search.page.clamp(0, (found - 1).max(0) / DIRECTORY_PAGE);
        let rows: Vec<Organisation> = matching!(search)
            .order((organisations::search, organisations::id))
            .limit(DIRECTORY_PAGE)
            .offset(page * DIRECTORY_PAGE)
            .select(Organisation::as_select())
            .load(conn)?;
        let listed: Vec<OrganisationId> = rows.iter().map(|organisation| organisation.id).collect();
        let mut districts = districts_of(conn, &listed)?;
        let pledged: HashSet<OrganisationId> = pledged_among(conn, &listed)?;
        let levels: HashMap<OrganisationId, Level> = Endorsement::in_force_among(conn, &listed)?
            .into_iter()
            .map(|endorsement| (endorsement.organisation_id, endorsement.level))
            .collect();
        let entry = |organisation: Organisation| DirectoryEntry {
            districts: districts.remove(&organisation.id).unwrap_or_default(),
            pledged: pledged.contains(&organisation.id),
            level: levels.get(&organisation.id).copied(),
            organisation,
        };
        Ok(Self { entries: rows.into_iter().map(entry).collect(), found, page })
    }
}

fn pledged_among(conn: &mut DbConnection, of: &[OrganisationId]) -> Result<HashSet<OrganisationId>> {
    let rows: Vec<OrganisationId> = pledges::table
        .filter(pledges::organisation_id.eq_any(of))
        .filter(pledges::state.eq(PledgeState::InForce))
        .select(pledges::organisation_id)
        .load(conn)?;
    Ok(rows.into_iter().collect())
}

fn districts_of(conn: &mut DbConnection, of: &[OrganisationId]) -> Result<HashMap<OrganisationId, Vec<String>>> {
    let rows: Vec<(OrganisationId, String)> = organisation_districts::table
        .inner_join(districts::table)
        .filter(organisation_districts::organisation_id.eq_any(of))
        .order(districts::name)
        .select((organisation_districts::organisation_id, districts::name))
        .load(conn)?;
    let mut names: HashMap<_, Vec<_>> = HashMap::new();
    rows.into_iter().for_each(|(organisation, name)| names.entry(organisation).or_default().push(name));
    Ok(names)
}
