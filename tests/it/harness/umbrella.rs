//! Fixtures: umbrella bodies, and the organisations that belong to them.

use youth_charter::affiliations::{Affiliation, Asked, ask_to_join, mark_umbrella};
use youth_charter::organisations::Organisation;

use super::people::NewOrganisation;
use super::portal::RunningPortal;

impl RunningPortal {
    /// An approved organisation that the VRP has marked as an umbrella body.
    pub fn umbrella(&self, name: &str) -> NewOrganisation {
        let new = self.approved_organisation(name);
        self.act(|act| mark_umbrella(act, &new.organisation));
        self.letters_to(new.lead.email());
        new
    }

    /// An umbrella body has asked an organisation.
    pub fn asked_affiliation(&self, umbrella: &Organisation, organisation: &Organisation) -> Affiliation {
        match self.act(|act| ask_to_join(act, umbrella, organisation, "You are a member club of ours.")) {
            Asked::Done(affiliation) => affiliation,
            Asked::NotAgainYet(_) => panic!("{} was asked before", organisation.name),
        }
    }

    /// An organisation that has consented.
    pub fn consented_affiliation(&self, umbrella: &Organisation, organisation: &Organisation) -> Affiliation {
        let asked = self.asked_affiliation(umbrella, organisation);
        self.act(|act| asked.consent(act, organisation));
        self.read(|conn| Affiliation::find_of(conn, organisation.id, asked.id))
    }
}
