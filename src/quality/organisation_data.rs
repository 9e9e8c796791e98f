//! An organisation's self-assessments with their evidence and what reviewers asked, for it to take away.

use chrono::{NaiveDate, NaiveDateTime};
use diesel::prelude::*;

use super::assessment::Assessment;
use super::comments::Comment;
use super::frozen::StoredCopy;
use super::plan::PlannedAction;
use super::signing::AssessmentSignature;
use crate::db::DbConnection;
use crate::db::schema::{
    accounts, answer_comments as comments, assessment_answers as answers, assessment_change_requests as requests,
    assessment_copies as copies, assessment_evidence as evidence, assessment_signatures as signatures, assessments,
    files, framework_indicators as indicators, planned_actions as actions,
};
use crate::error::Result;
use crate::files::StoredFile;
use crate::framework::indicators_as_asked_last;
use crate::ids::{IndicatorId, OrganisationId};
use crate::row;
use crate::takeaway::{Row, Sheet, Window, place_of};

pub fn sheets() -> Vec<Sheet<OrganisationId>> {
    vec![
        Sheet {
            name: "assessments",
            title: "Your self-assessments",
            columns: &["assessment", "state", "began_at", "submitted_at", "decided_at"],
            page: all_assessments,
        },
        Sheet {
            name: "assessment-answers",
            title: "Your answers",
            columns: &["assessment", "question", "judgement", "words", "saved_at"],
            page: all_answers,
        },
        Sheet {
            name: "assessment-evidence",
            title: "Your evidence",
            columns: &["assessment", "indicator", "title", "effective_on", "added_at", "file"],
            page: all_evidence,
        },
        Sheet {
            name: "changes-asked-for",
            title: "What reviewers asked you to change",
            columns: &["assessment", "indicator", "reason", "asked_at", "state"],
            page: all_requests,
        },
        Sheet {
            name: "assessment-signatures",
            title: "Who signed your self-assessments",
            columns: &["assessment", "copy", "for", "name", "statement", "signed_at"],
            page: all_signatures,
        },
        Sheet {
            name: "assessment-copies",
            title: "The copies that were signed",
            columns: &["assessment", "copy", "made_at", "sha256", "content"],
            page: all_copies,
        },
        Sheet {
            name: "comments",
            title: "What you said to each other about answers",
            columns: &["assessment", "indicator", "by", "words", "written_at"],
            page: all_comments,
        },
        Sheet {
            name: "action-plan",
            title: "Your action plan",
            columns: &[
                "indicator",
                "aim",
                "first_step",
                "due_on",
                "owner",
                "helper",
                "young_people",
                "state",
                "outcome",
            ],
            page: all_steps,
        },
    ]
}

fn all_assessments(conn: &mut DbConnection, id: &OrganisationId, window: Window) -> Result<Vec<Row>> {
    let rows: Vec<Assessment> = assessments::table
        .filter(assessments::organisation_id.eq(id))
        .order((assessments::started_at, assessments::id))
        .limit(window.most)
        .offset(window.from)
        .select(Assessment::as_select())
        .load(conn)?;
    let told = |a: Assessment| {
        let state = a.state();
        row![a.id, state, a.started_at, a.submitted_at, a.decided_at]
    };
    Ok(rows.into_iter().map(told).collect())
}

fn all_answers(conn: &mut DbConnection, id: &OrganisationId, window: Window) -> Result<Vec<Row>> {
    let same_indicator = indicators::framework_version_id
        .eq(assessments::framework_version_id)
        .and(indicators::id.eq(answers::indicator_id));
    type Found = (String, IndicatorId, Option<String>, String, String, NaiveDateTime);
    let rows: Vec<Found> = answers::table
        .inner_join(assessments::table)
        .left_join(indicators::table.on(same_indicator))
        .filter(assessments::organisation_id.eq(id))
        .order((answers::assessment_id, answers::indicator_id))
        .limit(window.most)
        .offset(window.from)
        .select((
            answers::assessment_id,
            answers::indicator_id,
            indicators::question.nullable(),
            answers::judgement,
            answers::narrative,
            answers::answered_at,
        ))
        .load(conn)?;
    let unasked: Vec<_> = rows.iter().filter(|row| row.2.is_none()).map(|row| row.1.clone()).collect();
    let asked_before = indicators_as_asked_last(conn, &unasked)?;
    let told = |(of, id, question, judged, words, at): Found| {
        let before = || asked_before.iter().find(|indicator| indicator.id == id).map(|i| i.question.clone());
        let question = question.or_else(before);
        row![of, question, judged, words, at]
    };
    Ok(rows.into_iter().map(told).collect())
}

