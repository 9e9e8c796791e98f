//! The words explained in the draft: all of them, adding one, its meaning, and taking it out.

use actix_web::HttpResponse;

use super::forms::{TermForm, TextForm};
use super::handlers::{Seen, seen_now};
use super::pages::DRAFT;
use super::term_page::{NewTermPage, TermsPage};
use super::texts::word_of;
use super::write_handlers::{save_text, show_text};
use crate::accounts::Steward;
use crate::error::{Error, Result};
use crate::framework::{DraftText, add_term, remove_term};
use crate::web::{Filled, Path, Pressed, Submitted, redirect};

const EXPLAINED_ALREADY: &str = "This word is explained already. Change what it means there";

pub async fn show_terms(steward: Steward) -> Result<HttpResponse> {
    let seen = seen_now(&steward).await?;
    steward.show(&TermsPage::new(&seen))
}

pub async fn show_new(steward: Steward) -> Result<HttpResponse> {
    seen_now(&steward).await?;
    steward.show(&NewTermPage::new(Filled::blank(TermForm::FIELDS)))
}

pub async fn add(steward: Steward, form: Submitted<TermForm>) -> Result<HttpResponse> {
    let seen = seen_now(&steward).await?;
    let form = match form.parsed() {
        Ok((new, filled)) => {
            // Two words that share an address could not be told apart.
            let is_there = find(&seen, &word_of(&new.term)).is_ok();
            if !is_there && steward.act(move |act| add_term(act, &new.term, &new.meaning)).await? {
                return Ok(redirect(format!("{DRAFT}/words")));
            }
            filled.with_problem("term", EXPLAINED_ALREADY)
        }
        Err(form) => form,
    };
    steward.refuse(&NewTermPage::new(form))
}

pub async fn show(steward: Steward, word: Path<String>) -> Result<HttpResponse> {
    let term = find(&seen_now(&steward).await?, &word)?;
    show_text(&steward, DraftText::Term(term)).await
}

pub async fn save(steward: Steward, word: Path<String>, form: Submitted<TextForm>) -> Result<HttpResponse> {
    // What was written for a word that is gone is shown to who wrote it.
    let term = find(&seen_now(&steward).await?, &word).unwrap_or_else(|_| word.to_string());
    save_text(&steward, DraftText::Term(term), form).await
}

pub async fn remove(steward: Steward, word: Path<String>, _: Submitted<Pressed>) -> Result<HttpResponse> {
    let term = find(&seen_now(&steward).await?, &word)?;
    steward.act(move |act| remove_term(act, &term)).await?;
    Ok(redirect(format!("{DRAFT}/words")))
}

fn find(seen: &Seen, word: &str) -> Result<String> {
    let terms = &seen.draft.framework.terms;
    terms.iter().find(|term| word_of(&term.term) == word).map(|term| term.term.clone()).ok_or(Error::NotFound)
}
