//! Putting a backup back, into a database without records and a file store without files.
//! First everything in it is read and checked; then all of it is put back in one transaction, or nothing.

use std::collections::BTreeMap;
use std::io::{BufRead, BufReader, copy};
use std::path::Path;

use tempfile::NamedTempFile;

use super::archive::{ArchiveReader, TableEntry};
use super::tables::{Row, Shape, shapes};
use crate::audit::{Verdict, verify_chain};
use crate::db::{Db, DbConnection, migrate, migrate_as_far_as, revert_all};
use crate::error::{Error, Result};
use crate::files::FileStore;
use crate::ids::FileId;

/// How much is sent to the database at once.
const BATCH_ROWS: usize = 500;
const BATCH_BYTES: usize = 1024 * 1024;
/// The one table in which a migration itself puts a row.
const HEADS: &str = "audit_heads";

/// What was put back.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PutBack {
    /// When the backup was taken.
    pub taken_at: String,
    pub tables: usize,
    pub rows: u64,
    pub files: usize,
    pub missing: Vec<FileId>,
    pub audit_entries: i64,
}

/// The files that a backup must hold, with the sums that their rows tell.
type Files = BTreeMap<FileId, String>;

/// Opens a backup and checks all of it; nothing else is touched.
fn open_checked(from: &Path) -> Result<(ArchiveReader, Files)> {
    let mut archive = ArchiveReader::open(from)?;
    let files = files_told_of(&mut archive)?;
    archive.check_sums(&files)?;
    Ok((archive, files))
}

/// Puts everything back, for commands. `open` opens the place, once the backup is known to be whole.
pub fn restore_backup(from: &Path, open: impl FnOnce() -> Result<(Db, FileStore)>) -> Result<PutBack> {
    let (mut archive, files) = open_checked(from)?;
    let (db, store) = open()?;
    if !store.is_empty_now()? {
        return Err(Error::unexpected(
            "the file store holds files already: a backup is put back into an empty place only",
        ));
    }
    let mut kept = Vec::new();
    let outcome = db.write_here(|conn| put_back(conn, &store, &mut archive, &files, &mut kept));
    if outcome.is_err() {
        for id in kept {
            store.remove_now(id).ok();
        }
    }
    outcome
}

fn put_back(
    conn: &mut DbConnection,
    store: &FileStore,
    archive: &mut ArchiveReader,
    files: &Files,
    kept: &mut Vec<FileId>,
) -> Result<PutBack> {
    refuse_records(conn)?;
    revert_all(conn)?;
    let manifest = archive.manifest.clone();
    migrate_as_far_as(conn, &manifest.migrations)?;
    let shapes = shapes(conn)?;
    for shape in shapes.iter().rev() {
        shape.clear(conn)?;
    }
    for shape in &shapes {
        let entry = manifest.tables.iter().find(|table| table.name == shape.name);
        let entry = entry.ok_or_else(|| archive.refuse(format!("the table {} is not in it", shape.name)))?;
        fill_table(conn, shape, entry, archive)?;
    }
    if manifest.tables.len() != shapes.len() {
        return Err(archive.refuse("it has tables that this version does not know"));
    }
    let audit_entries = match verify_chain(conn)? {
        Verdict::Whole(entries) => entries,
        Verdict::BrokenAt(sequence) => {
            return Err(archive.refuse(format!("its audit trail is broken at entry {sequence}")));
        }
    };
    migrate(conn)?;
    for id in files.keys() {
        kept.push(*id);
        let mut bytes = NamedTempFile::new()?;
        copy(&mut archive.file(*id)?, &mut bytes)?;
        store.put_now(*id, bytes.into_temp_path())?;
    }
    let rows = manifest.tables.iter().map(|table| table.rows).sum();
    let (taken_at, missing) = (manifest.taken_at, manifest.missing);
    Ok(PutBack { taken_at, tables: manifest.tables.len(), rows, files: files.len(), missing, audit_entries })
}

fn refuse_records(conn: &mut DbConnection) -> Result<()> {
    for shape in shapes(conn)?.into_iter().filter(|shape| shape.name != HEADS) {
        if !shape.is_empty(conn)? {
            let text = format!(
                "the database holds records already (in {}): a backup is put back into an empty place only",
                shape.name
            );
            return Err(Error::unexpected(text));
        }
    }
    Ok(())
}

fn fill_table(conn: &mut DbConnection, shape: &Shape, entry: &TableEntry, archive: &mut ArchiveReader) -> Result<()> {
    let mut batch = Vec::new();
    let mut bytes = 0;
    for line in BufReader::new(archive.table(&shape.name)?).lines() {
        let line = line?;
        bytes += line.len();
        batch.push(line);
        if batch.len() >= BATCH_ROWS || bytes >= BATCH_BYTES {
            shape.add_rows(conn, &entry.columns, &format!("[{}]", batch.join(",")))?;
            (batch, bytes) = (Vec::new(), 0);
        }
    }
    if batch.is_empty() { Ok(()) } else { shape.add_rows(conn, &entry.columns, &format!("[{}]", batch.join(","))) }
}

/// Read from the rows of the table of files, without those that were refused or missing.
fn files_told_of(archive: &mut ArchiveReader) -> Result<Files> {
    let missing = archive.manifest.missing.clone();
    let entry = archive.manifest.tables.iter().find(|table| table.name == "files").cloned();
    let entry = entry.ok_or_else(|| archive.refuse("the table files is not in it"))?;
    let place = |name: &str| entry.columns.iter().position(|column| column == name);
    let places = place("id").zip(place("sha256")).zip(place("state"));
    let ((id_at, sum_at), state_at) = places.ok_or_else(|| archive.refuse("the table files has other columns"))?;
    let mut found = Vec::new();
    {
        for line in BufReader::new(archive.table("files")?).lines() {
            let row: std::io::Result<Row> = line.and_then(|line| Ok(serde_json::from_str(&line)?));
            found.push(row.map_err(|cause| cause.to_string()));
        }
    }
    let mut files = Files::new();
    for row in found {
        let row = row.map_err(|cause| archive.refuse(cause))?;
        let text = |at: usize| row.get(at).cloned().flatten().unwrap_or_default();
        let id: FileId = text(id_at).parse().map_err(|_| archive.refuse("the table files holds no ids"))?;
        if text(state_at) != "refused" && !missing.contains(&id) {
            files.insert(id, text(sum_at));
        }
    }
    Ok(files)
}
