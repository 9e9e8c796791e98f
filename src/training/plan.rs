//! Modules that an organisation means its people to do: its own training plan. It says why, and leads to sessions.
//! A module is planned once at a time.
//!
//! | from | verb | to |
//! |---|---|---|
//! | | plan | planned |
//! | planned | settle as done | done |
//! | planned | settle as dropped | dropped |
//!
//! Not here: who has completed what, which the matrix says.

use chrono::NaiveDateTime;
use diesel::prelude::*;
use serde_json::json;

use super::module::Module;
use crate::acts::Act;
use crate::audit::Subject;
use crate::db::schema::{training_modules, training_plans as plans};
use crate::db::{DbConnection, unless_taken};
use crate::error::{Error, Result};
use crate::ids::{AccountId, ModuleId, OrganisationId, TrainingPlanId};
use crate::text_enum;

text_enum! {
    pub enum PlanState { Planned = "planned", Done = "done", Dropped = "dropped" }
}

/// A planned module as it is stored.
#[derive(Debug, Clone, Queryable, Selectable, Insertable)]
#[diesel(table_name = plans, treat_none_as_default_value = false)]
pub struct TrainingPlan {
    pub id: TrainingPlanId,
    pub organisation_id: OrganisationId,
    pub module_id: ModuleId,
    state: PlanState,
    /// Why, in words.
    pub reason: String,
    planned_by: AccountId,
    pub planned_at: NaiveDateTime,
    settled_at: Option<NaiveDateTime>,
}

impl TrainingPlan {
    /// What an organisation plans now, in the programme's order.
    pub fn open_of(conn: &mut DbConnection, organisation: OrganisationId) -> Result<Vec<Self>> {
        Ok(plans::table
            .inner_join(training_modules::table)
            .filter(plans::organisation_id.eq(organisation))
            .filter(plans::state.eq(PlanState::Planned))
            .order(training_modules::position)
            .select(Self::as_select())
            .load(conn)?)
    }

    /// One of this organisation's; anyone else's is not found.
    pub fn find_in(conn: &mut DbConnection, organisation: OrganisationId, id: TrainingPlanId) -> Result<Self> {
        Ok(plans::table
            .find(id)
            .filter(plans::organisation_id.eq(organisation))
            .select(Self::as_select())
            .first(conn)?)
    }

    pub fn state(&self) -> PlanState {
        self.state
    }

    /// It was done, or will not be.
    pub fn settle(&self, act: &mut Act<'_>, outcome: PlanState) -> Result<()> {
        let changed = diesel::update(plans::table.find(self.id))
            .filter(plans::state.eq(PlanState::Planned))
            .set((plans::state.eq(outcome), plans::settled_at.eq(act.at)))
            .execute(act.conn)?;
        if changed == 0 || outcome == PlanState::Planned {
            return Err(Error::Conflict);
        }
        let details = json!({ "module": self.module_id, "outcome": outcome });
        act.record("planned training settled", self.subject(), details)
    }

    fn subject(&self) -> Subject {
        Subject::within(self.organisation_id, "training plan", self.id)
    }
}

/// Plans modules, each with its reason; those that are planned already stay as they are. How many are new.
pub fn plan_modules(
    act: &mut Act<'_>,
    organisation: OrganisationId,
    by: AccountId,
    wanted: &[(Module, String)],
) -> Result<usize> {
    let mut added = 0;
    for (module, reason) in wanted {
        let plan = TrainingPlan {
            id: TrainingPlanId::new(),
            organisation_id: organisation,
            module_id: module.id.clone(),
            state: PlanState::Planned,
            reason: reason.clone(),
            planned_by: by,
            planned_at: act.at,
            settled_at: None,
        };
        let new = unless_taken(act.conn, |conn| diesel::insert_into(plans::table).values(&plan).execute(conn))?;
        if new.is_some() {
            act.record("training planned", plan.subject(), json!({ "module": module.id }))?;
            added += 1;
        }
    }
    Ok(added)
}
