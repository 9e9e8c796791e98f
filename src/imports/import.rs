//! An import: a sheet on its way into the records of one organisation, or of many.
//!
//! | from | verb | to |
//! |---|---|---|
//! | receiving | received | waiting |
//! | waiting | add (one organisation: all of it in this act) | done |
//! | waiting | start (many) | importing, then done |
//! | importing | take back (a part of it no longer fits) | taking back, then waiting |
//! | done | undo | undone (of many: undoing, then undone) |
//! | receiving, waiting | remove, or a day passes | gone |
//!
//! What waits adds nothing. Nothing is added while there is a problem.

use std::collections::BTreeMap;

use chrono::{Duration, NaiveDateTime};
use diesel::prelude::*;
use serde::{Deserialize, Serialize};
use serde_json::json;

use super::columns::Columns;
use super::plan::Choices;
use super::rows::{forget_all, forget_some};
use crate::acts::Act;
use crate::audit::Subject;
use crate::db::DbConnection;
use crate::db::schema::{accounts, import_parts, import_rows, imports};
use crate::error::{Error, Result};
use crate::ids::{AccountId, ImportId, OrganisationId, PersonId};
use crate::sheets::Sheet;
use crate::text_enum;

/// What waits is forgotten after this time.
pub const WAITS: Duration = Duration::days(1);

text_enum! {
    pub enum ImportState {
        Receiving = "receiving",
        Waiting = "waiting",
        Importing = "importing",
        TakingBack = "taking_back",
        Done = "done",
        Undoing = "undoing",
        Undone = "undone",
    }
}

text_enum! {
    pub enum PartState { Added = "added", Undone = "undone" }
}

/// An import as it is stored.
#[derive(Debug, Clone, Queryable, Selectable, Insertable)]
#[diesel(table_name = imports)]
pub struct Import {
    pub id: ImportId,
    /// `None` for one of many organisations.
    pub organisation_id: Option<OrganisationId>,
    pub begun_by: AccountId,
    pub begun_at: NaiveDateTime,
    pub file_name: String,
    about: String,
    meanings: String,
    choices: String,
    pub(super) state: ImportState,
    pub concluded_by: Option<AccountId>,
    pub concluded_at: Option<NaiveDateTime>,
    pub undone_at: Option<NaiveDateTime>,
}

/// What is known of a sheet beside its rows.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub struct About {
    pub sheet: Option<String>,
    /// Other sheets of the workbook, left unread.
    pub others: usize,
    pub rows: usize,
    /// The number of the row that is the head.
    pub head: u32,
    pub heads: Vec<String>,
    /// Merged cells: first and last row, first and last column.
    pub merged: Vec<(u32, u32, usize, usize)>,
    /// How many organisations it is about, once it was started.
    pub organisations: usize,
}

/// What was added to one organisation.
#[derive(Debug, Clone, Queryable, Selectable, Insertable)]
#[diesel(table_name = import_parts)]
pub struct Part {
    pub import_id: ImportId,
    pub organisation_id: OrganisationId,
    pub(super) state: PartState,
    pub people: i32,
    pub completions: i32,
    pub people_kept: i32,
    pub completions_kept: i32,
}

impl About {
    /// Of a sheet whose head is this row.
    pub fn of(sheet: &Sheet, head_at: usize) -> Self {
        let head = sheet.rows.get(head_at);
        Self {
            sheet: sheet.name.clone(),
            others: sheet.others,
            rows: sheet.rows.len().saturating_sub(head_at + 1),
            head: head.map_or(0, |row| row.number),
            heads: head.map(|row| row.cells.clone()).unwrap_or_default(),
            merged: sheet.merged.iter().map(|m| (m.first_row, m.last_row, m.first_column, m.last_column)).collect(),
            organisations: 0,
        }
    }
}

