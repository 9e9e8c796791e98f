//! What people type to log training.

use chrono::{Months, NaiveDate};

use crate::files::{IncomingFile, accept_file};
use crate::ids::{EquivalentId, ModuleId};
use crate::web::{Ask, Form, Sent};
use crate::words::{Line, Passage};

/// Said when no module was chosen, or one that there is not.
pub(super) const MODULE_MISSING: &str = "Select the training that was completed";
/// A certificate may be old, but not older than a working life.
const OLDEST: Months = Months::new(60 * 12);

/// What was completed: a module, or a course by others that counts as one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Course {
    pub module: ModuleId,
    pub equivalent: Option<EquivalentId>,
}

impl Course {
    /// `safeguarding`, or `safeguarding/` and the id of a course that counts as it.
    pub fn parse(word: &str) -> Option<Self> {
        let (module, equivalent) = match word.split_once('/') {
            None => (word, None),
            Some((module, id)) => (module, Some(id.parse().ok()?)),
        };
        (!module.is_empty()).then(|| Self { module: module.into(), equivalent })
    }

    /// The form in which it is chosen.
    pub fn as_word(&self) -> String {
        match self.equivalent {
            None => self.module.to_string(),
            Some(equivalent) => format!("{}/{equivalent}", self.module),
        }
    }
}

/// Logging a completion.
pub struct CompletionForm {
    /// Said to be another training than one that is near.
    pub is_another: bool,
    pub course: Course,
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
        "another",
    ];
}

impl Form for CompletionForm {
    fn parse(sent: &mut Sent) -> Option<Self> {
        let course = sent.choice("module", MODULE_MISSING, Course::parse);
        let completed_on =
            sent.day(Ask::new("completed_on", "The date of completion", "Enter the date the training was completed"));
        let provider =
            sent.line(Ask::new("provider", "Who gave the training", "Enter who gave the training, like Base 51"));
        let certificate = read_certificate(sent);
        let is_another = sent.ticked("another");
        Some(Self {
            is_another,
            course: course?,
            completed_on: completed_on?,
            provider: provider?,
            certificate: certificate?,
        })
    }
}

/// Correcting a completion.
pub struct CorrectionForm {
    pub completion: CompletionForm,
    pub reason: Passage<500>,
}

impl CorrectionForm {
    pub const FIELDS: &[&str] = &[
        "module",
        "completed_on",
        "completed_on-day",
        "completed_on-month",
        "completed_on-year",
        "provider",
        "certificate",
        "reason",
    ];
}

impl Form for CorrectionForm {
    fn parse(sent: &mut Sent) -> Option<Self> {
        let completion = CompletionForm::parse(sent);
        let reason = sent.passage(Ask::new("reason", "What was wrong", "Enter what was wrong"));
        Some(Self { completion: completion?, reason: reason? })
    }
}

/// Withdrawing a completion.
pub struct WithdrawalForm {
    pub reason: Passage<500>,
}

impl WithdrawalForm {
    pub const FIELDS: &[&str] = &["reason"];
}

impl Form for WithdrawalForm {
    fn parse(sent: &mut Sent) -> Option<Self> {
        let reason = sent.passage(Ask::new("reason", "The reason", "Enter why it is withdrawn"))?;
        Some(Self { reason })
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
pub fn day_problem(completed_on: NaiveDate, since_on: Option<NaiveDate>, today: NaiveDate) -> Option<&'static str> {
    if completed_on > today {
        Some("The date of completion must be today or in the past")
    } else if since_on.is_some_and(|since| completed_on < since) {
        Some("The date of completion is before this training was first given. Check the date and the training")
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
            assert_eq!(day_problem(day(completed_on), None, today).is_none(), right, "{completed_on}");
        }
        let since = Some(day("2024-09-01"));
        assert!(day_problem(day("2024-08-31"), since, today).is_some(), "before there was such a module");
        assert_eq!(day_problem(day("2024-09-01"), since, today), None);
    }
}
