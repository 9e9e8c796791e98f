//! Single sign-on: people of the VRP sign in with their work accounts, by OpenID Connect. Off unless it is set.
//! Who someone is, is said by issuer and subject, never by an address alone; the groups of their work account give and
//! take away the roles that `OIDC_ROLES` names, at each sign-in.
//! Not here: speaking to the provider, and what a session may do.

mod admission;
mod errand;
mod handlers;
mod pages;
mod work_account;
pub mod your_data;

pub use admission::{Admission, Refusal, admit_work_identity, withdraw_stale_roles};
pub use errand::forget_old_errands;
pub use pages::samples;
pub use work_account::WorkAccount;

use crate::web::Routes;

pub fn routes(routes: &mut Routes<'_>) {
    routes
        .get("/sign-in/work", handlers::leave_for_work_account)
        .get("/sign-in/work/return", handlers::come_back_from_work_account);
}
