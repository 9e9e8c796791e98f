//! Who is up to date: by module, by district, and by kind of organisation.

use chrono::NaiveDate;
use serde::Serialize;

use super::amounts::ModuleTally;
use super::bars::TotalBar;
use super::wording::kind_name;
use crate::clock::say_day;
use crate::organisations::District;
use crate::questions::{district_name, name_together};
use crate::small_groups::{Cells, Part, parts_of, sum_of};
use crate::text_enum;
use crate::training::Module;
use crate::web::{Link, Page, Sample, sample};

text_enum! {
    /// What people are grouped by.
    pub enum GroupedBy { Module = "module", District = "district", Kind = "kind" }
}

/// Who is up to date.
#[derive(Serialize)]
pub struct CompliancePage {
    views: Vec<View>,
    /// While no census is finished there is none.
    as_of: Option<String>,
    heading: &'static str,
    about: &'static str,
    /// What the first column of the table names.
    of: &'static str,
    bars: Vec<TotalBar>,
    /// There are people, and too few differ to be told apart.
    is_alike: bool,
}

#[derive(Serialize)]
struct View {
    text: &'static str,
    address: String,
    current: bool,
}

/// What it is made of.
pub struct Compliance {
    pub as_of: NaiveDate,
    pub people: Cells,
    pub modules: Vec<ModuleTally>,
}

impl CompliancePage {
    pub fn new(drawn: Option<&Compliance>, by: GroupedBy, modules: &[Module], districts: &[District]) -> Self {
        let mut bars = match (drawn, by) {
            (None, _) => Vec::new(),
            (Some(drawn), GroupedBy::Module) => bars_of_modules(&drawn.modules, modules),
            (Some(drawn), GroupedBy::District) => bars_of(
                &parts_of(&drawn.people).districts,
                |part| TotalBar::of_group(String::new(), sum_of(&drawn.people, Some(part), None)),
                |word| district_name(word, districts),
            ),
            (Some(drawn), GroupedBy::Kind) => bars_of(
                &parts_of(&drawn.people).kinds,
                |part| TotalBar::of_group(String::new(), sum_of(&drawn.people, None, Some(part))),
                |word| kind_name(word).to_owned(),
            ),
        };
        let is_alike = by != GroupedBy::Module && bars.len() == 1;
        if is_alike {
            "Everyone".clone_into(&mut bars[0].name);
        }
        let (heading, about, of) = words_for(by);
        Self { views: views(by), as_of: drawn.map(|drawn| say_day(drawn.as_of)), heading, about, of, bars, is_alike }
    }
}

fn words_for(by: GroupedBy) -> (&'static str, &'static str, &'static str) {
    const ALL_OF_IT: &str = "People who have all the training that is required of them, in date. Each is counted once.";
    match by {
        GroupedBy::Module => ("By module", "People who have a module in date, of those who must have it.", "Module"),
        GroupedBy::District => ("By district", ALL_OF_IT, "District"),
        GroupedBy::Kind => ("By kind of organisation", ALL_OF_IT, "Kind of organisation"),
    }
}

fn views(by: GroupedBy) -> Vec<View> {
    let view = |other: &GroupedBy| View {
        text: words_for(*other).0,
        address: format!("/vrp/training/compliance?by={}", other.as_str()),
        current: *other == by,
    };
    GroupedBy::ALL.iter().map(view).collect()
}

/// In the programme's order; a module that nobody must have is not among them.
fn bars_of_modules(tallies: &[ModuleTally], modules: &[Module]) -> Vec<TotalBar> {
    let tally = |module: &Module| tallies.iter().find(|tally| tally.module == module.id);
    let bar = |module: &Module| Some(TotalBar::of_group(module.title.clone(), tally(module)?.group));
    modules.iter().filter_map(bar).collect()
}

/// By name.
fn bars_of(parts: &[Part], bar: impl Fn(&Part) -> TotalBar, name: impl Fn(&str) -> String) -> Vec<TotalBar> {
    let named = |part: &Part| TotalBar { name: name_together(part, &name), ..bar(part) };
    let mut bars: Vec<TotalBar> = parts.iter().map(named).collect();
    bars.sort_by(|a, b| a.name.cmp(&b.name));
    bars
}

impl Page for CompliancePage {
    const TEMPLATE: &'static str = "sector_training/compliance";
    fn title(&self) -> String {
        format!("Who is up to date: {}", self.heading.to_lowercase())
    }
    fn back(&self) -> Option<Link> {
        Link::back("/vrp/training")
    }
}

/// Each way of grouping, with numbers and without.
pub fn samples() -> Vec<Sample> {
    use crate::small_groups::Group;
    let cell = |district: &str, kind: &str, people, in_date| {
        ((district.to_owned(), kind.to_owned()), Group { people, in_date })
    };
    let drawn = |people: Cells| Compliance {
        as_of: NaiveDate::from_ymd_opt(2026, 11, 26).unwrap_or_default(),
        people,
        modules: Vec::new(),
    };
    let many = drawn(Cells::from([cell("several", "cio", 40, 20), cell("none", "other", 30, 7)]));
    let alike = drawn(Cells::from([cell("several", "cio", 9, 2)]));
    let page = |drawn: Option<&Compliance>, by| sample(&CompliancePage::new(drawn, by, &[], &[]));
    vec![
        page(Some(&many), GroupedBy::District),
        page(Some(&many), GroupedBy::Kind),
        page(Some(&alike), GroupedBy::District),
        page(Some(&alike), GroupedBy::Module),
        page(None, GroupedBy::Module),
    ]
}
