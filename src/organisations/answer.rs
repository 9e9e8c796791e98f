//! The answer to one question: a value that cannot be wrong by itself. As JSON it waits to be published.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};

use super::identifiers::Identifier;
use super::organisation::{LegalForm, Stage};
use super::profile::{Day, Profile};
use super::question::Question;
use super::reached::{Postcode, Telephone, Website};
use crate::ids::{AccessId, ActivityId, DistrictCode, LanguageId};
use crate::words::EmailAddress;

/// The answer to one question.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Answer {
    Name(String),
    LegalForm(LegalForm),
    /// None means: it said that it has none.
    Numbers(Vec<Identifier>),
    Description(String),
    Activities(Vec<ActivityId>),
    /// In years, the younger first.
    Ages {
        min: i32,
        max: i32,
    },
    Days(Vec<Day>),
    Districts(Vec<DistrictCode>),
    Postcode(Postcode),
    SafeguardingLead {
        name: String,
        email: EmailAddress,
    },
    Stage(Stage),
    /// Besides English; there may be none.
    Languages(Vec<LanguageId>),
    /// There may be none of either.
    Access {
        features: Vec<AccessId>,
        note: Option<String>,
    },
    /// How the public reaches it; there may be none of these.
    Contact {
        website: Option<Website>,
        email: Option<EmailAddress>,
        phone: Option<Telephone>,
    },
}

impl Answer {
    /// What a profile answers to a question; `None` while it is open.
    pub fn in_profile(profile: &Profile, question: Question) -> Option<Self> {
        let organisation = &profile.organisation;
        let answer = match question {
            Question::Name => Self::Name(organisation.name.clone()),
            Question::LegalForm => Self::LegalForm(organisation.legal_form?),
            Question::Numbers if organisation.has_no_number || !profile.identifiers.is_empty() => {
                Self::Numbers(profile.identifiers.clone())
            }
            Question::Numbers => return None,
            Question::Description => Self::Description(organisation.description.clone()?),
            Question::Activities if profile.activities.is_empty() => return None,
            Question::Activities => Self::Activities(profile.activities.iter().map(|a| a.id.clone()).collect()),
            Question::Ages => Self::Ages { min: organisation.min_age?, max: organisation.max_age? },
            Question::Days if profile.days.is_empty() => return None,
            Question::Days => Self::Days(profile.days.clone()),
            Question::Districts if profile.districts.is_empty() => return None,
            Question::Districts => Self::Districts(profile.districts.iter().map(|d| d.code.clone()).collect()),
            Question::Postcode => Self::Postcode(Postcode::parse(organisation.postcode.as_deref()?).ok()?),
            Question::SafeguardingLead => Self::SafeguardingLead {
                name: organisation.safeguarding_lead_name.clone()?,
                email: EmailAddress::parse(organisation.safeguarding_lead_email.as_deref()?).ok()?,
            },
            Question::Stage => Self::Stage(organisation.stage?),
            Question::Languages => Self::Languages(profile.languages.clone()),
            Question::Access => {
                Self::Access { features: profile.access.clone(), note: organisation.access_note.clone() }
            }
            Question::Contact => Self::Contact {
                website: organisation.website.as_deref().and_then(|text| Website::parse(text).ok()),
                email: organisation.public_email.as_deref().and_then(|text| EmailAddress::parse(text).ok()),
                phone: organisation.phone.as_deref().and_then(|text| Telephone::parse(text).ok()),
            },
        };
        Some(answer.tidied())
    }

    pub fn question(&self) -> Question {
        match self {
            Self::Name(_) => Question::Name,
            Self::LegalForm(_) => Question::LegalForm,
            Self::Numbers(_) => Question::Numbers,
            Self::Description(_) => Question::Description,
            Self::Activities(_) => Question::Activities,
            Self::Ages { .. } => Question::Ages,
            Self::Days(_) => Question::Days,
            Self::Districts(_) => Question::Districts,
            Self::Postcode(_) => Question::Postcode,
            Self::SafeguardingLead { .. } => Question::SafeguardingLead,
            Self::Stage(_) => Question::Stage,
            Self::Languages(_) => Question::Languages,
            Self::Access { .. } => Question::Access,
            Self::Contact { .. } => Question::Contact,
        }
    }

    /// The same with everything that was chosen once, in one order: two answers that mean the same are equal.
    pub(super) fn tidied(self) -> Self {
        match self {
            Self::Numbers(identifiers) => Self::Numbers(once(identifiers)),
            Self::Activities(ids) => Self::Activities(once(ids)),
            Self::Days(days) => Self::Days(once(days)),
            Self::Districts(codes) => Self::Districts(once(codes)),
            Self::Languages(ids) => Self::Languages(once(ids)),
            Self::Access { features, note } => Self::Access { features: once(features), note },
            other => other,
        }
    }
}

fn once<T: Ord>(chosen: Vec<T>) -> Vec<T> {
    chosen.into_iter().collect::<BTreeSet<_>>().into_iter().collect()
}
