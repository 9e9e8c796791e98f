//! The VRP's pages of the framework and its draft as a whole. Each handler: who is asking, what they sent, one act, the
//! next page.

use actix_web::HttpResponse;

use super::forms::EditionForm;
use super::pages::{self, DraftPage, DroppingPage, FrameworksPage};
use crate::accounts::{Seat, Steward};
use crate::error::{Error, Result};
use crate::framework::{Comparison, Draft, Framework, FrameworkPage, FrameworkVersion, begin_draft, drop_draft};
use crate::quality::Carrying;
use crate::web::{Pressed, Submitted, redirect, redirect_with_notice};

/// The draft as someone sees it: how often it was changed, and what it changes.
pub(super) struct Seen {
    pub draft: Draft,
    pub comparison: Comparison,
}

pub async fn show_frameworks(steward: Steward) -> Result<HttpResponse> {
    let page = steward
        .read(|conn| {
            let (in_force, versions) = (Framework::in_force(conn)?, FrameworkVersion::all_published(conn)?);
            let (draft, carrying) = (Draft::open(conn)?, Carrying::latest(conn)?);
            Ok(FrameworksPage::new(&in_force, &versions, draft.as_ref(), carrying.as_ref()))
        })
        .await?;
    steward.show(&page)
}

/// Begins a draft, or goes to the one there is.
pub async fn begin(steward: Steward, _: Submitted<Pressed>) -> Result<HttpResponse> {
    let by = steward.account.id;
    steward.act(move |act| begin_draft(act, by)).await?;
    Ok(redirect(pages::DRAFT))
}

pub async fn show_draft(steward: Steward) -> Result<HttpResponse> {
    match seen(&steward).await? {
        Some(seen) => steward.show(&DraftPage::new(&seen)),
        None => Ok(redirect(pages::FRAMEWORKS)),
    }
}

pub async fn show_preview(steward: Steward) -> Result<HttpResponse> {
    match steward.read(Draft::open).await? {
        Some(draft) => steward.show(&FrameworkPage::new(&draft.framework)),
        None => Ok(redirect(pages::FRAMEWORKS)),
    }
}

pub async fn show_dropping(steward: Steward) -> Result<HttpResponse> {
    match steward.read(Draft::open).await? {
        Some(draft) => steward.show(&DroppingPage::new(&draft)),
        None => Ok(redirect(pages::FRAMEWORKS)),
    }
}

pub async fn drop_it(steward: Steward, form: Submitted<EditionForm>) -> Result<HttpResponse> {
    let seen = edition_of(form);
    steward.act(move |act| drop_draft(act, seen)).await?;
    Ok(redirect_with_notice(pages::FRAMEWORKS, pages::DROPPED))
}

/// The draft beside the version in force, if there is one.
pub(super) async fn seen(seat: &Seat) -> Result<Option<Seen>> {
    seat.read(|conn| {
        let Some(draft) = Draft::open(conn)? else { return Ok(None) };
        let comparison = Comparison::between(Framework::in_force(conn)?, draft.framework.clone());
        Ok(Some(Seen { draft, comparison }))
    })
    .await
}

/// The same for the pages of its parts: without a draft there are none.
pub(super) async fn seen_now(seat: &Seat) -> Result<Seen> {
    seen(seat).await?.ok_or(Error::NotFound)
}

pub(super) fn edition_of(form: Submitted<EditionForm>) -> i32 {
    form.parsed().map_or(0, |(form, _)| form.edition)
}
