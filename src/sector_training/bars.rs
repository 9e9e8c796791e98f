//! Bars with their numbers in words, and the same as a table.

use serde::Serialize;

use crate::small_groups::{FEWEST, Group, Measure};

/// One bar.
#[derive(Serialize, Clone)]
pub struct TotalBar {
    pub name: String,
    /// Beside the bar.
    pub words: String,
    /// How much of the track it fills: `40%`.
    pub width: String,
    /// The columns of the table.
    pub in_date: String,
    pub of: String,
    pub share: String,
}

impl TotalBar {
    /// How many of a group are in date.
    pub fn of_group(name: String, group: Group) -> Self {
        let measure = group.measure();
        let few = format!("Fewer than {FEWEST}");
        let share = measure.share().map(|share| format!("{share}%"));
        let (words, in_date, of) = match measure {
            Measure::TooFew => (format!("{few} people must have it"), "Not shown".to_owned(), few),
            Measure::Few { of } => (format!("{few} of {of} people"), few, of.to_string()),
            Measure::Most { of } => {
                (format!("All, or all but a few, of {of} people"), "All or nearly all".to_owned(), of.to_string())
            }
            Measure::Some { in_date, of } => (
                format!("{}: {in_date} of {of} people", share.clone().unwrap_or_default()),
                in_date.to_string(),
                of.to_string(),
            ),
        };
        let full = if matches!(measure, Measure::Most { .. }) { "100%" } else { "0%" };
        Self {
            name,
            words,
            width: share.clone().unwrap_or_else(|| full.to_owned()),
            in_date,
            of,
            share: share.unwrap_or_else(|| "Not shown".to_owned()),
        }
    }
}
