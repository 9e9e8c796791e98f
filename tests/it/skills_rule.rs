//! What the VRP is shown of the skills audit, against someone who sees every table of two rounds and does sums. Over random
//! sectors: no part, no margin, no difference of the tables by district and by role, of one question and another, or of one
//! round and the next, is a group of fewer than five.

use std::collections::{BTreeMap, BTreeSet};

use proptest::prelude::*;
use youth_charter::small_groups::{
    Cells, FEWEST, Group, Measure, Part, Parts, Respondents, Shown, show_together, sum_of,
};

/// What one organisation of a place and a role brings: who took part, and of each question who answered, who is unsure and
/// who wants training.
type Cell = (i64, [(i64, i64, i64); 3]);
type Brought = Vec<Cell>;

const PLACES: usize = 4;
const ROLES: usize = 3;

fn at(cell: usize) -> (String, String) {
    (format!("district {}", cell / ROLES), format!("role {}", cell % ROLES))
}

/// Small numbers more often than big ones: that is where it goes wrong.
fn sectors() -> impl Strategy<Value = Brought> {
    let people = prop_oneof![2 => Just(0_i64), 3 => 1_i64..6, 3 => 5_i64..40];
    let cell = people.prop_flat_map(|people| {
        let question = (0..=people).prop_flat_map(move |answered| {
            // Nearly everyone answers most questions.
            let answered = if answered % 3 == 0 { answered } else { people };
            (Just(answered), 0..=answered, 0..=answered)
        });
        (Just(people), [question.clone(), question.clone(), question])
    });
    proptest::collection::vec(cell, PLACES * ROLES)
}

fn show(brought: &Brought) -> (Respondents, BTreeMap<usize, Vec<Cells>>, Shown<usize>) {
    let respondents: Respondents = brought.iter().enumerate().map(|(cell, (people, _))| (at(cell), *people)).collect();
    let table = |question: usize| {
        let cells = |of: fn(&(i64, i64, i64)) -> i64| -> Cells {
            let group = |(cell, (_, said)): (usize, &Cell)| {
                (at(cell), Group { people: said[question].0, in_date: of(&said[question]) })
            };
            brought.iter().enumerate().map(group).collect()
        };
        vec![cells(|said| said.1), cells(|said| said.2)]
    };
    let tables: BTreeMap<usize, Vec<Cells>> = (0..3).map(|question| (question, table(question))).collect();
    let shown = show_together(&respondents, &tables);
    (respondents, tables, shown)
}

/// The weights that a sum may give to parts, each tried with each: from −2 to 2.
fn every_weight(parts: usize) -> impl Iterator<Item = Vec<i64>> {
    (0..5_usize.pow(parts as u32)).map(move |mut n| {
        let mut weights = Vec::new();
        for _ in 0..parts {
            weights.push((n % 5) as i64 - 2);
            n /= 5;
        }
        weights
    })
}

/// Groups that can be had for sure: sums of parts in which every cell with anybody in it counts once or not at all.
fn groups_to_be_had(cells: &Cells, parts: &Parts) -> Vec<Group> {
    let districts = parts.districts.len();
    let mut grid = Vec::new();
    for (d, district) in parts.districts.iter().enumerate() {
        for (k, kind) in parts.kinds.iter().enumerate() {
            let group = sum_of(cells, Some(district), Some(kind));
            if group.people != 0 {
                grid.push((d, districts + k, group));
            }
        }
    }
    every_weight(districts + parts.kinds.len())
        .filter_map(|weights| {
            let mut sum = Group::default();
            for (d, k, group) in &grid {
                match weights[*d] + weights[*k] {
                    0 => {}
                    1 => sum = sum.with(*group),
                    _ => return None,
                }
            }
            Some(sum)
        })
        .collect()
}

/// The finest parts that are sums of both: what a table adds to another in people who took part.
fn is_made_of(coarse: &[Part], fine: &[Part]) -> bool {
    coarse.iter().all(|part| {
        let inside: BTreeSet<&String> = fine.iter().filter(|small| small.is_subset(part)).flatten().collect();
        inside == part.iter().collect()
    })
}

