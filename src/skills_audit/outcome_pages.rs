//! What comes of the answers: a person's own results, an organisation's gaps, and the VRP's rounds.

use serde::Serialize;

use super::forms::RoundForm;
use super::instrument::{Instrument, Round, Skill, read_questions};
use super::pages::Body;
use super::picture::{FEWEST, Picture, Spread};
use super::results::{Results, Step};
use crate::clock::say_day;
use crate::ids::ModuleId;
use crate::web::{Filled, Link, Page, Sample, count, sample};

pub(super) const ROUND_OPENED: &str = "The round is open. People can answer now";
pub(super) const ROUND_CLOSED: &str = "The round is closed";
pub(super) const ROUND_OPEN_ALREADY: &str = "A round is open already. Close it before you open another";

/// How many skills stand under the biggest gaps.
const BIGGEST: usize = 5;

/// A person's own results.
#[derive(Serialize)]
pub struct ResultsPage {
    organisation: String,
    round: String,
    steps_heading: &'static str,
    steps: Vec<StepRow>,
    strengths: Vec<String>,
    gaps: Vec<String>,
    unanswered: Option<String>,
    /// Where to change answers, while the round is open.
    change: Option<String>,
}
#[derive(Serialize)]
struct StepRow {
    module: String,
    reason: String,
}
impl ResultsPage {
    pub fn new(body: &Body<'_>, round: &Round, results: &Results<'_>) -> Self {
        let statements = |skills: &[&Skill]| skills.iter().map(|skill| skill.statement.clone()).collect();
        Self {
            organisation: body.name.to_owned(),
            round: round.title.clone(),
            steps_heading: match results.steps.len() {
                1 => "Your next step",
                3 => "Your next three steps",
                _ => "Your next steps",
            },
            steps: results.steps.iter().map(step_row).collect(),
            strengths: statements(&results.strengths),
            gaps: statements(&results.gaps),
            unanswered: (results.unanswered > 0).then(|| count(results.unanswered, "question", "questions")),
            change: round.is_open().then(|| body.address()),
        }
    }
}
impl Page for ResultsPage {
    const TEMPLATE: &'static str = "skills_audit/results";
    fn title(&self) -> String {
        "Your results".into()
    }
    fn back(&self) -> Option<Link> {
        self.change.as_ref().map_or_else(|| Link::back("/my"), Link::back)
    }
}

fn step_row(step: &Step) -> StepRow {
    let low = |n| format!("you answered ‘Not yet’ or ‘A little’ to {}", count(n, "skill", "skills"));
    let reason = match (step.wanted, step.low) {
        (0, low_answers) => capitalised(&low(low_answers)),
        (_, 0) => "You would like training in this".to_owned(),
        (_, low_answers) => format!("You would like training in this, and {}", low(low_answers)),
    };
    StepRow { module: step.title.clone(), reason }
}

fn capitalised(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}

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
    invitation: String,
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
    pub fn new(
        site: &str,
        body: &Body<'_>,
        instrument: &Instrument,
        round: &Round,
        rounds: &[Round],
        picture: &Picture,
    ) -> Self {
        let address = format!("/organisations/{}/skills-audit", body.slug);
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
            invitation: format!("{site}/my/skills-audit/{}", body.slug),
            earlier: rounds
                .iter()
                .filter(|other| other.id != round.id)
                .map(|other| Link::new(&other.title, format!("{address}?round={}", other.id)))
                .collect(),
            organisation: body.name.to_owned(),
            round: round.title.clone(),
            open: round.is_open(),
            slug: body.slug.to_owned(),
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

fn hidden_because(finished: i64) -> String {
    match usize::try_from(finished).unwrap_or_default() {
        0 => "Nobody has finished yet.".to_owned(),
        n if n < FEWEST => format!("{} finished so far.", count(n, "person has", "people have")),
        _ => "No skill has five answers yet.".to_owned(),
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

/// The rounds, for the VRP.
#[derive(Serialize)]
pub struct RoundsPage {
    open: Option<RoundRow>,
    closed: Vec<RoundRow>,
    form: Filled,
}
#[derive(Serialize)]
struct RoundRow {
    title: String,
    opened: String,
    closed: String,
    finished: String,
}
impl RoundsPage {
    /// `rounds` with how many people have finished each.
    pub fn new(rounds: &[(Round, i64)], form: Filled) -> Self {
        let (open, closed): (Vec<_>, Vec<_>) = rounds.iter().partition(|(round, _)| round.is_open());
        let row = |(round, finished): &(Round, i64)| RoundRow {
            title: round.title.clone(),
            opened: say_day(crate::clock::day_of(round.opened_at)),
            closed: round.closed_at.map(|at| say_day(crate::clock::day_of(at))).unwrap_or_default(),
            finished: count_people(*finished),
        };
        Self { open: open.first().map(|r| row(r)), closed: closed.iter().map(|r| row(r)).collect(), form }
    }
}
impl Page for RoundsPage {
    const TEMPLATE: &'static str = "skills_audit/rounds";
    fn title(&self) -> String {
        "Rounds of the skills audit".into()
    }
    fn back(&self) -> Option<Link> {
        Link::back("/vrp")
    }
}

/// Each page with made-up content.
pub fn samples() -> Vec<Sample> {
    let body = Body { name: "The Hub", slug: "the-hub" };
    let mut instrument = read_questions().expect("the questions were read when the database was made");
    instrument.modules = vec![("safeguarding".into(), "Safeguarding".into()), ("send".into(), "SEND".into())];
    let shapes = [[3, 2, 1, 0, 0], [2, 2, 1, 0, 1], [1, 2, 1, 1, 1], [0, 1, 2, 2, 1], [1, 0, 2, 2, 1], [0, 0, 1, 3, 2]];
    let spreads = instrument.skills.iter().take(33).zip(shapes.into_iter().cycle()).map(|(skill, people_at)| Spread {
        skill: skill.id.clone(),
        people_at,
        wanting: people_at[0] + 1,
    });
    let full = Picture { people: 9, finished: 7, shown: 6, spreads: spreads.collect() };
    let hidden = Picture { people: 9, finished: 3, shown: 0, spreads: Vec::new() };
    let round = Round::sample();
    let page = |picture| {
        let earlier = Round { title: "Skills audit 2025/26".into(), ..Round::sample() };
        PicturePage::new("https://example.org", &body, &instrument, &round, &[round.clone(), earlier], picture)
    };
    let results = Results {
        strengths: instrument.skills.iter().take(2).collect(),
        gaps: instrument.skills.iter().skip(2).take(3).collect(),
        steps: [(1, 2), (2, 0), (0, 1)]
            .map(|(wanted, low)| Step { title: "Exploitation awareness".into(), wanted, low })
            .into(),
        unanswered: 3,
    };
    let nothing = Results { strengths: Vec::new(), gaps: Vec::new(), steps: Vec::new(), unanswered: 0 };
    let blank = Filled::blank(RoundForm::FIELDS);
    vec![
        sample(&ResultsPage::new(&body, &round, &results)),
        sample(&ResultsPage::new(&body, &round, &nothing)),
        sample(&page(&full)),
        sample(&page(&hidden)),
        sample(&RoundsPage::new(&[(round.clone(), 214)], blank.clone().with_problem("title", ROUND_OPEN_ALREADY))),
        sample(&RoundsPage::new(&[], blank)),
    ]
}
