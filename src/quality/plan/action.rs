//! One step of the plan: its row, what can be done with it, how it is found.

use std::collections::BTreeMap;

use chrono::{NaiveDate, NaiveDateTime};
use diesel::prelude::*;
use serde_json::json;

use crate::acts::Act;
use crate::audit::Subject;
use crate::db::schema::{accounts, planned_actions as actions};
use crate::db::{DbConnection, unless_taken};
use crate::error::{Error, Result};
use crate::framework::Level;
use crate::ids::{AccountId, ActionId, IndicatorId, OrganisationId};
use crate::text_enum;
use crate::words::mark_of;

text_enum! {
    /// Where a step is. The first two are open.
    pub enum ActionState { Planned = "planned", UnderWay = "under_way", Done = "done", Dropped = "dropped" }
}

impl ActionState {
    /// Those that are not over.
    pub const OPEN: [Self; 2] = [Self::Planned, Self::UnderWay];

    pub fn is_open(self) -> bool {
        Self::OPEN.contains(&self)
    }
}

/// A step as it is stored.
#[derive(Debug, Clone, Queryable, Selectable, Insertable)]
#[diesel(table_name = actions)]
pub struct PlannedAction {
    pub id: ActionId,
    pub organisation_id: OrganisationId,
    pub indicator_id: IndicatorId,
    /// The level it works towards.
    pub aim: Level,
    pub first_step: String,
    pub due_on: NaiveDate,
    /// Whose it is; nobody: the leads together.
    pub owned_by: Option<AccountId>,
    /// Who helps; may be empty.
    pub helper: String,
    /// How young people are part of it; may be empty.
    pub young_people: String,
    pub(super) state: ActionState,
    /// How it went; may be empty.
    pub outcome: String,
    pub added_by: AccountId,
    pub added_at: NaiveDateTime,
    pub closed_at: Option<NaiveDateTime>,
    /// The last day for it that someone was last written to about.
    pub(super) told_of: Option<NaiveDate>,
}

/// What someone plans.
#[derive(Debug, Clone)]
pub struct NewAction {
    pub aim: Level,
    pub first_step: String,
    pub due_on: NaiveDate,
    pub owned_by: Option<AccountId>,
    pub helper: String,
    pub young_people: String,
}

/// The steps that are open, each with the name of its owner, by question.
pub type OpenActions = BTreeMap<IndicatorId, (PlannedAction, Option<String>)>;

impl PlannedAction {
    /// Everything an organisation planned, what is due first at the top, each with the name of its owner.
    pub fn all_of(conn: &mut DbConnection, organisation: OrganisationId) -> Result<Vec<(Self, Option<String>)>> {
        Ok(actions::table
            .left_join(accounts::table)
            .filter(actions::organisation_id.eq(organisation))
            .order((actions::due_on, actions::id))
            .select((Self::as_select(), accounts::name.nullable()))
            .load(conn)?)
    }

    /// What is open.
    pub fn open_of(conn: &mut DbConnection, organisation: OrganisationId) -> Result<OpenActions> {
        let all = actions::table
            .left_join(accounts::table)
            .filter(actions::organisation_id.eq(organisation))
            .filter(actions::state.eq_any(ActionState::OPEN))
            .select((Self::as_select(), accounts::name.nullable()))
            .load::<(Self, Option<String>)>(conn)?;
        Ok(all.into_iter().map(|(action, owner)| (action.indicator_id.clone(), (action, owner))).collect())
    }

    /// The step that is open for a question.
    pub fn open_for(
        conn: &mut DbConnection,
        organisation: OrganisationId,
        indicator: &IndicatorId,
    ) -> Result<Option<Self>> {
        Ok(actions::table
            .filter(actions::organisation_id.eq(organisation))
            .filter(actions::indicator_id.eq(indicator))
            .filter(actions::state.eq_any(ActionState::OPEN))
            .select(Self::as_select())
            .first(conn)
            .optional()?)
    }

    pub fn state(&self) -> ActionState {
        self.state
    }

    /// Of what it says: another one when somebody has changed it.
    pub fn mark(&self) -> String {
        let said = (self.aim, &self.first_step, self.due_on, self.owned_by, &self.helper, &self.young_people);
        mark_of(&(said, self.state, &self.outcome))
    }

    /// Plans a step. A conflict when one is open for the question already.
    pub fn plan(
        act: &mut Act<'_>,
        organisation: OrganisationId,
        indicator: &IndicatorId,
        by: AccountId,
        new: NewAction,
    ) -> Result<()> {
        let action = Self {
            id: ActionId::new(),
            organisation_id: organisation,
            indicator_id: indicator.clone(),
            aim: new.aim,
            first_step: new.first_step,
            due_on: new.due_on,
            owned_by: new.owned_by,
            helper: new.helper,
            young_people: new.young_people,
            state: ActionState::Planned,
            outcome: String::new(),
            added_by: by,
            added_at: act.at,
            closed_at: None,
            told_of: None,
        };
        let added = unless_taken(act.conn, |conn| diesel::insert_into(actions::table).values(&action).execute(conn))?;
        added.ok_or(Error::Conflict)?;
        act.record("step planned", action.subject(), action.details())
    }

    /// Changes what is planned, if it still says what `seen` is the mark of; else `None`, and nothing is changed.
    pub fn change(&self, act: &mut Act<'_>, seen: &str, to: NewAction) -> Result<Option<()>> {
        let Some(now) = self.hold(act, seen)? else { return Ok(None) };
        diesel::update(actions::table.find(self.id))
            .set((
                actions::aim.eq(to.aim),
                actions::first_step.eq(&to.first_step),
                actions::due_on.eq(to.due_on),
                actions::owned_by.eq(to.owned_by),
                actions::helper.eq(&to.helper),
                actions::young_people.eq(&to.young_people),
            ))
            .execute(act.conn)?;
        let changed = Self { aim: to.aim, due_on: to.due_on, owned_by: to.owned_by, ..now };
        act.record("step changed", self.subject(), changed.details()).map(Some)
    }

    /// Says where it is and how it went, if it still says what `seen` is the mark of.
    pub fn go_on(&self, act: &mut Act<'_>, seen: &str, to: ActionState, outcome: &str) -> Result<Option<()>> {
        if self.hold(act, seen)?.is_none() {
            return Ok(None);
        }
        diesel::update(actions::table.find(self.id))
            .set((
                actions::state.eq(to),
                actions::outcome.eq(outcome),
                actions::closed_at.eq((!to.is_open()).then_some(act.at)),
            ))
            .execute(act.conn)?;
        let details = json!({ "indicator": self.indicator_id, "state": to });
        act.record("step taken further", self.subject(), details).map(Some)
    }

    /// Takes its row while it is open. `None` when it says something else by now.
    fn hold(&self, act: &mut Act<'_>, seen: &str) -> Result<Option<Self>> {
        let own = actions::table.find(self.id);
        let open = own.filter(actions::state.eq_any(ActionState::OPEN));
        if diesel::update(open).set(actions::indicator_id.eq(&self.indicator_id)).execute(act.conn)? == 0 {
            return Err(Error::Conflict);
        }
        let now: Self = own.select(Self::as_select()).first(act.conn)?;
        Ok((now.mark() == seen).then_some(now))
    }

    fn details(&self) -> serde_json::Value {
        json!({ "indicator": self.indicator_id, "aim": self.aim, "due_on": self.due_on, "owner": self.owned_by })
    }

    fn subject(&self) -> Subject {
        Subject::within(self.organisation_id, "step", self.id)
    }
}
