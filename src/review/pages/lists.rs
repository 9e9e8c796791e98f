//! The lists: what waits for a reviewer, what waits for a decision.

use chrono::NaiveDate;
use serde::Serialize;

use crate::clock::day_of;
use crate::ids::{AccountId, ReviewId};
use crate::organisations::Organisation;
use crate::programme::Programme;
use crate::quality::Assessment;
use crate::review::assigning::{Due, DueTag};
use crate::review::interests::{Tie, Ties, say_tie};
use crate::review::review::{ListedReview, ReviewState};
use crate::review::wording::{outcome_name, stage_of_review};
use crate::web::{Page, PageLinks, Sample, count, sample};

/// How many are on one page of a list.
pub const PAGE: i64 = 50;

fn queue_page(page: i64) -> String {
    format!("/review?page={page}")
}

fn decisions_page(page: i64) -> String {
    format!("/review/decisions?page={page}")
}

/// What a reviewer has to do, and could do.
#[derive(Serialize)]
pub struct QueuePage {
    mine: Vec<QueueRow>,
    waiting: Vec<QueueRow>,
    others: Vec<QueueRow>,
    pages: PageLinks,
}
#[derive(Serialize)]
struct QueueRow {
    organisation_name: String,
    /// `None` where a tie is in the way.
    address: Option<String>,
    stage: &'static str,
    waiting: String,
    reviewer_name: Option<String>,
    sent_back: bool,
    due: Option<DueTag>,
    /// What the tie is.
    tie: Option<&'static str>,
}

impl QueuePage {
    /// `waiting` may hold one more than a page, to show that there are more.
    pub fn new(
        mut waiting: Vec<(Assessment, Organisation)>,
        mine: Vec<ListedReview>,
        others: Vec<ListedReview>,
        ties: &Ties,
        programme: &Programme,
        today: NaiveDate,
        page: u32,
    ) -> Self {
        let has_more = waiting.len() > PAGE as usize;
        waiting.truncate(PAGE as usize);
        let row = |assessment: &Assessment, organisation: &Organisation| QueueRow {
            organisation_name: organisation.name.clone(),
            tie: ties.to(organisation.id).map(say_tie),
            address: (!ties.is_tied_to(organisation.id)).then(|| format!("/review/assessments/{}", assessment.id)),
            stage: stage_of_review(assessment.state()),
            waiting: say_wait(assessment.submitted_at.map_or(today, day_of), today),
            reviewer_name: None,
            sent_back: false,
            due: None,
        };
        let listed = |listed: &ListedReview| QueueRow {
            reviewer_name: Some(listed.reviewer_name.clone()),
            due: Due::of_listed(listed, programme, today).map(|due| DueTag::new(due, today)),
            sent_back: listed.review.state() == ReviewState::Open && listed.review.sent_back_because.is_some(),
            ..row(&listed.assessment, &listed.organisation)
        };
        Self {
            mine: mine.iter().map(listed).collect(),
            waiting: waiting.iter().map(|(assessment, organisation)| row(assessment, organisation)).collect(),
            others: others.iter().map(listed).collect(),
            pages: PageLinks::uncounted(page, has_more, queue_page),
        }
    }
}
impl Page for QueuePage {
    const TEMPLATE: &'static str = "review/queue";
    fn title(&self) -> String {
        "Reviews".into()
    }
}

/// What waits for a decision.
#[derive(Serialize)]
pub struct DecisionsPage {
    rows: Vec<DecisionRow>,
    pages: PageLinks,
}
#[derive(Serialize)]
struct DecisionRow {
    organisation_name: String,
    reviewer_name: String,
    recommended: &'static str,
    waiting: String,
    due: Option<DueTag>,
    address: Option<String>,
    /// Why this decider cannot decide it.
    obstacle: Option<String>,
}

