//! What several pages show of an indicator.

use serde::Serialize;

use crate::clock::say_day;
use crate::documents::kind_of;
use crate::files::StoredFile;
use crate::ids::IndicatorId;
use crate::quality::{Evidence, Indicator};
use crate::review::finding::{Desk, Finding};
use crate::review::review::Outcome;
use crate::review::viewer::Case;
use crate::review::wording::{finding_colour, finding_name, judgement_name, outcome_name};
use crate::web::Choice;

/// What the organisation says about an indicator.
pub(in crate::review) fn judged(desk: &Desk, indicator: &Indicator) -> &'static str {
    desk.answer(indicator).map_or("No answer", |answer| judgement_name(answer.judgement))
}

#[derive(Serialize)]
pub(super) struct EvidenceRow {
    pub title: String,
    pub address: String,
    pub file: String,
    pub leads_out: bool,
    pub speaks_of: Option<String>,
    /// Its SHA-256, where it is a file: another file has another one.
    pub fingerprint: Option<String>,
}
pub(super) fn evidence_rows(case: &Case, desk: &Desk, indicator: &Indicator) -> Vec<EvidenceRow> {
    let row = |(evidence, file): &(Evidence, StoredFile)| EvidenceRow {
        title: evidence.title.clone(),
        address: match &evidence.address {
            Some(elsewhere) => elsewhere.clone(),
            None => format!("/review/assessments/{}/evidence/{}", case.assessment.id, evidence.id),
        },
        file: kind_of(file, evidence.address.as_deref()),
        leads_out: evidence.address.is_some(),
        speaks_of: evidence.effective_on.map(say_day),
        fingerprint: evidence.address.is_none().then(|| file.sha256.clone()),
    };
    desk.evidence_for(indicator).map(row).collect()
}

#[derive(Serialize)]
pub(in crate::review) struct FoundTag {
    pub name: &'static str,
    pub colour: &'static str,
    pub note: String,
}

/// What a reviewer wrote for the VRP alone. No page of an organisation has it.
pub(super) fn note_within(desk: &Desk, indicator: &Indicator) -> Option<String> {
    desk.finding(indicator).map(|found| found.note_within.clone()).filter(|note| !note.is_empty())
}

pub(in crate::review) fn found_tag(desk: &Desk, indicator: &Indicator) -> Option<FoundTag> {
    desk.finding(indicator).map(|found| FoundTag {
        name: finding_name(found.finding),
        colour: finding_colour(found.finding),
        note: found.note.clone(),
    })
}

/// A strength: something found to be good practice.
#[derive(Serialize)]
pub(super) struct StrengthRow {
    pub question: String,
    pub note: String,
}

pub(super) fn strengths(desk: &Desk) -> Vec<StrengthRow> {
    let found = desk.found(Finding::GoodPractice).into_iter();
    found.map(|(i, found)| StrengthRow { question: i.question.clone(), note: found.note.clone() }).collect()
}

#[derive(Serialize)]
pub(super) struct TallyRow {
    pub name: &'static str,
    pub colour: &'static str,
    pub number: usize,
}

/// How many findings there are of each kind.
pub(super) fn tally(desk: &Desk) -> Vec<TallyRow> {
    let kinds = [Finding::GoodPractice, Finding::Agreed, Finding::AgreedWithAdvice, Finding::NotYet];
    let row =
        |kind| TallyRow { name: finding_name(kind), colour: finding_colour(kind), number: desk.found(kind).len() };
    kinds.into_iter().map(row).collect()
}

pub(super) fn outcome_choices() -> Vec<Choice> {
    let meaning = |outcome: Outcome| match outcome {
        Outcome::NotYet => "Important basics are not shown yet",
        Outcome::Emerging => "The basics are in place",
        Outcome::Established => "It works every time and can be shown",
        Outcome::Excelling => "Young people help to lead it and others can learn from it",
    };
    Outcome::ALL.iter().map(|o| Choice::new(o.as_str(), outcome_name(*o)).with_hint(meaning(*o))).collect()
}

pub(in crate::review) fn by_area<R>(desk: &Desk, row: impl Fn(&Indicator) -> R) -> Vec<(String, Vec<R>)> {
    let framework = &desk.framework;
    let indicators = |area| framework.standards_of(area).flat_map(|standard| framework.indicators_of(&standard.id));
    framework.areas.iter().map(|area| (area.title.clone(), indicators(&area.id).map(&row).collect())).collect()
}

pub(super) fn indicator_address(case: &Case, indicator: &IndicatorId) -> String {
    format!("/review/assessments/{}/indicators/{indicator}", case.assessment.id)
}
