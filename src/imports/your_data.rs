//! The spreadsheets someone brought, to be told, and the rows that name someone, to be forgotten. That a spreadsheet was
//! added stays: what came of it is the organisation's, and only the id of who brought it is in it.

use diesel::prelude::*;

use super::import::{Import, ImportState};
use super::rows::forget_all;
use crate::acts::Act;
use crate::db::DbConnection;
use crate::db::schema::{import_rows, imports};
use crate::error::{Error, Result};
use crate::ids::ImportId;
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

/// Takes away the rows that name them; what waits to be added and names them is removed whole. An import that is being
/// worked through forgets its rows by itself.
pub fn forget(act: &mut Act<'_>, whom: &Someone) -> Result<()> {
    let mut named: Vec<ImportId> = Vec::new();
    for words in whom.addresses.iter().chain([&whom.name]) {
        let found: Vec<ImportId> = import_rows::table
            .filter(import_rows::cells.like(pattern_within_json(words)?).escape('\\'))
            .select(import_rows::import_id)
            .distinct()
            .load(act.conn)?;
        named.extend(found);
    }
    named.sort();
    named.dedup();
    for id in named {
        let import = Import::find(act.conn, id)?;
        match import.state() {
            ImportState::Waiting => import.remove(act)?,
            ImportState::Done | ImportState::Undone => forget_all(act.conn, id)?,
            _ => {}
        }
    }
    Ok(())
}

/// A pattern for `LIKE … ESCAPE '\'` that finds text as it stands within JSON.
fn pattern_within_json(text: &str) -> Result<String> {
    let quoted = serde_json::to_string(text).map_err(Error::unexpected)?;
    let within = quoted.trim_matches('"').replace('\\', "\\\\").replace('%', "\\%").replace('_', "\\_");
    Ok(format!("%{within}%"))
}
