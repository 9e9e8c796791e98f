//! The page of one session, before whoever might come, and before a lead who books for others.

use chrono::NaiveDateTime;
use serde::Serialize;

use super::booking::{Asked, Booking, BookingState};
use super::booking_forms::{OwnPlaceForm, PlacesForPeopleForm};
use super::handlers::counts_of;
use super::letters::{say_when, say_where};
use super::session::{SessionState, TrainingSession};
use super::wording::{say_booking, say_free, say_price};
use crate::ids::TrainingSessionId;
use crate::organisations::{Member, Organisation};
use crate::providers::TrainingProvider;
use crate::web::{Choice, Filled, Link, Page, Sample, count, sample};

pub(super) const GIVEN_UP: &str = "The place is given up";
pub(super) const ORGANISATION_MISSING: &str = "Select the organisation you come for";

pub(super) fn asked_notice(asked: Asked) -> &'static str {
    match asked {
        Asked::Booked => "You have a place",
        Asked::Waiting => "You are on the waiting list. We write to you when a place becomes free",
        Asked::Already => "You have asked for a place already",
    }
}

pub(super) fn asked_for_people_notice(asked: &[Asked]) -> String {
    match counts_of(asked) {
        (0, 0) => "They have asked for a place already".to_owned(),
        (booked, 0) => format!("{} booked", count(booked, "place", "places")),
        (0, waiting) => format!("{} on the waiting list", count(waiting, "person", "people")),
        (booked, waiting) => {
            let waiting = count(waiting, "person", "people");
            format!("{} booked, {waiting} on the waiting list", count(booked, "place", "places"))
        }
    }
}

pub(super) fn organisation_session_address(slug: &str, session: TrainingSessionId) -> String {
    format!("/organisations/{slug}/training/sessions/{session}")
}

/// A session with who gives it.
pub(super) struct Place {
    pub session: TrainingSession,
    pub provider: TrainingProvider,
}

/// What everyone may know of a session.
#[derive(Serialize)]
struct SessionFacts {
    title: String,
    about: String,
    when: String,
    place: String,
    provider: String,
    provider_about: String,
    trainers: String,
    price: String,
    bursary: String,
    access: String,
    free: String,
    cancelled_because: Option<String>,
    is_bookable: bool,
    is_over: bool,
}

fn facts_of(place: &Place, now: NaiveDateTime) -> SessionFacts {
    let Place { session, provider } = place;
    SessionFacts {
        title: session.title.clone(),
        about: session.about.clone(),
        when: say_when(session),
        place: say_where(session),
        provider: provider.name.clone(),
        provider_about: provider.about.clone(),
        trainers: session.trainers.clone(),
        price: say_price(session.price_pence),
        bursary: session.bursary.clone(),
        access: session.access.clone(),
        free: say_free(session, now),
        cancelled_because: session.cancelled_because.clone(),
        is_bookable: session.is_bookable(now),
        is_over: session.state() == SessionState::Over,
    }
}

/// A session before someone who might come.
#[derive(Serialize)]
pub struct OwnSessionPage {
    facts: SessionFacts,
    address: String,
    /// They have asked.
    status: Option<&'static str>,
    colour: &'static str,
    has_place: bool,
    online_link: Option<String>,
    may_give_up: bool,
    may_book: bool,
    /// They were there, and can say how it was.
    may_tell: bool,
    /// Empty unless there is a choice.
    organisations: Vec<Choice>,
    form: Filled,
}

impl OwnSessionPage {
    pub fn new(
        session: &TrainingSession,
        provider: &TrainingProvider,
        booking: Option<&Booking>,
        at: &[Organisation],
        form: Filled,
        now: NaiveDateTime,
    ) -> Self {
        let facts = facts_of(&Place { session: session.clone(), provider: provider.clone() }, now);
        let said = booking.map(|booking| say_booking(booking.state()));
        let has_place = booking.is_some_and(Booking::has_place);
        let choice = |organisation: &Organisation| Choice::new(organisation.id.to_string(), organisation.name.clone());
        Self {
            address: format!("/my/sessions/{}", session.id),
            status: said.map(|(status, _)| status),
            colour: said.map_or("", |(_, colour)| colour),
            has_place,
            online_link: session.online_link.clone().filter(|_| has_place),
            may_give_up: booking.is_some() && facts.is_bookable,
            may_book: booking.is_none() && facts.is_bookable && !at.is_empty(),
            may_tell: booking.is_some_and(|booking| booking.state() == BookingState::Attended) && facts.is_over,
            organisations: if at.len() > 1 { at.iter().map(choice).collect() } else { Vec::new() },
            facts,
            form,
        }
    }
}

