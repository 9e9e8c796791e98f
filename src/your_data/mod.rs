//! Rights over one's own data: everything the portal holds about someone in one download, and erasing them.
//! Each part of the portal tells and forgets its own, in its own `your_data`; every column of a table that refers to
//! people is named in [`COVERED`], and a test fails for one that is not. Nobody's permission is asked: not the VRP's.
//! Not here: what an organisation takes away, which is `organisation_data`; when people are forgotten unasked, which
//! `reminders` sees to with the verbs from here.

mod covered;
mod erasure;
mod everything;
mod forms;
mod handlers;
mod pages;
mod unasked;

pub use covered::{COVERED, Told};
pub use erasure::{erase_account, erase_person};
pub use everything::{sheets, someone_of};
pub use pages::samples;
pub use unasked::{erase_idle_accounts, erase_people_who_left, warn_idle_accounts};

use crate::web::Routes;

pub fn routes(routes: &mut Routes<'_>) {
    routes
        .get("/my/account/data", handlers::show_data)
        .post("/my/account/data", handlers::download)
        .get("/my/account/erasure", handlers::show_erasure)
        .post("/my/account/erasure", handlers::erase)
        .get("/organisations/{slug}/people/{person}/erasure", handlers::show_erasure_of_person)
        .post("/organisations/{slug}/people/{person}/erasure", handlers::erase_from_record);
}
