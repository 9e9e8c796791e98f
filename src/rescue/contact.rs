//! Everyone the portal knows of an organisation when a rescue is asked for: its leads above all, its other members
//! with accounts, its safeguarding lead. Each may object once, by the link in their letter or signed in.

use chrono::NaiveDateTime;
use diesel::prelude::*;
use serde::Serialize;
use serde_json::json;

use super::rescue::Rescue;
use crate::accounts::{Account, new_token, tell_stewards, token_hash};
use crate::acts::Act;
use crate::clock::{day_of, say_day};
use crate::db::DbConnection;
use crate::db::schema::{accounts, memberships, people, rescue_contacts, rescues};
use crate::error::{Error, Result};
use crate::ids::{AccountId, RescueId};
use crate::mail::Letter;
use crate::organisations::{MembershipRole, MembershipState, Organisation};
use crate::text_enum;
use crate::words::EmailAddress;

text_enum! {
    /// What a contact is to the organisation.
    pub enum ContactKind { Lead = "lead", Member = "member", Safeguarding = "safeguarding" }
}

text_enum! {
    /// How an objection came.
    pub enum CameBy { Link = "link", Account = "account" }
}

/// A contact as it is stored, with what they object.
#[derive(Debug, Clone, Queryable, Selectable, Insertable)]
#[diesel(table_name = rescue_contacts)]
pub struct Contact {
    pub rescue_id: RescueId,
    pub address: String,
    pub name: String,
    pub kind: ContactKind,
    pub account_id: Option<AccountId>,
    token_hash: String,
    pub objection: Option<String>,
    pub objected_at: Option<NaiveDateTime>,
    pub came_by: Option<CameBy>,
}

#[derive(Serialize)]
struct ToObjectLetter<'a> {
    organisation: &'a str,
    name: &'a str,
    position: &'a str,
    reasons: &'a str,
    is_lead: bool,
    ends_on: &'a str,
    token: &'a str,
}
impl Letter for ToObjectLetter<'_> {
    const NAME: &'static str = "rescue-asked";
}

#[derive(Serialize)]
struct ObjectedLetter<'a> {
    organisation: &'a str,
    name: &'a str,
    rescue: RescueId,
}
impl Letter for ObjectedLetter<'_> {
    const NAME: &'static str = "rescue-objected";
}

/// Writes to every contact but the one who asks.
pub(super) fn write_to_contacts(
    act: &mut Act<'_>,
    organisation: &Organisation,
    rescue: &Rescue,
    asker: &Account,
) -> Result<()> {
    let ends_on = say_day(day_of(rescue.open_until));
    for (address, name, kind, account_id) in known_contacts(act.conn, organisation)? {
        if address.as_str() == asker.email {
            continue;
        }
        let token = new_token();
        let contact = Contact {
            rescue_id: rescue.id,
            address: address.as_str().to_owned(),
            name,
            kind,
            account_id,
            token_hash: token_hash(&token),
            objection: None,
            objected_at: None,
            came_by: None,
        };
        diesel::insert_into(rescue_contacts::table).values(&contact).execute(act.conn)?;
        let letter = ToObjectLetter {
            organisation: &organisation.name,
            name: &asker.name,
            position: &rescue.position,
            reasons: &rescue.reasons,
            is_lead: kind == ContactKind::Lead,
            ends_on: &ends_on,
            token: &token,
        };
        act.post(&address, &letter)?;
    }
    Ok(())
}

type Known = (EmailAddress, String, ContactKind, Option<AccountId>);

/// Each address once, the leads first.
fn known_contacts(conn: &mut DbConnection, organisation: &Organisation) -> Result<Vec<Known>> {
    let members: Vec<(String, String, MembershipRole, AccountId)> = memberships::table
        .inner_join(people::table.inner_join(accounts::table))
        .filter(memberships::organisation_id.eq(organisation.id))
        .filter(memberships::state.eq(MembershipState::Active))
        .order(accounts::email)
        .select((accounts::email, accounts::name, memberships::role, accounts::id))
        .load(conn)?;
    let mut known: Vec<Known> = Vec::new();
    for (email, name, role, id) in members {
        let kind = if role == MembershipRole::Lead { ContactKind::Lead } else { ContactKind::Member };
        if let Ok(address) = EmailAddress::parse(&email) {
            known.push((address, name, kind, Some(id)));
        }
    }
    known.sort_by_key(|(_, _, kind, _)| *kind);
    if let Some(Ok(address)) = organisation.safeguarding_lead_email.as_deref().map(EmailAddress::parse)
        && known.iter().all(|(other, ..)| other.as_str() != address.as_str())
    {
        let name = organisation.safeguarding_lead_name.clone().unwrap_or_default();
        known.push((address, name, ContactKind::Safeguarding, None));
    }
    Ok(known)
}

pub(super) fn tell_contacts<L: Letter>(act: &mut Act<'_>, rescue: &Rescue, letter: &L) -> Result<()> {
    for contact in Contact::all_of(act.conn, rescue.id)? {
        if let Ok(address) = EmailAddress::parse(&contact.address) {
            act.post(&address, letter)?;
        }
    }
    Ok(())
}

impl Contact {
    pub fn all_of(conn: &mut DbConnection, rescue: RescueId) -> Result<Vec<Self>> {
        Ok(rescue_contacts::table
            .filter(rescue_contacts::rescue_id.eq(rescue))
            .order((rescue_contacts::name, rescue_contacts::address))
            .select(Self::as_select())
            .load(conn)?)
    }

    /// Whose link this is, with the rescue. The link may be looked at again and again.
    pub fn with_token(conn: &mut DbConnection, token: &str) -> Result<(Self, Rescue)> {
        Ok(rescue_contacts::table
            .inner_join(rescues::table)
            .filter(rescue_contacts::token_hash.eq(token_hash(token)))
            .select((Self::as_select(), Rescue::as_select()))
            .first(conn)?)
    }

    /// The contact that an account is.
    pub fn of_account(conn: &mut DbConnection, rescue: RescueId, account: AccountId) -> Result<Option<Self>> {
        Ok(rescue_contacts::table
            .filter(rescue_contacts::rescue_id.eq(rescue))
            .filter(rescue_contacts::account_id.eq(account))
            .select(Self::as_select())
            .first(conn)
            .optional()?)
    }

    /// Objects with a reason, once; the VRP and whoever asked are told.
    pub fn object(&self, act: &mut Act<'_>, rescue: &Rescue, reason: &str, came_by: CameBy) -> Result<()> {
        rescue.hold_open(act)?;
        let changed = diesel::update(rescue_contacts::table.find((self.rescue_id, &self.address)))
            .filter(rescue_contacts::objected_at.is_null())
            .set((
                rescue_contacts::objection.eq(reason),
                rescue_contacts::objected_at.eq(act.at),
                rescue_contacts::came_by.eq(came_by),
            ))
            .execute(act.conn)?;
        if changed == 0 {
            return Err(Error::Conflict);
        }
        let details = json!({ "account": self.account_id, "as": self.kind, "came_by": came_by });
        act.record("taking over objected to", rescue.subject(), details)?;
        let (organisation, asker) = rescue.parties(act.conn)?;
        tell_stewards(act, &ObjectedLetter { organisation: &organisation.name, name: &self.name, rescue: rescue.id })?;
        act.post(&asker.address(), &ToAskerLetter { organisation: &organisation.name, slug: &organisation.slug })
    }
}

#[derive(Serialize)]
struct ToAskerLetter<'a> {
    organisation: &'a str,
    slug: &'a str,
}
impl Letter for ToAskerLetter<'_> {
    const NAME: &'static str = "rescue-opposed";
}
