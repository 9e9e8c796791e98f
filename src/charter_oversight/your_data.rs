//! The letters to groups that someone wrote for the VRP, to be told. Erasing leaves the id of an account without a name.

use diesel::prelude::*;

use super::group_letter::GroupLetter;
use crate::db::DbConnection;
use crate::db::schema::group_letters;
use crate::error::Result;
use crate::row;
use crate::takeaway::{Row, Sheet, Someone, Window};

pub fn sheets() -> Vec<Sheet<Someone>> {
    vec![Sheet {
        name: "letters-you-wrote-to-groups",
        title: "Letters that you wrote to groups of organisations",
        columns: &["subject", "words", "organisations", "written_at"],
        page: letters,
    }]
}

fn letters(conn: &mut DbConnection, whom: &Someone, window: Window) -> Result<Vec<Row>> {
    let rows: Vec<GroupLetter> = group_letters::table
        .filter(group_letters::written_by.eq_any(whom.account.as_slice()))
        .order((group_letters::written_at, group_letters::id))
        .limit(window.most)
        .offset(window.from)
        .select(GroupLetter::as_select())
        .load(conn)?;
    Ok(rows
        .into_iter()
        .map(|letter| row![letter.subject, letter.words, letter.organisations, letter.written_at])
        .collect())
}
