//! Searching the pledges in force. A page costs five queries, however many organisations have pledged.

use std::collections::HashMap;

use diesel::prelude::*;

use crate::charter::{Pledge, PledgeState, count_by_district};
use crate::db::schema::{charter_versions, districts, organisation_districts, organisations, pledges};
use crate::db::{DbConnection, MultiBackend};
use crate::error::Result;
use crate::ids::{DistrictCode, OrganisationId};
use crate::organisations::District;
use crate::words::pattern_for_search;

/// How many entries a page of the register has.
pub const REGISTER_PAGE: i64 = 50;

// A macro, because the type of such a query is longer than the query.
macro_rules! matching {
    ($search:expr) => {{
        let search: &RegisterSearch = $search;
        let mut query = pledges::table
            .inner_join(organisations::table)
            .inner_join(charter_versions::table)
            .filter(pledges::state.eq(PledgeState::InForce))
            .into_boxed::<MultiBackend>();
        if !search.name.is_empty() {
            query = query.filter(organisations::search.like(pattern_for_search(&search.name)).escape('\\'));
        }
        if let Some(district) = search.district.clone() {
            let there = organisation_districts::table
                .filter(organisation_districts::district_code.eq(district))
                .select(organisation_districts::organisation_id);
            query = query.filter(pledges::organisation_id.eq_any(there));
        }
        query
    }};
}

/// What someone looks for in the register.
#[derive(Debug, Clone, Default)]
pub struct RegisterSearch {
    /// Part of an organisation's name; empty for any.
    pub name: String,
    pub district: Option<DistrictCode>,
    /// 0 for the first.
    pub page: i64,
}

/// An organisation that keeps a pledge now.
#[derive(Debug, Clone)]
pub struct RegisterEntry {
    pub pledge: Pledge,
    pub organisation_name: String,
    pub organisation_slug: String,
    /// Of the Charter it pledged to.
    pub charter_number: i32,
    /// Names of the districts it works in.
    pub districts: Vec<String>,
}

/// A page of the register, and the whole of it by district.
#[derive(Debug, Clone)]
pub struct Register {
    pub entries: Vec<RegisterEntry>,
    /// How many match, on all pages.
    pub found: i64,
    /// The page these entries are on: the last one, if a later one was asked for. 0 for the first.
    pub page: i64,
    /// Every district, by name, with how many of all pledged organisations work there.
    pub by_district: Vec<(District, i64)>,
}

impl Register {
    /// Searches the register.
    pub fn search(conn: &mut DbConnection, search: &RegisterSearch) -> Result<Self> {
        let found: i64 = matching!(search).count().get_result(conn)?;
        let page = search.page.clamp(0, (found - 1).max(0) / REGISTER_PAGE);
        let rows: Vec<(Pledge, String, String, i32)> = matching!(search)
            .order((pledges::in_force_on.desc(), pledges::id.desc()))
            .limit(REGISTER_PAGE)
            .offset(page * REGISTER_PAGE)
            .select((Pledge::as_select(), organisations::name, organisations::slug, charter_versions::number))
            .load(conn)?;
        let listed: Vec<_> = rows.iter().map(|(pledge, ..)| pledge.organisation_id).collect();
        let mut districts = districts_of(conn, &listed)?;
        let entries = rows
            .into_iter()
            .map(|(pledge, organisation_name, organisation_slug, charter_number)| RegisterEntry {
                districts: districts.remove(&pledge.organisation_id).unwrap_or_default(),
                pledge,
                organisation_name,
                organisation_slug,
                charter_number,
            })
            .collect();
        Ok(Self { entries, found, page, by_district: count_by_district(conn)? })
    }
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
