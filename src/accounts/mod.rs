//! Accounts: signing up, confirming an e-mail address, roles of the VRP; sessions, links and second steps.
//! Whether an address has an account is never told to anyone but its owner, by e-mail.
//! The viewers made here are the only way to the database for whoever is not a member of an organisation.
//! Not here: the pages of signing in, which are `sign_in`; people and what they may do in an organisation.

mod account;
mod authenticator;
mod entrance;
mod forms;
mod handlers;
mod link;
mod pages;
mod password;
mod retention;
mod session;
mod viewer;
pub mod your_data;

pub use account::{
    Account, AccountState, NewAccount, Role, claim_unconfirmed, grant_role, open_confirmed, role_holders, roles_of,
    sign_up, tell_stewards, withdraw_role,
};
pub use authenticator::{Authenticator, CodeCheck, Enrolment, RecoveryCodes};
pub use entrance::{Entered, enter, let_in};
pub use forms::{EMAIL, read_new_password, within_the_portal};
pub use link::{
    NewPassword, Purpose, ask_for_new_address, confirm_account, confirm_new_address, invite_first_steward,
    link_is_good, new_token, open_sign_in_link, reset_password, send_reset_link, send_sign_in_link, token_hash,
};
pub use pages::{GoneLinkPage, SentPage, samples};
pub use password::{Password, hash_password, no_password, verify_password};
pub use retention::{forget_old_links, forget_unconfirmed};
pub use session::{
    HasTwoSteps, Session, Strength, begin_session, date_proof, end_all_sessions, end_other_sessions, end_session,
    end_session_of, forget_old_sessions, renew_session, with_session,
};
pub use viewer::{Decider, Door, Proven, Reviewer, Seat, SignedIn, Steward, Visitor, open_door};

use crate::web::Routes;

pub fn routes(routes: &mut Routes<'_>) {
    routes
        .get("/register", handlers::show_registration)
        .post("/register", handlers::register)
        .get("/register/sent", handlers::show_registration_sent)
        .get("/confirm/{token}", handlers::show_confirmation)
        .post("/confirm/{token}", handlers::confirm)
        .get("/set-up/{token}", handlers::show_set_up)
        .post("/set-up/{token}", handlers::set_up)
        .get("/vrp/roles", handlers::show_roles)
        .post("/vrp/roles", handlers::grant);
}
