//! The questions: groups of skills, what each answer means, and the module that each skill hangs on.
//! They come from `content/`, and are the same for everyone in a round.

use diesel::prelude::*;
use serde::Deserialize;

use crate::acts::Act;
use crate::db::DbConnection;
use crate::db::schema::{skill_confidences, skill_groups, skills, training_modules};
use crate::each;
use crate::error::{Error, Result};
use crate::ids::{AreaId, ModuleId, SkillGroupId, SkillId};

/// How confident someone is in a skill: 1 to 5.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Confidence(i32);

impl Confidence {
    pub const HIGHEST: i32 = 5;

    /// `None` outside 1 to 5.
    pub fn new(value: i32) -> Option<Self> {
        (1..=Self::HIGHEST).contains(&value).then_some(Self(value))
    }

    /// As a form sends it: one digit.
    pub fn parse(typed: &str) -> Option<Self> {
        typed.parse().ok().and_then(Self::new).filter(|_| typed.len() == 1)
    }

    pub fn value(self) -> i32 {
        self.0
    }

    /// Someone who would need help: 1 or 2.
    pub fn is_low(self) -> bool {
        self.0 <= 2
    }

    /// Someone who can be left to it: 4 or 5.
    pub fn is_high(self) -> bool {
        self.0 >= 4
    }
}

/// What an answer of 1, 2, 3, 4 or 5 means.
#[derive(Debug, Clone, Queryable, Selectable, Insertable, Deserialize)]
#[diesel(table_name = skill_confidences, treat_none_as_default_value = false)]
pub struct Anchor {
    pub value: i32,
    pub label: String,
    pub meaning: String,
}

/// A page of questions.
#[derive(Debug, Clone, Queryable, Selectable, Insertable)]
#[diesel(table_name = skill_groups, treat_none_as_default_value = false)]
pub struct SkillGroup {
    pub id: SkillGroupId,
    pub position: i32,
    pub title: String,
    pub intro: String,
}

/// One question.
#[derive(Debug, Clone, Queryable, Selectable, Insertable)]
#[diesel(table_name = skills, treat_none_as_default_value = false)]
pub struct Skill {
    pub id: SkillId,
    pub group_id: SkillGroupId,
    pub position: i32,
    /// Begins with `I can`.
    pub statement: String,
    /// The module that closes a gap in it.
    pub module_id: ModuleId,
    /// The area of the quality framework it also belongs to.
    pub area: Option<AreaId>,
}

/// All questions, in the order they are asked.
#[derive(Debug, Clone)]
pub struct Instrument {
    pub groups: Vec<SkillGroup>,
    /// In the order of their groups.
    pub skills: Vec<Skill>,
    /// From 1 to 5.
    pub anchors: Vec<Anchor>,
    /// Ids and titles of the modules that skills hang on, in programme order.
    pub modules: Vec<(ModuleId, String)>,
}

impl Instrument {
    pub fn load(conn: &mut DbConnection) -> Result<Self> {
        let groups = skill_groups::table.order(skill_groups::position).select(SkillGroup::as_select()).load(conn)?;
        let skills = skills::table
            .inner_join(skill_groups::table)
            .order((skill_groups::position, skills::position))
            .select(Skill::as_select())
            .load(conn)?;
        let anchors =
            skill_confidences::table.order(skill_confidences::value).select(Anchor::as_select()).load(conn)?;
        let modules = training_modules::table
            .filter(training_modules::id.eq_any(skills::table.select(skills::module_id)))
            .order(training_modules::position)
            .select((training_modules::id, training_modules::title))
            .load(conn)?;
        Ok(Self { groups, skills, anchors, modules })
    }

    /// A group by its id, as it stands in addresses.
    pub fn group(&self, id: &str) -> Result<&SkillGroup> {
        self.groups.iter().find(|group| group.id.as_str() == id).ok_or(Error::NotFound)
    }

    /// The group asked after this one.
    pub fn group_after(&self, group: &SkillGroup) -> Option<&SkillGroup> {
        self.groups.iter().find(|other| other.position > group.position)
    }

    pub fn skills_of<'a>(&'a self, group: &'a SkillGroupId) -> impl Iterator<Item = &'a Skill> {
        self.skills.iter().filter(move |skill| skill.group_id == *group)
    }
}

#[derive(Deserialize)]
struct SkillsFile {
    confidence: Vec<Anchor>,
    groups: Vec<GroupEntry>,
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
}

pub(super) fn load_instrument(act: &mut Act<'_>) -> Result<()> {
    let file: SkillsFile = toml::from_str(include_str!("../../content/skills.toml")).map_err(Error::unexpected)?;
    let mut groups = Vec::new();
    let mut skills = Vec::new();
    for (group, position) in file.groups.into_iter().zip(1..) {
        let group_id = group.id.clone();
        groups.push(SkillGroup { id: group.id, position, title: group.title, intro: group.intro });
        skills.extend(group.skills.into_iter().zip(1..).map(|(skill, position)| Skill {
            id: skill.id,
            group_id: group_id.clone(),
            position,
            statement: skill.statement,
            module_id: skill.module,
            area: skill.area,
        }));
    }
    each!(act.conn, c => diesel::insert_into(skill_confidences::table).values(&file.confidence).execute(c))?;
    each!(act.conn, c => diesel::insert_into(skill_groups::table).values(&groups).execute(c))?;
    each!(act.conn, c => diesel::insert_into(skills::table).values(&skills).execute(c))?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn confidence_is_one_digit_from_one_to_five() {
        assert_eq!(Confidence::parse("1").map(Confidence::value), Some(1));
        assert_eq!(Confidence::parse("5").map(Confidence::value), Some(5));
        for wrong in ["", "0", "6", "-1", "+3", "03", "3.0", " 3", "three", "99999999999"] {
            assert_eq!(Confidence::parse(wrong), None, "{wrong:?}");
        }
    }
}
