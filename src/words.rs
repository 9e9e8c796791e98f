//! What people type, made into values that cannot be wrong: a line, a passage, an e-mail address.
//! Every value here was trimmed, is free of control and direction-override characters, and fits its limit.
//! Not here: what to say when it is wrong; forms say that.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};
use validator::{ValidateEmail, ValidateLength};

/// What stands where the name of someone stood who was erased.
pub const ERASED_NAME: &str = "A former member";
/// Where nothing is ever delivered: RFC 2606 keeps it free.
const NOWHERE: &str = "@erased.invalid";

/// Why something typed is not a value.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Flaw {
    /// Nothing was typed.
    Missing,
    /// More than this many characters.
    TooLong(u64),
    /// Fewer than this many characters.
    TooShort(u64),
    /// Typed, but not one of these.
    Malformed,
}

/// A whole number of this range.
pub fn parse_whole<T: std::str::FromStr + PartialOrd>(
    typed: &str,
    range: std::ops::RangeInclusive<T>,
) -> Result<T, Flaw> {
    match typed.trim() {
        "" => Err(Flaw::Missing),
        number => number.parse().ok().filter(|number| range.contains(number)).ok_or(Flaw::Malformed),
    }
}

/// One line of text of 1 to `MAX` characters.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Line<const MAX: u64>(String);

impl<const MAX: u64> Line<MAX> {
    /// Joins what was typed on several lines into one.
    pub fn parse(typed: &str) -> Result<Self, Flaw> {
        let line = clean(typed).split_whitespace().collect::<Vec<_>>().join(" ");
        fits(line, MAX).map(Self)
    }
}

/// One or more paragraphs, 1 to `MAX` characters in all.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Passage<const MAX: u64>(String);

impl<const MAX: u64> Passage<MAX> {
    /// Keeps line breaks, as `\n`.
    pub fn parse(typed: &str) -> Result<Self, Flaw> {
        fits(clean(&typed.replace("\r\n", "\n")).trim().to_owned(), MAX).map(Self)
    }
}

/// An e-mail address in lower case.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct EmailAddress(String);

impl EmailAddress {
    /// Takes what the HTML standard takes, up to 254 characters, with a dot in the domain.
    pub fn parse(typed: &str) -> Result<Self, Flaw> {
        let address = fits(clean(typed).trim().to_lowercase(), 254)?;
        let dotted = address.rsplit('@').next().is_some_and(|domain| domain.contains('.'));
        if address.validate_email() && dotted { Ok(Self(address)) } else { Err(Flaw::Malformed) }
    }

    /// What stands where the address of someone stood who was erased; each is different.
    pub fn erased(id: impl std::fmt::Display) -> Self {
        Self(format!("{id}{NOWHERE}"))
    }

    /// Can there be anyone at it?
    pub fn leads_somewhere(&self) -> bool {
        !self.0.ends_with(NOWHERE)
    }
}

impl TryFrom<String> for EmailAddress {
    type Error = String;
    fn try_from(stored: String) -> Result<Self, String> {
        Self::parse(&stored).map_err(|flaw| format!("{stored:?}: {flaw:?}"))
    }
}

impl From<EmailAddress> for String {
    fn from(address: EmailAddress) -> Self {
        address.0
    }
}

macro_rules! reads_as_text {
    ($([$($generics:tt)*] $name:ty),*) => {$(
        impl $($generics)* $name {
            pub fn as_str(&self) -> &str {
                &self.0
            }
            pub fn into_string(self) -> String {
                self.0
            }
        }
        impl $($generics)* std::fmt::Display for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str(&self.0)
            }
        }
    )*};
}
reads_as_text!([<const MAX: u64>] Line<MAX>, [<const MAX: u64>] Passage<MAX>, [] EmailAddress);

/// Lower case without accents, for a search column: neither database folds both in the same way.
pub fn fold_for_search(text: &str) -> String {
    text.chars().flat_map(char::to_lowercase).map(without_accent).collect()
}

/// The words of a text as they are searched for: folded, each once, of letters and digits alone. An apostrophe parts no
/// word, nor does an accent that is written as a character of its own.
pub fn words_to_search(text: &str) -> BTreeSet<String> {
    let parts_nothing = |letter: &char| matches!(letter, '\'' | '’' | '\u{300}'..='\u{36f}');
    let text: String = text.chars().filter(|letter| !parts_nothing(letter)).collect();
    let folded = fold_for_search(&text);
    folded.split(|letter: char| !letter.is_alphanumeric()).filter(|word| !word.is_empty()).map(str::to_owned).collect()
}

