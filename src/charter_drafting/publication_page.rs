//! What publishing the draft would change, statement by statement, and for whom; and the button that does it.

use serde::Serialize;

use super::affected::{Affected, Concerned, ENDING, Waiting};
use super::comparison::{Compared, Comparison};
use super::forms::SignAgainForm;
use super::pages::{DRAFT, say_difference};
use super::statement_page::statement_address;
use super::texts::{Reading, name_of, part_name, wording_name};
use crate::charter::{
    CharterVersion, DraftFault, DraftText, FrontText, PledgeState, Statement, StatementPart, Wording,
};
use crate::clock::say_day;
use crate::web::{Filled, Link, Page, Sample, sample};

pub(super) fn published_notice(version: &CharterVersion) -> String {
    let asked = version.sign_again_by.map(say_day).unwrap_or_default();
    format!("Version {} of the Charter is in force. Organisations are asked to sign it by {asked}", version.number)
}

/// The head of the table of everyone concerned.
pub(super) fn affected_header() -> Vec<String> {
    ["Organisation", "Pledge", "Version of the Charter", "Ends on"].map(str::to_owned).into()
}

/// A row of it.
pub(super) fn affected_row(concerned: &Concerned) -> Vec<String> {
    let state = match concerned.state {
        PledgeState::InForce => "In force",
        PledgeState::PartSigned => "One signature to go",
        _ => "Being written",
    };
    let ends_on = concerned.ends_on.map(|day| day.to_string()).unwrap_or_default();
    vec![concerned.organisation.clone(), state.to_owned(), concerned.number.to_string(), ends_on]
}

/// A trial of publishing.
#[derive(Serialize)]
pub struct PublicationPage {
    edition: i32,
    before_number: i32,
    /// It would still be marked as made up.
    is_sample: bool,
    /// What stands in the way.
    faults: Vec<FaultView>,
    front: Vec<ChangeView>,
    statements: Vec<StatementView>,
    removed: Vec<RemovedView>,
    /// How many statements stay as they are.
    same: usize,
    in_force: WaitingView,
    /// Of those in force, how many end by themselves, and within how many days.
    ending: Vec<EndingView>,
    half_signed: WaitingView,
    being_written: WaitingView,
    form: Filled,
}

#[derive(Serialize)]
struct EndingView {
    days: u64,
    number: i64,
}

#[derive(Serialize)]
struct FaultView {
    text: String,
    address: String,
}

/// A text before and after.
#[derive(Serialize)]
struct ChangeView {
    name: &'static str,
    before: String,
    after: String,
    reading: Option<Reading>,
}

#[derive(Serialize)]
struct StatementView {
    theme: String,
    status: &'static str,
    colour: &'static str,
    /// Of a new one.
    words: Option<String>,
    in_practice: String,
    changes: Vec<ChangeView>,
}

#[derive(Serialize)]
struct RemovedView {
    theme: String,
    words: String,
}

#[derive(Serialize)]
struct WaitingView {
    number: i64,
    named: Vec<OrganisationLink>,
    /// How many are not named.
    more: i64,
}

#[derive(Serialize)]
struct OrganisationLink {
    name: String,
    address: String,
}

impl PublicationPage {
    pub fn new(comparison: &Comparison, faults: &[DraftFault], affected: &Affected, form: Filled) -> Self {
        let different = comparison.statements.iter().filter(|compared| !compared.is_as_before());
        let statements: Vec<StatementView> = different.map(StatementView::of).collect();
        let removed = |s: &Statement| RemovedView { theme: s.theme.clone(), words: s.words.clone() };
        Self {
            edition: comparison.draft.edition,
            before_number: comparison.before.number,
            is_sample: comparison.draft.version.wording() == Wording::MadeUp,
            faults: faults.iter().map(|fault| FaultView::of(fault, comparison)).collect(),
            front: front_changes(comparison),
            same: comparison.statements.len() - statements.len(),
            statements,
            removed: comparison.removed.iter().map(removed).collect(),
            in_force: WaitingView::of(&affected.in_force),
            ending: ENDING.into_iter().zip(affected.ending).map(|(days, number)| EndingView { days, number }).collect(),
            half_signed: WaitingView::of(&affected.half_signed),
            being_written: WaitingView::of(&affected.being_written),
            form,
        }
    }
}

