//! What people say of a document, and the file itself.

use std::io::Write;

use super::document::NewDocument;
use crate::files::{IncomingFile, accept_file};
use crate::organisations::Website;
use crate::web::{Ask, Form, Sent};

/// A new document: its words, its dates, and the file or where it leads. A link is a file too: a line of text with its
/// address, so that whatever keeps, copies and compares files does the same for it.
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
        "address",
    ];
}

impl Form for DocumentForm {
    fn parse(sent: &mut Sent) -> Option<Self> {
        let said = read_said(sent);
        let malformed = "Enter a web address in full, like https://www.example.org/our-policy";
        let ask = Ask::new("address", "The web address", "");
        let address = sent.read_optional(ask, malformed, Website::parse);
        let file = match (sent.file("document"), &address) {
            (None, None) => None,
            (None, Some(None)) => sent.refuse("document", "Select a file, or enter a web address"),
            (Some(_), Some(Some(_))) => sent.refuse("document", "Select a file, or enter a web address, not both"),
            (None, Some(Some(address))) => written_down(address).or_else(|| sent.refuse("address", malformed)),
            (Some(received), _) => match accept_file(received.path, &received.name) {
                Err(flaw) => sent.refuse("document", flaw.say("The file")),
                Ok(file) => Some(file),
            },
        };
        Some(Self { said: NewDocument { address: address?, ..said? }, file: file? })
    }
}

/// The address as a line in a file.
fn written_down(address: &Website) -> Option<IncomingFile> {
    let mut file = tempfile::NamedTempFile::new().ok()?;
    writeln!(file, "{}", address.as_str()).ok()?;
    accept_file(file.into_temp_path(), "link.txt").ok()
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
        sent.typed("address");
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
    let (effective_on, review_by) = (effective?, review?);
    Some(NewDocument { title: title?.into_string(), effective_on, review_by, address: None })
}
