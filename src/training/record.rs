//! One person's record: every module with its latest completion, and what came before.

use std::collections::HashMap;

use chrono::{NaiveDate, NaiveDateTime};
use diesel::prelude::*;

use super::booked::{BookedPlace, booked_by};
use super::completion::Completion;
use super::imported::imported_at;
use super::matrix::{CellState, state_with};
use super::module::Module;
use super::sharing::shared_in;
use crate::db::DbConnection;
use crate::db::schema::{memberships, organisations, training_completions, training_equivalents};
use crate::error::Result;
use crate::files::{StoredFile, files_named};
use crate::ids::{CompletionId, EquivalentId, FileId, ModuleId, OrganisationId, PersonId};
use crate::organisations::{LegalForm, Member, Membership, MembershipState, Organisation};

/// A completion with what is shown beside it.
#[derive(Debug, Clone)]
pub struct RecordEntry {
    pub completion: Completion,
    pub module: Module,
    /// What the course by others was called that counts as the module.
    pub equivalent: Option<String>,
    /// The name of who confirmed it.
    pub confirmed_by: Option<String>,
    /// The organisation whose lead that was.
    pub confirmed_within: Option<String>,
    pub certificate: Option<StoredFile>,
    /// When it came out of a spreadsheet, if it did.
    pub imported_at: Option<NaiveDateTime>,
}

/// A module, and where the person stands with it.
#[derive(Debug, Clone)]
pub struct RecordLine {
    pub module: Module,
    pub required: bool,
    pub state: CellState,
    pub latest: Option<RecordEntry>,
    /// The day of the next session of it on which they have a place.
    pub booked_on: Option<NaiveDate>,
}

/// A person's record on one day.
#[derive(Debug, Clone)]
pub struct Record {
    /// One a module, in the programme's order.
    pub lines: Vec<RecordLine>,
    /// Completions that a later one of the same module has replaced, newest first.
    pub earlier: Vec<RecordEntry>,
}

/// What whoever looks may see of someone.
struct Shown {
    modules: Vec<Module>,
    history: Vec<(Completion, Option<String>)>,
    booked: HashMap<(PersonId, ModuleId), BookedPlace>,
}

impl Record {
    /// The record of a person who must have what any of these memberships asks for.
    pub fn of(
        conn: &mut DbConnection,
        person: PersonId,
        memberships: &[(Membership, Option<LegalForm>)],
        today: NaiveDate,
    ) -> Result<Self> {
        let modules = Module::all_ever(conn)?;
        let history = Completion::history_of(conn, person)?;
        let booked = booked_by(conn, person, today)?;
        Self::from_what_is_shown(conn, person, memberships, today, Shown { modules, history, booked })
    }

    /// What an organisation sees of a member's record: what they share with it.
    pub fn seen_in(
        conn: &mut DbConnection,
        organisation: &Organisation,
        member: &Member,
        today: NaiveDate,
    ) -> Result<Self> {
        let (modules, mut history) = (Module::all_ever(conn)?, Completion::history_of(conn, member.person.id)?);
        let (shared, kind) = (shared_in(conn, &member.membership)?, organisation.legal_form);
        let mut booked = booked_by(conn, member.person.id, today)?;
        let shows = |id: &ModuleId, within| {
            let module = modules.iter().find(|module| module.id == *id);
            let required = module.is_some_and(|module| module.is_required_of(&member.membership, kind));
            shared.shows(required, within, organisation.id)
        };
        history.retain(|(completion, _)| shows(&completion.module_id, completion.logged_within));
        booked.retain(|(_, module), place| shows(module, place.within));
        let memberships = [(member.membership.clone(), kind)];
        Self::from_what_is_shown(conn, member.person.id, &memberships, today, Shown { modules, history, booked })
    }

