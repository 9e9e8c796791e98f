//! Organisations: registering, being approved, what they say of themselves, how they stand, and the people in them with
//! or without accounts.
//! An organisation's pages exist only for its members; the public sees what it answered once the VRP has approved it,
//! and what it changed afterwards once that is published.
//! Not here: what it does in the programme; each pillar has its own folder.

mod answer;
mod changes;
mod identifiers;
mod imported;
mod listing;
mod matters;
mod membership;
mod organisation;
pub mod organisation_data;
mod places;
mod profile;
mod question;
mod reached;
mod retention;
mod safeguarding;
mod same_person;
mod standing;
mod viewer;
mod welcome;
pub mod your_data;

pub use answer::Answer;
pub use changes::{ProfileChange, Publication, Saved, WorkingProfile};
pub use identifiers::{IdScheme, Identifier};
pub use imported::{add_imported_people, remove_imported_people};
pub use listing::{EVERYWHERE, count_listed, relist, relist_waiting, word_in_register};
pub use membership::{
    Change, Engagement, Member, Membership, MembershipRole, MembershipState, Person, Position, add_without_account,
    address_of_person, find_person_of, join, lead_addresses, person_of,
};
pub use organisation::{
    LegalForm, Organisation, OrganisationState, Stage, count_by_state, find_public_named, organisations_of,
};
pub use places::{Activity, District, NONE, SEVERAL, districts_of, one_word_each};
pub use profile::{Day, Profile};
pub use question::Question;
pub use reached::{Postcode, Telephone, Website};
pub use retention::forget_abandoned_registrations;
pub use same_person::{forget_empty_person, give_account, hand_over_memberships, hold_person, is_elsewhere};
pub use standing::{ChangedAs, OrganisationStanding, StandingChange, StandingStep, in_good_standing, is_tied};
pub use viewer::{
    ApprovedContributor, ApprovedLead, ApprovedMember, ApprovedSignatory, LeavingMember, MendingLead, OrgLead,
    OrgMember, Reader, concern_about, stands_for_writing,
};
pub use welcome::{Access, Language};

use crate::acts::Act;
use crate::error::Result;

/// Loads districts and kinds of activity into a new database.
pub fn load_content(act: &mut Act<'_>) -> Result<()> {
    places::load_content(act)
}
