//! Ties: why someone cannot judge an organisation, read from the records and from what they declare themselves.
//! A tie counts on for a time once it is over, which the programme sets. Whoever gets one while they review loses the
//! case at once.
//! Not here: the proof that somebody has none, which is [`super::Independence`].

mod forms;
mod handlers;
mod interest;
mod pages;
mod stepping_aside;
mod ties;

pub use handlers::{
    declare_interest, show_declaring, show_finding, show_interests, show_withdrawing, withdraw_interest,
};
pub use interest::Interest;
pub use pages::{samples, say_tie};
pub use stepping_aside::{give_back_without_role, has_lost_a_case, step_aside, step_aside_from_all};
pub use ties::{Tie, Ties, people_tied_to};
