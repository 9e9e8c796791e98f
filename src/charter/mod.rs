//! Pillar 1, the Youth Charter: its text, version by version, and the pledges organisations make to it.
//! A pledge is in force only when governance and delivery have both signed the same words, which it keeps the hash of.
//! Not here: what others show of pledges.

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
