//! What a reviewer finds in one indicator, and the desk: everything about an assessment laid side by side.
//! A finding speaks of the answer it was made about: when the organisation changes the answer, the reviewer has to
//! look again.

use std::collections::BTreeMap;

use chrono::NaiveDateTime;
use diesel::prelude::*;
use serde_json::json;

use super::review::Review;
use super::viewer::Independence;
use crate::acts::Act;
use crate::db::schema::review_findings;
use crate::db::{DbConnection, unless_taken};
use crate::error::{Error, Result};
use crate::files::StoredFile;
use crate::ids::{IndicatorId, ReviewId};
use crate::live_records::{RecordVerdict, verdicts_on};
use crate::quality::{Answer, Answers, Assessment, Evidence, Framework, Indicator, Judgement, Level, level_supported};
use crate::text_enum;

text_enum! {
    /// What a reviewer says to an answer.
    pub enum Finding {
        Agreed = "agreed",
        AgreedWithAdvice = "agreed_with_advice",
        /// What the answer says is not shown yet.
        NotYet = "not_yet",
        /// Others can learn from it.
        GoodPractice = "good_practice",
    }
}

/// A finding as it is stored.
#[derive(Debug, Clone, Queryable, Selectable, Insertable)]
#[diesel(table_name = review_findings)]
pub struct RecordedFinding {
    pub review_id: ReviewId,
    pub indicator_id: IndicatorId,
    pub finding: Finding,
    /// For the organisation to read; empty only where the reviewer simply agrees.
    pub note: String,
    pub found_at: NaiveDateTime,
    /// For the VRP alone: neither the organisation nor its trail has it.
    pub note_within: String,
}

/// What a reviewer says to one answer.
#[derive(Debug, Clone)]
pub struct NewFinding {
    pub finding: Finding,
    /// For the organisation.
    pub note: String,
    /// For the VRP alone.
    pub note_within: String,
}

impl NewFinding {
    /// With a note for the organisation, and none for the VRP alone.
    pub fn new(finding: Finding, note: impl Into<String>) -> Self {
        Self { finding, note: note.into(), note_within: String::new() }
    }

    pub fn with_note_within(mut self, note: impl Into<String>) -> Self {
        self.note_within = note.into();
        self
    }
}

/// Where a reviewer is with one indicator.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Look {
    /// The organisation says that it does not apply: a finding may be made, and need not.
    NotApplicable,
    ToLookAt,
    /// The answer has changed since the finding.
    ToLookAtAgain(Finding),
    Found(Finding),
}

/// Everything a reviewer has on the desk.
pub struct Desk {
    pub framework: Framework,
    pub answers: Answers,
    pub evidence: Vec<(Evidence, StoredFile)>,
    pub findings: BTreeMap<IndicatorId, RecordedFinding>,
    /// What the organisation made of the portal's own records.
    pub records: BTreeMap<IndicatorId, RecordVerdict>,
}

impl Desk {
    /// Eight queries, however many indicators there are.
    pub fn lay_out(conn: &mut DbConnection, assessment: &Assessment, review: Option<&Review>) -> Result<Self> {
        let findings = match review {
            Some(review) => findings_of(conn, review.id)?,
            None => BTreeMap::new(),
        };
        Ok(Self {
            framework: Framework::of_version(conn, assessment.framework_version_id)?,
            answers: Answer::all_of(conn, assessment.id)?,
            evidence: Evidence::all_of(conn, assessment.id)?,
            findings,
            records: verdicts_on(conn, assessment.id)?,
        })
    }

    pub fn answer(&self, indicator: &Indicator) -> Option<&Answer> {
        self.answers.get(&indicator.id)
    }

    pub fn finding(&self, indicator: &Indicator) -> Option<&RecordedFinding> {
        self.findings.get(&indicator.id)
    }

    pub fn evidence_for<'a>(&'a self, indicator: &'a Indicator) -> impl Iterator<Item = &'a (Evidence, StoredFile)> {
        self.evidence.iter().filter(|(evidence, _)| evidence.indicator_id == indicator.id)
    }

    /// Where the reviewer is with one indicator.
    pub fn look(&self, indicator: &Indicator) -> Look {
        look_at(self.answer(indicator), self.finding(indicator))
    }

    /// What still has to be looked at before a recommendation, in the order of the framework.
    pub fn wanting(&self) -> Vec<&Indicator> {
        let is_wanting = |i: &&Indicator| matches!(self.look(i), Look::ToLookAt | Look::ToLookAtAgain(_));
        self.framework.indicators.iter().filter(is_wanting).collect()
    }

    /// The next to look at after one, from the beginning again at the end.
    pub fn next_after(&self, indicator: &IndicatorId) -> Option<&Indicator> {
        let here = self.framework.indicator(indicator).map_or(0, |i| i.position);
        let wanting = self.wanting();
        wanting.iter().find(|i| i.position > here).or(wanting.first()).copied()
    }

    /// Those with a certain finding, in the order of the framework.
    pub fn found(&self, finding: Finding) -> Vec<(&Indicator, &RecordedFinding)> {
        let with_finding = |i| Some((i, self.finding(i)?));
        self.framework.indicators.iter().filter_map(with_finding).filter(|(_, f)| f.finding == finding).collect()
    }

