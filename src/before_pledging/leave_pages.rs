//! The VRP's page of what an organisation has leave to do.

use serde::Serialize;

use super::forms::LeaveForm;
use super::leave::{Leave, LeaveKind};
use crate::clock::{day_of, say_day};
use crate::organisations::Organisation;
use crate::web::{Choice, Filled, Link, Page, Sample, sample};

pub(super) const ENDED: &str = "The leave has ended. What was signed under it stands";
pub(super) const STANDS_ALREADY: &str = "They have this leave already";

pub(super) fn granted_notice(organisation: &Organisation, kind: LeaveKind) -> String {
    let what = match kind {
        LeaveKind::WithoutTraining => "pledge without Charter training",
        LeaveKind::OneSignatory => "sign their pledge by one person",
    };
    format!("{} may {what}. Its leads have a letter with your reason", organisation.name)
}

pub(super) fn address_of(organisation: &Organisation) -> String {
    format!("/vrp/organisations/{}/leave", organisation.slug)
}

fn say_kind(kind: LeaveKind) -> &'static str {
    match kind {
        LeaveKind::WithoutTraining => "Pledge without Charter training",
        LeaveKind::OneSignatory => "One person signs for both sides",
    }
}

/// What stands, what stood, and the form to give more.
#[derive(Serialize)]
pub struct LeavePage {
    organisation_name: String,
    address: String,
    standing: Vec<LeaveView>,
    ended: Vec<LeaveView>,
    kinds: Vec<Choice>,
    form: Filled,
    #[serde(skip)]
    back: String,
}

#[derive(Serialize)]
struct LeaveView {
    what: &'static str,
    reason: String,
    since: String,
    until: Option<String>,
    end_address: String,
}

impl LeavePage {
    pub fn new(organisation: &Organisation, leaves: &[Leave], form: Filled) -> Self {
        let address = address_of(organisation);
        let (standing, ended): (Vec<&Leave>, _) = leaves.iter().partition(|leave| leave.stands());
        let free = LeaveKind::ALL.iter().filter(|kind| standing.iter().all(|leave| leave.kind != **kind));
        let view = |leave: &Leave| LeaveView::of(leave, &address);
        Self {
            organisation_name: organisation.name.clone(),
            kinds: free.map(|kind| choice(*kind)).collect(),
            standing: standing.iter().map(|leave| view(leave)).collect(),
            ended: ended.iter().map(|leave| view(leave)).collect(),
            address,
            form,
            back: format!("/vrp/organisations/{}", organisation.slug),
        }
    }
}

fn choice(kind: LeaveKind) -> Choice {
    let hint = match kind {
        LeaveKind::WithoutTraining => "For example, because they were trained before the portal was there",
        LeaveKind::OneSignatory => "For a group that has nobody else to sign. Everyone who checks the pledge reads it",
    };
    Choice::new(kind.as_str(), say_kind(kind)).with_hint(hint)
}

impl LeaveView {
    fn of(leave: &Leave, address: &str) -> Self {
        let day = |at| say_day(day_of(at));
        Self {
            what: say_kind(leave.kind),
            reason: leave.reason.clone(),
            since: day(leave.granted_at),
            until: leave.ended_at.map(day),
            end_address: format!("{address}/{}/end", leave.id),
        }
    }
}

impl Page for LeavePage {
    const TEMPLATE: &'static str = "before_pledging/leave";
    fn title(&self) -> String {
        format!("Leave for {}", self.organisation_name)
    }
    fn back(&self) -> Option<Link> {
        Link::back(&self.back)
    }
}

pub(super) fn samples() -> Vec<Sample> {
    let view = |until: Option<&str>| LeaveView {
        what: say_kind(LeaveKind::OneSignatory),
        reason: "The group is one volunteer.".into(),
        since: "3 March 2026".into(),
        until: until.map(Into::into),
        end_address: "/vrp/organisations/the-hub/leave/1/end".into(),
    };
    let page = |standing, ended, kinds: Vec<Choice>| LeavePage {
        organisation_name: "The Hub".into(),
        address: "/vrp/organisations/the-hub/leave".into(),
        standing,
        ended,
        form: match &kinds[..] {
            [] => Filled::blank(LeaveForm::FIELDS),
            _ => Filled::blank(LeaveForm::FIELDS).with_problem("reason", "Enter your reason"),
        },
        kinds,
        back: "/vrp/organisations/the-hub".into(),
    };
    let all = || LeaveKind::ALL.iter().map(|kind| choice(*kind)).collect();
    vec![
        sample(&page(Vec::new(), Vec::new(), all())),
        sample(&page(vec![view(None)], vec![view(Some("4 April 2026"))], all())),
        sample(&page(vec![view(None)], Vec::new(), Vec::new())),
    ]
}
