//! The documents and files that someone brought, as they are told of them. They stay when someone is forgotten: they are
//! the organisation's, and say only the id of who added them.

use diesel::prelude::*;

use super::document::Document;
use crate::db::DbConnection;
use crate::db::schema::{documents, files, organisations};
use crate::error::Result;
use crate::files::StoredFile;
use crate::row;
use crate::takeaway::{Row, Sheet, Someone, Window};

pub fn sheets() -> Vec<Sheet<Someone>> {
    vec![
        Sheet {
            name: "documents-you-added",
            title: "Documents you added for an organisation",
            columns: &["organisation", "title", "effective_on", "review_by", "added_at"],
            page: added_documents,
        },
        Sheet {
            name: "files-you-sent",
            title: "Files you sent, as certificates, documents or evidence",
            columns: &["name", "kind", "bytes", "sha256", "sent_at"],
            page: sent_files,
        },
    ]
}

fn added_documents(conn: &mut DbConnection, whom: &Someone, window: Window) -> Result<Vec<Row>> {
    let rows: Vec<(String, Document)> = documents::table
        .inner_join(organisations::table.on(organisations::id.eq(documents::organisation_id)))
        .filter(documents::added_by.eq_any(whom.account.as_slice()))
        .order((documents::added_at, documents::id))
        .limit(window.most)
        .offset(window.from)
        .select((organisations::name, Document::as_select()))
        .load(conn)?;
    let told =
        |(organisation, d): (String, Document)| row![organisation, d.title, d.effective_on, d.review_by, d.added_at];
    Ok(rows.into_iter().map(told).collect())
}

fn sent_files(conn: &mut DbConnection, whom: &Someone, window: Window) -> Result<Vec<Row>> {
    let rows: Vec<StoredFile> = files::table
        .filter(files::uploaded_by.eq_any(whom.account.as_slice()))
        .order((files::uploaded_at, files::id))
        .limit(window.most)
        .offset(window.from)
        .select(StoredFile::as_select())
        .load(conn)?;
    Ok(rows.into_iter().map(|f| row![f.name, f.media_type, f.bytes, f.sha256, f.uploaded_at]).collect())
}
