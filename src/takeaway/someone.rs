//! Whose data is asked for or forgotten: an account, a person on an organisation's record, or both in one.

use crate::ids::{AccountId, PersonId};

/// One human being, by everything the portal knows them by.
#[derive(Debug, Clone)]
pub struct Someone {
    pub account: Option<AccountId>,
    pub person: Option<PersonId>,
    pub name: String,
    /// Every address that letters to them went to; one at least when they have an account.
    pub addresses: Vec<String>,
}

impl Someone {
    /// What audit entries about them are about.
    pub fn subjects(&self) -> Vec<String> {
        let account = self.account.map(|id| format!("account {id}"));
        let person = self.person.map(|id| format!("person {id}"));
        account.into_iter().chain(person).collect()
    }
}
