//! A document: its row, its three dates, what rests on it.

use chrono::{NaiveDate, NaiveDateTime};
use diesel::prelude::*;
use serde_json::json;

use crate::acts::Act;
use crate::audit::Subject;
use crate::db::DbConnection;
use crate::db::schema::{assessment_evidence, documents, files};
use crate::error::{Error, Result};
use crate::files::{KeptFile, StoredFile, record_file};
use crate::ids::{AccountId, DocumentId, FileId, OrganisationId};
use crate::organisations::Website;
use crate::words::mark_of;

/// A document as it is stored.
#[derive(Debug, Clone, Queryable, Selectable, Insertable)]
#[diesel(table_name = documents)]
pub struct Document {
    pub id: DocumentId,
    pub organisation_id: OrganisationId,
    pub file_id: FileId,
    pub title: String,
    /// The day it speaks of or was agreed.
    pub effective_on: Option<NaiveDate>,
    /// The day to look at it again.
    pub review_by: Option<NaiveDate>,
    pub added_by: AccountId,
    pub added_at: NaiveDateTime,
    /// Who looks after it; nobody: the leads together.
    pub kept_by: Option<AccountId>,
    /// Where it leads, if it is a link; its file is then a line of text with the same address.
    pub address: Option<String>,
    /// The day to look at it again that someone was last written to about.
    pub told_of: Option<NaiveDate>,
}

/// What someone says of a document.
#[derive(Debug, Clone)]
pub struct NewDocument {
    pub title: String,
    pub effective_on: Option<NaiveDate>,
    pub review_by: Option<NaiveDate>,
    /// Where it leads, if it is a link.
    pub address: Option<Website>,
}

impl Document {
    /// Everything an organisation keeps, by title, with its file and how many answers it serves.
    pub fn all_of(conn: &mut DbConnection, organisation: OrganisationId) -> Result<Vec<(Self, StoredFile, i64)>> {
        let rows: Vec<(Self, StoredFile)> = documents::table
            .inner_join(files::table)
            .filter(documents::organisation_id.eq(organisation))
            .order((documents::title, documents::id))
            .select((Self::as_select(), StoredFile::as_select()))
            .load(conn)?;
        let ours = documents::table.filter(documents::organisation_id.eq(organisation)).select(documents::file_id);
        let uses: Vec<(FileId, i64)> = assessment_evidence::table
            .filter(assessment_evidence::file_id.eq_any(ours))
            .group_by(assessment_evidence::file_id)
            .select((assessment_evidence::file_id, diesel::dsl::count_star()))
            .load(conn)?;
        let uses: std::collections::HashMap<FileId, i64> = uses.into_iter().collect();
        let with_uses = |(document, file): (Self, StoredFile)| {
            let uses = uses.get(&document.file_id).copied().unwrap_or(0);
            (document, file, uses)
        };
        Ok(rows.into_iter().map(with_uses).collect())
    }

    /// How many an organisation keeps, and how many of them should have been looked at again.
    pub fn count_of(conn: &mut DbConnection, organisation: OrganisationId, today: NaiveDate) -> Result<(i64, i64)> {
        let ours = documents::table.filter(documents::organisation_id.eq(organisation));
        let overdue = ours.filter(documents::review_by.lt(today));
        Ok((ours.count().get_result(conn)?, overdue.count().get_result(conn)?))
    }

    /// What an organisation could show with an answer: ids and titles, by title.
    pub fn titles_of(conn: &mut DbConnection, organisation: OrganisationId) -> Result<Vec<(DocumentId, String)>> {
        Ok(documents::table
            .filter(documents::organisation_id.eq(organisation))
            .order((documents::title, documents::id))
            .select((documents::id, documents::title))
            .load(conn)?)
    }

