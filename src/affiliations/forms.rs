//! What an umbrella body writes when it asks, and what an organisation answers.

use crate::web::{Ask, Form, Sent};
use crate::words::Passage;

/// Asking an organisation.
pub struct AskingForm {
    pub message: Passage<1000>,
}

impl AskingForm {
    pub const FIELDS: &[&str] = &["message"];
}

impl Form for AskingForm {
    fn parse(sent: &mut Sent) -> Option<Self> {
        sent.passage(Ask::new("message", "Your message", "Enter who you are and why you ask"))
            .map(|message| Self { message })
    }
}

/// What an organisation's lead answers.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ConsentAnswer {
    Consent,
    Decline,
}

impl ConsentAnswer {
    fn parse(word: &str) -> Option<Self> {
        match word {
            "consent" => Some(Self::Consent),
            "decline" => Some(Self::Decline),
            _ => None,
        }
    }
}

/// Answering.
pub struct AnswerForm {
    pub answer: ConsentAnswer,
}

impl AnswerForm {
    pub const FIELDS: &[&str] = &["answer"];
}

impl Form for AnswerForm {
    fn parse(sent: &mut Sent) -> Option<Self> {
        sent.choice("answer", "Select whether you agree", ConsentAnswer::parse).map(|answer| Self { answer })
    }
}
