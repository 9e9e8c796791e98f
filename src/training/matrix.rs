//! The matrix: an organisation's people down, the modules across, and in each cell where that person stands today.

use std::collections::{HashMap, HashSet};

use chrono::NaiveDate;

use super::booked::booked_in;
use super::completion::{LatestCompletion, latest_in};
use super::sharing::{Shared, members_who_share};
use super::{Module, Pathway};
use crate::db::DbConnection;
use crate::error::Result;
use crate::ids::{ModuleId, PersonId};
use crate::organisations::{Member, Organisation};

/// A completion is expiring when it has so many days left, or fewer.
pub const EXPIRING_DAYS: u64 = 60;

/// Where a person stands with a module.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum CellState {
    /// They need not have it, and do not.
    NotRequired,
    NotStarted,
    /// Not started, with a place on a session to come.
    Booked,
    InDate,
    /// In date, for [`EXPIRING_DAYS`] more days at most.
    Expiring,
    Expired,
}

impl CellState {
    /// Does it count today?
    pub fn is_held(self) -> bool {
        matches!(self, Self::InDate | Self::Expiring)
    }
}

/// [`state_of`] for someone who may have a place on a session to come. A place takes no expiry out of sight.
pub fn state_with(
    required: bool,
    latest: Option<&LatestCompletion>,
    booked_on: Option<NaiveDate>,
    today: NaiveDate,
) -> CellState {
    match state_of(required, latest, today) {
        CellState::NotStarted | CellState::NotRequired if booked_on.is_some() => CellState::Booked,
        state => state,
    }
}

/// The state of a cell. The day of expiry is the last on which the completion counts.
/// What nobody asked for is shown while it counts, and is never a gap afterwards.
pub fn state_of(required: bool, latest: Option<&LatestCompletion>, today: NaiveDate) -> CellState {
    let left = |expires_on: NaiveDate| (expires_on - today).num_days();
    match latest.map(|completion| completion.expires_on.map(left)) {
        None if required => CellState::NotStarted,
        None => CellState::NotRequired,
        Some(None) => CellState::InDate,
        Some(Some(days)) if days > EXPIRING_DAYS as i64 => CellState::InDate,
        Some(Some(days)) if days >= 0 => CellState::Expiring,
        Some(Some(_)) if required => CellState::Expired,
        Some(Some(_)) => CellState::NotRequired,
    }
}

/// One person and one module.
#[derive(Debug, Clone)]
pub struct Cell {
    pub required: bool,
    pub state: CellState,
    pub latest: Option<LatestCompletion>,
    /// The day of the next session of it on which they have a place.
    pub booked_on: Option<NaiveDate>,
}

/// One person, with a cell a module.
#[derive(Debug, Clone)]
pub struct MatrixRow {
    pub member: Member,
    pub cells: Vec<Cell>,
}

/// An organisation's matrix on one day.
#[derive(Debug, Clone)]
pub struct Matrix {
    /// In the programme's order.
    pub modules: Vec<Module>,
    /// By name; each has as many cells as there are modules.
    pub rows: Vec<MatrixRow>,
}

/// How many of those who need a module hold it.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Holding {
    pub needed_by: usize,
    /// In date, expiring ones among them.
    pub held_by: usize,
    /// The first day on which one of those held stops counting.
    pub first_expiry: Option<NaiveDate>,
}

/// A required completion that is the next to expire.
#[derive(Debug, Clone, Copy)]
pub struct NextExpiry<'a> {
    pub row: &'a MatrixRow,
    pub module: &'a Module,
    pub on: NaiveDate,
}

impl Matrix {
    /// Everyone active in an organisation against every module, as far as they share it. Whatever the numbers: one query for
    /// the people, one for the modules and two for all cells.
    pub fn of(conn: &mut DbConnection, organisation: &Organisation, today: NaiveDate) -> Result<Self> {
        let (members, shared): (Vec<Member>, Vec<Shared>) =
            members_who_share(conn, organisation.id)?.into_iter().unzip();
        let shared: HashMap<PersonId, Shared> = members.iter().map(|member| member.person.id).zip(shared).collect();
        let modules = Module::all(conn)?;
        let legal_form = organisation.legal_form;
        let required: HashSet<(PersonId, &ModuleId)> = members
            .iter()
            .flat_map(|member| modules.iter().map(move |module| (member, module)))
            .filter(|(member, module)| module.is_required_of(&member.membership, legal_form))
            .map(|(member, module)| (member.person.id, &module.id))
            .collect();
        let shows = |person: PersonId, required: bool, within| {
            shared.get(&person).is_some_and(|shared| shared.shows(required, within, organisation.id))
        };
        let latest = latest_in(conn, organisation.id, |latest, logged_within| {
            let is_required = required.contains(&(latest.person_id, &latest.module_id));
            shows(latest.person_id, is_required, logged_within)
        })?;
        let mut latest: HashMap<(PersonId, ModuleId), LatestCompletion> =
            latest.into_iter().map(|l| ((l.person_id, l.module_id.clone()), l)).collect();
        let booked = booked_in(conn, organisation.id, today)?;
        let mut row = |member: Member| {
            let cell = |module: &Module| {
                let required = required.contains(&(member.person.id, &module.id));
                let of = (member.person.id, module.id.clone());
                let place = booked.get(&of).filter(|place| shows(of.0, required, place.within));
                let (latest, booked_on) = (latest.remove(&of), place.map(|place| place.on));
                Cell { required, state: state_with(required, latest.as_ref(), booked_on, today), latest, booked_on }
            };
            let cells = modules.iter().map(cell).collect();
            MatrixRow { member, cells }
        };
        let rows = members.iter().cloned().map(&mut row).collect();
        Ok(Self { rows, modules })
    }

