//! An umbrella body's picture: bars, with the same numbers as a table.

use std::collections::BTreeMap;

use serde::Serialize;

use super::census::{IN_DATE, IN_FORCE, NONE, SEVERAL, TableName};
use super::rule::FEWEST;
use super::stored::{DrawnTable, Figure, Picture};
use crate::clock::{day_of, say_day};
use crate::organisations::{District, Engagement, MembershipRole, Organisation};
use crate::quality::Level;
use crate::review::level_name;
use crate::training::{Module, Pathway};
use crate::web::{Link, Page, Sample, count, sample};

/// The names that stable words stand for.
pub struct Words {
    pub districts: Vec<District>,
    pub modules: Vec<Module>,
}

/// An umbrella body's picture.
#[derive(Serialize)]
pub struct PicturePage {
    organisation_name: String,
    slug: String,
    /// Leads ask organisations.
    asks: bool,
    /// How many have joined.
    joined: String,
    /// How many people work with young people there, when that may be said.
    people: Option<String>,
    /// While nothing may be shown.
    hidden: Option<String>,
    charts: Vec<Chart>,
    not_shown: Vec<String>,
}

#[derive(Serialize)]
struct Chart {
    id: &'static str,
    heading: &'static str,
    about: String,
    /// What the bars name, for the table.
    of: &'static str,
    bars: Vec<Bar>,
    by_share: bool,
}

#[derive(Serialize)]
struct Bar {
    name: String,
    amount: i64,
    /// Of how many.
    all: i64,
    share: String,
    /// In words, beside the bar.
    words: String,
}

const WHERE: &str = "Where organisations work";
const PLEDGED: &str = "Pledge to the Youth Charter";
const ENDORSED: &str = "Endorsement";
const PEOPLE: &str = "People who work with young people";
const TRAINED: &str = "Core training in date";

impl PicturePage {
    pub fn new(umbrella: &Organisation, role: MembershipRole, picture: &Picture, words: &Words) -> Self {
        let table = |name: TableName| picture.tables.iter().find(move |table| table.name == name);
        let mut charts = Vec::new();
        for (name, id, heading, of) in [
            (TableName::Districts, "districts", WHERE, "District"),
            (TableName::Pledge, "pledge", PLEDGED, "Pledge"),
            (TableName::Level, "level", ENDORSED, "Level"),
            (TableName::Engagement, "people", PEOPLE, "How they work"),
        ] {
            charts.extend(table(name).map(|table| chart_of_parts(table, words, id, heading, of)));
        }
        charts.extend(training_chart(picture, words));
        Self {
            organisation_name: umbrella.name.clone(),
            slug: umbrella.slug.clone(),
            asks: role == MembershipRole::Lead,
            joined: count(usize::try_from(picture.consented).unwrap_or_default(), "organisation", "organisations"),
            people: table(TableName::People).and_then(|table| table.figures.first()).map(|all| say_people(all.amount)),
            hidden: charts.is_empty().then(|| hidden_because(picture)),
            not_shown: if charts.is_empty() { Vec::new() } else { names_not_shown(picture, words) },
            charts,
        }
    }
}

impl Page for PicturePage {
    const TEMPLATE: &'static str = "umbrella_picture/picture";
    fn title(&self) -> String {
        "Organisations together".into()
    }
    fn back(&self) -> Option<Link> {
        Link::back(format!("/organisations/{}", self.slug))
    }
}

fn hidden_because(picture: &Picture) -> String {
    let joined = usize::try_from(picture.consented).unwrap_or_default();
    match joined {
        n if n < FEWEST => "Totals show when enough organisations have joined: five at least, and most totals want ten.",
        n if n < 2 * FEWEST => "Most totals want ten organisations: five on each side of what they tell apart.",
        _ => "Totals are drawn within a day, where five or more organisations stand on each side of what they tell apart.",
    }
    .to_owned()
}

fn chart_of_parts(
    table: &DrawnTable,
    words: &Words,
    id: &'static str,
    heading: &'static str,
    of: &'static str,
) -> Chart {
    let all: i64 = table.figures.iter().map(|figure| figure.amount).sum();
    let people = table.name == TableName::Engagement;
    let all_text = if people { say_people(all) } else { say_organisations(all) };
    let bar = |figure: &Figure| {
        let amount = if people { say_people(figure.amount) } else { say_organisations(figure.amount) };
        bar_of(name_of(&table.name, &figure.categories, words), figure.amount, all, amount)
    };
    Chart {
        id,
        heading,
        about: format!("{all_text}, as they were on {}.", say_day(day_of(table.drawn_at))),
        of,
        bars: table.figures.iter().map(bar).collect(),
        by_share: false,
    }
}

