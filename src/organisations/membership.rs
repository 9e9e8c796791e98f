//! People, and what they are in an organisation. A person may have no account: they are on the training matrix all
//! the same. Someone in several organisations is one person with one training record.

use chrono::NaiveDateTime;
use diesel::prelude::*;
use serde_json::json;

use crate::acts::Act;
use crate::audit::Subject;
use crate::db::schema::{accounts, memberships, organisations, people};
use crate::db::{DbConnection, unless_taken};
use crate::error::{Error, Result};
use crate::ids::{AccountId, MembershipId, OrganisationId, PersonId};
use crate::text_enum;
use crate::words::EmailAddress;

text_enum! {
    /// What someone may do in an organisation.
    pub enum MembershipRole {
        /// Runs everything here.
        Lead = "lead",
        /// Signs for governance: a trustee, chair or director.
        Signatory = "signatory",
        /// Works with young people.
        Practitioner = "practitioner",
        /// Looks on.
        Viewer = "viewer",
    }
}

text_enum! {
    /// How someone works for an organisation.
    pub enum Engagement { Paid = "paid", Volunteer = "volunteer", Trustee = "trustee" }
}

text_enum! {
    /// Those who have left keep their row.
    pub enum MembershipState { Active = "active", Left = "left" }
}

/// A person, with or without an account.
#[derive(Debug, Clone, Queryable, Selectable, Insertable)]
#[diesel(table_name = people)]
pub struct Person {
    pub id: PersonId,
    pub account_id: Option<AccountId>,
    pub name: String,
    pub created_at: NaiveDateTime,
}

/// What a person is in one organisation.
#[derive(Debug, Clone, Queryable, Selectable, Insertable)]
#[diesel(table_name = memberships)]
pub struct Membership {
    pub id: MembershipId,
    pub organisation_id: OrganisationId,
    pub person_id: PersonId,
    pub role: MembershipRole,
    pub engagement: Engagement,
    /// Carries responsibility for the organisation: the accountability modules are for them too.
    pub accountable: bool,
    pub(super) state: MembershipState,
    pub joined_at: NaiveDateTime,
    pub left_at: Option<NaiveDateTime>,
}

/// What someone is to be in an organisation.
#[derive(Debug, Clone, Copy)]
pub struct Position {
    pub role: MembershipRole,
    pub engagement: Engagement,
    pub accountable: bool,
}

/// A person of an organisation, as lists show them.
#[derive(Debug, Clone)]
pub struct Member {
    pub person: Person,
    pub membership: Membership,
}

impl Member {
    /// Everyone active in an organisation, by name.
    pub fn all_in(conn: &mut DbConnection, organisation: OrganisationId) -> Result<Vec<Self>> {
        let rows = memberships::table
            .inner_join(people::table)
            .filter(memberships::organisation_id.eq(organisation))
            .filter(memberships::state.eq(MembershipState::Active))
            .order((people::name, people::id))
            .select((Person::as_select(), Membership::as_select()))
            .load::<(Person, Membership)>(conn)?;
        Ok(rows.into_iter().map(|(person, membership)| Self { person, membership }).collect())
    }

    /// Someone active in this organisation; anyone else is not found.
    pub fn find_in(conn: &mut DbConnection, organisation: OrganisationId, person: PersonId) -> Result<Self> {
        let (person, membership) = memberships::table
            .inner_join(people::table)
            .filter(memberships::organisation_id.eq(organisation))
            .filter(memberships::person_id.eq(person))
            .filter(memberships::state.eq(MembershipState::Active))
            .select((Person::as_select(), Membership::as_select()))
            .first(conn)?;
        Ok(Self { person, membership })
    }

