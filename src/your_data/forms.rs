//! What someone ticks before they, or somebody they look after, are erased.

use crate::web::{Form, Sent};

/// The value of the ticked box.
pub(super) const UNDERSTOOD: &str = "yes";

/// It cannot be undone, and they know it.
pub struct ErasureForm {}

impl ErasureForm {
    pub const FIELDS: &[&str] = &["understood"];
}

impl Form for ErasureForm {
    fn parse(sent: &mut Sent) -> Option<Self> {
        let ticked = |typed: &str| (typed == UNDERSTOOD).then_some(());
        sent.choice("understood", "Tick the box to confirm that you understand", ticked).map(|()| Self {})
    }
}
