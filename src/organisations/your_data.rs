//! Where someone belongs, to be told and to be forgotten. A membership that is over stays, under the neutral mark: who
//! led an organisation, and until when, is what others rely on.

use chrono::NaiveDateTime;
use diesel::prelude::*;
use serde_json::json;

use super::membership::{Membership, MembershipRole, MembershipState};
use super::{Question, StandingChange};
use crate::acts::Act;
use crate::db::DbConnection;
use crate::db::schema::{memberships, organisations, people, profile_changes, standing_changes};
use crate::error::Result;
use crate::ids::{AccountId, OrganisationId};
use crate::row;
use crate::takeaway::{Row, Sheet, Someone, Window};
use crate::words::ERASED_NAME;

use super::Organisation;

pub fn sheets() -> Vec<Sheet<Someone>> {
    vec![
        Sheet {
            name: "memberships",
            title: "The organisations you belong to or have left",
            columns: &[
                "organisation",
                "name_there",
                "role",
                "engagement",
                "accountable",
                "state",
                "joined_at",
                "left_at",
            ],
            page: own_memberships,
        },
        Sheet {
            name: "safeguarding-lead",
            title: "Organisations that name you as their safeguarding lead",
            columns: &["organisation", "name", "email"],
            page: named_as_safeguarding_lead,
        },
        Sheet {
            name: "profile-changes",
            title: "Changes of a profile that you made and that are not published",
            columns: &["organisation", "question", "answer", "changed_at"],
            page: own_profile_changes,
        },
        Sheet {
            name: "standing-changes",
            title: "Organisations that you suspended, closed or opened again",
            columns: &["organisation", "became", "reason", "changed_at"],
            page: own_standing_changes,
        },
    ]
}

fn own_memberships(conn: &mut DbConnection, whom: &Someone, window: Window) -> Result<Vec<Row>> {
    let rows: Vec<(String, String, Membership)> = memberships::table
        .inner_join(organisations::table)
        .inner_join(people::table)
        .filter(memberships::person_id.eq_any(whom.person.as_slice()))
        .order((memberships::joined_at, memberships::id))
        .limit(window.most)
        .offset(window.from)
        .select((organisations::name, people::name, Membership::as_select()))
        .load(conn)?;
    let told = |(organisation, name, m): (String, String, Membership)| {
        row![organisation, name, m.role, m.engagement, m.accountable, m.state, m.joined_at, m.left_at]
    };
    Ok(rows.into_iter().map(told).collect())
}

fn named_as_safeguarding_lead(conn: &mut DbConnection, whom: &Someone, window: Window) -> Result<Vec<Row>> {
    let rows: Vec<(String, Option<String>, Option<String>)> = organisations::table
        .filter(organisations::safeguarding_lead_email.eq_any(&whom.addresses))
        .order(organisations::id)
        .limit(window.most)
        .offset(window.from)
        .select((organisations::name, organisations::safeguarding_lead_name, organisations::safeguarding_lead_email))
        .load(conn)?;
    Ok(rows.into_iter().map(|(organisation, name, email)| row![organisation, name, email]).collect())
}

fn own_profile_changes(conn: &mut DbConnection, whom: &Someone, window: Window) -> Result<Vec<Row>> {
    let rows: Vec<(String, String, String, NaiveDateTime)> = profile_changes::table
        .inner_join(organisations::table)
        .filter(profile_changes::changed_by.eq_any(whom.account.as_slice()))
        .order((profile_changes::organisation_id, profile_changes::question))
        .limit(window.most)
        .offset(window.from)
        .select((organisations::name, profile_changes::question, profile_changes::answer, profile_changes::changed_at))
        .load(conn)?;
    let told = |(organisation, question, answer, at): (String, String, String, NaiveDateTime)| {
        let answer: serde_json::Value = serde_json::from_str(&answer).unwrap_or_default();
        row![organisation, question, answer, at]
    };
    Ok(rows.into_iter().map(told).collect())
}

