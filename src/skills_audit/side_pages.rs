//! What stands beside the questions: barriers, what someone holds, what they say in their own words; their own copy; and
//! what is said when nothing can be answered.

use serde::Serialize;

use super::content::read_questions;
use super::forms::WORDS;
use super::instrument::{Confidence, Instrument, OpenQuestion, Skill, SkillGroup};
use super::response::{Answer, Barrier, NamesShared, Response};
use super::round::Round;
use super::sitting::Sitting;
use crate::ids::{ModuleId, OpenQuestionId};
use crate::training::Module;
use crate::web::{Choice, Field, Filled, Link, Page, Sample, sample};

/// There is no open round.
#[derive(Serialize)]
pub struct ClosedPage {
    organisation: String,
    /// What they finished before, if anything.
    results: Option<String>,
    /// Where they get a copy of what they had saved in the round that closed last.
    copy: Option<String>,
    by_link: bool,
    form: Filled,
}
impl ClosedPage {
    /// `saved`: they had answered something in the round that closed last.
    pub fn new(sitting: &Sitting, finished: Option<&Response>, saved: Option<&Response>) -> Self {
        Self {
            organisation: sitting.organisation_name.clone(),
            results: finished.map(|_| format!("{}/results", sitting.address)),
            copy: saved.map(|_| format!("{}/answers", sitting.address)),
            by_link: sitting.by_link(),
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
        Link::back("/my").filter(|_| !self.by_link)
    }
}

/// This round is for organisations elsewhere.
#[derive(Serialize)]
pub struct NotAskedPage {
    organisation: String,
}
impl NotAskedPage {
    pub fn new(sitting: &Sitting) -> Self {
        Self { organisation: sitting.organisation_name.clone() }
    }
}
impl Page for NotAskedPage {
    const TEMPLATE: &'static str = "skills_audit/not-asked";
    fn title(&self) -> String {
        "This round is not for your organisation".into()
    }
    fn back(&self) -> Option<Link> {
        Link::back("/my")
    }
}

/// A link that does not work any more.
#[derive(Serialize)]
pub struct LinkGonePage {
    organisation: String,
    /// It was sent back by the one it came to.
    sent_back: bool,
}
impl LinkGonePage {
    pub fn new(organisation: &str, sent_back: bool) -> Self {
        Self { organisation: organisation.to_owned(), sent_back }
    }
}
impl Page for LinkGonePage {
    const TEMPLATE: &'static str = "skills_audit/link-gone";
    fn title(&self) -> String {
        if self.sent_back { "Thank you for telling us".into() } else { "This link does not work any more".into() }
    }
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
    pub fn new(sitting: &Sitting, form: Filled) -> Self {
        let address = sitting.address.clone();
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

pub fn barrier_name(barrier: Barrier) -> &'static str {
    match barrier {
        Barrier::Cost => "It costs too much",
        Barrier::Time => "I cannot find the time, or it is at the wrong time",
        Barrier::Travel => "It is too far or hard to get to",
        Barrier::Cover => "There is nobody to cover my sessions",
        Barrier::AccessNeeds => "It does not meet my access needs",
        Barrier::Confidence => "I do not feel confident about training",
    }
}

/// What they hold already.
#[derive(Serialize)]
pub struct HeldPage {
    action: String,
    address: String,
    modules: Vec<Choice>,
    form: Filled,
}
impl HeldPage {
    pub fn new(sitting: &Sitting, modules: &[Module], form: Filled) -> Self {
        Self {
            action: format!("{}/held", sitting.address),
            address: sitting.address.clone(),
            modules: modules.iter().map(|module| Choice::new(module.id.as_str(), &module.title)).collect(),
            form,
        }
    }
}
impl Page for HeldPage {
    const TEMPLATE: &'static str = "skills_audit/held";
    fn title(&self) -> String {
        "What training do you hold already?".into()
    }
    fn back(&self) -> Option<Link> {
        Link::back(&self.address)
    }
}

/// What they say in their own words, and whether their leads may see their name beside what they want.
#[derive(Serialize)]
pub struct WordsPage {
    action: String,
    address: String,
    questions: Vec<OpenRow>,
    share: Vec<Choice>,
    /// It can be said before the first finishing only.
    may_share: bool,
    form: Filled,
}
#[derive(Serialize)]
struct OpenRow {
    question: String,
    field: Field,
}
impl WordsPage {
    pub fn new(sitting: &Sitting, instrument: &Instrument, response: &Response, form: Filled) -> Self {
        let row = |open: &OpenQuestion| OpenRow {
            question: open.question.clone(),
            field: form.field(&format!("{WORDS}{}", open.id)),
        };
        Self {
            action: format!("{}/words", sitting.address),
            address: sitting.address.clone(),
            questions: instrument.open_questions.iter().map(row).collect(),
            share: vec![Choice::new("yes", "Show my leads which training I want, with my name")],
            may_share: !response.is_finished() || response.names != NamesShared::No,
            form,
        }
    }

