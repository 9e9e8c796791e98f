//! The pages of one indicator of the draft: all of its texts with what they were, adding one, and splitting it.

use serde::Serialize;

use super::choice_page::WhatIsChosen;
use super::forms::{NewForm, SplitForm};
use super::handlers::Seen;
use super::pages::made_up;
use super::texts::{
    indicator_address, part_name, rule_name, say_exemptions, say_fate, say_reason, standard_address, text_address,
};
use crate::error::Result;
use crate::framework::{Compared, DraftText, Fate, Framework, Indicator, IndicatorPart, Rule, Standard, weight_name};
use crate::web::{Filled, Link, Page, Sample, sample};

/// One indicator.
#[derive(Serialize)]
pub struct IndicatorPage {
    place: String,
    question: String,
    id: String,
    status: &'static str,
    colour: &'static str,
    /// The question that it was split from.
    split_from: Option<String>,
    parts: Vec<PartRow>,
    rules: Vec<PartRow>,
    split: String,
    retirement: String,
    /// Of the indicator as it is shown.
    mark: String,
    /// Nobody has it but this draft.
    is_new: bool,
    #[serde(skip)]
    back: (String, String),
}

#[derive(Serialize)]
struct PartRow {
    name: &'static str,
    value: String,
    address: String,
    /// A framework without it cannot be published.
    is_missing: bool,
    /// What is in force, where that is another.
    now: Option<String>,
}

impl IndicatorPage {
    pub(super) fn new(seen: &Seen, compared: &Compared) -> Result<Self> {
        let indicator = &compared.indicator;
        let (standard, area) = seen.draft.framework.place_of(indicator)?;
        let fate = compared.fate();
        let (status, colour) = say_fate(&fate);
        let address = indicator_address(&indicator.id);
        let origin = indicator.comes_from.as_ref();
        let before = &seen.comparison.before;
        let named = origin.map(|id| before.indicator(id).map_or_else(|_| id.to_string(), |old| old.question.clone()));
        Ok(Self {
            place: format!("{}: {}", area.title, standard.title),
            question: indicator.question.clone(),
            id: indicator.id.to_string(),
            status,
            colour,
            split_from: named,
            parts: IndicatorPart::ALL.iter().map(|part| PartRow::of_part(compared, *part)).collect(),
            rules: rule_rows(seen, compared),
            split: format!("{address}/split"),
            retirement: format!("{address}/retirement"),
            mark: indicator.mark(),
            is_new: compared.before.is_none(),
            back: (standard.title.clone(), standard_address(&standard.id)),
        })
    }
}

impl PartRow {
    fn of_part(compared: &Compared, part: IndicatorPart) -> Self {
        let value = compared.indicator.part(part);
        let before = compared.before.as_ref().map(|before| before.part(part)).filter(|before| *before != value);
        Self {
            name: part_name(part),
            value: value.to_owned(),
            address: text_address(&DraftText::Indicator(compared.indicator.id.clone(), part)),
            is_missing: part.is_wanted() && value.is_empty(),
            now: before.map(|now| if now.is_empty() { "Nothing".to_owned() } else { now.to_owned() }),
        }
    }
}

/// What is chosen, and whether whoever answered it looks again.
fn rule_rows(seen: &Seen, compared: &Compared) -> Vec<PartRow> {
    let indicator = &compared.indicator;
    let changed = compared.changed_rules();
    let address = |what: WhatIsChosen| format!("{}/choices/{}", indicator_address(&indicator.id), what.as_str());
    let row = |(rule, what): (Rule, WhatIsChosen)| PartRow {
        name: rule_name(rule),
        value: say_rule(&seen.draft.framework, indicator, rule),
        address: address(what),
        is_missing: false,
        now: compared
            .before
            .as_ref()
            .filter(|_| changed.contains(&rule))
            .map(|before| say_rule(&seen.comparison.before, before, rule)),
    };
    let rules = [
        (Rule::Weight, WhatIsChosen::Weight),
        (Rule::Exemptions, WhatIsChosen::Exemptions),
        (Rule::ReasonNeeded, WhatIsChosen::Exemptions),
        (Rule::Standard, WhatIsChosen::Standard),
    ];
    let mut rows: Vec<_> = rules.into_iter().map(row).collect();
    if compared.fate() == Fate::Reworded || indicator.asks_anew {
        rows.push(PartRow {
            name: "Do organisations look at their answer again?",
            value: if indicator.asks_anew { "Yes, it asks for something else" } else { "No, only its wording changes" }
                .to_owned(),
            address: address(WhatIsChosen::AsksAnew),
            is_missing: false,
            now: None,
        });
    }
    rows
}

