//! Passkeys: a key on a person's own device, unlocked by finger, face or code, that signs them in without a password.
//! A device answers a question of ours, which is asked once and ends; the answer is checked by the library, its counter
//! too. A passkey stands for two factors: the device, and what unlocks it.
//! Not here: other ways to sign in, and how long a session lasts.

mod forms;
mod handlers;
mod pages;
mod passkey;
mod question;
mod relying_party;
pub mod your_data;

pub use pages::samples;
pub use passkey::{Passkey, add_passkey, sign_in_with_passkey};
pub use question::forget_old_questions;
pub use relying_party::RelyingParty;

use crate::web::Routes;

pub fn routes(routes: &mut Routes<'_>) {
    routes
        .get("/sign-in/passkey", handlers::show_passkey_sign_in)
        .post("/sign-in/passkey", handlers::sign_in_by_passkey)
        .get("/my/account/passkeys", handlers::show_passkeys)
        .get("/my/account/passkeys/new", handlers::show_new_passkey)
        .post("/my/account/passkeys/new", handlers::create_passkey)
        .get("/my/account/passkeys/{passkey}", handlers::show_passkey)
        .post("/my/account/passkeys/{passkey}/name", handlers::rename_passkey)
        .post("/my/account/passkeys/{passkey}/removal", handlers::remove_passkey);
}
