//! The pages people arrive on: the portal's, a person's own, an organisation's, the VRP's; and the statements.
//! Each says what to do next, and changes nothing.
//! Not here: anything that is done from there.

mod handlers;
mod pages;

pub use pages::samples;

use crate::web::Routes;

pub fn routes(routes: &mut Routes<'_>) {
    routes
        .get("/", handlers::show_home)
        .get("/accessibility", handlers::show_accessibility)
        .get("/privacy", handlers::show_privacy)
        .get("/cookies", handlers::show_cookies)
        .get("/health/live", handlers::say_alive)
        .get("/health/ready", handlers::say_ready);
}
