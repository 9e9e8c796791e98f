//! The reviewer's desk: an assessment as a whole, and one indicator beside its evidence.

use chrono::NaiveDate;
use serde::Serialize;

use super::lists::say_wait;
use super::rows::{EvidenceRow, FoundTag, evidence_rows, found_tag, indicator_address, judged};
use crate::accounts::Account;
use crate::clock::{day_of, say_day};
use crate::error::Result;
use crate::ids::{AssessmentId, IndicatorId};
use crate::live_records::{RecordVerdict, Verdict};
use crate::quality::{Area, AssessmentState, ChangeRequest, ChangeState, Indicator, Level, Weight};
use crate::review::finding::{Desk, Finding, Look};
use crate::review::viewer::Case;
use crate::review::wording::{finding_meaning, finding_name, level_name, level_or_not_yet, look_tag, stage_of_review};
use crate::web::{Choice, Filled, Link, Page, Sample, count, sample};

/// An assessment as a whole.
#[derive(Serialize)]
pub struct DeskPage {
    organisation_name: String,
    assessment: AssessmentId,
    stage: &'static str,
    submitted: String,
    waiting: String,
    reviewer_name: Option<String>,
    reviewer_is_you: bool,
    can_take: bool,
    may_write: bool,
    is_with_organisation: bool,
    sent_back_because: Option<String>,
    looked_at: usize,
    to_look_at: usize,
    nothing_left: bool,
    next_href: Option<String>,
    claimed: &'static str,
    supported: &'static str,
    areas: Vec<DeskArea>,
    fairness: Vec<Choice>,
    form: Filled,
}
#[derive(Serialize)]
struct DeskArea {
    title: String,
    standards: Vec<DeskStandard>,
}
#[derive(Serialize)]
struct DeskStandard {
    title: String,
    rows: Vec<DeskRow>,
}
#[derive(Serialize)]
struct DeskRow {
    id: IndicatorId,
    question: String,
    address: String,
    /// Judgement, evidence and weight on one line.
    says: String,
    look: &'static str,
    colour: &'static str,
}

impl DeskPage {
    pub fn new(case: &Case, desk: &Desk, reviewer: Option<&Account>, today: NaiveDate, form: Filled) -> Self {
        let wanting = desk.wanting();
        let needed = desk.framework.indicators.iter().filter(|i| desk.look(i) != Look::NotApplicable).count();
        let submitted = case.assessment.submitted_at.map_or(today, day_of);
        let fairness = format!("I know of no reason why I could not be fair to {}", case.organisation.name);
        Self {
            organisation_name: case.organisation.name.clone(),
            assessment: case.assessment.id,
            stage: stage_of_review(case.assessment.state()),
            submitted: say_day(submitted),
            waiting: say_wait(submitted, today),
            reviewer_name: reviewer.map(|reviewer| reviewer.name.clone()),
            reviewer_is_you: case.is_theirs(),
            can_take: case.assessment.state() == AssessmentState::Submitted,
            may_write: case.may_write(),
            is_with_organisation: case.assessment.state() == AssessmentState::ChangesRequested,
            sent_back_because: case.review.as_ref().and_then(|review| review.sent_back_because.clone()),
            looked_at: needed - wanting.len(),
            to_look_at: needed,
            nothing_left: wanting.is_empty(),
            next_href: wanting.first().map(|next| indicator_address(case, &next.id)),
            claimed: level_or_not_yet(desk.level_claimed()),
            supported: level_or_not_yet(desk.level_found()),
            areas: desk_areas(case, desk),
            fairness: vec![
                Choice::new("yes", fairness).with_hint(
                    "For example: you, your family or close friends do not work there, and you do not fund it",
                ),
            ],
            form,
        }
    }
}
impl Page for DeskPage {
    const TEMPLATE: &'static str = "review/desk";
    fn title(&self) -> String {
        format!("Review: {}", self.organisation_name)
    }
    fn back(&self) -> Option<Link> {
        Some(Link::new("All reviews", "/review"))
    }
}

