//! Who is written to about a round, and when: the leads when it opens and when it has closed, and everyone asked who has
//! not finished, a week after it opened and three days before it closes. Only a round with a last day writes to anyone.
//! A notice is a row before it is a letter; each is told once.

use chrono::{Duration, NaiveDate};
use diesel::dsl::{exists, not};
use diesel::prelude::*;

use super::letters::{AskedLetter, RoundClosedLetter, RoundOpenedLetter};
use crate::acts::Act;
use crate::clock::{day_of, say_day};
use crate::db::schema::{
    accounts, memberships, organisation_districts, organisations, people, skills_entries as entries,
    skills_notices as notices, skills_responses as responses,
};
use crate::db::{DbConnection, unless_taken};
use crate::error::Result;
use crate::ids::{OrganisationId, PersonId, RoundId};
use crate::notices::message_id;
use crate::organisations::{
    MembershipRole, MembershipState, Organisation, OrganisationStanding, OrganisationState, lead_addresses,
};
use crate::skills_audit::{ResponseState, Round, SkillsLink};
use crate::text_enum;
use crate::words::EmailAddress;

const BATCH: i64 = 50;
const FIRST_AFTER: Duration = Duration::days(7);
const LAST_BEFORE: Duration = Duration::days(3);
/// The leads hear that a round has closed so long afterwards at most.
const CLOSED_FOR: Duration = Duration::days(14);
/// In the place of a person: the leads together.
const LEADS: &str = "";

text_enum! {
    pub enum NoticeKind { Opened = "opened", First = "first", Last = "last", Closed = "closed" }
}

/// Writes to the leads of some organisations that a round has opened, or has closed; to how many organisations.
pub fn tell_leads_of_round(act: &mut Act<'_>) -> Result<usize> {
    let Some(round) = Round::latest(act.conn)?.filter(|round| round.closes_on.is_some()) else { return Ok(0) };
    let told = match round.closed_at {
        None => asked_without(act.conn, &round, NoticeKind::Opened)?,
        Some(at) if act.at < at + CLOSED_FOR => entered_without(act.conn, round.id, NoticeKind::Closed)?,
        Some(_) => Vec::new(),
    };
    for organisation in &told {
        tell_leads(act, &round, organisation)?;
    }
    Ok(told.len())
}

/// Reminds the people of some organisations that take part; of how many organisations.
pub fn remind_of_round(act: &mut Act<'_>) -> Result<usize> {
    let Some(round) = Round::open_now(act.conn)? else { return Ok(0) };
    let Some(kind) = due_on(&round, act.today()) else { return Ok(0) };
    let waiting = entered_without(act.conn, round.id, kind)?;
    for organisation in &waiting {
        remind_people(act, &round, organisation, kind)?;
    }
    Ok(waiting.len())
}

/// Which reminder a day is for.
fn due_on(round: &Round, today: NaiveDate) -> Option<NoticeKind> {
    let closes_on = round.closes_on?;
    if today >= closes_on - LAST_BEFORE {
        return Some(NoticeKind::Last).filter(|_| today <= closes_on);
    }
    Some(NoticeKind::First).filter(|_| today >= day_of(round.opened_at) + FIRST_AFTER)
}

fn tell_leads(act: &mut Act<'_>, round: &Round, organisation: &Organisation) -> Result<()> {
    let kind = if round.is_open() { NoticeKind::Opened } else { NoticeKind::Closed };
    if !note(act, round.id, organisation.id, LEADS, kind)? {
        return Ok(());
    }
    for address in lead_addresses(act.conn, organisation.id, MembershipRole::Lead)? {
        let id = message_id(&format!("skills {} {}", kind.as_str(), round.id), &address, day_of(round.opened_at));
        let (name, slug) = (organisation.name.as_str(), organisation.slug.as_str());
        match kind {
            NoticeKind::Closed => {
                let letter = RoundClosedLetter { organisation: name, slug, round: &round.title };
                act.post_once(message_for(id, organisation.id), &address, &letter)?;
            }
            _ => {
                let ends_on = round.closes_on.map(say_day).unwrap_or_default();
                let letter = RoundOpenedLetter { organisation: name, slug, round: &round.title, ends_on };
                act.post_once(message_for(id, organisation.id), &address, &letter)?;
            }
        }
    }
    Ok(())
}

/// Someone who leads two organisations gets a letter for each.
fn message_for(id: crate::ids::MessageId, organisation: OrganisationId) -> crate::ids::MessageId {
    message_id(id.as_str(), organisation, NaiveDate::MIN)
}

