//! Someone who is on an organisation's record without an account gets one: the account's person takes over the
//! membership and every record. Nothing is lost, and the trail says who was joined with whom.
//! Every table that refers to people is named in [`JOINED`]; a test reads the schema and fails for one that is not.
//! Only a member of the organisation that invited can be taken over: another's, or one who has left, is not found.

use serde_json::json;

use crate::accounts::Account;
use crate::acts::Act;
use crate::audit::Subject;
use crate::error::{Error, Result};
use crate::ids::{OrganisationId, PersonId};
use crate::my_training::hand_over_record_links;
use crate::organisations::{
    Member, Person, find_person_of, forget_empty_person, give_account, hand_over_memberships, hold_person, is_elsewhere,
};
use crate::skills_audit::hand_over_responses;
use crate::training::{hand_over_completions, withdraw_own_confirmations};
use crate::training_sessions::hand_over_bookings;

use super::invitation::hand_over_invitations;

/// Each table and column that refers to people, all of which `join_with_account` sees to.
pub const JOINED: &[(&str, &str)] = &[
    ("memberships", "person_id"),
    ("invitations", "person_id"),
    ("training_bookings", "person_id"),
    ("training_completions", "person_id"),
    ("skills_responses", "person_id"),
    ("skills_links", "person_id"),
    ("skills_notices", "person_id"),
    ("training_record_links", "person_id"),
];

/// Makes a member without an account and an account one person. `NotFound` when they are no member here any more;
/// `Conflict` when they have an account by now.
pub(super) fn join_with_account(
    act: &mut Act<'_>,
    organisation: OrganisationId,
    stand_in: PersonId,
    account: &Account,
) -> Result<Person> {
    let stand_in = Member::find_in(act.conn, organisation, stand_in)?.person;
    hold_person(act, &stand_in)?;
    if is_elsewhere(act.conn, stand_in.id, organisation)? {
        return Err(Error::NotFound);
    }
    let person = match find_person_of(act.conn, account.id)? {
        None => give_account(act, &stand_in, account)?,
        Some(own) => {
            hand_over_all(act, stand_in.id, own.id)?;
            own
        }
    };
    withdraw_own_confirmations(act, person.id, account.id)?;
    let details = json!({ "was": stand_in.id, "account": account.id });
    act.record("person joined with an account", Subject::within(organisation, "person", person.id), details)?;
    Ok(person)
}

fn hand_over_all(act: &mut Act<'_>, from: PersonId, to: PersonId) -> Result<()> {
    hand_over_memberships(act, from, to)?;
    hand_over_invitations(act, from, to)?;
    hand_over_bookings(act.conn, from, to)?;
    hand_over_completions(act, from, to)?;
    hand_over_responses(act, from, to)?;
    hand_over_record_links(act, from, to)?;
    forget_empty_person(act, from)
}
