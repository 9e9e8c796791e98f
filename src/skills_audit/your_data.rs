//! Someone's answers to the skills audit, to be told and to be forgotten. Answers that are part of a picture stay in it,
//! under the neutral mark: a picture that lost them would show, beside the one before, what they were. Everything that
//! was never counted goes.

use diesel::dsl::exists;
use diesel::prelude::*;

use super::response::Response;
use crate::acts::Act;
use crate::db::DbConnection;
use crate::db::schema::{
    organisations, skills, skills_answers as answers, skills_barriers as barriers, skills_responses as responses,
    skills_rounds, skills_shown_answers as shown,
};
use crate::error::Result;
use crate::ids::SkillsResponseId;
use crate::row;
use crate::takeaway::{Row, Sheet, Someone, Window};

pub fn sheets() -> Vec<Sheet<Someone>> {
    vec![
        Sheet {
            name: "skills-audits",
            title: "The skills audits you began",
            columns: &["round", "organisation", "state", "began_at", "finished_at", "what_stops_you"],
            page: own_responses,
        },
        Sheet {
            name: "skills-answers",
            title: "Your answers to the skills audit",
            columns: &["round", "organisation", "skill", "confidence", "wants_training"],
            page: own_answers,
        },
    ]
}

fn own_responses(conn: &mut DbConnection, whom: &Someone, window: Window) -> Result<Vec<Row>> {
    let rows: Vec<(String, String, Response)> = responses::table
        .inner_join(skills_rounds::table)
        .inner_join(organisations::table)
        .filter(responses::person_id.eq_any(whom.person.as_slice()))
        .order((responses::started_at, responses::id))
        .limit(window.most)
        .offset(window.from)
        .select((skills_rounds::title, organisations::name, Response::as_select()))
        .load(conn)?;
    let mut told = Vec::new();
    for (round, organisation, response) in rows {
        let barriers = response.barriers(conn)?;
        told.push(row![round, organisation, response.state, response.started_at, response.finished_at, barriers]);
    }
    Ok(told)
}

fn own_answers(conn: &mut DbConnection, whom: &Someone, window: Window) -> Result<Vec<Row>> {
    let rows: Vec<(String, String, String, i32, bool)> = answers::table
        .inner_join(responses::table.inner_join(skills_rounds::table).inner_join(organisations::table))
        .inner_join(skills::table)
        .filter(responses::person_id.eq_any(whom.person.as_slice()))
        .order((answers::response_id, answers::skill_id))
        .limit(window.most)
        .offset(window.from)
        .select((skills_rounds::title, organisations::name, skills::statement, answers::confidence, answers::wants))
        .load(conn)?;
    Ok(rows.into_iter().map(|(round, place, skill, how, wants)| row![round, place, skill, how, wants]).collect())
}

/// Removes what no picture holds.
pub fn forget(act: &mut Act<'_>, whom: &Someone) -> Result<()> {
    let own: Vec<SkillsResponseId> = responses::table
        .filter(responses::person_id.eq_any(whom.person.as_slice()))
        .select(responses::id)
        .load(act.conn)?;
    diesel::delete(barriers::table.filter(barriers::response_id.eq_any(&own))).execute(act.conn)?;
    let in_a_picture =
        shown::table.filter(shown::response_id.eq(answers::response_id)).filter(shown::skill_id.eq(answers::skill_id));
    let uncounted =
        answers::table.filter(answers::response_id.eq_any(&own)).filter(diesel::dsl::not(exists(in_a_picture)));
    let uncounted: Vec<(SkillsResponseId, crate::ids::SkillId)> =
        uncounted.select((answers::response_id, answers::skill_id)).load(act.conn)?;
    for (response, skill) in uncounted {
        diesel::delete(answers::table.find((response, skill))).execute(act.conn)?;
    }
    // A picture may still hold an answer that was taken back later.
    let counted: Vec<SkillsResponseId> =
        shown::table.filter(shown::response_id.eq_any(&own)).select(shown::response_id).distinct().load(act.conn)?;
    let empty = responses::table.filter(responses::id.eq_any(&own)).filter(responses::id.ne_all(counted));
    diesel::delete(empty).execute(act.conn)?;
    Ok(())
}