impl FaultView {
    fn of(fault: &DraftFault, comparison: &Comparison) -> Self {
        let (text, address) = match fault {
            DraftFault::Empty => ("The draft has no statements. Add one first".to_owned(), DRAFT.to_owned()),
            DraftFault::Unchanged => (
                format!("The draft says what version {} says. Change something first", comparison.before.number),
                DRAFT.to_owned(),
            ),
            DraftFault::Unwritten(id, part) => {
                let theme = comparison.draft.statement(id).map(|statement| statement.theme.clone()).unwrap_or_default();
                (format!("{theme}: write “{}” first", part_name(*part)), statement_address(id))
            }
            DraftFault::PictureNotReady(id) => {
                let theme = comparison.draft.statement(id).map(|statement| statement.theme.clone()).unwrap_or_default();
                let text = format!("{theme}: its picture is still being checked for viruses, or was refused");
                (text, format!("{}/picture", statement_address(id)))
            }
        };
        Self { text, address }
    }
}

fn front_changes(comparison: &Comparison) -> Vec<ChangeView> {
    let change = |text: FrontText| {
        let (which, after) = (DraftText::Front(text), comparison.draft.version.front_text(text).to_owned());
        ChangeView {
            name: name_of(&which),
            before: comparison.before.front_text(text).to_owned(),
            reading: Reading::of(&which, &after),
            after,
        }
    };
    let wording = comparison.changed_wording().map(|wording| ChangeView {
        name: "Whose words they are",
        before: wording_name(comparison.before.wording()).to_owned(),
        after: wording_name(wording).to_owned(),
        reading: None,
    });
    comparison.changed_front().into_iter().map(change).chain(wording).collect()
}

impl StatementView {
    fn of(compared: &Compared) -> Self {
        let statement = &compared.statement;
        let (status, colour) = say_difference(compared);
        let change = |part: StatementPart| {
            let mut after = statement.part(part).to_owned();
            if part == StatementPart::PictureWords && compared.has_other_picture() && !after.is_empty() {
                after += " (a new picture)";
            }
            ChangeView {
                name: part_name(part),
                before: compared.before.as_ref().map(|before| before.part(part).to_owned()).unwrap_or_default(),
                reading: Reading::of(&DraftText::Statement(statement.id.clone(), part), &after),
                after,
            }
        };
        Self {
            theme: statement.theme.clone(),
            status,
            colour,
            words: compared.is_new().then(|| statement.words.clone()),
            in_practice: statement.in_practice.clone(),
            changes: compared.changed_parts().into_iter().map(change).collect(),
        }
    }
}

impl WaitingView {
    fn of(waiting: &Waiting) -> Self {
        let link = |(name, slug): &(String, String)| OrganisationLink {
            name: name.clone(),
            address: format!("/vrp/organisations/{slug}"),
        };
        Self { number: waiting.number, named: waiting.named.iter().map(link).collect(), more: waiting.more() }
    }
}

impl Page for PublicationPage {
    const TEMPLATE: &'static str = "charter_drafting/publication";
    fn title(&self) -> String {
        "What publishing would change".into()
    }
    fn back(&self) -> Option<Link> {
        Some(Link::new("The draft", DRAFT))
    }
}

/// Each page with made-up content.
pub fn samples() -> Vec<Sample> {
    let change = |is_hard| ChangeView {
        name: "The statement",
        before: String::new(),
        after: "We will treat you fairly.".into(),
        reading: Some(Reading { line: "Reads at about age 12".into(), is_hard }),
    };
    let statement = |words, changes| StatementView {
        theme: "Respect".into(),
        status: "Reworded",
        colour: "yellow",
        words,
        in_practice: "Adults use young people’s names.".into(),
        changes,
    };
    let waiting = |more| WaitingView {
        number: more + 1,
        named: vec![OrganisationLink { name: "The Hub".into(), address: "/vrp/organisations/the-hub".into() }],
        more,
    };
    let page = |faults| PublicationPage {
        edition: 3,
        before_number: 1,
        is_sample: true,
        faults,
        front: vec![change(true)],
        statements: vec![
            statement(Some("We will be fair.".to_owned()), Vec::new()),
            statement(None, vec![change(false)]),
        ],
        removed: vec![RemovedView { theme: "Fun".into(), words: "We will laugh together.".into() }],
        same: 5,
        in_force: waiting(12),
        ending: vec![EndingView { days: 30, number: 2 }, EndingView { days: 90, number: 5 }],
        half_signed: waiting(0),
        being_written: waiting(7),
        form: Filled::blank(SignAgainForm::FIELDS),
    };
    let fault = FaultView { text: "Respect: write “The statement” first".into(), address: DRAFT.into() };
    let nobody = || WaitingView { number: 0, named: Vec::new(), more: 0 };
    let nothing = PublicationPage {
        front: Vec::new(),
        statements: Vec::new(),
        removed: Vec::new(),
        half_signed: nobody(),
        being_written: nobody(),
        ..page(vec![fault])
    };
    let mut undated = page(Vec::new());
    undated.form = Filled::blank(SignAgainForm::FIELDS)
        .with_problem("sign_again_by", "Enter the day by which organisations sign again");
    vec![sample(&page(Vec::new())), sample(&undated), sample(&nothing)]
}
