//! The pages of one standard of the draft: its texts, its questions in their order, and adding one.

use serde::Serialize;

use super::forms::NewForm;
use super::handlers::Seen;
use super::pages::{DRAFT, IndicatorRow, TextRow, made_up};
use super::texts::{area_address, head_name, indicator_address, standard_address, text_address};
use crate::error::Result;
use crate::framework::{Area, DraftText, HeadPart, Standard};
use crate::web::{Filled, Link, Page, Sample, sample};

/// One standard.
#[derive(Serialize)]
pub struct StandardPage {
    area: String,
    name: String,
    id: String,
    texts: Vec<TextRow>,
    indicators: Vec<PlacedRow>,
    place: String,
    can_rise: bool,
    can_sink: bool,
    new_indicator: String,
    removal: String,
}

/// A question with its place.
#[derive(Serialize)]
struct PlacedRow {
    row: IndicatorRow,
    place: String,
    can_rise: bool,
    can_sink: bool,
}

impl StandardPage {
    pub(super) fn new(seen: &Seen, standard: &Standard) -> Result<Self> {
        let draft = &seen.draft.framework;
        let before = seen.comparison.standard_before(&standard.id);
        let text = |part: &HeadPart| TextRow {
            name: head_name(*part).to_owned(),
            value: standard.part(*part).to_owned(),
            address: text_address(&DraftText::Standard(standard.id.clone(), *part)),
            is_changed: before.is_some_and(|before| before.part(*part) != standard.part(*part)),
        };
        let fellows: Vec<_> = draft.standards_of(&standard.area_id).collect();
        let indicators: Vec<_> = draft.indicators_of(&standard.id).collect();
        let last = indicators.len().saturating_sub(1);
        let placed = |(at, indicator): (usize, &&crate::framework::Indicator)| PlacedRow {
            row: IndicatorRow::of(&seen.comparison, indicator),
            place: format!("{}/place", indicator_address(&indicator.id)),
            can_rise: at > 0,
            can_sink: at < last,
        };
        let address = standard_address(&standard.id);
        Ok(Self {
            area: seen.draft.area(&standard.area_id)?.title.clone(),
            name: standard.title.clone(),
            id: standard.id.to_string(),
            texts: HeadPart::ALL.iter().map(text).collect(),
            indicators: indicators.iter().enumerate().map(placed).collect(),
            place: format!("{address}/place"),
            can_rise: fellows.first().is_some_and(|first| first.id != standard.id),
            can_sink: fellows.last().is_some_and(|last| last.id != standard.id),
            new_indicator: format!("{address}/indicators/new"),
            removal: format!("{address}/removal"),
        })
    }
}

impl Page for StandardPage {
    const TEMPLATE: &'static str = "framework_drafting/standard";
    fn title(&self) -> String {
        self.name.clone()
    }
    fn back(&self) -> Option<Link> {
        Some(Link::new("The draft", DRAFT))
    }
}

/// A new standard: its title and its id, then its page.
#[derive(Serialize)]
pub struct NewStandardPage {
    area: String,
    action: String,
    form: Filled,
}

impl NewStandardPage {
    pub fn new(area: &Area, form: Filled) -> Self {
        Self { area: area.title.clone(), action: format!("{}/standards/new", area_address(&area.id)), form }
    }
}

impl Page for NewStandardPage {
    const TEMPLATE: &'static str = "framework_drafting/new-standard";
    fn title(&self) -> String {
        "Add a standard".into()
    }
    fn back(&self) -> Option<Link> {
        Link::back(DRAFT)
    }
}

/// Each page with made-up content.
pub fn samples() -> Vec<Sample> {
    let mut seen = made_up();
    let draft = &seen.draft.framework;
    let full = StandardPage::new(&seen, &draft.standards[0]).expect("it has an area");
    let area = draft.areas[0].clone();
    let wrong = Filled::blank(NewForm::FIELDS).with_problem("id", "Enter an id, such as exp-feel-safe");
    seen.draft.framework.indicators.clear();
    let empty = StandardPage::new(&seen, &seen.draft.framework.standards[1]).expect("it has an area");
    vec![sample(&full), sample(&empty), sample(&NewStandardPage::new(&area, wrong))]
}
