//! Giving a review to somebody, and handing one over.
//!
//! | from | verb | to | who |
//! |---|---|---|---|
//! | submitted, with nobody | assign, with a reason | open, with a reviewer without a tie | an administrator without a tie |
//! | open, with one reviewer | hand over, with a reason | open, with another without a tie | the reviewer, or an administrator without a tie |
//!
//! What was found stays on the desk: it is the new reviewer's to keep or to change. The clock runs on.

use chrono::NaiveDateTime;
use diesel::prelude::*;
use serde::Serialize;
use serde_json::json;

use super::clock::Due;
use crate::accounts::{Account, Role, roles_of};
use crate::acts::Act;
use crate::clock::say_day;
use crate::db::DbConnection;
use crate::db::schema::{review_handovers as handovers, reviews};
use crate::error::{Error, Result};
use crate::ids::{AccountId, AssessmentId, ReviewId};
use crate::mail::Letter;
use crate::organisations::Organisation;
use crate::programme::Programme;
use crate::quality::Assessment;
use crate::review::review::{Review, ReviewState};
use crate::review::viewer::Independence;

/// One handing over, as it is stored.
#[derive(Debug, Clone, Queryable, Selectable, Insertable)]
#[diesel(table_name = handovers)]
pub struct Handover {
    pub review_id: ReviewId,
    pub number: i32,
    pub from_reviewer_id: AccountId,
    pub to_reviewer_id: AccountId,
    pub reason: String,
    pub handed_by: AccountId,
    pub handed_at: NaiveDateTime,
}

#[derive(Serialize)]
struct GivenLetter<'a> {
    organisation: &'a str,
    assessment: AssessmentId,
    by: &'a str,
    reason: &'a str,
    due: String,
    /// Someone else has begun it.
    begun: bool,
}
impl Letter for GivenLetter<'_> {
    const NAME: &'static str = "review-given";
}

#[derive(Serialize)]
struct PassedOnLetter<'a> {
    organisation: &'a str,
    reviewer: &'a str,
    by: &'a str,
    reason: &'a str,
}
impl Letter for PassedOnLetter<'_> {
    const NAME: &'static str = "review-passed-on";
}

impl Review {
    /// An administrator without a tie gives a submitted assessment to a reviewer without one.
    pub fn assign(
        act: &mut Act<'_>,
        by: Independence,
        assessment: &Assessment,
        to: AccountId,
        reason: &str,
    ) -> Result<Self> {
        by.covers_assessment(assessment.id)?;
        let free = independent_reviewer(act, assessment, to)?;
        let review = Self::take(act, assessment, free)?;
        let details = json!({ "to": to, "reason": reason });
        act.record("review assigned", review.subject(assessment.organisation_id), details)?;
        review.tell_new_reviewer(act, assessment, to, reason, false)?;
        Ok(review)
    }

    /// Its reviewer, or an administrator without a tie, gives it to another reviewer without one.
    pub fn hand_over(&self, act: &mut Act<'_>, by: Independence, to: AccountId, reason: &str) -> Result<()> {
        by.covers_assessment(self.assessment_id)?;
        if to == self.reviewer_id {
            return Err(Error::Conflict);
        }
        let is_steward = roles_of(act.conn, by.account())?.contains(&Role::Steward);
        if by.account() != self.reviewer_id && !is_steward {
            return Err(Error::NotAllowed);
        }
        let assessment = Assessment::find(act.conn, self.assessment_id)?;
        independent_reviewer(act, &assessment, to)?;
        let moved = diesel::update(reviews::table.find(self.id))
            .filter(reviews::state.eq(ReviewState::Open))
            .filter(reviews::reviewer_id.eq(self.reviewer_id))
            .set(reviews::reviewer_id.eq(to))
            .execute(act.conn)?;
        if moved == 0 {
            return Err(Error::Conflict);
        }
        self.write_handover(act, by.account(), to, reason)?;
        let details = json!({ "from": self.reviewer_id, "to": to, "reason": reason });
        act.record("review handed over", self.subject(assessment.organisation_id), details)?;
        self.tell_new_reviewer(act, &assessment, to, reason, true)?;
        self.tell_the_others(act, &assessment, by, to, reason)
    }

    /// Is it theirs now, or was it once?
    pub fn has_been_with(&self, conn: &mut DbConnection, account: AccountId) -> Result<bool> {
        let before =
            handovers::table.filter(handovers::review_id.eq(self.id)).filter(handovers::from_reviewer_id.eq(account));
        Ok(self.reviewer_id == account || diesel::select(diesel::dsl::exists(before)).get_result(conn)?)
    }

    fn write_handover(&self, act: &mut Act<'_>, by: AccountId, to: AccountId, reason: &str) -> Result<()> {
        let before: i64 = handovers::table.filter(handovers::review_id.eq(self.id)).count().get_result(act.conn)?;
        let row = Handover {
            review_id: self.id,
            number: i32::try_from(before + 1).map_err(Error::unexpected)?,
            from_reviewer_id: self.reviewer_id,
            to_reviewer_id: to,
            reason: reason.to_owned(),
            handed_by: by,
            handed_at: act.at,
        };
        diesel::insert_into(handovers::table).values(&row).execute(act.conn)?;
        Ok(())
    }

    fn tell_new_reviewer(
        &self,
        act: &mut Act<'_>,
        assessment: &Assessment,
        to: AccountId,
        reason: &str,
        begun: bool,
    ) -> Result<()> {
        let programme = Programme::now(act.conn)?;
        let organisation = Organisation::find(act.conn, assessment.organisation_id)?;
        let due = Due::of(self, assessment, &programme, act.today()).map(|due| say_day(due.on)).unwrap_or_default();
        let by = act.by.name.clone();
        let letter =
            GivenLetter { organisation: &organisation.name, assessment: assessment.id, by: &by, reason, due, begun };
        let reviewer = Account::find(act.conn, to)?;
        act.post(&reviewer.address(), &letter)
    }

    /// The organisation reads who has it now; the one who had it reads why, unless it was their own doing.
    fn tell_the_others(
        &self,
        act: &mut Act<'_>,
        assessment: &Assessment,
        by: Independence,
        to: AccountId,
        reason: &str,
    ) -> Result<()> {
        let organisation = Organisation::find(act.conn, assessment.organisation_id)?;
        let (before, after) = (Account::find(act.conn, self.reviewer_id)?, Account::find(act.conn, to)?);
        self.tell_who_has_it(act, &organisation, &after.name)?;
        if by.account() == before.id || !before.is_active() {
            return Ok(());
        }
        let name = act.by.name.clone();
        let letter = PassedOnLetter { organisation: &organisation.name, reviewer: &after.name, by: &name, reason };
        act.post(&before.address(), &letter)
    }
}

/// What someone had once and handed over, of what waits for its decision now.
pub fn handed_on_by(conn: &mut DbConnection, account: AccountId) -> Result<Vec<ReviewId>> {
    Ok(handovers::table
        .inner_join(reviews::table)
        .filter(handovers::from_reviewer_id.eq(account))
        .filter(reviews::state.eq(ReviewState::Recommended))
        .select(handovers::review_id)
        .load(conn)?)
}

/// Someone who is a reviewer and has no tie.
fn independent_reviewer(act: &mut Act<'_>, assessment: &Assessment, account: AccountId) -> Result<Independence> {
    if !roles_of(act.conn, account)?.contains(&Role::Reviewer) {
        return Err(Error::NotAllowed);
    }
    Independence::establish(act.conn, account, assessment, act.at)
}
