//! Confirming: everything that was filled in is saved in one act, or nothing.

use std::collections::{BTreeMap, BTreeSet};

use diesel::prelude::*;
use serde_json::json;

use super::check::{Checked, check_answers};
use super::upload::Upload;
use crate::acts::Act;
use crate::db::DbConnection;
use crate::db::schema::{accounts, assessments};
use crate::error::{Error, Result};
use crate::ids::{AccountId, AssessmentId};
use crate::quality::{Saved, Sheet, save_answer};

/// How many answers were saved.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Taken {
    pub new: usize,
    pub changed: usize,
}

/// What an upload would change now, with the assessment it would change.
pub fn checked_now(conn: &mut DbConnection, upload: &Upload) -> Result<(Sheet, Checked)> {
    let sheet = Sheet::latest_of(conn, upload.organisation_id)?;
    let ours: Vec<AssessmentId> = assessments::table
        .filter(assessments::organisation_id.eq(upload.organisation_id))
        .select(assessments::id)
        .load(conn)?;
    let ours = BTreeSet::from_iter(ours);
    let checked = check_answers(&sheet, &upload.filled_in()?, &upload.choices()?, &ours);
    Ok((sheet, checked))
}

/// The names of those who saved another answer meanwhile.
pub(super) fn savers_of(conn: &mut DbConnection, checked: &Checked) -> Result<BTreeMap<AccountId, String>> {
    let ids: Vec<AccountId> = checked.conflicts.iter().map(|conflict| conflict.stored.answered_by).collect();
    if ids.is_empty() {
        return Ok(BTreeMap::new());
    }
    let named = accounts::table.filter(accounts::id.eq_any(ids)).select((accounts::id, accounts::name));
    Ok(named.load::<(AccountId, String)>(conn)?.into_iter().collect())
}

impl Upload {
    /// Saves all of it as `account`'s answers. `Conflict`, and nothing changed, when there is a problem by now or a choice to
    /// make.
    pub fn take_in(&self, act: &mut Act<'_>, account: AccountId) -> Result<Taken> {
        self.let_go(act)?;
        let (sheet, checked) = checked_now(act.conn, self)?;
        if !checked.is_ready() {
            return Err(Error::Conflict);
        }
        for change in &checked.changes {
            let indicator = sheet.indicator(&change.indicator)?;
            match save_answer(act, &sheet, indicator, account, &change.said)? {
                Saved::Kept => {}
                _ => return Err(Error::Conflict),
            }
        }
        let taken = Taken { new: checked.count_new(), changed: checked.count_changed() };
        let details = json!({ "assessment": sheet.assessment.id, "new": taken.new, "changed": taken.changed });
        self.record(act, "offline answers taken in", details)?;
        Ok(taken)
    }
}
