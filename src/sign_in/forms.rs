//! What people type to sign in.

use serde::Deserialize;

use crate::accounts::{EMAIL, Password, read_new_password, within_the_portal};
use crate::web::{Form, Sent};
use crate::words::EmailAddress;

/// Where to go when signed in: `?next=/organisations/the-hub`.
#[derive(Deserialize)]
pub struct NextQuery {
    next: Option<String>,
}

impl NextQuery {
    /// The address, if it is one of ours.
    pub fn within(self) -> Option<String> {
        self.next.filter(|next| within_the_portal(next))
    }
}

/// Signing in with a password.
pub struct SignInForm {
    pub email: EmailAddress,
    pub password: String,
    pub next: Option<String>,
}

impl SignInForm {
    pub const FIELDS: &[&str] = &["email", "password", "next"];
}

impl Form for SignInForm {
    fn parse(sent: &mut Sent) -> Option<Self> {
        let email = sent.email(EMAIL);
        let password = sent.secret("password");
        let next = read_next(sent);
        if password.is_empty() {
            return sent.refuse("password", "Enter your password");
        }
        Some(Self { email: email?, password, next })
    }
}

/// Asking for a link: to sign in, or to choose a new password.
pub struct LinkForm {
    pub email: EmailAddress,
    pub next: Option<String>,
}

impl LinkForm {
    pub const FIELDS: &[&str] = &["email", "next"];
}

impl Form for LinkForm {
    fn parse(sent: &mut Sent) -> Option<Self> {
        let (email, next) = (sent.email(EMAIL), read_next(sent));
        email.map(|email| Self { email, next })
    }
}

/// A code of the second step.
pub struct CodeForm {
    pub code: String,
    pub next: Option<String>,
}

impl CodeForm {
    pub const FIELDS: &[&str] = &["code", "next"];
}

impl Form for CodeForm {
    fn parse(sent: &mut Sent) -> Option<Self> {
        let (code, next) = (sent.secret("code"), read_next(sent));
        if code.trim().is_empty() {
            return sent.refuse("code", "Enter the six-digit code from your app, or a recovery code");
        }
        Some(Self { code, next })
    }
}

/// Proving once more that it is oneself: with a code where there is a second step, else with the password.
pub struct AgainForm {
    pub proof: String,
    pub next: Option<String>,
}

impl AgainForm {
    pub const FIELDS: &[&str] = &["proof", "next"];
}

impl Form for AgainForm {
    fn parse(sent: &mut Sent) -> Option<Self> {
        let (proof, next) = (sent.secret("proof"), read_next(sent));
        if proof.trim().is_empty() {
            return sent.refuse("proof", "Fill this in to show that it is you");
        }
        Some(Self { proof, next })
    }
}

/// Choosing a new password.
pub struct ResetForm {
    pub password: Password,
}

impl ResetForm {
    pub const FIELDS: &[&str] = &["password"];
}

impl Form for ResetForm {
    fn parse(sent: &mut Sent) -> Option<Self> {
        read_new_password(sent, "Enter a new password").map(|password| Self { password })
    }
}

fn read_next(sent: &mut Sent) -> Option<String> {
    Some(sent.typed("next")).filter(|next| within_the_portal(next))
}
