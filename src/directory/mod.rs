//! Find provision: approved organisations by place, age, day and activity, for anyone.
//! Shows only what an approved organisation has said in public of itself, and of one that is suspended or closed only
//! that; never a person or an address of theirs.
//! Not here: the register of pledges; `public_register` has it.

mod handlers;
mod pages;
mod search;

pub use pages::samples;
pub use search::{Directory, DirectorySearch};

use crate::web::Routes;

pub fn routes(routes: &mut Routes<'_>) {
    routes.get("/directory", handlers::show_directory).get("/directory/{slug}", handlers::show_entry);
}
