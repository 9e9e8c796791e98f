//! Where the VRP begins with a round: how many took part, the biggest gaps, what is wanted against what is on offer, what
//! stops people, and what has changed.

use std::collections::BTreeMap;

use serde::Serialize;

use super::overview_rows::{
    BarRow, ChangeRow, GapRow, WishRow, barrier_rows, change_rows, gap_rows, say_together, wish_rows,
};
use super::picture::SectorPicture;
use crate::ids::ModuleId;
use crate::organisations::District;
use crate::skills_audit::{Instrument, Rate, Round};
use crate::skills_rounds::say_rate;
use crate::training_sessions::Supply;
use crate::web::{Link, Page, Sample, count, sample};

/// What it is made of.
pub struct Overview {
    pub round: Round,
    pub rate: Rate,
    pub instrument: Instrument,
    /// None before the round is closed and counted.
    pub picture: Option<SectorPicture>,
    pub before: Option<SectorPicture>,
    pub supply: BTreeMap<Option<ModuleId>, Supply>,
    pub districts: Vec<District>,
}

/// A round in short.
#[derive(Serialize)]
pub struct OverviewPage {
    round: String,
    address: String,
    open: bool,
    counted: bool,
    finished: String,
    organisations: String,
    gaps: Vec<GapRow>,
    wishes: Vec<WishRow>,
    barriers: Vec<BarRow>,
    changes: Vec<ChangeRow>,
    before: Option<String>,
    together: Vec<String>,
    said: bool,
}

impl OverviewPage {
    pub fn new(overview: &Overview) -> Self {
        let picture = overview.picture.as_ref();
        let before = overview.before.as_ref();
        let changes = picture.zip(before).map(|(now, before)| change_rows(overview, now, before));
        Self {
            round: overview.round.title.clone(),
            address: format!("/vrp/skills-audit/rounds/{}", overview.round.id),
            open: overview.round.is_open(),
            counted: picture.is_some(),
            finished: say_rate(overview.rate),
            organisations: count(overview.rate.organisations.unsigned_abs() as usize, "organisation", "organisations"),
            gaps: picture.map(|picture| gap_rows(overview, picture)).unwrap_or_default(),
            wishes: picture.map(|picture| wish_rows(overview, picture)).unwrap_or_default(),
            barriers: picture.map(barrier_rows).unwrap_or_default(),
            changes: changes.unwrap_or_default(),
            before: before.map(|before| before.round.title.clone()),
            together: picture.map(|picture| say_together(picture, &overview.districts)).unwrap_or_default(),
            said: picture.is_some_and(|picture| !picture.said.is_empty()),
        }
    }
}

impl Page for OverviewPage {
    const TEMPLATE: &'static str = "sector_skills/overview";
    fn title(&self) -> String {
        format!("{} across the sector", self.round)
    }
    fn back(&self) -> Option<Link> {
        Link::back("/vrp/skills-audit")
    }
}

/// With numbers, while it is open, and before it is counted.
pub fn samples() -> Vec<Sample> {
    let page = |open, counted| OverviewPage {
        round: "Skills audit 2026/27".into(),
        address: "/vrp/skills-audit/rounds/1".into(),
        open,
        counted,
        finished: "214 of 530 people (40%)".into(),
        organisations: "34 organisations".into(),
        gaps: Vec::new(),
        wishes: Vec::new(),
        barriers: Vec::new(),
        changes: Vec::new(),
        before: None,
        together: Vec::new(),
        said: false,
    };
    let full = super::picture::samples::overview();
    vec![
        sample(&OverviewPage::new(&full)),
        sample(&page(true, false)),
        sample(&page(false, false)),
        sample(&page(false, true)),
    ]
}
