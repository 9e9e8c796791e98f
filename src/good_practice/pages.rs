//! What an organisation's leads see: the marks they have, and one to share.

use serde::Serialize;

use super::forms::PracticeForm;
use super::practice::{Practice, PracticeState};
use crate::clock::{day_of, say_day};
use crate::framework::{Framework, Indicator};
use crate::organisations::Organisation;
use crate::web::{Choice, Filled, Link, Page, Sample, choices, sample};

pub(super) const SHARED: &str = "Others can read it now. Thank you";
pub(super) const WITHDRAWN: &str = "It is taken back. Nobody else can read it now";

/// Whose marks they are.
#[derive(Clone, Copy)]
pub struct Place<'a> {
    name: &'a str,
    slug: &'a str,
}

impl<'a> Place<'a> {
    pub fn of(organisation: &'a Organisation) -> Self {
        Self { name: &organisation.name, slug: &organisation.slug }
    }

    pub fn address(self) -> String {
        format!("/organisations/{}/good-practice", self.slug)
    }
}

#[derive(Serialize)]
struct PracticeRow {
    question: String,
    address: String,
    note: String,
    words: String,
    found_on: String,
    tag: &'static str,
    colour: &'static str,
    is_shared: bool,
}

/// Every mark of an organisation.
#[derive(Serialize)]
pub struct PracticesPage {
    organisation_name: String,
    marks: Vec<PracticeRow>,
    may_share: bool,
    #[serde(skip)]
    back_to: String,
}

impl PracticesPage {
    pub fn new(place: Place<'_>, marks: &[Practice], questions: &[Indicator], may_share: bool) -> Self {
        let row = |mark: &Practice| {
            let question = questions.iter().find(|i| i.id == mark.indicator_id).map(|i| i.question.clone());
            let (tag, colour) = say_state(mark.state());
            PracticeRow {
                question: question.unwrap_or_default(),
                address: format!("{}/{}", place.address(), mark.id),
                note: mark.note.clone(),
                words: mark.words.clone(),
                found_on: say_day(day_of(mark.found_at)),
                tag,
                colour,
                is_shared: mark.state() == PracticeState::Shared,
            }
        };
        Self {
            organisation_name: place.name.to_owned(),
            marks: marks.iter().map(row).collect(),
            may_share,
            back_to: format!("/organisations/{}/quality", place.slug),
        }
    }
}

fn say_state(state: PracticeState) -> (&'static str, &'static str) {
    match state {
        PracticeState::Offered => ("Not shared", "blue"),
        PracticeState::Shared => ("Shared", "green"),
        PracticeState::Withdrawn => ("Taken back", "grey"),
    }
}

impl Page for PracticesPage {
    const TEMPLATE: &'static str = "good_practice/practices";
    fn title(&self) -> String {
        "Your good practice".into()
    }
    fn back(&self) -> Option<Link> {
        Some(Link::new("Quality self-assessment", &self.back_to))
    }
}

/// One mark, to share or take back.
#[derive(Serialize)]
pub struct PracticePage {
    question: String,
    note: String,
    action: String,
    /// Where to take it back, while it is shared.
    withdrawal: Option<String>,
    form: Filled,
    agreed: Vec<Choice>,
    #[serde(skip)]
    back_to: String,
}

impl PracticePage {
    pub fn new(place: Place<'_>, practice: &Practice, indicator: &Indicator, form: Filled) -> Self {
        let back_to = place.address();
        let action = format!("{back_to}/{}", practice.id);
        Self {
            question: indicator.question.clone(),
            note: practice.note.clone(),
            withdrawal: (practice.state() == PracticeState::Shared).then(|| format!("{action}/withdrawal")),
            action,
            form,
            agreed: choices(&[("yes", "Anyone may read this with our organisation’s name. No young person is named")]),
            back_to,
        }
    }
}

impl Page for PracticePage {
    const TEMPLATE: &'static str = "good_practice/practice";
    fn title(&self) -> String {
        "Share how you do it".into()
    }
    fn back(&self) -> Option<Link> {
        Some(Link::new("Your good practice", &self.back_to))
    }
}

pub(super) fn samples() -> Vec<Sample> {
    let framework = Framework::written_in_content(Default::default()).expect("the content holds a framework");
    let place = Place { name: "The Hub", slug: "the-hub" };
    let made_up = |(state, indicator): (&PracticeState, &Indicator)| Practice {
        id: crate::ids::PracticeId::new(),
        organisation_id: crate::ids::OrganisationId::new(),
        indicator_id: indicator.id.clone(),
        endorsement_id: crate::ids::EndorsementId::new(),
        note: "The young helpers at the door are a model for others.".into(),
        found_at: Default::default(),
        state: *state,
        words: if *state == PracticeState::Offered { String::new() } else { "Two young people greet.".into() },
        shared_by: None,
        shared_at: None,
    };
    let marks: Vec<_> = PracticeState::ALL.iter().zip(&framework.indicators).map(made_up).collect();
    let form = Filled::blank(PracticeForm::FIELDS);
    let page = |mark: &Practice, form| PracticePage::new(place, mark, &framework.indicators[0], form);
    vec![
        sample(&PracticesPage::new(place, &marks, &framework.indicators, true)),
        sample(&PracticesPage::new(place, &[], &[], true)),
        sample(&page(&marks[0], form.clone())),
        sample(&page(&marks[1], form.with_problem("agreed", "Tick the box to agree that anyone may read it"))),
    ]
}
