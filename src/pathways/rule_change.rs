//! New rules for a module: somebody writes them, tries them on everyone's records, and puts them into force.
//!
//! | from | verb | to |
//! |---|---|---|
//! | | begin, one open change for each module | writing |
//! | writing | write, each in the edition that its writer saw | writing |
//! | writing, tried | try | trying |
//! | trying | by the portal, when it has come to everyone | tried |
//! | tried | write again | writing |
//! | tried | put into force: the module has the new rules from this moment | applying |
//! | applying | by the portal, when it has come to everyone | applied |
//! | writing, trying, tried | drop | dropped |
//!
//! The module has the new rules before the first record is worked out anew: whatever is logged meanwhile follows them.
//! Not here: what a trial finds (`trial`), and the work on the records (`walk`).

use chrono::NaiveDateTime;
use diesel::prelude::*;
use serde_json::json;

use crate::acts::Act;
use crate::audit::Subject;
use crate::db::schema::{accounts, training_rule_changes, training_rule_effects, training_rule_organisations};
use crate::db::{DbConnection, unless_taken};
use crate::error::{Error, Result};
use crate::ids::{AccountId, ModuleId, RuleChangeId};
use crate::text_enum;
use crate::training::{Module, Pathway, Rules};

text_enum! {
    /// Where a change of rules stands.
    pub enum ChangeState {
        Writing = "writing",
        Trying = "trying",
        Tried = "tried",
        Applying = "applying",
        Applied = "applied",
        Dropped = "dropped",
    }
}

const OPEN: [ChangeState; 4] = [ChangeState::Writing, ChangeState::Trying, ChangeState::Tried, ChangeState::Applying];

/// A change of a module's rules.
#[derive(Debug, Clone)]
pub struct RuleChange {
    pub id: RuleChangeId,
    pub module_id: ModuleId,
    pub rules: Rules,
    /// What held when it was begun.
    pub rules_before: Rules,
    state: ChangeState,
    /// Counts up with every change that somebody makes to it.
    pub edition: i32,
    pub written_by: AccountId,
    pub written_at: NaiveDateTime,
    /// When its last trial began.
    pub tried_at: Option<NaiveDateTime>,
    /// The last person that the portal has come to; empty before the first.
    pub(super) reached: String,
    /// Of those come to, how many are active somewhere or have completed the module.
    pub looked_at: i64,
    /// How many completions have another last day under the new rules, as far as was tried.
    pub ends_to_change: i64,
    /// How many have been given it.
    pub ends_changed: i64,
    pub applied_at: Option<NaiveDateTime>,
}

/// The same as it is stored.
#[derive(Queryable, Selectable, Insertable)]
#[diesel(table_name = training_rule_changes, treat_none_as_default_value = false)]
struct RuleChangeRow {
    id: RuleChangeId,
    module_id: ModuleId,
    rules: String,
    rules_before: String,
    state: ChangeState,
    edition: i32,
    written_by: AccountId,
    written_at: NaiveDateTime,
    tried_at: Option<NaiveDateTime>,
    reached: String,
    looked_at: i64,
    ends_to_change: i64,
    ends_changed: i64,
    applied_at: Option<NaiveDateTime>,
}

/// Begins a change with the rules as they are. `None` while another is open.
pub fn begin_rule_change(act: &mut Act<'_>, module: &Module, by: AccountId) -> Result<Option<RuleChange>> {
    let row = RuleChangeRow {
        id: RuleChangeId::new(),
        module_id: module.id.clone(),
        rules: in_json(&module.rules),
        rules_before: in_json(&module.rules),
        state: ChangeState::Writing,
        edition: 1,
        written_by: by,
        written_at: act.at,
        tried_at: None,
        reached: String::new(),
        looked_at: 0,
        ends_to_change: 0,
        ends_changed: 0,
        applied_at: None,
    };
    let added =
        unless_taken(act.conn, |conn| diesel::insert_into(training_rule_changes::table).values(&row).execute(conn))?;
    if added.is_none() {
        return Ok(None);
    }
    let change = RuleChange::try_from(row)?;
    act.record("change of rules begun", change.subject(), json!({ "module": module.id }))?;
    Ok(Some(change))
}

