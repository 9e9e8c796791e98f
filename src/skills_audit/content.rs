//! The questions as they come in `content/`, and loading them into a new database as the first version.

use diesel::prelude::*;
use serde::Deserialize;

use super::instrument::{Anchor, Instrument, OpenQuestion, Skill, SkillGroup};
use crate::acts::Act;
use crate::db::schema::{
    skill_confidences, skill_groups, skills, skills_asked, skills_instruments, skills_open_questions,
};
use crate::each;
use crate::error::{Error, Result};
use crate::ids::{AreaId, ModuleId, OpenQuestionId, SkillGroupId, SkillId};

#[derive(Deserialize)]
struct SkillsFile {
    confidence: Vec<Anchor>,
    groups: Vec<GroupEntry>,
    questions: Vec<QuestionEntry>,
}

#[derive(Deserialize)]
struct GroupEntry {
    id: SkillGroupId,
    title: String,
    intro: String,
    skills: Vec<SkillEntry>,
}

#[derive(Deserialize)]
struct SkillEntry {
    id: SkillId,
    statement: String,
    module: ModuleId,
    area: Option<AreaId>,
    standard: Option<String>,
}

#[derive(Deserialize)]
struct QuestionEntry {
    id: OpenQuestionId,
    question: String,
}

/// A skill as it is first known; versions say what is asked.
#[derive(Insertable)]
#[diesel(table_name = skills, treat_none_as_default_value = false)]
struct FirstWords<'a> {
    id: &'a SkillId,
    group_id: &'a SkillGroupId,
    position: i32,
    statement: &'a str,
    module_id: &'a ModuleId,
    area: Option<&'a AreaId>,
}

/// A skill as a version asks it.
#[derive(Insertable)]
#[diesel(table_name = skills_asked, treat_none_as_default_value = false)]
struct AskedRow<'a> {
    instrument: i32,
    skill_id: &'a SkillId,
    group_id: &'a SkillGroupId,
    position: i32,
    statement: &'a str,
    module_id: &'a ModuleId,
    area: Option<&'a AreaId>,
    standard: Option<&'a str>,
}

#[derive(Insertable)]
#[diesel(table_name = skills_open_questions, treat_none_as_default_value = false)]
struct QuestionRow<'a> {
    instrument: i32,
    id: &'a OpenQuestionId,
    position: i32,
    question: &'a str,
}

/// The questions as they come, without the titles of modules, which are training's.
pub(super) fn read_questions() -> Result<Instrument> {
    let file: SkillsFile = toml::from_str(include_str!("../../content/skills.toml")).map_err(Error::unexpected)?;
    let open_questions = file.questions.into_iter().zip(1..);
    let mut questions = Instrument {
        number: 1,
        groups: Vec::new(),
        skills: Vec::new(),
        open_questions: open_questions
            .map(|(asked, position)| OpenQuestion { id: asked.id, position, question: asked.question })
            .collect(),
        anchors: file.confidence,
        modules: Vec::new(),
    };
    for (group, position) in file.groups.into_iter().zip(1..) {
        questions.skills.extend(group.skills.into_iter().zip(1..).map(|(skill, position)| Skill {
            id: skill.id,
            group_id: group.id.clone(),
            position,
            statement: skill.statement,
            module_id: skill.module,
            area: skill.area,
            standard: skill.standard,
        }));
        questions.groups.push(SkillGroup { id: group.id, position, title: group.title, intro: group.intro });
    }
    Ok(questions)
}

/// The questions as they come, for pages with made-up content.
pub fn sample_instrument() -> Instrument {
    let mut questions = read_questions().expect("the questions were read when the database was made");
    questions.modules = vec![("safeguarding".into(), "Safeguarding".into()), ("send".into(), "SEND".into())];
    questions
}

pub(super) fn load_questions(act: &mut Act<'_>) -> Result<()> {
    let questions = read_questions()?;
    let first: Vec<FirstWords<'_>> = questions
        .skills
        .iter()
        .map(|skill| FirstWords {
            id: &skill.id,
            group_id: &skill.group_id,
            position: skill.position,
            statement: &skill.statement,
            module_id: &skill.module_id,
            area: skill.area.as_ref(),
        })
        .collect();
    each!(act.conn, c => diesel::insert_into(skill_confidences::table).values(&questions.anchors).execute(c))?;
    each!(act.conn, c => diesel::insert_into(skill_groups::table).values(&questions.groups).execute(c))?;
    each!(act.conn, c => diesel::insert_into(skills::table).values(&first).execute(c))?;
    insert_version(act, &questions, None, "The first")
}

/// Writes a version down; `change` says what is different from the one before.
pub(super) fn insert_version(
    act: &mut Act<'_>,
    questions: &Instrument,
    by: Option<crate::ids::AccountId>,
    change: &str,
) -> Result<()> {
    diesel::insert_into(skills_instruments::table)
        .values((
            skills_instruments::number.eq(questions.number),
            skills_instruments::made_at.eq(act.at),
            skills_instruments::made_by.eq(by),
            skills_instruments::change.eq(change),
        ))
        .execute(act.conn)?;
    let asked: Vec<AskedRow<'_>> = questions
        .skills
        .iter()
        .map(|skill| AskedRow {
            instrument: questions.number,
            skill_id: &skill.id,
            group_id: &skill.group_id,
            position: skill.position,
            statement: &skill.statement,
            module_id: &skill.module_id,
            area: skill.area.as_ref(),
            standard: skill.standard.as_deref(),
        })
        .collect();
    each!(act.conn, c => diesel::insert_into(skills_asked::table).values(&asked).execute(c))?;
    let open: Vec<QuestionRow<'_>> = questions
        .open_questions
        .iter()
        .map(|open| QuestionRow {
            instrument: questions.number,
            id: &open.id,
            position: open.position,
            question: &open.question,
        })
        .collect();
    each!(act.conn, c => diesel::insert_into(skills_open_questions::table).values(&open).execute(c))?;
    Ok(())
}
