//! Whom a new Charter would concern: pledges in force are to be signed again by a day; those that wait for words or
//! signatures are to be written and signed anew. Looking changes nothing, and nobody is written to.

use std::collections::HashMap;

use chrono::{Days, NaiveDate};
use diesel::prelude::*;

use crate::charter::PledgeState;
use crate::db::DbConnection;
use crate::db::schema::{charter_versions, organisations, pledges};
use crate::error::Result;
use crate::ids::CharterVersionId;
use crate::organisations::{OrganisationStanding, in_good_standing};

/// How many organisations of a kind are named; of the others there is a number.
const NAMED: i64 = 20;
/// Before which days from now pledges that end by themselves are counted.
pub const ENDING: [u64; 3] = [30, 90, 180];
const CONCERNED: [PledgeState; 3] = [PledgeState::InForce, PledgeState::PartSigned, PledgeState::Draft];

/// Pledges at this moment.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Affected {
    /// To any version.
    pub in_force: Waiting,
    /// Of those in force, how many end by themselves within each of [`ENDING`].
    pub ending: [i64; 3],
    /// One side has signed.
    pub half_signed: Waiting,
    /// Nobody has signed.
    pub being_written: Waiting,
}

/// Pledges of organisations that are not closed.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Waiting {
    pub number: i64,
    /// The first of them by name: name and word in addresses.
    pub named: Vec<(String, String)>,
}

/// One organisation that would be concerned.
#[derive(Debug, Clone, PartialEq, Eq, Queryable)]
pub struct Concerned {
    pub organisation: String,
    pub state: PledgeState,
    /// The version of the Charter.
    pub number: i32,
    pub ends_on: Option<NaiveDate>,
}

impl Waiting {
    /// How many are not named.
    pub fn more(&self) -> i64 {
        self.number - i64::try_from(self.named.len()).unwrap_or(0)
    }

    fn in_state(conn: &mut DbConnection, state: PledgeState) -> Result<Self> {
        let waiting = || {
            pledges::table
                .inner_join(organisations::table)
                .filter(pledges::state.eq(state))
                .filter(organisations::standing.ne(OrganisationStanding::Closed))
        };
        let number = waiting().count().get_result(conn)?;
        let named = waiting()
            .order((organisations::search, organisations::id))
            .limit(NAMED)
            .select((organisations::name, organisations::slug))
            .load(conn)?;
        Ok(Self { number, named })
    }
}

impl Affected {
    pub fn now(conn: &mut DbConnection, today: NaiveDate) -> Result<Self> {
        let mut ending = [0; 3];
        for (count, days) in ending.iter_mut().zip(ENDING) {
            *count = pledges::table
                .inner_join(organisations::table)
                .filter(pledges::state.eq(PledgeState::InForce))
                .filter(pledges::ends_on.le(today + Days::new(days)))
                .filter(organisations::standing.ne(OrganisationStanding::Closed))
                .count()
                .get_result(conn)?;
        }
        Ok(Self {
            in_force: Waiting::in_state(conn, PledgeState::InForce)?,
            ending,
            half_signed: Waiting::in_state(conn, PledgeState::PartSigned)?,
            being_written: Waiting::in_state(conn, PledgeState::Draft)?,
        })
    }
}

/// All of them, by name.
pub fn all_affected(conn: &mut DbConnection) -> Result<Vec<Concerned>> {
    Ok(pledges::table
        .inner_join(organisations::table)
        .inner_join(charter_versions::table)
        .filter(pledges::state.eq_any(CONCERNED))
        .filter(organisations::standing.ne(OrganisationStanding::Closed))
        .order((organisations::search, pledges::id))
        .select((organisations::name, pledges::state, charter_versions::number, pledges::ends_on))
        .load(conn)?)
}

/// How many pledges in force stand on each version.
pub fn count_by_version(conn: &mut DbConnection) -> Result<HashMap<CharterVersionId, i64>> {
    let counted: Vec<(CharterVersionId, i64)> = pledges::table
        .filter(pledges::state.eq(PledgeState::InForce))
        .filter(pledges::organisation_id.eq_any(in_good_standing()))
        .group_by(pledges::charter_version_id)
        .select((pledges::charter_version_id, diesel::dsl::count_star()))
        .load(conn)?;
    Ok(counted.into_iter().collect())
}