fn training_chart(picture: &Picture, words: &Words) -> Option<Chart> {
    let drawn = |module: &&Module| {
        let name = TableName::Training(module.id.clone());
        picture.tables.iter().find(|table| table.name == name).map(|table| (module.title.clone(), table))
    };
    let tables: Vec<(String, &DrawnTable)> = core(words).filter_map(|module| drawn(&module)).collect();
    let (_, first) = tables.first()?;
    let all: i64 = first.figures.iter().map(|figure| figure.amount).sum();
    let about = format!("{}, as they were on {}.", say_people(all), say_day(day_of(first.drawn_at)));
    let bars = tables.iter().map(|(title, table)| {
        let in_date = |figure: &&Figure| figure.categories.iter().any(|word| word == IN_DATE);
        let held: i64 = table.figures.iter().filter(in_date).map(|figure| figure.amount).sum();
        let of = table.figures.iter().map(|figure| figure.amount).sum();
        let mut bar = bar_of(title.clone(), held, of, format!("{held} of {}", say_people(of)));
        bar.words = format!("{}: {}", bar.share, bar.words);
        bar
    });
    Some(Chart { id: "training", heading: TRAINED, about, of: "Training", bars: bars.collect(), by_share: true })
}

fn bar_of(name: String, amount: i64, all: i64, words: String) -> Bar {
    let share = (amount * 200 + all.max(1)) / (2 * all.max(1));
    Bar { name, amount, all, share: format!("{share}%"), words }
}

fn core(words: &Words) -> impl Iterator<Item = &Module> {
    words.modules.iter().filter(|module| module.pathway() == Pathway::Core)
}

/// What a number counts: one category, or several in one.
fn name_of(table: &TableName, categories: &[String], words: &Words) -> String {
    let name = |category: &String| name_of_category(table, category, words);
    match categories {
        [one] => name(one),
        [first @ .., last] => {
            let first: Vec<String> = first.iter().map(name).collect();
            format!("{} or {}", first.join(", "), lower_first(&name(last)))
        }
        [] => String::new(),
    }
}

fn name_of_category(table: &TableName, category: &str, words: &Words) -> String {
    let district = || words.districts.iter().find(|district| district.code.as_str() == category);
    match table {
        TableName::Districts if category == SEVERAL => "More than one district".to_owned(),
        TableName::Districts => district().map_or_else(|| "No district".to_owned(), |district| district.name.clone()),
        TableName::Pledge if category == IN_FORCE => "In force".to_owned(),
        TableName::Pledge => "None in force".to_owned(),
        TableName::Level if category == NONE => "Not endorsed".to_owned(),
        TableName::Level => Level::parse(category).map(level_name).unwrap_or_default().to_owned(),
        TableName::Engagement if category == Engagement::Paid.as_str() => "Paid".to_owned(),
        TableName::Engagement => "Volunteers".to_owned(),
        TableName::People | TableName::Training(_) => String::new(),
    }
}

/// Place names keep their capital.
fn lower_first(name: &str) -> String {
    match name {
        "More than one district" | "No district" | "Not endorsed" => name.replacen('M', "m", 1).replacen('N', "n", 1),
        other => other.to_owned(),
    }
}

fn names_not_shown(picture: &Picture, words: &Words) -> Vec<String> {
    let shown: BTreeMap<&TableName, ()> = picture.tables.iter().map(|table| (&table.name, ())).collect();
    let mut all: Vec<(TableName, String)> = vec![
        (TableName::Districts, WHERE.to_owned()),
        (TableName::Pledge, PLEDGED.to_owned()),
        (TableName::Level, ENDORSED.to_owned()),
        (TableName::Engagement, "Paid people and volunteers".to_owned()),
    ];
    all.extend(core(words).map(|m| (TableName::Training(m.id.clone()), format!("Training: {}", m.title))));
    all.into_iter().filter(|(name, _)| !shown.contains_key(name)).map(|(_, title)| title).collect()
}

fn say_organisations(n: i64) -> String {
    count(usize::try_from(n).unwrap_or_default(), "organisation", "organisations")
}

fn say_people(n: i64) -> String {
    count(usize::try_from(n).unwrap_or_default(), "person", "people")
}

/// Each page with made-up content.
pub fn samples() -> Vec<Sample> {
    let bar = |name: &str, amount: i64| bar_of(name.into(), amount, 20, say_organisations(amount));
    let chart = |by_share: bool| Chart {
        id: if by_share { "training" } else { "districts" },
        heading: if by_share { TRAINED } else { WHERE },
        about: "20 organisations, as they were on 3 November 2026.".into(),
        of: "District",
        bars: vec![bar("Mansfield", 12), bar("Nottingham or more than one district", 8)],
        by_share,
    };
    let page = |charts: Vec<Chart>, hidden: Option<&str>| PicturePage {
        organisation_name: "Clubs of the County".into(),
        slug: "clubs".into(),
        asks: hidden.is_none(),
        joined: "20 organisations".into(),
        people: hidden.is_none().then(|| "140 people".into()),
        hidden: hidden.map(str::to_owned),
        not_shown: if hidden.is_none() { vec![ENDORSED.into()] } else { Vec::new() },
        charts,
    };
    let few = Picture { consented: 3, tables: Vec::new() };
    vec![sample(&page(vec![chart(false), chart(true)], None)), sample(&page(Vec::new(), Some(&hidden_because(&few))))]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_number_of_several_categories_is_named_by_all_of_them() {
        let words = Words { districts: Vec::new(), modules: Vec::new() };
        let name = |categories: &[&str]| {
            let categories: Vec<String> = categories.iter().map(|word| (*word).to_owned()).collect();
            name_of(&TableName::Level, &categories, &words)
        };
        assert_eq!(name(&["emerging"]), "Emerging");
        assert_eq!(name(&["emerging", "excelling", "none"]), "Emerging, Excelling or not endorsed");
    }
}
