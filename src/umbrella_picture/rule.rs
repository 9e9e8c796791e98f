//! What may be shown of a table: the one rule, and a pure function.
//!
//! A table says of each organisation how many it brings to each category. Organisations that share a lead are one
//! hand: who leads five organisations knows what four of them brought. Something is *of a few* unless at least
//! [`FEWEST`] hands bring to it and none of them brings more than half.
//!
//! - A table is shown in parts, each one or more categories, none of which is of a few; there are two parts at least.
//!   Small categories are put together, so that every total is a sum of what is shown and nothing is left over to
//!   subtract. A table in which all are alike is not shown: it would say what each of them is.
//! - Against the table as it was shown last: whatever can be worked out by adding up parts of the one and taking away
//!   parts of the other is either nothing or not of a few.
//! - Nor may it follow what any one of those that came or went in between brought.
//!
//! Whoever compares more than two pictures, or knows what four of five hands bring without leading them, may still
//! find something out; `docs/decisions/` says why that is left.

use std::collections::{BTreeMap, BTreeSet};

use crate::ids::OrganisationId;

/// Fewer than this are never shown apart.
pub const FEWEST: usize = 5;
/// More parts than this are put together: every way to add them up is looked at.
const MOST_PARTS: usize = 8;

/// What each organisation brings to a table, by category.
pub type Brought = BTreeMap<OrganisationId, Vec<i64>>;

/// The categories, by place, that are shown as one number.
pub type Part = Vec<usize>;

/// What a table counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Unit {
    /// Each brings one, to one category. How many there are is known to all.
    Organisations,
    People,
}

/// Who leads together: each organisation's hand. One that is not in it is a hand of its own.
pub type Hands = BTreeMap<OrganisationId, OrganisationId>;

/// A table as it was shown last.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ShownBefore {
    pub brought: Brought,
    pub parts: Vec<Part>,
}

/// The parts to show now, or `None`: then nothing is shown that was not shown before.
pub fn parts_to_show(unit: Unit, now: &Brought, before: Option<&ShownBefore>, hands: &Hands) -> Option<Vec<Part>> {
    let finest = put_together(now, hands);
    let coarser = before.map(|before| [before.parts.clone(), common_parts(&finest, &before.parts)]);
    let candidates = [finest].into_iter().chain(coarser.into_iter().flatten());
    candidates.into_iter().find(|parts| {
        let fit = parts.len() > 1 && parts.iter().all(|part| !is_of_a_few(&amounts_in(now, part, hands)));
        fit && before.is_none_or(|before| tells_no_more(unit, now, parts, before, hands))
    })
}

/// May the number of all people be shown, next to the one shown last?
pub fn may_show_total(now: &Brought, before: Option<&Brought>, hands: &Hands) -> bool {
    let all = |brought: &Brought| -> BTreeMap<OrganisationId, i64> {
        brought.iter().map(|(id, amounts)| (*id, amounts.iter().sum())).collect()
    };
    let now = all(now);
    let shown = !is_of_a_few(&by_hand(now.iter().map(|(id, n)| (*id, *n)), hands));
    shown
        && before.is_none_or(|before| {
            let before = all(before);
            let ids: BTreeSet<_> = now.keys().chain(before.keys()).copied().collect();
            let of = |at: &BTreeMap<OrganisationId, i64>, id| at.get(&id).copied().unwrap_or(0);
            is_nothing_or_of_many(&by_hand(ids.into_iter().map(|id| (id, of(&now, id) - of(&before, id))), hands))
        })
}

/// Puts categories together until no part is of a few: the smallest with the next smallest.
fn put_together(now: &Brought, hands: &Hands) -> Vec<Part> {
    let categories = now.values().map(Vec::len).max().unwrap_or(0);
    let mut parts: Vec<Part> = (0..categories).map(|category| vec![category]).collect();
    let size = |part: &Part| amounts_in(now, part, hands).values().sum::<i64>();
    loop {
        parts.sort_by_key(|part| (size(part), part.clone()));
        let few = parts.iter().position(|part| is_of_a_few(&amounts_in(now, part, hands)));
        let at = match few {
            Some(at) => at,
            None if parts.len() > MOST_PARTS => 0,
            None => break,
        };
        if parts.len() == 1 {
            break;
        }
        let small = parts.remove(at);
        // The next bigger one, or the one before when it is the biggest.
        let other = at.min(parts.len() - 1);
        parts[other].extend(small);
        parts[other].sort_unstable();
    }
    parts.sort();
    parts
}

/// The finest parts that are sums of both.
fn common_parts(a: &[Part], b: &[Part]) -> Vec<Part> {
    let mut common: Vec<Part> = a.to_vec();
    for part in b {
        let (touched, mut rest): (Vec<Part>, Vec<Part>) =
            common.into_iter().partition(|other| other.iter().any(|category| part.contains(category)));
        let mut joined: Part = touched.into_iter().flatten().chain(part.iter().copied()).collect();
        joined.sort_unstable();
        joined.dedup();
        rest.push(joined);
        common = rest;
    }
    common.sort();
    common
}

