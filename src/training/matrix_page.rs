//! The page of the matrix.

use chrono::NaiveDate;
use serde::Serialize;

use super::matrix::{Cell, CellState, EXPIRING_DAYS, Matrix, MatrixRow};
use super::matrix_filter::{MatrixFilter, ROW_STATES, RowState};
use super::module::{Module, Pathway};
use super::pages::{log_address, mark_of, pathway_name, record_address, say_state};
use crate::clock::say_day;
use crate::organisations::{Engagement, MembershipRole, Organisation};
use crate::web::{Choice, Filled, Link, Page, Sample, sample};

#[derive(Serialize)]
pub struct MatrixPage {
    organisation: String,
    slug: String,
    today: String,
    views: Vec<View>,
    /// Where the filters lead to, with the words of each.
    form: Filled,
    states: Vec<Choice>,
    roles: Vec<Choice>,
    engagements: Vec<Choice>,
    pathway: Option<&'static str>,
    /// What is shown, when it is not everyone.
    filter: Option<String>,
    clear: String,
    /// The same in a file or for paper: put this behind their addresses.
    query: String,
    is_lead: bool,
    empty: bool,
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
        filter: &MatrixFilter,
        is_lead: bool,
        today: NaiveDate,
    ) -> Self {
        let slug = &organisation.slug;
        let stats = stats(&matrix);
        let next_expiry = Some(&matrix)
            .filter(|_| !filter.narrows_rows())
            .and_then(Matrix::next_expiry)
            .map(|next| format!("{}, {}, on {}", next.row.member.person.name, next.module.title, say_day(next.on)));
        let everyone = matrix.rows.len();
        let matrix = filter.narrow(matrix);
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
            add_people: is_lead && everyone < 2,
            form: filled_from(filter),
            states: states(),
            roles: roles(),
            engagements: engagements(),
            pathway: filter.pathway.map(Pathway::as_str),
            filter: say_filter(filter).filter(|_| filter.narrows_rows()),
            clear: format!(
                "/organisations/{slug}/training{}",
                MatrixFilter::default().with_pathway(filter.pathway).as_query()
            ),
            query: filter.as_query(),
            is_lead,
            empty: everyone == 0,
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

fn views(slug: &str, filter: &MatrixFilter) -> Vec<View> {
    let view = |text, pathway: Option<Pathway>| View {
        text,
        address: format!("/organisations/{slug}/training{}", filter.with_pathway(pathway).as_query()),
        current: filter.pathway == pathway,
    };
    let mut views = vec![view("All", None)];
    views.extend(Pathway::ALL.iter().map(|p| view(pathway_name(*p), Some(*p))));
    views
}

const ROW_STATE_NAMES: [(RowState, &str); 6] = [
    (RowState::Expired, "With something expired"),
    (RowState::Expiring, "With something expiring soon"),
    (RowState::NotStarted, "With something not started"),
    (RowState::Booked, "With a place on a session"),
    (RowState::Incomplete, "Not complete"),
    (RowState::Complete, "Complete"),
];
const ROLE_NAMES: [(MembershipRole, &str); 4] = [
    (MembershipRole::Lead, "Leads"),
    (MembershipRole::Signatory, "Governance signatories"),
    (MembershipRole::Practitioner, "Practitioners"),
    (MembershipRole::Viewer, "Viewers"),
];

fn states() -> Vec<Choice> {
    let word = |state| ROW_STATES.iter().find(|(known, _)| *known == state).map_or("", |(_, word)| *word);
    let named = ROW_STATE_NAMES.iter().map(|(state, name)| Choice::new(word(*state), *name));
    std::iter::once(Choice::new("", "Everyone")).chain(named).collect()
}

fn roles() -> Vec<Choice> {
    let named = ROLE_NAMES.iter().map(|(role, name)| Choice::new(role.as_str(), *name));
    std::iter::once(Choice::new("", "All roles")).chain(named).collect()
}

fn engagements() -> Vec<Choice> {
    let named = Engagement::ALL.iter().map(|one| Choice::new(one.as_str(), engagement_name(*one)));
    std::iter::once(Choice::new("", "All")).chain(named).collect()
}

fn filled_from(filter: &MatrixFilter) -> Filled {
    let state = ROW_STATES.iter().find(|(state, _)| Some(*state) == filter.state).map_or("", |(_, word)| *word);
    Filled::default()
        .with_all("state", [state])
        .with_all("role", [filter.role.map_or("", MembershipRole::as_str)])
        .with_all("engagement", [filter.engagement.map_or("", Engagement::as_str)])
        .with("q", filter.name.as_str())
}

/// What is left out of view, in words; `None` when nothing is.
pub(super) fn say_filter(filter: &MatrixFilter) -> Option<String> {
    let state = ROW_STATE_NAMES.iter().find(|(state, _)| Some(*state) == filter.state).map(|(_, name)| *name);
    let role = ROLE_NAMES.iter().find(|(role, _)| Some(*role) == filter.role).map(|(_, name)| *name);
    let name = Some(&filter.name).filter(|name| !name.is_empty()).map(|name| format!("name with “{name}”"));
    let said: Vec<String> = [filter.pathway.map(pathway_name), role, filter.engagement.map(engagement_name), state]
        .into_iter()
        .flatten()
        .map(str::to_owned)
        .chain(name)
        .collect();
    (!said.is_empty()).then(|| said.join(", "))
}

pub(super) fn engagement_name(engagement: Engagement) -> &'static str {
    match engagement {
        Engagement::Paid => "Paid",
        Engagement::Volunteer => "Volunteer",
        Engagement::Trustee => "Trustee",
    }
}

fn legend() -> Vec<Mark> {
    [
        (CellState::InDate, "In date".to_owned()),
        (CellState::Expiring, format!("Expires in {EXPIRING_DAYS} days or fewer")),
        (CellState::Expired, "Expired".to_owned()),
        (CellState::Booked, "Booked".to_owned()),
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
        works_as: engagement_name(row.member.membership.engagement),
        address: record_address(slug, person.id),
        log_address: is_lead.then(|| log_address(slug, person.id)),
        cells: modules.iter().zip(&row.cells).map(|(module, cell)| mark(module, cell)).collect(),
    }
}

fn mark(module: &Module, cell: &Cell) -> Mark {
    let expires_on = cell.latest.as_ref().and_then(|latest| latest.expires_on);
    let text = say_state(module, cell.state, (expires_on, cell.booked_on), say_short_day);
    let attention = cell.required && matches!(cell.state, CellState::Expiring | CellState::Expired);
    Mark { state: mark_of(cell.state), text, attention }
}

/// Fits a cell: `3 Nov 2026`.
pub(super) fn say_short_day(day: NaiveDate) -> String {
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
        views: views("the-hub", &MatrixFilter::default()),
        form: filled_from(&MatrixFilter::default()),
        states: states(),
        roles: roles(),
        engagements: engagements(),
        pathway: (!people.is_empty()).then_some("core"),
        filter: people.is_empty().then(|| "Leads".into()),
        clear: "/organisations/the-hub/training".into(),
        query: "?pathway=core".into(),
        is_lead: true,
        empty: false,
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
