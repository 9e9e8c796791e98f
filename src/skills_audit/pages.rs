//! The pages of a person's own audit, and what they say after a change.

use serde::Serialize;

use super::content::read_questions;
use super::forms::{CONFIDENCE, WANTS};
use super::instrument::{Anchor, Confidence, Instrument, Skill, SkillGroup};
use super::response::{Answer, Barrier, Response};
use super::sitting::{Sitting, own_address};
use crate::clock::say_day;
use crate::ids::{SkillGroupId, SkillId};
use crate::organisations::Organisation;
use crate::web::{Field, Filled, Link, Page, Sample, count, sample};

pub(super) const SAVED: &str = "Your answers are saved. You can go on whenever you like";
pub(super) const NOTHING_ANSWERED: &str = "Answer at least one question before you finish";

pub(super) const SAVED_MEANWHILE: &str =
    "Answers here were saved somewhere else since you opened this page. Check them, then save again";

/// How long one question takes, in seconds, with time to think.
const SECONDS_A_QUESTION: usize = 12;

/// The organisations a person can answer for.
#[derive(Serialize)]
pub struct ChoicePage {
    organisations: Vec<ChoiceRow>,
}
#[derive(Serialize)]
struct ChoiceRow {
    task: String,
    address: String,
    status: String,
}
impl ChoicePage {
    /// `begun` are the responses of the round that is open, with how many skills each answers.
    pub fn new(organisations: &[Organisation], begun: &[(Response, i64)]) -> Self {
        let status = |organisation: &Organisation| match begun
            .iter()
            .find(|(response, _)| response.organisation_id == organisation.id)
        {
            Some((response, _)) if response.is_finished() => "Finished".to_owned(),
            Some((_, answered)) => format!("{answered} answered"),
            None => "Not started".to_owned(),
        };
        let row = |organisation: &Organisation| ChoiceRow {
            task: organisation.name.clone(),
            address: own_address(&organisation.slug),
            status: status(organisation),
        };
        Self { organisations: organisations.iter().map(row).collect() }
    }
}
impl Page for ChoicePage {
    const TEMPLATE: &'static str = "skills_audit/choice";
    fn title(&self) -> String {
        "Skills audit".into()
    }
    fn back(&self) -> Option<Link> {
        Link::back("/my")
    }
}

/// What it is, before it is begun.
#[derive(Serialize)]
pub struct StartPage {
    organisation: String,
    action: String,
    questions: usize,
    minutes: String,
    closes_on: Option<String>,
    /// Whose link it is; none with an account.
    link_of: Option<String>,
    misdirection: String,
}
impl StartPage {
    pub fn new(sitting: &Sitting, instrument: &Instrument) -> Self {
        let questions = instrument.skills.len();
        Self {
            organisation: sitting.organisation_name.clone(),
            action: sitting.address.clone(),
            questions,
            minutes: minutes_for(questions),
            closes_on: sitting.round.as_ref().and_then(|round| round.closes_on).map(say_day),
            link_of: sitting.by_link().then(|| sitting.person_name.clone()),
            misdirection: format!("{}/misdirection", sitting.address),
        }
    }
}
impl Page for StartPage {
    const TEMPLATE: &'static str = "skills_audit/start";
    fn title(&self) -> String {
        "Skills audit".into()
    }
    fn back(&self) -> Option<Link> {
        Link::back("/my").filter(|_| self.link_of.is_none())
    }
}

/// What someone said besides their answers.
#[derive(Debug, Clone, Default)]
pub struct Besides {
    pub barriers: Vec<Barrier>,
    pub held: usize,
    pub words: usize,
}

/// The groups, and how far the person is in each.
#[derive(Serialize)]
pub struct TaskListPage {
    organisation: String,
    address: String,
    groups: Vec<TaskRow>,
    others: Vec<TaskRow>,
    closes_on: Option<String>,
    by_link: bool,
    answered: usize,
    total: usize,
    unanswered: Option<String>,
    minutes_left: Option<String>,
    /// The first group with a question left.
    next: Option<String>,
    finished: bool,
    form: Filled,
}
#[derive(Serialize)]
struct TaskRow {
    key: String,
    task: String,
    address: String,
    progress: String,
    status: &'static str,
    colour: Option<&'static str>,
}
impl TaskListPage {
    pub const FIELDS: &[&str] = &["groups"];