fn numbers_said(measure: Measure) -> Vec<i64> {
    match measure {
        Measure::TooFew => Vec::new(),
        Measure::Few { of } | Measure::Most { of } => vec![of],
        Measure::Some { in_date, of } => vec![in_date, of, of - in_date],
    }
}

/// Every number on every page of a round.
fn all_said(shown: &Shown<usize>) -> Vec<i64> {
    let figures = shown.tables.values().flat_map(|table| &table.figures);
    let measures = figures.flat_map(|figures| {
        figures.districts.iter().chain(&figures.kinds).copied().chain([figures.all]).collect::<Vec<_>>()
    });
    measures.flat_map(numbers_said).collect()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(40))]

    #[test]
    fn nothing_that_is_shown_tells_of_fewer_than_five(first in sectors(), second in sectors()) {
        let mut said = Vec::new();
        for brought in [&first, &second] {
            let (respondents, tables, shown) = show(brought);
            let everyone: i64 = respondents.values().sum();
            // Of those who took part: parts of all tables are made of these, and no sum of them is of a few.
            let people: Cells = respondents
                .iter()
                .filter(|(_, n)| **n > 0)
                .map(|(at, n)| (at.clone(), Group { people: 2 * n, in_date: *n }))
                .collect();
            if everyone >= FEWEST {
                for group in groups_to_be_had(&people, &shown.parts) {
                    prop_assert!(!(1..FEWEST).contains(&group.in_date), "{group:?} of {:?}", shown.parts);
                }
            }
            for (question, table) in &shown.tables {
                prop_assert!(is_made_of(&table.parts.districts, &shown.parts.districts));
                prop_assert!(is_made_of(&table.parts.kinds, &shown.parts.kinds));
                for (cells, figures) in tables[question].iter().zip(&table.figures) {
                    let all = sum_of(cells, None, None);
                    prop_assert!(all.people >= FEWEST);
                    if all.is_of_a_few() {
                        // Then there is nothing but the total, and it says no more than that.
                        prop_assert_eq!((table.parts.districts.len(), table.parts.kinds.len()), (1, 1));
                        let says_no_more = matches!(figures.all, Measure::Few { .. } | Measure::Most { .. });
                        prop_assert!(says_no_more, "{:?}", figures.all);
                        continue;
                    }
                    for group in groups_to_be_had(cells, &table.parts) {
                        prop_assert!(!group.is_of_a_few(), "{group:?} of question {question}: {:?}", table.parts);
                    }
                }
            }
            said.push(all_said(&shown));
        }
        // Numbers of one page, of two pages, and of two rounds: none differs from another by one to four.
        for a in said.iter().flatten() {
            for b in said.iter().flatten() {
                prop_assert!(!(1..FEWEST).contains(&(a - b).abs()), "{a} and {b}");
            }
        }
    }

    #[test]
    fn everyone_who_answered_is_in_exactly_one_part_of_each_table(brought in sectors()) {
        let (_, tables, shown) = show(&brought);
        for (question, table) in &shown.tables {
            let cells = &tables[question][0];
            let sum = |groups: Vec<Group>| groups.into_iter().fold(Group::default(), Group::with);
            let all = sum_of(cells, None, None);
            let districts = table.parts.districts.iter().map(|part| sum_of(cells, Some(part), None)).collect();
            let kinds = table.parts.kinds.iter().map(|part| sum_of(cells, None, Some(part))).collect();
            prop_assert_eq!((sum(districts), sum(kinds)), (all, all));
        }
    }
}

/// In a sector that is big everywhere each district and each role stands alone: nothing is hidden without need.
#[test]
fn a_big_sector_hides_nothing() {
    let brought: Brought = vec![(60, [(60, 25, 30); 3]); PLACES * ROLES];
    let (_, _, shown) = show(&brought);
    for table in shown.tables.values() {
        assert_eq!((table.parts.districts.len(), table.parts.kinds.len()), (PLACES, ROLES));
        assert!((0..PLACES).all(|place| table.of_district(0, &format!("district {place}")).is_some()));
        assert!((0..ROLES).all(|role| table.of_kind(1, &format!("role {role}")).is_some()));
    }
}
