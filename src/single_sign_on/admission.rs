//! Who may come in with a work account, to which account, and with which roles.
//! A role that the settings name is given and taken away by groups alone, for accounts that are joined to a work
//! account; every other role stays as it is. An address never opens an account that has a password, unless the
//! provider has checked it and the account works for the VRP already.

use chrono::Duration;
use diesel::prelude::*;
use serde_json::json;

use super::work_account::WorkAccount;
use crate::accounts::{
    Account, NewAccount, Role, claim_unconfirmed, grant_role, open_confirmed, roles_of, withdraw_role,
};
use crate::acts::Act;
use crate::audit::{Actor, Subject};
use crate::config::SingleSignOn;
use crate::db::schema::{account_roles, work_accounts};
use crate::error::Result;
use crate::ids::AccountId;
use crate::openid::WorkIdentity;
use crate::words::{EmailAddress, Line};

/// A role that a group gave holds so long without a sign-in: whoever has left cannot be told of in another way.
const ROLES_LAST: Duration = Duration::days(30);

/// Whether someone comes in.
#[derive(Debug)]
pub enum Admission {
    Admitted(Account),
    Refused(Refusal),
}

/// Why someone does not come in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Refusal {
    /// They belong to another tenant of the provider.
    OtherTenant,
    /// None of their groups has a role here.
    NoGroup,
    /// The provider gave no address, or one that it has not checked.
    NoAddress,
    /// Their address has an account that they may not be joined to.
    AddressHasAccount,
    /// Their account was closed.
    Closed,
}

/// Admits someone whom the provider vouches for, in every change to their roles too. `no_password` is the hash of a
/// password that nobody knows, for an account that must be opened.
pub fn admit_work_identity(
    act: &mut Act<'_>,
    settings: &SingleSignOn,
    identity: &WorkIdentity,
    no_password: String,
) -> Result<Admission> {
    if settings.tenant.is_some() && settings.tenant != identity.tenant {
        return refuse(act, identity, Refusal::OtherTenant);
    }
    let roles = roles_for(settings, &identity.groups);
    let account = match WorkAccount::account_of(act.conn, identity)? {
        Some(account) => account,
        None if roles.is_empty() => return refuse(act, identity, Refusal::NoGroup),
        None => match find_or_open(act, settings, identity, no_password)? {
            Ok(account) => account,
            Err(refusal) => return refuse(act, identity, refusal),
        },
    };
    act.by = Actor { account: Some(account.id), name: account.name.clone() };
    let roles = if account.is_active() { roles } else { Vec::new() };
    align_roles(act, settings, account.id, &roles)?;
    if !account.is_active() {
        return refuse(act, identity, Refusal::Closed);
    }
    if roles.is_empty() {
        return refuse(act, identity, Refusal::NoGroup);
    }
    WorkAccount::note_use(act, identity)?;
    Ok(Admission::Admitted(account))
}

/// Takes away the roles of those whose groups have not been heard of for too long; returns how many people that are.
pub fn withdraw_stale_roles(act: &mut Act<'_>, settings: &SingleSignOn) -> Result<usize> {
    let stale: Vec<AccountId> = work_accounts::table
        .inner_join(account_roles::table.on(account_roles::account_id.eq(work_accounts::account_id)))
        .filter(work_accounts::issuer.eq(&settings.issuer))
        .filter(work_accounts::last_used_at.lt(act.at - ROLES_LAST))
        .filter(account_roles::role.eq_any(governed(settings)))
        .select(work_accounts::account_id)
        .distinct()
        .load(act.conn)?;
    stale.iter().try_for_each(|account| align_roles(act, settings, *account, &[]))?;
    Ok(stale.len())
}

/// Their account by address where that is safe, or a new one.
fn find_or_open(
    act: &mut Act<'_>,
    settings: &SingleSignOn,
    identity: &WorkIdentity,
    no_password: String,
) -> Result<Result<Account, Refusal>> {
    let Some(email) = &identity.email else { return Ok(Err(Refusal::NoAddress)) };
    let account = match Account::find_by_email(act.conn, email.as_str())? {
        Some(account) if account.is_unconfirmed() && identity.email_verified == Some(true) => {
            claim_unconfirmed(act, &account, name_of(identity, email), no_password)?
        }
        Some(account) => {
            let works_here = account.is_active() && !roles_of(act.conn, account.id)?.is_empty();
            let joined = WorkAccount::is_joined(act.conn, account.id, &identity.issuer)?;
            if identity.email_verified != Some(true) || !works_here || joined {
                return Ok(Err(Refusal::AddressHasAccount));
            }
            account
        }
        None if !vouches_for_addresses(settings, identity) => return Ok(Err(Refusal::NoAddress)),
        None => {
            let new = NewAccount { name: name_of(identity, email), email: email.clone(), password_hash: no_password };
            let Some(account) = open_confirmed(act, &new)? else { return Ok(Err(Refusal::AddressHasAccount)) };
            act.record("account opened", Subject::of("account", account.id), json!({ "with": "work account" }))?;
            account
        }
    };
    WorkAccount::join_to(act, identity, &account)?;
    Ok(Ok(account))
}

/// A provider that never says whether it checks addresses is taken at its word for those of the one tenant we name.
fn vouches_for_addresses(settings: &SingleSignOn, identity: &WorkIdentity) -> bool {
    identity.email_verified.unwrap_or(settings.tenant.is_some())
}

fn name_of(identity: &WorkIdentity, email: &EmailAddress) -> String {
    let name = identity.name.as_deref().and_then(|name| Line::<100>::parse(name).ok());
    name.map_or_else(|| email.as_str().chars().take(100).collect(), Line::into_string)
}

/// Makes the roles that groups decide about what the groups say.
fn align_roles(act: &mut Act<'_>, settings: &SingleSignOn, account: AccountId, wanted: &[Role]) -> Result<()> {
    for role in roles_of(act.conn, account)? {
        if governed(settings).contains(&role) && !wanted.contains(&role) {
            withdraw_role(act, account, role)?;
        }
    }
    wanted.iter().try_for_each(|role| grant_role(act, account, *role))
}

fn roles_for(settings: &SingleSignOn, groups: &[String]) -> Vec<Role> {
    let given = settings.roles.iter().filter(|pair| groups.contains(&pair.group));
    given.filter_map(|pair| Role::parse(&pair.role)).collect()
}

/// The roles that groups decide about.
fn governed(settings: &SingleSignOn) -> Vec<Role> {
    settings.roles.iter().filter_map(|pair| Role::parse(&pair.role)).collect()
}

fn refuse(act: &mut Act<'_>, identity: &WorkIdentity, refusal: Refusal) -> Result<Admission> {
    let details = json!({ "reason": format!("{refusal:?}"), "subject": identity.subject });
    act.record("work account refused", Subject::of("work account", &identity.issuer), details)?;
    Ok(Admission::Refused(refusal))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::config::ROLE_WORDS;

    #[test]
    fn the_settings_know_every_role() {
        let roles: Vec<_> = Role::ALL.iter().map(|role| role.as_str()).collect();
        assert_eq!(ROLE_WORDS, roles);
    }
}
