//! Learning conversations: a year and two years after an endorsement, its organisation and someone of the VRP talk about
//! what has changed, what it is proud of and what is hard. They are questions, never scores: nothing said here changes an
//! endorsement. Here too: telling the leads a year, half a year and three months before it ends.
//! Not here: suspending or revoking, which `review` does for a reason of its own.

mod conversation;
mod due;
mod forms;
mod handlers;
mod org_page;
pub(super) mod organisation_data;
mod vrp_pages;
pub(super) mod your_data;

pub use conversation::{Conversation, ConversationState, Prepared};
pub use due::{invite_to_conversations, tell_of_endings};

use crate::web::{Routes, Sample};

pub fn routes(routes: &mut Routes<'_>) {
    routes
        .get("/organisations/{slug}/conversations/{conversation}", handlers::show_own)
        .post("/organisations/{slug}/conversations/{conversation}", handlers::prepare)
        .get("/review/conversations", handlers::show_all)
        .get("/review/conversations/{conversation}", handlers::show_one)
        .post("/review/conversations/{conversation}", handlers::note_held);
}

/// Each page with made-up content.
pub fn samples() -> Vec<Sample> {
    let mut samples = org_page::samples();
    samples.extend(vrp_pages::samples());
    samples
}
