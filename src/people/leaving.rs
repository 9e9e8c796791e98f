//! Changing what someone may do, and leaving with a hand-over: the change with the letters that tell of it.
//! Whatever someone held has a holder when they are gone, in the same act.

use std::collections::BTreeMap;

use serde::Serialize;

use super::holding::{Successors, Thing, find_successors, holding_of, pass_on};
use super::leaving_pages::{say_heir, say_held};
use super::pages::role_name;
use crate::acts::Act;
use crate::error::Result;
use crate::ids::PersonId;
use crate::mail::Letter;
use crate::organisations::{Change, Member, MembershipRole, Organisation, Position, address_of_person};

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
    /// What they held, and who looks after it now.
    things: Vec<String>,
}
impl Letter for LeftLetter<'_> {
    const NAME: &'static str = "person-left";
}
impl<'a> LeftLetter<'a> {
    fn new(organisation: &'a Organisation, member: &'a Member, things: Vec<String>) -> Self {
        let (name, role) = (&member.person.name, role_name(member.membership.role));
        Self { name, organisation: &organisation.name, slug: &organisation.slug, role, things }
    }
}

#[derive(Serialize)]
struct HandedOverLetter<'a> {
    /// Who has left.
    name: &'a str,
    organisation: &'a str,
    slug: &'a str,
    things: Vec<String>,
}
impl Letter for HandedOverLetter<'_> {
    const NAME: &'static str = "handed-over";
}

/// What came of leaving.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Leaving {
    Gone,
    NobodyWouldLead,
    /// Whoever was chosen for this cannot take it over. Nothing was changed.
    CannotTake(Thing),
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

/// A lead ends someone's membership; they are told if they have an account, and whoever takes over is told what.
pub fn end_membership_of(
    act: &mut Act<'_>,
    organisation: &Organisation,
    member: &Member,
    successors: &Successors,
) -> Result<Leaving> {
    let address = address_of_person(act.conn, member.person.id)?;
    let (leaving, handed) = depart(act, organisation, member, MembershipRole::Lead, successors)?;
    if leaving != Leaving::Gone {
        return Ok(leaving);
    }
    if let Some(address) = address {
        let by = act.by.name.clone();
        act.post(&address, &EndedLetter { name: &member.person.name, organisation: &organisation.name, by: &by })?;
    }
    if !handed.is_empty() {
        organisation.tell_leads(act, &LeftLetter::new(organisation, member, handed))?;
    }
    Ok(leaving)
}

/// Someone leaves of their own accord; the leads are told what they held and who looks after it now.
pub fn leave_organisation(
    act: &mut Act<'_>,
    organisation: &Organisation,
    member: &Member,
    successors: &Successors,
) -> Result<Leaving> {
    let (leaving, handed) = depart(act, organisation, member, member.membership.role, successors)?;
    if leaving == Leaving::Gone {
        organisation.tell_leads(act, &LeftLetter::new(organisation, member, handed))?;
    }
    Ok(leaving)
}

/// Ends a membership and passes on whatever was held; says of each thing who has it now.
fn depart(
    act: &mut Act<'_>,
    organisation: &Organisation,
    member: &Member,
    given_by: MembershipRole,
    successors: &Successors,
) -> Result<(Leaving, Vec<String>)> {
    let heirs = match find_successors(act, member, given_by, successors)? {
        Ok(heirs) => heirs,
        Err(thing) => return Ok((Leaving::CannotTake(thing), Vec::new())),
    };
    let holding = holding_of(act.conn, organisation, member)?;
    if member.membership.end(act)? == Change::NobodyWouldLead {
        return Ok((Leaving::NobodyWouldLead, Vec::new()));
    }
    let mut said = Vec::new();
    let mut taken = BTreeMap::<PersonId, Vec<String>>::new();
    for (thing, count) in holding {
        let chosen = heirs.get(&thing);
        let holder = pass_on(act, organisation, thing, member, chosen)?;
        said.push(say_heir(thing, count, holder.as_ref(), chosen));
        if let Some(heir) = holder {
            taken.entry(heir.person.id).or_default().push(say_held(thing, count));
        }
    }
    for (heir, things) in taken {
        let Some(address) = address_of_person(act.conn, heir)? else { continue };
        let letter = HandedOverLetter {
            name: &member.person.name,
            organisation: &organisation.name,
            slug: &organisation.slug,
            things,
        };
        act.post(&address, &letter)?;
    }
    Ok((Leaving::Gone, said))
}
