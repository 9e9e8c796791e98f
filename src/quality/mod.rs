//! Pillar 4, an organisation's assessment of itself against the Quality Endorsement Framework.
//! What two have signed is locked: only taking it back, or a review that asks for changes, opens it again.
//! Not here: the framework, which `framework` publishes; reviewing and deciding, which `review` does.
//!
//! For `review`: [`Sheet`] is everything about an assessment in eleven queries; the steps an assessment can take are
//! verbs of [`Assessment`], each guarded and recorded.

mod answer;
mod assessment;
mod beside;
mod carry_over;
mod comment_handlers;
mod comment_part;
mod comments;
mod comparing;
mod evidence;
mod evidence_handlers;
mod evidence_row;
mod forms;
mod frozen;
mod handlers;
mod indicator_pages;
mod judgement_choices;
mod keeping;
pub mod organisation_data;
mod pages;
mod plan;
mod progress;
mod record_handlers;
mod samples;
mod signing;
mod signing_handlers;
mod signing_part;
mod stale_pages;
mod state_words;
mod step_part;
mod submission_page;
pub mod your_data;

pub use answer::{Answer, Answers, Judgement, Said, Saved, save_answer};
pub use assessment::{Assessment, AssessmentState, ChangeRequest, ChangeState, Conclusion};
pub use carry_over::{
    Carrying, Needs, Step, answered_in, begin_carrying, count_being_written, go_on_with_carrying, profiles_of,
};
pub use comments::{Comment, add_comment};
pub use comparing::{Difference, Differences, Since};
pub use evidence::{Evidence, add_evidence};
pub use forms::MOST_WORDS;
pub use frozen::{FrozenAnswer, FrozenCopy, FrozenEvidence, StoredCopy};
pub use keeping::{count_answers_kept_by, pass_on_answers};
pub use pages::judgement_name;
pub use plan::{ActionState, NewAction, PlannedAction, count_actions_of, pass_on_actions, remind_of_actions};
pub use progress::{Applicability, Doubt, Profile, Progress, Sheet, Standing, level_supported};
pub use samples::samples;
pub use signing::{AssessmentSignature, Signed, who_may_countersign};
pub use state_words::state_tag;

// Whoever works with assessments works with these.
pub use crate::framework::{Area, Framework, FrameworkVersion, Indicator, Level, Standard, Weight, level_name};

use crate::web::Routes;

pub fn routes(routes: &mut Routes<'_>) {
    routes
        .get("/organisations/{slug}/quality", handlers::show_assessment)
        .post("/organisations/{slug}/quality", handlers::begin)
        .get("/organisations/{slug}/quality/indicators/{indicator}", handlers::show_indicator)
        .post("/organisations/{slug}/quality/indicators/{indicator}", handlers::save)
        .post("/organisations/{slug}/quality/indicators/{indicator}/evidence", evidence_handlers::upload_evidence)
        .post("/organisations/{slug}/quality/indicators/{indicator}/record", record_handlers::judge)
        .get("/organisations/{slug}/quality/evidence/{evidence}", evidence_handlers::download_evidence)
        .post("/organisations/{slug}/quality/evidence/{evidence}/removal", evidence_handlers::remove_evidence)
        .post("/organisations/{slug}/quality/indicators/{indicator}/comments", comment_handlers::write_comment)
        .post("/organisations/{slug}/quality/comments/{comment}/removal", comment_handlers::remove_comment)
        .get("/organisations/{slug}/quality/submission", signing_handlers::show_submission)
        .post("/organisations/{slug}/quality/submission", signing_handlers::submit)
        .post("/organisations/{slug}/quality/submission/withdrawal", signing_handlers::withdraw)
        .get("/organisations/{slug}/quality/signature", signing_handlers::show_countersignature)
        .post("/organisations/{slug}/quality/signature", signing_handlers::countersign)
        .post("/organisations/{slug}/quality/signature/taking-back", signing_handlers::take_back);
    plan::routes(routes);
}
