//! The plan as a whole: what is open, what could come next, what is over.

use std::collections::BTreeMap;

use chrono::{Days, NaiveDate};
use serde::Serialize;

use super::action::{ActionState, PlannedAction};
use crate::clock::{day_of, say_day};
use crate::db::DbConnection;
use crate::error::Result;
use crate::framework::{Indicator, Weight, indicators_as_asked_last, level_name, weight_name};
use crate::ids::{ActionId, IndicatorId, OrganisationId};
use crate::live_records::RecordVerdict;
use crate::quality::answer::Judgement;
use crate::quality::assessment::Assessment;
use crate::quality::pages::Home;
use crate::quality::progress::{Sheet, Standing};
use crate::web::{Link, Page, Sample, sample};

/// Everything that was planned, and what the last assessment says could be.
pub struct Plan {
    /// What is due first at the top, each with the name of its owner.
    pub actions: Vec<(PlannedAction, Option<String>)>,
    /// What the questions say today.
    pub questions: BTreeMap<IndicatorId, Indicator>,
    /// What was answered “not yet”, or is not shown any more, with nothing planned for it; musts first.
    pub gaps: Vec<Indicator>,
}

impl Plan {
    /// Three queries, and those of the sheet.
    pub fn of(conn: &mut DbConnection, organisation: OrganisationId) -> Result<Self> {
        let actions = PlannedAction::all_of(conn, organisation)?;
        let ids: Vec<_> = actions.iter().map(|(action, _)| action.indicator_id.clone()).collect();
        let questions = indicators_as_asked_last(conn, &ids)?.into_iter().map(|i| (i.id.clone(), i)).collect();
        let sheet = match Assessment::latest_of(conn, organisation)? {
            Some(assessment) => Some(Sheet::of(conn, &assessment)?),
            None => None,
        };
        Ok(Self { gaps: sheet.as_ref().map(gaps_of).unwrap_or_default(), actions, questions })
    }

    pub fn question(&self, action: &PlannedAction) -> &str {
        self.questions.get(&action.indicator_id).map(|i| i.question.as_str()).unwrap_or("A question of before")
    }

    pub fn open(&self) -> impl Iterator<Item = &(PlannedAction, Option<String>)> {
        self.actions.iter().filter(|(action, _)| action.state().is_open())
    }

    pub fn closed(&self) -> impl Iterator<Item = &(PlannedAction, Option<String>)> {
        self.actions.iter().filter(|(action, _)| !action.state().is_open())
    }
}

fn gaps_of(sheet: &Sheet) -> Vec<Indicator> {
    let is_gap = |indicator: &&Indicator| {
        let lapsed = sheet.record(indicator).is_some_and(RecordVerdict::has_lapsed);
        let not_yet = sheet.standing(indicator) == Standing::Answered(Judgement::NotYet);
        (lapsed || not_yet) && !sheet.actions.contains_key(&indicator.id)
    };
    let mut gaps: Vec<_> = sheet.framework.indicators.iter().filter(is_gap).cloned().collect();
    gaps.sort_by_key(|indicator| indicator.weight != Weight::Must);
    gaps
}

/// Whose a step is, in words.
pub(in crate::quality) fn say_owner(owner: Option<&String>) -> String {
    owner.cloned().unwrap_or_else(|| "The leads together".to_owned())
}

/// Where a step is, and how that is coloured.
pub(in crate::quality) fn say_state(action: &PlannedAction, today: NaiveDate) -> (&'static str, &'static str) {
    match action.state() {
        ActionState::Done => ("Done", "green"),
        ActionState::Dropped => ("Not going ahead", "grey"),
        _ if action.due_on < today => ("Overdue", "orange"),
        _ if action.due_on <= today + Days::new(14) => ("Due soon", "yellow"),
        ActionState::UnderWay => ("Under way", "turquoise"),
        ActionState::Planned => ("Planned", "blue"),
    }
}

#[derive(Serialize)]
struct StepRow {
    question: String,
    address: String,
    progress_address: String,
    aim: &'static str,
    first_step: String,
    due_on: String,
    owner: String,
    helper: String,
    young_people: String,
    outcome: String,
    tag: &'static str,
    colour: &'static str,
    closed_on: Option<String>,
}

#[derive(Serialize)]
struct GapRow {
    question: String,
    address: String,
    weight: &'static str,
}

