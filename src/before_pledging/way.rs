//! How far an organisation has come on its way to a pledge, worked out from what happened.

use chrono::NaiveDateTime;
use diesel::prelude::*;

use super::interest::Interest;
use super::leave::{Leave, LeaveKind};
use crate::db::DbConnection;
use crate::db::schema::{pledges, training_bookings, training_sessions};
use crate::error::Result;
use crate::ids::OrganisationId;
use crate::programme::Programme;

/// What has happened so far.
#[derive(Debug, Clone)]
pub struct Way {
    /// The programme asks for training before a first pledge.
    pub training_first: bool,
    pub interest: Option<Interest>,
    /// The start of the first Charter session at which someone of the organisation was.
    pub trained_at: Option<NaiveDateTime>,
    /// How many of its people have a place, or wait for one, on a Charter session that is still to come.
    pub booked: i64,
    /// The VRP lets it pledge without training.
    pub let_off: bool,
    /// It had a pledge in force before.
    pub has_pledged: bool,
}

impl Way {
    /// A handful of queries, each by an index.
    pub fn of(conn: &mut DbConnection, organisation: OrganisationId, now: NaiveDateTime) -> Result<Self> {
        let at_charter_training = || {
            training_bookings::table
                .inner_join(training_sessions::table)
                .filter(training_bookings::organisation_id.eq(organisation))
                .filter(training_sessions::subject.eq("charter"))
        };
        let trained_at = at_charter_training()
            .filter(training_bookings::state.eq("attended"))
            .select(diesel::dsl::min(training_sessions::starts_at))
            .first(conn)?;
        let booked = at_charter_training()
            .filter(training_bookings::state.eq_any(["booked", "waiting"]))
            .filter(training_sessions::state.eq("open"))
            .filter(training_sessions::ends_at.gt(now))
            .count()
            .get_result(conn)?;
        let had_pledges =
            pledges::table.filter(pledges::organisation_id.eq(organisation)).filter(pledges::in_force_on.is_not_null());
        Ok(Self {
            training_first: Programme::now(conn)?.training_first,
            interest: Interest::open_of(conn, organisation)?,
            trained_at,
            booked,
            let_off: Leave::standing_of(conn, organisation, LeaveKind::WithoutTraining)?.is_some(),
            has_pledged: diesel::select(diesel::dsl::exists(had_pledges)).get_result(conn)?,
        })
    }

    /// May it begin a pledge?
    pub fn is_open(&self) -> bool {
        !self.training_first || self.trained_at.is_some() || self.let_off || self.has_pledged
    }
}
