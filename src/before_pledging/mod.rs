//! What comes before a pledge: an organisation says that it is interested, goes to Charter training, and then may pledge.
//! The VRP can let it off, with a reason that stays on record.
//! Whether a pledge may begin is worked out from what happened ([`Way`]), never stored.
//! Not here: the sessions and their places, which are `training_sessions`, and the pledge itself, which is `charter`.

mod forms;
mod handlers;
mod interest;
mod invitation;
mod leave;
mod leave_handlers;
mod leave_pages;
pub mod organisation_data;
mod pages;
mod way;
pub mod your_data;

pub use interest::{Interest, NewInterest, express_interest, withdraw_interest};
pub use invitation::invite_to_sessions;
pub use leave::{Leave, LeaveKind, end_leave, grant_leave};
pub use pages::{StepView, steps};
pub use way::Way;

use crate::web::{Routes, Sample};

pub fn routes(routes: &mut Routes<'_>) {
    routes
        .get("/organisations/{slug}/interest", handlers::show_interest)
        .post("/organisations/{slug}/interest", handlers::express)
        .post("/organisations/{slug}/interest/withdrawal", handlers::withdraw)
        .get("/vrp/organisations/{slug}/leave", leave_handlers::show_leave)
        .post("/vrp/organisations/{slug}/leave", leave_handlers::grant)
        .post("/vrp/organisations/{slug}/leave/{leave}/end", leave_handlers::end);
}

/// Each page with made-up content.
pub fn samples() -> Vec<Sample> {
    pages::samples().into_iter().chain(leave_pages::samples()).collect()
}
