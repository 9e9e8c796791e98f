//! Why an endorsement is suspended, given back or taken away.

use crate::web::{Ask, Form, Sent};
use crate::words::Passage;

/// The reason, for the organisation to read.
pub struct JudgingForm {
    pub reason: Passage<2000>,
}

impl JudgingForm {
    pub const FIELDS: &[&str] = &["reason"];
}

impl Form for JudgingForm {
    fn parse(sent: &mut Sent) -> Option<Self> {
        sent.passage(Ask::new("reason", "Your reason", "Give your reason")).map(|reason| Self { reason })
    }
}
