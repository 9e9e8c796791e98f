//! Checking a code, for anyone.

use actix_web::HttpResponse;
use actix_web::http::StatusCode;
use serde::Deserialize;

use super::forms::tidy_code;
use super::pages::{CodePage, ProofPage};
use super::proof::Proof;
use super::record_page::RecordProofPage;
use crate::accounts::Visitor;
use crate::error::Result;
use crate::my_training::{RecordLink, ShownRecord};
use crate::organisations::Person;
use crate::web::{Path, Query, redirect};

/// A code typed into the form.
#[derive(Deserialize)]
pub struct CodeQuery {
    code: Option<String>,
}

pub async fn show_form(visitor: Visitor, query: Query<CodeQuery>) -> Result<HttpResponse> {
    let Some(typed) = query.into_inner().code else { return visitor.show(&CodePage::empty()) };
    let code = tidy_code(&typed);
    if code.is_empty() {
        return visitor.refuse(&CodePage::nothing_typed());
    }
    let address: String = url::form_urlencoded::byte_serialize(code.as_bytes()).collect();
    Ok(redirect(format!("/verify/{}", address.replace('+', "%20"))))
}

pub async fn show_proof(visitor: Visitor, code: Path<String>) -> Result<HttpResponse> {
    let code = tidy_code(&code);
    let (asked, today) = (code.clone(), visitor.today());
    match visitor.read(move |conn| Proof::of_code(conn, &asked, today)).await? {
        Some(Proof::Pledge(organisation, pledge)) => visitor.show(&ProofPage::of_pledge(&organisation, &pledge)),
        Some(Proof::Endorsement(organisation, endorsement)) => {
            visitor.show(&ProofPage::of_endorsement(&organisation, &endorsement))
        }
        Some(Proof::Record(link, record)) => show_record(visitor, link, record).await,
        Some(Proof::ClosedRecord) => visitor.answer(StatusCode::GONE, &CodePage::unknown(&code)),
        None => visitor.miss(&CodePage::unknown(&code)),
    }
}

/// Counts that a record was looked at, but not when its owner did.
async fn show_record(visitor: Visitor, link: RecordLink, record: ShownRecord) -> Result<HttpResponse> {
    let (viewer, owner) = (visitor.account.as_ref().map(|account| account.id), link.person_id);
    let page = RecordProofPage::new(&link, record, visitor.now());
    let counted = visitor
        .act(move |act| {
            let is_owner = viewer.is_some() && Person::find(act.conn, owner)?.account_id == viewer;
            if is_owner { Ok(()) } else { link.count_opening(act) }
        })
        .await;
    if let Err(cause) = counted {
        tracing::error!(%cause, "that a record was opened could not be counted");
    }
    visitor.show(&page)
}
