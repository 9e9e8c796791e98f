//! What the words of a review are called for people.

use super::endorsement::EndorsementState;
use super::finding::{Finding, Look};
use super::review::Outcome;
use crate::quality::{AssessmentState, Judgement, Level};

pub fn level_name(level: Level) -> &'static str {
    match level {
        Level::Emerging => "Emerging",
        Level::Established => "Established",
        Level::Excelling => "Excelling",
    }
}

/// A level, or that none is reached.
pub(super) fn level_or_not_yet(level: Option<Level>) -> &'static str {
    level.map_or("Not yet", level_name)
}

pub(super) fn outcome_name(outcome: Outcome) -> &'static str {
    level_or_not_yet(outcome.level())
}

pub(super) fn judgement_name(judgement: Judgement) -> &'static str {
    match judgement {
        Judgement::NotApplicable => "Does not apply",
        other => level_or_not_yet(other.level()),
    }
}

pub(super) fn finding_name(finding: Finding) -> &'static str {
    match finding {
        Finding::Agreed => "We agree",
        Finding::AgreedWithAdvice => "We agree, with advice",
        Finding::NotYet => "Not shown yet",
        Finding::GoodPractice => "Good practice",
    }
}

pub(super) fn finding_meaning(finding: Finding) -> &'static str {
    match finding {
        Finding::Agreed => "The answer and the evidence support the judgement",
        Finding::AgreedWithAdvice => "They support it. Say in the note what would make it stronger",
        Finding::NotYet => "They do not support it yet. Say in the note what is missing",
        Finding::GoodPractice => "Others can learn from it. Say in the note what is so good",
    }
}

/// The colour of a tag.
pub(super) fn finding_colour(finding: Finding) -> &'static str {
    match finding {
        Finding::Agreed => "green",
        Finding::AgreedWithAdvice => "yellow",
        Finding::NotYet => "red",
        Finding::GoodPractice => "purple",
    }
}

/// Words and colour for where a reviewer is.
pub(super) fn look_tag(look: Look) -> (&'static str, &'static str) {
    match look {
        Look::NotApplicable => ("Need not be checked", "grey"),
        Look::ToLookAt => ("To do", "blue"),
        Look::ToLookAtAgain(_) => ("Changed: look again", "orange"),
        Look::Found(finding) => (finding_name(finding), finding_colour(finding)),
    }
}

pub(super) fn stage_of_review(state: AssessmentState) -> &'static str {
    match state {
        AssessmentState::Draft => "Being written",
        AssessmentState::Submitted => "Waiting for a reviewer",
        AssessmentState::InReview => "In review",
        AssessmentState::ChangesRequested => "With the organisation",
        AssessmentState::Recommended => "Waiting for a decision",
        AssessmentState::Endorsed => "Endorsed",
        AssessmentState::NotYet => "Not yet endorsed",
    }
}

/// The colour of a tag.
pub(super) fn endorsement_state_colour(state: EndorsementState) -> &'static str {
    match state {
        EndorsementState::InForce => "green",
        EndorsementState::Replaced | EndorsementState::Lapsed => "grey",
        EndorsementState::Suspended => "orange",
        EndorsementState::Revoked => "red",
    }
}

pub fn endorsement_state_name(state: EndorsementState) -> &'static str {
    match state {
        EndorsementState::InForce => "In force",
        EndorsementState::Replaced => "Replaced by a newer one",
        EndorsementState::Lapsed => "Ended",
        EndorsementState::Suspended => "Suspended",
        EndorsementState::Revoked => "Revoked",
    }
}
