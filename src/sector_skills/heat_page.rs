//! Skill by district and skill by role: a picture whose darker cells are bigger gaps, and the same numbers as a table.

use std::collections::BTreeSet;

use serde::Serialize;

use super::picture::{Asked, SectorPicture, UNSURE, WANTING};
use crate::organisations::District;
use crate::questions::district_name;
use crate::sheets::BookSheet;
use crate::skills_audit::{Instrument, Round, Skill, WorkRole, role_name};
use crate::small_groups::{FEWEST, Measure, Part, ShownTable};
use crate::text_enum;
use crate::web::{Link, Page, Sample, sample};

text_enum! {
    pub enum GroupedBy { District = "district", Role = "role" }
}

/// The geometry of the picture, in its own units.
const LABEL: i64 = 330;
const CELL: i64 = 62;
const ROW: i64 = 26;
const HEAD: i64 = 30;
/// So many letters of a skill fit beside its row.
const FITS: usize = 42;

/// Skills by place or by role.
#[derive(Serialize)]
pub struct HeatPage {
    round: String,
    address: String,
    counted: bool,
    views: Vec<View>,
    columns: Vec<Column>,
    rows: Vec<HeatRow>,
    width: i64,
    height: i64,
    /// What the picture shows, in a sentence.
    words: String,
}

#[derive(Serialize)]
struct View {
    text: &'static str,
    address: String,
    current: bool,
}

#[derive(Serialize)]
struct Column {
    /// Above the cells of the picture.
    letter: String,
    name: String,
    x: i64,
}

#[derive(Serialize)]
struct HeatRow {
    statement: String,
    label: String,
    y: i64,
    text_y: i64,
    cells: Vec<Cell>,
    all: String,
}

#[derive(Serialize)]
struct Cell {
    /// In the table.
    words: String,
    /// In the picture.
    text: String,
    /// 0 to 4, or none.
    shade: &'static str,
    x: i64,
    y: i64,
    text_x: i64,
    text_y: i64,
}

impl HeatPage {
    pub fn new(
        round: &Round,
        picture: Option<&SectorPicture>,
        instrument: &Instrument,
        by: GroupedBy,
        districts: &[District],
    ) -> Self {
        let words = picture.map(|picture| column_words(picture, by)).unwrap_or_default();
        let rows: Vec<HeatRow> = match picture {
            Some(picture) => rows_of(picture, instrument, by, &words),
            None => Vec::new(),
        };
        let column = |(at, word): (usize, &String)| Column {
            letter: char::from(b'A' + (at % 26) as u8).to_string(),
            name: name_of(word, by, districts),
            x: LABEL + at as i64 * CELL + CELL / 2,
        };
        Self {
            round: round.title.clone(),
            address: format!("/vrp/skills-audit/rounds/{}", round.id),
            counted: picture.is_some(),
            views: GroupedBy::ALL.iter().map(|other| view(round, *other, by)).collect(),
            columns: words.iter().enumerate().map(column).collect(),
            width: LABEL + words.len() as i64 * CELL,
            height: HEAD + rows.len() as i64 * ROW,
            words: format!("How many are unsure, for {} skills; the table below has every number", rows.len()),
            rows,
        }
    }
}

fn view(round: &Round, other: GroupedBy, by: GroupedBy) -> View {
    View {
        text: match other {
            GroupedBy::District => "By district",
            GroupedBy::Role => "By role",
        },
        address: format!("/vrp/skills-audit/rounds/{}/heat?by={}", round.id, other.as_str()),
        current: other == by,
    }
}

/// The words of all categories in which anybody took part.
fn column_words(picture: &SectorPicture, by: GroupedBy) -> Vec<String> {
    let parts = match by {
        GroupedBy::District => &picture.shown.parts.districts,
        GroupedBy::Role => &picture.shown.parts.kinds,
    };
    parts.iter().flatten().cloned().collect::<BTreeSet<_>>().into_iter().collect()
}

fn name_of(word: &str, by: GroupedBy, districts: &[District]) -> String {
    match by {
        GroupedBy::District => district_name(word, districts),
        GroupedBy::Role => role_name(WorkRole::parse(word)).to_owned(),
    }
}

fn rows_of(picture: &SectorPicture, instrument: &Instrument, by: GroupedBy, words: &[String]) -> Vec<HeatRow> {
    let tables = instrument.skills.iter().filter_map(|skill| {
        let table = picture.table(&Asked::Skill(skill.id.clone()))?;
        Some((skill, table))
    });
    tables.enumerate().map(|(at, (skill, table))| heat_row(at as i64, skill, table, by, words)).collect()
}

