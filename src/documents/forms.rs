//! What people say of a document, and the file itself.

use super::document::NewDocument;
use crate::files::{IncomingFile, accept_file};
use crate::web::{Ask, Form, Sent};

/// A new document: its words, its dates, the file.
pub struct DocumentForm {
    pub said: NewDocument,
    pub file: IncomingFile,
}

impl DocumentForm {
    pub const FIELDS: &[&str] = &[
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
    ];
}

impl Form for DocumentForm {
    fn parse(sent: &mut Sent) -> Option<Self> {
        let said = read_said(sent);
        let file = match sent.file("document").map(|received| accept_file(received.path, &received.name)) {
            None => sent.refuse("document", "Select a file"),
            Some(Err(flaw)) => sent.refuse("document", flaw.say("The file")),
            Some(Ok(file)) => Some(file),
        };
        Some(Self { said: said?, file: file? })
    }
}

/// Other words and dates for a document that is kept.
pub struct ChangeForm {
    /// The mark of what was shown.
    pub seen: String,
    pub said: NewDocument,
}

impl Form for ChangeForm {
    fn parse(sent: &mut Sent) -> Option<Self> {
        // The page shares its fields with that of a new document.
        sent.typed("document");
        let seen = sent.typed("seen");
        read_said(sent).map(|said| Self { seen, said })
    }
}

fn read_said(sent: &mut Sent) -> Option<NewDocument> {
    let title = sent.line::<150>(Ask::new("title", "What it is", "Say what the file is, such as ‘Welcome checklist’"));
    let effective = sent.day_if_any(Ask::new("effective", "The date on it", "Enter the date on it"));
    let review = sent.day_if_any(Ask::new("review", "The date to review it", "Enter the date to review it"));
    if let (Some(Some(effective)), Some(Some(review))) = (effective, review)
        && review <= effective
    {
        sent.refuse::<()>("review", "The date to review it must be after the date on it");
    }
    Some(NewDocument { title: title?.into_string(), effective_on: effective?, review_by: review? })
}