impl DecisionsPage {
    /// `waiting` may hold one more than a page, to show that there are more.
    pub fn new(
        mut waiting: Vec<ListedReview>,
        me: AccountId,
        handed_on: &[ReviewId],
        ties: &Ties,
        programme: &Programme,
        today: NaiveDate,
        page: u32,
    ) -> Self {
        let has_more = waiting.len() > PAGE as usize;
        waiting.truncate(PAGE as usize);
        let row = |listed: &ListedReview| {
            let obstacle = match ties.to(listed.organisation.id) {
                _ if listed.review.reviewer_id == me => Some("You recommended this: someone else decides".to_owned()),
                _ if handed_on.contains(&listed.review.id) => {
                    Some("You had this review before: someone else decides".to_owned())
                }
                Some(tie) => Some(say_obstacle(tie)),
                None => None,
            };
            DecisionRow {
                organisation_name: listed.organisation.name.clone(),
                reviewer_name: listed.reviewer_name.clone(),
                recommended: listed.review.recommended_level.map_or("", outcome_name),
                waiting: say_wait(listed.review.recommended_at.map_or(today, day_of), today),
                due: Due::of_listed(listed, programme, today).map(|due| DueTag::new(due, today)),
                address: obstacle.is_none().then(|| format!("/review/assessments/{}/decision", listed.assessment.id)),
                obstacle,
            }
        };
        let rows = waiting.iter().map(row).collect();
        Self { rows, pages: PageLinks::uncounted(page, has_more, decisions_page) }
    }
}
impl Page for DecisionsPage {
    const TEMPLATE: &'static str = "review/decisions";
    fn title(&self) -> String {
        "Decisions".into()
    }
}

fn say_obstacle(tie: Tie) -> String {
    format!("You have a tie to this organisation ({}): someone else decides", say_tie(tie))
}

/// How long something has waited since a day.
pub(in crate::review) fn say_wait(since: NaiveDate, today: NaiveDate) -> String {
    match (today - since).num_days() {
        ..=0 => "today".into(),
        days => count(days as usize, "day", "days"),
    }
}

pub(super) fn samples() -> Vec<Sample> {
    let row = |name: &str, stage, waiting: &str| QueueRow {
        organisation_name: name.into(),
        address: Some("/review/assessments/0190".into()),
        stage,
        waiting: waiting.into(),
        reviewer_name: Some("Rob Ward".into()),
        sent_back: false,
        due: Some(DueTag { text: "Recommend by 3 December 2026".into(), colour: "blue" }),
        tie: None,
    };
    let tied = QueueRow {
        address: None,
        tie: Some("you belong to it"),
        ..row("Sneinton Lads’ Club", "Waiting for a reviewer", "3 days")
    };
    let sent_back = QueueRow { sent_back: true, ..row("Bulwell Boxing & Youth", "In review", "41 days") };
    let decision = |name: &str, obstacle: Option<String>| DecisionRow {
        organisation_name: name.into(),
        reviewer_name: "Rob Ward".into(),
        recommended: "Established",
        waiting: "2 days".into(),
        due: Some(DueTag { text: "Decide by 3 December 2026".into(), colour: "yellow" }),
        address: obstacle.is_none().then(|| "/review/assessments/0190/decision".into()),
        obstacle,
    };
    let empty = || QueuePage {
        mine: vec![],
        waiting: vec![],
        others: vec![],
        pages: PageLinks::uncounted(1, false, queue_page),
    };
    vec![
        sample(&empty()),
        sample(&QueuePage {
            mine: vec![row("The Hub", "With the organisation", "12 days"), sent_back],
            waiting: vec![row("Hyson Green Girls’ Group", "Waiting for a reviewer", "today"), tied],
            others: vec![row("Mansfield Street Games", "Waiting for a decision", "20 days")],
            pages: PageLinks::uncounted(2, true, queue_page),
        }),
        sample(&DecisionsPage { rows: vec![], pages: PageLinks::uncounted(1, false, decisions_page) }),
        sample(&DecisionsPage {
            rows: vec![decision("The Hub", None), decision("Sneinton Lads’ Club", Some(say_obstacle(Tie::Member)))],
            pages: PageLinks::uncounted(1, false, decisions_page),
        }),
    ]
}
