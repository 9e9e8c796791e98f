//! What people choose when they show their training to others.

use chrono::NaiveDate;

use crate::clock::months_after;
use crate::ids::ModuleId;
use crate::training::Shared;
use crate::web::{Ask, Form, Sent};
use crate::words::Line;

pub(super) const NOTHING_CHOSEN: &str = "Select the training that the link shows";

/// How long a link can be opened.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Lasts {
    OneMonth,
    SixMonths,
    OneYear,
}

impl Lasts {
    fn parse(word: &str) -> Option<Self> {
        match word {
            "1" => Some(Self::OneMonth),
            "6" => Some(Self::SixMonths),
            "12" => Some(Self::OneYear),
            _ => None,
        }
    }

    /// The last day, from today.
    pub fn ends_on(self, today: NaiveDate) -> NaiveDate {
        months_after(
            today,
            match self {
                Self::OneMonth => 1,
                Self::SixMonths => 6,
                Self::OneYear => 12,
            },
        )
    }
}

/// Making a link.
pub struct LinkForm {
    /// Everything, or these.
    pub modules: Option<Vec<ModuleId>>,
    pub lasts: Lasts,
    pub note: Option<Line<100>>,
}

impl LinkForm {
    pub const FIELDS: &[&str] = &["covers", "modules", "lasts", "note"];
}

impl Form for LinkForm {
    fn parse(sent: &mut Sent) -> Option<Self> {
        let all = sent.choice("covers", "Select what the link shows", |word| match word {
            "everything" => Some(true),
            "chosen" => Some(false),
            _ => None,
        });
        let chosen = sent.choices("modules", |word| (!word.is_empty()).then(|| ModuleId::from(word)));
        let modules = match all {
            Some(false) if chosen.is_empty() => sent.refuse("modules", NOTHING_CHOSEN),
            Some(all) => Some((!all).then_some(chosen)),
            None => None,
        };
        let lasts = sent.choice("lasts", "Select how long the link can be opened", Lasts::parse);
        let note = Ask::new("note", "The note", "Enter a note");
        let note = sent.read_optional(note, note.missing, Line::parse);
        Some(Self { modules: modules?, lasts: lasts?, note: note? })
    }
}

/// The beginning of the name of each organisation's field; the rest is its slug.
pub(super) const SHARED_FIELD: &str = "shared-";

/// What each organisation is to see, by its slug.
pub struct SharingForm {
    pub wanted: Vec<(String, Shared)>,
}

impl Form for SharingForm {
    fn parse(sent: &mut Sent) -> Option<Self> {
        let wanted = sent.beginning_with(SHARED_FIELD).into_iter();
        Some(Self { wanted: wanted.filter_map(|(slug, word)| Some((slug, Shared::parse(&word)?))).collect() })
    }
}
