//! Sessions and places as lists show them, each a query or two whatever the number of sessions.

use chrono::NaiveDateTime;
use diesel::prelude::*;

use super::booking::{Booking, BookingState};
use super::session::{SessionState, SessionSubject, TrainingSession};
use crate::db::DbConnection;
use crate::db::schema::{memberships, organisations, people, training_bookings, training_providers, training_sessions};
use crate::error::Result;
use crate::ids::{DistrictCode, ModuleId, OrganisationId, PersonId, TrainingSessionId};
use crate::organisations::MembershipState;

/// At most so many sessions stand on one page.
pub const LISTED: i64 = 100;

/// Which sessions are looked for.
#[derive(Debug, Clone, Default)]
pub struct Sought {
    /// Only Charter training.
    pub charter: bool,
    pub module: Option<ModuleId>,
    pub district: Option<DistrictCode>,
}

/// A session that can be booked, with the name of who gives it.
pub type Offered = (TrainingSession, String);

/// Someone with a place, or waiting for one, as the provider sees them.
#[derive(Debug, Clone)]
pub struct Guest {
    pub booking: Booking,
    pub name: String,
    pub organisation: Option<String>,
}

/// Sessions that can be booked, the soonest first.
pub fn sessions_on_offer(conn: &mut DbConnection, now: NaiveDateTime, sought: &Sought) -> Result<Vec<Offered>> {
    let mut offered = training_sessions::table
        .inner_join(training_providers::table)
        .filter(training_sessions::state.eq(SessionState::Open))
        .filter(training_sessions::starts_at.gt(now))
        .into_boxed();
    if sought.charter {
        offered = offered.filter(training_sessions::subject.eq(SessionSubject::Charter));
    }
    if let Some(module) = &sought.module {
        offered = offered.filter(training_sessions::module_id.eq(module));
    }
    if let Some(district) = &sought.district {
        offered = offered.filter(training_sessions::district_code.eq(district));
    }
    Ok(offered
        .order((training_sessions::starts_at, training_sessions::id))
        .limit(LISTED)
        .select((TrainingSession::as_select(), training_providers::name))
        .load(conn)?)
}

/// Someone's places and waits on sessions that are not over yet, the soonest first.
pub fn places_ahead_of(
    conn: &mut DbConnection,
    person: PersonId,
    now: NaiveDateTime,
) -> Result<Vec<(Booking, TrainingSession)>> {
    Ok(training_bookings::table
        .inner_join(training_sessions::table)
        .filter(training_bookings::person_id.eq(person))
        .filter(training_bookings::state.eq_any([BookingState::Booked, BookingState::Waiting]))
        .filter(training_sessions::ends_at.gt(now))
        .order((training_sessions::starts_at, training_sessions::id))
        .select((Booking::as_select(), TrainingSession::as_select()))
        .load(conn)?)
}

/// The bookings that an organisation's active people have on a session.
pub fn bookings_of_organisation(
    conn: &mut DbConnection,
    organisation: OrganisationId,
    session: TrainingSessionId,
) -> Result<Vec<Booking>> {
    let here = memberships::table
        .filter(memberships::organisation_id.eq(organisation))
        .filter(memberships::state.eq(MembershipState::Active))
        .select(memberships::person_id);
    Ok(training_bookings::table
        .filter(training_bookings::session_id.eq(session))
        .filter(training_bookings::person_id.eq_any(here))
        .filter(training_bookings::state.ne(BookingState::Cancelled))
        .select(Booking::as_select())
        .load(conn)?)
}

/// Everyone with a place or waiting: those with a place by name, then those who wait, the longest first.
pub fn guests_of(conn: &mut DbConnection, session: TrainingSessionId) -> Result<Vec<Guest>> {
    let mut guests: Vec<Guest> = training_bookings::table
        .inner_join(people::table)
        .left_join(organisations::table)
        .filter(training_bookings::session_id.eq(session))
        .filter(training_bookings::state.ne(BookingState::Cancelled))
        .order((training_bookings::asked_at, training_bookings::id))
        .select((Booking::as_select(), people::name, organisations::name.nullable()))
        .load::<(Booking, String, Option<String>)>(conn)?
        .into_iter()
        .map(|(booking, name, organisation)| Guest { booking, name, organisation })
        .collect();
    let waits = |guest: &Guest| guest.booking.state() == BookingState::Waiting;
    guests.sort_by(|a, b| {
        let by_name = || if waits(a) { std::cmp::Ordering::Equal } else { a.name.cmp(&b.name) };
        waits(a).cmp(&waits(b)).then_with(by_name)
    });
    Ok(guests)
}

/// Bookings of a row of people that turns out to be another person are that person's; where both have one, the better
/// stays.
pub fn hand_over_bookings(conn: &mut DbConnection, from: PersonId, to: PersonId) -> Result<()> {
    let moved: Vec<Booking> = training_bookings::table
        .filter(training_bookings::person_id.eq(from))
        .filter(training_bookings::state.ne(BookingState::Cancelled))
        .select(Booking::as_select())
        .load(conn)?;
    for booking in moved {
        let Some(own) = Booking::of(conn, booking.session_id, to)? else { continue };
        let weaker = if own.state() == BookingState::Waiting { own } else { booking };
        diesel::update(training_bookings::table.find(weaker.id))
            .set(training_bookings::state.eq(BookingState::Cancelled))
            .execute(conn)?;
        if weaker.state() != BookingState::Waiting {
            let favoured = i32::from(weaker.favoured);
            diesel::update(training_sessions::table.find(weaker.session_id))
                .set((
                    training_sessions::booked.eq(training_sessions::booked - 1),
                    training_sessions::favoured.eq(training_sessions::favoured - favoured),
                ))
                .execute(conn)?;
        }
    }
    diesel::update(training_bookings::table.filter(training_bookings::person_id.eq(from)))
        .set(training_bookings::person_id.eq(to))
        .execute(conn)?;
    Ok(())
}
