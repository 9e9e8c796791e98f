//! What the VRP is shown of people across the sector, against someone who knows which organisations are of which kind
//! and where, and does sums. Whatever people there are: no number is of a few, no sum or difference of both tables is,
//! and rounded numbers never say for sure that there is a group of fewer than five.

use proptest::prelude::*;
use youth_charter::small_groups::{Amount, Cells, FEWEST, Group, Measure, Parts, parts_of, sum_of, tells_of_a_few};

fn sectors() -> impl Strategy<Value = Cells> {
    let group = (0_i64..25, 0_i64..25).prop_map(|(in_date, rest)| Group { people: in_date + rest, in_date });
    let cell = prop_oneof![2 => Just(None), 3 => group.prop_map(Some)];
    proptest::collection::vec(cell, 12).prop_map(|cells| {
        let named = cells.into_iter().enumerate().filter_map(|(at, group)| {
            let words = (format!("district {}", at / 3), format!("kind {}", at % 3));
            group.filter(|group| group.people > 0).map(|group| (words, group))
        });
        named.collect()
    })
}

/// The weights that a sum may give to the parts of both tables, each tried with each.
fn every_weight(parts: usize) -> impl Iterator<Item = Vec<i64>> {
    let digits = move |mut n: usize| -> Vec<i64> {
        let mut digit = || {
            let digit = n % 5;
            n /= 5;
            digit as i64 - 2
        };
        (0..parts).map(|_| digit()).collect()
    };
    (0..5_usize.pow(parts as u32)).map(digits)
}

/// The group of a few that can be had by adding up and taking away, if there is one: found by trying everything.
fn found_by_trying(cells: &Cells, parts: &Parts) -> Option<Group> {
    let districts = parts.districts.len();
    let grid: Vec<(usize, usize, Group)> = (0..districts)
        .flat_map(|d| (0..parts.kinds.len()).map(move |k| (d, k)))
        .map(|(d, k)| (d, districts + k, sum_of(cells, Some(&parts.districts[d]), Some(&parts.kinds[k]))))
        .filter(|(.., group)| group.people != 0)
        .collect();
    every_weight(districts + parts.kinds.len()).find_map(|weights| {
        let mut sum = Group::default();
        for (d, k, group) in &grid {
            match weights[*d] + weights[*k] {
                0 => {}
                1 => sum = sum.with(*group),
                _ => return None,
            }
        }
        sum.is_of_a_few().then_some(sum)
    })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(60))]

    #[test]
    fn no_sum_and_no_difference_of_both_tables_is_a_group_of_a_few(cells in sectors()) {
        let parts = parts_of(&cells);
        let everyone = sum_of(&cells, None, None);
        if !everyone.is_of_a_few() {
            prop_assert_eq!(found_by_trying(&cells, &parts), None, "{:?}", parts);
        }
        // Nobody is left out, and nobody is in two parts.
        let sum = |groups: Vec<Group>| groups.into_iter().fold(Group::default(), Group::with);
        prop_assert_eq!(sum(parts.districts.iter().map(|part| sum_of(&cells, Some(part), None)).collect()), everyone);
        prop_assert_eq!(sum(parts.kinds.iter().map(|part| sum_of(&cells, None, Some(part))).collect()), everyone);
    }

    #[test]
    fn looking_at_every_way_finds_what_trying_everything_finds(cells in sectors()) {
        let one_each = |words: Vec<&String>| {
            let words: std::collections::BTreeSet<&String> = words.into_iter().collect();
            words.into_iter().map(|word| [word.clone()].into()).collect::<Vec<_>>()
        };
        let parts = Parts {
            districts: one_each(cells.keys().map(|(district, _)| district).collect()),
            kinds: one_each(cells.keys().map(|(_, kind)| kind).collect()),
        };
        if let Some(found) = found_by_trying(&cells, &parts) {
            prop_assert!(tells_of_a_few(&cells, &parts), "{found:?}");
        }
    }
}

/// Whoever sees the tables knows that everyone of `kind 0` is in `district 0`, and that three more are there.
#[test]
fn a_few_who_are_the_difference_of_both_tables_are_put_together_with_others() {
    let cell = |district: &str, kind: &str, people, in_date| {
        ((district.to_owned(), kind.to_owned()), Group { people, in_date })
    };
    let cells = Cells::from([
        cell("district 0", "kind 0", 40, 20),
        cell("district 0", "kind 1", 3, 1),
        cell("district 1", "kind 1", 30, 10),
    ]);
    let each = |words: [&str; 2]| words.map(|word| [word.to_owned()].into()).to_vec();
    let parts = Parts { districts: each(["district 0", "district 1"]), kinds: each(["kind 0", "kind 1"]) };
    assert!(tells_of_a_few(&cells, &parts));
    let shown = parts_of(&cells);
    assert_eq!((shown.districts.len(), shown.kinds.len()), (2, 1), "{shown:?}");
}

/// Every pair of numbers up to a size, and what is said of them: someone who reads both cannot tell that the difference
/// is a group of one to four.
#[test]
fn the_difference_of_two_rounded_numbers_is_never_surely_a_few() {
    let all: Vec<i64> = (FEWEST..80).collect();
    let said_alike = |n: i64| all.iter().copied().filter(move |other| Amount::of(*other) == Amount::of(n));
    for more in FEWEST..70 {
        for less in FEWEST..=more {
            let may_be = |a: i64, b: i64| a - b <= 0 || a - b >= FEWEST;
            assert!(said_alike(more).any(|a| said_alike(less).any(|b| may_be(a, b))), "{more} and {less}");
        }
    }
}

/// What is said of a group may be said of one in which nobody, or five and more, are on either side.
#[test]
fn what_is_said_of_a_group_never_says_that_a_few_are_or_are_not_in_date() {
    let every = || (0_i64..40).flat_map(|people| (0..=people).map(move |in_date| Group { people, in_date }));
    for group in every() {
        let alike: Vec<Group> = every().filter(|other| other.measure() == group.measure()).collect();
        let is_no_few = |n: i64| !(1..FEWEST).contains(&n);
        assert!(alike.iter().any(|other| is_no_few(other.in_date)), "{group:?}");
        assert!(alike.iter().any(|other| is_no_few(other.people - other.in_date)), "{group:?}");
    }
    assert_eq!(Group { people: 12, in_date: 6 }.measure(), Measure::Some { in_date: 5, of: 10 });
    assert_eq!(Group { people: 12, in_date: 4 }.measure(), Measure::Few { of: 10 });
    assert_eq!(Group { people: 12, in_date: 8 }.measure(), Measure::Most { of: 10 });
    assert_eq!(Group { people: 4, in_date: 4 }.measure(), Measure::TooFew);
    assert_eq!(Measure::Some { in_date: 5, of: 15 }.share(), Some(33));
}
