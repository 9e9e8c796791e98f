//! The decision as a letter on paper: strengths first, then what was decided and why, then what to work on, and how to
//! appeal. It says what the outcome page says. Notes for the VRP alone are in neither.

use chrono::{NaiveDate, NaiveDateTime};

use super::decision::Decided;
use super::finding::{Desk, Finding, RecordedFinding};
use super::wording::{finding_name, outcome_name};
use crate::clock::{day_of, say_day};
use crate::drawing::Paper;
use crate::organisations::Organisation;
use crate::quality::Indicator;

/// What the letter tells beside the decision.
pub struct LetterFacts<'a> {
    pub reviewer: &'a str,
    pub decider: &'a str,
    /// While an appeal can still be made.
    pub appeal_until: Option<NaiveDate>,
}

/// The letter as of an instant.
pub fn decision_letter(
    organisation: &Organisation,
    decided: &Decided,
    desk: &Desk,
    facts: &LetterFacts<'_>,
    now: NaiveDateTime,
) -> Paper {
    let decision = &decided.decision;
    let level = decision.outcome.level();
    let title = match level {
        Some(_) => format!("{} is endorsed: {}", organisation.name, outcome_name(decision.outcome)),
        None => format!("{}: not endorsed yet", organisation.name),
    };
    let decided_on = say_day(day_of(decision.decided_at));
    let mut paper = Paper::new(title, "Youth Charter", now)
        .with_foot(format!("Decision about {}, {decided_on}", organisation.name))
        .paragraph(format!(
            "Thank you to everyone at {} for the work behind your self-assessment. This letter says what was found and \
             decided.",
            organisation.name
        ));
    if decided.review.set_aside_at.is_some() {
        paper = paper.paragraph("An appeal against this decision was upheld, so it does not count any more.");
    }
    paper = tell_findings(paper, "What others can learn from you", &desk.found(Finding::GoodPractice));
    paper = paper.section("What was decided, and why").paragraph(&decision.reasons).facts(vec![
        ("Decided".to_owned(), outcome_name(decision.outcome).to_owned()),
        ("On".to_owned(), decided_on),
        ("Reviewed by".to_owned(), facts.reviewer.to_owned()),
        ("Decided by".to_owned(), facts.decider.to_owned()),
    ]);
    paper = tell_findings(paper, finding_name(Finding::NotYet), &desk.found(Finding::NotYet));
    paper = tell_findings(paper, finding_name(Finding::AgreedWithAdvice), &desk.found(Finding::AgreedWithAdvice));
    paper = paper.section("What you can do next").bullets(vec![
        "Make a plan from what was found: one first step for each question.".into(),
        "Ask about anything that is not clear. Whoever reviewed it would rather be asked.".into(),
    ]);
    match facts.appeal_until {
        Some(until) => paper.paragraph(format!(
            "If you think that something here is not right, a lead of your organisation can appeal in the portal until \
             {}. Other people will look at it.",
            say_day(until)
        )),
        None => paper,
    }
}

fn tell_findings(paper: Paper, title: &str, found: &[(&Indicator, &RecordedFinding)]) -> Paper {
    if found.is_empty() {
        return paper;
    }
    found.iter().fold(paper.section(title), |paper, (indicator, found)| {
        paper.subsection(&indicator.question).paragraph(&found.note)
    })
}
