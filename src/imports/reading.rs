//! One row of a sheet as values. Every cell is read before the row is given up, so that all that is wrong with it is
//! found at once.
//! Not here: who and what is known already.

use chrono::NaiveDate;

use super::columns::{Columns, Meaning};
use super::courses::{CourseNames, Named};
use super::dates::{DateOrder, read_date};
use super::finding::{Finding, Found};
use crate::organisations::{Engagement, MembershipRole};
use crate::sheets::SheetRow;
use crate::training::{Course, day_problem};
use crate::words::{Line, fold_for_search};

/// How the name of the example in the template begins.
pub const EXAMPLE: &str = "EXAMPLE";

/// What a whole sheet is read by.
pub struct Reader<'a> {
    pub columns: &'a Columns,
    pub names: &'a CourseNames,
    pub today: NaiveDate,
    /// By column.
    orders: Vec<DateOrder>,
}

/// What a row says, as far as it could be read.
#[derive(Debug, Default)]
pub struct ReadRow {
    /// `None` for a row without one that can be used.
    pub name: Option<String>,
    pub role: Option<MembershipRole>,
    pub engagement: Option<Engagement>,
    pub accountable: Option<bool>,
    pub completions: Vec<ReadCompletion>,
}

#[derive(Debug)]
pub struct ReadCompletion {
    pub column: usize,
    pub course: Course,
    pub completed_on: NaiveDate,
    pub provider: String,
}

impl<'a> Reader<'a> {
    pub fn new(columns: &'a Columns, names: &'a CourseNames, today: NaiveDate, rows: &[&SheetRow]) -> Self {
        let of = |(column, meaning): (usize, &Meaning)| match meaning {
            Meaning::CompletedOn | Meaning::ExpiresOn | Meaning::DayOf(_) => {
                DateOrder::of(rows.iter().filter_map(|row| row.cells.get(column).map(String::as_str)))
            }
            _ => DateOrder::default(),
        };
        Self { columns, names, today, orders: columns.meanings.iter().enumerate().map(of).collect() }
    }

    /// Reads a row; what is wrong with it goes to `found`.
    pub fn read(&self, row: &SheetRow, found: &mut Vec<Finding>) -> ReadRow {
        let mut reading = Reading { reader: self, row, found };
        let name = reading.name();
        if name.as_ref().is_some_and(|name| name.starts_with(EXAMPLE)) {
            reading.note(None, Found::ExampleRow);
            return ReadRow::default();
        }
        let mut read = ReadRow {
            name,
            role: reading.role(),
            engagement: reading.engagement(),
            accountable: reading.accountable(),
            completions: Vec::new(),
        };
        let provider = reading.provider();
        reading.long_completion(&provider, &mut read.completions);
        reading.wide_completions(&provider, &mut read.completions);
        read
    }
}

/// One row under way.
struct Reading<'a> {
    reader: &'a Reader<'a>,
    row: &'a SheetRow,
    found: &'a mut Vec<Finding>,
}

impl<'a> Reading<'a> {
    fn note(&mut self, column: Option<usize>, what: Found) {
        self.found.push(Finding { row: self.row.number, column, what });
    }

