//! Evidence: a document that shows what an answer says. It can be added and removed only while its indicator is open.

use chrono::{NaiveDate, NaiveDateTime};
use diesel::prelude::*;
use serde_json::json;

use super::answer::hold_open;
use super::assessment::Assessment;
use crate::acts::Act;
use crate::clock::{day_of, months_after};
use crate::db::DbConnection;
use crate::db::schema::{assessment_evidence as evidence, assessments, files};
use crate::documents::Document;
use crate::each;
use crate::error::{Error, Result};
use crate::files::StoredFile;
use crate::framework::Framework;
use crate::ids::{AccountId, AssessmentId, EvidenceId, FileId, IndicatorId, OrganisationId};

/// A piece of evidence as it is stored.
#[derive(Debug, Clone, Queryable, Selectable, Insertable)]
#[diesel(table_name = evidence, treat_none_as_default_value = false)]
pub struct Evidence {
    pub id: EvidenceId,
    pub assessment_id: AssessmentId,
    pub indicator_id: IndicatorId,
    pub file_id: FileId,
    pub title: String,
    /// The day it speaks of, which is rarely the day it was added.
    pub effective_on: Option<NaiveDate>,
    pub added_by: AccountId,
    pub added_at: NaiveDateTime,
    /// Where it leads, if it is a link.
    pub address: Option<String>,
}

impl Evidence {
    /// All evidence of an assessment with what is known of the files, the oldest first.
    pub fn all_of(conn: &mut DbConnection, assessment: AssessmentId) -> Result<Vec<(Self, StoredFile)>> {
        Ok(evidence::table
            .inner_join(files::table)
            .filter(evidence::assessment_id.eq(assessment))
            .order((evidence::added_at, evidence::id))
            .select((Self::as_select(), StoredFile::as_select()))
            .load(conn)?)
    }

    /// A piece of evidence of this organisation's, in any of its assessments; anyone else's is not found.
    pub fn find_in(conn: &mut DbConnection, organisation: OrganisationId, id: EvidenceId) -> Result<Self> {
        Ok(evidence::table
            .inner_join(assessments::table)
            .filter(assessments::organisation_id.eq(organisation))
            .filter(evidence::id.eq(id))
            .select(Self::as_select())
            .first(conn)?)
    }

    /// A piece of evidence of this assessment's; any other is not found.
    pub fn find_of(conn: &mut DbConnection, assessment: AssessmentId, id: EvidenceId) -> Result<Self> {
        Ok(evidence::table
            .filter(evidence::assessment_id.eq(assessment))
            .filter(evidence::id.eq(id))
            .select(Self::as_select())
            .first(conn)?)
    }

    /// What it speaks of, or the day it was added where it does not say, is more than two years ago.
    pub fn is_old(&self, today: NaiveDate) -> bool {
        months_after(self.effective_on.unwrap_or_else(|| day_of(self.added_at)), 24) < today
    }

    /// Takes it out of its assessment. The file stays: an assessment before may show it too.
    pub fn remove(&self, act: &mut Act<'_>, assessment: &Assessment) -> Result<()> {
        if self.assessment_id != assessment.id {
            return Err(Error::NotFound);
        }
        hold_open(act, assessment, &self.indicator_id)?;
        let removed = diesel::delete(evidence::table.find(self.id)).execute(act.conn)?;
        if removed == 0 {
            return Err(Error::Conflict);
        }
        let details = json!({ "indicator": self.indicator_id, "file": self.file_id, "title": self.title });
        act.record("evidence removed", assessment.subject(), details)
    }
}

/// Shows a document of the organisation's with an open indicator; once, however often it is asked for. It keeps the
/// title and the date that the document has today.
pub fn add_evidence(
    act: &mut Act<'_>,
    assessment: &Assessment,
    indicator: &IndicatorId,
    account: AccountId,
    document: &Document,
) -> Result<()> {
    if document.organisation_id != assessment.organisation_id {
        return Err(Error::NotFound);
    }
    hold_open(act, assessment, indicator)?;
    let shown = evidence::table
        .filter(evidence::assessment_id.eq(assessment.id))
        .filter(evidence::indicator_id.eq(indicator))
        .filter(evidence::file_id.eq(document.file_id));
    if diesel::select(diesel::dsl::exists(shown)).get_result(act.conn)? {
        return Ok(());
    }
    let row = Evidence {
        id: EvidenceId::new(),
        assessment_id: assessment.id,
        indicator_id: indicator.clone(),
        file_id: document.file_id,
        title: document.title.clone(),
        effective_on: document.effective_on,
        added_by: account,
        added_at: act.at,
        address: document.address.clone(),
    };
    diesel::insert_into(evidence::table).values(&row).execute(act.conn)?;
    let details = json!({ "indicator": indicator, "document": document.id, "title": row.title });
    act.record("evidence added", assessment.subject(), details)
}

/// Brings the evidence of one assessment into the next.
pub(super) fn bring_evidence_over(
    conn: &mut DbConnection,
    from: AssessmentId,
    to: AssessmentId,
    framework: &Framework,
) -> Result<()> {
    let brought: Vec<_> = Evidence::all_of(conn, from)?
        .into_iter()
        .filter(|(evidence, _)| framework.speaks_of(&evidence.indicator_id))
        .map(|(evidence, _)| Evidence { id: EvidenceId::new(), assessment_id: to, ..evidence })
        .collect();
    if !brought.is_empty() {
        each!(conn, c => diesel::insert_into(evidence::table).values(&brought).execute(c))?;
    }
    Ok(())
}
