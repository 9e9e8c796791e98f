//! How an organisation stands, in the words and the colour of a tag; and how far its profile is published.

use super::standing::Standing;
use crate::organisations::{Organisation, OrganisationStanding, OrganisationState};
use crate::web::count;

/// A tag's words and colour.
pub type Status = (String, &'static str);

pub fn status(text: impl Into<String>, colour: &'static str) -> Status {
    (text.into(), colour)
}

pub fn status_of(organisation: &Organisation) -> Status {
    match (organisation.state(), organisation.standing()) {
        (OrganisationState::Draft, _) => status("Registering", "yellow"),
        (OrganisationState::Submitted, _) => status("Waiting for approval", "turquoise"),
        (OrganisationState::MoreWanted, _) => status("More asked for", "orange"),
        (OrganisationState::Approved, OrganisationStanding::Open) => status("Approved", "green"),
        (OrganisationState::Approved, OrganisationStanding::Suspended) => status("Suspended", "orange"),
        (OrganisationState::Approved, OrganisationStanding::Closed) => status("Closed", "grey"),
    }
}

/// What there is to say of the profile, and its tag.
pub fn status_of_profile(standing: &Standing) -> (&'static str, Status) {
    match standing.unpublished {
        0 => ("What the public reads about you", status("Published", "green")),
        some => {
            ("What you changed is not public until you publish it", status(count(some, "change", "changes"), "yellow"))
        }
    }
}
