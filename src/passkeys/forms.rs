//! What a device answered, beside what its owner typed. The answer is JSON that the page's script puts into the form.

use serde::de::DeserializeOwned;
use webauthn_rs::prelude::{PublicKeyCredential, RegisterPublicKeyCredential};

use crate::accounts::within_the_portal;
use crate::web::{Ask, Form, Sent};
use crate::words::Line;

const NAME: Ask<'_> = Ask::new("name", "Name", "Enter a name for this passkey, such as ‘My phone’");

/// A new passkey.
pub struct NewPasskeyForm {
    pub name: Line<60>,
    pub question: String,
    pub answer: RegisterPublicKeyCredential,
}

impl NewPasskeyForm {
    pub const FIELDS: &[&str] = &["name", "credential"];
}

impl Form for NewPasskeyForm {
    fn parse(sent: &mut Sent) -> Option<Self> {
        let name = sent.line(NAME);
        let question = sent.secret("question");
        // Without a name the script asks the device nothing.
        let name = name?;
        Some(Self { name, question, answer: read_answer(sent, super::pages::NOT_MADE)? })
    }
}

/// Signing in with a passkey.
pub struct PasskeySignInForm {
    pub question: String,
    pub answer: PublicKeyCredential,
    /// Where to go then: an address within the portal.
    pub next: Option<String>,
}

impl PasskeySignInForm {
    pub const FIELDS: &[&str] = &["credential", "next"];
}

impl Form for PasskeySignInForm {
    fn parse(sent: &mut Sent) -> Option<Self> {
        let question = sent.secret("question");
        let next = Some(sent.typed("next")).filter(|next| within_the_portal(next));
        Some(Self { question, answer: read_answer(sent, super::pages::NOT_SHOWN)?, next })
    }
}

/// Calling a passkey by another name.
pub struct PasskeyNameForm {
    pub name: Line<60>,
}

impl Form for PasskeyNameForm {
    fn parse(sent: &mut Sent) -> Option<Self> {
        sent.line(NAME).map(|name| Self { name })
    }
}

fn read_answer<T: DeserializeOwned>(sent: &mut Sent, unreadable: &str) -> Option<T> {
    match serde_json::from_str(&sent.secret("credential")) {
        Ok(answer) => Some(answer),
        Err(_) => sent.refuse("credential", unreadable),
    }
}
