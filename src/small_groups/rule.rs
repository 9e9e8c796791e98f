//! What may be said of people: the one rule, and pure functions.
//!
//! A group is *of a few* when fewer than [`FEWEST`] people are in date in it, or fewer than [`FEWEST`] are not.
//!
//! - A table is shown in parts, each one or more categories, none of which is of a few. Small categories are put together,
//!   so that every total is a sum of what is shown and nothing is left over to subtract.
//! - The tables by district and by kind are of the same people, and the VRP knows which organisations are of which kind
//!   and where. So the parts of both are chosen together: no group of a few can be had by adding up parts of the one
//!   and taking away parts of the other ([`tells_of_a_few`] looks at every way).
//! - On top of that numbers of people are rounded to five. What changes from one day to the next, or differs from one
//!   page to another, is known to within four people at best.

use std::collections::{BTreeMap, BTreeSet};

/// Fewer than this are never shown apart.
pub const FEWEST: i64 = 5;
/// More parts than this, of both tables, are put together: every way to add them up is looked at.
const MOST_PARTS: usize = 16;

/// People of whom something is required, and those of them who hold it in date.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Group {
    pub people: i64,
    pub in_date: i64,
}

/// People by two categories: a district and a kind of organisation.
pub type Cells = BTreeMap<(String, String), Group>;

/// Categories that are shown as one.
pub type Part = BTreeSet<String>;

/// How two tables of the same people are shown.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Parts {
    pub districts: Vec<Part>,
    pub kinds: Vec<Part>,
}

/// A number of people as it may be said.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Amount {
    Few,
    /// Rounded to five.
    About(i64),
}

/// A group as it may be said; the numbers are rounded to five.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Measure {
    /// Too few people to say anything of.
    TooFew,
    /// Fewer than five are in date.
    Few {
        of: i64,
    },
    /// All, or all but fewer than five.
    Most {
        of: i64,
    },
    Some {
        in_date: i64,
        of: i64,
    },
}

impl Group {
    pub fn with(self, other: Self) -> Self {
        Self { people: self.people + other.people, in_date: self.in_date + other.in_date }
    }

    pub fn is_of_a_few(self) -> bool {
        self.people != 0 && (self.in_date < FEWEST || self.people - self.in_date < FEWEST)
    }

    pub fn measure(self) -> Measure {
        let of = round_to_five(self.people);
        match self {
            Self { people, .. } if people < FEWEST => Measure::TooFew,
            Self { in_date, .. } if in_date < FEWEST => Measure::Few { of },
            Self { people, in_date } if people - in_date < FEWEST => Measure::Most { of },
            Self { in_date, .. } => Measure::Some { in_date: round_to_five(in_date), of },
        }
    }
}

impl Amount {
    pub fn of(people: i64) -> Self {
        if people < FEWEST { Self::Few } else { Self::About(round_to_five(people)) }
    }
}

impl Measure {
    /// Of a hundred, worked out from what is said.
    pub fn share(self) -> Option<i64> {
        match self {
            Self::Some { in_date, of } => Some((in_date * 200 + of) / (2 * of)),
            Self::TooFew | Self::Few { .. } | Self::Most { .. } => None,
        }
    }
}

pub fn round_to_five(people: i64) -> i64 {
    (people + 2) / 5 * 5
}

/// The sum of the cells that are in a part of the districts and a part of the kinds; `None` is any.
pub fn sum_of(cells: &Cells, district: Option<&Part>, kind: Option<&Part>) -> Group {
    let is_in = |part: Option<&Part>, word: &str| part.is_none_or(|part| part.contains(word));
    cells
        .iter()
        .filter(|((a, b), _)| is_in(district, a) && is_in(kind, b))
        .fold(Group::default(), |sum, (_, group)| sum.with(*group))
}

/// The finest parts in which both tables may be shown; of one part each where that is all there may be.
pub fn parts_of(cells: &Cells) -> Parts {
    let first = cells.keys().map(|(district, _)| Part::from([district.clone()])).collect::<BTreeSet<_>>();
    let second = cells.keys().map(|(_, kind)| Part::from([kind.clone()])).collect::<BTreeSet<_>>();
    let mut parts = Parts { districts: first.into_iter().collect(), kinds: second.into_iter().collect() };
    let by_district = |part: &Part| sum_of(cells, Some(part), None);
    let by_kind = |part: &Part| sum_of(cells, None, Some(part));
    put_together(&mut parts.districts, by_district);
    put_together(&mut parts.kinds, by_kind);
    while parts.districts.len() + parts.kinds.len() > MOST_PARTS || tells_of_a_few(cells, &parts) {
        let joined = match parts.districts.len() > parts.kinds.len() {
            true => join_smallest(&mut parts.districts, by_district, |_| true),
            false => join_smallest(&mut parts.kinds, by_kind, |_| true),
        };
        if !joined {
            break;
        }
    }
    parts.districts.sort();
    parts.kinds.sort();
    parts
}

