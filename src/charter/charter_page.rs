//! The page of the Charter, for everyone: a version that is or was in force, or the draft as it would look.
//! The draft has no number, no fingerprint and no file to print; nobody but the VRP is shown it.

use serde::Serialize;

use super::charter_paper::SAMPLE;
use super::draft::Draft;
use super::version::{CharterVersion, Statement};
use crate::clock::{day_of, say_day};
use crate::web::{Link, Page, Sample, sample};

/// A version of the Charter.
#[derive(Serialize)]
pub struct CharterPage {
    heading: String,
    number: i32,
    introduction: String,
    /// What is said of it while its words are made up.
    sample: Option<&'static str>,
    in_force: bool,
    /// Where the draft is, when this shows how it would look.
    draft_address: Option<&'static str>,
    published_on: String,
    hash: String,
    statements: Vec<StatementView>,
}

#[derive(Serialize)]
struct StatementView {
    theme: String,
    words: String,
    in_practice: String,
    read_aloud: Option<String>,
    picture: Option<PictureView>,
}

#[derive(Serialize)]
struct PictureView {
    address: String,
    shows: String,
}

impl CharterPage {
    pub fn new(charter: &CharterVersion, statements: Vec<Statement>) -> Self {
        let view = |s: Statement| StatementView {
            picture: PictureView::of(&s, format!("/charter/{}/pictures/{}", charter.number, s.id)),
            theme: s.theme,
            words: s.words,
            in_practice: s.in_practice,
            read_aloud: s.read_aloud,
        };
        Self {
            heading: charter.title.clone(),
            number: charter.number,
            introduction: charter.introduction.clone(),
            sample: charter.sample.then_some(SAMPLE),
            in_force: charter.is_in_force(),
            draft_address: None,
            published_on: charter.published_at.map(|at| say_day(day_of(at))).unwrap_or_default(),
            hash: charter.hash.clone(),
            statements: statements.into_iter().map(view).collect(),
        }
    }

    /// The draft as everyone would see it, with the way back to its pages.
    pub fn of_draft(draft: &Draft, address: &'static str) -> Self {
        let mut page = Self { draft_address: Some(address), ..Self::new(&draft.version, draft.statements.clone()) };
        for (view, statement) in page.statements.iter_mut().zip(&draft.statements) {
            let address = format!("{address}/statements/{}/picture/file", statement.id);
            view.picture = PictureView::of(statement, address);
        }
        page
    }
}

impl PictureView {
    fn of(statement: &Statement, address: String) -> Option<Self> {
        statement.picture_words.clone().map(|shows| Self { address, shows })
    }
}

impl Page for CharterPage {
    const TEMPLATE: &'static str = "charter/charter";
    fn title(&self) -> String {
        match self.draft_address {
            Some(_) => "How the draft would look".into(),
            None if self.in_force => "The Charter".into(),
            None => format!("The Charter, version {}", self.number),
        }
    }
    fn back(&self) -> Option<Link> {
        self.draft_address.and_then(Link::back)
    }
}

/// Each page with made-up content.
pub(super) fn charter_samples() -> Vec<Sample> {
    let charter = |in_force, draft_address| CharterPage {
        heading: "Youth Charter".into(),
        number: 1,
        introduction: "This Charter says what young people expect.".into(),
        sample: Some(SAMPLE),
        in_force,
        draft_address,
        published_on: "3 November 2026".into(),
        hash: "0f".repeat(32),
        statements: vec![StatementView {
            theme: "Respect".into(),
            words: "We will treat you fairly and speak to you with respect.".into(),
            in_practice: "Adults use young people’s names.".into(),
            read_aloud: Some("We will be fair. We will be kind when we speak.".into()),
            picture: Some(PictureView {
                address: "/charter/1/pictures/respect".into(),
                shows: "A worker and a young person shake hands.".into(),
            }),
        }],
    };
    vec![
        sample(&charter(true, None)),
        sample(&charter(false, None)),
        sample(&charter(false, Some("/vrp/charter/draft"))),
    ]
}
