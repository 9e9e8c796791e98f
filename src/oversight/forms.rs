//! A reason, and what the VRP looks for in its list.

use serde::Deserialize;

use super::listing::{Listed, ListingSearch};
use crate::web::{Ask, Form, Sent};
use crate::words::{Line, Passage};

/// Why a standing changes.
pub struct ReasonForm {
    pub reason: Passage<1000>,
}

impl ReasonForm {
    pub const FIELDS: &[&str] = &["reason"];
}

impl Form for ReasonForm {
    fn parse(sent: &mut Sent) -> Option<Self> {
        sent.passage(Ask::new("reason", "Your reason", "Enter your reason")).map(|reason| Self { reason })
    }
}

/// The filters of the list, as they stand in its address. What makes no sense filters nothing.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub struct ListingQuery {
    pub q: String,
    pub show: String,
    /// 1 for the first.
    pub page: String,
}

impl ListingQuery {
    pub fn search(&self) -> ListingSearch {
        ListingSearch {
            name: Line::<100>::parse(&self.q).map(Line::into_string).unwrap_or_default(),
            listed: Listed::parse(&self.show),
            page: self.page.parse::<i64>().unwrap_or(1).saturating_sub(1),
        }
    }
}
