//! What the VRP must know of an organisation when it changes: its name, and who its safeguarding lead is.
//! However it changes, the trail and the stewards are told in the same act; an address is never told, only that it is
//! another.
//! Not here: changing it, which is of `changes` and of `safeguarding`.

use serde::Serialize;
use serde_json::{Value, json};

use super::organisation::Organisation;
use crate::accounts::tell_stewards;
use crate::acts::Act;
use crate::error::Result;
use crate::mail::Letter;

/// How it came to change.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Cause {
    /// Someone published it.
    Published,
    /// The safeguarding lead left, and another was named.
    LeadLeft,
}

/// What is different of it.
#[derive(Default)]
pub(super) struct Matters {
    /// Before and after.
    name: Option<(String, String)>,
    lead: Option<(String, String)>,
    lead_address_changed: bool,
}

#[derive(Serialize)]
struct ProfileMattersLetter<'a> {
    organisation: &'a str,
    slug: &'a str,
    by: &'a str,
    /// The safeguarding lead left; nobody published anything.
    lead_left: bool,
    name_was: Option<&'a str>,
    /// Who, before and after, when it is another person.
    lead_was: Option<&'a str>,
    lead_is: Option<&'a str>,
    lead_address_changed: bool,
}
impl Letter for ProfileMattersLetter<'_> {
    const NAME: &'static str = "profile-matters";
}

impl Matters {
    pub fn between(was: &Organisation, is: &Organisation) -> Self {
        let differing = |was: &str, is: &str| (was != is).then(|| (was.to_owned(), is.to_owned()));
        let text = |text: &Option<String>| text.clone().unwrap_or_default();
        Self {
            name: differing(&was.name, &is.name),
            lead: differing(&text(&was.safeguarding_lead_name), &text(&is.safeguarding_lead_name)),
            lead_address_changed: was.safeguarding_lead_email != is.safeguarding_lead_email,
        }
    }

    fn is_something(&self) -> bool {
        self.name.is_some() || self.lead.is_some() || self.lead_address_changed
    }

    /// Adds it to what the trail keeps.
    pub fn add_to(&self, details: &mut Value) {
        if let Some((was, is)) = &self.name {
            details["name"] = json!({ "from": was, "to": is });
        }
        if let Some((was, is)) = &self.lead {
            details["safeguarding_lead"] = json!({ "from": was, "to": is });
        }
        if self.lead_address_changed {
            details["safeguarding_lead_address"] = json!("changed");
        }
    }

    /// Writes to every steward, if there is something to tell of an organisation that they have approved.
    pub fn tell(&self, act: &mut Act<'_>, now: &Organisation, cause: Cause) -> Result<()> {
        if !self.is_something() || !now.is_approved() {
            return Ok(());
        }
        let by = act.by.name.clone();
        let letter = ProfileMattersLetter {
            organisation: &now.name,
            slug: &now.slug,
            by: &by,
            lead_left: cause == Cause::LeadLeft,
            name_was: self.name.as_ref().map(|(was, _)| was.as_str()),
            lead_was: self.lead.as_ref().map(|(was, _)| was.as_str()),
            lead_is: self.lead.as_ref().map(|(_, is)| is.as_str()),
            lead_address_changed: self.lead_address_changed,
        };
        tell_stewards(act, &letter)
    }
}
