//! The page of numbers that others gave an organisation: the two that many have, the others for who has them, or none.

use super::forms::QuestionForm;
use crate::organisations::{Answer, IdScheme, Identifier, Profile, Question};
use crate::web::{Ask, Filled, Form, Sent};
use crate::words::Flaw;

/// A field, and how it is spoken of.
struct NumberField {
    name: &'static str,
    called: &'static str,
    malformed: &'static str,
    parse: fn(&str) -> Result<Identifier, Flaw>,
}

const FIELDS: &[NumberField] = &[
    NumberField {
        name: "charity_number",
        called: "Charity number",
        malformed: "Enter a charity number of 6 or 7 digits, like 1123456. Scottish numbers begin with SC, and those of \
                    Northern Ireland with NIC",
        parse: Identifier::parse_charity,
    },
    NumberField {
        name: "company_number",
        called: "Company number",
        malformed: "Enter a company number of 8 characters, like 01234567 or OC301234",
        parse: |typed| Identifier::parse(IdScheme::Company, typed),
    },
    NumberField {
        name: "second_charity_number",
        called: "Charity number in another country of the UK",
        malformed: "Enter a charity number like 1123456, SC012345 or NIC100123",
        parse: Identifier::parse_charity,
    },
    NumberField {
        name: "school_number",
        called: "School number (URN)",
        malformed: "Enter a school number of 6 digits, like 122841",
        parse: |typed| Identifier::parse(IdScheme::School, typed),
    },
    NumberField {
        name: "provider_number",
        called: "Learning provider number (UKPRN)",
        malformed: "Enter a learning provider number of 8 digits that begins with 1, like 10004797",
        parse: |typed| Identifier::parse(IdScheme::LearningProvider, typed),
    },
    NumberField {
        name: "authority_code",
        called: "Local authority code",
        malformed: "Enter a local authority code of 3 letters, like NGM",
        parse: |typed| Identifier::parse(IdScheme::LocalAuthority, typed),
    },
];

pub struct NumbersForm(Vec<Identifier>);

impl Form for NumbersForm {
    fn parse(sent: &mut Sent) -> Option<Self> {
        let read = |field: &NumberField| {
            sent.read_optional(Ask::new(field.name, field.called, ""), field.malformed, field.parse)
        };
        let read: Vec<Option<Option<Identifier>>> = FIELDS.iter().map(read).collect();
        let none = sent.ticked("neither");
        let mut given: Vec<Identifier> = Vec::new();
        for (field, identifier) in FIELDS.iter().zip(read.into_iter().collect::<Option<Vec<_>>>()?) {
            let Some(identifier) = identifier else { continue };
            if given.iter().any(|other| other.scheme() == identifier.scheme()) {
                return sent.refuse(field.name, "Enter a number of another country here, or leave it empty");
            }
            given.push(identifier);
        }
        match (given.is_empty(), none) {
            (false, true) => sent.refuse("neither", "Enter a number or tick that you have none, not both"),
            (true, false) => sent.refuse("charity_number", "Enter a number, or tick that you have none"),
            _ => Some(Self(given)),
        }
    }
}

impl QuestionForm for NumbersForm {
    const QUESTION: Question = Question::Numbers;

    fn filled(profile: &Profile) -> Filled {
        let is_charity = |id: &&Identifier| {
            use IdScheme::{CharityOfEnglandAndWales, CharityOfNorthernIreland, CharityOfScotland};
            matches!(id.scheme(), CharityOfEnglandAndWales | CharityOfScotland | CharityOfNorthernIreland)
        };
        let number = |id: Option<&Identifier>| id.map(Identifier::number).unwrap_or_default();
        let of = |scheme| number(profile.identifiers.iter().find(|id| id.scheme() == scheme));
        let mut charities = profile.identifiers.iter().filter(is_charity);
        Filled::default()
            .with("charity_number", number(charities.next()))
            .with("company_number", of(IdScheme::Company))
            .with("second_charity_number", number(charities.next()))
            .with("school_number", of(IdScheme::School))
            .with("provider_number", of(IdScheme::LearningProvider))
            .with("authority_code", of(IdScheme::LocalAuthority))
            .with("neither", if profile.organisation.has_no_number { "yes" } else { "" })
    }

    fn into_answer(self) -> Answer {
        Answer::Numbers(self.0)
    }
}

/// Is there anything in the fields that few organisations need?
pub(super) fn uses_other_numbers(form: &Filled) -> bool {
    FIELDS.iter().skip(2).map(|field| form.field(field.name)).any(|f| !f.value.is_empty() || f.error.is_some())
}
