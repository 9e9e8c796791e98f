//! Appeals as those see them who answer.

use chrono::NaiveDate;
use serde::Serialize;

use super::appeal::{Against, Appeal, AppealState};
use super::forms::AppealAnswerForm;
use super::organisation_pages::{against_name, appeal_status};
use crate::clock::{day_of, say_day};
use crate::db::DbConnection;
use crate::error::{Error, Result};
use crate::ids::AccountId;
use crate::organisations::Organisation;
use crate::quality::{Assessment, Indicator};
use crate::review::decision::Decision;
use crate::review::finding::Desk;
use crate::review::interests::{Tie, Ties, say_tie};
use crate::review::pages::{FoundTag, by_area, found_tag, judged};
use crate::review::review::Review;
use crate::review::standing::{RecordedStep, StepRow, step_rows};
use crate::review::wording::outcome_name;
use crate::web::{Choice, Filled, Link, Page, Sample, sample};

const ADDRESS: &str = "/review/appeals";

pub(super) fn answered_notice(upheld: bool) -> &'static str {
    match upheld {
        true => "The appeal is upheld, and the organisation has your reasons",
        false => "The appeal is not upheld, and the organisation has your reasons",
    }
}

/// The appeals that wait.
#[derive(Serialize)]
pub struct AppealsPage {
    rows: Vec<WaitingRow>,
}
#[derive(Serialize)]
struct WaitingRow {
    organisation_name: String,
    what: &'static str,
    /// `None` where someone else has to answer.
    address: Option<String>,
    obstacle: Option<String>,
    due: String,
    colour: &'static str,
}

impl AppealsPage {
    pub fn new(waiting: &[(Appeal, Organisation)], ties: &Ties, me: AccountId, today: NaiveDate) -> Self {
        let row = |(appeal, organisation): &(Appeal, Organisation)| {
            let obstacle = match ties.to(organisation.id) {
                _ if appeal.involves(me) => Some("You had a part in the decision: someone else answers".to_owned()),
                tie => tie.map(say_obstacle),
            };
            WaitingRow {
                organisation_name: organisation.name.clone(),
                what: against_name(appeal.against),
                address: obstacle.is_none().then(|| format!("{ADDRESS}/{}", appeal.id)),
                obstacle,
                due: format!("Answer by {}", say_day(appeal.target_on)),
                colour: if appeal.target_on < today { "red" } else { "blue" },
            }
        };
        Self { rows: waiting.iter().map(row).collect() }
    }
}

fn say_obstacle(tie: Tie) -> String {
    format!("You have a tie to this organisation ({}): someone else answers", say_tie(tie))
}

impl Page for AppealsPage {
    const TEMPLATE: &'static str = "review/appeals/appeals";
    fn title(&self) -> String {
        "Appeals".into()
    }
}

/// An appeal with everything it rests on.
pub struct AppealCase {
    appeal: Appeal,
    organisation: Organisation,
    review: Review,
    decision: Decision,
    desk: Desk,
    steps: Vec<RecordedStep>,
}

impl AppealCase {
    pub fn of(conn: &mut DbConnection, appeal: Appeal, organisation: Organisation) -> Result<Self> {
        let review = Review::find(conn, appeal.review_id)?;
        let assessment = Assessment::find(conn, review.assessment_id)?;
        Ok(Self {
            decision: Decision::on(conn, review.id)?.ok_or(Error::NotFound)?,
            desk: Desk::lay_out(conn, &assessment, Some(&review))?,
            steps: match appeal.endorsement_id {
                Some(endorsement) => RecordedStep::all_of(conn, endorsement)?,
                None => Vec::new(),
            },
            appeal,
            organisation,
            review,
        })
    }
}

/// One appeal.
#[derive(Serialize)]
pub struct AppealPage {
    organisation_name: String,
    what: &'static str,
    status: &'static str,
    colour: &'static str,
    lodged_on: String,
    target: String,
    grounds: String,
    outcome: &'static str,
    decided_on: String,
    decision_reasons: String,
    recommendation: Option<String>,
    steps: Vec<StepRow>,
    areas: Vec<AppealArea>,
    answer: Option<String>,
    is_open: bool,
    afresh: bool,
    options: Vec<Choice>,
    action: String,
    form: Filled,
}
#[derive(Serialize)]
struct AppealArea {
    title: String,
    rows: Vec<AppealEntry>,
}
#[derive(Serialize)]
struct AppealEntry {
    question: String,
    judgement: &'static str,
    narrative: Option<String>,
    found: Option<FoundTag>,
}

