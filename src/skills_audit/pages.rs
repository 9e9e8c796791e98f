//! The pages of a person's own audit, and what they say after a change.

use serde::Serialize;

use super::forms::{CONFIDENCE, WANTS};
use super::instrument::{Anchor, Confidence, Instrument, Skill, SkillGroup, read_questions};
use super::response::{Answer, Barrier, Response};
use crate::ids::{SkillGroupId, SkillId};
use crate::organisations::Organisation;
use crate::web::{Choice, Field, Filled, Link, Page, Sample, count, sample};

pub(super) const SAVED: &str = "Your answers are saved. You can go on whenever you like";
pub(super) const NOTHING_ANSWERED: &str = "Answer at least one question before you finish";

/// How long one question takes, in seconds, with time to think.
const SECONDS_A_QUESTION: usize = 12;

/// The organisation someone answers for.
pub struct Body<'a> {
    pub name: &'a str,
    pub slug: &'a str,
}
impl<'a> From<&'a Organisation> for Body<'a> {
    fn from(organisation: &'a Organisation) -> Self {
        Self { name: &organisation.name, slug: &organisation.slug }
    }
}
impl Body<'_> {
    /// Where a person's own audit for it is.
    pub(super) fn address(&self) -> String {
        format!("/my/skills-audit/{}", self.slug)
    }
}

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
            address: Body::from(organisation).address(),
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

/// There is no open round.
#[derive(Serialize)]
pub struct ClosedPage {
    organisation: String,
    /// What they finished before, if anything.
    results: Option<String>,
    form: Filled,
}
impl ClosedPage {
    pub fn new(body: &Body<'_>, finished: Option<&Response>) -> Self {
        Self {
            organisation: body.name.to_owned(),
            results: finished.map(|_| format!("{}/results", body.address())),
            form: Filled::default(),
        }
    }

    /// For someone who has just sent answers.
    pub fn too_late(mut self) -> Self {
        self.form = self.form.with_problem("closed", "The audit closed before this page was sent, so it was not saved");
        self
    }
}
impl Page for ClosedPage {
    const TEMPLATE: &'static str = "skills_audit/closed";
    fn title(&self) -> String {
        "The skills audit is closed".into()
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
}
impl StartPage {
    pub fn new(body: &Body<'_>, instrument: &Instrument) -> Self {
        let questions = instrument.skills.len();
        Self { organisation: body.name.to_owned(), action: body.address(), questions, minutes: minutes_for(questions) }
    }
}
impl Page for StartPage {
    const TEMPLATE: &'static str = "skills_audit/start";
    fn title(&self) -> String {
        "Skills audit".into()
    }
    fn back(&self) -> Option<Link> {
        Link::back("/my")
    }
}

/// The groups, and how far the person is in each.
#[derive(Serialize)]
pub struct TaskListPage {
    organisation: String,
    address: String,
    groups: Vec<TaskRow>,
    barriers_status: &'static str,
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
        body: &Body<'_>,
        instrument: &Instrument,
        response: &Response,
        answers: &[Answer],
        barriers: &[Barrier],
    ) -> Self {
        let address = body.address();
        let (total, answered) = (instrument.skills.len(), answers.len());
        let left = total.saturating_sub(answered);
        let next = instrument.groups.iter().find(|group| {
            let (done, of) = progress(instrument, &group.id, answers);
            done < of
        });
        Self {
            groups: instrument.groups.iter().map(|group| task_row(&address, instrument, group, answers)).collect(),
            barriers_status: if barriers.is_empty() { "Optional" } else { "Done" },
            unanswered: (left > 0).then(|| count(left, "question is not answered", "questions are not answered")),
            minutes_left: (left > 0).then(|| minutes_for(left)),
            next: next.map(|group| group_address(&address, &group.id)),
            finished: response.is_finished(),
            form: Filled::blank(Self::FIELDS),
            organisation: body.name.to_owned(),
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
        Link::back("/my")
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
    pub fn new(body: &Body<'_>, instrument: &Instrument, group: &SkillGroup, form: Filled) -> Self {
        let address = body.address();
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
            address,
            form,
        }
    }

    /// The form with what was answered before.
    pub fn filled(answers: &[Answer]) -> Filled {
        answers.iter().fold(Filled::default(), |form, answer| {
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

/// What stops them.
#[derive(Serialize)]
pub struct BarriersPage {
    action: String,
    address: String,
    barriers: Vec<Choice>,
    form: Filled,
}
impl BarriersPage {
    pub fn new(body: &Body<'_>, form: Filled) -> Self {
        let address = body.address();
        let barriers = Barrier::ALL.iter().map(|barrier| Choice::new(barrier.as_str(), barrier_name(*barrier)));
        Self { action: format!("{address}/barriers"), address, barriers: barriers.collect(), form }
    }
}
impl Page for BarriersPage {
    const TEMPLATE: &'static str = "skills_audit/barriers";
    fn title(&self) -> String {
        "What makes training hard for you?".into()
    }
    fn back(&self) -> Option<Link> {
        Link::back(&self.address)
    }
}

fn barrier_name(barrier: Barrier) -> &'static str {
    match barrier {
        Barrier::Cost => "It costs too much",
        Barrier::Time => "I cannot find the time, or it is at the wrong time",
        Barrier::Travel => "It is too far or hard to get to",
        Barrier::Cover => "There is nobody to cover my sessions",
        Barrier::AccessNeeds => "It does not meet my access needs",
        Barrier::Confidence => "I do not feel confident about training",
    }
}

fn minutes_for(questions: usize) -> String {
    count((questions * SECONDS_A_QUESTION).div_ceil(60), "minute", "minutes")
}

/// Each page with made-up content.
pub fn samples() -> Vec<Sample> {
    let body = Body { name: "The Hub", slug: "the-hub" };
    let instrument = read_questions().expect("the questions were read when the database was made");
    let answer = |(skill, value): (&Skill, i32)| Answer {
        skill: skill.id.clone(),
        confidence: Confidence::new(value).expect("1 to 5"),
        wants: value == 2,
    };
    let answers: Vec<_> = instrument.skills.iter().zip([1, 4, 3, 5, 2, 4, 1]).map(answer).collect();
    let response = Response::sample();
    let choice =
        |task: &str, status: &str| ChoiceRow { task: task.into(), address: body.address(), status: status.into() };
    let refused = GroupPage::filled(&answers)
        .with("confidence-pass-on-a-concern", "")
        .with("wants-pass-on-a-concern", "yes")
        .with_problem("confidence-pass-on-a-concern", super::forms::WISH_ALONE);
    let tasks = |answers: &[Answer]| TaskListPage::new(&body, &instrument, &response, answers, &[Barrier::Cost]);
    vec![
        sample(&ChoicePage { organisations: vec![choice("The Hub", "Finished"), choice("St Ann’s", "Not started")] }),
        sample(&ChoicePage { organisations: Vec::new() }),
        sample(&ClosedPage::new(&body, Some(&response))),
        sample(&ClosedPage::new(&body, None).too_late()),
        sample(&StartPage::new(&body, &instrument)),
        sample(&tasks(&answers)),
        sample(&tasks(&[]).with_problem(NOTHING_ANSWERED)),
        sample(&GroupPage::new(&body, &instrument, &instrument.groups[0], GroupPage::filled(&answers))),
        sample(&GroupPage::new(&body, &instrument, &instrument.groups[0], refused)),
        sample(&BarriersPage::new(&body, Filled::default().with_all("barriers", ["cost", "cover"]))),
    ]
}
