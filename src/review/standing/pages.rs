//! Endorsements as deciders see them, and what an organisation reads of the steps of its own.

use serde::Serialize;

use super::forms::JudgingForm;
use super::judging::JudgedStep;
use super::step::{EndorsementStep, RecordedStep};
use crate::clock::{day_of, say_day};
use crate::ids::EndorsementId;
use crate::organisations::Organisation;
use crate::review::endorsement::Endorsement;
use crate::review::interests::{Tie, Ties, say_tie};
use crate::review::pages::PAGE;
use crate::review::wording::{endorsement_state_colour, endorsement_state_name, level_name};
use crate::web::{Field, Filled, Link, Page, PageLinks, Sample, sample};

const ADDRESS: &str = "/review/endorsements";

fn address_of_page(page: i64) -> String {
    format!("{ADDRESS}?page={page}")
}

pub(super) fn endorsement_address(id: EndorsementId) -> String {
    format!("{ADDRESS}/{id}")
}

pub(super) fn judged_notice(judged: JudgedStep) -> &'static str {
    match judged {
        JudgedStep::Suspend => "The endorsement is suspended, and the organisation has your reason",
        JudgedStep::Reinstate => "The endorsement is in force again, and the organisation has your reason",
        JudgedStep::Revoke => "The endorsement is revoked, and the organisation has your reason",
    }
}

/// One step, with its reason if it has one.
#[derive(Serialize)]
pub struct StepRow {
    what: &'static str,
    on: String,
    reason: String,
}

impl StepRow {
    /// For pages with made-up content.
    pub fn made_up() -> Vec<Self> {
        let on = || "3 November 2026".to_owned();
        vec![
            Self { what: "Given", on: on(), reason: "Safe, heard, growing.".into() },
            Self { what: "Suspended", on: on(), reason: "A complaint is looked into.".into() },
        ]
    }
}

/// The steps of an endorsement, the first first.
pub fn step_rows(steps: &[RecordedStep]) -> Vec<StepRow> {
    let row = |taken: &RecordedStep| StepRow {
        what: match taken.step {
            EndorsementStep::Issue => "Given",
            EndorsementStep::Suspend => "Suspended",
            EndorsementStep::Reinstate => "In force again",
            EndorsementStep::Revoke => "Revoked",
            EndorsementStep::Restore => "In force again, after an appeal",
            EndorsementStep::Replace => "Replaced by a newer one",
            EndorsementStep::Lapse => "Ended",
        },
        on: say_day(day_of(taken.taken_at)),
        reason: taken.reason.clone(),
    };
    steps.iter().map(row).collect()
}

/// Endorsements to look at.
#[derive(Serialize)]
pub struct EndorsementsPage {
    q: Field,
    searched: bool,
    rows: Vec<EndorsementRow>,
    pages: PageLinks,
}
#[derive(Serialize)]
struct EndorsementRow {
    organisation_name: String,
    /// `None` where a tie is in the way.
    address: Option<String>,
    tie: Option<&'static str>,
    detail: String,
    state: &'static str,
    colour: &'static str,
}

impl EndorsementsPage {
    /// `found` may hold one more than a page, to show that there are more.
    pub fn new(mut found: Vec<(Endorsement, Organisation)>, ties: &Ties, q: &str, page: u32) -> Self {
        let has_more = found.len() > PAGE as usize;
        found.truncate(PAGE as usize);
        let row = |(endorsement, organisation): &(Endorsement, Organisation)| {
            let tie = ties.to(organisation.id);
            let (level, ends) = (level_name(endorsement.level), say_day(endorsement.ends_on));
            EndorsementRow {
                organisation_name: organisation.name.clone(),
                address: tie.is_none().then(|| endorsement_address(endorsement.id)),
                tie: tie.map(say_tie),
                detail: format!("{}, {level}, until {ends}", endorsement.number),
                state: endorsement_state_name(endorsement.state()),
                colour: endorsement_state_colour(endorsement.state()),
            }
        };
        let searched = !q.trim().is_empty();
        Self {
            q: Filled::blank(&[]).with("q", q).field("q"),
            searched,
            rows: found.iter().map(row).collect(),
            pages: PageLinks::uncounted(if searched { 1 } else { page }, has_more && !searched, address_of_page),
        }
    }
}
impl Page for EndorsementsPage {
    const TEMPLATE: &'static str = "review/standing/endorsements";
    fn title(&self) -> String {
        "Endorsements".into()
    }
    fn back(&self) -> Option<Link> {
        Link::back("/review/decisions")
    }
}

/// One endorsement.
#[derive(Serialize)]
pub struct EndorsementPage {
    organisation_name: String,
    level: &'static str,
    number: String,
    state: &'static str,
    colour: &'static str,
    starts_on: String,
    ends_on: String,
    verify: String,
    story: String,
    steps: Vec<StepRow>,
    possible: Vec<Link>,
}