fn all_evidence(conn: &mut DbConnection, id: &OrganisationId, window: Window) -> Result<Vec<Row>> {
    type Found = (String, String, String, Option<NaiveDate>, NaiveDateTime, StoredFile);
    let rows: Vec<Found> = evidence::table
        .inner_join(assessments::table)
        .inner_join(files::table)
        .filter(assessments::organisation_id.eq(id))
        .order((evidence::added_at, evidence::id))
        .limit(window.most)
        .offset(window.from)
        .select((
            evidence::assessment_id,
            evidence::indicator_id,
            evidence::title,
            evidence::effective_on,
            evidence::added_at,
            StoredFile::as_select(),
        ))
        .load(conn)?;
    let told = |(of, indicator, title, day, at, f): Found| {
        let place = f.is_ready().then(|| place_of(f.id, &f.name, f.extension()));
        row![of, indicator, title, day, at, place]
    };
    Ok(rows.into_iter().map(told).collect())
}

fn all_requests(conn: &mut DbConnection, id: &OrganisationId, window: Window) -> Result<Vec<Row>> {
    let rows: Vec<(String, String, String, NaiveDateTime, String)> = requests::table
        .inner_join(assessments::table)
        .filter(assessments::organisation_id.eq(id))
        .order((requests::asked_at, requests::assessment_id, requests::indicator_id))
        .limit(window.most)
        .offset(window.from)
        .select((
            requests::assessment_id,
            requests::indicator_id,
            requests::reason,
            requests::asked_at,
            requests::state,
        ))
        .load(conn)?;
    Ok(rows.into_iter().map(|(of, indicator, reason, at, state)| row![of, indicator, reason, at, state]).collect())
}

fn all_signatures(conn: &mut DbConnection, id: &OrganisationId, window: Window) -> Result<Vec<Row>> {
    let rows: Vec<AssessmentSignature> = signatures::table
        .inner_join(assessments::table)
        .filter(assessments::organisation_id.eq(id))
        .order((signatures::signed_at, signatures::assessment_id, signatures::capacity))
        .limit(window.most)
        .offset(window.from)
        .select(AssessmentSignature::as_select())
        .load(conn)?;
    let told =
        |s: AssessmentSignature| row![s.assessment_id, s.copy_number, s.capacity, s.name, s.statement, s.signed_at];
    Ok(rows.into_iter().map(told).collect())
}

fn all_copies(conn: &mut DbConnection, id: &OrganisationId, window: Window) -> Result<Vec<Row>> {
    let rows: Vec<StoredCopy> = copies::table
        .inner_join(assessments::table)
        .filter(assessments::organisation_id.eq(id))
        .order((copies::assessment_id, copies::number))
        .limit(window.most)
        .offset(window.from)
        .select(StoredCopy::as_select())
        .load(conn)?;
    let told = |c: StoredCopy| {
        let content: serde_json::Value = serde_json::from_str(&c.content).unwrap_or_default();
        row![c.assessment_id, c.number, c.made_at, c.sha256, content]
    };
    Ok(rows.into_iter().map(told).collect())
}

fn all_comments(conn: &mut DbConnection, id: &OrganisationId, window: Window) -> Result<Vec<Row>> {
    let rows: Vec<(Comment, String)> = comments::table
        .inner_join(assessments::table)
        .inner_join(accounts::table)
        .filter(assessments::organisation_id.eq(id))
        .order((comments::written_at, comments::id))
        .limit(window.most)
        .offset(window.from)
        .select((Comment::as_select(), accounts::name))
        .load(conn)?;
    Ok(rows.into_iter().map(|(c, by)| row![c.assessment_id, c.indicator_id, by, c.words, c.written_at]).collect())
}

fn all_steps(conn: &mut DbConnection, id: &OrganisationId, window: Window) -> Result<Vec<Row>> {
    let rows: Vec<(PlannedAction, Option<String>)> = actions::table
        .left_join(accounts::table)
        .filter(actions::organisation_id.eq(id))
        .order((actions::added_at, actions::id))
        .limit(window.most)
        .offset(window.from)
        .select((PlannedAction::as_select(), accounts::name.nullable()))
        .load(conn)?;
    let told = |(a, owner): (PlannedAction, Option<String>)| {
        let state = a.state();
        row![a.indicator_id, a.aim, a.first_step, a.due_on, owner, a.helper, a.young_people, state, a.outcome]
    };
    Ok(rows.into_iter().map(told).collect())
}

/// Every file of a piece of evidence that can be read: some are kept as documents no more.
pub fn files_of(conn: &mut DbConnection, id: OrganisationId) -> Result<Vec<StoredFile>> {
    let all: Vec<StoredFile> = evidence::table
        .inner_join(assessments::table)
        .inner_join(files::table)
        .filter(assessments::organisation_id.eq(id))
        .order(files::id)
        .select(StoredFile::as_select())
        .load(conn)?;
    Ok(all.into_iter().filter(StoredFile::is_ready).collect())
}
