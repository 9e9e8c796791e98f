//! Files at rest: a row with what is known of one, and its bytes in a folder.

use std::path::PathBuf;
use std::sync::Arc;

use chrono::NaiveDateTime;
use diesel::prelude::*;

use super::IncomingFile;
use crate::db::DbConnection;
use crate::db::schema::files;
use crate::error::Result;
use crate::ids::FileId;

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
}

impl StoredFile {
    /// Its size as people say it: `340 KB`, `1.2 MB`.
    pub fn say_size(&self) -> String {
        match self.bytes {
            b if b < 1_000_000 => format!("{} KB", (b as u64).div_ceil(1000)),
            b => format!("{:.1} MB", b as f64 / 1_000_000.0),
        }
    }
}

/// The folder where bytes are kept. Clones share it.
#[derive(Clone)]
pub struct FileStore {
    folder: Arc<PathBuf>,
}

impl FileStore {
    /// Makes the folder if there is none.
    pub fn open(folder: PathBuf) -> Result<Self> {
        std::fs::create_dir_all(&folder)?;
        Ok(Self { folder: Arc::new(folder) })
    }

    /// Keeps a checked file. The bytes are safe before the row is: a row never lacks its file.
    pub fn keep(&self, conn: &mut DbConnection, at: NaiveDateTime, incoming: IncomingFile) -> Result<FileId> {
        let id = FileId::new();
        let path = self.path_of(id);
        std::fs::create_dir_all(path.parent().expect("a file's path has a folder"))?;
        std::fs::copy(&incoming.received, &path)?;
        let row = StoredFile {
            id,
            name: incoming.name,
            media_type: incoming.media_type.to_owned(),
            bytes: incoming.bytes,
            sha256: incoming.sha256,
            uploaded_at: at,
        };
        diesel::insert_into(files::table).values(&row).execute(conn)?;
        Ok(id)
    }

    /// Where the bytes of a file are.
    pub fn path_of(&self, id: FileId) -> PathBuf {
        // The last letters of a version 7 id are random: files spread evenly over the folders.
        let id = id.as_str();
        self.folder.join(&id[34..]).join(id)
    }

    /// Can a file be written now?
    pub fn check(&self) -> Result<()> {
        let probe = tempfile::NamedTempFile::new_in(self.folder.as_path())?;
        probe.close()?;
        Ok(())
    }
}

/// What is known of one file.
pub fn file_named(conn: &mut DbConnection, id: FileId) -> Result<StoredFile> {
    Ok(files::table.find(id).select(StoredFile::as_select()).first(conn)?)
}

/// What is known of several.
pub fn files_named(conn: &mut DbConnection, ids: &[FileId]) -> Result<Vec<StoredFile>> {
    Ok(files::table.filter(files::id.eq_any(ids)).select(StoredFile::as_select()).load(conn)?)
}
