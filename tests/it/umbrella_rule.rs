//! What an umbrella body is shown, against someone who keeps every picture and does sums. Whatever organisations join,
//! leave and change, and whoever leads several of them: no number is of a few, no sum or difference of one picture and
//! the next is, and it never follows what any one of those that came or went is.

use std::cell::Cell;
use std::collections::{BTreeMap, BTreeSet};

use proptest::prelude::*;
use proptest::test_runner::{Config, TestRunner};
use youth_charter::ids::OrganisationId;
use youth_charter::umbrella_picture::rule::{
    Brought, FEWEST, Hands, Part, ShownBefore, Unit, may_show_total, parts_to_show,
};

/// Something that happens between two drawings.
#[derive(Debug, Clone)]
enum Change {
    Joins(usize, Vec<i64>),
    Leaves(usize),
    Becomes(usize, Vec<i64>),
}

/// Organisations by number, and what happens to them.
#[derive(Debug, Clone)]
struct World {
    categories: usize,
    /// Whose hand each is of: its own number, or another's.
    led_with: Vec<usize>,
    steps: Vec<Vec<Change>>,
}

const ORGANISATIONS: usize = 36;

fn worlds(unit: Unit) -> impl Strategy<Value = World> {
    (2_usize..=4).prop_flat_map(move |categories| {
        let amounts = match unit {
            Unit::Organisations => one_of(categories).boxed(),
            Unit::People => proptest::collection::vec(0_i64..9, categories).boxed(),
        };
        let change = (0_u8..6, 0..ORGANISATIONS, amounts.clone()).prop_map(|(kind, at, amounts)| match kind {
            0..=2 => Change::Joins(at, amounts),
            3 => Change::Leaves(at),
            _ => Change::Becomes(at, amounts),
        });
        let first = proptest::collection::vec((0..ORGANISATIONS, amounts), 8..40)
            .prop_map(|all| all.into_iter().map(|(at, amounts)| Change::Joins(at, amounts)).collect());
        let steps = proptest::collection::vec(proptest::collection::vec(change, 0..30), 1..6);
        let led_with = proptest::collection::vec(prop_oneof![8 => Just(ORGANISATIONS), 1 => 0_usize..4], ORGANISATIONS);
        (first, steps, led_with).prop_map(move |(first, mut steps, led_with)| {
            steps.insert(0, first);
            let own = |(at, with): (usize, usize)| if with == ORGANISATIONS { at } else { with };
            World { categories, led_with: led_with.into_iter().enumerate().map(own).collect(), steps }
        })
    })
}

/// One organisation is in one category, the first more often than the others.
fn one_of(categories: usize) -> impl Strategy<Value = Vec<i64>> {
    (0..categories * 2).prop_map(move |at| {
        let own = if at < categories { at } else { at - categories } % categories;
        (0..categories).map(|category| i64::from(category == own)).collect()
    })
}

/// What one picture shows.
#[derive(Debug, Clone)]
struct Shown {
    brought: Brought,
    parts: Vec<Part>,
}

/// Lets a world go by; every picture that was drawn of a table, in order.
fn pictures_of(world: &World, unit: Unit) -> (Vec<Shown>, Hands) {
    let ids: Vec<OrganisationId> = (0..ORGANISATIONS).map(|_| OrganisationId::new()).collect();
    let hands: Hands = ids.iter().zip(&world.led_with).map(|(id, with)| (*id, ids[*with])).collect();
    let mut now = Brought::new();
    let mut pictures: Vec<Shown> = Vec::new();
    for step in &world.steps {
        for change in step {
            match change {
                Change::Joins(at, amounts) => {
                    now.entry(ids[*at]).or_insert_with(|| amounts.clone());
                }
                Change::Leaves(at) => {
                    now.remove(&ids[*at]);
                }
                Change::Becomes(at, amounts) => {
                    now.entry(ids[*at]).and_modify(|there| there.clone_from(amounts));
                }
            }
        }
        let last = pictures.last().map(|last| ShownBefore { brought: last.brought.clone(), parts: last.parts.clone() });
        if let Some(parts) = parts_to_show(unit, &now, last.as_ref(), &hands) {
            pictures.push(Shown { brought: now.clone(), parts });
        }
    }
    (pictures, hands)
}

/// Every choice of parts, as the categories in them; the empty one first.
fn choices_of(parts: &[Part]) -> Vec<BTreeSet<usize>> {
    (0..1_u32 << parts.len())
        .map(|chosen| {
            let picked = parts.iter().enumerate().filter(|(at, _)| chosen & 1 << at != 0);
            picked.flat_map(|(_, part)| part.iter().copied()).collect()
        })
        .collect()
}

fn sum(amounts: Option<&Vec<i64>>, of: &BTreeSet<usize>) -> i64 {
    amounts.map_or(0, |amounts| of.iter().map(|category| amounts[*category]).sum())
}

