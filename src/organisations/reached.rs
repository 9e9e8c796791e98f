//! How an organisation is reached: a postcode, a website, a telephone. Each parses to one way of writing it, or to a
//! flaw.

use serde::{Deserialize, Serialize};

use super::identifiers::compact;
use crate::words::{Flaw, Line};

macro_rules! written {
    ($($(#[$doc:meta])* $name:ident;)*) => {$(
        $(#[$doc])*
        #[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
        #[serde(try_from = "String", into = "String")]
        pub struct $name(String);

        impl $name {
            pub fn as_str(&self) -> &str {
                &self.0
            }
            pub fn into_string(self) -> String {
                self.0
            }
        }

        impl TryFrom<String> for $name {
            type Error = String;
            fn try_from(stored: String) -> Result<Self, String> {
                Self::parse(&stored).map_err(|flaw| format!("{stored:?}: {flaw:?}"))
            }
        }

        impl From<$name> for String {
            fn from(value: $name) -> Self {
                value.0
            }
        }
    )*};
}

written! {
    /// Upper case with one space: `NG7 6LB`.
    Postcode;
    /// A whole address that begins with `https://` or `http://`, with a name that has a dot in it.
    Website;
    /// Digits in groups as they were typed, perhaps with a `+` before: `0115 496 0123`.
    Telephone;
}

/// The most characters of a website's address.
const MOST: u64 = 300;

impl Postcode {
    pub fn parse(typed: &str) -> Result<Self, Flaw> {
        let code = compact(typed)?;
        if !(5..=7).contains(&code.len()) || !code.is_ascii() {
            return Err(Flaw::Malformed);
        }
        let (outward, inward) = code.split_at(code.len() - 3);
        let shape =
            |text: &str| -> String { text.chars().map(|c| if c.is_ascii_digit() { '9' } else { 'A' }).collect() };
        let outward_right = matches!(shape(outward).as_str(), "A9" | "A99" | "A9A" | "AA9" | "AA99" | "AA9A");
        if outward_right && shape(inward) == "9AA" && code.chars().all(|c| c.is_ascii_alphanumeric()) {
            Ok(Self(format!("{outward} {inward}")))
        } else {
            Err(Flaw::Malformed)
        }
    }
}

impl Website {
    /// Adds `https://` where people leave it out.
    pub fn parse(typed: &str) -> Result<Self, Flaw> {
        let typed = Line::<MOST>::parse(typed)?.into_string();
        let whole = if typed.contains("://") { typed } else { format!("https://{typed}") };
        let address = url::Url::parse(&whole).map_err(|_| Flaw::Malformed)?;
        let named = address.domain().is_some_and(|name| name.split('.').filter(|part| !part.is_empty()).count() > 1);
        // A name of the internet; the library takes quotes in one too. Letters of other scripts are written in these.
        let is_name =
            address.domain().is_some_and(|name| name.chars().all(|c| c.is_ascii_alphanumeric() || ".-_".contains(c)));
        let plain = matches!(address.scheme(), "http" | "https") && address.username().is_empty();
        if !named || !is_name || !plain || address.password().is_some() || whole.contains(' ') {
            return Err(Flaw::Malformed);
        }
        let written = String::from(address);
        // Letters of other scripts grow when they are written as addresses have them.
        if written.len() as u64 > MOST { Err(Flaw::TooLong(MOST)) } else { Ok(Self(written)) }
    }
}

impl Telephone {
    pub fn parse(typed: &str) -> Result<Self, Flaw> {
        let typed = Line::<30>::parse(typed)?.into_string();
        let digits = typed.chars().filter(char::is_ascii_digit).count();
        let rest = typed.strip_prefix('+').unwrap_or(&typed);
        let plain = rest.chars().all(|c| c.is_ascii_digit() || matches!(c, ' ' | '(' | ')' | '-'));
        if plain && (10..=15).contains(&digits) && rest.starts_with(|c: char| c.is_ascii_digit() || c == '(') {
            Ok(Self(typed))
        } else {
            Err(Flaw::Malformed)
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn postcodes_are_written_one_way() {
        let postcode = |typed| Postcode::parse(typed).map(Postcode::into_string);
        assert_eq!(postcode("ng76lb"), Ok("NG7 6LB".into()));
        assert_eq!(postcode(" NG12  3AB"), Ok("NG12 3AB".into()));
        for wrong in ["NG7", "7NG 6LB", "NG7 6L1", "NG7 6LBX1", "N£7 6LB"] {
            assert_eq!(postcode(wrong), Err(Flaw::Malformed), "{wrong}");
        }
    }

    #[test]
    fn a_website_is_a_whole_address_of_the_web() {
        let website = |typed| Website::parse(typed).map(Website::into_string);
        assert_eq!(website("www.thehub.example"), Ok("https://www.thehub.example/".into()));
        assert_eq!(website("HTTP://TheHub.example/Join?a=b"), Ok("http://thehub.example/Join?a=b".into()));
        for wrong in [
            "javascript:alert(1)",
            "javascript://thehub.example/%0Aalert(1)",
            "ftp://thehub.example",
            "thehub",
            "https://asha:secret@thehub.example",
            "https://asha@thehub.example",
            "the hub.example",
            "https://",
            "https://127.0.0.1/",
            "data://x.y/",
            "https://s6'.0s\"\"/",
        ] {
            assert_eq!(website(wrong), Err(Flaw::Malformed), "{wrong}");
        }
        assert_eq!(website(""), Err(Flaw::Missing));
    }

    #[test]
    fn a_telephone_number_has_ten_digits_and_no_words() {
        let telephone = |typed| Telephone::parse(typed).map(Telephone::into_string);
        assert_eq!(telephone(" 0115  496 0123 "), Ok("0115 496 0123".into()));
        assert_eq!(telephone("+44 (0)115 496 0123"), Ok("+44 (0)115 496 0123".into()));
        for wrong in ["0115 496", "ask Asha", "0115 496 0123 ext", "++441154960123", "-01154960123"] {
            assert_eq!(telephone(wrong), Err(Flaw::Malformed), "{wrong}");
        }
    }

    proptest! {
        #[test]
        fn what_was_written_reads_as_itself(typed in "\\PC{0,40}|(https?://)?[a-zé.-]{1,20}(/[ -~]{0,20})?") {
            if let Ok(website) = Website::parse(&typed) {
                prop_assert!(website.as_str().starts_with("http"));
                prop_assert_eq!(Website::parse(website.as_str()), Ok(website));
            }
            if let Ok(postcode) = Postcode::parse(&typed) {
                prop_assert_eq!(Postcode::parse(postcode.as_str()), Ok(postcode));
            }
            if let Ok(telephone) = Telephone::parse(&typed) {
                prop_assert_eq!(Telephone::parse(telephone.as_str()), Ok(telephone));
            }
        }
    }
}
