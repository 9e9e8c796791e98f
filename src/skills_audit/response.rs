//! One person's answers in one round, for one of their organisations. They are saved a group at a time, so that
//! nobody has to finish in one sitting, and may be changed until the round closes.
//! A response is found only by the person it belongs to, and its answers only through it.
//!
//! | from | verb | to |
//! |---|---|---|
//! | | begin | started |
//! | started, finished | answer a group, name barriers | the same |
//! | started, finished | finish | finished |
//!
//! Answers on paper are typed by a lead, and marked so for good: see `paper`.

use chrono::NaiveDateTime;
use diesel::prelude::*;
use serde_json::json;

use super::entry::{WorkRole, enter, mark_stale};
use super::instrument::Confidence;
use super::picture::redraw;
use super::round::{Round, RoundState};
use crate::acts::Act;
use crate::audit::Subject;
use crate::db::schema::{
    skills, skills_answers, skills_asked, skills_barriers, skills_held, skills_responses, skills_rounds, skills_words,
};
use crate::db::{DbConnection, unless_taken};
use crate::each;
use crate::error::{Error, Result};
use crate::ids::{
    AccountId, ModuleId, OpenQuestionId, OrganisationId, PersonId, RoundId, SkillGroupId, SkillId, SkillsResponseId,
};
use crate::text_enum;
use crate::words::mark_of;

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

text_enum! {
    /// How answers came.
    pub enum CameBy { Account = "account", Link = "link", Paper = "paper" }
}

text_enum! {
    /// May the leads see by name which training someone wants? It can be taken back, but was known.
    pub enum NamesShared { No = "no", Yes = "yes", TakenBack = "taken-back" }
}

/// A response as it is stored.
#[derive(Debug, Clone, Queryable, Selectable, Insertable)]
#[diesel(table_name = skills_responses, treat_none_as_default_value = false)]
pub struct Response {
    pub id: SkillsResponseId,
    pub round_id: RoundId,
    pub organisation_id: OrganisationId,
    pub person_id: PersonId,
    pub(super) state: ResponseState,
    pub started_at: NaiveDateTime,
    pub finished_at: Option<NaiveDateTime>,
    /// What they were when they began.
    pub role: WorkRole,
    pub came_by: CameBy,
    /// Who typed answers from paper; they know them.
    pub(super) typed_by: Option<AccountId>,
    pub names: NamesShared,
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