/// Writes to everyone of an organisation who was asked and has not finished.
pub(super) fn remind_people(
    act: &mut Act<'_>,
    round: &Round,
    organisation: &Organisation,
    kind: NoticeKind,
) -> Result<usize> {
    if !note(act, round.id, organisation.id, LEADS, kind)? {
        return Ok(0);
    }
    let ends_on = round.closes_on.map(say_day);
    let mut told = 0;
    for (person, name, address, page, by_link) in asked_in(act, round, organisation)? {
        let Ok(address) = EmailAddress::parse(&address) else { continue };
        if !note(act, round.id, organisation.id, person.as_str(), kind)? {
            continue;
        }
        let letter = AskedLetter {
            organisation: &organisation.name,
            name: &name,
            page,
            by_link,
            again: true,
            ends_on: ends_on.clone(),
        };
        let about = format!("skills {} {} {}", kind.as_str(), round.id, organisation.id);
        act.post_once(message_id(&about, person, day_of(round.opened_at)), &address, &letter)?;
        told += 1;
    }
    Ok(told)
}

type Asked = (PersonId, String, String, String, bool);

/// Those who can be written to and have not finished: by their account, or else by the link that was sent to them.
fn asked_in(act: &mut Act<'_>, round: &Round, organisation: &Organisation) -> Result<Vec<Asked>> {
    let finished = responses::table
        .filter(responses::round_id.eq(round.id))
        .filter(responses::organisation_id.eq(organisation.id))
        .filter(responses::state.eq(ResponseState::Finished))
        .select(responses::person_id);
    let active: Vec<(PersonId, String, Option<String>)> = memberships::table
        .inner_join(people::table.left_join(accounts::table))
        .filter(memberships::organisation_id.eq(organisation.id))
        .filter(memberships::state.eq(MembershipState::Active))
        .filter(memberships::role.ne(MembershipRole::Viewer))
        .filter(memberships::person_id.ne_all(finished))
        .order(people::id)
        .select((people::id, people::name, accounts::email.nullable()))
        .load(act.conn)?;
    let links = SkillsLink::all_in(act.conn, round.id, organisation.id)?;
    let mut asked = Vec::new();
    for (person, name, email) in active {
        let link = links.iter().find(|link| link.person_id == person && link.is_open());
        match (email, link) {
            (Some(email), _) => {
                asked.push((person, name, email, format!("/my/skills-audit/{}", organisation.slug), false));
            }
            (None, Some(link)) => {
                let page = format!("/skills-audit/{}", link.token(act.secret));
                asked.push((person, name, link.address.clone(), page, true));
            }
            (None, None) => {}
        }
    }
    Ok(asked)
}

/// Writes down that something is told; false when it was before.
fn note(act: &mut Act<'_>, round: RoundId, organisation: OrganisationId, whom: &str, kind: NoticeKind) -> Result<bool> {
    let row = (
        notices::round_id.eq(round),
        notices::organisation_id.eq(organisation),
        notices::person_id.eq(whom),
        notices::kind.eq(kind),
        notices::noted_at.eq(act.at),
    );
    let added = unless_taken(act.conn, |conn| diesel::insert_into(notices::table).values(row).execute(conn))?;
    Ok(added.is_some())
}

/// Organisations whom an open round is for and whose leads were not told yet.
fn asked_without(conn: &mut DbConnection, round: &Round, kind: NoticeKind) -> Result<Vec<Organisation>> {
    let districts = round.districts(conn)?;
    let told = notices::table
        .filter(notices::round_id.eq(round.id))
        .filter(notices::organisation_id.eq(organisations::id))
        .filter(notices::person_id.eq(LEADS))
        .filter(notices::kind.eq(kind));
    let mut asked = organisations::table
        .filter(organisations::state.eq(OrganisationState::Approved))
        .filter(organisations::standing.eq(OrganisationStanding::Open))
        .filter(not(exists(told)))
        .into_boxed();
    if !districts.is_empty() {
        let there = organisation_districts::table
            .filter(organisation_districts::district_code.eq_any(districts))
            .select(organisation_districts::organisation_id);
        asked = asked.filter(organisations::id.eq_any(there));
    }
    Ok(asked.order(organisations::id).limit(BATCH).select(Organisation::as_select()).load(conn)?)
}

/// Organisations that take part and were not written to yet.
fn entered_without(conn: &mut DbConnection, round: RoundId, kind: NoticeKind) -> Result<Vec<Organisation>> {
    let told = notices::table
        .filter(notices::round_id.eq(round))
        .filter(notices::organisation_id.eq(entries::organisation_id))
        .filter(notices::person_id.eq(LEADS))
        .filter(notices::kind.eq(kind));
    Ok(entries::table
        .inner_join(organisations::table)
        .filter(entries::round_id.eq(round))
        .filter(organisations::standing.eq(OrganisationStanding::Open))
        .filter(not(exists(told)))
        .order(entries::organisation_id)
        .limit(BATCH)
        .select(Organisation::as_select())
        .load(conn)?)
}