/// Is nothing of a few to be had from both pictures together that neither shows by itself?
fn tells_no_more(unit: Unit, now: &Brought, parts: &[Part], before: &ShownBefore, hands: &Hands) -> bool {
    let rows = rows_of(now, parts, before, hands);
    let (new, old) = (parts.len() as u32, before.parts.len() as u32);
    let whole = |chosen: u32, of: u32| chosen == (1 << of) - 1;
    let ways = (1..1_u32 << new).flat_map(|plus| (1..1_u32 << old).map(move |minus| (plus, minus)));
    let differences_safe = ways
        // How many organisations there are is no secret, so a sum over all of them says nothing.
        .filter(|(plus, minus)| unit == Unit::People || !whole(*plus, new) && !whole(*minus, old))
        .all(|(plus, minus)| {
            let mut sum = Spread::default();
            rows.iter().for_each(|(row, times)| sum.add(row.difference(plus, minus), *times));
            sum.is_nothing() || !sum.is_of_a_few()
        });
    differences_safe && (unit == Unit::People || !gives_away_who_came_or_went(now, parts, before))
}

/// Organisations only. The change of each number is known, and so is who came and who went. If nobody else had changed,
/// would there be one way only in which they can be spread over the parts? Whoever comes or goes does so between
/// pictures of the same parts, so that this can be said for sure.
fn gives_away_who_came_or_went(now: &Brought, parts: &[Part], before: &ShownBefore) -> bool {
    let came = now.keys().filter(|id| !before.brought.contains_key(id)).count() as i64;
    let went = before.brought.keys().filter(|id| !now.contains_key(id)).count() as i64;
    if came + went == 0 {
        return false;
    }
    let sum = |brought: &Brought, part: &Part| brought.values().map(|amounts| amount_in(amounts, part)).sum::<i64>();
    let changes: Vec<i64> = parts.iter().map(|part| sum(now, part) - sum(&before.brought, part)).collect();
    let fewest_gone: i64 = changes.iter().map(|change| (-change).max(0)).sum();
    let into_one = came > 0 && changes.iter().filter(|change| **change > 0).count() < 2;
    let out_of_one = went > 0 && changes.iter().filter(|change| **change < 0).count() < 2;
    // More to spare than the changes need: they can be spread in several ways. Fewer: others have changed too.
    parts != before.parts || went == fewest_gone && (into_one || out_of_one)
}

/// What one hand brings to each part, now and before.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
struct Row {
    now: Vec<i64>,
    before: Vec<i64>,
}

impl Row {
    fn difference(&self, plus: u32, minus: u32) -> i64 {
        let chosen = |amounts: &[i64], which: u32| -> i64 {
            amounts.iter().enumerate().filter(|(at, _)| which & 1 << at != 0).map(|(_, amount)| amount).sum()
        };
        chosen(&self.now, plus) - chosen(&self.before, minus)
    }
}

/// The rows of all hands, each kind once, with how many hands have it.
fn rows_of(now: &Brought, parts: &[Part], before: &ShownBefore, hands: &Hands) -> BTreeMap<Row, usize> {
    let mut by_hand: BTreeMap<OrganisationId, Row> = BTreeMap::new();
    let blank = || Row { now: vec![0; parts.len()], before: vec![0; before.parts.len()] };
    for (id, amounts) in now {
        let row = by_hand.entry(hand_of(*id, hands)).or_insert_with(blank);
        row.now.iter_mut().zip(parts).for_each(|(sum, part)| *sum += amount_in(amounts, part));
    }
    for (id, amounts) in &before.brought {
        let row = by_hand.entry(hand_of(*id, hands)).or_insert_with(blank);
        row.before.iter_mut().zip(&before.parts).for_each(|(sum, part)| *sum += amount_in(amounts, part));
    }
    let mut rows = BTreeMap::new();
    by_hand.into_values().for_each(|row| *rows.entry(row).or_insert(0) += 1);
    rows
}

/// How much of something comes from how many.
#[derive(Default)]
struct Spread {
    hands: usize,
    sum: i64,
    most: i64,
}

impl Spread {
    fn add(&mut self, amount: i64, times: usize) {
        if amount != 0 {
            self.hands += times;
            self.sum += amount.abs() * times as i64;
            self.most = self.most.max(amount.abs());
        }
    }

    fn is_nothing(&self) -> bool {
        self.hands == 0
    }

    fn is_of_a_few(&self) -> bool {
        self.hands < FEWEST || self.most * 2 > self.sum
    }
}

fn spread_of(by_hand: &BTreeMap<OrganisationId, i64>) -> Spread {
    let mut spread = Spread::default();
    by_hand.values().for_each(|amount| spread.add(*amount, 1));
    spread
}

fn is_of_a_few(by_hand: &BTreeMap<OrganisationId, i64>) -> bool {
    spread_of(by_hand).is_of_a_few()
}

fn is_nothing_or_of_many(by_hand: &BTreeMap<OrganisationId, i64>) -> bool {
    let spread = spread_of(by_hand);
    spread.is_nothing() || !spread.is_of_a_few()
}

fn amounts_in(brought: &Brought, part: &Part, hands: &Hands) -> BTreeMap<OrganisationId, i64> {
    by_hand(brought.iter().map(|(id, amounts)| (*id, amount_in(amounts, part))), hands)
}

fn by_hand(amounts: impl Iterator<Item = (OrganisationId, i64)>, hands: &Hands) -> BTreeMap<OrganisationId, i64> {
    let mut sums = BTreeMap::new();
    amounts.for_each(|(id, amount)| *sums.entry(hand_of(id, hands)).or_insert(0) += amount);
    sums
}

fn amount_in(amounts: &[i64], part: &Part) -> i64 {
    part.iter().filter_map(|category| amounts.get(*category)).sum()
}

fn hand_of(id: OrganisationId, hands: &Hands) -> OrganisationId {
    hands.get(&id).copied().unwrap_or(id)
}
