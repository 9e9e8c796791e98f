//! Two rows of people that are one person: someone who was on the record without an account, and their account.
//! Not here: the records of other parts of the portal; `people` brings them all together.

use diesel::prelude::*;

use super::membership::{Membership, MembershipState, Person};
use crate::accounts::Account;
use crate::acts::Act;
use crate::db::schema::{memberships, people};
use crate::db::{DbConnection, unless_taken};
use crate::error::{Error, Result};
use crate::ids::{OrganisationId, PersonId};

/// Takes the row of someone without an account for this act; `Conflict` when they have one by now.
pub fn hold_person(act: &mut Act<'_>, person: &Person) -> Result<()> {
    let held = diesel::update(people::table.find(person.id))
        .filter(people::account_id.is_null())
        .set(people::name.eq(people::name))
        .execute(act.conn)?;
    if held == 0 { Err(Error::Conflict) } else { Ok(()) }
}

/// Does someone belong, or did they, to an organisation other than this?
pub fn is_elsewhere(conn: &mut DbConnection, person: PersonId, organisation: OrganisationId) -> Result<bool> {
    let others = memberships::table
        .filter(memberships::person_id.eq(person))
        .filter(memberships::organisation_id.ne(organisation));
    Ok(diesel::select(diesel::dsl::exists(others)).get_result(conn)?)
}

/// Makes a person without an account the one that an account is.
pub fn give_account(act: &mut Act<'_>, person: &Person, account: &Account) -> Result<Person> {
    let given = unless_taken(act.conn, |conn| {
        diesel::update(people::table.find(person.id))
            .filter(people::account_id.is_null())
            .set((people::account_id.eq(account.id), people::name.eq(&account.name)))
            .execute(conn)
    })?;
    match given {
        Some(1) => Ok(Person { account_id: Some(account.id), name: account.name.clone(), ..person.clone() }),
        _ => Err(Error::Conflict),
    }
}

/// Gives one person's memberships to another. Where both are active, the second one's position stays and the first
/// one's membership is over; they have been there since the earlier day.
pub fn hand_over_memberships(act: &mut Act<'_>, from: PersonId, to: PersonId) -> Result<()> {
    for membership in active_of(act.conn, from)? {
        let both = active_of(act.conn, to)?.into_iter().find(|own| own.organisation_id == membership.organisation_id);
        let Some(own) = both else { continue };
        diesel::update(memberships::table.find(membership.id))
            .set((memberships::state.eq(MembershipState::Left), memberships::left_at.eq(act.at)))
            .execute(act.conn)?;
        diesel::update(memberships::table.find(own.id))
            .set(memberships::joined_at.eq(own.joined_at.min(membership.joined_at)))
            .execute(act.conn)?;
    }
    diesel::update(memberships::table.filter(memberships::person_id.eq(from)))
        .set(memberships::person_id.eq(to))
        .execute(act.conn)?;
    Ok(())
}

/// Forgets the row of a person to whom nothing refers any more. Whatever still does makes the database refuse.
pub fn forget_empty_person(act: &mut Act<'_>, person: PersonId) -> Result<()> {
    diesel::delete(people::table.find(person).filter(people::account_id.is_null())).execute(act.conn)?;
    Ok(())
}

fn active_of(conn: &mut DbConnection, person: PersonId) -> Result<Vec<Membership>> {
    Ok(memberships::table
        .filter(memberships::person_id.eq(person))
        .filter(memberships::state.eq(MembershipState::Active))
        .select(Membership::as_select())
        .load(conn)?)
}
