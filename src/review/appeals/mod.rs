//! Appeals: an organisation says that a decision is not right, and people who had no part in it answer.
//! An appeal never lowers what an organisation has; there is one a decision.
//! Not here: the fresh review that may follow, which is a review like any other, by other people.

mod answer;
mod appeal;
mod contestable;
mod forms;
mod handlers;
mod organisation_pages;
mod pages;
mod viewer;

pub use appeal::{Against, Appeal, AppealState, count_appeals, remind_of_appeals};
pub use contestable::{Contestable, Contested, appeal_until};
pub use handlers::{answer_appeal, lodge_appeal, show_appeal, show_appeals, show_lodging, show_own_appeals};
pub use viewer::FreshEyes;

use crate::web::Sample;

/// Each page with made-up content.
pub fn samples() -> Vec<Sample> {
    [organisation_pages::samples(), pages::samples()].into_iter().flatten().collect()
}
