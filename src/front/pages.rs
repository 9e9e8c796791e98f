//! The portal's first page and the statements about it.

use serde::Serialize;

use crate::accounts::Account;
use crate::config::{Period, Retention};
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

/// What is kept of whom, and for how long on this very portal.
#[derive(Serialize)]
pub struct PrivacyPage {
    kept: Vec<KeptFor>,
}
#[derive(Serialize)]
struct KeptFor {
    what: &'static str,
    how_long: String,
}
impl PrivacyPage {
    pub fn new(retention: Retention) -> Self {
        let row = |what, how_long: String| KeptFor { what, how_long };
        let after = |period: Period, what: &str| format!("{period} after {what}");
        let kept = vec![
            row("Emails the portal sent you", after(retention.letters, "they were written")),
            row("An account whose email address is never confirmed", after(retention.unconfirmed, "it was opened")),
            row("An account nobody signs in to, with your name and address", {
                format!("{}. We email you a month before", after(retention.idle_accounts, "you last signed in"))
            }),
            row(
                "A person without an account who has left an organisation",
                after(retention.people_who_left, "they left"),
            ),
            row(
                "The registration of an organisation that is never sent",
                after(retention.registrations, "the last change"),
            ),
            row("An invitation, with the name and address it went to", after(retention.invitations, "it ended")),
            row(
                "Links to sign in, to confirm an address or to choose a password",
                after(retention.links, "they ended"),
            ),
            row(
                "A request to take over an organisation, and what was said about it",
                after(retention.rescues, "it ended"),
            ),
            row("Where you are signed in", "14 days after the last use".to_owned()),
        ];
        Self { kept }
    }
}
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
        sample(&PrivacyPage::new(Retention::default())),
        sample(&CookiesPage {}),
    ]
}
