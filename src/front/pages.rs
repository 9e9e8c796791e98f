//! The portal's first page and the statements about it.

use serde::Serialize;

use crate::accounts::Account;
use crate::web::{Link, Page, Sample, sample};

/// The first page: what this is, and what each kind of person can do here.
#[derive(Serialize)]
pub struct HomePage {
    /// The second way on: to register, or to one's own page.
    begin: Link,
    /// Where organisations and practitioners go from here.
    work: &'static str,
}
impl HomePage {
    pub fn for_someone(account: Option<&Account>) -> Self {
        match account {
            Some(_) => Self { begin: Link::new("Go to your page", "/my"), work: "/my" },
            None => Self { begin: Link::new("Register your organisation", "/register"), work: "/register" },
        }
    }
}
impl Page for HomePage {
    const TEMPLATE: &'static str = "front/home";
    fn title(&self) -> String {
        "Youth Charter".into()
    }
}

#[derive(Serialize)]
pub struct AccessibilityPage {}
impl Page for AccessibilityPage {
    const TEMPLATE: &'static str = "front/accessibility";
    fn title(&self) -> String {
        "Accessibility statement".into()
    }
}

#[derive(Serialize)]
pub struct PrivacyPage {}
impl Page for PrivacyPage {
    const TEMPLATE: &'static str = "front/privacy";
    fn title(&self) -> String {
        "Privacy".into()
    }
}

#[derive(Serialize)]
pub struct CookiesPage {}
impl Page for CookiesPage {
    const TEMPLATE: &'static str = "front/cookies";
    fn title(&self) -> String {
        "Cookies".into()
    }
}

/// Each page with made-up content.
pub fn samples() -> Vec<Sample> {
    vec![
        sample(&HomePage::for_someone(None)),
        sample(&AccessibilityPage {}),
        sample(&PrivacyPage {}),
        sample(&CookiesPage {}),
    ]
}
