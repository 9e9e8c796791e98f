//! What people send: a spreadsheet, what its columns mean, and who is who.

use std::collections::BTreeMap;

use super::columns::Meaning;
use super::import::read_choice;
use crate::ids::PersonId;
use crate::organisations::{Engagement, MembershipRole};
use crate::web::{Ask, Form, ReceivedFile, Sent};
use crate::words::Line;

/// A spreadsheet.
pub struct SheetForm {
    pub file: ReceivedFile,
}

impl SheetForm {
    pub const FIELDS: &[&str] = &["spreadsheet"];
}

impl Form for SheetForm {
    fn parse(sent: &mut Sent) -> Option<Self> {
        match sent.file("spreadsheet") {
            Some(file) => Some(Self { file }),
            None => sent.refuse("spreadsheet", "Select a spreadsheet"),
        }
    }
}

/// What each column means, and what holds where a cell says nothing.
pub struct ColumnsForm {
    /// By the number of the column.
    pub meanings: BTreeMap<usize, Meaning>,
    pub role: MembershipRole,
    pub engagement: Engagement,
    pub provider: String,
}

/// Written where nobody knows who gave the training.
const PROVIDER_UNKNOWN: &str = "Not recorded";

impl ColumnsForm {
    pub const FIELDS: &[&str] = &["role", "engagement", "provider"];
}

impl Form for ColumnsForm {
    fn parse(sent: &mut Sent) -> Option<Self> {
        let mut meanings = BTreeMap::new();
        for (rest, word) in sent.beginning_with("column-") {
            let Ok(column) = rest.parse::<usize>() else { continue };
            let meaning =
                sent.choice(&format!("column-{rest}"), "Select what is in this column", |_| Meaning::parse(&word));
            meanings.extend(meaning.map(|meaning| (column, meaning)));
        }
        let can_be = |word: &str| MembershipRole::parse(word).filter(|role| is_without_account(*role));
        let role = sent.choice("role", "Select what they do where the file does not say", can_be);
        let engagement =
            sent.choice("engagement", "Select how they work where the file does not say", Engagement::parse);
        let ask = Ask::new("provider", "Who gave the training", "Enter who gave the training");
        let provider = sent.read_optional(ask, ask.missing, Line::<120>::parse);
        let provider = provider?.map_or_else(|| PROVIDER_UNKNOWN.to_owned(), Line::into_string);
        Some(Self { meanings, role: role?, engagement: engagement?, provider })
    }
}

/// Leads and signatories act here themselves, so they need an account.
pub fn is_without_account(role: MembershipRole) -> bool {
    matches!(role, MembershipRole::Practitioner | MembershipRole::Viewer)
}

/// By the number of the name in the list: which person it is.
pub struct ChoicesForm {
    pub choices: BTreeMap<usize, Option<PersonId>>,
}

impl Form for ChoicesForm {
    fn parse(sent: &mut Sent) -> Option<Self> {
        let sent = sent.beginning_with("who-");
        let choice = |(number, word): (String, String)| Some((number.parse().ok()?, read_choice(&word)?));
        Some(Self { choices: sent.into_iter().filter_map(choice).collect() })
    }
}
