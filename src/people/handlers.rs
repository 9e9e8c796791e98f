//! The pages of an organisation's people.

use actix_web::HttpResponse;

use super::forms::{InvitationForm, PersonForm};
use super::invitation::{Invitation, NewInvitation, accept_invitation, invite};
use super::pages::{self, GoneInvitationPage, InvitationPage, NewInvitationPage, NewPersonPage, PeoplePage};
use crate::accounts::{SignedIn, Visitor};
use crate::error::{Error, Result};
use crate::ids::InvitationId;
use crate::organisations::{Member, MembershipRole, OrgLead, OrgMember, Organisation, add_without_account};
use crate::web::{Attempt, Filled, Path, Pressed, Submitted, redirect_with_notice};

pub async fn show_people(member: OrgMember) -> Result<HttpResponse> {
    let id = member.organisation.id;
    let can_manage = member.member.membership.role == MembershipRole::Lead && !member.organisation.is_closed();
    let (people, invitations) = member
        .read(move |conn| {
            let invitations = if can_manage { Invitation::open_in(conn, id)? } else { Vec::new() };
            Ok((Member::all_in(conn, id)?, invitations))
        })
        .await?;
    member.show(&PeoplePage::new(&member.organisation, &people, &invitations, can_manage, member.now()))
}

pub async fn show_new_person(lead: OrgLead) -> Result<HttpResponse> {
    lead.show(&NewPersonPage::new(&lead.organisation, Filled::blank(PersonForm::FIELDS)))
}

pub async fn add_person(lead: OrgLead, form: Submitted<PersonForm>) -> Result<HttpResponse> {
    let organisation = lead.organisation.id;
    match form.parsed() {
        Ok((form, _)) => {
            let member =
                lead.act(move |act| add_without_account(act, organisation, form.name.as_str(), form.position)).await?;
            Ok(redirect_with_notice(people_address(&lead.organisation), &pages::added_notice(&member.person.name)))
        }
        Err(form) => lead.refuse(&NewPersonPage::new(&lead.organisation, form)),
    }
}

pub async fn show_new_invitation(lead: OrgLead) -> Result<HttpResponse> {
    lead.show(&NewInvitationPage::new(&lead.organisation, Filled::blank(InvitationForm::FIELDS)))
}

pub async fn send_invitation(lead: OrgLead, form: Submitted<InvitationForm>) -> Result<HttpResponse> {
    let (form, filled) = match form.parsed() {
        Ok(parsed) => parsed,
        Err(form) => return lead.refuse(&NewInvitationPage::new(&lead.organisation, form)),
    };
    lead.count_attempt(Attempt::Invitation, lead.account.id.as_str())?;
    let new = NewInvitation { name: form.name.into_string(), email: form.email, position: form.position };
    let (organisation, notice) = (lead.organisation.clone(), pages::invited_notice(&new));
    match lead.act(move |act| invite(act, &organisation, &new)).await? {
        Some(()) => Ok(redirect_with_notice(people_address(&lead.organisation), &notice)),
        None => {
            let form = filled.with_problem("email", pages::ALREADY_INVITED);
            lead.refuse(&NewInvitationPage::new(&lead.organisation, form))
        }
    }
}

pub async fn withdraw(lead: OrgLead, path: Path<(String, String)>, _: Submitted<Pressed>) -> Result<HttpResponse> {
    let invitation: InvitationId = path.1.parse().map_err(|_| Error::NotFound)?;
    let organisation = lead.organisation.id;
    lead.act(move |act| Invitation::find_in(act.conn, organisation, invitation)?.withdraw(act)).await?;
    Ok(redirect_with_notice(people_address(&lead.organisation), pages::INVITATION_WITHDRAWN))
}

pub async fn resend(lead: OrgLead, path: Path<(String, String)>, _: Submitted<Pressed>) -> Result<HttpResponse> {
    let invitation: InvitationId = path.1.parse().map_err(|_| Error::NotFound)?;
    lead.count_attempt(Attempt::Invitation, lead.account.id.as_str())?;
    let organisation = lead.organisation.clone();
    lead.act(move |act| Invitation::find_in(act.conn, organisation.id, invitation)?.resend(act, &organisation)).await?;
    Ok(redirect_with_notice(people_address(&lead.organisation), pages::INVITATION_RESENT))
}

pub async fn show_invitation(visitor: Visitor, token: Path<String>) -> Result<HttpResponse> {
    let (token, now) = (token.into_inner(), visitor.now());
    let asked = token.clone();
    let found = visitor
        .read(move |conn| {
            let invitation = Invitation::find_open(conn, now, &asked)?;
            let organisation = Organisation::find(conn, invitation.organisation_id)?;
            Ok((invitation, organisation))
        })
        .await;
    match found {
        Ok((invitation, organisation)) => {
            let signed_in_as = visitor.account.as_ref().map(|account| account.name.clone());
            visitor.show(&InvitationPage::new(&invitation, &organisation, token, signed_in_as))
        }
        Err(Error::NotFound) => visitor.show(&GoneInvitationPage {}),
        Err(other) => Err(other),
    }
}

pub async fn accept(viewer: SignedIn, token: Path<String>, _: Submitted<Pressed>) -> Result<HttpResponse> {
    let account = viewer.account.clone();
    let organisation = viewer.act(move |act| accept_invitation(act, &token, &account)).await?;
    let address = format!("/organisations/{}", organisation.slug);
    Ok(redirect_with_notice(address, &pages::joined_notice(&organisation)))
}

pub(super) fn people_address(organisation: &Organisation) -> String {
    format!("/organisations/{}/people", organisation.slug)
}
