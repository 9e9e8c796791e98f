//! An account: an e-mail address that was confirmed, a password, a name, and roles of the VRP.

use chrono::NaiveDateTime;
use diesel::prelude::*;
use serde::{Deserialize, Serialize};
use serde_json::json;

use super::link::{Purpose, new_link_for_nobody, new_link_with};
use super::session::HasTwoSteps;
use crate::acts::Act;
use crate::audit::Subject;
use crate::db::schema::{account_roles, accounts};
use crate::db::{DbConnection, unless_taken};
use crate::error::{Error, Result};
use crate::ids::AccountId;
use crate::mail::Letter;
use crate::text_enum;
use crate::words::EmailAddress;

text_enum! {
    /// A new account is unconfirmed until a link sent to its address is followed.
    pub enum AccountState { Unconfirmed = "unconfirmed", Active = "active", Closed = "closed" }
}

text_enum! {
    /// What someone does for the Violence Reduction Partnership.
    pub enum Role {
        /// Approves organisations, gives roles, keeps the programme's content.
        Steward = "steward",
        /// Reviews self-assessments and recommends.
        Reviewer = "reviewer",
        /// Decides what another recommended.
        Decider = "decider",
    }
}

impl Role {
    /// Must whoever has it prove two things to sign in? Each of these sees other people's records.
    pub fn wants_two_steps(self) -> HasTwoSteps {
        match self {
            Self::Steward | Self::Reviewer | Self::Decider => HasTwoSteps::Yes,
        }
    }
}

/// An account as it is stored.
#[derive(Debug, Clone, Queryable, Selectable, Insertable)]
#[diesel(table_name = accounts)]
pub struct Account {
    pub id: AccountId,
    pub email: String,
    pub name: String,
    pub(super) password_hash: String,
    pub(super) state: AccountState,
    pub created_at: NaiveDateTime,
}

/// What someone gives to sign up.
pub struct NewAccount {
    pub name: String,
    pub email: EmailAddress,
    /// In PHC form, from [`super::hash_password`].
    pub password_hash: String,
}

/// What an unconfirmed account shall be once its address is confirmed. It belongs to one link: somebody else may have
/// typed the same address, with a password of theirs.
#[derive(Serialize, Deserialize)]
pub(super) struct Typed {
    pub name: String,
    /// In PHC form.
    pub password_hash: String,
}

#[derive(Serialize)]
struct ConfirmLetter<'a> {
    name: &'a str,
    token: &'a str,
}
impl Letter for ConfirmLetter<'_> {
    const NAME: &'static str = "confirm-address";
}

#[derive(Serialize)]
struct AlreadyLetter<'a> {
    name: &'a str,
}
impl Letter for AlreadyLetter<'_> {
    const NAME: &'static str = "already-registered";
}

impl Account {
    /// The account of an address, in any state.
    pub fn find_by_email(conn: &mut DbConnection, email: &str) -> Result<Option<Self>> {
        Ok(accounts::table.filter(accounts::email.eq(email)).select(Self::as_select()).first(conn).optional()?)
    }

    pub fn find(conn: &mut DbConnection, id: AccountId) -> Result<Self> {
        Ok(accounts::table.find(id).select(Self::as_select()).first(conn)?)
    }

    /// Has its address been confirmed, and is it open?
    pub fn is_active(&self) -> bool {
        self.state == AccountState::Active
    }

    /// Has it never been confirmed?
    pub fn is_unconfirmed(&self) -> bool {
        self.state == AccountState::Unconfirmed
    }

    /// The hash of its password, in PHC form.
    pub fn password_hash(&self) -> &str {
        &self.password_hash
    }

    /// Its address, which was checked before it was stored.
    pub fn address(&self) -> EmailAddress {
        EmailAddress::parse(&self.email).expect("a stored address was parsed before")
    }

    pub(super) fn activate(&self, act: &mut Act<'_>) -> Result<()> {
        let changed = diesel::update(accounts::table.find(self.id))
            .filter(accounts::state.eq(AccountState::Unconfirmed))
            .set(accounts::state.eq(AccountState::Active))
            .execute(act.conn)?;
        if changed == 0 {
            return Err(Error::Conflict);
        }
        act.record("address confirmed", Subject::of("account", self.id), json!({}))
    }

    /// A new address; `Conflict` when another account has it.
    pub(super) fn set_address(&self, act: &mut Act<'_>, new: &EmailAddress) -> Result<()> {
        let changed = unless_taken(act.conn, |conn| {
            diesel::update(accounts::table.find(self.id)).set(accounts::email.eq(new.as_str())).execute(conn)
        })?;
        changed.ok_or(Error::Conflict)?;
        act.record("address changed", Subject::of("account", self.id), json!({}))
    }

    /// A new password, from [`super::hash_password`].
    pub fn set_password(&self, act: &mut Act<'_>, password_hash: &str) -> Result<()> {
        diesel::update(accounts::table.find(self.id))
            .set(accounts::password_hash.eq(password_hash))
            .execute(act.conn)?;
        act.record("password changed", Subject::of("account", self.id), json!({}))
    }

