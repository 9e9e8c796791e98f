//! Bytes that no row speaks of: an upload whose form was refused, or a change that was rolled back. They are taken
//! away a day later; nothing that is being written is touched.

use chrono::{NaiveDateTime, TimeDelta, Timelike};
use diesel::prelude::*;
use futures_util::TryStreamExt;
use object_store::path::Path;

use super::{FileState, FileStore};
use crate::db::Db;
use crate::db::schema::files;
use crate::error::{Error, Result};
use crate::ids::FileId;

/// The store is 256 folders by the last two letters of the ids; each hour looks through its share of them.
const FOLDERS: u32 = 256;
const HOURS: u32 = 24;

/// Looks through the folders whose hour it is; returns how many files were taken away.
pub async fn sweep_files(db: &Db, store: &FileStore, now: NaiveDateTime) -> Result<usize> {
    let mut swept = 0;
    for folder in (now.hour()..FOLDERS).step_by(HOURS as usize) {
        let path = Path::from(format!("{folder:02x}"));
        let objects = store.objects().list(Some(&path));
        let old = objects.try_filter(|object| {
            let is_old = object.last_modified.naive_utc() < now - TimeDelta::days(1);
            async move { is_old }
        });
        let ids = old.map_ok(|object| object.location.filename().and_then(|name| name.parse::<FileId>().ok()));
        let ids: Vec<Option<FileId>> = ids.try_collect().await.map_err(|e| Error::FilesAway(e.to_string()))?;
        let ids: Vec<FileId> = ids.into_iter().flatten().collect();
        for batch in ids.chunks(500) {
            let batch = batch.to_vec();
            let asked = batch.clone();
            let known: Vec<FileId> = db
                .read(move |conn| {
                    // The bytes of a refused file may have outlived its refusal.
                    let wanted = files::table.filter(files::state.ne(FileState::Refused));
                    Ok(wanted.filter(files::id.eq_any(asked)).select(files::id).load(conn)?)
                })
                .await?;
            for id in batch.into_iter().filter(|id| !known.contains(id)) {
                store.remove(id).await?;
                swept += 1;
            }
        }
    }
    Ok(swept)
}