fn heat_row(at: i64, skill: &Skill, table: &ShownTable, by: GroupedBy, words: &[String]) -> HeatRow {
    let y = HEAD + at * ROW;
    let cell = |(column, word): (usize, &String)| {
        let measure = match by {
            GroupedBy::District => table.of_district(UNSURE, word),
            GroupedBy::Role => table.of_kind(UNSURE, word),
        };
        let x = LABEL + column as i64 * CELL;
        let (text, words, shade) = say_cell(measure);
        Cell { words, text, shade, x, y, text_x: x + CELL / 2, text_y: y + 18 }
    };
    HeatRow {
        statement: skill.statement.clone(),
        label: shorten(&skill.statement),
        y,
        text_y: y + 18,
        cells: words.iter().enumerate().map(cell).collect(),
        all: say_cell(table.figures.get(UNSURE).map(|figures| figures.all)).1,
    }
}

/// In the picture, in the table, and how dark.
fn say_cell(measure: Option<Measure>) -> (String, String, &'static str) {
    match measure {
        None | Some(Measure::TooFew) => ("–".to_owned(), "Hidden".to_owned(), "none"),
        Some(Measure::Few { of }) => (format!("<{FEWEST}"), format!("Fewer than {FEWEST} of {of}"), "0"),
        Some(Measure::Most { of }) => ("Most".to_owned(), format!("All or nearly all of {of}"), "4"),
        Some(measure @ Measure::Some { in_date, of }) => {
            let share = measure.share().unwrap_or(0);
            let shade = match share {
                ..20 => "0",
                20..35 => "1",
                35..50 => "2",
                50..65 => "3",
                _ => "4",
            };
            (format!("{share}%"), format!("{share}% ({in_date} of {of})"), shade)
        }
    }
}

/// Without its first words, which every skill has, and cut where it does not fit.
fn shorten(statement: &str) -> String {
    let rest = statement.strip_prefix("I can ").unwrap_or(statement).trim_end_matches('.');
    let mut letters: String = rest.chars().take(FITS).collect();
    if rest.chars().count() > FITS {
        letters.push('…');
    }
    letters
}

impl Page for HeatPage {
    const TEMPLATE: &'static str = "sector_skills/heat";
    const WIDE: bool = true;
    fn title(&self) -> String {
        "Gaps by district and by role".into()
    }
    fn back(&self) -> Option<Link> {
        Link::back(&self.address)
    }
}

/// Every number that may be said, a row each.
pub(super) fn heat_sheet(
    picture: Option<&SectorPicture>,
    instrument: &Instrument,
    districts: &[District],
) -> BookSheet {
    let mut rows = Vec::new();
    for skill in &instrument.skills {
        let asked = Asked::Skill(skill.id.clone());
        let Some(table) = picture.and_then(|picture| picture.table(&asked)) else { continue };
        let all = [UNSURE, WANTING].map(|measure| Some(table.figures[measure].all));
        rows.push(sheet_row(skill, "Everyone", "", all));
        for (at, part) in table.parts.districts.iter().enumerate().filter(|(_, part)| part.len() == 1) {
            let of = [UNSURE, WANTING].map(|measure| table.figures[measure].districts.get(at).copied());
            rows.push(sheet_row(skill, "District", &only(part, |word| district_name(word, districts)), of));
        }
        for (at, part) in table.parts.kinds.iter().enumerate().filter(|(_, part)| part.len() == 1) {
            let of = [UNSURE, WANTING].map(|measure| table.figures[measure].kinds.get(at).copied());
            rows.push(sheet_row(skill, "Role", &only(part, |word| role_name(WorkRole::parse(word)).to_owned()), of));
        }
    }
    let header = ["Skill", "Id", "By", "Which", "Unsure", "Want training"].map(str::to_owned).to_vec();
    BookSheet { name: "Skills", header, rows, choices: Vec::new() }
}

fn only(part: &Part, name: impl Fn(&str) -> String) -> String {
    part.iter().next().map(|word| name(word)).unwrap_or_default()
}

fn sheet_row(skill: &Skill, by: &str, which: &str, measures: [Option<Measure>; 2]) -> Vec<String> {
    let [unsure, wanting] = measures.map(|measure| say_cell(measure).1);
    vec![skill.statement.clone(), skill.id.to_string(), by.to_owned(), which.to_owned(), unsure, wanting]
}

/// By district, by role, and before it is counted.
pub fn samples() -> Vec<Sample> {
    let full = super::picture::samples::overview();
    let page = |by| HeatPage::new(&full.round, full.picture.as_ref(), &full.instrument, by, &full.districts);
    let none = HeatPage::new(&full.round, None, &full.instrument, GroupedBy::District, &[]);
    vec![sample(&page(GroupedBy::District)), sample(&page(GroupedBy::Role)), sample(&none)]
}
