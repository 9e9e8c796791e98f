//! The library of good practice, for anyone.

use serde::Serialize;

use super::library::{PAGE, SharedPractice};
use crate::framework::Framework;
use crate::ids::IndicatorId;
use crate::web::{Choice, Filled, Page, PageLinks, Sample, count, sample};

#[derive(Serialize)]
struct SharedRow {
    question: String,
    words: String,
    organisation: String,
    address: String,
}

/// A page of it.
#[derive(Serialize)]
pub struct LibraryPage {
    count_text: String,
    rows: Vec<SharedRow>,
    filter: Filled,
    areas: Vec<Choice>,
    pages: PageLinks,
}

impl LibraryPage {
    /// The indicators of an area; `None` where the word names none.
    pub fn about(framework: &Framework, area: &str) -> Option<Vec<IndicatorId>> {
        let area = framework.areas.iter().find(|known| known.id.as_str() == area)?;
        let standards = framework.standards_of(&area.id);
        Some(standards.flat_map(|s| framework.indicators_of(&s.id)).map(|i| i.id.clone()).collect())
    }

    pub fn new(framework: &Framework, (shared, all): (Vec<SharedPractice>, i64), area: &str, page: i64) -> Self {
        // What names no area is no part of any link.
        let area = Self::about(framework, area).map_or("", |_| area);
        let row = |shared: SharedPractice| SharedRow {
            question: framework.indicator(&shared.indicator_id).map(|i| i.question.clone()).unwrap_or_default(),
            words: shared.words,
            address: format!("/directory/{}", shared.slug),
            organisation: shared.organisation,
        };
        let areas = framework.areas.iter().map(|area| Choice::new(area.id.as_str(), area.title.as_str()));
        Self {
            count_text: count(all as usize, "example", "examples"),
            rows: shared.into_iter().map(row).collect(),
            filter: Filled::blank(&["area"]).with("area", area),
            areas: std::iter::once(Choice::new("", "All areas")).chain(areas).collect(),
            pages: PageLinks::counted(page, all, PAGE, |page| format!("/good-practice?area={area}&page={page}")),
        }
    }
}

impl Page for LibraryPage {
    const TEMPLATE: &'static str = "good_practice/library";
    fn title(&self) -> String {
        "Good practice".into()
    }
}

pub(super) fn samples() -> Vec<Sample> {
    let framework = Framework::written_in_content(Default::default()).expect("the content holds a framework");
    let shared = |indicator: &crate::framework::Indicator| SharedPractice {
        indicator_id: indicator.id.clone(),
        words: "Two young people greet everyone.\nThey chose the words themselves.".into(),
        organisation: "The Hub".into(),
        slug: "the-hub".into(),
    };
    let rows: Vec<_> = framework.indicators.iter().take(3).map(shared).collect();
    vec![
        sample(&LibraryPage::new(&framework, (rows, 45), "", 2)),
        sample(&LibraryPage::new(&framework, (Vec::new(), 0), "", 1)),
    ]
}
