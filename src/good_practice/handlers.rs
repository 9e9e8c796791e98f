//! The library for anyone, and what an organisation's leads let others read.

use actix_web::HttpResponse;
use serde::Deserialize;

use super::forms::PracticeForm;
use super::library::SharedPractice;
use super::library_page::LibraryPage;
use super::pages::{self, Place, PracticePage, PracticesPage};
use super::practice::Practice;
use crate::accounts::{Seat, Visitor};
use crate::error::{Error, Result};
use crate::framework::{Framework, Indicator, indicators_as_asked_last};
use crate::ids::{OrganisationId, PracticeId};
use crate::organisations::{ApprovedLead, ApprovedMember, MembershipRole, MendingLead};
use crate::web::{Filled, Path, Pressed, Query, Submitted, redirect_with_notice};

/// The slug, and the id of a mark.
type Child = Path<(String, String)>;

/// What the library is narrowed to.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub struct LibraryQuery {
    /// An area of the framework; anything else narrows nothing.
    pub area: String,
    /// Counted from 1.
    pub page: Option<i64>,
}

pub async fn show_library(visitor: Visitor, query: Query<LibraryQuery>) -> Result<HttpResponse> {
    let query = query.into_inner();
    let (area, page) = (query.area.clone(), query.page.unwrap_or(1).clamp(1, 10_000));
    let (framework, shared) = visitor
        .read(move |conn| {
            let framework = Framework::in_force(conn)?;
            let about = LibraryPage::about(&framework, &area);
            let shared = SharedPractice::page(conn, about.as_deref(), page - 1)?;
            Ok((framework, shared))
        })
        .await?;
    visitor.show(&LibraryPage::new(&framework, shared, &query.area, page))
}

pub async fn show_practices(member: ApprovedMember) -> Result<HttpResponse> {
    let organisation = member.organisation.id;
    let marks = member
        .read(move |conn| {
            let marks = Practice::all_of(conn, organisation)?;
            let ids: Vec<_> = marks.iter().map(|mark| mark.indicator_id.clone()).collect();
            Ok((marks, indicators_as_asked_last(conn, &ids)?))
        })
        .await?;
    let may_share = member.member.membership.role == MembershipRole::Lead && member.organisation.is_open();
    member.show(&PracticesPage::new(Place::of(&member.organisation), &marks.0, &marks.1, may_share))
}

pub async fn show_practice(lead: MendingLead, path: Child) -> Result<HttpResponse> {
    let (practice, indicator) = find(&lead, lead.organisation.id, &path.1).await?;
    let form = Filled::blank(PracticeForm::FIELDS).with("words", &practice.words);
    lead.show(&PracticePage::new(Place::of(&lead.organisation), &practice, &indicator, form))
}

pub async fn share(lead: ApprovedLead, path: Child, form: Submitted<PracticeForm>) -> Result<HttpResponse> {
    let (practice, indicator) = find(&lead, lead.organisation.id, &path.1).await?;
    let place = Place::of(&lead.organisation);
    let form = match form.parsed() {
        Ok((form, _)) => form,
        Err(form) => return lead.refuse(&PracticePage::new(place, &practice, &indicator, form)),
    };
    let by = lead.account.id;
    lead.act(move |act| practice.share(act, by, form.words.as_str())).await?;
    Ok(redirect_with_notice(place.address(), pages::SHARED))
}

pub async fn withdraw(lead: MendingLead, path: Child, _: Submitted<Pressed>) -> Result<HttpResponse> {
    let (practice, _) = find(&lead, lead.organisation.id, &path.1).await?;
    lead.act(move |act| practice.withdraw(act)).await?;
    Ok(redirect_with_notice(Place::of(&lead.organisation).address(), pages::WITHDRAWN))
}

async fn find(seat: &Seat, organisation: OrganisationId, id: &str) -> Result<(Practice, Indicator)> {
    let id: PracticeId = id.parse().map_err(|_| Error::NotFound)?;
    seat.read(move |conn| {
        let practice = Practice::find_in(conn, organisation, id)?;
        let asked = indicators_as_asked_last(conn, std::slice::from_ref(&practice.indicator_id))?;
        Ok((practice, asked.into_iter().next().ok_or(Error::NotFound)?))
    })
    .await
}
