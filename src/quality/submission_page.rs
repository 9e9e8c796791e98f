//! The last look before a self-assessment is submitted, or sent back to the reviewer.

use chrono::NaiveDate;
use serde::Serialize;

use super::assessment::AssessmentState;
use super::pages::{Home, status_of};
use super::progress::{Doubt, Sheet};
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
    thin: Vec<ThinGap>,
    thin_text: String,
    level_text: String,
    /// Who may give the second signature.
    others: Vec<String>,
    /// One person signs for both sides, by leave of the VRP.
    one_signs: bool,
    invite: String,
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

/// An answer that a reviewer may ask about.
#[derive(Serialize)]
struct ThinGap {
    question: String,
    address: String,
    notes: Vec<&'static str>,
}

impl SubmissionPage {
    pub fn new(home: &Home<'_>, sheet: &Sheet, form: Filled, today: NaiveDate) -> Self {
        let is_return = sheet.assessment.state() == AssessmentState::ChangesRequested;
        let gap = |indicator: &Indicator, note| Gap {
            question: indicator.question.clone(),
            address: home.indicator(&indicator.id),
            note,
        };
        let gaps: Vec<_> = sheet.gaps().into_iter().map(|i| gap(i, status_of(sheet, i).0)).collect();
        let doubted = |indicator: &Indicator| {
            let notes: Vec<_> = sheet.doubts_about(indicator, today).into_iter().map(say_doubt).collect();
            let (question, address) = (indicator.question.clone(), home.indicator(&indicator.id));
            (!notes.is_empty()).then_some(ThinGap { question, address, notes })
        };
        let thin: Vec<_> = sheet.framework.indicators.iter().filter_map(doubted).collect();
        Self {
            organisation_name: home.name.to_owned(),
            heading: if is_return { "Send your changes back" } else { "Submit your self-assessment" },
            action: home.submission(),
            is_return,
            gaps_text: count(gaps.len(), "question is", "questions are"),
            gaps,
            thin_text: count(thin.len(), "answer", "answers"),
            thin,
            level_text: say_level(sheet),
            others: Vec::new(),
            one_signs: false,
            invite: format!("{}/people/invitations/new", home.organisation()),
            form,
            declaration: vec![Choice::new("yes", DECLARATION)],
            back_to: home.quality(),
        }
    }
}

/// Who may sign next.
pub struct SecondSide {
    pub others: Vec<String>,
    /// The VRP lets one person sign for both.
    pub one_signs: bool,
}

impl SubmissionPage {
    pub fn with_second_side(self, side: SecondSide) -> Self {
        Self { others: side.others, one_signs: side.one_signs, ..self }
    }
}

pub(super) const DECLARATION: &str = "The answers are right as far as I know, the people who govern us know about them, and no \
                           young person is named in the answers or the files";

fn say_doubt(doubt: Doubt) -> &'static str {
    match doubt {
        Doubt::NoWords => "Nothing is said in your own words",
        Doubt::NoEvidence => "It is met, and nothing shows it yet",
        Doubt::RecordLapsed => "What the portal knows was met, and is out of date",
        Doubt::OldEvidence => "All of its evidence is older than 2 years",
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
