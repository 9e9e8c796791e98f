//! What an organisation will do for each statement, and the exact words that are signed.
//! Words can be written only while the pledge is a draft: the first signature locks them.
//!
//! The hash that a signature keeps is SHA-256, in hexadecimal, over one line of JSON as described in `version`, in the
//! order of the Charter: `[charter hash, [[statement id, words, who, by], …], organisation name]`, where `by` is a day
//! like `2027-03-31`, and what was not said is `null`. Pledges begun before commitments had a who and a day have form 1
//! of it, without these two.

use std::collections::HashMap;

use chrono::{NaiveDate, NaiveDateTime};
use diesel::prelude::*;
use serde::Serialize;
use serde_json::json;
use sha2::{Digest, Sha256};

use super::left_over::LeftOver;
use super::pledge::{Pledge, PledgeState};
use super::signature::Signature;
use super::version::{CharterVersion, Statement};
use crate::acts::Act;
use crate::before_pledging::{Leave, LeaveKind};
use crate::clock::say_day;
use crate::db::DbConnection;
use crate::db::schema::{charter_statements, pledge_commitments};
use crate::error::{Error, Result};
use crate::ids::{PledgeId, PledgeLeaveId, StatementId};
use crate::words;

/// The form of the hash of pledges that are begun now: see the head of this file.
pub(super) const WORDS_FORM: i32 = 2;

/// What an organisation will do for a statement.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Queryable, Selectable, Insertable, AsChangeset)]
#[diesel(table_name = pledge_commitments, treat_none_as_default_value = false, treat_none_as_null = true)]
pub struct Commitment {
    pub words: String,
    /// Who sees to it: an office rather than a name, for it is public.
    pub who: Option<String>,
    /// The day by which; none for what goes on all the time.
    pub by_on: Option<NaiveDate>,
}

impl Commitment {
    /// `The lead volunteer, by 31 March 2027`, as far as it was said.
    pub fn who_and_when(&self) -> Option<String> {
        let by = self.by_on.map(|day| format!("by {}", say_day(day)));
        let said: Vec<String> = self.who.iter().cloned().chain(by).collect();
        (!said.is_empty()).then(|| said.join(", "))
    }
}

impl From<&str> for Commitment {
    fn from(words: &str) -> Self {
        Self { words: words.to_owned(), who: None, by_on: None }
    }
}

#[derive(Insertable)]
#[diesel(table_name = pledge_commitments)]
struct CommitmentRow {
    pledge_id: PledgeId,
    statement_id: StatementId,
    written_at: NaiveDateTime,
    #[diesel(embed)]
    commitment: Commitment,
}

/// A statement of the Charter with what the organisation will do for it.
#[derive(Debug, Clone)]
pub struct Promise {
    pub statement: Statement,
    /// `None` while it is unwritten.
    pub commitment: Option<Commitment>,
}

/// A pledge with the Charter it is made to, every promise in it, and who signed.
#[derive(Debug, Clone)]
pub struct PledgeInFull {
    pub pledge: Pledge,
    pub charter: CharterVersion,
    /// In the order of the Charter.
    pub promises: Vec<Promise>,
    /// Governance before delivery.
    pub signatures: Vec<Signature>,
    /// Words for statements that this Charter has no more.
    pub left_over: Vec<LeftOver>,
    /// The leave by which one person may give both signatures now.
    pub one_signatory: Option<PledgeLeaveId>,
}

/// The mark of what someone had before them when they wrote; empty for nothing.
pub fn mark_of(commitment: Option<&Commitment>) -> String {
    commitment.map(words::mark_of).unwrap_or_default()
}

impl Pledge {
    /// [`Pledge::write_commitment`] by someone who had what bears this mark before them. When something else stands
    /// there by now it is given back, and nothing is changed.
    pub fn rewrite_commitment(
        &self,
        act: &mut Act<'_>,
        statement: &StatementId,
        new: Commitment,
        mark_seen: &str,
    ) -> Result<Option<Commitment>> {
        if self.hold_unsigned(act.conn)?.state() != PledgeState::Draft {
            return Err(Error::Conflict);
        }
        let stored: Option<Commitment> = pledge_commitments::table
            .find((self.id, statement))
            .select(Commitment::as_select())
            .first(act.conn)
            .optional()?;
        match stored.filter(|stored| mark_of(Some(stored)) != mark_seen && *stored != new) {
            Some(theirs) => Ok(Some(theirs)),
            None => self.write_commitment(act, statement, new).map(|()| None),
        }
    }

