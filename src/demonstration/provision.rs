//! Training sessions in the demonstration: planned, open, full with a waiting list, with held places, called off,
//! with a register to finish, and over, with what people said.

use chrono::{Duration, NaiveDateTime, NaiveTime};
use serde::Deserialize;

use super::cast::{Body, Cast, Player};
use super::stage::Stage;
use crate::attendance::{Mark, Said, finish_register, give_feedback, mark_attendance};
use crate::clock::instant_of;
use crate::error::{Error, Result};
use crate::ids::{DistrictCode, ModuleId};
use crate::providers::{TrainingProvider, accept_provider_invitation_of, add_provider, invite_to_provider};
use crate::training::Module;
use crate::training_sessions::{
    Booking, BookingState, HeldFor, Plan, SessionState, SessionSubject, Setting, TrainingSession, Wish, ask_for_place,
    bookings_in, cancel_session, plan_session, say_adult_contact,
};

#[derive(Deserialize)]
struct SessionsFile {
    provider: WrittenProvider,
    sessions: Vec<WrittenSession>,
}

#[derive(Deserialize)]
struct WrittenProvider {
    name: String,
    about: String,
}

#[derive(Deserialize)]
struct WrittenSession {
    module: Option<ModuleId>,
    title: Option<String>,
    about: String,
    trainers: String,
    in_days: i64,
    starts: String,
    hours: i64,
    place: Option<String>,
    postcode: Option<String>,
    district: Option<DistrictCode>,
    online_link: Option<String>,
    access: String,
    capacity: i32,
    #[serde(default)]
    price_pence: i32,
    #[serde(default)]
    bursary: String,
    #[serde(default)]
    held: i32,
    held_for: Option<HeldFor>,
    state: SessionState,
    /// How many ask for a place.
    #[serde(default)]
    bookings: usize,
    /// How many say how it was.
    #[serde(default)]
    answers: usize,
}

const NEEDS: [&str; 3] =
    ["Large print, please.", "A seat near the door; I may step out.", "I read lips: please face me when you speak."];
const LIKED: [&str; 3] =
    ["The true stories.", "Trying it out with others who run a club.", "That it was practical from the first minute."];
const WANTED: [&str; 2] = ["A later start for those who work.", "Handouts we can use with our volunteers."];

/// Appoints the provider and plays every session.
pub fn play_sessions(stage: &mut Stage<'_>, cast: &Cast, bodies: &[&Body]) -> Result<()> {
    let file: SessionsFile =
        toml::from_str(include_str!("../../content/demonstration/sessions.toml")).map_err(Error::unexpected)?;
    let at = stage.days_ago(400);
    let trainer = &cast.trainer;
    let provider = stage.play_as(&cast.steward, at, |act| {
        let provider = add_provider(act, &file.provider.name, &file.provider.about)?.ok_or(Error::Conflict)?;
        let invited = invite_to_provider(act, &provider, &trainer.name, &trainer.address())?.ok_or(Error::Conflict)?;
        accept_provider_invitation_of(act, &invited, trainer)?;
        Ok(provider)
    })?;
    for written in &file.sessions {
        play_session(stage, cast, &provider, bodies, written)?;
    }
    Ok(())
}

fn play_session(
    stage: &mut Stage<'_>,
    cast: &Cast,
    provider: &TrainingProvider,
    bodies: &[&Body],
    written: &WrittenSession,
) -> Result<()> {
    let by = &cast.trainer;
    let began = (-written.in_days).max(0) + 30;
    let (at, plan) = (stage.days_ago(began), plan_of(stage, written)?);
    let session = stage.play_as(by, at, |act| {
        let session = plan_session(act, provider, by.id, plan)?;
        if session.module_id.is_none() {
            say_adult_contact(act, session.id, Some("Sunita Marsh, 0115 496 0000"))?;
        }
        if written.state != SessionState::Draft {
            session.open(act)?;
        }
        TrainingSession::find(act.conn, session.id)
    })?;
    let guests = choose_guests(stage, bodies, written.bookings)?;
    for (body, player) in &guests {
        let days = began - 1 - stage.number(0..24);
        let at = stage.days_ago(days);
        let asker = player.account.as_ref().map_or_else(|| body.lead(), Ok)?;
        let needs = (stage.number(0..4) == 0).then(|| stage.one_of(&NEEDS).copied()).transpose()?;
        let wish = Wish {
            person: player.member.person.id,
            organisation: body.organisation.id,
            asked_by: asker.id,
            access_needs: needs.map(str::to_owned),
            wants_bursary: written.price_pence > 0 && needs.is_some(),
        };
        stage.play_as(asker, at, |act| ask_for_place(act, session.id, &wish))?;
    }
    match written.state {
        SessionState::Draft | SessionState::Open => Ok(()),
        SessionState::Cancelled => {
            let at = stage.days_ago(2);
            stage.play_as(by, at, |act| {
                let reason = "The trainer is ill. We will set a new date as soon as we can.";
                cancel_session(act, &session, reason)
            })
        }
        SessionState::Over => finish(stage, cast, &session, &guests, written.answers),
    }
}

