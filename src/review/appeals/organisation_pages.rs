//! What an organisation sees of its appeals.

use serde::Serialize;

use super::appeal::{Against, Appeal, AppealState};
use super::contestable::{Contestable, Contested};
use super::forms::LodgingForm;
use crate::clock::{day_of, say_day};
use crate::organisations::Organisation;
use crate::web::{Filled, Link, Page, Sample, sample};

pub(super) const LODGED: &str = "We have your appeal. People who had no part in the decision will answer it";
pub(super) const LODGED_BEFORE: &str =
    "There is nothing to appeal against there any more, or you have appealed already";

pub(super) fn appeals_address(organisation: &Organisation) -> String {
    format!("/organisations/{}/quality/appeals", organisation.slug)
}

/// What an appeal is against, as both sides read it.
pub(super) fn against_name(against: Against) -> &'static str {
    match against {
        Against::NotYet => "The decision not to endorse yet",
        Against::Level => "The level that was decided",
        Against::Suspension => "The suspension of the endorsement",
        Against::Revocation => "The revocation of the endorsement",
    }
}

/// How far an appeal is: words and the colour of a tag.
pub(super) fn appeal_status(state: AppealState) -> (&'static str, &'static str) {
    match state {
        AppealState::Waiting => ("Waiting for an answer", "blue"),
        AppealState::Upheld => ("Upheld", "green"),
        AppealState::NotUpheld => ("Not upheld", "grey"),
    }
}

/// An organisation's appeals, and what it can appeal against.
#[derive(Serialize)]
pub struct OwnAppealsPage {
    organisation_name: String,
    open: Vec<OpenRow>,
    is_lead: bool,
    rows: Vec<AppealRow>,
    #[serde(skip)]
    back_to: String,
}
#[derive(Serialize)]
struct OpenRow {
    what: &'static str,
    until: String,
    address: String,
}
#[derive(Serialize)]
struct AppealRow {
    what: &'static str,
    status: &'static str,
    colour: &'static str,
    lodged_on: String,
    grounds: String,
    /// The day of the answer, while it is to come.
    target: Option<String>,
    answered_on: Option<String>,
    reasons: Option<String>,
}

impl OwnAppealsPage {
    pub fn new(organisation: &Organisation, own: &[Appeal], open: &[Contestable], is_lead: bool) -> Self {
        let row = |contestable: &Contestable| OpenRow {
            what: against_name(contestable.against),
            until: say_day(contestable.until),
            address: lodging_address(organisation, contestable.which()),
        };
        Self {
            organisation_name: organisation.name.clone(),
            open: open.iter().map(row).collect(),
            is_lead,
            rows: own.iter().map(AppealRow::of).collect(),
            back_to: format!("/organisations/{}/quality/outcome", organisation.slug),
        }
    }
}

impl AppealRow {
    fn of(appeal: &Appeal) -> Self {
        let (status, colour) = appeal_status(appeal.state());
        Self {
            what: against_name(appeal.against),
            status,
            colour,
            lodged_on: say_day(day_of(appeal.lodged_at)),
            grounds: appeal.grounds.clone(),
            target: (appeal.state() == AppealState::Waiting).then(|| say_day(appeal.target_on)),
            answered_on: appeal.answered_at.map(|at| say_day(day_of(at))),
            reasons: appeal.reasons.clone(),
        }
    }
}

impl Page for OwnAppealsPage {
    const TEMPLATE: &'static str = "review/appeals/own";
    fn title(&self) -> String {
        "Your appeals".into()
    }
    fn back(&self) -> Option<Link> {
        Link::back(&self.back_to)
    }
}

/// Where a lead appeals.
#[derive(Serialize)]
pub struct LodgingPage {
    organisation_name: String,
    what: &'static str,
    decided_on: String,
    reasons: String,
    until: String,
    /// Upheld, other people review it afresh; else it is undone.
    afresh: bool,
    action: String,
    form: Filled,
    #[serde(skip)]
    back_to: String,
}

impl LodgingPage {
    pub fn new(organisation: &Organisation, contested: &Contestable, form: Filled) -> Self {
        let (at, reasons) = match &contested.step {
            Some((_, step)) => (step.taken_at, &step.reason),
            None => (contested.decision.decided_at, &contested.decision.reasons),
        };
        Self {
            organisation_name: organisation.name.clone(),
            what: against_name(contested.against),
            decided_on: say_day(day_of(at)),
            reasons: reasons.clone(),
            until: say_day(contested.until),
            afresh: contested.which() == Contested::Decision,
            action: lodging_address(organisation, contested.which()),
            form,
            back_to: appeals_address(organisation),
        }
    }
}

impl Page for LodgingPage {
    const TEMPLATE: &'static str = "review/appeals/lodging";
    fn title(&self) -> String {
        "Appeal".into()
    }
    fn back(&self) -> Option<Link> {
        Link::back(&self.back_to)
    }
}

fn lodging_address(organisation: &Organisation, which: Contested) -> String {
    format!("{}/{}", appeals_address(organisation), which.as_str())
}

/// Each page with made-up content.
pub(super) fn samples() -> Vec<Sample> {
    let row = |state: AppealState, reasons: Option<&str>| {
        let (status, colour) = appeal_status(state);
        AppealRow {
            what: against_name(Against::NotYet),
            status,
            colour,
            lodged_on: "3 November 2026".into(),
            grounds: "Our evidence of supervision was not read.".into(),
            target: reasons.is_none().then(|| "1 December 2026".into()),
            answered_on: reasons.map(|_| "20 November 2026".into()),
            reasons: reasons.map(str::to_owned),
        }
    };
    let open = |is_lead| OwnAppealsPage {
        organisation_name: "The Hub".into(),
        open: vec![OpenRow {
            what: against_name(Against::Suspension),
            until: "1 December 2026".into(),
            address: "/organisations/the-hub/quality/appeals/endorsement".into(),
        }],
        is_lead,
        rows: vec![row(AppealState::Waiting, None), row(AppealState::Upheld, Some("It was overlooked."))],
        back_to: "/organisations/the-hub/quality/outcome".into(),
    };
    let none = OwnAppealsPage { open: Vec::new(), rows: Vec::new(), ..open(true) };
    let lodging = |afresh| LodgingPage {
        organisation_name: "The Hub".into(),
        what: against_name(Against::NotYet),
        decided_on: "3 November 2026".into(),
        reasons: "Supervision is not shown yet.".into(),
        until: "1 December 2026".into(),
        afresh,
        action: "/organisations/the-hub/quality/appeals/decision".into(),
        form: Filled::blank(LodgingForm::FIELDS).with_problem("grounds", "Say why you think that it is not right"),
        back_to: "/organisations/the-hub/quality/appeals".into(),
    };
    vec![sample(&open(true)), sample(&open(false)), sample(&none), sample(&lodging(true)), sample(&lodging(false))]
}
