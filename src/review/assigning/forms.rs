//! Who is to have a review, and why.

use crate::ids::AccountId;
use crate::web::{Ask, Form, Sent};
use crate::words::Passage;

/// A reviewer, with the reason.
pub struct ChoosingForm {
    pub reviewer: AccountId,
    pub reason: Passage<1000>,
}

impl ChoosingForm {
    pub const FIELDS: &[&str] = &["reviewer", "reason"];
}

impl Form for ChoosingForm {
    fn parse(sent: &mut Sent) -> Option<Self> {
        let reviewer = sent.choice("reviewer", "Select a reviewer", |id| id.parse().ok());
        let reason = sent.passage(Ask::new("reason", "Your reason", "Give your reason"));
        Some(Self { reviewer: reviewer?, reason: reason? })
    }
}
