//! The pages on which a provider says what a session is, where, for how many; and calls it off.

use serde::Serialize;

use super::forms::CHARTER;
use super::provider_pages::session_address;
use super::session::{HeldFor, Setting, TrainingSession};
use crate::clock::{day_of, time_of};
use crate::organisations::District;
use crate::training::Module;
use crate::web::{Choice, Filled, Link, Page, Sample, sample};

/// What and when.
#[derive(Serialize)]
pub struct WhatPage {
    heading: &'static str,
    action: String,
    subjects: Vec<Choice>,
    form: Filled,
    #[serde(skip)]
    back: String,
}

impl WhatPage {
    pub fn new_session(modules: &[Module], form: Filled) -> Self {
        let action = "/provider/sessions/new".to_owned();
        Self { heading: "Plan a session", action, subjects: subjects(modules), form, back: "/provider".to_owned() }
    }

    pub fn of(session: &TrainingSession, modules: &[Module], form: Filled) -> Self {
        let back = session_address(session.id);
        Self { heading: "What and when", action: format!("{back}/what"), subjects: subjects(modules), form, back }
    }
}

impl Page for WhatPage {
    const TEMPLATE: &'static str = "training_sessions/what";
    fn title(&self) -> String {
        self.heading.into()
    }
    fn back(&self) -> Option<Link> {
        Link::back(self.back.clone())
    }
}

/// Where.
#[derive(Serialize)]
pub struct WherePage {
    address: String,
    settings: Vec<Choice>,
    districts: Vec<Choice>,
    form: Filled,
}

impl WherePage {
    pub fn of(session: &TrainingSession, districts: &[District], form: Filled) -> Self {
        let settings =
            vec![Choice::new(Setting::Place.as_str(), "At a place"), Choice::new(Setting::Online.as_str(), "Online")];
        Self { address: session_address(session.id), settings, districts: district_choices(districts), form }
    }
}

impl Page for WherePage {
    const TEMPLATE: &'static str = "training_sessions/where";
    fn title(&self) -> String {
        "Where is it?".into()
    }
    fn back(&self) -> Option<Link> {
        Link::back(self.address.clone())
    }
}

/// For how many, for how much, and for whom places are held.
#[derive(Serialize)]
pub struct PlacesPage {
    address: String,
    holders: Vec<Choice>,
    districts: Vec<Choice>,
    form: Filled,
}

impl PlacesPage {
    pub fn of(session: &TrainingSession, districts: &[District], form: Filled) -> Self {
        let holders = vec![
            Choice::new(HeldFor::Nobody.as_str(), "Do not hold any"),
            Choice::new(HeldFor::Newcomers.as_str(), "Organisations that never had a place")
                .with_hint("So that the same few do not fill every session"),
            Choice::new(HeldFor::District.as_str(), "Organisations in one district"),
        ];
        Self { address: session_address(session.id), holders, districts: district_choices(districts), form }
    }
}

impl Page for PlacesPage {
    const TEMPLATE: &'static str = "training_sessions/places";
    fn title(&self) -> String {
        "Places and price".into()
    }
    fn back(&self) -> Option<Link> {
        Link::back(self.address.clone())
    }
}

/// Calling it off.
#[derive(Serialize)]
pub struct CancelPage {
    address: String,
    title: String,
    form: Filled,
}

impl CancelPage {
    pub fn of(session: &TrainingSession, form: Filled) -> Self {
        Self { address: session_address(session.id), title: session.title.clone(), form }
    }
}

impl Page for CancelPage {
    const TEMPLATE: &'static str = "training_sessions/cancel";
    fn title(&self) -> String {
        "Call the session off".into()
    }
    fn back(&self) -> Option<Link> {
        Link::back(self.address.clone())
    }
}

fn subjects(modules: &[Module]) -> Vec<Choice> {
    let mut subjects = vec![Choice::new("", "Choose what it is about"), Choice::new(CHARTER, "Youth Charter training")];
    subjects.extend(modules.iter().map(|module| Choice::new(module.id.as_str(), module.title.clone())));
    subjects
}

