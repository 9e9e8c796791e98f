//! Telling interested organisations of Charter training that can be booked: each of each session once. Nobody is told whose
//! people were at one already, or have a place.

use chrono::NaiveDateTime;
use diesel::prelude::*;
use serde::Serialize;

use super::interest::InterestState;
use crate::acts::Act;
use crate::clock::{day_of, say_day, say_time};
use crate::db::schema::{
    charter_interests, charter_invitations, organisations, training_bookings, training_providers, training_sessions,
};
use crate::db::{DbConnection, unless_taken};
use crate::error::Result;
use crate::ids::{OrganisationId, TrainingSessionId};
use crate::mail::Letter;
use crate::organisations::{Organisation, OrganisationStanding};

/// How many are told in one act at most.
const BATCH: i64 = 100;

#[derive(Serialize)]
struct InvitationLetter<'a> {
    organisation: &'a str,
    slug: &'a str,
    title: &'a str,
    when: String,
    /// Empty when it is online.
    where_it_is: &'a str,
    provider: &'a str,
    session: TrainingSessionId,
}
impl Letter for InvitationLetter<'_> {
    const NAME: &'static str = "charter-training-open";
}

/// A Charter session that can be booked.
#[derive(Queryable)]
struct Offer {
    id: TrainingSessionId,
    title: String,
    starts_at: NaiveDateTime,
    place: String,
    provider: String,
}

/// Writes to the leads of a batch of interested organisations; returns how many: call again until it is none.
pub fn invite_to_sessions(act: &mut Act<'_>) -> Result<usize> {
    for offer in offers(act.conn, act.at)? {
        let due = not_told(act.conn, offer.id)?;
        if due.is_empty() {
            continue;
        }
        for organisation in &due {
            invite(act, *organisation, &offer)?;
        }
        return Ok(due.len());
    }
    Ok(0)
}

fn offers(conn: &mut DbConnection, now: NaiveDateTime) -> Result<Vec<Offer>> {
    Ok(training_sessions::table
        .inner_join(training_providers::table)
        .filter(training_sessions::subject.eq("charter"))
        .filter(training_sessions::state.eq("open"))
        .filter(training_sessions::starts_at.gt(now))
        .order((training_sessions::starts_at, training_sessions::id))
        .select((
            training_sessions::id,
            training_sessions::title,
            training_sessions::starts_at,
            training_sessions::place,
            training_providers::name,
        ))
        .load(conn)?)
}

fn not_told(conn: &mut DbConnection, session: TrainingSessionId) -> Result<Vec<OrganisationId>> {
    let told = charter_invitations::table
        .filter(charter_invitations::session_id.eq(session))
        .select(charter_invitations::organisation_id);
    // Whoever was there, has a place or waits for one, at this session or another.
    let provided = training_bookings::table
        .inner_join(training_sessions::table)
        .filter(training_sessions::subject.eq("charter"))
        .filter(training_bookings::state.eq_any(["attended", "booked", "waiting"]))
        .filter(training_bookings::organisation_id.is_not_null())
        .select(training_bookings::organisation_id.assume_not_null());
    Ok(charter_interests::table
        .inner_join(organisations::table)
        .filter(charter_interests::state.eq(InterestState::Open))
        .filter(organisations::standing.eq(OrganisationStanding::Open))
        .filter(charter_interests::organisation_id.ne_all(told))
        .filter(charter_interests::organisation_id.ne_all(provided))
        .order(charter_interests::expressed_at)
        .limit(BATCH)
        .select(charter_interests::organisation_id)
        .load(conn)?)
}

fn invite(act: &mut Act<'_>, organisation: OrganisationId, offer: &Offer) -> Result<()> {
    let row = (
        charter_invitations::organisation_id.eq(organisation),
        charter_invitations::session_id.eq(offer.id),
        charter_invitations::sent_at.eq(act.at),
    );
    // Another server was quicker.
    if unless_taken(act.conn, |conn| diesel::insert_into(charter_invitations::table).values(row).execute(conn))?
        .is_none()
    {
        return Ok(());
    }
    let organisation = Organisation::find(act.conn, organisation)?;
    let letter = InvitationLetter {
        organisation: &organisation.name,
        slug: &organisation.slug,
        title: &offer.title,
        when: format!("{}, {}", say_day(day_of(offer.starts_at)), say_time(offer.starts_at)),
        where_it_is: &offer.place,
        provider: &offer.provider,
        session: offer.id,
    };
    organisation.tell_leads(act, &letter)
}
