//! One's own account: the address, the password, the second step at sign-in, and where one is signed in.
//! What could lock its owner out, or let a thief in, wants a fresh proof of who is asking.
//! Not here: signing in, which is `sign_in`; what is known of a person, which hangs on their organisations.

mod authenticator;
mod device;
mod forms;
mod handlers;
mod pages;

pub use pages::samples;

use crate::web::Routes;

pub fn routes(routes: &mut Routes<'_>) {
    routes
        .get("/my/account", handlers::show_account)
        .get("/my/account/email", handlers::show_email)
        .post("/my/account/email", handlers::change_email)
        .get("/my/account/email/sent", handlers::show_email_sent)
        .get("/new-address/{token}", handlers::show_new_address)
        .post("/new-address/{token}", handlers::confirm_address)
        .get("/my/account/password", handlers::show_password)
        .post("/my/account/password", handlers::change_password)
        .get("/my/account/sessions", handlers::show_sessions)
        .post("/my/account/sessions/others/end", handlers::end_others)
        .post("/my/account/sessions/{session}/end", handlers::end_one)
        .get("/my/account/authenticator", authenticator::show_authenticator)
        .post("/my/account/authenticator", authenticator::propose)
        .get("/my/account/authenticator/code", authenticator::show_enrolment)
        .post("/my/account/authenticator/code", authenticator::confirm_code)
        .get("/my/account/authenticator/removal", authenticator::show_removal)
        .post("/my/account/authenticator/removal", authenticator::remove)
        .get("/my/account/recovery-codes", authenticator::show_recovery)
        .post("/my/account/recovery-codes", authenticator::renew_recovery);
}
