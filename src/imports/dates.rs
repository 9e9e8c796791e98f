//! A date as people write it in a spreadsheet. The day stands before the month, as it does in the United Kingdom.
//! A date that could be two days is none: if a column has one in the American order, those that could be either are
//! asked about.
//! Not here: whether a completion can be of that day.

use chrono::{Datelike, Days, NaiveDate};

/// Why a text is no date.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum DateFlaw {
    /// Not the form of a date.
    Unreadable,
    /// A month and a year, and no day.
    NoDay,
    /// No month has so many days; in leap years February has 29.
    NoSuchDay { day: u32, month: u32, year: i32 },
    /// The month stands first.
    MonthFirst,
    /// The one or the other, in a column where some have the month first.
    TwoDays(NaiveDate, NaiveDate),
}

/// In which order a column has day and month.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct DateOrder {
    pub has_month_first: bool,
}

impl DateOrder {
    /// From all that stands in a column.
    pub fn of<'a>(mut cells: impl Iterator<Item = &'a str>) -> Self {
        Self { has_month_first: cells.any(|cell| read_date(cell, Self::default()) == Err(DateFlaw::MonthFirst)) }
    }
}

/// Spreadsheet programs count days from here.
const FIRST_SERIAL: (i32, u32, u32) = (1899, 12, 30);

pub fn read_date(text: &str, order: DateOrder) -> Result<NaiveDate, DateFlaw> {
    let text = text.trim();
    if let Some(day) = read_serial(text) {
        return Ok(day);
    }
    let lower = text.to_lowercase();
    // A time of day after the date is left aside; so is the name of the day before it.
    let date = lower.split_once('t').filter(|(date, _)| date.len() == 10).map_or(lower.as_str(), |(date, _)| date);
    let parts: Vec<&str> = date
        .split(['/', '-', '.', ',', ' '])
        .filter(|part| !part.is_empty() && !part.contains(':') && !matches!(*part, "am" | "pm" | "of"))
        .filter(|part| !is_weekday(part))
        .collect();
    let numbers: Vec<Option<u32>> = parts.iter().map(|part| read_number(part)).collect();
    match (numbers.as_slice(), parts.as_slice()) {
        ([Some(year), Some(month), Some(day)], [first, ..]) if first.len() == 4 => on(*year as i32, *month, *day),
        ([Some(day), Some(month), Some(year)], [_, _, last]) => {
            by_numbers(*day, *month, read_year(last, *year)?, order)
        }
        ([Some(day), None, Some(year)], [_, month, last]) => {
            on(read_year(last, *year)?, month_named(month).ok_or(DateFlaw::Unreadable)?, *day)
        }
        ([None, Some(day), Some(year)], [month, _, last]) => {
            on(read_year(last, *year)?, month_named(month).ok_or(DateFlaw::Unreadable)?, *day)
        }
        ([None, Some(_)], [month, _]) if month_named(month).is_some() => Err(DateFlaw::NoDay),
        ([Some(month), Some(_)], [_, year]) if year.len() == 4 && *month <= 12 => Err(DateFlaw::NoDay),
        ([Some(1900..=2100)], _) => Err(DateFlaw::NoDay),
        _ => Err(DateFlaw::Unreadable),
    }
}

fn by_numbers(day: u32, month: u32, year: i32, order: DateOrder) -> Result<NaiveDate, DateFlaw> {
    if month > 12 && day <= 12 && NaiveDate::from_ymd_opt(year, day, month).is_some() {
        return Err(DateFlaw::MonthFirst);
    }
    let read = on(year, month, day)?;
    match NaiveDate::from_ymd_opt(year, day, month).filter(|other| order.has_month_first && *other != read) {
        Some(other) => Err(DateFlaw::TwoDays(read, other)),
        None => Ok(read),
    }
}

fn on(year: i32, month: u32, day: u32) -> Result<NaiveDate, DateFlaw> {
    let real = NaiveDate::from_ymd_opt(year, month, day);
    real.ok_or(if (1..=12).contains(&month) { DateFlaw::NoSuchDay { day, month, year } } else { DateFlaw::Unreadable })
}

/// `45123`: what is left of a date that lost its format.
fn read_serial(text: &str) -> Option<NaiveDate> {
    let whole = text.split('.').next()?;
    let days: u64 = whole.parse().ok().filter(|_| whole.len() == 5)?;
    let (year, month, day) = FIRST_SERIAL;
    NaiveDate::from_ymd_opt(year, month, day)?.checked_add_days(Days::new(days)).filter(|day| day.year() < 2100)
}

/// `3`, `3rd`.
fn read_number(part: &str) -> Option<u32> {
    let digits = ["st", "nd", "rd", "th"].iter().find_map(|end| part.strip_suffix(end)).unwrap_or(part);
    (digits.len() <= 4 && digits.bytes().all(|byte| byte.is_ascii_digit())).then(|| digits.parse().ok())?
}