    /// What a person has said last for an organisation, finished or not, in any round.
    pub fn latest_of(
        conn: &mut DbConnection,
        organisation: OrganisationId,
        person: PersonId,
    ) -> Result<Option<(Self, Round)>> {
        Ok(skills_responses::table
            .inner_join(skills_rounds::table)
            .filter(skills_responses::organisation_id.eq(organisation))
            .filter(skills_responses::person_id.eq(person))
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

    /// The modules that they say they hold.
    pub fn held(&self, conn: &mut DbConnection) -> Result<Vec<ModuleId>> {
        Ok(skills_held::table
            .filter(skills_held::response_id.eq(self.id))
            .order(skills_held::module_id)
            .select(skills_held::module_id)
            .load(conn)?)
    }

    /// What they said in their own words.
    pub fn words(&self, conn: &mut DbConnection) -> Result<Vec<(OpenQuestionId, String)>> {
        Ok(skills_words::table
            .filter(skills_words::response_id.eq(self.id))
            .order(skills_words::question_id)
            .select((skills_words::question_id, skills_words::words))
            .load(conn)?)
    }

    /// A short mark of what is saved in a group: another one as soon as something else is.
    pub fn mark_of_group(&self, conn: &mut DbConnection, group: &SkillGroupId) -> Result<String> {
        // Those that were retired meanwhile too: nothing that anybody saved is different for it.
        let ever_in_group = skills::table.filter(skills::group_id.eq(group)).select(skills::id);
        let saved: Vec<(SkillId, i32, bool)> = skills_answers::table
            .filter(skills_answers::response_id.eq(self.id))
            .filter(skills_answers::skill_id.eq_any(ever_in_group))
            .order(skills_answers::skill_id)
            .select((skills_answers::skill_id, skills_answers::confidence, skills_answers::wants))
            .load(conn)?;
        Ok(mark_of(&saved))
    }

    /// Is a group still saved as it was when someone saw it? Others who would save it wait until this act is over.
    pub fn is_as_seen(&self, act: &mut Act<'_>, group: &SkillGroupId, seen: &str) -> Result<bool> {
        hold_open(act, self)?;
        Ok(seen.is_empty() || self.mark_of_group(act.conn, group)? == seen)
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
            role: WorkRole::Volunteer,
            came_by: CameBy::Account,
            typed_by: None,
            names: NamesShared::No,
        }
    }

    /// No organisation: its trail is read by others.
    pub(super) fn subject(&self) -> Subject {
        Subject::of("skills response", self.id)
    }
}

/// What a person has begun in this round; begins it if they have not. A closed round is a conflict.
pub fn begin(act: &mut Act<'_>, round: RoundId, organisation: OrganisationId, person: PersonId) -> Result<Response> {
    begin_by(act, round, organisation, person, CameBy::Account)
}

/// [`begin`] by an account or by a link. Who goes on with what was typed from paper makes it their own.
pub fn begin_by(
    act: &mut Act<'_>,
    round: RoundId,
    organisation: OrganisationId,
    person: PersonId,
    came_by: CameBy,
) -> Result<Response> {
    let found = Round::find(act.conn, round)?;
    if let Some(begun) = Response::of_person(act.conn, round, organisation, person)? {
        return if found.is_open() { begun.taken_over(act, came_by) } else { Ok(begun) };
    }
    if !found.is_open() || !found.is_for(act.conn, organisation)? {
        return Err(Error::Conflict);
    }
    let Some(role) = WorkRole::of_person(act.conn, organisation, person)? else { return Err(Error::NotFound) };
    enter(act, round, organisation)?;
    let response = Response {
        id: SkillsResponseId::new(),
        round_id: round,
        organisation_id: organisation,
        person_id: person,
        state: ResponseState::Started,
        started_at: act.at,
        finished_at: None,
        role,
        came_by,
        typed_by: None,
        names: NamesShared::No,
    };
    let added =
        unless_taken(act.conn, |conn| diesel::insert_into(skills_responses::table).values(&response).execute(conn))?;
    if added.is_none() {
        return Response::of_person(act.conn, round, organisation, person)?.ok_or(Error::Conflict);
    }
    act.record("skills audit begun", response.subject(), json!({}))?;
    Ok(response)
}

impl Response {
    fn taken_over(self, act: &mut Act<'_>, came_by: CameBy) -> Result<Self> {
        if self.came_by != CameBy::Paper || came_by == CameBy::Paper {
            return Ok(self);
        }
        diesel::update(skills_responses::table.find(self.id))
            .set(skills_responses::came_by.eq(came_by))
            .execute(act.conn)?;
        Ok(Self { came_by, ..self })
    }
}

/// Replaces the answers to one group. A skill left out has no answer; one of another group is ignored.
pub fn answer_group(act: &mut Act<'_>, response: &Response, group: &SkillGroupId, answers: &[Answer]) -> Result<()> {
    let state = hold_open(act, response)?;
    let asked: Vec<SkillId> = asked_in(response.round_id, group).load(act.conn)?;
    let answered = replace_answers(act.conn, response.id, &asked, answers)?;
    // What was answered stays out of the trail, which more people read than the one who answered.
    act.record("skills answered", response.subject(), json!({ "group": group, "answered": answered }))?;
    changed(act, response, state)
}

/// The skills that a round asks in a group.
#[diesel::dsl::auto_type(no_type_alias)]
fn asked_in<'a>(round: RoundId, group: &'a SkillGroupId) -> _ {
    skills_asked::table
        .filter(
            skills_asked::instrument
                .eq_any(skills_rounds::table.filter(skills_rounds::id.eq(round)).select(skills_rounds::instrument)),
        )
        .filter(skills_asked::group_id.eq(group))
        .select(skills_asked::skill_id)
}

/// Replaces the answers to these skills; those to others are left out. How many there are.
pub(super) fn replace_answers(
    conn: &mut DbConnection,
    response: SkillsResponseId,
    asked: &[SkillId],
    answers: &[Answer],
) -> Result<usize> {
    diesel::delete(skills_answers::table)
        .filter(skills_answers::response_id.eq(response))
        .filter(skills_answers::skill_id.eq_any(asked))
        .execute(conn)?;
    let rows: Vec<AnswerRow<'_>> = answers
        .iter()
        .filter(|answer| asked.contains(&answer.skill))
        .map(|answer| AnswerRow {
            response_id: response,
            skill_id: &answer.skill,
            confidence: answer.confidence.value(),
            wants: answer.wants,
        })
        .collect();
    each!(conn, c => diesel::insert_into(skills_answers::table).values(&rows).execute(c))?;
    Ok(rows.len())
}

/// What was finished is counted anew. The organisation's row puts those who finish at the same time in line: the picture is
/// drawn from everyone who finished before.
pub(super) fn changed(act: &mut Act<'_>, response: &Response, state: ResponseState) -> Result<()> {
    if state == ResponseState::Started {
        return Ok(());
    }
    mark_stale(act.conn, response.round_id, response.organisation_id)?;
    redraw(act.conn, response.round_id, response.organisation_id)
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
    act.record("skills audit finished", response.subject(), json!({ "answered": answered }))?;
    changed(act, response, ResponseState::Finished).map(Some)
}

/// Makes sure that the round still takes answers, and keeps other writers of this response waiting.
/// Gives the state it has now.
pub(super) fn hold_open(act: &mut Act<'_>, response: &Response) -> Result<ResponseState> {
    let open = skills_rounds::table.filter(skills_rounds::state.eq(RoundState::Open)).select(skills_rounds::id);
    diesel::update(skills_responses::table.find(response.id))
        .filter(skills_responses::round_id.eq_any(open))
        .set(skills_responses::started_at.eq(skills_responses::started_at))
        .returning(skills_responses::state)
        .get_result(act.conn)
        .optional()?
        .ok_or(Error::Conflict)
}
