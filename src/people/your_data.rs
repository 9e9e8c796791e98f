//! Invitations, as those are told of them who got or sent them, and how they are forgotten.

use chrono::NaiveDateTime;
use diesel::prelude::*;
use serde_json::json;

use super::invitation::{Invitation, InvitationState};
use crate::acts::Act;
use crate::audit::Subject;
use crate::db::DbConnection;
use crate::db::schema::{invitations, organisations};
use crate::error::Result;
use crate::ids::{InvitationId, PersonId};
use crate::row;
use crate::takeaway::{Row, Sheet, Someone, Window};
use crate::words::{ERASED_NAME, EmailAddress};

const BATCH: i64 = 500;

/// By the person they are on the record, or by the address.
macro_rules! to_them {
    ($whom:expr) => {
        invitations::email
            .eq_any(&$whom.addresses)
            .or(invitations::person_id.assume_not_null().eq_any($whom.person.as_slice()))
    };
}

pub fn sheets() -> Vec<Sheet<Someone>> {
    vec![
        Sheet {
            name: "invitations",
            title: "Invitations sent to you",
            columns: &["organisation", "email", "name", "role", "state", "sent_at", "ends_at"],
            page: received,
        },
        Sheet {
            name: "invitations-you-sent",
            title: "Invitations you sent to other people",
            columns: &["organisation", "role", "state", "sent_at", "ends_at"],
            page: sent,
        },
    ]
}

fn received(conn: &mut DbConnection, whom: &Someone, window: Window) -> Result<Vec<Row>> {
    let rows: Vec<(String, Invitation)> = invitations::table
        .inner_join(organisations::table)
        .filter(to_them!(whom))
        .order((invitations::created_at, invitations::id))
        .limit(window.most)
        .offset(window.from)
        .select((organisations::name, Invitation::as_select()))
        .load(conn)?;
    let told = |(organisation, i): (String, Invitation)| {
        row![organisation, i.email, i.name, i.role, i.state, i.created_at, i.expires_at]
    };
    Ok(rows.into_iter().map(told).collect())
}

fn sent(conn: &mut DbConnection, whom: &Someone, window: Window) -> Result<Vec<Row>> {
    let rows: Vec<(String, Invitation)> = invitations::table
        .inner_join(organisations::table)
        .filter(invitations::invited_by.assume_not_null().eq_any(whom.account.as_slice()))
        .order((invitations::created_at, invitations::id))
        .limit(window.most)
        .offset(window.from)
        .select((organisations::name, Invitation::as_select()))
        .load(conn)?;
    let told =
        |(organisation, i): (String, Invitation)| row![organisation, i.role, i.state, i.created_at, i.expires_at];
    Ok(rows.into_iter().map(told).collect())
}

/// The addresses that someone on the record was invited at.
pub fn addresses_of(conn: &mut DbConnection, person: PersonId) -> Result<Vec<String>> {
    let theirs = invitations::table.filter(invitations::person_id.eq(person));
    Ok(theirs.select(invitations::email).distinct().load(conn)?)
}

/// Withdraws open ones, and takes name and address from all of them.
pub fn forget(act: &mut Act<'_>, whom: &Someone) -> Result<()> {
    let theirs: Vec<Invitation> =
        invitations::table.filter(to_them!(whom)).select(Invitation::as_select()).load(act.conn)?;
    for invitation in theirs {
        if invitation.state == InvitationState::Open {
            invitation.withdraw(act)?;
        }
        diesel::update(invitations::table.find(invitation.id))
            .set((
                invitations::email.eq(EmailAddress::erased(invitation.id).as_str()),
                invitations::name.eq(ERASED_NAME),
            ))
            .execute(act.conn)?;
    }
    Ok(())
}

/// Removes invitations that ended before, accepted or not; returns how many.
pub fn forget_old_invitations(act: &mut Act<'_>, before: NaiveDateTime) -> Result<usize> {
    let old: Vec<InvitationId> = invitations::table
        .filter(invitations::expires_at.le(before))
        .order(invitations::expires_at)
        .limit(BATCH)
        .select(invitations::id)
        .load(act.conn)?;
    let removed = diesel::delete(invitations::table.filter(invitations::id.eq_any(old))).execute(act.conn)?;
    if removed > 0 {
        let subject = Subject::of("retention", "invitations");
        act.record("old invitations removed", subject, json!({ "invitations": removed }))?;
    }
    Ok(removed)
}
