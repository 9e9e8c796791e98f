//! Who never got a place: organisations, by district and kind, and one by one.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use url::form_urlencoded::Serializer;

use super::amounts::OrganisationTally;
use super::newcomers::{NEWCOMERS_ON_A_PAGE, Newcomer, NewcomerSearch, Newcomers};
use super::wording::{kind_name, say_organisations, say_places};
use crate::clock::{day_of, say_day};
use crate::organisations::{District, LegalForm, NONE, SEVERAL};
use crate::questions::district_name;
use crate::sheets::BookSheet;
use crate::web::{Choice, Filled, Link, Page, PageLinks, Sample, count, sample};

/// The filter, as it stands in the page's address. A district that there is not finds nothing.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub struct AccessQuery {
    pub district: String,
    /// 1 for the first.
    pub page: String,
}

/// Who never got a place.
#[derive(Serialize)]
pub struct AccessPage {
    /// While no census is finished there is none.
    as_of: Option<String>,
    all: String,
    form: Filled,
    district_choices: Vec<Choice>,
    filtered: bool,
    found_text: String,
    /// There are organisations at all.
    any: bool,
    rows: Vec<AccessRow>,
    table: String,
    pages: PageLinks,
    by_district: Vec<ShareRow>,
    by_kind: Vec<ShareRow>,
    held: String,
}

#[derive(Serialize)]
struct AccessRow {
    name: String,
    address: String,
    detail: String,
    since: String,
}

#[derive(Serialize)]
struct ShareRow {
    name: String,
    without_place: i64,
    all: i64,
    width: String,
}

/// What it is made of.
pub struct Access {
    pub as_of: NaiveDate,
    pub tallies: Vec<OrganisationTally>,
    pub newcomers: Newcomers,
}

impl AccessQuery {
    pub fn search(&self) -> NewcomerSearch {
        NewcomerSearch {
            district: Some(self.district.clone()).filter(|word| !word.is_empty()),
            page: self.page.parse::<i64>().unwrap_or(1).clamp(1, 1_000_000) - 1,
        }
    }

    fn address(&self, path: &str, page: Option<i64>) -> String {
        let mut query = Serializer::new(String::new());
        if !self.district.is_empty() {
            query.append_pair("district", &self.district);
        }
        if let Some(page) = page {
            query.append_pair("page", &page.to_string());
        }
        format!("{path}?{}", query.finish())
    }
}

impl AccessPage {
    pub fn new(drawn: Option<&Access>, held: i64, query: &AccessQuery, districts: &[District]) -> Self {
        const HERE: &str = "/vrp/training/access";
        let search = query.search();
        let none = Vec::new();
        let tallies = drawn.map_or(&none, |drawn| &drawn.tallies);
        let without_place: i64 = tallies.iter().map(|tally| tally.without_place).sum();
        let all: i64 = tallies.iter().map(|tally| tally.organisations).sum();
        let (page, found) = drawn.map_or((0, 0), |drawn| (drawn.newcomers.page, drawn.newcomers.found));
        let link = |page: i64| query.address(HERE, Some(page));
        let names = districts.iter().map(|district| Choice::new(district.code.as_str(), &district.name));
        let other = [SEVERAL, NONE].map(|word| Choice::new(word, district_name(word, districts)));
        let row = |newcomer: &Newcomer| AccessRow::of(newcomer, districts, drawn.map(|drawn| drawn.as_of));
        Self {
            as_of: drawn.map(|drawn| say_day(drawn.as_of)),
            all: format!("{without_place} of {}", say_organisations(all)),
            form: Filled::default().with("district", &query.district),
            district_choices: std::iter::once(Choice::new("", "All districts")).chain(names).chain(other).collect(),
            filtered: search.district.is_some(),
            found_text: say_organisations(found),
            any: all > 0,
            rows: drawn.map(|drawn| drawn.newcomers.organisations.iter().map(row).collect()).unwrap_or_default(),
            table: query.address("/vrp/training/access.csv", None),
            pages: PageLinks::counted(page + 1, found, NEWCOMERS_ON_A_PAGE, link),
            by_district: shares(tallies, |tally| district_name(&tally.district, districts)),
            by_kind: shares(tallies, |tally| kind_name(&tally.kind).to_owned()),
            held: say_places(held),
        }
    }
}

