//! Pillar 3, training pathways: modules as data, completions with their certificates, and the matrix of an
//! organisation's people against modules.
//! Until when a completion counts follows from the module's rules, and is worked out anew when they change.
//! A completion belongs to its person: every organisation they are in sees the one record.
//! Not here: changing the modules (`pathways`), and sessions with their bookings (`training_sessions`).

mod booked;
mod completion;
mod content;
mod correction;
mod correction_handlers;
mod correction_pages;
mod courses;
mod equivalent;
mod expiry;
mod forms;
mod handlers;
mod history;
mod imported;
mod log_page;
mod matrix;
mod matrix_filter;
mod matrix_handlers;
mod matrix_out;
mod matrix_page;
mod module;
mod next_steps;
mod next_steps_page;
pub mod organisation_data;
mod outlook;
mod outlook_pages;
mod pages;
mod plan;
mod plan_handlers;
mod plan_page;
mod record;
mod requirement;
mod same_person;
mod sector;
mod sharing;
mod verification;
pub mod your_data;

pub use completion::{
    Completion, CompletionState, LatestCompletion, NewCompletion, Source, log_completion, reckon_expiries,
};
pub use content::load_content;
pub use correction::{Correctable, Corrector, correct_completion, find_near, withdraw_completion};
pub use equivalent::{Equivalent, set_equivalents};
pub use expiry::{Expiry, ExpiryBasis, FixedDay};
pub use forms::{Course, day_problem};
pub use history::{CompletionHistory, Version};
pub use imported::{ImportedCompletion, Importing, StandingCompletion, add_imported, remove_imported, standing_in};
pub use matrix::{Cell, CellState, EXPIRING_DAYS, Holding, Matrix, MatrixRow, NextExpiry, state_of};
pub use matrix_filter::{MatrixFilter, MatrixQuery, RowState};
pub use module::{Module, ModuleParticulars, ModuleState, ModuleWords, Pathway, Rules};
pub use next_steps::{NextStep, NextSteps, sessions_with_free_places};
pub use next_steps_page::OwnView;
pub use pages::pathway_name;
pub use plan::{PlanState, TrainingPlan, plan_modules};
pub use record::{Record, RecordEntry, RecordLine, memberships_of};
pub use requirement::Requirement;
pub use same_person::{hand_over_completions, withdraw_own_confirmations};
pub use sector::{PersonAndModule, Stretch, count_organisations, count_people, count_people_to, reckon_stretch};
pub use sharing::{Shared, SharedWith, share_training, training_shared_by};
pub use verification::{Verified, verify_completion, withdraw_verified};

use crate::web::{Routes, Sample};

pub fn routes(routes: &mut Routes<'_>) {
    routes
        .get("/organisations/{slug}/training", matrix_handlers::show_matrix)
        .get("/organisations/{slug}/training/matrix.csv", matrix_handlers::send_matrix_csv)
        .get("/organisations/{slug}/training/matrix.xlsx", matrix_handlers::send_matrix_workbook)
        .get("/organisations/{slug}/training/print", matrix_handlers::show_print)
        .get("/organisations/{slug}/training/next", matrix_handlers::show_next)
        .get("/organisations/{slug}/training/gaps", matrix_handlers::show_gaps)
        .get("/organisations/{slug}/training/plan", plan_handlers::show_plan)
        .post("/organisations/{slug}/training/plan/{plan}", plan_handlers::settle_plan)
        .get("/organisations/{slug}/training/people/{person}", handlers::show_record)
        .get("/organisations/{slug}/training/people/{person}/new", handlers::show_log)
        .post("/organisations/{slug}/training/people/{person}/new", handlers::log)
        .post("/organisations/{slug}/training/completions/{completion}/confirmation", handlers::confirm)
        .get("/organisations/{slug}/training/completions/{completion}/certificate", handlers::show_certificate)
        .get("/organisations/{slug}/training/completions/{completion}", correction_handlers::show_completion)
        .get("/organisations/{slug}/training/completions/{completion}/correction", correction_handlers::show_correction)
        .post("/organisations/{slug}/training/completions/{completion}/correction", correction_handlers::correct)
        .get("/organisations/{slug}/training/completions/{completion}/withdrawal", correction_handlers::show_withdrawal)
        .post("/organisations/{slug}/training/completions/{completion}/withdrawal", correction_handlers::withdraw)
        .get("/my/training", handlers::show_own_record)
        .get("/my/training/new", handlers::show_own_log)
        .post("/my/training/new", handlers::log_own)
        .get("/my/training/completions/{completion}/certificate", handlers::show_own_certificate)
        .get("/my/training/completions/{completion}", correction_handlers::show_own_completion)
        .get("/my/training/completions/{completion}/correction", correction_handlers::show_own_correction)
        .post("/my/training/completions/{completion}/correction", correction_handlers::correct_own)
        .get("/my/training/completions/{completion}/withdrawal", correction_handlers::show_own_withdrawal)
        .post("/my/training/completions/{completion}/withdrawal", correction_handlers::withdraw_own);
}

/// Each page with made-up content.
pub fn samples() -> Vec<Sample> {
    [
        matrix_page::samples(),
        matrix_out::samples(),
        outlook_pages::samples(),
        pages::samples(),
        log_page::samples(),
        plan_page::samples(),
        correction_pages::samples(),
    ]
    .into_iter()
    .flatten()
    .collect()
}
