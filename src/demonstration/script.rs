//! The invented organisations, people and words, as `content/demonstration/` has them.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use serde::Deserialize;

use crate::accounts::Role;
use crate::charter;
use crate::error::{Error, Result};
use crate::ids::{ActivityId, DistrictCode, StatementId};
use crate::organisations::{
    Day, Engagement, IdScheme, Identifier, LegalForm, MembershipRole, Position, Postcode, Stage,
};
use crate::words::{EmailAddress, Flaw};

/// One password for everyone in the demonstration. It opens nothing else.
pub const PASSWORD: &str = "three blue bicycles";

/// Everything that is invented.
pub struct Script {
    pub organisations: Vec<WrittenOrganisation>,
    pub words: Words,
    pub vrp: Vec<WrittenOfficial>,
}

#[derive(Deserialize)]
pub struct WrittenOrganisation {
    pub name: String,
    legal_form: String,
    charity_number: Option<String>,
    company_number: Option<String>,
    pub description: String,
    pub min_age: i32,
    pub max_age: i32,
    pub days: Vec<Day>,
    pub districts: Vec<DistrictCode>,
    pub activities: Vec<ActivityId>,
    postcode: String,
    pub stage: Stage,
    pub staff: Vec<WrittenPerson>,
}

#[derive(Deserialize)]
pub struct WrittenPerson {
    pub name: String,
    engagement: Engagement,
    role: MembershipRole,
    accountable: bool,
}

/// Someone of the VRP, or with no role at all.
#[derive(Deserialize)]
pub struct WrittenOfficial {
    pub name: String,
    pub email: String,
    pub role: Option<Role>,
    /// Runs training sessions for the appointed provider.
    #[serde(default)]
    pub trains: bool,
    /// What they can do, for the list of who can sign in.
    pub can: String,
}

/// Texts that people in the demonstration write.
#[derive(Deserialize)]
pub struct Words {
    pub review_notes: Vec<String>,
    /// What a reviewer writes for the VRP alone.
    pub note_within: String,
    pub change_requests: Vec<String>,
    pub recommendation_reasons: Vec<String>,
    pub recommendation_reasons_not_yet: Vec<String>,
    pub decision_reasons: Vec<String>,
    pub decision_reasons_not_yet: Vec<String>,
    pub more_wanted: Vec<String>,
    pub withdrawal_reasons: Vec<String>,
    pub training_providers: Vec<String>,
    pub commitments: BTreeMap<StatementId, Vec<String>>,
    /// Who sees to a commitment.
    pub commitment_keepers: Vec<String>,
    /// How commitments are kept.
    pub progress: Vec<ProgressWords>,
    /// What changed for young people in a year.
    pub changes: Vec<String>,
    /// By area.
    pub narratives: BTreeMap<String, Vec<String>>,
}

/// A note on a commitment.
#[derive(Deserialize)]
pub struct ProgressWords {
    pub stage: charter::Stage,
    pub words: String,
}

#[derive(Deserialize)]
struct OrganisationsFile {
    organisations: Vec<WrittenOrganisation>,
}

#[derive(Deserialize)]
struct VrpFile {
    people: Vec<WrittenOfficial>,
}

/// The script. It is part of the program, and a test reads it: it cannot be wrong at run time.
pub static SCRIPT: LazyLock<Script> = LazyLock::new(|| Script::read().expect("the demonstration's script can be read"));

impl Script {
    fn read() -> Result<Self, toml::de::Error> {
        let file: OrganisationsFile = toml::from_str(include_str!("../../content/demonstration/organisations.toml"))?;
        let vrp: VrpFile = toml::from_str(include_str!("../../content/demonstration/vrp.toml"))?;
        let words = toml::from_str(include_str!("../../content/demonstration/words.toml"))?;
        Ok(Self { organisations: file.organisations, words, vrp: vrp.people })
    }
}

impl WrittenOrganisation {
    pub fn legal_form(&self) -> Result<LegalForm> {
        let word = self.legal_form.replace('-', "_");
        LegalForm::parse(&word).ok_or_else(|| Error::unexpected(format!("{word} is no legal form")))
    }

    pub fn identifiers(&self) -> Result<Vec<Identifier>> {
        let charity = self.charity_number.as_deref().map(Identifier::parse_charity);
        let company = self.company_number.as_deref().map(|number| Identifier::parse(IdScheme::Company, number));
        charity.into_iter().chain(company).collect::<Result<_, _>>().map_err(misprint)
    }

    pub fn postcode(&self) -> Result<Postcode> {
        Postcode::parse(&self.postcode).map_err(misprint)
    }
}

impl WrittenPerson {
    pub fn position(&self) -> Position {
        Position { role: self.role, engagement: self.engagement, accountable: self.accountable }
    }

    /// `Leanne Okafor` is at `leanne.okafor@example.org`.
    pub fn email(&self) -> Result<EmailAddress> {
        let name = self.name.to_lowercase().replace(' ', ".");
        EmailAddress::parse(&format!("{name}@example.org")).map_err(misprint)
    }
}

fn misprint(flaw: Flaw) -> Error {
    Error::unexpected(format!("the demonstration's script has a misprint: {flaw:?}"))
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    #[test]
    fn the_script_has_no_misprint() {
        let mut addresses = BTreeSet::new();
        for organisation in &SCRIPT.organisations {
            assert!(organisation.legal_form().is_ok(), "{}", organisation.name);
            assert!(organisation.identifiers().is_ok(), "{}", organisation.name);
            assert!(organisation.postcode().is_ok(), "{}", organisation.name);
            assert!(organisation.staff[0].role == MembershipRole::Lead, "{}", organisation.name);
            for person in &organisation.staff {
                let address = person.email().expect("a name makes an address");
                assert!(addresses.insert(address.into_string()), "two people are called {}", person.name);
            }
        }
        assert_eq!(SCRIPT.organisations.len(), 40);
        for role in Role::ALL {
            assert!(SCRIPT.vrp.iter().any(|person| person.role == Some(*role)), "{role:?}");
        }
    }
}
