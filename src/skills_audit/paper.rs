//! Answers on paper, typed by a lead for someone without an account. They are marked so for good: whoever typed them knows
//! them. Once typed they cannot be read again; typing them again replaces them. What someone answered themselves stands,
//! and the lead is not told whether there is such a thing.

use diesel::prelude::*;
use serde_json::json;

use super::besides::{name_barriers, say_held};
use super::entry::{WorkRole, enter, mark_stale};
use super::instrument::Instrument;
use super::picture::redraw;
use super::response::{Answer, Barrier, CameBy, NamesShared, Response, ResponseState, replace_answers};
use super::round::Round;
use crate::acts::Act;
use crate::audit::Subject;
use crate::db::schema::skills_responses as responses;
use crate::error::{Error, Result};
use crate::ids::{AccountId, ModuleId, OrganisationId, SkillId, SkillsResponseId};
use crate::organisations::Member;

/// A sheet as it was typed.
#[derive(Debug, Clone, Default)]
pub struct PaperAnswers {
    pub answers: Vec<Answer>,
    pub held: Vec<ModuleId>,
    pub barriers: Vec<Barrier>,
}

/// Keeps what was on paper for a member of this organisation. A round that is not open is a conflict.
pub fn type_answers(
    act: &mut Act<'_>,
    round: &Round,
    organisation: OrganisationId,
    member: &Member,
    by: AccountId,
    sheet: &PaperAnswers,
) -> Result<()> {
    let person = member.person.id;
    // The round's row first: it does not close meanwhile.
    if !round.hold_open(act)? || !round.is_for(act.conn, organisation)? {
        return Err(Error::Conflict);
    }
    let found = Response::of_person(act.conn, round.id, organisation, person)?;
    if found.as_ref().is_some_and(|response| response.came_by != CameBy::Paper) {
        return Ok(());
    }
    enter(act, round.id, organisation)?;
    let response = match found {
        Some(response) => response,
        None => Response {
            id: SkillsResponseId::new(),
            round_id: round.id,
            organisation_id: organisation,
            person_id: person,
            state: ResponseState::Finished,
            started_at: act.at,
            finished_at: Some(act.at),
            role: WorkRole::of(member.membership.position()),
            came_by: CameBy::Paper,
            typed_by: Some(by),
            names: NamesShared::No,
        }
        .inserted(act)?,
    };
    let asked: Vec<SkillId> =
        Instrument::of(act.conn, round.instrument)?.skills.into_iter().map(|skill| skill.id).collect();
    replace_answers(act.conn, response.id, &asked, &sheet.answers)?;
    say_held(act, &response, &sheet.held)?;
    name_barriers(act, &response, &sheet.barriers)?;
    act.record("answers typed from paper", Subject::within(organisation, "person", person), json!({}))?;
    mark_stale(act.conn, round.id, organisation)?;
    redraw(act.conn, round.id, organisation)
}

impl Response {
    fn inserted(self, act: &mut Act<'_>) -> Result<Self> {
        diesel::insert_into(responses::table).values(&self).execute(act.conn)?;
        Ok(self)
    }
}
