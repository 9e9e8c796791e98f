//! Offering good practice to be shared: once an endorsement is in force, what its reviewer found worth learning from is
//! put before its organisation. Each endorsement is gone through once, those of before this was built too.
//! Not here: sharing it, which is the organisation's to do.

use chrono::NaiveDateTime;
use diesel::prelude::*;

use super::endorsement::EndorsementState;
use super::finding::Finding;
use crate::acts::Act;
use crate::db::schema::{endorsements, review_findings, reviews};
use crate::error::Result;
use crate::good_practice::{NewPractice, offer_practice};
use crate::ids::{AssessmentId, EndorsementId, IndicatorId, OrganisationId};

/// So many endorsements in one act.
const BATCH: i64 = 50;

/// Goes through the next endorsements; returns how many, 0 when all are done.
pub fn offer_good_practice(act: &mut Act<'_>) -> Result<usize> {
    let due: Vec<(EndorsementId, OrganisationId, AssessmentId, EndorsementState)> = endorsements::table
        .filter(endorsements::practice_offered.eq(false))
        .order(endorsements::id)
        .limit(BATCH)
        .select((endorsements::id, endorsements::organisation_id, endorsements::assessment_id, endorsements::state))
        .load(act.conn)?;
    for (endorsement, organisation, assessment, state) in &due {
        diesel::update(endorsements::table.find(endorsement))
            .set(endorsements::practice_offered.eq(true))
            .execute(act.conn)?;
        if *state != EndorsementState::InForce {
            continue;
        }
        let marks: Vec<(IndicatorId, String, NaiveDateTime)> = review_findings::table
            .inner_join(reviews::table)
            .filter(reviews::assessment_id.eq(assessment))
            .filter(review_findings::finding.eq(Finding::GoodPractice))
            .order(review_findings::indicator_id)
            .select((review_findings::indicator_id, review_findings::note, review_findings::found_at))
            .load(act.conn)?;
        for (indicator, note, found_at) in marks {
            let (organisation, endorsement) = (*organisation, *endorsement);
            offer_practice(act, NewPractice { organisation, endorsement, indicator, note, found_at })?;
        }
    }
    Ok(due.len())
}
