//! The VRP's pages of the Charter and its draft as a whole. Each handler: who is asking, what they sent, one act, the next
//! page.

use actix_web::HttpResponse;

use super::affected::count_by_version;
use super::comparison::Comparison;
use super::forms::EditionForm;
use super::pages::{self, ChartersPage, DraftPage, DroppingPage};
use crate::accounts::{Seat, Steward};
use crate::charter::{CharterPage, CharterVersion, Draft, begin_draft, drop_draft};
use crate::error::{Error, Result};
use crate::web::{Pressed, Submitted, redirect, redirect_with_notice};

pub async fn show_charters(steward: Steward) -> Result<HttpResponse> {
    let page = steward
        .read(|conn| {
            let in_force = CharterVersion::in_force(conn)?;
            let statements = in_force.statements(conn)?.len();
            let (versions, pledges) = (CharterVersion::all_published(conn)?, count_by_version(conn)?);
            let draft = Draft::open(conn)?;
            Ok(ChartersPage::new(&in_force, statements, &versions, &pledges, draft.as_ref()))
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
    match compared(&steward).await? {
        Some(comparison) => steward.show(&DraftPage::new(&comparison)),
        None => Ok(redirect(pages::CHARTERS)),
    }
}

pub async fn show_preview(steward: Steward) -> Result<HttpResponse> {
    match steward.read(Draft::open).await? {
        Some(draft) => steward.show(&CharterPage::of_draft(&draft, pages::DRAFT)),
        None => Ok(redirect(pages::CHARTERS)),
    }
}

pub async fn show_dropping(steward: Steward) -> Result<HttpResponse> {
    match steward.read(Draft::open).await? {
        Some(draft) => steward.show(&DroppingPage::new(&draft)),
        None => Ok(redirect(pages::CHARTERS)),
    }
}

pub async fn drop_it(steward: Steward, form: Submitted<EditionForm>) -> Result<HttpResponse> {
    let seen = edition_of(form);
    steward.act(move |act| drop_draft(act, seen)).await?;
    Ok(redirect_with_notice(pages::CHARTERS, pages::DROPPED))
}

/// The draft beside the version in force, if there is one.
pub(super) async fn compared(seat: &Seat) -> Result<Option<Comparison>> {
    seat.read(|conn| {
        let Some(draft) = Draft::open(conn)? else { return Ok(None) };
        let in_force = CharterVersion::in_force(conn)?;
        let statements = in_force.statements(conn)?;
        Ok(Some(Comparison::between(in_force, &statements, draft)))
    })
    .await
}

/// The same for the pages of its parts: without a draft there are none.
pub(super) async fn compared_now(seat: &Seat) -> Result<Comparison> {
    compared(seat).await?.ok_or(Error::NotFound)
}

pub(super) fn edition_of(form: Submitted<EditionForm>) -> i32 {
    form.parsed().map_or(0, |(form, _)| form.edition)
}
