//! What an organisation can appeal against now: its last decision, when it fell short of what the organisation hoped
//! for, and what was done to its endorsement last, when that was suspended or revoked.

use chrono::{Days, NaiveDate};
use diesel::prelude::*;

use super::appeal::Against;
use crate::clock::day_of;
use crate::db::DbConnection;
use crate::db::schema::review_appeals as appeals;
use crate::error::Result;
use crate::ids::OrganisationId;
use crate::programme::Programme;
use crate::review::decision::{Decided, Decision};
use crate::review::endorsement::Endorsement;
use crate::review::finding::Desk;
use crate::review::review::Outcome;
use crate::review::standing::{EndorsementStep, RecordedStep};
use crate::text_enum;

text_enum! {
    /// What an appeal is about, as addresses call it.
    pub enum Contested { Decision = "decision", Endorsement = "endorsement" }
}

/// Something that can be appealed against.
#[derive(Debug, Clone)]
pub struct Contestable {
    pub against: Against,
    /// The decision that the case came to.
    pub decision: Decision,
    /// What was done to the endorsement, where that is contested.
    pub step: Option<(Endorsement, RecordedStep)>,
    /// The last day.
    pub until: NaiveDate,
}

impl Contestable {
    /// Everything, the decision first.
    pub fn all_of(conn: &mut DbConnection, organisation: OrganisationId, today: NaiveDate) -> Result<Vec<Self>> {
        let both = Contested::ALL.iter().map(|which| Self::find(conn, organisation, *which, today));
        Ok(both.collect::<Result<Vec<_>>>()?.into_iter().flatten().collect())
    }

    pub fn find(
        conn: &mut DbConnection,
        organisation: OrganisationId,
        which: Contested,
        today: NaiveDate,
    ) -> Result<Option<Self>> {
        let found = match which {
            Contested::Decision => last_decision(conn, organisation)?,
            Contested::Endorsement => last_step(conn, organisation)?,
        };
        let Some(found) = found.filter(|found| found.until >= today) else { return Ok(None) };
        Ok(if found.is_appealed_against(conn)? { None } else { Some(found) })
    }

    /// Which of the two it is.
    pub fn which(&self) -> Contested {
        if self.step.is_some() { Contested::Endorsement } else { Contested::Decision }
    }

    fn is_appealed_against(&self, conn: &mut DbConnection) -> Result<bool> {
        let count: i64 = match &self.step {
            None => appeals::table
                .filter(appeals::review_id.eq(self.decision.review_id))
                .filter(appeals::endorsement_id.is_null())
                .count()
                .get_result(conn)?,
            Some((endorsement, step)) => appeals::table
                .filter(appeals::endorsement_id.eq(endorsement.id))
                .filter(appeals::step_number.eq(step.number))
                .count()
                .get_result(conn)?,
        };
        Ok(count > 0)
    }
}

/// The last day of appealing against what was decided on a day.
pub fn appeal_until(conn: &mut DbConnection, decided_on: NaiveDate) -> Result<NaiveDate> {
    let days = Programme::now(conn)?.appeal_days;
    Ok(decided_on.checked_add_days(Days::new(days.into())).unwrap_or(NaiveDate::MAX))
}

fn last_decision(conn: &mut DbConnection, organisation: OrganisationId) -> Result<Option<Contestable>> {
    let Some(decided) = Decided::latest_about(conn, organisation)? else { return Ok(None) };
    if decided.review.set_aside_at.is_some() {
        return Ok(None);
    }
    let desk = Desk::lay_out(conn, &decided.assessment, Some(&decided.review))?;
    let outcome = decided.decision.outcome;
    let against = match outcome {
        Outcome::NotYet => Against::NotYet,
        _ if outcome.level() < desk.level_claimed() => Against::Level,
        _ => return Ok(None),
    };
    let until = appeal_until(conn, day_of(decided.decision.decided_at))?;
    Ok(Some(Contestable { against, decision: decided.decision, step: None, until }))
}

fn last_step(conn: &mut DbConnection, organisation: OrganisationId) -> Result<Option<Contestable>> {
    let Some(endorsement) = Endorsement::latest_of(conn, organisation)? else { return Ok(None) };
    let Some(step) = RecordedStep::last_of(conn, endorsement.id)? else { return Ok(None) };
    let against = match step.step {
        EndorsementStep::Suspend => Against::Suspension,
        EndorsementStep::Revoke => Against::Revocation,
        _ => return Ok(None),
    };
    let Some(review) = endorsement.review_id else { return Ok(None) };
    let Some(decision) = Decision::on(conn, review)? else { return Ok(None) };
    let until = appeal_until(conn, day_of(step.taken_at))?;
    Ok(Some(Contestable { against, decision, step: Some((endorsement, step)), until }))
}
