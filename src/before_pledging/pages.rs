//! The way to a pledge as its organisation sees it, step by step, and the page on which it says that it is interested.

use serde::Serialize;

use super::forms::InterestForm;
use super::way::Way;
use crate::clock::{day_of, say_day};
use crate::organisations::Organisation;
use crate::web::{Filled, Link, Page, Sample, count, sample};

pub(super) const EXPRESSED: &str = "Thank you. The Violence Reduction Partnership knows that you are interested";
pub(super) const WITHDRAWN: &str = "Your interest is withdrawn";

pub(super) fn pledge_address(organisation: &Organisation) -> String {
    format!("/organisations/{}/pledge", organisation.slug)
}

/// One step, in a list of tasks.
#[derive(Debug, Clone, Serialize)]
pub struct StepView {
    name: &'static str,
    detail: String,
    address: Option<String>,
    status: &'static str,
    colour: Option<&'static str>,
}

impl StepView {
    /// For samples of the pages that show them.
    pub fn samples() -> Vec<Self> {
        let step = |name, status, colour, address: Option<&str>| Self {
            name,
            detail: "3 people want to come".into(),
            address: address.map(Into::into),
            status,
            colour,
        };
        vec![
            step("Say that you are interested", "Done", None, Some("/organisations/the-hub/interest")),
            step("Go to Charter training", "Next", Some("blue"), Some("/my/sessions?module=charter")),
            step("Write and sign your pledge", "Not yet", Some("grey"), None),
        ]
    }
}

/// The steps up to a first pledge. Only leads are led on to them.
pub fn steps(organisation: &Organisation, way: &Way, can_lead: bool) -> Vec<StepView> {
    let training_done = way.trained_at.is_some() || way.let_off;
    let interest = StepView {
        name: "Say that you are interested",
        detail: match &way.interest {
            Some(said) => format!(
                "{} to come to the training",
                count(said.people.unsigned_abs() as usize, "person wants", "people want")
            ),
            None => "So that the training is planned with you in mind".to_owned(),
        },
        address: can_lead.then(|| format!("/organisations/{}/interest", organisation.slug)),
        status: if way.interest.is_some() {
            "Done"
        } else if training_done {
            "Not needed"
        } else {
            "Next"
        },
        colour: (way.interest.is_none() && !training_done).then_some("blue"),
    };
    let training = StepView {
        name: "Go to Charter training",
        detail: match (way.trained_at, way.let_off, way.booked) {
            (Some(at), ..) => format!("Someone of yours was there on {}", say_day(day_of(at))),
            (None, true, _) => "The Violence Reduction Partnership lets you pledge without it".to_owned(),
            (None, false, 0) => {
                "Trained young people show what the Charter asks of you. Book places for two or three people".to_owned()
            }
            (None, false, booked) => format!("{} ahead", count(booked.unsigned_abs() as usize, "place", "places")),
        },
        address: Some(match can_lead {
            true => format!("/organisations/{}/training/sessions?module=charter", organisation.slug),
            false => "/my/sessions?module=charter".to_owned(),
        }),
        status: if training_done {
            "Done"
        } else if way.booked > 0 {
            "Booked"
        } else {
            "Next"
        },
        colour: (!training_done).then_some(if way.booked > 0 { "turquoise" } else { "blue" }),
    };
    let pledge = StepView {
        name: "Write and sign your pledge",
        detail: "About half an hour, and two people sign".to_owned(),
        address: None,
        status: if way.is_open() { "Next" } else { "Not yet" },
        colour: Some(if way.is_open() { "blue" } else { "grey" }),
    };
    vec![interest, training, pledge]
}

/// Saying that one is interested.
#[derive(Serialize)]
pub struct InterestPage {
    organisation_name: String,
    address: String,
    /// It was said before.
    said: bool,
    form: Filled,
    #[serde(skip)]
    back: String,
}

impl InterestPage {
    pub fn new(organisation: &Organisation, said: bool, form: Filled) -> Self {
        Self {
            organisation_name: organisation.name.clone(),
            address: format!("/organisations/{}/interest", organisation.slug),
            said,
            form,
            back: pledge_address(organisation),
        }
    }
}

impl Page for InterestPage {
    const TEMPLATE: &'static str = "before_pledging/interest";
    fn title(&self) -> String {
        "Your interest in the Youth Charter".into()
    }
    fn back(&self) -> Option<Link> {
        Link::back(&self.back)
    }
}

pub(super) fn samples() -> Vec<Sample> {
    let page = |said| InterestPage {
        organisation_name: "The Hub".into(),
        address: "/organisations/the-hub/interest".into(),
        said,
        form: Filled::blank(InterestForm::FIELDS).with_problem("people", "Enter how many people would come"),
        back: "/organisations/the-hub/pledge".into(),
    };
    vec![sample(&page(false)), sample(&page(true))]
}
