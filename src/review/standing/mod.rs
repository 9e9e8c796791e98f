//! How an endorsement stands after it was given: a decider without a tie suspends it, gives it back, or takes it away,
//! with a reason that the organisation reads. Each step is kept, and how an endorsement stands is what they come to.
//! Not here: giving one, which is a decision on a review.

mod forms;
mod handlers;
mod judging;
mod pages;
mod step;
mod viewer;

pub use handlers::{show_endorsement, show_endorsements, show_judging, take_judged_step};
pub use judging::JudgedStep;
pub use pages::{StepRow, samples, step_rows};
pub use step::{EndorsementStep, RecordedStep, fold_steps};
