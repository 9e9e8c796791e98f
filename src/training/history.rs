//! The history of one completion: what stood before it, who corrected or withdrew it, when and why.

use std::collections::HashMap;

use chrono::NaiveDateTime;
use diesel::prelude::*;

use super::completion::Completion;
use super::equivalent::Equivalent;
use super::module::Module;
use crate::db::DbConnection;
use crate::db::schema::{accounts, training_completions};
use crate::error::{Error, Result};
use crate::files::{StoredFile, files_named};
use crate::ids::{AccountId, CompletionId, PersonId};

/// A completion as it was, and what became of it.
#[derive(Debug, Clone)]
pub struct Version {
    pub completion: Completion,
    pub module: Module,
    pub equivalent: Option<String>,
    pub logged_by: String,
    pub confirmed_by: Option<String>,
    /// Who corrected or withdrew it, and when; the reason is in the completion.
    pub ended: Option<(String, NaiveDateTime)>,
}

/// All versions of a completion, oldest first. The last is the one that stands, unless it was withdrawn.
#[derive(Debug, Clone)]
pub struct CompletionHistory {
    pub versions: Vec<Version>,
    /// Of the last version.
    pub certificate: Option<StoredFile>,
}

type Ending = (Option<AccountId>, Option<NaiveDateTime>);

impl CompletionHistory {
    /// The history that any version of a person's completion belongs to; another person's id is not found.
    pub fn of(conn: &mut DbConnection, person: PersonId, id: CompletionId) -> Result<Self> {
        let rows: Vec<(Completion, Ending)> = training_completions::table
            .filter(training_completions::person_id.eq(person))
            .select((Completion::as_select(), (training_completions::ended_by, training_completions::ended_at)))
            .load(conn)?;
        let chain = chain_through(rows, id).ok_or(Error::NotFound)?;
        let names = names_of(conn, &chain)?;
        let modules = Module::all_ever(conn)?;
        let mut versions = Vec::new();
        for (completion, (ended_by, ended_at)) in chain {
            let name = |account: AccountId| names.get(&account).cloned().unwrap_or_default();
            let module = modules.iter().find(|module| module.id == completion.module_id).ok_or(Error::NotFound)?;
            let equivalent = completion.equivalent_id.map(|id| Equivalent::find(conn, id)).transpose()?;
            versions.push(Version {
                module: module.clone(),
                equivalent: equivalent.map(|course| course.title),
                logged_by: name(completion.logged_by),
                confirmed_by: completion.confirmed_by.map(name),
                ended: ended_by.map(name).zip(ended_at),
                completion,
            });
        }
        let file = versions.last().and_then(|last| last.completion.certificate_file_id);
        let certificate = files_named(conn, file.as_slice())?.pop();
        Ok(Self { versions, certificate })
    }

    /// As it stands, or stood last.
    pub fn last(&self) -> Result<&Version> {
        self.versions.last().ok_or(Error::NotFound)
    }
}

/// From the first version to the last, through this one.
fn chain_through(rows: Vec<(Completion, Ending)>, id: CompletionId) -> Option<Vec<(Completion, Ending)>> {
    let mut by_id: HashMap<CompletionId, (Completion, Ending)> = rows.into_iter().map(|row| (row.0.id, row)).collect();
    let next: HashMap<CompletionId, CompletionId> =
        by_id.values().filter_map(|(completion, _)| Some((completion.corrects?, completion.id))).collect();
    let mut last = id;
    while let Some(later) = next.get(&last) {
        last = *later;
    }
    let mut chain = Vec::new();
    let mut at = Some(last);
    // Taking each out, so that nothing goes round in a circle.
    while let Some(row) = at.and_then(|at| by_id.remove(&at)) {
        at = row.0.corrects;
        chain.push(row);
    }
    chain.reverse();
    (!chain.is_empty()).then_some(chain)
}

fn names_of(conn: &mut DbConnection, chain: &[(Completion, Ending)]) -> Result<HashMap<AccountId, String>> {
    let ids: Vec<AccountId> = chain
        .iter()
        .flat_map(|(completion, (ended_by, _))| [Some(completion.logged_by), completion.confirmed_by, *ended_by])
        .flatten()
        .collect();
    let named: Vec<(AccountId, String)> =
        accounts::table.filter(accounts::id.eq_any(ids)).select((accounts::id, accounts::name)).load(conn)?;
    Ok(named.into_iter().collect())
}
