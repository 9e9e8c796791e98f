//! What the pages of a pledge say of renewing it.

use serde::Serialize;

use super::pledge::Pledge;
use super::renewal::SignAgain;
use crate::clock::say_day;
use crate::organisations::Organisation;

/// The pledge that stands while its renewal is under way.
#[derive(Serialize)]
pub struct KeptView {
    code: String,
    ends_on: String,
}

impl KeptView {
    pub fn of(pledge: &Pledge) -> Self {
        Self { code: pledge.code.clone(), ends_on: pledge.ends_on.map(say_day).unwrap_or_default() }
    }

    pub fn sample() -> Self {
        Self { code: "PL-7KQ2M9XB".into(), ends_on: "3 November 2027".into() }
    }
}

/// That a pledge is to be signed again, and why.
#[derive(Serialize)]
pub struct AgainView {
    heading: String,
    text: String,
    button: &'static str,
}

impl AgainView {
    pub fn of(reason: SignAgain, pledge: &Pledge, organisation: &Organisation) -> Self {
        let ends_on = pledge.ends_on.map(say_day).unwrap_or_default();
        let (heading, text, button) = match reason {
            SignAgain::EndsSoon => (
                format!("Renew before {ends_on}"),
                "Renew now and your organisation stays in the register without a break. The new year begins when this \
                 one ends, so you lose no time."
                    .to_owned(),
                "Renew your pledge",
            ),
            SignAgain::NewName => (
                "Your name has changed".to_owned(),
                format!(
                    "This pledge was signed as {}. Sign it again as {}: it stands until you have.",
                    pledge.signed_name.as_deref().unwrap_or_default(),
                    organisation.name
                ),
                "Sign again with the new name",
            ),
            SignAgain::NewCharter { by } => (
                match by {
                    Some(by) => format!("Sign the new Charter by {}", say_day(by)),
                    None => "The Charter has changed".to_owned(),
                },
                format!(
                    "Another version of the Charter has come into force since you pledged. This pledge stands until {}. \
                     You start with your own words, and can sign the new version now.",
                    match (by, pledge.ends_on) {
                        (Some(by), Some(end)) if by < end => say_day(by),
                        _ => "it ends".to_owned(),
                    }
                ),
                "Pledge to the new Charter",
            ),
        };
        Self { heading, text, button }
    }

    pub fn sample() -> Self {
        Self {
            heading: "Renew before 3 November 2027".into(),
            text: "Renew now and your organisation stays in the register without a break.".into(),
            button: "Renew your pledge",
        }
    }
}
