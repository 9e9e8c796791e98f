//! What an organisation will do for each statement, and the exact words that are signed.
//! Words can be written only while the pledge is a draft: the first signature locks them.
//!
//! The hash that a signature keeps is SHA-256, in hexadecimal, over one line of JSON as described in `version`:
//! `[charter hash, [[statement id, commitment], …], organisation name]`, in the order of the Charter.

use std::collections::HashMap;

use chrono::NaiveDateTime;
use diesel::prelude::*;
use serde_json::json;
use sha2::{Digest, Sha256};

use super::left_over::LeftOver;
use super::pledge::{Pledge, PledgeState};
use super::signature::Signature;
use super::version::{CharterVersion, Statement};
use crate::acts::Act;
use crate::db::DbConnection;
use crate::db::schema::{charter_statements, pledge_commitments};
use crate::each;
use crate::error::{Error, Result};
use crate::ids::{PledgeId, StatementId};

#[derive(Debug, Clone, Queryable, Selectable, Insertable)]
#[diesel(table_name = pledge_commitments, treat_none_as_default_value = false)]
struct Commitment {
    pledge_id: PledgeId,
    statement_id: StatementId,
    words: String,
    written_at: NaiveDateTime,
}

/// A statement of the Charter with what the organisation will do for it.
#[derive(Debug, Clone)]
pub struct Promise {
    pub statement: Statement,
    /// `None` while it is unwritten.
    pub commitment: Option<String>,
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
}

/// The mark of the words someone had before them when they wrote; empty for none.
pub fn mark_of(words: Option<&str>) -> String {
    words.map(|words| hex::encode(Sha256::digest(words))).unwrap_or_default()
}

impl Pledge {
    /// [`Pledge::write_commitment`] by someone who had the words with this mark before them. When others stand there
    /// by now they are given back, and nothing is changed.
    pub fn rewrite_commitment(
        &self,
        act: &mut Act<'_>,
        statement: &StatementId,
        words: &str,
        mark_seen: &str,
    ) -> Result<Option<String>> {
        if self.hold_unsigned(act.conn)?.state() != PledgeState::Draft {
            return Err(Error::Conflict);
        }
        let stored: Option<String> = pledge_commitments::table
            .find((self.id, statement))
            .select(pledge_commitments::words)
            .first(act.conn)
            .optional()?;
        match stored.filter(|stored| mark_of(Some(stored)) != mark_seen && stored != words) {
            Some(theirs) => Ok(Some(theirs)),
            None => self.write_commitment(act, statement, words).map(|()| None),
        }
    }

    /// Writes, or writes anew, what the organisation will do for a statement of the Charter it pledges to.
    pub fn write_commitment(&self, act: &mut Act<'_>, statement: &StatementId, words: &str) -> Result<()> {
        let held = self.hold_unsigned(act.conn)?;
        if held.state() != PledgeState::Draft {
            return Err(Error::Conflict);
        }
        charter_statements::table
            .find((held.charter_version_id, statement))
            .select(charter_statements::position)
            .first::<i32>(act.conn)?;
        let written = (pledge_commitments::words.eq(words), pledge_commitments::written_at.eq(act.at));
        let changed =
            diesel::update(pledge_commitments::table.find((self.id, statement))).set(written).execute(act.conn)?;
        if changed == 0 {
            let row = Commitment {
                pledge_id: self.id,
                statement_id: statement.clone(),
                words: words.to_owned(),
                written_at: act.at,
            };
            diesel::insert_into(pledge_commitments::table).values(&row).execute(act.conn)?;
        }
        act.record("commitment written", self.subject(), json!({ "statement": statement, "words": words }))
    }
}

impl PledgeInFull {
    /// Loads what belongs to a pledge: four queries, and one more when words are left over.
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
        Ok(Self { pledge, charter, promises, signatures, left_over })
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
        let commitments: Vec<_> =
            self.promises.iter().map(|promise| json!([promise.statement.id, promise.commitment])).collect();
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
    let row = |(statement_id, words)| Commitment { pledge_id: to.id, statement_id, words, written_at: act.at };
    let rows: Vec<Commitment> = commitments_of(act.conn, from)?.into_iter().map(row).collect();
    each!(act.conn, c => diesel::insert_into(pledge_commitments::table).values(&rows).execute(c))?;
    Ok(())
}

fn commitments_of(conn: &mut DbConnection, pledge: PledgeId) -> Result<HashMap<StatementId, String>> {
    let rows: Vec<(StatementId, String)> = pledge_commitments::table
        .filter(pledge_commitments::pledge_id.eq(pledge))
        .select((pledge_commitments::statement_id, pledge_commitments::words))
        .load(conn)?;
    Ok(rows.into_iter().collect())
}