/// Everyone but one was there; some say how it was.
fn finish(
    stage: &mut Stage<'_>,
    cast: &Cast,
    session: &TrainingSession,
    guests: &[(&Body, &Player)],
    answers: usize,
) -> Result<()> {
    let at = session.ends_at + Duration::minutes(10);
    stage.play_as(&cast.trainer, at, |act| {
        let booked = bookings_in(act.conn, session.id, &[BookingState::Booked])?;
        let mark = |place| if place == 0 { Mark::NotHere } else { Mark::Here };
        let marks: Vec<_> = booked.iter().enumerate().map(|(place, booking)| (booking.id, mark(place))).collect();
        mark_attendance(act, session, cast.trainer.id, &marks)?;
        finish_register(act, session, cast.trainer.id)
    })?;
    let mut spoken = 0;
    for (_, player) in guests {
        let Some(account) = player.account.as_ref().filter(|_| spoken < answers) else { continue };
        let Some(booking) = Booking::of(stage.conn, session.id, player.member.person.id)? else { continue };
        if booking.state() != BookingState::Attended {
            continue;
        }
        let rating = 3 + i32::try_from(stage.number(0..3)).unwrap_or_default();
        let (useful, better) = ((*stage.one_of(&LIKED)?).to_owned(), (*stage.one_of(&WANTED)?).to_owned());
        let at = at + Duration::hours(20);
        stage.play_as(account, at, |act| give_feedback(act, session, &booking, Said { rating, useful, better }))?;
        spoken += 1;
    }
    Ok(())
}

/// People of different organisations, those with accounts first.
fn choose_guests<'b>(stage: &mut Stage<'_>, bodies: &[&'b Body], count: usize) -> Result<Vec<(&'b Body, &'b Player)>> {
    let mut guests: Vec<(&Body, &Player)> = Vec::new();
    for _ in 0..count * 4 {
        if guests.len() == count {
            break;
        }
        let body = *stage.one_of(bodies)?;
        let player = stage.one_of(&body.players)?;
        let is_new = guests.iter().all(|(_, other)| other.member.person.id != player.member.person.id);
        if is_new && (player.account.is_some() || stage.number(0..3) == 0) {
            guests.push((body, player));
        }
    }
    Ok(guests)
}

fn plan_of(stage: &mut Stage<'_>, written: &WrittenSession) -> Result<Plan> {
    let day = stage.today() + Duration::days(written.in_days);
    let time = NaiveTime::parse_from_str(&written.starts, "%H:%M").map_err(Error::unexpected)?;
    let starts_at: NaiveDateTime = instant_of(day, time).ok_or_else(|| Error::unexpected("an hour that is skipped"))?;
    let title = match (&written.title, &written.module) {
        (Some(title), _) => title.clone(),
        (None, Some(module)) => Module::find(stage.conn, module)?.title,
        (None, None) => return Err(Error::unexpected("a session without a title")),
    };
    Ok(Plan {
        subject: if written.module.is_some() { SessionSubject::Module } else { SessionSubject::Charter },
        module_id: written.module.clone(),
        title,
        about: written.about.clone(),
        trainers: written.trainers.clone(),
        starts_at,
        ends_at: starts_at + Duration::hours(written.hours),
        setting: if written.online_link.is_some() { Setting::Online } else { Setting::Place },
        place: written.place.clone().unwrap_or_default(),
        postcode: written.postcode.clone(),
        district_code: written.district.clone(),
        online_link: written.online_link.clone(),
        access: written.access.clone(),
        price_pence: written.price_pence,
        bursary: written.bursary.clone(),
        capacity: written.capacity,
        held: written.held,
        held_for: written.held_for.unwrap_or(HeldFor::Nobody),
        held_until: written.held_for.map(|_| starts_at - Duration::days(10)),
        ..Plan::blank(starts_at)
    })
}
