//! Each page of a review with made-up content.

use super::{conclusion, desk, indicator, lists, outcome};
use crate::web::Sample;

pub fn samples() -> Vec<Sample> {
    [lists::samples(), desk::samples(), indicator::samples(), conclusion::samples(), outcome::samples()]
        .into_iter()
        .flatten()
        .collect()
}
