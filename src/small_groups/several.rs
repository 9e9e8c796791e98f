//! Several tables of the same people, shown together: what they answered to this question and to that, each by place
//! and by role.
//!
//! - The parts are first chosen by who took part at all, so that no two tables, whatever their parts, differ by a group of
//!   fewer than five who took part.
//! - Each table has these parts or coarser ones, in which none of its own groups is of a few: see [`super::rule`]. All that
//!   is said of one table (how many are unsure, how many want training) has the same parts.
//! - What is said is rounded to five, so that two rounds never differ by one to four.
//! - A table of fewer than five people is not shown at all.

use std::collections::{BTreeMap, BTreeSet};

use super::rule::{Cells, FEWEST, Group, Measure, Part, Parts, parts_of, sum_of};

/// How many took part, by place and role.
pub type Respondents = BTreeMap<(String, String), i64>;

/// One thing that is said of the people of a table.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Figures {
    pub all: Measure,
    /// In the order of the table's parts.
    pub districts: Vec<Measure>,
    pub kinds: Vec<Measure>,
}

/// A table as it may be shown.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ShownTable {
    pub parts: Parts,
    /// One for each of the measures it came with, in their order.
    pub figures: Vec<Figures>,
}

/// Everything that may be shown of one round.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Shown<K: Ord> {
    /// The finest parts there are.
    pub parts: Parts,
    /// Those not among them may not be shown.
    pub tables: BTreeMap<K, ShownTable>,
}

impl ShownTable {
    /// What is said of one district by itself, if that may be said.
    pub fn of_district(&self, measure: usize, district: &str) -> Option<Measure> {
        let at = place_of_one(&self.parts.districts, district)?;
        self.figures.get(measure)?.districts.get(at).copied()
    }

    /// What is said of one kind by itself, if that may be said.
    pub fn of_kind(&self, measure: usize, kind: &str) -> Option<Measure> {
        let at = place_of_one(&self.parts.kinds, kind)?;
        self.figures.get(measure)?.kinds.get(at).copied()
    }
}

fn place_of_one(parts: &[Part], word: &str) -> Option<usize> {
    parts.iter().position(|part| part.len() == 1 && part.contains(word))
}

/// What may be shown of tables of the same people. Each table has one or more measures of the same people.
pub fn show_together<K: Ord + Clone>(respondents: &Respondents, tables: &BTreeMap<K, Vec<Cells>>) -> Shown<K> {
    // A group of people is of a few when fewer than five are in it: as many again are imagined on the other side.
    let counted = respondents.iter().filter(|(_, people)| **people > 0);
    let cells: Cells = counted.map(|(at, n)| (at.clone(), Group { people: 2 * n, in_date: *n })).collect();
    let parts = parts_of(&cells);
    let everyone: i64 = respondents.values().sum();
    let may_show = |measures: &[Cells]| {
        let answered = measures.first().map_or(0, |cells| sum_of(cells, None, None).people);
        everyone >= FEWEST && answered >= FEWEST
    };
    let shown = tables
        .iter()
        .filter(|(_, measures)| may_show(measures))
        .map(|(key, measures)| (key.clone(), show_table(&parts, measures)));
    Shown { tables: shown.collect(), parts }
}

fn show_table(finest: &Parts, measures: &[Cells]) -> ShownTable {
    let parts = measures.iter().fold(finest.clone(), |parts, cells| coarsen(&parts, cells));
    let figures = measures
        .iter()
        .map(|cells| Figures {
            all: sum_of(cells, None, None).measure(),
            districts: parts.districts.iter().map(|part| sum_of(cells, Some(part), None).measure()).collect(),
            kinds: parts.kinds.iter().map(|part| sum_of(cells, None, Some(part)).measure()).collect(),
        })
        .collect();
    ShownTable { parts, figures }
}

/// The finest parts, made of these, in which no group of these cells is of a few. Parts made of safe ones are safe: what
/// can be had of them can be had of those they are made of.
fn coarsen(parts: &Parts, cells: &Cells) -> Parts {
    let number = |parts: &[Part], word: &str| parts.iter().position(|part| part.contains(word));
    let mut numbered = Cells::new();
    for ((district, kind), group) in cells.iter().filter(|(_, group)| group.people > 0) {
        let at = number(&parts.districts, district).zip(number(&parts.kinds, kind));
        // Whoever answered took part, so there is a part for them.
        if let Some((district, kind)) = at {
            let cell = numbered.entry((district.to_string(), kind.to_string())).or_default();
            *cell = cell.with(*group);
        }
    }
    let coarser = parts_of(&numbered);
    Parts { districts: spell_out(&parts.districts, &coarser.districts), kinds: spell_out(&parts.kinds, &coarser.kinds) }
}

/// Parts of numbered parts as parts of words. Those in which nobody is go with the first.
fn spell_out(parts: &[Part], numbered: &[Part]) -> Vec<Part> {
    let words = |numbers: &Part| -> Part {
        numbers.iter().filter_map(|number| parts.get(number.parse::<usize>().ok()?)).flatten().cloned().collect()
    };
    let mut spelt: Vec<Part> = numbered.iter().map(words).collect();
    let told: BTreeSet<String> = spelt.iter().flatten().cloned().collect();
    let left: Part = parts.iter().flatten().filter(|word| !told.contains(*word)).cloned().collect();
    match spelt.first_mut() {
        Some(first) => first.extend(left),
        None if !left.is_empty() => spelt.push(left),
        None => {}
    }
    spelt.sort();
    spelt
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(district: &str, kind: &str) -> (String, String) {
        (district.to_owned(), kind.to_owned())
    }

    #[test]
    fn a_table_of_fewer_than_five_is_not_shown_and_a_small_district_stands_with_another() {
        let respondents = Respondents::from([
            (at("ashfield", "paid"), 20),
            (at("gedling", "paid"), 3),
            (at("mansfield", "paid"), 20),
        ]);
        let cells = Cells::from([
            (at("ashfield", "paid"), Group { people: 20, in_date: 10 }),
            (at("gedling", "paid"), Group { people: 3, in_date: 2 }),
            (at("mansfield", "paid"), Group { people: 20, in_date: 12 }),
        ]);
        let few = Cells::from([(at("mansfield", "paid"), Group { people: 4, in_date: 2 })]);
        let shown = show_together(&respondents, &BTreeMap::from([("many", vec![cells]), ("few", vec![few])]));
        assert!(!shown.tables.contains_key("few"));
        let many = &shown.tables["many"];
        assert_eq!(many.of_district(0, "gedling"), None);
        assert!(many.of_district(0, "ashfield").is_some() != many.of_district(0, "mansfield").is_some());
        assert_eq!(many.figures[0].all, Measure::Some { in_date: 25, of: 45 });
    }
}
