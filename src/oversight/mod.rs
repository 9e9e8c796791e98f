//! How organisations stand. The VRP sees each of them with its profile, its leads and what happened, and suspends, closes
//! or re-opens it with a reason; a lead closes their own.
//! Every change of a standing wants a fresh proof and a reason, and nobody decides for the VRP about an organisation
//! that they belong to or ever belonged to.
//! Not here: what a standing means to the organisation's pages; `organisations` has the viewers that know it.

mod forms;
mod handlers;
mod list_pages;
mod listing;
mod pages;
mod step_pages;

use crate::web::{Routes, Sample};

pub fn routes(routes: &mut Routes<'_>) {
    routes
        .get("/vrp/organisations", handlers::show_organisations)
        .get("/vrp/organisations/{slug}", handlers::show_overseen)
        .get("/vrp/organisations/{slug}/standing/{step}", handlers::show_standing_step)
        .post("/vrp/organisations/{slug}/standing/{step}", handlers::take_standing_step)
        .get("/organisations/{slug}/closing", handlers::show_closing)
        .post("/organisations/{slug}/closing", handlers::close_own_organisation);
}

/// Each page with made-up content.
pub fn samples() -> Vec<Sample> {
    [list_pages::samples(), pages::samples(), step_pages::samples()].into_iter().flatten().collect()
}