/// `24` is 2024; `74` is 1974, for nobody has completed anything in 2074.
fn read_year(written: &str, number: u32) -> Result<i32, DateFlaw> {
    match (written.len(), number) {
        (4, year) => Ok(year as i32),
        (2, year @ 0..=59) => Ok(2000 + year as i32),
        (2, year) => Ok(1900 + year as i32),
        _ => Err(DateFlaw::Unreadable),
    }
}

const MONTHS: [&str; 12] = [
    "january",
    "february",
    "march",
    "april",
    "may",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
];

fn month_named(part: &str) -> Option<u32> {
    let number = (1..).zip(MONTHS).find(|(_, name)| part.len() >= 3 && name.starts_with(part));
    number.map(|(number, _)| number).or_else(|| (part == "sept").then_some(9))
}

fn is_weekday(part: &str) -> bool {
    const DAYS: [&str; 7] = ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"];
    part.len() >= 3 && DAYS.iter().any(|day| day.starts_with(part))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    /// Read it by eye.
    #[test]
    fn a_date_as_people_write_it() {
        for (text, read) in [
            ("2023-11-03", "2023-11-03"),
            ("03/11/2023", "2023-11-03"),
            ("3.11.2023", "2023-11-03"),
            ("3-11-23", "2023-11-03"),
            ("3/11/74", "1974-11-03"),
            ("3 November 2023", "2023-11-03"),
            ("3rd Nov 2023", "2023-11-03"),
            ("Friday, 3 November 2023", "2023-11-03"),
            ("Nov 3, 2023", "2023-11-03"),
            ("3-Nov-23", "2023-11-03"),
            ("03/11/2023 10:30", "2023-11-03"),
            ("2023-11-03T10:30:00", "2023-11-03"),
            ("1 Sept 2024", "2024-09-01"),
            ("45233", "2023-11-03"),
            ("45233.5", "2023-11-03"),
            ("29/02/2024", "2024-02-29"),
        ] {
            assert_eq!(read_date(text, DateOrder::default()).map(|day| day.to_string()).as_deref(), Ok(read), "{text}");
        }
    }

    #[test]
    fn what_is_no_date_and_why() {
        use DateFlaw::{MonthFirst, NoDay, NoSuchDay, Unreadable};
        for (text, flaw) in [
            ("29/02/2023", NoSuchDay { day: 29, month: 2, year: 2023 }),
            ("31 April 2024", NoSuchDay { day: 31, month: 4, year: 2024 }),
            ("2023-02-30", NoSuchDay { day: 30, month: 2, year: 2023 }),
            ("11/25/2023", MonthFirst),
            ("25/25/2023", Unreadable),
            ("November 2023", NoDay),
            ("11/2023", NoDay),
            ("2023", NoDay),
            ("yes", Unreadable),
            ("3/11", Unreadable),
            ("booked", Unreadable),
            ("#REF!", Unreadable),
            ("3 Foo 2023", Unreadable),
            ("1/2/202", Unreadable),
        ] {
            assert_eq!(read_date(text, DateOrder::default()), Err(flaw), "{text}");
        }
    }

    #[test]
    fn where_some_have_the_month_first_a_date_that_could_be_two_is_asked_about() {
        let order = DateOrder::of(["03/11/2023", "11/25/2023"].into_iter());
        let day = |month, day| NaiveDate::from_ymd_opt(2023, month, day).expect("a day");
        assert_eq!(read_date("03/11/2023", order), Err(DateFlaw::TwoDays(day(11, 3), day(3, 11))));
        assert_eq!(read_date("03/03/2023", order), Ok(day(3, 3)));
        assert_eq!(read_date("25/11/2023", order), Ok(day(11, 25)));
        assert_eq!(read_date("2023-11-03", order), Ok(day(11, 3)));
        assert_eq!(DateOrder::of(["03/11/2023", "25/11/2023"].into_iter()), DateOrder::default());
    }

    proptest! {
        #[test]
        fn every_day_is_read_as_it_was_written(days in 0_u64..60_000) {
            let day = NaiveDate::from_ymd_opt(1960, 1, 1).expect("a day") + Days::new(days % 36_000);
            for form in ["%Y-%m-%d", "%d/%m/%Y", "%-d.%-m.%Y", "%-d %B %Y", "%A %-d %b %Y", "%B %-d, %Y"] {
                let written = day.format(form).to_string();
                prop_assert_eq!(read_date(&written, DateOrder::default()), Ok(day), "{}", written);
            }
        }

        #[test]
        fn whatever_stands_there_is_a_date_or_not(text in "\\PC*") {
            read_date(&text, DateOrder::default()).ok();
            read_date(&text, DateOrder { has_month_first: true }).ok();
        }
    }
}
