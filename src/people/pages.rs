//! The pages of an organisation's people, and the words for roles.

use chrono::NaiveDateTime;
use serde::Serialize;

use super::forms::can_be_without_account;
use super::invitation::{Invitation, NewInvitation};
use crate::clock::{day_of, say_day};
use crate::organisations::{Engagement, Member, MembershipRole, Organisation};
use crate::web::{Choice, Filled, Link, Page, Sample, count, sample};

pub(super) const INVITATION_WITHDRAWN: &str = "The invitation is withdrawn";
pub(super) const INVITATION_RESENT: &str = "The invitation is sent again. The earlier link no longer works";
pub(super) const ALREADY_INVITED: &str = "This address has an invitation that is not answered yet";

pub(super) fn added_notice(name: &str) -> String {
    format!("{name} is added")
}

pub(super) fn invited_notice(new: &NewInvitation) -> String {
    format!("An invitation is on its way to {}", new.email)
}

pub(super) fn joined_notice(organisation: &Organisation) -> String {
    format!("You have joined {}", organisation.name)
}

pub fn role_name(role: MembershipRole) -> &'static str {
    match role {
        MembershipRole::Lead => "Lead",
        MembershipRole::Signatory => "Governance signatory",
        MembershipRole::Practitioner => "Practitioner",
        MembershipRole::Viewer => "Viewer",
    }
}

pub fn engagement_name(engagement: Engagement) -> &'static str {
    match engagement {
        Engagement::Paid => "Paid",
        Engagement::Volunteer => "Volunteer",
        Engagement::Trustee => "Trustee, director or committee",
    }
}

fn role_meaning(role: MembershipRole) -> &'static str {
    match role {
        MembershipRole::Lead => "Runs your page: people, pledge, training, self-assessment",
        MembershipRole::Signatory => "A trustee, chair or director who signs for your organisation",
        MembershipRole::Practitioner => "Works with young people, paid or as a volunteer",
        MembershipRole::Viewer => "Looks on and changes nothing",
    }
}

/// Everyone in an organisation.
#[derive(Serialize)]
pub struct PeoplePage {
    organisation_name: String,
    address: String,
    invite_address: String,
    new_address: String,
    people: Vec<PersonRow>,
    invitations: Vec<InvitationRow>,
    count_text: String,
    can_manage: bool,
    take_over: String,
    needs_second_lead: bool,
    needs_signatory: bool,
    #[serde(skip)]
    back_to: String,
}

#[derive(Serialize)]
struct PersonRow {
    name: String,
    href: String,
    role_text: &'static str,
    engagement_text: String,
    account_text: &'static str,
}

#[derive(Serialize)]
struct InvitationRow {
    name: String,
    email: String,
    detail: String,
    withdrawal: String,
    resending: String,
}

impl PeoplePage {
    pub fn new(
        organisation: &Organisation,
        people: &[Member],
        invitations: &[Invitation],
        can_manage: bool,
        now: NaiveDateTime,
    ) -> Self {
        let home = format!("/organisations/{}", organisation.slug);
        let address = format!("{home}/people");
        let holders = |role| people.iter().filter(|m| m.membership.role == role).count();
        Self {
            organisation_name: organisation.name.clone(),
            invite_address: format!("{address}/invitations/new"),
            new_address: format!("{address}/new"),
            people: people.iter().map(|member| PersonRow::of(member, &address)).collect(),
            invitations: invitations.iter().map(|i| InvitationRow::of(i, &address, now)).collect(),
            count_text: count(people.len(), "person", "people"),
            can_manage,
            take_over: format!("/take-over/{}", organisation.slug),
            needs_second_lead: holders(MembershipRole::Lead) < 2,
            needs_signatory: holders(MembershipRole::Signatory) == 0,
            address,
            back_to: home,
        }
    }
}

impl PersonRow {
    fn of(member: &Member, address: &str) -> Self {
        let engagement = engagement_name(member.membership.engagement);
        let responsible = if member.membership.accountable { ", with responsibility" } else { "" };
        Self {
            name: member.person.name.clone(),
            href: format!("{address}/{}", member.person.id),
            role_text: role_name(member.membership.role),
            engagement_text: format!("{engagement}{responsible}"),
            account_text: if member.person.account_id.is_some() { "Yes" } else { "No account" },
        }
    }
}

impl InvitationRow {
    fn of(invitation: &Invitation, address: &str, now: NaiveDateTime) -> Self {
        let ends = say_day(day_of(invitation.expires_at));
        let detail = match invitation.expires_at > now {
            true => format!("{}, works until {ends}", role_name(invitation.role)),
            false => format!("{}, stopped working on {ends}: send it again", role_name(invitation.role)),
        };
        Self {
            name: invitation.name.clone(),
            email: invitation.email.clone(),
            detail,
            withdrawal: format!("{address}/invitations/{}/withdrawal", invitation.id),
            resending: format!("{address}/invitations/{}/resending", invitation.id),
        }
    }
}

impl Page for PeoplePage {
    const TEMPLATE: &'static str = "people/people";
    fn title(&self) -> String {
        format!("People of {}", self.organisation_name)
    }
    fn back(&self) -> Option<Link> {
        Link::back(&self.back_to)
    }
}

/// The choices of someone's position.
#[derive(Serialize)]
pub(super) struct PositionChoices {
    roles: Vec<Choice>,
    engagements: Vec<Choice>,
    responsibilities: Vec<Choice>,
}

