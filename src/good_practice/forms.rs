//! How an organisation says it does something well.

use crate::web::{Ask, Form, Sent};
use crate::words::Passage;

/// Sharing, with the words that others read.
pub struct PracticeForm {
    pub words: Passage<1500>,
}

impl PracticeForm {
    pub const FIELDS: &[&str] = &["words", "agreed"];
}

impl Form for PracticeForm {
    fn parse(sent: &mut Sent) -> Option<Self> {
        let words = sent.passage(Ask::new("words", "How you do it", "Say in a few sentences how you do it"));
        let agreed = match sent.ticked("agreed") {
            true => Some(()),
            false => sent.refuse("agreed", "Tick the box to agree that anyone may read it"),
        };
        agreed.and(words).map(|words| Self { words })
    }
}
