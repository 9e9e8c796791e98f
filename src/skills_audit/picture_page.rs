//! An organisation's gaps, as its leads and those who look on see them, on the screen and on paper.

use serde::Serialize;

use super::content::read_questions;
use super::instrument::Instrument;
use super::picture::{FEWEST, Picture, Spread};
use super::picture_parts::{ChangeRow, PlanRow, RoleRow, WishRow, by_role, changes, plan_rows, role_name, wish_row};
use super::round::Round;
use super::wishes::Wish;
use crate::ids::ModuleId;
use crate::web::{Link, Page, Sample, count, sample};

/// How many skills stand under the biggest gaps.
const BIGGEST: usize = 5;

/// An organisation's gaps.
#[derive(Serialize)]
pub struct PicturePage {
    organisation: String,
    slug: String,
    round: String,
    open: bool,
    finished: String,
    /// How many people’s answers are in the bars; none while it is hidden.
    shown: Option<String>,
    /// While fewer than five have finished.
    hidden: Option<String>,
    waiting: Option<String>,
    key: Vec<KeyRow>,
    biggest: Vec<SpreadRow>,
    others: Vec<SpreadRow>,
    modules: Vec<ModuleRow>,
    not_shown: Vec<String>,
    by_role: Vec<RoleRow>,
    role_heads: Vec<&'static str>,
    wishes: Vec<WishRow>,
    plan: Vec<PlanRow>,
    changes: Vec<ChangeRow>,
    before: Option<String>,
    is_lead: bool,
    address: String,
    /// The part of an address that says which round it is.
    query: String,
    earlier: Vec<Link>,
}
#[derive(Serialize)]
struct KeyRow {
    value: i32,
    label: String,
}
#[derive(Serialize)]
struct SpreadRow {
    statement: String,
    /// All of the bar in words.
    words: String,
    low: String,
    wanting: String,
    segments: Vec<Segment>,
    cells: Vec<i64>,
    wanting_cell: i64,
}
/// A part of a bar; its geometry in per cent of the bar's width.
#[derive(Serialize)]
struct Segment {
    value: usize,
    people: i64,
    start: String,
    width: String,
    middle: String,
}
#[derive(Serialize)]
struct ModuleRow {
    title: String,
    wanting: String,
}
impl PicturePage {
    pub fn new(is_lead: bool, seen: &Seen) -> Self {
        let Seen { instrument, round, rounds, picture, .. } = seen;
        let address = format!("/organisations/{}/skills-audit", seen.slug);
        let mut rows: Vec<_> = picture.spreads.iter().filter_map(|spread| spread_row(instrument, spread)).collect();
        let gaps = picture.spreads.iter().take(BIGGEST).filter(|spread| spread.low() > 0).count();
        let others = rows.split_off(gaps.min(rows.len()));
        let not_shown = instrument.skills.iter().filter(|s| !picture.spreads.iter().any(|spread| spread.skill == s.id));
        let is_shown = !picture.spreads.is_empty();
        Self {
            finished: format!("{} of {}", picture.finished, count_people(picture.people)),
            shown: is_shown.then(|| count_people(picture.shown)),
            hidden: (!is_shown).then(|| hidden_because(picture.finished)),
            waiting: waiting_answers(picture),
            key: instrument.anchors.iter().map(|a| KeyRow { value: a.value, label: a.label.clone() }).collect(),
            biggest: rows,
            others,
            modules: wanted_modules(instrument, picture),
            not_shown: if is_shown { not_shown.map(|skill| skill.statement.clone()).collect() } else { Vec::new() },
            by_role: by_role(instrument, picture),
            role_heads: picture.by_role.iter().map(|(group, _)| role_name(*group)).collect(),
            wishes: seen.wishes.iter().map(|wish| wish_row(instrument, wish)).collect(),
            plan: plan_rows(seen),
            changes: seen.before.as_ref().map(|(_, before)| changes(instrument, picture, before)).unwrap_or_default(),
            before: seen.before.as_ref().map(|(round, _)| round.title.clone()),
            is_lead,
            query: format!("?round={}", round.id),
            earlier: rounds
                .iter()
                .filter(|other| other.id != round.id)
                .map(|other| Link::new(&other.title, format!("{address}?round={}", other.id)))
                .collect(),
            address: address.clone(),
            organisation: seen.name.clone(),
            round: round.title.clone(),
            open: round.is_open(),
            slug: seen.slug.clone(),
        }
    }
}
impl Page for PicturePage {
    const TEMPLATE: &'static str = "skills_audit/picture";
    fn title(&self) -> String {
        "Skills and gaps".into()
    }
    fn back(&self) -> Option<Link> {
        Link::back(format!("/organisations/{}", self.slug))
    }
}

/// What an organisation's page is made of.
pub struct Seen {
    pub name: String,
    pub slug: String,
    pub instrument: Instrument,
    pub round: Round,
    pub rounds: Vec<Round>,
    pub picture: Picture,
    pub wishes: Vec<Wish>,
    /// Modules on its training plan.
    pub planned: Vec<ModuleId>,
    /// The round before, with what it showed.
    pub before: Option<(Round, Picture)>,
}

fn hidden_because(finished: i64) -> String {
    match usize::try_from(finished).unwrap_or_default() {
        0 => "Nobody has finished yet.".to_owned(),
        n if n < FEWEST => format!("{} finished so far.", count(n, "person has", "people have")),
        _ => "No skill has five answers yet that can be shown.".to_owned(),
    }
}

