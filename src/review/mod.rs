//! Reviewing what an organisation submitted, deciding, and the endorsement that follows.
//! Nobody judges an organisation that they have a tie to, and nobody decides what they recommended.
//! Not here: the assessment itself; `quality` has it.
//!
//! | of | from | verb | to | who |
//! |---|---|---|---|---|
//! | assessment | submitted | take | in review | a reviewer without a tie |
//! | assessment | submitted | assign | in review | an administrator without a tie, with a reason |
//! | assessment | submitted | withdraw | draft | a lead, before a reviewer has begun |
//! | assessment | in review | record a finding | in review | its reviewer |
//! | assessment | in review | ask for changes | changes requested | its reviewer |
//! | assessment | changes requested | send again | in review | the organisation |
//! | assessment | in review | recommend | recommended | its reviewer, when all is looked at |
//! | assessment | recommended | send back | in review | another, without a tie |
//! | assessment | recommended | decide on a level | endorsed | another, without a tie, with reasons |
//! | assessment | recommended | decide on not yet | not yet | another, without a tie, with reasons |
//! | assessment | in review | hand over | in review | its reviewer or an administrator, with a reason |
//! | assessment | changes requested | hand over | changes requested | its reviewer or an administrator, with a reason |
//! | assessment | in review | give back | submitted | the portal, when the reviewer has a tie or is gone |
//! | assessment | changes requested | give back | changes requested | the portal; it is submitted when it comes again |
//! | assessment | recommended | give back | submitted | the portal, when the reviewer has a tie or is gone |
//! | assessment | endorsed | uphold an appeal | submitted | one without a tie or a part in it, with reasons |
//! | assessment | not yet | uphold an appeal | submitted | one without a tie or a part in it, with reasons |
//! | endorsement |  | issue | in force | the decision on a level |
//! | endorsement | in force | suspend | suspended | a decider without a tie, with a reason |
//! | endorsement | suspended | reinstate | in force | a decider without a tie, with a reason |
//! | endorsement | in force, suspended | revoke | revoked | a decider without a tie, with a reason |
//! | endorsement | suspended, revoked | restore | in force | an appeal that is upheld |
//! | endorsement | in force, suspended, revoked | replace | replaced | the issue of the next; or an appeal, when there is a newer one |
//! | endorsement | in force, suspended, revoked | lapse | lapsed | the portal, past the last day; or an appeal, when that is past |
//! | appeal |  | lodge | waiting | a lead, in time, once a decision |
//! | appeal | waiting | uphold | upheld | one without a tie or a part in it, with reasons |
//! | appeal | waiting | do not uphold | not upheld | one without a tie or a part in it, with reasons |

mod appeals;
mod assigning;
mod conversations;
mod decision;
mod endorsement;
mod finding;
mod forms;
mod giving_back;
mod handlers;
mod interests;
mod letter_paper;
mod offering;
pub mod organisation_data;
mod outcome_handlers;
mod pages;
#[allow(clippy::module_inception)] // the folder is the part of the service, the file its noun
mod review;
mod standing;
mod state_table;
mod story;
mod viewer;
mod wording;
pub mod your_data;

pub use appeals::{Against, Appeal, AppealState, Contestable, Contested, FreshEyes, count_appeals, remind_of_appeals};
pub use assigning::{Colleague, remind_of_reviews};
pub use conversations::{Conversation, ConversationState, Prepared, invite_to_conversations, tell_of_endings};
pub use decision::{Decided, Decision};
pub use endorsement::{Endorsement, EndorsementState, count_endorsed, lapse_due_endorsements};
pub use finding::{Desk, Finding, Look, NewFinding, RecordedFinding};
pub use interests::{Interest, Tie, Ties, give_back_without_role, people_tied_to, step_aside_from_all};
pub use offering::offer_good_practice;
pub use review::{ListedReview, Outcome, Review, ReviewState};
pub use standing::{EndorsementStep, JudgedStep, RecordedStep, fold_steps};
pub use state_table::{CASE_STEPS, print_state_table};
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
        .get("/vrp/reviews", assigning::show_work)
        .get("/vrp/reviews/{assessment}", assigning::show_choosing)
        .post("/vrp/reviews/{assessment}", assigning::choose_for_vrp)
        .get("/review/assessments/{assessment}/hand-over", assigning::show_handing_over)
        .post("/review/assessments/{assessment}/hand-over", assigning::hand_over_own)
        .get("/review/appeals", appeals::show_appeals)
        .get("/review/appeals/{appeal}", appeals::show_appeal)
        .post("/review/appeals/{appeal}", appeals::answer_appeal)
        .get("/organisations/{slug}/quality/appeals", appeals::show_own_appeals)
        .get("/organisations/{slug}/quality/appeals/{contested}", appeals::show_lodging)
        .post("/organisations/{slug}/quality/appeals/{contested}", appeals::lodge_appeal)
        .get("/review/endorsements", standing::show_endorsements)
        .get("/review/endorsements/{endorsement}", standing::show_endorsement)
        .get("/review/endorsements/{endorsement}/story", story::show_story)
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
        .get("/organisations/{slug}/quality/outcome", outcome_handlers::show_outcome)
        .get("/organisations/{slug}/quality/outcome/letter.pdf", outcome_handlers::download_letter);
    conversations::routes(routes);
}

/// Each page with made-up content.
pub fn samples() -> Vec<Sample> {
    [
        pages::samples(),
        interests::samples(),
        standing::samples(),
        story::samples(),
        appeals::samples(),
        assigning::samples(),
        conversations::samples(),
    ]
    .into_iter()
    .flatten()
    .collect()
}
