//! Who is told that training ends: its person, 60 and 14 days before and on the last day, in one letter a day at most;
//! and an organisation's leads, once a month, how their people stand.
//! What falls due is noted first and told afterwards, so that it is told once: with two servers, after days of being
//! off, and from a backup. The work of a night is as long as what falls due in it.
//! Not here: when a completion ends, which is `training`; the clockwork, which is `reminders`.

mod choice;
mod digest;
mod due;
mod forms;
mod handlers;
mod mark;
mod pages;
mod picture;
mod stop;
pub mod your_data;

pub use choice::{Frequency, NoticeChoice, Pictures};
pub use digest::{message_id, send_digests};
pub use due::{NoticeKind, NoticeState, TrainingNotice, note_what_ends};
pub use picture::send_pictures;
pub use stop::{Topic, stop_address};

use crate::web::{Routes, Sample};

pub fn routes(routes: &mut Routes<'_>) {
    routes
        .get("/my/account/notices", handlers::show_notices)
        .post("/my/account/notices", handlers::change_notices)
        .get("/unsubscribe/{token}", handlers::show_stop)
        .post("/unsubscribe/{token}", handlers::stop_letters);
}

/// Each page with made-up content.
pub fn samples() -> Vec<Sample> {
    pages::samples()
}
