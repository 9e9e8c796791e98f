//! The VRP's pages of the framework: its versions, the draft as a whole, and dropping it.

use serde::Serialize;

use super::handlers::Seen;
use super::texts::{area_address, front_name, head_name, indicator_address, say_fate, standard_address, text_address};
use crate::clock::{day_of, say_day};
use crate::framework::{
    Area, Comparison, Draft, DraftText, Framework, FrameworkVersion, FrontText, HeadPart, Indicator, Standard,
};
use crate::quality::Carrying;
use crate::web::{Link, Page, Sample, count, sample};

pub(super) const FRAMEWORKS: &str = "/vrp/framework";
pub(super) const DRAFT: &str = "/vrp/framework/draft";
pub(super) const DROPPED: &str = "The draft is dropped. The framework is as it was";
pub(super) const RETIRED: &str = "The question is taken out of the draft";
pub(super) const PUT_BACK: &str = "The question is in the draft again";
pub(super) const SPLIT: &str = "The question is split. Write the two that stand in its place";
pub(super) const REPLACED: &str = "The file has taken the place of the draft";

/// Every version, and the draft.
#[derive(Serialize)]
pub struct FrameworksPage {
    in_force: VersionView,
    size_text: String,
    earlier: Vec<VersionView>,
    draft: Option<DraftLine>,
    carrying: Option<CarryingView>,
}

#[derive(Serialize)]
struct VersionView {
    number: i32,
    title: String,
    address: String,
    file: String,
    published_on: String,
}

#[derive(Serialize)]
pub(super) struct DraftLine {
    begun_by: String,
    begun_on: String,
}

/// Self-assessments on their way to the version in force.
#[derive(Serialize)]
struct CarryingView {
    done: i64,
    wanted: i64,
    is_finished: bool,
}

impl FrameworksPage {
    /// `versions` newest first, with at least the one in force.
    pub fn new(
        in_force: &Framework,
        versions: &[FrameworkVersion],
        draft: Option<&Draft>,
        carrying: Option<&Carrying>,
    ) -> Self {
        let now = &in_force.version;
        Self {
            in_force: VersionView::of(now),
            size_text: count(in_force.indicators.len(), "question", "questions"),
            earlier: versions.iter().filter(|version| version.id != now.id).map(VersionView::of).collect(),
            draft: draft.map(DraftLine::of),
            carrying: carrying.filter(|carrying| carrying.framework_version_id == now.id).map(|carrying| {
                CarryingView {
                    done: carrying.carried,
                    wanted: carrying.wanted.max(carrying.carried),
                    is_finished: carrying.is_finished(),
                }
            }),
        }
    }
}

impl VersionView {
    fn of(version: &FrameworkVersion) -> Self {
        Self {
            number: version.number,
            title: version.title.clone(),
            address: format!("/framework/{}", version.number),
            file: format!("{FRAMEWORKS}/versions/{}/framework.toml", version.number),
            published_on: version.published_at.map(|at| say_day(day_of(at))).unwrap_or_default(),
        }
    }
}

impl DraftLine {
    pub(super) fn of(draft: &Draft) -> Self {
        Self { begun_by: draft.begun_by.clone(), begun_on: say_day(day_of(draft.begun_at)) }
    }
}

impl Page for FrameworksPage {
    const TEMPLATE: &'static str = "framework_drafting/frameworks";
    fn title(&self) -> String {
        "The quality framework".into()
    }
    fn back(&self) -> Option<Link> {
        Link::back("/vrp")
    }
}

/// The draft: its texts, areas, standards and questions, with what is new, reworded or retired.
#[derive(Serialize)]
pub struct DraftPage {
    before_number: i32,
    begun: DraftLine,
    front: Vec<TextRow>,
    areas: Vec<AreaPart>,
    retired: Vec<RetiredRow>,
    words_text: String,
}

/// A text with the way to change it.
#[derive(Serialize)]
pub(super) struct TextRow {
    pub name: String,
    pub value: String,
    pub address: String,
    pub is_changed: bool,
}

#[derive(Serialize)]
struct AreaPart {
    name: String,
    texts: Vec<TextRow>,
    standards: Vec<StandardPart>,
    new_standard: String,
}

#[derive(Serialize)]
struct StandardPart {
    name: String,
    address: String,
    indicators: Vec<IndicatorRow>,
}

/// A question of the draft in a list.
#[derive(Serialize)]
pub(super) struct IndicatorRow {
    pub question: String,
    pub address: String,
    pub status: &'static str,
    pub colour: &'static str,
    pub asks_anew: bool,
    /// Texts are missing.
    pub is_unfinished: bool,
}

/// A question that the draft has no more.
#[derive(Serialize)]
pub(super) struct RetiredRow {
    pub question: String,
    pub return_address: String,
}

impl DraftPage {
    pub(super) fn new(seen: &Seen) -> Self {
        let (comparison, draft) = (&seen.comparison, &seen.draft.framework);
        let changed = comparison.changed_front();
        let front = |text: &FrontText| TextRow {
            name: front_name(*text).to_owned(),
            value: draft.version.front_text(*text).to_owned(),
            address: text_address(&DraftText::Front(*text)),
            is_changed: changed.contains(text),
        };
        Self {
            before_number: comparison.before.version.number,
            begun: DraftLine::of(&seen.draft),
            front: FrontText::ALL.iter().map(front).collect(),
            areas: draft.areas.iter().map(|area| AreaPart::of(comparison, area)).collect(),
            retired: comparison.retired.iter().map(RetiredRow::of).collect(),
            words_text: count(draft.terms.len(), "word", "words"),
        }
    }
}