impl Import {
    /// Begins one; its rows follow.
    pub fn begin(
        act: &mut Act<'_>,
        organisation: Option<OrganisationId>,
        by: AccountId,
        file_name: &str,
        about: &About,
    ) -> Result<Self> {
        let import = Self {
            id: ImportId::new(),
            organisation_id: organisation,
            begun_by: by,
            begun_at: act.at,
            file_name: file_name.chars().filter(|c| !c.is_control()).take(100).collect(),
            about: serde_json::to_string(about).map_err(Error::unexpected)?,
            meanings: String::new(),
            choices: "{}".to_owned(),
            state: ImportState::Receiving,
            concluded_by: None,
            concluded_at: None,
            undone_at: None,
        };
        diesel::insert_into(imports::table).values(&import).execute(act.conn)?;
        import.record(act, "import begun", json!({ "rows": about.rows }))?;
        Ok(import)
    }

    /// All its rows are there.
    pub fn received(&self, act: &mut Act<'_>, guessed: &Columns) -> Result<()> {
        self.set_columns(act, guessed)?;
        self.go(act.conn, ImportState::Receiving, ImportState::Waiting)
    }

    /// One of an organisation's, or of the VRP's; any other is not found.
    pub fn find_in(conn: &mut DbConnection, organisation: Option<OrganisationId>, id: ImportId) -> Result<Self> {
        let import: Self = imports::table.find(id).select(Self::as_select()).first(conn)?;
        if import.organisation_id == organisation { Ok(import) } else { Err(Error::NotFound) }
    }

    pub fn find(conn: &mut DbConnection, id: ImportId) -> Result<Self> {
        Ok(imports::table.find(id).select(Self::as_select()).first(conn)?)
    }

    /// The newest of an organisation, or of the VRP, each with the name of who brought it.
    pub fn newest_in(
        conn: &mut DbConnection,
        organisation: Option<OrganisationId>,
        most: i64,
    ) -> Result<Vec<(Self, String)>> {
        let mut query = imports::table
            .inner_join(accounts::table.on(accounts::id.eq(imports::begun_by)))
            .filter(imports::state.ne(ImportState::Receiving))
            .into_boxed();
        query = match organisation {
            Some(organisation) => query.filter(imports::organisation_id.eq(organisation)),
            None => query.filter(imports::organisation_id.is_null()),
        };
        let newest = query.order(imports::begun_at.desc()).limit(most);
        Ok(newest.select((Self::as_select(), accounts::name)).load(conn)?)
    }

    pub fn state(&self) -> ImportState {
        self.state
    }

    pub fn about(&self) -> About {
        serde_json::from_str(&self.about).unwrap_or_default()
    }

    /// What its columns mean; `Conflict` while nobody has said.
    pub fn columns(&self) -> Result<Columns> {
        Columns::from_json(&self.meanings).ok_or(Error::Conflict)
    }

    pub fn choices(&self) -> Choices {
        let stored: BTreeMap<String, String> = serde_json::from_str(&self.choices).unwrap_or_default();
        stored.into_iter().filter_map(|(name, word)| Some((name, read_choice(&word)?))).collect()
    }

    /// When it will be forgotten, if it only waits.
    pub fn forgotten_at(&self) -> NaiveDateTime {
        self.begun_at + WAITS
    }

    /// Says what its columns mean.
    pub fn set_columns(&self, act: &mut Act<'_>, columns: &Columns) -> Result<()> {
        let changed = diesel::update(imports::table.find(self.id))
            .filter(imports::state.eq_any([ImportState::Receiving, ImportState::Waiting]))
            .set(imports::meanings.eq(columns.to_json()))
            .execute(act.conn)?;
        if changed == 0 { Err(Error::Conflict) } else { Ok(()) }
    }

    /// Says who people of the same name are, by folded name.
    pub fn set_choices(&self, act: &mut Act<'_>, choices: &Choices) -> Result<()> {
        let word = |who: &Option<PersonId>| who.map_or_else(|| "new".to_owned(), |id| id.to_string());
        let words: BTreeMap<&String, String> = choices.iter().map(|(name, who)| (name, word(who))).collect();
        let changed = diesel::update(imports::table.find(self.id))
            .filter(imports::state.eq(ImportState::Waiting))
            .set(imports::choices.eq(serde_json::to_string(&words).map_err(Error::unexpected)?))
            .execute(act.conn)?;
        if changed == 0 { Err(Error::Conflict) } else { Ok(()) }
    }

