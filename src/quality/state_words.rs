//! Where a self-assessment is, in words, and what happens next.
//! Not here: where one answer is; `pages` says that in its list.

use serde::Serialize;

use super::assessment::{Assessment, AssessmentState};
use crate::clock::{day_of, say_day};

#[derive(Serialize)]
pub(super) struct StateWords {
    tag: &'static str,
    colour: &'static str,
    text: String,
    next_text: &'static str,
}

/// What a state is called, and how that is coloured.
pub fn state_tag(state: AssessmentState, is_sealed: bool) -> (&'static str, &'static str) {
    match state {
        AssessmentState::Draft if is_sealed => ("Waiting for a signature", "turquoise"),
        AssessmentState::Draft => ("In progress", "blue"),
        AssessmentState::Submitted => ("Submitted", "turquoise"),
        AssessmentState::InReview => ("In review", "turquoise"),
        AssessmentState::ChangesRequested => ("Changes wanted", "yellow"),
        AssessmentState::Recommended => ("Waiting for a decision", "turquoise"),
        AssessmentState::Endorsed => ("Endorsed", "green"),
        AssessmentState::NotYet => ("Decided: not yet", "grey"),
    }
}

/// Where it is, and what happens next.
pub(super) fn state_words(assessment: &Assessment) -> StateWords {
    let submitted = assessment.submitted_at.map(|at| say_day(day_of(at))).unwrap_or_default();
    let is_sealed = assessment.sealed_copy().is_some();
    let (tag, colour) = state_tag(assessment.state(), is_sealed);
    let (text, next_text) = match assessment.state() {
        AssessmentState::Draft if is_sealed => (
            "Signed for the work. It is sent when someone has signed for those who govern you.".to_owned(),
            "Nothing can be changed meanwhile. If something is not right, take it back first.",
        ),
        AssessmentState::Draft => (
            format!("Begun on {}. Answers are kept as you save them.", say_day(day_of(assessment.started_at))),
            "When every question is answered, a lead signs it, and then someone who governs. A reviewer then reads it with \
             your evidence.",
        ),
        AssessmentState::Submitted => (
            format!("Submitted on {submitted}. It is locked, so that everyone looks at the same answers."),
            "A reviewer of the VRP will read it next. Your leads get an email when something happens.",
        ),
        AssessmentState::InReview => (
            format!("Submitted on {submitted}. A reviewer is reading your answers and evidence."),
            "If something is not clear, they will say what and why, and you can change it. Else they recommend a level.",
        ),
        AssessmentState::ChangesRequested => (
            "The reviewer would like you to look again at the answers below. The others stay locked.".to_owned(),
            "Change each answer or add evidence, and save it. Then a lead sends them all back together.",
        ),
        AssessmentState::Recommended => (
            "The reviewer has finished and made a recommendation.".to_owned(),
            "Someone else at the VRP decides. Your leads get an email with the decision.",
        ),
        AssessmentState::Endorsed | AssessmentState::NotYet => (say_outcome(assessment), ""),
    };
    StateWords { tag, colour, text, next_text }
}

/// How it ended.
pub(super) fn say_outcome(assessment: &Assessment) -> String {
    let on = assessment.decided_at.map(|at| format!(" on {}", say_day(day_of(at)))).unwrap_or_default();
    match assessment.state() {
        AssessmentState::Endorsed => format!("Your last self-assessment was endorsed{on}."),
        _ => format!(
            "Your last self-assessment was decided{on}: not yet. What the reviewer wrote will help you with the next."
        ),
    }
}
