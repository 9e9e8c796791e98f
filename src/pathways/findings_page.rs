//! What a trial found, as people read it: a table with a bar for each line. No group of fewer than five people is
//! shown, nor can one be worked out from the others: months are put together until they hold five, and what stays
//! under five is said as that, and of the sum only what it is at least.

use std::collections::BTreeMap;

use serde::Serialize;

use super::trial::{Effect, Findings};
use super::wording::{effect_name, say_bites, say_month};
use crate::web::count;

/// No fewer are shown.
const FEWEST: i64 = 5;

#[derive(Serialize, Clone)]
pub struct FindingsView {
    /// `38 of 214 people, in 12 of 40 organisations`.
    pub concerned: String,
    /// How many records get another last day.
    pub ends: String,
    pub effects: Vec<EffectView>,
}

#[derive(Serialize, Clone)]
pub struct EffectView {
    pub name: &'static str,
    pub people: String,
    pub bar: Bar,
    /// What its months mean.
    pub bites: &'static str,
    pub months: Vec<MonthView>,
}

#[derive(Serialize, Clone)]
pub struct MonthView {
    pub months: String,
    pub people: String,
    pub bar: Bar,
}

/// A bar for the eye; the number stands beside it.
#[derive(Serialize, Clone)]
pub struct Bar {
    /// Of 100.
    pub width: i64,
}

/// Of how many: people looked at, and organisations with anybody in them.
#[derive(Debug, Clone, Copy)]
pub struct Base {
    pub people: i64,
    pub organisations: i64,
}

impl FindingsView {
    pub fn new(findings: &Findings, base: Base) -> Self {
        let totals = totals_of(findings);
        let most = totals.values().copied().max().unwrap_or(0);
        let organisations = findings.organisations.len();
        let concerned = match totals.is_empty() {
            true => format!("Nobody of {} is concerned.", say_people(base.people)),
            false => format!(
                "{}{}, in {organisations} of {}.",
                say_sum(&totals),
                if base.people < FEWEST { " people".to_owned() } else { format!(" of {}", say_people(base.people)) },
                count(usize::try_from(base.organisations).unwrap_or(0), "organisation", "organisations"),
            ),
        };
        let effect = |effect: &Effect| {
            let people = totals.get(effect).copied()?;
            Some(EffectView {
                name: effect_name(*effect),
                people: say_people(people),
                bar: bar(people, most),
                bites: say_bites(*effect),
                months: months_of(findings, *effect),
            })
        };
        Self {
            concerned,
            ends: match findings.ends_to_change {
                0 => "No completion gets another last day.".to_owned(),
                n if n < FEWEST => "Fewer than 5 completions get another last day.".to_owned(),
                n => format!("{n} completions get another last day."),
            },
            effects: Effect::ALL.iter().filter_map(effect).collect(),
        }
    }
}

fn totals_of(findings: &Findings) -> BTreeMap<Effect, i64> {
    let mut totals = BTreeMap::new();
    for ((effect, _), people) in &findings.people {
        *totals.entry(*effect).or_default() += people;
    }
    totals
}

/// People and the months between which they are concerned, five and more in each group; none for what is at once.
fn months_of(findings: &Findings, effect: Effect) -> Vec<MonthView> {
    if matches!(effect, Effect::OutOfDate | Effect::InDateAgain | Effect::NoLongerRequired) {
        return Vec::new();
    }
    let of_effect = findings.people.iter().filter(|((of, _), _)| *of == effect);
    let mut months: Vec<(&str, i64)> = of_effect.map(|((_, month), people)| (month.as_str(), *people)).collect();
    // Never is last.
    months.sort_by_key(|(month, _)| (month.is_empty(), *month));
    let groups = groups_of_five(&months);
    let most = groups.iter().map(|group| group.people).max().unwrap_or(0);
    let view = |group: &MonthGroup<'_>| MonthView {
        months: match (group.first, group.last) {
            (first, last) if first == last => say_month(first),
            (first, "") => format!("{} or later, or never", say_month(first)),
            (first, last) => format!("{} to {}", say_month(first), say_month(last)),
        },
        people: say_people(group.people),
        bar: bar(group.people, most),
    };
    groups.iter().map(view).collect()
}

