//! What people say about an indicator, the files they add, and the declaration under it all.

use super::answer::{Answer, Judgement, Said};
use crate::documents::{DocumentForm, NewDocument};
use crate::files::IncomingFile;
use crate::ids::DocumentId;
use crate::live_records::Verdict;
use crate::web::{Ask, Filled, Form, Sent};
use crate::words::Passage;

/// The most characters of an answer in words.
pub const MOST_WORDS: u64 = 5000;

/// What someone makes of a record, as it was shown to them.
pub struct RecordForm {
    pub verdict: Verdict,
    /// Why not; empty when it is accepted.
    pub reason: String,
    pub shown: String,
}

impl RecordForm {
    pub const FIELDS: &[&str] = &["verdict", "reason"];
}

impl Form for RecordForm {
    fn parse(sent: &mut Sent) -> Option<Self> {
        let verdict = sent.choice("verdict", "Select whether it shows what you answer", Verdict::parse);
        let ask = Ask::new("reason", "Your reason", "Enter why it does not show what you answer");
        let reason = match verdict {
            Some(Verdict::Declined) => sent.passage::<500>(ask).map(Passage::into_string),
            _ => Some(String::new()),
        };
        let shown = sent.typed("shown");
        Some(Self { verdict: verdict?, reason: reason?, shown })
    }
}

/// Answering one indicator.
pub struct AnswerForm {
    pub said: Said,
    /// The version of the framework that the question was read in, where the form says.
    pub framework_seen: Option<i32>,
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
        let narrative = sent.read_optional(ask, "", Passage::<MOST_WORDS>::parse);
        // An edition we never gave out is no better than none: the page then shows what is stored.
        let edition_seen = sent.typed("edition").parse().ok().filter(|n| (0..1_000_000).contains(n)).unwrap_or(0);
        let then = if sent.typed("then") == Self::ADD_EVIDENCE { Then::AddEvidence } else { Then::GoOn };
        let narrative = narrative?.map(Passage::into_string).unwrap_or_default();
        let framework_seen = sent.typed("framework").parse().ok();
        Some(Self { said: Said { judgement: judgement?, narrative, edition_seen }, framework_seen, then })
    }
}

/// Adding a document that shows what an answer says: one that is kept already, or a new one.
pub enum EvidenceForm {
    Kept(DocumentId),
    New(NewDocument, IncomingFile),
}

impl EvidenceForm {
    pub const FIELDS: &[&str] = &[
        "kept",
        "title",
        "effective",
        "effective-day",
        "effective-month",
        "effective-year",
        "review",
        "review-day",
        "review-month",
        "review-year",
        "document",
        "address",
    ];
}

impl Form for EvidenceForm {
    fn parse(sent: &mut Sent) -> Option<Self> {
        let kept = sent.typed("kept");
        if !kept.is_empty() {
            let brings_another = !sent.typed("address").is_empty();
            if sent.file("document").is_some() || brings_another {
                return sent.refuse("kept", "Select a document you have, or add a new one, not both");
            }
            return match kept.parse() {
                Ok(id) => Some(Self::Kept(id)),
                Err(_) => sent.refuse("kept", "Select one of your documents"),
            };
        }
        DocumentForm::parse(sent).map(|DocumentForm { said, file }| Self::New(said, file))
    }
}

/// Saying something to colleagues.
pub struct CommentForm {
    pub words: Passage<1000>,
}

impl CommentForm {
    pub const FIELDS: &[&str] = &["words"];
}

impl Form for CommentForm {
    fn parse(sent: &mut Sent) -> Option<Self> {
        let words = sent.passage(Ask::new("words", "Your comment", "Enter what you want to say"));
        Some(Self { words: words? })
    }
}

/// Signing for those who govern, what was shown.
pub struct CountersignForm {
    /// The fingerprint of the copy that they read.
    pub seen: String,
}

impl Form for CountersignForm {
    fn parse(sent: &mut Sent) -> Option<Self> {
        let seen = sent.typed("seen");
        SubmissionForm::parse(sent).map(|_| Self { seen })
    }
}

/// Signing for the work.
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
