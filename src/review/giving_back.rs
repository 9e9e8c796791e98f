//! A review that its reviewer does not go on with: its assessment waits for another, who begins it anew.
//! What was found is gone from the desk; the trail keeps it. The organisation is told, and the reviewer if they are
//! still here.

use diesel::prelude::*;
use serde::Serialize;
use serde_json::json;

use super::review::{Review, ReviewState};
use crate::accounts::Account;
use crate::acts::Act;
use crate::db::schema::{review_findings, review_handovers, review_nudges, reviews};
use crate::error::{Error, Result};
use crate::mail::Letter;
use crate::organisations::Organisation;
use crate::quality::{Assessment, AssessmentState};
use crate::text_enum;

text_enum! {
    /// Why a review goes back into the queue, as the trail says it.
    pub enum GivenBack {
        /// The reviewer has a tie to the organisation now.
        Tie = "tie",
        /// The reviewer is none any more.
        RoleWithdrawn = "role withdrawn",
        /// The reviewer's account is closed.
        AccountClosed = "account closed",
    }
}

#[derive(Serialize)]
struct AnotherLetter<'a> {
    organisation: &'a str,
    slug: &'a str,
}
impl Letter for AnotherLetter<'_> {
    const NAME: &'static str = "review-by-another";
}

#[derive(Serialize)]
struct LostLetter<'a> {
    organisation: &'a str,
}
impl Letter for LostLetter<'_> {
    const NAME: &'static str = "review-lost-to-tie";
}

impl Review {
    /// Its assessment is in the queue again, from whatever state before the decision.
    pub(super) fn give_back(&self, act: &mut Act<'_>, because: GivenBack) -> Result<()> {
        diesel::delete(review_findings::table.filter(review_findings::review_id.eq(self.id))).execute(act.conn)?;
        diesel::delete(review_handovers::table.filter(review_handovers::review_id.eq(self.id))).execute(act.conn)?;
        diesel::delete(review_nudges::table.filter(review_nudges::review_id.eq(self.id))).execute(act.conn)?;
        let gone = diesel::delete(reviews::table.find(self.id).filter(reviews::state.ne(ReviewState::Decided)))
            .execute(act.conn)?;
        if gone == 0 {
            return Err(Error::Conflict);
        }
        let mut assessment = Assessment::find(act.conn, self.assessment_id)?;
        if assessment.state() == AssessmentState::Recommended {
            assessment.send_back_to_reviewer(act)?;
            assessment = Assessment::find(act.conn, self.assessment_id)?;
        }
        assessment.return_to_queue(act)?;
        let details = json!({ "because": because, "reviewer": self.reviewer_id });
        act.record("review given back", self.subject(assessment.organisation_id), details)?;
        let organisation = Organisation::find(act.conn, assessment.organisation_id)?;
        let reviewer = Account::find(act.conn, self.reviewer_id)?;
        if because == GivenBack::Tie && reviewer.is_active() {
            act.post(&reviewer.address(), &LostLetter { organisation: &organisation.name })?;
        }
        organisation.tell_leads(act, &AnotherLetter { organisation: &organisation.name, slug: &organisation.slug })
    }
}
