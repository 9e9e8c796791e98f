//! Completions that come out of a spreadsheet: many at once, each marked with the import that brought it.
//! They stand on the word of whoever imports them, as if logged one by one: a lead confirms other people's and never
//! their own. Until when they count is reckoned with those that were there before.
//! What somebody confirmed, corrected or verified since is not taken away again.
//! Not here: what the spreadsheet said; `imports` reads it.

use std::collections::{BTreeMap, HashMap, HashSet};

use chrono::{NaiveDate, NaiveDateTime};
use diesel::prelude::*;

use super::completion::{CompletionState, Source, active_people, reckon_expiries};
use super::module::Module;
use crate::acts::Act;
use crate::db::DbConnection;
use crate::db::schema::{imports, training_completions};
use crate::each;
use crate::error::Result;
use crate::ids::{AccountId, CompletionId, EquivalentId, ImportId, ModuleId, OrganisationId, PersonId};

const BATCH: usize = 250;

/// Who imports what where.
#[derive(Debug, Clone, Copy)]
pub struct Importing {
    pub import: ImportId,
    pub by: AccountId,
    pub within: OrganisationId,
}

/// What is added.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ImportedCompletion {
    pub person_id: PersonId,
    /// It is the training of whoever imports it.
    pub is_own: bool,
    pub module_id: ModuleId,
    pub equivalent_id: Option<EquivalentId>,
    pub completed_on: NaiveDate,
    pub provider: String,
}

/// What was there before.
#[derive(Debug, Clone, PartialEq, Eq, Queryable)]
pub struct StandingCompletion {
    pub id: CompletionId,
    pub person_id: PersonId,
    pub module_id: ModuleId,
    pub completed_on: NaiveDate,
    pub expires_on: Option<NaiveDate>,
}

#[derive(Insertable)]
#[diesel(table_name = training_completions, treat_none_as_default_value = false)]
struct Row<'a> {
    id: CompletionId,
    person_id: PersonId,
    module_id: &'a ModuleId,
    equivalent_id: Option<EquivalentId>,
    completed_on: NaiveDate,
    expires_on: Option<NaiveDate>,
    provider: &'a str,
    source: Source,
    logged_by: AccountId,
    logged_at: NaiveDateTime,
    logged_within: OrganisationId,
    confirmed_by: Option<AccountId>,
    confirmed_at: Option<NaiveDateTime>,
    confirmed_within: Option<OrganisationId>,
    state: CompletionState,
    import_id: ImportId,
}

/// Everything that stands for the people active in an organisation.
pub fn standing_in(conn: &mut DbConnection, organisation: OrganisationId) -> Result<Vec<StandingCompletion>> {
    Ok(training_completions::table
        .filter(training_completions::person_id.eq_any(active_people(organisation)))
        .filter(training_completions::state.eq(CompletionState::Standing))
        .select((
            training_completions::id,
            training_completions::person_id,
            training_completions::module_id,
            training_completions::completed_on,
            training_completions::expires_on,
        ))
        .load(conn)?)
}

/// Adds them all; none may be there yet. The act's entry is the caller's to write, once for all of them.
pub fn add_imported(
    act: &mut Act<'_>,
    importing: Importing,
    modules: &[Module],
    before: &[StandingCompletion],
    new: &[ImportedCompletion],
) -> Result<()> {
    let reckoned = reckon(modules, before, new);
    for (id, expires_on) in reckoned.changed {
        let row = training_completions::table.find(id);
        diesel::update(row).set(training_completions::expires_on.eq(expires_on)).execute(act.conn)?;
    }
    let rows: Vec<Row<'_>> =
        new.iter().zip(reckoned.of_new).map(|(new, expires_on)| row_of(act.at, importing, new, expires_on)).collect();
    for some in rows.chunks(BATCH) {
        let conn = &mut *act.conn;
        each!(conn, c => diesel::insert_into(training_completions::table).values(some).execute(c))?;
    }
    Ok(())
}

fn row_of(at: NaiveDateTime, by: Importing, new: &ImportedCompletion, expires_on: Option<NaiveDate>) -> Row<'_> {
    let confirmer = (!new.is_own).then_some(by.by);
    Row {
        id: CompletionId::new(),
        person_id: new.person_id,
        module_id: &new.module_id,
        equivalent_id: new.equivalent_id,
        completed_on: new.completed_on,
        expires_on,
        provider: &new.provider,
        source: if confirmer.is_some() { Source::Confirmed } else { Source::SelfLogged },
        logged_by: by.by,
        logged_at: at,
        logged_within: by.within,
        confirmed_by: confirmer,
        confirmed_at: confirmer.map(|_| at),
        confirmed_within: confirmer.map(|_| by.within),
        state: CompletionState::Standing,
        import_id: by.import,
    }
}

