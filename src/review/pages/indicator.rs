//! One indicator on the reviewer's desk: the answer, its evidence, and what is found.

use serde::Serialize;

use super::changed::{ChangedPart, changed_parts, made_up};
use super::rows::{EvidenceRow, FoundTag, evidence_rows, found_tag, judged, note_within};
use crate::clock::{day_of, say_day};
use crate::error::Result;
use crate::ids::{AssessmentId, IndicatorId};
use crate::live_records::{RecordVerdict, Verdict};
use crate::quality::{ChangeRequest, ChangeState, Level, Since, Weight};
use crate::review::finding::{Desk, Finding};
use crate::review::forms::FindingForm;
use crate::review::viewer::Case;
use crate::review::wording::{finding_meaning, finding_name, level_name, look_tag};
use crate::web::{Choice, Filled, Link, Page, Sample, sample};

/// One indicator with everything that belongs to it.
#[derive(Serialize)]
pub struct IndicatorPage {
    organisation_name: String,
    assessment: AssessmentId,
    indicator: IndicatorId,
    place: String,
    position: String,
    question: String,
    why: String,
    is_must: bool,
    judgement: &'static str,
    narrative: Option<String>,
    answered: Option<String>,
    levels: Vec<LevelRow>,
    asked: Vec<AskedRow>,
    changed: Vec<ChangedPart>,
    evidence: Vec<EvidenceRow>,
    record: Option<RecordRow>,
    look: &'static str,
    colour: &'static str,
    found: Option<FoundTag>,
    note_within: Option<String>,
    may_write: bool,
    options: Vec<Choice>,
    form: Filled,
    #[serde(skip)]
    back_to: String,
}
/// What the portal knows, and what the organisation made of it.
#[derive(Serialize)]
struct RecordRow {
    shown: String,
    reason: String,
    accepted: bool,
    has_lapsed: bool,
    looked_at: String,
}
#[derive(Serialize)]
struct LevelRow {
    name: &'static str,
    descriptor: String,
    is_claimed: bool,
}
#[derive(Serialize)]
struct AskedRow {
    reason: String,
    day: String,
    progress: &'static str,
}
impl IndicatorPage {
    pub fn new(
        case: &Case,
        desk: &Desk,
        since: &Since,
        asked: &[ChangeRequest],
        id: &IndicatorId,
        form: Option<Filled>,
    ) -> Result<Self> {
        let indicator = desk.framework.indicator(id)?;
        let (standard, area) = desk.framework.place_of(indicator)?;
        let answer = desk.answer(indicator);
        let found = desk.finding(indicator);
        let (look, colour) = look_tag(desk.look(indicator));
        let claimed = answer.and_then(|answer| answer.judgement.level());
        let level_row = |level: &Level| LevelRow {
            name: level_name(*level),
            descriptor: indicator.descriptor(*level).to_owned(),
            is_claimed: claimed == Some(*level),
        };
        let filled = || {
            Filled::blank(&[])
                .with("finding", found.map_or("", |f| f.finding.as_str()))
                .with("note", found.map_or("", |f| &f.note))
                .with("note_within", found.map_or("", |f| &f.note_within))
        };
        Ok(Self {
            organisation_name: case.organisation.name.clone(),
            assessment: case.assessment.id,
            indicator: id.clone(),
            place: format!("{}: {}", area.title, standard.title),
            position: format!("{} of {}", indicator.position, desk.framework.indicators.len()),
            question: indicator.question.clone(),
            why: indicator.why.clone(),
            is_must: indicator.weight == Weight::Must,
            judgement: judged(desk, indicator),
            narrative: answer.map(|answer| answer.narrative.clone()).filter(|words| !words.is_empty()),
            answered: answer.map(|answer| say_day(day_of(answer.answered_at))),
            levels: Level::ALL.iter().map(level_row).collect(),
            asked: asked.iter().filter(|request| request.indicator_id == *id).map(asked_row).collect(),
            changed: changed_parts(since, id),
            evidence: evidence_rows(case, desk, indicator),
            record: desk.records.get(id).map(RecordRow::of),
            look,
            colour,
            found: found_tag(desk, indicator),
            note_within: note_within(desk, indicator),
            may_write: case.may_write(),
            options: finding_choices(),
            form: form.unwrap_or_else(filled),
            back_to: format!("/review/assessments/{}", case.assessment.id),
        })
    }
}
impl Page for IndicatorPage {
    const TEMPLATE: &'static str = "review/indicator";
    const WIDE: bool = true;
    fn title(&self) -> String {
        self.question.clone()
    }
    fn back(&self) -> Option<Link> {
        Some(Link::new(format!("All of {}", self.organisation_name), &self.back_to))
    }
}