impl RuleChange {
    /// The one that is open for a module.
    pub fn open_for(conn: &mut DbConnection, module: &ModuleId) -> Result<Option<Self>> {
        let row = training_rule_changes::table
            .filter(training_rule_changes::module_id.eq(module))
            .filter(training_rule_changes::state.eq_any(OPEN))
            .select(RuleChangeRow::as_select())
            .first::<RuleChangeRow>(conn)
            .optional()?;
        row.map(Self::try_from).transpose()
    }

    /// Every one that is open.
    pub fn all_open(conn: &mut DbConnection) -> Result<Vec<Self>> {
        let rows = training_rule_changes::table
            .filter(training_rule_changes::state.eq_any(OPEN))
            .select(RuleChangeRow::as_select())
            .load::<RuleChangeRow>(conn)?;
        rows.into_iter().map(Self::try_from).collect()
    }

    /// Those of a module that are in force or were, newest first, with the name of who wrote each.
    pub fn applied_to(conn: &mut DbConnection, module: &ModuleId) -> Result<Vec<(Self, String)>> {
        let rows: Vec<(RuleChangeRow, String)> = training_rule_changes::table
            .inner_join(accounts::table)
            .filter(training_rule_changes::module_id.eq(module))
            .filter(training_rule_changes::state.eq_any([ChangeState::Applying, ChangeState::Applied]))
            .order(training_rule_changes::applied_at.desc())
            .limit(20)
            .select((RuleChangeRow::as_select(), accounts::name))
            .load(conn)?;
        rows.into_iter().map(|(row, name)| Ok((Self::try_from(row)?, name))).collect()
    }

    /// The oldest on which the portal has work to do.
    pub(super) fn next_to_work_on(conn: &mut DbConnection) -> Result<Option<Self>> {
        let row = training_rule_changes::table
            .filter(training_rule_changes::state.eq_any([ChangeState::Trying, ChangeState::Applying]))
            .order(training_rule_changes::written_at)
            .select(RuleChangeRow::as_select())
            .first::<RuleChangeRow>(conn)
            .optional()?;
        row.map(Self::try_from).transpose()
    }

    pub fn state(&self) -> ChangeState {
        self.state
    }

    pub fn is_being_written(&self) -> bool {
        self.state == ChangeState::Writing
    }

    /// Would anything be different?
    pub fn is_any_change(&self) -> bool {
        self.rules != self.rules_before
    }

    /// Writes other rules. Whoever saw an older edition is told of the conflict.
    pub fn write(&self, act: &mut Act<'_>, seen: i32, rules: &Rules) -> Result<()> {
        let changed = diesel::update(training_rule_changes::table.find(self.id))
            .filter(training_rule_changes::state.eq(ChangeState::Writing))
            .filter(training_rule_changes::edition.eq(seen))
            .set((
                training_rule_changes::rules.eq(in_json(rules)),
                training_rule_changes::edition.eq(training_rule_changes::edition + 1),
            ))
            .execute(act.conn)?;
        if changed == 0 {
            return Err(Error::Conflict);
        }
        act.record("new rules written", self.subject(), json!({ "module": self.module_id, "rules": rules }))
    }

    /// Begins a trial; what an earlier one found is forgotten.
    pub fn try_out(&self, act: &mut Act<'_>) -> Result<()> {
        self.go(act, &[ChangeState::Writing, ChangeState::Tried], ChangeState::Trying)?;
        forget_findings(act.conn, self.id)?;
        diesel::update(training_rule_changes::table.find(self.id))
            .set((
                training_rule_changes::tried_at.eq(act.at),
                training_rule_changes::reached.eq(""),
                training_rule_changes::looked_at.eq(0),
                training_rule_changes::ends_to_change.eq(0),
            ))
            .execute(act.conn)?;
        act.record("trial of rules begun", self.subject(), json!({ "module": self.module_id, "rules": self.rules }))
    }

