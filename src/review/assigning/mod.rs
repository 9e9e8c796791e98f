//! Who reviews what: an administrator gives a review to somebody, or whoever has one hands it over, with a reason; and
//! the days by which reviews and decisions should be done.
//! Nobody is given what they have a tie to, and whoever had a review once does not decide it.
//! Not here: taking a review from the queue, which reviewers do themselves.

mod clock;
mod forms;
mod handing_over;
mod handlers;
mod nudges;
mod pages;
mod workload;

pub use clock::{Due, DueTag};
pub use handing_over::{Handover, handed_on_by};
pub use handlers::{choose_for_vrp, hand_over_own, show_choosing, show_handing_over, show_work};
pub use nudges::remind_of_reviews;
pub use pages::samples;
pub use workload::Colleague;
