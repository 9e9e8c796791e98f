//! The pages of one statement of the draft: all of its texts with what they were, and adding one.

use serde::Serialize;

use super::comparison::Compared;
use super::forms::ThemeForm;
use super::pages::{DRAFT, say_difference};
use super::picture_page::picture_address;
use super::texts::{Reading, part_name};
use crate::charter::{DraftText, StatementPart};
use crate::ids::StatementId;
use crate::web::{Filled, Link, Page, Sample, sample};

pub(super) fn statement_address(id: &StatementId) -> String {
    format!("{DRAFT}/statements/{id}")
}

/// One statement.
#[derive(Serialize)]
pub struct StatementPage {
    theme: String,
    status: &'static str,
    colour: &'static str,
    parts: Vec<PartRow>,
    picture: PictureRow,
    removal: String,
    /// Of the statement as it is shown.
    mark: String,
    /// Nobody has it but this draft.
    is_new: bool,
}

/// Its picture, and the page where it is chosen.
#[derive(Serialize)]
struct PictureRow {
    address: String,
    /// What it shows, where there is one.
    shows: Option<String>,
}

#[derive(Serialize)]
struct PartRow {
    name: &'static str,
    value: String,
    address: String,
    /// A Charter without it cannot be published.
    is_missing: bool,
    /// What is in force, where that is another.
    now: Option<String>,
    reading: Option<Reading>,
}

impl StatementPage {
    pub fn new(compared: &Compared) -> Self {
        let statement = &compared.statement;
        let address = statement_address(&statement.id);
        let (status, colour) = say_difference(compared);
        let changed = compared.changed_parts();
        let row = |part: &StatementPart| {
            let value = statement.part(*part);
            let now = compared.before.as_ref().filter(|_| changed.contains(part)).map(|before| before.part(*part));
            PartRow {
                name: part_name(*part),
                value: value.to_owned(),
                address: format!("{address}/texts/{}", part.as_str()),
                is_missing: part.is_wanted() && value.is_empty(),
                now: now.map(|now| if now.is_empty() { "Nothing".to_owned() } else { now.to_owned() }),
                reading: Reading::of(&DraftText::Statement(statement.id.clone(), *part), value),
            }
        };
        Self {
            theme: statement.theme.clone(),
            status,
            colour,
            parts: StatementPart::ALL.iter().filter(|part| statement.has_part(**part)).map(row).collect(),
            picture: PictureRow { address: picture_address(statement), shows: statement.picture_words.clone() },
            removal: format!("{address}/removal"),
            mark: statement.mark(),
            is_new: compared.is_new(),
        }
    }
}

impl Page for StatementPage {
    const TEMPLATE: &'static str = "charter_drafting/statement";
    fn title(&self) -> String {
        self.theme.clone()
    }
    fn back(&self) -> Option<Link> {
        Some(Link::new("The draft", DRAFT))
    }
}

/// A new statement: its theme, then its page.
#[derive(Serialize)]
pub struct NewStatementPage {
    form: Filled,
}

impl NewStatementPage {
    pub fn new(form: Filled) -> Self {
        Self { form }
    }

    pub fn blank() -> Self {
        Self::new(Filled::blank(ThemeForm::FIELDS))
    }
}

impl Page for NewStatementPage {
    const TEMPLATE: &'static str = "charter_drafting/new-statement";
    fn title(&self) -> String {
        "Add a statement".into()
    }
    fn back(&self) -> Option<Link> {
        Link::back(DRAFT)
    }
}

/// Each page with made-up content.
pub fn samples() -> Vec<Sample> {
    let part = |name, value: &str, now: Option<&str>, is_hard| PartRow {
        name,
        value: value.into(),
        address: "/vrp/charter/draft/statements/respect/texts/words".into(),
        is_missing: value.is_empty(),
        now: now.map(Into::into),
        reading: (!value.is_empty()).then(|| Reading { line: "Reads at about age 12".into(), is_hard }),
    };
    let page = |is_new: bool| StatementPage {
        theme: "Respect".into(),
        status: "Reworded",
        colour: "yellow",
        parts: vec![
            part("The statement", "We will treat you fairly.", Some("We will respect you."), false),
            part("What it means in practice", "Adults facilitate participation.", None, true),
            part("The question to organisations", "", None, false),
        ],
        picture: PictureRow {
            address: "/vrp/charter/draft/statements/respect/picture".into(),
            shows: is_new.then(|| "Two friends shake hands.".into()),
        },
        removal: "/vrp/charter/draft/statements/respect/removal".into(),
        mark: "0f0f".into(),
        is_new,
    };
    let wrong = Filled::blank(ThemeForm::FIELDS).with_problem("theme", "Enter the theme");
    vec![sample(&page(false)), sample(&page(true)), sample(&NewStatementPage::new(wrong))]
}
