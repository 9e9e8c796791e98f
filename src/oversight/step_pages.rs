//! The page on which an organisation is suspended, closed or re-opened.

use serde::Serialize;

use super::forms::ReasonForm;
use crate::organisations::{Organisation, StandingStep};
use crate::web::{Filled, Link, Page, Sample, sample};

pub(super) const OWN_CLOSED: &str = "The organisation is closed. Its leads and the VRP have a letter";

pub(super) fn step_notice(step: StandingStep, organisation: &Organisation) -> String {
    let done = match step {
        StandingStep::Suspend => "suspended",
        StandingStep::Close => "closed",
        StandingStep::Reopen => "open again",
    };
    format!("{} is {done}. Its leads have a letter with your reason", organisation.name)
}

pub(super) fn step_address(slug: &str, step: StandingStep) -> String {
    format!("/vrp/organisations/{slug}/standing/{}", step.as_str())
}

/// What will come of it, and why.
#[derive(Serialize)]
pub struct StepPage {
    organisation_name: String,
    step: StandingStep,
    /// Its own lead closes it, not the VRP.
    as_lead: bool,
    action: String,
    form: Filled,
    #[serde(skip)]
    back_to: String,
}

impl StepPage {
    pub fn for_vrp(organisation: &Organisation, step: StandingStep, form: Filled) -> Self {
        Self {
            organisation_name: organisation.name.clone(),
            step,
            as_lead: false,
            action: step_address(&organisation.slug, step),
            form,
            back_to: format!("/vrp/organisations/{}", organisation.slug),
        }
    }

    pub fn for_lead(organisation: &Organisation, form: Filled) -> Self {
        Self {
            organisation_name: organisation.name.clone(),
            step: StandingStep::Close,
            as_lead: true,
            action: format!("/organisations/{}/closing", organisation.slug),
            form,
            back_to: format!("/organisations/{}/profile", organisation.slug),
        }
    }
}

impl Page for StepPage {
    const TEMPLATE: &'static str = "oversight/step";
    fn title(&self) -> String {
        let verb = match self.step {
            StandingStep::Suspend => "Suspend",
            StandingStep::Close => "Close",
            StandingStep::Reopen => "Re-open",
        };
        format!("{verb} {}", self.organisation_name)
    }
    fn back(&self) -> Option<Link> {
        Link::back(&self.back_to)
    }
}

/// Each page with made-up content.
pub fn samples() -> Vec<Sample> {
    let page = |step: StandingStep, as_lead| StepPage {
        organisation_name: "The Hub".into(),
        step,
        as_lead,
        action: step_address("the-hub", step),
        form: Filled::blank(ReasonForm::FIELDS).with_problem("reason", "Enter your reason"),
        back_to: "/vrp/organisations/the-hub".into(),
    };
    let mut samples: Vec<Sample> = StandingStep::ALL.iter().map(|step| sample(&page(*step, false))).collect();
    samples.push(sample(&page(StandingStep::Close, true)));
    samples
}
