//! What may be said of people in small numbers: pure functions, and the only place where it is decided.
//! No group of fewer than five people is shown, nor can one be had by adding up and taking away what is shown.
//! Not here: who is counted, and the words for it.

mod rule;
mod several;

pub use rule::{Amount, Cells, FEWEST, Group, Measure, Part, Parts, parts_of, round_to_five, sum_of, tells_of_a_few};
pub use several::{Figures, Respondents, Shown, ShownTable, show_together};
