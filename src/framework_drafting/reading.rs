//! Looking over a file before it takes the place of the draft: every problem is found, each with its place, and nothing is
//! loaded while there is one.

use std::collections::{BTreeMap, BTreeSet};

use toml::{Table, Value};

use super::texts::read_text;
use crate::error::Result;
use crate::framework::{
    DraftText, Exemption, Framework, FrontText, HeadPart, IndicatorPart, KnownIds, LEAST_OF_AN_ID, MOST_OF_A_MEANING,
    MOST_OF_A_TERM, MOST_OF_AN_ID, Weight, is_an_id,
};
use crate::words::fold_for_search;

/// One thing that is wrong.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize)]
pub struct FileProblem {
    /// Such as `Line 12` or `Question exp-feel-safe`.
    pub place: String,
    pub text: String,
}

/// The framework in a file, in the place of `draft`; or everything that is wrong with it.
pub fn read_framework(text: &str, draft: &Framework, known: &KnownIds) -> Result<Result<Framework, Vec<FileProblem>>> {
    let mut table = match text.parse::<Table>() {
        Ok(table) => table,
        Err(cause) => return Ok(Err(vec![syntax_problem(text, &cause)])),
    };
    let mut reader = Reader { known, draft, problems: Vec::new(), ids: BTreeSet::new(), origins: BTreeMap::new() };
    reader.read(&mut table);
    match reader.problems.is_empty() {
        true => draft.replaced_by(table).map(Ok),
        false => Ok(Err(reader.problems)),
    }
}

fn syntax_problem(text: &str, cause: &toml::de::Error) -> FileProblem {
    let at = cause.span().map_or(0, |span| span.start.min(text.len()));
    let line = text.as_bytes()[..at].iter().filter(|byte| **byte == b'\n').count() + 1;
    FileProblem { place: format!("Line {line}"), text: format!("This is not TOML: {}", cause.message()) }
}

struct Reader<'a> {
    known: &'a KnownIds,
    draft: &'a Framework,
    problems: Vec<FileProblem>,
    /// Of indicators, so far.
    ids: BTreeSet<String>,
    /// What each indicator says it was split from.
    origins: BTreeMap<String, String>,
}

const OF_A_FRAMEWORK: &[&str] = &["number", "title", "introduction", "areas", "terms"];
const OF_AN_AREA: &[&str] = &["id", "title", "summary", "standards"];
const OF_A_STANDARD: &[&str] = &["id", "title", "summary", "indicators"];
const OF_AN_INDICATOR: &[&str] = &[
    "id",
    "question",
    "why",
    "weight",
    "emerging",
    "established",
    "excelling",
    "evidence",
    "voice",
    "resources",
    "not_for",
    "reason_needed",
    "comes_from",
    "asks_anew",
];