fn waiting_answers(picture: &Picture) -> Option<String> {
    let waiting = usize::try_from(picture.finished - picture.shown).unwrap_or_default();
    (picture.shown > 0 && waiting > 0).then(|| count(waiting, "person’s answers are", "people’s answers are"))
}

fn spread_row(instrument: &Instrument, spread: &Spread) -> Option<SpreadRow> {
    let skill = instrument.skills.iter().find(|skill| skill.id == spread.skill)?;
    let said = instrument.anchors.iter().zip(spread.people_at).filter(|(_, people)| *people > 0);
    let words: Vec<_> = said.map(|(anchor, people)| format!("{}: {people}", anchor.label)).collect();
    Some(SpreadRow {
        statement: skill.statement.clone(),
        words: words.join(", "),
        low: format!("{} of {}", spread.low(), spread.people()),
        wanting: format!("{} of {}", spread.wanting, spread.people()),
        segments: segments_of(spread),
        cells: spread.people_at.to_vec(),
        wanting_cell: spread.wanting,
    })
}

/// Where each part of a bar begins, in hundredths of a per cent, so that the parts always add up to the whole.
fn segments_of(spread: &Spread) -> Vec<Segment> {
    let whole = spread.people().max(1);
    let at = |people: i64| people * 10_000 / whole;
    let percent = |hundredths: i64| format!("{}.{:02}%", hundredths / 100, hundredths % 100);
    let mut before = 0;
    let mut segments = Vec::new();
    for (people, value) in spread.people_at.into_iter().zip(1..) {
        let (start, end) = (at(before), at(before + people));
        before += people;
        if people > 0 {
            segments.push(Segment {
                value,
                people,
                start: percent(start),
                width: percent(end - start),
                middle: percent(start + (end - start) / 2),
            });
        }
    }
    segments
}

/// Worked out from the skills shown alone, so that it tells nothing that they do not. Whoever wants training in one of
/// a module's skills wants the module; how many want only another is not known, hence `at least`.
fn wanted_modules(instrument: &Instrument, picture: &Picture) -> Vec<ModuleRow> {
    let wanting = |module: &ModuleId| {
        let skills = instrument.skills.iter().filter(move |skill| skill.module_id == *module);
        let shown = skills.filter_map(|skill| picture.spreads.iter().find(|spread| spread.skill == skill.id));
        shown.map(|spread| spread.wanting).max().unwrap_or_default()
    };
    let mut wanted: Vec<_> = instrument.modules.iter().map(|(id, title)| (wanting(id), title)).collect();
    wanted.sort_by_key(|(people, _)| -people);
    let row = |(people, title): (i64, &String)| ModuleRow {
        title: title.clone(),
        wanting: format!("at least {}", count_people(people)),
    };
    wanted.into_iter().filter(|(people, _)| *people > 0).map(row).collect()
}

fn count_people(n: i64) -> String {
    count(usize::try_from(n).unwrap_or_default(), "person", "people")
}

/// The same on paper.
#[derive(Serialize)]
#[serde(transparent)]
pub struct PicturePaper(pub PicturePage);
impl Page for PicturePaper {
    const TEMPLATE: &'static str = "skills_audit/picture-print";
    const WIDE: bool = true;
    fn title(&self) -> String {
        format!("Skills and gaps of {}", self.0.organisation)
    }
    fn back(&self) -> Option<Link> {
        Link::back(format!("{}{}", self.0.address, self.0.query))
    }
}

/// Each page with made-up content.
pub fn samples() -> Vec<Sample> {
    let mut instrument = read_questions().expect("the questions were read when the database was made");
    instrument.modules = vec![("safeguarding".into(), "Safeguarding".into()), ("send".into(), "SEND".into())];
    let shapes = [[3, 2, 1, 0, 0], [2, 2, 1, 0, 1], [1, 2, 1, 1, 1], [0, 1, 2, 2, 1], [1, 0, 2, 2, 1], [0, 0, 1, 3, 2]];
    let spreads: Vec<Spread> = instrument
        .skills
        .iter()
        .take(33)
        .zip(shapes.into_iter().cycle())
        .map(|(skill, people_at)| Spread { skill: skill.id.clone(), people_at, wanting: people_at[0] + 1 })
        .collect();
    let by_role = vec![(Some(super::entry::WorkRole::Volunteer), spreads.clone()), (None, spreads[..2].to_vec())];
    let full = Picture { people: 9, finished: 7, shown: 6, spreads: spreads.clone(), by_role };
    let hidden = Picture { people: 9, finished: 3, shown: 0, spreads: Vec::new(), by_role: Vec::new() };
    let (round, earlier) = (Round::sample(), Round::sample_called("Skills audit 2025/26", None));
    let wish = Wish { name: "Amina Yusuf".into(), modules: ["send".into()].into() };
    let page = |picture: &Picture, is_lead| {
        let shown = !picture.spreads.is_empty();
        let seen = Seen {
            name: "The Hub".into(),
            slug: "the-hub".into(),
            instrument: instrument.clone(),
            round: round.clone(),
            rounds: vec![round.clone(), earlier.clone()],
            wishes: if shown { vec![wish.clone()] } else { Vec::new() },
            planned: vec!["send".into()],
            before: shown.then(|| (earlier.clone(), picture.clone())),
            picture: picture.clone(),
        };
        PicturePage::new(is_lead, &seen)
    };
    vec![
        sample(&page(&full, true)),
        sample(&page(&full, false)),
        sample(&page(&hidden, true)),
        sample(&PicturePaper(page(&full, true))),
        sample(&PicturePaper(page(&hidden, false))),
    ]
}