    /// The level that the organisation's own judgements support.
    pub fn level_claimed(&self) -> Option<Level> {
        self.level_by(|judgement, _| judgement)
    }

    /// The level supported when everything found "not yet" counts as that.
    pub fn level_found(&self) -> Option<Level> {
        self.level_by(|judgement, finding| match finding {
            Some(Finding::NotYet) => Judgement::NotYet,
            _ => judgement,
        })
    }

    fn level_by(&self, judge: impl Fn(Judgement, Option<Finding>) -> Judgement) -> Option<Level> {
        level_supported(self.framework.indicators.iter().map(|indicator| {
            let judgement = self.answer(indicator).map_or(Judgement::NotYet, |answer| answer.judgement);
            let found = match self.look(indicator) {
                Look::Found(finding) => Some(finding),
                _ => None,
            };
            (indicator.weight, judge(judgement, found))
        }))
    }
}

fn look_at(answer: Option<&Answer>, finding: Option<&RecordedFinding>) -> Look {
    match (answer, finding) {
        (Some(answer), Some(found)) if answer.answered_at > found.found_at => match answer.judgement {
            Judgement::NotApplicable => Look::NotApplicable,
            _ => Look::ToLookAtAgain(found.finding),
        },
        (_, Some(found)) => Look::Found(found.finding),
        (Some(answer), None) if answer.judgement == Judgement::NotApplicable => Look::NotApplicable,
        (_, None) => Look::ToLookAt,
    }
}

impl Review {
    /// Keeps what the reviewer finds in one indicator, in place of what was found before.
    pub fn record_finding(
        &self,
        act: &mut Act<'_>,
        by: Independence,
        indicator: &IndicatorId,
        found: &NewFinding,
    ) -> Result<()> {
        let assessment = self.hold_open_for(act, by)?;
        Framework::of_version(act.conn, assessment.framework_version_id)?.indicator(indicator)?;
        let changed = diesel::update(review_findings::table.find((self.id, indicator)))
            .set((
                review_findings::finding.eq(found.finding),
                review_findings::note.eq(&found.note),
                review_findings::note_within.eq(&found.note_within),
                review_findings::found_at.eq(act.at),
            ))
            .execute(act.conn)?;
        if changed == 0 {
            let row = RecordedFinding {
                review_id: self.id,
                indicator_id: indicator.clone(),
                finding: found.finding,
                note: found.note.clone(),
                found_at: act.at,
                note_within: found.note_within.clone(),
            };
            unless_taken(act.conn, |conn| diesel::insert_into(review_findings::table).values(&row).execute(conn))?
                .ok_or(Error::Conflict)?;
        }
        let details = json!({ "indicator": indicator, "finding": found.finding, "note": found.note });
        act.record("finding recorded", self.subject(assessment.organisation_id), details)
    }
}

fn findings_of(conn: &mut DbConnection, review: ReviewId) -> Result<BTreeMap<IndicatorId, RecordedFinding>> {
    let rows: Vec<RecordedFinding> = review_findings::table
        .filter(review_findings::review_id.eq(review))
        .select(RecordedFinding::as_select())
        .load(conn)?;
    Ok(rows.into_iter().map(|found| (found.indicator_id.clone(), found)).collect())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ids::{AccountId, AssessmentId};

    fn answer(judgement: Judgement, minute: u32) -> Answer {
        Answer {
            assessment_id: AssessmentId::new(),
            indicator_id: "exp-feel-safe".into(),
            judgement,
            narrative: String::new(),
            edition: 1,
            answered_by: AccountId::new(),
            answered_at: at(minute),
            kept_by: None,
            asked_anew: false,
        }
    }

    fn found(finding: Finding, minute: u32) -> RecordedFinding {
        RecordedFinding {
            review_id: ReviewId::new(),
            indicator_id: "exp-feel-safe".into(),
            finding,
            note: String::new(),
            found_at: at(minute),
            note_within: String::new(),
        }
    }

    fn at(minute: u32) -> NaiveDateTime {
        format!("2026-11-24T10:{minute:02}:00").parse().expect("a test writes instants correctly")
    }

    #[test]
    fn an_answer_changed_after_the_finding_has_to_be_looked_at_again() {
        let (agreed, emerging) = (found(Finding::Agreed, 20), Judgement::Emerging);
        assert_eq!(look_at(Some(&answer(emerging, 10)), None), Look::ToLookAt);
        assert_eq!(look_at(Some(&answer(emerging, 10)), Some(&agreed)), Look::Found(Finding::Agreed));
        assert_eq!(look_at(Some(&answer(emerging, 30)), Some(&agreed)), Look::ToLookAtAgain(Finding::Agreed));
    }

    #[test]
    fn what_does_not_apply_need_not_be_looked_at() {
        let claimed = answer(Judgement::NotApplicable, 10);
        assert_eq!(look_at(Some(&claimed), None), Look::NotApplicable);
        assert_eq!(look_at(Some(&claimed), Some(&found(Finding::NotYet, 20))), Look::Found(Finding::NotYet));
    }
}