/// Is something told of a few hands, or mostly of one?
fn is_of_a_few(by_hand: &BTreeMap<OrganisationId, i64>) -> bool {
    let told: Vec<i64> = by_hand.values().map(|amount| amount.abs()).filter(|amount| *amount > 0).collect();
    let most = told.iter().max().copied().unwrap_or(0);
    told.len() < FEWEST || told.iter().sum::<i64>() < 2 * most
}

fn judge_one(shown: &Shown, unit: Unit, hands: &Hands, categories: usize) -> Result<(), TestCaseError> {
    let covered: Vec<usize> = shown.parts.iter().flatten().copied().collect();
    prop_assert_eq!(covered.len(), categories, "each category is in one part: {:?}", shown.parts);
    prop_assert!(shown.parts.len() > 1);
    for choice in choices_of(&shown.parts).iter().skip(1) {
        if unit == Unit::Organisations && choice.len() == categories {
            continue;
        }
        let mut by_hand: BTreeMap<OrganisationId, i64> = BTreeMap::new();
        shown.brought.iter().for_each(|(id, own)| *by_hand.entry(hands[id]).or_default() += sum(Some(own), choice));
        prop_assert!(!is_of_a_few(&by_hand), "{choice:?} is of a few: {by_hand:?}");
    }
    Ok(())
}

fn judge_two(old: &Shown, new: &Shown, unit: Unit, hands: &Hands, categories: usize) -> Result<(), TestCaseError> {
    let ids: BTreeSet<_> = old.brought.keys().chain(new.brought.keys()).copied().collect();
    for plus in choices_of(&new.parts).iter().skip(1) {
        for minus in choices_of(&old.parts).iter().skip(1) {
            // How many organisations there are is known.
            if unit == Unit::Organisations && (plus.len() == categories || minus.len() == categories) {
                continue;
            }
            let mut by_hand: BTreeMap<OrganisationId, i64> = BTreeMap::new();
            for id in &ids {
                let told = sum(new.brought.get(id), plus) - sum(old.brought.get(id), minus);
                *by_hand.entry(hands[id]).or_default() += told;
            }
            let nothing = by_hand.values().all(|told| *told == 0);
            prop_assert!(nothing || !is_of_a_few(&by_hand), "{plus:?} less {minus:?} is of a few: {by_hand:?}");
        }
    }
    Ok(())
}

/// Every way to put so many things into so many places.
fn spreads(things: i64, places: usize) -> Vec<Vec<i64>> {
    if places == 1 {
        return vec![vec![things]];
    }
    let rest =
        |first: i64| spreads(things - first, places - 1).into_iter().map(move |more| [vec![first], more].concat());
    (0..=things).flat_map(rest).collect()
}

/// Someone knows who came and who went, and takes it that nobody else has changed. They look for every world that fits
/// both pictures: is there one category that all who came, or all who went, are in, in each of them?
fn judge_who_came_and_went(old: &Shown, new: &Shown, categories: usize) -> Result<(), TestCaseError> {
    let came = new.brought.keys().filter(|id| !old.brought.contains_key(id)).count() as i64;
    let went = old.brought.keys().filter(|id| !new.brought.contains_key(id)).count() as i64;
    let stayed = old.brought.len() as i64 - went;
    let told = |shown: &Shown| -> Vec<i64> {
        shown
            .parts
            .iter()
            .map(|part| shown.brought.values().map(|own| part.iter().map(|at| own[*at]).sum::<i64>()).sum())
            .collect()
    };
    let fits = |stay: &[i64], more: &[i64], parts: &[Part], told: &[i64]| {
        parts.iter().zip(told).all(|(part, told)| part.iter().map(|at| stay[*at] + more[*at]).sum::<i64>() == *told)
    };
    let (told_old, told_new) = (told(old), told(new));
    let (mut came_ways, mut went_ways) = (BTreeSet::new(), BTreeSet::new());
    let (all_came, all_went) = (spreads(came, categories), spreads(went, categories));
    for stay in spreads(stayed, categories) {
        let could_go: Vec<_> = all_went.iter().filter(|gone| fits(&stay, gone, &old.parts, &told_old)).collect();
        let could_come: Vec<_> = all_came.iter().filter(|more| fits(&stay, more, &new.parts, &told_new)).collect();
        if !could_go.is_empty() && !could_come.is_empty() {
            went_ways.extend(could_go.into_iter().cloned());
            came_ways.extend(could_come.into_iter().cloned());
        }
    }
    for (ways, all, what) in [(came_ways, came, "came"), (went_ways, went, "went")] {
        let given_away = all > 0
            && !ways.is_empty()
            && (0..categories).any(|category| ways.iter().all(|way: &Vec<i64>| way[category] == all));
        prop_assert!(!given_away, "what {what} is plain: {ways:?}");
    }
    Ok(())
}

