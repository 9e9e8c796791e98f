//! The good practice that someone shared for an organisation, to be told. Erasing leaves the id of an account without a
//! name.

use diesel::prelude::*;

use super::practice::Practice;
use crate::db::DbConnection;
use crate::db::schema::{good_practices as practices, organisations};
use crate::error::Result;
use crate::row;
use crate::takeaway::{Row, Sheet, Someone, Window};

pub fn sheets() -> Vec<Sheet<Someone>> {
    let columns = &["organisation", "indicator", "words", "shared_at"];
    let title = "Good practice that you shared for an organisation";
    vec![Sheet { name: "good-practice-you-shared", title, columns, page: shared }]
}

fn shared(conn: &mut DbConnection, whom: &Someone, window: Window) -> Result<Vec<Row>> {
    let rows: Vec<(Practice, String)> = practices::table
        .inner_join(organisations::table)
        .filter(practices::shared_by.assume_not_null().eq_any(whom.account.as_slice()))
        .order((practices::shared_at, practices::id))
        .limit(window.most)
        .offset(window.from)
        .select((Practice::as_select(), organisations::name))
        .load(conn)?;
    let told = |(p, organisation): (Practice, String)| row![organisation, p.indicator_id, p.words, p.shared_at];
    Ok(rows.into_iter().map(told).collect())
}
