//! Pillar 2, the skills audit: what practitioners say they can do, and the gaps an organisation sees in it.
//! One person's answers are seen by that person only; no group under five is shown; no answer is never counted as low.
//! Not here: the modules that close a gap; `training` has them.

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
