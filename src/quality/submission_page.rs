//! The last look before a self-assessment is submitted, or sent back to the reviewer.

use serde::Serialize;

use super::assessment::AssessmentState;
use super::pages::{Home, status_of};
use super::progress::Sheet;
use crate::framework::{Indicator, level_name};
use crate::web::{Choice, Filled, Link, Page, count};

/// The last look before it is submitted, or sent back to the reviewer.
#[derive(Serialize)]
pub struct SubmissionPage {
    organisation_name: String,
    heading: &'static str,
    action: String,
    is_return: bool,
    gaps: Vec<Gap>,
    gaps_text: String,
    thin: Vec<Gap>,
    thin_text: String,
    level_text: String,
    form: Filled,
    declaration: Vec<Choice>,
    #[serde(skip)]
    back_to: String,
}

#[derive(Serialize)]
struct Gap {
    question: String,
    address: String,
    note: &'static str,
}

impl SubmissionPage {
    pub fn new(home: &Home<'_>, sheet: &Sheet, form: Filled) -> Self {
        let is_return = sheet.assessment.state() == AssessmentState::ChangesRequested;
        let gap = |indicator: &Indicator, note| Gap {
            question: indicator.question.clone(),
            address: home.indicator(&indicator.id),
            note,
        };
        let gaps: Vec<_> = sheet.gaps().into_iter().map(|i| gap(i, status_of(sheet, i).0)).collect();
        let thin: Vec<_> = sheet.thinly_shown().map(|i| gap(i, what_is_thin(sheet, i))).collect();
        Self {
            organisation_name: home.name.to_owned(),
            heading: if is_return { "Send your changes back" } else { "Submit your self-assessment" },
            action: home.submission(),
            is_return,
            gaps_text: count(gaps.len(), "question is", "questions are"),
            gaps,
            thin_text: count(thin.len(), "answer has", "answers have"),
            thin,
            level_text: say_level(sheet),
            form,
            declaration: vec![Choice::new("yes", DECLARATION)],
            back_to: home.quality(),
        }
    }
}

const DECLARATION: &str = "The answers are right as far as I know, the people who govern us know about them, and no \
                           young person is named in the answers or the files";

fn what_is_thin(sheet: &Sheet, indicator: &Indicator) -> &'static str {
    let has_words = sheet.answer(indicator).is_some_and(|answer| !answer.narrative.is_empty());
    match (has_words, sheet.evidence_of(indicator).next().is_some()) {
        (false, false) => "No words, no file",
        (false, true) => "No words",
        _ => "No file",
    }
}

fn say_level(sheet: &Sheet) -> String {
    match sheet.level() {
        Some(level) => format!("Taken together, your own answers support the level {}.", level_name(level)),
        None => {
            "Taken together, your own answers do not support the level Emerging yet: it needs every question marked \
                 must, and 4 in 5 of those marked should. You can submit all the same and have a reviewer’s advice."
                .to_owned()
        }
    }
}

impl Page for SubmissionPage {
    const TEMPLATE: &'static str = "quality/submission";
    fn title(&self) -> String {
        self.heading.into()
    }
    fn back(&self) -> Option<Link> {
        Link::back(&self.back_to)
    }
}
