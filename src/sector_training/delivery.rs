//! What providers delivered in the last twelve months, by month and by provider, in parts that may be shown.
//! Months next to each other, and the smallest providers, are put together until in each month at each provider nobody
//! came or at least five people did: then no sum or difference of both tables is a group of fewer than five.
//! People are rounded to five, and hours as if they were so many people at the longest session.

use std::collections::{BTreeMap, BTreeSet};

use chrono::NaiveDate;
use diesel::prelude::*;

use super::amounts::DrawnCensus;
use super::sessions_counted::{MONTHS, Tally, month_before, month_word};
use crate::db::DbConnection;
use crate::db::schema::{sector_sessions, training_providers};
use crate::error::Result;
use crate::small_groups::{Amount, FEWEST};

/// By month, as it is stored, and the name of the provider.
type Held = BTreeMap<(String, String), Tally>;

/// Some sessions, as they may be shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Delivered {
    pub sessions: i64,
    /// People who came, counted at each session they came to.
    pub people: Amount,
    /// `None` where few came.
    pub hours: Option<i64>,
    /// What people gave on average, in tenths, and how many did; where five or more did at one session.
    pub rating: Option<(i64, i64)>,
}

/// All that was delivered.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Delivery {
    pub all: Delivered,
    /// From the first of one month to the first of another, the latest last.
    pub months: Vec<((NaiveDate, NaiveDate), Delivered)>,
    /// The names of providers, several where they are shown as one.
    pub providers: Vec<(BTreeSet<String>, Delivered)>,
}

impl Delivery {
    pub fn of(conn: &mut DbConnection, census: &DrawnCensus) -> Result<Self> {
        use sector_sessions as held;
        type Figures = (i64, i64, i64, i64, i64, i64);
        let rows: Vec<(String, String, Figures)> = held::table
            .inner_join(training_providers::table)
            .filter(held::census_id.eq(census.id))
            .select((
                held::month,
                training_providers::name,
                (held::sessions, held::attended, held::minutes, held::longest, held::answers, held::ratings),
            ))
            .load(conn)?;
        let tally = |(sessions, attended, minutes, longest, answers, ratings): Figures| Tally {
            sessions,
            attended,
            minutes,
            longest,
            answers,
            ratings,
        };
        let held = rows.into_iter().map(|(month, provider, figures)| ((month, provider), tally(figures))).collect();
        Ok(Self::shown(&held, census.as_of))
    }

    fn shown(held: &Held, as_of: NaiveDate) -> Self {
        let providers = providers_together(held);
        let months = months_together(held, &providers, as_of);
        let of_months = |from: &NaiveDate, to: &NaiveDate| {
            let (from, to) = (month_word(*from), month_word(*to));
            sum_where(held, |month, _| (from.as_str()..=to.as_str()).contains(&month)).shown()
        };
        Self {
            all: sum_where(held, |_, _| true).shown(),
            months: months.iter().map(|(from, to)| ((*from, *to), of_months(from, to))).collect(),
            providers: providers
                .into_iter()
                .map(|names| (names.clone(), sum_where(held, |_, name| names.contains(name)).shown()))
                .collect(),
        }
    }
}

impl Tally {
    fn shown(self) -> Delivered {
        let people = match self.attended {
            0 => Amount::About(0),
            n => Amount::of(n),
        };
        Delivered {
            sessions: self.sessions,
            people,
            hours: (people != Amount::Few).then(|| hours_rounded(self.minutes, self.longest)),
            rating: (self.answers >= FEWEST)
                .then(|| ((self.ratings * 20 + self.answers) / (2 * self.answers), self.answers)),
        }
    }
}

/// To five times the longest session in whole hours, so that hours tell no more of people than people do.
fn hours_rounded(minutes: i64, longest: i64) -> i64 {
    let step = FEWEST * 60 * ((longest + 59) / 60).max(1);
    (minutes * 2 + step) / (2 * step) * step / 60
}

fn sum_where(held: &Held, is_wanted: impl Fn(&str, &str) -> bool) -> Tally {
    let wanted = held.iter().filter(|((month, provider), _)| is_wanted(month, provider));
    wanted.fold(Tally::default(), |sum, (_, tally)| sum.with(*tally))
}

