//! What is said of a document beside an answer that it shows: when to look at it again, and who looks after it.
//! Not here: what it was when it was shown; `quality` keeps that.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use diesel::prelude::*;

use crate::db::DbConnection;
use crate::db::schema::{accounts, documents};
use crate::error::Result;
use crate::ids::{DocumentId, FileId, OrganisationId};

/// A document as it stands today.
#[derive(Debug, Clone)]
pub struct AboutDocument {
    pub id: DocumentId,
    pub review_by: Option<NaiveDate>,
    /// Whoever looks after it; nobody: the leads together.
    pub keeper: Option<String>,
}

impl AboutDocument {
    /// Those of an organisation that have one of these files.
    pub fn of_files(
        conn: &mut DbConnection,
        organisation: OrganisationId,
        files: &[FileId],
    ) -> Result<BTreeMap<FileId, Self>> {
        let rows: Vec<(FileId, DocumentId, Option<NaiveDate>, Option<String>)> = documents::table
            .left_join(accounts::table.on(documents::kept_by.eq(accounts::id.nullable())))
            .filter(documents::organisation_id.eq(organisation))
            .filter(documents::file_id.eq_any(files))
            .select((documents::file_id, documents::id, documents::review_by, accounts::name.nullable()))
            .load(conn)?;
        Ok(rows.into_iter().map(|(file, id, review_by, keeper)| (file, Self { id, review_by, keeper })).collect())
    }
}
