//! Completions on a provider's word: whoever was at a session has completed its module that day.
//! What someone had logged for that day already is superseded, and stays in its history.

use chrono::NaiveDate;
use diesel::prelude::*;
use serde_json::json;

use super::completion::{Completion, CompletionState, Source, insert_completion, reckon_expiries};
use super::module::Module;
use crate::acts::Act;
use crate::audit::Subject;
use crate::db::schema::training_completions;
use crate::error::{Error, Result};
use crate::ids::{AccountId, CompletionId, OrganisationId, PersonId, TrainingSessionId};

/// What a provider says of someone.
pub struct Verified<'a> {
    pub session: TrainingSessionId,
    pub person: PersonId,
    /// For whom they came.
    pub organisation: Option<OrganisationId>,
    pub module: &'a Module,
    pub completed_on: NaiveDate,
    pub provider: &'a str,
    pub by: AccountId,
}

/// Makes a verified completion; saying it twice makes one.
pub fn verify_completion(act: &mut Act<'_>, said: &Verified<'_>) -> Result<()> {
    let there: Option<Completion> = training_completions::table
        .filter(training_completions::person_id.eq(said.person))
        .filter(training_completions::module_id.eq(&said.module.id))
        .filter(training_completions::completed_on.eq(said.completed_on))
        .filter(training_completions::state.eq(CompletionState::Standing))
        .select(Completion::as_select())
        .first(act.conn)
        .optional()?;
    if there.as_ref().is_some_and(|there| there.source() == Source::Verified) {
        return Ok(());
    }
    if let Some(there) = &there {
        set_aside(act, there.id, CompletionState::Corrected, "Verified by the provider")?;
    }
    let completion = Completion {
        id: CompletionId::new(),
        person_id: said.person,
        module_id: said.module.id.clone(),
        equivalent_id: None,
        completed_on: said.completed_on,
        expires_on: None,
        provider: said.provider.to_owned(),
        source: Source::Verified,
        certificate_file_id: there.as_ref().and_then(|there| there.certificate_file_id),
        logged_by: said.by,
        logged_at: act.at,
        logged_within: said.organisation,
        confirmed_by: None,
        confirmed_at: None,
        session_id: Some(said.session),
        state: CompletionState::Standing,
        corrects: there.map(|there| there.id),
        correction: None,
    };
    insert_completion(act, said.module, completion, None, "training verified")?.ok_or(Error::Conflict)?;
    Ok(())
}

/// Takes back what a session verified of someone who was not there after all; nothing when there is nothing.
pub fn withdraw_verified(
    act: &mut Act<'_>,
    session: TrainingSessionId,
    person: PersonId,
    module: &Module,
) -> Result<()> {
    let there: Option<CompletionId> = training_completions::table
        .filter(training_completions::session_id.eq(session))
        .filter(training_completions::person_id.eq(person))
        .filter(training_completions::state.eq(CompletionState::Standing))
        .select(training_completions::id)
        .first(act.conn)
        .optional()?;
    let Some(id) = there else { return Ok(()) };
    set_aside(act, id, CompletionState::Withdrawn, "The register was corrected")?;
    reckon_expiries(act.conn, module, person)?;
    act.record("training withdrawn", Subject::of("completion", id), json!({ "person": person, "session": session }))
}

fn set_aside(act: &mut Act<'_>, id: CompletionId, state: CompletionState, why: &str) -> Result<()> {
    let changed = diesel::update(training_completions::table.find(id))
        .filter(training_completions::state.eq(CompletionState::Standing))
        .set((training_completions::state.eq(state), training_completions::correction.eq(why)))
        .execute(act.conn)?;
    if changed == 0 { Err(Error::Conflict) } else { Ok(()) }
}
