//! What a draft consists of: adding, splitting, retiring, moving. The id of an indicator or a standard is chosen once and
//! never changed; what is retired leaves its id behind for good, and comes back only as itself.

use std::collections::BTreeMap;

use diesel::prelude::*;
use serde_json::json;

use super::draft::Draft;
use super::glossary::GlossaryTerm;
use super::version::{Framework, FrameworkState, Indicator, Standard, Weight};
use crate::acts::Act;
use crate::db::DbConnection;
use crate::db::schema::{framework_indicators, framework_standards, framework_versions};
use crate::error::{Error, Result};
use crate::ids::{AreaId, IndicatorId, StandardId};

/// How long an id may be.
pub const LEAST_OF_AN_ID: usize = 3;
pub const MOST_OF_AN_ID: usize = 60;

/// Which way something goes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Direction {
    Up,
    Down,
}

/// What came of adding something with an id.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Added {
    Yes,
    /// This id is or was another's. Nothing was changed.
    IdTaken(String),
}

/// Every id that a published version knew.
#[derive(Debug, Clone, Default)]
pub struct KnownIds {
    /// With the question as it was asked last.
    pub indicators: BTreeMap<IndicatorId, String>,
    /// With the title it had last.
    pub standards: BTreeMap<StandardId, String>,
}

impl KnownIds {
    pub fn all(conn: &mut DbConnection) -> Result<Self> {
        let indicators: Vec<(IndicatorId, String)> = framework_indicators::table
            .inner_join(framework_versions::table)
            .filter(framework_versions::state.ne(FrameworkState::Draft))
            .order(framework_versions::number)
            .select((framework_indicators::id, framework_indicators::question))
            .load(conn)?;
        let standards: Vec<(StandardId, String)> = framework_standards::table
            .inner_join(framework_versions::table)
            .filter(framework_versions::state.ne(FrameworkState::Draft))
            .order(framework_versions::number)
            .select((framework_standards::id, framework_standards::title))
            .load(conn)?;
        Ok(Self { indicators: indicators.into_iter().collect(), standards: standards.into_iter().collect() })
    }
}

/// Small letters, digits and hyphens, and none of the words of our addresses.
pub fn is_an_id(word: &str) -> bool {
    let is_fit = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-';
    (LEAST_OF_AN_ID..=MOST_OF_AN_ID).contains(&word.len())
        && word.chars().all(is_fit)
        && word.starts_with(|c: char| c.is_ascii_lowercase())
        && !word.ends_with('-')
        && !word.contains("--")
        && word != "new"
}

/// Adds a standard at the end of its area.
pub fn add_standard(act: &mut Act<'_>, area: &AreaId, id: &StandardId, title: &str) -> Result<Added> {
    let mut draft = Draft::hold(act.conn)?;
    draft.area(area)?;
    if draft.standard(id).is_ok() || KnownIds::all(act.conn)?.standards.contains_key(id) {
        return Ok(Added::IdTaken(id.to_string()));
    }
    draft.framework.standards.push(Standard {
        framework_version_id: draft.framework.version.id,
        id: id.clone(),
        area_id: area.clone(),
        position: 0,
        title: title.to_owned(),
        summary: String::new(),
    });
    draft.put(act, "standard added to the framework draft", json!({ "standard": id, "title": title }))?;
    Ok(Added::Yes)
}

/// Takes out a standard without indicators. A conflict while it has some.
pub fn remove_standard(act: &mut Act<'_>, id: &StandardId) -> Result<()> {
    let mut draft = Draft::hold(act.conn)?;
    draft.standard(id)?;
    if draft.framework.indicators_of(id).next().is_some() {
        return Err(Error::Conflict);
    }
    draft.framework.standards.retain(|standard| standard.id != *id);
    draft.put(act, "standard removed from the framework draft", json!({ "standard": id }))
}

