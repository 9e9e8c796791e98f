//! The days by which a review and a decision should be done. They are targets: nothing happens on them by itself; and no
//! day counts while the organisation has its self-assessment back.

use chrono::{Days, NaiveDate};
use serde::Serialize;

use crate::clock::{day_of, say_day};
use crate::programme::Programme;
use crate::quality::{Assessment, AssessmentState};
use crate::review::review::{ListedReview, Review, ReviewState};

/// A day is near so long before it.
const NEAR: Days = Days::new(7);

/// The day that a review is at.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Due {
    pub on: NaiveDate,
    /// The decision is waited for; else the recommendation.
    pub is_decision: bool,
    /// The organisation has it: the day moves on with every day that it does.
    pub is_paused: bool,
}

impl Due {
    /// Nothing is due of what is decided.
    pub fn of(review: &Review, assessment: &Assessment, programme: &Programme, today: NaiveDate) -> Option<Self> {
        let (from, days, is_decision) = match review.state() {
            ReviewState::Open => (review.started_at, programme.review_days + assessment.days_away(today), false),
            ReviewState::Recommended => (review.recommended_at?, programme.decision_days, true),
            ReviewState::Decided => return None,
        };
        let on = day_of(from).checked_add_days(Days::new(days.into()))?;
        Some(Self { on, is_decision, is_paused: assessment.state() == AssessmentState::ChangesRequested })
    }

    /// [`Due::of`] what is in a list.
    pub fn of_listed(listed: &ListedReview, programme: &Programme, today: NaiveDate) -> Option<Self> {
        Self::of(&listed.review, &listed.assessment, programme, today)
    }

    pub fn is_past(self, today: NaiveDate) -> bool {
        self.on < today
    }

    pub fn is_near(self, today: NaiveDate) -> bool {
        today.checked_add_days(NEAR).is_some_and(|soon| self.on <= soon)
    }
}

/// A day as a tag.
#[derive(Debug, Clone, Serialize)]
pub struct DueTag {
    pub text: String,
    pub colour: &'static str,
}

impl DueTag {
    pub fn new(due: Due, today: NaiveDate) -> Self {
        if due.is_paused {
            return Self { text: "The clock waits for the organisation".into(), colour: "grey" };
        }
        let verb = if due.is_decision { "Decide" } else { "Recommend" };
        let colour = match (due.is_past(today), due.is_near(today)) {
            (true, _) => "red",
            (false, true) => "yellow",
            (false, false) => "blue",
        };
        Self { text: format!("{verb} by {}", say_day(due.on)), colour }
    }
}
