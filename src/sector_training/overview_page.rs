//! Where the VRP begins: the sector's training in a few numbers, and the way to each page.

use chrono::NaiveDate;
use serde::Serialize;

use super::amounts::OrganisationTally;
use super::bars::TotalBar;
use super::delivery::Delivered;
use super::wording::{say_amount, say_organisations};
use crate::clock::say_day;
use crate::small_groups::{Cells, Measure, sum_of};
use crate::training_sessions::Supply;
use crate::web::{Link, Page, Sample, sample};

/// The sector's training in a few numbers.
#[derive(Serialize)]
pub struct OverviewPage {
    /// While no census is finished there is none.
    as_of: Option<String>,
    up_to_date: String,
    share: String,
    people_came: String,
    hours: Option<String>,
    free: String,
    without_place: String,
}

/// What it is made of.
pub struct Overview {
    pub as_of: NaiveDate,
    pub people: Cells,
    pub organisations: Vec<OrganisationTally>,
    pub delivered: Delivered,
}

impl OverviewPage {
    pub fn new(overview: Option<&Overview>, supply: &[Supply]) -> Self {
        let free: i64 = supply.iter().map(|supply| supply.free).sum();
        let Some(overview) = overview else {
            return Self {
                as_of: None,
                up_to_date: String::new(),
                share: String::new(),
                people_came: String::new(),
                hours: None,
                free: free.to_string(),
                without_place: String::new(),
            };
        };
        let everyone = sum_of(&overview.people, None, None);
        let bar = TotalBar::of_group(String::new(), everyone);
        let of = |count: fn(&OrganisationTally) -> i64| overview.organisations.iter().map(count).sum::<i64>();
        Self {
            as_of: Some(say_day(overview.as_of)),
            share: match everyone.measure() {
                Measure::Most { .. } => "Nearly all".to_owned(),
                Measure::Few { .. } | Measure::TooFew => "Few".to_owned(),
                Measure::Some { .. } => bar.share.clone(),
            },
            up_to_date: bar.words,
            people_came: say_amount(overview.delivered.people),
            hours: overview.delivered.hours.map(|hours| hours.to_string()),
            free: free.to_string(),
            without_place: format!(
                "{} of {}",
                of(|tally| tally.without_place),
                say_organisations(of(|tally| tally.organisations))
            ),
        }
    }
}

impl Page for OverviewPage {
    const TEMPLATE: &'static str = "sector_training/overview";
    fn title(&self) -> String {
        "Training across the sector".into()
    }
    fn back(&self) -> Option<Link> {
        Link::back("/vrp")
    }
}

/// With a census, and before the first.
pub fn samples() -> Vec<Sample> {
    let drawn = OverviewPage {
        as_of: Some("26 November 2026".into()),
        up_to_date: "42%: 90 of 215 people".into(),
        share: "42%".into(),
        people_came: "145 people".into(),
        hours: Some("435".into()),
        free: "37".into(),
        without_place: "9 of 40 organisations".into(),
    };
    vec![sample(&drawn), sample(&OverviewPage::new(None, &[]))]
}
