//! What people say about an indicator, the files they add, and the declaration under it all.

use chrono::NaiveDate;

use super::answer::{Answer, Judgement, Said};
use crate::files::{FileFlaw, IncomingFile, accept_file};
use crate::web::{Ask, Filled, Form, Sent};
use crate::words::{Line, Passage};

/// The most characters of an answer in words.
const NARRATIVE: u64 = 5000;

/// Answering one indicator.
pub struct AnswerForm {
    pub said: Said,
    /// Stay here to add evidence, or go on.
    pub then: Then,
}

/// Where to go after saving.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Then {
    GoOn,
    AddEvidence,
}

impl AnswerForm {
    pub const FIELDS: &[&str] = &["judgement", "narrative", "edition"];
    /// The value of the button that stays.
    pub const ADD_EVIDENCE: &str = "evidence";

    /// The form with what was answered before.
    pub fn filled_from(answer: Option<&Answer>) -> Filled {
        let blank = Filled::blank(Self::FIELDS).with("edition", "0");
        match answer {
            Some(answer) => blank
                .with("judgement", answer.judgement.as_str())
                .with("narrative", &answer.narrative)
                .with("edition", answer.edition.to_string()),
            None => blank,
        }
    }
}

impl Form for AnswerForm {
    fn parse(sent: &mut Sent) -> Option<Self> {
        let judgement = sent.choice("judgement", "Select what describes you best today", Judgement::parse);
        let ask = Ask::new("narrative", "Your answer", "");
        let narrative = sent.read_optional(ask, "", Passage::<NARRATIVE>::parse);
        // An edition we never gave out is no better than none: the page then shows what is stored.
        let edition_seen = sent.typed("edition").parse().ok().filter(|n| (0..1_000_000).contains(n)).unwrap_or(0);
        let then = if sent.typed("then") == Self::ADD_EVIDENCE { Then::AddEvidence } else { Then::GoOn };
        let narrative = narrative?.map(Passage::into_string).unwrap_or_default();
        Some(Self { said: Said { judgement: judgement?, narrative, edition_seen }, then })
    }
}

/// Adding a file that shows what an answer says.
pub struct EvidenceForm {
    pub title: Line<150>,
    pub effective_on: Option<NaiveDate>,
    pub file: IncomingFile,
}

impl EvidenceForm {
    pub const FIELDS: &[&str] =
        &["title", "effective", "effective-day", "effective-month", "effective-year", "document"];
}

impl Form for EvidenceForm {
    fn parse(sent: &mut Sent) -> Option<Self> {
        let title = sent.line(Ask::new("title", "What it is", "Say what the file is, such as ‘Welcome checklist’"));
        let day = sent.day_if_any(Ask::new("effective", "The date", "Enter the date"));
        let file = read_file(sent);
        Some(Self { title: title?, effective_on: day?, file: file? })
    }
}

fn read_file(sent: &mut Sent) -> Option<IncomingFile> {
    const NAME: &str = "document";
    let Some(received) = sent.file(NAME) else {
        return sent.refuse(NAME, "Select a file");
    };
    match accept_file(received.path, &received.name) {
        Ok(file) => Some(file),
        Err(FileFlaw::Empty) => sent.refuse(NAME, "The file is empty. Select another one"),
        Err(FileFlaw::TooLarge) => sent.refuse(NAME, "The file must be 20 MB or smaller"),
        Err(FileFlaw::WrongKind) => sent.refuse(
            NAME,
            "The file must be a PDF, a picture, a Word, Excel, PowerPoint or OpenDocument file, or plain text",
        ),
    }
}

/// Submitting.
pub struct SubmissionForm;

impl SubmissionForm {
    pub const FIELDS: &[&str] = &["declaration"];
}

impl Form for SubmissionForm {
    fn parse(sent: &mut Sent) -> Option<Self> {
        match sent.ticked("declaration") {
            true => Some(Self),
            false => {
                sent.refuse("declaration", "Tick the box to confirm that the answers are right as far as you know")
            }
        }
    }
}
