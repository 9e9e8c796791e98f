//! The spreadsheets an organisation brought, for it to take away; what they brought is among its people and training.

use diesel::prelude::*;

use super::import::Import;
use crate::db::DbConnection;
use crate::db::schema::imports;
use crate::error::Result;
use crate::ids::OrganisationId;
use crate::row;
use crate::takeaway::{Row, Sheet, Window};

pub fn sheets() -> Vec<Sheet<OrganisationId>> {
    vec![Sheet {
        name: "imports",
        title: "Spreadsheets you added people and training from",
        columns: &["file", "begun_at", "state", "added_at", "undone_at"],
        page: all_imports,
    }]
}

fn all_imports(conn: &mut DbConnection, id: &OrganisationId, window: Window) -> Result<Vec<Row>> {
    let rows: Vec<Import> = imports::table
        .filter(imports::organisation_id.eq(id))
        .order((imports::begun_at, imports::id))
        .limit(window.most)
        .offset(window.from)
        .select(Import::as_select())
        .load(conn)?;
    Ok(rows.into_iter().map(|i| row![i.file_name, i.begun_at, i.state, i.concluded_at, i.undone_at]).collect())
}
