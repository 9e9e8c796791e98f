//! The page of the matrix.

use chrono::NaiveDate;
use serde::Serialize;

use super::matrix::{Cell, CellState, EXPIRING_DAYS, Matrix, MatrixRow};
use super::module::{Module, Pathway};
use super::pages::{log_address, mark_of, pathway_name, record_address, say_state};
use crate::clock::say_day;
use crate::organisations::{Engagement, Organisation};
use crate::web::{Link, Page, Sample, sample};

/// Which columns are shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct PathwayFilter(Option<Pathway>);

impl PathwayFilter {
    /// From the address; all for anything else.
    pub fn parse(word: Option<&str>) -> Self {
        Self(word.and_then(Pathway::parse))
    }
}

#[derive(Serialize)]
pub struct MatrixPage {
    organisation: String,
    slug: String,
    today: String,
    views: Vec<View>,
    stats: Vec<Stat>,
    next_expiry: Option<String>,
    legend: Vec<Mark>,
    groups: Vec<Group>,
    modules: Vec<Column>,
    people: Vec<PersonRow>,
    /// Where a lead books for everyone.
    book: Option<String>,
    /// A lead who is alone here, or nearly.
    add_people: bool,
}

#[derive(Serialize)]
struct View {
    text: &'static str,
    address: String,
    current: bool,
}

#[derive(Serialize)]
struct Stat {
    number: String,
    label: &'static str,
}

#[derive(Serialize)]
struct Mark {
    state: &'static str,
    text: String,
    /// Something is to be done here.
    attention: bool,
}

#[derive(Serialize)]
struct Group {
    title: &'static str,
    columns: usize,
}

#[derive(Serialize)]
struct Column {
    short: String,
    full: String,
}

#[derive(Serialize)]
struct PersonRow {
    name: String,
    works_as: &'static str,
    address: String,
    log_address: Option<String>,
    cells: Vec<Mark>,
}

impl MatrixPage {
    pub fn new(
        organisation: &Organisation,
        matrix: Matrix,
        filter: PathwayFilter,
        is_lead: bool,
        today: NaiveDate,
    ) -> Self {
        let slug = &organisation.slug;
        let stats = stats(&matrix);
        let next_expiry = matrix
            .next_expiry()
            .map(|next| format!("{}, {}, on {}", next.row.member.person.name, next.module.title, say_day(next.on)));
        let matrix = match filter.0 {
            Some(pathway) => matrix.narrowed_to(pathway),
            None => matrix,
        };
        Self {
            organisation: organisation.name.clone(),
            slug: slug.clone(),
            today: say_day(today),
            views: views(slug, filter),
            stats,
            next_expiry,
            legend: legend(),
            groups: groups(&matrix.modules),
            modules: matrix
                .modules
                .iter()
                .map(|m| Column { short: m.short_title.clone(), full: m.title.clone() })
                .collect(),
            people: matrix.rows.iter().map(|row| person_row(slug, &matrix.modules, row, is_lead)).collect(),
            book: is_lead.then(|| format!("/organisations/{slug}/training/sessions")),
            add_people: is_lead && matrix.rows.len() < 2,
        }
    }
}

impl Page for MatrixPage {
    const TEMPLATE: &'static str = "training/matrix";
    const WIDE: bool = true;
    fn title(&self) -> String {
        format!("Training – {}", self.organisation)
    }
    fn back(&self) -> Option<Link> {
        Some(Link::new(self.organisation.clone(), format!("/organisations/{}", self.slug)))
    }
}

fn stats(matrix: &Matrix) -> Vec<Stat> {
    let part = |(done, of): (usize, usize)| format!("{done} of {of}");
    vec![
        Stat { number: part(matrix.complete_in(Pathway::Core)), label: "people complete in core" },
        Stat { number: part(matrix.complete_in(Pathway::Accountability)), label: "people complete in accountability" },
        Stat { number: matrix.count_required(CellState::Expiring).to_string(), label: "expiring soon" },
        Stat { number: matrix.count_required(CellState::Expired).to_string(), label: "expired" },
        Stat { number: matrix.count_required(CellState::NotStarted).to_string(), label: "not started" },
    ]
}

