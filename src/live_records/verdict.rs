//! What someone made of a record: that it shows what they answer, or why not. One for each question of an assessment; said
//! again, it takes the place of what was said.

use std::collections::BTreeMap;

use chrono::{NaiveDate, NaiveDateTime};
use diesel::prelude::*;
use serde_json::json;

use super::rule::Rule;
use super::working::Working;
use crate::acts::Act;
use crate::audit::Subject;
use crate::db::DbConnection;
use crate::db::schema::record_verdicts as verdicts;
use crate::error::{Error, Result};
use crate::ids::{AccountId, AssessmentId, IndicatorId, OrganisationId};
use crate::text_enum;

text_enum! {
    pub enum Verdict { Accepted = "accepted", Declined = "declined" }
}

/// A verdict as it is stored.
#[derive(Debug, Clone, Queryable, Selectable, Insertable)]
#[diesel(table_name = verdicts, treat_none_as_default_value = false)]
pub struct RecordVerdict {
    pub assessment_id: AssessmentId,
    pub indicator_id: IndicatorId,
    pub organisation_id: OrganisationId,
    pub rule: Rule,
    pub verdict: Verdict,
    /// What stood there, in words, when they said so.
    pub shown: String,
    /// Why not; empty when accepted.
    pub reason: String,
    pub judged_by: AccountId,
    pub judged_at: NaiveDateTime,
    /// As of the day it was last looked at.
    pub is_met: bool,
    pub met_until: Option<NaiveDate>,
    pub(super) checked_on: NaiveDate,
    /// The last day that the leads were written to about.
    pub(super) told_of: Option<NaiveDate>,
}

/// What someone says of a record as it was shown to them.
#[derive(Debug, Clone)]
pub struct NewVerdict {
    pub verdict: Verdict,
    pub shown: String,
    pub reason: String,
}

impl RecordVerdict {
    /// Was it accepted, and shows it today?
    pub fn stands(&self) -> bool {
        self.verdict == Verdict::Accepted && self.is_met
    }

    /// Was it accepted, and does not show any more what it showed then?
    pub fn has_lapsed(&self) -> bool {
        self.verdict == Verdict::Accepted && !self.is_met
    }
}

/// What was said of the records of an assessment.
pub fn verdicts_on(conn: &mut DbConnection, assessment: AssessmentId) -> Result<BTreeMap<IndicatorId, RecordVerdict>> {
    let rows: Vec<RecordVerdict> =
        verdicts::table.filter(verdicts::assessment_id.eq(assessment)).select(RecordVerdict::as_select()).load(conn)?;
    Ok(rows.into_iter().map(|verdict| (verdict.indicator_id.clone(), verdict)).collect())
}

/// Accepts what the records say, or says why not; `Conflict` for accepting what is not met. Whether the assessment takes
/// answers is for `quality` to see to.
pub fn judge_record(
    act: &mut Act<'_>,
    (assessment, indicator, organisation): (AssessmentId, &IndicatorId, OrganisationId),
    by: AccountId,
    working: &Working,
    new: NewVerdict,
) -> Result<()> {
    if new.verdict == Verdict::Accepted && !working.is_met {
        return Err(Error::Conflict);
    }
    let verdict = RecordVerdict {
        assessment_id: assessment,
        indicator_id: indicator.clone(),
        organisation_id: organisation,
        rule: working.rule,
        verdict: new.verdict,
        shown: new.shown,
        reason: new.reason,
        judged_by: by,
        judged_at: act.at,
        is_met: working.is_met,
        met_until: working.until,
        checked_on: act.today(),
        told_of: None,
    };
    diesel::delete(verdicts::table.find((assessment, indicator))).execute(act.conn)?;
    diesel::insert_into(verdicts::table).values(&verdict).execute(act.conn)?;
    let details = json!({ "indicator": indicator, "rule": verdict.rule, "met": verdict.is_met });
    let verb = match verdict.verdict {
        Verdict::Accepted => "record accepted as evidence",
        Verdict::Declined => "record declined as evidence",
    };
    act.record(verb, Subject::within(organisation, "assessment", assessment), details)
}