/// Until when each counts, of those that are new and of those before that now count to another day.
struct Reckoned {
    of_new: Vec<Option<NaiveDate>>,
    changed: Vec<(CompletionId, Option<NaiveDate>)>,
}

fn reckon(modules: &[Module], before: &[StandingCompletion], new: &[ImportedCompletion]) -> Reckoned {
    enum One<'a> {
        Before(&'a StandingCompletion),
        New(usize),
    }
    type Days<'a> = BTreeMap<NaiveDate, One<'a>>;
    let mut together: HashMap<(PersonId, &ModuleId), Days<'_>> = HashMap::new();
    for (number, new) in new.iter().enumerate() {
        together.entry((new.person_id, &new.module_id)).or_default().insert(new.completed_on, One::New(number));
    }
    for old in before {
        if let Some(days) = together.get_mut(&(old.person_id, &old.module_id)) {
            days.insert(old.completed_on, One::Before(old));
        }
    }
    let mut reckoned = Reckoned { of_new: vec![None; new.len()], changed: Vec::new() };
    for ((_, module), days) in together {
        let Some(module) = modules.iter().find(|known| known.id == *module) else { continue };
        let in_order: Vec<NaiveDate> = days.keys().copied().collect();
        for (one, last) in days.into_values().zip(module.rules.expiry.last_days(&in_order)) {
            match one {
                One::New(number) => reckoned.of_new[number] = last,
                One::Before(old) if old.expires_on != last => reckoned.changed.push((old.id, last)),
                One::Before(_) => {}
            }
        }
    }
    reckoned
}

/// Takes away again what an import added within an organisation; returns how many went, and how many stay because
/// somebody has confirmed, corrected or verified them since.
pub fn remove_imported(act: &mut Act<'_>, import: ImportId, within: OrganisationId) -> Result<(usize, usize)> {
    let of_import = training_completions::import_id.eq(import).and(training_completions::logged_within.eq(within));
    let people: Vec<PersonId> = training_completions::table
        .filter(of_import)
        .select(training_completions::person_id)
        .distinct()
        .load(act.conn)?;
    let untouched = training_completions::confirmed_by
        .is_null()
        .or(training_completions::confirmed_by.eq(training_completions::logged_by.nullable()));
    let gone = diesel::delete(training_completions::table)
        .filter(of_import)
        .filter(training_completions::state.eq(CompletionState::Standing))
        .filter(training_completions::source.ne(Source::Verified))
        .filter(training_completions::corrects.is_null())
        .filter(training_completions::certificate_file_id.is_null())
        .filter(untouched)
        .execute(act.conn)?;
    let kept: i64 = training_completions::table.filter(of_import).count().get_result(act.conn)?;
    reckon_anew(act.conn, &people)?;
    Ok((gone, usize::try_from(kept).unwrap_or(0)))
}

/// Of people whose records have become shorter.
fn reckon_anew(conn: &mut DbConnection, people: &[PersonId]) -> Result<()> {
    let modules = Module::all_ever(conn)?;
    for some in people.chunks(BATCH) {
        let left: Vec<(PersonId, ModuleId)> = training_completions::table
            .filter(training_completions::person_id.eq_any(some))
            .filter(training_completions::state.eq(CompletionState::Standing))
            .select((training_completions::person_id, training_completions::module_id))
            .load(conn)?;
        for (person, module) in left.into_iter().collect::<HashSet<_>>() {
            if let Some(module) = modules.iter().find(|known| known.id == module) {
                reckon_expiries(conn, module, person)?;
            }
        }
    }
    Ok(())
}

/// When those of someone's completions that came by an import were added.
pub(super) fn imported_at(conn: &mut DbConnection, person: PersonId) -> Result<HashMap<CompletionId, NaiveDateTime>> {
    let came = imports::table.on(imports::id.nullable().eq(training_completions::import_id));
    let rows: Vec<(CompletionId, NaiveDateTime)> = training_completions::table
        .inner_join(came)
        .filter(training_completions::person_id.eq(person))
        .select((training_completions::id, training_completions::logged_at))
        .load(conn)?;
    Ok(rows.into_iter().collect())
}