    pub fn new(
        sitting: &Sitting,
        instrument: &Instrument,
        response: &Response,
        answers: &[Answer],
        besides: &Besides,
    ) -> Self {
        let address = sitting.address.clone();
        let (total, answered) = (instrument.skills.len(), answered_of(instrument, answers));
        let left = total.saturating_sub(answered);
        let next = instrument.groups.iter().find(|group| {
            let (done, of) = progress(instrument, &group.id, answers);
            done < of
        });
        Self {
            groups: instrument.groups.iter().map(|group| task_row(&address, instrument, group, answers)).collect(),
            others: other_tasks(&address, instrument, besides),
            closes_on: sitting.round.as_ref().and_then(|round| round.closes_on).map(say_day),
            by_link: sitting.by_link(),
            unanswered: (left > 0).then(|| count(left, "question is not answered", "questions are not answered")),
            minutes_left: (left > 0).then(|| minutes_for(left)),
            next: next.map(|group| group_address(&address, &group.id)),
            finished: response.is_finished(),
            form: Filled::blank(Self::FIELDS),
            organisation: sitting.organisation_name.clone(),
            address,
            answered,
            total,
        }
    }

    pub fn with_problem(mut self, text: &str) -> Self {
        self.form = self.form.with_problem("groups", text);
        self
    }
}
impl Page for TaskListPage {
    const TEMPLATE: &'static str = "skills_audit/tasks";
    fn title(&self) -> String {
        "Your skills audit".into()
    }
    fn back(&self) -> Option<Link> {
        Link::back("/my").filter(|_| !self.by_link)
    }
}

fn task_row(address: &str, instrument: &Instrument, group: &SkillGroup, answers: &[Answer]) -> TaskRow {
    let (done, of) = progress(instrument, &group.id, answers);
    let (status, colour) = match done {
        0 => ("Not started", None),
        _ if done == of => ("Done", Some("green")),
        _ => ("Started", Some("blue")),
    };
    TaskRow {
        key: format!("group-{}", group.id),
        task: group.title.clone(),
        address: group_address(address, &group.id),
        progress: format!("{done} of {of} answered"),
        status,
        colour,
    }
}

/// What may be left out altogether.
fn other_tasks(address: &str, instrument: &Instrument, besides: &Besides) -> Vec<TaskRow> {
    let row = |key: &str, task: &str, said: usize| TaskRow {
        key: key.to_owned(),
        task: task.to_owned(),
        address: format!("{address}/{key}"),
        progress: "You can leave this out".to_owned(),
        status: if said == 0 { "Optional" } else { "Done" },
        colour: Some("green").filter(|_| said > 0),
    };
    let mut rows = vec![
        row("barriers", "What makes training hard", besides.barriers.len()),
        row("held", "What you hold already", besides.held),
    ];
    if !instrument.open_questions.is_empty() {
        rows.push(row("words", "In your own words", besides.words));
    }
    rows
}

/// How many of these are to what is asked still.
fn answered_of(instrument: &Instrument, answers: &[Answer]) -> usize {
    answers.iter().filter(|answer| instrument.skill(&answer.skill).is_some()).count()
}

fn progress(instrument: &Instrument, group: &SkillGroupId, answers: &[Answer]) -> (usize, usize) {
    let is_answered = |id: &SkillId| answers.iter().any(|answer| answer.skill == *id);
    let done = instrument.skills_of(group).filter(|skill| is_answered(&skill.id)).count();
    (done, instrument.skills_of(group).count())
}

pub(super) fn group_address(address: &str, group: &SkillGroupId) -> String {
    format!("{address}/groups/{group}")
}