    /// Goes back from a trial to writing.
    pub fn write_again(&self, act: &mut Act<'_>) -> Result<()> {
        self.go(act, &[ChangeState::Tried], ChangeState::Writing)?;
        act.record("new rules taken up again", self.subject(), json!({ "module": self.module_id }))
    }

    /// The module has the new rules from now on; the records follow in batches. Someone who changed the module's rules
    /// in another way meanwhile makes it a conflict.
    pub fn put_into_force(&self, act: &mut Act<'_>) -> Result<()> {
        self.go(act, &[ChangeState::Tried], ChangeState::Applying)?;
        let module = Module::find(act.conn, &self.module_id)?;
        if module.rules != self.rules_before {
            return Err(Error::Conflict);
        }
        diesel::update(training_rule_changes::table.find(self.id))
            .set((training_rule_changes::reached.eq(""), training_rule_changes::applied_at.eq(act.at)))
            .execute(act.conn)?;
        module.take_rules(act.conn, &self.rules)?;
        if self.rules.pathway != self.rules_before.pathway {
            let mut modules = Module::all_ever(act.conn)?;
            modules.sort_by_key(|module| place_in_programme(module.pathway()));
            Module::arrange(act.conn, &modules)?;
        }
        let details = json!({ "module": self.module_id, "rules": self.rules, "before": self.rules_before });
        act.record("rules put into force", self.subject(), details)
    }

    /// It comes to nothing.
    pub fn drop_it(&self, act: &mut Act<'_>) -> Result<()> {
        self.go(act, &[ChangeState::Writing, ChangeState::Trying, ChangeState::Tried], ChangeState::Dropped)?;
        forget_findings(act.conn, self.id)?;
        act.record("change of rules dropped", self.subject(), json!({ "module": self.module_id }))
    }

    pub(super) fn go(&self, act: &mut Act<'_>, from: &[ChangeState], to: ChangeState) -> Result<()> {
        let changed = diesel::update(training_rule_changes::table.find(self.id))
            .filter(training_rule_changes::state.eq_any(from))
            .set((
                training_rule_changes::state.eq(to),
                training_rule_changes::edition.eq(training_rule_changes::edition + 1),
            ))
            .execute(act.conn)?;
        if changed == 0 { Err(Error::Conflict) } else { Ok(()) }
    }

    pub(super) fn subject(&self) -> Subject {
        Subject::of("rule change", self.id)
    }
}

/// Core first, then accountability, then CPD.
pub(super) fn place_in_programme(pathway: Pathway) -> usize {
    Pathway::ALL.iter().position(|other| *other == pathway).unwrap_or(usize::MAX)
}

fn forget_findings(conn: &mut DbConnection, change: RuleChangeId) -> Result<()> {
    let effects = training_rule_effects::table.filter(training_rule_effects::change_id.eq(change));
    diesel::delete(effects).execute(conn)?;
    let organisations = training_rule_organisations::table.filter(training_rule_organisations::change_id.eq(change));
    diesel::delete(organisations).execute(conn)?;
    Ok(())
}

fn in_json(rules: &Rules) -> String {
    serde_json::to_string(rules).expect("rules can be written as JSON")
}

impl TryFrom<RuleChangeRow> for RuleChange {
    type Error = Error;

    fn try_from(row: RuleChangeRow) -> Result<Self> {
        let read = |text: &str| serde_json::from_str(text).map_err(Error::unexpected);
        Ok(Self {
            id: row.id,
            module_id: row.module_id,
            rules: read(&row.rules)?,
            rules_before: read(&row.rules_before)?,
            state: row.state,
            edition: row.edition,
            written_by: row.written_by,
            written_at: row.written_at,
            tried_at: row.tried_at,
            reached: row.reached,
            looked_at: row.looked_at,
            ends_to_change: row.ends_to_change,
            ends_changed: row.ends_changed,
            applied_at: row.applied_at,
        })
    }
}
