//! What people type to pledge.

use chrono::NaiveDate;

use super::commitment::Commitment;
use super::signature::Capacity;
use crate::web::{Ask, Form, Sent};
use crate::words::{EmailAddress, Line, Passage};

/// The value of the ticked statement of authority.
pub(super) const AUTHORISED: &str = "yes";

/// What the organisation will do for one statement.
pub struct CommitmentForm {
    pub commitment: Passage<1000>,
    pub who: Line<100>,
    /// None for what goes on all the time.
    pub by_on: Option<NaiveDate>,
    /// Of the words that stood there when they began.
    pub mark_seen: String,
}

impl CommitmentForm {
    pub const FIELDS: &[&str] = &["commitment", "who", "by", "by-day", "by-month", "by-year", "seen"];

    pub fn commitment(&self) -> Commitment {
        Commitment {
            words: self.commitment.as_str().to_owned(),
            who: Some(self.who.as_str().to_owned()),
            by_on: self.by_on,
        }
    }
}

impl Form for CommitmentForm {
    fn parse(sent: &mut Sent) -> Option<Self> {
        let commitment = sent.passage(Ask::new("commitment", "What you will do", "Enter what you will do"));
        let who = sent.line(Ask::new("who", "Who sees to it", "Enter who sees to it, such as the lead volunteer"));
        let by_on = sent.day_if_any(Ask::new("by", "The day", "Enter the day by which you will do it"));
        let mark_seen = sent.typed("seen");
        Some(Self { commitment: commitment?, who: who?, by_on: by_on?, mark_seen })
    }
}

/// Signing.
pub struct SignatureForm {
    pub capacity: Capacity,
    pub name: Line<100>,
    pub role: Line<100>,
    /// The hash of the words on the page they signed.
    pub words_seen: String,
}

impl SignatureForm {
    pub const FIELDS: &[&str] = &["capacity", "name", "role", "authority", "words_seen"];
}

impl Form for SignatureForm {
    fn parse(sent: &mut Sent) -> Option<Self> {
        let capacity = sent.choice("capacity", "Select which side you sign for", Capacity::parse);
        let name = sent.line(Ask::new("name", "Your full name", "Enter your full name"));
        let role = sent.line(Ask::new("role", "Your role", "Enter your role, such as chair of trustees"));
        let authority = sent.choice("authority", "Confirm that you have the authority to sign", |typed| {
            (typed == AUTHORISED).then_some(())
        });
        let words_seen = sent.typed("words_seen");
        authority?;
        Some(Self { capacity: capacity?, name: name?, role: role?, words_seen })
    }
}

/// Taking a pledge back.
pub struct WithdrawalForm {
    pub reason: Passage<500>,
}

impl WithdrawalForm {
    pub const FIELDS: &[&str] = &["reason"];
}

impl Form for WithdrawalForm {
    fn parse(sent: &mut Sent) -> Option<Self> {
        sent.passage(Ask::new("reason", "Your reason", "Enter why you are withdrawing")).map(|reason| Self { reason })
    }
}

/// Asking someone for the second signature.
pub struct RequestForm {
    pub name: Line<100>,
    pub email: EmailAddress,
}

impl RequestForm {
    pub const FIELDS: &[&str] = &["name", "email"];
}

impl Form for RequestForm {
    fn parse(sent: &mut Sent) -> Option<Self> {
        let name = sent.line(Ask::new("name", "Their full name", "Enter their full name"));
        let email = sent.email(Ask::new("email", "Their email address", "Enter their email address"));
        Some(Self { name: name?, email: email? })
    }
}
