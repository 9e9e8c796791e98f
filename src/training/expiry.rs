//! Until when a completion counts. The last day is one on which it still counts.
//! Whatever the rule, a later completion never ends before an earlier one: renewing early loses no time.
//! Not here: whose completions these are.

use chrono::{Datelike, Days, Months, NaiveDate};
use serde::{Deserialize, Serialize};

use crate::clock::months_after;
use crate::text_enum;

text_enum! {
    /// From when a completion's time is counted.
    pub enum ExpiryBasis {
        Completion = "completion",
        PreviousExpiry = "previous_expiry",
        FixedDay = "fixed_day",
    }
}

/// A day that comes every year, such as 31 August; 29 February is the 28th in a common year.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct FixedDay {
    month: u32,
    day: u32,
}

/// The rule of a module.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "basis", rename_all = "snake_case")]
pub enum Expiry {
    /// It counts for ever.
    Never,
    /// So many months from the day of completion.
    FromCompletion { months: u32 },
    /// So many months from the end of the one before, for whoever renews in its last `renewal_days`; from the day of
    /// completion for everyone else.
    FromPreviousExpiry { months: u32, renewal_days: u32 },
    /// To a fixed day of the year: the first one more than `renewal_days` after the completion, and then as many years
    /// later as there are years above one.
    OnFixedDay { day: FixedDay, years: u32, renewal_days: u32 },
}

impl FixedDay {
    /// `None` for a day that no year has.
    pub fn new(month: u32, day: u32) -> Option<Self> {
        // 2024 has every day there is.
        NaiveDate::from_ymd_opt(2024, month, day).map(|_| Self { month, day })
    }

    /// From its form in the database, `08-31`.
    pub fn parse(text: &str) -> Option<Self> {
        let (month, day) = text.split_once('-')?;
        Self::new(month.parse().ok()?, day.parse().ok()?)
    }

    /// Its form in the database.
    pub fn as_text(self) -> String {
        format!("{:02}-{:02}", self.month, self.day)
    }

    /// As people say it: `31 August`.
    pub fn say(self) -> String {
        NaiveDate::from_ymd_opt(2024, self.month, self.day).map(|d| d.format("%-d %B").to_string()).unwrap_or_default()
    }

    pub fn month(self) -> u32 {
        self.month
    }

    pub fn day(self) -> u32 {
        self.day
    }

    fn in_year(self, year: i32) -> NaiveDate {
        NaiveDate::from_ymd_opt(year, self.month, self.day)
            .or_else(|| NaiveDate::from_ymd_opt(year, self.month, self.day - 1))
            .unwrap_or(NaiveDate::MAX)
    }

    fn first_after(self, day: NaiveDate) -> NaiveDate {
        let this_year = self.in_year(day.year());
        if this_year > day { this_year } else { self.in_year(day.year() + 1) }
    }
}

impl Expiry {
    /// The last day of a completion, after one that ended on `previous`. `None` is for ever.
    pub fn last_day(self, completed_on: NaiveDate, previous: Option<NaiveDate>) -> Option<NaiveDate> {
        let own = match self {
            Self::Never => return None,
            Self::FromCompletion { months } => months_after(completed_on, months),
            Self::FromPreviousExpiry { months, renewal_days } => {
                let begins = previous.filter(|end| is_within_last(completed_on, *end, renewal_days));
                months_after(begins.unwrap_or(completed_on), months)
            }
            Self::OnFixedDay { day, years, renewal_days } => {
                let first = day.first_after(later_by(completed_on, renewal_days));
                day.in_year(first.year() + years.saturating_sub(1).min(100) as i32)
            }
        };
        Some(previous.map_or(own, |before| before.max(own)))
    }

    /// The last days of one person's completions of one module, which are given in the order of their days.
    pub fn last_days(self, completed_on: &[NaiveDate]) -> Vec<Option<NaiveDate>> {
        let mut previous = None;
        completed_on
            .iter()
            .map(|day| {
                previous = self.last_day(*day, previous);
                previous
            })
            .collect()
    }

    pub fn basis(self) -> ExpiryBasis {
        match self {
            Self::Never | Self::FromCompletion { .. } => ExpiryBasis::Completion,
            Self::FromPreviousExpiry { .. } => ExpiryBasis::PreviousExpiry,
            Self::OnFixedDay { .. } => ExpiryBasis::FixedDay,
        }
    }

    /// In months; `None` is for ever.
    pub fn months(self) -> Option<u32> {
        match self {
            Self::Never => None,
            Self::FromCompletion { months } | Self::FromPreviousExpiry { months, .. } => Some(months),
            Self::OnFixedDay { years, .. } => Some(years * 12),
        }
    }

    /// How many days before its end a completion may be renewed without losing time, where that is a rule.
    pub fn renewal_days(self) -> Option<u32> {
        match self {
            Self::Never | Self::FromCompletion { .. } => None,
            Self::FromPreviousExpiry { renewal_days, .. } | Self::OnFixedDay { renewal_days, .. } => Some(renewal_days),
        }
    }

    pub fn fixed_day(self) -> Option<FixedDay> {
        match self {
            Self::OnFixedDay { day, .. } => Some(day),
            _ => None,
        }
    }
}

fn is_within_last(completed_on: NaiveDate, end: NaiveDate, days: u32) -> bool {
    let first = end.checked_sub_days(Days::new(days.into())).unwrap_or(NaiveDate::MIN);
    (first..=end).contains(&completed_on)
}

