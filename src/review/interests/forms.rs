//! What someone says of a tie.

use crate::web::{Ask, Form, Sent};
use crate::words::Passage;

/// What a tie is, in a few words.
pub struct InterestForm {
    pub words: Passage<500>,
}

impl InterestForm {
    pub const FIELDS: &[&str] = &["words"];
}

impl Form for InterestForm {
    fn parse(sent: &mut Sent) -> Option<Self> {
        let ask = Ask::new("words", "What your tie is", "Say in a few words what your tie is");
        sent.passage(ask).map(|words| Self { words })
    }
}
