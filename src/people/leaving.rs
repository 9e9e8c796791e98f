//! Changing what someone may do, and leaving: the change with the letters that tell of it.

use serde::Serialize;

use super::pages::role_name;
use crate::acts::Act;
use crate::error::Result;
use crate::mail::Letter;
use crate::organisations::{Change, Member, Organisation, Position, address_of_person};

#[derive(Serialize)]
struct PositionLetter<'a> {
    name: &'a str,
    organisation: &'a str,
    slug: &'a str,
    role: &'a str,
    by: &'a str,
}
impl Letter for PositionLetter<'_> {
    const NAME: &'static str = "position-changed";
}

#[derive(Serialize)]
struct EndedLetter<'a> {
    name: &'a str,
    organisation: &'a str,
    by: &'a str,
}
impl Letter for EndedLetter<'_> {
    const NAME: &'static str = "membership-ended";
}

#[derive(Serialize)]
struct LeftLetter<'a> {
    name: &'a str,
    organisation: &'a str,
    slug: &'a str,
    role: &'a str,
}
impl Letter for LeftLetter<'_> {
    const NAME: &'static str = "person-left";
}

/// Gives someone another position, and tells them if they have an account.
pub fn change_position_of(
    act: &mut Act<'_>,
    organisation: &Organisation,
    member: &Member,
    position: Position,
) -> Result<Change> {
    let change = member.membership.take_position(act, position)?;
    if change == Change::Made
        && let Some(address) = address_of_person(act.conn, member.person.id)?
    {
        let by = act.by.name.clone();
        let (name, role) = (&member.person.name, role_name(position.role));
        let letter = PositionLetter { name, organisation: &organisation.name, slug: &organisation.slug, role, by: &by };
        act.post(&address, &letter)?;
    }
    Ok(change)
}

/// A lead ends someone's membership; they are told if they have an account.
pub fn end_membership_of(act: &mut Act<'_>, organisation: &Organisation, member: &Member) -> Result<Change> {
    let change = member.membership.end(act)?;
    if change == Change::Made
        && let Some(address) = address_of_person(act.conn, member.person.id)?
    {
        let by = act.by.name.clone();
        act.post(&address, &EndedLetter { name: &member.person.name, organisation: &organisation.name, by: &by })?;
    }
    Ok(change)
}

/// Someone leaves of their own accord; the leads are told what they held.
pub fn leave_organisation(act: &mut Act<'_>, organisation: &Organisation, member: &Member) -> Result<Change> {
    let change = member.membership.end(act)?;
    if change == Change::Made {
        let (name, role) = (&member.person.name, role_name(member.membership.role));
        let letter = LeftLetter { name, organisation: &organisation.name, slug: &organisation.slug, role };
        organisation.tell_leads(act, &letter)?;
    }
    Ok(change)
}
