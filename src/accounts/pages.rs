//! The pages of accounts, and what they say after a change.

use serde::Serialize;

use super::account::{Account, Role};
use crate::web::{Choice, Filled, Link, Page, Sample, sample};

pub(super) const ADDRESS_CONFIRMED: &str = "Your email address is confirmed and you are signed in";
pub(super) const STEWARD_MADE: &str = "You are the first VRP administrator. Sign in to begin";
pub(super) const ROLE_GIVEN: &str = "The role has been given";
pub(super) const ADDRESS_HAS_ACCOUNT: &str = "This email address already has an account";
pub(super) const NO_SUCH_ACCOUNT: &str = "Nobody has signed up with this email address yet. Ask them to register first";

#[derive(Serialize)]
pub struct RegistrationPage {
    pub form: Filled,
}
impl Page for RegistrationPage {
    const TEMPLATE: &'static str = "accounts/register";
    fn title(&self) -> String {
        "Register".into()
    }
}

/// Says that a letter is on its way.
#[derive(Serialize)]
pub struct SentPage {
    heading: &'static str,
    body: &'static str,
    demonstration: bool,
}
impl SentPage {
    pub fn confirmation(demonstration: bool) -> Self {
        Self {
            heading: "Check your email",
            body: "We have sent you a link. Open it to confirm your email address and finish registering.",
            demonstration,
        }
    }
    pub fn reset(demonstration: bool) -> Self {
        Self {
            heading: "Check your email",
            body: "If that address has an account, we have sent it a link to choose a new password. \
                   The link works for 2 hours.",
            demonstration,
        }
    }
    pub fn sign_in_link(demonstration: bool) -> Self {
        Self {
            heading: "Check your email",
            body: "If that address has an account, we have sent it a link to sign in. The link works for 20 minutes. \
                   Look in your junk mail too.",
            demonstration,
        }
    }
    pub fn new_address(demonstration: bool) -> Self {
        Self {
            heading: "Check your new address",
            body: "We have sent a link to it. Your address changes when you open the link; until then you sign in with \
                   the old one. The link works for 24 hours.",
            demonstration,
        }
    }
}
impl Page for SentPage {
    const TEMPLATE: &'static str = "accounts/sent";
    fn title(&self) -> String {
        self.heading.into()
    }
}

#[derive(Serialize)]
pub struct ConfirmPage {
    pub token: String,
}
impl Page for ConfirmPage {
    const TEMPLATE: &'static str = "accounts/confirm";
    fn title(&self) -> String {
        "Confirm your email address".into()
    }
}

/// A link that was used, or is too old.
#[derive(Serialize)]
pub struct GoneLinkPage {
    next: Option<Link>,
}
impl GoneLinkPage {
    pub fn confirmation() -> Self {
        Self { next: Some(Link::new("Sign in, and we will send you a new link", "/sign-in")) }
    }
    pub fn reset() -> Self {
        Self { next: Some(Link::new("Ask for a new link", "/forgotten-password")) }
    }
    pub fn sign_in() -> Self {
        Self { next: Some(Link::new("Ask for a new link to sign in", "/sign-in/link")) }
    }
    pub fn new_address() -> Self {
        Self { next: Some(Link::new("Go to your account to ask for a new link", "/my/account")) }
    }
    pub fn set_up() -> Self {
        Self { next: None }
    }
}
impl Page for GoneLinkPage {
    const TEMPLATE: &'static str = "accounts/gone-link";
    fn title(&self) -> String {
        "This link no longer works".into()
    }
}

#[derive(Serialize)]
pub struct SetUpPage {
    pub token: String,
    pub form: Filled,
}
impl Page for SetUpPage {
    const TEMPLATE: &'static str = "accounts/set-up";
    fn title(&self) -> String {
        "Set up the portal".into()
    }
}

#[derive(Serialize)]
pub struct RolesPage {
    holders: Vec<Holder>,
    roles: Vec<Choice>,
    form: Filled,
}
#[derive(Serialize)]
struct Holder {
    name: String,
    email: String,
    role: &'static str,
}
impl RolesPage {
    pub fn new(holders: &[(Account, Role)], form: Filled) -> Self {
        let holders = holders
            .iter()
            .map(|(account, role)| Holder {
                name: account.name.clone(),
                email: account.email.clone(),
                role: role_name(*role),
            })
            .collect();
        let roles = Role::ALL
            .iter()
            .map(|role| Choice::new(role.as_str(), role_name(*role)).with_hint(role_meaning(*role)))
            .collect();
        Self { holders, roles, form }
    }
}
impl Page for RolesPage {
    const TEMPLATE: &'static str = "accounts/roles";
    fn title(&self) -> String {
        "People who work for the VRP".into()
    }
    fn back(&self) -> Option<Link> {
        Link::back("/vrp")
    }
}

fn role_name(role: Role) -> &'static str {
    match role {
        Role::Steward => "Administrator",
        Role::Reviewer => "Reviewer",
        Role::Decider => "Decision maker",
    }
}

fn role_meaning(role: Role) -> &'static str {
    match role {
        Role::Steward => "Approves organisations and gives people their roles",
        Role::Reviewer => "Reviews self-assessments and recommends a level",
        Role::Decider => "Decides what another person recommended",
    }
}

/// Each page with made-up content.
pub fn samples() -> Vec<Sample> {
    let wrong =
        Filled::blank(&["name", "email", "password", "next", "role"]).with_problem("email", "Enter an email address");
    vec![
        sample(&RegistrationPage { form: wrong.clone() }),
        sample(&SentPage::confirmation(true)),
        sample(&ConfirmPage { token: "0123".into() }),
        sample(&GoneLinkPage::reset()),
        sample(&SetUpPage { token: "0123".into(), form: wrong.clone() }),
        sample(&RolesPage {
            holders: vec![Holder { name: "Rob Ward".into(), email: "rob@example.org".into(), role: "Reviewer" }],
            ..RolesPage::new(&[], wrong)
        }),
    ]
}
