//! Publishing a draft: it comes into force, and the self-assessments that are being written begin to go over to it. While
//! those of the version before are still on their way, the next one waits.

use crate::acts::Act;
use crate::error::Result;
use crate::framework::{DraftFault, FrameworkVersion, Publication, publish_draft};
use crate::quality::{Carrying, begin_carrying};

/// What came of publishing.
#[derive(Debug, Clone)]
pub enum Published {
    InForce(FrameworkVersion),
    /// The draft is not whole. Nothing was changed.
    Refused(Vec<DraftFault>),
    /// Self-assessments are still going over to the version before. Nothing was changed.
    StillCarrying,
}

/// Brings the draft into force, for whoever saw this edition of it.
pub fn publish(act: &mut Act<'_>, seen: i32) -> Result<Published> {
    if Carrying::latest(act.conn)?.is_some_and(|carrying| !carrying.is_finished()) {
        return Ok(Published::StillCarrying);
    }
    match publish_draft(act, seen)? {
        Publication::InForce(version) => {
            begin_carrying(act, version.id)?;
            Ok(Published::InForce(version))
        }
        Publication::Refused(faults) => Ok(Published::Refused(faults)),
    }
}
