//! Answering the self-assessment without the portal: download the questions as a spreadsheet, fill it in where there is no
//! network, bring it back. A dry run lists every problem by row and cell and says what would change; then all of it is
//! saved, or nothing.
//! Nothing is lost: where somebody has saved another answer meanwhile, both texts are shown, and a person chooses. What was
//! brought is forgotten after a week.
//! Not here: what an answer is and when it may be saved, which is `quality`'s; the files themselves, which `sheets` reads.

mod check;
mod finding;
mod forms;
mod handlers;
mod mark;
mod pages;
mod questionnaire;
mod reading;
mod taking;
mod trial_page;
mod upload;
mod wording;
pub mod your_data;

pub use check::{Change, Checked, Choices, Conflict, Keep, check_answers};
pub use finding::{Finding, Found};
pub use mark::Mark;
pub use questionnaire::{HEADS, question_rows, questionnaire_of};
pub use reading::{FilledIn, LIMITS, Unread, read_questionnaire};
pub use taking::{Taken, checked_now};
pub use upload::{Upload, forget_old_uploads};

use crate::web::{Routes, Sample};

pub fn routes(routes: &mut Routes<'_>) {
    routes
        .get("/organisations/{slug}/quality/offline", handlers::show_offline)
        .post("/organisations/{slug}/quality/offline", handlers::receive)
        .get("/organisations/{slug}/quality/offline/questionnaire.xlsx", handlers::send_questionnaire)
        .get("/organisations/{slug}/quality/offline/{upload}", handlers::show_trial)
        .post("/organisations/{slug}/quality/offline/{upload}/choices", handlers::choose)
        .post("/organisations/{slug}/quality/offline/{upload}/confirmation", handlers::confirm)
        .post("/organisations/{slug}/quality/offline/{upload}/removal", handlers::remove);
}

/// Each page with made-up content.
pub fn samples() -> Vec<Sample> {
    [pages::samples(), trial_page::samples()].into_iter().flatten().collect()
}
