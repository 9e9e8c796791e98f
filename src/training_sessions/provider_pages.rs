//! A provider's list of sessions, and one of them with everyone who has a place or waits for one.

use chrono::NaiveDateTime;
use serde::Serialize;

use super::booking::BookingState;
use super::letters::{say_when, say_where};
use super::listing::Guest;
use super::session::{SessionState, Setting, TrainingSession};
use super::wording::{say_booking, say_free, say_held, say_price, say_state};
use crate::error::Result;
use crate::ids::TrainingSessionId;
use crate::organisations::District;
use crate::providers::TrainingProvider;
use crate::secrets::SecretKey;
use crate::web::{Link, Page, Sample, count, sample};

pub(super) const PLANNED: &str = "The session is planned. Say where it is, then open it for booking";
pub(super) const CHANGED: &str = "The session is changed";
pub(super) const OPENED: &str = "People can book the session now";
pub(super) const CANCELLED: &str = "The session is called off, and everyone is told";

pub(super) fn too_few(booked: i32) -> String {
    format!("There must be at least {booked}: so many are booked already")
}

/// A session on the provider's pages.
pub fn session_address(id: TrainingSessionId) -> String {
    format!("/provider/sessions/{id}")
}

/// All sessions of someone's providers.
#[derive(Serialize)]
pub struct ProviderHomePage {
    providers: String,
    ahead: Vec<SessionRow>,
    behind: Vec<SessionRow>,
}

#[derive(Serialize)]
struct SessionRow {
    title: String,
    address: String,
    when: String,
    place: String,
    places: String,
    status: &'static str,
    colour: &'static str,
}

impl ProviderHomePage {
    pub fn new(
        providers: &[TrainingProvider],
        ahead: &[TrainingSession],
        behind: &[TrainingSession],
        now: NaiveDateTime,
    ) -> Self {
        let names: Vec<&str> = providers.iter().map(|provider| provider.name.as_str()).collect();
        let rows = |sessions: &[TrainingSession]| sessions.iter().map(|session| session_row(session, now)).collect();
        Self { providers: names.join(", "), ahead: rows(ahead), behind: rows(behind) }
    }
}

impl Page for ProviderHomePage {
    const TEMPLATE: &'static str = "training_sessions/provider";
    fn title(&self) -> String {
        "Your training sessions".into()
    }
    fn back(&self) -> Option<Link> {
        Some(Link::new("My page", "/my"))
    }
}

fn session_row(session: &TrainingSession, now: NaiveDateTime) -> SessionRow {
    let (status, colour) = say_state(session, now);
    SessionRow {
        title: session.title.clone(),
        address: session_address(session.id),
        when: say_when(session),
        place: say_where(session),
        places: format!("{} of {} places taken", session.booked(), session.capacity),
        status,
        colour,
    }
}

/// One session, as its provider sees it.
#[derive(Serialize)]
pub struct ProviderSessionPage {
    title: String,
    address: String,
    status: &'static str,
    colour: &'static str,
    cancelled_because: Option<String>,
    may_change: bool,
    may_open: bool,
    /// It is a draft, and something is not said yet.
    unready: bool,
    /// It has begun, and was not called off.
    has_register: bool,
    is_over: bool,
    register_text: &'static str,
    sections: Vec<Section>,
    seated: Vec<GuestRow>,
    waiting: Vec<GuestRow>,
    seated_text: String,
}

#[derive(Serialize)]
struct Section {
    heading: &'static str,
    facts: Vec<Fact>,
    /// Where to change them.
    change: Option<String>,
}

#[derive(Serialize)]
struct Fact {
    name: &'static str,
    value: String,
}

#[derive(Serialize)]
struct GuestRow {
    name: String,
    organisation: String,
    access_needs: Option<String>,
    wants_bursary: bool,
    status: &'static str,
    colour: &'static str,
}

impl ProviderSessionPage {
    pub fn new(
        session: &TrainingSession,
        guests: &[Guest],
        districts: &[District],
        secret: &SecretKey,
        now: NaiveDateTime,
    ) -> Result<Self> {
        let (status, colour) = say_state(session, now);
        let rows = guests.iter().map(|guest| guest_row(guest, secret)).collect::<Result<Vec<_>>>()?;
        let is_waiting: Vec<bool> = guests.iter().map(|g| g.booking.state() == BookingState::Waiting).collect();
        let (waiting, seated): (Vec<_>, Vec<_>) = rows.into_iter().zip(is_waiting).partition(|(_, waits)| *waits);
        let address = session_address(session.id);
        let may_change = matches!(session.state(), SessionState::Draft | SessionState::Open) && session.starts_at > now;
        let section = |heading, facts, page: &str| {
            let change = may_change.then(|| format!("{address}/{page}"));
            Section { heading, facts, change }
        };
        Ok(Self {
            title: session.title.clone(),
            address: address.clone(),
            status,
            colour,
            cancelled_because: session.cancelled_because.clone(),
            may_change,
            may_open: session.is_ready(now),
            unready: session.state() == SessionState::Draft && !session.is_ready(now),
            has_register: matches!(session.state(), SessionState::Open | SessionState::Over),
            is_over: session.state() == SessionState::Over,
            register_text: if session.state() == SessionState::Over { "See the register" } else { "Keep the register" },
            sections: vec![
                section("What and when", what_of(session, secret)?, "what"),
                section("Where", location_of(session, districts), "where"),
                section("Places and price", places_of(session, districts, now), "places"),
            ],
            seated_text: count(seated.len(), "person", "people"),
            seated: seated.into_iter().map(|(row, _)| row).collect(),
            waiting: waiting.into_iter().map(|(row, _)| row).collect(),
        })
    }
}

