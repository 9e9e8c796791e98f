//! What is planned for a question, below it.

use serde::Serialize;

use super::beside::Looker;
use super::pages::Home;
use super::plan::{say_owner, say_state};
use super::progress::Sheet;
use crate::clock::say_day;
use crate::framework::{Indicator, level_name};

#[derive(Serialize)]
pub(super) struct StepPart {
    planned: Option<Planned>,
    address: String,
    may_change: bool,
}

#[derive(Serialize)]
struct Planned {
    aim: &'static str,
    due_on: String,
    owner: String,
    helper: String,
    first_step: String,
    tag: &'static str,
    colour: &'static str,
}

impl StepPart {
    pub(super) fn of(home: &Home<'_>, sheet: &Sheet, indicator: &Indicator, looker: Looker) -> Self {
        let planned = sheet.actions.get(&indicator.id).map(|(step, owner)| {
            let (tag, colour) = say_state(step, looker.today);
            Planned {
                aim: level_name(step.aim),
                due_on: say_day(step.due_on),
                owner: say_owner(owner.as_ref()),
                helper: step.helper.clone(),
                first_step: step.first_step.clone(),
                tag,
                colour,
            }
        });
        Self { planned, address: home.step(&indicator.id), may_change: looker.may_change }
    }
}
