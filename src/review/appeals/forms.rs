//! What a lead writes in an appeal, and what is answered.

use crate::web::{Ask, Form, Sent};
use crate::words::Passage;

/// Why a decision is not right.
pub struct LodgingForm {
    pub grounds: Passage<5000>,
}

impl LodgingForm {
    pub const FIELDS: &[&str] = &["grounds"];
}

impl Form for LodgingForm {
    fn parse(sent: &mut Sent) -> Option<Self> {
        let ask = Ask::new("grounds", "Why it is not right", "Say why you think that it is not right");
        sent.passage(ask).map(|grounds| Self { grounds })
    }
}

/// The answer, with reasons.
pub struct AppealAnswerForm {
    pub upheld: bool,
    pub reasons: Passage<5000>,
}

impl AppealAnswerForm {
    pub const FIELDS: &[&str] = &["answer", "reasons"];
    pub const UPHELD: &str = "upheld";
    pub const NOT_UPHELD: &str = "not_upheld";
}

impl Form for AppealAnswerForm {
    fn parse(sent: &mut Sent) -> Option<Self> {
        let upheld = sent.choice("answer", "Select what you answer", |word| match word {
            Self::UPHELD => Some(true),
            Self::NOT_UPHELD => Some(false),
            _ => None,
        });
        let reasons = sent.passage(Ask::new("reasons", "Your reasons", "Give your reasons"));
        Some(Self { upheld: upheld?, reasons: reasons? })
    }
}
