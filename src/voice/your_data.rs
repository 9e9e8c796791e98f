//! When someone asked young people, answered them, or passed on what one wrote: to be told. Erasing leaves the id of an
//! account without a name.

use diesel::prelude::*;

use super::round::VoiceRound;
use crate::db::DbConnection;
use crate::db::schema::{organisations, voice_escalations, voice_rounds};
use crate::error::Result;
use crate::row;
use crate::takeaway::{Row, Sheet, Someone, Window};

pub fn sheets() -> Vec<Sheet<Someone>> {
    vec![
        Sheet {
            name: "young-people-you-asked",
            title: "When you asked or answered young people for an organisation",
            columns: &["organisation", "code", "opened_at", "you_opened", "replied_at", "you_replied"],
            page: rounds,
        },
        Sheet {
            name: "urgent-words-you-passed-on",
            title: "When you passed on as urgent what a young person wrote",
            columns: &["organisation", "code", "passed_on_at"],
            page: escalations,
        },
    ]
}

fn rounds(conn: &mut DbConnection, whom: &Someone, window: Window) -> Result<Vec<Row>> {
    let theirs = voice_rounds::opened_by
        .eq_any(whom.account.as_slice())
        .or(voice_rounds::replied_by.assume_not_null().eq_any(whom.account.as_slice()));
    let rows: Vec<(VoiceRound, String)> = voice_rounds::table
        .inner_join(organisations::table)
        .filter(theirs)
        .order((voice_rounds::opened_at, voice_rounds::id))
        .limit(window.most)
        .offset(window.from)
        .select((VoiceRound::as_select(), organisations::name))
        .load(conn)?;
    let told = |(r, organisation): (VoiceRound, String)| {
        let (opened, replied) =
            (Some(r.opened_by) == whom.account, r.replied_by.is_some() && r.replied_by == whom.account);
        row![organisation, r.code, r.opened_at, opened, r.replied_at, replied]
    };
    Ok(rows.into_iter().map(told).collect())
}

fn escalations(conn: &mut DbConnection, whom: &Someone, window: Window) -> Result<Vec<Row>> {
    let rows: Vec<(String, String, chrono::NaiveDateTime)> = voice_escalations::table
        .inner_join(voice_rounds::table.inner_join(organisations::table))
        .filter(voice_escalations::escalated_by.eq_any(whom.account.as_slice()))
        .order((voice_escalations::escalated_at, voice_escalations::id))
        .limit(window.most)
        .offset(window.from)
        .select((organisations::name, voice_rounds::code, voice_escalations::escalated_at))
        .load(conn)?;
    Ok(rows.into_iter().map(|(organisation, code, at)| row![organisation, code, at]).collect())
}
