//! What each row of the questionnaire carries along, so that it is known when it comes back: of which assessment it is, by
//! which version of the framework it asks, and what stood there when it was downloaded.

use std::fmt;
use std::str::FromStr;

use crate::ids::AssessmentId;
use crate::quality::Judgement;
use crate::words::mark_of;

/// The mark of one row: `{assessment}:{framework}:{edition}:{as it stood}`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mark {
    pub assessment: AssessmentId,
    /// The number of the framework's version.
    pub framework: i32,
    /// Of the answer that stood there; 0 for none.
    pub edition: i32,
    /// Of what the cells to fill in held: the row was not touched while they hold the same.
    pub as_it_stood: String,
}

/// A mark of what the cells to fill in hold.
pub(super) fn mark_of_cells(judgement: Option<Judgement>, words: &str) -> String {
    mark_of(&(judgement, as_compared(words)))
}

/// Words as they were read, without the apostrophes that keep text from running as a formula: one is put before it in one kind
/// of file, and taken away from it in all.
pub(super) fn as_compared(words: &str) -> &str {
    words.trim_start_matches('\'')
}

impl fmt::Display for Mark {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}:{}:{}", self.assessment, self.framework, self.edition, self.as_it_stood)
    }
}

/// It is not a mark of ours.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct NoMark;

impl FromStr for Mark {
    type Err = NoMark;

    fn from_str(text: &str) -> Result<Self, NoMark> {
        let parts: Vec<&str> = text.trim().split(':').collect();
        let [assessment, framework, edition, as_it_stood] = parts[..] else { return Err(NoMark) };
        Ok(Self {
            assessment: assessment.parse().map_err(|_| NoMark)?,
            framework: framework.parse().map_err(|_| NoMark)?,
            edition: edition.parse().ok().filter(|edition| *edition >= 0).ok_or(NoMark)?,
            as_it_stood: as_it_stood.to_owned(),
        })
    }
}
