//! Who came. A provider keeps the register at the door, on a phone; when it is finished everyone who was there has
//! the module on their record, on the provider's word, in one press. Afterwards they can say how it was.
//! A completion that a session verified stands exactly for whoever the register says was there.
//! What people say of a session is kept without their names, and shown once five have said something.

mod feedback;
mod forms;
mod handlers;
mod pages;
mod register;

pub use feedback::{Opinion, Said, give_feedback, opinion_of};
pub use register::{Finished, Mark, finish_register, mark_attendance};

use crate::web::{Routes, Sample};

pub fn routes(routes: &mut Routes<'_>) {
    routes
        .get("/provider/sessions/{session}/register", handlers::show_register)
        .post("/provider/sessions/{session}/register", handlers::save_register)
        .post("/provider/sessions/{session}/register/finish", handlers::finish)
        .get("/provider/sessions/{session}/feedback", handlers::show_opinion)
        .get("/my/sessions/{session}/feedback", handlers::show_feedback)
        .post("/my/sessions/{session}/feedback", handlers::save_feedback);
}

/// Each page with made-up content.
pub fn samples() -> Vec<Sample> {
    pages::samples()
}
