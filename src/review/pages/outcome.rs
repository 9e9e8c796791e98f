//! The outcome of a review, for the organisation.

use serde::Serialize;

use super::rows::{FoundTag, StrengthRow, by_area, found_tag, judged, strengths};
use crate::clock::{day_of, say_day};
use crate::organisations::Organisation;
use crate::quality::Indicator;
use crate::review::appeals::Contestable;
use crate::review::decision::Decided;
use crate::review::endorsement::Endorsement;
use crate::review::finding::Desk;
use crate::review::standing::{RecordedStep, StepRow, step_rows};
use crate::review::wording::{endorsement_state_name, level_name, outcome_name};
use crate::web::{Link, Page, Sample, sample};

/// What was decided, for the organisation.
#[derive(Serialize)]
pub struct OutcomePage {
    organisation_name: String,
    slug: String,
    site: String,
    outcome: Option<OutcomeView>,
}
#[derive(Serialize)]
pub struct OutcomeView {
    name: &'static str,
    decided_on: String,
    reviewer_name: String,
    decider_name: String,
    reasons: String,
    /// Was an appeal against it upheld?
    is_set_aside: bool,
    /// Until when something can be appealed against.
    appeal_until: Option<String>,
    /// Did this review end in an endorsement?
    is_endorsed: bool,
    /// The one given last, by this decision or an earlier one.
    endorsement: Option<EndorsementView>,
    strengths: Vec<StrengthRow>,
    areas: Vec<OutcomeArea>,
}
#[derive(Serialize)]
struct EndorsementView {
    level: &'static str,
    number: String,
    code: String,
    state: &'static str,
    is_in_force: bool,
    /// What happened to it since.
    steps: Vec<StepRow>,
    starts_on: String,
    ends_on: String,
}
#[derive(Serialize)]
struct OutcomeArea {
    title: String,
    rows: Vec<OutcomeEntry>,
}
#[derive(Serialize)]
struct OutcomeEntry {
    question: String,
    judgement: &'static str,
    found: Option<FoundTag>,
}

impl OutcomeView {
    pub fn new(
        decided: &Decided,
        desk: &Desk,
        endorsement: Option<(Vec<RecordedStep>, Endorsement)>,
        (reviewer_name, decider_name): (&str, &str),
        open: &[Contestable],
    ) -> Self {
        let entry = |indicator: &Indicator| OutcomeEntry {
            question: indicator.question.clone(),
            judgement: judged(desk, indicator),
            found: found_tag(desk, indicator),
        };
        Self {
            name: outcome_name(decided.decision.outcome),
            decided_on: say_day(day_of(decided.decision.decided_at)),
            reviewer_name: reviewer_name.to_owned(),
            decider_name: decider_name.to_owned(),
            reasons: decided.decision.reasons.clone(),
            is_set_aside: decided.review.set_aside_at.is_some(),
            appeal_until: open.iter().map(|contestable| contestable.until).max().map(say_day),
            is_endorsed: decided.decision.outcome.level().is_some(),
            endorsement: endorsement.map(|(steps, endorsement)| EndorsementView {
                steps: step_rows(&steps[steps.len().min(1)..]),
                level: level_name(endorsement.level),
                number: endorsement.number.clone(),
                code: endorsement.code.clone(),
                state: endorsement_state_name(endorsement.state()),
                is_in_force: endorsement.is_in_force(),
                starts_on: say_day(endorsement.starts_on),
                ends_on: say_day(endorsement.ends_on),
            }),
            strengths: strengths(desk),
            areas: by_area(desk, entry).into_iter().map(|(title, rows)| OutcomeArea { title, rows }).collect(),
        }
    }
}

impl OutcomePage {
    pub fn new(organisation: &Organisation, outcome: Option<OutcomeView>, site: &str) -> Self {
        Self {
            organisation_name: organisation.name.clone(),
            slug: organisation.slug.clone(),
            site: site.to_owned(),
            outcome,
        }
    }
}
impl Page for OutcomePage {
    const TEMPLATE: &'static str = "review/outcome";
    fn title(&self) -> String {
        "The outcome of your review".into()
    }
    fn back(&self) -> Option<Link> {
        Link::back(format!("/organisations/{}/quality", self.slug))
    }
}

pub(super) fn samples() -> Vec<Sample> {
    let page = |outcome| OutcomePage {
        organisation_name: "The Hub".into(),
        slug: "the-hub".into(),
        site: "https://charter.example.org".into(),
        outcome,
    };
    let outcome = |name: &'static str, endorsement| OutcomeView {
        name,
        decided_on: "24 November 2026".into(),
        reviewer_name: "Rob Ward".into(),
        decider_name: "Dee Okafor".into(),
        is_set_aside: name == "Not yet",
        appeal_until: Some("22 December 2026".into()),
        is_endorsed: name != "Not yet",
        reasons: "Young people are safe, heard and able to grow.".into(),
        endorsement,
        strengths: vec![StrengthRow { question: "How do you ask?".into(), note: "Young people lead it.".into() }],
        areas: vec![OutcomeArea {
            title: "Youth Work Practice".into(),
            rows: vec![OutcomeEntry {
                question: "How do you plan?".into(),
                judgement: "Emerging",
                found: Some(FoundTag {
                    name: "We agree, with advice",
                    colour: "yellow",
                    note: "Write it down.".into(),
                }),
            }],
        }],
    };
    let endorsement = EndorsementView {
        level: "Established",
        number: "YC-2026-0001".into(),
        code: "EN-7KXM2QPA".into(),
        state: "In force",
        is_in_force: true,
        steps: StepRow::made_up(),
        starts_on: "24 November 2026".into(),
        ends_on: "24 November 2029".into(),
    };
    vec![
        sample(&page(None)),
        sample(&page(Some(outcome("Established", Some(endorsement))))),
        sample(&page(Some(outcome("Not yet", None)))),
    ]
}
