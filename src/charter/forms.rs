//! What people type to pledge.

use super::signature::Capacity;
use crate::web::{Ask, Form, Sent};
use crate::words::{Line, Passage};

/// The value of the ticked statement of authority.
pub(super) const AUTHORISED: &str = "yes";

/// What the organisation will do for one statement.
pub struct CommitmentForm {
    pub commitment: Passage<1000>,
    /// Of the words that stood there when they began.
    pub mark_seen: String,
}

impl CommitmentForm {
    pub const FIELDS: &[&str] = &["commitment", "seen"];
}

impl Form for CommitmentForm {
    fn parse(sent: &mut Sent) -> Option<Self> {
        let commitment = sent.passage(Ask::new("commitment", "What you will do", "Enter what you will do"));
        let mark_seen = sent.typed("seen");
        Some(Self { commitment: commitment?, mark_seen })
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
