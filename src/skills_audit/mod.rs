//! Pillar 2, the skills audit: what practitioners say they can do, and the gaps an organisation sees in it.
//! One person's answers are seen by that person only; no group under five is shown; no answer is never counted as low.
//! Not here: the modules that close a gap; `training` has them.

mod instrument;
mod picture;
mod response;
mod round;

pub use instrument::{Anchor, Confidence, Instrument, Skill, SkillGroup};
pub use picture::{FEWEST, Picture, Spread};
pub use response::{Answer, Barrier, Response, answer_group, begin, finish, name_barriers};
pub use round::{Round, close_round, open_round};

use crate::acts::Act;
use crate::error::{Error, Result};
use crate::web::{Routes, Sample};

/// Loads the questions into a new database, and opens the first round.
pub fn load_content(act: &mut Act<'_>) -> Result<()> {
    instrument::load_instrument(act)?;
    let title = format!("Skills audit {}", round::programme_year(act.today()));
    open_round(act, &title)?.ok_or(Error::Conflict).map(|_| ())
}

pub fn routes(_routes: &mut Routes<'_>) {}

/// Each page with made-up content.
pub fn samples() -> Vec<Sample> {
    Vec::new()
}
