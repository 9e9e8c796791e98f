//! A person's own page: their next steps, their organisations, their work for the VRP.

use serde::Serialize;

use super::status::status_of;
use crate::accounts::{Account, Role};
use crate::organisations::{MembershipRole, Organisation};
use crate::people::role_name;
use crate::providers::TrainingProvider;
use crate::training::{NextSteps, OwnView};
use crate::web::{Link, Page, Sample, sample};

/// A person's own page.
#[derive(Serialize)]
pub struct MyPage {
    name: String,
    organisations: Vec<MyOrganisation>,
    is_member: bool,
    work: Vec<Link>,
    #[serde(flatten)]
    own: OwnView,
}

#[derive(Serialize)]
struct MyOrganisation {
    name: String,
    address: String,
    role_text: &'static str,
    status: String,
    colour: &'static str,
}

impl MyPage {
    pub fn new(
        account: &Account,
        organisations: &[(Organisation, MembershipRole)],
        roles: &[Role],
        providers: &[TrainingProvider],
        next: &NextSteps,
    ) -> Self {
        let row = |(organisation, role): &(Organisation, MembershipRole)| {
            let (status, colour) = status_of(organisation);
            MyOrganisation {
                name: organisation.name.clone(),
                address: format!("/organisations/{}", organisation.slug),
                role_text: role_name(*role),
                status,
                colour,
            }
        };
        let work = roles.iter().map(|role| match role {
            Role::Steward => Link::new("Approve organisations and give people roles", "/vrp"),
            Role::Reviewer => Link::new("Review self-assessments", "/review"),
            Role::Decider => Link::new("Decide what reviewers recommended", "/review/decisions"),
        });
        Self {
            name: account.name.clone(),
            organisations: organisations.iter().map(row).collect(),
            is_member: organisations.iter().any(|(organisation, _)| organisation.is_approved()),
            work: work.chain(provider_link(providers)).collect(),
            own: OwnView::of(next),
        }
    }
}

fn provider_link(providers: &[TrainingProvider]) -> Option<Link> {
    let names: Vec<&str> = providers.iter().map(|provider| provider.name.as_str()).collect();
    (!names.is_empty()).then(|| Link::new(format!("Run training sessions for {}", names.join(", ")), "/provider"))
}

impl Page for MyPage {
    const TEMPLATE: &'static str = "front/my";
    fn title(&self) -> String {
        "My page".into()
    }
}

/// The page with made-up content.
pub(super) fn samples() -> Vec<Sample> {
    let mine = MyOrganisation {
        name: "The Hub".into(),
        address: "/organisations/the-hub".into(),
        role_text: "Lead",
        status: "Approved".into(),
        colour: "green",
    };
    vec![
        sample(&MyPage {
            name: "Asha Patel".into(),
            organisations: vec![mine],
            is_member: true,
            work: vec![Link::new("Review self-assessments", "/review")],
            own: OwnView::sample(),
        }),
        sample(&MyPage {
            name: "Asha Patel".into(),
            organisations: Vec::new(),
            is_member: false,
            work: Vec::new(),
            own: OwnView::none(),
        }),
    ]
}
