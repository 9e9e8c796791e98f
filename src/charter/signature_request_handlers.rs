//! Asking for the second signature by a link, and giving it there.

use actix_web::HttpResponse;
use actix_web::http::StatusCode;

use super::commitment::PledgeInFull;
use super::forms::{RequestForm, SignatureForm};
use super::handlers::{address_of, signature_from};
use super::pledge::{Pledge, PledgeState};
use super::signature::Turn;
use super::signature_pages::SignaturePage;
use super::signature_request::{NewRequest, RequestSent, SignatureRequest, request_signature, withdraw_request};
use super::signature_request_pages::{LinkPage, RequestPage, SIGNED_ALREADY, sent_notice, withdrawn_notice};
use crate::accounts::Visitor;
use crate::error::{Error, Result};
use crate::organisations::{ApprovedSignatory, Organisation};
use crate::web::{Filled, Path, Pressed, Submitted, redirect, redirect_with_notice};

pub async fn show_request(signatory: ApprovedSignatory) -> Result<HttpResponse> {
    match waiting(&signatory).await? {
        Some((whole, open)) => {
            let form = Filled::blank(RequestForm::FIELDS);
            signatory.show(&RequestPage::new(&signatory.organisation, &whole, open, form, signatory.now()))
        }
        None => Ok(redirect(address_of(&signatory.organisation))),
    }
}

pub async fn send_request(signatory: ApprovedSignatory, form: Submitted<RequestForm>) -> Result<HttpResponse> {
    let Some((whole, open)) = waiting(&signatory).await? else {
        return Ok(redirect(address_of(&signatory.organisation)));
    };
    let form = match form.parsed() {
        Ok((form, filled)) => {
            let new = NewRequest { name: form.name.into_string(), address: form.email };
            let (name, organisation) = (new.name.clone(), signatory.organisation.clone());
            let (by, pledge) = (signatory.account.clone(), whole.pledge.clone());
            let sent = signatory.act(move |act| request_signature(act, &organisation, &pledge, &by, &new)).await?;
            if sent == RequestSent::Sent {
                let address = format!("{}/signature/request", address_of(&signatory.organisation));
                return Ok(redirect_with_notice(address, &sent_notice(&name)));
            }
            filled.with_problem("email", SIGNED_ALREADY)
        }
        Err(form) => form,
    };
    signatory.refuse(&RequestPage::new(&signatory.organisation, &whole, open, form, signatory.now()))
}

pub async fn withdraw(signatory: ApprovedSignatory, _: Submitted<Pressed>) -> Result<HttpResponse> {
    let id = signatory.organisation.id;
    signatory
        .act(move |act| {
            let pledge = Pledge::under_way_of(act.conn, id)?.ok_or(Error::Conflict)?;
            withdraw_request(act, &pledge)
        })
        .await?;
    let address = format!("{}/signature/request", address_of(&signatory.organisation));
    Ok(redirect_with_notice(address, withdrawn_notice()))
}

/// Looking uses nothing up: programs that open every link in an e-mail sign nothing.
pub async fn show_by_link(visitor: Visitor, token: Path<String>) -> Result<HttpResponse> {
    let (request, whole, organisation) = look(&visitor, &token).await?;
    if !organisation.is_open() || !request.works_at(visitor.now()) {
        return visitor.answer(StatusCode::GONE, &LinkPage::of(&request, &whole, &organisation, None));
    }
    match request.turn_in(&whole, &organisation.name) {
        Turn::Sign(_) => {
            let form = Filled::blank(SignatureForm::FIELDS)
                .with("name", &request.name)
                .with("words_seen", whole.words_hash(&organisation.name));
            visitor.show(&page_of(&request, &whole, &organisation, &token, form))
        }
        turn => visitor.answer(StatusCode::GONE, &LinkPage::of(&request, &whole, &organisation, Some(&turn))),
    }
}

pub async fn sign_by_link(
    visitor: Visitor,
    token: Path<String>,
    form: Submitted<SignatureForm>,
) -> Result<HttpResponse> {
    let (request, whole, organisation) = look(&visitor, &token).await?;
    let here = format!("/pledge-signatures/{}", token.as_str());
    let may = organisation.is_open() && request.works_at(visitor.now());
    if !may || !matches!(request.turn_in(&whole, &organisation.name), Turn::Sign(_)) {
        return Ok(redirect(here));
    }
    match form.parsed() {
        Ok((form, _)) => {
            let new = signature_from(form, &organisation);
            visitor.act(move |act| request.sign(act, &organisation, new)).await?;
            Ok(redirect(here))
        }
        Err(form) => visitor.refuse(&page_of(&request, &whole, &organisation, &token, form)),
    }
}

fn page_of(
    request: &SignatureRequest,
    whole: &PledgeInFull,
    organisation: &Organisation,
    token: &str,
    form: Filled,
) -> SignaturePage {
    let mut page = SignaturePage::new(organisation, None, whole, &[request.capacity], form);
    page.sign_at = format!("/pledge-signatures/{token}");
    page.by_link = true;
    page
}

async fn look(visitor: &Visitor, token: &str) -> Result<(SignatureRequest, PledgeInFull, Organisation)> {
    let token = token.to_owned();
    visitor
        .read(move |conn| {
            let request = SignatureRequest::with_token(conn, &token)?;
            let pledge = Pledge::find(conn, request.pledge_id)?;
            let organisation = Organisation::find(conn, pledge.organisation_id)?;
            Ok((request, PledgeInFull::of(conn, pledge)?, organisation))
        })
        .await
}

/// The pledge that waits for its second signature, and the link that is open.
async fn waiting(signatory: &ApprovedSignatory) -> Result<Option<(PledgeInFull, Option<SignatureRequest>)>> {
    let id = signatory.organisation.id;
    signatory
        .read(move |conn| {
            let Some(pledge) = Pledge::under_way_of(conn, id)? else { return Ok(None) };
            if pledge.state() != PledgeState::PartSigned {
                return Ok(None);
            }
            let open = SignatureRequest::open_of(conn, pledge.id)?;
            Ok(Some((PledgeInFull::of(conn, pledge)?, open)))
        })
        .await
}
