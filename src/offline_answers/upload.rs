//! A questionnaire that somebody brought: it waits to be confirmed. Each person has one at most in an organisation, as
//! whoever mends a file brings it again.

use chrono::{Duration, NaiveDateTime};
use diesel::prelude::*;
use serde_json::json;

use super::check::Choices;
use super::reading::FilledIn;
use crate::acts::Act;
use crate::audit::Subject;
use crate::db::schema::{accounts, offline_uploads as uploads};
use crate::db::{DbConnection, unless_taken};
use crate::error::{Error, Result};
use crate::ids::{AccountId, OfflineUploadId, OrganisationId};

/// What waits is forgotten after this time.
pub const WAITS: Duration = Duration::days(7);
/// So many are forgotten in one act.
const BATCH: i64 = 100;

/// An upload as it is stored.
#[derive(Debug, Clone, Queryable, Selectable, Insertable)]
#[diesel(table_name = uploads)]
pub struct Upload {
    pub id: OfflineUploadId,
    pub organisation_id: OrganisationId,
    pub brought_by: AccountId,
    pub brought_at: NaiveDateTime,
    pub file_name: String,
    filled_in: String,
    choices: String,
}

impl Upload {
    /// Keeps what was read, in the place of what the same person brought before.
    pub fn bring(
        act: &mut Act<'_>,
        organisation: OrganisationId,
        by: AccountId,
        file_name: &str,
        filled: &FilledIn,
    ) -> Result<Self> {
        let upload = Self {
            id: OfflineUploadId::new(),
            organisation_id: organisation,
            brought_by: by,
            brought_at: act.at,
            file_name: file_name.chars().filter(|c| !c.is_control()).take(100).collect(),
            filled_in: serde_json::to_string(filled).map_err(Error::unexpected)?,
            choices: "{}".to_owned(),
        };
        let before =
            uploads::table.filter(uploads::organisation_id.eq(organisation)).filter(uploads::brought_by.eq(by));
        diesel::delete(before).execute(act.conn)?;
        let added = unless_taken(act.conn, |conn| diesel::insert_into(uploads::table).values(&upload).execute(conn))?;
        // They brought two files at once.
        added.ok_or(Error::Conflict)?;
        upload.record(act, "offline answers brought", json!({ "rows": filled.rows.len() }))?;
        Ok(upload)
    }

    /// One of an organisation's; any other is not found.
    pub fn find_in(conn: &mut DbConnection, organisation: OrganisationId, id: OfflineUploadId) -> Result<Self> {
        let of_theirs = uploads::table.filter(uploads::organisation_id.eq(organisation));
        Ok(of_theirs.filter(uploads::id.eq(id)).select(Self::as_select()).first(conn)?)
    }

    /// All of an organisation's that wait, the newest first, each with the name of who brought it.
    pub fn all_in(conn: &mut DbConnection, organisation: OrganisationId) -> Result<Vec<(Self, String)>> {
        Ok(uploads::table
            .inner_join(accounts::table)
            .filter(uploads::organisation_id.eq(organisation))
            .order((uploads::brought_at.desc(), uploads::id))
            .select((Self::as_select(), accounts::name))
            .load(conn)?)
    }

    pub fn filled_in(&self) -> Result<FilledIn> {
        serde_json::from_str(&self.filled_in).map_err(Error::unexpected)
    }

    pub fn choices(&self) -> Result<Choices> {
        serde_json::from_str(&self.choices).map_err(Error::unexpected)
    }

    /// When it will be forgotten, if nobody confirms it.
    pub fn forgotten_at(&self) -> NaiveDateTime {
        self.brought_at + WAITS
    }

    /// Says which of two texts is kept, for these questions.
    pub fn choose(&self, act: &mut Act<'_>, chosen: Choices) -> Result<()> {
        let mut choices = self.choices()?;
        choices.extend(chosen);
        let changed = diesel::update(uploads::table.find(self.id))
            .set(uploads::choices.eq(serde_json::to_string(&choices).map_err(Error::unexpected)?))
            .execute(act.conn)?;
        if changed == 0 { Err(Error::NotFound) } else { Ok(()) }
    }

    /// Takes it away unsaved.
    pub fn remove(&self, act: &mut Act<'_>) -> Result<()> {
        self.let_go(act)?;
        self.record(act, "offline answers removed", json!({}))
    }

    /// It waits no more; `Conflict` when somebody else was first.
    pub(super) fn let_go(&self, act: &mut Act<'_>) -> Result<()> {
        let gone = diesel::delete(uploads::table.find(self.id)).execute(act.conn)?;
        if gone == 0 { Err(Error::Conflict) } else { Ok(()) }
    }

    pub(super) fn record(&self, act: &mut Act<'_>, verb: &str, details: serde_json::Value) -> Result<()> {
        act.record(verb, Subject::within(self.organisation_id, "offline answers", self.id), details)
    }
}

/// Forgets a batch of what has waited a week; returns how much.
pub fn forget_old_uploads(act: &mut Act<'_>) -> Result<usize> {
    let old: Vec<OfflineUploadId> = uploads::table
        .filter(uploads::brought_at.le(act.at - WAITS))
        .order(uploads::brought_at)
        .limit(BATCH)
        .select(uploads::id)
        .load(act.conn)?;
    Ok(diesel::delete(uploads::table.filter(uploads::id.eq_any(old))).execute(act.conn)?)
}
