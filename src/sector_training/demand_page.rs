//! What is wanted against what is on offer, by module.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use serde::Serialize;

use super::amounts::ModuleTally;
use super::wording::{say_amount, say_places, say_sessions};
use crate::clock::say_day;
use crate::ids::ModuleId;
use crate::small_groups::Amount;
use crate::training::{EXPIRING_DAYS, Module};
use crate::training_sessions::Supply;
use crate::web::{Link, Page, Sample, sample};

/// What is wanted, and what is on offer.
#[derive(Serialize)]
pub struct DemandPage {
    /// While no census is finished there is none.
    as_of: Option<String>,
    days: u64,
    /// The most urgent first; none without a row.
    groups: Vec<DemandGroup>,
    /// Nothing can be booked.
    nothing_on_offer: bool,
}

#[derive(Serialize)]
struct DemandGroup {
    heading: &'static str,
    rows: Vec<DemandRow>,
}

#[derive(Serialize)]
struct DemandRow {
    name: String,
    needs_now: String,
    /// Nothing when nobody does.
    needs_soon: Option<String>,
    waiting: Option<String>,
    places: String,
    #[serde(skip)]
    supplied: Supplied,
    /// People who want a place and have none, as far as their number is said.
    #[serde(skip)]
    short_of: i64,
}

/// How places stand to people, the most urgent first.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Supplied {
    Nothing,
    TooLittle,
    Enough,
}

impl Supplied {
    const ALL: [Self; 3] = [Self::Nothing, Self::TooLittle, Self::Enough];

    fn heading(self) -> &'static str {
        match self {
            Self::Nothing => "People need it, and there are no places",
            Self::TooLittle => "Fewer places than people who need it",
            Self::Enough => "Enough places, or nobody needs one",
        }
    }
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
            groups: by_urgency(modules.iter().filter_map(row).chain(charter).collect()),
            nothing_on_offer: supply.values().all(|offer| offer.sessions == 0),
        }
    }
}

/// In a group, those of whom most people are without a place come first.
fn by_urgency(mut rows: Vec<DemandRow>) -> Vec<DemandGroup> {
    rows.sort_by_key(|row| std::cmp::Reverse(row.short_of));
    let mut groups = Supplied::ALL.map(|supplied| DemandGroup { heading: supplied.heading(), rows: Vec::new() });
    for row in rows {
        groups[row.supplied as usize].rows.push(row);
    }
    groups.into_iter().filter(|group| !group.rows.is_empty()).collect()
}

impl DemandRow {
    fn of(name: String, tally: Option<&ModuleTally>, offer: Supply) -> Self {
        let people = |n: i64| if n == 0 { Amount::About(0) } else { Amount::of(n) };
        let now = tally.map(|tally| Amount::of(tally.group.people - tally.group.in_date));
        let soon = tally.map(|tally| Amount::of(tally.ends_soon));
        let wanted: i64 = [now, soon].into_iter().flatten().map(at_least).sum();
        let somebody = |amount: &Amount| *amount != Amount::About(0);
        Self {
            name,
            needs_now: now.map_or_else(|| "Nobody must have it".to_owned(), say_amount),
            needs_soon: soon.filter(somebody).map(say_amount),
            waiting: Some(people(offer.waiting)).filter(somebody).map(say_amount),
            places: match offer.sessions {
                0 => "No session to come".to_owned(),
                n => format!("{} at {}", say_places(offer.free), say_sessions(n)),
            },
            supplied: match offer.free {
                0 if wanted > 0 => Supplied::Nothing,
                free if free < wanted => Supplied::TooLittle,
                _ => Supplied::Enough,
            },
            short_of: wanted - offer.free,
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
        group: crate::small_groups::Group { people: 215, in_date: 90 },
        ends_soon: 2,
    };
    let offer = Supply { sessions: 2, free: 17, waiting: 6 };
    let row = DemandRow::of("Safeguarding".into(), Some(&tally), offer);
    let page = DemandPage {
        as_of: NaiveDate::from_ymd_opt(2026, 11, 26).map(say_day),
        days: EXPIRING_DAYS,
        groups: by_urgency(vec![DemandRow::of("Youth Charter training".into(), None, Supply::default()), row]),
        nothing_on_offer: false,
    };
    vec![sample(&page), sample(&DemandPage::new(None, &[], &BTreeMap::new(), &[]))]
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::small_groups::Group;

    #[test]
    fn what_lacks_places_most_stands_first() {
        let row = |name: &str, needs: i64, free: i64| {
            let group = Group { people: needs, in_date: 0 };
            let tally = ModuleTally { module: ModuleId::from(name), group, ends_soon: 0 };
            DemandRow::of(name.to_owned(), Some(&tally), Supply { sessions: i64::from(free > 0), free, waiting: 0 })
        };
        let rows = vec![
            row("enough", 10, 12),
            row("few short", 20, 15),
            row("none, few people", 10, 0),
            row("many short", 90, 5),
            row("none, many people", 40, 0),
        ];
        let groups = by_urgency(rows);
        let told: Vec<(&str, Vec<&str>)> = groups
            .iter()
            .map(|group| (group.heading, group.rows.iter().map(|row| row.name.as_str()).collect()))
            .collect();
        assert_eq!(
            told,
            [
                (Supplied::Nothing.heading(), vec!["none, many people", "none, few people"]),
                (Supplied::TooLittle.heading(), vec!["many short", "few short"]),
                (Supplied::Enough.heading(), vec!["enough"]),
            ]
        );
    }
}
