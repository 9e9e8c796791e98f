//! The list of imports with the way to bring a spreadsheet, and what the columns of one mean.

use serde::Serialize;

use super::columns::{Columns, MEANINGS, Meaning};
use super::courses::CourseNames;
use super::desk::Desk;
use super::forms::{ColumnsForm, SheetForm, is_without_account};
use super::import::{Import, ImportState};
use super::wording::say_meaning;
use crate::clock::{say_instant, say_time};
use crate::organisations::{Engagement, MembershipRole};
use crate::sheets::SheetRow;
use crate::web::{Choice, Filled, Link, Page, Sample, choices, count, sample};

pub(super) const HEAD_ONLY: &str =
    "The file has one row only. Put the names of the columns into the first row, and people below it";
pub(super) const CHOSEN: &str = "Your choices are kept";
pub(super) const REMOVED: &str = "The import is removed. Nothing was added";

/// Where one is, and the way back.
#[derive(Serialize, Clone)]
pub(super) struct Place {
    pub caption: String,
    pub of_many: bool,
    pub address: String,
    /// Where what was added can be seen.
    pub onward: String,
    #[serde(skip)]
    pub back: Link,
}

impl Place {
    pub fn of(desk: &Desk) -> Self {
        let address = desk.address();
        match &desk.organisation {
            Some(organisation) => Self {
                caption: organisation.name.clone(),
                of_many: false,
                address,
                onward: format!("/organisations/{}/training", organisation.slug),
                back: Link::new("Training", format!("/organisations/{}/training", organisation.slug)),
            },
            None => Self {
                caption: "All organisations".into(),
                of_many: true,
                address,
                onward: "/vrp".into(),
                back: Link::new("VRP", "/vrp"),
            },
        }
    }

    pub fn made_up() -> Self {
        Self {
            caption: "The Hub".into(),
            of_many: false,
            address: "/organisations/the-hub/imports".into(),
            onward: "/organisations/the-hub/training".into(),
            back: Link::new("Training", "/organisations/the-hub/training"),
        }
    }
}

/// Bringing a spreadsheet, and those that were brought.
#[derive(Serialize)]
pub struct ImportsPage {
    place: Place,
    imports: Vec<ImportRow>,
    form: Filled,
}

#[derive(Serialize)]
struct ImportRow {
    name: String,
    address: String,
    brought: String,
    status: &'static str,
    colour: &'static str,
}

impl ImportsPage {
    pub fn new(desk: &Desk, newest: &[(Import, String)], form: Filled) -> Self {
        let row = |(import, by): &(Import, String)| {
            let (status, colour) = say_state(import.state());
            ImportRow {
                name: import.file_name.clone(),
                address: desk.address_of(import.id),
                brought: format!("{by}, {}", say_instant(import.begun_at)),
                status,
                colour,
            }
        };
        Self { place: Place::of(desk), imports: newest.iter().map(row).collect(), form }
    }
}

impl Page for ImportsPage {
    const TEMPLATE: &'static str = "imports/imports";
    fn title(&self) -> String {
        "Add people and training from a spreadsheet".into()
    }
    fn back(&self) -> Option<Link> {
        Some(self.place.back.clone())
    }
}

pub(super) fn say_state(state: ImportState) -> (&'static str, &'static str) {
    match state {
        ImportState::Receiving => ("Being read", "blue"),
        ImportState::Waiting => ("Waiting for you", "yellow"),
        ImportState::Importing => ("Being added", "blue"),
        ImportState::TakingBack | ImportState::Undoing => ("Being taken back", "blue"),
        ImportState::Done => ("Added", "green"),
        ImportState::Undone => ("Undone", "grey"),
    }
}

/// What each column means.
#[derive(Serialize)]
pub struct ColumnsPage {
    place: Place,
    file_name: String,
    about: String,
    others: Option<String>,
    kept_until: String,
    columns: Vec<ColumnView>,
    meanings: Vec<Choice>,
    roles: Vec<Choice>,
    engagements: Vec<Choice>,
    action: String,
    removal: String,
    form: Filled,
}

/// One column, with its field.
#[derive(Serialize)]
struct ColumnView {
    label: String,
    examples: Option<String>,
    field: crate::web::Field,
}

impl ColumnsPage {
    pub fn new(desk: &Desk, import: &Import, names: &CourseNames, first: &[SheetRow], form: Filled) -> Self {
        let about = import.about();
        let address = desk.address_of(import.id);
        let views = about.heads.iter().enumerate();
        let rows = count(about.rows, "row", "rows");
        Self {
            place: Place::of(desk),
            file_name: import.file_name.clone(),
            about: match &about.sheet {
                Some(sheet) => format!("We read {rows} from the sheet “{sheet}”."),
                None => format!("We read {rows}."),
            },
            others: (about.others > 0).then(|| {
                format!("The file has {} that we did not read.", count(about.others, "other sheet", "other sheets"))
            }),
            kept_until: say_instant(import.forgotten_at()),
            columns: views.map(|(column, head)| column_view(column, head, first, &form)).collect(),
            meanings: meanings(names, desk.organisation.is_none()),
            roles: roles(),
            engagements: engagements(),
            action: format!("{address}/columns"),
            removal: format!("{address}/removal"),
            form,
        }
    }
}

