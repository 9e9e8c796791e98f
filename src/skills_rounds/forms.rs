//! What the VRP types about a round and its questions, and a lead about whom to invite.

use chrono::NaiveDate;

use crate::ids::{DistrictCode, PersonId};
use crate::web::{Ask, Form, Sent};
use crate::words::{EmailAddress, Line};

/// A person's field is this and the person's id.
pub(super) const ADDRESS: &str = "address-";

/// Opening a round, or planning it.
pub struct RoundForm {
    pub title: Line<100>,
    pub opens_on: Option<NaiveDate>,
    pub closes_on: Option<NaiveDate>,
    pub districts: Vec<DistrictCode>,
}

impl RoundForm {
    pub const FIELDS: &[&str] = &[
        "title",
        "opens",
        "opens-day",
        "opens-month",
        "opens-year",
        "closes",
        "closes-day",
        "closes-month",
        "closes-year",
        "districts",
    ];
}

impl Form for RoundForm {
    fn parse(sent: &mut Sent) -> Option<Self> {
        let title =
            sent.line(Ask::new("title", "Name of the round", "Enter a name for the round, like Skills audit 2027/28"));
        let opens_on = sent.day_if_any(Ask::new("opens", "First day", "Enter the first day"));
        let closes_on = sent.day_if_any(Ask::new("closes", "Last day", "Enter the last day"));
        let districts = sent.choices("districts", |word| Some(DistrictCode::from(word)));
        let (opens_on, closes_on) = (opens_on?, closes_on?);
        if opens_on.zip(closes_on).is_some_and(|(first, last)| last < first) {
            return sent.refuse("closes", "Last day must be the same as or after the first day");
        }
        Some(Self { title: title?, opens_on, closes_on, districts })
    }
}

/// The words of a skill, and its code.
pub struct SkillForm {
    pub statement: Line<200>,
    pub standard: Option<Line<20>>,
}

impl SkillForm {
    pub const FIELDS: &[&str] = &["statement", "standard"];
}

impl Form for SkillForm {
    fn parse(sent: &mut Sent) -> Option<Self> {
        let statement = sent.line(Ask::new("statement", "The skill", "Enter the skill, beginning with I can"));
        let standard = sent.read_optional(
            Ask::new("standard", "The code", "Enter the code"),
            "Enter the code, like YW01",
            Line::parse,
        );
        let (statement, standard) = (statement?, standard?);
        if !statement.as_str().starts_with("I can ") {
            return sent.refuse("statement", "The skill must begin with I can");
        }
        Some(Self { statement, standard })
    }
}

/// Addresses beside people; those left empty are nobody's.
pub struct LinksForm(pub Vec<(PersonId, EmailAddress)>);

impl Form for LinksForm {
    fn parse(sent: &mut Sent) -> Option<Self> {
        let mut wanted = Vec::new();
        for (id, _) in sent.beginning_with(ADDRESS) {
            let name = format!("{ADDRESS}{id}");
            let ask = Ask::new(&name, "The email address", "Enter an email address");
            let malformed = "Enter an email address in the correct format, like name@example.com";
            let address = sent.read_optional(ask, malformed, EmailAddress::parse);
            if let (Ok(person), Some(Some(address))) = (id.parse(), address) {
                wanted.push((person, address));
            }
        }
        Some(Self(wanted))
    }
}
