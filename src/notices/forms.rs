//! What people choose about letters.

use super::choice::{Frequency, Pictures};
use crate::web::{Form, Sent};

/// How often, and whether the monthly letters come.
pub struct NoticesForm {
    pub frequency: Frequency,
    /// Only asked of those who lead an organisation.
    pub organisations: Option<Pictures>,
}

impl NoticesForm {
    pub const FIELDS: &[&str] = &["frequency", "organisations"];
}

impl Form for NoticesForm {
    fn parse(sent: &mut Sent) -> Option<Self> {
        let frequency = sent.choice("frequency", "Select how often we may write", Frequency::parse);
        let organisations = Pictures::parse(&sent.typed("organisations"));
        Some(Self { frequency: frequency?, organisations })
    }
}
