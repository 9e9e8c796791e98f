//! Numbers that others gave an organisation, and postcodes. Each parses to one way of writing it, or to a flaw.

use crate::words::Flaw;

macro_rules! identifier {
    ($($(#[$doc:meta])* $name:ident;)*) => {$(
        $(#[$doc])*
        #[derive(Debug, Clone, PartialEq, Eq)]
        pub struct $name(String);

        impl $name {
            pub fn as_str(&self) -> &str {
                &self.0
            }
            pub fn into_string(self) -> String {
                self.0
            }
        }
    )*};
}

identifier! {
    /// England and Wales: 6 or 7 digits; Scotland: `SC` and 6; Northern Ireland: `NIC` and 6.
    CharityNumber;
    /// 8 characters: 8 digits, or 2 letters and 6 digits.
    CompanyNumber;
    /// Upper case with one space: `NG7 6LB`.
    Postcode;
}

impl CharityNumber {
    pub fn parse(typed: &str) -> Result<Self, Flaw> {
        let number = compact(typed)?;
        let right = match number.as_str() {
            n if n.starts_with("SC") => is_digits(&n[2..], 6..=6),
            n if n.starts_with("NIC") => is_digits(&n[3..], 6..=6),
            n => is_digits(n, 6..=7),
        };
        if right { Ok(Self(number)) } else { Err(Flaw::Malformed) }
    }

    /// Its org-id prefix and number, such as `GB-CHC-1234567`.
    pub fn org_id(&self) -> String {
        match self.0.as_str() {
            n if n.starts_with("SC") => format!("GB-SC-{n}"),
            n if n.starts_with("NIC") => format!("GB-NIC-{}", &n[3..]),
            n => format!("GB-CHC-{n}"),
        }
    }
}

impl CompanyNumber {
    /// Fills with zeros from the left: people leave them out.
    pub fn parse(typed: &str) -> Result<Self, Flaw> {
        let number = compact(typed)?;
        let letters = number.chars().take_while(char::is_ascii_alphabetic).count();
        let (prefix, digits) = number.split_at(letters);
        match letters {
            0 if is_digits(digits, 6..=8) => Ok(Self(format!("{digits:0>8}"))),
            2 if is_digits(digits, 6..=6) => Ok(Self(format!("{prefix}{digits}"))),
            _ => Err(Flaw::Malformed),
        }
    }

    /// Its org-id, such as `GB-COH-01234567`.
    pub fn org_id(&self) -> String {
        format!("GB-COH-{}", self.0)
    }
}

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

fn compact(typed: &str) -> Result<String, Flaw> {
    let code: String = typed.chars().filter(|c| !c.is_whitespace() && *c != '-').collect();
    if code.is_empty() { Err(Flaw::Missing) } else { Ok(code.to_uppercase()) }
}

fn is_digits(text: &str, count: std::ops::RangeInclusive<usize>) -> bool {
    count.contains(&text.len()) && text.bytes().all(|b| b.is_ascii_digit())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn charity_numbers_of_three_registers() {
        let org_id = |typed| CharityNumber::parse(typed).map(|n| n.org_id());
        assert_eq!(org_id(" 1123 456"), Ok("GB-CHC-1123456".into()));
        assert_eq!(org_id("sc012345"), Ok("GB-SC-SC012345".into()));
        assert_eq!(org_id("NIC100123"), Ok("GB-NIC-100123".into()));
        for wrong in ["12345", "12345678", "SC12345", "ABC123"] {
            assert_eq!(org_id(wrong), Err(Flaw::Malformed), "{wrong}");
        }
    }

    #[test]
    fn company_numbers_are_padded_to_eight() {
        let number = |typed| CompanyNumber::parse(typed).map(CompanyNumber::into_string);
        assert_eq!(number("1234567"), Ok("01234567".into()));
        assert_eq!(number("oc 301234"), Ok("OC301234".into()));
        for wrong in ["123", "123456789", "O1234567", "OCX01234"] {
            assert_eq!(number(wrong), Err(Flaw::Malformed), "{wrong}");
        }
    }

    #[test]
    fn postcodes_are_written_one_way() {
        let postcode = |typed| Postcode::parse(typed).map(Postcode::into_string);
        assert_eq!(postcode("ng76lb"), Ok("NG7 6LB".into()));
        assert_eq!(postcode(" NG12  3AB"), Ok("NG12 3AB".into()));
        for wrong in ["NG7", "7NG 6LB", "NG7 6L1", "NG7 6LBX1", "N£7 6LB"] {
            assert_eq!(postcode(wrong), Err(Flaw::Malformed), "{wrong}");
        }
    }
}
