//! Publishing the draft: first what it would change and what it would ask of whom, then, with a fresh proof, the
//! publication.

use actix_web::{HttpRequest, HttpResponse};
use serde::Deserialize;

use super::affected::{Affected, all_concerned, some_concerned};
use super::forms::EditionForm;
use super::handlers::{edition_of, seen, seen_now};
use super::pages::FRAMEWORKS;
use super::publication::{Published, publish};
use super::publication_page::{
    ConcernedPage, PAGE, PublicationPage, concerned_header, concerned_row, published_notice,
};
use crate::accounts::{Seat, Steward};
use crate::error::{Error, Result};
use crate::framework::faults_of;
use crate::quality::Carrying;
use crate::sheets::{send_csv, write_csv};
use crate::web::{Query, Submitted, redirect, redirect_with_notice};

#[derive(Deserialize)]
pub struct PageQuery {
    page: Option<u32>,
}

pub async fn show_publication(steward: Steward, request: HttpRequest) -> Result<HttpResponse> {
    steward.want_proof(&request)?;
    match tried(&steward).await? {
        Some(page) => steward.show(&page),
        None => Ok(redirect(FRAMEWORKS)),
    }
}

pub async fn publish_it(steward: Steward, request: HttpRequest, form: Submitted<EditionForm>) -> Result<HttpResponse> {
    steward.want_proof(&request)?;
    let edition = edition_of(form);
    match steward.act(move |act| publish(act, edition)).await? {
        Published::InForce(version) => Ok(redirect_with_notice(FRAMEWORKS, &published_notice(&version))),
        Published::Refused(_) | Published::StillCarrying => {
            steward.refuse(&tried(&steward).await?.ok_or(Error::Conflict)?)
        }
    }
}

/// Who would go over to the new version, and what each would be asked; a page of them.
pub async fn show_concerned(steward: Steward, query: Query<PageQuery>) -> Result<HttpResponse> {
    let page = query.page.unwrap_or(1).clamp(1, 100_000);
    let comparison = seen_now(&steward).await?.comparison;
    let offset = i64::from(page - 1) * PAGE;
    let rows = steward.read(move |conn| some_concerned(conn, &comparison, PAGE + 1, offset)).await?;
    steward.show(&ConcernedPage::new(rows, page))
}

/// All of them, as a table to take along.
pub async fn send_concerned(steward: Steward) -> Result<HttpResponse> {
    let comparison = seen_now(&steward).await?.comparison;
    let rows = steward.read(move |conn| all_concerned(conn, &comparison)).await?;
    let rows: Vec<_> = rows.iter().map(concerned_row).collect();
    Ok(send_csv("framework-concerned", write_csv(&concerned_header(), &rows)?))
}

/// What publishing would change now, if there is a draft.
async fn tried(seat: &Seat) -> Result<Option<PublicationPage>> {
    let Some(seen) = seen(seat).await? else { return Ok(None) };
    seat.read(move |conn| {
        let affected = Affected::now(conn, &seen.comparison)?;
        let is_carrying = Carrying::latest(conn)?.is_some_and(|carrying| !carrying.is_finished());
        Ok(Some(PublicationPage::new(&seen, &faults_of(&seen.comparison), &affected, is_carrying)))
    })
    .await
}
