//! The pages of whoever asks to take over, and of whoever objects.

use serde::Serialize;

use super::contact::Contact;
use super::forms::{ObjectionForm, RescueForm};
use super::rescue::{Rescue, RescueState};
use crate::accounts::Account;
use crate::clock::{day_of, say_day};
use crate::organisations::{Engagement, Organisation};
use crate::web::{Choice, Filled, Link, Page, Sample, sample};

pub(super) const ASKED: &str = "You have asked to take over";
pub(super) const WITHDRAWN: &str = "You no longer ask to take over";
pub(super) const OBJECTED: &str = "Your objection is recorded";

/// Someone asks to take over.
#[derive(Serialize)]
pub struct AskPage {
    organisation_name: String,
    address: String,
    /// What was said when they asked before.
    refused: Option<String>,
    engagements: Vec<Choice>,
    form: Filled,
}
impl AskPage {
    pub fn new(organisation: &Organisation, latest: Option<&Rescue>, form: Filled) -> Self {
        let refused = latest.filter(|rescue| rescue.state() == RescueState::Refused);
        Self {
            organisation_name: organisation.name.clone(),
            address: format!("/take-over/{}", organisation.slug),
            refused: refused.and_then(|rescue| rescue.decision_reasons.clone()),
            engagements: engagements(),
            form,
        }
    }
}
impl Page for AskPage {
    const TEMPLATE: &'static str = "rescue/ask";
    fn title(&self) -> String {
        format!("Take over {}", self.organisation_name)
    }
    fn back(&self) -> Option<Link> {
        Link::back("/my")
    }
}

fn engagements() -> Vec<Choice> {
    let name = |engagement: &Engagement| match engagement {
        Engagement::Paid => "I am paid",
        Engagement::Volunteer => "I am a volunteer",
        Engagement::Trustee => "I am a trustee, a director or on the committee",
    };
    Engagement::ALL.iter().map(|engagement| Choice::new(engagement.as_str(), name(engagement))).collect()
}

/// What someone has asked for, while it is under way.
#[derive(Serialize)]
pub struct MinePage {
    organisation_name: String,
    address: String,
    awaiting: bool,
    asked_on: String,
    ends_on: String,
    position: String,
    reasons: String,
}
impl MinePage {
    pub fn new(organisation: &Organisation, rescue: &Rescue) -> Self {
        Self {
            organisation_name: organisation.name.clone(),
            address: format!("/take-over/{}", organisation.slug),
            awaiting: rescue.state() == RescueState::Awaiting,
            asked_on: say_day(day_of(rescue.asked_at)),
            ends_on: say_day(day_of(rescue.open_until)),
            position: rescue.position.clone(),
            reasons: rescue.reasons.clone(),
        }
    }
}
impl Page for MinePage {
    const TEMPLATE: &'static str = "rescue/mine";
    fn title(&self) -> String {
        format!("You ask to take over {}", self.organisation_name)
    }
    fn back(&self) -> Option<Link> {
        Link::back("/my")
    }
}

/// Somebody else has asked.
#[derive(Serialize)]
pub struct TakenPage {
    organisation_name: String,
}
impl TakenPage {
    pub fn new(organisation: &Organisation) -> Self {
        Self { organisation_name: organisation.name.clone() }
    }
}
impl Page for TakenPage {
    const TEMPLATE: &'static str = "rescue/taken";
    fn title(&self) -> String {
        "Someone has asked already".into()
    }
    fn back(&self) -> Option<Link> {
        Link::back("/my")
    }
}

/// A contact reads who asks, and may object.
#[derive(Serialize)]
pub struct ObjectionPage {
    organisation_name: String,
    name: String,
    position: String,
    reasons: String,
    ends_on: String,
    address: String,
    objection: Option<String>,
    open: bool,
    form: Filled,
}
impl ObjectionPage {
    pub fn new(
        organisation: &Organisation,
        rescue: &Rescue,
        asker: &Account,
        contact: &Contact,
        address: String,
        form: Filled,
    ) -> Self {
        Self {
            organisation_name: organisation.name.clone(),
            name: asker.name.clone(),
            position: rescue.position.clone(),
            reasons: rescue.reasons.clone(),
            ends_on: say_day(day_of(rescue.open_until)),
            address,
            objection: contact.objection.clone(),
            open: rescue.state() == RescueState::Open,
            form,
        }
    }
}
impl Page for ObjectionPage {
    const TEMPLATE: &'static str = "rescue/objection";
    fn title(&self) -> String {
        format!("{} asks to take over {}", self.name, self.organisation_name)
    }
}

#[derive(Serialize)]
pub struct GoneObjectionPage {}
impl Page for GoneObjectionPage {
    const TEMPLATE: &'static str = "rescue/gone-objection";
    fn title(&self) -> String {
        "This link does not work".into()
    }
}

/// Each page with made-up content.
pub fn samples() -> Vec<Sample> {
    let ask = |refused: Option<String>| AskPage {
        organisation_name: "The Hub".into(),
        address: "/take-over/the-hub".into(),
        refused,
        engagements: engagements(),
        form: Filled::blank(RescueForm::FIELDS).with_problem("position", "Enter what you are there"),
    };
    let mine = |awaiting: bool| MinePage {
        organisation_name: "The Hub".into(),
        address: "/take-over/the-hub".into(),
        awaiting,
        asked_on: "3 November 2026".into(),
        ends_on: "17 November 2026".into(),
        position: "Chair".into(),
        reasons: "Asha has moved away.".into(),
    };
    let refused = Filled::blank(ObjectionForm::FIELDS).with_problem("reason", "Enter why they should not take over");
    let objection = |open: bool, objection: Option<String>| ObjectionPage {
        form: if open && objection.is_none() { refused.clone() } else { Filled::blank(ObjectionForm::FIELDS) },
        organisation_name: "The Hub".into(),
        name: "Rob Ward".into(),
        position: "Chair".into(),
        reasons: "Asha has moved away.".into(),
        ends_on: "17 November 2026".into(),
        address: "/objections/0123".into(),
        objection,
        open,
    };
    vec![
        sample(&ask(None)),
        sample(&ask(Some("You were not known there.".into()))),
        sample(&mine(false)),
        sample(&mine(true)),
        sample(&TakenPage { organisation_name: "The Hub".into() }),
        sample(&objection(true, None)),
        sample(&objection(true, Some("I am still here.".into()))),
        sample(&objection(false, None)),
        sample(&GoneObjectionPage {}),
    ]
}
