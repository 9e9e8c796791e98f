//! The pages people arrive on: the portal's, a person's own, an organisation's, the VRP's; and the statements.
//! Each says what to do next, and changes nothing.
//! Not here: anything that is done from there.

mod handlers;
mod my_page;
mod pages;
mod standing;
mod status;
mod trail;
mod umbrella_tasks;
mod work_handlers;
mod work_pages;

pub use pages::PrivacyPage;

use crate::web::{Routes, Sample};

pub fn routes(routes: &mut Routes<'_>) {
    routes
        .get("/", handlers::show_home)
        .get("/accessibility", handlers::show_accessibility)
        .get("/privacy", handlers::show_privacy)
        .get("/cookies", handlers::show_cookies)
        .get("/health/live", handlers::say_alive)
        .get("/health/ready", handlers::say_ready)
        .get("/my", work_handlers::show_my_page)
        .get("/organisations/{slug}", work_handlers::show_organisation)
        .get("/vrp", work_handlers::show_vrp);
}

/// Each page with made-up content.
pub fn samples() -> Vec<Sample> {
    let mut samples = pages::samples();
    samples.extend(my_page::samples());
    samples.extend(work_pages::samples());
    samples
}
