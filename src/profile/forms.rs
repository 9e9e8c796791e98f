//! What is sent with an answer or a button: a mark of what the sender saw.

use crate::web::{Form, Sent};

/// A form with the mark of what was shown when it was filled in.
pub struct Marked<F> {
    pub seen: String,
    pub form: F,
}

impl<F: Form> Form for Marked<F> {
    fn parse(sent: &mut Sent) -> Option<Self> {
        let seen = sent.typed("seen");
        F::parse(sent).map(|form| Self { seen, form })
    }
}
