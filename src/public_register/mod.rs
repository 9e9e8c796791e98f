//! The public register: who has pledged, by name and by district.
//! It lists exactly the pledges in force of open organisations, newest first. One that has ended keeps its address, which
//! says how it ended.
//! Not here: finding provision; `directory` does that.

mod handlers;
mod names;
mod pages;
mod pledge_page;
mod search;
mod window;

pub use names::MOST_NAMED;
pub use search::{Matches, Register, RegisterEntry, RegisterSearch};
pub use window::{REGISTER_PAGE, Window};

use crate::web::{Routes, Sample};

pub fn routes(routes: &mut Routes<'_>) {
    routes.get("/pledges", handlers::show_register).get("/pledges/{code}", handlers::show_public_pledge);
}

/// Each page with made-up content, and without any.
pub fn samples() -> Vec<Sample> {
    [pages::samples(), pledge_page::samples()].into_iter().flatten().collect()
}