    fn cell(&self, column: usize) -> &'a str {
        self.row.cells.get(column).map_or("", |cell| cell.trim())
    }

    /// The column of a meaning with what stands there; `None` without such a column.
    fn of(&self, meaning: &Meaning) -> Option<(usize, &'a str)> {
        self.reader.columns.of(meaning).map(|column| (column, self.cell(column)))
    }

    fn name(&mut self) -> Option<String> {
        let whole = self.of(&Meaning::Name).filter(|(_, name)| !name.is_empty());
        let (column, name) = match whole {
            Some((column, name)) => (Some(column), name.to_owned()),
            None => {
                let parts = [Meaning::GivenName, Meaning::FamilyName].map(|part| self.of(&part));
                let column = self.reader.columns.of(&Meaning::Name).or(parts[0].map(|(column, _)| column));
                let said: Vec<&str> = parts.into_iter().flatten().map(|(_, part)| part).collect();
                (column, said.join(" "))
            }
        };
        match Line::<100>::parse(&name) {
            Ok(name) => Some(name.into_string()),
            Err(crate::words::Flaw::TooLong(most)) => {
                self.note(column, Found::TooLong(most as usize));
                None
            }
            Err(_) => {
                self.note(column, Found::NameMissing);
                None
            }
        }
    }

    fn role(&mut self) -> Option<MembershipRole> {
        let (column, said) = self.of(&Meaning::Role).filter(|(_, said)| !said.is_empty())?;
        let role = match fold_for_search(said).as_str() {
            "practitioner"
            | "youth worker"
            | "worker"
            | "staff"
            | "coach"
            | "volunteer"
            | "leader in training"
            | "support worker"
            | "sessional worker"
            | "assistant"
            | "works with young people"
            | "tutor" => MembershipRole::Practitioner,
            "viewer" | "observer" | "looks on" | "admin" | "administrator" => MembershipRole::Viewer,
            "lead" | "signatory" | "governance signatory" => {
                self.note(Some(column), Found::RoleNeedsAccount(said.to_owned()));
                return None;
            }
            _ => {
                self.note(Some(column), Found::RoleUnknown(said.to_owned()));
                return None;
            }
        };
        Some(role)
    }

    fn engagement(&mut self) -> Option<Engagement> {
        let (column, said) = self.of(&Meaning::Engagement).filter(|(_, said)| !said.is_empty())?;
        match fold_for_search(said).as_str() {
            "paid" | "paid staff" | "staff" | "employed" | "employee" | "sessional" | "full time" | "part time"
            | "full-time" | "part-time" => Some(Engagement::Paid),
            "volunteer" | "voluntary" | "unpaid" => Some(Engagement::Volunteer),
            "trustee" | "committee" | "committee member" | "director" => Some(Engagement::Trustee),
            _ => {
                self.note(Some(column), Found::EngagementUnknown(said.to_owned()));
                None
            }
        }
    }

    fn accountable(&mut self) -> Option<bool> {
        let (column, said) = self.of(&Meaning::Accountable).filter(|(_, said)| !said.is_empty())?;
        match fold_for_search(said).as_str() {
            "yes" | "y" | "true" | "1" | "x" => Some(true),
            "no" | "n" | "false" | "0" | "-" => Some(false),
            _ => {
                self.note(Some(column), Found::YesOrNoUnknown(said.to_owned()));
                None
            }
        }
    }

    /// Empty where it was too long, which is said.
    fn provider(&mut self) -> String {
        let said = self.of(&Meaning::Provider).filter(|(_, said)| !said.is_empty());
        let Some((column, said)) = said else { return self.reader.columns.provider.clone() };
        match Line::<120>::parse(said) {
            Ok(provider) => provider.into_string(),
            Err(_) => {
                self.note(Some(column), Found::TooLong(120));
                String::new()
            }
        }
    }

    /// From the columns of module and day.
    fn long_completion(&mut self, provider: &str, completions: &mut Vec<ReadCompletion>) {
        let Some((module_at, module)) = self.of(&Meaning::Module) else { return };
        let Some((day_at, day)) = self.of(&Meaning::CompletedOn) else { return };
        let expiry = self.of(&Meaning::ExpiresOn).filter(|(_, said)| !said.is_empty());
        if module.is_empty() && day.is_empty() && expiry.is_none() {
            return;
        }
        let course = self.course(module_at, module);
        let completed_on = self.day(day_at, day, course.as_ref());
        let expires_on = expiry.and_then(|(at, said)| self.expiry(at, said, completed_on));
        let (Some(course), Some(completed_on)) = (course, completed_on) else { return };
        if expiry.is_none() || expires_on.is_some() {
            completions.push(ReadCompletion { column: day_at, course, completed_on, provider: provider.to_owned() });
        }
    }

    /// From the columns that are a module's each.
    fn wide_completions(&mut self, provider: &str, completions: &mut Vec<ReadCompletion>) {
        for (column, meaning) in self.reader.columns.meanings.iter().enumerate() {
            let Meaning::DayOf(module) = meaning else { continue };
            let said = self.cell(column);
            if is_none_yet(said) {
                continue;
            }
            let course = Course { module: module.clone(), equivalent: None };
            if let Some(completed_on) = self.day(column, said, Some(&course)) {
                completions.push(ReadCompletion { column, course, completed_on, provider: provider.to_owned() });
            }
        }
    }

    fn course(&mut self, column: usize, said: &str) -> Option<Course> {
        if said.is_empty() {
            self.note(Some(column), Found::ModuleMissing);
            return None;
        }
        let said = said.to_owned();
        match self.reader.names.named(&said) {
            Named::One(course) => return Some(course),
            Named::Several(choices) => self.note(Some(column), Found::ModuleAmbiguous { said, choices }),
            Named::Unknown(nearest) => self.note(Some(column), Found::ModuleUnknown { said, nearest }),
        }
        None
    }

    fn day(&mut self, column: usize, said: &str, course: Option<&Course>) -> Option<NaiveDate> {
        if said.is_empty() {
            self.note(Some(column), Found::DayMissing);
            return None;
        }
        let day = match read_date(said, self.reader.orders[column]) {
            Ok(day) => day,
            Err(flaw) => {
                self.note(Some(column), Found::DayWrong { said: said.to_owned(), flaw });
                return None;
            }
        };
        let since = course.and_then(|course| self.reader.names.module(&course.module)).and_then(|m| m.since_on);
        match day_problem(day, since, self.reader.today) {
            None => Some(day),
            Some(problem) => {
                self.note(Some(column), Found::DayImpossible(problem));
                None
            }
        }
    }

    fn expiry(&mut self, column: usize, said: &str, completed_on: Option<NaiveDate>) -> Option<NaiveDate> {
        match read_date(said, self.reader.orders[column]) {
            Err(flaw) => {
                self.note(Some(column), Found::ExpiryWrong { said: said.to_owned(), flaw });
                None
            }
            Ok(expires_on) => match completed_on.filter(|day| *day >= expires_on) {
                None => Some(expires_on),
                Some(completed_on) => {
                    self.note(Some(column), Found::ExpiryBeforeCompletion { completed_on, expires_on });
                    None
                }
            },
        }
    }
}

/// What people write into a table of dates where there is none.
fn is_none_yet(said: &str) -> bool {
    matches!(
        fold_for_search(said).as_str(),
        "" | "-" | "–" | "—" | "n/a" | "na" | "none" | "no" | "not yet" | "not required"
    )
}
