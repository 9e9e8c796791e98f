//! What people type to log training.

use chrono::{Months, NaiveDate};

use crate::files::{IncomingFile, accept_file};
use crate::ids::ModuleId;
use crate::web::{Ask, Form, Sent};
use crate::words::Line;

/// Said when no module was chosen, or one that there is not.
pub(super) const MODULE_MISSING: &str = "Select the training that was completed";
/// A certificate may be old, but not older than a working life.
const OLDEST: Months = Months::new(60 * 12);

/// Logging a completion.
pub struct CompletionForm {
    pub module: ModuleId,
    pub completed_on: NaiveDate,
    pub provider: Line<120>,
    pub certificate: Option<IncomingFile>,
}

impl CompletionForm {
    pub const FIELDS: &[&str] = &[
        "module",
        "completed_on",
        "completed_on-day",
        "completed_on-month",
        "completed_on-year",
        "provider",
        "certificate",
    ];
}

impl Form for CompletionForm {
    fn parse(sent: &mut Sent) -> Option<Self> {
        let module = sent.choice("module", MODULE_MISSING, |id| (!id.is_empty()).then(|| id.into()));
        let completed_on =
            sent.day(Ask::new("completed_on", "The date of completion", "Enter the date the training was completed"));
        let provider =
            sent.line(Ask::new("provider", "Who gave the training", "Enter who gave the training, like Base 51"));
        let certificate = read_certificate(sent);
        Some(Self { module: module?, completed_on: completed_on?, provider: provider?, certificate: certificate? })
    }
}

/// `Some(None)` when no file was chosen.
fn read_certificate(sent: &mut Sent) -> Option<Option<IncomingFile>> {
    let Some(received) = sent.file("certificate") else { return Some(None) };
    match accept_file(received.path, &received.name) {
        Ok(file) => Some(Some(file)),
        Err(flaw) => sent.refuse("certificate", flaw.say("The certificate")),
    }
}

/// What is wrong with a day of completion, seen from today.
pub(super) fn day_problem(completed_on: NaiveDate, today: NaiveDate) -> Option<&'static str> {
    if completed_on > today {
        Some("The date of completion must be today or in the past")
    } else if today.checked_sub_months(OLDEST).is_some_and(|oldest| completed_on < oldest) {
        Some("The date of completion must be in the last 60 years. Check the year")
    } else {
        None
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_day_of_completion_is_not_in_the_future_nor_before_a_working_life() {
        let day = |text: &str| text.parse::<NaiveDate>().expect("a test writes days correctly");
        let today = day("2026-11-24");
        for (completed_on, right) in
            [("2026-11-25", false), ("2026-11-24", true), ("1966-11-24", true), ("1966-11-23", false)]
        {
            assert_eq!(day_problem(day(completed_on), today).is_none(), right, "{completed_on}");
        }
    }
}
