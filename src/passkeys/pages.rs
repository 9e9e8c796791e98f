//! The pages of passkeys. Without a script they say what to do instead.

use serde::Serialize;

use super::passkey::Passkey;
use crate::clock::say_instant;
use crate::web::{Filled, Link, Page, Sample, sample};

pub(super) const ADD: &str = "Add a passkey";
pub(super) const ADDED: &str = "Your passkey is added. You can sign in with it from now on";
pub(super) const RENAMED: &str = "Your passkey has its new name";
pub(super) const REMOVED: &str = "Your passkey is removed. It does not sign you in any more";
pub(super) const ENOUGH: &str = "You have 10 passkeys, which is the most. Remove one first";
pub(super) const NOT_MADE: &str = "Your device did not make a passkey. Try again";
pub(super) const NOT_ACCEPTED: &str = "This passkey could not be added. Wait for the page, then try again";
pub(super) const NOT_SHOWN: &str = "Your device did not show a passkey. Try again";
pub(super) const NOT_KNOWN: &str = "This passkey does not sign you in here. Try again, or sign in another way";

/// Someone's passkeys.
#[derive(Serialize)]
pub struct PasskeysPage {
    passkeys: Vec<PasskeyRow>,
    /// What the button says; nothing where there can be no passkeys.
    add: Option<&'static str>,
}
#[derive(Serialize)]
struct PasskeyRow {
    name: String,
    href: String,
    added: String,
    last_used: Option<String>,
}

impl PasskeysPage {
    pub fn new(passkeys: &[Passkey], add: Option<&'static str>) -> Self {
        Self { passkeys: passkeys.iter().map(PasskeyRow::of).collect(), add }
    }
}
impl Page for PasskeysPage {
    const TEMPLATE: &'static str = "passkeys/list";
    fn title(&self) -> String {
        "Your passkeys".into()
    }
    fn back(&self) -> Option<Link> {
        Link::back("/my/account")
    }
}

impl PasskeyRow {
    fn of(passkey: &Passkey) -> Self {
        Self {
            name: passkey.name.clone(),
            href: format!("/my/account/passkeys/{}", passkey.id),
            added: say_instant(passkey.added_at),
            last_used: passkey.last_used_at.map(say_instant),
        }
    }
}

/// Adding a passkey.
#[derive(Serialize)]
pub struct NewPasskeyPage {
    pub form: Filled,
    pub question: String,
    /// What the script asks the device, as JSON.
    pub options: String,
}
impl Page for NewPasskeyPage {
    const TEMPLATE: &'static str = "passkeys/new";
    fn title(&self) -> String {
        "Add a passkey".into()
    }
    fn back(&self) -> Option<Link> {
        Link::back("/my/account/passkeys")
    }
}

/// One passkey, to rename or remove.
#[derive(Serialize)]
pub struct PasskeyPage {
    passkey: PasskeyRow,
    form: Filled,
}
impl PasskeyPage {
    pub fn new(passkey: &Passkey, form: Filled) -> Self {
        Self { passkey: PasskeyRow::of(passkey), form }
    }
}
impl Page for PasskeyPage {
    const TEMPLATE: &'static str = "passkeys/passkey";
    fn title(&self) -> String {
        self.passkey.name.clone()
    }
    fn back(&self) -> Option<Link> {
        Link::back("/my/account/passkeys")
    }
}

/// Signing in with a passkey.
#[derive(Serialize)]
pub struct PasskeySignInPage {
    form: Filled,
    asking: Option<Asking>,
}
#[derive(Serialize)]
struct Asking {
    question: String,
    options: String,
}
impl PasskeySignInPage {
    pub fn asking(form: Filled, question: String, options: String) -> Self {
        Self { form, asking: Some(Asking { question, options }) }
    }
    /// Where there can be no passkeys.
    pub fn unavailable(form: Filled) -> Self {
        Self { form, asking: None }
    }
}
impl Page for PasskeySignInPage {
    const TEMPLATE: &'static str = "passkeys/sign-in";
    fn title(&self) -> String {
        "Sign in with a passkey".into()
    }
    fn back(&self) -> Option<Link> {
        Link::back("/sign-in")
    }
}

/// Each page with made-up content.
pub fn samples() -> Vec<Sample> {
    let row = || PasskeyRow {
        name: "My phone".into(),
        href: "/my/account/passkeys/1".into(),
        added: "3 November 2026 at 4:05pm".into(),
        last_used: Some("4 November 2026 at 9:30am".into()),
    };
    let form = Filled::blank(&["name", "credential", "next"]).with_problem("credential", NOT_KNOWN);
    let options = r#"{"publicKey":{}}"#.to_owned();
    vec![
        sample(&PasskeysPage { passkeys: vec![row(), PasskeyRow { last_used: None, ..row() }], add: Some(ADD) }),
        sample(&PasskeysPage { passkeys: Vec::new(), add: None }),
        sample(&NewPasskeyPage { form: form.clone(), question: "0123".into(), options: options.clone() }),
        sample(&PasskeyPage { passkey: row(), form: Filled::blank(&["name"]).with("name", "My phone") }),
        sample(&PasskeySignInPage::asking(form.clone(), "0123".into(), options)),
        sample(&PasskeySignInPage::unavailable(Filled::blank(&["next"]))),
    ]
}
