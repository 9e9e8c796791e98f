//! The interest that someone expressed for an organisation, and the leave they gave for the VRP, to be told. Erasing
//! leaves the id of an account without a name.

use diesel::prelude::*;

use super::interest::Interest;
use super::leave::Leave;
use crate::db::DbConnection;
use crate::db::schema::{charter_interests, organisations, pledge_leaves};
use crate::error::Result;
use crate::row;
use crate::takeaway::{Row, Sheet, Someone, Window};

pub fn sheets() -> Vec<Sheet<Someone>> {
    vec![
        Sheet {
            name: "interest-you-expressed",
            title: "Interest in the Charter that you expressed for an organisation",
            columns: &["organisation", "state", "people", "wish", "expressed_at"],
            page: interests,
        },
        Sheet {
            name: "leave-you-gave",
            title: "Leave that you gave or ended for the VRP",
            columns: &["organisation", "what", "reason", "granted_at", "ended_at"],
            page: leaves,
        },
    ]
}

fn interests(conn: &mut DbConnection, whom: &Someone, window: Window) -> Result<Vec<Row>> {
    let rows: Vec<(Interest, String)> = charter_interests::table
        .inner_join(organisations::table)
        .filter(charter_interests::expressed_by.eq_any(whom.account.as_slice()))
        .order(charter_interests::organisation_id)
        .limit(window.most)
        .offset(window.from)
        .select((Interest::as_select(), organisations::name))
        .load(conn)?;
    let told = |(i, organisation): (Interest, String)| row![organisation, i.state, i.people, i.wish, i.expressed_at];
    Ok(rows.into_iter().map(told).collect())
}

fn leaves(conn: &mut DbConnection, whom: &Someone, window: Window) -> Result<Vec<Row>> {
    let theirs = pledge_leaves::granted_by
        .eq_any(whom.account.as_slice())
        .or(pledge_leaves::ended_by.assume_not_null().eq_any(whom.account.as_slice()));
    let rows: Vec<(Leave, String)> = pledge_leaves::table
        .inner_join(organisations::table)
        .filter(theirs)
        .order((pledge_leaves::granted_at, pledge_leaves::id))
        .limit(window.most)
        .offset(window.from)
        .select((Leave::as_select(), organisations::name))
        .load(conn)?;
    let told = |(l, organisation): (Leave, String)| row![organisation, l.kind, l.reason, l.granted_at, l.ended_at];
    Ok(rows.into_iter().map(told).collect())
}
