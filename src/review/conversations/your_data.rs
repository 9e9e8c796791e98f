//! The conversations that someone prepared or held, to be told. Erasing leaves the id of an account without a name.

use diesel::prelude::*;

use super::conversation::Conversation;
use crate::db::DbConnection;
use crate::db::schema::{learning_conversations as conversations, organisations};
use crate::error::Result;
use crate::row;
use crate::takeaway::{Row, Sheet, Someone, Window};

pub fn sheets() -> Vec<Sheet<Someone>> {
    let columns = &["organisation", "due_on", "changed", "proud", "hard", "taken_along", "held_on"];
    let title = "Learning conversations that you prepared or held";
    vec![Sheet { name: "conversations-of-yours", title, columns, page: own }]
}

fn own(conn: &mut DbConnection, whom: &Someone, window: Window) -> Result<Vec<Row>> {
    let account = whom.account.as_slice();
    let rows: Vec<(Conversation, String)> = conversations::table
        .inner_join(organisations::table)
        .filter(
            conversations::prepared_by
                .assume_not_null()
                .eq_any(account)
                .or(conversations::held_by.assume_not_null().eq_any(account)),
        )
        .order((conversations::due_on, conversations::id))
        .limit(window.most)
        .offset(window.from)
        .select((Conversation::as_select(), organisations::name))
        .load(conn)?;
    let told = |(c, place): (Conversation, String)| {
        row![place, c.due_on, c.changed, c.proud, c.hard, c.taken_along, c.held_on]
    };
    Ok(rows.into_iter().map(told).collect())
}
