//! Publishing the draft: first what it would change and for whom, then, with a fresh proof, the publication.

use actix_web::{HttpRequest, HttpResponse};

use super::affected::{Affected, all_affected};
use super::comparison::Comparison;
use super::forms::{PublicationForm, SignAgainForm};
use super::pages;
use super::publication_page::{PublicationPage, affected_header, affected_row, published_notice};
use crate::accounts::{Seat, Steward};
use crate::charter::{CharterVersion, Draft, Publication, publish_draft};
use crate::error::{Error, Result};
use crate::sheets::{send_csv, write_csv};
use crate::web::{Filled, Submitted, redirect, redirect_with_notice};

pub async fn show_publication(steward: Steward, request: HttpRequest) -> Result<HttpResponse> {
    steward.want_proof(&request)?;
    match tried(&steward, Filled::blank(SignAgainForm::FIELDS)).await? {
        Some(page) => steward.show(&page),
        None => Ok(redirect(pages::CHARTERS)),
    }
}

pub async fn publish(steward: Steward, request: HttpRequest, form: Submitted<PublicationForm>) -> Result<HttpResponse> {
    steward.want_proof(&request)?;
    let today = steward.today();
    let (wanted, filled) = match form.parsed() {
        Ok((wanted, filled)) => match wanted.sign_again.problem(today) {
            None => (wanted, filled),
            Some(problem) => return refuse(&steward, filled.with_problem("sign_again_by", problem)).await,
        },
        Err(form) => return refuse(&steward, form).await,
    };
    match steward.act(move |act| publish_draft(act, wanted.edition, wanted.sign_again.by)).await? {
        Publication::InForce(version) => Ok(redirect_with_notice(pages::CHARTERS, &published_notice(&version))),
        Publication::Refused(_) => refuse(&steward, filled).await,
    }
}

/// Everyone whom publishing would concern now, as a table to take along.
pub async fn send_affected(steward: Steward) -> Result<HttpResponse> {
    let rows = steward.read(all_affected).await?;
    let rows: Vec<_> = rows.iter().map(affected_row).collect();
    Ok(send_csv("charter-affected", write_csv(&affected_header(), &rows)?))
}

async fn refuse(steward: &Steward, form: Filled) -> Result<HttpResponse> {
    steward.refuse(&tried(steward, form).await?.ok_or(Error::Conflict)?)
}

/// What publishing would change now, if there is a draft.
async fn tried(seat: &Seat, form: Filled) -> Result<Option<PublicationPage>> {
    let today = seat.today();
    seat.read(move |conn| {
        let Some(draft) = Draft::open(conn)? else { return Ok(None) };
        let in_force = CharterVersion::in_force(conn)?;
        let statements = in_force.statements(conn)?;
        let faults = draft.faults(conn, &in_force, &statements)?;
        let affected = Affected::now(conn, today)?;
        let comparison = Comparison::between(in_force, &statements, draft);
        Ok(Some(PublicationPage::new(&comparison, &faults, &affected, form)))
    })
    .await
}
