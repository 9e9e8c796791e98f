//! The time, and the day it is in Nottinghamshire.
//! Every instant in the portal is UTC, cut to microseconds, and comes from a [`Clock`]; the database never makes one.
//! Not here: what falls due when.
#![allow(clippy::disallowed_methods)] // The one place that asks the system what time it is.

use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};

use chrono::{DateTime, Duration, Months, NaiveDate, NaiveDateTime, NaiveTime, SubsecRound, TimeZone, Utc};
use chrono_tz::Europe::London;

/// A clock may be set right by so much. What was made later than that from now is not believed.
pub const CLOCKS_DIFFER: Duration = Duration::minutes(5);

/// Tells the time. Clones share one time, so that a test can move the whole portal forward.
#[derive(Clone, Default)]
pub struct Clock {
    seconds_ahead: Arc<AtomicI64>,
}

impl Clock {
    /// The present instant in UTC, to the microsecond.
    pub fn now(&self) -> NaiveDateTime {
        let ahead = Duration::seconds(self.seconds_ahead.load(Ordering::Relaxed));
        Utc::now().naive_utc().trunc_subsecs(6) + ahead
    }

    /// Moves the time forward for everyone who shares this clock.
    pub fn advance(&self, by: Duration) {
        self.seconds_ahead.fetch_add(by.num_seconds(), Ordering::Relaxed);
    }
}

/// The calendar day in the United Kingdom at an instant in UTC.
pub fn day_of(at: NaiveDateTime) -> NaiveDate {
    local(at).date_naive()
}

/// The instant of a time of day in the United Kingdom; `None` for one that the clocks skip in March. Of the two in
/// October, the earlier.
pub fn instant_of(day: NaiveDate, time: NaiveTime) -> Option<NaiveDateTime> {
    London.from_local_datetime(&day.and_time(time)).earliest().map(|instant| instant.naive_utc())
}

/// The time of day in the United Kingdom at an instant in UTC.
pub fn time_of(at: NaiveDateTime) -> NaiveTime {
    local(at).time()
}

/// The same day of the month some months later; the month's last day where there is no such day.
pub fn months_after(day: NaiveDate, months: u32) -> NaiveDate {
    day.checked_add_months(Months::new(months)).unwrap_or(NaiveDate::MAX)
}

/// The same day of the month some months earlier; the month's last day where there is no such day.
pub fn day_months_before(day: NaiveDate, months: u32) -> NaiveDate {
    day.checked_sub_months(Months::new(months)).unwrap_or(NaiveDate::MIN)
}

/// The same instant some months earlier; on the month's last day where there is no such day.
pub fn months_before(at: NaiveDateTime, months: u32) -> NaiveDateTime {
    at.checked_sub_months(Months::new(months)).unwrap_or(NaiveDateTime::MIN)
}

/// A day as people write it: `3 November 2026`.
pub fn say_day(day: NaiveDate) -> String {
    day.format("%-d %B %Y").to_string()
}

/// An instant as people in the United Kingdom write it: `3 November 2026 at 4:05pm`.
pub fn say_instant(at: NaiveDateTime) -> String {
    let local = local(at);
    format!("{} at {}", say_day(local.date_naive()), local.format("%-I:%M%P"))
}

/// The time of day in the United Kingdom: `4:05pm`.
pub fn say_time(at: NaiveDateTime) -> String {
    local(at).format("%-I:%M%P").to_string()
}

fn local(at: NaiveDateTime) -> DateTime<chrono_tz::Tz> {
    at.and_utc().with_timezone(&London)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(text: &str) -> NaiveDateTime {
        text.parse().expect("a test writes instants correctly")
    }

    #[test]
    fn half_past_eleven_on_a_summer_evening_utc_is_already_tomorrow() {
        assert_eq!(day_of(at("2026-07-01T23:30:00")), NaiveDate::from_ymd_opt(2026, 7, 2).expect("real day"));
        assert_eq!(day_of(at("2026-12-01T23:30:00")), NaiveDate::from_ymd_opt(2026, 12, 1).expect("real day"));
    }

    #[test]
    fn a_year_after_a_leap_day_is_the_last_of_february() {
        let leap = NaiveDate::from_ymd_opt(2028, 2, 29).expect("real day");
        assert_eq!(say_day(months_after(leap, 12)), "28 February 2029");
        assert_eq!(say_day(months_after(leap, 48)), "29 February 2032");
    }

    #[test]
    fn a_time_of_day_is_an_instant_but_for_the_hour_that_march_skips() {
        let instant = |day: &str, time: &str| {
            instant_of(day.parse().expect("a day"), time.parse().expect("a time")).map(|at| at.to_string())
        };
        assert_eq!(instant("2026-12-01", "10:00:00").as_deref(), Some("2026-12-01 10:00:00"));
        assert_eq!(instant("2026-07-01", "10:00:00").as_deref(), Some("2026-07-01 09:00:00"));
        assert_eq!(instant("2026-03-29", "01:30:00"), None);
        assert_eq!(instant("2026-10-25", "01:30:00").as_deref(), Some("2026-10-25 00:30:00"));
    }

    #[test]
    fn instants_are_said_in_local_time() {
        assert_eq!(say_instant(at("2026-07-01T15:05:00")), "1 July 2026 at 4:05pm");
    }
}
