//! The mailbox of the demonstration: every e-mail that would have been sent, to whomever.

use actix_web::HttpResponse;
use serde::Serialize;

use crate::accounts::Visitor;
use crate::clock::say_instant;
use crate::error::{Error, Result};
use crate::ids::MessageId;
use crate::mail::{OutboxMessage, latest_messages, message};
use crate::web::{Link, Page, Path, Sample, sample};

const SHOWN: i64 = 100;

#[derive(Serialize)]
pub struct MailboxPage {
    letters: Vec<Envelope>,
}

#[derive(Serialize)]
struct Envelope {
    address: String,
    recipient: String,
    subject: String,
    at: String,
}

impl Page for MailboxPage {
    const TEMPLATE: &'static str = "demonstration/mailbox";
    fn title(&self) -> String {
        "Mailbox".into()
    }
}

#[derive(Serialize)]
pub struct LetterPage {
    envelope: Envelope,
    paragraphs: Vec<Paragraph>,
}

#[derive(Serialize)]
struct Paragraph {
    text: String,
    /// Where it leads, when it is an address of this portal.
    address: Option<String>,
}

impl Page for LetterPage {
    const TEMPLATE: &'static str = "demonstration/letter";
    fn title(&self) -> String {
        self.envelope.subject.clone()
    }
    fn back(&self) -> Option<Link> {
        Some(Link::new("Mailbox", "/mailbox"))
    }
}

impl LetterPage {
    fn new(letter: &OutboxMessage, site: &str) -> Self {
        let paragraph = |line: &str| Paragraph {
            text: line.to_owned(),
            address: line.strip_prefix(site).filter(|path| path.starts_with('/')).map(str::to_owned),
        };
        let lines = letter.body_text.lines().map(str::trim).filter(|line| !line.is_empty());
        Self { envelope: Envelope::of(letter), paragraphs: lines.map(paragraph).collect() }
    }
}

impl Envelope {
    fn of(letter: &OutboxMessage) -> Self {
        Self {
            address: format!("/mailbox/{}", letter.id),
            recipient: letter.recipient.clone(),
            subject: letter.subject.clone(),
            at: say_instant(letter.created_at),
        }
    }
}

pub async fn show_mailbox(visitor: Visitor) -> Result<HttpResponse> {
    in_a_demonstration(&visitor)?;
    let letters = visitor.read(|conn| latest_messages(conn, SHOWN)).await?;
    visitor.show(&MailboxPage { letters: letters.iter().map(Envelope::of).collect() })
}

pub async fn show_message(visitor: Visitor, id: Path<String>) -> Result<HttpResponse> {
    in_a_demonstration(&visitor)?;
    let id: MessageId = id.parse().map_err(|_| Error::NotFound)?;
    let letter = visitor.read(move |conn| message(conn, id)).await?;
    visitor.show(&LetterPage::new(&letter, visitor.site()))
}

/// Anywhere else letters are nobody's but their recipients'.
fn in_a_demonstration(visitor: &Visitor) -> Result<()> {
    if visitor.is_demonstration() { Ok(()) } else { Err(Error::NotFound) }
}

pub(super) fn samples() -> Vec<Sample> {
    let envelope = || Envelope {
        address: "/mailbox/1".into(),
        recipient: "asha@example.org".into(),
        subject: "Confirm your email address".into(),
        at: "3 November 2026 at 4:05pm".into(),
    };
    let paragraph =
        |text: &str, address: Option<&str>| Paragraph { text: text.into(), address: address.map(Into::into) };
    let paragraphs = vec![paragraph("Hello Asha", None), paragraph("http://localhost/confirm/1", Some("/confirm/1"))];
    vec![
        sample(&MailboxPage { letters: vec![envelope()] }),
        sample(&MailboxPage { letters: Vec::new() }),
        sample(&LetterPage { envelope: envelope(), paragraphs }),
    ]
}
