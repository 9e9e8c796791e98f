//! E-mail. A letter is written into the outbox in the transaction of what it tells of, and a worker sends it
//! afterwards, trying again while the mail server is away: nothing is lost, and nobody waits for it.
//! Each letter is one plain-text template from which its HTML form is made, so that the two never differ.
//! Not here: who is told what and when.

mod alike;
mod forgetting;
mod letter;
mod outbox;
mod worker;

pub use forgetting::{blank_in_letters, forget_letters_to, forget_old_letters};
pub use letter::Letter;
pub use outbox::{OutboxMessage, is_undeliverable, latest_messages, message, post, post_last, post_once};
pub use worker::{Mailer, send_due};
