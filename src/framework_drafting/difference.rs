//! What one text of the framework changes against another, part by part, to be shown: old and new side by side.

use serde::Serialize;

use super::indicator_page::say_rule;
use super::texts::{front_name, head_name, part_name, rule_name, say_fate};
use crate::framework::{
    Compared, Comparison, Fate, Framework, GlossaryTerm, HeadPart, Indicator, IndicatorPart, Rule, weight_name,
};
use crate::web::count;

/// Everything that differs.
#[derive(Serialize)]
pub(super) struct Difference {
    /// What the old side is called, such as “Version 1”, and the new one.
    before: String,
    after: &'static str,
    counts: Vec<CountRow>,
    /// Whatever is no question: texts, areas, standards and words.
    others: Vec<ChangeRow>,
    indicators: Vec<IndicatorChange>,
    retired: Vec<String>,
}

#[derive(Serialize)]
struct CountRow {
    what: &'static str,
    number: usize,
}

/// A text before and after.
#[derive(Serialize)]
struct ChangeRow {
    name: String,
    before: String,
    after: String,
}

/// A question that is new or reworded.
#[derive(Serialize)]
struct IndicatorChange {
    question: String,
    id: String,
    status: &'static str,
    colour: &'static str,
    asks_anew: bool,
    /// The question that it was split from.
    split_from: Option<String>,
    /// Of a new one, in a line.
    about: Option<String>,
    /// Of a new one, all that it says.
    texts: Vec<ChangeRow>,
    changes: Vec<ChangeRow>,
}

impl Difference {
    pub(super) fn of(comparison: &Comparison, before: String, after: &'static str) -> Self {
        let different = comparison.indicators.iter().filter(|compared| compared.fate() != Fate::AsItWas);
        let row = |what, number| CountRow { what, number };
        Self {
            before,
            after,
            counts: vec![
                row("As they are", comparison.count(|fate| *fate == Fate::AsItWas)),
                row("Reworded", comparison.count(|fate| *fate == Fate::Reworded)),
                row("New", comparison.count(|fate| *fate == Fate::New)),
                row("New, split from another", comparison.count(|fate| matches!(fate, Fate::Split(_)))),
                row("Not asked any more", comparison.retired.len()),
            ],
            others: other_changes(comparison),
            indicators: different.map(|compared| IndicatorChange::of(comparison, compared)).collect(),
            retired: comparison.retired.iter().map(|indicator| indicator.question.clone()).collect(),
        }
    }
}

impl ChangeRow {
    fn new(name: impl Into<String>, before: &str, after: &str) -> Self {
        Self { name: name.into(), before: before.to_owned(), after: after.to_owned() }
    }
}

impl IndicatorChange {
    fn of(comparison: &Comparison, compared: &Compared) -> Self {
        let indicator = &compared.indicator;
        let fate = compared.fate();
        let (status, colour) = say_fate(&fate);
        let mut changes = Vec::new();
        if let Some(before) = &compared.before {
            let part = |p: IndicatorPart| ChangeRow::new(part_name(p), before.part(p), indicator.part(p));
            changes.extend(compared.changed_parts().into_iter().map(part));
            let rule = |rule: Rule| {
                let old = say_rule(&comparison.before, before, rule);
                ChangeRow::new(rule_name(rule), &old, &say_rule(&comparison.after, indicator, rule))
            };
            changes.extend(compared.changed_rules().into_iter().map(rule));
        }
        let others = IndicatorPart::ALL.iter().filter(|part| **part != IndicatorPart::Question);
        let text = |part: &IndicatorPart| ChangeRow::new(part_name(*part), "", indicator.part(*part));
        let split_from = match &fate {
            Fate::Split(origin) => Some(name_of(&comparison.before, origin)),
            _ => None,
        };
        Self {
            question: indicator.question.clone(),
            id: indicator.id.to_string(),
            status,
            colour,
            asks_anew: compared.asks_anew(),
            split_from,
            about: compared.before.is_none().then(|| about(&comparison.after, indicator)),
            texts: if compared.before.is_none() { others.map(text).collect() } else { Vec::new() },
            changes,
        }
    }
}

fn name_of(framework: &Framework, id: &crate::ids::IndicatorId) -> String {
    framework.indicator(id).map_or_else(|_| id.to_string(), |indicator| indicator.question.clone())
}

fn about(framework: &Framework, indicator: &Indicator) -> String {
    let standard = framework.place_of(indicator).map(|(standard, _)| standard.title.as_str()).unwrap_or_default();
    format!("{} in “{standard}”", weight_name(indicator.weight))
}

fn other_changes(comparison: &Comparison) -> Vec<ChangeRow> {
    let (before, after) = (&comparison.before, &comparison.after);
    let mut rows: Vec<_> = comparison
        .changed_front()
        .into_iter()
        .map(|text| ChangeRow::new(front_name(text), before.version.front_text(text), after.version.front_text(text)))
        .collect();
    let name = |part: &HeadPart, title: &str| format!("{} of “{title}”", head_name(*part));
    for (old, new) in comparison.changed_areas() {
        let changed = HeadPart::ALL.iter().filter(|part| old.part(**part) != new.part(**part));
        rows.extend(changed.map(|part| ChangeRow::new(name(part, &old.title), old.part(*part), new.part(*part))));
    }
    for (old, new) in comparison.changed_standards() {
        let changed = HeadPart::ALL.iter().filter(|part| old.part(**part) != new.part(**part));
        rows.extend(changed.map(|part| ChangeRow::new(name(part, &old.title), old.part(*part), new.part(*part))));
        if old.area_id != new.area_id {
            let title = |framework: &Framework, id| {
                framework.areas.iter().find(|area| area.id == id).map(|area| area.title.clone()).unwrap_or_default()
            };
            let (was, is) = (title(before, old.area_id.clone()), title(after, new.area_id.clone()));
            rows.push(ChangeRow::new(format!("Area of “{}”", new.title), &was, &is));
        }
    }
    rows.extend(comparison.new_standards().iter().map(|new| ChangeRow::new("Standard", "", &new.title)));
    rows.extend(comparison.removed_standards().iter().map(|old| ChangeRow::new("Standard", &old.title, "")));
    for standard in comparison.reordered_standards() {
        let size =
            |framework: &Framework| count(framework.indicators_of(&standard.id).count(), "question", "questions");
        let (was, is) = (size(before), format!("{}, in another order", size(after)));
        rows.push(ChangeRow::new(format!("Order in “{}”", standard.title), &was, &is));
    }
    let meaning = |term: Option<&GlossaryTerm>| term.map(|term| term.meaning.clone()).unwrap_or_default();
    for (old, new) in comparison.changed_terms() {
        let term = new.or(old).map(|term| term.term.as_str()).unwrap_or_default();
        rows.push(ChangeRow::new(format!("The word “{term}”"), &meaning(old), &meaning(new)));
    }
    rows
}
