//! The rules of training that someone wrote for the VRP, as they are told of them. They stay when someone is forgotten:
//! they are the programme's, and say only the id of who wrote them.

use chrono::NaiveDateTime;
use diesel::prelude::*;

use crate::db::DbConnection;
use crate::db::schema::training_rule_changes as changes;
use crate::error::Result;
use crate::row;
use crate::takeaway::{Row, Sheet, Someone, Window};

pub fn sheets() -> Vec<Sheet<Someone>> {
    vec![Sheet {
        name: "rules-you-wrote",
        title: "Rules of training that you tried or put into force",
        columns: &["module", "written_at", "applied_at"],
        page: own_rules,
    }]
}

fn own_rules(conn: &mut DbConnection, whom: &Someone, window: Window) -> Result<Vec<Row>> {
    let rows: Vec<(String, NaiveDateTime, Option<NaiveDateTime>)> = changes::table
        .filter(changes::written_by.eq_any(whom.account.as_slice()))
        .order((changes::written_at, changes::id))
        .limit(window.most)
        .offset(window.from)
        .select((changes::module_id, changes::written_at, changes::applied_at))
        .load(conn)?;
    Ok(rows.into_iter().map(|(module, written, applied)| row![module, written, applied]).collect())
}
