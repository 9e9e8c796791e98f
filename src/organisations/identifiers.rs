//! Numbers that others gave an organisation, by their org-id scheme. Each parses to one way of writing it, or to a
//! flaw; an organisation has at most one of each scheme, or none at all.

use diesel::prelude::*;
use serde::{Deserialize, Serialize};

use crate::db::DbConnection;
use crate::db::schema::organisation_identifiers;
use crate::error::Result;
use crate::ids::OrganisationId;
use crate::text_enum;
use crate::words::Flaw;

text_enum! {
    /// Who gives a number: the prefix of its org-id.
    pub enum IdScheme {
        CharityOfEnglandAndWales = "GB-CHC",
        CharityOfScotland = "GB-SC",
        CharityOfNorthernIreland = "GB-NIC",
        Company = "GB-COH",
        School = "GB-EDU",
        LearningProvider = "GB-UKPRN",
        LocalAuthority = "GB-LAE",
    }
}

/// A number of one scheme, as that scheme writes it.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Identifier {
    scheme: IdScheme,
    number: String,
}

impl Identifier {
    /// Takes a number with or without its prefix, with spaces, hyphens and small letters.
    pub fn parse(scheme: IdScheme, typed: &str) -> Result<Self, Flaw> {
        let typed = compact(typed)?;
        let prefix = scheme.as_str().replace('-', "");
        let typed = typed.strip_prefix(&prefix).unwrap_or(&typed);
        let digits_after =
            |letters: &str, count| Some(typed.strip_prefix(letters).unwrap_or(typed)).filter(|d| is_digits(d, count));
        let number = match scheme {
            IdScheme::CharityOfEnglandAndWales => Some(typed).filter(|n| is_digits(n, 6..=7)).map(str::to_owned),
            IdScheme::CharityOfScotland => digits_after("SC", 6..=6).map(|digits| format!("SC{digits}")),
            IdScheme::CharityOfNorthernIreland => digits_after("NIC", 6..=6).map(str::to_owned),
            IdScheme::Company => company_number(typed),
            IdScheme::School => Some(typed).filter(|n| is_digits(n, 6..=6)).map(str::to_owned),
            IdScheme::LearningProvider => {
                Some(typed).filter(|n| is_digits(n, 8..=8) && n.starts_with('1')).map(str::to_owned)
            }
            IdScheme::LocalAuthority => {
                Some(typed).filter(|n| n.len() == 3 && n.bytes().all(|b| b.is_ascii_uppercase())).map(str::to_owned)
            }
        };
        number.map(|number| Self { scheme, number }).ok_or(Flaw::Malformed)
    }

    /// A charity's number of any of the three registers: `SC` and `NIC` tell which.
    pub fn parse_charity(typed: &str) -> Result<Self, Flaw> {
        let number = compact(typed)?;
        let begins = |letters: &str| number.starts_with(letters) || number.starts_with(&format!("GB{letters}"));
        let scheme = if begins("SC") {
            IdScheme::CharityOfScotland
        } else if begins("NIC") {
            IdScheme::CharityOfNorthernIreland
        } else {
            IdScheme::CharityOfEnglandAndWales
        };
        Self::parse(scheme, typed)
    }

    pub fn scheme(&self) -> IdScheme {
        self.scheme
    }

    /// As people write it: `1123456`, `SC012345`, `NIC100123`.
    pub fn number(&self) -> String {
        match self.scheme {
            IdScheme::CharityOfNorthernIreland => format!("NIC{}", self.number),
            _ => self.number.clone(),
        }
    }

    /// Its org-id, such as `GB-CHC-1123456`.
    pub fn org_id(&self) -> String {
        format!("{}-{}", self.scheme.as_str(), self.number)
    }

    fn from_org_id(id: &str) -> Option<Self> {
        let of = |scheme: &IdScheme| Some((*scheme, id.strip_prefix(scheme.as_str())?.strip_prefix('-')?));
        let (scheme, number) = IdScheme::ALL.iter().find_map(of)?;
        Self::parse(scheme, number).ok()
    }

    /// All of an organisation, in the order of their schemes.
    pub fn all_of(conn: &mut DbConnection, organisation: OrganisationId) -> Result<Vec<Self>> {
        let rows: Vec<(IdScheme, String)> = organisation_identifiers::table
            .filter(organisation_identifiers::organisation_id.eq(organisation))
            .select((organisation_identifiers::scheme, organisation_identifiers::number))
            .load(conn)?;
        let mut identifiers: Vec<Self> = rows.into_iter().map(|(scheme, number)| Self { scheme, number }).collect();
        identifiers.sort();
        Ok(identifiers)
    }

    /// The first of these that is another organisation's.
    pub fn taken_among(conn: &mut DbConnection, organisation: OrganisationId, these: &[Self]) -> Result<Option<Self>> {
        for identifier in these {
            let others = organisation_identifiers::table
                .filter(organisation_identifiers::scheme.eq(identifier.scheme))
                .filter(organisation_identifiers::number.eq(&identifier.number))
                .filter(organisation_identifiers::claimed.eq(true))
                .filter(organisation_identifiers::organisation_id.ne(organisation));
            if diesel::select(diesel::dsl::exists(others)).get_result(conn)? {
                return Ok(Some(identifier.clone()));
            }
        }
        Ok(None)
    }
}

/// Writes an organisation's identifiers in place of those it had. A unique index refuses a claimed one of another's.
pub(super) fn replace_identifiers(
    conn: &mut DbConnection,
    of: OrganisationId,
    identifiers: &[Identifier],
    claim: Claim,
) -> QueryResult<()> {
    use crate::db::schema::organisation_identifiers::dsl as columns;
    diesel::delete(columns::organisation_identifiers.filter(columns::organisation_id.eq(of))).execute(conn)?;
    for identifier in identifiers {
        let row = (
            columns::organisation_id.eq(of),
            columns::scheme.eq(identifier.scheme),
            columns::number.eq(&identifier.number),
            columns::claimed.eq(claim == Claim::Now),
        );
        diesel::insert_into(columns::organisation_identifiers).values(row).execute(conn)?;
    }
    Ok(())
}

