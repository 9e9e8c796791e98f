//! The pledges that someone signed or was asked to sign, and the drafts of the Charter they began, to be told and to be
//! forgotten. A signature stays, with its office and its day and without its name: a pledge stands on two of them.

use chrono::NaiveDateTime;
use diesel::prelude::*;
use serde_json::json;

use super::progress::{CommitmentNote, YearlyCheck};
use super::signature::Signature;
use super::signature_request::{RequestState, SignatureRequest};
use super::version::CharterVersion;
use crate::acts::Act;
use crate::audit::Subject;
use crate::db::DbConnection;
use crate::db::schema::{
    charter_versions, commitment_notes, organisations, pledge_checks, pledge_signatures as signatures, pledges,
    signature_requests as requests,
};
use crate::error::Result;
use crate::ids::SignatureRequestId;
use crate::row;
use crate::takeaway::{Row, Sheet, Someone, Window};
use crate::words::{ERASED_NAME, EmailAddress};

const BATCH: i64 = 500;

pub fn sheets() -> Vec<Sheet<Someone>> {
    vec![
        Sheet {
            name: "signatures",
            title: "Pledges you signed",
            columns: &["organisation", "pledge", "signed_for", "name", "role", "authority", "signed_at"],
            page: own_signatures,
        },
        Sheet {
            name: "signature-links",
            title: "Links you were sent to sign a pledge",
            columns: &["organisation", "pledge", "signed_for", "name", "email", "state", "sent_at", "ends_at"],
            page: asked_of_them,
        },
        Sheet {
            name: "signature-links-you-sent",
            title: "Links you had sent to other people to sign a pledge",
            columns: &["organisation", "pledge", "signed_for", "state", "sent_at", "ends_at"],
            page: asked_by_them,
        },
        Sheet {
            name: "pledge-notes",
            title: "What you wrote of how a pledge is kept",
            columns: &["organisation", "pledge", "how_it_goes", "words", "written_at"],
            page: own_notes,
        },
        Sheet {
            name: "pledge-checks",
            title: "What you said changed for young people",
            columns: &["organisation", "pledge", "words", "answered_at"],
            page: own_checks,
        },
        Sheet {
            name: "charters-you-began",
            title: "Drafts of the Charter that you began for the VRP",
            columns: &["version", "state", "begun_at", "published_at"],
            page: own_drafts,
        },
    ]
}

fn own_drafts(conn: &mut DbConnection, whom: &Someone, window: Window) -> Result<Vec<Row>> {
    let rows: Vec<(CharterVersion, Option<NaiveDateTime>)> = charter_versions::table
        .filter(charter_versions::begun_by.eq_any(whom.account.as_slice()))
        .order((charter_versions::begun_at, charter_versions::id))
        .limit(window.most)
        .offset(window.from)
        .select((CharterVersion::as_select(), charter_versions::begun_at))
        .load(conn)?;
    Ok(rows
        .into_iter()
        .map(|(version, begun)| row![version.number, version.state, begun, version.published_at])
        .collect())
}

fn own_signatures(conn: &mut DbConnection, whom: &Someone, window: Window) -> Result<Vec<Row>> {
    let rows: Vec<(String, String, Signature, NaiveDateTime)> = signatures::table
        .inner_join(pledges::table.inner_join(organisations::table))
        .left_join(requests::table)
        .filter(
            signatures::account_id
                .assume_not_null()
                .eq_any(whom.account.as_slice())
                .or(requests::address.assume_not_null().eq_any(&whom.addresses)),
        )
        .order((signatures::signed_at, signatures::pledge_id))
        .limit(window.most)
        .offset(window.from)
        .select((organisations::name, pledges::code, Signature::as_select(), signatures::signed_at))
        .load(conn)?;
    let told = |(organisation, code, s, at): (String, String, Signature, NaiveDateTime)| {
        row![organisation, code, s.capacity, s.name, s.role, s.authority, at]
    };
    Ok(rows.into_iter().map(told).collect())
}

fn asked_of_them(conn: &mut DbConnection, whom: &Someone, window: Window) -> Result<Vec<Row>> {
    let rows: Vec<(String, String, SignatureRequest)> = requests::table
        .inner_join(pledges::table.inner_join(organisations::table))
        .filter(requests::address.eq_any(&whom.addresses))
        .order((requests::asked_at, requests::id))
        .limit(window.most)
        .offset(window.from)
        .select((organisations::name, pledges::code, SignatureRequest::as_select()))
        .load(conn)?;
    let told = |(organisation, code, r): (String, String, SignatureRequest)| {
        row![organisation, code, r.capacity, r.name, r.address, r.state, r.asked_at, r.expires_at]
    };
    Ok(rows.into_iter().map(told).collect())
}

