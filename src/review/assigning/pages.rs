//! Who reviews what, and choosing who shall.

use chrono::NaiveDate;
use serde::Serialize;

use super::clock::{Due, DueTag};
use super::forms::ChoosingForm;
use super::workload::Colleague;
use crate::clock::day_of;
use crate::ids::AssessmentId;
use crate::organisations::Organisation;
use crate::programme::Programme;
use crate::quality::Assessment;
use crate::review::interests::Ties;
use crate::review::pages::say_wait;
use crate::review::review::{ListedReview, ReviewState};
use crate::review::viewer::Case;
use crate::review::wording::stage_of_review;
use crate::web::{Choice, Filled, Link, Page, Sample, count, sample};

pub(super) const WORK: &str = "/vrp/reviews";
pub(super) const ASSIGNED: &str = "The review is given to them, and they have a letter with your reason";
pub(super) const HANDED_OVER: &str = "The review is handed over, and they have a letter with your reason";

/// Who reviews what.
#[derive(Serialize)]
pub struct WorkPage {
    waiting: Vec<WorkRow>,
    running: Vec<WorkRow>,
    colleagues: Vec<LoadRow>,
}
#[derive(Serialize)]
struct WorkRow {
    organisation_name: String,
    /// Where it is given to somebody, if it can be.
    address: Option<String>,
    tied: bool,
    detail: String,
    due: DueTag,
}
#[derive(Serialize)]
struct LoadRow {
    name: String,
    open: String,
}

impl WorkPage {
    pub fn new(
        waiting: &[(Assessment, Organisation)],
        running: &[ListedReview],
        colleagues: &[Colleague],
        ties: &Ties,
        programme: &Programme,
        today: NaiveDate,
    ) -> Self {
        let address = |assessment: AssessmentId, organisation: &Organisation| {
            (!ties.is_tied_to(organisation.id)).then(|| format!("{WORK}/{assessment}"))
        };
        let waits = |(assessment, organisation): &(Assessment, Organisation)| {
            let wait = say_wait(assessment.submitted_at.map_or(today, day_of), today);
            WorkRow {
                organisation_name: organisation.name.clone(),
                address: address(assessment.id, organisation),
                tied: ties.is_tied_to(organisation.id),
                detail: "With nobody yet".into(),
                due: DueTag {
                    text: if wait == "today" { "Came today".into() } else { format!("Waiting for {wait}") },
                    colour: "grey",
                },
            }
        };
        let runs = |listed: &ListedReview| WorkRow {
            organisation_name: listed.organisation.name.clone(),
            address: address(listed.assessment.id, &listed.organisation)
                .filter(|_| listed.review.state() == ReviewState::Open),
            tied: ties.is_tied_to(listed.organisation.id),
            detail: format!("{}: {}", listed.reviewer_name, stage_of_review(listed.assessment.state()).to_lowercase()),
            due: Due::of_listed(listed, programme, today)
                .map_or(DueTag { text: String::new(), colour: "grey" }, |due| DueTag::new(due, today)),
        };
        Self {
            waiting: waiting.iter().map(waits).collect(),
            running: running.iter().map(runs).collect(),
            colleagues: colleagues.iter().map(LoadRow::of).collect(),
        }
    }
}

impl LoadRow {
    fn of(colleague: &Colleague) -> Self {
        Self { name: colleague.account.name.clone(), open: say_load(colleague.open) }
    }
}

fn say_load(open: i64) -> String {
    match usize::try_from(open) {
        Ok(0) | Err(_) => "no review now".into(),
        Ok(open) => format!("{} now", count(open, "review", "reviews")),
    }
}

impl Page for WorkPage {
    const TEMPLATE: &'static str = "review/assigning/work";
    fn title(&self) -> String {
        "Who reviews what".into()
    }
    fn back(&self) -> Option<Link> {
        Link::back("/vrp")
    }
}

/// From where a review is given to somebody.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Place {
    Vrp,
    /// By its reviewer.
    Desk,
}

