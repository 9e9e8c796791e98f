//! The census of the sector's training: begun once a day, gone on with in batches, and read when it is finished.
//! Each batch is an act that first takes the census from where it stood: of two servers one does it, and one that is
//! killed has done it whole or not at all.
//!
//! | from | when a batch finds nobody left | to |
//! |---|---|---|
//! | | begin, once a day | people |
//! | people | | organisations |
//! | organisations | | sessions |
//! | sessions | older ones are forgotten | taken |
//!
//! Not here: what is counted.

use chrono::{NaiveDate, NaiveDateTime};
use diesel::prelude::*;
use serde_json::json;

use super::organisations_counted::count_organisations_after;
use super::people_counted::count_people_after;
use super::sessions_counted::count_sessions_after;
use crate::acts::Act;
use crate::audit::Subject;
use crate::db::schema::{
    sector_censuses as censuses, sector_modules, sector_newcomers, sector_organisations, sector_people, sector_sessions,
};
use crate::db::{DbConnection, unless_taken};
use crate::error::Result;
use crate::ids::CensusId;
use crate::text_enum;

/// Enough to get on, and little enough for others not to wait.
const BATCH: i64 = 2000;

text_enum! {
    /// What a census is counting.
    pub enum CensusState {
        People = "people",
        Organisations = "organisations",
        Sessions = "sessions",
        Taken = "taken",
    }
}

/// A census as it is stored.
#[derive(Debug, Clone, Queryable, Selectable, Insertable)]
#[diesel(table_name = censuses, treat_none_as_default_value = false)]
pub(super) struct Census {
    pub id: CensusId,
    state: CensusState,
    /// All is counted as on this day, however long it takes.
    pub as_of: NaiveDate,
    /// What the last batch came to; empty before the first.
    pub reached: String,
    began_at: NaiveDateTime,
    taken_at: Option<NaiveDateTime>,
}

/// Goes one batch on with the census of the day, and begins it when it is due; returns 0 when there is nothing to do.
pub fn go_on_with_census(act: &mut Act<'_>) -> Result<usize> {
    go_on_with_census_by(act, BATCH)
}

/// [`go_on_with_census`] with so many at a time.
pub fn go_on_with_census_by(act: &mut Act<'_>, most: i64) -> Result<usize> {
    let Some(census) = Census::latest(act.conn, |state| state != CensusState::Taken)? else {
        let today = act.today();
        let last = Census::latest(act.conn, |state| state == CensusState::Taken)?;
        return if last.is_some_and(|last| last.as_of >= today) { Ok(0) } else { Census::begin(act) };
    };
    if census.take_turn(act)? {
        let reached = match census.state {
            CensusState::People => count_people_after(act.conn, &census, most)?,
            CensusState::Organisations => count_organisations_after(act.conn, &census, most)?,
            CensusState::Sessions | CensusState::Taken => count_sessions_after(act.conn, &census, most)?,
        };
        match (reached, census.state) {
            (Some(reached), state) => census.put(act.conn, state, &reached)?,
            (None, CensusState::People) => census.put(act.conn, CensusState::Organisations, "")?,
            (None, CensusState::Organisations) => census.put(act.conn, CensusState::Sessions, "")?,
            (None, CensusState::Sessions | CensusState::Taken) => census.finish(act)?,
        }
    }
    Ok(1)
}

impl Census {
    /// There are two rows at most: the last one taken, and the one that is being taken.
    pub(super) fn latest(conn: &mut DbConnection, wanted: impl Fn(CensusState) -> bool) -> Result<Option<Self>> {
        let all: Vec<Self> = censuses::table.order(censuses::as_of.desc()).select(Self::as_select()).load(conn)?;
        Ok(all.into_iter().find(|census| wanted(census.state)))
    }

    fn begin(act: &mut Act<'_>) -> Result<usize> {
        let census = Self {
            id: CensusId::new(),
            state: CensusState::People,
            as_of: act.today(),
            reached: String::new(),
            began_at: act.at,
            taken_at: None,
        };
        unless_taken(act.conn, |conn| diesel::insert_into(censuses::table).values(&census).execute(conn))?;
        Ok(1)
    }

    /// Takes the row for this act; false when another has gone on meanwhile.
    fn take_turn(&self, act: &mut Act<'_>) -> Result<bool> {
        let taken = diesel::update(censuses::table.find(self.id))
            .filter(censuses::state.eq(self.state))
            .filter(censuses::reached.eq(&self.reached))
            .set(censuses::reached.eq(&self.reached))
            .execute(act.conn)?;
        Ok(taken == 1)
    }

    fn put(&self, conn: &mut DbConnection, state: CensusState, reached: &str) -> Result<()> {
        diesel::update(censuses::table.find(self.id))
            .set((censuses::state.eq(state), censuses::reached.eq(reached)))
            .execute(conn)?;
        Ok(())
    }

    fn finish(&self, act: &mut Act<'_>) -> Result<()> {
        diesel::update(censuses::table.find(self.id))
            .set((censuses::state.eq(CensusState::Taken), censuses::taken_at.eq(act.at)))
            .execute(act.conn)?;
        forget_all_but(act.conn, self.id)?;
        act.record("training of the sector counted", Subject::of("census", self.id), json!({ "as_of": self.as_of }))
    }
}

fn forget_all_but(conn: &mut DbConnection, kept: CensusId) -> Result<()> {
    diesel::delete(sector_people::table.filter(sector_people::census_id.ne(kept))).execute(conn)?;
    diesel::delete(sector_modules::table.filter(sector_modules::census_id.ne(kept))).execute(conn)?;
    diesel::delete(sector_organisations::table.filter(sector_organisations::census_id.ne(kept))).execute(conn)?;
    diesel::delete(sector_newcomers::table.filter(sector_newcomers::census_id.ne(kept))).execute(conn)?;
    diesel::delete(sector_sessions::table.filter(sector_sessions::census_id.ne(kept))).execute(conn)?;
    diesel::delete(censuses::table.filter(censuses::id.ne(kept))).execute(conn)?;
    Ok(())
}
