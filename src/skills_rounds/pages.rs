//! The rounds, for the VRP.

use serde::Serialize;

use super::forms::RoundForm;
use super::plan::RoundPlan;
use crate::clock::{day_of, say_day};
use crate::ids::DistrictCode;
use crate::organisations::District;
use crate::skills_audit::{Rate, Round};
use crate::web::{Choice, Filled, Link, Page, Sample, count, sample};

pub(super) const ROUND_OPENED: &str = "The round is open. People can answer now";
pub(super) const ROUND_PLANNED: &str = "The round is planned. It opens by itself on its first day";
pub(super) const ROUND_CLOSED: &str = "The round is closed";
pub(super) const PLAN_WITHDRAWN: &str = "The planned round is withdrawn";
pub(super) const ROUND_OPEN_ALREADY: &str = "A round is open already. Close it first, or enter a first day after today";
pub(super) const ROUND_PLANNED_ALREADY: &str = "A round is planned already. Withdraw it before you plan another";

/// All rounds.
#[derive(Serialize)]
pub struct RoundsPage {
    open: Option<RoundRow>,
    planned: Option<PlannedRow>,
    closed: Vec<RoundRow>,
    districts: Vec<Choice>,
    form: Filled,
}
#[derive(Serialize)]
struct RoundRow {
    title: String,
    address: String,
    opened: String,
    closed: String,
    closes_on: Option<String>,
    for_whom: String,
    organisations: String,
    /// `214 of 530 people (40%)`.
    finished: String,
}
#[derive(Serialize)]
struct PlannedRow {
    title: String,
    opens_on: String,
    closes_on: Option<String>,
    for_whom: String,
}
impl RoundsPage {
    /// `rounds` with how far each is; `of_open`: the districts that the open one is for.
    pub fn new(
        rounds: &[(Round, Rate)],
        of_open: &[DistrictCode],
        plan: Option<&RoundPlan>,
        districts: &[District],
        form: Filled,
    ) -> Self {
        let (open, closed): (Vec<_>, Vec<_>) = rounds.iter().partition(|(round, _)| round.is_open());
        Self {
            open: open.first().map(|(round, rate)| round_row(round, *rate, say_districts(of_open, districts))),
            planned: plan.map(|plan| PlannedRow {
                title: plan.title.clone(),
                opens_on: say_day(plan.opens_on),
                closes_on: plan.closes_on.map(say_day),
                for_whom: say_districts(&plan.terms().districts, districts),
            }),
            closed: closed.iter().map(|(round, rate)| round_row(round, *rate, String::new())).collect(),
            districts: districts.iter().map(|one| Choice::new(one.code.as_str(), &one.name)).collect(),
            form,
        }
    }
}

fn round_row(round: &Round, rate: Rate, for_whom: String) -> RoundRow {
    RoundRow {
        title: round.title.clone(),
        address: format!("/vrp/skills-audit/rounds/{}", round.id),
        opened: say_day(day_of(round.opened_at)),
        closed: round.closed_at.map(|at| say_day(day_of(at))).unwrap_or_default(),
        closes_on: round.closes_on.map(say_day),
        for_whom,
        organisations: count(rate.organisations.unsigned_abs() as usize, "organisation", "organisations"),
        finished: say_rate(rate),
    }
}

/// How many have finished, with the number it is of.
pub fn say_rate(rate: Rate) -> String {
    let people = count(rate.people.unsigned_abs() as usize, "person", "people");
    match (rate.finished * 100).checked_div(rate.people) {
        None | Some(0) => format!("{} of {people}", rate.finished),
        Some(share) => format!("{} of {people} ({share}%)", rate.finished),
    }
}

fn say_districts(codes: &[DistrictCode], districts: &[District]) -> String {
    if codes.is_empty() {
        return "everyone".to_owned();
    }
    let names: Vec<&str> =
        districts.iter().filter(|one| codes.contains(&one.code)).map(|one| one.name.as_str()).collect();
    format!("organisations in {}", names.join(", "))
}

impl Page for RoundsPage {
    const TEMPLATE: &'static str = "skills_rounds/rounds";
    fn title(&self) -> String {
        "Rounds of the skills audit".into()
    }
    fn back(&self) -> Option<Link> {
        Link::back("/vrp")
    }
}

/// Each page with made-up content.
pub fn samples() -> Vec<Sample> {
    let blank = Filled::blank(RoundForm::FIELDS);
    let rate = Rate { organisations: 34, people: 530, finished: 214 };
    let open = (Round::sample(), rate);
    let last = Round::sample_called("Skills audit 2026/27", Some(Default::default()));
    let problem = blank.clone().with_problem("title", ROUND_OPEN_ALREADY);
    let plan = RoundPlan::sample();
    vec![
        sample(&RoundsPage::new(&[open], &["E06000018".into()], Some(&plan), &[], problem)),
        sample(&RoundsPage::new(&[(last, Rate::default())], &[], None, &[], blank.clone())),
        sample(&RoundsPage::new(&[], &[], None, &[], blank)),
    ]
}
