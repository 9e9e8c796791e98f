//! Pillar 3, training pathways: modules as data, completions with their certificates, and the matrix of an
//! organisation's people against modules.
//! Expiry is worked out once, when a completion is logged, from the module's refresh period at that time.
//! A completion belongs to its person: every organisation they are in sees the one record.
//! Not here: sessions and bookings, which come later.

mod completion;
mod matrix;
mod module;

pub use completion::{Completion, LatestCompletion, NewCompletion, Source, latest_in, log_completion};
pub use matrix::{Cell, CellState, EXPIRING_DAYS, Holding, Matrix, MatrixRow, NextExpiry, state_of};
pub use module::{Module, Pathway};

use crate::acts::Act;
use crate::error::Result;
use crate::web::{Routes, Sample};

/// Loads the modules into a new database.
pub fn load_content(act: &mut Act<'_>) -> Result<()> {
    module::load_modules(act)
}

pub fn routes(_routes: &mut Routes<'_>) {}

/// Each page with made-up content.
pub fn samples() -> Vec<Sample> {
    Vec::new()
}
