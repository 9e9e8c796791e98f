//! The dry run of an import with everything that was found, and what came of it in the end.

use serde::Serialize;

use super::check::Checked;
use super::desk::Desk;
use super::finding::Finding;
use super::import::{Import, ImportState, Part};
use super::pages::{Place, say_state};
use super::plan::Namesake;
use super::wording::{say_finding, say_place};
use crate::clock::{day_of, say_day, say_instant};
use crate::organisations::{Engagement, Member};
use crate::sheets::cell_name;
use crate::web::{Choice, Field, Filled, Link, Page, Sample, count, sample};

pub(super) const ADDED: &str = "Everything is added";
pub(super) const BEGUN: &str = "The import has begun. It goes on by itself";
pub(super) const NOTHING_ADDED: &str = "Nothing was added: look through what is said below";
pub(super) const UNDONE: &str = "The import is undone";
pub(super) const UNDOING: &str = "The import is being undone. That goes on by itself";

/// More are in the file to download.
const SHOWN: usize = 200;

/// What would be added, and what is in the way.
#[derive(Serialize)]
pub struct DryRunPage {
    place: Place,
    file_name: String,
    kept_until: String,
    stats: Vec<Stat>,
    problems: Vec<FindingRow>,
    problems_text: String,
    notes: Vec<FindingRow>,
    notes_text: String,
    hidden_text: Option<String>,
    findings_address: String,
    namesakes: Vec<NamesakeView>,
    must_choose: bool,
    choices_action: String,
    columns_address: String,
    addition: Option<String>,
    add_text: String,
    removal: String,
    nothing: bool,
}

#[derive(Serialize)]
struct Stat {
    number: String,
    label: &'static str,
}

#[derive(Serialize)]
struct FindingRow {
    place: String,
    text: String,
}

#[derive(Serialize)]
struct NamesakeView {
    label: String,
    field: Field,
    options: Vec<Choice>,
}

impl DryRunPage {
    pub fn new(desk: &Desk, import: &Import, checked: &Checked, members: &[Member]) -> Self {
        let address = desk.address_of(import.id);
        let (problems, notes): (Vec<&Finding>, Vec<&Finding>) =
            checked.findings().into_iter().partition(|finding| finding.what.is_problem());
        let (people, completions) = (checked.new_people(), checked.completions());
        let hidden = problems.len().saturating_sub(SHOWN) + notes.len().saturating_sub(SHOWN);
        let namesakes: Vec<&Namesake> = match desk.organisation {
            Some(_) => checked.parts.iter().flat_map(|(_, plan)| &plan.namesakes).collect(),
            None => Vec::new(),
        };
        let mut stats = vec![
            Stat { number: people.to_string(), label: "people to add" },
            Stat { number: completions.to_string(), label: "completions to add" },
            Stat { number: problems.len().to_string(), label: "problems to mend" },
        ];
        if desk.organisation.is_none() {
            stats.insert(0, Stat { number: checked.parts.len().to_string(), label: "organisations" });
        }
        let can_add = problems.is_empty() && !checked.is_empty();
        Self {
            place: Place::of(desk),
            file_name: import.file_name.clone(),
            kept_until: say_instant(import.forgotten_at()),
            stats,
            problems_text: count(problems.len(), "problem", "problems"),
            notes_text: count(notes.len(), "row or cell is left as it is", "rows or cells are left as they are"),
            problems: problems.into_iter().take(SHOWN).map(finding_row).collect(),
            notes: notes.into_iter().take(SHOWN).map(finding_row).collect(),
            hidden_text: (hidden > 0).then(|| format!("{hidden} more are in the file below.")),
            findings_address: format!("{address}/findings.csv"),
            must_choose: namesakes.iter().any(|namesake| namesake.taken_for.is_none()),
            namesakes: namesakes.iter().enumerate().map(|(n, namesake)| namesake_view(n, namesake, members)).collect(),
            choices_action: format!("{address}/choices"),
            columns_address: format!("{address}/columns"),
            addition: can_add.then(|| format!("{address}/addition")),
            add_text: say_addition(people, completions),
            removal: format!("{address}/removal"),
            nothing: checked.is_empty(),
        }
    }
}

