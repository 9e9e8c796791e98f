//! The texts of a framework one by one, as they are written and as two versions are compared.
//! A text that was left empty is the empty one, never missing.

use serde_json::json;

use super::version::{Area, FrameworkVersion, Indicator, Standard};
use crate::ids::{AreaId, IndicatorId, StandardId};
use crate::text_enum;
use crate::words::mark_of;

text_enum! {
    /// A text that stands before the areas.
    pub enum FrontText { Title = "title", Introduction = "introduction" }
}

text_enum! {
    /// A text of an area or a standard.
    pub enum HeadPart { Title = "title", Summary = "summary" }
}

text_enum! {
    /// A text of an indicator.
    pub enum IndicatorPart {
        Question = "question",
        Why = "why",
        Emerging = "emerging",
        Established = "established",
        Excelling = "excelling",
        /// One idea on each line.
        Evidence = "evidence",
        Voice = "voice",
        /// What helps, one thing on each line, perhaps with a web address at its end.
        Resources = "resources",
    }
}

/// One text of a draft.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum DraftText {
    Front(FrontText),
    Area(AreaId, HeadPart),
    Standard(StandardId, HeadPart),
    Indicator(IndicatorId, IndicatorPart),
    /// What a word means.
    Term(String),
}

impl FrontText {
    pub fn most(self) -> usize {
        match self {
            Self::Title => 80,
            Self::Introduction => 2000,
        }
    }
}

impl HeadPart {
    pub fn most(self) -> usize {
        match self {
            Self::Title => 80,
            Self::Summary => 400,
        }
    }
}

impl IndicatorPart {
    /// Is a framework without it not finished?
    pub fn is_wanted(self) -> bool {
        !matches!(self, Self::Voice | Self::Resources)
    }

    pub fn most(self) -> usize {
        match self {
            Self::Question => 200,
            Self::Evidence | Self::Resources => 1000,
            _ => 800,
        }
    }
}

/// How long the meaning of a word may be, and the word.
pub const MOST_OF_A_MEANING: usize = 600;
pub const MOST_OF_A_TERM: usize = 60;

impl FrameworkVersion {
    pub fn front_text(&self, text: FrontText) -> &str {
        match text {
            FrontText::Title => &self.title,
            FrontText::Introduction => &self.introduction,
        }
    }

    pub(super) fn put_front_text(&mut self, text: FrontText, words: String) {
        match text {
            FrontText::Title => self.title = words,
            FrontText::Introduction => self.introduction = words,
        }
    }
}

macro_rules! has_a_head {
    ($($name:ident),*) => {$(
        impl $name {
            pub fn part(&self, part: HeadPart) -> &str {
                match part {
                    HeadPart::Title => &self.title,
                    HeadPart::Summary => &self.summary,
                }
            }

            pub(super) fn put_part(&mut self, part: HeadPart, words: String) {
                match part {
                    HeadPart::Title => self.title = words,
                    HeadPart::Summary => self.summary = words,
                }
            }
        }
    )*};
}
has_a_head!(Area, Standard);

impl Indicator {
    pub fn part(&self, part: IndicatorPart) -> &str {
        match part {
            IndicatorPart::Question => &self.question,
            IndicatorPart::Why => &self.why,
            IndicatorPart::Emerging => &self.emerging,
            IndicatorPart::Established => &self.established,
            IndicatorPart::Excelling => &self.excelling,
            IndicatorPart::Evidence => &self.evidence_ideas,
            IndicatorPart::Voice => &self.voice,
            IndicatorPart::Resources => &self.resources,
        }
    }

    pub(super) fn put_part(&mut self, part: IndicatorPart, words: String) {
        let place = match part {
            IndicatorPart::Question => &mut self.question,
            IndicatorPart::Why => &mut self.why,
            IndicatorPart::Emerging => &mut self.emerging,
            IndicatorPart::Established => &mut self.established,
            IndicatorPart::Excelling => &mut self.excelling,
            IndicatorPart::Evidence => &mut self.evidence_ideas,
            IndicatorPart::Voice => &mut self.voice,
            IndicatorPart::Resources => &mut self.resources,
        };
        *place = words;
    }

    /// What is missing before it can be published.
    pub fn missing_parts(&self) -> impl Iterator<Item = IndicatorPart> {
        IndicatorPart::ALL.iter().copied().filter(|part| part.is_wanted() && self.part(*part).is_empty())
    }

    /// A mark of everything about it but where it stands in its order.
    pub fn mark(&self) -> String {
        let texts: Vec<_> = IndicatorPart::ALL.iter().map(|part| self.part(*part)).collect();
        mark_of(&json!([
            texts,
            self.standard_id,
            self.weight,
            self.exemptions(),
            self.reason_needed,
            self.comes_from,
            self.asks_anew,
        ]))
    }
}