fn judge_worlds(unit: Unit, cases: u32) -> (u32, u32) {
    let (drawn, compared) = (Cell::new(0), Cell::new(0));
    let config = Config { cases, failure_persistence: None, ..Config::default() };
    TestRunner::new(config)
        .run(&worlds(unit), |world| {
            let (pictures, hands) = pictures_of(&world, unit);
            for shown in &pictures {
                judge_one(shown, unit, &hands, world.categories)?;
                drawn.set(drawn.get() + 1);
            }
            for pair in pictures.windows(2) {
                judge_two(&pair[0], &pair[1], unit, &hands, world.categories)?;
                if unit == Unit::Organisations && world.categories < 4 {
                    judge_who_came_and_went(&pair[0], &pair[1], world.categories)?;
                }
                compared.set(compared.get() + 1);
            }
            Ok(())
        })
        .unwrap_or_else(|failure| panic!("{failure}"));
    (drawn.get(), compared.get())
}

#[test]
fn no_number_of_organisations_and_no_two_pictures_tell_of_a_few() {
    let (drawn, compared) = judge_worlds(Unit::Organisations, 600);
    assert!(drawn > 200 && compared > 40, "{drawn} drawn, {compared} compared: the worlds are too poor to judge by");
}

#[test]
fn no_number_of_people_and_no_two_pictures_tell_of_a_few() {
    let (drawn, compared) = judge_worlds(Unit::People, 600);
    assert!(drawn > 200 && compared > 40, "{drawn} drawn, {compared} compared: the worlds are too poor to judge by");
}

/// So many organisations that each bring one to a category.
fn in_category(n: usize, category: usize, of: usize) -> impl Iterator<Item = (OrganisationId, Vec<i64>)> {
    (0..n).map(move |_| (OrganisationId::new(), (0..of).map(|at| i64::from(at == category)).collect()))
}

fn brought(counts: &[usize]) -> Brought {
    counts.iter().enumerate().flat_map(|(category, n)| in_category(*n, category, counts.len())).collect()
}

fn show(now: &Brought, before: Option<&ShownBefore>) -> Option<Vec<Part>> {
    parts_to_show(Unit::Organisations, now, before, &Hands::new())
}

#[test]
fn small_groups_are_put_together_and_where_all_are_alike_nothing_is_shown() {
    assert_eq!(show(&brought(&[5, 5]), None), Some(vec![vec![0], vec![1]]));
    assert_eq!(show(&brought(&[20, 4]), None), None, "the rest of a total is a group too");
    assert_eq!(show(&brought(&[20, 0]), None), None, "that nobody is in a group says what each of them is");
    assert_eq!(show(&brought(&[9, 3, 2, 8]), None), Some(vec![vec![0], vec![1, 2], vec![3]]));
    assert_eq!(show(&brought(&[9, 1, 0, 8]), None), Some(vec![vec![0], vec![1, 2, 3]]));
}

#[test]
fn when_one_joins_or_leaves_the_picture_stays_as_it_is() {
    let first = brought(&[8, 8]);
    let before = ShownBefore { brought: first.clone(), parts: show(&first, None).expect("shown") };
    let with = |more: &[usize]| -> Brought { first.clone().into_iter().chain(brought(more)).collect() };
    assert_eq!(show(&with(&[1, 0]), Some(&before)), None, "one joins");
    assert_eq!(show(&with(&[4, 4]), Some(&before)), None, "eight join, four on each side");
    assert_eq!(show(&with(&[6, 0]), Some(&before)), None, "six join who are all alike");
    assert_eq!(show(&with(&[5, 5]), Some(&before)), Some(before.parts.clone()));
    let mut fewer = first.clone();
    fewer.pop_first();
    assert_eq!(show(&fewer, Some(&before)), None, "one leaves");
    assert_eq!(show(&first, Some(&before)), Some(before.parts.clone()), "nothing has changed");
}

#[test]
fn whoever_leads_many_organisations_is_one() {
    let now = brought(&[5, 9]);
    let first: Vec<OrganisationId> = now.iter().filter(|(_, own)| own[0] == 1).map(|(id, _)| *id).collect();
    assert!(show(&now, None).is_some());
    let hands: Hands = first.iter().skip(1).map(|id| (*id, first[1])).collect();
    assert_eq!(parts_to_show(Unit::Organisations, &now, None, &hands), None);
}

#[test]
fn nobody_is_most_of_the_people() {
    let with = |largest: i64| -> Brought {
        [largest, 2, 2, 2, 2, 2].into_iter().map(|people| (OrganisationId::new(), vec![people])).collect()
    };
    assert!(may_show_total(&with(10), None, &Hands::new()));
    assert!(!may_show_total(&with(11), None, &Hands::new()));
    let (before, mut now) = (with(4), Brought::new());
    now.clone_from(&before);
    assert!(may_show_total(&now, Some(&before), &Hands::new()));
    now.insert(OrganisationId::new(), vec![3]);
    assert!(!may_show_total(&now, Some(&before), &Hands::new()), "one has joined with its three");
}
