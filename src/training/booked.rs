//! Who has a place on a session to come, by module: what turns “not started” into “booked” on a matrix and a record.
//! Not here: booking itself, which is `training_sessions`.

use std::collections::HashMap;

use chrono::{NaiveDate, NaiveDateTime, NaiveTime};
use diesel::prelude::*;

use super::completion::active_people;
use crate::clock::day_of;
use crate::db::DbConnection;
use crate::db::schema::{training_bookings, training_sessions};
use crate::error::Result;
use crate::ids::{ModuleId, OrganisationId, PersonId};

/// A place someone has.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct BookedPlace {
    /// The day of the session.
    pub on: NaiveDate,
    /// The organisation on whose behalf.
    pub within: Option<OrganisationId>,
}

type Found = (PersonId, Option<ModuleId>, NaiveDateTime, Option<OrganisationId>);

/// The first place of each person active in an organisation, from this day on.
pub(super) fn booked_in(
    conn: &mut DbConnection,
    organisation: OrganisationId,
    today: NaiveDate,
) -> Result<HashMap<(PersonId, ModuleId), BookedPlace>> {
    let found = ahead(today).filter(training_bookings::person_id.eq_any(active_people(organisation))).load(conn)?;
    Ok(first_of_each(found))
}

/// The first place of one person for each module, from this day on.
pub(super) fn booked_by(
    conn: &mut DbConnection,
    person: PersonId,
    today: NaiveDate,
) -> Result<HashMap<(PersonId, ModuleId), BookedPlace>> {
    let found = ahead(today).filter(training_bookings::person_id.eq(person)).load(conn)?;
    Ok(first_of_each(found))
}

#[diesel::dsl::auto_type(no_type_alias)]
fn ahead(today: NaiveDate) -> _ {
    let from: NaiveDateTime = today.and_time(NaiveTime::MIN);
    training_bookings::table
        .inner_join(training_sessions::table)
        .filter(training_bookings::state.eq("booked"))
        .filter(training_sessions::state.eq("open"))
        .filter(training_sessions::starts_at.ge(from))
        .order(training_sessions::starts_at)
        .select((
            training_bookings::person_id,
            training_sessions::module_id,
            training_sessions::starts_at,
            training_bookings::organisation_id,
        ))
}

fn first_of_each(found: Vec<Found>) -> HashMap<(PersonId, ModuleId), BookedPlace> {
    let mut first = HashMap::new();
    for (person, module, starts_at, within) in found {
        let Some(module) = module else { continue };
        first.entry((person, module)).or_insert(BookedPlace { on: day_of(starts_at), within });
    }
    first
}