/// Puts categories together until no part is of a few.
fn put_together(parts: &mut Vec<Part>, sum: impl Fn(&Part) -> Group) {
    while join_smallest(parts, &sum, |part| sum(part).is_of_a_few()) {}
}

/// Joins the smallest part that is wanting with the next bigger one; false when there is nothing to join.
fn join_smallest(parts: &mut Vec<Part>, sum: impl Fn(&Part) -> Group, is_wanting: impl Fn(&Part) -> bool) -> bool {
    parts.sort_by_key(|part| (sum(part).people, part.clone()));
    let Some(at) = parts.iter().position(is_wanting).filter(|_| parts.len() > 1) else { return false };
    let small = parts.remove(at);
    // The next bigger one, or the one before when it is the biggest.
    let other = at.min(parts.len() - 1);
    parts[other].extend(small);
    true
}

/// Can a group of a few be had by adding up parts of one table and taking away parts of the other?
///
/// What can be had counts each cell with the weight of its district part and that of its kind part, added. It is a
/// group when every cell in which there is anybody weighs 0 or 1. Weights are tried part by part, each next to one that
/// it shares a cell with, so that two are possible and those that do not fit are left at once.
pub fn tells_of_a_few(cells: &Cells, parts: &Parts) -> bool {
    let grid: Vec<Vec<Group>> = parts
        .districts
        .iter()
        .map(|district| parts.kinds.iter().map(|kind| sum_of(cells, Some(district), Some(kind))).collect())
        .collect();
    let mut search =
        Search { grid: &grid, kinds: parts.kinds.len(), weights: vec![None; grid.len() + parts.kinds.len()] };
    (0..grid.len()).any(|district| {
        if search.weights[district].is_some() {
            return false;
        }
        let order = search.reached_from(district);
        search.weights[district] = Some(0);
        let found = search.finds_few(&order[1..], &order);
        // Not looked at again.
        order.iter().for_each(|part| search.weights[*part] = Some(0));
        found
    })
}

/// Parts are numbered: the districts first, then the kinds.
struct Search<'a> {
    grid: &'a [Vec<Group>],
    kinds: usize,
    weights: Vec<Option<i64>>,
}

impl Search<'_> {
    fn cell(&self, a: usize, b: usize) -> Group {
        let districts = self.grid.len();
        match (a < districts, b < districts) {
            (true, false) => self.grid[a][b - districts],
            (false, true) => self.grid[b][a - districts],
            _ => Group::default(),
        }
    }

    /// The parts that share cells with it, and those that share cells with them, each after one it shares a cell with.
    fn reached_from(&self, first: usize) -> Vec<usize> {
        let mut order = vec![first];
        let mut at = 0;
        while at < order.len() {
            for part in 0..self.grid.len() + self.kinds {
                if !order.contains(&part) && self.cell(order[at], part).people != 0 {
                    order.push(part);
                }
            }
            at += 1;
        }
        order
    }

    fn finds_few(&mut self, left: &[usize], all: &[usize]) -> bool {
        let Some((part, rest)) = left.split_first() else { return self.group_of(all).is_of_a_few() };
        let beside: Vec<i64> = all
            .iter()
            .filter(|other| self.cell(*part, **other).people != 0)
            .filter_map(|other| self.weights[*other])
            .collect();
        let found = [0, 1].map(|whole| whole - beside[0]).into_iter().any(|weight| {
            let fits = beside.iter().all(|other| (0..=1).contains(&(weight + other)));
            self.weights[*part] = Some(weight);
            fits && self.finds_few(rest, all)
        });
        self.weights[*part] = None;
        found
    }

    fn group_of(&self, all: &[usize]) -> Group {
        let weight = |part: &usize| self.weights[*part].unwrap_or(0);
        let districts = all.iter().filter(|part| **part < self.grid.len());
        districts
            .flat_map(|district| all.iter().map(move |kind| (district, kind)))
            .filter(|(district, kind)| weight(district) + weight(kind) == 1)
            .fold(Group::default(), |sum, (district, kind)| sum.with(self.cell(*district, *kind)))
    }
}
