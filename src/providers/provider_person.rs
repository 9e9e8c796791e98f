//! Someone who runs sessions for a provider.
//!
//! | from | verb | to |
//! |---|---|---|
//! | invited | accept (within 14 days) | active |
//! | invited, active | end | ended |

use chrono::{Duration, NaiveDateTime};
use diesel::prelude::*;
use serde::Serialize;
use serde_json::json;

use crate::accounts::{Account, new_token, token_hash};
use crate::acts::Act;
use crate::audit::Subject;
use crate::db::schema::training_provider_people;
use crate::db::{DbConnection, unless_taken};
use crate::error::{Error, Result};
use crate::ids::{AccountId, ProviderId, ProviderPersonId};
use crate::mail::Letter;
use crate::text_enum;
use crate::words::EmailAddress;

use super::provider::TrainingProvider;

const LASTS: Duration = Duration::days(14);

text_enum! {
    /// One that was invited too long ago is still invited, and the link no longer works.
    pub enum ProviderPersonState { Invited = "invited", Active = "active", Ended = "ended" }
}

/// A person of a provider as stored.
#[derive(Debug, Clone, Queryable, Selectable, Insertable)]
#[diesel(table_name = training_provider_people, treat_none_as_default_value = false)]
pub struct ProviderPerson {
    pub id: ProviderPersonId,
    pub provider_id: ProviderId,
    pub name: String,
    pub email: String,
    account_id: Option<AccountId>,
    token_hash: String,
    state: ProviderPersonState,
    invited_at: NaiveDateTime,
    pub expires_at: NaiveDateTime,
}

#[derive(Serialize)]
struct ProviderInvitationLetter<'a> {
    name: &'a str,
    provider: &'a str,
    token: &'a str,
}
impl Letter for ProviderInvitationLetter<'_> {
    const NAME: &'static str = "provider-invitation";
}

impl ProviderPerson {
    /// Everyone of a provider who was not ended, by name.
    pub fn all_of(conn: &mut DbConnection, provider: ProviderId) -> Result<Vec<Self>> {
        Ok(training_provider_people::table
            .filter(training_provider_people::provider_id.eq(provider))
            .filter(training_provider_people::state.ne(ProviderPersonState::Ended))
            .order((training_provider_people::name, training_provider_people::id))
            .select(Self::as_select())
            .load(conn)?)
    }

    /// One of this provider's; another's is not found.
    pub fn find_in(conn: &mut DbConnection, provider: ProviderId, id: ProviderPersonId) -> Result<Self> {
        Ok(training_provider_people::table
            .find(id)
            .filter(training_provider_people::provider_id.eq(provider))
            .select(Self::as_select())
            .first(conn)?)
    }

    /// Whom a link invites, while it works.
    pub fn find_invited(conn: &mut DbConnection, now: NaiveDateTime, token: &str) -> Result<Self> {
        Ok(training_provider_people::table
            .filter(training_provider_people::token_hash.eq(token_hash(token)))
            .filter(training_provider_people::state.eq(ProviderPersonState::Invited))
            .filter(training_provider_people::expires_at.gt(now))
            .select(Self::as_select())
            .first(conn)?)
    }

    pub fn state(&self) -> ProviderPersonState {
        self.state
    }

    /// They no longer run sessions for the provider, or need not answer.
    pub fn end(&self, act: &mut Act<'_>) -> Result<()> {
        let changed = diesel::update(training_provider_people::table.find(self.id))
            .filter(training_provider_people::state.ne(ProviderPersonState::Ended))
            .set(training_provider_people::state.eq(ProviderPersonState::Ended))
            .execute(act.conn)?;
        if changed == 0 {
            return Err(Error::Conflict);
        }
        act.record("provider’s person ended", self.subject(), json!({ "was": self.state }))
    }

    fn subject(&self) -> Subject {
        Subject::of("provider-person", self.id)
    }
}

/// Invites someone to run sessions for a provider; `None` when this address is invited or active there already.
pub fn invite_to_provider(
    act: &mut Act<'_>,
    provider: &TrainingProvider,
    name: &str,
    email: &EmailAddress,
) -> Result<Option<ProviderPerson>> {
    let token = new_token();
    let person = ProviderPerson {
        id: ProviderPersonId::new(),
        provider_id: provider.id,
        name: name.to_owned(),
        email: email.as_str().to_owned(),
        account_id: None,
        token_hash: token_hash(&token),
        state: ProviderPersonState::Invited,
        invited_at: act.at,
        expires_at: act.at + LASTS,
    };
    let added = unless_taken(act.conn, |conn| {
        diesel::insert_into(training_provider_people::table).values(&person).execute(conn)
    })?;
    if added.is_none() {
        return Ok(None);
    }
    act.record("provider’s person invited", person.subject(), json!({ "provider": provider.id }))?;
    act.post(email, &ProviderInvitationLetter { name, provider: &provider.name, token: &token })?;
    Ok(Some(person))
}

/// The VRP gives sessions itself: it is a provider too, and this account runs its sessions. Nothing changes when it does
/// already.
pub fn provide_as_vrp(act: &mut Act<'_>, account: &Account) -> Result<()> {
    let provider = TrainingProvider::vrp(act)?;
    let person = ProviderPerson {
        id: ProviderPersonId::new(),
        provider_id: provider.id,
        name: account.name.clone(),
        email: account.email.clone(),
        account_id: Some(account.id),
        token_hash: token_hash(&new_token()),
        state: ProviderPersonState::Active,
        invited_at: act.at,
        expires_at: act.at,
    };
    let added = unless_taken(act.conn, |conn| {
        diesel::insert_into(training_provider_people::table).values(&person).execute(conn)
    })?;
    match added {
        Some(_) => act.record("provider’s person accepted", person.subject(), json!({ "account": account.id })),
        None => Ok(()),
    }
}

/// Whoever holds the link runs sessions from now on. `NotFound` when it is unknown, used, ended or too old.
pub fn accept_provider_invitation(act: &mut Act<'_>, token: &str, account: &Account) -> Result<()> {
    let person = ProviderPerson::find_invited(act.conn, act.at, token)?;
    accept_provider_invitation_of(act, &person, account)
}

/// The same without a link, for the demonstration.
pub fn accept_provider_invitation_of(act: &mut Act<'_>, person: &ProviderPerson, account: &Account) -> Result<()> {
    let changed = diesel::update(training_provider_people::table.find(person.id))
        .filter(training_provider_people::state.eq(ProviderPersonState::Invited))
        .set((
            training_provider_people::state.eq(ProviderPersonState::Active),
            training_provider_people::account_id.eq(account.id),
            training_provider_people::name.eq(&account.name),
        ))
        .execute(act.conn)?;
    if changed == 0 {
        return Err(Error::Conflict);
    }
    act.record("provider’s person accepted", person.subject(), json!({ "account": account.id }))
}
