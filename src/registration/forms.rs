//! What the VRP types about a registration.

use crate::web::{Ask, Form, Sent};
use crate::words::Passage;

/// A request for more, by the VRP.
pub struct RequestForm {
    pub request: Passage<2000>,
}

impl RequestForm {
    pub const FIELDS: &[&str] = &["request"];
}

impl Form for RequestForm {
    fn parse(sent: &mut Sent) -> Option<Self> {
        let request =
            sent.passage(Ask::new("request", "Your request", "Enter what the organisation should add or change"));
        Some(Self { request: request? })
    }
}