impl Reader<'_> {
    fn read(&mut self, table: &mut Table) {
        let place = "The framework";
        self.only(place, table, OF_A_FRAMEWORK);
        if table.get("number").is_some_and(|number| !number.is_integer()) {
            self.wrong(place, "number must be a whole number");
        }
        for text in FrontText::ALL {
            self.text(place, table, text.as_str(), &DraftText::Front(*text));
        }
        let mut areas = BTreeSet::new();
        let mut standards = BTreeSet::new();
        for (at, area) in self.tables(place, table, "areas").into_iter().enumerate() {
            self.area(at, area, &mut areas, &mut standards);
        }
        let missing: Vec<String> =
            self.draft.areas.iter().map(|area| area.id.to_string()).filter(|id| !areas.contains(id)).collect();
        for id in missing {
            self.wrong(place, format!("The area {id} is missing: a framework has the three areas"));
        }
        self.terms(table);
        self.origins();
    }

    fn area(&mut self, at: usize, area: &mut Table, areas: &mut BTreeSet<String>, standards: &mut BTreeSet<String>) {
        let place = place_of("Area", at, area);
        self.only(&place, area, OF_AN_AREA);
        if let Some(id) = self.id(&place, area) {
            if !self.draft.areas.iter().any(|known| known.id.as_str() == id) {
                self.wrong(&place, format!("There is no area {id}: the three areas keep their ids"));
            } else if !areas.insert(id.clone()) {
                self.wrong(&place, format!("The area {id} is there twice"));
            }
        }
        for part in HeadPart::ALL {
            self.text(&place, area, part.as_str(), &DraftText::Area("area".into(), *part));
        }
        for (at, standard) in self.tables(&place, area, "standards").into_iter().enumerate() {
            self.standard(at, standard, standards);
        }
    }

    fn standard(&mut self, at: usize, standard: &mut Table, standards: &mut BTreeSet<String>) {
        let place = place_of("Standard", at, standard);
        self.only(&place, standard, OF_A_STANDARD);
        if let Some(id) = self.id(&place, standard) {
            let is_taken = !standards.insert(id.clone());
            if is_taken {
                self.wrong(&place, format!("The id {id} is there twice"));
            }
            let title = standard.get("title").and_then(Value::as_str).unwrap_or_default().trim().to_owned();
            let before = self.known.standards.get(&id.as_str().into());
            let is_here = self.draft.standards.iter().any(|known| known.id.as_str() == id);
            if before.is_some_and(|before| !is_here && *before != title) {
                self.wrong(&place, format!("The id {id} was another standard’s. Choose another"));
            }
        }
        for part in HeadPart::ALL {
            self.text(&place, standard, part.as_str(), &DraftText::Standard("standard".into(), *part));
        }
        for (at, indicator) in self.tables(&place, standard, "indicators").into_iter().enumerate() {
            self.indicator(at, indicator);
        }
    }

    fn indicator(&mut self, at: usize, indicator: &mut Table) {
        let place = place_of("Question", at, indicator);
        self.only(&place, indicator, OF_AN_INDICATOR);
        for part in IndicatorPart::ALL.iter().filter(|part| **part != IndicatorPart::Evidence) {
            let is_optional = !part.is_wanted() && !indicator.contains_key(part.as_str());
            if !is_optional {
                self.text(&place, indicator, part.as_str(), &DraftText::Indicator("indicator".into(), *part));
            }
        }
        if let Some(id) = self.id(&place, indicator) {
            self.identity(&place, &id, indicator);
        }
        self.ideas(&place, indicator);
        match indicator.get("weight") {
            Some(Value::String(word)) if Weight::parse(word).is_some() => {}
            _ => self.wrong(&place, "weight must be \"must\" or \"should\""),
        }
        if !indicator.get("reason_needed").is_some_and(Value::is_bool) {
            self.wrong(&place, "reason_needed must be true or false");
        }
        if indicator.get("asks_anew").is_some_and(|asks| !asks.is_bool()) {
            self.wrong(&place, "asks_anew must be true or false");
        }
        self.exemptions(&place, indicator);
    }

    /// An id is used once, and stands for what it stood for.
    fn identity(&mut self, place: &str, id: &str, indicator: &Table) {
        if !self.ids.insert(id.to_owned()) {
            self.wrong(place, format!("The id {id} is there twice"));
        }
        let question = indicator.get("question").and_then(Value::as_str).unwrap_or_default();
        let before = self.known.indicators.get(&id.into());
        let is_here = self.draft.indicator(&id.into()).is_ok();
        if before.is_some_and(|before| !is_here && before != question) {
            self.wrong(place, format!("The id {id} was another question’s, which is asked no more. Choose another"));
        }
        match indicator.get("comes_from") {
            None => {}
            Some(Value::String(origin)) => {
                self.origins.insert(id.to_owned(), origin.clone());
            }
            Some(_) => self.wrong(place, "comes_from must be the id of a question"),
        }
    }

    /// Whatever comes from something comes from a question that a version has asked, and no way leads back.
    fn origins(&mut self) {
        let origins = std::mem::take(&mut self.origins);
        let mut told = BTreeSet::new();
        for (id, origin) in &origins {
            let place = format!("Question {id}");
            if !self.known.indicators.contains_key(&origin.as_str().into()) {
                self.wrong(&place, format!("comes_from is {origin}, which no version has asked"));
            }
            let mut way = vec![id.as_str()];
            let mut next = Some(origin);
            while let Some(here) = next {
                if let Some(start) = way.iter().position(|before| before == here) {
                    let circle: BTreeSet<&str> = way[start..].iter().copied().collect();
                    if told.insert(circle) {
                        let round = way[start..].join(" → ");
                        self.wrong(&place, format!("comes_from goes round in a circle: {round} → {here}"));
                    }
                    break;
                }
                way.push(here);
                next = origins.get(here);
            }
        }
    }

    fn ideas(&mut self, place: &str, indicator: &mut Table) {
        let Some(ideas) = indicator.get_mut("evidence").and_then(Value::as_array_mut) else {
            return self.wrong(place, "evidence must be a list of texts");
        };
        let words: Option<Vec<&str>> = ideas.iter().map(Value::as_str).collect();
        let Some(words) = words else { return self.wrong(place, "evidence must be a list of texts") };
        match read_text(&DraftText::Indicator("indicator".into(), IndicatorPart::Evidence), &words.join("\n")) {
            Ok(clean) => *ideas = clean.lines().map(|line| Value::String(line.to_owned())).collect(),
            Err(problem) => self.wrong(place, format!("evidence: {problem}")),
        }
    }

    fn exemptions(&mut self, place: &str, indicator: &Table) {
        let words = ", ".to_owned();
        let all: Vec<_> = Exemption::ALL.iter().map(|exemption| exemption.as_str()).collect();
        let known = |value: &Value| value.as_str().is_some_and(|word| Exemption::parse(word).is_some());
        match indicator.get("not_for") {
            Some(Value::Array(list)) if list.iter().all(known) => {}
            _ => self.wrong(place, format!("not_for must be a list of none or some of: {}", all.join(&words))),
        }
    }

    /// A file without words leaves those of the draft.
    fn terms(&mut self, table: &mut Table) {
        if !table.contains_key("terms") {
            return;
        }
        let mut seen = BTreeSet::new();
        for (at, term) in self.tables("The framework", table, "terms").into_iter().enumerate() {
            let word = term.get("term").and_then(Value::as_str).unwrap_or_default().trim().to_owned();
            let place = if word.is_empty() { format!("Word {}", at + 1) } else { format!("Word “{word}”") };
            self.only(&place, term, &["term", "meaning"]);
            if word.is_empty() || word.chars().count() > MOST_OF_A_TERM {
                self.wrong(&place, format!("term must be 1 to {MOST_OF_A_TERM} characters"));
            } else if !seen.insert(fold_for_search(&word)) {
                self.wrong(&place, "The word is there twice");
            }
            term.insert("term".into(), Value::String(word));
            let meaning = term.get("meaning").and_then(Value::as_str).unwrap_or_default().to_owned();
            match read_text(&DraftText::Term(String::new()), &meaning) {
                Ok(clean) => drop(term.insert("meaning".into(), Value::String(clean))),
                Err(_) => self.wrong(&place, format!("meaning must be 1 to {MOST_OF_A_MEANING} characters")),
            }
        }
    }

    /// Reads a text and puts it back as it is kept.
    fn text(&mut self, place: &str, table: &mut Table, key: &str, which: &DraftText) {
        match table.get(key) {
            Some(Value::String(typed)) => match read_text(which, typed) {
                Ok(clean) => drop(table.insert(key.to_owned(), Value::String(clean))),
                Err(problem) => self.wrong(place, format!("{key}: {problem}")),
            },
            Some(_) => self.wrong(place, format!("{key} must be a text")),
            None => self.wrong(place, format!("{key} is missing")),
        }
    }

    fn id(&mut self, place: &str, table: &Table) -> Option<String> {
        match table.get("id") {
            Some(Value::String(id)) if is_an_id(id) => return Some(id.clone()),
            Some(_) => self.wrong(
                place,
                format!("id must be {LEAST_OF_AN_ID} to {MOST_OF_AN_ID} small letters, digits and hyphens"),
            ),
            None => self.wrong(place, "id is missing"),
        }
        None
    }

    /// The tables of a list.
    fn tables<'t>(&mut self, place: &str, table: &'t mut Table, key: &str) -> Vec<&'t mut Table> {
        let Some(list) = table.get_mut(key) else {
            self.wrong(place, format!("{key} are missing"));
            return Vec::new();
        };
        let Some(list) = list.as_array_mut() else {
            self.wrong(place, format!("{key} must be a list: write [[…{key}]] above each"));
            return Vec::new();
        };
        if list.iter().any(|entry| !entry.is_table()) {
            self.wrong(place, format!("{key} must be a list: write [[…{key}]] above each"));
        }
        list.iter_mut().filter_map(Value::as_table_mut).collect()
    }

    fn only(&mut self, place: &str, table: &Table, keys: &[&str]) {
        for key in table.keys().filter(|key| !keys.contains(&key.as_str())) {
            self.wrong(place, format!("{key} is nothing we know. Known are: {}", keys.join(", ")));
        }
    }

    fn wrong(&mut self, place: &str, text: impl Into<String>) {
        self.problems.push(FileProblem { place: place.to_owned(), text: text.into() });
    }
}

/// By its id where it has one, else by its number in its list.
fn place_of(what: &str, at: usize, table: &Table) -> String {
    match table.get("id").and_then(Value::as_str) {
        Some(id) => format!("{what} {}", id.chars().take(MOST_OF_AN_ID).collect::<String>()),
        None => format!("{what} number {} of its list", at + 1),
    }
}
