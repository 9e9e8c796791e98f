//! Pillar 3, training pathways: modules as data, completions with their certificates, and the matrix of an
//! organisation's people against modules.
//! Expiry is worked out once, when a completion is logged, from the module's refresh period at that time.
//! Not here: sessions and bookings, which come later.

use crate::acts::Act;
use crate::error::Result;
use crate::web::{Routes, Sample};

/// Loads the content of a new database.
pub fn load_content(_act: &mut Act<'_>) -> Result<()> {
    Ok(())
}

pub fn routes(_routes: &mut Routes<'_>) {}

/// Each page with made-up content.
pub fn samples() -> Vec<Sample> {
    Vec::new()
}