fn finding_row(finding: &Finding) -> FindingRow {
    FindingRow { place: say_place(finding), text: say_finding(&finding.what) }
}

fn say_addition(people: usize, completions: usize) -> String {
    let people_text = count(people, "person", "people");
    let completions_text = count(completions, "completion", "completions");
    match (people, completions) {
        (0, _) => format!("Add {completions_text}"),
        (_, 0) => format!("Add {people_text}"),
        _ => format!("Add {people_text} and {completions_text}"),
    }
}

fn namesake_view(number: usize, namesake: &Namesake, members: &[Member]) -> NamesakeView {
    let name = format!("who-{number}");
    let value = match namesake.taken_for {
        None => String::new(),
        Some(None) => "new".to_owned(),
        Some(Some(id)) => id.to_string(),
    };
    let known = members.iter().filter(|member| namesake.people.contains(&member.person.id));
    let mut options: Vec<Choice> = known
        .map(|member| Choice::new(member.person.id.to_string(), format!("The same person: {}", say_member(member))))
        .collect();
    options.push(Choice::new("new", "Someone else of the same name: add them"));
    if namesake.taken_for.is_none() {
        options.insert(0, Choice::new("", "Choose who it is"));
    }
    NamesakeView {
        label: format!("{} in the file", namesake.name),
        field: Filled::default().with(&name, value).field(&name),
        options,
    }
}

fn say_member(member: &Member) -> String {
    let engagement = match member.membership.engagement {
        Engagement::Paid => "paid",
        Engagement::Volunteer => "volunteer",
        Engagement::Trustee => "trustee",
    };
    let account = if member.person.account_id.is_some() { "with an account" } else { "without an account" };
    let since = say_day(day_of(member.membership.joined_at));
    format!("{}, {engagement}, {account}, here since {since}", member.person.name)
}

impl Page for DryRunPage {
    const TEMPLATE: &'static str = "imports/dry-run";
    fn title(&self) -> String {
        "Check before you add".into()
    }
    fn back(&self) -> Option<Link> {
        Some(Link::new("Columns", self.columns_address.clone()))
    }
}

/// Every finding as a table: where, in which column, what.
pub(super) fn findings_sheet(checked: &Checked, heads: &[String]) -> (Vec<String>, Vec<Vec<String>>) {
    let row = |finding: &Finding| {
        let column = finding.column.and_then(|column| heads.get(column)).cloned().unwrap_or_default();
        let cell = finding.column.map(|column| cell_name(column, finding.row)).unwrap_or_default();
        let kind = if finding.what.is_problem() { "To mend" } else { "Left as it is" };
        vec![finding.row.to_string(), cell, column, kind.to_owned(), say_finding(&finding.what)]
    };
    let header = ["Row", "Cell", "Column", "Kind", "What"].map(str::to_owned).to_vec();
    (header, checked.findings().into_iter().map(row).collect())
}

/// What came of an import.
#[derive(Serialize)]
pub struct ResultPage {
    place: Place,
    file_name: String,
    heading: &'static str,
    status: &'static str,
    colour: &'static str,
    summary: Vec<Line>,
    /// It goes on by itself.
    under_way: bool,
    address: String,
    undoing: Option<String>,
}

#[derive(Serialize)]
struct Line {
    key: &'static str,
    value: String,
}

impl ResultPage {
    pub fn new(desk: &Desk, import: &Import, parts: &[Part], by: Option<String>) -> Self {
        let state = import.state();
        let address = desk.address_of(import.id);
        let (status, colour) = say_state(state);
        Self {
            place: Place::of(desk),
            file_name: import.file_name.clone(),
            heading: match state {
                ImportState::Done => "Added from a spreadsheet",
                ImportState::Undone => "Import undone",
                ImportState::Undoing | ImportState::TakingBack => "Import being taken back",
                _ => "Import being added",
            },
            status,
            colour,
            summary: summary(desk.organisation.is_none(), import, parts, by),
            under_way: !matches!(state, ImportState::Done | ImportState::Undone),
            undoing: (state == ImportState::Done).then(|| format!("{address}/undoing")),
            address,
        }
    }
}

