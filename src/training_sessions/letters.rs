//! What people are told of their places. Whoever has an account gets their own letters; for the others, the one who
//! asked for the place gets them.

use diesel::prelude::*;
use serde::Serialize;

use super::booking::Booking;
use super::session::{Setting, TrainingSession};
use crate::acts::Act;
use crate::clock::{say_day, say_time};
use crate::db::DbConnection;
use crate::db::schema::{accounts, organisations, people};
use crate::error::Result;
use crate::mail::Letter;
use crate::words::EmailAddress;

/// The facts of a place, as every letter of it tells them.
#[derive(Serialize)]
pub struct PlaceFacts {
    /// To whom the letter goes.
    reader: String,
    /// Whose place it is, when it is not the reader's own.
    other: Option<String>,
    title: String,
    when: String,
    place: String,
    /// Only for those with a place, when it is online.
    online_link: Option<String>,
    /// The page of it, without the portal's own address.
    page: String,
    reason: Option<String>,
}

macro_rules! place_letters {
    ($($name:ident: $template:literal;)*) => {$(
        #[derive(Serialize)]
        struct $name<'a> {
            place: &'a PlaceFacts,
        }
        impl Letter for $name<'_> {
            const NAME: &'static str = $template;
        }
    )*};
}

place_letters! {
    BookedLetter: "place-booked";
    WaitingLetter: "place-waiting";
    MovedUpLetter: "place-moved-up";
    ChangedLetter: "session-changed";
    CancelledLetter: "session-cancelled";
    RemindedLetter: "session-soon";
    FeedbackLetter: "session-feedback";
}

/// Whether a letter may hold the link of an online session.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Link {
    Told,
    Kept,
}

pub(super) fn tell_booked(act: &mut Act<'_>, session: &TrainingSession, booking: &Booking) -> Result<()> {
    tell(act, session, booking, Link::Told, |act, to, place| act.post(to, &BookedLetter { place }))
}

pub(super) fn tell_waiting(act: &mut Act<'_>, session: &TrainingSession, booking: &Booking) -> Result<()> {
    tell(act, session, booking, Link::Kept, |act, to, place| act.post(to, &WaitingLetter { place }))
}

pub(super) fn tell_moved_up(act: &mut Act<'_>, session: &TrainingSession, booking: &Booking) -> Result<()> {
    tell(act, session, booking, Link::Told, |act, to, place| act.post(to, &MovedUpLetter { place }))
}

pub(super) fn tell_changed(act: &mut Act<'_>, session: &TrainingSession, booking: &Booking) -> Result<()> {
    tell(act, session, booking, Link::Told, |act, to, place| act.post(to, &ChangedLetter { place }))
}

pub(super) fn tell_cancelled(act: &mut Act<'_>, session: &TrainingSession, booking: &Booking) -> Result<()> {
    tell(act, session, booking, Link::Kept, |act, to, place| act.post(to, &CancelledLetter { place }))
}

pub(super) fn tell_soon(act: &mut Act<'_>, session: &TrainingSession, booking: &Booking) -> Result<()> {
    tell(act, session, booking, Link::Told, |act, to, place| act.post(to, &RemindedLetter { place }))
}

/// Asks what it was like. Only those with an account can answer.
pub fn tell_of_feedback(act: &mut Act<'_>, session: &TrainingSession, booking: &Booking) -> Result<()> {
    tell(act, session, booking, Link::Kept, |act, to, place| match place.other {
        None => act.post(to, &FeedbackLetter { place }),
        Some(_) => Ok(()),
    })
}

fn tell(
    act: &mut Act<'_>,
    session: &TrainingSession,
    booking: &Booking,
    link: Link,
    post: impl Fn(&mut Act<'_>, &EmailAddress, &PlaceFacts) -> Result<()>,
) -> Result<()> {
    match facts_of(act.conn, session, booking, link)? {
        Some((address, facts)) => post(act, &address, &facts),
        None => Ok(()),
    }
}

fn facts_of(
    conn: &mut DbConnection,
    session: &TrainingSession,
    booking: &Booking,
    link: Link,
) -> Result<Option<(EmailAddress, PlaceFacts)>> {
    let (person, own): (String, Option<String>) = people::table
        .left_join(accounts::table)
        .filter(people::id.eq(booking.person_id))
        .select((people::name, accounts::email.nullable()))
        .first(conn)?;
    let (address, reader, other, page) = match own {
        Some(address) => (address, person, None, format!("/my/sessions/{}", session.id)),
        None => {
            let asker = accounts::table.find(booking.asked_by).select((accounts::email, accounts::name));
            let (address, asker): (String, String) = asker.first(conn)?;
            let slug: Option<String> = match booking.organisation_id {
                Some(id) => organisations::table.find(id).select(organisations::slug).first(conn).optional()?,
                None => None,
            };
            let page = slug.map_or("/my".to_owned(), |slug| sessions_address(&slug, session));
            (address, asker, Some(person), page)
        }
    };
    let Ok(address) = EmailAddress::parse(&address) else { return Ok(None) };
    let facts = PlaceFacts {
        reader,
        other,
        title: session.title.clone(),
        when: say_when(session),
        place: say_where(session),
        online_link: session.online_link.clone().filter(|_| link == Link::Told),
        page,
        reason: session.cancelled_because.clone(),
    };
    Ok(Some((address, facts)))
}

fn sessions_address(slug: &str, session: &TrainingSession) -> String {
    format!("/organisations/{slug}/training/sessions/{}", session.id)
}

/// `3 November 2026, 10:00am to 1:00pm`.
pub fn say_when(session: &TrainingSession) -> String {
    format!("{}, {} to {}", say_day(session.day()), say_time(session.starts_at), say_time(session.ends_at))
}

/// `Meadows Library, NG2 2AA`, or `Online`.
pub fn say_where(session: &TrainingSession) -> String {
    match (session.setting, &session.postcode) {
        (Setting::Online, _) => "Online".to_owned(),
        (Setting::Place, Some(postcode)) => format!("{}, {postcode}", session.place),
        (Setting::Place, None) => session.place.clone(),
    }
}
