//! Pillar 4, the Quality Endorsement Framework and an organisation's assessment of itself against it.
//! A submitted assessment is locked: only a review that asks for changes opens the indicators it names.
//! Not here: reviewing and deciding; `review` does.

mod answer;
mod assessment;
mod evidence;
mod framework;
mod progress;

pub use answer::{Answer, Answers, Judgement, Said, Saved, save_answer};
pub use assessment::{Assessment, AssessmentState, ChangeRequest, ChangeState, Conclusion};
pub use evidence::{Evidence, NewEvidence, add_evidence};
pub use framework::{
    Area, Exemption, Framework, FrameworkVersion, GlossaryTerm, Indicator, Level, Standard, Weight, glossary,
};
pub use progress::{Applicability, Profile, Progress, Sheet, Standing, level_supported};

use crate::acts::Act;
use crate::error::Result;
use crate::web::{Routes, Sample};

/// Loads the framework and the glossary into a new database.
pub fn load_content(act: &mut Act<'_>) -> Result<()> {
    framework::load_content(act)
}

pub fn routes(_routes: &mut Routes<'_>) {}

/// Each page with made-up content.
pub fn samples() -> Vec<Sample> {
    Vec::new()
}
