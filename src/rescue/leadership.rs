//! Two leads, never one: which organisations have fewer, whether a lead is still there, and a letter to the only one,
//! once a month.

use chrono::{Duration, NaiveDateTime};
use diesel::prelude::*;
use serde::Serialize;
use serde_json::json;

use crate::acts::Act;
use crate::db::schema::{account_sessions, accounts, audit_entries, lead_nudges, memberships, organisations, people};
use crate::db::{DbConnection, unless_taken};
use crate::error::Result;
use crate::ids::{AccountId, OrganisationId};
use crate::mail::{Letter, is_undeliverable};
use crate::organisations::{MembershipRole, MembershipState, Organisation, OrganisationStanding, OrganisationState};

/// Whoever has not been here for so long is taken to have gone.
const IDLE: Duration = Duration::days(365);
/// Never two letters in one month.
const NUDGED_EVERY: Duration = Duration::days(31);
const BATCH: i64 = 50;

/// A lead, and whether they are still there.
#[derive(Debug, Clone)]
pub struct LeadSeen {
    pub name: String,
    pub email: String,
    /// The last sign of them here.
    pub last_here: NaiveDateTime,
    /// Mail to them was given up.
    pub undeliverable: bool,
    pub idle: bool,
}

/// An organisation with one lead or none.
#[derive(Debug, Clone)]
pub struct Thin {
    pub organisation: Organisation,
    pub lead: Option<(String, String)>,
}

#[derive(Serialize)]
struct OneLeadLetter<'a> {
    organisation: &'a str,
    slug: &'a str,
}
impl Letter for OneLeadLetter<'_> {
    const NAME: &'static str = "one-lead";
}

impl LeadSeen {
    /// The leads of an organisation.
    pub fn all_in(conn: &mut DbConnection, organisation: OrganisationId, now: NaiveDateTime) -> Result<Vec<Self>> {
        let leads: Vec<(AccountId, String, String, NaiveDateTime)> = memberships::table
            .inner_join(people::table.inner_join(accounts::table))
            .filter(memberships::organisation_id.eq(organisation))
            .filter(memberships::role.eq(MembershipRole::Lead))
            .filter(memberships::state.eq(MembershipState::Active))
            .order(accounts::name)
            .select((accounts::id, accounts::name, accounts::email, memberships::joined_at))
            .load(conn)?;
        let mut seen = Vec::new();
        for (id, name, email, joined_at) in leads {
            let last_here = last_sign_of(conn, id, organisation)?.map_or(joined_at, |at| at.max(joined_at));
            let undeliverable = is_undeliverable(conn, &email)?;
            seen.push(Self { name, email, last_here, undeliverable, idle: last_here <= now - IDLE });
        }
        Ok(seen)
    }

    pub fn is_gone(&self) -> bool {
        self.undeliverable || self.idle
    }
}

/// The latest of: a session used, a sign-in, something done in this organisation. Old sessions are forgotten; the
/// trail is not.
fn last_sign_of(
    conn: &mut DbConnection,
    account: AccountId,
    organisation: OrganisationId,
) -> Result<Option<NaiveDateTime>> {
    let used: Option<NaiveDateTime> = account_sessions::table
        .filter(account_sessions::account_id.eq(account))
        .select(diesel::dsl::max(account_sessions::last_used_at))
        .first(conn)?;
    let signed_in: Option<NaiveDateTime> = audit_entries::table
        .filter(audit_entries::subject.eq(format!("account {account}")))
        .filter(audit_entries::verb.eq_any(["signed in", "proved who they are"]))
        .select(diesel::dsl::max(audit_entries::at))
        .first(conn)?;
    let acted: Option<NaiveDateTime> = audit_entries::table
        .filter(audit_entries::organisation_id.eq(organisation))
        .filter(audit_entries::actor_id.eq(account))
        .select(diesel::dsl::max(audit_entries::at))
        .first(conn)?;
    Ok([used, signed_in, acted].into_iter().flatten().max())
}

