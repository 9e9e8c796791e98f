//! Correcting and withdrawing a completion. Nothing is overwritten: the old row stays as it was, with the reason, and
//! the new one stands in its place.
//!
//! | it stands on the word of | corrected by | the new one |
//! |---|---|---|
//! | its person, who logged it | that person | self-logged, even when a lead had confirmed it |
//! | someone of this organisation | a lead here, for somebody else | confirmed by that lead |
//! | the provider | nobody here: the provider withdraws it | |
//!
//! Nothing becomes stronger than the word of whoever corrects it.

use chrono::{Days, NaiveDate};
use diesel::prelude::*;
use serde_json::json;

use super::completion::{Completion, CompletionState, NewCompletion, Source, insert_completion, reckon_expiries};
use super::module::Module;
use crate::acts::Act;
use crate::audit::Subject;
use crate::db::DbConnection;
use crate::db::schema::{memberships, people, training_completions};
use crate::error::{Error, Result};
use crate::ids::{AccountId, CompletionId, ModuleId, OrganisationId, PersonId};
use crate::organisations::Person;

/// The same module within so many days is perhaps the same training.
const NEAR: Days = Days::new(14);

/// Who wants to correct, and where.
#[derive(Debug, Clone, Copy)]
pub struct Corrector {
    pub account: AccountId,
    /// The organisation on whose pages, if on any.
    pub within: Option<OrganisationId>,
    /// A lead there.
    pub is_lead: bool,
}

/// May it be corrected or withdrawn?
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Correctable {
    Yes,
    /// The provider verified it from a register.
    ProviderOnly,
    /// Somebody else's word.
    No,
}

impl Corrector {
    /// What this one may do with a completion of `owner`'s.
    pub fn may_correct(&self, conn: &mut DbConnection, owner: &Person, completion: &Completion) -> Result<Correctable> {
        if !completion.stands() {
            return Ok(Correctable::No);
        }
        if completion.source() == Source::Verified {
            return Ok(Correctable::ProviderOnly);
        }
        let may = match owner.account_id == Some(self.account) {
            true => completion.logged_by == self.account,
            false => match self.within.filter(|_| self.is_lead) {
                Some(here) => {
                    let word = completion.confirmed_by.unwrap_or(completion.logged_by);
                    completion.logged_within == Some(here) && completion.confirmed_by.is_none()
                        || was_ever_in(conn, here, word)?
                }
                None => false,
            },
        };
        Ok(if may { Correctable::Yes } else { Correctable::No })
    }

    fn want(&self, conn: &mut DbConnection, owner: &Person, completion: &Completion) -> Result<()> {
        match self.may_correct(conn, owner, completion)? {
            Correctable::Yes => Ok(()),
            _ if !completion.stands() => Err(Error::Conflict),
            _ => Err(Error::NotAllowed),
        }
    }
}

/// Puts another completion in the place of one. `None` when that module is logged for that day already.
/// The certificate stays unless there is a new one.
pub fn correct_completion(
    act: &mut Act<'_>,
    corrector: Corrector,
    old: &Completion,
    new: NewCompletion,
    reason: &str,
) -> Result<Option<Completion>> {
    corrector.want(act.conn, &new.person, old)?;
    if is_logged(act.conn, new.person.id, &new.module.id, new.completed_on, old.id)? {
        return Ok(None);
    }
    end(act, old, CompletionState::Corrected, corrector.account, reason)?;
    let confirmer = (new.person.account_id != Some(corrector.account)).then_some(corrector.account);
    let completion = Completion {
        id: CompletionId::new(),
        person_id: new.person.id,
        module_id: new.module.id.clone(),
        equivalent_id: new.equivalent,
        completed_on: new.completed_on,
        expires_on: None,
        provider: new.provider,
        source: if confirmer.is_some() { Source::Confirmed } else { Source::SelfLogged },
        certificate_file_id: old.certificate_file_id,
        logged_by: corrector.account,
        logged_at: act.at,
        logged_within: corrector.within,
        confirmed_by: confirmer,
        confirmed_at: confirmer.map(|_| act.at),
        session_id: None,
        state: CompletionState::Standing,
        corrects: Some(old.id),
        correction: None,
    };
    let stands = insert_completion(act, &new.module, completion, new.certificate, "training corrected")?;
    if old.module_id != new.module.id {
        reckon_without(act.conn, old)?;
    }
    stands.map(Some).ok_or(Error::Conflict)
}

