//! The pages of signing in, and what they say when something is wrong.

use serde::Serialize;

use crate::accounts::{Authenticator, CodeCheck, Seat};
use crate::clock::say_time;
use crate::web::{Filled, Link, Page, Sample, name_for_passkeys, sample};

pub(super) const SIGNED_OUT: &str = "You have signed out";
pub(super) const PASSWORD_CHANGED: &str = "Your password is changed. Sign in with the new one";
pub(super) const WRONG_PASSWORD: &str = "The email address or the password is not right";
pub(super) const WRONG_PASSWORD_ALONE: &str = "This is not your password";

pub(super) fn say_wrong_code(check: CodeCheck) -> String {
    match check {
        CodeCheck::WaitUntil(until) => format!("Too many codes were wrong. Try again after {}", say_time(until)),
        _ => "This code is not right, or was used before. Wait for the next one your app shows, or use a recovery code"
            .to_owned(),
    }
}

#[derive(Serialize)]
pub struct SignInPage {
    form: Filled,
    link_address: String,
    /// Where to sign in with a work account, when that is on.
    work_account: Option<Link>,
    /// Where to sign in with a passkey, where there can be any.
    passkey: Option<Link>,
}
impl SignInPage {
    /// With the other ways in that this portal has.
    pub fn new(seat: &Seat, form: Filled) -> Self {
        let next = form.field("next").value;
        let work_account = work_account_of(seat, "Sign in with your work account", &next);
        let passkey = passkey_of(seat, "Sign in with a passkey", &next);
        Self { link_address: format!("/sign-in/link{}", query_of(&next)), work_account, passkey, form }
    }
}
impl Page for SignInPage {
    const TEMPLATE: &'static str = "sign_in/sign-in";
    fn title(&self) -> String {
        "Sign in".into()
    }
}

/// Where to show a passkey and go on, where there can be any.
fn passkey_of(seat: &Seat, text: &str, next: &str) -> Option<Link> {
    let way = |_| Link::new(text, format!("/sign-in/passkey{}", query_of(next)));
    name_for_passkeys(seat.site()).map(way)
}

/// Where to sign in with a work account and go on, when that is on.
fn work_account_of(seat: &Seat, text: &str, next: &str) -> Option<Link> {
    let way = |_| Link::new(text, format!("/sign-in/work{}", query_of(next)));
    seat.identity_provider().ok().map(way)
}

/// Carries along where they were going.
fn query_of(next: &str) -> String {
    match next {
        "" => String::new(),
        next => format!("?{}", url::form_urlencoded::Serializer::new(String::new()).append_pair("next", next).finish()),
    }
}

#[derive(Serialize)]
pub struct AskForLinkPage {
    pub form: Filled,
}
impl Page for AskForLinkPage {
    const TEMPLATE: &'static str = "sign_in/ask-for-link";
    fn title(&self) -> String {
        "Sign in with a link".into()
    }
    fn back(&self) -> Option<Link> {
        Link::back("/sign-in")
    }
}

#[derive(Serialize)]
pub struct LinkPage {
    pub token: String,
}
impl Page for LinkPage {
    const TEMPLATE: &'static str = "sign_in/link";
    fn title(&self) -> String {
        "Sign in".into()
    }
}

#[derive(Serialize)]
pub struct CodePage {
    form: Filled,
    /// A passkey instead, where there can be any.
    passkey: Option<Link>,
}
impl CodePage {
    pub fn new(seat: &Seat, form: Filled) -> Self {
        Self { passkey: passkey_of(seat, "Use a passkey instead", &form.field("next").value), form }
    }
}
impl Page for CodePage {
    const TEMPLATE: &'static str = "sign_in/code";
    fn title(&self) -> String {
        "Enter your code".into()
    }
    fn back(&self) -> Option<Link> {
        Link::back("/sign-in")
    }
}

/// Proving once more that it is oneself.
#[derive(Serialize)]
pub struct AgainPage {
    form: Filled,
    /// With a code; else with the password.
    has_code: bool,
    /// Other ways to show it, for whoever has them.
    others: Vec<Link>,
}
impl AgainPage {
    /// Asks for a code of theirs if they have an authenticator, else for the password.
    pub fn new(seat: &Seat, form: Filled, authenticator: Option<&Authenticator>) -> Self {
        let next = form.field("next").value;
        let passkey = passkey_of(seat, "Use a passkey", &next);
        let work_account = work_account_of(seat, "Sign in with your work account again", &next);
        Self { form, has_code: authenticator.is_some(), others: passkey.into_iter().chain(work_account).collect() }
    }
}
impl Page for AgainPage {
    const TEMPLATE: &'static str = "sign_in/again";
    fn title(&self) -> String {
        "Is it you?".into()
    }
    fn back(&self) -> Option<Link> {
        Link::back("/my/account")
    }
}

#[derive(Serialize)]
pub struct ForgottenPage {
    pub form: Filled,
}
impl Page for ForgottenPage {
    const TEMPLATE: &'static str = "sign_in/forgotten-password";
    fn title(&self) -> String {
        "Forgotten password".into()
    }
    fn back(&self) -> Option<Link> {
        Link::back("/sign-in")
    }
}

#[derive(Serialize)]
pub struct ResetPage {
    pub token: String,
    pub form: Filled,
}
impl Page for ResetPage {
    const TEMPLATE: &'static str = "sign_in/reset-password";
    fn title(&self) -> String {
        "Choose a new password".into()
    }
}

/// Each page with made-up content.
pub fn samples() -> Vec<Sample> {
    let wrong = |name: &str, problem: &str| {
        Filled::blank(&["email", "password", "next", "code", "proof"]).with_problem(name, problem)
    };
    vec![
        sample(&SignInPage {
            form: wrong("email", "Enter your email address"),
            link_address: "/sign-in/link".into(),
            work_account: Some(Link::new("Sign in with your work account", "/sign-in/work")),
            passkey: Some(Link::new("Sign in with a passkey", "/sign-in/passkey")),
        }),
        sample(&AskForLinkPage { form: wrong("email", "Enter your email address") }),
        sample(&LinkPage { token: "0123".into() }),
        sample(&CodePage {
            form: wrong("code", &say_wrong_code(CodeCheck::Wrong)),
            passkey: Some(Link::new("Use a passkey instead", "/sign-in/passkey")),
        }),
        sample(&AgainPage { form: wrong("proof", WRONG_PASSWORD_ALONE), has_code: false, others: Vec::new() }),
        sample(&AgainPage {
            form: wrong("proof", &say_wrong_code(CodeCheck::Wrong)),
            has_code: true,
            others: vec![Link::new("Use a passkey", "/sign-in/passkey")],
        }),
        sample(&ForgottenPage { form: wrong("email", "Enter your email address") }),
        sample(&ResetPage { token: "0123".into(), form: wrong("password", "Enter a new password") }),
    ]
}
