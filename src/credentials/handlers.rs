//! Checking a code, for anyone.

use actix_web::HttpResponse;
use serde::Deserialize;

use super::forms::tidy_code;
use super::pages::{CodePage, ProofPage};
use super::proof::Proof;
use crate::accounts::Visitor;
use crate::error::Result;
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
    let asked = code.clone();
    match visitor.read(move |conn| Proof::of_code(conn, &asked)).await? {
        Some(proof) => visitor.show(&ProofPage::new(&proof)),
        None => visitor.miss(&CodePage::unknown(&code)),
    }
}
