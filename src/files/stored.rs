//! What is known of a file: its row, and whether it may be read.
//!
//! | from | verb | to |
//! |---|---|---|
//! | (new) | record, with no scanner | ready |
//! | (new) | record, with a scanner | waiting |
//! | waiting | mark clean | ready |
//! | waiting | mark refused | refused |

use chrono::{Duration, NaiveDateTime};
use diesel::prelude::*;

use super::check::extensions_of;
use super::store::{KeptFile, NewFiles};
use crate::db::DbConnection;
use crate::db::schema::files;
use crate::error::{Error, Result};
use crate::ids::{AccountId, FileId};
use crate::text_enum;

text_enum! {
    /// May a file be read?
    pub enum FileState {
        /// Not before it is scanned.
        Waiting = "waiting",
        Ready = "ready",
        /// Something harmful was found; its bytes are gone.
        Refused = "refused",
    }
}

/// What is known of a stored file.
#[derive(Debug, Clone, Queryable, Selectable, Insertable)]
#[diesel(table_name = files)]
pub struct StoredFile {
    pub id: FileId,
    pub name: String,
    pub media_type: String,
    pub bytes: i64,
    /// In hexadecimal.
    pub sha256: String,
    pub uploaded_at: NaiveDateTime,
    pub(super) state: FileState,
    /// Who sent it, to be told if it is refused.
    pub uploaded_by: Option<AccountId>,
    /// When the scanner is asked next; for files that wait.
    pub check_at: Option<NaiveDateTime>,
    /// What the scanner called what it found.
    pub finding: Option<String>,
}

impl StoredFile {
    /// Its size as people say it: `340 KB`, `1.2 MB`.
    pub fn say_size(&self) -> String {
        match self.bytes {
            b if b < 1_000_000 => format!("{} KB", (b as u64).div_ceil(1000)),
            b => format!("{:.1} MB", b as f64 / 1_000_000.0),
        }
    }

    pub fn state(&self) -> FileState {
        self.state
    }

    /// Why it cannot be read yet or at all; `None` when it can.
    pub fn say_state(&self) -> Option<&'static str> {
        match self.state {
            FileState::Ready => None,
            FileState::Waiting => Some("being checked for viruses"),
            FileState::Refused => Some("refused: a virus was found in it"),
        }
    }

    pub fn is_ready(&self) -> bool {
        self.state == FileState::Ready
    }

    /// How the names of its kind end.
    pub fn extension(&self) -> &'static str {
        extensions_of(&self.media_type).first().unwrap_or(&"bin")
    }

    /// For samples of pages.
    pub fn made_up(name: &str, state: FileState) -> Self {
        Self {
            id: FileId::new(),
            name: name.to_owned(),
            media_type: "application/pdf".to_owned(),
            bytes: 120_000,
            sha256: "0".repeat(64),
            uploaded_at: NaiveDateTime::default(),
            state,
            uploaded_by: None,
            check_at: None,
            finding: None,
        }
    }

    /// Passes only what may be read.
    pub(super) fn readable(&self) -> Result<()> {
        match self.state {
            FileState::Ready => Ok(()),
            FileState::Waiting => Err(Error::FileWaiting),
            FileState::Refused => Err(Error::FileRefused),
        }
    }
}

/// Writes down a file whose bytes are kept, sent by `by`.
pub fn record_file(
    conn: &mut DbConnection,
    at: NaiveDateTime,
    by: Option<AccountId>,
    kept: KeptFile,
) -> Result<StoredFile> {
    let waits = kept.new_files == NewFiles::WaitForScan;
    let row = StoredFile {
        id: kept.id,
        name: kept.name,
        media_type: kept.media_type.to_owned(),
        bytes: kept.bytes,
        sha256: kept.sha256,
        uploaded_at: at,
        state: if waits { FileState::Waiting } else { FileState::Ready },
        uploaded_by: by,
        check_at: waits.then_some(at),
        finding: None,
    };
    diesel::insert_into(files::table).values(&row).execute(conn)?;
    Ok(row)
}

/// Forgets a file that nothing refers to any more; its bytes are swept away.
pub fn forget_file(conn: &mut DbConnection, id: FileId) -> Result<()> {
    diesel::delete(files::table.find(id)).execute(conn)?;
    Ok(())
}

/// Files whose turn with the scanner has come, the longest waiting first.
pub fn waiting_files(conn: &mut DbConnection, now: NaiveDateTime, most: i64) -> Result<Vec<StoredFile>> {
    Ok(files::table
        .filter(files::state.eq(FileState::Waiting))
        .filter(files::check_at.le(now))
        .order((files::check_at, files::id))
        .limit(most)
        .select(StoredFile::as_select())
        .load(conn)?)
}

/// Nothing was found: it can be read from now on.
pub fn mark_clean(conn: &mut DbConnection, id: FileId) -> Result<()> {
    settle(conn, id, FileState::Ready, None)
}

/// Something was found: it can never be read.
pub fn mark_refused(conn: &mut DbConnection, id: FileId, finding: &str) -> Result<()> {
    settle(conn, id, FileState::Refused, Some(finding))
}

/// The scanner did not answer: it is asked again later.
pub fn put_off_check(conn: &mut DbConnection, id: FileId, now: NaiveDateTime) -> Result<()> {
    let waiting = files::table.find(id).filter(files::state.eq(FileState::Waiting));
    diesel::update(waiting).set(files::check_at.eq(now + Duration::minutes(1))).execute(conn)?;
    Ok(())
}

fn settle(conn: &mut DbConnection, id: FileId, state: FileState, finding: Option<&str>) -> Result<()> {
    let waiting = files::table.find(id).filter(files::state.eq(FileState::Waiting));
    let settled = diesel::update(waiting)
        .set((files::state.eq(state), files::finding.eq(finding), files::check_at.eq(None::<NaiveDateTime>)))
        .execute(conn)?;
    if settled == 0 { Err(Error::Conflict) } else { Ok(()) }
}

/// What is known of one file.
pub fn file_named(conn: &mut DbConnection, id: FileId) -> Result<StoredFile> {
    Ok(files::table.find(id).select(StoredFile::as_select()).first(conn)?)
}

/// What is known of several.
pub fn files_named(conn: &mut DbConnection, ids: &[FileId]) -> Result<Vec<StoredFile>> {
    Ok(files::table.filter(files::id.eq_any(ids)).select(StoredFile::as_select()).load(conn)?)
}