/// One group of questions.
#[derive(Serialize)]
pub struct GroupPage {
    heading: String,
    intro: String,
    part: String,
    action: String,
    address: String,
    anchors: Vec<AnchorRow>,
    questions: Vec<QuestionRow>,
    /// A mark of what was saved when the page was drawn.
    seen: String,
    form: Filled,
}
#[derive(Serialize)]
struct AnchorRow {
    value: String,
    label: String,
    meaning: String,
}
#[derive(Serialize)]
struct QuestionRow {
    statement: String,
    confidence: Field,
    wants: Field,
}
impl GroupPage {
    pub fn new(sitting: &Sitting, instrument: &Instrument, group: &SkillGroup, form: Filled) -> Self {
        let address = sitting.address.clone();
        let position = instrument.groups.iter().position(|other| other.id == group.id).unwrap_or_default();
        let questions = instrument.skills_of(&group.id).map(|skill| QuestionRow {
            statement: skill.statement.clone(),
            confidence: form.field(&format!("{CONFIDENCE}{}", skill.id)),
            wants: form.field(&format!("{WANTS}{}", skill.id)),
        });
        Self {
            heading: group.title.clone(),
            intro: group.intro.clone(),
            part: format!("Part {} of {}", position + 1, instrument.groups.len()),
            action: group_address(&address, &group.id),
            anchors: instrument.anchors.iter().map(anchor_row).collect(),
            questions: questions.collect(),
            seen: form.field("seen").value,
            address,
            form,
        }
    }

    /// The form with what was answered before, and the mark of it.
    pub fn filled(answers: &[Answer], seen: &str) -> Filled {
        answers.iter().fold(Filled::default().with("seen", seen), |form, answer| {
            form.with(&format!("{CONFIDENCE}{}", answer.skill), answer.confidence.value().to_string())
                .with(&format!("{WANTS}{}", answer.skill), if answer.wants { "yes" } else { "" })
        })
    }
}
impl Page for GroupPage {
    const TEMPLATE: &'static str = "skills_audit/group";
    fn title(&self) -> String {
        format!("{} ({})", self.heading, self.part.to_lowercase())
    }
    fn back(&self) -> Option<Link> {
        Link::back(&self.address)
    }
}

fn anchor_row(anchor: &Anchor) -> AnchorRow {
    AnchorRow { value: anchor.value.to_string(), label: anchor.label.clone(), meaning: anchor.meaning.clone() }
}

pub(super) fn minutes_for(questions: usize) -> String {
    count((questions * SECONDS_A_QUESTION).div_ceil(60), "minute", "minutes")
}

/// Each page with made-up content.
pub fn samples() -> Vec<Sample> {
    let (sitting, by_link) = (Sitting::sample(), Sitting::sample_by_link());
    let instrument = read_questions().expect("the questions were read when the database was made");
    let answer = |(skill, value): (&Skill, i32)| Answer {
        skill: skill.id.clone(),
        confidence: Confidence::new(value).expect("1 to 5"),
        wants: value == 2,
    };
    let answers: Vec<_> = instrument.skills.iter().zip([1, 4, 3, 5, 2, 4, 1]).map(answer).collect();
    let response = Response::sample();
    let choice = |task: &str, status: &str| ChoiceRow {
        task: task.into(),
        address: sitting.address.clone(),
        status: status.into(),
    };
    let refused = GroupPage::filled(&answers, "")
        .with("confidence-pass-on-a-concern", "")
        .with("wants-pass-on-a-concern", "yes")
        .with_problem("confidence-pass-on-a-concern", super::forms::WISH_ALONE);
    let besides = Besides { barriers: vec![Barrier::Cost], held: 2, words: 0 };
    let tasks = |answers: &[Answer]| TaskListPage::new(&sitting, &instrument, &response, answers, &besides);
    vec![
        sample(&ChoicePage { organisations: vec![choice("The Hub", "Finished"), choice("St Ann’s", "Not started")] }),
        sample(&ChoicePage { organisations: Vec::new() }),
        sample(&StartPage::new(&sitting, &instrument)),
        sample(&StartPage::new(&by_link, &instrument)),
        sample(&tasks(&answers)),
        sample(&tasks(&[]).with_problem(NOTHING_ANSWERED)),
        sample(&GroupPage::new(&sitting, &instrument, &instrument.groups[0], GroupPage::filled(&answers, ""))),
        sample(&GroupPage::new(&sitting, &instrument, &instrument.groups[0], refused)),
    ]
}