/// The whole plan.
#[derive(Serialize)]
pub struct PlanPage {
    organisation_name: String,
    done: usize,
    total: usize,
    open: Vec<StepRow>,
    closed: Vec<StepRow>,
    gaps: Vec<GapRow>,
    paper: String,
    quality: String,
    may_change: bool,
    #[serde(skip)]
    back_to: String,
}

impl PlanPage {
    pub fn new(home: &Home<'_>, plan: &Plan, may_change: bool, today: NaiveDate) -> Self {
        let row = |entry: &(PlannedAction, Option<String>)| StepRow::new(home, plan, entry, today);
        let gap = |indicator: &Indicator| GapRow {
            question: indicator.question.clone(),
            address: home.step(&indicator.id),
            weight: weight_name(indicator.weight),
        };
        let is_done = |(action, _): &&(PlannedAction, Option<String>)| action.state() == ActionState::Done;
        let dropped = plan.closed().filter(|entry| !is_done(entry)).count();
        Self {
            organisation_name: home.name.to_owned(),
            done: plan.actions.iter().filter(is_done).count(),
            total: plan.actions.len() - dropped,
            open: plan.open().map(row).collect(),
            closed: plan.closed().map(row).collect(),
            gaps: plan.gaps.iter().map(gap).collect(),
            paper: format!("{}.pdf", home.plan()),
            quality: home.quality(),
            may_change,
            back_to: home.quality(),
        }
    }
}

impl StepRow {
    fn new(home: &Home<'_>, plan: &Plan, (action, owner): &(PlannedAction, Option<String>), today: NaiveDate) -> Self {
        let (tag, colour) = say_state(action, today);
        let address = home.step(&action.indicator_id);
        Self {
            question: plan.question(action).to_owned(),
            progress_address: format!("{address}/progress"),
            address,
            aim: level_name(action.aim),
            first_step: action.first_step.clone(),
            due_on: say_day(action.due_on),
            owner: say_owner(owner.as_ref()),
            helper: action.helper.clone(),
            young_people: action.young_people.clone(),
            outcome: action.outcome.clone(),
            tag,
            colour,
            closed_on: action.closed_at.map(|at| say_day(day_of(at))),
        }
    }
}

impl Page for PlanPage {
    const TEMPLATE: &'static str = "quality/plan/plan";
    fn title(&self) -> String {
        "Action plan".into()
    }
    fn back(&self) -> Option<Link> {
        Some(Link::new("Quality self-assessment", &self.back_to))
    }
}

/// A step that nobody planned.
pub(super) fn made_up_step(state: ActionState, indicator: &Indicator) -> PlannedAction {
    PlannedAction {
        id: ActionId::new(),
        organisation_id: OrganisationId::new(),
        indicator_id: indicator.id.clone(),
        aim: crate::framework::Level::Established,
        first_step: "Ask three young helpers what a good welcome looks like.".into(),
        due_on: NaiveDate::from_ymd_opt(2027, 3, 1).unwrap_or_default(),
        owned_by: None,
        helper: "Base 51".into(),
        young_people: "They write the checklist.".into(),
        state,
        outcome: if state.is_open() { String::new() } else { "The checklist hangs at the door.".into() },
        added_by: crate::ids::AccountId::new(),
        added_at: Default::default(),
        closed_at: (!state.is_open()).then(Default::default),
        told_of: None,
    }
}

pub(super) fn samples() -> Vec<Sample> {
    let framework = crate::framework::Framework::written_in_content(Default::default()).expect("content");
    let home = Home { name: "The Hub", slug: "the-hub" };
    let states = ActionState::ALL.iter().zip(&framework.indicators);
    let plan = Plan {
        actions: states.map(|(state, i)| (made_up_step(*state, i), Some("Ben Ward".into()))).collect(),
        questions: framework.indicators.iter().take(4).map(|i| (i.id.clone(), i.clone())).collect(),
        gaps: framework.indicators[5..8].to_vec(),
    };
    let empty = Plan { actions: Vec::new(), questions: BTreeMap::new(), gaps: Vec::new() };
    vec![
        sample(&PlanPage::new(&home, &plan, true, Default::default())),
        sample(&PlanPage::new(&home, &empty, true, Default::default())),
        sample(&PlanPage::new(&home, &plan, false, Default::default())),
    ]
}
