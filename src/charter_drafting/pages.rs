//! The VRP's pages of the Charter: its versions, the draft as a whole, and dropping it.

use std::collections::HashMap;

use serde::Serialize;

use super::comparison::{Compared, Comparison};
use super::statement_page::statement_address;
use super::texts::{INTRODUCTION, Reading, TITLE, wording_name};
use crate::charter::{CharterVersion, Draft, DraftText, FrontText, Statement};
use crate::clock::{day_of, say_day};
use crate::ids::CharterVersionId;
use crate::web::{Link, Page, Sample, sample};

pub(super) const CHARTERS: &str = "/vrp/charter";
pub(super) const DRAFT: &str = "/vrp/charter/draft";
pub(super) const DROPPED: &str = "The draft is dropped. The Charter is as it was";
pub(super) const TAKEN_OUT: &str = "The statement is taken out of the draft";
pub(super) const PUT_BACK: &str = "The statement is in the draft again";

/// Every version, and the draft.
#[derive(Serialize)]
pub struct ChartersPage {
    in_force: VersionView,
    sample: bool,
    /// By which day older pledges are signed again.
    sign_again_by: Option<String>,
    statements: usize,
    earlier: Vec<VersionView>,
    draft: Option<DraftLine>,
}

#[derive(Serialize)]
struct VersionView {
    number: i32,
    title: String,
    address: String,
    published_on: String,
    /// Pledges in force that were made to it.
    pledges: i64,
}

#[derive(Serialize)]
struct DraftLine {
    begun_by: String,
    begun_on: String,
}

impl ChartersPage {
    /// `versions` newest first, with at least the one in force.
    pub fn new(
        in_force: &CharterVersion,
        statements: usize,
        versions: &[CharterVersion],
        pledges: &HashMap<CharterVersionId, i64>,
        draft: Option<&Draft>,
    ) -> Self {
        let view = |version: &CharterVersion| VersionView {
            number: version.number,
            title: version.title.clone(),
            address: format!("/charter/{}", version.number),
            published_on: version.published_at.map(|at| say_day(day_of(at))).unwrap_or_default(),
            pledges: pledges.get(&version.id).copied().unwrap_or_default(),
        };
        Self {
            in_force: view(in_force),
            sample: in_force.sample,
            sign_again_by: in_force.sign_again_by.map(say_day),
            statements,
            earlier: versions.iter().filter(|version| version.id != in_force.id).map(view).collect(),
            draft: draft.map(DraftLine::of),
        }
    }
}

impl DraftLine {
    fn of(draft: &Draft) -> Self {
        Self { begun_by: draft.begun_by.clone(), begun_on: say_day(day_of(draft.begun_at)) }
    }
}

impl Page for ChartersPage {
    const TEMPLATE: &'static str = "charter_drafting/charters";
    fn title(&self) -> String {
        "The Charter".into()
    }
    fn back(&self) -> Option<Link> {
        Link::back("/vrp")
    }
}

/// The draft: its texts and statements, with what is new, reworded, moved or taken out.
#[derive(Serialize)]
pub struct DraftPage {
    before_number: i32,
    begun: DraftLine,
    front: Vec<FrontRow>,
    statements: Vec<StatementRow>,
    removed: Vec<RemovedRow>,
}

#[derive(Serialize)]
struct FrontRow {
    name: &'static str,
    value: String,
    address: String,
    is_changed: bool,
    reading: Option<Reading>,
}

#[derive(Serialize)]
struct StatementRow {
    theme: String,
    words: String,
    address: String,
    place: String,
    status: &'static str,
    colour: &'static str,
    /// Texts are missing.
    is_unfinished: bool,
    reading: Option<Reading>,
    can_rise: bool,
    can_sink: bool,
}

#[derive(Serialize)]
struct RemovedRow {
    theme: String,
    words: String,
    return_address: String,
}

impl DraftPage {
    pub fn new(comparison: &Comparison) -> Self {
        let last = comparison.statements.len().saturating_sub(1);
        let row = |(at, compared): (usize, &Compared)| StatementRow::of(compared, at > 0, at < last);
        Self {
            before_number: comparison.before.number,
            begun: DraftLine::of(&comparison.draft),
            front: front_rows(comparison),
            statements: comparison.statements.iter().enumerate().map(row).collect(),
            removed: comparison.removed.iter().map(RemovedRow::of).collect(),
        }
    }
}

fn front_rows(comparison: &Comparison) -> Vec<FrontRow> {
    let changed = comparison.changed_front();
    let row = |name, text: FrontText| {
        let value = comparison.draft.version.front_text(text).to_owned();
        FrontRow {
            name,
            reading: Reading::of(&DraftText::Front(text), &value),
            value,
            address: format!("{DRAFT}/texts/{}", text.as_str()),
            is_changed: changed.contains(&text),
        }
    };
    let wording = FrontRow {
        name: "Whose words they are",
        value: wording_name(comparison.draft.version.wording()).into(),
        address: format!("{DRAFT}/wording"),
        is_changed: comparison.changed_wording().is_some(),
        reading: None,
    };
    vec![row(TITLE, FrontText::Title), row(INTRODUCTION, FrontText::Introduction), wording]
}

