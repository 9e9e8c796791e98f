//! What people type about the draft. How long a text may be depends on which it is: see `texts`.

use crate::framework::{Direction, Exemption, LEAST_OF_AN_ID, MOST_OF_AN_ID, is_an_id};
use crate::web::{Ask, Form, ReceivedFile, Sent};
use crate::words::{Flaw, Line, Passage};

/// One text of the draft, as it was typed.
pub struct TextForm {
    pub typed: String,
    /// Of the text that stood there when they began.
    pub mark_seen: String,
}

impl TextForm {
    pub const FIELDS: &[&str] = &["text", "seen"];
}

impl Form for TextForm {
    fn parse(sent: &mut Sent) -> Option<Self> {
        Some(Self { typed: sent.typed("text"), mark_seen: sent.typed("seen") })
    }
}

/// Something new with an id: a standard with its title, or an indicator with its question.
pub struct NewForm {
    pub id: String,
    pub words: String,
}

impl NewForm {
    pub const FIELDS: &[&str] = &["words", "id"];
}

impl Form for NewForm {
    fn parse(sent: &mut Sent) -> Option<Self> {
        let words = sent.line::<200>(Ask::new("words", "This", "Enter the words"));
        let id = read_id(sent, "id");
        Some(Self { id: id?, words: words?.into_string() })
    }
}

/// Two indicators in the place of one.
pub struct SplitForm {
    pub first: (String, String),
    pub second: (String, String),
    pub mark_seen: String,
}

impl SplitForm {
    pub const FIELDS: &[&str] = &["first", "first_id", "second", "second_id", "seen"];
}

impl Form for SplitForm {
    fn parse(sent: &mut Sent) -> Option<Self> {
        let first = sent.line::<200>(Ask::new("first", "The first question", "Enter the first question"));
        let first_id = read_id(sent, "first_id");
        let second = sent.line::<200>(Ask::new("second", "The second question", "Enter the second question"));
        let second_id = read_id(sent, "second_id");
        let mark_seen = sent.typed("seen");
        Some(Self { first: (first_id?, first?.into_string()), second: (second_id?, second?.into_string()), mark_seen })
    }
}

fn read_id(sent: &mut Sent, name: &str) -> Option<String> {
    let problem = format!(
        "The id must be {LEAST_OF_AN_ID} to {MOST_OF_AN_ID} small letters, digits and hyphens, such as exp-feel-safe"
    );
    sent.read(Ask::new(name, "The id", "Enter an id, such as exp-feel-safe"), &problem, |typed| match typed.trim() {
        "" => Err(Flaw::Missing),
        id if is_an_id(id) => Ok(id.to_owned()),
        _ => Err(Flaw::Malformed),
    })
}

/// What is chosen about an indicator. Which fields count depends on what the page asks.
pub struct ChoiceForm {
    pub choice: String,
    pub not_for: Vec<Exemption>,
    pub mark_seen: String,
}

impl ChoiceForm {
    pub const FIELDS: &[&str] = &["choice", "not_for", "seen"];
}

impl Form for ChoiceForm {
    fn parse(sent: &mut Sent) -> Option<Self> {
        let choice = sent.typed("choice");
        Some(Self { choice, not_for: sent.choices("not_for", Exemption::parse), mark_seen: sent.typed("seen") })
    }
}

/// A word and what it means.
pub struct TermForm {
    pub term: String,
    pub meaning: String,
}

impl TermForm {
    pub const FIELDS: &[&str] = &["term", "text"];
}

impl Form for TermForm {
    fn parse(sent: &mut Sent) -> Option<Self> {
        let term = sent.line::<60>(Ask::new("term", "The word", "Enter the word"));
        let meaning = sent.passage::<600>(Ask::new("text", "What it means", "Enter what it means"));
        Some(Self { term: term.map(Line::into_string)?, meaning: meaning.map(Passage::into_string)? })
    }
}

/// Where something goes.
pub struct PlaceForm(pub Direction);

impl Form for PlaceForm {
    fn parse(sent: &mut Sent) -> Option<Self> {
        Some(Self(if sent.typed("way") == "up" { Direction::Up } else { Direction::Down }))
    }
}

/// Retiring an indicator, by someone who saw it so.
pub struct SeenForm {
    pub mark_seen: String,
}

impl Form for SeenForm {
    fn parse(sent: &mut Sent) -> Option<Self> {
        Some(Self { mark_seen: sent.typed("seen") })
    }
}

/// A file with a framework in it.
pub struct FileForm {
    pub file: ReceivedFile,
}

impl FileForm {
    pub const FIELDS: &[&str] = &["file"];
}

impl Form for FileForm {
    fn parse(sent: &mut Sent) -> Option<Self> {
        match sent.file("file") {
            Some(file) => Some(Self { file }),
            None => sent.refuse("file", "Select a file"),
        }
    }
}

/// A button about the whole draft, pressed by someone who saw this edition.
pub struct EditionForm {
    /// There is no edition 0: a form that does not say what it saw is out of date.
    pub edition: i32,
}

impl Form for EditionForm {
    fn parse(sent: &mut Sent) -> Option<Self> {
        Some(Self { edition: sent.typed("edition").parse().unwrap_or(0) })
    }
}
