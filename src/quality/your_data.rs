//! What someone wrote in self-assessments, as they are told of it. It stays when they are forgotten: the answers are the
//! organisation's, and say only the id of who wrote them; the leads look after them from then on.

use chrono::{NaiveDate, NaiveDateTime};
use diesel::prelude::*;

use super::comments::Comment;
use super::keeping::pass_on_answers;
use super::plan::{PlannedAction, pass_on_actions};
use super::signing::AssessmentSignature;
use crate::acts::Act;
use crate::db::DbConnection;
use crate::db::schema::{
    answer_comments as comments, assessment_answers as answers, assessment_evidence as evidence,
    assessment_signatures as signatures, assessments, organisations, planned_actions as actions,
};
use crate::error::Result;
use crate::ids::{AccountId, OrganisationId};
use crate::row;
use crate::takeaway::{Row, Sheet, Someone, Window};
use crate::words::ERASED_NAME;

pub fn sheets() -> Vec<Sheet<Someone>> {
    vec![
        Sheet {
            name: "assessment-answers",
            title: "Answers to a self-assessment that you saved last or look after",
            columns: &["organisation", "indicator", "judgement", "words", "saved_at"],
            page: own_answers,
        },
        Sheet {
            name: "assessment-evidence",
            title: "Evidence you added to a self-assessment",
            columns: &["organisation", "indicator", "title", "effective_on", "added_at"],
            page: own_evidence,
        },
        Sheet {
            name: "assessments-submitted",
            title: "Self-assessments you submitted",
            columns: &["organisation", "submitted_at"],
            page: own_submissions,
        },
        Sheet {
            name: "self-assessments-you-signed",
            title: "Self-assessments you signed",
            columns: &["organisation", "for", "name", "statement", "signed_at"],
            page: own_signatures,
        },
        Sheet {
            name: "comments-you-wrote",
            title: "Comments you wrote to colleagues about answers",
            columns: &["organisation", "indicator", "words", "written_at"],
            page: own_comments,
        },
        Sheet {
            name: "steps-you-planned",
            title: "Steps of an action plan that you planned or that are yours",
            columns: &[
                "organisation",
                "indicator",
                "first_step",
                "due_on",
                "helper",
                "young_people",
                "state",
                "outcome",
            ],
            page: own_steps,
        },
    ]
}

fn own_answers(conn: &mut DbConnection, whom: &Someone, window: Window) -> Result<Vec<Row>> {
    let rows: Vec<(String, String, String, String, NaiveDateTime)> = answers::table
        .inner_join(assessments::table.inner_join(organisations::table))
        .filter(
            answers::answered_by
                .eq_any(whom.account.as_slice())
                .or(answers::kept_by.assume_not_null().eq_any(whom.account.as_slice())),
        )
        .order((answers::assessment_id, answers::indicator_id))
        .limit(window.most)
        .offset(window.from)
        .select((
            organisations::name,
            answers::indicator_id,
            answers::judgement,
            answers::narrative,
            answers::answered_at,
        ))
        .load(conn)?;
    Ok(rows.into_iter().map(|(place, indicator, what, words, at)| row![place, indicator, what, words, at]).collect())
}

fn own_evidence(conn: &mut DbConnection, whom: &Someone, window: Window) -> Result<Vec<Row>> {
    let rows: Vec<(String, String, String, Option<NaiveDate>, NaiveDateTime)> = evidence::table
        .inner_join(assessments::table.inner_join(organisations::table))
        .filter(evidence::added_by.eq_any(whom.account.as_slice()))
        .order((evidence::added_at, evidence::id))
        .limit(window.most)
        .offset(window.from)
        .select((
            organisations::name,
            evidence::indicator_id,
            evidence::title,
            evidence::effective_on,
            evidence::added_at,
        ))
        .load(conn)?;
    Ok(rows.into_iter().map(|(place, indicator, title, day, at)| row![place, indicator, title, day, at]).collect())
}

fn own_submissions(conn: &mut DbConnection, whom: &Someone, window: Window) -> Result<Vec<Row>> {
    let rows: Vec<(String, Option<NaiveDateTime>)> = assessments::table
        .inner_join(organisations::table)
        .filter(assessments::submitted_by.assume_not_null().eq_any(whom.account.as_slice()))
        .order(assessments::id)
        .limit(window.most)
        .offset(window.from)
        .select((organisations::name, assessments::submitted_at))
        .load(conn)?;
    Ok(rows.into_iter().map(|(organisation, at)| row![organisation, at]).collect())
}

fn own_signatures(conn: &mut DbConnection, whom: &Someone, window: Window) -> Result<Vec<Row>> {
    let rows: Vec<(AssessmentSignature, String)> = signatures::table
        .inner_join(assessments::table.inner_join(organisations::table))
        .filter(signatures::account_id.eq_any(whom.account.as_slice()))
        .order((signatures::signed_at, signatures::assessment_id, signatures::capacity))
        .limit(window.most)
        .offset(window.from)
        .select((AssessmentSignature::as_select(), organisations::name))
        .load(conn)?;
    Ok(rows.into_iter().map(|(s, place)| row![place, s.capacity, s.name, s.statement, s.signed_at]).collect())
}

fn own_comments(conn: &mut DbConnection, whom: &Someone, window: Window) -> Result<Vec<Row>> {
    let rows: Vec<(Comment, String)> = comments::table
        .inner_join(assessments::table.inner_join(organisations::table))
        .filter(comments::written_by.eq_any(whom.account.as_slice()))
        .order((comments::written_at, comments::id))
        .limit(window.most)
        .offset(window.from)
        .select((Comment::as_select(), organisations::name))
        .load(conn)?;
    Ok(rows.into_iter().map(|(c, place)| row![place, c.indicator_id, c.words, c.written_at]).collect())
}

fn own_steps(conn: &mut DbConnection, whom: &Someone, window: Window) -> Result<Vec<Row>> {
    let rows: Vec<(PlannedAction, String)> = actions::table
        .inner_join(organisations::table)
        .filter(
            actions::added_by
                .eq_any(whom.account.as_slice())
                .or(actions::owned_by.assume_not_null().eq_any(whom.account.as_slice())),
        )
        .order((actions::added_at, actions::id))
        .limit(window.most)
        .offset(window.from)
        .select((PlannedAction::as_select(), organisations::name))
        .load(conn)?;
    let told = |(a, place): (PlannedAction, String)| {
        let state = a.state();
        row![place, a.indicator_id, a.first_step, a.due_on, a.helper, a.young_people, state, a.outcome]
    };
    Ok(rows.into_iter().map(told).collect())
}

/// Puts the neutral mark where they signed, and gives the answers and steps they looked after to the leads of their organisation.
pub fn forget(act: &mut Act<'_>, account: AccountId) -> Result<()> {
    diesel::update(signatures::table.filter(signatures::account_id.eq(account)))
        .set(signatures::name.eq(ERASED_NAME))
        .execute(act.conn)?;
    let organisations: Vec<OrganisationId> = answers::table
        .inner_join(assessments::table)
        .filter(answers::kept_by.eq(account))
        .select(assessments::organisation_id)
        .distinct()
        .load(act.conn)?;
    organisations.into_iter().try_for_each(|organisation| pass_on_answers(act, organisation, account, None))?;
    let owned = actions::table.filter(actions::owned_by.eq(account));
    let organisations: Vec<OrganisationId> = owned.select(actions::organisation_id).distinct().load(act.conn)?;
    organisations.into_iter().try_for_each(|organisation| pass_on_actions(act, organisation, account, None))
}
