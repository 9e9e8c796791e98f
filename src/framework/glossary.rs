//! Words of the trade, explained wherever they are used.

use diesel::prelude::*;
use serde::{Deserialize, Serialize};

use crate::db::schema::framework_terms;
use crate::error::{Error, Result};
use crate::words::fold_for_search;

/// A word and what it means.
#[derive(Debug, Clone, PartialEq, Eq, Queryable, Selectable, Serialize, Deserialize)]
#[diesel(table_name = framework_terms)]
#[serde(deny_unknown_fields)]
pub struct GlossaryTerm {
    pub term: String,
    pub meaning: String,
}

#[derive(Deserialize)]
struct GlossaryFile {
    terms: Vec<GlossaryTerm>,
}

impl GlossaryTerm {
    /// Where it stands in the alphabet, whatever a database thinks of capitals and accents.
    pub(super) fn place(&self) -> (String, String) {
        (fold_for_search(&self.term), self.term.clone())
    }

    /// Does a text use this word, alone or with an `s`? Abbreviations count in capitals only.
    pub fn is_used_in(&self, text: &str) -> bool {
        let is_abbreviation = self.term.chars().skip(1).any(char::is_uppercase);
        if is_abbreviation {
            has_word(text, &self.term)
        } else {
            has_word(&text.to_lowercase(), &self.term.to_lowercase())
        }
    }
}

/// The words that the program was built with, for a new database and for made-up pages.
pub fn glossary_in_content() -> Result<Vec<GlossaryTerm>> {
    let file: GlossaryFile = toml::from_str(include_str!("../../content/glossary.toml")).map_err(Error::unexpected)?;
    Ok(file.terms)
}

fn has_word(text: &str, word: &str) -> bool {
    let ends_word = |rest: &str| !rest.starts_with(char::is_alphanumeric);
    text.match_indices(word).any(|(start, _)| {
        let after = &text[start + word.len()..];
        let is_alone = ends_word(after) || after.strip_prefix('s').is_some_and(ends_word);
        is_alone && !text[..start].ends_with(char::is_alphanumeric)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_word_is_found_whole_and_an_abbreviation_in_capitals() {
        let uses = |term: &str, text| GlossaryTerm { term: term.into(), meaning: String::new() }.is_used_in(text);
        assert!(uses("Trustee", "Your trustees meet."));
        assert!(uses("Risk assessment", "a risk assessment for trips"));
        assert!(uses("DBS", "(DBS checks)"));
        assert!(!uses("SEND", "send a letter"));
        assert!(!uses("Reserves", "reservesome"));
        assert!(!uses("Governance", "self-governancex"));
    }
}
