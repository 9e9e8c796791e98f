//! One person's answers in one round, for one of their organisations. They are saved a group at a time, so that
//! nobody has to finish in one sitting, and may be changed until the round closes.
//! A response is found only by the person it belongs to, and its answers only through it.
//!
//! | from | verb | to |
//! |---|---|---|
//! | | begin | started |
//! | started, finished | answer a group, name barriers | the same |
//! | started, finished | finish | finished |

use chrono::NaiveDateTime;
use diesel::prelude::*;
use serde_json::json;

use super::instrument::{Confidence, Round, RoundState};
use super::picture::redraw;
use crate::acts::Act;
use crate::audit::Subject;
use crate::db::schema::{skills, skills_answers, skills_barriers, skills_responses, skills_rounds};
use crate::db::{DbConnection, unless_taken};
use crate::each;
use crate::error::{Error, Result};
use crate::ids::{OrganisationId, PersonId, RoundId, SkillGroupId, SkillId, SkillsResponseId};
use crate::text_enum;

text_enum! {
    /// Only finished responses count for anything but themselves.
    pub enum ResponseState { Started = "started", Finished = "finished" }
}

text_enum! {
    /// What stops someone from training.
    pub enum Barrier {
        Cost = "cost",
        Time = "time",
        Travel = "travel",
        Cover = "cover",
        AccessNeeds = "access-needs",
        Confidence = "confidence",
    }
}

/// A response as it is stored.
#[derive(Debug, Clone, Queryable, Selectable, Insertable)]
#[diesel(table_name = skills_responses)]
pub struct Response {
    pub id: SkillsResponseId,
    pub round_id: RoundId,
    pub organisation_id: OrganisationId,
    pub person_id: PersonId,
    pub(super) state: ResponseState,
    pub started_at: NaiveDateTime,
    pub finished_at: Option<NaiveDateTime>,
}

/// What someone said of one skill.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Answer {
    pub skill: SkillId,
    pub confidence: Confidence,
    /// They would like training in it.
    pub wants: bool,
}

#[derive(Insertable)]
#[diesel(table_name = skills_answers, treat_none_as_default_value = false)]
struct AnswerRow<'a> {
    response_id: SkillsResponseId,
    skill_id: &'a SkillId,
    confidence: i32,
    wants: bool,
}

#[derive(Insertable)]
#[diesel(table_name = skills_barriers, treat_none_as_default_value = false)]
struct BarrierRow {
    response_id: SkillsResponseId,
    barrier: Barrier,
}

impl Response {
    /// What a person has begun in a round for an organisation.
    pub fn of_person(
        conn: &mut DbConnection,
        round: RoundId,
        organisation: OrganisationId,
        person: PersonId,
    ) -> Result<Option<Self>> {
        Ok(skills_responses::table
            .filter(skills_responses::round_id.eq(round))
            .filter(skills_responses::organisation_id.eq(organisation))
            .filter(skills_responses::person_id.eq(person))
            .select(Self::as_select())
            .first(conn)
            .optional()?)
    }

    /// What a person has finished last for an organisation, in any round.
    pub fn last_finished(
        conn: &mut DbConnection,
        organisation: OrganisationId,
        person: PersonId,
    ) -> Result<Option<(Self, Round)>> {
        Ok(skills_responses::table
            .inner_join(skills_rounds::table)
            .filter(skills_responses::organisation_id.eq(organisation))
            .filter(skills_responses::person_id.eq(person))
            .filter(skills_responses::state.eq(ResponseState::Finished))
            .order(skills_rounds::opened_at.desc())
            .select((Self::as_select(), Round::as_select()))
            .first(conn)
            .optional()?)
    }

    /// How far a person is in a round, for each of their organisations where they have begun: with the number answered.
    pub fn all_of_person(conn: &mut DbConnection, round: RoundId, person: PersonId) -> Result<Vec<(Self, i64)>> {
        let responses = skills_responses::table
            .filter(skills_responses::round_id.eq(round))
            .filter(skills_responses::person_id.eq(person))
            .select(Self::as_select())
            .load::<Self>(conn)?;
        let ids: Vec<_> = responses.iter().map(|response| response.id).collect();
        let counts: Vec<(SkillsResponseId, i64)> = skills_answers::table
            .filter(skills_answers::response_id.eq_any(ids))
            .group_by(skills_answers::response_id)
            .select((skills_answers::response_id, diesel::dsl::count_star()))
            .load(conn)?;
        let answered = |id| counts.iter().find(|(of, _)| *of == id).map_or(0, |(_, n)| *n);
        Ok(responses.into_iter().map(|response| (response.clone(), answered(response.id))).collect())
    }

    pub fn is_finished(&self) -> bool {
        self.state == ResponseState::Finished
    }

    /// Everything answered so far.
    pub fn answers(&self, conn: &mut DbConnection) -> Result<Vec<Answer>> {
        let rows: Vec<(SkillId, i32, bool)> = skills_answers::table
            .filter(skills_answers::response_id.eq(self.id))
            .select((skills_answers::skill_id, skills_answers::confidence, skills_answers::wants))
            .load(conn)?;
        let answer = |(skill, value, wants)| {
            let confidence = Confidence::new(value).expect("the table holds 1 to 5");
            Answer { skill, confidence, wants }
        };
        Ok(rows.into_iter().map(answer).collect())
    }