/// Makes an organisation's identifiers its own. A unique index refuses one of another's.
pub(super) fn claim_identifiers(conn: &mut DbConnection, of: OrganisationId) -> QueryResult<usize> {
    diesel::update(organisation_identifiers::table.filter(organisation_identifiers::organisation_id.eq(of)))
        .set(organisation_identifiers::claimed.eq(true))
        .execute(conn)
}

/// When does a number become an organisation's own?
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Claim {
    /// When it is submitted: someone may yet withdraw a mistake.
    Later,
    Now,
}

impl TryFrom<String> for Identifier {
    type Error = String;
    fn try_from(stored: String) -> Result<Self, String> {
        Self::from_org_id(&stored).ok_or_else(|| format!("{stored:?} is no org-id"))
    }
}

impl From<Identifier> for String {
    fn from(identifier: Identifier) -> Self {
        identifier.org_id()
    }
}

/// Fills with zeros from the left: people leave them out.
fn company_number(typed: &str) -> Option<String> {
    let letters = typed.chars().take_while(char::is_ascii_alphabetic).count();
    let (prefix, digits) = typed.split_at(letters);
    match letters {
        0 if is_digits(digits, 6..=8) => Some(format!("{digits:0>8}")),
        2 if is_digits(digits, 6..=6) => Some(format!("{prefix}{digits}")),
        _ => None,
    }
}

/// Without white space and hyphens, in capitals.
pub(super) fn compact(typed: &str) -> Result<String, Flaw> {
    let code: String = typed.chars().filter(|c| !c.is_whitespace() && *c != '-').collect();
    if code.is_empty() { Err(Flaw::Missing) } else { Ok(code.to_uppercase()) }
}

fn is_digits(text: &str, count: std::ops::RangeInclusive<usize>) -> bool {
    count.contains(&text.len()) && text.bytes().all(|b| b.is_ascii_digit())
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn org_id(scheme: IdScheme, typed: &str) -> Result<String, Flaw> {
        Identifier::parse(scheme, typed).map(|identifier| identifier.org_id())
    }

    #[test]
    fn charity_numbers_of_three_registers() {
        let org_id = |typed| Identifier::parse_charity(typed).map(|n| n.org_id());
        assert_eq!(org_id(" 1123 456"), Ok("GB-CHC-1123456".into()));
        assert_eq!(org_id("gb-chc-112345"), Ok("GB-CHC-112345".into()));
        assert_eq!(org_id("sc012345"), Ok("GB-SC-SC012345".into()));
        assert_eq!(org_id("GB-SC-SC012345"), Ok("GB-SC-SC012345".into()));
        assert_eq!(org_id("NIC100123"), Ok("GB-NIC-100123".into()));
        assert_eq!(org_id("GB-NIC-100123"), Ok("GB-NIC-100123".into()));
        for wrong in ["12345", "12345678", "SC12345", "ABC123", "NIC", "GB-SC-"] {
            assert_eq!(org_id(wrong), Err(Flaw::Malformed), "{wrong}");
        }
    }

    #[test]
    fn company_numbers_are_padded_to_eight() {
        let number = |typed| org_id(IdScheme::Company, typed);
        assert_eq!(number("1234567"), Ok("GB-COH-01234567".into()));
        assert_eq!(number("oc 301234"), Ok("GB-COH-OC301234".into()));
        for wrong in ["123", "123456789", "O1234567", "OCX01234", "éé301234"] {
            assert_eq!(number(wrong), Err(Flaw::Malformed), "{wrong}");
        }
    }

    #[test]
    fn schools_learning_providers_and_councils() {
        assert_eq!(org_id(IdScheme::School, "122 841"), Ok("GB-EDU-122841".into()));
        assert_eq!(org_id(IdScheme::School, "1228410"), Err(Flaw::Malformed));
        assert_eq!(org_id(IdScheme::LearningProvider, "10004797"), Ok("GB-UKPRN-10004797".into()));
        assert_eq!(org_id(IdScheme::LearningProvider, "20004797"), Err(Flaw::Malformed));
        assert_eq!(org_id(IdScheme::LocalAuthority, "ngm"), Ok("GB-LAE-NGM".into()));
        assert_eq!(org_id(IdScheme::LocalAuthority, "NG1"), Err(Flaw::Malformed));
        assert_eq!(org_id(IdScheme::LocalAuthority, " "), Err(Flaw::Missing));
    }

    proptest! {
        #[test]
        fn whatever_parses_is_written_one_way_and_reads_as_itself(
            scheme in prop::sample::select(IdScheme::ALL),
            typed in "(GB-?)?[A-Za-z]{0,3}[ -]?[0-9]{0,9}|\\PC{0,12}",
        ) {
            if let Ok(identifier) = Identifier::parse(scheme, &typed) {
                prop_assert_eq!(Identifier::parse(scheme, &identifier.number()), Ok(identifier.clone()));
                prop_assert_eq!(Identifier::parse(scheme, &identifier.org_id()), Ok(identifier.clone()));
                prop_assert_eq!(Identifier::from_org_id(&identifier.org_id()), Some(identifier.clone()));
                let stored = serde_json::to_string(&identifier).expect("text");
                prop_assert_eq!(serde_json::from_str::<Identifier>(&stored).expect("an org-id"), identifier);
            }
            Identifier::parse_charity(&typed).ok();
        }
    }
}
