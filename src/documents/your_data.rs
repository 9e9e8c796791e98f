//! The documents and files that someone brought, as they are told of them. They stay when someone is forgotten: they are
//! the organisation's, and say only the id of who added them; the leads look after them from then on.

use diesel::prelude::*;

use super::document::Document;
use super::keeping::pass_on_documents;
use crate::acts::Act;
use crate::db::DbConnection;
use crate::db::schema::{documents, files, organisations};
use crate::error::Result;
use crate::files::StoredFile;
use crate::ids::{AccountId, OrganisationId};
use crate::row;
use crate::takeaway::{Row, Sheet, Someone, Window};

pub fn sheets() -> Vec<Sheet<Someone>> {
    vec![
        Sheet {
            name: "documents-you-added",
            title: "Documents of an organisation that you added or look after",
            columns: &["organisation", "title", "effective_on", "review_by", "added_at", "you_look_after_it"],
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
        .filter(
            documents::added_by
                .eq_any(whom.account.as_slice())
                .or(documents::kept_by.assume_not_null().eq_any(whom.account.as_slice())),
        )
        .order((documents::added_at, documents::id))
        .limit(window.most)
        .offset(window.from)
        .select((organisations::name, Document::as_select()))
        .load(conn)?;
    let told = |(organisation, d): (String, Document)| {
        let kept = whom.account.is_some() && d.kept_by == whom.account;
        row![organisation, d.title, d.effective_on, d.review_by, d.added_at, kept]
    };
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

/// Gives what they looked after to the leads of its organisation.
pub fn forget(act: &mut Act<'_>, account: AccountId) -> Result<()> {
    let kept = documents::table.filter(documents::kept_by.eq(account));
    let organisations: Vec<OrganisationId> = kept.select(documents::organisation_id).distinct().load(act.conn)?;
    organisations.into_iter().try_for_each(|organisation| pass_on_documents(act, organisation, account, None))
}
