//! The story as a page.

use chrono::NaiveDate;
use serde::Serialize;
use serde_json::{Value, json};

use super::telling::StoryLine;
use crate::clock::{day_of, say_day, say_time};
use crate::organisations::Organisation;
use crate::review::endorsement::Endorsement;
use crate::review::review::Outcome;
use crate::review::wording::{endorsement_state_colour, endorsement_state_name, outcome_name};
use crate::web::{Link, Page, Sample, count, sample};

/// The story of one endorsement, day by day.
#[derive(Serialize)]
pub struct StoryPage {
    organisation_name: String,
    number: String,
    state: &'static str,
    colour: &'static str,
    days: Vec<StoryDay>,
}
#[derive(Serialize)]
struct StoryDay {
    day: String,
    lines: Vec<StoryRow>,
}
#[derive(Serialize)]
struct StoryRow {
    at: String,
    who: String,
    what: String,
    why: Option<String>,
}

impl StoryPage {
    pub fn new(organisation: &Organisation, endorsement: &Endorsement, lines: &[StoryLine]) -> Self {
        Self {
            organisation_name: organisation.name.clone(),
            number: endorsement.number.clone(),
            state: endorsement_state_name(endorsement.state()),
            colour: endorsement_state_colour(endorsement.state()),
            days: by_day(lines),
        }
    }
}

fn by_day(lines: &[StoryLine]) -> Vec<StoryDay> {
    let mut days: Vec<(NaiveDate, StoryDay)> = Vec::new();
    for line in lines {
        let on = day_of(line.at);
        if days.last().is_none_or(|(day, _)| *day != on) {
            days.push((on, StoryDay { day: say_day(on), lines: Vec::new() }));
        }
        if let Some((_, day)) = days.last_mut() {
            day.lines.push(StoryRow::of(line));
        }
    }
    days.into_iter().map(|(_, day)| day).collect()
}

impl StoryRow {
    fn of(line: &StoryLine) -> Self {
        let why = ["reasons", "reason", "grounds"].iter().find_map(|key| line.details[key].as_str());
        Self {
            at: say_time(line.at),
            who: line.who.clone(),
            what: say_deed(line),
            why: why.filter(|why| !why.is_empty()).map(str::to_owned),
        }
    }
}

/// What somebody did, to be read after their name.
fn say_deed(line: &StoryLine) -> String {
    let details = &line.details;
    match line.verb.as_str() {
        _ if line.is_preparing() => {
            format!("worked on the answers and the evidence: {}", count(line.times, "entry", "entries"))
        }
        "assessment begun" => "began the self-assessment".into(),
        "assessment submitted" => "sent it to be reviewed".into(),
        "review begun" => "took it: the review began".into(),
        "review assigned" => "gave the review to a reviewer".into(),
        "review handed over" => "handed the review over to another reviewer".into(),
        "review given back" => format!("gave the review back into the queue{}", say_because(details)),
        "finding recorded" => format!("wrote down {}", count(line.times, "finding", "findings")),
        "changes requested" => {
            let asked = details["indicators"].as_array().map_or(0, Vec::len);
            format!("asked the organisation to change {}", count(asked, "answer", "answers"))
        }
        "assessment returned to the reviewer" => "sent the changed answers back".into(),
        "recommendation made" => format!("recommended: {}", say_outcome(details)),
        "recommendation sent back" => "sent the recommendation back to the reviewer".into(),
        "decision made" => format!("decided: {}", say_outcome(details)),
        "decision set aside" => "set the decision aside: other people review it afresh".into(),
        "endorsement issued" => "gave the endorsement".into(),
        "endorsement suspended" => "suspended the endorsement".into(),
        "endorsement reinstated" => "put the endorsement in force again".into(),
        "endorsement revoked" => "revoked the endorsement".into(),
        "endorsement restored on appeal" => "put the endorsement in force again, after the appeal".into(),
        "endorsement replaced" => "put a newer endorsement in its place".into(),
        "endorsement lapsed" => "ended the endorsement: its last day was over".into(),
        "appeal lodged" => "appealed".into(),
        "appeal upheld" => "upheld the appeal".into(),
        "appeal not upheld" => "did not uphold the appeal".into(),
        other => other.to_owned(),
    }
}

fn say_because(details: &Value) -> &'static str {
    match details["because"].as_str() {
        Some("tie") => ", because the reviewer had a tie to the organisation",
        Some("role withdrawn") => ", because the reviewer was none any more",
        Some("account closed") => ", because the reviewer’s account was closed",
        _ => "",
    }
}

fn say_outcome(details: &Value) -> &'static str {
    details["outcome"].as_str().and_then(Outcome::parse).map_or("", outcome_name)
}

impl Page for StoryPage {
    const TEMPLATE: &'static str = "review/story";
    fn title(&self) -> String {
        format!("The story of {}, {}", self.number, self.organisation_name)
    }
    fn back(&self) -> Option<Link> {
        Link::back("/my")
    }
}

/// The page with made-up content.
pub fn samples() -> Vec<Sample> {
    let line = |who: &str, verb: &str, details: Value, times| StoryLine {
        at: NaiveDate::from_ymd_opt(2026, 11, 3).and_then(|day| day.and_hms_opt(16, 5, 0)).unwrap_or_default(),
        who: who.into(),
        verb: verb.into(),
        details,
        times,
    };
    let lines = [
        line("Asha Patel and others", "answer saved", json!({}), 82),
        line("Asha Patel", "assessment submitted", json!({}), 1),
        line("Rob Ward", "finding recorded", json!({}), 41),
        line("Rob Ward", "recommendation made", json!({ "outcome": "established", "reasons": "Well evidenced." }), 1),
    ];
    vec![sample(&StoryPage {
        organisation_name: "The Hub".into(),
        number: "YC-2026-0001".into(),
        state: "In force",
        colour: "green",
        days: by_day(&lines),
    })]
}