fn views(slug: &str, filter: PathwayFilter) -> Vec<View> {
    let view = |text, word: &str, pathway: Option<Pathway>| View {
        text,
        address: format!("/organisations/{slug}/training?pathway={word}"),
        current: filter.0 == pathway,
    };
    let mut views = vec![view("All", "all", None)];
    views.extend(Pathway::ALL.iter().map(|p| view(pathway_name(*p), p.as_str(), Some(*p))));
    views
}

fn legend() -> Vec<Mark> {
    [
        (CellState::InDate, "In date".to_owned()),
        (CellState::Expiring, format!("Expires in {EXPIRING_DAYS} days or fewer")),
        (CellState::Expired, "Expired".to_owned()),
        (CellState::NotStarted, "Not started".to_owned()),
        (CellState::NotRequired, "Not required, or optional".to_owned()),
    ]
    .into_iter()
    .map(|(state, text)| Mark { state: mark_of(state), text, attention: false })
    .collect()
}

fn groups(modules: &[Module]) -> Vec<Group> {
    let columns = |pathway| modules.iter().filter(|m| m.pathway() == pathway).count();
    let all = Pathway::ALL.iter().map(|p| Group { title: pathway_name(*p), columns: columns(*p) });
    all.filter(|group| group.columns > 0).collect()
}

fn person_row(slug: &str, modules: &[Module], row: &MatrixRow, is_lead: bool) -> PersonRow {
    let person = &row.member.person;
    PersonRow {
        name: person.name.clone(),
        works_as: match row.member.membership.engagement {
            Engagement::Paid => "Paid",
            Engagement::Volunteer => "Volunteer",
            Engagement::Trustee => "Trustee",
        },
        address: record_address(slug, person.id),
        log_address: is_lead.then(|| log_address(slug, person.id)),
        cells: modules.iter().zip(&row.cells).map(|(module, cell)| mark(module, cell)).collect(),
    }
}

fn mark(module: &Module, cell: &Cell) -> Mark {
    let expires_on = cell.latest.as_ref().and_then(|latest| latest.expires_on);
    let text = say_state(module, cell.state, expires_on, say_short_day);
    let attention = cell.required && matches!(cell.state, CellState::Expiring | CellState::Expired);
    Mark { state: mark_of(cell.state), text, attention }
}

/// Fits a cell: `3 Nov 2026`.
fn say_short_day(day: NaiveDate) -> String {
    day.format("%-d %b %Y").to_string()
}

pub(super) fn samples() -> Vec<Sample> {
    let mark = |state, text: &str, attention| Mark { state: mark_of(state), text: text.into(), attention };
    let cells = || {
        vec![
            mark(CellState::InDate, "In date to 3 Nov 2028", false),
            mark(CellState::Expired, "Expired 2 Feb 2026", true),
            mark(CellState::Expiring, "Expires 3 Jan 2027", true),
        ]
    };
    let page = |people: Vec<PersonRow>| MatrixPage {
        organisation: "The Hub".into(),
        slug: "the-hub".into(),
        today: "24 November 2026".into(),
        views: views("the-hub", PathwayFilter(Some(Pathway::Core))),
        stats: vec![Stat { number: "1 of 2".into(), label: "people complete in core" }],
        next_expiry: Some("Amina Yusuf, SEND, on 3 January 2027".into()),
        legend: legend(),
        groups: vec![Group { title: pathway_name(Pathway::Core), columns: 3 }],
        modules: ["Safeguarding", "Engaging", "SEND"].map(|m| Column { short: m.into(), full: m.into() }).into(),
        book: Some("/organisations/the-hub/training/sessions".into()),
        add_people: people.is_empty(),
        people,
    };
    let person = |name: &str, log_address: Option<&str>| PersonRow {
        name: name.into(),
        works_as: "Volunteer",
        address: "/organisations/the-hub/training/people/1".into(),
        log_address: log_address.map(str::to_owned),
        cells: cells(),
    };
    let log = Some("/organisations/the-hub/training/people/1/new");
    vec![sample(&page(vec![person("Amina Yusuf", log), person("Callum Deakin", None)])), sample(&page(Vec::new()))]
}
