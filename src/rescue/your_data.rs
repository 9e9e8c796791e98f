//! The rescues that someone asked for, objected to or decided, to be told and to be forgotten. One that is under way is
//! withdrawn; what the VRP has decided stays, under the neutral mark, until rescues are forgotten altogether.

use chrono::NaiveDateTime;
use diesel::prelude::*;
use serde_json::json;

use super::contact::{Contact, tell_contacts};
use super::rescue::{Rescue, RescueState, WithdrawnLetter};
use crate::accounts::{new_token, token_hash};
use crate::acts::Act;
use crate::audit::Subject;
use crate::db::DbConnection;
use crate::db::schema::{organisations, rescue_contacts as contacts, rescues};
use crate::error::Result;
use crate::ids::RescueId;
use crate::organisations::Organisation;
use crate::row;
use crate::takeaway::{Row, Sheet, Someone, Window};
use crate::words::{ERASED_NAME, EmailAddress};

const BATCH: i64 = 200;

pub fn sheets() -> Vec<Sheet<Someone>> {
    vec![
        Sheet {
            name: "taking-over",
            title: "Organisations you asked to take over",
            columns: &["organisation", "what_you_are_there", "reasons", "state", "asked_at", "decided_at", "decision"],
            page: asked_for,
        },
        Sheet {
            name: "objections",
            title: "Where you were asked whether someone else may take over",
            columns: &["organisation", "address", "name", "as", "objection", "objected_at"],
            page: objected_to,
        },
        Sheet {
            name: "taking-over-decided",
            title: "Who takes over: your decisions",
            columns: &["organisation", "state", "reasons", "decided_at"],
            page: decided,
        },
    ]
}

fn asked_for(conn: &mut DbConnection, whom: &Someone, window: Window) -> Result<Vec<Row>> {
    let rows: Vec<(String, Rescue)> = rescues::table
        .inner_join(organisations::table)
        .filter(rescues::asked_by.eq_any(whom.account.as_slice()))
        .order((rescues::asked_at, rescues::id))
        .limit(window.most)
        .offset(window.from)
        .select((organisations::name, Rescue::as_select()))
        .load(conn)?;
    let told = |(organisation, r): (String, Rescue)| {
        let state = r.state();
        row![organisation, r.position, r.reasons, state, r.asked_at, r.decided_at, r.decision_reasons]
    };
    Ok(rows.into_iter().map(told).collect())
}

fn objected_to(conn: &mut DbConnection, whom: &Someone, window: Window) -> Result<Vec<Row>> {
    let rows: Vec<(String, Contact)> = contacts::table
        .inner_join(rescues::table.inner_join(organisations::table))
        .filter(
            contacts::address
                .eq_any(&whom.addresses)
                .or(contacts::account_id.assume_not_null().eq_any(whom.account.as_slice())),
        )
        .order((contacts::rescue_id, contacts::address))
        .limit(window.most)
        .offset(window.from)
        .select((organisations::name, Contact::as_select()))
        .load(conn)?;
    let told = |(organisation, c): (String, Contact)| {
        row![organisation, c.address, c.name, c.kind, c.objection, c.objected_at]
    };
    Ok(rows.into_iter().map(told).collect())
}

fn decided(conn: &mut DbConnection, whom: &Someone, window: Window) -> Result<Vec<Row>> {
    let rows: Vec<(String, Rescue)> = rescues::table
        .inner_join(organisations::table)
        .filter(rescues::decided_by.assume_not_null().eq_any(whom.account.as_slice()))
        .order((rescues::decided_at, rescues::id))
        .limit(window.most)
        .offset(window.from)
        .select((organisations::name, Rescue::as_select()))
        .load(conn)?;
    let told = |(organisation, r): (String, Rescue)| {
        let state = r.state();
        row![organisation, state, r.decision_reasons, r.decided_at]
    };
    Ok(rows.into_iter().map(told).collect())
}

/// Withdraws what is under way, and takes name and address away from the rest.
pub fn forget(act: &mut Act<'_>, whom: &Someone) -> Result<()> {
    let asked: Vec<Rescue> = rescues::table
        .filter(rescues::asked_by.eq_any(whom.account.as_slice()))
        .filter(rescues::state.eq_any([RescueState::Open, RescueState::Awaiting]))
        .select(Rescue::as_select())
        .load(act.conn)?;
    for rescue in asked {
        rescue.change_state(act, &[RescueState::Open, RescueState::Awaiting], RescueState::Withdrawn)?;
        act.record("taking over withdrawn", rescue.subject(), json!({ "erased": true }))?;
        let organisation = Organisation::find(act.conn, rescue.organisation_id)?;
        tell_contacts(act, &rescue, &WithdrawnLetter { organisation: &organisation.name, name: ERASED_NAME })?;
    }
    let as_contact: Vec<(RescueId, String)> = contacts::table
        .filter(
            contacts::address
                .eq_any(&whom.addresses)
                .or(contacts::account_id.assume_not_null().eq_any(whom.account.as_slice())),
        )
        .select((contacts::rescue_id, contacts::address))
        .load(act.conn)?;
    for (rescue, address) in as_contact {
        // A token that nobody was sent.
        let (token, nowhere) = (token_hash(&new_token()), EmailAddress::erased(RescueId::new()));
        diesel::update(contacts::table.find((rescue, address)))
            .set((
                contacts::address.eq(nowhere.as_str()),
                contacts::name.eq(ERASED_NAME),
                contacts::token_hash.eq(token),
            ))
            .execute(act.conn)?;
    }
    Ok(())
}

/// Removes rescues that came to their end before, with everyone who was written to; returns how many. That someone
/// took over, and who decided it, stays in the trail.
pub fn forget_old_rescues(act: &mut Act<'_>, before: NaiveDateTime) -> Result<usize> {
    let old: Vec<RescueId> = rescues::table
        .filter(rescues::state.eq_any([RescueState::Granted, RescueState::Refused, RescueState::Withdrawn]))
        .filter(rescues::open_until.le(before))
        .order(rescues::open_until)
        .limit(BATCH)
        .select(rescues::id)
        .load(act.conn)?;
    diesel::delete(contacts::table.filter(contacts::rescue_id.eq_any(&old))).execute(act.conn)?;
    let removed = diesel::delete(rescues::table.filter(rescues::id.eq_any(&old))).execute(act.conn)?;
    if removed > 0 {
        act.record("old rescues removed", Subject::of("retention", "rescues"), json!({ "rescues": removed }))?;
    }
    Ok(removed)
}
