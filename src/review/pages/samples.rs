//! Each page of a review with made-up content.

use super::{conclusion, desk, lists, outcome};
use crate::web::Sample;

pub fn samples() -> Vec<Sample> {
    [lists::samples(), desk::samples(), conclusion::samples(), outcome::samples()].into_iter().flatten().collect()
}
