//! Leave with everything: one download of all that an organisation has put in, for its leads.
//! It holds what its leads see on their pages and no more: never one person's answers to the skills audit.
//! Each part of the portal gives its own, in its own `organisation_data`; every table that refers to organisations is
//! named in [`TAKEN_ALONG`], and a test fails for one that is not.
//! Not here: what one person takes away, which is `your_data`.

mod everything;
mod handlers;
mod pages;

pub use everything::{TAKEN_ALONG, Taken, sheets};
pub use pages::samples;

use crate::web::Routes;

pub fn routes(routes: &mut Routes<'_>) {
    routes
        .get("/organisations/{slug}/data", handlers::show_data)
        .post("/organisations/{slug}/data", handlers::download);
}
