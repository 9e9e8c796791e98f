//! The links to someone's training record, to be told and to be forgotten: none of them opens anything afterwards.

use diesel::prelude::*;

use super::record_link::RecordLink;
use crate::acts::Act;
use crate::db::DbConnection;
use crate::db::schema::{training_record_link_modules as modules, training_record_links as links};
use crate::error::Result;
use crate::row;
use crate::takeaway::{Row, Sheet, Someone, Window};

pub fn sheets() -> Vec<Sheet<Someone>> {
    vec![Sheet {
        name: "record-links",
        title: "Links to your training record that you gave to others",
        columns: &["for_whom", "covers", "made_at", "last_day", "times_opened", "last_opened_on"],
        page: own_links,
    }]
}

fn own_links(conn: &mut DbConnection, whom: &Someone, window: Window) -> Result<Vec<Row>> {
    let rows: Vec<RecordLink> = links::table
        .filter(links::person_id.eq_any(whom.person.as_slice()))
        .order((links::made_at, links::id))
        .limit(window.most)
        .offset(window.from)
        .select(RecordLink::as_select())
        .load(conn)?;
    let told = |l: RecordLink| row![l.note, l.covers, l.made_at, l.ends_on, l.times_opened, l.last_opened_on];
    Ok(rows.into_iter().map(told).collect())
}

/// Takes them all away.
pub fn forget(act: &mut Act<'_>, whom: &Someone) -> Result<()> {
    let theirs = || links::table.filter(links::person_id.eq_any(whom.person.as_slice()));
    diesel::delete(modules::table.filter(modules::link_id.eq_any(theirs().select(links::id)))).execute(act.conn)?;
    diesel::delete(theirs()).execute(act.conn)?;
    Ok(())
}
