//! The pages people arrive on: the portal's, a person's own, an organisation's, the VRP's; and the statements.
//! Each says what to do next, and changes nothing.
//! Not here: anything that is done from there.

use crate::web::{Routes, Sample};

pub fn routes(_routes: &mut Routes<'_>) {}

/// Each page with made-up content.
pub fn samples() -> Vec<Sample> {
    Vec::new()
}
