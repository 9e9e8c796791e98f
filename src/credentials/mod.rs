//! Proof that anyone can check: is this pledge or endorsement real, and does it still stand?
//! A code answers with the present state, never with the state it had when it was given.
//! Not here: giving or ending a pledge or an endorsement.

use crate::web::{Routes, Sample};

pub fn routes(_routes: &mut Routes<'_>) {}

/// Each page with made-up content.
pub fn samples() -> Vec<Sample> {
    Vec::new()
}