/// Adds an indicator at the end of its standard, with nothing but its question.
pub fn add_indicator(act: &mut Act<'_>, standard: &StandardId, id: &IndicatorId, question: &str) -> Result<Added> {
    let mut draft = Draft::hold(act.conn)?;
    draft.standard(standard)?;
    if is_taken(&draft, &KnownIds::all(act.conn)?, id) {
        return Ok(Added::IdTaken(id.to_string()));
    }
    draft.framework.indicators.push(blank(&draft, standard, id, question));
    draft.put(act, "indicator added to the framework draft", json!({ "indicator": id, "question": question }))?;
    Ok(Added::Yes)
}

/// In the place of one indicator stand two that come from it, for whoever saw it with this mark. They have its weight and
/// its exemptions; their texts are to be written.
pub fn split_indicator(
    act: &mut Act<'_>,
    id: &IndicatorId,
    seen: &str,
    parts: [(IndicatorId, String); 2],
) -> Result<Added> {
    let mut draft = Draft::hold(act.conn)?;
    let old = seen_so(&draft, id, seen)?;
    let known = KnownIds::all(act.conn)?;
    let taken = parts.iter().find(|(part, _)| is_taken(&draft, &known, part));
    if let Some((taken, _)) = taken.or(Some(&parts[1]).filter(|_| parts[0].0 == parts[1].0)) {
        return Ok(Added::IdTaken(taken.to_string()));
    }
    let origin = match known.indicators.contains_key(id) {
        true => Some(id.clone()),
        // Nobody has answered one that is new in this draft.
        false => old.comes_from.clone(),
    };
    let place = draft.framework.indicators.iter().position(|indicator| indicator.id == *id).ok_or(Error::Conflict)?;
    let new: Vec<Indicator> = parts
        .iter()
        .map(|(part, question)| Indicator {
            weight: old.weight,
            not_for: old.not_for.clone(),
            reason_needed: old.reason_needed,
            comes_from: origin.clone(),
            ..blank(&draft, &old.standard_id, part, question)
        })
        .collect();
    draft.framework.indicators.splice(place..=place, new);
    let into = parts.map(|(part, _)| part);
    draft.put(act, "indicator split in the framework draft", json!({ "indicator": id, "into": into }))?;
    Ok(Added::Yes)
}

/// Takes an indicator out, for whoever saw it with this mark. A conflict when it says something else by now.
pub fn retire_indicator(act: &mut Act<'_>, id: &IndicatorId, seen: &str) -> Result<()> {
    let mut draft = Draft::hold(act.conn)?;
    let old = seen_so(&draft, id, seen)?;
    draft.framework.indicators.retain(|indicator| indicator.id != *id);
    let details = json!({ "indicator": id, "question": old.question });
    draft.put(act, "indicator retired in the framework draft", details)
}

/// Puts an indicator of the version in force back, as it is there. Where its standard is gone, that comes back too.
pub fn put_indicator_back(act: &mut Act<'_>, id: &IndicatorId) -> Result<()> {
    let mut draft = Draft::hold(act.conn)?;
    if draft.framework.indicator(id).is_ok() {
        return Ok(());
    }
    let in_force = Framework::in_force(act.conn)?;
    let back = Indicator { asks_anew: false, ..in_force.indicator(id)?.clone() };
    let follows = in_force.indicators.iter().rev().skip_while(|i| i.id != *id).skip(1);
    let place = follows
        .filter(|before| before.standard_id == back.standard_id)
        .find_map(|before| draft.framework.indicators.iter().position(|indicator| indicator.id == before.id));
    if draft.standard(&back.standard_id).is_err() {
        let standard = in_force.standards.iter().find(|standard| standard.id == back.standard_id);
        draft.framework.standards.push(standard.ok_or(Error::NotFound)?.clone());
    }
    draft.framework.indicators.insert(place.map_or(0, |before| before + 1), back);
    draft.put(act, "indicator put back into the framework draft", json!({ "indicator": id }))
}

/// Moves an indicator by one place within its standard. At the end it stays where it is.
pub fn move_indicator(act: &mut Act<'_>, id: &IndicatorId, direction: Direction) -> Result<()> {
    let mut draft = Draft::hold(act.conn)?;
    let all = &draft.framework.indicators;
    let here = all.iter().position(|indicator| indicator.id == *id).ok_or(Error::Conflict)?;
    let Some(there) = beside(all, here, direction, |i| &i.standard_id) else { return Ok(()) };
    draft.framework.indicators.swap(here, there);
    let details = json!({ "indicator": id, "passes": draft.framework.indicators[here].id });
    draft.put(act, "indicator moved in the framework draft", details)
}

