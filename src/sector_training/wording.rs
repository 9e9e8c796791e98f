//! The words for what the census counts by.

use chrono::NaiveDate;

use super::rule::{Amount, FEWEST, Part};
use crate::organisations::{District, LegalForm};
use crate::questions::legal_form_name;
use crate::web::count;

/// In more than one district, or of more than one kind.
pub const SEVERAL: &str = "several";
/// In no district, or of a kind that was not said.
pub const NONE: &str = "none";

/// A district's name.
pub fn district_name(word: &str, districts: &[District]) -> String {
    match word {
        SEVERAL => "More than one district".to_owned(),
        NONE => "No district".to_owned(),
        code => {
            let found = districts.iter().find(|district| district.code.as_str() == code);
            found.map_or_else(|| "A district that is no more".to_owned(), |district| district.name.clone())
        }
    }
}

/// A kind of organisation.
pub fn kind_name(word: &str) -> &'static str {
    match word {
        SEVERAL => "Organisations of more than one kind",
        NONE => "Not said",
        form => LegalForm::parse(form).map_or("Something else", legal_form_name),
    }
}

/// Several categories that are shown as one, each by its name.
pub fn name_together(part: &Part, name: impl Fn(&str) -> String) -> String {
    let mut names: Vec<String> = part.iter().map(|word| name(word)).collect();
    names.sort();
    // Names have an “and” in them, so commas alone stand between.
    names.join(", ")
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

    #[test]
    fn categories_together_are_named_one_by_one() {
        let part = |words: &[&str]| words.iter().map(|word| (*word).to_owned()).collect();
        let name = |part: Part| name_together(&part, str::to_uppercase);
        assert_eq!(name(part(&["a"])), "A");
        assert_eq!(name(part(&["c", "a", "b"])), "A, B, C");
    }
}
