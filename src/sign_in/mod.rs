//! Coming in at the door: by a password or by a link sent to one's mailbox, then by a code where there is a second
//! step; a forgotten password; proving once more that it is oneself.
//! Every way in ends in a new session under a new token, and every answer is the same whether or not an address has
//! an account.
//! Not here: what a session is, which `accounts` keeps; setting up a second step, which is `my_account`.

mod again;
mod forms;
mod handlers;
mod pages;
mod password;

pub use pages::samples;

use crate::web::Routes;

pub fn routes(routes: &mut Routes<'_>) {
    routes
        .get("/sign-in", handlers::show_sign_in)
        .post("/sign-in", handlers::sign_in)
        .get("/sign-in/link", handlers::show_ask_for_link)
        .post("/sign-in/link", handlers::send_link)
        .get("/sign-in/link/sent", handlers::show_link_sent)
        .get("/sign-in/links/{token}", handlers::show_link)
        .post("/sign-in/links/{token}", handlers::open_link)
        .get("/sign-in/code", handlers::show_code)
        .post("/sign-in/code", handlers::take_code)
        .get("/sign-in/again", again::show_again)
        .post("/sign-in/again", again::prove_again)
        .post("/sign-out", handlers::sign_out)
        .get("/forgotten-password", password::show_forgotten)
        .post("/forgotten-password", password::send_reset)
        .get("/forgotten-password/sent", password::show_reset_sent)
        .get("/reset-password/{token}", password::show_reset)
        .post("/reset-password/{token}", password::reset);
}
