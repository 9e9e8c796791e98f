//! Proof that anyone can check: is this pledge, endorsement or training record real, and does it still stand? With the
//! certificates of pledges and endorsements, and the mark that others embed.
//! A code answers with the present state, never with the state it had when it was given.
//! Not here: giving or ending a pledge or an endorsement, or a link to a record.

mod badge;
mod checking;
mod endorsement_paper;
mod forms;
mod handlers;
mod pages;
mod pledge_paper;
mod proof;
mod record_page;

pub use endorsement_paper::endorsement_certificate;
pub use pledge_paper::pledge_certificate;
pub use proof::Proof;

use crate::web::{Routes, Sample};

pub fn routes(routes: &mut Routes<'_>) {
    routes
        .get("/verify", handlers::show_form)
        .get("/verify/{code}", handlers::show_proof)
        .get("/badges/{name}", handlers::show_badge)
        .get("/organisations/{slug}/pledge/certificate.pdf", handlers::download_pledge_certificate)
        .get("/organisations/{slug}/quality/certificate.pdf", handlers::download_endorsement_certificate);
}

/// Each page with made-up content.
pub fn samples() -> Vec<Sample> {
    [pages::samples(), record_page::samples()].into_iter().flatten().collect()
}
