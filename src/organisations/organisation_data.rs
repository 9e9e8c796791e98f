//! An organisation's profile, standing and people, for it to take away.

use chrono::NaiveDateTime;
use diesel::prelude::*;

use super::membership::Membership;
use super::{Identifier, Organisation, Profile, StandingChange};
use crate::db::DbConnection;
use crate::db::schema::{memberships, people, profile_changes, standing_changes};
use crate::error::Result;
use crate::ids::OrganisationId;
use crate::row;
use crate::takeaway::{Row, Sheet, Window};

pub fn sheets() -> Vec<Sheet<OrganisationId>> {
    vec![
        Sheet {
            name: "organisation",
            title: "Your organisation",
            columns: &[
                "name",
                "state",
                "legal_form",
                "identifiers",
                "description",
                "youngest",
                "oldest",
                "postcode",
                "districts",
                "activities",
                "days",
                "languages",
                "access",
                "access_note",
                "website",
                "public_email",
                "phone",
                "safeguarding_lead_name",
                "safeguarding_lead_email",
                "stage",
                "registered_at",
                "submitted_at",
                "approved_at",
            ],
            page: profile,
        },
        Sheet {
            name: "changes",
            title: "Changes of your profile that are not published",
            columns: &["question", "answer", "changed_at"],
            page: changes,
        },
        Sheet {
            name: "standing",
            title: "When you were suspended, closed or opened again",
            columns: &["was", "became", "reason", "changed_at"],
            page: standing,
        },
        Sheet {
            name: "people",
            title: "Your people, now and before",
            columns: &["name", "role", "engagement", "accountable", "has_account", "state", "joined_at", "left_at"],
            page: all_people,
        },
    ]
}

fn profile(conn: &mut DbConnection, id: &OrganisationId, window: Window) -> Result<Vec<Row>> {
    if window.from > 0 {
        return Ok(Vec::new());
    }
    let found = Organisation::find(conn, *id)?;
    let profile = Profile::of(conn, found)?;
    let o = &profile.organisation;
    let districts: Vec<String> = profile.districts.iter().map(|district| district.name.clone()).collect();
    let activities: Vec<String> = profile.activities.iter().map(|activity| activity.name.clone()).collect();
    let identifiers: Vec<String> = profile.identifiers.iter().map(Identifier::org_id).collect();
    Ok(vec![row![
        o.name,
        o.state,
        o.legal_form,
        identifiers,
        o.description,
        o.min_age,
        o.max_age,
        o.postcode,
        districts,
        activities,
        profile.days,
        profile.languages,
        profile.access,
        o.access_note,
        o.website,
        o.public_email,
        o.phone,
        o.safeguarding_lead_name,
        o.safeguarding_lead_email,
        o.stage,
        o.created_at,
        o.submitted_at,
        o.approved_at,
    ]])
}

fn changes(conn: &mut DbConnection, id: &OrganisationId, window: Window) -> Result<Vec<Row>> {
    let rows: Vec<(String, String, NaiveDateTime)> = profile_changes::table
        .filter(profile_changes::organisation_id.eq(id))
        .order(profile_changes::question)
        .limit(window.most)
        .offset(window.from)
        .select((profile_changes::question, profile_changes::answer, profile_changes::changed_at))
        .load(conn)?;
    let told = |(question, answer, at): (String, String, NaiveDateTime)| {
        let answer: serde_json::Value = serde_json::from_str(&answer).unwrap_or_default();
        row![question, answer, at]
    };
    Ok(rows.into_iter().map(told).collect())
}

fn standing(conn: &mut DbConnection, id: &OrganisationId, window: Window) -> Result<Vec<Row>> {
    let rows: Vec<StandingChange> = standing_changes::table
        .filter(standing_changes::organisation_id.eq(id))
        .order((standing_changes::changed_at, standing_changes::id))
        .limit(window.most)
        .offset(window.from)
        .select(StandingChange::as_select())
        .load(conn)?;
    Ok(rows.into_iter().map(|c| row![c.was, c.became, c.reason, c.changed_at]).collect())
}

fn all_people(conn: &mut DbConnection, id: &OrganisationId, window: Window) -> Result<Vec<Row>> {
    let rows: Vec<(String, bool, Membership)> = memberships::table
        .inner_join(people::table)
        .filter(memberships::organisation_id.eq(id))
        .order((memberships::joined_at, memberships::id))
        .limit(window.most)
        .offset(window.from)
        .select((people::name, people::account_id.is_not_null(), Membership::as_select()))
        .load(conn)?;
    let told = |(name, account, m): (String, bool, Membership)| {
        row![name, m.role, m.engagement, m.accountable, account, m.state, m.joined_at, m.left_at]
    };
    Ok(rows.into_iter().map(told).collect())
}
