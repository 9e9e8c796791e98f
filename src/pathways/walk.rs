//! The portal's walk through everyone's records, for a trial of rules and for their application. A batch is an act of
//! its own that first takes the walk from where it stood: of two servers one does it, and one that is killed has done
//! it whole or not at all.
//! Not here: what the rules are.

use diesel::prelude::*;
use serde_json::json;

use super::rule_change::{ChangeState, RuleChange};
use super::trial::Findings;
use crate::acts::Act;
use crate::clock::day_of;
use crate::db::schema::training_rule_changes;
use crate::error::Result;
use crate::training::{Stretch, reckon_stretch};

/// Enough to get on, and little enough for others not to wait.
const BATCH: i64 = 2000;

/// Goes one batch on with the oldest change that is being tried or applied; returns 0 when there is none.
pub fn go_on_with_rule_changes(act: &mut Act<'_>) -> Result<usize> {
    go_on_in_batches_of(act, BATCH)
}

/// [`go_on_with_rule_changes`] with so many people at a time.
pub fn go_on_in_batches_of(act: &mut Act<'_>, most: i64) -> Result<usize> {
    let Some(change) = RuleChange::next_to_work_on(act.conn)? else { return Ok(0) };
    match change.state() {
        ChangeState::Applying => change.apply_batch(act, most)?,
        _ => change.try_batch(act, most)?,
    }
    Ok(1)
}

impl RuleChange {
    fn try_batch(&self, act: &mut Act<'_>, most: i64) -> Result<()> {
        if !self.take_walk(act)? {
            return Ok(());
        }
        let stretch = Stretch::after(act.conn, &self.module_id, &self.reached, most)?;
        let Some(reached) = stretch.reached else {
            self.go(act, &[ChangeState::Trying], ChangeState::Tried)?;
            let details = json!({ "module": self.module_id, "people": self.looked_at, "ends": self.ends_to_change });
            return act.record("rules tried", self.subject(), details);
        };
        // All as on one day, however long it takes.
        let today = day_of(self.tried_at.unwrap_or(act.at));
        let findings = Findings::among(&stretch.people, &self.rules_before, &self.rules, today);
        findings.add_to(act.conn, self.id)?;
        diesel::update(training_rule_changes::table.find(self.id))
            .set((
                training_rule_changes::reached.eq(reached),
                training_rule_changes::looked_at.eq(self.looked_at + stretch.people.len() as i64),
                training_rule_changes::ends_to_change.eq(self.ends_to_change + findings.ends_to_change),
            ))
            .execute(act.conn)?;
        Ok(())
    }

    fn apply_batch(&self, act: &mut Act<'_>, most: i64) -> Result<()> {
        if !self.take_walk(act)? {
            return Ok(());
        }
        let (reached, changed) = reckon_stretch(act.conn, &self.module_id, self.rules.expiry, &self.reached, most)?;
        let Some(reached) = reached else {
            self.go(act, &[ChangeState::Applying], ChangeState::Applied)?;
            let details = json!({ "module": self.module_id, "ends": self.ends_changed });
            return act.record("rules applied to all records", self.subject(), details);
        };
        diesel::update(training_rule_changes::table.find(self.id))
            .set((
                training_rule_changes::reached.eq(reached),
                training_rule_changes::ends_changed.eq(self.ends_changed + changed as i64),
            ))
            .execute(act.conn)?;
        Ok(())
    }

    /// Takes the row for this act; false when another has gone on meanwhile.
    fn take_walk(&self, act: &mut Act<'_>) -> Result<bool> {
        let taken = diesel::update(training_rule_changes::table.find(self.id))
            .filter(training_rule_changes::state.eq(self.state()))
            .filter(training_rule_changes::reached.eq(&self.reached))
            .filter(training_rule_changes::edition.eq(self.edition))
            .set(training_rule_changes::reached.eq(&self.reached))
            .execute(act.conn)?;
        Ok(taken == 1)
    }
}
