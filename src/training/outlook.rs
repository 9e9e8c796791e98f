//! What the matrix says of the time to come: what expires in the next months, and what each person needs to be complete.
//! Only required training counts, and only what counts today.

use chrono::{Datelike, NaiveDate};

use super::matrix::{CellState, Matrix, MatrixRow};
use super::module::Module;
use crate::clock::months_after;

/// So many months are looked ahead, the present one among them.
pub const MONTHS: u32 = 12;

/// One month, with what expires in it.
#[derive(Debug)]
pub struct Month<'a> {
    /// Its first day.
    pub first: NaiveDate,
    /// By day.
    pub expiries: Vec<Expiry<'a>>,
}

#[derive(Debug)]
pub struct Expiry<'a> {
    pub row: &'a MatrixRow,
    pub module: &'a Module,
    pub on: NaiveDate,
}

/// What somebody lacks.
#[derive(Debug)]
pub struct Gaps<'a> {
    pub row: &'a MatrixRow,
    pub required: usize,
    /// What was never begun, and what has expired.
    pub missing: Vec<(&'a Module, CellState)>,
}

impl Matrix {
    /// The next twelve months, those without an expiry too.
    pub fn next_months(&self, today: NaiveDate) -> Vec<Month<'_>> {
        let this_month = today.with_day(1).unwrap_or(today);
        let mut months: Vec<Month<'_>> =
            (0..MONTHS).map(|n| Month { first: months_after(this_month, n), expiries: Vec::new() }).collect();
        for row in &self.rows {
            for (module, cell) in self.modules.iter().zip(&row.cells).filter(|(_, cell)| cell.required) {
                let Some(on) = cell.latest.as_ref().and_then(|latest| latest.expires_on) else { continue };
                let same_month =
                    |month: &&mut Month<'_>| (month.first.year(), month.first.month()) == (on.year(), on.month());
                if on >= today
                    && let Some(month) = months.iter_mut().find(same_month)
                {
                    month.expiries.push(Expiry { row, module, on });
                }
            }
        }
        months.iter_mut().for_each(|month| month.expiries.sort_by_key(|expiry| expiry.on));
        months
    }

    /// Everyone who lacks something, those who lack most first.
    pub fn gaps(&self) -> Vec<Gaps<'_>> {
        let required_of = |row: &MatrixRow| row.cells.iter().filter(|cell| cell.required).count();
        let mut all: Vec<Gaps<'_>> = self
            .rows
            .iter()
            .map(|row| {
                let required = self.modules.iter().zip(&row.cells).filter(|(_, cell)| cell.required);
                let missing = required.filter(|(_, cell)| !cell.state.is_held()).map(|(m, cell)| (m, cell.state));
                Gaps { row, required: required_of(row), missing: missing.collect() }
            })
            .filter(|gaps| !gaps.missing.is_empty())
            .collect();
        all.sort_by_key(|gaps| std::cmp::Reverse(gaps.missing.len()));
        all
    }
}
