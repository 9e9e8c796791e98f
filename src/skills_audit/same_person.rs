//! Responses of two rows of people that are one person. Of two in one round for one organisation, the finished one is
//! kept; else the second person's own.

use diesel::prelude::*;
use serde_json::json;

use super::entry::mark_stale;
use super::link::hand_over_links;
use super::response::{Response, ResponseState};
use crate::acts::Act;
use crate::audit::Subject;
use crate::db::DbConnection;
use crate::db::schema::{
    skills_answers, skills_barriers, skills_held, skills_notices, skills_responses, skills_shown_answers, skills_words,
};
use crate::error::Result;
use crate::ids::{PersonId, SkillsResponseId};

/// Gives one person's responses to another.
pub fn hand_over_responses(act: &mut Act<'_>, from: PersonId, to: PersonId) -> Result<()> {
    hand_over_links(act.conn, from, to)?;
    forget_notices(act.conn, from)?;
    let own = responses_of(act.conn, to)?;
    for moved in responses_of(act.conn, from)? {
        let same = |own: &&Response| own.round_id == moved.round_id && own.organisation_id == moved.organisation_id;
        if let Some(own) = own.iter().find(same) {
            let own_is_better = own.state == ResponseState::Finished || moved.state == ResponseState::Started;
            let left_out = if own_is_better { moved.id } else { own.id };
            forget_response(act, left_out)?;
            mark_stale(act.conn, own.round_id, own.organisation_id)?;
            let subject = Subject::within(own.organisation_id, "skills response", left_out);
            act.record("skills audit kept once", subject, json!({ "person": to }))?;
            if own_is_better {
                continue;
            }
        }
        diesel::update(skills_responses::table.find(moved.id))
            .set(skills_responses::person_id.eq(to))
            .execute(act.conn)?;
    }
    Ok(())
}

/// What was told to a row of people that is no more. The other one's own notices say what they were told.
fn forget_notices(conn: &mut DbConnection, from: PersonId) -> Result<()> {
    diesel::delete(skills_notices::table.filter(skills_notices::person_id.eq(from.as_str()))).execute(conn)?;
    Ok(())
}

fn forget_response(act: &mut Act<'_>, id: SkillsResponseId) -> Result<()> {
    diesel::delete(skills_answers::table.filter(skills_answers::response_id.eq(id))).execute(act.conn)?;
    diesel::delete(skills_shown_answers::table.filter(skills_shown_answers::response_id.eq(id))).execute(act.conn)?;
    diesel::delete(skills_barriers::table.filter(skills_barriers::response_id.eq(id))).execute(act.conn)?;
    diesel::delete(skills_held::table.filter(skills_held::response_id.eq(id))).execute(act.conn)?;
    diesel::delete(skills_words::table.filter(skills_words::response_id.eq(id))).execute(act.conn)?;
    diesel::delete(skills_responses::table.find(id)).execute(act.conn)?;
    Ok(())
}

fn responses_of(conn: &mut DbConnection, person: PersonId) -> Result<Vec<Response>> {
    Ok(skills_responses::table
        .filter(skills_responses::person_id.eq(person))
        .select(Response::as_select())
        .load(conn)?)
}
