//! How a pledge in force is kept: notes on each commitment, and once in its year what changed for young people.
//! A note is never changed, only followed by another. Nobody but the organisation reads them unless it says so.
//! Not here: judging it. Nobody does: it is the organisation's own word.

use std::collections::HashMap;

use chrono::NaiveDateTime;
use diesel::prelude::*;
use serde_json::json;

use super::pledge::{Pledge, PledgeState};
use crate::acts::Act;
use crate::db::DbConnection;
use crate::db::schema::{accounts, charter_statements, commitment_notes, pledge_checks, pledges};
use crate::error::Result;
use crate::ids::{AccountId, CommitmentNoteId, PledgeId, StatementId};
use crate::text_enum;

text_enum! {
    /// How it goes, in their own judgement.
    pub enum Stage { Begun = "begun", GoingWell = "going_well", Stuck = "stuck", Done = "done" }
}

/// A note as it is stored.
#[derive(Debug, Clone, Queryable, Selectable, Insertable)]
#[diesel(table_name = commitment_notes)]
pub struct CommitmentNote {
    pub id: CommitmentNoteId,
    pub pledge_id: PledgeId,
    pub statement_id: StatementId,
    pub stage: Stage,
    pub words: String,
    pub written_by: AccountId,
    pub written_at: NaiveDateTime,
}

/// What changed for young people in a pledge's year.
#[derive(Debug, Clone, Queryable, Selectable, Insertable)]
#[diesel(table_name = pledge_checks)]
pub struct YearlyCheck {
    pub pledge_id: PledgeId,
    pub words: String,
    pub answered_by: AccountId,
    pub answered_at: NaiveDateTime,
}

/// All that is said of how a pledge is kept.
#[derive(Debug, Clone, Default)]
pub struct Progress {
    /// By statement, the newest first, each with the name of who wrote it.
    pub notes: HashMap<StatementId, Vec<(CommitmentNote, String)>>,
    pub check: Option<YearlyCheck>,
}

impl Progress {
    /// Two queries.
    pub fn of(conn: &mut DbConnection, pledge: PledgeId) -> Result<Self> {
        let rows: Vec<(CommitmentNote, String)> = commitment_notes::table
            .inner_join(accounts::table)
            .filter(commitment_notes::pledge_id.eq(pledge))
            .order((commitment_notes::written_at.desc(), commitment_notes::id.desc()))
            .select((CommitmentNote::as_select(), accounts::name))
            .load(conn)?;
        let mut notes: HashMap<StatementId, Vec<(CommitmentNote, String)>> = HashMap::new();
        for (note, by) in rows {
            notes.entry(note.statement_id.clone()).or_default().push((note, by));
        }
        let check = pledge_checks::table.find(pledge).select(YearlyCheck::as_select()).first(conn).optional()?;
        Ok(Self { notes, check })
    }

    /// What the newest note of a statement says.
    pub fn latest_of(&self, statement: &StatementId) -> Option<&CommitmentNote> {
        self.notes.get(statement)?.first().map(|(note, _)| note)
    }
}

impl Pledge {
    /// Notes how a commitment is kept. `NotFound` for a statement of another Charter, `Conflict` when the pledge is not
    /// in force.
    pub fn note_progress(
        &self,
        act: &mut Act<'_>,
        by: AccountId,
        statement: &StatementId,
        stage: Stage,
        words: &str,
    ) -> Result<()> {
        self.hold_in_force(act)?;
        charter_statements::table
            .find((self.charter_version_id, statement))
            .select(charter_statements::position)
            .first::<i32>(act.conn)?;
        let note = CommitmentNote {
            id: CommitmentNoteId::new(),
            pledge_id: self.id,
            statement_id: statement.clone(),
            stage,
            words: words.to_owned(),
            written_by: by,
            written_at: act.at,
        };
        diesel::insert_into(commitment_notes::table).values(&note).execute(act.conn)?;
        act.record("progress noted", self.subject(), json!({ "statement": statement, "stage": stage }))
    }

    /// Says what changed for young people this year; said again, it takes the place of what was said.
    pub fn answer_check(&self, act: &mut Act<'_>, by: AccountId, words: &str) -> Result<()> {
        self.hold_in_force(act)?;
        let check = YearlyCheck { pledge_id: self.id, words: words.to_owned(), answered_by: by, answered_at: act.at };
        diesel::delete(pledge_checks::table.find(self.id)).execute(act.conn)?;
        diesel::insert_into(pledge_checks::table).values(&check).execute(act.conn)?;
        act.record("yearly check answered", self.subject(), json!({}))
    }

    /// Lets anyone read how it is kept, or nobody else.
    pub fn show_progress(&self, act: &mut Act<'_>, shown: bool) -> Result<()> {
        self.hold_in_force(act)?;
        diesel::update(pledges::table.find(self.id)).set(pledges::shows_progress.eq(shown)).execute(act.conn)?;
        act.record("showing of progress changed", self.subject(), json!({ "shown": shown }))
    }

    /// Takes the row for this act; `Conflict` when it is not in force.
    fn hold_in_force(&self, act: &mut Act<'_>) -> Result<()> {
        self.move_on(act.conn, &[PledgeState::InForce], PledgeState::InForce)
    }
}
