//! Reviewing what an organisation submitted, deciding, and the endorsement that follows.
//! Nobody judges an organisation that they have a tie to, and nobody decides what they recommended.
//! Not here: the assessment itself; `quality` has it.

mod decision;
mod endorsement;
mod finding;
mod forms;
mod giving_back;
mod handlers;
mod interests;
pub mod organisation_data;
mod pages;
#[allow(clippy::module_inception)] // the folder is the part of the service, the file its noun
mod review;
mod standing;
mod viewer;
mod wording;
pub mod your_data;

pub use decision::{Decided, Decision};
pub use endorsement::{Endorsement, EndorsementState, count_endorsed, lapse_due_endorsements};
pub use finding::{Desk, Finding, Look, RecordedFinding};
pub use interests::{Interest, Tie, Ties, step_aside_from_all};
pub use review::{ListedReview, Outcome, Review, ReviewState};
pub use standing::{EndorsementStep, JudgedStep, RecordedStep, fold_steps};
pub use viewer::{Independence, RoleHolder};
pub use wording::{endorsement_state_name, level_name};

use crate::web::{Routes, Sample};

pub fn routes(routes: &mut Routes<'_>) {
    routes
        .get("/review", handlers::show_queue)
        .get("/review/decisions", handlers::show_decisions)
        .get("/review/interests", interests::show_interests)
        .get("/review/interests/new", interests::show_finding)
        .get("/review/interests/new/{slug}", interests::show_declaring)
        .post("/review/interests/new/{slug}", interests::declare_interest)
        .get("/review/interests/{interest}/withdrawal", interests::show_withdrawing)
        .post("/review/interests/{interest}/withdrawal", interests::withdraw_interest)
        .get("/review/endorsements", standing::show_endorsements)
        .get("/review/endorsements/{endorsement}", standing::show_endorsement)
        .get("/review/endorsements/{endorsement}/steps/{step}", standing::show_judging)
        .post("/review/endorsements/{endorsement}/steps/{step}", standing::take_judged_step)
        .get("/review/assessments/{assessment}", handlers::show_desk)
        .post("/review/assessments/{assessment}/taking", handlers::take_review)
        .get("/review/assessments/{assessment}/indicators/{indicator}", handlers::show_review_indicator)
        .post("/review/assessments/{assessment}/indicators/{indicator}", handlers::save_finding)
        .get("/review/assessments/{assessment}/evidence/{evidence}", handlers::send_evidence)
        .get("/review/assessments/{assessment}/changes", handlers::show_changes)
        .post("/review/assessments/{assessment}/changes", handlers::ask_for_changes)
        .get("/review/assessments/{assessment}/recommendation", handlers::show_recommendation)
        .post("/review/assessments/{assessment}/recommendation", handlers::make_recommendation)
        .get("/review/assessments/{assessment}/decision", handlers::show_decision)
        .post("/review/assessments/{assessment}/decision", handlers::decide)
        .get("/organisations/{slug}/quality/outcome", handlers::show_outcome);
}

/// Each page with made-up content.
pub fn samples() -> Vec<Sample> {
    [pages::samples(), interests::samples(), standing::samples()].into_iter().flatten().collect()
}
