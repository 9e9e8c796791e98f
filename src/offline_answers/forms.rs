//! What people send: the questionnaire filled in, and which of two texts to keep.

use super::check::{Choices, Keep};
use crate::ids::IndicatorId;
use crate::web::{Form, ReceivedFile, Sent};

/// The questionnaire, filled in.
pub struct QuestionnaireForm {
    pub file: ReceivedFile,
}

impl QuestionnaireForm {
    pub const FIELDS: &[&str] = &["questionnaire"];
}

impl Form for QuestionnaireForm {
    fn parse(sent: &mut Sent) -> Option<Self> {
        match sent.file("questionnaire") {
            Some(file) => Some(Self { file }),
            None => sent.refuse("questionnaire", "Select the questionnaire that you filled in"),
        }
    }
}

/// Which of two texts to keep, question by question, each against the edition that was shown.
pub struct KeepForm {
    pub chosen: Choices,
}

impl KeepForm {
    /// The name of the field of a question.
    pub fn field(indicator: &IndicatorId) -> String {
        format!("keep-{indicator}")
    }
    /// What it is to keep one text, shown beside an answer of this edition.
    pub fn value(keep: Keep, edition: i32) -> String {
        let word = if keep == Keep::File { "file" } else { "portal" };
        format!("{word}-{edition}")
    }
}

impl Form for KeepForm {
    fn parse(sent: &mut Sent) -> Option<Self> {
        let choice = |(question, value): (String, String)| {
            let (word, edition) = value.split_once('-')?;
            let keep = match word {
                "file" => Keep::File,
                "portal" => Keep::Portal,
                _ => return None,
            };
            Some((IndicatorId::from(question.as_str()), (keep, edition.parse().ok()?)))
        };
        Some(Self { chosen: sent.beginning_with("keep-").into_iter().filter_map(choice).collect() })
    }
}
