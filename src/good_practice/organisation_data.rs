//! The good practice of an organisation, and what of it is shared, for it to take away.

use diesel::prelude::*;

use super::practice::Practice;
use crate::db::DbConnection;
use crate::db::schema::good_practices as practices;
use crate::error::Result;
use crate::ids::OrganisationId;
use crate::row;
use crate::takeaway::{Row, Sheet, Window};

pub fn sheets() -> Vec<Sheet<OrganisationId>> {
    let columns = &["indicator", "found_at", "reviewer_wrote", "state", "words", "shared_at"];
    vec![Sheet { name: "good-practice", title: "Your good practice", columns, page: all_marks }]
}

fn all_marks(conn: &mut DbConnection, id: &OrganisationId, window: Window) -> Result<Vec<Row>> {
    let rows: Vec<Practice> = practices::table
        .filter(practices::organisation_id.eq(id))
        .order((practices::found_at, practices::id))
        .limit(window.most)
        .offset(window.from)
        .select(Practice::as_select())
        .load(conn)?;
    let told = |p: Practice| {
        let state = p.state();
        row![p.indicator_id, p.found_at, p.note, state, p.words, p.shared_at]
    };
    Ok(rows.into_iter().map(told).collect())
}
