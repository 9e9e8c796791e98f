//! The drafts of the framework that someone began for the VRP, to be told of. They stay when somebody is forgotten: they
//! are the VRP's, and say only the id of who began them.

use chrono::NaiveDateTime;
use diesel::prelude::*;

use crate::db::DbConnection;
use crate::db::schema::framework_versions;
use crate::error::Result;
use crate::row;
use crate::takeaway::{Row, Sheet, Someone, Window};

pub fn sheets() -> Vec<Sheet<Someone>> {
    vec![Sheet {
        name: "frameworks-you-began",
        title: "Drafts of the quality framework that you began for the VRP",
        columns: &["version", "state", "begun_at", "published_at"],
        page: own_drafts,
    }]
}

fn own_drafts(conn: &mut DbConnection, whom: &Someone, window: Window) -> Result<Vec<Row>> {
    let rows: Vec<(i32, String, Option<NaiveDateTime>, Option<NaiveDateTime>)> = framework_versions::table
        .filter(framework_versions::begun_by.assume_not_null().eq_any(whom.account.as_slice()))
        .order(framework_versions::begun_at)
        .limit(window.most)
        .offset(window.from)
        .select((
            framework_versions::number,
            framework_versions::state,
            framework_versions::begun_at,
            framework_versions::published_at,
        ))
        .load(conn)?;
    Ok(rows.into_iter().map(|(number, state, begun, published)| row![number, state, begun, published]).collect())
}