    /// The member that an account is, if it is one.
    pub fn of_account(
        conn: &mut DbConnection,
        organisation: OrganisationId,
        account: AccountId,
    ) -> Result<Option<Self>> {
        let found = memberships::table
            .inner_join(people::table)
            .filter(memberships::organisation_id.eq(organisation))
            .filter(people::account_id.eq(account))
            .filter(memberships::state.eq(MembershipState::Active))
            .select((Person::as_select(), Membership::as_select()))
            .first::<(Person, Membership)>(conn)
            .optional()?;
        Ok(found.map(|(person, membership)| Self { person, membership }))
    }
}

impl Person {
    pub fn find(conn: &mut DbConnection, id: PersonId) -> Result<Self> {
        Ok(people::table.find(id).select(Self::as_select()).first(conn)?)
    }
}

/// What came of changing or ending a membership.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Change {
    Made,
    /// It would leave the organisation without a lead.
    NobodyWouldLead,
}

impl Membership {
    /// As it stands when it begins; nothing is stored by this.
    pub(super) fn beginning(
        organisation: OrganisationId,
        person: PersonId,
        position: Position,
        at: NaiveDateTime,
    ) -> Self {
        Self {
            id: MembershipId::new(),
            organisation_id: organisation,
            person_id: person,
            role: position.role,
            engagement: position.engagement,
            accountable: position.accountable,
            state: MembershipState::Active,
            joined_at: at,
            left_at: None,
        }
    }

    pub fn position(&self) -> Position {
        Position { role: self.role, engagement: self.engagement, accountable: self.accountable }
    }

    /// Gives someone another position. The last lead stays lead.
    pub fn take_position(&self, act: &mut Act<'_>, position: Position) -> Result<Change> {
        if position.role != MembershipRole::Lead && self.is_last_lead(act)? {
            return Ok(Change::NobodyWouldLead);
        }
        let changed = diesel::update(memberships::table.find(self.id))
            .filter(memberships::state.eq(MembershipState::Active))
            .set((
                memberships::role.eq(position.role),
                memberships::engagement.eq(position.engagement),
                memberships::accountable.eq(position.accountable),
            ))
            .execute(act.conn)?;
        if changed == 0 {
            return Err(Error::Conflict);
        }
        let details = json!({ "from": self.role, "to": position.role, "engagement": position.engagement });
        act.record("position changed", self.subject(), details)?;
        Ok(Change::Made)
    }

    /// Ends it. The row stays, and so do the person's records. The last lead stays.
    pub fn end(&self, act: &mut Act<'_>) -> Result<Change> {
        if self.is_last_lead(act)? {
            return Ok(Change::NobodyWouldLead);
        }
        let changed = diesel::update(memberships::table.find(self.id))
            .filter(memberships::state.eq(MembershipState::Active))
            .set((memberships::state.eq(MembershipState::Left), memberships::left_at.eq(act.at)))
            .execute(act.conn)?;
        if changed == 0 {
            return Err(Error::Conflict);
        }
        note_gone(act, self.person_id)?;
        act.record("person left", self.subject(), json!({ "role": self.role }))?;
        Ok(Change::Made)
    }

    /// Would nobody lead without this one? The organisation's row is taken first, so that two leads who leave at the
    /// same moment do so one after the other.
    fn is_last_lead(&self, act: &mut Act<'_>) -> Result<bool> {
        if self.role != MembershipRole::Lead {
            return Ok(false);
        }
        let here = organisations::table.find(self.organisation_id);
        diesel::update(here).set(organisations::id.eq(self.organisation_id)).execute(act.conn)?;
        let others = memberships::table
            .filter(memberships::organisation_id.eq(self.organisation_id))
            .filter(memberships::role.eq(MembershipRole::Lead))
            .filter(memberships::state.eq(MembershipState::Active))
            .filter(memberships::id.ne(self.id));
        let has_others: bool = diesel::select(diesel::dsl::exists(others)).get_result(act.conn)?;
        Ok(!has_others)
    }

    pub(super) fn subject(&self) -> Subject {
        Subject::within(self.organisation_id, "person", self.person_id)
    }
}

