//! Good practice: what a reviewer of an endorsed organisation found worth learning from, shared with others in the
//! organisation's own words once a lead agrees. Nothing is shared without that, and it can be taken back at any time;
//! what an organisation without an endorsement in force shared is not shown.
//! Not here: finding it, which `review` does.

mod forms;
mod handlers;
mod library;
mod library_page;
mod near;
pub mod organisation_data;
mod pages;
mod practice;
pub mod your_data;

pub use near::{NearPractice, practice_near};
pub use practice::{NewPractice, Practice, PracticeState, offer_practice};

use crate::web::{Routes, Sample};

pub fn routes(routes: &mut Routes<'_>) {
    routes
        .get("/good-practice", handlers::show_library)
        .get("/organisations/{slug}/good-practice", handlers::show_practices)
        .get("/organisations/{slug}/good-practice/{practice}", handlers::show_practice)
        .post("/organisations/{slug}/good-practice/{practice}", handlers::share)
        .post("/organisations/{slug}/good-practice/{practice}/withdrawal", handlers::withdraw);
}

/// Each page with made-up content.
pub fn samples() -> Vec<Sample> {
    let mut samples = pages::samples();
    samples.extend(library_page::samples());
    samples
}
