//! The words for what the census counts by.

use chrono::NaiveDate;

use crate::organisations::{LegalForm, NONE, SEVERAL};
use crate::questions::legal_form_name;
use crate::small_groups::{Amount, FEWEST};
use crate::web::count;

/// A kind of organisation.
pub fn kind_name(word: &str) -> &'static str {
    match word {
        SEVERAL => "Organisations of more than one kind",
        NONE => "Not said",
        form => LegalForm::parse(form).map_or("Something else", legal_form_name),
    }
}

/// `November 2026`, or `March to May 2026`.
pub fn name_months(first: NaiveDate, last: NaiveDate) -> String {
    let year = |day: NaiveDate| day.format("%Y").to_string();
    match (first == last, year(first) == year(last)) {
        (true, _) => last.format("%B %Y").to_string(),
        (_, true) => format!("{} to {}", first.format("%B"), last.format("%B %Y")),
        (_, false) => format!("{} to {}", first.format("%B %Y"), last.format("%B %Y")),
    }
}

pub fn say_amount(amount: Amount) -> String {
    match amount {
        Amount::Few => format!("Fewer than {FEWEST} people"),
        Amount::About(people) => format!("{people} people"),
    }
}

pub fn say_organisations(n: i64) -> String {
    count(usize::try_from(n).unwrap_or_default(), "organisation", "organisations")
}

pub fn say_sessions(n: i64) -> String {
    count(usize::try_from(n).unwrap_or_default(), "session", "sessions")
}

pub fn say_places(n: i64) -> String {
    count(usize::try_from(n).unwrap_or_default(), "place", "places")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn months_together_are_named_by_the_first_and_the_last() {
        let day = |text: &str| text.parse().expect("a test writes days correctly");
        for (first, last, name) in [
            ("2026-11-01", "2026-11-01", "November 2026"),
            ("2026-03-01", "2026-05-01", "March to May 2026"),
            ("2025-12-01", "2026-02-01", "December 2025 to February 2026"),
        ] {
            assert_eq!(name_months(day(first), day(last)), name);
        }
    }
}
