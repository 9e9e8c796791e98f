//! What providers delivered in the last twelve months: sessions, people who came and hours, by month and by provider.

use std::collections::BTreeSet;

use chrono::NaiveDate;
use serde::Serialize;

use super::delivery::{Delivered, Delivery};
use super::wording::{name_months, say_amount};
use crate::clock::say_day;
use crate::small_groups::{Amount, round_to_five};
use crate::web::{Link, Page, Sample, sample};

/// What was delivered.
#[derive(Serialize)]
pub struct DeliveryPage {
    /// While no census is finished there is none.
    as_of: Option<String>,
    /// None while no session was held.
    all: Option<DeliveryRow>,
    months: Vec<DeliveryRow>,
    providers: Vec<DeliveryRow>,
}

#[derive(Serialize)]
struct DeliveryRow {
    name: String,
    sessions: i64,
    people: String,
    hours: String,
    rating: String,
    /// How much of the track its bar fills.
    width: String,
}

impl DeliveryPage {
    pub fn new(drawn: Option<&(NaiveDate, Delivery)>) -> Self {
        let Some((as_of, delivery)) = drawn else {
            return Self { as_of: None, all: None, months: Vec::new(), providers: Vec::new() };
        };
        let most = |rows: &mut dyn Iterator<Item = &Delivered>| rows.map(people_of).max().unwrap_or(0);
        let of_months = most(&mut delivery.months.iter().map(|(_, row)| row));
        let of_providers = most(&mut delivery.providers.iter().map(|(_, row)| row));
        let month = |((from, to), row): &((NaiveDate, NaiveDate), Delivered)| {
            DeliveryRow::of(name_months(*from, *to), row, of_months)
        };
        let provider = |(names, row): &(BTreeSet<String>, Delivered)| {
            let names: Vec<&str> = names.iter().map(String::as_str).collect();
            DeliveryRow::of(names.join(", "), row, of_providers)
        };
        Self {
            as_of: Some(say_day(*as_of)),
            all: (delivery.all.sessions > 0).then(|| DeliveryRow::of("All".to_owned(), &delivery.all, 0)),
            // The latest month first.
            months: delivery.months.iter().rev().map(month).collect(),
            providers: delivery.providers.iter().map(provider).collect(),
        }
    }
}

impl DeliveryRow {
    fn of(name: String, row: &Delivered, most: i64) -> Self {
        let rating = |(tenths, answers): (i64, i64)| {
            format!("{}.{} of 5, from about {} answers", tenths / 10, tenths % 10, round_to_five(answers))
        };
        Self {
            name,
            sessions: row.sessions,
            people: say_amount(row.people),
            hours: row.hours.map_or_else(|| "Not shown".to_owned(), |hours| hours.to_string()),
            rating: row.rating.map_or_else(|| "Not shown".to_owned(), rating),
            width: format!("{}%", people_of(row) * 100 / most.max(1)),
        }
    }
}

/// As a bar shows them.
fn people_of(row: &Delivered) -> i64 {
    match row.people {
        Amount::Few => 0,
        Amount::About(people) => people,
    }
}

impl Page for DeliveryPage {
    const TEMPLATE: &'static str = "sector_training/delivery";
    fn title(&self) -> String {
        "What providers delivered".into()
    }
    fn back(&self) -> Option<Link> {
        Link::back("/vrp/training")
    }
}

/// With sessions, without any, and before the first census.
pub fn samples() -> Vec<Sample> {
    let day = |month| NaiveDate::from_ymd_opt(2026, month, 1).unwrap_or_default();
    let row = Delivered { sessions: 4, people: Amount::About(45), hours: Some(135), rating: Some((46, 31)) };
    let none = Delivered { sessions: 0, people: Amount::About(0), hours: Some(0), rating: None };
    let delivery = |all| Delivery {
        all,
        months: vec![((day(9), day(10)), row), ((day(11), day(11)), none)],
        providers: vec![(BTreeSet::from(["Base 51".to_owned()]), row)],
    };
    let page = |all| sample(&DeliveryPage::new(Some(&(day(11), delivery(all)))));
    vec![page(row), page(none), sample(&DeliveryPage::new(None))]
}
