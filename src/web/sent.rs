//! What was sent, and how it becomes values. Every field is read before any is refused, so that all problems are
//! shown at once.

use std::collections::BTreeMap;

use chrono::NaiveDate;

use super::filled::Filled;
use super::received::ReceivedFile;
use crate::words::{EmailAddress, Flaw, Line, Passage};

/// How to speak of a field when it is wrong.
#[derive(Debug, Clone, Copy)]
pub struct Ask<'a> {
    pub name: &'a str,
    /// Said when it is empty: `Enter your name`.
    pub missing: &'a str,
    /// What it is called, for the other messages: `Your name`.
    pub called: &'a str,
}

impl<'a> Ask<'a> {
    pub const fn new(name: &'a str, called: &'a str, missing: &'a str) -> Self {
        Self { name, missing, called }
    }
}

/// A submitted form while it is read.
#[derive(Default)]
pub struct Sent {
    values: BTreeMap<String, Vec<String>>,
    files: BTreeMap<String, ReceivedFile>,
    filled: Filled,
}

impl Sent {
    pub(super) fn new(values: BTreeMap<String, Vec<String>>, files: BTreeMap<String, ReceivedFile>) -> Self {
        let filled = values.iter().fold(Filled::default(), |f, (name, values)| f.with_all(name, values.clone()));
        Self { values, files, filled }
    }

    /// A required value, or a problem said in its own words when malformed.
    pub fn read<T>(&mut self, ask: Ask<'_>, malformed: &str, parse: impl FnOnce(&str) -> Result<T, Flaw>) -> Option<T> {
        let typed = self.typed(ask.name);
        match parse(&typed) {
            Ok(value) => Some(value),
            Err(flaw) => {
                let text = match flaw {
                    Flaw::Missing => ask.missing.to_owned(),
                    Flaw::TooLong(max) => format!("{} must be {max} characters or fewer", ask.called),
                    Flaw::TooShort(min) => format!("{} must be {min} characters or more", ask.called),
                    Flaw::Malformed => malformed.to_owned(),
                };
                self.refuse(ask.name, text)
            }
        }
    }

    /// A value that may be left empty: `Some(None)` then.
    pub fn read_optional<T>(
        &mut self,
        ask: Ask<'_>,
        malformed: &str,
        parse: impl FnOnce(&str) -> Result<T, Flaw>,
    ) -> Option<Option<T>> {
        if self.typed(ask.name).trim().is_empty() {
            return Some(None);
        }
        self.read(ask, malformed, parse).map(Some)
    }

    /// One line of text.
    pub fn line<const MAX: u64>(&mut self, ask: Ask<'_>) -> Option<Line<MAX>> {
        self.read(ask, ask.missing, Line::parse)
    }

    /// One or more paragraphs.
    pub fn passage<const MAX: u64>(&mut self, ask: Ask<'_>) -> Option<Passage<MAX>> {
        self.read(ask, ask.missing, Passage::parse)
    }

    /// An e-mail address.
    pub fn email(&mut self, ask: Ask<'_>) -> Option<EmailAddress> {
        self.read(ask, "Enter an email address in the correct format, like name@example.com", EmailAddress::parse)
    }

    /// One of several: `missing` is said both when nothing and when nonsense was chosen.
    pub fn choice<T>(&mut self, name: &str, missing: &str, parse: impl FnOnce(&str) -> Option<T>) -> Option<T> {
        match parse(&self.typed(name)) {
            Some(value) => Some(value),
            None => self.refuse(name, missing),
        }
    }

    /// Any number of several; what is not one of them is left out.
    pub fn choices<T>(&mut self, name: &str, parse: impl Fn(&str) -> Option<T>) -> Vec<T> {
        let typed = self.all_typed(name);
        typed.iter().filter_map(|value| parse(value)).collect()
    }

    /// Was a single box ticked?
    pub fn ticked(&mut self, name: &str) -> bool {
        !self.typed(name).is_empty()
    }

    /// A secret such as a password: it is never put back into the page.
    pub fn secret(&mut self, name: &str) -> String {
        self.filled = std::mem::take(&mut self.filled).with(name, "");
        self.values.get(name).and_then(|v| v.first()).cloned().unwrap_or_default()
    }

    /// A day typed into the three boxes `name-day`, `name-month`, `name-year`.
    pub fn day(&mut self, ask: Ask<'_>) -> Option<NaiveDate> {
        let mut part = |which| self.typed(&format!("{}-{which}", ask.name)).trim().to_owned();
        let (day, month, year) = (part("day"), part("month"), part("year"));
        // The page shows the day as a field too, which no browser sends.
        self.typed(ask.name);
        if day.is_empty() && month.is_empty() && year.is_empty() {
            return self.refuse(ask.name, ask.missing);
        }
        let real = || NaiveDate::from_ymd_opt(year.parse().ok()?, month.parse().ok()?, day.parse().ok()?);
        match real().filter(|_| year.len() == 4) {
            Some(day) => Some(day),
            None => self.refuse(ask.name, format!("{} must be a real date, like 27 3 2026", ask.called)),
        }
    }

    /// A day that may be left empty: `Some(None)` then.
    pub fn day_if_any(&mut self, ask: Ask<'_>) -> Option<Option<NaiveDate>> {
        let parts = ["day", "month", "year"].map(|which| self.typed(&format!("{}-{which}", ask.name)));
        if parts.iter().all(|part| part.trim().is_empty()) {
            self.typed(ask.name);
            return Some(None);
        }
        self.day(ask).map(Some)
    }

    /// A file, if one was chosen. It can be taken once.
    pub fn file(&mut self, name: &str) -> Option<ReceivedFile> {
        self.filled = std::mem::take(&mut self.filled).with(name, "");
        self.files.remove(name)
    }

    /// Every field whose name begins so, as the rest of its name and its first value.
    pub fn beginning_with(&self, prefix: &str) -> Vec<(String, String)> {
        let first = |values: &Vec<String>| values.first().cloned().unwrap_or_default();
        self.values
            .iter()
            .filter_map(|(name, values)| Some((name.strip_prefix(prefix)?.to_owned(), first(values))))
            .collect()
    }

    /// Says what is wrong with a field. Always `None`, to end a reading with.
    pub fn refuse<T>(&mut self, name: &str, text: impl Into<String>) -> Option<T> {
        self.filled = std::mem::take(&mut self.filled).with_problem(name, text);
        None
    }

    pub(super) fn into_filled(self) -> Filled {
        self.filled
    }

    /// The first value as it was typed; a field that was not sent is shown empty from now on.
    pub fn typed(&mut self, name: &str) -> String {
        self.all_typed(name).into_iter().next().unwrap_or_default()
    }

    fn all_typed(&mut self, name: &str) -> Vec<String> {
        match self.values.get(name) {
            Some(values) => values.clone(),
            None => {
                if self.filled.field(name).error.is_none() {
                    self.filled = std::mem::take(&mut self.filled).with(name, "");
                }
                Vec::new()
            }
        }
    }
}
