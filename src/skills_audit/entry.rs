//! An organisation that takes part in a round: since when, and which of its people's roles are shown apart.
//! The roles are chosen once, when it joins: whoever compares two pictures of one round compares the same groups.
//! Not here: counting what its people answered, which is `sector_skills`.

use std::collections::BTreeMap;

use chrono::NaiveDateTime;
use diesel::dsl::count_star;
use diesel::prelude::*;

use crate::acts::Act;
use crate::db::schema::{memberships, skills_entries as entries};
use crate::db::{DbConnection, unless_taken};
use crate::error::Result;
use crate::ids::{OrganisationId, PersonId, RoundId};
use crate::organisations::{Engagement, MembershipRole, MembershipState, Position};
use crate::text_enum;

/// A role is shown apart when so many people have it: fewer would seldom be five who answered.
const SHOWN_APART: i64 = 10;

text_enum! {
    /// What someone is at work, as far as the audit tells people apart.
    pub enum WorkRole { Lead = "lead", Governance = "governance", Paid = "paid", Volunteer = "volunteer" }
}

impl WorkRole {
    pub fn of(position: Position) -> Self {
        match (position.role, position.engagement) {
            (MembershipRole::Lead, _) => Self::Lead,
            (MembershipRole::Signatory, _) | (_, Engagement::Trustee) => Self::Governance,
            (_, Engagement::Paid) => Self::Paid,
            (_, Engagement::Volunteer) => Self::Volunteer,
        }
    }

    /// Of someone active in an organisation, if they are.
    pub(super) fn of_person(
        conn: &mut DbConnection,
        organisation: OrganisationId,
        person: PersonId,
    ) -> Result<Option<Self>> {
        let position: Option<(MembershipRole, Engagement, bool)> = memberships::table
            .filter(memberships::organisation_id.eq(organisation))
            .filter(memberships::person_id.eq(person))
            .filter(memberships::state.eq(MembershipState::Active))
            .select((memberships::role, memberships::engagement, memberships::accountable))
            .first(conn)
            .optional()?;
        Ok(position.map(|(role, engagement, accountable)| Self::of(Position { role, engagement, accountable })))
    }
}

/// The roles that are shown apart; all others are one group.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct RolesApart(Vec<WorkRole>);

impl RolesApart {
    pub fn parse(words: &str) -> Self {
        Self(words.split(' ').filter_map(WorkRole::parse).collect())
    }

    fn as_text(&self) -> String {
        self.0.iter().map(|role| role.as_str()).collect::<Vec<_>>().join(" ")
    }

    /// Those with enough people, while those that are left are nobody or could be five.
    pub fn choose(people: &BTreeMap<WorkRole, i64>) -> Self {
        let mut apart: Vec<WorkRole> =
            people.iter().filter(|(_, n)| **n >= SHOWN_APART).map(|(role, _)| *role).collect();
        let of = |role: &WorkRole| people.get(role).copied().unwrap_or(0);
        apart.sort_by_key(|role| std::cmp::Reverse(of(role)));
        let all: i64 = people.values().sum();
        let left = |apart: &[WorkRole]| all - apart.iter().map(of).sum::<i64>();
        while !apart.is_empty() && (1..SHOWN_APART).contains(&left(&apart)) {
            apart.pop();
        }
        Self(apart)
    }

    /// The group that a role belongs to; `None` is that of all the others.
    pub fn group_of(&self, role: WorkRole) -> Option<WorkRole> {
        Some(role).filter(|role| self.0.contains(role))
    }

    pub fn all(&self) -> &[WorkRole] {
        &self.0
    }
}

/// An entry as it is stored.
#[derive(Debug, Clone, Queryable, Selectable, Insertable)]
#[diesel(table_name = entries, treat_none_as_default_value = false)]
pub struct Entry {
    pub round_id: RoundId,
    pub organisation_id: OrganisationId,
    pub joined_at: NaiveDateTime,
    roles: String,
    /// Everyone active in it when it was last counted.
    pub people: i32,
    pub finished: i32,
    stale: bool,
    pub counted_district: Option<String>,
}

impl Entry {
    pub fn find(conn: &mut DbConnection, round: RoundId, organisation: OrganisationId) -> Result<Option<Self>> {
        Ok(entries::table.find((round, organisation)).select(Self::as_select()).first(conn).optional()?)
    }

    pub fn roles_apart(&self) -> RolesApart {
        RolesApart::parse(&self.roles)
    }
}

/// Takes part, unless it does already; whether it did before. Who it was that began is in no organisation's trail.
pub fn enter(act: &mut Act<'_>, round: RoundId, organisation: OrganisationId) -> Result<bool> {
    if Entry::find(act.conn, round, organisation)?.is_some() {
        return Ok(false);
    }
    let roles = RolesApart::choose(&people_by_role(act.conn, organisation)?);
    let entry = Entry {
        round_id: round,
        organisation_id: organisation,
        joined_at: act.at,
        roles: roles.as_text(),
        people: 0,
        finished: 0,
        stale: true,
        counted_district: None,
    };
    let added = unless_taken(act.conn, |conn| diesel::insert_into(entries::table).values(&entry).execute(conn))?;
    Ok(added.is_some())
}

/// Something that is counted has changed.
pub(super) fn mark_stale(conn: &mut DbConnection, round: RoundId, organisation: OrganisationId) -> Result<()> {
    diesel::update(entries::table.find((round, organisation))).set(entries::stale.eq(true)).execute(conn)?;
    Ok(())
}

fn people_by_role(conn: &mut DbConnection, organisation: OrganisationId) -> Result<BTreeMap<WorkRole, i64>> {
    let rows: Vec<(MembershipRole, Engagement, i64)> = memberships::table
        .filter(memberships::organisation_id.eq(organisation))
        .filter(memberships::state.eq(MembershipState::Active))
        .group_by((memberships::role, memberships::engagement))
        .select((memberships::role, memberships::engagement, count_star()))
        .load(conn)?;
    let mut people = BTreeMap::new();
    for (role, engagement, n) in rows {
        *people.entry(WorkRole::of(Position { role, engagement, accountable: false })).or_insert(0) += n;
    }
    Ok(people)
}

#[cfg(test)]
mod tests {
    use super::WorkRole::{Governance, Lead, Paid, Volunteer};
    use super::*;

    #[test]
    fn roles_are_shown_apart_only_where_every_group_could_be_five_who_answer() {
        let choose = |people: &[(WorkRole, i64)]| RolesApart::choose(&people.iter().copied().collect()).as_text();
        assert_eq!(choose(&[(Lead, 2), (Volunteer, 6)]), "");
        assert_eq!(choose(&[(Paid, 12), (Volunteer, 30)]), "volunteer paid");
        assert_eq!(choose(&[(Lead, 2), (Paid, 12), (Volunteer, 30)]), "volunteer", "two leads would stand alone");
        assert_eq!(choose(&[(Lead, 2), (Volunteer, 30)]), "");
        assert_eq!(choose(&[(Lead, 4), (Governance, 7), (Volunteer, 30)]), "volunteer");
    }
}
