//! Completions of two rows of people that are one person.
//! What both have, the same module on the same day, is kept once: on the stronger word, with a certificate if either
//! has one. Nobody's own word counts as a confirmation, not even one that was given before it was known to be theirs.

use diesel::prelude::*;
use serde_json::json;

use super::completion::{Completion, Source, reckon_expiries};
use super::module::Module;
use crate::acts::Act;
use crate::audit::Subject;
use crate::db::DbConnection;
use crate::db::schema::training_completions;
use crate::error::Result;
use crate::ids::{AccountId, PersonId};

/// Gives one person's completions to another.
pub fn hand_over_completions(act: &mut Act<'_>, from: PersonId, to: PersonId) -> Result<()> {
    let own = completions_of(act.conn, to)?;
    for moved in completions_of(act.conn, from)? {
        let same = |own: &&Completion| {
            own.module_id == moved.module_id && own.completed_on == moved.completed_on && own.stands() && moved.stands()
        };
        match own.iter().find(same) {
            Some(own) => keep_once(act, own, &moved)?,
            None => {
                diesel::update(training_completions::table.find(moved.id))
                    .set(training_completions::person_id.eq(to))
                    .execute(act.conn)?;
            }
        }
    }
    for module in Module::all_ever(act.conn)? {
        reckon_expiries(act.conn, &module, to)?;
    }
    Ok(())
}

/// What someone confirmed that turns out to be their own stands on their own word.
pub fn withdraw_own_confirmations(act: &mut Act<'_>, person: PersonId, account: AccountId) -> Result<()> {
    diesel::update(training_completions::table)
        .filter(training_completions::person_id.eq(person))
        .filter(training_completions::confirmed_by.eq(account))
        .filter(training_completions::source.eq(Source::Confirmed))
        .set((
            training_completions::source.eq(Source::SelfLogged),
            training_completions::confirmed_by.eq(None::<AccountId>),
            training_completions::confirmed_at.eq(None::<chrono::NaiveDateTime>),
        ))
        .execute(act.conn)?;
    Ok(())
}

fn keep_once(act: &mut Act<'_>, own: &Completion, other: &Completion) -> Result<()> {
    diesel::delete(training_completions::table.find(other.id)).execute(act.conn)?;
    let stronger = if strength_of(other) > strength_of(own) { other } else { own };
    diesel::update(training_completions::table.find(own.id))
        .set((
            training_completions::source.eq(stronger.source()),
            training_completions::session_id.eq(stronger.session_id),
            training_completions::equivalent_id.eq(stronger.equivalent_id),
            training_completions::provider.eq(&stronger.provider),
            training_completions::confirmed_by.eq(stronger.confirmed_by),
            training_completions::confirmed_at.eq(stronger.confirmed_at),
            training_completions::expires_on.eq(stronger.expires_on),
            training_completions::certificate_file_id
                .eq(stronger.certificate_file_id.or(own.certificate_file_id).or(other.certificate_file_id)),
        ))
        .execute(act.conn)?;
    let details = json!({
        "person": own.person_id,
        "module": own.module_id,
        "completed_on": own.completed_on,
        "was": other.id,
        "certificates": [own.certificate_file_id, other.certificate_file_id],
    });
    act.record("training kept once", Subject::of("completion", own.id), details)
}

fn strength_of(completion: &Completion) -> u8 {
    match completion.source() {
        Source::SelfLogged => 0,
        Source::Confirmed => 1,
        Source::Verified => 2,
    }
}

fn completions_of(conn: &mut DbConnection, person: PersonId) -> Result<Vec<Completion>> {
    Ok(training_completions::table
        .filter(training_completions::person_id.eq(person))
        .select(Completion::as_select())
        .load(conn)?)
}
