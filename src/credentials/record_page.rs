//! The page of a training record that its owner shows by a link.

use chrono::NaiveDateTime;
use serde::Serialize;

use crate::clock::{say_day, say_instant};
use crate::my_training::{RecordLink, ShownRecord, shown_record_sample};
use crate::web::{Link, Page, Sample, sample};

#[derive(Serialize)]
pub struct RecordProofPage {
    record: ShownRecord,
    now: String,
    ends_on: String,
}

impl RecordProofPage {
    pub fn new(link: &RecordLink, record: ShownRecord, now: NaiveDateTime) -> Self {
        Self { record, now: say_instant(now), ends_on: say_day(link.ends_on) }
    }
}

impl Page for RecordProofPage {
    const TEMPLATE: &'static str = "credentials/record";
    fn title(&self) -> String {
        format!("Training record of {}", self.record.name)
    }
    fn back(&self) -> Option<Link> {
        Some(Link::new("Check another code", "/verify"))
    }
}

pub(super) fn samples() -> Vec<Sample> {
    let page =
        |record| RecordProofPage { record, now: "27 November 2026 at 9:30am".into(), ends_on: "27 May 2027".into() };
    let empty = ShownRecord { partly: false, groups: Vec::new(), ..shown_record_sample() };
    vec![sample(&page(shown_record_sample())), sample(&page(empty))]
}
