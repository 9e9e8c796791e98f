//! What reviewers, deciders and organisations see, and what the pages say after a change.

mod changed;
mod conclusion;
mod desk;
mod indicator;
mod lists;
mod outcome;
mod rows;
mod samples;

pub use conclusion::{ChangesPage, DecisionPage, RecommendationPage};
pub use desk::DeskPage;
pub use indicator::IndicatorPage;
pub(super) use lists::say_wait;
pub use lists::{DecisionsPage, PAGE, QueuePage};
pub use outcome::{OutcomePage, OutcomeView};
pub(super) use rows::{FoundTag, by_area, found_tag, judged};
pub use samples::samples;

pub const TAKEN: &str = "The review is yours, and the organisation has been told";
pub const FINDING_SAVED: &str = "Finding saved. This is the next one";
pub const ALL_FOUND: &str = "Finding saved. You have looked at everything";
pub const CHANGES_ASKED: &str = "The organisation has been asked for changes";
pub const RECOMMENDED: &str = "Your recommendation waits for someone else to decide";
pub const DECIDED: &str = "The decision is made, and the organisation has been told";
pub const SENT_BACK: &str = "The recommendation is back with the reviewer";
