//! The census as pages read it: the last one that was finished, and what it counted. A query each, of rows whose number
//! does not grow with the sector.

use chrono::NaiveDate;
use diesel::prelude::*;

use super::census::{Census, CensusState};
use crate::db::DbConnection;
use crate::db::schema::{sector_modules, sector_organisations, sector_people};
use crate::error::Result;
use crate::ids::{CensusId, ModuleId};
use crate::small_groups::{Cells, Group};

/// The last census that was finished.
#[derive(Debug, Clone, Copy)]
pub struct DrawnCensus {
    pub(super) id: CensusId,
    /// All is as it was on this day.
    pub as_of: NaiveDate,
}

/// One module, of all people of whom it is required.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ModuleTally {
    pub module: ModuleId,
    pub group: Group,
    /// Of those in date, whose end is within 60 days.
    pub ends_soon: i64,
}

/// Organisations in good standing of one district and kind.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OrganisationTally {
    pub district: String,
    pub kind: String,
    pub organisations: i64,
    /// Of those, who never had a place.
    pub without_place: i64,
}

impl DrawnCensus {
    pub fn latest(conn: &mut DbConnection) -> Result<Option<Self>> {
        let taken = Census::latest(conn, |state| state == CensusState::Taken)?;
        Ok(taken.map(|census| Self { id: census.id, as_of: census.as_of }))
    }

    /// People by district and kind.
    pub fn people(&self, conn: &mut DbConnection) -> Result<Cells> {
        let rows: Vec<(String, String, i64, i64)> = sector_people::table
            .filter(sector_people::census_id.eq(self.id))
            .select((sector_people::district, sector_people::kind, sector_people::people, sector_people::in_date))
            .load(conn)?;
        Ok(rows.into_iter().map(|(a, b, people, in_date)| ((a, b), Group { people, in_date })).collect())
    }

    pub fn modules(&self, conn: &mut DbConnection) -> Result<Vec<ModuleTally>> {
        let rows: Vec<(ModuleId, i64, i64, i64)> = sector_modules::table
            .filter(sector_modules::census_id.eq(self.id))
            .select((
                sector_modules::module_id,
                sector_modules::people,
                sector_modules::in_date,
                sector_modules::ends_soon,
            ))
            .load(conn)?;
        let tally =
            |(module, people, in_date, ends_soon)| ModuleTally { module, group: Group { people, in_date }, ends_soon };
        Ok(rows.into_iter().map(tally).collect())
    }

    pub fn organisations(&self, conn: &mut DbConnection) -> Result<Vec<OrganisationTally>> {
        let rows: Vec<(String, String, i64, i64)> = sector_organisations::table
            .filter(sector_organisations::census_id.eq(self.id))
            .select((
                sector_organisations::district,
                sector_organisations::kind,
                sector_organisations::organisations,
                sector_organisations::without_place,
            ))
            .load(conn)?;
        let tally = |(district, kind, organisations, without_place)| OrganisationTally {
            district,
            kind,
            organisations,
            without_place,
        };
        Ok(rows.into_iter().map(tally).collect())
    }
}
