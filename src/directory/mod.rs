//! Find provision: approved organisations by place, age, day and activity, for anyone.
//! Shows only what an approved organisation has said in public of itself.
//! Not here: the register of pledges; `charter` has it.

use crate::web::{Routes, Sample};

pub fn routes(_routes: &mut Routes<'_>) {}

/// Each page with made-up content.
pub fn samples() -> Vec<Sample> {
    Vec::new()
}
