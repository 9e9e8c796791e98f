//! What is asked: groups of skills, each with the module that it hangs on, and a few open questions. What was asked is kept
//! in versions; a skill has the same id in each, so that rounds can be compared.
//! Not here: when it is asked (`round`), and how a version follows another (`revision`).

use diesel::prelude::*;
use serde::Deserialize;

use crate::db::DbConnection;
use crate::db::schema::{
    skill_confidences, skill_groups, skills_asked, skills_instruments, skills_open_questions, training_modules,
};
use crate::error::{Error, Result};
use crate::ids::{AreaId, ModuleId, OpenQuestionId, SkillGroupId, SkillId};

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
#[derive(Debug, Clone, Queryable, Selectable)]
#[diesel(table_name = skills_asked)]
pub struct Skill {
    #[diesel(column_name = skill_id)]
    pub id: SkillId,
    pub group_id: SkillGroupId,
    pub position: i32,
    /// Begins with `I can`.
    pub statement: String,
    /// The module that closes a gap in it.
    pub module_id: ModuleId,
    /// The area of the quality framework it also belongs to.
    pub area: Option<AreaId>,
    /// A code of the National Occupational Standards for Youth Work, where it is certain.
    pub standard: Option<String>,
}

/// A question answered in one's own words.
#[derive(Debug, Clone, Queryable, Selectable)]
#[diesel(table_name = skills_open_questions)]
pub struct OpenQuestion {
    pub id: OpenQuestionId,
    pub position: i32,
    pub question: String,
}

/// All questions of one version, in the order they are asked.
#[derive(Debug, Clone)]
pub struct Instrument {
    pub number: i32,
    pub groups: Vec<SkillGroup>,
    /// In the order of their groups.
    pub skills: Vec<Skill>,
    pub open_questions: Vec<OpenQuestion>,
    /// From 1 to 5.
    pub anchors: Vec<Anchor>,
    /// Ids and titles of the modules that skills hang on, in programme order.
    pub modules: Vec<(ModuleId, String)>,
}

impl Instrument {
    /// The latest version.
    pub fn load(conn: &mut DbConnection) -> Result<Self> {
        let latest: Option<i32> =
            skills_instruments::table.select(diesel::dsl::max(skills_instruments::number)).get_result(conn)?;
        Self::of(conn, latest.ok_or(Error::NotFound)?)
    }

    /// A version by its number. A group that it asks nothing of is left out.
    pub fn of(conn: &mut DbConnection, number: i32) -> Result<Self> {
        let asked = skills_asked::table.filter(skills_asked::instrument.eq(number));
        let groups = skill_groups::table
            .filter(skill_groups::id.eq_any(asked.select(skills_asked::group_id)))
            .order(skill_groups::position)
            .select(SkillGroup::as_select())
            .load(conn)?;
        let skills = asked
            .inner_join(skill_groups::table)
            .order((skill_groups::position, skills_asked::position))
            .select(Skill::as_select())
            .load(conn)?;
        let open_questions = skills_open_questions::table
            .filter(skills_open_questions::instrument.eq(number))
            .order(skills_open_questions::position)
            .select(OpenQuestion::as_select())
            .load(conn)?;
        let anchors =
            skill_confidences::table.order(skill_confidences::value).select(Anchor::as_select()).load(conn)?;
        let modules = training_modules::table
            .filter(training_modules::id.eq_any(asked.select(skills_asked::module_id)))
            .order(training_modules::position)
            .select((training_modules::id, training_modules::title))
            .load(conn)?;
        Ok(Self { number, groups, skills, open_questions, anchors, modules })
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

    pub fn skill(&self, id: &SkillId) -> Option<&Skill> {
        self.skills.iter().find(|skill| skill.id == *id)
    }

    /// A module's title; nothing for one that no skill hangs on.
    pub fn module_title(&self, id: &ModuleId) -> &str {
        self.modules.iter().find(|(module, _)| module == id).map_or("", |(_, title)| title)
    }
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