fn later_by(day: NaiveDate, days: u32) -> NaiveDate {
    day.checked_add_days(Days::new(days.into())).unwrap_or_else(|| NaiveDate::MAX - Months::new(24))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn day(text: &str) -> NaiveDate {
        text.parse().expect("a test writes days correctly")
    }

    const THREE_YEARS: Expiry = Expiry::FromCompletion { months: 36 };
    const RENEWED: Expiry = Expiry::FromPreviousExpiry { months: 12, renewal_days: 60 };

    fn each_august(years: u32) -> Expiry {
        Expiry::OnFixedDay { day: FixedDay::new(8, 31).expect("a day"), years, renewal_days: 60 }
    }

    fn leap_day() -> Expiry {
        Expiry::OnFixedDay { day: FixedDay::new(2, 29).expect("a day"), years: 1, renewal_days: 0 }
    }

    /// Read it by eye: the rule, the days of completion, and the last day of each.
    #[test]
    fn the_last_day_of_each_completion() {
        let table: &[(Expiry, &[&str], &[&str])] = &[
            (Expiry::Never, &["2020-01-31", "2024-02-29"], &["never", "never"]),
            // From the day of completion; where a month has no such day, its last.
            (THREE_YEARS, &["2023-11-03"], &["2026-11-03"]),
            (THREE_YEARS, &["2024-02-29"], &["2027-02-28"]),
            (Expiry::FromCompletion { months: 48 }, &["2024-02-29"], &["2028-02-29"]),
            (Expiry::FromCompletion { months: 1 }, &["2026-01-31"], &["2026-02-28"]),
            (THREE_YEARS, &["2023-11-03", "2024-11-03"], &["2026-11-03", "2027-11-03"]),
            // From the end before: renewed in its last 60 days, on its last day, too early, too late.
            (RENEWED, &["2025-03-10"], &["2026-03-10"]),
            (RENEWED, &["2025-03-10", "2026-01-09"], &["2026-03-10", "2027-03-10"]),
            (RENEWED, &["2025-03-10", "2026-03-10"], &["2026-03-10", "2027-03-10"]),
            (RENEWED, &["2025-03-10", "2026-01-08"], &["2026-03-10", "2027-01-08"]),
            (RENEWED, &["2025-03-10", "2026-03-11"], &["2026-03-10", "2027-03-11"]),
            // Twice within the last days: the second does not shorten what the first has won.
            (RENEWED, &["2025-03-10", "2026-02-01", "2026-02-02"], &["2026-03-10", "2027-03-10", "2027-03-10"]),
            (RENEWED, &["2023-02-28", "2024-02-28"], &["2024-02-28", "2025-02-28"]),
            // To a fixed day: the next one, or the one after for the last 60 days before it.
            (each_august(1), &["2026-09-01"], &["2027-08-31"]),
            (each_august(1), &["2026-07-01"], &["2026-08-31"]),
            (each_august(1), &["2026-07-02"], &["2027-08-31"]),
            (each_august(1), &["2026-08-31"], &["2027-08-31"]),
            (each_august(3), &["2026-09-01"], &["2029-08-31"]),
            (leap_day(), &["2026-01-15", "2028-01-15", "2028-02-28"], &["2026-02-28", "2028-02-29", "2028-02-29"]),
            (leap_day(), &["2027-02-28"], &["2028-02-29"]),
        ];
        for (rule, completed, last) in table {
            let completed: Vec<NaiveDate> = completed.iter().map(|text| day(text)).collect();
            let found: Vec<String> = rule
                .last_days(&completed)
                .into_iter()
                .map(|last| last.map_or("never".to_owned(), |last| last.to_string()))
                .collect();
            assert_eq!(&found, last, "{rule:?} {completed:?}");
        }
    }

    #[test]
    fn a_fixed_day_is_one_that_some_year_has() {
        assert_eq!(FixedDay::parse("08-31").map(FixedDay::say).as_deref(), Some("31 August"));
        assert_eq!(FixedDay::parse("02-29").map(FixedDay::as_text).as_deref(), Some("02-29"));
        for nonsense in ["02-30", "13-01", "00-10", "31 August", ""] {
            assert_eq!(FixedDay::parse(nonsense), None, "{nonsense}");
        }
    }

    fn any_rule() -> impl Strategy<Value = Expiry> {
        let fixed = (1_u32..=12, 1_u32..=31).prop_filter_map("a day", |(month, day)| FixedDay::new(month, day));
        prop_oneof![
            (1_u32..=120).prop_map(|months| Expiry::FromCompletion { months }),
            (1_u32..=120, 0_u32..=366)
                .prop_map(|(months, renewal_days)| Expiry::FromPreviousExpiry { months, renewal_days }),
            (fixed, 1_u32..=10, 0_u32..=366).prop_map(|(day, years, renewal_days)| Expiry::OnFixedDay {
                day,
                years,
                renewal_days
            }),
        ]
    }

    proptest! {
        #[test]
        fn a_completion_counts_after_its_day_and_a_later_one_never_ends_earlier(
            rule in any_rule(),
            days in proptest::collection::btree_set(0_u64..20_000, 1..12),
        ) {
            let completed: Vec<NaiveDate> = days.into_iter().map(|n| day("1970-01-01") + Days::new(n)).collect();
            let last: Vec<NaiveDate> = rule.last_days(&completed).into_iter().flatten().collect();
            prop_assert_eq!(last.len(), completed.len());
            for (completed, last) in completed.iter().zip(&last) {
                prop_assert!(last > completed, "{completed} to {last}");
            }
            for pair in last.windows(2) {
                prop_assert!(pair[1] >= pair[0], "{pair:?}");
            }
        }
    }
}
