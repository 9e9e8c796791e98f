//! The questionnaires that someone brought and nobody confirmed yet, to be told. They are gone after a week.

use chrono::NaiveDateTime;
use diesel::prelude::*;

use crate::db::DbConnection;
use crate::db::schema::{offline_uploads as uploads, organisations};
use crate::error::Result;
use crate::row;
use crate::takeaway::{Row, Sheet, Someone, Window};

pub fn sheets() -> Vec<Sheet<Someone>> {
    vec![Sheet {
        name: "questionnaires-you-brought",
        title: "Questionnaires you brought that wait to be confirmed",
        columns: &["organisation", "file", "brought_at"],
        page: brought,
    }]
}

fn brought(conn: &mut DbConnection, whom: &Someone, window: Window) -> Result<Vec<Row>> {
    let rows: Vec<(String, String, NaiveDateTime)> = uploads::table
        .inner_join(organisations::table)
        .filter(uploads::brought_by.eq_any(whom.account.as_slice()))
        .order((uploads::brought_at, uploads::id))
        .limit(window.most)
        .offset(window.from)
        .select((organisations::name, uploads::file_name, uploads::brought_at))
        .load(conn)?;
    Ok(rows.into_iter().map(|(organisation, file, at)| row![organisation, file, at]).collect())
}
