//! The matrix on its way out: as a table for spreadsheet programs, and as a page made for paper. Both show what the
//! filters on the page leave.

use chrono::NaiveDate;
use serde::Serialize;

use super::matrix::{CellState, Matrix, MatrixRow};
use super::matrix_filter::MatrixFilter;
use super::matrix_page::{engagement_name, say_filter, say_short_day};
use super::module::Module;
use super::pages::{mark_of, say_state};
use crate::clock::say_day;
use crate::organisations::{MembershipRole, Organisation};
use crate::sheets::BookSheet;
use crate::web::{Link, Page, Sample, sample};

/// A row a person, a column a module.
pub fn matrix_sheet(matrix: &Matrix) -> BookSheet {
    let fixed = ["Person", "Role", "Works as", "Required", "In date"].map(str::to_owned);
    let titles = matrix.modules.iter().map(|module| module.title.clone());
    BookSheet {
        name: "Training",
        header: fixed.into_iter().chain(titles).collect(),
        rows: matrix.rows.iter().map(|row| sheet_row(&matrix.modules, row)).collect(),
        choices: Vec::new(),
    }
}

fn sheet_row(modules: &[Module], row: &MatrixRow) -> Vec<String> {
    let (membership, required) = (&row.member.membership, row.cells.iter().filter(|cell| cell.required));
    let fixed = [
        row.member.person.name.clone(),
        role_name(membership.role).to_owned(),
        engagement_name(membership.engagement).to_owned(),
        required.clone().count().to_string(),
        required.filter(|cell| cell.state.is_held()).count().to_string(),
    ];
    let cells = modules.iter().zip(&row.cells).map(|(module, cell)| {
        let expires_on = cell.latest.as_ref().and_then(|latest| latest.expires_on);
        say_state(module, cell.state, (expires_on, cell.booked_on), say_short_day)
    });
    fixed.into_iter().chain(cells).collect()
}

fn role_name(role: MembershipRole) -> &'static str {
    match role {
        MembershipRole::Lead => "Lead",
        MembershipRole::Signatory => "Governance signatory",
        MembershipRole::Practitioner => "Practitioner",
        MembershipRole::Viewer => "Viewer",
    }
}

/// A page made for paper.
#[derive(Serialize)]
pub struct PrintPage {
    organisation: String,
    today: String,
    filter: Option<String>,
    modules: Vec<String>,
    people: Vec<PrintRow>,
    #[serde(skip)]
    back_to: String,
}

#[derive(Serialize)]
struct PrintRow {
    name: String,
    works_as: &'static str,
    cells: Vec<PrintCell>,
}

#[derive(Serialize)]
struct PrintCell {
    state: &'static str,
    text: String,
}

impl PrintPage {
    pub fn new(organisation: &Organisation, matrix: &Matrix, filter: &MatrixFilter, today: NaiveDate) -> Self {
        let row = |row: &MatrixRow| PrintRow {
            name: row.member.person.name.clone(),
            works_as: engagement_name(row.member.membership.engagement),
            cells: row.cells.iter().map(print_cell).collect(),
        };
        Self {
            organisation: organisation.name.clone(),
            today: say_day(today),
            filter: say_filter(filter),
            modules: matrix.modules.iter().map(|module| module.short_title.clone()).collect(),
            people: matrix.rows.iter().map(row).collect(),
            back_to: format!("/organisations/{}/training{}", organisation.slug, filter.as_query()),
        }
    }
}

/// On paper there is room for a date; the mark says the rest.
fn print_cell(cell: &super::matrix::Cell) -> PrintCell {
    let expires_on = cell.latest.as_ref().and_then(|latest| latest.expires_on);
    let text = match (cell.state, expires_on) {
        (CellState::NotRequired, _) => String::new(),
        (CellState::NotStarted, _) => "Not started".to_owned(),
        (CellState::Booked, _) => {
            cell.booked_on.map(say_short_day).map(|day| format!("Booked {day}")).unwrap_or_default()
        }
        (CellState::InDate, None) => "Done".to_owned(),
        (CellState::Expired, Some(day)) => format!("Expired {}", say_short_day(day)),
        (_, Some(day)) => format!("To {}", say_short_day(day)),
        (_, None) => String::new(),
    };
    PrintCell { state: mark_of(cell.state), text }
}

impl Page for PrintPage {
    const TEMPLATE: &'static str = "training/print";
    const WIDE: bool = true;
    fn title(&self) -> String {
        format!("Training of {} on {}", self.organisation, self.today)
    }
    fn back(&self) -> Option<Link> {
        Some(Link::new("Training", self.back_to.clone()))
    }
}

pub(super) fn samples() -> Vec<Sample> {
    let cell = |state, text: &str| PrintCell { state: mark_of(state), text: text.into() };
    let page = |people: Vec<PrintRow>, filter: Option<&str>| PrintPage {
        organisation: "The Hub".into(),
        today: "24 November 2026".into(),
        filter: filter.map(str::to_owned),
        modules: vec!["Safeguarding".into(), "SEND".into()],
        people,
        back_to: "/organisations/the-hub/training".into(),
    };
    let row = PrintRow {
        name: "Amina Yusuf".into(),
        works_as: "Volunteer",
        cells: vec![cell(CellState::InDate, "To 3 Nov 2028"), cell(CellState::NotRequired, "")],
    };
    vec![sample(&page(vec![row], Some("Expired"))), sample(&page(Vec::new(), None))]
}
