//! What an organisation keeps to show what it does: policies, plans, minutes, pictures. One document serves many
//! purposes, and has three dates: the day it speaks of, the day it came, and the day to look at it again.
//! A document that something rests on cannot be removed.
//! Not here: what it shows; `quality` says that of each.

mod about;
mod document;
mod forms;
mod handlers;
mod keeping;
pub mod organisation_data;
mod pages;
mod review_reminder;
pub mod your_data;

pub use about::AboutDocument;
pub use document::{Document, NewDocument, add_document};
pub use forms::DocumentForm;
pub use keeping::{count_documents_kept_by, pass_on_documents};
pub use pages::{FILES_AWAY, dates_of, kind_of};
pub use review_reminder::remind_to_review;

use crate::web::{Routes, Sample};

pub fn routes(routes: &mut Routes<'_>) {
    routes
        .get("/organisations/{slug}/documents", handlers::show_documents)
        .get("/organisations/{slug}/documents/new", handlers::show_new_document)
        .post("/organisations/{slug}/documents/new", handlers::save_new_document)
        .get("/organisations/{slug}/documents/{document}", handlers::show_document)
        .post("/organisations/{slug}/documents/{document}", handlers::change_document)
        .get("/organisations/{slug}/documents/{document}/file", handlers::send_document)
        .post("/organisations/{slug}/documents/{document}/removal", handlers::remove_document);
}

/// Each page with made-up content.
pub fn samples() -> Vec<Sample> {
    pages::samples()
}
