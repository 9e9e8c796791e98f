//! What an organisation keeps to show what it does, for it to take away.

use diesel::prelude::*;

use super::document::Document;
use crate::db::DbConnection;
use crate::db::schema::{documents, files};
use crate::error::Result;
use crate::files::StoredFile;
use crate::ids::OrganisationId;
use crate::row;
use crate::takeaway::{Row, Sheet, Window, place_of};

pub fn sheets() -> Vec<Sheet<OrganisationId>> {
    let columns = &["title", "effective_on", "review_by", "added_at", "file_name", "sha256", "file"];
    vec![Sheet { name: "documents", title: "Your documents", columns, page: all_documents }]
}

fn all_documents(conn: &mut DbConnection, id: &OrganisationId, window: Window) -> Result<Vec<Row>> {
    let rows: Vec<(Document, StoredFile)> = documents::table
        .inner_join(files::table)
        .filter(documents::organisation_id.eq(id))
        .order((documents::title, documents::id))
        .limit(window.most)
        .offset(window.from)
        .select((Document::as_select(), StoredFile::as_select()))
        .load(conn)?;
    let told = |(d, f): (Document, StoredFile)| {
        let place = f.is_ready().then(|| place_of(f.id, &f.name, f.extension()));
        row![d.title, d.effective_on, d.review_by, d.added_at, f.name, f.sha256, place]
    };
    Ok(rows.into_iter().map(told).collect())
}

/// Every file of a document that can be read.
pub fn files_of(conn: &mut DbConnection, id: OrganisationId) -> Result<Vec<StoredFile>> {
    let all: Vec<StoredFile> = documents::table
        .inner_join(files::table)
        .filter(documents::organisation_id.eq(id))
        .order(files::id)
        .select(StoredFile::as_select())
        .load(conn)?;
    Ok(all.into_iter().filter(StoredFile::is_ready).collect())
}
