//! What people write when they plan a step, and when they say how it goes.

use chrono::{Datelike, NaiveDate};

use super::action::{ActionState, NewAction, PlannedAction};
use crate::framework::Level;
use crate::ids::AccountId;
use crate::web::{Ask, Filled, Form, Sent};
use crate::words::{Line, Passage};

/// Planning a step, or changing what is planned.
pub struct StepForm {
    pub new: NewAction,
    /// The mark of what was shown; empty where nothing was planned.
    pub seen: String,
}

impl StepForm {
    pub const FIELDS: &[&str] =
        &["aim", "first_step", "young_people", "owner", "helper", "due", "due-day", "due-month", "due-year"];

    /// The form as a step fills it.
    pub fn filled_from(action: &PlannedAction) -> Filled {
        let day: NaiveDate = action.due_on;
        let owner = action.owned_by.map(|owner| owner.to_string()).unwrap_or_default();
        Filled::blank(Self::FIELDS)
            .with("aim", action.aim.as_str())
            .with("first_step", &action.first_step)
            .with("young_people", &action.young_people)
            .with("owner", owner)
            .with("helper", &action.helper)
            .with("due-day", day.day().to_string())
            .with("due-month", day.month().to_string())
            .with("due-year", day.year().to_string())
    }
}

impl Form for StepForm {
    fn parse(sent: &mut Sent) -> Option<Self> {
        let first_step = sent.passage::<500>(Ask::new("first_step", "The first step", "Enter the first step"));
        let due_on = sent.day(Ask::new("due", "The day", "Enter the day it should be done by"));
        let owner = match sent.typed("owner").as_str() {
            "" => Some(None),
            typed => match typed.parse::<AccountId>() {
                Ok(account) => Some(Some(account)),
                Err(_) => sent.refuse("owner", "Select who does it"),
            },
        };
        let helper = sent.read_optional(Ask::new("helper", "Who helps", ""), "", Line::<150>::parse);
        let young_people = Ask::new("young_people", "How young people are part of it", "");
        let young_people = sent.read_optional(young_people, "", Passage::<500>::parse);
        let aim = sent.choice("aim", "Select what you work towards", Level::parse);
        let seen = sent.typed("seen");
        let new = NewAction {
            aim: aim?,
            first_step: first_step?.into_string(),
            due_on: due_on?,
            owned_by: owner?,
            helper: helper?.map(Line::into_string).unwrap_or_default(),
            young_people: young_people?.map(Passage::into_string).unwrap_or_default(),
        };
        Some(Self { new, seen })
    }
}

/// Saying how a step goes.
pub struct ProgressForm {
    pub state: ActionState,
    /// How it went; may be empty.
    pub outcome: String,
    pub seen: String,
}

impl ProgressForm {
    pub const FIELDS: &[&str] = &["state", "outcome"];

    /// The form as a step fills it.
    pub fn filled_from(action: &PlannedAction) -> Filled {
        Filled::blank(Self::FIELDS).with("state", action.state().as_str()).with("outcome", &action.outcome)
    }
}

impl Form for ProgressForm {
    fn parse(sent: &mut Sent) -> Option<Self> {
        let state = sent.choice("state", "Select where it is", ActionState::parse);
        let outcome = sent.read_optional(Ask::new("outcome", "How it went", ""), "", Passage::<1000>::parse);
        let seen = sent.typed("seen");
        let outcome = outcome?.map(Passage::into_string).unwrap_or_default();
        Some(Self { state: state?, outcome, seen })
    }
}
