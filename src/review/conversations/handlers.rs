//! An organisation prepares; someone of the VRP notes that the conversation took place.

use actix_web::HttpResponse;
use serde::Deserialize;

use super::conversation::Conversation;
use super::forms::{HeldForm, PreparationForm};
use super::org_page::{self, OwnPage, Place};
use super::vrp_pages::{self, AllPage, OnePage, PAGE};
use crate::accounts::{Reviewer, Seat};
use crate::error::{Error, Result};
use crate::ids::{ConversationId, OrganisationId};
use crate::organisations::{ApprovedContributor, ApprovedMember, MembershipRole};
use crate::web::{Filled, Path, Query, Submitted, redirect_with_notice};

/// A page of the list, counted from 1.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct ListQuery {
    page: Option<i64>,
}

pub async fn show_own(member: ApprovedMember, path: Path<(String, String)>) -> Result<HttpResponse> {
    let conversation = find_own(&member, member.organisation.id, &path.1).await?;
    let may_prepare = member.member.membership.role != MembershipRole::Viewer && !member.organisation.is_closed();
    let form = PreparationForm::filled_from(&conversation);
    member.show(&OwnPage::new(Place::of(&member.organisation), &conversation, may_prepare, form))
}

pub async fn prepare(
    who: ApprovedContributor,
    path: Path<(String, String)>,
    form: Submitted<PreparationForm>,
) -> Result<HttpResponse> {
    let conversation = find_own(&who, who.organisation.id, &path.1).await?;
    let form = match form.parsed() {
        Ok((form, _)) => form,
        Err(form) => return who.refuse(&OwnPage::new(Place::of(&who.organisation), &conversation, true, form)),
    };
    let (by, address) = (who.account.id, Place::of(&who.organisation).address_of(&conversation));
    who.act(move |act| conversation.prepare(act, by, &form.said)).await?;
    Ok(redirect_with_notice(address, org_page::PREPARED))
}

pub async fn show_all(reviewer: Reviewer, query: Query<ListQuery>) -> Result<HttpResponse> {
    let page = query.page.unwrap_or(1).clamp(1, 10_000);
    let open = reviewer.read(move |conn| Conversation::open(conn, PAGE + 1, (page - 1) * PAGE)).await?;
    reviewer.show(&AllPage::new(&open, page, reviewer.today()))
}

pub async fn show_one(reviewer: Reviewer, path: Path<String>) -> Result<HttpResponse> {
    let id: ConversationId = path.parse().map_err(|_| Error::NotFound)?;
    let (conversation, organisation) = reviewer.read(move |conn| Conversation::find(conn, id)).await?;
    reviewer.show(&OnePage::new(&organisation.name, &conversation, Filled::blank(HeldForm::FIELDS)))
}

pub async fn note_held(reviewer: Reviewer, path: Path<String>, form: Submitted<HeldForm>) -> Result<HttpResponse> {
    let id: ConversationId = path.parse().map_err(|_| Error::NotFound)?;
    let (conversation, organisation) = reviewer.read(move |conn| Conversation::find(conn, id)).await?;
    let (form, filled) = match form.parsed() {
        Ok(parsed) => parsed,
        Err(form) => return reviewer.refuse(&OnePage::new(&organisation.name, &conversation, form)),
    };
    if form.on > reviewer.today() {
        let form = filled.with_problem("on", "The day must be today or in the past");
        return reviewer.refuse(&OnePage::new(&organisation.name, &conversation, form));
    }
    let by = reviewer.account.id;
    reviewer.act(move |act| conversation.note_held(act, by, form.on, form.taken_along.as_str())).await?;
    Ok(redirect_with_notice(vrp_pages::CONVERSATIONS, vrp_pages::HELD))
}

async fn find_own(seat: &Seat, organisation: OrganisationId, id: &str) -> Result<Conversation> {
    let id: ConversationId = id.parse().map_err(|_| Error::NotFound)?;
    seat.read(move |conn| Conversation::find_in(conn, organisation, id)).await
}