    /// Writes, or writes anew, what the organisation will do for a statement of the Charter it pledges to.
    pub fn write_commitment(
        &self,
        act: &mut Act<'_>,
        statement: &StatementId,
        new: impl Into<Commitment>,
    ) -> Result<()> {
        let held = self.hold_unsigned(act.conn)?;
        if held.state() != PledgeState::Draft {
            return Err(Error::Conflict);
        }
        charter_statements::table
            .find((held.charter_version_id, statement))
            .select(charter_statements::position)
            .first::<i32>(act.conn)?;
        let commitment = new.into();
        let changed = diesel::update(pledge_commitments::table.find((self.id, statement)))
            .set((&commitment, pledge_commitments::written_at.eq(act.at)))
            .execute(act.conn)?;
        let details = json!({ "statement": statement, "commitment": commitment });
        if changed == 0 {
            let row =
                CommitmentRow { pledge_id: self.id, statement_id: statement.clone(), written_at: act.at, commitment };
            diesel::insert_into(pledge_commitments::table).values(row).execute(act.conn)?;
        }
        act.record("commitment written", self.subject(), details)
    }
}

impl PledgeInFull {
    /// Loads what belongs to a pledge: four queries, one more when words are left over, and one while it is unsigned.
    pub fn of(conn: &mut DbConnection, pledge: Pledge) -> Result<Self> {
        let charter = CharterVersion::find(conn, pledge.charter_version_id)?;
        let statements = charter.statements(conn)?;
        let mut written = commitments_of(conn, pledge.id)?;
        let signatures = Signature::all_on(conn, pledge.id)?;
        let promises = statements
            .into_iter()
            .map(|statement| Promise { commitment: written.remove(&statement.id), statement })
            .collect();
        let left_over = LeftOver::all_of(conn, written)?;
        let one_signatory = match pledge.is_unsigned() {
            true => Leave::standing_of(conn, pledge.organisation_id, LeaveKind::OneSignatory)?,
            false => None,
        };
        Ok(Self { pledge, charter, promises, signatures, left_over, one_signatory })
    }

    /// How many commitments are written.
    pub fn written(&self) -> usize {
        self.promises.iter().filter(|promise| promise.commitment.is_some()).count()
    }

    /// Is there a commitment for every statement?
    pub fn is_written(&self) -> bool {
        self.written() == self.promises.len()
    }

    /// The promise of a statement; of another Charter's statement there is none.
    pub fn promise(&self, statement: &StatementId) -> Result<&Promise> {
        self.promises.iter().find(|promise| promise.statement.id == *statement).ok_or(Error::NotFound)
    }

    /// The next statement without a commitment, looking on from one and round to the beginning.
    pub fn next_unwritten(&self, after: &StatementId) -> Option<&Statement> {
        let place = self.promises.iter().position(|promise| promise.statement.id == *after).unwrap_or_default();
        let (before, onward) = self.promises.split_at(place);
        onward.iter().chain(before).find(|promise| promise.commitment.is_none()).map(|promise| &promise.statement)
    }

    /// The hash of the words as they would be signed now: see the head of this file.
    pub fn words_hash(&self, organisation_name: &str) -> String {
        let said = |promise: &Promise| {
            let (id, commitment) = (&promise.statement.id, promise.commitment.as_ref());
            let words = commitment.map(|commitment| &commitment.words);
            match self.pledge.words_form {
                1 => json!([id, words]),
                _ => json!([id, words, commitment.and_then(|c| c.who.as_ref()), commitment.and_then(|c| c.by_on)]),
            }
        };
        let commitments: Vec<_> = self.promises.iter().map(said).collect();
        let canonical = json!([self.pledge.charter_hash, commitments, organisation_name]);
        hex::encode(Sha256::digest(canonical.to_string()))
    }

    /// Has another Charter come into force since the pledge was begun?
    pub fn is_outdated(&self) -> bool {
        !self.charter.is_in_force()
    }
}

/// Takes over the words of an earlier pledge, those for statements that are no more too: nothing written is lost.
pub(super) fn copy_commitments(act: &mut Act<'_>, from: PledgeId, to: &Pledge) -> Result<()> {
    let today = act.today();
    let row = |(statement_id, mut commitment): (StatementId, Commitment)| {
        // A day that is over is no promise for the year to come.
        commitment.by_on = commitment.by_on.filter(|day| *day > today);
        CommitmentRow { pledge_id: to.id, statement_id, written_at: act.at, commitment }
    };
    let rows: Vec<CommitmentRow> = commitments_of(act.conn, from)?.into_iter().map(row).collect();
    for row in rows {
        diesel::insert_into(pledge_commitments::table).values(row).execute(act.conn)?;
    }
    Ok(())
}

fn commitments_of(conn: &mut DbConnection, pledge: PledgeId) -> Result<HashMap<StatementId, Commitment>> {
    let rows: Vec<(StatementId, Commitment)> = pledge_commitments::table
        .filter(pledge_commitments::pledge_id.eq(pledge))
        .select((pledge_commitments::statement_id, Commitment::as_select()))
        .load(conn)?;
    Ok(rows.into_iter().collect())
}
