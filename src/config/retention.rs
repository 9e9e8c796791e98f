//! How long things are kept. The privacy page says these very words.

use std::fmt;

use chrono::{Months, NaiveDateTime, TimeDelta};

use super::Setting;

/// A length of time as people set it: `90 days`, `24 months`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Period {
    Days(u32),
    Months(u32),
}

impl Period {
    /// A number from 1 to 1,200 and its unit.
    pub fn parse(text: &str) -> Option<Self> {
        let (number, unit) = text.trim().split_once(' ')?;
        let number = number.parse().ok().filter(|number| (1..=1200).contains(number))?;
        match unit.trim() {
            "day" | "days" => Some(Self::Days(number)),
            "month" | "months" => Some(Self::Months(number)),
            _ => None,
        }
    }

    /// So long before an instant.
    pub fn before(self, at: NaiveDateTime) -> NaiveDateTime {
        let earlier = match self {
            Self::Days(days) => at.checked_sub_signed(TimeDelta::days(days.into())),
            Self::Months(months) => at.checked_sub_months(Months::new(months)),
        };
        earlier.unwrap_or(NaiveDateTime::MIN)
    }
}

impl fmt::Display for Period {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (number, one) = match self {
            Self::Days(days) => (days, "day"),
            Self::Months(months) => (months, "month"),
        };
        write!(f, "{number} {one}{}", if *number == 1 { "" } else { "s" })
    }
}

/// How long each kind of thing is kept.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Retention {
    pub letters: Period,
    /// Accounts whose address was never confirmed.
    pub unconfirmed: Period,
    /// Links, once they no longer work.
    pub links: Period,
    /// Invitations, once they no longer work.
    pub invitations: Period,
    /// Registrations with which nothing is done.
    pub registrations: Period,
    /// People without an account who have left.
    pub people_who_left: Period,
    /// Accounts that nobody signs in to.
    pub idle_accounts: Period,
    /// Rescues that came to their end.
    pub rescues: Period,
}

impl Default for Retention {
    fn default() -> Self {
        Self {
            letters: Period::Days(90),
            unconfirmed: Period::Days(30),
            links: Period::Days(30),
            invitations: Period::Days(90),
            registrations: Period::Months(12),
            people_who_left: Period::Months(12),
            idle_accounts: Period::Months(36),
            rescues: Period::Months(24),
        }
    }
}

impl Retention {
    pub(super) fn read(get: impl Fn(&str) -> Option<String>) -> Result<Self, Vec<String>> {
        let mut kept = Self::default();
        let mut wrong = Vec::new();
        let places = [
            ("KEEP_LETTERS", &mut kept.letters),
            ("KEEP_UNCONFIRMED_ACCOUNTS", &mut kept.unconfirmed),
            ("KEEP_LINKS", &mut kept.links),
            ("KEEP_INVITATIONS", &mut kept.invitations),
            ("KEEP_REGISTRATIONS", &mut kept.registrations),
            ("KEEP_PEOPLE_WHO_LEFT", &mut kept.people_who_left),
            ("KEEP_IDLE_ACCOUNTS", &mut kept.idle_accounts),
            ("KEEP_RESCUES", &mut kept.rescues),
        ];
        for (name, place) in places {
            let Some(text) = get(name).filter(|text| !text.is_empty()) else { continue };
            match Period::parse(&text) {
                Some(period) => *place = period,
                None => wrong.push(format!("{name} is {text:?}; write it as 90 days or 24 months")),
            }
        }
        // Their owners are told a month before, and sessions last two.
        if matches!(kept.idle_accounts, Period::Months(..3) | Period::Days(..90)) {
            wrong.push("KEEP_IDLE_ACCOUNTS must be 3 months or more: people are told a month before".to_owned());
        }
        if wrong.is_empty() { Ok(kept) } else { Err(wrong) }
    }
}

const fn period(name: &'static str, default: &'static str, meaning: &'static str) -> Setting {
    Setting { name, default, meaning, secret: false }
}

pub(super) const SETTINGS: &[Setting] = &[
    period("KEEP_LETTERS", "90 days", "how long e-mails stay in the outbox after they are written, as days or months"),
    period("KEEP_UNCONFIRMED_ACCOUNTS", "30 days", "accounts whose address is never confirmed are removed after this"),
    period("KEEP_LINKS", "30 days", "links to sign in, confirm or reset are removed so long after they end"),
    period(
        "KEEP_INVITATIONS",
        "90 days",
        "invitations, links to sign that nobody used, and links to a skills audit, are removed so long after they end",
    ),
    period(
        "KEEP_REGISTRATIONS",
        "12 months",
        "registrations that nobody works on and nobody sent are removed after this",
    ),
    period("KEEP_PEOPLE_WHO_LEFT", "12 months", "people without an account are erased so long after they left"),
    period(
        "KEEP_IDLE_ACCOUNTS",
        "36 months",
        "accounts are erased so long after the last sign-in, with a month's notice",
    ),
    period("KEEP_RESCUES", "24 months", "requests to take an organisation over are removed so long after they end"),
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_period_is_read_as_it_is_said() {
        for (text, period) in
            [("90 days", Period::Days(90)), ("1 month", Period::Months(1)), ("1 day", Period::Days(1))]
        {
            assert_eq!(Period::parse(text), Some(period));
            assert_eq!(period.to_string(), text);
        }
        for wrong in ["90", "0 days", "-1 days", "two months", "3 weeks", "99999 months", ""] {
            assert_eq!(Period::parse(wrong), None, "{wrong}");
        }
    }

    #[test]
    fn the_defaults_are_what_the_settings_say_and_every_setting_is_read() {
        let by_default = Retention::read(|_| None).expect("the defaults are right");
        assert_eq!(by_default, Retention::default());
        let said = |name: &str| SETTINGS.iter().find(|s| s.name == name).map(|s| s.default.to_owned());
        assert_eq!(Retention::read(said), Ok(by_default));
        let wrong = Retention::read(|_| Some("for ever".to_owned()));
        assert_eq!(wrong.err().map(|wrong| wrong.len()), Some(SETTINGS.len()));
        let short = Retention::read(|name| (name == "KEEP_IDLE_ACCOUNTS").then(|| "2 months".to_owned()));
        assert!(short.is_err(), "nobody could be told in time");
    }
}