/// A short mark of what someone was shown: another one as soon as it says something else.
pub fn mark_of(seen: &impl Serialize) -> String {
    let text = serde_json::to_string(seen).expect("what is shown can be written as JSON");
    hex::encode(&Sha256::digest(text)[..12])
}

/// A pattern for `LIKE` that finds this text anywhere in a search column, with nothing in it standing for something
/// else. Say `.escape('\\')` with it.
pub fn pattern_of(text: &str) -> String {
    let escaped = fold_for_search(text.trim()).replace('\\', "\\\\").replace('%', "\\%").replace('_', "\\_");
    format!("%{escaped}%")
}

fn without_accent(letter: char) -> char {
    match letter {
        'à'..='å' | 'ā' | 'ă' | 'ą' => 'a',
        'ç' | 'ć' | 'č' => 'c',
        'ď' | 'đ' => 'd',
        'è'..='ë' | 'ē' | 'ę' | 'ě' => 'e',
        'ì'..='ï' | 'ī' | 'į' => 'i',
        'ł' | 'ĺ' => 'l',
        'ñ' | 'ń' | 'ň' => 'n',
        'ò'..='ö' | 'ø' | 'ō' | 'ő' => 'o',
        'ŕ' | 'ř' => 'r',
        'ś' | 'š' | 'ş' => 's',
        'ť' | 'ţ' => 't',
        'ù'..='ü' | 'ū' | 'ů' | 'ű' => 'u',
        'ý' | 'ÿ' => 'y',
        'ź' | 'ż' | 'ž' => 'z',
        other => other,
    }
}

fn fits(text: String, max: u64) -> Result<String, Flaw> {
    if text.is_empty() {
        Err(Flaw::Missing)
    } else if text.validate_length(None, Some(max), None) {
        Ok(text)
    } else {
        Err(Flaw::TooLong(max))
    }
}

/// Drops control characters but line breaks and tabs, and characters that turn the direction of what follows.
fn clean(typed: &str) -> String {
    let turns_direction = |c| matches!(c, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}');
    typed.chars().filter(|&c| (!c.is_control() || matches!(c, '\n' | '\t')) && !turns_direction(c)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_is_trimmed_joined_and_measured_in_characters() {
        assert_eq!(Line::<20>::parse("  The\r\n  Hub ").map(Line::into_string), Ok("The Hub".into()));
        assert_eq!(Line::<3>::parse("łódź"), Err(Flaw::TooLong(3)));
        assert_eq!(Line::<4>::parse("łódź").map(Line::into_string), Ok("łódź".into()));
        assert_eq!(Line::<4>::parse(" \n "), Err(Flaw::Missing));
    }

    #[test]
    fn right_to_left_text_stays_and_direction_tricks_go() {
        assert_eq!(Line::<20>::parse("שלום\u{202e}gpj").map(Line::into_string), Ok("שלוםgpj".into()));
    }

    #[test]
    fn an_email_address_is_one_address_without_a_header_in_it() {
        assert!(EmailAddress::parse("Asha@Example.org").is_ok_and(|a| a.as_str() == "asha@example.org"));
        for wrong in ["asha", "a@b", "a@b.org, c@d.org", "a@b.org\nBcc: c@d.org", "@b.org"] {
            assert_eq!(EmailAddress::parse(wrong), Err(Flaw::Malformed), "{wrong}");
        }
    }

    #[test]
    fn what_is_searched_for_is_taken_literally() {
        assert_eq!(pattern_of(" 100%_Élan\\ "), r"%100\%\_elan\\%");
    }

    #[test]
    fn a_name_is_taken_apart_into_its_words() {
        let words = |text| words_to_search(text).into_iter().collect::<Vec<_>>();
        assert_eq!(words(" St Ann’s Youth-Hub, the HUB "), ["anns", "hub", "st", "the", "youth"]);
        assert_eq!(words("E\u{301}lan 100%"), ["100", "elan"]);
        assert_eq!(words("Молодёжь 青年会"), ["молодёжь", "青年会"]);
        assert_eq!(words(" %_' - "), [""; 0]);
    }

    #[test]
    fn search_folds_case_and_accents() {
        assert_eq!(fold_for_search("Élan ŁÓDŹ"), "elan lodz");
    }
}
