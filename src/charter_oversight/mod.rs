//! How far organisations have come with the Charter, as the VRP sees it: how many get from interest to a renewed pledge, who
//! waits where and for how long, and letters to those who do.
//! A census is taken once a day in batches, each an act of the portal's own; pages only read the last one that was taken.
//! Not here: what a step is for one organisation's own pages, which is `before_pledging` and `charter`.

mod census;
mod group_letter;
mod handlers;
mod letter_handlers;
mod letter_pages;
mod step;
mod waiting;
mod waiting_page;
mod way_page;
pub mod your_data;

pub use census::{CharterCensus, go_on_with_charter_census, go_on_with_charter_census_by};
pub use group_letter::{GroupLetter, LetterSent, NewGroupLetter, go_on_with_group_letters, write_to_group};
pub use step::{CharterStep, Happened, Placed};
pub use waiting::{Sought, Waiting, WaitingOrganisation};

use crate::web::{Routes, Sample};

pub fn routes(routes: &mut Routes<'_>) {
    routes
        .get("/vrp/charter/way", handlers::show_way)
        .get("/vrp/charter/way/waiting", handlers::show_waiting)
        .get("/vrp/charter/way/waiting.csv", handlers::send_waiting_csv)
        .get("/vrp/charter/way/letter", letter_handlers::show_new_letter)
        .post("/vrp/charter/way/letter", letter_handlers::send_letter)
        .get("/vrp/charter/way/letters", letter_handlers::show_letters);
}

/// Each page with made-up content.
pub fn samples() -> Vec<Sample> {
    [way_page::samples(), waiting_page::samples(), letter_pages::samples()].into_iter().flatten().collect()
}
