//! An organisation's interest, what it was told of, and what the VRP lets it do, for it to take away.

use chrono::NaiveDateTime;
use diesel::prelude::*;

use super::interest::Interest;
use super::leave::Leave;
use crate::db::DbConnection;
use crate::db::schema::{accounts, charter_interests, charter_invitations, pledge_leaves, training_sessions};
use crate::error::Result;
use crate::ids::OrganisationId;
use crate::row;
use crate::takeaway::{Row, Sheet, Window};

pub fn sheets() -> Vec<Sheet<OrganisationId>> {
    vec![
        Sheet {
            name: "charter-interest",
            title: "Your interest in the Charter",
            columns: &["state", "people", "wish", "by", "expressed_at"],
            page: interest,
        },
        Sheet {
            name: "charter-invitations",
            title: "Charter training we wrote to you about",
            columns: &["session", "starts_at", "sent_at"],
            page: invitations,
        },
        Sheet {
            name: "pledge-leave",
            title: "What the VRP let you do",
            columns: &["what", "reason", "by", "granted_at", "ended_at"],
            page: leaves,
        },
    ]
}

fn interest(conn: &mut DbConnection, id: &OrganisationId, window: Window) -> Result<Vec<Row>> {
    let rows: Vec<(Interest, String)> = charter_interests::table
        .inner_join(accounts::table)
        .filter(charter_interests::organisation_id.eq(id))
        .limit(window.most)
        .offset(window.from)
        .select((Interest::as_select(), accounts::name))
        .load(conn)?;
    let told = |(i, by): (Interest, String)| row![i.state, i.people, i.wish, by, i.expressed_at];
    Ok(rows.into_iter().map(told).collect())
}

fn invitations(conn: &mut DbConnection, id: &OrganisationId, window: Window) -> Result<Vec<Row>> {
    let rows: Vec<(String, NaiveDateTime, NaiveDateTime)> = charter_invitations::table
        .inner_join(training_sessions::table)
        .filter(charter_invitations::organisation_id.eq(id))
        .order((charter_invitations::sent_at, charter_invitations::session_id))
        .limit(window.most)
        .offset(window.from)
        .select((training_sessions::title, training_sessions::starts_at, charter_invitations::sent_at))
        .load(conn)?;
    Ok(rows.into_iter().map(|(title, starts, sent)| row![title, starts, sent]).collect())
}

fn leaves(conn: &mut DbConnection, id: &OrganisationId, window: Window) -> Result<Vec<Row>> {
    let rows: Vec<(Leave, String)> = pledge_leaves::table
        .inner_join(accounts::table)
        .filter(pledge_leaves::organisation_id.eq(id))
        .order((pledge_leaves::granted_at, pledge_leaves::id))
        .limit(window.most)
        .offset(window.from)
        .select((Leave::as_select(), accounts::name))
        .load(conn)?;
    let told = |(l, by): (Leave, String)| row![l.kind, l.reason, by, l.granted_at, l.ended_at];
    Ok(rows.into_iter().map(told).collect())
}
