//! A self-assessment as a paper, to be drawn as PDF or written as a text document.

use super::told::{AssessmentTold, EvidenceTold, IndicatorTold, SaidBy};
use super::wording::{say_judgement, say_level, say_verdict, say_why_not};
use crate::clock::{day_of, say_day};
use crate::drawing::{Column, Paper, Table};
use crate::framework::weight_name;
use crate::quality::state_tag;

/// Everything of a self-assessment, area by area.
pub fn paper_of(told: &AssessmentTold) -> Paper {
    let title = format!("Self-assessment of {}", told.organisation.name);
    let made_on = say_day(day_of(told.made_at));
    let mut paper = Paper::new(title.clone(), told.organisation.name.clone(), told.made_at)
        .with_foot(format!("{title}, {made_on}"));
    paper = paper.facts(facts_of(told)).paragraph(format!(
        "This paper says how the self-assessment stood on {made_on}. It is what the organisation says of itself; whether \
         it is endorsed, the Violence Reduction Partnership decides."
    ));
    for area in &told.areas {
        paper = paper.section(area.title.clone());
        for standard in &area.standards {
            paper = paper.subsection(standard.title.clone());
            paper = standard.indicators.iter().fold(paper, with_indicator);
        }
    }
    if told.not_asked_any_more.is_empty() {
        return paper;
    }
    let paper = paper
        .section("Not asked any more")
        .paragraph("The framework has a newer version. What was answered here is kept to be read, and does not count.");
    told.not_asked_any_more.iter().fold(paper, with_indicator)
}

/// Name and value of what stands at the front.
pub(super) fn facts_of(told: &AssessmentTold) -> Vec<(String, String)> {
    let state = &told.assessment;
    let mut facts = vec![
        ("Organisation", told.organisation.name.clone()),
        ("Framework", format!("{}, version {}", told.framework.title, told.framework.version)),
        ("State", state_tag(state.state, state.is_sealed).0.to_owned()),
        ("Begun on", say_day(state.begun_on)),
    ];
    facts.extend(state.submitted_on.map(|day| ("Submitted on", say_day(day))));
    facts.extend(state.decided_on.map(|day| ("Decided on", say_day(day))));
    facts.push(("Answered", format!("{} of {} questions", state.answered, state.wanted)));
    facts.push(("Level that the answers support", say_level(state)));
    facts.push(("Made on", say_day(day_of(told.made_at))));
    facts.into_iter().map(|(name, value)| (name.to_owned(), value)).collect()
}

fn with_indicator(paper: Paper, one: &IndicatorTold) -> Paper {
    let mut facts = vec![
        ("Must or should".to_owned(), weight_name(one.weight).to_owned()),
        ("Judgement".to_owned(), say_judgement(one)),
    ];
    facts.extend(one.descriptor.clone().map(|descriptor| ("What that looks like".to_owned(), descriptor)));
    let mut paper = paper.point(one.question.clone());
    if let Some(exclusion) = &one.does_not_apply {
        facts.push(("Why it does not apply".to_owned(), say_why_not(exclusion)));
    }
    facts.extend(one.reviewer_asks.clone().map(|asked| ("The reviewer asks".to_owned(), asked)));
    if let Some(record) = &one.record {
        facts.push(("What the portal’s records said".to_owned(), record.shown.clone()));
        facts.push(("And what was made of it".to_owned(), say_verdict(record)));
    }
    paper = paper.facts(facts);
    let is_reason = one.does_not_apply.as_ref().is_some_and(|why| why.said_by == SaidBy::Organisation);
    if !one.words.is_empty() && !is_reason {
        paper = paper.remark("In their own words").paragraph(one.words.clone());
    }
    match one.evidence.as_slice() {
        [] => paper,
        evidence => paper.table(evidence_table(&one.question, evidence)),
    }
}

fn evidence_table(question: &str, evidence: &[EvidenceTold]) -> Table {
    let columns = [("Evidence", 3.2), ("Dated", 2.7), ("Added on", 2.7), ("Fingerprint (SHA-256)", 4.6)];
    let row = |one: &EvidenceTold| {
        let dated = one.dated.map_or_else(|| "No date".to_owned(), say_day);
        vec![one.title.clone(), dated, say_day(one.added_on), one.sha256.clone()]
    };
    Table {
        caption: format!("Evidence for “{question}”"),
        columns: columns.map(|(head, share)| Column::new(head, share)).into(),
        rows: evidence.iter().map(row).collect(),
    }
}
