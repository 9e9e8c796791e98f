//! Reviewing what an organisation submitted, deciding, and the endorsement that follows.
//! Nobody reviews their own organisation, and nobody decides what they recommended.
//! Not here: the assessment itself; `quality` has it.

mod conversations;
mod decision;
mod endorsement;
mod finding;
mod forms;
mod handlers;
mod offering;
pub mod organisation_data;
mod pages;
#[allow(clippy::module_inception)] // the folder is the part of the service, the file its noun
mod review;
mod viewer;
mod wording;
pub mod your_data;

pub use conversations::{Conversation, ConversationState, Prepared, invite_to_conversations, tell_of_endings};
pub use decision::{Decided, Decision};
pub use endorsement::{Endorsement, EndorsementState, count_endorsed, lapse_due_endorsements};
pub use finding::{Desk, Finding, Look, RecordedFinding};
pub use offering::offer_good_practice;
pub use review::{ListedReview, Outcome, Review, ReviewState};
pub use viewer::{Independence, organisations_tied_to};
pub use wording::{endorsement_state_name, level_name};

use crate::web::{Routes, Sample};

pub fn routes(routes: &mut Routes<'_>) {
    routes
        .get("/review", handlers::show_queue)
        .get("/review/decisions", handlers::show_decisions)
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
    conversations::routes(routes);
}

/// Each page with made-up content.
pub fn samples() -> Vec<Sample> {
    let mut samples = pages::samples();
    samples.extend(conversations::samples());
    samples
}
