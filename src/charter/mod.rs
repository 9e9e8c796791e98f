//! Pillar 1, the Youth Charter: its text, version by version, and the pledges organisations make to it.
//! A pledge is in force only when governance and delivery have both signed the same words, which it keeps the hash of.
//! Not here: what others show of pledges; `public_register` is one of them.

mod changed_handlers;
mod charter_page;
mod charter_paper;
mod commitment;
mod draft;
mod draft_text;
mod ending;
mod forms;
mod handlers;
mod left_over;
pub mod organisation_data;
mod pages;
mod picture;
mod picture_handlers;
mod pledge;
mod pledged_page;
mod progress;
mod progress_handlers;
mod progress_pages;
mod promise_pages;
mod publication;
mod renewal;
mod renewal_pages;
mod sign_again;
mod signature;
mod signature_letters;
mod signature_pages;
mod signature_request;
mod signature_request_handlers;
mod signature_request_pages;
mod signed_words;
mod start_page;
mod version;
pub mod your_data;

pub use charter_page::CharterPage;
pub use commitment::{Commitment, PledgeInFull, Promise};
pub use draft::{
    Direction, Draft, Rewritten, add_statement, begin_draft, move_statement, put_statement_back, remove_statement,
    rewrite_draft, say_wording,
};
pub use draft_text::{DraftText, FrontText, StatementPart, Wording};
pub use ending::{PledgeNotice, lapse_due, tell_of_pledges};
pub use left_over::LeftOver;
pub use pages::samples;
pub use picture::{NewPicture, put_picture, remove_picture};
pub use pledge::{Pledge, PledgeState};
pub use progress::{CommitmentNote, Progress, Stage, YearlyCheck};
pub use progress_pages::stage_name;
pub use publication::{DraftFault, Publication, drop_draft, publish_draft};
pub use renewal::{RENEWAL_DAYS, SignAgain};
pub use sign_again::{LEAST_DAYS, change_sign_again_day, end_what_is_not_signed_again, tell_to_sign_again};
pub use signature::{
    Capacity, NewSignature, PossibleSignatory, Signature, Turn, possible_signatories, signs_alone_for_governance,
};
pub use signature_request::{
    NewRequest, RequestSent, RequestState, SignatureRequest, request_signature, withdraw_request,
};
pub use version::{CharterState, CharterText, CharterVersion, Statement, StatementText, publish_charter};

use crate::acts::Act;
use crate::error::Result;
use crate::web::Routes;

/// Publishes the first version of the Charter in a new database.
pub fn load_content(act: &mut Act<'_>) -> Result<()> {
    version::load_content(act)
}

pub fn routes(routes: &mut Routes<'_>) {
    routes
        .get("/charter", handlers::show_charter)
        .get("/charter.pdf", handlers::send_charter)
        .get("/charter/{version}", handlers::show_charter_version)
        .get("/charter/{version}/charter.pdf", handlers::send_charter_version)
        .get("/charter/{version}/pictures/{statement}", picture_handlers::send_picture)
        .get("/organisations/{slug}/pledge", handlers::show_pledge)
        .post("/organisations/{slug}/pledge", handlers::begin_pledge)
        .get("/organisations/{slug}/pledge/statements/{statement}", handlers::show_statement)
        .post("/organisations/{slug}/pledge/statements/{statement}", handlers::write_statement)
        .get("/organisations/{slug}/pledge/signature", handlers::show_signature)
        .post("/organisations/{slug}/pledge/signature", handlers::sign_pledge)
        .get("/organisations/{slug}/pledge/signature/request", signature_request_handlers::show_request)
        .post("/organisations/{slug}/pledge/signature/request", signature_request_handlers::send_request)
        .post("/organisations/{slug}/pledge/signature/request/withdrawal", signature_request_handlers::withdraw)
        .get("/pledge-signatures/{token}", signature_request_handlers::show_by_link)
        .post("/pledge-signatures/{token}", signature_request_handlers::sign_by_link)
        .get("/organisations/{slug}/pledge/progress", progress_handlers::show_progress)
        .post("/organisations/{slug}/pledge/progress/showing", progress_handlers::change_showing)
        .get("/organisations/{slug}/pledge/progress/{statement}", progress_handlers::show_note)
        .post("/organisations/{slug}/pledge/progress/{statement}", progress_handlers::add_note)
        .get("/organisations/{slug}/pledge/check", progress_handlers::show_check)
        .post("/organisations/{slug}/pledge/check", progress_handlers::answer_check)
        .post("/organisations/{slug}/pledge/reopening", handlers::reopen_pledge)
        .get("/organisations/{slug}/pledge/withdrawal", handlers::show_withdrawal)
        .post("/organisations/{slug}/pledge/withdrawal", handlers::withdraw_pledge)
        .get("/organisations/{slug}/pledge/in-force", handlers::show_pledge_in_force)
        .post("/organisations/{slug}/pledge/renewal", handlers::renew_pledge);
}
