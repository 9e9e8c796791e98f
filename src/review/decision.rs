//! A decision: what the VRP concludes from a recommendation. It is made once, by someone who did not recommend and
//! has no tie to the organisation, and it has reasons. The table itself refuses a decider who recommended.

use chrono::NaiveDateTime;
use diesel::prelude::*;
use serde::Serialize;
use serde_json::json;

use super::appeals::appeal_until;
use super::endorsement::Endorsement;
use super::finding::{Desk, Finding, RecordedFinding};
use super::review::{Outcome, Review, ReviewState};
use super::viewer::Independence;
use super::wording::level_name;
use crate::acts::Act;
use crate::clock::say_day;
use crate::db::schema::{assessments, review_decisions, reviews};
use crate::db::{DbConnection, unless_taken};
use crate::error::{Error, Result};
use crate::ids::{AccountId, OrganisationId, ReviewId};
use crate::mail::Letter;
use crate::organisations::Organisation;
use crate::quality::{Assessment, Conclusion, Indicator};

/// A decision as it is stored.
#[derive(Debug, Clone, Queryable, Selectable, Insertable)]
#[diesel(table_name = review_decisions)]
pub struct Decision {
    pub review_id: ReviewId,
    pub recommended_by: AccountId,
    pub decided_by: AccountId,
    #[diesel(column_name = level)]
    pub outcome: Outcome,
    /// For the organisation to read.
    pub reasons: String,
    pub decided_at: NaiveDateTime,
}

/// A strength, as the letter tells it.
#[derive(Serialize)]
struct Strength {
    question: String,
    note: String,
}

#[derive(Serialize)]
struct EndorsedLetter<'a> {
    organisation: &'a str,
    slug: &'a str,
    level: &'a str,
    number: &'a str,
    ends_on: String,
    strengths: Vec<Strength>,
    reasons: &'a str,
    /// For a level below the one hoped for.
    appeal_until: Option<String>,
}
impl Letter for EndorsedLetter<'_> {
    const NAME: &'static str = "review-endorsed";
}

#[derive(Serialize)]
struct NotYetLetter<'a> {
    organisation: &'a str,
    slug: &'a str,
    strengths: Vec<Strength>,
    reasons: &'a str,
    appeal_until: Option<String>,
}
impl Letter for NotYetLetter<'_> {
    const NAME: &'static str = "review-not-yet";
}

/// What was decided, about which assessment, on which review.
#[derive(Debug, Clone)]
pub struct Decided {
    pub decision: Decision,
    pub review: Review,
    pub assessment: Assessment,
}

impl Review {
    /// Decides what was recommended: the assessment is over, and with a level the organisation is endorsed. Its leads
    /// are told, strengths first.
    pub fn decide(
        &self,
        act: &mut Act<'_>,
        by: Independence,
        outcome: Outcome,
        reasons: &str,
    ) -> Result<Option<Endorsement>> {
        self.leave_recommended(act, by, ReviewState::Decided)?;
        let decision = Decision {
            review_id: self.id,
            recommended_by: self.reviewer_id,
            decided_by: by.account(),
            outcome,
            reasons: reasons.to_owned(),
            decided_at: act.at,
        };
        unless_taken(act.conn, |conn| diesel::insert_into(review_decisions::table).values(&decision).execute(conn))?
            .ok_or(Error::Conflict)?;
        let assessment = Assessment::find(act.conn, self.assessment_id)?;
        let conclusion = if outcome.level().is_some() { Conclusion::Endorsed } else { Conclusion::NotYet };
        assessment.conclude(act, conclusion)?;
        let subject = self.subject(assessment.organisation_id);
        act.record("decision made", subject, json!({ "outcome": outcome, "reasons": reasons }))?;
        let endorsement =
            outcome.level().map(|level| Endorsement::issue(act, &assessment, &decision, level)).transpose()?;
        self.tell_outcome(act, &assessment, endorsement.as_ref(), reasons)?;
        Ok(endorsement)
    }

    fn tell_outcome(
        &self,
        act: &mut Act<'_>,
        assessment: &Assessment,
        endorsement: Option<&Endorsement>,
        reasons: &str,
    ) -> Result<()> {
        let organisation = Organisation::find(act.conn, assessment.organisation_id)?;
        let desk = Desk::lay_out(act.conn, assessment, Some(self))?;
        let strength = |(indicator, found): (&Indicator, &RecordedFinding)| Strength {
            question: indicator.question.clone(),
            note: found.note.clone(),
        };
        let strengths = desk.found(Finding::GoodPractice).into_iter().map(strength).collect();
        let until = say_day(appeal_until(act.conn, act.today())?);
        let (name, slug) = (organisation.name.as_str(), organisation.slug.as_str());
        match endorsement {
            Some(endorsement) => {
                let letter = EndorsedLetter {
                    organisation: name,
                    slug,
                    level: level_name(endorsement.level),
                    number: &endorsement.number,
                    ends_on: say_day(endorsement.ends_on),
                    strengths,
                    reasons,
                    appeal_until: Some(until).filter(|_| Some(endorsement.level) < desk.level_claimed()),
                };
                organisation.tell_leads(act, &letter)
            }
            None => {
                let appeal_until = Some(until);
                organisation
                    .tell_leads(act, &NotYetLetter { organisation: name, slug, strengths, reasons, appeal_until })
            }
        }
    }
}

impl Decision {
    /// The decision on a review, once there is one.
    pub fn on(conn: &mut DbConnection, review: ReviewId) -> Result<Option<Self>> {
        Ok(review_decisions::table.find(review).select(Self::as_select()).first(conn).optional()?)
    }
}

impl Decided {
    /// What was decided last about an organisation.
    pub fn latest_about(conn: &mut DbConnection, organisation: OrganisationId) -> Result<Option<Self>> {
        let row = review_decisions::table
            .inner_join(reviews::table.inner_join(assessments::table))
            .filter(assessments::organisation_id.eq(organisation))
            .order((review_decisions::decided_at.desc(), review_decisions::review_id.desc()))
            .select((Decision::as_select(), Review::as_select(), Assessment::as_select()))
            .first(conn)
            .optional()?;
        Ok(row.map(|(decision, review, assessment)| Self { decision, review, assessment }))
    }
}