fn finding_choices() -> Vec<Choice> {
    let choice = |f: &Finding| Choice::new(f.as_str(), finding_name(*f)).with_hint(finding_meaning(*f));
    Finding::ALL.iter().map(choice).collect()
}

fn asked_row(request: &ChangeRequest) -> AskedRow {
    AskedRow {
        reason: request.reason.clone(),
        day: say_day(day_of(request.asked_at)),
        progress: match request.state {
            ChangeState::Open => "The organisation is at it",
            ChangeState::Answered => "The organisation has changed its answer and not sent it back yet",
            ChangeState::Settled => "The organisation has answered",
        },
    }
}

impl RecordRow {
    fn of(record: &RecordVerdict) -> Self {
        Self {
            shown: record.shown.clone(),
            reason: record.reason.clone(),
            accepted: record.verdict == Verdict::Accepted,
            has_lapsed: record.has_lapsed(),
            looked_at: say_day(day_of(record.judged_at)),
        }
    }
}

pub(super) fn samples() -> Vec<Sample> {
    [true, false].map(indicator_sample).into()
}

fn indicator_sample(may_write: bool) -> Sample {
    let level = |level: &Level| LevelRow {
        name: level_name(*level),
        descriptor: "Adults are present and watchful at the door and through the session.".into(),
        is_claimed: *level == Level::Established,
    };
    sample(&IndicatorPage {
        organisation_name: "The Hub".into(),
        assessment: AssessmentId::new(),
        indicator: "exp-feel-safe".into(),
        place: "Young People’s Experiences: Safe and welcoming".into(),
        position: "2 of 41".into(),
        question: "How do you know that young people feel safe with you?".into(),
        why: "Young people cannot learn or relax when they are on edge.".into(),
        is_must: true,
        judgement: "Established",
        narrative: Some("We ask every term, and we changed the finishing time.".into()),
        answered: Some("2 November 2026".into()),
        levels: Level::ALL.iter().map(level).collect(),
        asked: vec![AskedRow {
            reason: "Please add what you changed.".into(),
            day: "14 November 2026".into(),
            progress: "The organisation has answered",
        }],
        changed: vec![made_up()],
        evidence: vec![EvidenceRow {
            title: "Answers of the summer term".into(),
            address: "/review/assessments/0190/evidence/0191".into(),
            file: "answers.pdf, 340 KB".into(),
            leads_out: false,
            speaks_of: Some("3 July 2026".into()),
            fingerprint: Some("5f70bf18a086007016e948b04aed3b82103a36bea41755b6cddfaf10ace3c6ef".into()),
        }],
        record: Some(RecordRow {
            shown: "6 of 6 people have all core training in date.".into(),
            reason: String::new(),
            accepted: true,
            has_lapsed: true,
            looked_at: "3 November 2026".into(),
        }),
        look: "Changed: look again",
        colour: "orange",
        found: Some(FoundTag { name: "We agree", colour: "green", note: "Clear.".into() }),
        note_within: Some("The posters look new: ask at the visit.".into()),
        may_write,
        options: finding_choices(),
        form: match may_write {
            true => Filled::blank(FindingForm::FIELDS).with_problem("finding", "Select what you find"),
            false => Filled::blank(FindingForm::FIELDS),
        },
        back_to: "/review/assessments/0190".into(),
    })
}