/// Choosing who shall have a review.
#[derive(Serialize)]
pub struct ChoosingPage {
    organisation_name: String,
    /// Someone has it already.
    begun: bool,
    options: Vec<Choice>,
    /// How many reviewers cannot have it.
    tied_text: Option<String>,
    action: String,
    form: Filled,
    #[serde(skip)]
    back_to: String,
}

impl ChoosingPage {
    /// Whoever has least comes first.
    pub fn new(case: &Case, colleagues: &[Colleague], place: Place, form: Filled) -> Self {
        let with = case.review.as_ref().map(|review| review.reviewer_id);
        let free: Vec<&Colleague> = colleagues.iter().filter(|c| !c.is_tied && Some(c.account.id) != with).collect();
        let tied = colleagues.iter().filter(|colleague| colleague.is_tied).count();
        let least = free.first().map(|colleague| colleague.open);
        let option = |colleague: &&Colleague| {
            let suggested = if Some(colleague.open) == least { ": suggested" } else { "" };
            Choice::new(colleague.account.id.to_string(), &colleague.account.name)
                .with_hint(format!("Has {}{suggested}", say_load(colleague.open)))
        };
        let (action, back_to) = match place {
            Place::Vrp => (format!("{WORK}/{}", case.assessment.id), WORK.to_owned()),
            Place::Desk => {
                let desk = format!("/review/assessments/{}", case.assessment.id);
                (format!("{desk}/hand-over"), desk)
            }
        };
        Self {
            organisation_name: case.organisation.name.clone(),
            begun: with.is_some(),
            options: free.iter().map(option).collect(),
            tied_text: (tied > 0).then(|| say_tied(tied)),
            action,
            form,
            back_to,
        }
    }
}

fn say_tied(tied: usize) -> String {
    match tied {
        1 => "One reviewer has a tie to it and is not in this list.".into(),
        many => format!("{many} reviewers have a tie to it and are not in this list."),
    }
}

impl Page for ChoosingPage {
    const TEMPLATE: &'static str = "review/assigning/choosing";
    fn title(&self) -> String {
        format!("Who shall review {}?", self.organisation_name)
    }
    fn back(&self) -> Option<Link> {
        Link::back(&self.back_to)
    }
}

/// Each page with made-up content.
pub fn samples() -> Vec<Sample> {
    let row = |name: &str, tied: bool, detail: &str, text: &str, colour| WorkRow {
        organisation_name: name.into(),
        address: (!tied).then(|| "/vrp/reviews/0190".into()),
        tied,
        detail: detail.into(),
        due: DueTag { text: text.into(), colour },
    };
    let load = |name: &str, open| LoadRow { name: name.into(), open: say_load(open) };
    let choosing = |begun, options: Vec<Choice>, tied: usize| ChoosingPage {
        organisation_name: "The Hub".into(),
        begun,
        form: match options.is_empty() {
            true => Filled::blank(ChoosingForm::FIELDS),
            false => Filled::blank(ChoosingForm::FIELDS).with_problem("reviewer", "Select a reviewer"),
        },
        options,
        tied_text: (tied > 0).then(|| say_tied(tied)),
        action: "/vrp/reviews/0190".into(),
        back_to: WORK.into(),
    };
    let option = Choice::new("0190", "Rob Ward").with_hint("Has 1 review now: suggested");
    vec![
        sample(&WorkPage { waiting: Vec::new(), running: Vec::new(), colleagues: Vec::new() }),
        sample(&WorkPage {
            waiting: vec![row("The Hub", false, "With nobody yet", "Waiting for 3 days", "grey")],
            running: vec![
                row("Bulwell Boxing", false, "Rob Ward: in review", "Recommend by 3 November 2026", "red"),
                row("Sneinton Lads’ Club", true, "Rob Ward: in review", "Recommend by 3 December 2026", "blue"),
            ],
            colleagues: vec![load("Rob Ward", 2), load("Ada Ash", 0)],
        }),
        sample(&choosing(false, vec![option.clone()], 0)),
        sample(&choosing(true, vec![option], 2)),
        sample(&choosing(true, Vec::new(), 1)),
    ]
}