    /// A document of this organisation's; anyone else's is not found.
    pub fn find_in(
        conn: &mut DbConnection,
        organisation: OrganisationId,
        id: DocumentId,
    ) -> Result<(Self, StoredFile)> {
        Ok(documents::table
            .inner_join(files::table)
            .filter(documents::organisation_id.eq(organisation))
            .filter(documents::id.eq(id))
            .select((Self::as_select(), StoredFile::as_select()))
            .first(conn)?)
    }

    /// How many answers it serves, in assessments of today and before.
    pub fn uses(&self, conn: &mut DbConnection) -> Result<i64> {
        let uses = assessment_evidence::table.filter(assessment_evidence::file_id.eq(self.file_id));
        Ok(uses.count().get_result(conn)?)
    }

    /// A mark of its title and dates: another one when somebody has changed them.
    pub fn mark(&self) -> String {
        mark_of(&(&self.title, self.effective_on, self.review_by))
    }

    /// Gives it another title or other dates. What was shown with it before keeps what it said. `None`, and nothing is
    /// changed, when it no longer says what `seen` is the mark of.
    pub fn change(&self, act: &mut Act<'_>, seen: &str, to: &NewDocument) -> Result<Option<()>> {
        let own = documents::table.find(self.id);
        if diesel::update(own).set(documents::file_id.eq(self.file_id)).execute(act.conn)? == 0 {
            return Err(Error::Conflict);
        }
        let now: Self = own.select(Self::as_select()).first(act.conn)?;
        if now.mark() != seen {
            return Ok(None);
        }
        diesel::update(own)
            .set((
                documents::title.eq(&to.title),
                documents::effective_on.eq(to.effective_on),
                documents::review_by.eq(to.review_by),
            ))
            .execute(act.conn)?;
        let details = json!({ "title": to.title, "effective_on": to.effective_on, "review_by": to.review_by });
        act.record("document changed", self.subject(), details).map(Some)
    }

    /// Removes it with its file. `Conflict` while something rests on it.
    pub fn remove(&self, act: &mut Act<'_>) -> Result<()> {
        let removed = diesel::delete(documents::table.find(self.id)).execute(act.conn)?;
        if removed == 0 || self.uses(act.conn)? > 0 {
            return Err(Error::Conflict);
        }
        // Its bytes go when the store is swept: should this act fail, they are still there.
        diesel::delete(files::table.find(self.file_id)).execute(act.conn)?;
        act.record("document removed", self.subject(), json!({ "title": self.title, "file": self.file_id }))
    }

    fn subject(&self) -> Subject {
        Subject::within(self.organisation_id, "document", self.id)
    }
}

/// Keeps a document. When the organisation has the very same file already, that one is given back as it is.
pub fn add_document(
    act: &mut Act<'_>,
    organisation: OrganisationId,
    account: AccountId,
    new: NewDocument,
    file: KeptFile,
) -> Result<Document> {
    if let Some(known) = same_file(act.conn, organisation, file.sha256())? {
        return Ok(known);
    }
    let stored = record_file(act.conn, act.at, Some(account), file)?;
    let document = Document {
        id: DocumentId::new(),
        organisation_id: organisation,
        file_id: stored.id,
        title: new.title,
        effective_on: new.effective_on,
        review_by: new.review_by,
        added_by: account,
        added_at: act.at,
        kept_by: Some(account),
        address: new.address.map(Website::into_string),
        told_of: None,
    };
    diesel::insert_into(documents::table).values(&document).execute(act.conn)?;
    let (title, link) = (&document.title, &document.address);
    let details = json!({ "title": title, "file": stored.id, "sha256": stored.sha256, "link": link });
    act.record("document added", document.subject(), details)?;
    Ok(document)
}

fn same_file(conn: &mut DbConnection, organisation: OrganisationId, sha256: &str) -> Result<Option<Document>> {
    Ok(documents::table
        .inner_join(files::table)
        .filter(documents::organisation_id.eq(organisation))
        .filter(files::sha256.eq(sha256))
        .order(documents::added_at)
        .select(Document::as_select())
        .first(conn)
        .optional()?)
}