/// What is chosen about an indicator of a version, in words.
pub(super) fn say_rule(framework: &Framework, indicator: &Indicator, rule: Rule) -> String {
    match rule {
        Rule::Weight => weight_name(indicator.weight).to_owned(),
        Rule::Exemptions => say_exemptions(&indicator.exemptions()),
        Rule::ReasonNeeded => say_reason(indicator.reason_needed).to_owned(),
        Rule::Standard => framework.place_of(indicator).map(|(standard, _)| standard.title.clone()).unwrap_or_default(),
        Rule::ComesFrom => indicator.comes_from.as_ref().map(ToString::to_string).unwrap_or_default(),
    }
}

impl Page for IndicatorPage {
    const TEMPLATE: &'static str = "framework_drafting/indicator";
    fn title(&self) -> String {
        self.question.clone()
    }
    fn back(&self) -> Option<Link> {
        Some(Link::new(self.back.0.clone(), self.back.1.clone()))
    }
}

/// A new indicator: its question and its id, then its page.
#[derive(Serialize)]
pub struct NewIndicatorPage {
    standard: String,
    action: String,
    form: Filled,
    #[serde(skip)]
    back: String,
}

impl NewIndicatorPage {
    pub fn new(standard: &Standard, form: Filled) -> Self {
        let back = standard_address(&standard.id);
        Self { standard: standard.title.clone(), action: format!("{back}/indicators/new"), form, back }
    }
}

impl Page for NewIndicatorPage {
    const TEMPLATE: &'static str = "framework_drafting/new-indicator";
    fn title(&self) -> String {
        "Add a question".into()
    }
    fn back(&self) -> Option<Link> {
        Link::back(self.back.clone())
    }
}

/// Two in the place of one.
#[derive(Serialize)]
pub struct SplitPage {
    question: String,
    action: String,
    form: Filled,
    #[serde(skip)]
    back: String,
}

impl SplitPage {
    pub fn new(indicator: &Indicator, form: Filled) -> Self {
        let back = indicator_address(&indicator.id);
        Self { question: indicator.question.clone(), action: format!("{back}/split"), form, back }
    }
}

impl Page for SplitPage {
    const TEMPLATE: &'static str = "framework_drafting/split";
    fn title(&self) -> String {
        "Split the question in two".into()
    }
    fn back(&self) -> Option<Link> {
        Link::back(self.back.clone())
    }
}

/// Each page with made-up content.
pub fn samples() -> Vec<Sample> {
    let seen = made_up();
    let page = |at: usize| IndicatorPage::new(&seen, &seen.comparison.indicators[at]).expect("it has its place");
    let standard = &seen.draft.framework.standards[0];
    let wrong = Filled::blank(NewForm::FIELDS).with_problem("words", "Enter the words");
    let torn = Filled::blank(SplitForm::FIELDS).with_problem("second", "Enter the second question");
    vec![
        sample(&page(0)),
        sample(&page(1)),
        sample(&page(2)),
        sample(&page(5)),
        sample(&NewIndicatorPage::new(standard, wrong)),
        sample(&SplitPage::new(&seen.draft.framework.indicators[0], torn)),
    ]
}
