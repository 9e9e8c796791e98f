//! Publishing the draft: first what it would change and for whom, then, with a fresh proof, the publication.

use actix_web::{HttpRequest, HttpResponse};

use super::affected::Affected;
use super::comparison::Comparison;
use super::forms::EditionForm;
use super::handlers::edition_of;
use super::pages;
use super::publication_page::{PublicationPage, published_notice};
use crate::accounts::{Seat, Steward};
use crate::charter::{CharterVersion, Draft, Publication, publish_draft};
use crate::error::{Error, Result};
use crate::web::{Submitted, redirect, redirect_with_notice};

pub async fn show_publication(steward: Steward, request: HttpRequest) -> Result<HttpResponse> {
    steward.want_proof(&request)?;
    match tried(&steward).await? {
        Some(page) => steward.show(&page),
        None => Ok(redirect(pages::CHARTERS)),
    }
}

pub async fn publish(steward: Steward, request: HttpRequest, form: Submitted<EditionForm>) -> Result<HttpResponse> {
    steward.want_proof(&request)?;
    let seen = edition_of(form);
    match steward.act(move |act| publish_draft(act, seen)).await? {
        Publication::InForce(version) => Ok(redirect_with_notice(pages::CHARTERS, &published_notice(version.number))),
        Publication::Refused(_) => steward.refuse(&tried(&steward).await?.ok_or(Error::Conflict)?),
    }
}

/// What publishing would change now, if there is a draft.
async fn tried(seat: &Seat) -> Result<Option<PublicationPage>> {
    seat.read(|conn| {
        let Some(draft) = Draft::open(conn)? else { return Ok(None) };
        let in_force = CharterVersion::in_force(conn)?;
        let statements = in_force.statements(conn)?;
        let faults = draft.faults(conn, &in_force, &statements)?;
        let affected = Affected::now(conn)?;
        let comparison = Comparison::between(in_force, &statements, draft);
        Ok(Some(PublicationPage::new(&comparison, &faults, &affected)))
    })
    .await
}
