//! Who looks after an answer: whoever saved it last, until they leave and it is passed on. An answer that nobody in
//! particular looks after is the leads'. Who gave it stays as it was.
//! Not here: who may change it, which any contributor may while it is open.

use diesel::prelude::*;
use serde_json::json;

use super::answer::Answer;
use super::assessment::{Assessment, AssessmentState};
use crate::accounts::Account;
use crate::acts::Act;
use crate::audit::Subject;
use crate::db::DbConnection;
use crate::db::schema::{assessment_answers as answers, assessments};
use crate::error::Result;
use crate::ids::{AccountId, OrganisationId};

impl Answer {
    /// The name of whoever took it over from the one who gave it.
    pub fn new_keeper_name(&self, conn: &mut DbConnection) -> Result<Option<String>> {
        let taken_over = self.kept_by.filter(|keeper| *keeper != self.answered_by);
        taken_over.map(|keeper| Ok(Account::find(conn, keeper)?.name)).transpose()
    }
}

/// How many answers of an organisation's running assessment someone looks after.
pub fn count_answers_kept_by(conn: &mut DbConnection, organisation: OrganisationId, account: AccountId) -> Result<i64> {
    let over = [AssessmentState::Endorsed, AssessmentState::NotYet];
    let running = assessments::table
        .filter(assessments::organisation_id.eq(organisation))
        .filter(assessments::state.ne_all(over))
        .select(assessments::id);
    let kept = answers::table.filter(answers::assessment_id.eq_any(running)).filter(answers::kept_by.eq(account));
    Ok(kept.count().get_result(conn)?)
}

/// Gives what one looked after to another, or to the leads together: in assessments of before too, from which the next
/// one begins.
pub fn pass_on_answers(
    act: &mut Act<'_>,
    organisation: OrganisationId,
    from: AccountId,
    to: Option<AccountId>,
) -> Result<()> {
    let ours = assessments::table.filter(assessments::organisation_id.eq(organisation)).select(assessments::id);
    let kept = answers::table.filter(answers::assessment_id.eq_any(ours)).filter(answers::kept_by.eq(from));
    let passed = diesel::update(kept).set(answers::kept_by.eq(to)).execute(act.conn)?;
    let running = Assessment::latest_of(act.conn, organisation)?;
    let Some(latest) = running.filter(|_| passed > 0) else { return Ok(()) };
    let details = json!({ "from": from, "to": to, "answers": passed });
    act.record("answers passed on", Subject::within(organisation, "assessment", latest.id), details)
}
