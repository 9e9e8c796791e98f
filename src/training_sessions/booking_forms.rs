//! What people type to ask for a place.

use crate::ids::{OrganisationId, PersonId};
use crate::web::{Ask, Form, Sent};
use crate::words::Passage;

/// A place for oneself.
pub struct OwnPlaceForm {
    /// Asked only of someone who is in several.
    pub organisation: Option<OrganisationId>,
    pub access_needs: Option<String>,
    pub wants_bursary: bool,
}

impl OwnPlaceForm {
    pub const FIELDS: &[&str] = &["organisation", "access_needs", "bursary"];
}

impl Form for OwnPlaceForm {
    fn parse(sent: &mut Sent) -> Option<Self> {
        let organisation = sent.typed("organisation").parse().ok();
        let (access_needs, wants_bursary) = read_needs(sent)?;
        Some(Self { organisation, access_needs, wants_bursary })
    }
}

/// Places for people of one's organisation.
pub struct PlacesForPeopleForm {
    pub people: Vec<PersonId>,
    pub access_needs: Option<String>,
    pub wants_bursary: bool,
}

impl PlacesForPeopleForm {
    pub const FIELDS: &[&str] = &["people", "access_needs", "bursary"];
}

impl Form for PlacesForPeopleForm {
    fn parse(sent: &mut Sent) -> Option<Self> {
        let people = sent.choices("people", |id| id.parse().ok());
        let needs = read_needs(sent);
        if people.is_empty() {
            return sent.refuse("people", "Select who is to come");
        }
        let (access_needs, wants_bursary) = needs?;
        Some(Self { people, access_needs, wants_bursary })
    }
}

fn read_needs(sent: &mut Sent) -> Option<(Option<String>, bool)> {
    let wants_bursary = sent.ticked("bursary");
    let needs = sent.read_optional(Ask::new("access_needs", "What is needed", ""), "", Passage::<500>::parse)?;
    Some((needs.map(Passage::into_string), wants_bursary))
}
