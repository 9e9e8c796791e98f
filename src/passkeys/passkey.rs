//! A passkey: whose it is, what they call it, and the public half of its key.

use chrono::NaiveDateTime;
use diesel::prelude::*;
use serde::Serialize;
use serde_json::json;
use webauthn_rs::prelude::{CredentialID, Passkey as Credential, PublicKeyCredential};

use super::relying_party::RelyingParty;
use crate::accounts::Account;
use crate::acts::Act;
use crate::audit::{Actor, Subject};
use crate::db::schema::passkeys;
use crate::db::{DbConnection, unless_taken};
use crate::error::{Error, Result};
use crate::ids::{AccountId, PasskeyId};
use crate::mail::Letter;
use crate::words::Line;

/// The most that one person may have.
pub const MOST_PASSKEYS: usize = 10;

/// A passkey as it is stored.
#[derive(Debug, Clone, Queryable, Selectable, Insertable)]
#[diesel(table_name = passkeys)]
pub struct Passkey {
    pub id: PasskeyId,
    pub account_id: AccountId,
    pub name: String,
    credential_id: String,
    /// What the library keeps of it, as JSON. Nothing in it is secret.
    credential: String,
    pub added_at: NaiveDateTime,
    pub last_used_at: Option<NaiveDateTime>,
}

#[derive(Serialize)]
struct AddedLetter<'a> {
    name: &'a str,
    passkey: &'a str,
}
impl Letter for AddedLetter<'_> {
    const NAME: &'static str = "passkey-added";
}

#[derive(Serialize)]
struct RemovedLetter<'a> {
    name: &'a str,
    passkey: &'a str,
}
impl Letter for RemovedLetter<'_> {
    const NAME: &'static str = "passkey-removed";
}

impl Passkey {
    /// Someone's passkeys, the oldest first.
    pub fn all_of(conn: &mut DbConnection, account: AccountId) -> Result<Vec<Self>> {
        Ok(passkeys::table
            .filter(passkeys::account_id.eq(account))
            .order(passkeys::id)
            .select(Self::as_select())
            .load(conn)?)
    }

    /// One of someone's passkeys; another person's is not found.
    pub fn find_of(conn: &mut DbConnection, account: AccountId, id: PasskeyId) -> Result<Self> {
        let own = passkeys::table.find(id).filter(passkeys::account_id.eq(account));
        Ok(own.select(Self::as_select()).first(conn)?)
    }

    /// What devices call it.
    pub fn credential_id(&self) -> Result<CredentialID> {
        Ok(self.credential()?.cred_id().clone())
    }

    /// Calls it by another name.
    pub fn rename(&self, act: &mut Act<'_>, name: &Line<60>) -> Result<()> {
        diesel::update(passkeys::table.find(self.id)).set(passkeys::name.eq(name.as_str())).execute(act.conn)?;
        act.record("passkey renamed", self.subject(), json!({ "passkey": self.id }))
    }

    /// Takes it away: it signs nobody in from now on. Its owner is told.
    pub fn remove(&self, act: &mut Act<'_>, owner: &Account) -> Result<()> {
        if diesel::delete(passkeys::table.find(self.id)).execute(act.conn)? == 0 {
            return Err(Error::Conflict);
        }
        act.record("passkey removed", self.subject(), json!({ "passkey": self.id }))?;
        act.post(&owner.address(), &RemovedLetter { name: &owner.name, passkey: &self.name })
    }

    fn credential(&self) -> Result<Credential> {
        serde_json::from_str(&self.credential).map_err(Error::unexpected)
    }

    fn subject(&self) -> Subject {
        Subject::of("account", self.account_id)
    }
}

/// Adds a passkey that a device has made, and tells its owner; `None` when somebody has it already.
pub fn add_passkey(
    act: &mut Act<'_>,
    owner: &Account,
    name: &Line<60>,
    credential: &Credential,
) -> Result<Option<Passkey>> {
    let passkey = Passkey {
        id: PasskeyId::new(),
        account_id: owner.id,
        name: name.as_str().to_owned(),
        credential_id: hex::encode(credential.cred_id()),
        credential: serde_json::to_string(credential).map_err(Error::unexpected)?,
        added_at: act.at,
        last_used_at: None,
    };
    let added = unless_taken(act.conn, |conn| diesel::insert_into(passkeys::table).values(&passkey).execute(conn))?;
    if added.is_none() {
        return Ok(None);
    }
    act.record("passkey added", passkey.subject(), json!({ "passkey": passkey.id }))?;
    act.post(&owner.address(), &AddedLetter { name: &owner.name, passkey: &passkey.name })?;
    Ok(Some(passkey))
}

/// Whose passkey answered, if the answer is right and their account is open. The answer's counter is kept, so that a
/// copy of the device is found out.
pub fn sign_in_with_passkey(
    act: &mut Act<'_>,
    portal: &RelyingParty,
    answer: &PublicKeyCredential,
    state: &str,
) -> Result<Option<Account>> {
    let found = passkeys::table.filter(passkeys::credential_id.eq(hex::encode(answer.get_credential_id())));
    let Some(passkey) = found.select(Passkey::as_select()).first(act.conn).optional()? else { return Ok(None) };
    // The device says whose it is too; a passkey stands for no other account than the one it was made for.
    let theirs = answer.get_user_unique_id().and_then(|id| uuid::Uuid::from_slice(id).ok()).map(AccountId::from);
    if theirs != Some(passkey.account_id) {
        return Ok(None);
    }
    let mut credential = passkey.credential()?;
    let Some(shown) = portal.check_use(answer, state, &credential)? else { return Ok(None) };
    let account = Account::find(act.conn, passkey.account_id)?;
    if !account.is_active() {
        return Ok(None);
    }
    credential.update_credential(&shown);
    let credential = serde_json::to_string(&credential).map_err(Error::unexpected)?;
    diesel::update(passkeys::table.find(passkey.id))
        .set((passkeys::credential.eq(credential), passkeys::last_used_at.eq(act.at)))
        .execute(act.conn)?;
    act.by = Actor { account: Some(account.id), name: account.name.clone() };
    Ok(Some(account))
}
