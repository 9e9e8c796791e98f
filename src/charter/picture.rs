//! The picture of a statement while the Charter is drafted: putting one there, with what it shows in words, and taking it
//! away. A picture without words there is none; whoever does not see it is told.
//! A file that no version refers to any more is forgotten. Not here: what a picture looks like, which is never changed.

use diesel::prelude::*;
use serde_json::json;

use super::draft::{Draft, Rewritten};
use super::version::Statement;
use crate::acts::Act;
use crate::db::DbConnection;
use crate::db::schema::{charter_statements, files};
use crate::error::Result;
use crate::files::{FileState, KeptFile, forget_file, record_file};
use crate::ids::{AccountId, FileId, StatementId};
use crate::words::mark_of;

/// A picture and all that it shows.
pub struct NewPicture {
    pub file: KeptFile,
    pub words: String,
}

impl Statement {
    /// A mark of its picture, or of there being none.
    pub fn mark_of_picture(&self) -> String {
        mark_of(&json!([self.picture_file_id, self.picture_words]))
    }
}

/// Gives a statement of the draft this picture, for whoever had the one with this mark before them.
pub fn put_picture(
    act: &mut Act<'_>,
    id: &StatementId,
    new: NewPicture,
    by: AccountId,
    seen: &str,
) -> Result<Rewritten> {
    change_picture(act, id, seen, |act, statement| {
        let file = record_file(act.conn, act.at, Some(by), new.file)?;
        statement.picture_file_id = Some(file.id);
        statement.picture_words = Some(new.words);
        Ok(())
    })
}

/// Takes the picture of a statement of the draft away, for whoever had the one with this mark before them.
pub fn remove_picture(act: &mut Act<'_>, id: &StatementId, seen: &str) -> Result<Rewritten> {
    change_picture(act, id, seen, |_, statement| {
        (statement.picture_file_id, statement.picture_words) = (None, None);
        Ok(())
    })
}

fn change_picture(
    act: &mut Act<'_>,
    id: &StatementId,
    seen: &str,
    change: impl FnOnce(&mut Act<'_>, &mut Statement) -> Result<()>,
) -> Result<Rewritten> {
    let Some(draft) = Draft::hold_if_any(act.conn)? else { return Ok(Rewritten::Gone) };
    let Ok(here) = draft.place_of(id) else { return Ok(Rewritten::Gone) };
    let mut statements = draft.statements.clone();
    let statement = &mut statements[here];
    if statement.mark_of_picture() != seen {
        return Ok(Rewritten::Theirs(statement.picture_words.clone().unwrap_or_default()));
    }
    change(act, statement)?;
    let details = json!({ "statement": id, "shows": statement.picture_words });
    draft.put_statements(act, &statements)?;
    act.record("picture of the charter draft changed", draft.subject(), details)?;
    Ok(Rewritten::Saved)
}

/// Those whose picture cannot be shown to anyone: it is still looked at for viruses, or one was found.
pub(super) fn pictures_not_ready(conn: &mut DbConnection, statements: &[Statement]) -> Result<Vec<StatementId>> {
    let pictures: Vec<FileId> = statements.iter().filter_map(|statement| statement.picture_file_id).collect();
    let ready: Vec<FileId> = files::table
        .filter(files::id.eq_any(&pictures))
        .filter(files::state.eq(FileState::Ready))
        .select(files::id)
        .load(conn)?;
    let waits = |statement: &&Statement| statement.picture_file_id.is_some_and(|file| !ready.contains(&file));
    Ok(statements.iter().filter(waits).map(|statement| statement.id.clone()).collect())
}

/// Forgets the files of these statements' pictures that no statement of any version has now.
pub(super) fn forget_unused_pictures(conn: &mut DbConnection, were: &[Statement]) -> Result<()> {
    for file in were.iter().filter_map(|statement| statement.picture_file_id) {
        let used = charter_statements::table.filter(charter_statements::picture_file_id.eq(file));
        if !diesel::select(diesel::dsl::exists(used)).get_result::<bool>(conn)? {
            forget_file(conn, file)?;
        }
    }
    Ok(())
}