fn asked_by_them(conn: &mut DbConnection, whom: &Someone, window: Window) -> Result<Vec<Row>> {
    let rows: Vec<(String, String, SignatureRequest)> = requests::table
        .inner_join(pledges::table.inner_join(organisations::table))
        .filter(requests::asked_by.eq_any(whom.account.as_slice()))
        .order((requests::asked_at, requests::id))
        .limit(window.most)
        .offset(window.from)
        .select((organisations::name, pledges::code, SignatureRequest::as_select()))
        .load(conn)?;
    let told = |(organisation, code, r): (String, String, SignatureRequest)| {
        row![organisation, code, r.capacity, r.state, r.asked_at, r.expires_at]
    };
    Ok(rows.into_iter().map(told).collect())
}

fn own_notes(conn: &mut DbConnection, whom: &Someone, window: Window) -> Result<Vec<Row>> {
    let rows: Vec<(String, String, CommitmentNote)> = commitment_notes::table
        .inner_join(pledges::table.inner_join(organisations::table))
        .filter(commitment_notes::written_by.eq_any(whom.account.as_slice()))
        .order((commitment_notes::written_at, commitment_notes::id))
        .limit(window.most)
        .offset(window.from)
        .select((organisations::name, pledges::code, CommitmentNote::as_select()))
        .load(conn)?;
    let told = |(organisation, code, n): (String, String, CommitmentNote)| {
        row![organisation, code, n.stage, n.words, n.written_at]
    };
    Ok(rows.into_iter().map(told).collect())
}

fn own_checks(conn: &mut DbConnection, whom: &Someone, window: Window) -> Result<Vec<Row>> {
    let rows: Vec<(String, String, YearlyCheck)> = pledge_checks::table
        .inner_join(pledges::table.inner_join(organisations::table))
        .filter(pledge_checks::answered_by.eq_any(whom.account.as_slice()))
        .order((pledge_checks::answered_at, pledge_checks::pledge_id))
        .limit(window.most)
        .offset(window.from)
        .select((organisations::name, pledges::code, YearlyCheck::as_select()))
        .load(conn)?;
    let told =
        |(organisation, code, c): (String, String, YearlyCheck)| row![organisation, code, c.words, c.answered_at];
    Ok(rows.into_iter().map(told).collect())
}

/// Takes the name from under what was signed, and name and address from the links to sign by; an open one is withdrawn.
pub fn forget(act: &mut Act<'_>, whom: &Someone) -> Result<()> {
    let asked: Vec<SignatureRequestId> =
        requests::table.filter(requests::address.eq_any(&whom.addresses)).select(requests::id).load(act.conn)?;
    let theirs = signatures::account_id
        .assume_not_null()
        .eq_any(whom.account.as_slice())
        .or(signatures::request_id.assume_not_null().eq_any(asked.clone()));
    diesel::update(signatures::table.filter(theirs)).set(signatures::name.eq(ERASED_NAME)).execute(act.conn)?;
    for id in asked {
        diesel::update(requests::table.find(id).filter(requests::state.eq(RequestState::Open)))
            .set(requests::state.eq(RequestState::Withdrawn))
            .execute(act.conn)?;
        diesel::update(requests::table.find(id))
            .set((requests::address.eq(EmailAddress::erased(id).as_str()), requests::name.eq(ERASED_NAME)))
            .execute(act.conn)?;
    }
    Ok(())
}

/// Removes links that ended before and that nobody signed by; returns how many. The others stay with their signature.
pub fn forget_old_requests(act: &mut Act<'_>, before: NaiveDateTime) -> Result<usize> {
    let old: Vec<SignatureRequestId> = requests::table
        .filter(requests::state.ne(RequestState::Signed))
        .filter(requests::expires_at.le(before))
        .order(requests::expires_at)
        .limit(BATCH)
        .select(requests::id)
        .load(act.conn)?;
    let removed = diesel::delete(requests::table.filter(requests::id.eq_any(old))).execute(act.conn)?;
    if removed > 0 {
        let subject = Subject::of("retention", "signature-requests");
        act.record("old links to sign removed", subject, json!({ "links": removed }))?;
    }
    Ok(removed)
}