impl Page for OwnSessionPage {
    const TEMPLATE: &'static str = "training_sessions/own";
    fn title(&self) -> String {
        self.facts.title.clone()
    }
    fn back(&self) -> Option<Link> {
        Some(Link::new("Training sessions", "/my/sessions"))
    }
}

/// A session before a lead, who books for their people.
#[derive(Serialize)]
pub struct OrganisationSessionPage {
    facts: SessionFacts,
    address: String,
    organisation: String,
    booked: Vec<BookedRow>,
    people: Vec<Choice>,
    form: Filled,
    #[serde(skip)]
    back: String,
}

#[derive(Serialize)]
struct BookedRow {
    name: String,
    status: &'static str,
    colour: &'static str,
    give_up_address: Option<String>,
}

impl OrganisationSessionPage {
    pub(super) fn new(
        organisation: &Organisation,
        place: &Place,
        members: &[Member],
        bookings: &[Booking],
        form: Filled,
        now: NaiveDateTime,
    ) -> Self {
        let facts = facts_of(place, now);
        let address = organisation_session_address(&organisation.slug, place.session.id);
        let booking_of = |member: &Member| bookings.iter().find(|booking| booking.person_id == member.person.id);
        let row = |member: &Member| {
            let booking = booking_of(member)?;
            let (status, colour) = say_booking(booking.state());
            let give_up_address = facts.is_bookable.then(|| format!("{address}/places/{}/ending", booking.id));
            Some(BookedRow { name: member.person.name.clone(), status, colour, give_up_address })
        };
        let free = members.iter().filter(|member| booking_of(member).is_none());
        Self {
            booked: members.iter().filter_map(row).collect(),
            people: free.map(|m| Choice::new(m.person.id.to_string(), m.person.name.clone())).collect(),
            organisation: organisation.name.clone(),
            back: format!("/organisations/{}/training/sessions", organisation.slug),
            facts,
            address,
            form,
        }
    }
}

impl Page for OrganisationSessionPage {
    const TEMPLATE: &'static str = "training_sessions/for-people";
    fn title(&self) -> String {
        self.facts.title.clone()
    }
    fn back(&self) -> Option<Link> {
        Some(Link::new("Training sessions", self.back.clone()))
    }
}

pub(super) fn samples() -> Vec<Sample> {
    let facts = |cancelled_because: Option<&str>| SessionFacts {
        title: "Exploitation awareness".into(),
        about: "A morning together.\n\nBring a pen.".into(),
        when: "3 December 2026, 10:00am to 1:00pm".into(),
        place: "Meadows Library, NG2 2AA".into(),
        provider: "Base 51".into(),
        provider_about: "Training for everyone who works with young people.".into(),
        trainers: "Jo Bright".into(),
        price: "Free".into(),
        bursary: "Ask us for your bus fare.".into(),
        access: "Step-free, hearing loop".into(),
        free: "3 places free".into(),
        is_bookable: cancelled_because.is_none(),
        is_over: false,
        cancelled_because: cancelled_because.map(str::to_owned),
    };
    let page = |asked: bool| OwnSessionPage {
        facts: facts((!asked).then_some("The trainer is ill.")),
        address: "/my/sessions/1".into(),
        status: asked.then_some("Has a place"),
        colour: "green",
        has_place: asked,
        online_link: asked.then(|| "https://meet.example.org/1".to_owned()),
        may_give_up: asked,
        may_book: !asked,
        may_tell: asked,
        organisations: vec![Choice::new("1", "The Hub"), Choice::new("2", "Elsewhere")],
        form: match asked {
            true => Filled::blank(OwnPlaceForm::FIELDS),
            false => Filled::blank(OwnPlaceForm::FIELDS).with_problem("organisation", ORGANISATION_MISSING),
        },
    };
    let booked = BookedRow {
        name: "Asha Patel".into(),
        status: "Has a place",
        colour: "green",
        give_up_address: Some("/organisations/the-hub/training/sessions/1/places/1/ending".into()),
    };
    let for_people = |booked, people: Vec<Choice>| OrganisationSessionPage {
        facts: facts(None),
        address: "/organisations/the-hub/training/sessions/1".into(),
        organisation: "The Hub".into(),
        booked,
        form: match people.is_empty() {
            true => Filled::blank(PlacesForPeopleForm::FIELDS),
            false => Filled::blank(PlacesForPeopleForm::FIELDS).with_problem("people", "Select who is to come"),
        },
        people,
        back: "/organisations/the-hub/training/sessions".into(),
    };
    vec![
        sample(&page(true)),
        sample(&page(false)),
        sample(&for_people(vec![booked], vec![Choice::new("1", "Callum Deakin")])),
        sample(&for_people(Vec::new(), Vec::new())),
    ]
}