impl Page for ProviderSessionPage {
    const TEMPLATE: &'static str = "training_sessions/session";
    fn title(&self) -> String {
        self.title.clone()
    }
    fn back(&self) -> Option<Link> {
        Some(Link::new("Your training sessions", "/provider"))
    }
}

fn fact(name: &'static str, value: impl Into<String>) -> Fact {
    Fact { name, value: value.into() }
}

fn what_of(session: &TrainingSession, secret: &SecretKey) -> Result<Vec<Fact>> {
    let mut facts = vec![
        fact("When", say_when(session)),
        fact("What people will do", session.about.clone()),
        fact("Who leads it", session.trainers.clone()),
    ];
    facts.extend(session.adult_contact(secret)?.map(|adult| fact("The adult to reach (only you see this)", adult)));
    Ok(facts)
}

fn location_of(session: &TrainingSession, districts: &[District]) -> Vec<Fact> {
    let district = districts.iter().find(|district| session.district_code.as_ref() == Some(&district.code));
    let mut facts = match session.setting {
        Setting::Online => vec![fact("Where", "Online"), fact("Link", session.online_link.clone().unwrap_or_default())],
        Setting::Place => vec![fact("Where", say_where(session))],
    };
    facts.extend(district.map(|district| fact("District", district.name.clone())));
    facts.push(fact("Access", session.access.clone()));
    facts
}

fn places_of(session: &TrainingSession, districts: &[District], now: NaiveDateTime) -> Vec<Fact> {
    let mut facts = vec![
        fact("Places", format!("{} ({})", session.capacity, say_free(session, now))),
        fact("Price", say_price(session.price_pence)),
        fact("Help with the cost", session.bursary.clone()),
    ];
    facts.extend(say_held(session, districts).map(|held| fact("Held", held)));
    facts
}

fn guest_row(guest: &Guest, secret: &SecretKey) -> Result<GuestRow> {
    let (status, colour) = say_booking(guest.booking.state());
    Ok(GuestRow {
        name: guest.name.clone(),
        organisation: guest.organisation.clone().unwrap_or_default(),
        access_needs: guest.booking.access_needs(secret)?,
        wants_bursary: guest.booking.wants_bursary,
        status,
        colour,
    })
}

pub(super) fn samples() -> Vec<Sample> {
    let row = |status, colour| SessionRow {
        title: "Exploitation awareness".into(),
        address: "/provider/sessions/1".into(),
        when: "3 December 2026, 10:00am to 1:00pm".into(),
        place: "Meadows Library, NG2 2AA".into(),
        places: "9 of 12 places taken".into(),
        status,
        colour,
    };
    let home = |ahead, behind| ProviderHomePage { providers: "Base 51".into(), ahead, behind };
    let guest = |name: &str, access_needs: Option<&str>| GuestRow {
        name: name.into(),
        organisation: "The Hub".into(),
        access_needs: access_needs.map(str::to_owned),
        wants_bursary: access_needs.is_some(),
        status: "Has a place",
        colour: "green",
    };
    let session = |seated: Vec<GuestRow>, may_change: bool, has_register: bool| ProviderSessionPage {
        title: "Exploitation awareness".into(),
        address: "/provider/sessions/1".into(),
        status: "Open for booking",
        colour: "green",
        cancelled_because: (!may_change).then(|| "The trainer is ill.".to_owned()),
        may_change,
        may_open: may_change,
        unready: may_change,
        has_register,
        is_over: has_register,
        register_text: "Keep the register",
        sections: vec![Section {
            heading: "Where",
            facts: vec![fact("Where", "Meadows Library, NG2 2AA"), fact("Access", "")],
            change: may_change.then(|| "/provider/sessions/1/where".to_owned()),
        }],
        seated_text: count(seated.len(), "person", "people"),
        seated,
        waiting: if has_register { vec![guest("Ravi Patel", None)] } else { Vec::new() },
    };
    let guests = || vec![guest("Asha Patel", Some("A seat near the door")), guest("Callum Deakin", None)];
    vec![
        sample(&home(vec![row("Open for booking", "green")], vec![row("Over", "blue")])),
        sample(&home(Vec::new(), Vec::new())),
        sample(&session(guests(), true, true)),
        sample(&session(Vec::new(), false, false)),
    ]
}
