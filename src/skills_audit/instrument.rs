//! What is asked, and when. The questions are groups of skills, each with the module that it hangs on; they come from
//! `content/`. A round is the time in which everyone is asked: at most one is open, and a closed one takes no more
//! answers.
//!
//! | from | verb | to |
//! |---|---|---|
//! | | open | open |
//! | open | close | closed |

use chrono::{Datelike, NaiveDate, NaiveDateTime};
use diesel::prelude::*;
use serde::Deserialize;
use serde_json::json;

use super::response::ResponseState;
use crate::acts::Act;
use crate::audit::Subject;
use crate::db::schema::{skill_confidences, skill_groups, skills, skills_responses, skills_rounds, training_modules};
use crate::db::{DbConnection, unless_taken};
use crate::error::{Error, Result};
use crate::ids::{AreaId, ModuleId, RoundId, SkillGroupId, SkillId};
use crate::{each, text_enum};

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

text_enum! {
    pub enum RoundState { Open = "open", Closed = "closed" }
}

/// A round as it is stored.
#[derive(Debug, Clone, Queryable, Selectable, Insertable)]
#[diesel(table_name = skills_rounds)]
pub struct Round {
    pub id: RoundId,
    pub title: String,
    pub(super) state: RoundState,
    pub opened_at: NaiveDateTime,
    pub closed_at: Option<NaiveDateTime>,
}

impl Round {
    /// The round that takes answers now.
    pub fn open_now(conn: &mut DbConnection) -> Result<Option<Self>> {
        Ok(skills_rounds::table
            .filter(skills_rounds::state.eq(RoundState::Open))
            .select(Self::as_select())
            .first(conn)
            .optional()?)
    }

    /// The one opened last, open or closed.
    pub fn latest(conn: &mut DbConnection) -> Result<Option<Self>> {
        Ok(skills_rounds::table
            .order(skills_rounds::opened_at.desc())
            .select(Self::as_select())
            .first(conn)
            .optional()?)
    }

    /// The last ones, newest first.
    pub fn recent(conn: &mut DbConnection) -> Result<Vec<Self>> {
        Ok(skills_rounds::table
            .order(skills_rounds::opened_at.desc())
            .limit(20)
            .select(Self::as_select())
            .load(conn)?)
    }

    /// The same, with how many people have finished each.
    pub fn recent_with_finished(conn: &mut DbConnection) -> Result<Vec<(Self, i64)>> {
        let finished: Vec<(RoundId, i64)> = skills_responses::table
            .filter(skills_responses::state.eq(ResponseState::Finished))
            .group_by(skills_responses::round_id)
            .select((skills_responses::round_id, diesel::dsl::count_star()))
            .load(conn)?;
        let people = |id| finished.iter().find(|(round, _)| *round == id).map_or(0, |(_, n)| *n);
        Ok(Self::recent(conn)?.into_iter().map(|round| (round.clone(), people(round.id))).collect())
    }

    pub fn find(conn: &mut DbConnection, id: RoundId) -> Result<Self> {
        Ok(skills_rounds::table.find(id).select(Self::as_select()).first(conn)?)
    }

    /// A made-up one, for pages.
    pub(super) fn sample() -> Self {
        let opened_at = NaiveDateTime::default();
        Self {
            id: RoundId::new(),
            title: "Skills audit 2026/27".into(),
            state: RoundState::Open,
            opened_at,
            closed_at: None,
        }
    }

    pub fn is_open(&self) -> bool {
        self.state == RoundState::Open
    }
}

/// Opens a round; `None` when one is open already.
pub fn open_round(act: &mut Act<'_>, title: &str) -> Result<Option<Round>> {
    let round = Round {
        id: RoundId::new(),
        title: title.to_owned(),
        state: RoundState::Open,
        opened_at: act.at,
        closed_at: None,
    };
    let added = unless_taken(act.conn, |conn| diesel::insert_into(skills_rounds::table).values(&round).execute(conn))?;
    if added.is_none() {
        return Ok(None);
    }
    act.record("skills round opened", Subject::of("skills round", round.id), json!({ "title": title }))?;
    Ok(Some(round))
}

/// Closes a round: what was answered stays, and nothing more is taken.
pub fn close_round(act: &mut Act<'_>, round: &Round) -> Result<()> {
    let changed = diesel::update(skills_rounds::table.find(round.id))
        .filter(skills_rounds::state.eq(RoundState::Open))
        .set((skills_rounds::state.eq(RoundState::Closed), skills_rounds::closed_at.eq(act.at)))
        .execute(act.conn)?;
    if changed == 0 {
        return Err(Error::Conflict);
    }
    act.record("skills round closed", Subject::of("skills round", round.id), json!({}))
}

/// The programme year of a day, which begins in September: `2026/27`.
pub(super) fn programme_year(day: NaiveDate) -> String {
    let first = if day.month() >= 9 { day.year() } else { day.year() - 1 };
    format!("{first}/{:02}", (first + 1) % 100)
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

/// The questions as they come, without the titles of modules, which are training's.
pub(super) fn read_questions() -> Result<Instrument> {
    let file: SkillsFile = toml::from_str(include_str!("../../content/skills.toml")).map_err(Error::unexpected)?;
    let mut questions = Instrument { groups: vec![], skills: vec![], anchors: file.confidence, modules: vec![] };
    for (group, position) in file.groups.into_iter().zip(1..) {
        questions.skills.extend(group.skills.into_iter().zip(1..).map(|(skill, position)| Skill {
            id: skill.id,
            group_id: group.id.clone(),
            position,
            statement: skill.statement,
            module_id: skill.module,
            area: skill.area,
        }));
        questions.groups.push(SkillGroup { id: group.id, position, title: group.title, intro: group.intro });
    }
    Ok(questions)
}

pub(super) fn load_questions(act: &mut Act<'_>) -> Result<()> {
    let Instrument { groups, skills, anchors, .. } = read_questions()?;
    each!(act.conn, c => diesel::insert_into(skill_confidences::table).values(&anchors).execute(c))?;
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

    #[test]
    fn a_programme_year_begins_in_september() {
        let year_of = |month| programme_year(NaiveDate::from_ymd_opt(2026, month, 1).expect("real day"));
        assert_eq!(year_of(8), "2025/26");
        assert_eq!(year_of(9), "2026/27");
        assert_eq!(programme_year(NaiveDate::from_ymd_opt(2099, 10, 1).expect("real day")), "2099/00");
    }
}
