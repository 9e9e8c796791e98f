//! What expires next, as a picture that reads as a table and as a list; and what it takes to be complete.

use chrono::NaiveDate;
use serde::Serialize;

use super::matrix::{CellState, Matrix};
use super::outlook::{Gaps, Month};
use super::pages::{log_address, mark_of, record_address};
use crate::clock::say_day;
use crate::organisations::Organisation;
use crate::web::{Link, Page, Sample, count, sample};

/// What expires in the next twelve months.
#[derive(Serialize)]
pub struct NextPage {
    organisation: String,
    months: Vec<MonthView>,
    total: String,
    none: bool,
    #[serde(skip)]
    back_to: String,
}

#[derive(Serialize)]
struct MonthView {
    title: String,
    count: usize,
    /// Of the fullest month, in hundredths.
    share: usize,
    expiries: Vec<ExpiryView>,
}

#[derive(Serialize)]
struct ExpiryView {
    day: String,
    person: String,
    address: String,
    module: String,
}

impl NextPage {
    pub fn new(organisation: &Organisation, matrix: &Matrix, today: NaiveDate) -> Self {
        let months = matrix.next_months(today);
        let most = months.iter().map(|month| month.expiries.len()).max().unwrap_or(0);
        let total: usize = months.iter().map(|month| month.expiries.len()).sum();
        Self {
            organisation: organisation.name.clone(),
            months: months.iter().map(|month| month_view(&organisation.slug, month, most)).collect(),
            total: count(total, "completion expires", "completions expire"),
            none: total == 0,
            back_to: format!("/organisations/{}/training", organisation.slug),
        }
    }
}

fn month_view(slug: &str, month: &Month<'_>, most: usize) -> MonthView {
    let expiry = |expiry: &super::outlook::Expiry<'_>| ExpiryView {
        day: say_day(expiry.on),
        person: expiry.row.member.person.name.clone(),
        address: record_address(slug, expiry.row.member.person.id),
        module: expiry.module.title.clone(),
    };
    MonthView {
        title: month.first.format("%B %Y").to_string(),
        count: month.expiries.len(),
        share: (month.expiries.len() * 100).checked_div(most).unwrap_or(0),
        expiries: month.expiries.iter().map(expiry).collect(),
    }
}

impl Page for NextPage {
    const TEMPLATE: &'static str = "training/next";
    fn title(&self) -> String {
        "What expires next".into()
    }
    fn back(&self) -> Option<Link> {
        Some(Link::new("Training", self.back_to.clone()))
    }
}

/// What it takes to be complete, person by person.
#[derive(Serialize)]
pub struct GapsPage {
    organisation: String,
    people: Vec<GapsView>,
    incomplete: String,
    everyone: usize,
    #[serde(skip)]
    back_to: String,
}

#[derive(Serialize)]
struct GapsView {
    name: String,
    address: String,
    log_address: Option<String>,
    held: String,
    missing: Vec<Missing>,
}

#[derive(Serialize)]
struct Missing {
    state: &'static str,
    text: String,
}

impl GapsPage {
    pub fn new(organisation: &Organisation, matrix: &Matrix, is_lead: bool) -> Self {
        let slug = &organisation.slug;
        let gaps = matrix.gaps();
        Self {
            organisation: organisation.name.clone(),
            incomplete: count(gaps.len(), "person is not complete", "people are not complete"),
            everyone: matrix.rows.len(),
            people: gaps.iter().map(|gaps| gaps_view(slug, gaps, is_lead)).collect(),
            back_to: format!("/organisations/{slug}/training"),
        }
    }
}

fn gaps_view(slug: &str, gaps: &Gaps<'_>, is_lead: bool) -> GapsView {
    let person = &gaps.row.member.person;
    let missing = |(module, state): &(&super::Module, CellState)| {
        let since = if *state == CellState::Expired { "expired" } else { "not started" };
        Missing { state: mark_of(*state), text: format!("{}: {since}", module.title) }
    };
    GapsView {
        name: person.name.clone(),
        address: record_address(slug, person.id),
        log_address: is_lead.then(|| log_address(slug, person.id)),
        held: format!("{} of {}", gaps.required - gaps.missing.len(), gaps.required),
        missing: gaps.missing.iter().map(missing).collect(),
    }
}

impl Page for GapsPage {
    const TEMPLATE: &'static str = "training/gaps";
    fn title(&self) -> String {
        "What it takes to be complete".into()
    }
    fn back(&self) -> Option<Link> {
        Some(Link::new("Training", self.back_to.clone()))
    }
}

pub(super) fn samples() -> Vec<Sample> {
    let month = |title: &str, with: bool| MonthView {
        title: title.into(),
        count: usize::from(with),
        share: if with { 100 } else { 0 },
        expiries: match with {
            false => Vec::new(),
            true => vec![ExpiryView {
                day: "3 January 2027".into(),
                person: "Amina Yusuf".into(),
                address: "/organisations/the-hub/training/people/1".into(),
                module: "SEND".into(),
            }],
        },
    };
    let next = |months, none| NextPage {
        organisation: "The Hub".into(),
        months,
        total: "1 completion expires".into(),
        none,
        back_to: "/organisations/the-hub/training".into(),
    };
    let gaps = |people: Vec<GapsView>| GapsPage {
        organisation: "The Hub".into(),
        incomplete: count(people.len(), "person is not complete", "people are not complete"),
        people,
        everyone: 2,
        back_to: "/organisations/the-hub/training".into(),
    };
    let missing = |state, text| Missing { state: mark_of(state), text: format!("SEND: {text}") };
    let person = |log: Option<&str>| GapsView {
        name: "Amina Yusuf".into(),
        address: "/organisations/the-hub/training/people/1".into(),
        log_address: log.map(str::to_owned),
        held: "5 of 7".into(),
        missing: vec![missing(CellState::Expired, "expired"), missing(CellState::NotStarted, "not started")],
    };
    vec![
        sample(&next(vec![month("December 2026", false), month("January 2027", true)], false)),
        sample(&next(vec![month("December 2026", false)], true)),
        sample(&gaps(vec![person(Some("/organisations/the-hub/training/people/1/new")), person(None)])),
        sample(&gaps(Vec::new())),
    ]
}