fn district_choices(districts: &[District]) -> Vec<Choice> {
    let mut choices = vec![Choice::new("", "Choose a district")];
    choices.extend(districts.iter().map(|district| Choice::new(district.code.as_str(), district.name.clone())));
    choices
}

/// The form as it was answered.
pub(super) fn filled_what(session: &TrainingSession, adult: Option<String>) -> Filled {
    let time = |at| time_of(at).format("%H:%M").to_string();
    with_day(Filled::default(), "day", Some(session.day()))
        .with("module", session.module_id.as_ref().map_or(CHARTER, |id| id.as_str()))
        .with("title", session.title.clone())
        .with("about", session.about.clone())
        .with("trainers", session.trainers.clone())
        .with("adult_contact", adult.unwrap_or_default())
        .with("starts", time(session.starts_at))
        .with("ends", time(session.ends_at))
}

pub(super) fn filled_where(session: &TrainingSession) -> Filled {
    Filled::default()
        .with("setting", session.setting.as_str())
        .with("place", session.place.clone())
        .with("postcode", session.postcode.clone().unwrap_or_default())
        .with("district", session.district_code.as_ref().map_or("", |code| code.as_str()))
        .with("online_link", session.online_link.clone().unwrap_or_default())
        .with("access", session.access.clone())
}

pub(super) fn filled_places(session: &TrainingSession) -> Filled {
    let held = if session.held == 0 { String::new() } else { session.held.to_string() };
    let price = match (session.price_pence / 100, session.price_pence % 100) {
        (0, 0) => String::new(),
        (pounds, pence) => format!("{pounds}.{pence:02}"),
    };
    with_day(Filled::default(), "held_until", session.held_until.map(day_of))
        .with("capacity", session.capacity.to_string())
        .with("price", price)
        .with("bursary", session.bursary.clone())
        .with("held_for", session.held_for.as_str())
        .with("held", held)
        .with("held_district", session.held_district.as_ref().map_or("", |code| code.as_str()))
}

fn with_day(form: Filled, name: &str, day: Option<chrono::NaiveDate>) -> Filled {
    let part = |format: &str| day.map(|day| day.format(format).to_string()).unwrap_or_default();
    form.with(name, "")
        .with(&format!("{name}-day"), part("%-d"))
        .with(&format!("{name}-month"), part("%-m"))
        .with(&format!("{name}-year"), part("%Y"))
}

pub(super) fn samples() -> Vec<Sample> {
    use super::forms::{CancelForm, PlacesForm, WhatForm, WhereForm};
    let what = |heading| WhatPage {
        heading,
        action: "/provider/sessions/new".into(),
        subjects: subjects(&[]),
        form: Filled::blank(WhatForm::FIELDS).with_problem("starts", "Enter when it starts, like 10am or 13:30"),
        back: "/provider".into(),
    };
    let address = || "/provider/sessions/1".to_owned();
    let districts = || vec![Choice::new("", "Choose a district"), Choice::new("E07000174", "Mansfield")];
    let place = WherePage {
        address: address(),
        settings: vec![Choice::new("place", "At a place"), Choice::new("online", "Online")],
        districts: districts(),
        form: Filled::blank(WhereForm::FIELDS).with_problem("place", "Enter the name of the building"),
    };
    let places = PlacesPage {
        address: address(),
        holders: vec![Choice::new("nobody", "Do not hold any"), Choice::new("newcomers", "Newcomers").with_hint("x")],
        districts: districts(),
        form: Filled::blank(PlacesForm::FIELDS).with_problem("capacity", "Enter how many places there are"),
    };
    let cancel = CancelPage {
        address: address(),
        title: "Exploitation awareness".into(),
        form: Filled::blank(CancelForm::FIELDS).with_problem("reason", "Enter the reason"),
    };
    vec![sample(&what("Plan a session")), sample(&place), sample(&places), sample(&cancel)]
}
