//! Telling the owner of a step that its day is near: once for each day it is set to.
//! Each batch is an act; a step is marked with the day it was told of.
//! Not here: moving the day, which its owner does.

use chrono::Days;
use diesel::prelude::*;
use serde::Serialize;
use serde_json::json;

use super::action::{ActionState, PlannedAction};
use crate::accounts::Account;
use crate::acts::Act;
use crate::clock::say_day;
use crate::db::schema::{organisations, planned_actions as actions};
use crate::error::Result;
use crate::framework::indicators_as_asked_last;
use crate::mail::Letter;
use crate::organisations::{Member, Organisation, OrganisationStanding};

/// So many steps in one act.
const BATCH: i64 = 100;
/// So long before the day.
const AHEAD: Days = Days::new(14);

#[derive(Serialize)]
struct StepDue<'a> {
    organisation: &'a str,
    slug: &'a str,
    question: &'a str,
    indicator: &'a str,
    first_step: &'a str,
    due_on: String,
}
impl Letter for StepDue<'_> {
    const NAME: &'static str = "step-due";
}

/// Writes about the next steps whose day is near; returns how many there were, 0 when all are told.
pub fn remind_of_actions(act: &mut Act<'_>) -> Result<usize> {
    let until = act.today() + AHEAD;
    let due: Vec<(PlannedAction, Organisation)> = actions::table
        .inner_join(organisations::table)
        .filter(actions::state.eq_any(ActionState::OPEN))
        .filter(actions::due_on.le(until))
        .filter(untold())
        .filter(organisations::standing.eq(OrganisationStanding::Open))
        .order((actions::due_on, actions::id))
        .limit(BATCH)
        .select((PlannedAction::as_select(), Organisation::as_select()))
        .load(act.conn)?;
    for (action, organisation) in &due {
        // Of two servers one tells.
        let marked = diesel::update(actions::table.find(action.id))
            .filter(actions::due_on.eq(action.due_on))
            .filter(untold())
            .set(actions::told_of.eq(action.due_on))
            .execute(act.conn)?;
        if marked == 1 {
            write(act, action, organisation)?;
        }
    }
    Ok(due.len())
}

fn write(act: &mut Act<'_>, action: &PlannedAction, organisation: &Organisation) -> Result<()> {
    let asked = indicators_as_asked_last(act.conn, std::slice::from_ref(&action.indicator_id))?;
    let letter = StepDue {
        organisation: &organisation.name,
        slug: &organisation.slug,
        question: asked.first().map(|indicator| indicator.question.as_str()).unwrap_or_default(),
        indicator: action.indicator_id.as_str(),
        first_step: &action.first_step,
        due_on: say_day(action.due_on),
    };
    act.record("step told", organisation.subject(), json!({ "indicator": action.indicator_id }))?;
    let owner = match action.owned_by {
        Some(owner) => Member::of_account(act.conn, organisation.id, owner)?.map(|_| owner),
        None => None,
    };
    match owner {
        Some(owner) => {
            let account = Account::find(act.conn, owner)?;
            act.post(&account.address(), &letter)
        }
        None => organisation.tell_leads(act, &letter),
    }
}

/// Nobody was told of the day that stands there now.
#[diesel::dsl::auto_type(no_type_alias)]
fn untold() -> _ {
    actions::told_of.is_null().or(actions::told_of.assume_not_null().ne(actions::due_on))
}
