//! A piece of evidence beside its question: what it is, its dates, who looks after it, and its fingerprint.

use chrono::NaiveDate;
use serde::Serialize;

use super::beside::Beside;
use super::evidence::Evidence;
use super::pages::Home;
use super::progress::Sheet;
use crate::clock::day_of;
use crate::documents::{AboutDocument, dates_of, kind_of};
use crate::files::StoredFile;
use crate::framework::Indicator;

#[derive(Serialize)]
pub(super) struct EvidenceRow {
    name: String,
    /// Of the file, or where the link leads.
    address: String,
    leads_out: bool,
    detail: String,
    keeper: Option<String>,
    /// Where the document is among the organisation's, if it is kept.
    about: Option<String>,
    /// The beginning of its SHA-256.
    fingerprint: String,
    is_old: bool,
    removal: String,
}

impl EvidenceRow {
    pub(super) fn all(home: &Home<'_>, sheet: &Sheet, indicator: &Indicator, beside: &Beside) -> Vec<Self> {
        let row = |(evidence, file): &(Evidence, StoredFile)| {
            Self::of(home, evidence, file, beside.about.get(&file.id), beside.looker.today)
        };
        sheet.evidence_of(indicator).map(row).collect()
    }

    fn of(
        home: &Home<'_>,
        evidence: &Evidence,
        file: &StoredFile,
        about: Option<&AboutDocument>,
        today: NaiveDate,
    ) -> Self {
        let own = format!("{}/evidence/{}", home.quality(), evidence.id);
        let dates = dates_of(evidence.effective_on, day_of(evidence.added_at), about.and_then(|about| about.review_by));
        let state = file.say_state().map(|state| format!(" ({state})")).unwrap_or_default();
        Self {
            name: evidence.title.clone(),
            address: evidence.address.clone().unwrap_or_else(|| own.clone()),
            leads_out: evidence.address.is_some(),
            detail: format!("{}, {dates}{state}", kind_of(file, evidence.address.as_deref())),
            keeper: about.map(|about| about.keeper.clone().unwrap_or_else(|| "the leads together".to_owned())),
            about: about.map(|about| format!("{}/documents/{}", home.organisation(), about.id)),
            fingerprint: file.sha256.chars().take(12).collect(),
            is_old: evidence.is_old(today),
            removal: format!("{own}/removal"),
        }
    }
}