    pub fn filled(response: &Response, words: &[(OpenQuestionId, String)]) -> Filled {
        let shares = if response.names == NamesShared::Yes { "yes" } else { "" };
        words
            .iter()
            .fold(Filled::default().with("shares", shares), |form, (id, said)| form.with(&format!("{WORDS}{id}"), said))
    }
}
impl Page for WordsPage {
    const TEMPLATE: &'static str = "skills_audit/words";
    fn title(&self) -> String {
        "In your own words".into()
    }
    fn back(&self) -> Option<Link> {
        Link::back(&self.address)
    }
}

/// Everything someone said in a round, to keep.
#[derive(Serialize)]
pub struct CopyPage {
    organisation: String,
    round: String,
    groups: Vec<CopyGroup>,
    held: Vec<String>,
    barriers: Vec<&'static str>,
    words: Vec<CopyRow>,
    #[serde(skip)]
    address: String,
}
#[derive(Serialize)]
struct CopyGroup {
    title: String,
    rows: Vec<CopyRow>,
}
#[derive(Serialize)]
struct CopyRow {
    question: String,
    answer: String,
}

/// What a copy is made of.
pub struct Said {
    pub round: Round,
    pub answers: Vec<Answer>,
    pub held: Vec<ModuleId>,
    pub barriers: Vec<Barrier>,
    pub words: Vec<(OpenQuestionId, String)>,
}

impl CopyPage {
    pub fn new(sitting: &Sitting, instrument: &Instrument, modules: &[Module], said: &Said) -> Self {
        let answer_to = |skill: &Skill| {
            let Some(answer) = said.answers.iter().find(|answer| answer.skill == skill.id) else {
                return "Not answered".to_owned();
            };
            let anchor = instrument.anchors.iter().find(|anchor| anchor.value == answer.confidence.value());
            let label = anchor.map_or("", |anchor| &anchor.label);
            if answer.wants { format!("{label}. You would like training in this.") } else { label.to_owned() }
        };
        let row = |skill: &Skill| CopyRow { question: skill.statement.clone(), answer: answer_to(skill) };
        let group = |group: &SkillGroup| CopyGroup {
            title: group.title.clone(),
            rows: instrument.skills_of(&group.id).map(row).collect(),
        };
        let said_to = |open: &OpenQuestion| {
            let (_, answer) = said.words.iter().find(|(id, _)| *id == open.id)?;
            Some(CopyRow { question: open.question.clone(), answer: answer.clone() })
        };
        let held = modules.iter().filter(|module| said.held.contains(&module.id));
        Self {
            organisation: sitting.organisation_name.clone(),
            round: said.round.title.clone(),
            groups: instrument.groups.iter().map(group).collect(),
            held: held.map(|module| module.title.clone()).collect(),
            barriers: said.barriers.iter().map(|barrier| barrier_name(*barrier)).collect(),
            words: instrument.open_questions.iter().filter_map(said_to).collect(),
            address: sitting.address.clone(),
        }
    }
}
impl Page for CopyPage {
    const TEMPLATE: &'static str = "skills_audit/copy";
    fn title(&self) -> String {
        "A copy of your answers".into()
    }
    fn back(&self) -> Option<Link> {
        Link::back(&self.address)
    }
}

/// Each page with made-up content.
pub fn samples() -> Vec<Sample> {
    let (sitting, by_link) = (Sitting::sample(), Sitting::sample_by_link());
    let instrument = read_questions().expect("the questions were read when the database was made");
    let response = Response::sample();
    let answer =
        Answer { skill: instrument.skills[0].id.clone(), confidence: Confidence::new(2).expect("1 to 5"), wants: true };
    let words = vec![(instrument.open_questions[0].id.clone(), "A quiet room.".to_owned())];
    let said = Said {
        round: Round::sample(),
        answers: vec![answer],
        held: Vec::new(),
        barriers: vec![Barrier::Cover],
        words: words.clone(),
    };
    let nothing = Said { round: Round::sample(), answers: vec![], held: vec![], barriers: vec![], words: vec![] };
    let bare = Instrument { open_questions: Vec::new(), ..instrument.clone() };
    vec![
        sample(&ClosedPage::new(&sitting, Some(&response), Some(&response))),
        sample(&ClosedPage::new(&by_link, None, None).too_late()),
        sample(&NotAskedPage::new(&sitting)),
        sample(&LinkGonePage::new("The Hub", false)),
        sample(&LinkGonePage::new("The Hub", true)),
        sample(&BarriersPage::new(&sitting, Filled::default().with_all("barriers", ["cost", "cover"]))),
        sample(&HeldPage::new(&sitting, &[], Filled::blank(&["held"]))),
        sample(&WordsPage::new(&sitting, &instrument, &response, WordsPage::filled(&response, &words))),
        sample(&CopyPage::new(&sitting, &instrument, &[], &said)),
        sample(&CopyPage::new(&sitting, &bare, &[], &nothing)),
    ]
}