    /// The same with the columns of one pathway only.
    pub fn narrowed_to(mut self, pathway: Pathway) -> Self {
        let keep: Vec<bool> = self.modules.iter().map(|m| m.pathway() == pathway).collect();
        let mut kept = keep.iter().copied();
        self.modules.retain(|_| kept.next() == Some(true));
        for row in &mut self.rows {
            let mut kept = keep.iter().copied();
            row.cells.retain(|_| kept.next() == Some(true));
        }
        self
    }

    /// How many people hold all that they need of a pathway, and how many need any of it.
    pub fn complete_in(&self, pathway: Pathway) -> (usize, usize) {
        let needed = |row: &MatrixRow| -> Vec<CellState> {
            let cells = self.modules.iter().zip(&row.cells);
            cells.filter(|(m, c)| m.pathway() == pathway && c.required).map(|(_, c)| c.state).collect()
        };
        let rows: Vec<_> = self.rows.iter().map(needed).filter(|states| !states.is_empty()).collect();
        (rows.iter().filter(|states| states.iter().all(|s| s.is_held())).count(), rows.len())
    }

    /// How a module is held; `None` for a module that is not among the columns.
    pub fn holding_of(&self, module: &ModuleId) -> Option<Holding> {
        let column = self.modules.iter().position(|m| m.id == *module)?;
        let needed: Vec<&Cell> = self.rows.iter().map(|row| &row.cells[column]).filter(|cell| cell.required).collect();
        let held: Vec<&&Cell> = needed.iter().filter(|cell| cell.state.is_held()).collect();
        Some(Holding {
            needed_by: needed.len(),
            held_by: held.len(),
            first_expiry: held.iter().filter_map(|cell| cell.latest.as_ref()?.expires_on).min(),
        })
    }

    /// How many required cells are in a state.
    pub fn count_required(&self, state: CellState) -> usize {
        self.rows.iter().flat_map(|row| &row.cells).filter(|cell| cell.required && cell.state == state).count()
    }

    /// The required completion that expires next.
    pub fn next_expiry(&self) -> Option<NextExpiry<'_>> {
        self.rows
            .iter()
            .flat_map(|row: &MatrixRow| self.modules.iter().zip(&row.cells).map(move |(m, c)| (row, m, c)))
            .filter(|(_, _, cell)| cell.required && cell.state.is_held())
            .filter_map(|(row, module, cell)| Some(NextExpiry { row, module, on: cell.latest.as_ref()?.expires_on? }))
            .min_by_key(|next| next.on)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> NaiveDate {
        text.parse().expect("a test writes days correctly")
    }

    /// Read it by eye: today is 24 November 2026, and 60 days later is 23 January 2027.
    #[test]
    fn the_state_of_a_cell() {
        use CellState::{Booked, Expired, Expiring, InDate, NotRequired, NotStarted};
        const NEVER: Option<&str> = None;
        let today = day("2026-11-24");
        for (required, expires_on, state) in [
            (true, Some("2029-11-24"), InDate),
            (true, Some("2027-01-24"), InDate),
            (true, Some("2027-01-23"), Expiring),
            (true, Some("2026-11-25"), Expiring),
            (true, Some("2026-11-24"), Expiring),
            (true, Some("2026-11-23"), Expired),
            (true, Some("2019-01-01"), Expired),
            (true, NEVER, InDate),
            (false, Some("2029-11-24"), InDate),
            (false, Some("2027-01-23"), Expiring),
            (false, Some("2026-11-23"), NotRequired),
            (false, NEVER, InDate),
        ] {
            let latest = LatestCompletion {
                person_id: PersonId::new(),
                module_id: "safeguarding".into(),
                completed_on: day("2016-01-01"),
                expires_on: expires_on.map(day),
            };
            assert_eq!(state_of(required, Some(&latest), today), state, "required {required}, to {expires_on:?}");
        }
        let (tomorrow, long_ago) = (Some(day("2026-11-25")), Some(day("2019-01-01")));
        let ended = LatestCompletion {
            person_id: PersonId::new(),
            module_id: "safeguarding".into(),
            completed_on: day("2016-01-01"),
            expires_on: long_ago,
        };
        assert_eq!(state_with(true, None, tomorrow, today), Booked);
        assert_eq!(state_with(false, None, tomorrow, today), Booked);
        assert_eq!(state_with(true, Some(&ended), tomorrow, today), Expired);
        assert_eq!(state_with(true, None, None, today), NotStarted);
        assert_eq!(state_of(true, None, today), NotStarted);
        assert_eq!(state_of(false, None, today), NotRequired);
    }
}
