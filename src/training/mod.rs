//! Pillar 3, training pathways: modules as data, completions with their certificates, and the matrix of an
//! organisation's people against modules.
//! Expiry is worked out once, when a completion is logged, from the module's refresh period at that time.
//! A completion belongs to its person: every organisation they are in sees the one record.
//! Not here: sessions and bookings, which come later.

mod completion;
mod forms;
mod handlers;
mod matrix;
mod matrix_page;
mod module;
pub mod organisation_data;
mod pages;
mod record;
mod same_person;
pub mod your_data;

pub use completion::{Completion, LatestCompletion, NewCompletion, Source, latest_in, log_completion};
pub use matrix::{Cell, CellState, EXPIRING_DAYS, Holding, Matrix, MatrixRow, NextExpiry, state_of};
pub use module::{Module, Pathway};
pub use record::{Record, RecordEntry, RecordLine};
pub use same_person::{hand_over_completions, withdraw_own_confirmations};

use crate::acts::Act;
use crate::error::Result;
use crate::web::{Routes, Sample};

/// Loads the modules into a new database.
pub fn load_content(act: &mut Act<'_>) -> Result<()> {
    module::load_modules(act)
}

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
