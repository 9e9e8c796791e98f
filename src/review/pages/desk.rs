//! The reviewer's desk: an assessment as a whole.

use chrono::NaiveDate;
use serde::Serialize;

use super::changed::{say_changed, say_how_many};
use super::lists::say_wait;
use super::rows::{indicator_address, judged};
use crate::accounts::Account;
use crate::clock::{day_of, say_day};
use crate::ids::{AssessmentId, IndicatorId};
use crate::live_records::Verdict;
use crate::quality::{Area, AssessmentState, Indicator, Since, Weight};
use crate::review::finding::{Desk, Look};
use crate::review::viewer::Case;
use crate::review::wording::{level_or_not_yet, look_tag, stage_of_review};
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
    /// How much has changed since it was seen last.
    changed: Option<String>,
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
    pub fn new(
        case: &Case,
        desk: &Desk,
        since: &Since,
        reviewer: Option<&Account>,
        today: NaiveDate,
        form: Filled,
    ) -> Self {
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
            changed: say_how_many(since),
            looked_at: needed - wanting.len(),
            to_look_at: needed,
            nothing_left: wanting.is_empty(),
            next_href: wanting.first().map(|next| indicator_address(case, &next.id)),
            claimed: level_or_not_yet(desk.level_claimed()),
            supported: level_or_not_yet(desk.level_found()),
            areas: desk_areas(case, desk, since),
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

fn desk_areas(case: &Case, desk: &Desk, since: &Since) -> Vec<DeskArea> {
    let row = |indicator: &Indicator| {
        let (look, colour) = look_tag(desk.look(indicator));
        DeskRow {
            id: indicator.id.clone(),
            question: indicator.question.clone(),
            address: indicator_address(case, &indicator.id),
            says: says(desk, since, indicator),
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

fn says(desk: &Desk, since: &Since, indicator: &Indicator) -> String {
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
    let changed = say_changed(since, &indicator.id).map(|words| format!("; {words}")).unwrap_or_default();
    format!("They say: {}, {weight}{evidence}{record}{changed}", judged(desk, indicator).to_lowercase())
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
            changed: Some("2 answers have changed since you asked for changes".into()),
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
        changed: None,
        ..desk(Filled::blank(&["fair"]).with_problem("fair", "Confirm that you can be fair"))
    };
    vec![sample(&desk(Filled::blank(&["fair"]))), sample(&untaken)]
}
