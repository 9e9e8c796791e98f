//! Next steps as pages show them: on one's own page and above one's record.

use serde::Serialize;

use super::matrix::CellState;
use super::next_steps::{NextStep, NextSteps};
use super::pages::{mark_of, say_state};
use crate::clock::say_day;
use crate::web::count;

/// One step, for `training/next-steps.hbs`.
#[derive(Serialize)]
pub struct StepView {
    title: String,
    state: &'static str,
    state_text: String,
    /// It was done before.
    again: bool,
    log_address: String,
    /// How many sessions have places, in words; `None` when there are none.
    sessions: Option<String>,
    sessions_address: String,
}

impl StepView {
    fn all_of(next: &NextSteps) -> Vec<Self> {
        next.steps.iter().map(Self::new).collect()
    }

    fn new(step: &NextStep) -> Self {
        let id = &step.module.id;
        let sessions = count(step.sessions.unsigned_abs() as usize, "session has places", "sessions have places");
        Self {
            title: step.module.title.clone(),
            state: mark_of(step.state),
            state_text: say_state(&step.module, step.state, (step.expires_on, None), say_day),
            again: step.state != CellState::NotStarted,
            log_address: format!("/my/training/new?module={id}"),
            sessions: (step.sessions > 0).then_some(sessions),
            sessions_address: format!("/my/sessions?module={id}"),
        }
    }
}

/// What one's own page shows above the record, flattened into its template's context.
#[derive(Serialize)]
pub struct OwnView {
    own: bool,
    steps: Vec<StepView>,
    /// All that is required counts today.
    steps_done: bool,
    /// How many more steps there are, in words.
    steps_more: Option<String>,
}

impl OwnView {
    pub fn of(next: &NextSteps) -> Self {
        Self {
            own: true,
            steps: StepView::all_of(next),
            steps_done: next.required > 0 && next.steps.is_empty(),
            steps_more: (next.more > 0).then(|| format!("And {} more, in your training.", next.more)),
        }
    }

    /// On the pages of an organisation.
    pub fn none() -> Self {
        Self { own: false, steps: Vec::new(), steps_done: false, steps_more: None }
    }

    /// With made-up content.
    pub fn sample() -> Self {
        let step = |title: &str, state, text: &str, sessions: Option<&str>| StepView {
            title: title.into(),
            state: mark_of(state),
            state_text: text.into(),
            again: state != CellState::NotStarted,
            log_address: "/my/training/new?module=send".into(),
            sessions: sessions.map(str::to_owned),
            sessions_address: "/my/sessions?module=send".into(),
        };
        let steps = vec![
            step("Safeguarding", CellState::Expired, "Expired 3 November 2026", Some("2 sessions have places")),
            step("SEND", CellState::NotStarted, "Not started", None),
        ];
        Self { own: true, steps, steps_done: false, steps_more: Some("And 2 more, in your training.".into()) }
    }
}
