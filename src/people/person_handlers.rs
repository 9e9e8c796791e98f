//! One person of an organisation: what they may do, and inviting them to an account.

use actix_web::HttpResponse;

use super::forms::{OwnInvitationForm, PositionForm};
use super::handlers::people_address;
use super::invitation::invite_to_own_record;
use super::leaving::change_position_of;
use super::person_pages::{self, OwnInvitationPage, PersonPage, own_invitation_notice};
use crate::accounts::Seat;
use crate::error::{Error, Result};
use crate::ids::{OrganisationId, PersonId};
use crate::organisations::{Change, Member, MembershipRole, OrgLead, OrgMember};
use crate::web::{Attempt, Filled, Path, Submitted, redirect_with_notice};

pub async fn show_person(viewer: OrgMember, path: Path<(String, String)>) -> Result<HttpResponse> {
    let member = find_member(&viewer, viewer.organisation.id, &path.1).await?;
    let can_change = viewer.member.membership.role == MembershipRole::Lead && !viewer.organisation.is_closed();
    let form = person_pages::position_form(&member);
    if can_change {
        viewer.show(&PersonPage::to_change(&viewer.organisation, &member, form))
    } else {
        viewer.show(&PersonPage::to_read(&viewer.organisation, &member, form))
    }
}

pub async fn change_position(
    lead: OrgLead,
    path: Path<(String, String)>,
    form: Submitted<PositionForm>,
) -> Result<HttpResponse> {
    let member = find_member(&lead, lead.organisation.id, &path.1).await?;
    let (wanted, filled) = match form.parsed() {
        Ok(parsed) => parsed,
        Err(form) => return lead.refuse(&PersonPage::to_change(&lead.organisation, &member, form)),
    };
    if member.person.account_id.is_none() && !super::forms::can_be_without_account(wanted.position.role) {
        let form = filled.with_problem("role", person_pages::NEEDS_ACCOUNT);
        return lead.refuse(&PersonPage::to_change(&lead.organisation, &member, form));
    }
    let (organisation, changed) = (lead.organisation.clone(), member.clone());
    match lead.act(move |act| change_position_of(act, &organisation, &changed, wanted.position)).await? {
        Change::Made => {
            let notice = person_pages::changed_notice(&member.person.name);
            Ok(redirect_with_notice(people_address(&lead.organisation), &notice))
        }
        Change::NobodyWouldLead => {
            let form = filled.with_problem("role", person_pages::NOBODY_WOULD_LEAD);
            lead.refuse(&PersonPage::to_change(&lead.organisation, &member, form))
        }
    }
}

pub async fn show_own_invitation(lead: OrgLead, path: Path<(String, String)>) -> Result<HttpResponse> {
    let member = find_without_account(&lead, lead.organisation.id, &path.1).await?;
    lead.show(&OwnInvitationPage::new(&lead.organisation, &member, Filled::blank(OwnInvitationForm::FIELDS)))
}

pub async fn send_own_invitation(
    lead: OrgLead,
    path: Path<(String, String)>,
    form: Submitted<OwnInvitationForm>,
) -> Result<HttpResponse> {
    let member = find_without_account(&lead, lead.organisation.id, &path.1).await?;
    let (wanted, filled) = match form.parsed() {
        Ok(parsed) => parsed,
        Err(form) => return lead.refuse(&OwnInvitationPage::new(&lead.organisation, &member, form)),
    };
    lead.count_attempt(Attempt::Invitation, lead.account.id.as_str())?;
    let (organisation, invited, notice) = (lead.organisation.clone(), member.clone(), own_invitation_notice(&wanted));
    match lead.act(move |act| invite_to_own_record(act, &organisation, &invited, wanted.email)).await? {
        Some(()) => Ok(redirect_with_notice(people_address(&lead.organisation), &notice)),
        None => {
            let form = filled.with_problem("email", person_pages::INVITED_ALREADY);
            lead.refuse(&OwnInvitationPage::new(&lead.organisation, &member, form))
        }
    }
}

/// Whoever has an account needs no invitation: there is no such page for them.
async fn find_without_account(seat: &Seat, organisation: OrganisationId, person: &str) -> Result<Member> {
    let member = find_member(seat, organisation, person).await?;
    if member.person.account_id.is_some() { Err(Error::NotFound) } else { Ok(member) }
}

pub(super) async fn find_member(seat: &Seat, organisation: OrganisationId, person: &str) -> Result<Member> {
    let person: PersonId = person.parse().map_err(|_| Error::NotFound)?;
    seat.read(move |conn| Member::find_in(conn, organisation, person)).await
}