    fn from_what_is_shown(
        conn: &mut DbConnection,
        person: PersonId,
        memberships: &[(Membership, Option<LegalForm>)],
        today: NaiveDate,
        Shown { modules, history, booked }: Shown,
    ) -> Result<Self> {
        let equivalents = titles_of_equivalents(conn, person)?;
        let mut confirmers = confirming_organisations(conn, person)?;
        let imported = imported_at(conn, person)?;
        let ids: Vec<FileId> = history.iter().filter_map(|(c, _)| c.certificate_file_id).collect();
        let mut files: HashMap<FileId, StoredFile> =
            files_named(conn, &ids)?.into_iter().map(|file| (file.id, file)).collect();
        let mut latest: HashMap<ModuleId, RecordEntry> = HashMap::new();
        let mut earlier = Vec::new();
        for (completion, confirmed_by) in history {
            let Some(module) = modules.iter().find(|m| m.id == completion.module_id) else { continue };
            let certificate = completion.certificate_file_id.and_then(|id| files.remove(&id));
            let equivalent = completion.equivalent_id.and_then(|id| equivalents.get(&id).cloned());
            let confirmed_within = confirmers.remove(&completion.id);
            let imported_at = imported.get(&completion.id).copied();
            let module = module.clone();
            let entry = RecordEntry {
                module,
                completion,
                equivalent,
                confirmed_by,
                confirmed_within,
                certificate,
                imported_at,
            };
            match latest.contains_key(&entry.module.id) {
                true => earlier.push(entry),
                false => drop(latest.insert(entry.module.id.clone(), entry)),
            }
        }
        let line = |module: Module| {
            let required = memberships.iter().any(|(membership, kind)| module.is_required_of(membership, *kind));
            let latest = latest.remove(&module.id);
            let stands = latest.as_ref().map(|entry| (&entry.completion).into());
            let booked_on = booked.get(&(person, module.id.clone())).map(|place| place.on);
            let state = state_with(required, stands.as_ref(), booked_on, today);
            RecordLine { required, state, latest, booked_on, module }
        };
        Ok(Self { lines: modules.into_iter().map(line).collect(), earlier })
    }

    /// How many of the modules that are required count today, and how many are required.
    pub fn progress(&self) -> (usize, usize) {
        let required = self.lines.iter().filter(|line| line.required);
        (required.clone().filter(|line| line.state.is_held()).count(), required.count())
    }
}

/// What a person is, in every organisation they are active in, with the kind of each.
pub fn memberships_of(conn: &mut DbConnection, person: PersonId) -> Result<Vec<(Membership, Option<LegalForm>)>> {
    Ok(memberships::table
        .inner_join(organisations::table)
        .filter(memberships::person_id.eq(person))
        .filter(memberships::state.eq(MembershipState::Active))
        .select((Membership::as_select(), organisations::legal_form))
        .load(conn)?)
}

/// The names of the organisations whose leads confirmed someone's completions: where they did, or where it was logged.
fn confirming_organisations(conn: &mut DbConnection, person: PersonId) -> Result<HashMap<CompletionId, String>> {
    let confirmed: Vec<(CompletionId, Option<OrganisationId>, Option<OrganisationId>)> = training_completions::table
        .filter(training_completions::person_id.eq(person))
        .filter(training_completions::confirmed_by.is_not_null())
        .select((training_completions::id, training_completions::confirmed_within, training_completions::logged_within))
        .load(conn)?;
    let within = |(id, confirmed, logged): (_, Option<OrganisationId>, _)| Some((id, confirmed.or(logged)?));
    let confirmed: Vec<(CompletionId, OrganisationId)> = confirmed.into_iter().filter_map(within).collect();
    let names: Vec<(OrganisationId, String)> = organisations::table
        .filter(organisations::id.eq_any(confirmed.iter().map(|(_, id)| *id)))
        .select((organisations::id, organisations::name))
        .load(conn)?;
    let names: HashMap<OrganisationId, String> = names.into_iter().collect();
    Ok(confirmed.into_iter().filter_map(|(id, within)| Some((id, names.get(&within)?.clone()))).collect())
}

fn titles_of_equivalents(conn: &mut DbConnection, person: PersonId) -> Result<HashMap<EquivalentId, String>> {
    let named = training_completions::table
        .filter(training_completions::person_id.eq(person))
        .filter(training_completions::equivalent_id.is_not_null())
        .select(training_completions::equivalent_id);
    let titles: Vec<(EquivalentId, String)> = training_equivalents::table
        .filter(training_equivalents::id.nullable().eq_any(named))
        .select((training_equivalents::id, training_equivalents::title))
        .load(conn)?;
    Ok(titles.into_iter().collect())
}
