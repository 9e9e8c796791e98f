//! Registrations that somebody began and nobody works on any more.

use chrono::NaiveDateTime;
use diesel::dsl::exists;
use diesel::prelude::*;
use serde::Serialize;
use serde_json::json;

use super::Organisation;
use super::membership::note_gone;
use super::organisation::OrganisationState;
use crate::acts::Act;
use crate::audit::Subject;
use crate::config::Period;
use crate::db::schema::{
    audit_entries, invitations, lead_nudges, memberships, organisation_activities, organisation_days,
    organisation_districts, organisations,
};
use crate::error::Result;
use crate::ids::{OrganisationId, PersonId};
use crate::mail::Letter;

const BATCH: i64 = 20;

#[derive(Serialize)]
struct RemovedLetter<'a> {
    organisation: &'a str,
    kept: String,
}
impl Letter for RemovedLetter<'_> {
    const NAME: &'static str = "registration-removed";
}

/// Removes drafts with which nothing was done for so long, and tells their leads; returns how many.
pub fn forget_abandoned_registrations(act: &mut Act<'_>, kept: Period) -> Result<usize> {
    let before: NaiveDateTime = kept.before(act.at);
    let worked_on = audit_entries::table
        .filter(audit_entries::organisation_id.eq(organisations::id.nullable()))
        .filter(audit_entries::at.gt(before));
    let old: Vec<Organisation> = organisations::table
        .filter(organisations::state.eq(OrganisationState::Draft))
        .filter(organisations::created_at.le(before))
        .filter(diesel::dsl::not(exists(worked_on)))
        .order(organisations::created_at)
        .limit(BATCH)
        .select(Organisation::as_select())
        .load(act.conn)?;
    for organisation in &old {
        organisation.tell_leads(act, &RemovedLetter { organisation: &organisation.name, kept: kept.to_string() })?;
        remove(act, organisation.id)?;
        act.record("registration removed", Subject::of("organisation", organisation.id), json!({}))?;
    }
    Ok(old.len())
}

fn remove(act: &mut Act<'_>, id: OrganisationId) -> Result<()> {
    let here = memberships::table.filter(memberships::organisation_id.eq(id));
    let people: Vec<PersonId> = here.select(memberships::person_id).load(act.conn)?;
    diesel::delete(invitations::table.filter(invitations::organisation_id.eq(id))).execute(act.conn)?;
    diesel::delete(memberships::table.filter(memberships::organisation_id.eq(id))).execute(act.conn)?;
    people.into_iter().try_for_each(|person| note_gone(act, person))?;
    diesel::delete(lead_nudges::table.find(id)).execute(act.conn)?;
    diesel::delete(organisation_districts::table.filter(organisation_districts::organisation_id.eq(id)))
        .execute(act.conn)?;
    diesel::delete(organisation_activities::table.filter(organisation_activities::organisation_id.eq(id)))
        .execute(act.conn)?;
    diesel::delete(organisation_days::table.filter(organisation_days::organisation_id.eq(id))).execute(act.conn)?;
    diesel::delete(organisations::table.find(id)).execute(act.conn)?;
    Ok(())
}
