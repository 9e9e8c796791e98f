//! An organisation's pledges with what it promised and who signed, for it to take away.

use chrono::NaiveDateTime;
use diesel::prelude::*;

use super::commitment::Commitment;
use super::left_over::last_said;
use super::pledge::Pledge;
use super::progress::{CommitmentNote, YearlyCheck};
use super::signature::Signature;
use crate::db::DbConnection;
use crate::db::schema::{
    accounts, charter_statements, charter_versions, commitment_notes, pledge_checks, pledge_commitments as commitments,
    pledge_signatures as signatures, pledges, signature_requests,
};
use crate::error::Result;
use crate::ids::{OrganisationId, StatementId};
use crate::row;
use crate::takeaway::{Row, Sheet, Window};

pub fn sheets() -> Vec<Sheet<OrganisationId>> {
    vec![
        Sheet {
            name: "pledges",
            title: "Your pledges to the Youth Charter",
            columns: &[
                "code",
                "charter",
                "state",
                "began_at",
                "in_force_on",
                "ends_on",
                "withdrawn_on",
                "renewed_on",
                "signed_as",
            ],
            page: all_pledges,
        },
        Sheet {
            name: "commitments",
            title: "What you promised, statement by statement",
            columns: &["pledge", "statement", "words", "who", "by", "written_at", "is_in_its_charter"],
            page: all_commitments,
        },
        Sheet {
            name: "progress",
            title: "How you keep your pledges",
            columns: &["pledge", "statement", "how_it_goes", "words", "by", "written_at"],
            page: all_notes,
        },
        Sheet {
            name: "yearly-checks",
            title: "What changed for young people",
            columns: &["pledge", "words", "by", "answered_at"],
            page: all_checks,
        },
        Sheet {
            name: "signatures",
            title: "Who signed",
            columns: &[
                "pledge",
                "signed_for",
                "name",
                "role",
                "authority",
                "signed_at",
                "hash_of_the_words",
                "by_a_link_to",
            ],
            page: all_signatures,
        },
    ]
}

fn all_pledges(conn: &mut DbConnection, id: &OrganisationId, window: Window) -> Result<Vec<Row>> {
    let rows: Vec<(i32, Pledge)> = pledges::table
        .inner_join(charter_versions::table)
        .filter(pledges::organisation_id.eq(id))
        .order((pledges::started_at, pledges::id))
        .limit(window.most)
        .offset(window.from)
        .select((charter_versions::number, Pledge::as_select()))
        .load(conn)?;
    let told = |(charter, p): (i32, Pledge)| {
        let state = p.state();
        row![
            p.code,
            charter,
            state,
            p.started_at,
            p.in_force_on,
            p.ends_on,
            p.withdrawn_on,
            p.renewed_on,
            p.signed_name
        ]
    };
    Ok(rows.into_iter().map(told).collect())
}

fn all_commitments(conn: &mut DbConnection, id: &OrganisationId, window: Window) -> Result<Vec<Row>> {
    let same_statement = charter_statements::charter_version_id
        .eq(pledges::charter_version_id)
        .and(charter_statements::id.eq(commitments::statement_id));
    type Found = (String, StatementId, Option<String>, Commitment, NaiveDateTime);
    let rows: Vec<Found> = commitments::table
        .inner_join(pledges::table)
        .left_join(charter_statements::table.on(same_statement))
        .filter(pledges::organisation_id.eq(id))
        .order((commitments::pledge_id, commitments::statement_id))
        .limit(window.most)
        .offset(window.from)
        .select((
            pledges::code,
            commitments::statement_id,
            charter_statements::words.nullable(),
            Commitment::as_select(),
            commitments::written_at,
        ))
        .load(conn)?;
    // A statement that the Charter of the pledge has no more is told as it read last.
    let gone: Vec<StatementId> = rows.iter().filter(|row| row.2.is_none()).map(|row| row.1.clone()).collect();
    let said = last_said(conn, &gone)?;
    let told = |(code, id, statement, c, at): Found| {
        let stands = statement.is_some();
        let statement = statement.or_else(|| said.get(&id).map(|(_, words)| words.clone())).unwrap_or_default();
        row![code, statement, c.words, c.who, c.by_on, at, stands]
    };
    Ok(rows.into_iter().map(told).collect())
}

fn all_notes(conn: &mut DbConnection, id: &OrganisationId, window: Window) -> Result<Vec<Row>> {
    let rows: Vec<(String, CommitmentNote, String)> = commitment_notes::table
        .inner_join(pledges::table)
        .inner_join(accounts::table)
        .filter(pledges::organisation_id.eq(id))
        .order((commitment_notes::written_at, commitment_notes::id))
        .limit(window.most)
        .offset(window.from)
        .select((pledges::code, CommitmentNote::as_select(), accounts::name))
        .load(conn)?;
    let told = |(code, n, by): (String, CommitmentNote, String)| {
        row![code, n.statement_id, n.stage, n.words, by, n.written_at]
    };
    Ok(rows.into_iter().map(told).collect())
}

fn all_checks(conn: &mut DbConnection, id: &OrganisationId, window: Window) -> Result<Vec<Row>> {
    let rows: Vec<(String, YearlyCheck, String)> = pledge_checks::table
        .inner_join(pledges::table)
        .inner_join(accounts::table)
        .filter(pledges::organisation_id.eq(id))
        .order((pledge_checks::answered_at, pledge_checks::pledge_id))
        .limit(window.most)
        .offset(window.from)
        .select((pledges::code, YearlyCheck::as_select(), accounts::name))
        .load(conn)?;
    let told = |(code, c, by): (String, YearlyCheck, String)| row![code, c.words, by, c.answered_at];
    Ok(rows.into_iter().map(told).collect())
}

fn all_signatures(conn: &mut DbConnection, id: &OrganisationId, window: Window) -> Result<Vec<Row>> {
    let rows: Vec<(String, Signature, Option<String>)> = signatures::table
        .inner_join(pledges::table)
        .left_join(signature_requests::table)
        .filter(pledges::organisation_id.eq(id))
        .order((signatures::signed_at, signatures::pledge_id, signatures::capacity))
        .limit(window.most)
        .offset(window.from)
        .select((pledges::code, Signature::as_select(), signature_requests::address.nullable()))
        .load(conn)?;
    let told = |(code, s, link): (String, Signature, Option<String>)| {
        row![code, s.capacity, s.name, s.role, s.authority, s.signed_at, s.signed_hash, link]
    };
    Ok(rows.into_iter().map(told).collect())
}
