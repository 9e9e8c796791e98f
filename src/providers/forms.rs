//! What is typed to appoint a provider, and to invite its people.

use crate::web::{Ask, Form, Sent};
use crate::words::{EmailAddress, Line, Passage};

pub(super) const NAME_TAKEN: &str = "A provider of this name is appointed already";
pub(super) const INVITED_ALREADY: &str = "This address is invited already, or belongs to one of its people";

/// A new provider.
pub struct ProviderForm {
    pub name: Line<120>,
    pub about: Passage<1000>,
}

impl ProviderForm {
    pub const FIELDS: &[&str] = &["name", "about"];
}

impl Form for ProviderForm {
    fn parse(sent: &mut Sent) -> Option<Self> {
        let name = sent.line(Ask::new("name", "The name", "Enter the name of the provider"));
        let about = sent.passage(Ask::new("about", "What they do", "Say in a sentence or two what they do"));
        Some(Self { name: name?, about: about? })
    }
}

/// Someone who is to run sessions.
pub struct ProviderPersonForm {
    pub name: Line<100>,
    pub email: EmailAddress,
}

impl ProviderPersonForm {
    pub const FIELDS: &[&str] = &["name", "email"];
}

impl Form for ProviderPersonForm {
    fn parse(sent: &mut Sent) -> Option<Self> {
        let name = sent.line(Ask::new("name", "Their name", "Enter their name"));
        let email = sent.email(Ask::new("email", "Their email address", "Enter their email address"));
        Some(Self { name: name?, email: email? })
    }
}
