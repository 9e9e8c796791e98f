//! A place on a session, or a wish for one.
//!
//! | from | verb | to |
//! |---|---|---|
//! | | ask for a place | booked, or waiting when there is none |
//! | waiting | move up, by itself | booked |
//! | waiting, booked | give up | cancelled |
//! | booked | mark, at the door | attended or absent |
//!
//! Every verb takes the session's row first, so that two people never get the same place; see `room` for the rule.

use chrono::NaiveDateTime;
use diesel::prelude::*;
use serde_json::json;

use super::letters::{tell_booked, tell_moved_up, tell_waiting};
use super::room::Room;
use super::session::{HeldFor, SessionState, TrainingSession};
use crate::acts::Act;
use crate::audit::Subject;
use crate::db::schema::{organisation_districts, training_bookings, training_sessions};
use crate::db::{DbConnection, unless_taken};
use crate::error::{Error, Result};
use crate::ids::{AccountId, BookingId, OrganisationId, PersonId, TrainingSessionId};
use crate::text_enum;

text_enum! {
    pub enum BookingState {
        Waiting = "waiting",
        Booked = "booked",
        Cancelled = "cancelled",
        Attended = "attended",
        Absent = "absent",
    }
}

impl BookingState {
    /// The states of those who have, or had, a place.
    pub const SEATED: [Self; 3] = [Self::Booked, Self::Attended, Self::Absent];
}

/// A booking as it is stored.
#[derive(Debug, Clone, Queryable, Selectable, Insertable)]
#[diesel(table_name = training_bookings, treat_none_as_default_value = false)]
pub struct Booking {
    pub id: BookingId,
    pub session_id: TrainingSessionId,
    pub person_id: PersonId,
    pub organisation_id: Option<OrganisationId>,
    pub(super) state: BookingState,
    pub asked_by: AccountId,
    pub asked_at: NaiveDateTime,
    pub booked_at: Option<NaiveDateTime>,
    pub(super) favoured: bool,
    access_needs: Option<String>,
    pub wants_bursary: bool,
    pub(super) reminded_at: Option<NaiveDateTime>,
}

/// What is asked for.
#[derive(Debug, Clone)]
pub struct Wish {
    pub person: PersonId,
    /// On whose behalf.
    pub organisation: OrganisationId,
    pub asked_by: AccountId,
    /// For the provider's eyes only.
    pub access_needs: Option<String>,
    pub wants_bursary: bool,
}

/// What came of asking.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Asked {
    Booked,
    Waiting,
    /// They have a place, or wait for one, already.
    Already,
}

impl Booking {
    pub fn state(&self) -> BookingState {
        self.state
    }

    /// Is there a chair for them?
    pub fn has_place(&self) -> bool {
        BookingState::SEATED.contains(&self.state)
    }

    /// Someone's booking of a session that was not given up, if there is one.
    pub fn of(conn: &mut DbConnection, session: TrainingSessionId, person: PersonId) -> Result<Option<Self>> {
        Ok(training_bookings::table
            .filter(training_bookings::session_id.eq(session))
            .filter(training_bookings::person_id.eq(person))
            .filter(training_bookings::state.ne(BookingState::Cancelled))
            .select(Self::as_select())
            .first(conn)
            .optional()?)
    }

    /// What they need to take part; only for the provider's pages and for themselves.
    pub fn access_needs(&self, secret: &crate::secrets::SecretKey) -> Result<Option<String>> {
        let Some(sealed) = &self.access_needs else { return Ok(None) };
        Ok(Some(String::from_utf8_lossy(&secret.open(self.id.as_str(), sealed)?).into_owned()))
    }

    /// Did they say what they need to take part?
    pub(super) fn has_access_needs(&self) -> bool {
        self.access_needs.is_some()
    }

    /// What audit entries about it are about.
    pub fn subject_of_entry(&self) -> Subject {
        let record = format!("training-booking {}", self.id);
        Subject { record, organisation: self.organisation_id }
    }

    /// Gives up a place, or the wish for one; whoever waits moves up.
    pub fn give_up(&self, act: &mut Act<'_>) -> Result<()> {
        let session = TrainingSession::hold(act, self.session_id)?;
        let had_place = diesel::update(training_bookings::table.find(self.id))
            .filter(training_bookings::state.eq(BookingState::Booked))
            .set((
                training_bookings::state.eq(BookingState::Cancelled),
                training_bookings::access_needs.eq(None::<String>),
            ))
            .execute(act.conn)?;
        if had_place == 1 {
            let favoured = i32::from(self.favoured);
            diesel::update(training_sessions::table.find(session.id))
                .set((
                    training_sessions::booked.eq(training_sessions::booked - 1),
                    training_sessions::favoured.eq(training_sessions::favoured - favoured),
                ))
                .execute(act.conn)?;
        } else {
            let waited = diesel::update(training_bookings::table.find(self.id))
                .filter(training_bookings::state.eq(BookingState::Waiting))
                .set((
                    training_bookings::state.eq(BookingState::Cancelled),
                    training_bookings::access_needs.eq(None::<String>),
                ))
                .execute(act.conn)?;
            if waited == 0 {
                return Err(Error::Conflict);
            }
        }
        act.record("training place given up", self.subject_of_entry(), json!({ "session": self.session_id }))?;
        move_up(act, session.id).map(|_| ())
    }
}

