//! Reviewing what an organisation submitted, deciding, and the endorsement that follows.
//! Nobody reviews their own organisation, and nobody decides what they recommended.
//! Not here: the assessment itself; `quality` has it.

use crate::web::{Routes, Sample};

pub fn routes(_routes: &mut Routes<'_>) {}

/// Each page with made-up content.
pub fn samples() -> Vec<Sample> {
    Vec::new()
}
