//! What is marked at the door, and what people say afterwards.

use super::feedback::Said;
use super::register::Mark;
use crate::ids::BookingId;
use crate::web::{Ask, Form, Sent};
use crate::words::Passage;

/// A mark each; whoever is not marked is left as they are.
pub struct RegisterForm {
    pub marks: Vec<(BookingId, Mark)>,
}

/// Before the id of a booking.
pub(super) const MARK_FIELD: &str = "mark-";

impl Form for RegisterForm {
    fn parse(sent: &mut Sent) -> Option<Self> {
        let typed = sent.beginning_with(MARK_FIELD);
        let marks = typed.iter().filter_map(|(id, mark)| Some((id.parse().ok()?, Mark::parse(mark)?))).collect();
        Some(Self { marks })
    }
}

/// How it was.
pub struct FeedbackForm(pub Said);

impl FeedbackForm {
    pub const FIELDS: &[&str] = &["rating", "useful", "better"];
}

impl Form for FeedbackForm {
    fn parse(sent: &mut Sent) -> Option<Self> {
        let rating = sent.choice("rating", "Select how useful it was", |word| {
            word.parse::<i32>().ok().filter(|rating| (1..=5).contains(rating))
        });
        let useful = sent.read_optional(Ask::new("useful", "What was useful", ""), "", Passage::<1000>::parse);
        let better = sent.read_optional(Ask::new("better", "What could be better", ""), "", Passage::<1000>::parse);
        let words = |passage: Option<Passage<1000>>| passage.map(Passage::into_string).unwrap_or_default();
        Some(Self(Said { rating: rating?, useful: words(useful?), better: words(better?) }))
    }
}
