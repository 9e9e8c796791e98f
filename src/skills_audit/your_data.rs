//! Someone's answers to the skills audit, to be told and to be forgotten. Answers that are part of a picture stay in it,
//! under the neutral mark: a picture that lost them would show, beside the one before, what they were. So do those of a
//! round that is over, which the sector's numbers hold. Everything that was never shown goes, and all that was said in words.

use chrono::{NaiveDate, NaiveDateTime};
use diesel::dsl::exists;
use diesel::prelude::*;
use serde_json::json;

use super::entry::mark_stale;
use super::link::LinkState;
use super::response::{Response, ResponseState};
use super::round::RoundState;
use crate::acts::Act;
use crate::audit::Subject;
use crate::db::DbConnection;
use crate::db::schema::{
    organisations, skills, skills_answers as answers, skills_barriers as barriers, skills_held as held,
    skills_instruments, skills_links as links, skills_responses as responses, skills_round_plans as plans,
    skills_rounds, skills_shown_answers as shown, skills_words as words,
};
use crate::error::Result;
use crate::ids::{SkillsLinkId, SkillsResponseId};
use crate::row;
use crate::takeaway::{Row, Sheet, Someone, Window};
use crate::words::EmailAddress;

/// How many links are removed in one act.
const BATCH: i64 = 500;