    /// It goes from one state to another; `Conflict` when it is not there any more.
    pub(super) fn go(&self, conn: &mut DbConnection, from: ImportState, to: ImportState) -> Result<()> {
        let changed = diesel::update(imports::table.find(self.id))
            .filter(imports::state.eq(from))
            .set(imports::state.eq(to))
            .execute(conn)?;
        if changed == 0 { Err(Error::Conflict) } else { Ok(()) }
    }

    /// Somebody has pressed the button that adds it.
    pub(super) fn conclude(
        &self,
        act: &mut Act<'_>,
        by: AccountId,
        to: ImportState,
        organisations: usize,
    ) -> Result<()> {
        let about = About { organisations, ..self.about() };
        let changed = diesel::update(imports::table.find(self.id))
            .filter(imports::state.eq(ImportState::Waiting))
            .set((
                imports::state.eq(to),
                imports::about.eq(serde_json::to_string(&about).map_err(Error::unexpected)?),
                imports::concluded_by.eq(by),
                imports::concluded_at.eq(act.at),
            ))
            .execute(act.conn)?;
        if changed == 0 { Err(Error::Conflict) } else { Ok(()) }
    }

    /// Forgets one that only waits.
    pub fn remove(&self, act: &mut Act<'_>) -> Result<()> {
        if self.state != ImportState::Waiting {
            return Err(Error::Conflict);
        }
        forget_all(act.conn, self.id)?;
        self.forget(act.conn)?;
        self.record(act, "import removed", json!({}))
    }

    fn forget(&self, conn: &mut DbConnection) -> Result<()> {
        let gone = diesel::delete(imports::table.find(self.id))
            .filter(imports::state.eq_any([ImportState::Receiving, ImportState::Waiting]))
            .execute(conn)?;
        if gone == 0 { Err(Error::Conflict) } else { Ok(()) }
    }

    /// What it added, organisation by organisation.
    pub fn parts(&self, conn: &mut DbConnection) -> Result<Vec<Part>> {
        let parts = import_parts::table.filter(import_parts::import_id.eq(self.id));
        Ok(parts.order(import_parts::organisation_id).select(Part::as_select()).load(conn)?)
    }

    pub(super) fn record(&self, act: &mut Act<'_>, verb: &str, details: serde_json::Value) -> Result<()> {
        let record = format!("import {}", self.id);
        act.record(verb, Subject { record, organisation: self.organisation_id }, details)
    }
}

/// Imports in a state, the oldest first.
pub(super) fn in_state(conn: &mut DbConnection, state: ImportState) -> Result<Vec<Import>> {
    let found = imports::table.filter(imports::state.eq(state)).order(imports::begun_at);
    Ok(found.select(Import::as_select()).load(conn)?)
}

/// Forgets a batch of what has waited a day, and of rows that are in the records by now; returns how much.
pub fn forget_old_imports(act: &mut Act<'_>) -> Result<usize> {
    let concluded = [ImportState::Done, ImportState::Undone];
    let spent: Option<Import> = imports::table
        .filter(imports::state.eq_any(concluded))
        .filter(diesel::dsl::exists(import_rows::table.filter(import_rows::import_id.eq(imports::id))))
        .select(Import::as_select())
        .first(act.conn)
        .optional()?;
    if let Some(spent) = spent {
        return forget_some(act.conn, spent.id);
    }
    let waits = [ImportState::Receiving, ImportState::Waiting];
    let old: Option<Import> = imports::table
        .filter(imports::state.eq_any(waits))
        .filter(imports::begun_at.le(act.at - WAITS))
        .select(Import::as_select())
        .first(act.conn)
        .optional()?;
    let Some(old) = old else { return Ok(0) };
    match forget_some(act.conn, old.id)? {
        0 => {
            diesel::delete(import_parts::table.filter(import_parts::import_id.eq(old.id))).execute(act.conn)?;
            old.forget(act.conn).map(|()| 1)
        }
        some => Ok(some),
    }
}

/// Who somebody is, as a form says it.
pub(super) fn read_choice(word: &str) -> Option<Option<PersonId>> {
    if word == "new" { Some(None) } else { word.parse().ok().map(Some) }
}