    pub fn barriers(&self, conn: &mut DbConnection) -> Result<Vec<Barrier>> {
        Ok(skills_barriers::table
            .filter(skills_barriers::response_id.eq(self.id))
            .order(skills_barriers::barrier)
            .select(skills_barriers::barrier)
            .load(conn)?)
    }

    /// A made-up one, for pages.
    pub(super) fn sample() -> Self {
        Self {
            id: SkillsResponseId::new(),
            round_id: RoundId::new(),
            organisation_id: OrganisationId::new(),
            person_id: PersonId::new(),
            state: ResponseState::Started,
            started_at: NaiveDateTime::default(),
            finished_at: None,
        }
    }

    /// No organisation: its trail is read by others.
    fn subject(&self) -> Subject {
        Subject::of("skills response", self.id)
    }
}

/// What a person has begun in this round; begins it if they have not. A closed round is a conflict.
pub fn begin(act: &mut Act<'_>, round: RoundId, organisation: OrganisationId, person: PersonId) -> Result<Response> {
    if let Some(begun) = Response::of_person(act.conn, round, organisation, person)? {
        return Ok(begun);
    }
    if !Round::find(act.conn, round)?.is_open() {
        return Err(Error::Conflict);
    }
    let response = Response {
        id: SkillsResponseId::new(),
        round_id: round,
        organisation_id: organisation,
        person_id: person,
        state: ResponseState::Started,
        started_at: act.at,
        finished_at: None,
    };
    let added =
        unless_taken(act.conn, |conn| diesel::insert_into(skills_responses::table).values(&response).execute(conn))?;
    if added.is_none() {
        return Response::of_person(act.conn, round, organisation, person)?.ok_or(Error::Conflict);
    }
    act.record("skills audit begun", response.subject(), json!({}))?;
    Ok(response)
}

/// Replaces the answers to one group. A skill left out has no answer; one of another group is ignored.
pub fn answer_group(act: &mut Act<'_>, response: &Response, group: &SkillGroupId, answers: &[Answer]) -> Result<()> {
    let state = hold_open(act, response)?;
    let asked: Vec<SkillId> = skills::table.filter(skills::group_id.eq(group)).select(skills::id).load(act.conn)?;
    diesel::delete(skills_answers::table)
        .filter(skills_answers::response_id.eq(response.id))
        .filter(skills_answers::skill_id.eq_any(&asked))
        .execute(act.conn)?;
    let rows: Vec<AnswerRow<'_>> = answers
        .iter()
        .filter(|answer| asked.contains(&answer.skill))
        .map(|answer| AnswerRow {
            response_id: response.id,
            skill_id: &answer.skill,
            confidence: answer.confidence.value(),
            wants: answer.wants,
        })
        .collect();
    each!(act.conn, c => diesel::insert_into(skills_answers::table).values(&rows).execute(c))?;
    // What was answered stays out of the trail, which more people read than the one who answered.
    act.record("skills answered", response.subject(), json!({ "group": group, "answered": rows.len() }))?;
    match state {
        ResponseState::Started => Ok(()),
        ResponseState::Finished => redraw(act.conn, response.round_id, response.organisation_id),
    }
}

/// Replaces what stops this person from training.
pub fn name_barriers(act: &mut Act<'_>, response: &Response, barriers: &[Barrier]) -> Result<()> {
    hold_open(act, response)?;
    diesel::delete(skills_barriers::table).filter(skills_barriers::response_id.eq(response.id)).execute(act.conn)?;
    let named = Barrier::ALL.iter().filter(|barrier| barriers.contains(barrier));
    let rows: Vec<_> = named.map(|&barrier| BarrierRow { response_id: response.id, barrier }).collect();
    each!(act.conn, c => diesel::insert_into(skills_barriers::table).values(&rows).execute(c))?;
    act.record("skills barriers named", response.subject(), json!({}))
}

/// Finishes, or finishes again. `None` when nothing has been answered yet.
pub fn finish(act: &mut Act<'_>, response: &Response) -> Result<Option<()>> {
    hold_open(act, response)?;
    let answered: i64 =
        skills_answers::table.filter(skills_answers::response_id.eq(response.id)).count().get_result(act.conn)?;
    if answered == 0 {
        return Ok(None);
    }
    diesel::update(skills_responses::table.find(response.id))
        .set((skills_responses::state.eq(ResponseState::Finished), skills_responses::finished_at.eq(act.at)))
        .execute(act.conn)?;
    // The trail puts writers in line: after this the picture is drawn from everyone who finished before.
    act.record("skills audit finished", response.subject(), json!({ "answered": answered }))?;
    redraw(act.conn, response.round_id, response.organisation_id).map(Some)
}

/// Makes sure that the round still takes answers, and keeps other writers of this response waiting.
/// Gives the state it has now.
fn hold_open(act: &mut Act<'_>, response: &Response) -> Result<ResponseState> {
    let open = skills_rounds::table.filter(skills_rounds::state.eq(RoundState::Open)).select(skills_rounds::id);
    diesel::update(skills_responses::table.find(response.id))
        .filter(skills_responses::round_id.eq_any(open))
        .set(skills_responses::started_at.eq(skills_responses::started_at))
        .returning(skills_responses::state)
        .get_result(act.conn)
        .optional()?
        .ok_or(Error::Conflict)
}