impl EndorsementPage {
    pub fn new(organisation: &Organisation, endorsement: &Endorsement, steps: &[RecordedStep]) -> Self {
        let link = |judged: JudgedStep| Link::new(judged_name(judged), judging_address(endorsement.id, judged));
        Self {
            organisation_name: organisation.name.clone(),
            level: level_name(endorsement.level),
            number: endorsement.number.clone(),
            state: endorsement_state_name(endorsement.state()),
            colour: endorsement_state_colour(endorsement.state()),
            starts_on: say_day(endorsement.starts_on),
            ends_on: say_day(endorsement.ends_on),
            verify: format!("/verify/{}", endorsement.code),
            story: format!("{}/story", endorsement_address(endorsement.id)),
            steps: step_rows(steps),
            possible: JudgedStep::possible(endorsement).map(link).collect(),
        }
    }
}
impl Page for EndorsementPage {
    const TEMPLATE: &'static str = "review/standing/endorsement";
    fn title(&self) -> String {
        format!("Endorsement of {}", self.organisation_name)
    }
    fn back(&self) -> Option<Link> {
        Some(Link::new("All endorsements", ADDRESS))
    }
}

fn judged_name(judged: JudgedStep) -> &'static str {
    match judged {
        JudgedStep::Suspend => "Suspend this endorsement",
        JudgedStep::Reinstate => "Put this endorsement in force again",
        JudgedStep::Revoke => "Revoke this endorsement",
    }
}

fn judging_address(id: EndorsementId, judged: JudgedStep) -> String {
    format!("{}/steps/{}", endorsement_address(id), judged.as_str())
}

/// What will come of a step, and why it is taken.
#[derive(Serialize)]
pub struct JudgingPage {
    organisation_name: String,
    number: String,
    step: JudgedStep,
    heading: &'static str,
    action: String,
    form: Filled,
    #[serde(skip)]
    back_to: String,
}

impl JudgingPage {
    pub fn new(organisation: &Organisation, endorsement: &Endorsement, step: JudgedStep, form: Filled) -> Self {
        Self {
            organisation_name: organisation.name.clone(),
            number: endorsement.number.clone(),
            step,
            heading: judged_name(step),
            action: judging_address(endorsement.id, step),
            form,
            back_to: endorsement_address(endorsement.id),
        }
    }
}
impl Page for JudgingPage {
    const TEMPLATE: &'static str = "review/standing/judging";
    fn title(&self) -> String {
        format!("{}: {}", self.heading, self.organisation_name)
    }
    fn back(&self) -> Option<Link> {
        Link::back(&self.back_to)
    }
}

/// Each page with made-up content.
pub fn samples() -> Vec<Sample> {
    let row = |name: &str, tie: Option<Tie>| EndorsementRow {
        organisation_name: name.into(),
        address: tie.is_none().then(|| "/review/endorsements/0190".into()),
        tie: tie.map(say_tie),
        detail: "YC-2026-0001, Established, until 3 November 2029".into(),
        state: "In force",
        colour: "green",
    };
    let list = |q: &str, rows| EndorsementsPage {
        q: Filled::blank(&[]).with("q", q).field("q"),
        searched: !q.is_empty(),
        rows,
        pages: PageLinks::uncounted(1, q.is_empty(), address_of_page),
    };
    let endorsement = |possible| EndorsementPage {
        organisation_name: "The Hub".into(),
        level: "Established",
        number: "YC-2026-0001".into(),
        state: "Suspended",
        colour: "orange",
        starts_on: "3 November 2026".into(),
        ends_on: "3 November 2029".into(),
        verify: "/verify/EN-7KXM2QPA".into(),
        story: "/review/endorsements/0190/story".into(),
        steps: StepRow::made_up(),
        possible,
    };
    let judging = |step: JudgedStep| {
        sample(&JudgingPage {
            organisation_name: "The Hub".into(),
            number: "YC-2026-0001".into(),
            step,
            heading: judged_name(step),
            action: "/review/endorsements/0190/steps/suspension".into(),
            form: Filled::blank(JudgingForm::FIELDS).with_problem("reason", "Give your reason"),
            back_to: "/review/endorsements/0190".into(),
        })
    };
    let mut samples = vec![
        sample(&list("", vec![row("The Hub", None), row("Sneinton Lads’ Club", Some(Tie::Member))])),
        sample(&list("", Vec::new())),
        sample(&list("nobody", Vec::new())),
        sample(&endorsement(vec![Link::new("Revoke this endorsement", "/review/endorsements/0190/steps/revocation")])),
        sample(&endorsement(Vec::new())),
    ];
    samples.extend(JudgedStep::ALL.iter().map(|step| judging(*step)));
    samples
}
