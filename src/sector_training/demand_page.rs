//! What is wanted against what is on offer, by module.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use serde::Serialize;

use super::amounts::ModuleTally;
use super::rule::Amount;
use super::supply::Supply;
use super::wording::{say_amount, say_places, say_sessions};
use crate::clock::say_day;
use crate::ids::ModuleId;
use crate::training::{EXPIRING_DAYS, Module};
use crate::web::{Link, Page, Sample, sample};

/// What is wanted, and what is on offer.
#[derive(Serialize)]
pub struct DemandPage {
    /// While no census is finished there is none.
    as_of: Option<String>,
    days: u64,
    rows: Vec<DemandRow>,
    /// Nothing can be booked.
    nothing_on_offer: bool,
}

#[derive(Serialize)]
struct DemandRow {
    name: String,
    needs_now: String,
    needs_soon: String,
    waiting: String,
    places: String,
    /// A tag, where places are fewer than people.
    gap: Option<&'static str>,
    colour: &'static str,
}

impl DemandPage {
    pub fn new(
        as_of: Option<NaiveDate>,
        tallies: &[ModuleTally],
        supply: &BTreeMap<Option<ModuleId>, Supply>,
        modules: &[Module],
    ) -> Self {
        let row = |module: &Module| {
            let tally = tallies.iter().find(|tally| tally.module == module.id);
            let offer = supply.get(&Some(module.id.clone())).copied().unwrap_or_default();
            (tally.is_some() || offer != Supply::default()).then(|| DemandRow::of(module.title.clone(), tally, offer))
        };
        let charter = supply.get(&None).map(|offer| DemandRow::of("Youth Charter training".to_owned(), None, *offer));
        Self {
            as_of: as_of.map(say_day),
            days: EXPIRING_DAYS,
            rows: modules.iter().filter_map(row).chain(charter).collect(),
            nothing_on_offer: supply.values().all(|offer| offer.sessions == 0),
        }
    }
}

impl DemandRow {
    fn of(name: String, tally: Option<&ModuleTally>, offer: Supply) -> Self {
        let people = |n: i64| if n == 0 { Amount::About(0) } else { Amount::of(n) };
        let now = tally.map(|tally| Amount::of(tally.group.people - tally.group.in_date));
        let soon = tally.map(|tally| Amount::of(tally.ends_soon));
        let say = |amount: Option<Amount>| amount.map_or_else(|| "Nobody must have it".to_owned(), say_amount);
        let wanted: i64 = [now, soon].into_iter().flatten().map(at_least).sum();
        let (gap, colour) = match offer.free {
            0 if wanted > 0 => (Some("No places"), "red"),
            free if free < wanted => (Some("Fewer places than people"), "orange"),
            _ => (None, "green"),
        };
        Self {
            name,
            needs_now: say(now),
            needs_soon: say(soon),
            waiting: say_amount(people(offer.waiting)),
            places: match offer.sessions {
                0 => "None: no session to come".to_owned(),
                n => format!("{} at {}", say_places(offer.free), say_sessions(n)),
            },
            gap,
            colour,
        }
    }
}

/// As many as are said.
fn at_least(amount: Amount) -> i64 {
    match amount {
        Amount::Few => 0,
        Amount::About(people) => people,
    }
}

impl Page for DemandPage {
    const TEMPLATE: &'static str = "sector_training/demand";
    fn title(&self) -> String {
        "What is wanted, and what is on offer".into()
    }
    fn back(&self) -> Option<Link> {
        Link::back("/vrp/training")
    }
}

/// With numbers and without.
pub fn samples() -> Vec<Sample> {
    let tally = ModuleTally {
        module: ModuleId::from("safeguarding"),
        group: super::rule::Group { people: 215, in_date: 90 },
        ends_soon: 2,
    };
    let offer = Supply { sessions: 2, free: 17, waiting: 6 };
    let row = DemandRow::of("Safeguarding".into(), Some(&tally), offer);
    let page = DemandPage {
        as_of: NaiveDate::from_ymd_opt(2026, 11, 26).map(say_day),
        days: EXPIRING_DAYS,
        rows: vec![row, DemandRow::of("Youth Charter training".into(), None, Supply::default())],
        nothing_on_offer: false,
    };
    vec![sample(&page), sample(&DemandPage::new(None, &[], &BTreeMap::new(), &[]))]
}