impl StatementRow {
    fn of(compared: &Compared, can_rise: bool, can_sink: bool) -> Self {
        let statement = &compared.statement;
        let address = statement_address(&statement.id);
        let (status, colour) = say_difference(compared);
        Self {
            theme: statement.theme.clone(),
            words: statement.words.clone(),
            place: format!("{address}/place"),
            address,
            status,
            colour,
            is_unfinished: statement.missing_parts().next().is_some(),
            reading: Reading::of(&words_of(statement), &statement.words),
            can_rise,
            can_sink,
        }
    }
}

fn words_of(statement: &Statement) -> DraftText {
    DraftText::Statement(statement.id.clone(), crate::charter::StatementPart::Words)
}

/// How a statement differs from what is in force, and the colour of that.
pub(super) fn say_difference(compared: &Compared) -> (&'static str, &'static str) {
    match (compared.is_new(), compared.changed_parts().is_empty(), compared.moved) {
        (true, ..) => ("New", "blue"),
        (_, false, true) => ("Reworded and moved", "yellow"),
        (_, false, false) => ("Reworded", "yellow"),
        (_, true, true) => ("Moved", "purple"),
        (_, true, false) => ("As it is", "grey"),
    }
}

impl RemovedRow {
    fn of(statement: &Statement) -> Self {
        Self {
            theme: statement.theme.clone(),
            words: statement.words.clone(),
            return_address: format!("{}/return", statement_address(&statement.id)),
        }
    }
}

impl Page for DraftPage {
    const TEMPLATE: &'static str = "charter_drafting/draft";
    fn title(&self) -> String {
        "The draft of the next Charter".into()
    }
    fn back(&self) -> Option<Link> {
        Some(Link::new("The Charter", CHARTERS))
    }
}

/// Asks once more before a draft is dropped.
#[derive(Serialize)]
pub struct DroppingPage {
    edition: i32,
    begun: DraftLine,
}

impl DroppingPage {
    pub fn new(draft: &Draft) -> Self {
        Self { edition: draft.edition, begun: DraftLine::of(draft) }
    }
}

impl Page for DroppingPage {
    const TEMPLATE: &'static str = "charter_drafting/dropping";
    fn title(&self) -> String {
        "Drop the draft".into()
    }
    fn back(&self) -> Option<Link> {
        Link::back(DRAFT)
    }
}

/// Each page with made-up content.
pub fn samples() -> Vec<Sample> {
    let version = |number| VersionView {
        number,
        title: "Youth Charter".into(),
        address: format!("/charter/{number}"),
        published_on: "3 November 2026".into(),
        pledges: 12,
    };
    let begun = || DraftLine { begun_by: "Sam Steward".into(), begun_on: "20 November 2026".into() };
    let charters = |draft: Option<DraftLine>, earlier| ChartersPage {
        in_force: version(2),
        sample: true,
        sign_again_by: draft.is_none().then(|| "3 March 2027".into()),
        statements: 7,
        earlier,
        draft,
    };
    let reading = |is_hard| Some(Reading { line: "Reads at about age 12".into(), is_hard });
    let statement = |status, is_unfinished| StatementRow {
        theme: "Respect".into(),
        words: "We will treat you fairly and speak to you with respect.".into(),
        address: "/vrp/charter/draft/statements/respect".into(),
        place: "/vrp/charter/draft/statements/respect/place".into(),
        status,
        colour: "blue",
        is_unfinished,
        reading: reading(is_unfinished),
        can_rise: true,
        can_sink: true,
    };
    let draft = DraftPage {
        before_number: 1,
        begun: begun(),
        front: vec![FrontRow {
            name: INTRODUCTION,
            value: "This Charter says what young people expect.".into(),
            address: "/vrp/charter/draft/texts/introduction".into(),
            is_changed: true,
            reading: reading(true),
        }],
        statements: vec![statement("New", true), statement("As it is", false)],
        removed: vec![RemovedRow {
            theme: "Fun".into(),
            words: "We will laugh together.".into(),
            return_address: "/vrp/charter/draft/statements/fun/return".into(),
        }],
    };
    let bare = DraftPage { before_number: 1, begun: begun(), front: vec![], statements: vec![], removed: vec![] };
    vec![
        sample(&charters(None, Vec::new())),
        sample(&charters(Some(begun()), vec![version(1)])),
        sample(&draft),
        sample(&bare),
        sample(&DroppingPage { edition: 3, begun: begun() }),
    ]
}
