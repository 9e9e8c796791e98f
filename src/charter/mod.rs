//! Pillar 1, the Youth Charter: its text, version by version, and the pledges organisations make to it.
//! A pledge is in force only when governance and delivery have both signed the same words, which it keeps the hash of.
//! Not here: what others show of pledges.

mod commitment;
mod pledge;
mod register;
mod signature;
mod version;

pub use commitment::{PledgeInFull, Promise};
pub use pledge::{Pledge, PledgeState, lapse_due};
pub use register::{REGISTER_PAGE, Register, RegisterEntry, RegisterSearch, count_by_district, count_in_force};
pub use signature::{Capacity, NewSignature, PossibleSignatory, Signature, Turn, possible_signatories};
pub use version::{CharterState, CharterText, CharterVersion, Statement, StatementText, publish_charter};

use crate::acts::Act;
use crate::error::Result;
use crate::web::{Routes, Sample};

/// Publishes the first version of the Charter in a new database.
pub fn load_content(act: &mut Act<'_>) -> Result<()> {
    version::load_content(act)
}

pub fn routes(_routes: &mut Routes<'_>) {}

/// Each page with made-up content.
pub fn samples() -> Vec<Sample> {
    Vec::new()
}
