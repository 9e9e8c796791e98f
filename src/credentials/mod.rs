//! Proof that anyone can check: is this pledge or endorsement real, and does it still stand?
//! A code answers with the present state, never with the state it had when it was given.
//! Not here: giving or ending a pledge or an endorsement.

mod forms;
mod handlers;
mod pages;
mod proof;

pub use pages::samples;
pub use proof::Proof;

use crate::web::Routes;

pub fn routes(routes: &mut Routes<'_>) {
    routes.get("/verify", handlers::show_form).get("/verify/{code}", handlers::show_proof);
}
