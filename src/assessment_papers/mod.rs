//! The whole self-assessment of an organisation on paper and as files: PDF, a text document, a spreadsheet, and data. All
//! four tell the same, and each of an organisation's assessments has them, in any state.
//! Any member may have them; to anyone else there are none.
//! Not here: how a paper is drawn or a sheet is written; `drawing` and `sheets` do that.

mod handlers;
mod pages;
mod paper;
mod told;
mod wording;
mod workbook;

pub use paper::paper_of;
pub use told::{AssessmentTold, FORMAT, FORMAT_VERSION};
pub use workbook::sheets_of;

use crate::web::{Routes, Sample};

pub fn routes(routes: &mut Routes<'_>) {
    routes
        .get("/organisations/{slug}/quality/papers", handlers::show_papers)
        .get("/organisations/{slug}/quality/papers/{assessment}/self-assessment.pdf", handlers::send_pdf)
        .get("/organisations/{slug}/quality/papers/{assessment}/self-assessment.odt", handlers::send_text_document)
        .get("/organisations/{slug}/quality/papers/{assessment}/self-assessment.xlsx", handlers::send_spreadsheet)
        .get("/organisations/{slug}/quality/papers/{assessment}/self-assessment.json", handlers::send_data);
}

/// Each page with made-up content.
pub fn samples() -> Vec<Sample> {
    pages::samples()
}
