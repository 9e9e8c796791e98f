//! Each text of a Charter as its writer meets it: what it is called, what belongs in it, how long it may be, and how old
//! someone is who reads it with ease.

use serde::Serialize;

use crate::charter::{DraftText, FrontText, StatementPart, Wording};
use crate::reading_age::{MOST, reading_years};
use crate::words::{Flaw, Line, Passage};

pub const TITLE: &str = "Title";
pub const INTRODUCTION: &str = "Introduction";

pub fn name_of(which: &DraftText) -> &'static str {
    match which {
        DraftText::Front(FrontText::Title) => TITLE,
        DraftText::Front(FrontText::Introduction) => INTRODUCTION,
        DraftText::Statement(_, part) => part_name(*part),
    }
}

pub fn part_name(part: StatementPart) -> &'static str {
    match part {
        StatementPart::Theme => "Theme",
        StatementPart::Words => "The statement",
        StatementPart::InPractice => "What it means in practice",
        StatementPart::Prompt => "The question to organisations",
        StatementPart::Example => "An example of an answer",
        StatementPart::ReadAloud => "Words to read aloud",
        StatementPart::PictureWords => "What the picture shows",
    }
}

pub fn hint_of(which: &DraftText) -> &'static str {
    match which {
        DraftText::Front(FrontText::Title) => "Such as Youth Charter",
        DraftText::Front(FrontText::Introduction) => "What the Charter is, and what a young person can do with it",
        DraftText::Statement(_, part) => match part {
            StatementPart::Theme => "A few words that name it. Pledges keep its place when the theme changes",
            StatementPart::Words => "What organisations promise, to a young person: We will…",
            StatementPart::InPractice => "What a young person would see and hear where the promise is kept",
            StatementPart::Prompt => "An organisation answers it when it pledges. It is no part of the promise",
            StatementPart::Example => "Shown to organisations as help. It is no part of the promise",
            StatementPart::ReadAloud => {
                "The same promise for the ear, where that is simpler. Leave it empty if the statement can be read out as it is"
            }
            StatementPart::PictureWords => "For people who do not see it: who is there, and what they do",
        },
    }
}

pub fn wording_name(wording: Wording) -> &'static str {
    match wording {
        Wording::MadeUp => "Made-up words, marked as a sample",
        Wording::Own => "The Violence Reduction Partnership’s own words",
    }
}

/// Is it short enough for one line?
pub fn is_a_line(which: &DraftText) -> bool {
    matches!(
        which,
        DraftText::Front(FrontText::Title) | DraftText::Statement(_, StatementPart::Theme | StatementPart::Prompt)
    )
}

/// The text that was typed, or what is wrong with it.
pub fn read_text(which: &DraftText, typed: &str) -> Result<String, String> {
    let read = match which {
        DraftText::Front(FrontText::Title) | DraftText::Statement(_, StatementPart::Theme) => line::<80>(typed),
        DraftText::Front(FrontText::Introduction) => passage::<2000>(typed),
        DraftText::Statement(_, part) => match part {
            StatementPart::ReadAloud if typed.trim().is_empty() => Ok(String::new()),
            StatementPart::ReadAloud => passage::<1500>(typed),
            StatementPart::Prompt => line::<200>(typed),
            _ => passage::<600>(typed),
        },
    };
    read.map_err(|flaw| match flaw {
        Flaw::TooLong(most) => format!("This must be {most} characters or fewer"),
        _ => "Enter the words".to_owned(),
    })
}

fn line<const MAX: u64>(typed: &str) -> Result<String, Flaw> {
    Line::<MAX>::parse(typed).map(Line::into_string)
}

fn passage<const MAX: u64>(typed: &str) -> Result<String, Flaw> {
    Passage::<MAX>::parse(typed).map(Passage::into_string)
}

/// How a text reads. A help for its writer: nothing is refused for it.
#[derive(Debug, Clone, Serialize, PartialEq, Eq)]
pub struct Reading {
    pub line: String,
    /// It is for young people, and for older ones than it should be.
    pub is_hard: bool,
}

impl Reading {
    /// `None` of a title or a theme: a formula for sentences says nothing of a few words.
    pub fn of(which: &DraftText, text: &str) -> Option<Self> {
        let is_for_the_young = match which {
            DraftText::Front(FrontText::Title) | DraftText::Statement(_, StatementPart::Theme) => return None,
            DraftText::Statement(_, StatementPart::Prompt | StatementPart::Example) => false,
            _ => true,
        };
        let years = reading_years(text)?;
        let is_hard = is_for_the_young && f64::from(years) > MOST;
        Some(Self { line: format!("Reads at about age {years}"), is_hard })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_words_to_read_aloud_may_be_left_empty() {
        let part = |part| DraftText::Statement("respect".into(), part);
        for which in
            StatementPart::ALL.iter().map(|p| part(*p)).chain(FrontText::ALL.iter().map(|f| DraftText::Front(*f)))
        {
            let empty = read_text(&which, " \r\n ");
            assert_eq!(empty.is_ok(), which == part(StatementPart::ReadAloud), "{which:?}: {empty:?}");
            assert_eq!(read_text(&which, " We will. "), Ok("We will.".to_owned()));
            let long = read_text(&which, &"é".repeat(2001)).expect_err("too long");
            assert!(long.ends_with("characters or fewer"), "{long}");
        }
    }

    #[test]
    fn a_theme_has_no_reading_age_and_a_sentence_has() {
        let theme = DraftText::Statement("respect".into(), StatementPart::Theme);
        let words = DraftText::Statement("respect".into(), StatementPart::Words);
        assert_eq!(Reading::of(&theme, "Development and progression"), None);
        assert_eq!(Reading::of(&words, ""), None);
        let easy = Reading { line: "Reads at about age 5".into(), is_hard: false };
        assert_eq!(Reading::of(&words, "We will be kind to you."), Some(easy));
        let hard = "Organisations continuously facilitate opportunities for participatory decision-making processes.";
        assert!(Reading::of(&words, hard).is_some_and(|reading| reading.is_hard));
        let prompt = DraftText::Statement("respect".into(), StatementPart::Prompt);
        assert!(Reading::of(&prompt, hard).is_some_and(|reading| !reading.is_hard), "adults answer it");
    }
}