/// By name.
fn shares(tallies: &[OrganisationTally], name: impl Fn(&OrganisationTally) -> String) -> Vec<ShareRow> {
    let mut sums: BTreeMap<String, (i64, i64)> = BTreeMap::new();
    for tally in tallies {
        let sum = sums.entry(name(tally)).or_default();
        *sum = (sum.0 + tally.without_place, sum.1 + tally.organisations);
    }
    let row = |(name, (without_place, all)): (String, (i64, i64))| ShareRow {
        name,
        without_place,
        all,
        width: format!("{}%", without_place * 100 / all.max(1)),
    };
    sums.into_iter().map(row).collect()
}

impl AccessRow {
    fn of(newcomer: &Newcomer, districts: &[District], as_of: Option<NaiveDate>) -> Self {
        let since = newcomer.approved_at.map(day_of);
        Self {
            name: newcomer.name.clone(),
            address: format!("/vrp/organisations/{}", newcomer.slug),
            detail: format!(
                "{} · {}",
                district_name(&newcomer.district, districts),
                kind_name(newcomer.kind.map_or(NONE, LegalForm::as_str))
            ),
            since: since.map_or_else(String::new, |day| {
                let long = as_of.map(|today| say_how_long((today - day).num_days())).unwrap_or_default();
                format!("In the programme since {} ({long})", say_day(day))
            }),
        }
    }
}

fn say_how_long(days: i64) -> String {
    let n = |n: i64| usize::try_from(n).unwrap_or_default();
    match days {
        ..60 => count(n(days.max(0)), "day", "days"),
        60..730 => count(n(days / 30), "month", "months"),
        _ => count(n(days / 365), "year", "years"),
    }
}

/// The list as a table.
pub fn newcomers_sheet(newcomers: &[Newcomer], districts: &[District]) -> BookSheet {
    let row = |newcomer: &Newcomer| {
        vec![
            newcomer.name.clone(),
            district_name(&newcomer.district, districts),
            kind_name(newcomer.kind.map_or(NONE, LegalForm::as_str)).to_owned(),
            newcomer.approved_at.map(|at| day_of(at).to_string()).unwrap_or_default(),
        ]
    };
    BookSheet {
        name: "Never had a place",
        header: ["Organisation", "District", "Kind", "In the programme since"].map(str::to_owned).to_vec(),
        rows: newcomers.iter().map(row).collect(),
        choices: Vec::new(),
    }
}

impl Page for AccessPage {
    const TEMPLATE: &'static str = "sector_training/access";
    fn title(&self) -> String {
        "Who never got a place".into()
    }
    fn back(&self) -> Option<Link> {
        Link::back("/vrp/training")
    }
}

/// With organisations, with none that fits, with none at all, and before the first census.
pub fn samples() -> Vec<Sample> {
    let newcomer = Newcomer {
        name: "The Hub".into(),
        slug: "the-hub".into(),
        kind: None,
        district: SEVERAL.into(),
        approved_at: NaiveDate::from_ymd_opt(2026, 3, 3).and_then(|day| day.and_hms_opt(12, 0, 0)),
    };
    let drawn = |organisations: Vec<Newcomer>, without_place| Access {
        as_of: NaiveDate::from_ymd_opt(2026, 11, 26).unwrap_or_default(),
        tallies: vec![OrganisationTally {
            district: SEVERAL.into(),
            kind: NONE.into(),
            organisations: 60,
            without_place,
        }],
        newcomers: Newcomers {
            found: if organisations.is_empty() { 0 } else { without_place },
            organisations,
            page: 0,
        },
    };
    let all = AccessQuery::default();
    let narrow = AccessQuery { district: NONE.into(), page: String::new() };
    vec![
        sample(&AccessPage::new(Some(&drawn(vec![newcomer], 51)), 6, &all, &[])),
        sample(&AccessPage::new(Some(&drawn(Vec::new(), 51)), 0, &narrow, &[])),
        sample(&AccessPage::new(Some(&drawn(Vec::new(), 0)), 0, &all, &[])),
        sample(&AccessPage::new(None, 0, &all, &[])),
    ]
}