/// Someone without an account who belongs nowhere any more is kept for a time only.
pub(super) fn note_gone(act: &mut Act<'_>, person: PersonId) -> Result<()> {
    let active = memberships::table
        .filter(memberships::person_id.eq(person))
        .filter(memberships::state.eq(MembershipState::Active));
    if !diesel::select(diesel::dsl::exists(active)).get_result::<bool>(act.conn)? {
        diesel::update(people::table.find(person).filter(people::account_id.is_null()))
            .set(people::gone_since.eq(act.at))
            .execute(act.conn)?;
    }
    Ok(())
}

/// The address of someone who has an account.
pub fn address_of_person(conn: &mut DbConnection, person: PersonId) -> Result<Option<EmailAddress>> {
    let stored: Option<String> = people::table
        .inner_join(accounts::table)
        .filter(people::id.eq(person))
        .select(accounts::email)
        .first(conn)
        .optional()?;
    Ok(stored.and_then(|address| EmailAddress::parse(&address).ok()))
}

/// The person that an account is; made at the first need.
pub fn person_of(act: &mut Act<'_>, account: AccountId, name: &str) -> Result<Person> {
    if let Some(person) = find_person_of(act.conn, account)? {
        return Ok(person);
    }
    insert_person(act, Some(account), name)
}

/// The person that an account is, if it is anywhere yet.
pub fn find_person_of(conn: &mut DbConnection, account: AccountId) -> Result<Option<Person>> {
    Ok(people::table.filter(people::account_id.eq(account)).select(Person::as_select()).first(conn).optional()?)
}

/// Adds someone who has no account to an organisation.
pub fn add_without_account(
    act: &mut Act<'_>,
    organisation: OrganisationId,
    name: &str,
    position: Position,
) -> Result<Member> {
    let person = insert_person(act, None, name)?;
    join(act, organisation, person, position)?.ok_or(Error::Conflict)
}

/// Makes someone a member; `None` when they are one already.
pub fn join(
    act: &mut Act<'_>,
    organisation: OrganisationId,
    person: Person,
    position: Position,
) -> Result<Option<Member>> {
    let membership = Membership::beginning(organisation, person.id, position, act.at);
    let added =
        unless_taken(act.conn, |conn| diesel::insert_into(memberships::table).values(&membership).execute(conn))?;
    if added.is_none() {
        return Ok(None);
    }
    let subject = Subject::within(organisation, "person", person.id);
    act.record("person joined", subject, json!({ "role": position.role, "engagement": position.engagement }))?;
    Ok(Some(Member { person, membership }))
}

pub(super) fn join_as_first_lead(act: &mut Act<'_>, organisation: OrganisationId, person: &Person) -> Result<()> {
    let position = Position { role: MembershipRole::Lead, engagement: Engagement::Volunteer, accountable: true };
    join(act, organisation, person.clone(), position).map(|_| ())
}

/// The addresses of everyone with an account who has a role in an organisation.
pub fn lead_addresses(
    conn: &mut DbConnection,
    organisation: OrganisationId,
    role: MembershipRole,
) -> Result<Vec<EmailAddress>> {
    let stored: Vec<String> = memberships::table
        .inner_join(people::table.inner_join(accounts::table))
        .filter(memberships::organisation_id.eq(organisation))
        .filter(memberships::role.eq(role))
        .filter(memberships::state.eq(MembershipState::Active))
        .order(accounts::email)
        .select(accounts::email)
        .load(conn)?;
    Ok(stored.iter().filter_map(|address| EmailAddress::parse(address).ok()).collect())
}

fn insert_person(act: &mut Act<'_>, account: Option<AccountId>, name: &str) -> Result<Person> {
    let person = Person { id: PersonId::new(), account_id: account, name: name.to_owned(), created_at: act.at };
    diesel::insert_into(people::table).values(&person).execute(act.conn)?;
    Ok(person)
}
