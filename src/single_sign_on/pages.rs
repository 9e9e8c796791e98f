//! What is said to someone who does not come in with a work account: why, and what to do.

use serde::Serialize;

use super::admission::Refusal;
use crate::web::{Link, Page, Sample, sample};

pub(super) const NOT_SIGNED_IN: &str = "You did not sign in with your work account";

/// Nobody came in. It says why, what to do, and where to go.
#[derive(Serialize)]
pub struct TurnedAwayPage {
    heading: &'static str,
    paragraphs: &'static [&'static str],
    next: Link,
}

impl TurnedAwayPage {
    pub fn refused(refusal: Refusal) -> Self {
        match refusal {
            Refusal::OtherTenant => Self::another_way(
                "This work account cannot be used here",
                &["It belongs to another organisation. Sign out of it first if you have a work account with the \
                   Violence Reduction Partnership too."],
            ),
            Refusal::NoGroup => Self::another_way(
                "Your work account has no role here",
                &[
                    "You signed in correctly, but none of the groups that your work account is in has a role in this \
                     portal.",
                    "Ask the person who looks after work accounts in your organisation to add you to the right group.",
                    "If you work for a youth organisation, sign in with the email address you registered with.",
                ],
            ),
            Refusal::NoAddress => Self::another_way(
                "We need your email address",
                &["Your work account came without an email address that has been checked. Ask the person who looks \
                   after work accounts in your organisation to add it."],
            ),
            Refusal::AddressHasAccount => Self::another_way(
                "There is an account with your email address already",
                &[
                    "To keep that account safe, we do not join it to your work account on the strength of an address.",
                    "Sign in to it with its own password. Once a VRP administrator has given it a role, you can sign \
                     in to it with your work account.",
                ],
            ),
            Refusal::Closed => Self::another_way(
                "Your account is closed",
                &["Ask a VRP administrator if you think it should be open."],
            ),
        }
    }

    /// The provider does not answer.
    pub fn away() -> Self {
        Self::another_way(
            "Work accounts cannot be reached just now",
            &[
                "The sign-in page for work accounts does not answer. Nothing of yours is lost.",
                "Try again in a few \
               minutes, or sign in with your email address and password.",
            ],
        )
    }

    /// Too late, a second time, or in another browser.
    pub fn stale() -> Self {
        Self::again(
            "This sign-in has ended",
            &["It was used already, it took longer than 10 minutes, or it was begun in another browser."],
        )
    }

    /// What came back cannot be believed.
    pub fn forged() -> Self {
        Self::again(
            "We could not check your work account",
            &["What came back from the sign-in page for work accounts was not in order, so nobody was signed in."],
        )
    }

    fn another_way(heading: &'static str, paragraphs: &'static [&'static str]) -> Self {
        Self { heading, paragraphs, next: Link::new("Sign in another way", "/sign-in") }
    }

    fn again(heading: &'static str, paragraphs: &'static [&'static str]) -> Self {
        Self { heading, paragraphs, next: Link::new("Start again", "/sign-in") }
    }
}

impl Page for TurnedAwayPage {
    const TEMPLATE: &'static str = "single_sign_on/turned-away";
    fn title(&self) -> String {
        self.heading.into()
    }
}

/// The page with each reason.
pub fn samples() -> Vec<Sample> {
    vec![
        sample(&TurnedAwayPage::refused(Refusal::NoGroup)),
        sample(&TurnedAwayPage::away()),
        sample(&TurnedAwayPage::stale()),
    ]
}
