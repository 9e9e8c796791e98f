//! Organisations: registering, being approved, the people in them with or without accounts, and invitations.
//! An organisation's pages exist only for its members; the public sees what it answered once the VRP has approved it.
//! Not here: what it does in the programme; each pillar has its own folder.

mod identifiers;
mod imported;
mod membership;
mod organisation;
mod places;
mod profile;
mod same_person;
mod viewer;

pub use identifiers::{CharityNumber, CompanyNumber, Postcode};
pub use imported::{add_imported_people, remove_imported_people};
pub use membership::{
    Change, Engagement, Member, Membership, MembershipRole, MembershipState, Person, Position, add_without_account,
    address_of_person, find_person_of, join, person_of,
};
pub use organisation::{LegalForm, Organisation, OrganisationState, Stage, count_by_state, organisations_of};
pub use places::{Activity, District};
pub use profile::{Answer, Day, Profile};
pub use same_person::{forget_empty_person, give_account, hand_over_memberships, hold_person, is_elsewhere};
pub use viewer::{ApprovedContributor, ApprovedLead, ApprovedMember, ApprovedSignatory, OrgLead, OrgMember};

use crate::acts::Act;
use crate::error::Result;

/// Loads districts and kinds of activity into a new database.
pub fn load_content(act: &mut Act<'_>) -> Result<()> {
    places::load_content(act)
}
