//! A person's own results: what they are good at, where they could grow, and what to do next.

use std::collections::HashMap;

use serde::Serialize;

use super::content::read_questions;
use super::instrument::Skill;
use super::response::Barrier;
use super::results::{Results, Step};
use super::round::Round;
use super::sitting::Sitting;
use crate::ids::ModuleId;
use crate::web::{Link, Page, Sample, count, sample};

/// A person's own results.
#[derive(Serialize)]
pub struct ResultsPage {
    organisation: String,
    round: String,
    steps_heading: &'static str,
    steps: Vec<StepRow>,
    strengths: Vec<String>,
    gaps: Vec<String>,
    unanswered: Option<String>,
    /// What helps with what they said makes training hard.
    hints: Vec<&'static str>,
    /// Where to change answers, while the round is open.
    change: Option<String>,
    copy: String,
    by_link: bool,
}
#[derive(Serialize)]
struct StepRow {
    module: String,
    reason: String,
    /// Sessions with free places, if there are any.
    sessions: Option<String>,
    /// Where they are; nowhere for someone without an account.
    book: Option<String>,
}
impl ResultsPage {
    /// `free`: sessions ahead with a place, by module.
    pub fn new(
        sitting: &Sitting,
        round: &Round,
        results: &Results<'_>,
        free: &HashMap<ModuleId, i64>,
        barriers: &[Barrier],
    ) -> Self {
        let statements = |skills: &[&Skill]| skills.iter().map(|skill| skill.statement.clone()).collect();
        Self {
            organisation: sitting.organisation_name.clone(),
            round: round.title.clone(),
            steps_heading: match results.steps.len() {
                1 => "Your next step",
                3 => "Your next three steps",
                _ => "Your next steps",
            },
            steps: results.steps.iter().map(|step| step_row(step, free, sitting.by_link())).collect(),
            strengths: statements(&results.strengths),
            gaps: statements(&results.gaps),
            unanswered: (results.unanswered > 0).then(|| count(results.unanswered, "question", "questions")),
            hints: barriers.iter().map(|barrier| hint_for(*barrier)).collect(),
            change: round.is_open().then(|| sitting.address.clone()),
            copy: format!("{}/answers", sitting.address),
            by_link: sitting.by_link(),
        }
    }
}
impl Page for ResultsPage {
    const TEMPLATE: &'static str = "skills_audit/results";
    fn title(&self) -> String {
        "Your results".into()
    }
    fn back(&self) -> Option<Link> {
        match &self.change {
            Some(address) => Link::back(address),
            None => Link::back("/my").filter(|_| !self.by_link),
        }
    }
}

fn step_row(step: &Step, free: &HashMap<ModuleId, i64>, by_link: bool) -> StepRow {
    let low = |n| format!("you answered ‘Not yet’ or ‘A little’ to {}", count(n, "skill", "skills"));
    let reason = match (step.wanted, step.low) {
        (0, low_answers) => capitalised(&low(low_answers)),
        (_, 0) => "You would like training in this".to_owned(),
        (_, low_answers) => format!("You would like training in this, and {}", low(low_answers)),
    };
    let sessions = free.get(&step.module).and_then(|n| usize::try_from(*n).ok()).filter(|n| *n > 0);
    StepRow {
        module: step.title.clone(),
        reason,
        sessions: sessions.map(|n| count(n, "session has a free place", "sessions have free places")),
        book: (!by_link).then(|| format!("/my/sessions?module={}", step.module)),
    }
}

/// What the portal offers against a barrier.
fn hint_for(barrier: Barrier) -> &'static str {
    match barrier {
        Barrier::Cost => "You said training costs too much. Each session says its price before you book.",
        Barrier::Time => "You said you cannot find the time. Each session says its day and hours.",
        Barrier::Travel => "You said it is hard to get to. You can look for sessions in your own district, or online.",
        Barrier::Cover => {
            "You said nobody can cover for you. Tell your lead which session you would like, so that they can plan."
        }
        Barrier::AccessNeeds => {
            "You said training does not meet your access needs. Say what you need when you book: only the provider reads it."
        }
        Barrier::Confidence => {
            "You said you do not feel confident about training. Ask a colleague whether they will come along."
        }
    }
}

fn capitalised(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}

/// Each page with made-up content.
pub fn samples() -> Vec<Sample> {
    let (sitting, by_link) = (Sitting::sample(), Sitting::sample_by_link());
    let instrument = read_questions().expect("the questions were read when the database was made");
    let round = Round::sample();
    let step = |(module, wanted, low): (&str, usize, usize)| Step {
        module: module.into(),
        title: "Exploitation awareness".into(),
        wanted,
        low,
    };
    let results = Results {
        strengths: instrument.skills.iter().take(2).collect(),
        gaps: instrument.skills.iter().skip(2).take(3).collect(),
        steps: [("exploitation-awareness", 1, 2), ("send", 2, 0), ("gdpr", 0, 1)].map(step).into(),
        unanswered: 3,
    };
    let nothing = Results { strengths: Vec::new(), gaps: Vec::new(), steps: Vec::new(), unanswered: 0 };
    let free = HashMap::from([(ModuleId::from("send"), 2)]);
    let over = Round::sample_closed();
    vec![
        sample(&ResultsPage::new(&sitting, &round, &results, &free, Barrier::ALL)),
        sample(&ResultsPage::new(&by_link, &over, &results, &free, &[])),
        sample(&ResultsPage::new(&sitting, &round, &nothing, &free, &[])),
    ]
}
