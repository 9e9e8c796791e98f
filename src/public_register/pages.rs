//! The register as anyone sees it.

use serde::Serialize;
use url::form_urlencoded::Serializer;

use super::handlers::RegisterQuery;
use super::search::{REGISTER_PAGE, Register, RegisterEntry};
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
    entries: Vec<EntryView>,
    pages: PageLinks,
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
    code: String,
}

#[derive(Serialize)]
struct PageLinks {
    previous: Option<String>,
    next: Option<String>,
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
        let found = usize::try_from(register.found).unwrap_or_default();
        Self {
            form: Filled::blank(&[]).with("q", &query.q).with("district", &query.district),
            district_choices: std::iter::once(all).chain(districts).collect(),
            filtered,
            found_text: count(found, "organisation", "organisations")
                + if filtered {
                    " found"
                } else if found == 1 {
                    " has pledged"
                } else {
                    " have pledged"
                },
            entries: register.entries.iter().map(EntryView::of).collect(),
            pages: PageLinks::of(register, query),
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
            address: format!("/directory/{}", entry.organisation_slug),
            districts: entry.districts.join(", "),
            pledged_on: entry.pledge.in_force_on.map(say_day).unwrap_or_default(),
            ends_on: entry.pledge.ends_on.map(say_day).unwrap_or_default(),
            charter_number: entry.charter_number,
            code: entry.pledge.code.clone(),
        }
    }
}

impl PageLinks {
    fn of(register: &Register, query: &RegisterQuery) -> Self {
        let last = (register.found - 1).max(0) / REGISTER_PAGE;
        let link = |page: i64| register_address(&query.q, &query.district, page + 1);
        Self {
            previous: (register.page > 0).then(|| link(register.page - 1)),
            next: (register.page < last).then(|| link(register.page + 1)),
            label: format!("Page {} of {}", register.page + 1, last + 1),
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
            address: register_address("", district.code.as_str(), 1),
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

fn register_address(name: &str, district: &str, page: i64) -> String {
    let mut query = Serializer::new(String::new());
    let page = page.to_string();
    for (key, value) in [("q", name), ("district", district), ("page", if page == "1" { "" } else { &page })] {
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
    let register = |found| Register {
        entries: Vec::new(),
        found,
        page: 1,
        by_district: vec![(district("E07000170", "Ashfield"), found), (district("E07000171", "Bassetlaw"), 0)],
    };
    let entry = EntryView {
        name: "The Hub".into(),
        address: "/directory/the-hub".into(),
        districts: "Ashfield, Mansfield".into(),
        pledged_on: "3 November 2026".into(),
        ends_on: "3 November 2027".into(),
        charter_number: 1,
        code: "PL-7KQ2M9XB".into(),
    };
    let filtered = RegisterQuery { q: "hub".into(), ..RegisterQuery::default() };
    vec![
        sample(&RegisterPage { entries: vec![entry], ..RegisterPage::new(&register(120), &filtered) }),
        sample(&RegisterPage::new(&register(0), &filtered)),
        sample(&RegisterPage::new(&register(0), &RegisterQuery::default())),
    ]
}