/// Asks for a place on a session for someone. `Conflict` when it cannot be booked any more.
pub fn ask_for_place(act: &mut Act<'_>, session: TrainingSessionId, wish: &Wish) -> Result<Asked> {
    let session = TrainingSession::hold(act, session)?;
    if !session.is_bookable(act.at) {
        return Err(Error::Conflict);
    }
    let favoured = is_favoured(act.conn, &session, wish.organisation)?;
    let has_place = room_of(&session, act.at).takes(favoured);
    let id = BookingId::new();
    let booking = Booking {
        id,
        session_id: session.id,
        person_id: wish.person,
        organisation_id: Some(wish.organisation),
        state: if has_place { BookingState::Booked } else { BookingState::Waiting },
        asked_by: wish.asked_by,
        asked_at: act.at,
        booked_at: has_place.then_some(act.at),
        favoured,
        access_needs: wish.access_needs.as_ref().map(|needs| act.secret.seal(id.as_str(), needs.as_bytes())),
        wants_bursary: wish.wants_bursary,
        reminded_at: None,
    };
    let added =
        unless_taken(act.conn, |conn| diesel::insert_into(training_bookings::table).values(&booking).execute(conn))?;
    if added.is_none() {
        return Ok(Asked::Already);
    }
    let details = json!({ "session": session.id, "person": wish.person, "state": booking.state });
    act.record("training place asked for", booking.subject_of_entry(), details)?;
    if has_place {
        count_in(act, session.id, favoured)?;
        tell_booked(act, &session, &booking)?;
        return Ok(Asked::Booked);
    }
    tell_waiting(act, &session, &booking)?;
    Ok(Asked::Waiting)
}

/// Gives the places that are free to those who wait, the longest wait first; returns how many moved up.
pub(super) fn move_up(act: &mut Act<'_>, session: TrainingSessionId) -> Result<usize> {
    let mut moved = 0;
    loop {
        let session = TrainingSession::hold(act, session)?;
        if !session.is_bookable(act.at) {
            return Ok(moved);
        }
        let room = room_of(&session, act.at);
        let Some(next) = first_waiting(act.conn, session.id, room)? else { return Ok(moved) };
        let seated = diesel::update(training_bookings::table.find(next.id))
            .filter(training_bookings::state.eq(BookingState::Waiting))
            .set((training_bookings::state.eq(BookingState::Booked), training_bookings::booked_at.eq(act.at)))
            .execute(act.conn)?;
        if seated == 0 {
            return Err(Error::Conflict);
        }
        count_in(act, session.id, next.favoured)?;
        act.record("training place moved up to", next.subject_of_entry(), json!({ "session": session.id }))?;
        tell_moved_up(act, &session, &next)?;
        moved += 1;
    }
}

/// Lets go of places whose day has come, for a batch of sessions; returns how many sessions.
pub fn release_held_places(act: &mut Act<'_>) -> Result<usize> {
    let due: Vec<TrainingSessionId> = training_sessions::table
        .filter(training_sessions::state.eq(SessionState::Open))
        .filter(training_sessions::held.gt(0))
        .filter(training_sessions::held_until.le(act.at))
        .order(training_sessions::held_until)
        .limit(50)
        .select(training_sessions::id)
        .load(act.conn)?;
    for id in &due {
        let released = diesel::update(training_sessions::table.find(id))
            .filter(training_sessions::held.gt(0))
            .set((training_sessions::held.eq(0), training_sessions::held_for.eq(HeldFor::Nobody)))
            .execute(act.conn)?;
        if released == 1 {
            act.record("held places released", Subject::of("training-session", id), json!({}))?;
            move_up(act, *id)?;
        }
    }
    Ok(due.len())
}

pub(super) fn room_of(session: &TrainingSession, now: NaiveDateTime) -> Room {
    let is_held = session.held_for != HeldFor::Nobody && session.held_until.is_none_or(|until| until > now);
    Room {
        capacity: session.capacity,
        booked: session.booked,
        favoured: session.favoured,
        held: if is_held { session.held } else { 0 },
    }
}

fn first_waiting(conn: &mut DbConnection, session: TrainingSessionId, room: Room) -> Result<Option<Booking>> {
    if !room.takes(true) {
        return Ok(None);
    }
    let waiting = training_bookings::table
        .filter(training_bookings::session_id.eq(session))
        .filter(training_bookings::state.eq(BookingState::Waiting))
        .order((training_bookings::asked_at, training_bookings::id))
        .select(Booking::as_select());
    let first = match room.takes(false) {
        true => waiting.first(conn),
        false => waiting.filter(training_bookings::favoured.eq(true)).first(conn),
    };
    Ok(first.optional()?)
}

fn count_in(act: &mut Act<'_>, session: TrainingSessionId, favoured: bool) -> Result<()> {
    diesel::update(training_sessions::table.find(session))
        .set((
            training_sessions::booked.eq(training_sessions::booked + 1),
            training_sessions::favoured.eq(training_sessions::favoured + i32::from(favoured)),
        ))
        .execute(act.conn)?;
    Ok(())
}

/// Are places held for this organisation?
fn is_favoured(conn: &mut DbConnection, session: &TrainingSession, organisation: OrganisationId) -> Result<bool> {
    match (session.held_for, &session.held_district) {
        (HeldFor::District, Some(district)) => {
            let here = organisation_districts::table.find((organisation, district));
            Ok(diesel::select(diesel::dsl::exists(here)).get_result(conn)?)
        }
        (HeldFor::Newcomers, _) => {
            let had_one = training_bookings::table
                .filter(training_bookings::organisation_id.eq(organisation))
                .filter(training_bookings::state.eq_any(BookingState::SEATED))
                .filter(training_bookings::session_id.ne(session.id));
            let had_one: bool = diesel::select(diesel::dsl::exists(had_one)).get_result(conn)?;
            Ok(!had_one)
        }
        _ => Ok(false),
    }
}
