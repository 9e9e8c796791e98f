//! Pillar 3, training pathways: modules as data, completions with their certificates, and the matrix of an
//! organisation's people against modules.
//! Until when a completion counts follows from the module's rules, and is worked out anew when they change.
//! A completion belongs to its person: every organisation they are in sees the one record.
//! Not here: changing the modules (`pathways`), and sessions with their bookings (`training_sessions`).

mod completion;
mod content;
mod courses;
mod equivalent;
mod expiry;
mod forms;
mod handlers;
mod matrix;
mod matrix_page;
mod module;
mod next_steps;
mod next_steps_page;
mod pages;
mod record;
mod requirement;
mod same_person;
mod sharing;

pub use completion::{
    Completion, CompletionState, LatestCompletion, NewCompletion, Source, log_completion, reckon_expiries,
};
pub use content::load_content;
pub use equivalent::{Equivalent, set_equivalents};
pub use expiry::{Expiry, ExpiryBasis, FixedDay};
pub use matrix::{Cell, CellState, EXPIRING_DAYS, Holding, Matrix, MatrixRow, NextExpiry, state_of};
pub use module::{Module, ModuleState, Pathway, Rules};
pub use next_steps::{NextStep, NextSteps, sessions_with_free_places};
pub use next_steps_page::OwnView;
pub use pages::pathway_name;
pub use record::{Record, RecordEntry, RecordLine, memberships_of};
pub use requirement::Requirement;
pub use same_person::{hand_over_completions, withdraw_own_confirmations};
pub use sharing::{Shared, SharedWith, share_training, training_shared_by};

use crate::web::{Routes, Sample};

pub fn routes(routes: &mut Routes<'_>) {
    routes
        .get("/organisations/{slug}/training", handlers::show_matrix)
        .get("/organisations/{slug}/training/people/{person}", handlers::show_record)
        .get("/organisations/{slug}/training/people/{person}/new", handlers::show_log)
        .post("/organisations/{slug}/training/people/{person}/new", handlers::log)
        .post("/organisations/{slug}/training/completions/{completion}/confirmation", handlers::confirm)
        .get("/organisations/{slug}/training/completions/{completion}/certificate", handlers::show_certificate)
        .get("/my/training", handlers::show_own_record)
        .get("/my/training/new", handlers::show_own_log)
        .post("/my/training/new", handlers::log_own)
        .get("/my/training/completions/{completion}/certificate", handlers::show_own_certificate);
}

/// Each page with made-up content.
pub fn samples() -> Vec<Sample> {
    [matrix_page::samples(), pages::samples()].into_iter().flatten().collect()
}
