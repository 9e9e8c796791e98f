//! The skills audit across the sector, as the VRP sees it: gaps by district and by role, what is wanted against what is on
//! offer, what stops people, and what has changed since the round before.
//! Answers are counted an organisation at a time, whenever something has changed there, and the sector's counts with them;
//! pages read the sector's counts only, and only of a round that is closed and counted to the end: a round says its numbers
//! once. `small_groups` is the one place that says what may be said of people.
//! Not here: one organisation's gaps (`skills_audit`), and opening rounds (`skills_rounds`).

mod counting;
mod handlers;
mod heat_page;
mod overview_page;
mod overview_rows;
mod picture;
mod recount;
mod tally;
mod words_page;

pub use counting::{go_on_with_counts, go_on_with_counts_by};
pub use picture::{Asked, SectorPicture};
pub use recount::{Mistake, recount_round, recount_rounds};

use crate::web::{Routes, Sample};

pub fn routes(routes: &mut Routes<'_>) {
    routes
        .get("/vrp/skills-audit/rounds/{round}", handlers::show_overview)
        .get("/vrp/skills-audit/rounds/{round}/heat", handlers::show_heat)
        .get("/vrp/skills-audit/rounds/{round}/words", handlers::show_words)
        .get("/vrp/skills-audit/rounds/{round}/skills.csv", handlers::send_csv_of_round);
}

/// Each page with made-up content.
pub fn samples() -> Vec<Sample> {
    [overview_page::samples(), heat_page::samples(), words_page::samples()].into_iter().flatten().collect()
}
