//! The public register: who has pledged, by name and by district.
//! It lists exactly the pledges in force, newest first. One that has ended keeps its address, which says how it ended.
//! Not here: finding provision; `directory` does that.

mod handlers;
mod pages;
mod search;

pub use pages::samples;
pub use search::{REGISTER_PAGE, Register, RegisterEntry, RegisterSearch};

use crate::web::Routes;

pub fn routes(routes: &mut Routes<'_>) {
    routes.get("/pledges", handlers::show_register).get("/pledges/{code}", handlers::show_public_pledge);
}
