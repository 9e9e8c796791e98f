//! The pages of an organisation that umbrella bodies ask: what they would see, and the answer.

use serde::Serialize;

use super::affiliation::{Affiliation, AffiliationState};
use super::forms::AnswerForm;
use crate::clock::{day_of, say_day};
use crate::organisations::{MembershipRole, Organisation};
use crate::web::{Choice, Filled, Link, Page, Sample, choices, sample};

pub(super) const CONSENTED: &str = "You have joined. From now on you can be in their totals";
pub(super) const DECLINED: &str = "You have declined. They see nothing of yours";
pub(super) const WITHDRAWN: &str = "You have withdrawn. No totals are drawn with you any more";

pub(super) fn umbrellas_address(slug: &str) -> String {
    format!("/organisations/{slug}/umbrellas")
}

/// The umbrella bodies that have asked an organisation.
#[derive(Serialize)]
pub struct UmbrellasPage {
    organisation_name: String,
    slug: String,
    rows: Vec<UmbrellaRow>,
}

#[derive(Serialize)]
struct UmbrellaRow {
    name: String,
    address: Option<String>,
    detail: String,
    status: &'static str,
    colour: &'static str,
}

impl UmbrellasPage {
    pub fn new(organisation: &Organisation, role: MembershipRole, all: &[(Affiliation, Organisation)]) -> Self {
        let row = |(affiliation, umbrella): &(Affiliation, Organisation)| {
            let (status, colour) = own_status_of(affiliation.state());
            UmbrellaRow {
                name: umbrella.name.clone(),
                // A lead answers; the others see where it stands.
                address: (role == MembershipRole::Lead)
                    .then(|| format!("{}/{}", umbrellas_address(&organisation.slug), affiliation.id)),
                detail: format!("since {}", say_day(day_of(affiliation.changed_at))),
                status,
                colour,
            }
        };
        Self {
            organisation_name: organisation.name.clone(),
            slug: organisation.slug.clone(),
            rows: all.iter().map(row).collect(),
        }
    }
}

/// The same states, from the other side.
fn own_status_of(state: AffiliationState) -> (&'static str, &'static str) {
    match state {
        AffiliationState::Asked => ("To answer", "yellow"),
        AffiliationState::Consented => ("Joined", "green"),
        AffiliationState::Declined => ("Declined", "grey"),
        AffiliationState::Withdrawn => ("Withdrawn", "grey"),
        AffiliationState::Ended => ("Ended", "grey"),
    }
}

impl Page for UmbrellasPage {
    const TEMPLATE: &'static str = "affiliations/umbrellas";
    fn title(&self) -> String {
        "Umbrella bodies".into()
    }
    fn back(&self) -> Option<Link> {
        Link::back(format!("/organisations/{}", self.slug))
    }
}

/// What one umbrella body would see, and the answer.
#[derive(Serialize)]
pub struct AffiliationPage {
    organisation_name: String,
    umbrella_name: String,
    umbrella_public: String,
    slug: String,
    address: String,
    message: String,
    status: &'static str,
    colour: &'static str,
    since: String,
    /// They have asked, and wait.
    asked: bool,
    consented: bool,
    withdrawn: bool,
    options: Vec<Choice>,
    form: Filled,
}

impl AffiliationPage {
    pub fn new(organisation: &Organisation, affiliation: &Affiliation, umbrella: &Organisation, form: Filled) -> Self {
        let (status, colour) = own_status_of(affiliation.state());
        let is = |state| affiliation.state() == state;
        Self {
            organisation_name: organisation.name.clone(),
            umbrella_name: umbrella.name.clone(),
            umbrella_public: format!("/directory/{}", umbrella.slug),
            slug: organisation.slug.clone(),
            address: format!("{}/{}", umbrellas_address(&organisation.slug), affiliation.id),
            message: affiliation.message.clone(),
            status,
            colour,
            since: say_day(day_of(affiliation.changed_at)),
            asked: is(AffiliationState::Asked),
            consented: is(AffiliationState::Consented),
            withdrawn: is(AffiliationState::Withdrawn),
            options: options(),
            form,
        }
    }
}

fn options() -> Vec<Choice> {
    choices(&[("consent", "Yes, we join"), ("decline", "No, we do not")])
}

impl Page for AffiliationPage {
    const TEMPLATE: &'static str = "affiliations/affiliation";
    fn title(&self) -> String {
        format!("{} and you", self.umbrella_name)
    }
    fn back(&self) -> Option<Link> {
        Link::back(umbrellas_address(&self.slug))
    }
}

/// Each page with made-up content.
pub fn samples() -> Vec<Sample> {
    let row = |address: Option<&str>| UmbrellaRow {
        name: "Clubs of the County".into(),
        address: address.map(str::to_owned),
        detail: "since 3 November 2026".into(),
        status: "To answer",
        colour: "yellow",
    };
    let listed =
        |rows: Vec<UmbrellaRow>| UmbrellasPage { organisation_name: "The Hub".into(), slug: "the-hub".into(), rows };
    let page = |state: AffiliationState| {
        let (status, colour) = own_status_of(state);
        let form = Filled::blank(AnswerForm::FIELDS);
        AffiliationPage {
            organisation_name: "The Hub".into(),
            umbrella_name: "Clubs of the County".into(),
            umbrella_public: "/directory/clubs".into(),
            slug: "the-hub".into(),
            address: "/organisations/the-hub/umbrellas/1".into(),
            message: "You are a member of ours.".into(),
            status,
            colour,
            since: "3 November 2026".into(),
            asked: state == AffiliationState::Asked,
            consented: state == AffiliationState::Consented,
            withdrawn: state == AffiliationState::Withdrawn,
            options: options(),
            form: if state == AffiliationState::Asked {
                form.with_problem("answer", "Select whether you agree")
            } else {
                form
            },
        }
    };
    let pages = AffiliationState::ALL.iter().map(|state| sample(&page(*state)));
    pages
        .chain([
            sample(&listed(vec![row(Some("/organisations/the-hub/umbrellas/1")), row(None)])),
            sample(&listed(Vec::new())),
        ])
        .collect()
}
