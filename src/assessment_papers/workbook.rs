//! A self-assessment as a workbook: a sheet of questions, one of evidence, one of what the records say, one about it all.

use super::paper::facts_of;
use super::told::{AssessmentTold, IndicatorTold};
use super::wording::{say_judgement, say_verdict, say_why_not};
use crate::framework::weight_name;
use crate::sheets::BookSheet;

/// The sheets, in their order.
pub fn sheets_of(told: &AssessmentTold) -> Vec<BookSheet> {
    let sheet = |name, header: &[&str], rows| BookSheet {
        name,
        header: header.iter().map(|head| (*head).to_owned()).collect(),
        rows,
        ..BookSheet::default()
    };
    let questions = told.indicators().map(|(area, standard, one)| question_row(area, standard, one));
    let about = facts_of(told).into_iter().map(|(name, value)| vec![name, value]);
    vec![
        sheet("Questions", QUESTIONS, questions.collect()),
        sheet("Evidence", EVIDENCE, told.indicators().flat_map(|(.., one)| evidence_rows(one)).collect()),
        sheet("Records", RECORDS, told.indicators().filter_map(|(.., one)| record_row(one)).collect()),
        sheet("About", &["What", "Is"], about.collect()),
    ]
}

const QUESTIONS: &[&str] = &[
    "Question id",
    "Area",
    "Standard",
    "Question",
    "Must or should",
    "Judgement",
    "What that looks like",
    "In their own words",
    "Why it does not apply",
    "Answered on",
    "Evidence",
    "The reviewer asks",
];
const EVIDENCE: &[&str] = &["Question id", "Question", "Evidence", "Dated", "Added on", "File", "SHA-256"];
const RECORDS: &[&str] = &["Question id", "Question", "What the portal’s records said", "What was made of it"];

fn question_row(area: &str, standard: &str, one: &IndicatorTold) -> Vec<String> {
    let titles: Vec<&str> = one.evidence.iter().map(|evidence| evidence.title.as_str()).collect();
    vec![
        one.id.to_string(),
        if area.is_empty() { "Not asked any more" } else { area }.to_owned(),
        standard.to_owned(),
        one.question.clone(),
        weight_name(one.weight).to_owned(),
        say_judgement(one),
        one.descriptor.clone().unwrap_or_default(),
        one.words.clone(),
        one.does_not_apply.as_ref().map(say_why_not).unwrap_or_default(),
        one.answered_on.map(|day| day.to_string()).unwrap_or_default(),
        titles.join("\n"),
        one.reviewer_asks.clone().unwrap_or_default(),
    ]
}

fn evidence_rows(one: &IndicatorTold) -> Vec<Vec<String>> {
    let row = |evidence: &super::told::EvidenceTold| {
        vec![
            one.id.to_string(),
            one.question.clone(),
            evidence.title.clone(),
            evidence.dated.map(|day| day.to_string()).unwrap_or_default(),
            evidence.added_on.to_string(),
            evidence.file.clone(),
            evidence.sha256.clone(),
        ]
    };
    one.evidence.iter().map(row).collect()
}

fn record_row(one: &IndicatorTold) -> Option<Vec<String>> {
    let record = one.record.as_ref()?;
    Some(vec![one.id.to_string(), one.question.clone(), record.shown.clone(), say_verdict(record)])
}
