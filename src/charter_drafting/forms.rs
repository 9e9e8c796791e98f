//! What people type about the draft. How long a text may be depends on which it is: see `texts`.

use crate::charter::{Direction, Wording};
use crate::web::{Ask, Form, Sent};
use crate::words::Line;

/// One text of the draft, as it was typed.
pub struct TextForm {
    pub typed: String,
    /// Of the text that stood there when they began.
    pub mark_seen: String,
}

impl TextForm {
    pub const FIELDS: &[&str] = &["text", "seen"];
}

impl Form for TextForm {
    fn parse(sent: &mut Sent) -> Option<Self> {
        Some(Self { typed: sent.typed("text"), mark_seen: sent.typed("seen") })
    }
}

/// A new statement has nothing but its theme.
pub struct ThemeForm(pub Line<80>);

impl ThemeForm {
    pub const FIELDS: &[&str] = &["theme"];
}

impl Form for ThemeForm {
    fn parse(sent: &mut Sent) -> Option<Self> {
        sent.line(Ask::new("theme", "The theme", "Enter the theme")).map(Self)
    }
}

/// Whose words the Charter is in.
pub struct WordingForm {
    pub wording: Wording,
    /// What was said when they began.
    pub seen: Option<Wording>,
}

impl WordingForm {
    pub const FIELDS: &[&str] = &["wording", "seen"];
}

impl Form for WordingForm {
    fn parse(sent: &mut Sent) -> Option<Self> {
        let seen = Wording::parse(&sent.typed("seen"));
        let wording = sent.choice("wording", "Select whose words they are", Wording::parse)?;
        Some(Self { wording, seen })
    }
}

/// Where a statement goes.
pub struct PlaceForm(pub Direction);

impl Form for PlaceForm {
    fn parse(sent: &mut Sent) -> Option<Self> {
        Some(Self(if sent.typed("way") == "up" { Direction::Up } else { Direction::Down }))
    }
}

/// Taking a statement out, by someone who saw it so.
pub struct RemovalForm {
    pub mark_seen: String,
}

impl Form for RemovalForm {
    fn parse(sent: &mut Sent) -> Option<Self> {
        Some(Self { mark_seen: sent.typed("seen") })
    }
}

/// A button about the whole draft, pressed by someone who saw this edition.
pub struct EditionForm {
    /// There is no edition 0: a form that does not say what it saw is out of date.
    pub edition: i32,
}

impl Form for EditionForm {
    fn parse(sent: &mut Sent) -> Option<Self> {
        Some(Self { edition: sent.typed("edition").parse().unwrap_or(0) })
    }
}