impl AreaPart {
    fn of(comparison: &Comparison, area: &Area) -> Self {
        let before = comparison.before.areas.iter().find(|old| old.id == area.id);
        let text = |part: &HeadPart| TextRow {
            name: format!("{} of {}", head_name(*part), area.title),
            value: area.part(*part).to_owned(),
            address: text_address(&DraftText::Area(area.id.clone(), *part)),
            is_changed: before.is_some_and(|before| before.part(*part) != area.part(*part)),
        };
        Self {
            name: area.title.clone(),
            texts: HeadPart::ALL.iter().map(text).collect(),
            standards: comparison.after.standards_of(&area.id).map(|s| StandardPart::of(comparison, s)).collect(),
            new_standard: format!("{}/standards/new", area_address(&area.id)),
        }
    }
}

impl StandardPart {
    fn of(comparison: &Comparison, standard: &Standard) -> Self {
        let indicators = comparison.after.indicators_of(&standard.id);
        Self {
            name: standard.title.clone(),
            address: standard_address(&standard.id),
            indicators: indicators.map(|indicator| IndicatorRow::of(comparison, indicator)).collect(),
        }
    }
}

impl IndicatorRow {
    pub(super) fn of(comparison: &Comparison, indicator: &Indicator) -> Self {
        let fate = comparison.compared(&indicator.id).map(|compared| compared.fate());
        let (status, colour) = fate.as_ref().map_or(("New", "blue"), say_fate);
        Self {
            question: indicator.question.clone(),
            address: indicator_address(&indicator.id),
            status,
            colour,
            asks_anew: indicator.asks_anew,
            is_unfinished: indicator.missing_parts().next().is_some(),
        }
    }
}

impl RetiredRow {
    fn of(indicator: &Indicator) -> Self {
        Self {
            question: indicator.question.clone(),
            return_address: format!("{}/return", indicator_address(&indicator.id)),
        }
    }
}

impl Page for DraftPage {
    const TEMPLATE: &'static str = "framework_drafting/draft";
    fn title(&self) -> String {
        "The draft of the next framework".into()
    }
    fn back(&self) -> Option<Link> {
        Some(Link::new("The framework", FRAMEWORKS))
    }
}

/// Asks once more before a draft is dropped.
#[derive(Serialize)]
pub struct DroppingPage {
    edition: i32,
    begun: DraftLine,
}

impl DroppingPage {
    pub fn new(draft: &Draft) -> Self {
        Self { edition: draft.edition, begun: DraftLine::of(draft) }
    }
}

impl Page for DroppingPage {
    const TEMPLATE: &'static str = "framework_drafting/dropping";
    fn title(&self) -> String {
        "Drop the draft".into()
    }
    fn back(&self) -> Option<Link> {
        Link::back(DRAFT)
    }
}

/// A made-up draft that changes something of each kind.
pub(super) fn made_up() -> Seen {
    let before = Framework::written_in_content(Default::default()).expect("the content holds a framework");
    let mut framework = before.clone();
    framework.version.number = 0;
    framework.version.state = crate::framework::FrameworkState::Draft;
    framework.version.introduction = "Answer for your organisation as it is today.".into();
    framework.areas[0].summary = "What it is like to be with you.".into();
    framework.standards[0].title = "Safe and at home".into();
    framework.indicators[0].question = "How do you welcome a young person who comes for the first time?".into();
    framework.indicators[0].asks_anew = true;
    framework.indicators[1].weight = crate::framework::Weight::Should;
    let mut new = framework.indicators[2].clone();
    (new.id, new.why, new.comes_from) = ("exp-new".into(), String::new(), Some("exp-old".into()));
    framework.indicators[2] = new;
    framework.terms.truncate(10);
    let at = Default::default();
    let draft = Draft { framework: framework.clone(), edition: 3, begun_at: at, begun_by: "Sam Steward".into() };
    Seen { draft, comparison: Comparison::between(before, framework) }
}

/// Each page with made-up content.
pub fn samples() -> Vec<Sample> {
    let seen = made_up();
    let (before, draft) = (&seen.comparison.before, &seen.draft);
    let mut old = before.version.clone();
    old.id = crate::ids::FrameworkVersionId::new();
    let carrying =
        |finished_at| Carrying { framework_version_id: before.version.id, wanted: 120, carried: 50, finished_at };
    let same = Comparison::between(before.clone(), before.clone());
    let bare = Seen { draft: draft.clone(), comparison: same };
    vec![
        sample(&FrameworksPage::new(before, std::slice::from_ref(&before.version), None, Some(&carrying(None)))),
        sample(&FrameworksPage::new(before, &[old], Some(draft), Some(&carrying(Some(Default::default()))))),
        sample(&DraftPage::new(&seen)),
        sample(&DraftPage::new(&bare)),
        sample(&DroppingPage::new(draft)),
    ]
}
