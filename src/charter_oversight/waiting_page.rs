//! Who waits where and for how long: a page, and the same as a table.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use url::form_urlencoded::Serializer;

use super::census::{NONE, SEVERAL};
use super::step::CharterStep;
use super::waiting::{MOST_SOUGHT, Sought, Waiting, WaitingOrganisation};
use super::way_page::{WAY, district_name, step_name};
use crate::clock::say_day;
use crate::ids::OrganisationId;
use crate::organisations::District;
use crate::sheets::BookSheet;
use crate::web::{Choice, Filled, Link, Page, Sample, count, sample};
use crate::words::Line;

/// The filter, as it stands in the page's address. What makes no sense filters nothing.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub struct WaitingQuery {
    pub step: String,
    pub district: String,
    pub days: String,
    /// The page after this organisation.
    pub after: String,
}

impl WaitingQuery {
    pub fn sought(&self) -> Sought {
        Sought {
            step: CharterStep::parse(&self.step),
            district: Line::<40>::parse(&self.district).ok().map(Line::into_string),
            days: self.days.trim().parse().unwrap_or(0).min(10_000),
        }
    }

    /// Without what no database takes.
    pub fn after(&self) -> String {
        Line::<80>::parse(&self.after).map(Line::into_string).unwrap_or_default()
    }

    pub(super) fn address(&self, path: &str, after: Option<&str>) -> String {
        let mut query = Serializer::new(String::new());
        for (key, value) in [("step", &self.step), ("district", &self.district), ("days", &self.days)] {
            if !value.is_empty() {
                query.append_pair(key, value);
            }
        }
        if let Some(after) = after {
            query.append_pair("after", after);
        }
        let query = query.finish();
        if query.is_empty() { path.to_owned() } else { format!("{path}?{query}") }
    }
}

/// Who waits.
#[derive(Serialize)]
pub struct WaitingPage {
    /// While no census is taken there is none.
    as_of: Option<String>,
    form: Filled,
    step_choices: Vec<Choice>,
    district_choices: Vec<Choice>,
    filtered: bool,
    found_text: String,
    rows: Vec<WaitingRow>,
    table: String,
    letter: String,
    pages: Steps,
}

#[derive(Serialize)]
struct WaitingRow {
    name: String,
    address: String,
    detail: String,
    since: String,
}

#[derive(Serialize)]
struct Steps {
    first: Option<String>,
    previous: Option<String>,
    next: Option<String>,
    label: String,
}

pub(super) fn say_found(found: usize) -> String {
    if found >= MOST_SOUGHT as usize {
        format!("{MOST_SOUGHT} organisations or more")
    } else {
        count(found, "organisation", "organisations")
    }
}

impl WaitingPage {
    pub fn new(taken: Option<(NaiveDate, &Waiting)>, query: &WaitingQuery, districts: &[District]) -> Self {
        const HERE: &str = "/vrp/charter/way/waiting";
        let sought = query.sought();
        let organisations = taken.map(|(_, waiting)| waiting.organisations.as_slice()).unwrap_or_default();
        let is_later = !query.after.is_empty();
        let next = organisations.last().filter(|_| taken.is_some_and(|(_, waiting)| waiting.has_more));
        let steps = CharterStep::ALL.iter().map(|step| Choice::new(step.as_str(), step_name(*step)));
        let names = districts.iter().map(|district| Choice::new(district.code.as_str(), &district.name));
        let other = [SEVERAL, NONE].map(|word| Choice::new(word, district_name(word, districts)));
        Self {
            as_of: taken.map(|(day, _)| say_day(day)),
            form: Filled::default()
                .with("step", &query.step)
                .with("district", &query.district)
                .with("days", &query.days),
            step_choices: std::iter::once(Choice::new("", "Every step before a pledge in force"))
                .chain(steps)
                .collect(),
            district_choices: std::iter::once(Choice::new("", "All districts")).chain(names).chain(other).collect(),
            filtered: sought != Sought::default(),
            found_text: say_found(taken.map_or(0, |(_, waiting)| waiting.found)),
            rows: organisations.iter().map(|one| WaitingRow::of(one, districts, taken)).collect(),
            table: query.address("/vrp/charter/way/waiting.csv", None),
            letter: query.address("/vrp/charter/way/letter", None),
            pages: Steps {
                first: is_later.then(|| query.address(HERE, None)),
                previous: None,
                next: next.map(|last| query.address(HERE, Some(&last.slug))),
                label: organisations
                    .first()
                    .map(|first| format!("Waiting since {} and later", say_day(first.since)))
                    .unwrap_or_default(),
            },
        }
    }
}

impl WaitingRow {
    fn of(one: &WaitingOrganisation, districts: &[District], taken: Option<(NaiveDate, &Waiting)>) -> Self {
        let days = taken.map_or(0, |(as_of, _)| (as_of - one.since).num_days());
        let long = count(usize::try_from(days).unwrap_or_default(), "day", "days");
        Self {
            name: one.name.clone(),
            address: format!("/vrp/organisations/{}", one.slug),
            detail: format!("{} · {}", step_name(one.step), district_name(&one.district, districts)),
            since: format!("Since {} ({long})", say_day(one.since)),
        }
    }
}

/// The list as a table.
pub fn waiting_sheet(waiting: &[WaitingOrganisation], as_of: NaiveDate, districts: &[District]) -> BookSheet {
    let row = |one: &WaitingOrganisation| {
        vec![
            one.name.clone(),
            step_name(one.step).to_owned(),
            district_name(&one.district, districts),
            one.since.to_string(),
            (as_of - one.since).num_days().to_string(),
        ]
    };
    BookSheet {
        name: "Waiting",
        header: ["Organisation", "Step", "District", "Since", "Days"].map(str::to_owned).to_vec(),
        rows: waiting.iter().map(row).collect(),
        choices: Vec::new(),
    }
}

impl Page for WaitingPage {
    const TEMPLATE: &'static str = "charter_oversight/waiting";
    fn title(&self) -> String {
        "Who waits where".into()
    }
    fn back(&self) -> Option<Link> {
        Link::back(WAY)
    }
}

pub(super) fn made_up(name: &str) -> WaitingOrganisation {
    WaitingOrganisation {
        id: OrganisationId::new(),
        name: name.into(),
        slug: "the-hub".into(),
        district: SEVERAL.into(),
        step: CharterStep::Trained,
        since: NaiveDate::from_ymd_opt(2026, 3, 3).unwrap_or_default(),
    }
}

/// With organisations, with none that fits, with none at all, and before the first census.
pub fn samples() -> Vec<Sample> {
    let day = NaiveDate::from_ymd_opt(2026, 11, 26).unwrap_or_default();
    let some = Waiting { organisations: vec![made_up("The Hub")], has_more: true, found: 51 };
    let none = Waiting { organisations: Vec::new(), has_more: false, found: 0 };
    let later = WaitingQuery { after: "the-hub".into(), ..WaitingQuery::default() };
    let narrow = WaitingQuery { step: "trained".into(), days: "30".into(), ..WaitingQuery::default() };
    vec![
        sample(&WaitingPage::new(Some((day, &some)), &later, &[])),
        sample(&WaitingPage::new(Some((day, &none)), &narrow, &[])),
        sample(&WaitingPage::new(Some((day, &none)), &WaitingQuery::default(), &[])),
        sample(&WaitingPage::new(None, &WaitingQuery::default(), &[])),
    ]
}
