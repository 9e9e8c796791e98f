//! A round: the time in which everyone is asked. At most one is open; a closed one takes no more answers.
//!
//! | from | verb | to |
//! |---|---|---|
//! | | open | open |
//! | open | close | closed |

use chrono::{Datelike, NaiveDate, NaiveDateTime};
use diesel::prelude::*;
use serde_json::json;

use crate::acts::Act;
use crate::audit::Subject;
use crate::db::schema::skills_rounds;
use crate::db::{DbConnection, unless_taken};
use crate::error::{Error, Result};
use crate::ids::RoundId;
use crate::text_enum;

text_enum! {
    pub enum RoundState { Open = "open", Closed = "closed" }
}

/// A round as it is stored.
#[derive(Debug, Clone, Queryable, Selectable, Insertable)]
#[diesel(table_name = skills_rounds)]
pub struct Round {
    pub id: RoundId,
    pub title: String,
    pub(super) state: RoundState,
    pub opened_at: NaiveDateTime,
    pub closed_at: Option<NaiveDateTime>,
}

impl Round {
    /// The round that takes answers now.
    pub fn open_now(conn: &mut DbConnection) -> Result<Option<Self>> {
        Ok(skills_rounds::table
            .filter(skills_rounds::state.eq(RoundState::Open))
            .select(Self::as_select())
            .first(conn)
            .optional()?)
    }

    /// The one opened last, open or closed.
    pub fn latest(conn: &mut DbConnection) -> Result<Option<Self>> {
        Ok(skills_rounds::table
            .order(skills_rounds::opened_at.desc())
            .select(Self::as_select())
            .first(conn)
            .optional()?)
    }

    /// The last ones, newest first.
    pub fn recent(conn: &mut DbConnection) -> Result<Vec<Self>> {
        Ok(skills_rounds::table
            .order(skills_rounds::opened_at.desc())
            .limit(20)
            .select(Self::as_select())
            .load(conn)?)
    }

    pub fn find(conn: &mut DbConnection, id: RoundId) -> Result<Self> {
        Ok(skills_rounds::table.find(id).select(Self::as_select()).first(conn)?)
    }

    pub fn is_open(&self) -> bool {
        self.state == RoundState::Open
    }
}

/// Opens a round; `None` when one is open already.
pub fn open_round(act: &mut Act<'_>, title: &str) -> Result<Option<Round>> {
    let round = Round {
        id: RoundId::new(),
        title: title.to_owned(),
        state: RoundState::Open,
        opened_at: act.at,
        closed_at: None,
    };
    let added = unless_taken(act.conn, |conn| diesel::insert_into(skills_rounds::table).values(&round).execute(conn))?;
    if added.is_none() {
        return Ok(None);
    }
    act.record("skills round opened", Subject::of("skills round", round.id), json!({ "title": title }))?;
    Ok(Some(round))
}

/// Closes a round: what was answered stays, and nothing more is taken.
pub fn close_round(act: &mut Act<'_>, round: &Round) -> Result<()> {
    let changed = diesel::update(skills_rounds::table.find(round.id))
        .filter(skills_rounds::state.eq(RoundState::Open))
        .set((skills_rounds::state.eq(RoundState::Closed), skills_rounds::closed_at.eq(act.at)))
        .execute(act.conn)?;
    if changed == 0 {
        return Err(Error::Conflict);
    }
    act.record("skills round closed", Subject::of("skills round", round.id), json!({}))
}

/// The programme year of a day, which begins in September: `2026/27`.
pub(super) fn programme_year(day: NaiveDate) -> String {
    let first = if day.month() >= 9 { day.year() } else { day.year() - 1 };
    format!("{first}/{:02}", (first + 1) % 100)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_programme_year_begins_in_september() {
        let year_of = |month| programme_year(NaiveDate::from_ymd_opt(2026, month, 1).expect("real day"));
        assert_eq!(year_of(8), "2025/26");
        assert_eq!(year_of(9), "2026/27");
        assert_eq!(programme_year(NaiveDate::from_ymd_opt(2099, 10, 1).expect("real day")), "2099/00");
    }
}
