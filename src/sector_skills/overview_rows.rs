//! The rows of the VRP's first page of a round: gaps, wishes against places, barriers, and what has changed.

use serde::Serialize;

use super::overview_page::Overview;
use super::picture::{Asked, SectorPicture, UNSURE, WANTING};
use crate::organisations::District;
use crate::questions::{district_name, name_together};
use crate::skills_audit::{Barrier, Skill, barrier_name};
use crate::small_groups::{FEWEST, Measure};
use crate::web::count;

/// How many skills are named as the biggest gaps, and as the biggest changes.
const BIGGEST: usize = 10;

#[derive(Serialize)]
pub(super) struct GapRow {
    pub statement: String,
    pub module: String,
    pub unsure: String,
    pub wanting: String,
}

/// What is wanted of a module, and what is on offer.
#[derive(Serialize)]
pub(super) struct WishRow {
    pub title: String,
    pub wanted: String,
    /// `About 10 people in Mansfield`, where that may be said.
    pub places: Vec<String>,
    pub offer: String,
    pub short: bool,
    #[serde(skip)]
    missing: i64,
}

/// A bar with its words.
#[derive(Serialize)]
pub(super) struct BarRow {
    pub name: String,
    pub words: String,
    pub width: String,
}

#[derive(Serialize)]
pub(super) struct ChangeRow {
    pub statement: String,
    pub before: String,
    pub now: String,
    pub words: String,
}

/// A measure in words, with the number it is of.
pub(super) fn say_measure(measure: Measure) -> String {
    match measure {
        Measure::TooFew => "Too few people to say".to_owned(),
        Measure::Few { of } => format!("Fewer than {FEWEST} of {of} people"),
        Measure::Most { of } => format!("All, or all but a few, of {of} people"),
        Measure::Some { in_date, of } => format!("{}%: {in_date} of {of} people", measure.share().unwrap_or(0)),
    }
}

/// For ordering: those of whom nothing is said come last.
fn share_of(measure: Measure) -> i64 {
    match measure {
        Measure::Most { .. } => 100,
        Measure::Some { .. } => measure.share().unwrap_or(0),
        Measure::TooFew | Measure::Few { .. } => 0,
    }
}

pub(super) fn gap_rows(overview: &Overview, picture: &SectorPicture) -> Vec<GapRow> {
    let mut rows: Vec<(i64, GapRow)> = Vec::new();
    for skill in &overview.instrument.skills {
        let measures = (picture.of_skill(&skill.id, UNSURE), picture.of_skill(&skill.id, WANTING));
        let (Some(unsure), Some(wanting)) = measures else { continue };
        let row = GapRow {
            statement: skill.statement.clone(),
            module: overview.instrument.module_title(&skill.module_id).to_owned(),
            unsure: say_measure(unsure),
            wanting: say_measure(wanting),
        };
        rows.push((-share_of(unsure), row));
    }
    rows.sort_by_key(|(share, _)| *share);
    rows.into_iter().filter(|(share, _)| *share < 0).take(BIGGEST).map(|(_, row)| row).collect()
}

/// Those of which most people are without a place first.
pub(super) fn wish_rows(overview: &Overview, picture: &SectorPicture) -> Vec<WishRow> {
    let mut rows: Vec<WishRow> = Vec::new();
    for (module, title) in &overview.instrument.modules {
        let Some(table) = picture.table(&Asked::Wants(module.clone())) else { continue };
        let wanted = said_of(table.figures[0].all);
        let offer = overview.supply.get(&Some(module.clone())).copied().unwrap_or_default();
        let places = table.parts.districts.iter().zip(&table.figures[0].districts);
        let in_place = |(part, measure): (&crate::small_groups::Part, &Measure)| match said_of(*measure) {
            0 => None,
            n => {
                Some(format!("{n} people in {}", name_together(part, |word| district_name(word, &overview.districts))))
            }
        };
        rows.push(WishRow {
            title: title.clone(),
            wanted: say_measure(table.figures[0].all),
            places: if table.parts.districts.len() > 1 { places.filter_map(in_place).collect() } else { Vec::new() },
            offer: match offer.sessions {
                0 => "No session to come".to_owned(),
                n => format!(
                    "{} at {}",
                    count(offer.free.unsigned_abs() as usize, "place", "places"),
                    count(n.unsigned_abs() as usize, "session", "sessions")
                ),
            },
            short: wanted > offer.free,
            missing: wanted - offer.free,
        });
    }
    rows.sort_by_key(|row| std::cmp::Reverse(row.missing));
    rows
}

/// The number of people as it is said; none where it is not.
fn said_of(measure: Measure) -> i64 {
    match measure {
        Measure::Some { in_date, .. } => in_date,
        Measure::Most { of } => of,
        Measure::TooFew | Measure::Few { .. } => 0,
    }
}

pub(super) fn barrier_rows(picture: &SectorPicture) -> Vec<BarRow> {
    let row = |barrier: &Barrier| {
        let measure = picture.table(&Asked::Stops(*barrier))?.figures.first()?.all;
        let width = format!("{}%", share_of(measure));
        Some((
            share_of(measure),
            BarRow { name: barrier_name(*barrier).to_owned(), words: say_measure(measure), width },
        ))
    };
    let mut rows: Vec<(i64, BarRow)> = Barrier::ALL.iter().filter_map(row).collect();
    rows.sort_by_key(|(share, _)| -share);
    rows.into_iter().map(|(_, row)| row).collect()
}

/// Skills of which both rounds say how many are unsure, the biggest change first.
pub(super) fn change_rows(overview: &Overview, now: &SectorPicture, before: &SectorPicture) -> Vec<ChangeRow> {
    let row = |skill: &Skill| {
        let (then, is) = (before.of_skill(&skill.id, UNSURE)?, now.of_skill(&skill.id, UNSURE)?);
        let difference = is.share()? - then.share()?;
        let words = match difference {
            0 => "No change".to_owned(),
            1.. => format!("{difference} points more are unsure"),
            ..0 => format!("{} points fewer are unsure", -difference),
        };
        let row =
            ChangeRow { statement: skill.statement.clone(), before: say_measure(then), now: say_measure(is), words };
        Some((-difference.abs(), row))
    };
    let mut rows: Vec<(i64, ChangeRow)> = overview.instrument.skills.iter().filter_map(row).collect();
    rows.sort_by_key(|(size, _)| *size);
    rows.into_iter().take(BIGGEST).map(|(_, row)| row).collect()
}

/// Districts that are shown together because each alone is too small.
pub(super) fn say_together(picture: &SectorPicture, districts: &[District]) -> Vec<String> {
    let parts = picture.shown.parts.districts.iter().filter(|part| part.len() > 1);
    parts.map(|part| name_together(part, |word| district_name(word, districts))).collect()
}
