//! What falls due after an endorsement: an invitation to talk a month before a year and before two years are over, and
//! word of its end 12, 6 and 3 months before. Each batch is an act; each is done once, however often it is asked for.

use diesel::prelude::*;
use serde::Serialize;
use serde_json::json;

use super::conversation::{Conversation, ConversationState};
use crate::acts::Act;
use crate::clock::{day_months_before, months_after, say_day};
use crate::db::schema::{endorsements, learning_conversations as conversations, organisations};
use crate::db::unless_taken;
use crate::error::Result;
use crate::ids::ConversationId;
use crate::mail::Letter;
use crate::organisations::{Organisation, OrganisationStanding};
use crate::review::endorsement::{Endorsement, EndorsementState};
use crate::review::wording::level_name;

/// So many endorsements in one act.
const BATCH: i64 = 50;
/// So many months before they are due, conversations are announced.
const AHEAD: u32 = 1;
/// When to talk, in months since the endorsement began.
const MONTHS: [u32; 2] = [12, 24];
/// When to write of its end, in months before it; the nearest first.
const BEFORE_THE_END: [u32; 3] = [3, 6, 12];

#[derive(Serialize)]
struct ConversationLetter<'a> {
    organisation: &'a str,
    slug: &'a str,
    conversation: String,
    on: String,
    years: u32,
}
impl Letter for ConversationLetter<'_> {
    const NAME: &'static str = "learning-conversation";
}

#[derive(Serialize)]
struct EndingLetter<'a> {
    organisation: &'a str,
    slug: &'a str,
    level: &'a str,
    number: &'a str,
    ends_on: String,
}
impl Letter for EndingLetter<'_> {
    const NAME: &'static str = "endorsement-ending";
}

/// Invites the next organisations to a conversation; returns how many, 0 when all are invited.
pub fn invite_to_conversations(act: &mut Act<'_>) -> Result<usize> {
    let mut invited = 0;
    for month in MONTHS {
        // As many months ago as have passed when it is announced.
        let since = day_months_before(act.today(), month - AHEAD);
        let known =
            conversations::table.filter(conversations::month.eq(month as i32)).select(conversations::endorsement_id);
        let due: Vec<(Endorsement, Organisation)> = endorsements::table
            .inner_join(organisations::table)
            .filter(endorsements::state.eq(EndorsementState::InForce))
            .filter(endorsements::starts_on.le(since))
            .filter(endorsements::id.ne_all(known))
            .filter(organisations::standing.eq(OrganisationStanding::Open))
            .order(endorsements::id)
            .limit(BATCH)
            .select((Endorsement::as_select(), Organisation::as_select()))
            .load(act.conn)?;
        for (endorsement, organisation) in &due {
            invite(act, endorsement, organisation, month)?;
        }
        invited += due.len();
    }
    Ok(invited)
}

fn invite(act: &mut Act<'_>, endorsement: &Endorsement, organisation: &Organisation, month: u32) -> Result<()> {
    let conversation = Conversation {
        id: ConversationId::new(),
        endorsement_id: endorsement.id,
        organisation_id: organisation.id,
        month: month as i32,
        due_on: months_after(endorsement.starts_on, month),
        state: ConversationState::Due,
        changed: String::new(),
        proud: String::new(),
        hard: String::new(),
        prepared_by: None,
        prepared_at: None,
        taken_along: String::new(),
        held_on: None,
        held_by: None,
    };
    // Of two servers one invites.
    let added =
        unless_taken(act.conn, |conn| diesel::insert_into(conversations::table).values(&conversation).execute(conn))?;
    if added.is_none() {
        return Ok(());
    }
    act.record("learning conversation due", conversation.subject(), json!({ "month": month }))?;
    // What lies long in the past, because the portal was off or is new to this, is not written about.
    if conversation.due_on < day_months_before(act.today(), 2) {
        return Ok(());
    }
    let letter = ConversationLetter {
        organisation: &organisation.name,
        slug: &organisation.slug,
        conversation: conversation.id.to_string(),
        on: say_day(conversation.due_on),
        years: month / 12,
    };
    organisation.tell_leads(act, &letter)
}

/// Tells the leads of the next endorsements that end; returns how many, 0 when all are told.
pub fn tell_of_endings(act: &mut Act<'_>) -> Result<usize> {
    let mut told = 0;
    for months in BEFORE_THE_END {
        let untold =
            endorsements::told_months.is_null().or(endorsements::told_months.assume_not_null().gt(months as i32));
        let due: Vec<(Endorsement, Organisation)> = endorsements::table
            .inner_join(organisations::table)
            .filter(endorsements::state.eq(EndorsementState::InForce))
            .filter(endorsements::ends_on.le(months_after(act.today(), months)))
            .filter(untold)
            .filter(organisations::standing.eq(OrganisationStanding::Open))
            .order(endorsements::ends_on)
            .limit(BATCH)
            .select((Endorsement::as_select(), Organisation::as_select()))
            .load(act.conn)?;
        for (endorsement, organisation) in &due {
            tell_ending(act, endorsement, organisation, months)?;
        }
        told += due.len();
    }
    Ok(told)
}

fn tell_ending(act: &mut Act<'_>, endorsement: &Endorsement, organisation: &Organisation, months: u32) -> Result<()> {
    let untold = endorsements::told_months.is_null().or(endorsements::told_months.assume_not_null().gt(months as i32));
    let marked = diesel::update(endorsements::table.find(endorsement.id))
        .filter(untold)
        .set(endorsements::told_months.eq(months as i32))
        .execute(act.conn)?;
    if marked == 0 {
        return Ok(());
    }
    act.record("endorsement's end told", endorsement.subject(), json!({ "months": months }))?;
    let letter = EndingLetter {
        organisation: &organisation.name,
        slug: &organisation.slug,
        level: level_name(endorsement.level),
        number: &endorsement.number,
        ends_on: say_day(endorsement.ends_on),
    };
    organisation.tell_leads(act, &letter)
}
