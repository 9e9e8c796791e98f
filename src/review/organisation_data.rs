//! What was decided about an organisation, for it to take away. Who recommended and who decided is the VRP's.

use diesel::prelude::*;

use super::appeals::Appeal;
use super::decision::Decision;
use super::endorsement::Endorsement;
use super::standing::RecordedStep;
use crate::db::DbConnection;
use crate::db::schema::{
    assessments, endorsement_steps, endorsements, review_appeals, review_decisions as decisions, reviews,
};
use crate::error::Result;
use crate::ids::{AssessmentId, OrganisationId};
use crate::row;
use crate::takeaway::{Row, Sheet, Window};

pub fn sheets() -> Vec<Sheet<OrganisationId>> {
    let mut sheets = own_sheets();
    sheets.extend(super::conversations::organisation_data::sheets());
    sheets
}

fn own_sheets() -> Vec<Sheet<OrganisationId>> {
    vec![
        Sheet {
            name: "decisions",
            title: "What was decided about your self-assessments",
            columns: &["assessment", "level", "reasons", "decided_at"],
            page: all_decisions,
        },
        Sheet {
            name: "appeals",
            title: "Your appeals, and how they were answered",
            columns: &["against", "grounds", "state", "lodged_at", "target_on", "reasons", "answered_at"],
            page: all_appeals,
        },
        Sheet {
            name: "endorsement-steps",
            title: "What happened to your endorsements, and why",
            columns: &["number", "step", "reason", "taken_at"],
            page: all_steps,
        },
        Sheet {
            name: "endorsements",
            title: "Your endorsements",
            columns: &["number", "code", "level", "state", "starts_on", "ends_on"],
            page: all_endorsements,
        },
    ]
}

fn all_decisions(conn: &mut DbConnection, id: &OrganisationId, window: Window) -> Result<Vec<Row>> {
    let rows: Vec<(AssessmentId, Decision)> = decisions::table
        .inner_join(reviews::table.inner_join(assessments::table))
        .filter(assessments::organisation_id.eq(id))
        .order((decisions::decided_at, decisions::review_id))
        .limit(window.most)
        .offset(window.from)
        .select((assessments::id, Decision::as_select()))
        .load(conn)?;
    Ok(rows.into_iter().map(|(of, d)| row![of, d.outcome, d.reasons, d.decided_at]).collect())
}

fn all_appeals(conn: &mut DbConnection, id: &OrganisationId, window: Window) -> Result<Vec<Row>> {
    let rows: Vec<Appeal> = review_appeals::table
        .filter(review_appeals::organisation_id.eq(id))
        .order((review_appeals::lodged_at, review_appeals::id))
        .limit(window.most)
        .offset(window.from)
        .select(Appeal::as_select())
        .load(conn)?;
    let told = |a: Appeal| row![a.against, a.grounds, a.state(), a.lodged_at, a.target_on, a.reasons, a.answered_at];
    Ok(rows.into_iter().map(told).collect())
}

fn all_steps(conn: &mut DbConnection, id: &OrganisationId, window: Window) -> Result<Vec<Row>> {
    let rows: Vec<(String, RecordedStep)> = endorsement_steps::table
        .inner_join(endorsements::table)
        .filter(endorsements::organisation_id.eq(id))
        .order((endorsements::starts_on, endorsements::id, endorsement_steps::number))
        .limit(window.most)
        .offset(window.from)
        .select((endorsements::number, RecordedStep::as_select()))
        .load(conn)?;
    Ok(rows.into_iter().map(|(number, s)| row![number, s.step, s.reason, s.taken_at]).collect())
}

fn all_endorsements(conn: &mut DbConnection, id: &OrganisationId, window: Window) -> Result<Vec<Row>> {
    let rows: Vec<Endorsement> = endorsements::table
        .filter(endorsements::organisation_id.eq(id))
        .order((endorsements::starts_on, endorsements::id))
        .limit(window.most)
        .offset(window.from)
        .select(Endorsement::as_select())
        .load(conn)?;
    let told = |e: Endorsement| row![e.number, e.code, e.level, e.state, e.starts_on, e.ends_on];
    Ok(rows.into_iter().map(told).collect())
}
