//! The public register: who has pledged, by name and by district.
//! It shows exactly the pledges in force, newest first.
//! Not here: finding provision; `directory` does that.

mod handlers;
mod pages;
mod search;

pub use pages::samples;
pub use search::{REGISTER_PAGE, Register, RegisterEntry, RegisterSearch};

use crate::web::Routes;

pub fn routes(routes: &mut Routes<'_>) {
    routes.get("/pledges", handlers::show_register);
}
