//! The questions, for the VRP.

use serde::Serialize;

use crate::clock::{day_of, say_day};
use crate::skills_audit::{Instrument, Revision, Skill};
use crate::web::{Filled, Link, Page, Sample, sample};

pub(super) const REWORDED: &str = "The skill has new words, from the next round on";
pub(super) const RETIRED: &str = "The skill is not asked any more";
pub(super) const BROUGHT_BACK: &str = "The skill is asked again, from the next round on";
pub(super) const NOT_WHILE_OPEN: &str = "A round is open. Wait until it has closed";

/// Everything that is asked.
#[derive(Serialize)]
pub struct QuestionsPage {
    number: i32,
    open: bool,
    groups: Vec<GroupView>,
    open_questions: Vec<String>,
    retired: Vec<SkillView>,
    revisions: Vec<RevisionView>,
}
#[derive(Serialize)]
struct GroupView {
    title: String,
    skills: Vec<SkillView>,
}
#[derive(Serialize)]
struct SkillView {
    id: String,
    statement: String,
    module: String,
    standard: Option<String>,
}
#[derive(Serialize)]
struct RevisionView {
    number: i32,
    made_on: String,
    change: String,
}
impl QuestionsPage {
    pub fn new(instrument: &Instrument, retired: &[Skill], revisions: &[Revision], open: bool) -> Self {
        let skill = |skill: &Skill| SkillView {
            id: skill.id.to_string(),
            statement: skill.statement.clone(),
            module: instrument.module_title(&skill.module_id).to_owned(),
            standard: skill.standard.clone(),
        };
        let groups = instrument.groups.iter().map(|group| GroupView {
            title: group.title.clone(),
            skills: instrument.skills_of(&group.id).map(skill).collect(),
        });
        let revision = |revision: &Revision| RevisionView {
            number: revision.number,
            made_on: say_day(day_of(revision.made_at)),
            change: revision.change.clone(),
        };
        Self {
            number: instrument.number,
            open,
            groups: groups.collect(),
            open_questions: instrument.open_questions.iter().map(|open| open.question.clone()).collect(),
            retired: retired.iter().map(skill).collect(),
            revisions: revisions.iter().map(revision).collect(),
        }
    }
}
impl Page for QuestionsPage {
    const TEMPLATE: &'static str = "skills_rounds/questions";
    fn title(&self) -> String {
        "Questions of the skills audit".into()
    }
    fn back(&self) -> Option<Link> {
        Link::back("/vrp/skills-audit")
    }
}

/// One skill, to change it.
#[derive(Serialize)]
pub struct QuestionPage {
    id: String,
    statement: String,
    open: bool,
    form: Filled,
}
impl QuestionPage {
    pub fn new(skill: &Skill, open: bool, form: Filled) -> Self {
        Self { id: skill.id.to_string(), statement: skill.statement.clone(), open, form }
    }
}
impl Page for QuestionPage {
    const TEMPLATE: &'static str = "skills_rounds/question";
    fn title(&self) -> String {
        "Change a skill".into()
    }
    fn back(&self) -> Option<Link> {
        Link::back("/vrp/skills-audit/questions")
    }
}

/// Each page with made-up content.
pub fn samples() -> Vec<Sample> {
    let skill = |standard: Option<&str>| SkillView {
        id: "plan-with-outcomes".into(),
        statement: "I can plan sessions with a purpose that young people helped to set.".into(),
        module: "Planning and evaluation".into(),
        standard: standard.map(str::to_owned),
    };
    let page = |open, retired| QuestionsPage {
        number: 2,
        open,
        groups: vec![GroupView { title: "Planning".into(), skills: vec![skill(None), skill(Some("YW01"))] }],
        open_questions: vec!["What would help you most?".into()],
        retired,
        revisions: vec![RevisionView { number: 1, made_on: "1 September 2026".into(), change: "The first".into() }],
    };
    let one = |open, form| QuestionPage {
        id: "plan-with-outcomes".into(),
        statement: "I can plan sessions with a purpose that young people helped to set.".into(),
        open,
        form,
    };
    let blank = Filled::blank(super::forms::SkillForm::FIELDS);
    vec![
        sample(&page(true, vec![skill(None)])),
        sample(&page(false, Vec::new())),
        sample(&one(true, blank.clone())),
        sample(&one(false, blank.with_problem("statement", NOT_WHILE_OPEN))),
    ]
}
