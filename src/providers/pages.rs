//! The pages of providers.

use chrono::NaiveDateTime;
use serde::Serialize;

use super::forms::{ProviderForm, ProviderPersonForm};
use super::provider::TrainingProvider;
use super::provider_person::{ProviderPerson, ProviderPersonState};
use crate::ids::ProviderId;
use crate::web::{Filled, Link, Page, Sample, sample};

pub(super) const ENDED: &str = "They no longer run sessions";
pub(super) const ACCEPTED: &str = "You can run training sessions now";

pub(super) fn appointed_notice(name: &str) -> String {
    format!("{name} is appointed. Now invite the people who run its sessions")
}

pub(super) fn invited_notice(name: &str) -> String {
    format!("{name} is invited")
}

pub(super) fn provider_address(id: ProviderId) -> String {
    format!("/vrp/providers/{id}")
}

/// Every provider.
#[derive(Serialize)]
pub struct ProvidersPage {
    providers: Vec<Link>,
}

impl ProvidersPage {
    pub fn new(providers: &[TrainingProvider]) -> Self {
        let link = |provider: &TrainingProvider| Link::new(provider.name.clone(), provider_address(provider.id));
        Self { providers: providers.iter().map(link).collect() }
    }
}

impl Page for ProvidersPage {
    const TEMPLATE: &'static str = "providers/providers";
    fn title(&self) -> String {
        "Training providers".into()
    }
    fn back(&self) -> Option<Link> {
        Link::back("/vrp")
    }
}

/// Appointing one.
#[derive(Serialize)]
pub struct NewProviderPage {
    pub form: Filled,
}

impl Page for NewProviderPage {
    const TEMPLATE: &'static str = "providers/new";
    fn title(&self) -> String {
        "Appoint a training provider".into()
    }
    fn back(&self) -> Option<Link> {
        Link::back("/vrp/providers")
    }
}

/// One provider and its people.
#[derive(Serialize)]
pub struct ProviderPage {
    name: String,
    about: String,
    address: String,
    people: Vec<PersonRow>,
    form: Filled,
}

#[derive(Serialize)]
struct PersonRow {
    name: String,
    email: String,
    status: &'static str,
    colour: &'static str,
    end_address: String,
}

impl ProviderPage {
    pub fn new(provider: &TrainingProvider, people: &[ProviderPerson], form: Filled, now: NaiveDateTime) -> Self {
        let address = provider_address(provider.id);
        let row = |person: &ProviderPerson| {
            let (status, colour) = match person.state() {
                ProviderPersonState::Active => ("Runs sessions", "green"),
                ProviderPersonState::Invited if person.expires_at <= now => ("Invitation too old", "orange"),
                ProviderPersonState::Invited => ("Invited", "blue"),
                ProviderPersonState::Ended => ("Ended", "grey"),
            };
            let end_address = format!("{address}/people/{}/ending", person.id);
            PersonRow { name: person.name.clone(), email: person.email.clone(), status, colour, end_address }
        };
        Self {
            name: provider.name.clone(),
            about: provider.about.clone(),
            people: people.iter().map(row).collect(),
            address,
            form,
        }
    }
}

impl Page for ProviderPage {
    const TEMPLATE: &'static str = "providers/provider";
    fn title(&self) -> String {
        self.name.clone()
    }
    fn back(&self) -> Option<Link> {
        Some(Link::new("Training providers", "/vrp/providers"))
    }
}

/// What someone who is invited reads.
#[derive(Serialize)]
pub struct ProviderInvitationPage {
    name: String,
    provider: String,
    address: String,
    signed_in_as: Option<String>,
    sign_in: String,
}

impl ProviderInvitationPage {
    pub fn new(
        person: &ProviderPerson,
        provider: &TrainingProvider,
        token: &str,
        signed_in_as: Option<String>,
    ) -> Self {
        let address = format!("/provider-invitations/{token}");
        Self {
            name: person.name.clone(),
            provider: provider.name.clone(),
            sign_in: format!("/sign-in?next={address}"),
            address,
            signed_in_as,
        }
    }
}

impl Page for ProviderInvitationPage {
    const TEMPLATE: &'static str = "providers/invitation";
    fn title(&self) -> String {
        format!("Run training sessions for {}", self.provider)
    }
}

/// The link does not work any more.
#[derive(Serialize)]
pub struct GoneProviderInvitationPage {}

impl Page for GoneProviderInvitationPage {
    const TEMPLATE: &'static str = "providers/gone-invitation";
    fn title(&self) -> String {
        "This invitation no longer works".into()
    }
}

pub(super) fn samples() -> Vec<Sample> {
    let person = |name: &str, status, colour| PersonRow {
        name: name.into(),
        email: "jo@base51.example.org".into(),
        status,
        colour,
        end_address: "/vrp/providers/1/people/1/ending".into(),
    };
    let provider = |people| ProviderPage {
        name: "Base 51".into(),
        about: "Training for everyone who works with young people in the city and county.".into(),
        address: "/vrp/providers/1".into(),
        people,
        form: Filled::blank(ProviderPersonForm::FIELDS).with_problem("email", "Enter their email address"),
    };
    let invitation = |signed_in_as: Option<&str>| ProviderInvitationPage {
        name: "Jo Bright".into(),
        provider: "Base 51".into(),
        address: "/provider-invitations/abc".into(),
        signed_in_as: signed_in_as.map(str::to_owned),
        sign_in: "/sign-in?next=/provider-invitations/abc".into(),
    };
    vec![
        sample(&ProvidersPage { providers: vec![Link::new("Base 51", "/vrp/providers/1")] }),
        sample(&ProvidersPage { providers: Vec::new() }),
        sample(&NewProviderPage { form: Filled::blank(ProviderForm::FIELDS).with_problem("name", "Enter the name") }),
        sample(&provider(vec![person("Jo Bright", "Runs sessions", "green"), person("Kit", "Invited", "blue")])),
        sample(&provider(Vec::new())),
        sample(&invitation(Some("Jo Bright"))),
        sample(&invitation(None)),
        sample(&GoneProviderInvitationPage {}),
    ]
}
