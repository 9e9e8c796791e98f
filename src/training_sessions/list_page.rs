//! The list of sessions: what can be booked, and the places one has.

use chrono::NaiveDateTime;
use serde::Serialize;

use super::booking::Booking;
use super::forms::CHARTER;
use super::letters::{say_when, say_where};
use super::listing::{Offered, Sought};
use super::session::TrainingSession;
use super::wording::{say_booking, say_free, say_price};
use crate::organisations::{District, Organisation};
use crate::training::Module;
use crate::web::{Choice, Filled, Link, Page, Sample, sample};

/// Whose list of sessions it is.
pub struct SessionsPlace {
    heading: &'static str,
    caption: String,
    base: String,
    back: Link,
    is_own: bool,
}

impl SessionsPlace {
    pub fn own() -> Self {
        let back = Link::new("My page", "/my");
        Self { heading: "Training sessions", caption: String::new(), base: "/my/sessions".into(), back, is_own: true }
    }

    pub fn within(organisation: &Organisation) -> Self {
        let training = format!("/organisations/{}/training", organisation.slug);
        Self {
            heading: "Book training for your people",
            caption: organisation.name.clone(),
            base: format!("{training}/sessions"),
            back: Link::new("Training", training),
            is_own: false,
        }
    }
}

/// What can be booked, and what one has booked.
#[derive(Serialize)]
pub struct SessionsPage {
    heading: &'static str,
    caption: String,
    address: String,
    is_own: bool,
    own: Vec<OwnRow>,
    offered: Vec<OfferedRow>,
    is_filtered: bool,
    modules: Vec<Choice>,
    districts: Vec<Choice>,
    form: Filled,
    #[serde(skip)]
    back: Link,
}

#[derive(Serialize)]
struct OwnRow {
    title: String,
    address: String,
    detail: String,
    status: &'static str,
    colour: &'static str,
}

#[derive(Serialize)]
struct OfferedRow {
    title: String,
    address: String,
    when: String,
    place: String,
    provider: String,
    price: String,
    free: String,
}

impl SessionsPage {
    pub fn new(
        place: SessionsPlace,
        own: &[(Booking, TrainingSession)],
        offered: &[Offered],
        sought: &Sought,
        modules: &[Module],
        districts: &[District],
        now: NaiveDateTime,
    ) -> Self {
        let SessionsPlace { heading, caption, base, back, is_own } = place;
        let own_row = |(booking, session): &(Booking, TrainingSession)| {
            let (status, colour) = say_booking(booking.state());
            let detail = format!("{}, {}", say_when(session), say_where(session));
            OwnRow { title: session.title.clone(), address: format!("{base}/{}", session.id), detail, status, colour }
        };
        let offered_row = |(session, provider): &Offered| OfferedRow {
            title: session.title.clone(),
            address: format!("{base}/{}", session.id),
            when: say_when(session),
            place: say_where(session),
            provider: provider.clone(),
            price: say_price(session.price_pence),
            free: say_free(session, now),
        };
        let mut all_modules = vec![Choice::new("", "All training"), Choice::new(CHARTER, "Youth Charter training")];
        all_modules.extend(modules.iter().map(|module| Choice::new(module.id.as_str(), module.title.clone())));
        let mut everywhere = vec![Choice::new("", "Everywhere")];
        everywhere.extend(districts.iter().map(|district| Choice::new(district.code.as_str(), district.name.clone())));
        let word = |id: Option<&str>| id.unwrap_or_default().to_owned();
        Self {
            own: own.iter().map(own_row).collect(),
            offered: offered.iter().map(offered_row).collect(),
            is_filtered: sought.charter || sought.module.is_some() || sought.district.is_some(),
            modules: all_modules,
            districts: everywhere,
            form: Filled::default()
                .with(
                    "module",
                    word(sought.module.as_ref().map(|id| id.as_str()).or(sought.charter.then_some(CHARTER))),
                )
                .with("district", word(sought.district.as_ref().map(|code| code.as_str()))),
            heading,
            caption,
            address: base,
            is_own,
            back,
        }
    }
}

impl Page for SessionsPage {
    const TEMPLATE: &'static str = "training_sessions/sessions";
    fn title(&self) -> String {
        self.heading.into()
    }
    fn back(&self) -> Option<Link> {
        Some(self.back.clone())
    }
}

pub(super) fn samples() -> Vec<Sample> {
    let list = |own, offered, is_own| SessionsPage {
        heading: "Training sessions",
        caption: if is_own { String::new() } else { "The Hub".into() },
        address: "/my/sessions".into(),
        is_own,
        own,
        offered,
        is_filtered: !is_own,
        modules: vec![Choice::new("", "All training")],
        districts: vec![Choice::new("", "Everywhere")],
        form: Filled::blank(&["module", "district"]),
        back: Link::new("My page", "/my"),
    };
    let (title, address) = ("Exploitation awareness".to_owned(), "/my/sessions/1".to_owned());
    let (when, place) = ("3 December 2026".to_owned(), "Online".to_owned());
    let own = OwnRow { title, address, detail: format!("{when}, {place}"), status: "Has a place", colour: "green" };
    let (title, address, provider) = (own.title.clone(), own.address.clone(), "Base 51".to_owned());
    let (price, free) = ("£12.50".to_owned(), "3 places free".to_owned());
    let offered = OfferedRow { title, address, when, place, provider, price, free };
    vec![sample(&list(vec![own], vec![offered], true)), sample(&list(Vec::new(), Vec::new(), false))]
}
