//! The words explained in the draft, and adding one.

use serde::Serialize;

use super::forms::TermForm;
use super::handlers::Seen;
use super::pages::{DRAFT, made_up};
use super::texts::term_address;
use crate::web::{Filled, Link, Page, Sample, sample};

/// All of them.
#[derive(Serialize)]
pub struct TermsPage {
    terms: Vec<TermRow>,
}

#[derive(Serialize)]
struct TermRow {
    term: String,
    meaning: String,
    address: String,
    removal: String,
    is_changed: bool,
}

impl TermsPage {
    pub(super) fn new(seen: &Seen) -> Self {
        let changed = seen.comparison.changed_terms();
        let row = |term: &crate::framework::GlossaryTerm| {
            let address = term_address(&term.term);
            TermRow {
                term: term.term.clone(),
                meaning: term.meaning.clone(),
                removal: format!("{address}/removal"),
                address,
                is_changed: changed.iter().any(|(_, now)| *now == Some(term)),
            }
        };
        Self { terms: seen.draft.framework.terms.iter().map(row).collect() }
    }
}

impl Page for TermsPage {
    const TEMPLATE: &'static str = "framework_drafting/terms";
    fn title(&self) -> String {
        "Words explained".into()
    }
    fn back(&self) -> Option<Link> {
        Some(Link::new("The draft", DRAFT))
    }
}

/// One word more.
#[derive(Serialize)]
pub struct NewTermPage {
    form: Filled,
}

impl NewTermPage {
    pub fn new(form: Filled) -> Self {
        Self { form }
    }
}

impl Page for NewTermPage {
    const TEMPLATE: &'static str = "framework_drafting/new-term";
    fn title(&self) -> String {
        "Explain a word".into()
    }
    fn back(&self) -> Option<Link> {
        Link::back(format!("{DRAFT}/words"))
    }
}

/// Each page with made-up content.
pub fn samples() -> Vec<Sample> {
    let mut seen = made_up();
    seen.draft.framework.terms[0].meaning = "Something else.".into();
    let full = TermsPage::new(&seen);
    seen.draft.framework.terms.clear();
    let wrong = Filled::blank(TermForm::FIELDS).with_problem("term", "Enter the word");
    vec![sample(&full), sample(&TermsPage::new(&seen)), sample(&NewTermPage::new(wrong))]
}
