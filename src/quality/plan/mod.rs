//! The action plan: what an organisation works towards, question by question, by when and with whose help.
//! At most one step is open for a question. The plan is the organisation's and outlives each assessment, so that the
//! next one begins with it.
//! Not here: the judgement itself; a step that is done changes no answer.

mod action;
mod forms;
mod handlers;
mod keeping;
mod pages;
mod paper;
mod reminder;
mod step_page;

pub use action::{ActionState, NewAction, PlannedAction};
pub use keeping::{count_actions_of, pass_on_actions};
pub use reminder::remind_of_actions;

pub(super) use action::OpenActions;
pub(super) use pages::{say_owner, say_state};

use crate::web::{Routes, Sample};

pub fn routes(routes: &mut Routes<'_>) {
    routes
        .get("/organisations/{slug}/quality/plan", handlers::show_plan)
        .get("/organisations/{slug}/quality/plan.pdf", handlers::send_plan)
        .get("/organisations/{slug}/quality/plan/{indicator}", handlers::show_step)
        .post("/organisations/{slug}/quality/plan/{indicator}", handlers::save_step)
        .get("/organisations/{slug}/quality/plan/{indicator}/progress", handlers::show_progress)
        .post("/organisations/{slug}/quality/plan/{indicator}/progress", handlers::save_progress);
}

/// Each page with made-up content.
pub fn samples() -> Vec<Sample> {
    let mut samples = pages::samples();
    samples.extend(step_page::samples());
    samples
}
