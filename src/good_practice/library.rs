//! Everything that is shared, a page at a time, the latest first.

use diesel::prelude::*;

use super::practice::{IN_FORCE, PracticeState};
use crate::db::DbConnection;
use crate::db::schema::{endorsements, good_practices as practices, organisations};
use crate::error::Result;
use crate::ids::IndicatorId;
use crate::organisations::OrganisationStanding;

/// So many on a page.
pub(super) const PAGE: i64 = 20;

/// Something shared, as anyone reads it.
#[derive(Debug, Clone, Queryable)]
pub struct SharedPractice {
    pub indicator_id: IndicatorId,
    pub words: String,
    pub organisation: String,
    pub slug: String,
}

impl SharedPractice {
    /// A page, counted from 0, about some of the framework's indicators, or about any; and how many there are in all.
    pub fn page(conn: &mut DbConnection, about: Option<&[IndicatorId]>, page: i64) -> Result<(Vec<Self>, i64)> {
        let ids = || about.unwrap_or_default().iter().map(IndicatorId::as_str);
        let shared = || {
            practices::table
                .inner_join(endorsements::table)
                .inner_join(organisations::table)
                .filter(practices::state.eq(PracticeState::Shared))
                .filter(endorsements::state.eq(IN_FORCE))
                .filter(organisations::standing.eq(OrganisationStanding::Open))
                .filter(practices::indicator_id.eq_any(ids()).or(about.is_none().into_sql::<diesel::sql_types::Bool>()))
        };
        let rows = shared()
            .order((practices::shared_at.desc(), practices::id.desc()))
            .limit(PAGE)
            .offset(page * PAGE)
            .select((practices::indicator_id, practices::words, organisations::name, organisations::slug))
            .load(conn)?;
        Ok((rows, shared().count().get_result(conn)?))
    }
}
