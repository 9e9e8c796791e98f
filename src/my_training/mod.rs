//! One's own training, to keep and to show: the record as a paper, links by which others check it, what each
//! organisation sees of it, and one's certificates in one list.
//! Whatever leaves here shows what its owner chose, and never an address.
//! Not here: logging training and the record itself, which are `training`; the page a link leads to, which is
//! `credentials`.

mod forms;
mod handlers;
mod pages;
mod record_link;
mod record_paper;
mod sharing_page;
mod shown_record;
pub mod your_data;

pub use record_link::{Covers, NewRecordLink, RecordLink, hand_over_record_links};
pub use record_paper::record_paper;
pub use shown_record::{ShownRecord, shown_record_sample};

use crate::web::{Routes, Sample};

pub fn routes(routes: &mut Routes<'_>) {
    routes
        .get("/my/training/record.pdf", handlers::download_record)
        .get("/my/training/certificates", handlers::show_certificates)
        .get("/my/training/links", handlers::show_links)
        .get("/my/training/links/new", handlers::show_new_link)
        .post("/my/training/links/new", handlers::make_link)
        .post("/my/training/links/{link}/end", handlers::end_link)
        .get("/my/training/sharing", handlers::show_sharing)
        .post("/my/training/sharing", handlers::change_sharing);
}

/// Each page with made-up content.
pub fn samples() -> Vec<Sample> {
    [pages::samples(), sharing_page::samples()].into_iter().flatten().collect()
}
