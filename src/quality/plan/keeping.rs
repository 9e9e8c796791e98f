//! Whose a step of the plan is: whoever it was given to, until they leave and it is passed on. A step that nobody in
//! particular owns is the leads'.
//! Not here: who may change it, which any contributor may while it is open.

use diesel::prelude::*;
use serde_json::json;

use super::action::ActionState;
use crate::acts::Act;
use crate::audit::Subject;
use crate::db::DbConnection;
use crate::db::schema::planned_actions as actions;
use crate::error::Result;
use crate::ids::{AccountId, OrganisationId};

/// How many open steps of an organisation are someone's.
pub fn count_actions_of(conn: &mut DbConnection, organisation: OrganisationId, account: AccountId) -> Result<i64> {
    let owned = actions::table.filter(actions::organisation_id.eq(organisation)).filter(actions::owned_by.eq(account));
    Ok(owned.filter(actions::state.eq_any(ActionState::OPEN)).count().get_result(conn)?)
}

/// Gives one's steps to another, or to the leads together.
pub fn pass_on_actions(
    act: &mut Act<'_>,
    organisation: OrganisationId,
    from: AccountId,
    to: Option<AccountId>,
) -> Result<()> {
    let owned = actions::table.filter(actions::organisation_id.eq(organisation)).filter(actions::owned_by.eq(from));
    let passed = diesel::update(owned).set(actions::owned_by.eq(to)).execute(act.conn)?;
    if passed == 0 {
        return Ok(());
    }
    let details = json!({ "from": from, "to": to, "steps": passed });
    act.record("steps passed on", Subject::within(organisation, "organisation", organisation), details)
}
