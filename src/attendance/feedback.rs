//! What people say of a session they were at. That they have said something is kept, and so is what was said, but
//! nothing ties the two together; and nobody reads any of it before five have spoken.

use diesel::prelude::*;
use serde_json::json;

use crate::acts::Act;
use crate::audit::Actor;
use crate::db::schema::{training_feedback, training_feedback_given};
use crate::db::{DbConnection, unless_taken};
use crate::error::{Error, Result};
use crate::ids::{BookingId, FeedbackId, TrainingSessionId};
use crate::training_sessions::{Booking, BookingState, TrainingSession};

/// So many must have spoken before anyone reads it.
pub const FEWEST: usize = 5;

/// What someone says.
pub struct Said {
    /// 1, not useful, to 5, very useful.
    pub rating: i32,
    pub useful: String,
    pub better: String,
}

/// What those who spoke say together.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Opinion {
    pub answers: usize,
    /// How many gave 1, 2, 3, 4 and 5; nothing while fewer than five have spoken.
    pub ratings: Option<[usize; 5]>,
    /// Sorted by their words, so that their order tells nothing.
    pub useful: Vec<String>,
    pub better: Vec<String>,
}

#[derive(Insertable)]
#[diesel(table_name = training_feedback)]
struct FeedbackRow {
    id: FeedbackId,
    session_id: TrainingSessionId,
    rating: i32,
    useful: String,
    better: String,
}

/// Has this one spoken already?
pub fn has_spoken(conn: &mut DbConnection, booking: BookingId) -> Result<bool> {
    Ok(diesel::select(diesel::dsl::exists(training_feedback_given::table.find(booking))).get_result(conn)?)
}

/// Keeps what someone says who was there; `Conflict` when they have spoken already, or were not there.
pub fn give_feedback(act: &mut Act<'_>, session: &TrainingSession, booking: &Booking, said: Said) -> Result<()> {
    if booking.state() != BookingState::Attended || booking.session_id != session.id {
        return Err(Error::Conflict);
    }
    let given = training_feedback_given::booking_id.eq(booking.id);
    let first =
        unless_taken(act.conn, |conn| diesel::insert_into(training_feedback_given::table).values(given).execute(conn))?;
    first.ok_or(Error::Conflict)?;
    // An id without a time in it, and an entry without a name: nothing says which words are whose.
    let id = FeedbackId::from(uuid::Builder::from_random_bytes(rand::random()).into_uuid());
    let row = FeedbackRow { id, session_id: session.id, rating: said.rating, useful: said.useful, better: said.better };
    diesel::insert_into(training_feedback::table).values(&row).execute(act.conn)?;
    act.by = Actor::visitor();
    act.record("feedback given", session.subject_of_entry(), json!({}))
}

/// What people say of a session.
pub fn opinion_of(conn: &mut DbConnection, session: TrainingSessionId) -> Result<Opinion> {
    let said: Vec<(i32, String, String)> = training_feedback::table
        .filter(training_feedback::session_id.eq(session))
        .select((training_feedback::rating, training_feedback::useful, training_feedback::better))
        .load(conn)?;
    if said.len() < FEWEST {
        return Ok(Opinion { answers: said.len(), ..Opinion::default() });
    }
    let mut ratings = [0; 5];
    let (mut useful, mut better) = (Vec::new(), Vec::new());
    let answers = said.len();
    for (rating, liked, wanted) in said {
        ratings[(rating.clamp(1, 5) - 1) as usize] += 1;
        useful.push(liked);
        better.push(wanted);
    }
    for words in [&mut useful, &mut better] {
        words.retain(|words| !words.is_empty());
        words.sort();
    }
    Ok(Opinion { answers, ratings: Some(ratings), useful, better })
}
