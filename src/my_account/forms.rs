//! What people type to change their account.

use crate::accounts::{Password, read_new_password};
use crate::web::{Ask, Form, Sent};
use crate::words::EmailAddress;

/// A new e-mail address.
pub struct EmailForm {
    pub email: EmailAddress,
}

impl EmailForm {
    pub const FIELDS: &[&str] = &["email"];
}

impl Form for EmailForm {
    fn parse(sent: &mut Sent) -> Option<Self> {
        sent.email(Ask::new("email", "New email address", "Enter your new email address")).map(|email| Self { email })
    }
}

/// A new password.
pub struct PasswordForm {
    pub password: Password,
}

impl PasswordForm {
    pub const FIELDS: &[&str] = &["password"];
}

impl Form for PasswordForm {
    fn parse(sent: &mut Sent) -> Option<Self> {
        read_new_password(sent, "Enter a new password").map(|password| Self { password })
    }
}

/// The first code of a new authenticator app.
pub struct FirstCodeForm {
    pub code: String,
}

impl FirstCodeForm {
    pub const FIELDS: &[&str] = &["code"];
}

impl Form for FirstCodeForm {
    fn parse(sent: &mut Sent) -> Option<Self> {
        let code = sent.secret("code");
        if code.trim().is_empty() {
            return sent.refuse("code", "Enter the six digits your app shows");
        }
        Some(Self { code })
    }
}
