//! The register as anyone sees it.

use chrono::NaiveDate;
use serde::Serialize;
use url::form_urlencoded::Serializer;

use super::handlers::RegisterQuery;
use super::search::{Matches, Register, RegisterEntry};
use crate::clock::say_day;
use crate::ids::DistrictCode;
use crate::organisations::District;
use crate::web::{Choice, Filled, Page, Sample, count, sample};

/// The public register.
#[derive(Serialize)]
pub struct RegisterPage {
    form: Filled,
    district_choices: Vec<Choice>,
    filtered: bool,
    found_text: String,
    /// Not all that may match were looked at.
    cut_off: bool,
    entries: Vec<EntryView>,
    pages: Steps,
    chart: DistrictChart,
}

#[derive(Serialize)]
struct EntryView {
    name: String,
    address: String,
    districts: String,
    pledged_on: String,
    ends_on: String,
    charter_number: i32,
}

/// The pages on either side; they have no numbers.
#[derive(Serialize)]
struct Steps {
    first: Option<String>,
    previous: Option<String>,
    next: Option<String>,
    /// Where in the register this page is.
    label: String,
}

/// A bar for each district. Lengths are in the units of the picture, which is 320 wide.
#[derive(Serialize)]
struct DistrictChart {
    total_height: usize,
    bars: Vec<Bar>,
    described: String,
}

#[derive(Serialize)]
struct Bar {
    name: String,
    number: i64,
    number_text: String,
    address: String,
    length: i64,
    text_y: usize,
    bar_y: usize,
}

const CHART_WIDTH: i64 = 320;
const BAR_STEP: usize = 46;

impl RegisterPage {
    pub fn new(register: &Register, query: &RegisterQuery) -> Self {
        let all = Choice::new("", "All districts");
        let districts = register.by_district.iter().map(|(d, _)| Choice::new(d.code.as_str(), &d.name));
        let filtered = !query.q.trim().is_empty() || !query.district.is_empty();
        Self {
            form: Filled::blank(&[]).with("q", &query.q).with("district", &query.district),
            district_choices: std::iter::once(all).chain(districts).collect(),
            filtered,
            found_text: say_found(register.found, filtered),
            cut_off: matches!(register.found, Matches::MoreThan(_)),
            entries: register.entries.iter().map(EntryView::of).collect(),
            pages: Steps::of(register, query),
            chart: DistrictChart::of(&register.by_district),
        }
    }
}

impl Page for RegisterPage {
    const TEMPLATE: &'static str = "public_register/register";
    fn title(&self) -> String {
        "Who has pledged".into()
    }
}

impl EntryView {
    fn of(entry: &RegisterEntry) -> Self {
        Self {
            name: entry.organisation_name.clone(),
            address: format!("/pledges/{}", entry.pledge.code),
            districts: entry.districts.join(", "),
            pledged_on: entry.pledge.in_force_on.map(say_day).unwrap_or_default(),
            ends_on: entry.pledge.ends_on.map(say_day).unwrap_or_default(),
            charter_number: entry.charter_number,
        }
    }
}

impl Steps {
    fn of(register: &Register, query: &RegisterQuery) -> Self {
        let beside = |key, entry: Option<&RegisterEntry>| {
            entry.map(|entry| register_address(&query.q, &query.district, Some((key, &entry.pledge.code))))
        };
        let (newest, oldest) = (register.entries.first(), register.entries.last());
        Self {
            first: register.has_newer.then(|| register_address(&query.q, &query.district, None)),
            previous: beside("before", newest.filter(|_| register.has_newer)),
            next: beside("after", oldest.filter(|_| register.has_older)),
            label: say_days(oldest.and_then(|e| e.pledge.in_force_on), newest.and_then(|e| e.pledge.in_force_on)),
        }
    }
}

fn say_days(oldest: Option<NaiveDate>, newest: Option<NaiveDate>) -> String {
    match (oldest, newest) {
        (Some(oldest), Some(newest)) if oldest == newest => format!("Pledged on {}", say_day(newest)),
        (Some(oldest), Some(newest)) => format!("Pledged from {} to {}", say_day(oldest), say_day(newest)),
        _ => String::new(),
    }
}

fn say_found(found: Matches, filtered: bool) -> String {
    match found {
        Matches::MoreThan(number) => format!("More than {number} organisations found"),
        Matches::Exactly(number) => {
            let number = usize::try_from(number).unwrap_or_default();
            let end = match (filtered, number) {
                (true, _) => "found",
                (false, 1) => "has pledged",
                (false, _) => "have pledged",
            };
            format!("{} {end}", count(number, "organisation", "organisations"))
        }
    }
}

impl DistrictChart {
    fn of(by_district: &[(District, i64)]) -> Self {
        let most = by_district.iter().map(|(_, number)| *number).max().unwrap_or_default().max(1);
        let bar = |(row, (district, number)): (usize, &(District, i64))| Bar {
            name: district.name.clone(),
            number: *number,
            number_text: number.to_string(),
            address: register_address("", district.code.as_str(), None),
            length: CHART_WIDTH * number / most,
            text_y: row * BAR_STEP + 16,
            bar_y: row * BAR_STEP + 24,
        };
        let said: Vec<_> =
            by_district.iter().map(|(district, number)| format!("{}: {number}", district.name)).collect();
        Self {
            total_height: by_district.len() * BAR_STEP,
            bars: by_district.iter().enumerate().map(bar).collect(),
            described: said.join(", "),
        }
    }
}

fn register_address(name: &str, district: &str, beside: Option<(&str, &str)>) -> String {
    let mut query = Serializer::new(String::new());
    for (key, value) in [("q", name), ("district", district)].into_iter().chain(beside) {
        if !value.is_empty() {
            query.append_pair(key, value);
        }
    }
    let query = query.finish();
    if query.is_empty() { "/pledges".to_owned() } else { format!("/pledges?{query}") }
}

/// The page with made-up content, and without any.
pub fn samples() -> Vec<Sample> {
    let district = |code: &str, name: &str| District {
        code: DistrictCode::from(code),
        name: name.into(),
        county: "Nottinghamshire".into(),
    };
    let register = |found, count| Register {
        entries: Vec::new(),
        found,
        has_newer: false,
        has_older: false,
        by_district: vec![(district("E07000170", "Ashfield"), count), (district("E07000171", "Bassetlaw"), 0)],
    };
    let entry = EntryView {
        name: "The Hub".into(),
        address: "/pledges/PL-7KQ2M9XB".into(),
        districts: "Ashfield, Mansfield".into(),
        pledged_on: "3 November 2026".into(),
        ends_on: "3 November 2027".into(),
        charter_number: 1,
    };
    let pages = Steps {
        first: Some("/pledges?q=hub".into()),
        previous: Some("/pledges?q=hub&before=PL-7KQ2M9XB".into()),
        next: Some("/pledges?q=hub&after=PL-7KQ2M9XB".into()),
        label: "Pledged on 3 November 2026".into(),
    };
    let filtered = RegisterQuery { q: "hub".into(), ..RegisterQuery::default() };
    let all = RegisterPage::new(&register(Matches::MoreThan(1000), 120), &filtered);
    vec![
        sample(&RegisterPage { entries: vec![entry], pages, ..all }),
        sample(&RegisterPage::new(&register(Matches::Exactly(0), 0), &filtered)),
        sample(&RegisterPage::new(&register(Matches::Exactly(0), 0), &RegisterQuery::default())),
    ]
}
