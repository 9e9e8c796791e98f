//! Pillar 4, the Quality Endorsement Framework and an organisation's assessment of itself against it.
//! A submitted assessment is locked: only a review that asks for changes opens the indicators it names.
//! Not here: reviewing and deciding; `review` does.

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
