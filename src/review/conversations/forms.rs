//! What an organisation says beforehand, and what is noted afterwards.

use chrono::NaiveDate;

use super::conversation::{Conversation, Prepared};
use crate::web::{Ask, Filled, Form, Sent};
use crate::words::Passage;

/// Preparing.
pub struct PreparationForm {
    pub said: Prepared,
}

impl PreparationForm {
    pub const FIELDS: &[&str] = &["changed", "proud", "hard"];

    pub fn filled_from(conversation: &Conversation) -> Filled {
        Filled::blank(Self::FIELDS)
            .with("changed", &conversation.changed)
            .with("proud", &conversation.proud)
            .with("hard", &conversation.hard)
    }
}

impl Form for PreparationForm {
    fn parse(sent: &mut Sent) -> Option<Self> {
        let mut passage = |name, called, missing| sent.passage::<1500>(Ask::new(name, called, missing));
        let changed = passage("changed", "What has changed", "Say what has changed");
        let proud = passage("proud", "What you are proud of", "Say what you are proud of");
        let hard = passage("hard", "What is hard", "Say what is hard, or that nothing is");
        let (changed, proud, hard) = (changed?.into_string(), proud?.into_string(), hard?.into_string());
        Some(Self { said: Prepared { changed, proud, hard } })
    }
}

/// Noting that it was held.
pub struct HeldForm {
    pub on: NaiveDate,
    pub taken_along: Passage<1500>,
}

impl HeldForm {
    pub const FIELDS: &[&str] = &["on", "on-day", "on-month", "on-year", "taken_along"];
}

impl Form for HeldForm {
    fn parse(sent: &mut Sent) -> Option<Self> {
        let on = sent.day(Ask::new("on", "The day", "Enter the day you talked"));
        let ask = Ask::new("taken_along", "What you both take from it", "Say what you both take from it");
        let taken_along = sent.passage(ask);
        Some(Self { on: on?, taken_along: taken_along? })
    }
}