fn is_few(tally: Tally) -> bool {
    (1..FEWEST).contains(&tally.attended)
}

/// Few is put to the next bigger one.
fn providers_together(held: &Held) -> Vec<BTreeSet<String>> {
    let names: BTreeSet<String> = held.keys().map(|(_, provider)| provider.clone()).collect();
    let mut parts: Vec<BTreeSet<String>> = names.into_iter().map(|name| BTreeSet::from([name])).collect();
    let sum = |part: &BTreeSet<String>| sum_where(held, |_, name| part.contains(name));
    loop {
        parts.sort_by_key(|part| (sum(part).attended, part.clone()));
        let Some(at) = parts.iter().position(|part| is_few(sum(part))).filter(|_| parts.len() > 1) else { break };
        let few = parts.remove(at);
        let other = at.min(parts.len() - 1);
        parts[other].extend(few);
    }
    parts.sort();
    parts
}

/// The first and the last of months that are shown as one.
fn months_together(held: &Held, providers: &[BTreeSet<String>], as_of: NaiveDate) -> Vec<(NaiveDate, NaiveDate)> {
    let has_few = |(from, to): (NaiveDate, NaiveDate)| {
        let (from, to) = (month_word(from), month_word(to));
        providers.iter().any(|part| {
            is_few(sum_where(held, |month, name| part.contains(name) && (from.as_str()..=to.as_str()).contains(&month)))
        })
    };
    let mut groups: Vec<(NaiveDate, NaiveDate)> = Vec::new();
    let mut begun = None;
    for month in (0..MONTHS).rev().map(|before| month_before(as_of, before)) {
        let group = (begun.take().unwrap_or(month), month);
        if has_few(group) { begun = Some(group.0) } else { groups.push(group) }
    }
    // What is left at the end goes to the months before it.
    while let Some(from) = begun.take() {
        let first = groups.pop().map(|(first, _)| first);
        let group = (first.unwrap_or(from), month_before(as_of, 0));
        if first.is_some() && has_few(group) { begun = Some(group.0) } else { groups.push(group) }
    }
    groups
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn tally(attended: i64) -> Tally {
        Tally { sessions: 1, attended, minutes: attended * 180, longest: 180, answers: 0, ratings: 0 }
    }

    #[test]
    fn hours_tell_no_more_of_people_than_people_do() {
        for (people, hours) in [(5, 15), (7, 15), (8, 30), (12, 30), (13, 45)] {
            assert_eq!(hours_rounded(people * 180, 180), hours, "{people} people at three hours");
        }
        assert_eq!(hours_rounded(0, 0), 0);
    }

    #[test]
    fn a_rating_is_the_mean_to_a_tenth_of_five_or_more() {
        let said = |answers, ratings| Tally { answers, ratings, ..tally(9) }.shown().rating;
        assert_eq!((said(4, 20), said(6, 25), said(5, 25)), (None, Some((42, 6)), Some((50, 5))));
    }

    proptest! {
        /// In each month and at each provider that is shown, nobody came or at least five did; and nobody is lost.
        #[test]
        fn no_month_at_any_provider_is_of_a_few(
            came in proptest::collection::vec((0_u32..12, 0_usize..4, 0_i64..9), 0..40),
        ) {
            let as_of: NaiveDate = "2026-11-26".parse().expect("a day");
            let mut held = Held::new();
            for (month, provider, attended) in came {
                let cell = held.entry((month_word(month_before(as_of, month)), format!("Provider {provider}")));
                let sum = cell.or_default();
                *sum = sum.with(tally(attended));
            }
            let providers = providers_together(&held);
            let months = months_together(&held, &providers, as_of);
            let all = sum_where(&held, |_, _| true);
            let mut sum = Tally::default();
            for (from, to) in &months {
                let (from, to) = (month_word(*from), month_word(*to));
                for part in &providers {
                    let is_here = |month: &str, name: &str| {
                        part.contains(name) && (from.as_str()..=to.as_str()).contains(&month)
                    };
                    let cell = sum_where(&held, is_here);
                    prop_assert!(!is_few(cell) || is_few(all), "{cell:?}");
                    sum = sum.with(cell);
                }
            }
            prop_assert_eq!(sum, all);
        }
    }
}