impl PositionChoices {
    pub(super) fn new(allowed: fn(MembershipRole) -> bool) -> Self {
        let role = |role: &MembershipRole| Choice::new(role.as_str(), role_name(*role)).with_hint(role_meaning(*role));
        let allowed = MembershipRole::ALL.iter().filter(|role| allowed(**role));
        Self {
            roles: allowed.map(role).collect(),
            engagements: Engagement::ALL.iter().map(|e| Choice::new(e.as_str(), engagement_name(*e))).collect(),
            responsibilities: vec![Choice::new("yes", "They carry responsibility for the organisation")],
        }
    }
}

#[derive(Serialize)]
pub struct NewPersonPage {
    organisation_name: String,
    address: String,
    #[serde(flatten)]
    choices: PositionChoices,
    form: Filled,
}
impl NewPersonPage {
    pub fn new(organisation: &Organisation, form: Filled) -> Self {
        Self::at(&organisation.name, &organisation.slug, form)
    }
    fn at(name: &str, slug: &str, form: Filled) -> Self {
        Self {
            organisation_name: name.to_owned(),
            address: format!("/organisations/{slug}/people"),
            choices: PositionChoices::new(can_be_without_account),
            form,
        }
    }
}
impl Page for NewPersonPage {
    const TEMPLATE: &'static str = "people/new-person";
    fn title(&self) -> String {
        "Add someone without an account".into()
    }
    fn back(&self) -> Option<Link> {
        Link::back(&self.address)
    }
}

#[derive(Serialize)]
pub struct NewInvitationPage {
    organisation_name: String,
    address: String,
    #[serde(flatten)]
    choices: PositionChoices,
    form: Filled,
}
impl NewInvitationPage {
    pub fn new(organisation: &Organisation, form: Filled) -> Self {
        Self::at(&organisation.name, &organisation.slug, form)
    }
    fn at(name: &str, slug: &str, form: Filled) -> Self {
        Self {
            organisation_name: name.to_owned(),
            address: format!("/organisations/{slug}/people"),
            choices: PositionChoices::new(|_| true),
            form,
        }
    }
}
impl Page for NewInvitationPage {
    const TEMPLATE: &'static str = "people/new-invitation";
    fn title(&self) -> String {
        "Invite someone by email".into()
    }
    fn back(&self) -> Option<Link> {
        Link::back(&self.address)
    }
}

/// An invitation, before whoever was invited.
#[derive(Serialize)]
pub struct InvitationPage {
    organisation_name: String,
    name: String,
    role_text: &'static str,
    /// Does accepting make a record theirs that is there already?
    has_record: bool,
    token: String,
    signed_in_as: Option<String>,
    sign_in_address: String,
}
impl InvitationPage {
    pub fn new(
        invitation: &Invitation,
        organisation: &Organisation,
        token: String,
        signed_in_as: Option<String>,
    ) -> Self {
        Self {
            organisation_name: organisation.name.clone(),
            name: invitation.name.clone(),
            role_text: role_name(invitation.role),
            has_record: invitation.person_id.is_some(),
            sign_in_address: format!("/sign-in?next=/invitations/{token}"),
            token,
            signed_in_as,
        }
    }
}
impl Page for InvitationPage {
    const TEMPLATE: &'static str = "people/invitation";
    fn title(&self) -> String {
        format!("Join {}", self.organisation_name)
    }
}

#[derive(Serialize)]
pub struct GoneInvitationPage {}
impl Page for GoneInvitationPage {
    const TEMPLATE: &'static str = "people/gone-invitation";
    fn title(&self) -> String {
        "This invitation no longer works".into()
    }
}

/// Each page with made-up content.
pub fn samples() -> Vec<Sample> {
    let people = PeoplePage {
        organisation_name: "The Hub".into(),
        address: "/organisations/the-hub/people".into(),
        invite_address: "/organisations/the-hub/people/invitations/new".into(),
        new_address: "/organisations/the-hub/people/new".into(),
        people: vec![PersonRow {
            name: "Asha Patel".into(),
            href: "/organisations/the-hub/people/1".into(),
            role_text: "Lead",
            engagement_text: "Volunteer, with responsibility".into(),
            account_text: "Yes",
        }],
        invitations: vec![InvitationRow {
            name: "Rob Ward".into(),
            email: "rob@example.org".into(),
            detail: "Governance signatory, works until 3 December 2026".into(),
            withdrawal: "/organisations/the-hub/people/invitations/1/withdrawal".into(),
            resending: "/organisations/the-hub/people/invitations/1/resending".into(),
        }],
        count_text: "1 person".into(),
        can_manage: true,
        take_over: "/take-over/the-hub".into(),
        needs_second_lead: true,
        needs_signatory: true,
        back_to: "/organisations/the-hub".into(),
    };
    let wrong =
        Filled::blank(&["name", "email", "role", "engagement", "accountable"]).with_problem("name", "Enter their name");
    let invitation = |signed_in_as: Option<String>| InvitationPage {
        has_record: signed_in_as.is_some(),
        organisation_name: "The Hub".into(),
        name: "Rob Ward".into(),
        role_text: "Governance signatory",
        token: "0123".into(),
        signed_in_as,
        sign_in_address: "/sign-in?next=/invitations/0123".into(),
    };
    vec![
        sample(&people),
        sample(&PeoplePage { invitations: Vec::new(), ..people }),
        sample(&NewPersonPage::at("The Hub", "the-hub", wrong.clone())),
        sample(&NewInvitationPage::at("The Hub", "the-hub", wrong)),
        sample(&invitation(Some("Rob Ward".into()))),
        sample(&invitation(None)),
        sample(&GoneInvitationPage {}),
    ]
}
