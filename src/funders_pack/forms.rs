//! Which documents go along.

use crate::ids::DocumentId;
use crate::web::{Form, Sent};

/// The documents that a lead ticked; none is a choice too.
pub struct PackForm {
    pub documents: Vec<DocumentId>,
}

impl PackForm {
    pub const FIELDS: &[&str] = &["documents"];
}

impl Form for PackForm {
    fn parse(sent: &mut Sent) -> Option<Self> {
        Some(Self { documents: sent.choices("documents", |typed| typed.parse().ok()) })
    }
}
