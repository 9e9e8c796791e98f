//! The texts of a Charter one by one, as they are written and as two versions are compared.
//! A text that was left empty is the empty one, never missing.

use serde_json::json;

use super::version::{CharterVersion, Statement};
use crate::ids::StatementId;
use crate::text_enum;
use crate::words::mark_of;

text_enum! {
    /// A text that stands before the statements.
    pub enum FrontText { Title = "title", Introduction = "introduction" }
}

text_enum! {
    /// A text of a statement.
    pub enum StatementPart {
        Theme = "theme",
        Words = "words",
        InPractice = "in-practice",
        Prompt = "prompt",
        Example = "example",
        ReadAloud = "read-aloud",
        /// What its picture shows. A statement without a picture has none.
        PictureWords = "picture-words",
    }
}

text_enum! {
    /// Whose words the Charter is in.
    pub enum Wording { MadeUp = "made-up", Own = "own" }
}

/// One text of a draft.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum DraftText {
    Front(FrontText),
    Statement(StatementId, StatementPart),
}

impl StatementPart {
    /// Is a Charter without it not finished?
    pub fn is_wanted(self) -> bool {
        !matches!(self, Self::ReadAloud | Self::PictureWords)
    }
}

impl CharterVersion {
    pub fn front_text(&self, text: FrontText) -> &str {
        match text {
            FrontText::Title => &self.title,
            FrontText::Introduction => &self.introduction,
        }
    }

    pub fn wording(&self) -> Wording {
        if self.sample { Wording::MadeUp } else { Wording::Own }
    }
}

impl Statement {
    pub fn part(&self, part: StatementPart) -> &str {
        match part {
            StatementPart::Theme => &self.theme,
            StatementPart::Words => &self.words,
            StatementPart::InPractice => &self.in_practice,
            StatementPart::Prompt => &self.prompt,
            StatementPart::Example => &self.example,
            StatementPart::ReadAloud => self.read_aloud.as_deref().unwrap_or_default(),
            StatementPart::PictureWords => self.picture_words.as_deref().unwrap_or_default(),
        }
    }

    pub(super) fn put_part(&mut self, part: StatementPart, text: &str) {
        let text = text.to_owned();
        match part {
            StatementPart::Theme => self.theme = text,
            StatementPart::Words => self.words = text,
            StatementPart::InPractice => self.in_practice = text,
            StatementPart::Prompt => self.prompt = text,
            StatementPart::Example => self.example = text,
            StatementPart::ReadAloud => self.read_aloud = Some(text).filter(|text| !text.is_empty()),
            StatementPart::PictureWords => self.picture_words = self.picture_file_id.map(|_| text),
        }
    }

    /// What is missing before it can be published.
    pub fn missing_parts(&self) -> impl Iterator<Item = StatementPart> {
        StatementPart::ALL.iter().copied().filter(|part| part.is_wanted() && self.part(*part).is_empty())
    }

    /// Does it have this part, if only an empty one?
    pub fn has_part(&self, part: StatementPart) -> bool {
        part != StatementPart::PictureWords || self.picture_file_id.is_some()
    }

    /// A mark of all of its texts, and its picture, as they stand.
    pub fn mark(&self) -> String {
        let texts: Vec<_> = StatementPart::ALL.iter().map(|part| self.part(*part)).collect();
        mark_of(&json!([texts, self.picture_file_id]))
    }
}
