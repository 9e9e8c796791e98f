//! The invitations an organisation has sent, for it to take away.

use diesel::prelude::*;

use super::invitation::Invitation;
use crate::db::DbConnection;
use crate::db::schema::invitations;
use crate::error::Result;
use crate::ids::OrganisationId;
use crate::row;
use crate::takeaway::{Row, Sheet, Window};

pub fn sheets() -> Vec<Sheet<OrganisationId>> {
    let columns = &["name", "email", "role", "state", "sent_at", "ends_at"];
    vec![Sheet { name: "invitations", title: "Invitations you sent", columns, page: all_invitations }]
}

fn all_invitations(conn: &mut DbConnection, id: &OrganisationId, window: Window) -> Result<Vec<Row>> {
    let rows: Vec<Invitation> = invitations::table
        .filter(invitations::organisation_id.eq(id))
        .order((invitations::created_at, invitations::id))
        .limit(window.most)
        .offset(window.from)
        .select(Invitation::as_select())
        .load(conn)?;
    Ok(rows.into_iter().map(|i| row![i.name, i.email, i.role, i.state, i.created_at, i.expires_at]).collect())
}
