//! Erasing someone: every part of the portal forgets its own, in one act, and the trail says that it was done.
//!
//! | what | becomes |
//! |---|---|
//! | ways in, roles, invitations, certificates, what nobody has counted on | removed |
//! | signatures, findings, decisions, training and answers that others count on | under the neutral mark |
//! | letters to them | removed |
//! | letters and entries of the trail with their name | without it |

use diesel::dsl::exists;
use diesel::prelude::*;
use serde::Serialize;
use serde_json::json;

use super::everything::someone_of;
use crate::accounts::{self, Account};
use crate::acts::Act;
use crate::audit::Subject;
use crate::db::schema::{assessment_evidence, documents as kept, files, training_completions};
use crate::error::{Error, Result};
use crate::ids::{AccountId, FileId, OrganisationId};
use crate::mail::{Letter, blank_in_letters, forget_letters_to};
use crate::organisations::{Organisation, Person, hold_person, is_elsewhere, your_data as organisations};
use crate::takeaway::Someone;
use crate::words::ERASED_NAME;
use crate::{
    charter, documents, imports, my_training, notices, passkeys, people, providers, quality, rescue, review,
    single_sign_on, skills_audit, training, training_sessions,
};

#[derive(Serialize)]
struct ErasedLetter {}
impl Letter for ErasedLetter {
    const NAME: &'static str = "account-erased";
}

#[derive(Serialize)]
struct NoSafeguardingLeadLetter<'a> {
    organisation: &'a str,
    slug: &'a str,
}
impl Letter for NoSafeguardingLeadLetter<'_> {
    const NAME: &'static str = "no-safeguarding-lead";
}

/// Erases whoever has this account, and tells their old address as the last thing it hears. Gives the files whose bytes
/// are to go. `Conflict` when they are erased already.
pub fn erase_account(act: &mut Act<'_>, account: &Account) -> Result<Vec<FileId>> {
    let whom = someone_of(act.conn, account)?;
    if act.by.account == Some(account.id) {
        // What they do from here on they do without a name.
        act.by.name = ERASED_NAME.to_owned();
    }
    accounts::your_data::forget(act, account)?;
    passkeys::your_data::forget(act, account.id)?;
    single_sign_on::your_data::forget(act, account.id)?;
    review::your_data::forget(act, account.id)?;
    documents::your_data::forget(act, account.id)?;
    quality::your_data::forget(act, account.id)?;
    let mut gone = forget_everywhere(act, &whom)?;
    gone.extend(forget_unused_files(act, account.id)?);
    act.post_last(&account.address(), &ErasedLetter {})?;
    accounts::your_data::forget_in_trail(act, account)?;
    Ok(gone)
}

/// Erases someone without an account from the record of the one organisation they belong to. `Conflict` when they have
/// an account by now: then it is theirs to do.
pub fn erase_person(act: &mut Act<'_>, organisation: OrganisationId, person: &Person) -> Result<Vec<FileId>> {
    if is_elsewhere(act.conn, person.id, organisation)? {
        return Err(Error::Conflict);
    }
    let gone = forget_person(act, person)?;
    act.record("person erased", Subject::within(organisation, "person", person.id), json!({}))?;
    Ok(gone)
}

pub(super) fn forget_person(act: &mut Act<'_>, person: &Person) -> Result<Vec<FileId>> {
    hold_person(act, person)?;
    let addresses = people::your_data::addresses_of(act.conn, person.id)?;
    forget_everywhere(act, &Someone { account: None, person: Some(person.id), name: person.name.clone(), addresses })
}

fn forget_everywhere(act: &mut Act<'_>, whom: &Someone) -> Result<Vec<FileId>> {
    rescue::your_data::forget(act, whom)?;
    people::your_data::forget(act, whom)?;
    charter::your_data::forget(act, whom)?;
    skills_audit::your_data::forget(act, whom)?;
    imports::your_data::forget(act, whom)?;
    training_sessions::your_data::forget(act, whom)?;
    providers::your_data::forget(act, whom)?;
    my_training::your_data::forget(act, whom)?;
    notices::your_data::forget(act, whom)?;
    let gone = training::your_data::forget(act, whom)?;
    for id in organisations::forget(act, whom)? {
        let organisation = Organisation::find(act.conn, id)?;
        act.record("safeguarding lead erased", organisation.subject(), json!({}))?;
        let letter = NoSafeguardingLeadLetter { organisation: &organisation.name, slug: &organisation.slug };
        organisation.tell_leads(act, &letter)?;
    }
    forget_letters_to(act.conn, &whom.addresses)?;
    let words: Vec<String> = whom.addresses.iter().chain([&whom.name]).cloned().collect();
    blank_in_letters(act.conn, &words)?;
    Ok(gone)
}

/// Files that they sent and nothing speaks of, such as the second copy of a certificate.
fn forget_unused_files(act: &mut Act<'_>, account: AccountId) -> Result<Vec<FileId>> {
    let (document, evidence) = (
        kept::table.filter(kept::file_id.eq(files::id)),
        assessment_evidence::table.filter(assessment_evidence::file_id.eq(files::id)),
    );
    let certificate =
        training_completions::table.filter(training_completions::certificate_file_id.eq(files::id.nullable()));
    let unused: Vec<FileId> = files::table
        .filter(files::uploaded_by.eq(account))
        .filter(diesel::dsl::not(exists(document)))
        .filter(diesel::dsl::not(exists(evidence)))
        .filter(diesel::dsl::not(exists(certificate)))
        .select(files::id)
        .load(act.conn)?;
    diesel::delete(files::table.filter(files::id.eq_any(&unused))).execute(act.conn)?;
    Ok(unused)
}
