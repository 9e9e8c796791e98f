//! Organisations outlive their leads. Whoever is the only lead is reminded to find a second; and when nobody leads any
//! more, someone from the organisation asks to take over, everyone the portal knows of it has 14 days to object, and an
//! administrator of the VRP decides.
//! Nobody becomes a lead here before the 14 days are over, and nobody decides on what they asked for themselves.
//! Not here: leaving and handing over, which is `people`.

mod contact;
mod forms;
mod handlers;
mod leadership;
mod pages;
#[allow(clippy::module_inception)] // the folder is the part of the service, the file its noun
mod rescue;
mod vrp_handlers;
mod vrp_pages;
pub mod your_data;

pub use contact::{CameBy, Contact, ContactKind};
pub use leadership::{LeadSeen, Thin, count_thin, remind_only_leads};
pub use rescue::{NewRescue, Rescue, RescueState, ask_to_take_over, close_due_rescues};

use crate::web::{Routes, Sample};

pub fn routes(routes: &mut Routes<'_>) {
    routes
        .get("/take-over/{slug}", handlers::show_taking_over)
        .post("/take-over/{slug}", handlers::ask)
        .post("/take-over/{slug}/withdrawal", handlers::withdraw_rescue)
        .post("/take-over/{slug}/objection", handlers::object_as_member)
        .get("/objections/{token}", handlers::show_objection)
        .post("/objections/{token}", handlers::object_by_link)
        .get("/vrp/leads", vrp_handlers::show_thin)
        .get("/vrp/rescues", vrp_handlers::show_rescues)
        .get("/vrp/rescues/{rescue}", vrp_handlers::show_rescue)
        .post("/vrp/rescues/{rescue}/decision", vrp_handlers::decide_rescue);
}

/// Each page with made-up content.
pub fn samples() -> Vec<Sample> {
    pages::samples().into_iter().chain(vrp_pages::samples()).collect()
}