fn column_view(column: usize, head: &str, first: &[SheetRow], form: &Filled) -> ColumnView {
    let mut examples: Vec<String> = Vec::new();
    for cell in first.iter().filter_map(|row| row.cells.get(column)).filter(|cell| !cell.is_empty()) {
        let short: String = cell.chars().take(40).collect();
        if examples.len() < 3 && !examples.contains(&short) {
            examples.push(short);
        }
    }
    let name = match head {
        "" => format!("Column {} (no name)", crate::sheets::cell_name(column, 1).trim_end_matches('1')),
        head => head.chars().take(60).collect(),
    };
    ColumnView {
        label: name,
        examples: (!examples.is_empty()).then(|| format!("For example: {}", examples.join("; "))),
        field: form.field(&format!("column-{column}")),
    }
}

fn meanings(names: &CourseNames, of_many: bool) -> Vec<Choice> {
    let fixed = MEANINGS.iter().filter(|(meaning, _)| of_many || *meaning != Meaning::Organisation);
    let mut choices: Vec<Choice> = fixed.map(|(meaning, word)| Choice::new(*word, say_meaning(meaning))).collect();
    for (module, name) in names.modules.iter().zip(names.full_names()) {
        let word = Meaning::DayOf(module.id.clone()).as_word();
        choices.push(Choice::new(word, format!("Date completed: {name}")));
    }
    choices
}

fn roles() -> Vec<Choice> {
    let said = |role: &MembershipRole| match role {
        MembershipRole::Practitioner => "Works with young people",
        _ => "Looks on only",
    };
    let all = MembershipRole::ALL.iter().filter(|role| is_without_account(**role));
    all.map(|role| Choice::new(role.as_str(), said(role))).collect()
}

fn engagements() -> Vec<Choice> {
    let said = |engagement: &Engagement| match engagement {
        Engagement::Paid => "Paid",
        Engagement::Volunteer => "Volunteer",
        Engagement::Trustee => "Trustee",
    };
    Engagement::ALL.iter().map(|engagement| Choice::new(engagement.as_str(), said(engagement))).collect()
}

/// The form as what is known of the columns fills it.
pub(super) fn filled_from(columns: &Columns) -> Filled {
    let form = Filled::blank(ColumnsForm::FIELDS)
        .with("role", columns.role.as_str())
        .with("engagement", columns.engagement.as_str())
        .with("provider", columns.provider.as_str());
    let meanings = columns.meanings.iter().enumerate();
    meanings.fold(form, |form, (at, meaning)| form.with(&format!("column-{at}"), meaning.as_word()))
}

impl Page for ColumnsPage {
    const TEMPLATE: &'static str = "imports/columns";
    fn title(&self) -> String {
        "What is in each column?".into()
    }
    fn back(&self) -> Option<Link> {
        Link::back(self.place.address.clone())
    }
}

pub(super) fn samples() -> Vec<Sample> {
    let row = |state| {
        let (status, colour) = say_state(state);
        ImportRow {
            name: "staff.xlsx".into(),
            address: "/organisations/the-hub/imports/1".into(),
            brought: format!("Asha Patel, {}", say_time(Default::default())),
            status,
            colour,
        }
    };
    let all = ImportState::ALL.iter().map(|state| row(*state)).collect();
    let list = |imports, form, of_many| ImportsPage { place: Place { of_many, ..Place::made_up() }, imports, form };
    let blank = || Filled::blank(SheetForm::FIELDS);
    let columns = |form: Filled, others: Option<String>| ColumnsPage {
        place: Place::made_up(),
        file_name: "staff.xlsx".into(),
        about: "We read 24 rows from the sheet “Staff”.".into(),
        others,
        kept_until: "25 November 2026 at 10:15am".into(),
        columns: vec![
            ColumnView {
                label: "Name".into(),
                examples: Some("For example: Amina Yusuf; Callum Deakin".into()),
                field: form.field("column-0"),
            },
            ColumnView { label: "Column B (no name)".into(), examples: None, field: form.field("column-1") },
        ],
        meanings: choices(&[("ignored", "Not used"), ("name", "Full name")]),
        roles: roles(),
        engagements: engagements(),
        action: "/organisations/the-hub/imports/1/columns".into(),
        removal: "/organisations/the-hub/imports/1/removal".into(),
        form,
    };
    let filled = Filled::blank(ColumnsForm::FIELDS).with("column-0", "name").with("column-1", "ignored");
    vec![
        sample(&list(all, blank(), false)),
        sample(&list(Vec::new(), blank().with_problem("spreadsheet", "Select a spreadsheet"), true)),
        sample(&columns(filled.clone(), Some("The file has 1 other sheet that we did not read.".into()))),
        sample(&columns(filled.with_problem("column-0", "Select the column with names"), None)),
    ]
}
