//! How the questions change. Each change is a new version; versions that were asked stay as they were, and a skill keeps
//! its id. A skill can be retired at any time: the round that is open goes on without it, and what was answered to it stays
//! but is no longer shown. Its words can only be changed between rounds, and it is only asked again from the next on, for then they mean the same to everyone in one.

use chrono::NaiveDateTime;
use diesel::prelude::*;
use serde_json::json;

use super::content::insert_version;
use super::instrument::{Instrument, Skill};
use super::round::{Round, RoundState};
use crate::acts::Act;
use crate::audit::Subject;
use crate::db::DbConnection;
use crate::db::schema::{skills_asked, skills_instruments, skills_rounds};
use crate::error::{Error, Result};
use crate::ids::{AccountId, SkillId};

/// One version, as the VRP reads of it.
#[derive(Debug, Clone, Queryable, Selectable)]
#[diesel(table_name = skills_instruments)]
pub struct Revision {
    pub number: i32,
    pub made_at: NaiveDateTime,
    pub change: String,
}

impl Revision {
    /// The latest first.
    pub fn all(conn: &mut DbConnection) -> Result<Vec<Self>> {
        Ok(skills_instruments::table
            .order(skills_instruments::number.desc())
            .limit(50)
            .select(Self::as_select())
            .load(conn)?)
    }
}

/// Skills that some version asked and the latest does not, each with its last words.
pub fn retired_skills(conn: &mut DbConnection) -> Result<Vec<Skill>> {
    let latest = Instrument::load(conn)?;
    let before: Vec<Skill> = skills_asked::table
        .filter(skills_asked::instrument.lt(latest.number))
        .order(skills_asked::instrument.desc())
        .select(Skill::as_select())
        .load(conn)?;
    let mut retired: Vec<Skill> = Vec::new();
    for skill in before {
        if latest.skill(&skill.id).is_none() && retired.iter().all(|other| other.id != skill.id) {
            retired.push(skill);
        }
    }
    Ok(retired)
}

/// Asks no more for a skill. The last one stays.
pub fn retire_skill(act: &mut Act<'_>, id: &SkillId, by: AccountId) -> Result<()> {
    let mut questions = next_version(act)?;
    let skill = questions.skill(id).cloned().ok_or(Error::NotFound)?;
    questions.skills.retain(|other| other.id != *id);
    if questions.skills.is_empty() {
        return Err(Error::Conflict);
    }
    make(act, &questions, by, &format!("No longer asked: {}", skill.statement))?;
    // Whoever is answering now goes on with the new version.
    diesel::update(skills_rounds::table.filter(skills_rounds::state.eq(RoundState::Open)))
        .set(skills_rounds::instrument.eq(questions.number))
        .execute(act.conn)?;
    Ok(())
}

/// Asks for a skill again, from the next round on. `None` while a round is open.
pub fn bring_back_skill(act: &mut Act<'_>, id: &SkillId, by: AccountId) -> Result<Option<()>> {
    if Round::open_now(act.conn)?.is_some() {
        return Ok(None);
    }
    let skill = retired_skills(act.conn)?.into_iter().find(|skill| skill.id == *id).ok_or(Error::NotFound)?;
    let mut questions = next_version(act)?;
    let change = format!("Asked again: {}", skill.statement);
    questions.skills.push(skill);
    make(act, &questions, by, &change).map(Some)
}

/// Gives a skill other words, or another code. `None` while a round is open.
pub fn reword_skill(
    act: &mut Act<'_>,
    id: &SkillId,
    statement: &str,
    standard: Option<&str>,
    by: AccountId,
) -> Result<Option<()>> {
    if Round::open_now(act.conn)?.is_some() {
        return Ok(None);
    }
    let mut questions = next_version(act)?;
    let skill = questions.skills.iter_mut().find(|skill| skill.id == *id).ok_or(Error::NotFound)?;
    statement.clone_into(&mut skill.statement);
    skill.standard = standard.map(str::to_owned);
    make(act, &questions, by, &format!("Now worded: {statement}")).map(Some)
}

/// The latest with the next number. Two who change it at the same moment want the same number: one is refused.
fn next_version(act: &mut Act<'_>) -> Result<Instrument> {
    let latest = Instrument::load(act.conn)?;
    Ok(Instrument { number: latest.number + 1, ..latest })
}

fn make(act: &mut Act<'_>, questions: &Instrument, by: AccountId, change: &str) -> Result<()> {
    insert_version(act, questions, Some(by), change)?;
    let subject = Subject::of("skills questions", questions.number);
    act.record("questions changed", subject, json!({ "change": change }))
}
