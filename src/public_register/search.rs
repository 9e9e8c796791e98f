//! Searching the register. A page costs so many queries, and each so many rows, however many organisations have pledged:
//! `organisations::listing` keeps what is read here.

use std::collections::HashMap;

use diesel::prelude::*;

use super::names::Named;
use super::window::{Leaf, Window};
use crate::charter::Pledge;
use crate::db::DbConnection;
use crate::db::schema::{charter_versions, organisations, pledges};
use crate::error::Result;
use crate::ids::{DistrictCode, PledgeId};
use crate::organisations::{District, EVERYWHERE, count_listed, districts_of};

/// What someone looks for in the register.
#[derive(Debug, Clone, Default)]
pub struct RegisterSearch {
    /// Words of an organisation's name, or how they begin; empty for any.
    pub name: String,
    pub district: Option<DistrictCode>,
    pub window: Window,
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

/// How many match, on all pages.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Matches {
    Exactly(i64),
    /// So many were looked at, and there may be more.
    MoreThan(i64),
}

/// A page of the register, and the whole of it by district.
#[derive(Debug, Clone)]
pub struct Register {
    pub entries: Vec<RegisterEntry>,
    pub found: Matches,
    pub has_newer: bool,
    pub has_older: bool,
    /// Every district, by name, with how many of all pledged organisations work there.
    pub by_district: Vec<(District, i64)>,
}

impl Register {
    /// Searches the register.
    pub fn search(conn: &mut DbConnection, search: &RegisterSearch) -> Result<Self> {
        let counts = count_listed(conn)?;
        let count_in = |place: &str| counts.get(place).copied().unwrap_or_default();
        let place = search.district.as_ref().map_or(EVERYWHERE, DistrictCode::as_str);
        let (leaf, found) = if search.name.is_empty() {
            (Leaf::read(conn, place, &search.window)?, Matches::Exactly(count_in(place)))
        } else {
            let named = Named::find(conn, place, &search.name)?;
            let number = named.keys.len() as i64;
            let found = if named.cut_off { Matches::MoreThan(number) } else { Matches::Exactly(number) };
            (Leaf::among(conn, &named.keys, &search.window)?, found)
        };
        let by_district = District::all(conn)?.into_iter().map(|district| {
            let number = count_in(district.code.as_str());
            (district, number)
        });
        let by_district = by_district.collect();
        let entries = entries_of(conn, &leaf)?;
        Ok(Self { entries, found, has_newer: leaf.has_newer, has_older: leaf.has_older, by_district })
    }
}

/// In the order of the page.
fn entries_of(conn: &mut DbConnection, leaf: &Leaf) -> Result<Vec<RegisterEntry>> {
    let listed: Vec<PledgeId> = leaf.keys.iter().map(|(_, pledge)| *pledge).collect();
    let rows: Vec<(Pledge, String, String, i32)> = pledges::table
        .inner_join(organisations::table)
        .inner_join(charter_versions::table)
        .filter(pledges::id.eq_any(&listed))
        .select((Pledge::as_select(), organisations::name, organisations::slug, charter_versions::number))
        .load(conn)?;
    let organisations: Vec<_> = rows.iter().map(|(pledge, ..)| pledge.organisation_id).collect();
    let mut districts = districts_of(conn, &organisations)?;
    let entry = |(pledge, organisation_name, organisation_slug, charter_number): (Pledge, String, String, i32)| {
        let districts = districts.remove(&pledge.organisation_id).unwrap_or_default();
        (pledge.id, RegisterEntry { districts, pledge, organisation_name, organisation_slug, charter_number })
    };
    let mut entries: HashMap<PledgeId, RegisterEntry> = rows.into_iter().map(entry).collect();
    Ok(listed.iter().filter_map(|pledge| entries.remove(pledge)).collect())
}
