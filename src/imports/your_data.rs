//! The spreadsheets someone brought, to be told. They stay when someone is forgotten: what came of them is the
//! organisation's; only the id of who brought them is in it. The rows themselves are gone after a day in any case.

use diesel::prelude::*;

use super::import::Import;
use crate::db::DbConnection;
use crate::db::schema::imports;
use crate::error::Result;
use crate::row;
use crate::takeaway::{Row, Sheet, Someone, Window};

pub fn sheets() -> Vec<Sheet<Someone>> {
    vec![Sheet {
        name: "imports-you-began",
        title: "Spreadsheets you brought or added to the records",
        columns: &["file", "begun_at", "state", "you_began_it", "you_added_it"],
        page: own_imports,
    }]
}

fn own_imports(conn: &mut DbConnection, whom: &Someone, window: Window) -> Result<Vec<Row>> {
    let by_them = imports::begun_by
        .eq_any(whom.account.as_slice())
        .or(imports::concluded_by.assume_not_null().eq_any(whom.account.as_slice()));
    let rows: Vec<Import> = imports::table
        .filter(by_them)
        .order((imports::begun_at, imports::id))
        .limit(window.most)
        .offset(window.from)
        .select(Import::as_select())
        .load(conn)?;
    let told = |i: Import| {
        let added = i.concluded_by.is_some() && i.concluded_by == whom.account;
        row![i.file_name, i.begun_at, i.state, Some(i.begun_by) == whom.account, added]
    };
    Ok(rows.into_iter().map(told).collect())
}
