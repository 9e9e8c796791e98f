//! One step: to plan or change it, and to say how it goes.

use serde::Serialize;

use super::action::{ActionState, PlannedAction};
use super::forms::{ProgressForm, StepForm};
use super::pages::made_up_step;
use crate::clock::say_day;
use crate::error::{Error, Result};
use crate::framework::{Indicator, Level, level_name};
use crate::ids::AccountId;
use crate::quality::pages::Home;
use crate::web::{Choice, Filled, Link, Page, Sample, choices, sample};

pub(super) const STEP_SAVED: &str = "The step is in your plan";
pub(super) const PROGRESS_SAVED: &str = "Saved. Thank you for keeping the plan true";

/// A question, what is planned for it, and who could do it.
pub struct Around {
    pub indicator: Indicator,
    pub action: Option<PlannedAction>,
    pub people: Vec<(AccountId, String)>,
}

impl Around {
    /// What is planned; not found where nothing is.
    pub fn action(&self) -> Result<&PlannedAction> {
        self.action.as_ref().ok_or(Error::NotFound)
    }
}

/// Planning a step, or changing it.
#[derive(Serialize)]
pub struct StepPage {
    organisation_name: String,
    question: String,
    is_new: bool,
    action: String,
    form: Filled,
    aims: Vec<Choice>,
    owners: Vec<Choice>,
    /// The mark of what is planned now; empty where nothing is.
    seen: String,
    /// Somebody else saved it while this form was filled in.
    meanwhile: bool,
    #[serde(skip)]
    back_to: String,
}

impl StepPage {
    pub fn new(home: &Home<'_>, around: &Around, form: Filled) -> Self {
        let descriptor = |level: &Level| {
            Choice::new(level.as_str(), level_name(*level)).with_hint(around.indicator.descriptor(*level))
        };
        let person = |(account, name): &(AccountId, String)| Choice::new(account.as_str(), name.as_str());
        let leads = Choice::new("", "The leads together");
        Self {
            organisation_name: home.name.to_owned(),
            question: around.indicator.question.clone(),
            is_new: around.action.is_none(),
            action: home.step(&around.indicator.id),
            form,
            aims: Level::ALL.iter().map(descriptor).collect(),
            owners: std::iter::once(leads).chain(around.people.iter().map(person)).collect(),
            seen: around.action.as_ref().map(PlannedAction::mark).unwrap_or_default(),
            meanwhile: false,
            back_to: home.plan(),
        }
    }

    /// What was typed stands in the form, and is not saved.
    pub fn changed_meanwhile(self) -> Self {
        Self { meanwhile: true, ..self }
    }
}

impl Page for StepPage {
    const TEMPLATE: &'static str = "quality/plan/step";
    fn title(&self) -> String {
        if self.is_new { "Plan a step" } else { "Change a step" }.into()
    }
    fn back(&self) -> Option<Link> {
        Some(Link::new("Action plan", &self.back_to))
    }
}

/// Saying how a step goes.
#[derive(Serialize)]
pub struct ProgressPage {
    organisation_name: String,
    question: String,
    first_step: String,
    due_on: String,
    action: String,
    change: String,
    form: Filled,
    states: Vec<Choice>,
    seen: String,
    meanwhile: bool,
    #[serde(skip)]
    back_to: String,
}

impl ProgressPage {
    pub fn new(home: &Home<'_>, around: &Around, form: Filled) -> Result<Self> {
        let (action, change) = (around.action()?, home.step(&around.indicator.id));
        Ok(Self {
            organisation_name: home.name.to_owned(),
            question: around.indicator.question.clone(),
            first_step: action.first_step.clone(),
            due_on: say_day(action.due_on),
            action: format!("{change}/progress"),
            change,
            form,
            states: choices(&[
                (ActionState::Planned.as_str(), "Not begun yet"),
                (ActionState::UnderWay.as_str(), "Under way"),
                (ActionState::Done.as_str(), "Done"),
                (ActionState::Dropped.as_str(), "Not going ahead"),
            ]),
            seen: action.mark(),
            meanwhile: false,
            back_to: home.plan(),
        })
    }

    /// What was typed stands in the form, and is not saved.
    pub fn changed_meanwhile(self) -> Self {
        Self { meanwhile: true, ..self }
    }
}

impl Page for ProgressPage {
    const TEMPLATE: &'static str = "quality/plan/progress";
    fn title(&self) -> String {
        "How is it going?".into()
    }
    fn back(&self) -> Option<Link> {
        Some(Link::new("Action plan", &self.back_to))
    }
}

pub(super) fn samples() -> Vec<Sample> {
    let framework = crate::framework::Framework::written_in_content(Default::default()).expect("content");
    let home = Home { name: "The Hub", slug: "the-hub" };
    let indicator = framework.indicators[0].clone();
    let step = made_up_step(ActionState::Planned, &indicator);
    let people = vec![(AccountId::new(), "Ben Ward".to_owned())];
    let new = Around { indicator: indicator.clone(), action: None, people: people.clone() };
    let (step_form, progress_form) = (StepForm::filled_from(&step), ProgressForm::filled_from(&step));
    let planned = Around { indicator, action: Some(step), people };
    let wrong = Filled::blank(StepForm::FIELDS).with_problem("first_step", "Enter the first step");
    let progress = |form| ProgressPage::new(&home, &planned, form).expect("it is planned");
    vec![
        sample(&StepPage::new(&home, &new, Filled::blank(StepForm::FIELDS))),
        sample(&StepPage::new(&home, &new, wrong)),
        sample(&StepPage::new(&home, &planned, step_form.clone())),
        sample(&StepPage::new(&home, &planned, step_form).changed_meanwhile()),
        sample(&progress(progress_form.clone())),
        sample(&progress(progress_form.clone().with_problem("state", "Select where it is"))),
        sample(&progress(progress_form).changed_meanwhile()),
    ]
}
