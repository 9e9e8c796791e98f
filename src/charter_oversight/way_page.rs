//! The funnel: how many organisations come how far, all together, by district and by the month in which they came.

use std::collections::BTreeMap;

use chrono::{Months, NaiveDate};
use serde::Serialize;

use super::census::{FunnelRow, NONE, SEVERAL};
use super::step::CharterStep;
use crate::clock::say_day;
use crate::organisations::District;
use crate::web::{Link, Page, Sample, sample};

pub(super) const WAY: &str = "/vrp/charter/way";
/// So many months have a row of their own.
const MONTHS: u32 = 12;

/// The whole way.
#[derive(Serialize)]
pub struct WayPage {
    /// While no census is taken there is none.
    as_of: Option<String>,
    bars: Vec<Bar>,
    heads: Vec<&'static str>,
    by_district: Vec<Row>,
    by_month: Vec<Row>,
}

#[derive(Serialize)]
struct Bar {
    name: &'static str,
    words: String,
    width: String,
}

#[derive(Serialize)]
struct Row {
    name: String,
    /// How many came as far as each step.
    numbers: Vec<i64>,
}

/// How many came as far as each step of [`CharterStep::WAY`].
type Reached = [i64; 6];

pub(super) fn step_name(step: CharterStep) -> &'static str {
    match step {
        CharterStep::Interested => "Interested",
        CharterStep::Trained => "Trained",
        CharterStep::Begun => "Pledge begun",
        CharterStep::HalfSigned => "Half signed",
        CharterStep::InForce => "In force",
        CharterStep::Renewed => "Renewed",
        CharterStep::Ended => "Ended",
    }
}

pub(super) fn district_name(word: &str, districts: &[District]) -> String {
    match word {
        SEVERAL => "More than one district".to_owned(),
        NONE => "No district".to_owned(),
        code => {
            let found = districts.iter().find(|district| district.code.as_str() == code);
            found.map_or_else(|| "A district that is no more".to_owned(), |district| district.name.clone())
        }
    }
}

impl WayPage {
    /// Of the rows of the last census, with its day.
    pub fn new(taken: Option<(NaiveDate, &[FunnelRow])>, districts: &[District]) -> Self {
        let (as_of, rows) = taken.unwrap_or_default();
        let mut all = Reached::default();
        let mut by_district: BTreeMap<String, Reached> = BTreeMap::new();
        let mut by_month: BTreeMap<(NaiveDate, String), Reached> = BTreeMap::new();
        let first = as_of - Months::new(MONTHS - 1);
        let first = first.format("%Y-%m-01").to_string().parse().unwrap_or(first);
        for (district, month, furthest, organisations) in rows {
            let month = if *month < first {
                (NaiveDate::MIN, format!("Before {}", first.format("%B %Y")))
            } else {
                (*month, month.format("%B %Y").to_string())
            };
            let district = by_district.entry(district_name(district, districts)).or_default();
            for reached in [&mut all, district, by_month.entry(month).or_default()] {
                let passed = usize::try_from(*furthest).unwrap_or_default().min(reached.len());
                reached[..passed].iter_mut().for_each(|number| *number += organisations);
            }
        }
        let bar = |(step, number): (&CharterStep, &i64)| Bar {
            name: step_name(*step),
            words: format!("{number} of {}", all[0]),
            width: format!("{}%", number * 100 / all[0].max(1)),
        };
        Self {
            as_of: taken.map(|(day, _)| say_day(day)),
            bars: if all[0] == 0 { Vec::new() } else { CharterStep::WAY.iter().zip(&all).map(bar).collect() },
            heads: CharterStep::WAY.iter().map(|step| step_name(*step)).collect(),
            by_district: by_district.into_iter().map(|(name, reached)| Row { name, numbers: reached.into() }).collect(),
            by_month: by_month
                .into_iter()
                .rev()
                .map(|((_, name), reached)| Row { name, numbers: reached.into() })
                .collect(),
        }
    }
}

impl Page for WayPage {
    const TEMPLATE: &'static str = "charter_oversight/way";
    fn title(&self) -> String {
        "From interest to a renewed pledge".into()
    }
    fn back(&self) -> Option<Link> {
        Link::back("/vrp")
    }
}

/// With numbers, with nobody, and before the first census.
pub fn samples() -> Vec<Sample> {
    let day = NaiveDate::from_ymd_opt(2026, 11, 26).unwrap_or_default();
    let rows = [
        (SEVERAL.to_owned(), day - Months::new(30), 6, 4),
        (NONE.to_owned(), day, 1, 2),
        ("E06000018".to_owned(), day, 3, 7),
    ];
    vec![
        sample(&WayPage::new(Some((day, rows.as_slice())), &[])),
        sample(&WayPage::new(Some((day, Default::default())), &[])),
        sample(&WayPage::new(None, &[])),
    ]
}
