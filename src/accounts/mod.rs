//! Accounts: signing up, confirming an e-mail address, signing in and out, a forgotten password, roles of the VRP.
//! Whether an address has an account is never told to anyone but its owner, by e-mail.
//! The viewers made here are the only way to the database for whoever is not a member of an organisation.
//! Not here: people and what they may do in an organisation.

mod account;
mod forms;
mod handlers;
mod link;
mod pages;
mod password;
mod session;
mod viewer;

pub use account::{
    Account, NewAccount, Role, grant_role, open_confirmed, role_holders, roles_of, sign_up, withdraw_role,
};
pub use forms::within_the_portal;
pub use link::{NewPassword, confirm_account, invite_first_steward, new_token, token_hash};
pub use pages::samples;
pub use password::{Password, hash_password, no_password, verify_password};
pub use session::{begin_session, forget_old_sessions, with_session};
pub use viewer::{Decider, Door, Reviewer, Seat, SignedIn, Steward, Visitor, open_door};

use crate::web::Routes;

pub fn routes(routes: &mut Routes<'_>) {
    routes
        .get("/register", handlers::show_registration)
        .post("/register", handlers::register)
        .get("/register/sent", handlers::show_registration_sent)
        .get("/confirm/{token}", handlers::show_confirmation)
        .post("/confirm/{token}", handlers::confirm)
        .get("/sign-in", handlers::show_sign_in)
        .post("/sign-in", handlers::sign_in)
        .post("/sign-out", handlers::sign_out)
        .get("/forgotten-password", handlers::show_forgotten)
        .post("/forgotten-password", handlers::send_reset)
        .get("/forgotten-password/sent", handlers::show_reset_sent)
        .get("/reset-password/{token}", handlers::show_reset)
        .post("/reset-password/{token}", handlers::reset)
        .get("/set-up/{token}", handlers::show_set_up)
        .post("/set-up/{token}", handlers::set_up)
        .get("/vrp/roles", handlers::show_roles)
        .post("/vrp/roles", handlers::grant);
}
