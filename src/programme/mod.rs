//! What the VRP sets for the whole programme, in its own pages: how long a pledge lasts, whether training comes
//! before it, and the clocks of reviews, decisions and appeals.
//! A value that nobody has set is the default; one that has been set counts from the next act on, and changes nothing that
//! was promised before.
//! Not here: rules about training, which are `pathways`, and how long things are kept, which the operator sets.

mod forms;
mod handlers;
mod pages;
mod value;

pub use value::Programme;

use crate::web::{Routes, Sample};

pub fn routes(routes: &mut Routes<'_>) {
    routes.get("/vrp/programme", handlers::show_programme).post("/vrp/programme", handlers::change_programme);
}

/// Each page with made-up content.
pub fn samples() -> Vec<Sample> {
    pages::samples()
}
