//! Whom a new Charter would concern: pledges in force stand until they end; those that wait for words or signatures are to
//! be written and signed anew. Looking changes nothing, and nobody is written to.

use std::collections::HashMap;

use diesel::prelude::*;

use crate::charter::PledgeState;
use crate::db::DbConnection;
use crate::db::schema::{organisations, pledges};
use crate::error::Result;
use crate::ids::CharterVersionId;
use crate::organisations::{OrganisationStanding, in_good_standing};

/// How many organisations of a kind are named; of the others there is a number.
const NAMED: i64 = 20;

/// Pledges at this moment.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Affected {
    /// Of organisations in good standing; to any version.
    pub in_force: i64,
    /// One side has signed.
    pub half_signed: Waiting,
    /// Nobody has signed.
    pub being_written: Waiting,
}

/// Pledges of organisations that are not closed and wait for something.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Waiting {
    pub number: i64,
    /// The first of them by name: name and word in addresses.
    pub named: Vec<(String, String)>,
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
    pub fn now(conn: &mut DbConnection) -> Result<Self> {
        Ok(Self {
            in_force: count_by_version(conn)?.values().sum(),
            half_signed: Waiting::in_state(conn, PledgeState::PartSigned)?,
            being_written: Waiting::in_state(conn, PledgeState::Draft)?,
        })
    }
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