fn summary(of_many: bool, import: &Import, parts: &[Part], by: Option<String>) -> Vec<Line> {
    let sum = |of: fn(&Part) -> i32| parts.iter().map(of).sum::<i32>().unsigned_abs() as usize;
    let mut lines = Vec::new();
    let mut line = |key, value| lines.push(Line { key, value });
    if let (Some(by), Some(at)) = (by, import.concluded_at) {
        line("Added by", format!("{by}, {}", say_instant(at)));
    }
    if of_many {
        let all = import.about().organisations;
        line("Organisations", format!("{} of {all}", parts.len()));
    }
    line("People", count(sum(|part| part.people), "person", "people"));
    line("Training", count(sum(|part| part.completions), "completion", "completions"));
    if let Some(at) = import.undone_at {
        line("Undone", say_instant(at));
        let (people, completions) = (sum(|part| part.people_kept), sum(|part| part.completions_kept));
        if people > 0 {
            line(
                "People who stay",
                format!("{}: they have an account or other records by now", count(people, "person", "people")),
            );
        }
        if completions > 0 {
            let many = count(completions, "completion", "completions");
            line("Training that stays", format!("{many}: confirmed, corrected or verified since"));
        }
    }
    lines
}

impl Page for ResultPage {
    const TEMPLATE: &'static str = "imports/result";
    fn title(&self) -> String {
        self.heading.to_owned()
    }
    fn back(&self) -> Option<Link> {
        Some(Link::new("Imports", self.place.address.clone()))
    }
}

pub(super) fn samples() -> Vec<Sample> {
    let finding = |place: &str, text: &str| FindingRow { place: place.into(), text: text.into() };
    let dry_run = |problems: Vec<FindingRow>, nothing: bool| DryRunPage {
        place: Place::made_up(),
        file_name: "staff.xlsx".into(),
        kept_until: "25 November 2026 at 10:15am".into(),
        stats: vec![Stat { number: "12".into(), label: "people to add" }],
        problems_text: count(problems.len(), "problem", "problems"),
        notes: vec![finding("E9", "On the record already for 3 May 2024. It is left as it is")],
        notes_text: "1 row or cell is left as it is".into(),
        hidden_text: (!problems.is_empty()).then(|| "3 more are in the file below.".into()),
        findings_address: "/organisations/the-hub/imports/1/findings.csv".into(),
        must_choose: !problems.is_empty(),
        namesakes: match nothing {
            true => Vec::new(),
            false => vec![NamesakeView {
                label: "Amina Yusuf in the file".into(),
                field: Filled::default().with("who-0", "new").field("who-0"),
                options: vec![Choice::new("", "Choose who it is"), Choice::new("new", "Someone else")],
            }],
        },
        choices_action: "/organisations/the-hub/imports/1/choices".into(),
        columns_address: "/organisations/the-hub/imports/1/columns".into(),
        addition: (problems.is_empty() && !nothing).then(|| "/organisations/the-hub/imports/1/addition".into()),
        add_text: say_addition(12, 40),
        removal: "/organisations/the-hub/imports/1/removal".into(),
        problems,
        nothing,
    };
    let result = |state: ImportState| {
        let (status, colour) = say_state(state);
        ResultPage {
            place: Place::made_up(),
            file_name: "staff.xlsx".into(),
            heading: "Added from a spreadsheet",
            status,
            colour,
            summary: vec![Line { key: "People", value: "12 people".into() }],
            under_way: state == ImportState::Importing,
            address: "/organisations/the-hub/imports/1".into(),
            undoing: (state == ImportState::Done).then(|| "/organisations/the-hub/imports/1/undoing".into()),
        }
    };
    let wrong = vec![finding("C7", "There is no training called “Safegarding”. Did you mean “Safeguarding”?")];
    vec![
        sample(&dry_run(wrong, false)),
        sample(&dry_run(Vec::new(), false)),
        sample(&dry_run(Vec::new(), true)),
        sample(&result(ImportState::Done)),
        sample(&result(ImportState::Importing)),
        sample(&result(ImportState::Undone)),
    ]
}