impl AppealPage {
    pub fn new(case: &AppealCase, form: Filled) -> Self {
        let AppealCase { appeal, desk, .. } = case;
        let (status, colour) = appeal_status(appeal.state());
        let entry = |indicator: &Indicator| AppealEntry {
            question: indicator.question.clone(),
            judgement: judged(desk, indicator),
            narrative: desk.answer(indicator).map(|a| a.narrative.clone()).filter(|words| !words.is_empty()),
            found: found_tag(desk, indicator),
        };
        let afresh = appeal.endorsement_id.is_none();
        Self {
            organisation_name: case.organisation.name.clone(),
            what: against_name(appeal.against),
            status,
            colour,
            lodged_on: say_day(day_of(appeal.lodged_at)),
            target: say_day(appeal.target_on),
            grounds: appeal.grounds.clone(),
            outcome: outcome_name(case.decision.outcome),
            decided_on: say_day(day_of(case.decision.decided_at)),
            decision_reasons: case.decision.reasons.clone(),
            recommendation: case.review.recommendation.clone(),
            steps: step_rows(&case.steps),
            areas: by_area(desk, entry).into_iter().map(|(title, rows)| AppealArea { title, rows }).collect(),
            answer: appeal.reasons.clone(),
            is_open: appeal.state() == AppealState::Waiting,
            afresh,
            options: answer_choices(afresh),
            action: format!("{ADDRESS}/{}", appeal.id),
            form,
        }
    }
}

impl Page for AppealPage {
    const TEMPLATE: &'static str = "review/appeals/appeal";
    fn title(&self) -> String {
        format!("Appeal of {}", self.organisation_name)
    }
    fn back(&self) -> Option<Link> {
        Some(Link::new("All appeals", ADDRESS))
    }
}

fn answer_choices(afresh: bool) -> Vec<Choice> {
    let upheld = match afresh {
        true => "The decision is set aside. Other people review the self-assessment afresh and decide",
        false => "What was done to the endorsement is undone, from now on",
    };
    vec![
        Choice::new(AppealAnswerForm::UPHELD, "Uphold the appeal").with_hint(upheld),
        Choice::new(AppealAnswerForm::NOT_UPHELD, "Do not uphold the appeal").with_hint("Everything stays as it is"),
    ]
}

/// Each page with made-up content.
pub(super) fn samples() -> Vec<Sample> {
    let row = |name: &str, tie: Option<Tie>, colour| WaitingRow {
        organisation_name: name.into(),
        what: against_name(Against::NotYet),
        address: tie.is_none().then(|| "/review/appeals/0190".into()),
        obstacle: tie.map(say_obstacle),
        due: "Answer by 1 December 2026".into(),
        colour,
    };
    let page = |is_open: bool, afresh: bool, steps: Vec<StepRow>| AppealPage {
        organisation_name: "The Hub".into(),
        what: against_name(Against::NotYet),
        status: "Waiting for an answer",
        colour: "blue",
        lodged_on: "3 November 2026".into(),
        target: "1 December 2026".into(),
        grounds: "Our evidence of supervision was not read.".into(),
        outcome: "Not yet",
        decided_on: "20 October 2026".into(),
        decision_reasons: "Supervision is not shown yet.".into(),
        recommendation: Some("Most is in place.".into()),
        steps,
        areas: vec![AppealArea {
            title: "Youth Work Practice".into(),
            rows: vec![AppealEntry {
                question: "How do you plan?".into(),
                judgement: "Emerging",
                narrative: Some("Each term.".into()),
                found: Some(FoundTag { name: "Not shown yet", colour: "red", note: "Say who.".into() }),
            }],
        }],
        answer: (!is_open).then(|| "It was overlooked.".into()),
        is_open,
        afresh,
        options: answer_choices(afresh),
        action: "/review/appeals/0190".into(),
        form: match is_open {
            true => Filled::blank(AppealAnswerForm::FIELDS).with_problem("reasons", "Give your reasons"),
            false => Filled::blank(AppealAnswerForm::FIELDS),
        },
    };
    vec![
        sample(&AppealsPage { rows: Vec::new() }),
        sample(&AppealsPage {
            rows: vec![row("The Hub", None, "red"), row("Sneinton Lads’ Club", Some(Tie::Member), "blue")],
        }),
        sample(&page(true, true, Vec::new())),
        sample(&page(false, false, StepRow::made_up())),
    ]
}