fn desk_areas(case: &Case, desk: &Desk) -> Vec<DeskArea> {
    let row = |indicator: &Indicator| {
        let (look, colour) = look_tag(desk.look(indicator));
        DeskRow {
            id: indicator.id.clone(),
            question: indicator.question.clone(),
            address: indicator_address(case, &indicator.id),
            says: says(desk, indicator),
            look,
            colour,
        }
    };
    let framework = &desk.framework;
    let area = |area: &Area| DeskArea {
        title: area.title.clone(),
        standards: framework
            .standards_of(&area.id)
            .map(|standard| DeskStandard {
                title: standard.title.clone(),
                rows: framework.indicators_of(&standard.id).map(row).collect(),
            })
            .collect(),
    };
    framework.areas.iter().map(area).collect()
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

fn says(desk: &Desk, indicator: &Indicator) -> String {
    let evidence = match desk.evidence_for(indicator).count() {
        0 => "no evidence".to_owned(),
        n => format!("{n} of evidence", n = count(n, "piece", "pieces")),
    };
    let record = match desk.records.get(&indicator.id) {
        Some(record) if record.has_lapsed() => ", a record that is out of date now",
        Some(record) if record.verdict == Verdict::Accepted => ", a record of the portal",
        _ => "",
    };
    let weight = if indicator.weight == Weight::Must { "a must, " } else { "" };
    format!("They say: {}, {weight}{evidence}{record}", judged(desk, indicator).to_lowercase())
}

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
    evidence: Vec<EvidenceRow>,
    record: Option<RecordRow>,
    look: &'static str,
    colour: &'static str,
    found: Option<FoundTag>,
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
            evidence: evidence_rows(case, desk, indicator),
            record: desk.records.get(id).map(RecordRow::of),
            look,
            colour,
            found: found_tag(desk, indicator),
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

pub(super) fn samples() -> Vec<Sample> {
    let desk = |form: Filled| {
        let row = |id: &str, look, colour| DeskRow {
            id: id.into(),
            question: "How do you know that young people feel safe with you, and on their way there and back?".into(),
            address: "/review/assessments/0190/indicators/exp-feel-safe".into(),
            says: "They say: established, a must, 2 pieces of evidence".into(),
            look,
            colour,
        };
        DeskPage {
            organisation_name: "The Hub".into(),
            assessment: AssessmentId::new(),
            stage: "In review",
            submitted: "12 November 2026".into(),
            waiting: "12 days".into(),
            reviewer_name: Some("Rob Ward".into()),
            reviewer_is_you: true,
            can_take: false,
            may_write: true,
            is_with_organisation: false,
            sent_back_because: Some("Say more about supervision.".into()),
            looked_at: 7,
            to_look_at: 41,
            nothing_left: false,
            next_href: Some("/review/assessments/0190/indicators/exp-feel-safe".into()),
            claimed: "Established",
            supported: "Emerging",
            areas: vec![DeskArea {
                title: "Young People’s Experiences".into(),
                standards: vec![DeskStandard {
                    title: "Safe and welcoming".into(),
                    rows: vec![row("one", "Good practice", "purple"), row("two", "To do", "blue")],
                }],
            }],
            fairness: vec![Choice::new("yes", "I know of no reason why I could not be fair to The Hub")],
            form,
        }
    };
    let untaken = DeskPage {
        stage: "Waiting for a reviewer",
        reviewer_name: None,
        can_take: true,
        may_write: false,
        sent_back_because: None,
        ..desk(Filled::blank(&["fair"]).with_problem("fair", "Confirm that you can be fair"))
    };
    vec![sample(&desk(Filled::blank(&["fair"]))), sample(&untaken), indicator_sample(true), indicator_sample(false)]
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
        evidence: vec![EvidenceRow {
            title: "Answers of the summer term".into(),
            address: "/review/assessments/0190/evidence/0191".into(),
            file: "answers.pdf, 340 KB".into(),
            leads_out: false,
            speaks_of: Some("3 July 2026".into()),
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
        may_write,
        options: finding_choices(),
        form: match may_write {
            true => Filled::blank(&["finding", "note"]).with_problem("finding", "Select what you find"),
            false => Filled::blank(&["finding", "note"]),
        },
        back_to: "/review/assessments/0190".into(),
    })
}
