//! Adding what was checked, and taking it back. To each organisation all is added in one transaction, checked once more
//! inside it, so that nothing can have changed in between; one of a single organisation is all or nothing in itself.

use diesel::prelude::*;
use serde_json::json;

use super::check::Sorted;
use super::import::{Import, ImportState, Part, PartState};
use super::plan::{Known, Plan};
use super::rows::forget_all;
use crate::acts::Act;
use crate::audit::Subject;
use crate::db::schema::{import_parts, imports};
use crate::db::unless_taken;
use crate::error::{Error, Result};
use crate::ids::{AccountId, OrganisationId, PersonId};
use crate::organisations::{Person, Position, add_imported_people, remove_imported_people};
use crate::training::{ImportedCompletion, Importing, add_imported, remove_imported};

/// What came of pressing the button.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Added {
    All,
    /// There are problems, or there is nothing to add: nothing was.
    Nothing,
    /// It has begun, organisation by organisation.
    Begun,
}

impl Import {
    /// Adds all of it, or nothing; one of many organisations is begun.
    pub fn add(&self, act: &mut Act<'_>, by: AccountId) -> Result<Added> {
        let sorted = Sorted::load(act.conn, self)?;
        let organisations = sorted.organisations().len();
        let today = act.today();
        let Some(organisation) = self.organisation_id else {
            let checked = sorted.check(act.conn, today)?;
            if checked.has_problems() || checked.is_empty() {
                return Ok(Added::Nothing);
            }
            self.conclude(act, by, ImportState::Importing, organisations)?;
            self.record(act, "import started", json!({ "organisations": organisations }))?;
            return Ok(Added::Begun);
        };
        if !self.add_part(act, &sorted, organisation, by, Wanted::Something)? {
            return Ok(Added::Nothing);
        }
        self.conclude(act, by, ImportState::Done, organisations)?;
        forget_all(act.conn, self.id)?;
        Ok(Added::All)
    }

    /// Adds what is one organisation's; `false`, and nothing is added, when there are problems.
    pub(super) fn add_part(
        &self,
        act: &mut Act<'_>,
        sorted: &Sorted,
        organisation: OrganisationId,
        by: AccountId,
        wanted: Wanted,
    ) -> Result<bool> {
        let today = act.today();
        let (plan, known) = sorted.plan_for(act.conn, organisation, today)?;
        if plan.has_problems() || wanted == Wanted::Something && plan.is_empty() {
            return Ok(false);
        }
        let part = Part {
            import_id: self.id,
            organisation_id: organisation,
            state: PartState::Added,
            people: number(plan.new_people()),
            completions: number(plan.completions.len()),
            people_kept: 0,
            completions_kept: 0,
        };
        // Where two servers work at the same import, the second finds this part taken.
        let first =
            unless_taken(act.conn, |conn| diesel::insert_into(import_parts::table).values(&part).execute(conn))?;
        if first.is_none() {
            return Ok(true);
        }
        self.write(act, sorted, organisation, by, plan, &known)?;
        let details = json!({ "people": part.people, "completions": part.completions, "file": self.file_name });
        act.record("people and training imported", Subject::within(organisation, "import", self.id), details)?;
        Ok(true)
    }

    fn write(
        &self,
        act: &mut Act<'_>,
        sorted: &Sorted,
        organisation: OrganisationId,
        by: AccountId,
        plan: Plan,
        known: &Known,
    ) -> Result<()> {
        let ids: Vec<(PersonId, bool)> =
            plan.people.iter().map(|person| (person.known.unwrap_or_else(PersonId::new), person.is_importer)).collect();
        let new = plan.people.iter().zip(&ids).filter(|(person, _)| person.known.is_none()).map(|(person, (id, _))| {
            let person_row = Person { id: *id, account_id: None, name: person.name.clone(), created_at: act.at };
            (person_row, Position::from(person.position))
        });
        let new: Vec<(Person, Position)> = new.collect();
        add_imported_people(act, self.id, organisation, new)?;
        let completions: Vec<ImportedCompletion> = plan
            .completions
            .into_iter()
            .map(|completion| {
                let (person_id, is_own) = ids[completion.person];
                ImportedCompletion {
                    person_id,
                    is_own,
                    module_id: completion.module,
                    equivalent_id: completion.equivalent,
                    completed_on: completion.completed_on,
                    provider: completion.provider,
                }
            })
            .collect();
        let importing = Importing { import: self.id, by, within: organisation };
        add_imported(act, importing, &sorted.names.modules, &known.standing, &completions)
    }

    /// Takes back what was added and nothing hangs on; of many organisations, that is begun.
    pub fn undo(&self, act: &mut Act<'_>) -> Result<()> {
        let Some(organisation) = self.organisation_id else {
            self.go(act.conn, ImportState::Done, ImportState::Undoing)?;
            return self.record(act, "import undoing started", json!({}));
        };
        self.go(act.conn, ImportState::Done, ImportState::Undone)?;
        self.mark_undone(act)?;
        self.undo_part(act, organisation)
    }

    pub(super) fn mark_undone(&self, act: &mut Act<'_>) -> Result<()> {
        diesel::update(imports::table.find(self.id)).set(imports::undone_at.eq(act.at)).execute(act.conn)?;
        Ok(())
    }

    /// Takes back what is one organisation's.
    pub(super) fn undo_part(&self, act: &mut Act<'_>, organisation: OrganisationId) -> Result<()> {
        let row = import_parts::table.find((self.id, organisation));
        let taken = diesel::update(row)
            .filter(import_parts::state.eq(PartState::Added))
            .set(import_parts::state.eq(PartState::Undone))
            .execute(act.conn)?;
        if taken == 0 {
            return Err(Error::Conflict);
        }
        let (completions, completions_kept) = remove_imported(act, self.id, organisation)?;
        let (people, people_kept) = remove_imported_people(act, self.id, organisation)?;
        diesel::update(row)
            .set((
                import_parts::people_kept.eq(number(people_kept)),
                import_parts::completions_kept.eq(number(completions_kept)),
            ))
            .execute(act.conn)?;
        let details = json!({
            "people": people, "people_kept": people_kept,
            "completions": completions, "completions_kept": completions_kept,
        });
        act.record("import undone", Subject::within(organisation, "import", self.id), details)
    }
}

/// May there be nothing to add?
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Wanted {
    Something,
    Anything,
}

fn number(n: usize) -> i32 {
    i32::try_from(n).unwrap_or(i32::MAX)
}