/// Takes a completion off the record, but for its history.
pub fn withdraw_completion(
    act: &mut Act<'_>,
    corrector: Corrector,
    owner: &Person,
    old: &Completion,
    reason: &str,
) -> Result<()> {
    corrector.want(act.conn, owner, old)?;
    end(act, old, CompletionState::Withdrawn, corrector.account, reason)?;
    let subject = Subject { record: format!("completion {}", old.id), organisation: corrector.within };
    let details = json!({ "person": old.person_id, "module": old.module_id, "reason": reason });
    act.record("training withdrawn", subject, details)?;
    reckon_without(act.conn, old)
}

/// A completion of the same module by the same person that is so near that it may be the same training.
pub fn find_near(
    conn: &mut DbConnection,
    person: PersonId,
    module: &ModuleId,
    completed_on: NaiveDate,
) -> Result<Option<Completion>> {
    let earliest = completed_on.checked_sub_days(NEAR).unwrap_or(NaiveDate::MIN);
    let latest = completed_on.checked_add_days(NEAR).unwrap_or(NaiveDate::MAX);
    Ok(training_completions::table
        .filter(training_completions::person_id.eq(person))
        .filter(training_completions::module_id.eq(module))
        .filter(training_completions::state.eq(CompletionState::Standing))
        .filter(training_completions::completed_on.between(earliest, latest))
        .order(training_completions::completed_on.desc())
        .select(Completion::as_select())
        .first(conn)
        .optional()?)
}

fn end(act: &mut Act<'_>, old: &Completion, to: CompletionState, by: AccountId, reason: &str) -> Result<()> {
    let ended = diesel::update(training_completions::table.find(old.id))
        .filter(training_completions::state.eq(CompletionState::Standing))
        // Somebody may have confirmed meanwhile what was seen as self-logged.
        .filter(training_completions::source.eq(old.source))
        .set((
            training_completions::state.eq(to),
            training_completions::correction.eq(reason),
            training_completions::ended_by.eq(by),
            training_completions::ended_at.eq(act.at),
        ))
        .execute(act.conn)?;
    if ended == 0 { Err(Error::Conflict) } else { Ok(()) }
}

fn reckon_without(conn: &mut DbConnection, old: &Completion) -> Result<()> {
    let module = Module::find(conn, &old.module_id)?;
    reckon_expiries(conn, &module, old.person_id).map(drop)
}

fn is_logged(
    conn: &mut DbConnection,
    person: PersonId,
    module: &ModuleId,
    completed_on: NaiveDate,
    other_than: CompletionId,
) -> Result<bool> {
    let there = training_completions::table
        .filter(training_completions::person_id.eq(person))
        .filter(training_completions::module_id.eq(module))
        .filter(training_completions::completed_on.eq(completed_on))
        .filter(training_completions::state.eq(CompletionState::Standing))
        .filter(training_completions::id.ne(other_than));
    Ok(diesel::select(diesel::dsl::exists(there)).get_result(conn)?)
}

/// Is this account that of somebody who belongs, or belonged, to an organisation?
fn was_ever_in(conn: &mut DbConnection, organisation: OrganisationId, account: AccountId) -> Result<bool> {
    let there = memberships::table
        .inner_join(people::table)
        .filter(memberships::organisation_id.eq(organisation))
        .filter(people::account_id.eq(account));
    Ok(diesel::select(diesel::dsl::exists(there)).get_result(conn)?)
}
