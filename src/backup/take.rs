//! Taking a backup: every table as it is at one moment, then the bytes of every file that has a row.
//! The portal serves all the while. Bytes of files never change, so they may be read after that moment.

use std::io::Write;
use std::path::Path;

use chrono::NaiveDateTime;
use diesel::prelude::*;

use super::archive::{ArchiveWriter, FORMAT, Manifest, TableEntry};
use super::tables::{Shape, shapes};
use crate::db::schema::files;
use crate::db::{Db, DbConnection, at_one_moment, ran_migrations};
use crate::error::{Error, Result};
use crate::files::{FileState, FileStore};
use crate::ids::FileId;

/// What a backup holds.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Taken {
    pub tables: usize,
    pub rows: u64,
    pub files: usize,
    /// Files with a row whose bytes the store does not have, or not as they came.
    pub missing: Vec<FileId>,
}

/// A file as its row tells of it.
type FileRow = (FileId, String);

/// Writes everything into a new file, for commands. When it cannot, nothing is left behind.
pub fn take_backup(db: &Db, store: &FileStore, now: NaiveDateTime, to: &Path) -> Result<Taken> {
    let mut archive = ArchiveWriter::create(to)?;
    match write_all(db, store, now, &mut archive) {
        Ok(manifest) => {
            archive.finish(&manifest)?;
            let rows = manifest.tables.iter().map(|table| table.rows).sum();
            Ok(Taken { tables: manifest.tables.len(), rows, files: manifest.files, missing: manifest.missing })
        }
        Err(cause) => {
            archive.abandon();
            Err(cause)
        }
    }
}

fn write_all(db: &Db, store: &FileStore, now: NaiveDateTime, archive: &mut ArchiveWriter) -> Result<Manifest> {
    let (migrations, tables, rows) = db.read_here(|conn| {
        let migrations = ran_migrations(conn)?;
        at_one_moment(conn, |conn| {
            let shapes = shapes(conn)?;
            let tables = shapes.iter().map(|shape| write_table(conn, shape, archive)).collect::<Result<Vec<_>>>()?;
            Ok((migrations, tables, file_rows(conn)?))
        })
    })?;
    let mut missing = Vec::new();
    let wanted = rows.len();
    for (id, sha256) in rows {
        if !write_file(store, id, &sha256, archive)? {
            missing.push(id);
        }
    }
    Ok(Manifest {
        format: FORMAT,
        program: env!("CARGO_PKG_VERSION").to_owned(),
        taken_at: now.to_string(),
        migrations,
        tables,
        files: wanted - missing.len(),
        missing,
    })
}

fn write_table(conn: &mut DbConnection, shape: &Shape, archive: &mut ArchiveWriter) -> Result<TableEntry> {
    archive.begin_table(&shape.name)?;
    let mut rows = 0;
    shape.read_rows(conn, |row| {
        rows += 1;
        serde_json::to_writer(&mut *archive, &row).map_err(Error::unexpected)?;
        Ok(archive.write_all(b"\n")?)
    })?;
    let (sha256, _) = archive.sum_so_far();
    Ok(TableEntry { name: shape.name.clone(), columns: shape.columns(), rows, sha256 })
}

/// The bytes of a refused file are gone.
fn file_rows(conn: &mut DbConnection) -> Result<Vec<FileRow>> {
    Ok(files::table
        .filter(files::state.ne(FileState::Refused))
        .order(files::id)
        .select((files::id, files::sha256))
        .load(conn)?)
}

/// `false` when the store does not have it as it came. A store that is away ends the backup.
fn write_file(store: &FileStore, id: FileId, sha256: &str, archive: &mut ArchiveWriter) -> Result<bool> {
    archive.begin_file(id)?;
    match store.copy_now(id, archive) {
        Ok(_) if archive.sum_so_far().0 == sha256 => Ok(true),
        Ok(_) => archive.drop_begun().map(|()| false),
        Err(_) if !store.has_now(id)? => archive.drop_begun().map(|()| false),
        Err(cause) => Err(cause),
    }
}