#[derive(Debug, PartialEq, Eq)]
struct MonthGroup<'a> {
    first: &'a str,
    last: &'a str,
    people: i64,
}

/// Puts neighbours together until each group has five; nothing where all together are fewer.
fn groups_of_five<'a>(months: &[(&'a str, i64)]) -> Vec<MonthGroup<'a>> {
    let mut groups: Vec<MonthGroup<'a>> = Vec::new();
    let mut begun: Option<MonthGroup<'a>> = None;
    for (month, people) in months {
        let mut group = begun.take().unwrap_or(MonthGroup { first: month, last: month, people: 0 });
        group.last = month;
        group.people += people;
        match group.people >= FEWEST {
            true => groups.push(group),
            false => begun = Some(group),
        }
    }
    if let (Some(left_over), Some(last)) = (begun, groups.last_mut()) {
        last.last = left_over.last;
        last.people += left_over.people;
    }
    groups
}

fn bar(people: i64, most: i64) -> Bar {
    // Whoever is not shown has no bar either.
    Bar { width: if people < FEWEST || most == 0 { 0 } else { (people * 100 / most).max(1) } }
}

/// The sum; what it is at least when a part of it is not shown.
fn say_sum(totals: &BTreeMap<Effect, i64>) -> String {
    let shown: i64 = totals.values().filter(|people| **people >= FEWEST).sum();
    let hidden = totals.values().filter(|people| **people < FEWEST).count() as i64;
    match (shown, hidden) {
        (shown, 0) => shown.to_string(),
        (0, 1) => format!("Fewer than {FEWEST}"),
        (shown, hidden) => format!("At least {}", shown + hidden),
    }
}

fn say_people(people: i64) -> String {
    match people {
        0 => "0 people".to_owned(),
        n if n < FEWEST => "Fewer than 5 people".to_owned(),
        n => format!("{n} people"),
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn months_are_put_together_until_they_hold_five() {
        let group = |first, last, people| MonthGroup { first, last, people };
        for (months, groups) in [
            (
                vec![("2026-11", 7), ("2026-12", 5)],
                vec![group("2026-11", "2026-11", 7), group("2026-12", "2026-12", 5)],
            ),
            (vec![("2026-11", 1), ("2027-02", 4)], vec![group("2026-11", "2027-02", 5)]),
            (vec![("2026-11", 6), ("2027-02", 4)], vec![group("2026-11", "2027-02", 10)]),
            (vec![("2026-11", 4)], vec![]),
        ] {
            assert_eq!(groups_of_five(&months), groups, "{months:?}");
        }
    }

    #[test]
    fn of_a_sum_with_a_hidden_part_only_the_least_is_said() {
        let sum = |parts: &[(Effect, i64)]| say_sum(&parts.iter().copied().collect());
        assert_eq!(sum(&[(Effect::OutOfDate, 12)]), "12");
        assert_eq!(sum(&[(Effect::OutOfDate, 12), (Effect::Later, 2)]), "At least 13");
        assert_eq!(sum(&[(Effect::Later, 2)]), "Fewer than 5");
    }

    proptest! {
        #[test]
        fn no_group_has_fewer_than_five_and_nobody_is_lost(people in proptest::collection::vec(1_i64..9, 0..20)) {
            let names: Vec<String> = (0..people.len()).map(|n| format!("{:04}-01", 2026 + n)).collect();
            let months: Vec<(&str, i64)> = names.iter().map(String::as_str).zip(people.iter().copied()).collect();
            let groups = groups_of_five(&months);
            prop_assert!(groups.iter().all(|group| group.people >= FEWEST));
            let all: i64 = people.iter().sum();
            prop_assert_eq!(groups.iter().map(|group| group.people).sum::<i64>(), if all < FEWEST { 0 } else { all });
        }
    }
}
