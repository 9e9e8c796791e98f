//! The register as anyone sees it.

use serde::Serialize;
use url::form_urlencoded::Serializer;

use super::handlers::RegisterQuery;
use super::search::{REGISTER_PAGE, Register, RegisterEntry};
use crate::charter::{Commitment, CommitmentNote, PledgeInFull, PledgeState, Progress, Promise, stage_name};
use crate::clock::{day_of, say_day};
use crate::ids::DistrictCode;
use crate::organisations::{District, Organisation};
use crate::web::{Choice, Filled, Link, Page, Sample, count, sample};

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
            address: format!("/pledges/{}", entry.pledge.code),
            districts: entry.districts.join(", "),
            pledged_on: entry.pledge.in_force_on.map(say_day).unwrap_or_default(),
            ends_on: entry.pledge.ends_on.map(say_day).unwrap_or_default(),
            charter_number: entry.charter_number,
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

/// One organisation's pledge: its words while it is in force, and then how it ended.
#[derive(Serialize)]
pub struct PublicPledgePage {
    organisation_name: String,
    organisation_address: String,
    in_force: bool,
    state_text: String,
    /// It has not ended, but does not stand at present.
    suspended: bool,
    from: String,
    until: String,
    charter_number: i32,
    code: String,
    promises: Vec<PromiseView>,
    /// By leave of the VRP.
    signed_by_one: bool,
    /// For young people, in the organisation’s words.
    changed: Option<String>,
}

#[derive(Serialize)]
struct PromiseView {
    theme: String,
    words: String,
    commitment: String,
    who_and_when: Option<String>,
    /// How it is kept, where the organisation shows it.
    kept: Option<KeptView>,
}

#[derive(Serialize)]
struct KeptView {
    stage: &'static str,
    words: String,
    day: String,
}

impl KeptView {
    fn of(note: &CommitmentNote) -> Self {
        let day = say_day(day_of(note.written_at));
        Self { stage: stage_name(note.stage), words: note.words.clone(), day }
    }
}

impl PublicPledgePage {
    /// `progress` only where the organisation shows it.
    pub fn new(organisation: &Organisation, whole: &PledgeInFull, progress: Option<&Progress>) -> Self {
        let pledge = &whole.pledge;
        let day = |day: Option<_>| day.map(say_day).unwrap_or_default();
        let since = organisation.standing_since.map(|at| say_day(day_of(at))).unwrap_or_default();
        let in_force = pledge.state() == PledgeState::InForce && organisation.is_open();
        let promise = |promise: &Promise| PromiseView {
            theme: promise.statement.theme.clone(),
            words: promise.statement.words.clone(),
            commitment: promise.commitment.as_ref().map(|said| said.words.clone()).unwrap_or_default(),
            who_and_when: promise.commitment.as_ref().and_then(Commitment::who_and_when),
            kept: progress.and_then(|progress| progress.latest_of(&promise.statement.id)).map(KeptView::of),
        };
        Self {
            organisation_name: organisation.name.clone(),
            signed_by_one: whole.is_signed_by_one(),
            organisation_address: format!("/directory/{}", organisation.slug),
            in_force,
            state_text: match pledge.state() {
                PledgeState::Withdrawn => format!("Withdrawn on {}", day(pledge.withdrawn_on)),
                PledgeState::Lapsed if pledge.renewed_on.is_some() => format!("Renewed on {}", day(pledge.renewed_on)),
                PledgeState::Lapsed => format!("Ended on {}", day(pledge.ends_on)),
                _ if organisation.is_closed() => format!("{} closed on {since}", organisation.name),
                _ if !organisation.is_open() => format!("{} is suspended since {since}", organisation.name),
                _ => "In force".to_owned(),
            },
            suspended: pledge.state() == PledgeState::InForce && !organisation.is_open() && !organisation.is_closed(),
            from: day(pledge.in_force_on),
            until: day(pledge.ends_on),
            charter_number: whole.charter.number,
            code: pledge.code.clone(),
            changed: progress.filter(|_| in_force).and_then(|p| p.check.as_ref()).map(|check| check.words.clone()),
            promises: if in_force { whole.promises.iter().map(promise).collect() } else { Vec::new() },
        }
    }
}

impl Page for PublicPledgePage {
    const TEMPLATE: &'static str = "public_register/pledge";
    fn title(&self) -> String {
        format!("Pledge of {}", self.organisation_name)
    }
    fn back(&self) -> Option<Link> {
        Some(Link::new("Who has pledged", "/pledges"))
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

/// Each page with made-up content, and without any.
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
        address: "/pledges/PL-7KQ2M9XB".into(),
        districts: "Ashfield, Mansfield".into(),
        pledged_on: "3 November 2026".into(),
        ends_on: "3 November 2027".into(),
        charter_number: 1,
    };
    let pledge = |in_force: bool| PublicPledgePage {
        organisation_name: "The Hub".into(),
        signed_by_one: !in_force,
        organisation_address: "/directory/the-hub".into(),
        in_force,
        state_text: if in_force { "In force".into() } else { "Withdrawn on 1 May 2027".into() },
        suspended: false,
        from: "3 November 2026".into(),
        until: "3 November 2027".into(),
        charter_number: 1,
        code: "PL-7KQ2M9XB".into(),
        promises: vec![PromiseView {
            theme: "Respect".into(),
            words: "We will treat you fairly.".into(),
            commitment: "We write our ground rules with young people.".into(),
            who_and_when: Some("The lead volunteer, by 31 March 2027".into()),
            kept: Some(KeptView {
                stage: "It is going well",
                words: "Eleven came to the first evening.".into(),
                day: "3 November 2026".into(),
            }),
        }],
        changed: Some("Young people choose the trips now.".into()),
    };
    let filtered = RegisterQuery { q: "hub".into(), ..RegisterQuery::default() };
    vec![
        sample(&RegisterPage { entries: vec![entry], ..RegisterPage::new(&register(120), &filtered) }),
        sample(&RegisterPage::new(&register(0), &filtered)),
        sample(&RegisterPage::new(&register(0), &RegisterQuery::default())),
        sample(&pledge(true)),
        sample(&pledge(false)),
        sample(&PublicPledgePage { suspended: true, ..pledge(false) }),
    ]
}
