//! Who signed a self-assessment and who may sign next, on its page and on the page of the second signature.

use serde::Serialize;

use super::frozen::StoredCopy;
use super::pages::Home;
use super::progress::Sheet;
use super::signing::{AssessmentSignature, who_may_countersign};
use crate::charter::Capacity;
use crate::clock::say_instant;
use crate::db::DbConnection;
use crate::error::Result;
use crate::framework::level_name;
use crate::ids::AccountId;
use crate::web::{Choice, Filled, Link, Page};

/// A self-assessment that one side has signed.
#[derive(Debug, Clone)]
pub struct Sealed {
    pub first: AssessmentSignature,
    pub copy: StoredCopy,
    /// Who may give the second signature: accounts and names.
    pub others: Vec<(AccountId, String)>,
}

impl Sealed {
    /// `None` where it waits for no signature.
    pub fn of(conn: &mut DbConnection, sheet: &Sheet) -> Result<Option<Self>> {
        let assessment = &sheet.assessment;
        let Some(number) = assessment.sealed_copy() else { return Ok(None) };
        let signed = AssessmentSignature::all_of(conn, assessment.id)?;
        let first = signed.into_iter().find(|s| s.copy_number == number && s.capacity == Capacity::Delivery);
        let Some(first) = first else { return Ok(None) };
        let others = who_may_countersign(conn, assessment, first.account_id)?;
        Ok(Some(Self {
            copy: StoredCopy::find(conn, assessment.id, number)?,
            others: others.into_iter().map(|who| (who.account, who.name)).collect(),
            first,
        }))
    }

    /// May someone give the second signature?
    pub fn waits_for(&self, account: AccountId) -> bool {
        self.others.iter().any(|(other, _)| *other == account)
    }
}

#[derive(Debug, Clone, Serialize)]
pub(super) struct SealedPart {
    by: String,
    at: String,
    others: Vec<String>,
    /// Where the one who looks signs, if it waits for them.
    sign: Option<String>,
    /// Where they take it back, if they may.
    take_back: Option<String>,
}

impl SealedPart {
    pub(super) fn new(home: &Home<'_>, sealed: &Sealed, account: AccountId, may_sign: bool) -> Self {
        let address = home.countersignature();
        Self {
            by: sealed.first.name.clone(),
            at: say_instant(sealed.first.signed_at),
            others: sealed.others.iter().map(|(_, name)| name.clone()).collect(),
            sign: sealed.waits_for(account).then(|| address.clone()),
            take_back: may_sign.then(|| format!("{address}/taking-back")),
        }
    }
}

/// The second signature.
#[derive(Serialize)]
pub struct CountersignPage {
    organisation_name: String,
    action: String,
    take_back: String,
    read: String,
    papers: String,
    by: String,
    at: String,
    answered: usize,
    level: Option<&'static str>,
    not_yet: usize,
    fingerprint: String,
    form: Filled,
    declaration: Vec<Choice>,
    #[serde(skip)]
    back_to: String,
}

impl CountersignPage {
    pub fn new(home: &Home<'_>, sheet: &Sheet, sealed: &Sealed, form: Filled) -> Self {
        let action = home.countersignature();
        let not_yet = sheet.answers.values().filter(|answer| answer.judgement == super::Judgement::NotYet).count();
        Self {
            organisation_name: home.name.to_owned(),
            take_back: format!("{action}/taking-back"),
            read: home.quality(),
            papers: format!("{}/papers", home.quality()),
            action,
            by: sealed.first.name.clone(),
            at: say_instant(sealed.first.signed_at),
            answered: sheet.progress(&sheet.framework.indicators).answered,
            level: sheet.level().map(level_name),
            not_yet,
            fingerprint: sealed.copy.sha256.clone(),
            form,
            declaration: vec![Choice::new("yes", GOVERNANCE)],
            back_to: home.quality(),
        }
    }
}

/// What whoever governs states.
pub(super) const GOVERNANCE: &str =
    "We who govern this organisation know what is in it, and it is right as far as we know";

impl Page for CountersignPage {
    const TEMPLATE: &'static str = "quality/countersign";
    fn title(&self) -> String {
        "Sign for those who govern".into()
    }
    fn back(&self) -> Option<Link> {
        Link::back(&self.back_to)
    }
}