    /// Sends a fresh link to confirm the address with, to someone who knows the account's password.
    pub fn ask_to_confirm(&self, act: &mut Act<'_>) -> Result<()> {
        self.ask_to_confirm_as(act, &Typed { name: self.name.clone(), password_hash: self.password_hash.clone() })
    }

    /// Sends a fresh link that confirms the address, and makes the account what was typed just now.
    pub(super) fn ask_to_confirm_as(&self, act: &mut Act<'_>, typed: &Typed) -> Result<()> {
        let carries = serde_json::to_string(typed).map_err(Error::unexpected)?;
        let token = new_link_with(act, Some(self.id), Purpose::Confirm, Some(&carries))?;
        act.post(&self.address(), &ConfirmLetter { name: &typed.name, token: &token })
    }
}

/// Gives an account that nobody ever confirmed to the one whose address it turned out to be: what was chosen for it
/// before is worth nothing.
pub fn claim_unconfirmed(act: &mut Act<'_>, account: &Account, name: String, password_hash: String) -> Result<Account> {
    diesel::update(accounts::table.find(account.id))
        .set((accounts::name.eq(&name), accounts::password_hash.eq(&password_hash)))
        .execute(act.conn)?;
    account.activate(act)?;
    Account::find(act.conn, account.id)
}

/// Signs someone up. An address that has an account already gets a letter saying so; the caller cannot tell, and the
/// work is the same.
pub fn sign_up(act: &mut Act<'_>, new: NewAccount) -> Result<()> {
    let opened = open_account(act, &new, AccountState::Unconfirmed)?;
    let account = Account::find_by_email(act.conn, new.email.as_str())?.ok_or(Error::Conflict)?;
    let verb = if opened.is_some() { "account opened" } else { "account asked for again" };
    act.record(verb, Subject::of("account", account.id), json!({}))?;
    match account.state {
        AccountState::Unconfirmed => {
            account.ask_to_confirm_as(act, &Typed { name: new.name, password_hash: new.password_hash })
        }
        AccountState::Active | AccountState::Closed => {
            new_link_for_nobody(act, Purpose::Confirm)?;
            act.post(&new.email, &AlreadyLetter { name: &account.name })
        }
    }
}

/// A confirmed account, or `None` if the address has one: for whoever set up the portal, and for the demonstration.
pub fn open_confirmed(act: &mut Act<'_>, new: &NewAccount) -> Result<Option<Account>> {
    open_account(act, new, AccountState::Active)
}

fn open_account(act: &mut Act<'_>, new: &NewAccount, state: AccountState) -> Result<Option<Account>> {
    let account = Account {
        id: AccountId::new(),
        email: new.email.as_str().to_owned(),
        name: new.name.clone(),
        password_hash: new.password_hash.clone(),
        state,
        created_at: act.at,
    };
    let row = (&account, accounts::signed_in_at.eq(act.at));
    let added = unless_taken(act.conn, |conn| diesel::insert_into(accounts::table).values(row).execute(conn))?;
    Ok(added.map(|_| account))
}

/// The roles someone has.
pub fn roles_of(conn: &mut DbConnection, account: AccountId) -> Result<Vec<Role>> {
    Ok(account_roles::table
        .filter(account_roles::account_id.eq(account))
        .order(account_roles::role)
        .select(account_roles::role)
        .load(conn)?)
}

/// Gives a role; giving it twice is no error.
pub fn grant_role(act: &mut Act<'_>, account: AccountId, role: Role) -> Result<()> {
    let row =
        (account_roles::account_id.eq(account), account_roles::role.eq(role), account_roles::granted_at.eq(act.at));
    let added = unless_taken(act.conn, |conn| diesel::insert_into(account_roles::table).values(row).execute(conn))?;
    match added {
        Some(_) => act.record("role given", Subject::of("account", account), json!({ "role": role })),
        None => Ok(()),
    }
}

/// Takes a role away; someone who does not have it keeps not having it.
pub fn withdraw_role(act: &mut Act<'_>, account: AccountId, role: Role) -> Result<()> {
    match diesel::delete(account_roles::table.find((account, role))).execute(act.conn)? {
        0 => Ok(()),
        _ => act.record("role withdrawn", Subject::of("account", account), json!({ "role": role })),
    }
}

/// Everyone with a role, by name.
pub fn role_holders(conn: &mut DbConnection) -> Result<Vec<(Account, Role)>> {
    Ok(account_roles::table
        .inner_join(accounts::table)
        .order((accounts::name, account_roles::role))
        .select((Account::as_select(), account_roles::role))
        .load(conn)?)
}

/// Sends a letter to every administrator of the VRP.
pub fn tell_stewards<L: Letter>(act: &mut Act<'_>, letter: &L) -> Result<()> {
    let holders = role_holders(act.conn)?;
    let stewards = holders.iter().filter(|(_, role)| *role == Role::Steward);
    stewards.map(|(account, _)| account.address()).try_for_each(|address| act.post(&address, letter))
}