fn own_standing_changes(conn: &mut DbConnection, whom: &Someone, window: Window) -> Result<Vec<Row>> {
    let rows: Vec<(String, StandingChange)> = standing_changes::table
        .inner_join(organisations::table)
        .filter(standing_changes::changed_by.eq_any(whom.account.as_slice()))
        .order((standing_changes::changed_at, standing_changes::id))
        .limit(window.most)
        .offset(window.from)
        .select((organisations::name, StandingChange::as_select()))
        .load(conn)?;
    Ok(rows.into_iter().map(|(organisation, c)| row![organisation, c.became, c.reason, c.changed_at]).collect())
}

/// The organisations that nobody leads but this account.
pub fn led_alone_by(conn: &mut DbConnection, account: AccountId) -> Result<Vec<Organisation>> {
    let mut alone = Vec::new();
    for (organisation, role) in super::organisations_of(conn, account)? {
        let leads: i64 = memberships::table
            .filter(memberships::organisation_id.eq(organisation.id))
            .filter(memberships::role.eq(MembershipRole::Lead))
            .filter(memberships::state.eq(MembershipState::Active))
            .count()
            .get_result(conn)?;
        if role == MembershipRole::Lead && leads == 1 {
            alone.push(organisation);
        }
    }
    Ok(alone)
}

/// Ends every membership, that of a last lead too, and takes the name away. Gives the organisations that lose their
/// safeguarding lead by it.
pub fn forget(act: &mut Act<'_>, whom: &Someone) -> Result<Vec<OrganisationId>> {
    let active: Vec<Membership> = memberships::table
        .filter(memberships::person_id.eq_any(whom.person.as_slice()))
        .filter(memberships::state.eq(MembershipState::Active))
        .select(Membership::as_select())
        .load(act.conn)?;
    for membership in active {
        diesel::update(memberships::table.find(membership.id))
            .set((memberships::state.eq(MembershipState::Left), memberships::left_at.eq(act.at)))
            .execute(act.conn)?;
        act.record("person left", membership.subject(), json!({ "role": membership.role, "erased": true }))?;
    }
    diesel::update(people::table.filter(people::id.eq_any(whom.person.as_slice())))
        .set((people::name.eq(ERASED_NAME), people::gone_since.eq(None::<NaiveDateTime>)))
        .execute(act.conn)?;
    forget_in_profiles(act, whom)?;
    let named = organisations::table.filter(organisations::safeguarding_lead_email.eq_any(&whom.addresses));
    let bereft: Vec<OrganisationId> = named.select(organisations::id).load(act.conn)?;
    diesel::update(organisations::table.filter(organisations::id.eq_any(&bereft)))
        .set((
            organisations::safeguarding_lead_name.eq(None::<String>),
            organisations::safeguarding_lead_email.eq(None::<String>),
        ))
        .execute(act.conn)?;
    Ok(bereft)
}

/// Takes their address from what organisations tell the public, and what waits to be published with it in it.
fn forget_in_profiles(act: &mut Act<'_>, whom: &Someone) -> Result<()> {
    diesel::update(organisations::table.filter(organisations::public_email.eq_any(&whom.addresses)))
        .set(organisations::public_email.eq(None::<String>))
        .execute(act.conn)?;
    let waiting: Vec<(OrganisationId, Question, String)> = profile_changes::table
        .filter(profile_changes::question.eq_any([Question::SafeguardingLead, Question::Contact]))
        .select((profile_changes::organisation_id, profile_changes::question, profile_changes::answer))
        .load(act.conn)?;
    // As it stands in the answer's JSON, whole.
    let quoted: Vec<String> = whom.addresses.iter().map(|a| serde_json::Value::from(a.as_str()).to_string()).collect();
    let names_them = |answer: &str| quoted.iter().any(|address| answer.contains(address));
    for (organisation, question, _) in waiting.iter().filter(|(_, _, answer)| names_them(answer)) {
        diesel::delete(profile_changes::table.find((organisation, question))).execute(act.conn)?;
    }
    Ok(())
}