impl Thin {
    /// Approved organisations that are not closed, with one lead or none, by name.
    pub fn page(conn: &mut DbConnection, limit: i64, offset: i64) -> Result<Vec<Self>> {
        let found: Vec<Organisation> = organisations::table
            .filter(organisations::state.eq(OrganisationState::Approved))
            .filter(organisations::standing.ne(OrganisationStanding::Closed))
            .filter(organisations::id.ne_all(led_by_two()))
            .order(organisations::search)
            .limit(limit)
            .offset(offset)
            .select(Organisation::as_select())
            .load(conn)?;
        let ids: Vec<OrganisationId> = found.iter().map(|organisation| organisation.id).collect();
        let leads: Vec<(OrganisationId, String, String)> = memberships::table
            .inner_join(people::table.inner_join(accounts::table))
            .filter(memberships::organisation_id.eq_any(ids))
            .filter(memberships::role.eq(MembershipRole::Lead))
            .filter(memberships::state.eq(MembershipState::Active))
            .select((memberships::organisation_id, accounts::name, accounts::email))
            .load(conn)?;
        let lead_of =
            |id| leads.iter().find(|(of, ..)| *of == id).map(|(_, name, email)| (name.clone(), email.clone()));
        Ok(found.into_iter().map(|organisation| Self { lead: lead_of(organisation.id), organisation }).collect())
    }
}

/// How many approved organisations that are not closed have one lead or none.
pub fn count_thin(conn: &mut DbConnection) -> Result<i64> {
    Ok(organisations::table
        .filter(organisations::state.eq(OrganisationState::Approved))
        .filter(organisations::standing.ne(OrganisationStanding::Closed))
        .filter(organisations::id.ne_all(led_by_two()))
        .count()
        .get_result(conn)?)
}

/// Writes to the only lead of each organisation that has one, at most once a month; returns how many it wrote to.
pub fn remind_only_leads(act: &mut Act<'_>) -> Result<usize> {
    let month_ago = act.at - NUDGED_EVERY;
    let nudged = lead_nudges::table.filter(lead_nudges::nudged_at.gt(month_ago)).select(lead_nudges::organisation_id);
    let due: Vec<Organisation> = organisations::table
        .filter(organisations::state.eq(OrganisationState::Approved))
        .filter(organisations::standing.ne(OrganisationStanding::Closed))
        .filter(organisations::approved_at.le(month_ago))
        .filter(organisations::id.ne_all(led_by_two()))
        .filter(organisations::id.eq_any(led_at_all()))
        .filter(organisations::id.ne_all(nudged))
        .limit(BATCH)
        .select(Organisation::as_select())
        .load(act.conn)?;
    let mut reminded = 0;
    for organisation in due {
        if note_nudge(act, organisation.id, month_ago)? {
            act.record("only lead reminded", organisation.subject(), json!({}))?;
            let letter = OneLeadLetter { organisation: &organisation.name, slug: &organisation.slug };
            organisation.tell_leads(act, &letter)?;
            reminded += 1;
        }
    }
    Ok(reminded)
}

/// Two servers at once note it once.
fn note_nudge(act: &mut Act<'_>, organisation: OrganisationId, before: NaiveDateTime) -> Result<bool> {
    let again = diesel::update(lead_nudges::table.find(organisation))
        .filter(lead_nudges::nudged_at.le(before))
        .set(lead_nudges::nudged_at.eq(act.at))
        .execute(act.conn)?;
    if again == 1 {
        return Ok(true);
    }
    let first = (lead_nudges::organisation_id.eq(organisation), lead_nudges::nudged_at.eq(act.at));
    let noted = unless_taken(act.conn, |conn| diesel::insert_into(lead_nudges::table).values(first).execute(conn))?;
    Ok(noted.is_some())
}

#[diesel::dsl::auto_type(no_type_alias)]
fn led_at_all() -> _ {
    let (lead, active): (MembershipRole, MembershipState) = (MembershipRole::Lead, MembershipState::Active);
    memberships::table
        .filter(memberships::role.eq(lead))
        .filter(memberships::state.eq(active))
        .select(memberships::organisation_id)
}

#[diesel::dsl::auto_type(no_type_alias)]
fn led_by_two() -> _ {
    let (lead, active): (MembershipRole, MembershipState) = (MembershipRole::Lead, MembershipState::Active);
    memberships::table
        .filter(memberships::role.eq(lead))
        .filter(memberships::state.eq(active))
        .group_by(memberships::organisation_id)
        .having(diesel::dsl::count_star().gt(1_i64))
        .select(memberships::organisation_id)
}
