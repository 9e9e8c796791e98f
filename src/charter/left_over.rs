//! What an organisation wrote for statements that are no more in the Charter it pledges to. It is no part of what is
//! promised or signed; it is kept, and shown to the organisation itself.

use std::collections::{BTreeMap, HashMap};

use diesel::prelude::*;
use serde::Serialize;

use super::commitment::Commitment;
use crate::db::DbConnection;
use crate::db::schema::{charter_statements, charter_versions};
use crate::error::Result;
use crate::ids::StatementId;

/// A statement that is gone, with what was written for it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct LeftOver {
    pub theme: String,
    /// The statement as it read last.
    pub words: String,
    pub commitment: String,
    /// As far as it was said.
    pub who_and_when: Option<String>,
}

impl LeftOver {
    /// The same with their statements, in an order that stays; no query when there are none.
    pub(super) fn all_of(conn: &mut DbConnection, written: HashMap<StatementId, Commitment>) -> Result<Vec<Self>> {
        if written.is_empty() {
            return Ok(Vec::new());
        }
        let said = last_said(conn, &written.keys().cloned().collect::<Vec<_>>())?;
        let written: BTreeMap<StatementId, Commitment> = written.into_iter().collect();
        let left_over = |(id, commitment): (StatementId, Commitment)| {
            let (theme, words) = said.get(&id).cloned().unwrap_or_default();
            let who_and_when = commitment.who_and_when();
            Self { theme, words, commitment: commitment.words, who_and_when }
        };
        Ok(written.into_iter().map(left_over).collect())
    }

    pub(super) fn samples() -> Vec<Self> {
        vec![Self {
            theme: "Fun".into(),
            words: "We will laugh together.".into(),
            commitment: "We will have a games night each month.".into(),
            who_and_when: Some("The lead volunteer".into()),
        }]
    }
}

/// Theme and words of statements in the newest published version that has each.
pub(super) fn last_said(
    conn: &mut DbConnection,
    ids: &[StatementId],
) -> Result<HashMap<StatementId, (String, String)>> {
    let rows: Vec<(StatementId, String, String)> = charter_statements::table
        .inner_join(charter_versions::table)
        .filter(charter_statements::id.eq_any(ids))
        .filter(charter_versions::published_at.is_not_null())
        .order(charter_versions::number)
        .select((charter_statements::id, charter_statements::theme, charter_statements::words))
        .load(conn)?;
    Ok(rows.into_iter().map(|(id, theme, words)| (id, (theme, words))).collect())
}
