//! Reminders of days that are near or past: to the reviewer, to those who may decide, and to the administrators once a
//! day is past. Each once; and none while the organisation has the assessment.

use std::collections::BTreeSet;

use diesel::prelude::*;
use serde::Serialize;

use super::clock::Due;
use crate::accounts::{Account, tell_stewards};
use crate::acts::Act;
use crate::clock::say_day;
use crate::db::schema::review_nudges as nudges;
use crate::db::unless_taken;
use crate::error::Result;
use crate::ids::{AssessmentId, ReviewId};
use crate::letters_alike;
use crate::programme::Programme;
use crate::review::review::{ListedReview, Review};
use crate::text_enum;

text_enum! {
    /// What is spoken of.
    pub enum Nudge {
        ReviewNear = "review_near",
        ReviewPast = "review_past",
        DecisionNear = "decision_near",
        DecisionPast = "decision_past",
    }
}

impl Nudge {
    fn of(due: Due, today: chrono::NaiveDate) -> Option<Self> {
        match (due.is_decision, due.is_past(today), due.is_near(today)) {
            (false, true, _) => Some(Self::ReviewPast),
            (true, true, _) => Some(Self::DecisionPast),
            (false, false, true) => Some(Self::ReviewNear),
            (true, false, true) => Some(Self::DecisionNear),
            (_, false, false) => None,
        }
    }
}

/// What each of the letters is told.
#[derive(Serialize)]
struct Told<'a> {
    organisation: &'a str,
    assessment: AssessmentId,
    reviewer: &'a str,
    due: String,
    past: bool,
    decision: bool,
}

letters_alike! { Told:
    ReviewDueLetter = "review-due";
    DecisionDueLetter = "decision-due";
    LateLetter = "review-late";
}

/// Speaks of what is near or past. How many reviews: call again until it is none.
pub fn remind_of_reviews(act: &mut Act<'_>) -> Result<usize> {
    let programme = Programme::now(act.conn)?;
    let running = Review::all_running(act.conn)?;
    let ids: Vec<ReviewId> = running.iter().map(|listed| listed.review.id).collect();
    let told: Vec<(ReviewId, Nudge)> =
        nudges::table.filter(nudges::review_id.eq_any(ids)).select((nudges::review_id, nudges::kind)).load(act.conn)?;
    let told: BTreeSet<(ReviewId, Nudge)> = told.into_iter().collect();
    let mut spoken_of = 0;
    for listed in &running {
        let Some(due) = Due::of_listed(listed, &programme, act.today()) else { continue };
        let nudge =
            Nudge::of(due, act.today()).filter(|nudge| !due.is_paused && !told.contains(&(listed.review.id, *nudge)));
        let Some(nudge) = nudge else { continue };
        let row = (nudges::review_id.eq(listed.review.id), nudges::kind.eq(nudge), nudges::sent_at.eq(act.at));
        if unless_taken(act.conn, |conn| diesel::insert_into(nudges::table).values(row).execute(conn))?.is_some() {
            tell(act, listed, due)?;
            spoken_of += 1;
        }
    }
    Ok(spoken_of)
}

fn tell(act: &mut Act<'_>, listed: &ListedReview, due: Due) -> Result<()> {
    let past = due.is_past(act.today());
    let told = || Told {
        organisation: &listed.organisation.name,
        assessment: listed.assessment.id,
        reviewer: &listed.reviewer_name,
        due: say_day(due.on),
        past,
        decision: due.is_decision,
    };
    if due.is_decision {
        listed.review.tell_deciders(act, &listed.organisation, &DecisionDueLetter(told()))?;
    } else {
        let reviewer = Account::find(act.conn, listed.review.reviewer_id)?;
        if reviewer.is_active() {
            act.post(&reviewer.address(), &ReviewDueLetter(told()))?;
        }
    }
    if past { tell_stewards(act, &LateLetter(told())) } else { Ok(()) }
}
