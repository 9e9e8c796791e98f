//! The umbrella bodies an organisation was asked by, and the members of one that is an umbrella body itself, for it to
//! take away.

use diesel::prelude::*;

use super::affiliation::Affiliation;
use crate::db::DbConnection;
use crate::db::schema::{affiliations, organisations};
use crate::error::Result;
use crate::ids::OrganisationId;
use crate::organisations::Organisation;
use crate::row;
use crate::takeaway::{Row, Sheet, Window};

pub fn sheets() -> Vec<Sheet<OrganisationId>> {
    let columns = &["organisation", "state", "message", "asked_at", "changed_at"];
    vec![
        Sheet { name: "umbrella-bodies", title: "Umbrella bodies that asked you", columns, page: bodies },
        Sheet {
            name: "umbrella-members",
            title: "Organisations you asked as an umbrella body",
            columns,
            page: members,
        },
    ]
}

fn bodies(conn: &mut DbConnection, id: &OrganisationId, window: Window) -> Result<Vec<Row>> {
    let own: Vec<Affiliation> = affiliations::table
        .filter(affiliations::organisation_id.eq(id))
        .order((affiliations::asked_at, affiliations::id))
        .limit(window.most)
        .offset(window.from)
        .select(Affiliation::as_select())
        .load(conn)?;
    let ids: Vec<OrganisationId> = own.iter().map(|affiliation| affiliation.umbrella_id).collect();
    let names: Vec<(OrganisationId, String)> = organisations::table
        .filter(organisations::id.eq_any(ids))
        .select((organisations::id, organisations::name))
        .load(conn)?;
    let told = |a: Affiliation| {
        let name = names.iter().find(|(id, _)| *id == a.umbrella_id).map(|(_, name)| name);
        row![name, a.state(), a.message, a.asked_at, a.changed_at]
    };
    Ok(own.into_iter().map(told).collect())
}

fn members(conn: &mut DbConnection, id: &OrganisationId, window: Window) -> Result<Vec<Row>> {
    let rows: Vec<(Affiliation, Organisation)> = Affiliation::page_under(conn, *id, window.most, window.from)?;
    let told =
        |(a, member): (Affiliation, Organisation)| row![member.name, a.state(), a.message, a.asked_at, a.changed_at];
    Ok(rows.into_iter().map(told).collect())
}
