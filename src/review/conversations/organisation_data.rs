//! The learning conversations of an organisation, for it to take away.

use diesel::prelude::*;

use super::conversation::Conversation;
use crate::db::DbConnection;
use crate::db::schema::learning_conversations as conversations;
use crate::error::Result;
use crate::ids::OrganisationId;
use crate::row;
use crate::takeaway::{Row, Sheet, Window};

pub fn sheets() -> Vec<Sheet<OrganisationId>> {
    let columns = &["month", "due_on", "state", "changed", "proud", "hard", "taken_along", "held_on"];
    vec![Sheet { name: "learning-conversations", title: "Learning conversations", columns, page: all_conversations }]
}

fn all_conversations(conn: &mut DbConnection, id: &OrganisationId, window: Window) -> Result<Vec<Row>> {
    let rows: Vec<Conversation> = conversations::table
        .filter(conversations::organisation_id.eq(id))
        .order((conversations::due_on, conversations::id))
        .limit(window.most)
        .offset(window.from)
        .select(Conversation::as_select())
        .load(conn)?;
    let told = |c: Conversation| {
        let state = c.state();
        row![c.month, c.due_on, state, c.changed, c.proud, c.hard, c.taken_along, c.held_on]
    };
    Ok(rows.into_iter().map(told).collect())
}
