//! What people type to sign up, and to be given a role.

use super::account::Role;
use super::password::Password;
use crate::web::{Ask, Form, Sent};
use crate::words::{EmailAddress, Line};

/// The address of whoever fills in a form.
pub const EMAIL: Ask<'_> = Ask::new("email", "Email address", "Enter your email address");

/// Signing up, and setting up the first administrator.
pub struct RegistrationForm {
    pub name: Line<100>,
    pub email: EmailAddress,
    pub password: Password,
}

impl RegistrationForm {
    pub const FIELDS: &[&str] = &["name", "email", "password"];
}

impl Form for RegistrationForm {
    fn parse(sent: &mut Sent) -> Option<Self> {
        let name = sent.line(Ask::new("name", "Your name", "Enter your full name"));
        let email = sent.email(EMAIL);
        let password = read_new_password(sent, "Enter a password");
        Some(Self { name: name?, email: email?, password: password? })
    }
}

/// Giving someone a role of the VRP.
pub struct RoleForm {
    pub email: EmailAddress,
    pub role: Role,
}

impl RoleForm {
    pub const FIELDS: &[&str] = &["email", "role"];
}

impl Form for RoleForm {
    fn parse(sent: &mut Sent) -> Option<Self> {
        let email = sent.email(Ask::new("email", "Email address", "Enter the person’s email address"));
        let role = sent.choice("role", "Select a role", Role::parse);
        Some(Self { email: email?, role: role? })
    }
}

/// A password good enough to be used.
pub fn read_new_password(sent: &mut Sent, missing: &str) -> Option<Password> {
    let typed = sent.secret("password");
    // Where the same form asks for them.
    let (name, email) = (sent.typed("name"), sent.typed("email"));
    sent.read(
        Ask::new("password", "Password", missing),
        "Choose a password that is harder to guess, such as three words",
        |_| Password::parse(&typed, &[&name, &email]),
    )
}

/// An address of ours, not of another website: a link to sign in cannot be made to lead elsewhere.
pub fn within_the_portal(address: &str) -> bool {
    address.starts_with('/')
        && !address.starts_with("//")
        && !address.contains(['\\', '\r', '\n'])
        && address.len() < 500
}

#[cfg(test)]
mod tests {
    use super::within_the_portal;

    #[test]
    fn a_link_to_sign_in_leads_nowhere_else() {
        assert!(within_the_portal("/organisations/the-hub/pledge"));
        for elsewhere in ["https://example.org", "//example.org", "/\\example.org", "", "/a\r\nSet-Cookie: x"] {
            assert!(!within_the_portal(elsewhere), "{elsewhere}");
        }
    }
}
