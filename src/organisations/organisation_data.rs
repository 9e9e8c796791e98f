//! An organisation's profile and people, for it to take away.

use diesel::prelude::*;

use super::membership::Membership;
use super::{Organisation, Profile};
use crate::db::DbConnection;
use crate::db::schema::{memberships, people};
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
                "charity_number",
                "company_number",
                "description",
                "youngest",
                "oldest",
                "postcode",
                "districts",
                "activities",
                "days",
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
    Ok(vec![row![
        o.name,
        o.state,
        o.legal_form,
        o.charity_number,
        o.company_number,
        o.description,
        o.min_age,
        o.max_age,
        o.postcode,
        districts,
        activities,
        profile.days,
        o.safeguarding_lead_name,
        o.safeguarding_lead_email,
        o.stage,
        o.created_at,
        o.submitted_at,
        o.approved_at,
    ]])
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
