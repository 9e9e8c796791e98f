//! The pages of one person of an organisation.

use serde::Serialize;

use super::forms::{OwnInvitationForm, PositionForm, can_be_without_account};
use super::pages::{PositionChoices, engagement_name, role_name};
use crate::clock::{day_of, say_day};
use crate::organisations::{Member, Organisation};
use crate::web::{Filled, Link, Page, Sample, sample};

pub(super) const NOBODY_WOULD_LEAD: &str = "Nobody would lead your organisation then. Make someone else a lead first";
pub(super) const NEEDS_ACCOUNT: &str = "Leads and signatories need an account. Invite them by email first";

pub(super) const INVITED_ALREADY: &str =
    "This person, or this address, has an invitation that is not answered yet. Send it again or withdraw it";

pub(super) fn own_invitation_notice(form: &OwnInvitationForm) -> String {
    format!("An invitation is on its way to {}", form.email)
}

pub(super) fn changed_notice(name: &str) -> String {
    format!("What {name} may do is changed")
}

/// A form with what someone is now.
pub(super) fn position_form(member: &Member) -> Filled {
    let position = member.membership.position();
    Filled::blank(PositionForm::FIELDS)
        .with("role", position.role.as_str())
        .with("engagement", position.engagement.as_str())
        .with("accountable", if position.accountable { "yes" } else { "" })
}

/// One person: for a lead, with what can be changed.
#[derive(Serialize)]
pub struct PersonPage {
    organisation_name: String,
    name: String,
    role_text: &'static str,
    engagement_text: &'static str,
    since: String,
    account_text: &'static str,
    address: String,
    leaving: String,
    training: String,
    /// Where to invite them, while they have no account.
    invitation: Option<String>,
    /// Where to erase them, while they have no account to do it with.
    erasure: Option<String>,
    can_change: bool,
    #[serde(flatten)]
    choices: PositionChoices,
    form: Filled,
    #[serde(skip)]
    back_to: String,
}
impl PersonPage {
    pub fn to_change(organisation: &Organisation, member: &Member, form: Filled) -> Self {
        Self { can_change: true, ..Self::to_read(organisation, member, form) }
    }

    pub fn to_read(organisation: &Organisation, member: &Member, form: Filled) -> Self {
        let home = format!("/organisations/{}", organisation.slug);
        let address = format!("{home}/people/{}", member.person.id);
        let has_account = member.person.account_id.is_some();
        Self {
            organisation_name: organisation.name.clone(),
            name: member.person.name.clone(),
            role_text: role_name(member.membership.role),
            engagement_text: engagement_name(member.membership.engagement),
            since: say_day(day_of(member.membership.joined_at)),
            account_text: if has_account { "Yes" } else { "No account" },
            leaving: format!("{address}/leaving"),
            training: format!("{home}/training/people/{}", member.person.id),
            invitation: (!has_account).then(|| format!("{address}/invitation")),
            erasure: (!has_account).then(|| format!("{address}/erasure")),
            address,
            can_change: false,
            choices: PositionChoices::new(if has_account { |_| true } else { can_be_without_account }),
            form,
            back_to: format!("{home}/people"),
        }
    }
}
impl Page for PersonPage {
    const TEMPLATE: &'static str = "people/person";
    fn title(&self) -> String {
        self.name.clone()
    }
    fn back(&self) -> Option<Link> {
        Link::back(&self.back_to)
    }
}

/// Someone on the record without an account is invited.
#[derive(Serialize)]
pub struct OwnInvitationPage {
    organisation_name: String,
    name: String,
    address: String,
    form: Filled,
    #[serde(skip)]
    back_to: String,
}
impl OwnInvitationPage {
    pub fn new(organisation: &Organisation, member: &Member, form: Filled) -> Self {
        let person = format!("/organisations/{}/people/{}", organisation.slug, member.person.id);
        Self {
            organisation_name: organisation.name.clone(),
            name: member.person.name.clone(),
            address: format!("{person}/invitation"),
            form,
            back_to: person,
        }
    }
}
impl Page for OwnInvitationPage {
    const TEMPLATE: &'static str = "people/own-invitation";
    fn title(&self) -> String {
        format!("Invite {}", self.name)
    }
    fn back(&self) -> Option<Link> {
        Link::back(&self.back_to)
    }
}

/// Each page with made-up content.
pub fn samples() -> Vec<Sample> {
    let form = Filled::blank(PositionForm::FIELDS).with("role", "lead").with_problem("role", NOBODY_WOULD_LEAD);
    let person = |can_change: bool| PersonPage {
        organisation_name: "The Hub".into(),
        name: "Asha Patel".into(),
        role_text: "Lead",
        engagement_text: "Volunteer",
        since: "3 November 2026".into(),
        account_text: "Yes",
        address: "/organisations/the-hub/people/1".into(),
        leaving: "/organisations/the-hub/people/1/leaving".into(),
        training: "/organisations/the-hub/training/people/1".into(),
        invitation: can_change.then(|| "/organisations/the-hub/people/1/invitation".into()),
        erasure: can_change.then(|| "/organisations/the-hub/people/1/erasure".into()),
        can_change,
        choices: PositionChoices::new(|_| true),
        form: form.clone(),
        back_to: "/organisations/the-hub/people".into(),
    };
    let invited = OwnInvitationPage {
        organisation_name: "The Hub".into(),
        name: "Bev Clarke".into(),
        address: "/organisations/the-hub/people/1/invitation".into(),
        form: Filled::blank(OwnInvitationForm::FIELDS).with_problem("email", INVITED_ALREADY),
        back_to: "/organisations/the-hub/people/1".into(),
    };
    vec![
        sample(&invited),
        sample(&person(true)),
        sample(&PersonPage { form: Filled::blank(PositionForm::FIELDS), ..person(false) }),
    ]
}