pub fn sheets() -> Vec<Sheet<Someone>> {
    vec![
        Sheet {
            name: "skills-audits",
            title: "The skills audits you began",
            columns: &[
                "round",
                "organisation",
                "state",
                "began_at",
                "finished_at",
                "role",
                "came_by",
                "leads_may_see_your_name",
                "what_stops_you",
                "what_you_hold",
                "in_your_words",
            ],
            page: own_responses,
        },
        Sheet {
            name: "skills-answers",
            title: "Your answers to the skills audit",
            columns: &["round", "organisation", "skill", "confidence", "wants_training"],
            page: own_answers,
        },
        Sheet {
            name: "skills-links",
            title: "Personal links to a skills audit that were sent to you",
            columns: &["organisation", "address", "sent_at"],
            page: own_links,
        },
        Sheet {
            name: "skills-links-you-sent",
            title: "Personal links to a skills audit that you sent",
            columns: &["organisation", "sent_at"],
            page: links_sent,
        },
        Sheet {
            name: "skills-answers-you-typed",
            title: "Answers on paper that you typed for somebody",
            columns: &["round", "organisation", "finished_at"],
            page: answers_typed,
        },
        Sheet {
            name: "skills-rounds-you-planned",
            title: "Rounds of the skills audit that you planned",
            columns: &["round", "opens_on", "planned_at"],
            page: rounds_planned,
        },
        Sheet {
            name: "skills-questions-you-changed",
            title: "Versions of the skills audit’s questions that you made",
            columns: &["version", "made_at", "change"],
            page: versions_made,
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
        let (barriers, held, words) = (response.barriers(conn)?, response.held(conn)?, response.words(conn)?);
        let words: Vec<String> = words.into_iter().map(|(_, said)| said).collect();
        told.push(row![
            round,
            organisation,
            response.state,
            response.started_at,
            response.finished_at,
            response.role,
            response.came_by,
            response.names,
            barriers,
            held,
            words
        ]);
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

fn own_links(conn: &mut DbConnection, whom: &Someone, window: Window) -> Result<Vec<Row>> {
    let theirs = links::person_id.eq_any(whom.person.as_slice());
    let rows: Vec<(String, String, NaiveDateTime)> = links::table
        .inner_join(organisations::table)
        .filter(theirs)
        .order((links::sent_at, links::id))
        .limit(window.most)
        .offset(window.from)
        .select((organisations::name, links::address, links::sent_at))
        .load(conn)?;
    Ok(rows.into_iter().map(|(place, address, at)| row![place, address, at]).collect())
}

fn links_sent(conn: &mut DbConnection, whom: &Someone, window: Window) -> Result<Vec<Row>> {
    let rows: Vec<(String, NaiveDateTime)> = links::table
        .inner_join(organisations::table)
        .filter(links::sent_by.eq_any(whom.account.as_slice()))
        .order((links::sent_at, links::id))
        .limit(window.most)
        .offset(window.from)
        .select((organisations::name, links::sent_at))
        .load(conn)?;
    Ok(rows.into_iter().map(|(place, at)| row![place, at]).collect())
}

fn answers_typed(conn: &mut DbConnection, whom: &Someone, window: Window) -> Result<Vec<Row>> {
    let rows: Vec<(String, String, Option<NaiveDateTime>)> = responses::table
        .inner_join(skills_rounds::table)
        .inner_join(organisations::table)
        .filter(responses::typed_by.eq(whom.account))
        .order((responses::started_at, responses::id))
        .limit(window.most)
        .offset(window.from)
        .select((skills_rounds::title, organisations::name, responses::finished_at))
        .load(conn)?;
    Ok(rows.into_iter().map(|(round, place, at)| row![round, place, at]).collect())
}

fn rounds_planned(conn: &mut DbConnection, whom: &Someone, window: Window) -> Result<Vec<Row>> {
    let rows: Vec<(String, NaiveDate, NaiveDateTime)> = plans::table
        .filter(plans::planned_by.eq_any(whom.account.as_slice()))
        .order((plans::planned_at, plans::id))
        .limit(window.most)
        .offset(window.from)
        .select((plans::title, plans::opens_on, plans::planned_at))
        .load(conn)?;
    Ok(rows.into_iter().map(|(title, opens, at)| row![title, opens, at]).collect())
}

fn versions_made(conn: &mut DbConnection, whom: &Someone, window: Window) -> Result<Vec<Row>> {
    let rows: Vec<(i32, NaiveDateTime, String)> = skills_instruments::table
        .filter(skills_instruments::made_by.eq(whom.account))
        .order(skills_instruments::number)
        .limit(window.most)
        .offset(window.from)
        .select((skills_instruments::number, skills_instruments::made_at, skills_instruments::change))
        .load(conn)?;
    Ok(rows.into_iter().map(|(number, at, change)| row![number, at, change]).collect())
}

/// Removes what no picture holds.
pub fn forget(act: &mut Act<'_>, whom: &Someone) -> Result<()> {
    let own: Vec<Response> = responses::table
        .filter(responses::person_id.eq_any(whom.person.as_slice()))
        .select(Response::as_select())
        .load(act.conn)?;
    let ids: Vec<SkillsResponseId> = own.iter().map(|response| response.id).collect();
    diesel::delete(words::table.filter(words::response_id.eq_any(&ids))).execute(act.conn)?;
    forget_links(act, whom)?;
    let over: Vec<SkillsResponseId> = responses::table
        .inner_join(skills_rounds::table)
        .filter(responses::id.eq_any(&ids))
        .filter(responses::state.eq(ResponseState::Finished))
        .filter(skills_rounds::state.eq(RoundState::Closed))
        .select(responses::id)
        .load(act.conn)?;
    let open: Vec<SkillsResponseId> = ids.into_iter().filter(|id| !over.contains(id)).collect();
    forget_uncounted(act, &open)?;
    for response in own.iter().filter(|response| open.contains(&response.id)) {
        mark_stale(act.conn, response.round_id, response.organisation_id)?;
    }
    Ok(())
}

fn forget_uncounted(act: &mut Act<'_>, own: &[SkillsResponseId]) -> Result<()> {
    diesel::delete(barriers::table.filter(barriers::response_id.eq_any(own))).execute(act.conn)?;
    diesel::delete(held::table.filter(held::response_id.eq_any(own))).execute(act.conn)?;
    let in_a_picture =
        shown::table.filter(shown::response_id.eq(answers::response_id)).filter(shown::skill_id.eq(answers::skill_id));
    let uncounted =
        answers::table.filter(answers::response_id.eq_any(own)).filter(diesel::dsl::not(exists(in_a_picture)));
    let uncounted: Vec<(SkillsResponseId, crate::ids::SkillId)> =
        uncounted.select((answers::response_id, answers::skill_id)).load(act.conn)?;
    for (response, skill) in uncounted {
        diesel::delete(answers::table.find((response, skill))).execute(act.conn)?;
    }
    // A picture may still hold an answer that was taken back later.
    let counted: Vec<SkillsResponseId> =
        shown::table.filter(shown::response_id.eq_any(own)).select(shown::response_id).distinct().load(act.conn)?;
    let empty = responses::table.filter(responses::id.eq_any(own)).filter(responses::id.ne_all(counted));
    diesel::delete(empty).execute(act.conn)?;
    Ok(())
}

/// Their links stop working, and name nobody.
fn forget_links(act: &mut Act<'_>, whom: &Someone) -> Result<()> {
    if let Some(id) = &whom.person {
        diesel::update(links::table.filter(links::person_id.eq(id)))
            .set((links::address.eq(EmailAddress::erased(id).as_str()), links::state.eq(LinkState::Replaced)))
            .execute(act.conn)?;
    }
    Ok(())
}

/// Removes personal links to rounds that closed before; returns how many.
pub fn forget_old_links(act: &mut Act<'_>, before: NaiveDateTime) -> Result<usize> {
    let over = skills_rounds::table.filter(skills_rounds::closed_at.le(before)).select(skills_rounds::id);
    let old: Vec<SkillsLinkId> =
        links::table.filter(links::round_id.eq_any(over)).limit(BATCH).select(links::id).load(act.conn)?;
    let removed = diesel::delete(links::table.filter(links::id.eq_any(old))).execute(act.conn)?;
    if removed > 0 {
        let subject = Subject::of("retention", "skills-links");
        act.record("old links to the skills audit removed", subject, json!({ "links": removed }))?;
    }
    Ok(removed)
}
