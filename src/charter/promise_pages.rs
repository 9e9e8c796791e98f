//! A statement of the Charter with what an organisation will do for it: to read, and to write.

use serde::Serialize;

use super::commitment::{Commitment, PledgeInFull, Promise};
use super::forms::CommitmentForm;
use super::pages::Place;
use super::version::Statement;
use crate::organisations::Organisation;
use crate::web::{Filled, Link, Page, Sample, sample};

pub(super) const WRITTEN_MEANWHILE: &str = "Someone else saved this while you were writing";

#[derive(Serialize)]
pub(super) struct PromiseView {
    theme: String,
    words: String,
    in_practice: String,
    commitment: String,
    who_and_when: Option<String>,
    change_address: Option<String>,
}

/// What an organisation will do for a statement, as someone else wrote it.
#[derive(Serialize)]
pub(super) struct CommitmentView {
    words: String,
    who_and_when: Option<String>,
}

impl CommitmentView {
    pub(super) fn of(commitment: &Commitment) -> Self {
        Self { words: commitment.words.clone(), who_and_when: commitment.who_and_when() }
    }
}

impl PromiseView {
    pub(super) fn all(whole: &PledgeInFull, change_at: Option<&str>) -> Vec<Self> {
        let view = |promise: &Promise| Self {
            theme: promise.statement.theme.clone(),
            words: promise.statement.words.clone(),
            in_practice: promise.statement.in_practice.clone(),
            commitment: promise.commitment.as_ref().map(|said| said.words.clone()).unwrap_or_default(),
            who_and_when: promise.commitment.as_ref().and_then(Commitment::who_and_when),
            change_address: change_at.map(|address| format!("{address}/statements/{}", promise.statement.id)),
        };
        whole.promises.iter().map(view).collect()
    }

    pub(super) fn unwritten(statement: &Statement) -> Self {
        Self {
            theme: statement.theme.clone(),
            words: statement.words.clone(),
            in_practice: statement.in_practice.clone(),
            commitment: String::new(),
            who_and_when: None,
            change_address: None,
        }
    }

    pub(super) fn samples() -> Vec<Self> {
        let promise = |commitment: &str, change_address| Self {
            theme: "Respect".into(),
            words: "We will treat you fairly and speak to you with respect.".into(),
            in_practice: "Adults use young people’s names.".into(),
            commitment: commitment.into(),
            who_and_when: Some("The lead volunteer, by 31 March 2027".to_owned()),
            change_address,
        };
        let change = Some("/organisations/the-hub/pledge/statements/respect".to_owned());
        vec![promise("We write our ground rules with young people each September.", change), promise("", None)]
    }
}

/// One statement, and what the organisation will do for it.
#[derive(Serialize)]
pub struct StatementPage {
    #[serde(flatten)]
    place: Place,
    id: String,
    position: i32,
    total: usize,
    theme: String,
    words: String,
    in_practice: String,
    prompt: String,
    example: String,
    /// What someone else wrote there meanwhile.
    pub(super) theirs: Option<CommitmentView>,
    form: Filled,
}

impl StatementPage {
    pub fn new(organisation: &Organisation, whole: &PledgeInFull, promise: &Promise, form: Filled) -> Self {
        let statement = promise.statement.clone();
        Self {
            place: Place::seen_by_a_signatory(organisation),
            id: statement.id.to_string(),
            position: statement.position,
            total: whole.promises.len(),
            theme: statement.theme,
            words: statement.words,
            in_practice: statement.in_practice,
            prompt: statement.prompt,
            example: statement.example,
            theirs: None,
            form,
        }
    }
}

impl Page for StatementPage {
    const TEMPLATE: &'static str = "charter/statement";
    fn title(&self) -> String {
        format!("{}: what you will do", self.theme)
    }
    fn back(&self) -> Option<Link> {
        Link::back(&self.place.address)
    }
}

/// The page with made-up content.
pub(super) fn statement_sample() -> Sample {
    sample(&StatementPage {
        place: Place::sample(),
        id: "respect".into(),
        position: 2,
        total: 7,
        theme: "Respect".into(),
        words: "We will treat you fairly and speak to you with respect.".into(),
        in_practice: "Adults use young people’s names.".into(),
        prompt: "What will you do?".into(),
        example: "We will write our ground rules with young people.".into(),
        theirs: Some(CommitmentView::of(&"We ask young people every term.".into())),
        form: Filled::blank(CommitmentForm::FIELDS).with_problem("commitment", "Enter what you will do"),
    })
}
