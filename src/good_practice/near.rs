//! Who near by does well what a question asks, and says how: those of one's own districts first.
//! Not here: the library of everything that is shared.

use std::collections::BTreeSet;

use diesel::prelude::*;
use serde::Serialize;

use super::practice::{IN_FORCE, PracticeState};
use crate::db::DbConnection;
use crate::db::schema::{endorsements, good_practices as practices, organisation_districts, organisations};
use crate::error::Result;
use crate::ids::{IndicatorId, OrganisationId};
use crate::organisations::OrganisationStanding;

/// More than these nobody reads beside a question.
const MOST: usize = 3;
/// So many of the latest are looked at for those near by.
const LOOKED_AT: i64 = 40;

/// Someone who does it well.
#[derive(Debug, Clone, Serialize)]
pub struct NearPractice {
    pub organisation: String,
    /// In the directory.
    pub address: String,
    /// Empty for those further away.
    pub place: &'static str,
    pub words: String,
}

impl NearPractice {
    /// For samples of the pages that show it.
    pub fn made_up() -> Self {
        Self {
            organisation: "Sherwood Youth Theatre".into(),
            address: "/directory/sherwood-youth-theatre".into(),
            place: "In your district",
            words: "Two young people meet everyone at the door.".into(),
        }
    }
}

/// Others who share good practice in an indicator, those of the same district first. Three queries.
pub fn practice_near(
    conn: &mut DbConnection,
    organisation: OrganisationId,
    indicator: &IndicatorId,
) -> Result<Vec<NearPractice>> {
    let shared: Vec<(OrganisationId, String, String, String)> = practices::table
        .inner_join(endorsements::table)
        .inner_join(organisations::table)
        .filter(practices::indicator_id.eq(indicator))
        .filter(practices::state.eq(PracticeState::Shared))
        .filter(practices::organisation_id.ne(organisation))
        .filter(endorsements::state.eq(IN_FORCE))
        .filter(organisations::standing.eq(OrganisationStanding::Open))
        .order((practices::shared_at.desc(), practices::id))
        .limit(LOOKED_AT)
        .select((organisations::id, organisations::name, organisations::slug, practices::words))
        .load(conn)?;
    if shared.is_empty() {
        return Ok(Vec::new());
    }
    let ours = organisation_districts::table
        .filter(organisation_districts::organisation_id.eq(organisation))
        .select(organisation_districts::district_code);
    let ours: Vec<String> = ours.load(conn)?;
    let near: BTreeSet<OrganisationId> = organisation_districts::table
        .filter(organisation_districts::organisation_id.eq_any(shared.iter().map(|row| row.0)))
        .filter(organisation_districts::district_code.eq_any(ours))
        .select(organisation_districts::organisation_id)
        .load::<OrganisationId>(conn)?
        .into_iter()
        .collect();
    let row = |(id, name, slug, words): (OrganisationId, String, String, String)| NearPractice {
        organisation: name,
        address: format!("/directory/{slug}"),
        place: if near.contains(&id) { "In your district" } else { "" },
        words,
    };
    let (own, far): (Vec<_>, Vec<_>) = shared.into_iter().partition(|(id, ..)| near.contains(id));
    Ok(own.into_iter().chain(far).take(MOST).map(row).collect())
}