/// The same of a standard, within its area.
pub fn move_standard(act: &mut Act<'_>, id: &StandardId, direction: Direction) -> Result<()> {
    let mut draft = Draft::hold(act.conn)?;
    let all = &draft.framework.standards;
    let here = all.iter().position(|standard| standard.id == *id).ok_or(Error::Conflict)?;
    let Some(there) = beside(all, here, direction, |s| &s.area_id) else { return Ok(()) };
    draft.framework.standards.swap(here, there);
    let details = json!({ "standard": id, "passes": draft.framework.standards[here].id });
    draft.put(act, "standard moved in the framework draft", details)
}

/// Explains one more word; what was explained already stays as it is, and is `false`.
pub fn add_term(act: &mut Act<'_>, term: &str, meaning: &str) -> Result<bool> {
    let mut draft = Draft::hold(act.conn)?;
    let new = GlossaryTerm { term: term.to_owned(), meaning: meaning.to_owned() };
    if draft.framework.terms.iter().any(|known| known.place().0 == new.place().0) {
        return Ok(false);
    }
    draft.framework.terms.push(new);
    draft.put(act, "word explained in the framework draft", json!({ "term": term, "words": meaning }))?;
    Ok(true)
}

/// A word is explained no more.
pub fn remove_term(act: &mut Act<'_>, term: &str) -> Result<()> {
    let mut draft = Draft::hold(act.conn)?;
    let before = draft.framework.terms.len();
    draft.framework.terms.retain(|known| known.term != term);
    if draft.framework.terms.len() == before {
        return Ok(());
    }
    draft.put(act, "word removed from the framework draft", json!({ "term": term }))
}

fn is_taken(draft: &Draft, known: &KnownIds, id: &IndicatorId) -> bool {
    draft.framework.indicator(id).is_ok() || known.indicators.contains_key(id)
}

fn seen_so(draft: &Draft, id: &IndicatorId, seen: &str) -> Result<Indicator> {
    let stored = draft.framework.indicator(id).map_err(|_| Error::Conflict)?;
    if stored.mark() == seen { Ok(stored.clone()) } else { Err(Error::Conflict) }
}

fn blank(draft: &Draft, standard: &StandardId, id: &IndicatorId, question: &str) -> Indicator {
    Indicator {
        framework_version_id: draft.framework.version.id,
        id: id.clone(),
        standard_id: standard.clone(),
        position: 0,
        question: question.to_owned(),
        why: String::new(),
        weight: Weight::Should,
        emerging: String::new(),
        established: String::new(),
        excelling: String::new(),
        evidence_ideas: String::new(),
        not_for: String::new(),
        reason_needed: true,
        voice: String::new(),
        resources: String::new(),
        comes_from: None,
        asks_anew: false,
    }
}

/// The next one this way that belongs to the same whole.
fn beside<T, W: PartialEq>(all: &[T], here: usize, direction: Direction, whole: impl Fn(&T) -> &W) -> Option<usize> {
    let is_fellow = |there: &usize| whole(&all[*there]) == whole(&all[here]);
    match direction {
        Direction::Up => (0..here).rev().find(is_fellow),
        Direction::Down => (here + 1..all.len()).find(is_fellow),
    }
}

#[cfg(test)]
mod tests {
    use super::is_an_id;

    #[test]
    fn an_id_is_of_small_letters_digits_and_hyphens() {
        for good in ["exp-feel-safe", "abc", "a1-2"] {
            assert!(is_an_id(good), "{good}");
        }
        for bad in ["", "ab", "new", "Exp", "a b c", "1abc", "-abc", "abc-", "a--b", "été", "a/b/c"] {
            assert!(!is_an_id(bad), "{bad}");
        }
        assert!(is_an_id(&"a".repeat(60)) && !is_an_id(&"a".repeat(61)));
    }
}
