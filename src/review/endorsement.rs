//! An endorsement: a level, a number, a public code and an end. An organisation has at most one in force.
//!
//! | from | verb | to |
//! |---|---|---|
//! | | issue (with a decision) | in force |
//! | in force, suspended | issue of the next | replaced |
//! | in force, suspended, past its last day | lapse due endorsements | lapsed |
//!
//! What deciders do with it in between is in `standing`.

use chrono::NaiveDate;
use diesel::prelude::*;
use serde::Serialize;

use super::decision::Decision;
use super::standing::EndorsementStep;
use crate::acts::Act;
use crate::audit::Subject;
use crate::clock::{months_after, say_day};
use crate::db::schema::{endorsements, number_series, organisations};
use crate::db::{DbConnection, unless_taken};
use crate::error::{Error, Result};
use crate::ids::{AssessmentId, EndorsementId, OrganisationId, ReviewId};
use crate::mail::Letter;
use crate::organisations::{Organisation, find_public_named, in_good_standing};
use crate::quality::{Assessment, Level};
use crate::secrets::public_code;
use crate::text_enum;

text_enum! {
    /// Does an endorsement stand?
    pub enum EndorsementState {
        InForce = "in_force",
        /// A newer one took its place.
        Replaced = "replaced",
        Lapsed = "lapsed",
        Suspended = "suspended",
        Revoked = "revoked",
    }
}

/// How long an endorsement is in force, in months.
const TERM: u32 = 36;
/// How many lapse in one act at most.
const BATCH: i64 = 200;

/// An endorsement as it is stored.
#[derive(Debug, Clone, Queryable, Selectable, Insertable)]
#[diesel(table_name = endorsements)]
pub struct Endorsement {
    pub id: EndorsementId,
    pub organisation_id: OrganisationId,
    pub assessment_id: AssessmentId,
    /// For people to quote: `YC-2026-0001`, in the order of issue within a year.
    pub number: String,
    /// For the public to check: `EN-` and 8 letters or digits.
    pub code: String,
    pub level: Level,
    pub(super) state: EndorsementState,
    pub starts_on: NaiveDate,
    /// The last day it is in force.
    pub ends_on: NaiveDate,
    /// The review it was decided on.
    pub review_id: Option<ReviewId>,
}

#[derive(Serialize)]
struct LapsedLetter<'a> {
    organisation: &'a str,
    slug: &'a str,
    number: &'a str,
    ended_on: String,
}
impl Letter for LapsedLetter<'_> {
    const NAME: &'static str = "endorsement-lapsed";
}

impl Endorsement {
    /// The one that an organisation has now.
    pub fn in_force_of(conn: &mut DbConnection, organisation: OrganisationId) -> Result<Option<Self>> {
        Ok(endorsements::table
            .filter(endorsements::organisation_id.eq(organisation))
            .filter(endorsements::state.eq(EndorsementState::InForce))
            .select(Self::as_select())
            .first(conn)
            .optional()?)
    }

    /// The one issued last to an organisation, in any state.
    pub fn latest_of(conn: &mut DbConnection, organisation: OrganisationId) -> Result<Option<Self>> {
        Ok(endorsements::table
            .filter(endorsements::organisation_id.eq(organisation))
            .order((endorsements::starts_on.desc(), endorsements::id.desc()))
            .select(Self::as_select())
            .first(conn)
            .optional()?)
    }

    /// Those in force of some organisations, in no order.
    pub fn in_force_among(conn: &mut DbConnection, organisations: &[OrganisationId]) -> Result<Vec<Self>> {
        Ok(endorsements::table
            .filter(endorsements::organisation_id.eq_any(organisations))
            .filter(endorsements::state.eq(EndorsementState::InForce))
            .select(Self::as_select())
            .load(conn)?)
    }

    /// The one with a public code or a number, however its letters were typed, in any state.
    pub fn find_by_code(conn: &mut DbConnection, code: &str) -> Result<Option<Self>> {
        let code = code.trim().to_uppercase();
        Ok(endorsements::table
            .filter(endorsements::code.eq(&code).or(endorsements::number.eq(&code)))
            .select(Self::as_select())
            .first(conn)
            .optional()?)
    }

    pub fn find(conn: &mut DbConnection, id: EndorsementId) -> Result<Self> {
        Ok(endorsements::table.find(id).select(Self::as_select()).first(conn)?)
    }

    /// Those that stand, or would but for a decision, by the name of the organisation; `limit` of them from `offset` on.
    pub fn standing(conn: &mut DbConnection, limit: i64, offset: i64) -> Result<Vec<(Self, Organisation)>> {
        let states = [EndorsementState::InForce, EndorsementState::Suspended, EndorsementState::Revoked];
        Ok(endorsements::table
            .inner_join(organisations::table)
            .filter(endorsements::state.eq_any(states))
            .order((organisations::search, endorsements::id))
            .limit(limit)
            .offset(offset)
            .select((Self::as_select(), Organisation::as_select()))
            .load(conn)?)
    }

    /// The one with a number or code, or those of organisations with this in their name, the newest first.
    pub fn looked_for(conn: &mut DbConnection, wanted: &str, limit: i64) -> Result<Vec<(Self, Organisation)>> {
        if let Some(found) = Self::find_by_code(conn, wanted)? {
            let organisation = Organisation::find(conn, found.organisation_id)?;
            return Ok(vec![(found, organisation)]);
        }
        let named: Vec<OrganisationId> = find_public_named(conn, wanted, limit)?.iter().map(|found| found.id).collect();
        Ok(endorsements::table
            .inner_join(organisations::table)
            .filter(endorsements::organisation_id.eq_any(named))
            .order((endorsements::starts_on.desc(), endorsements::id.desc()))
            .limit(limit)
            .select((Self::as_select(), Organisation::as_select()))
            .load(conn)?)
    }

    /// The one that the decision on a review led to.
    pub fn of_review(conn: &mut DbConnection, review: ReviewId) -> Result<Option<Self>> {
        Ok(endorsements::table
            .filter(endorsements::review_id.eq(review))
            .select(Self::as_select())
            .first(conn)
            .optional()?)
    }

    /// The last one that an assessment led to.
    pub fn of_assessment(conn: &mut DbConnection, assessment: AssessmentId) -> Result<Option<Self>> {
        Ok(endorsements::table
            .filter(endorsements::assessment_id.eq(assessment))
            .order((endorsements::starts_on.desc(), endorsements::id.desc()))
            .select(Self::as_select())
            .first(conn)
            .optional()?)
    }

    pub fn state(&self) -> EndorsementState {
        self.state
    }

    pub fn is_in_force(&self) -> bool {
        self.state == EndorsementState::InForce
    }

    /// What audit entries about it are about.
    pub fn subject(&self) -> Subject {
        Subject::within(self.organisation_id, "endorsement", self.id)
    }

    /// Endorses an organisation at a level that was decided, in place of the endorsement it had.
    pub(super) fn issue(act: &mut Act<'_>, assessment: &Assessment, decision: &Decision, level: Level) -> Result<Self> {
        replace_standing(act, assessment.organisation_id)?;
        let starts_on = act.today();
        let number = next_number(act, starts_on)?;
        for _ in 0..5 {
            let endorsement = Self {
                id: EndorsementId::new(),
                organisation_id: assessment.organisation_id,
                assessment_id: assessment.id,
                number: number.clone(),
                code: public_code("EN-", 8),
                level,
                state: EndorsementState::InForce,
                starts_on,
                ends_on: months_after(starts_on, TERM),
                review_id: Some(decision.review_id),
            };
            let added = unless_taken(act.conn, |conn| {
                diesel::insert_into(endorsements::table).values(&endorsement).execute(conn)
            })?;
            // Once in many lifetimes the code is taken; then another is drawn.
            if added.is_some() {
                let by = Some(decision.decided_by);
                endorsement.write_step(act, EndorsementStep::Issue, by, &decision.reasons)?;
                return Ok(endorsement);
            }
        }
        Err(Error::Conflict)
    }

    fn lapse(&self, act: &mut Act<'_>) -> Result<()> {
        self.take_step(act, EndorsementStep::Lapse, None, "")?;
        let organisation = Organisation::find(act.conn, self.organisation_id)?;
        if organisation.is_closed() {
            return Ok(());
        }
        let letter = LapsedLetter {
            organisation: &organisation.name,
            slug: &organisation.slug,
            number: &self.number,
            ended_on: say_day(self.ends_on),
        };
        organisation.tell_leads(act, &letter)
    }
}

/// How many endorsements of open organisations are in force.
pub fn count_endorsed(conn: &mut DbConnection) -> Result<i64> {
    Ok(endorsements::table
        .filter(endorsements::state.eq(EndorsementState::InForce))
        .filter(endorsements::organisation_id.eq_any(in_good_standing()))
        .count()
        .get_result(conn)?)
}

/// Ends the endorsements whose last day is over; their leads are told. Returns how many: call again until it is none.
pub fn lapse_due_endorsements(act: &mut Act<'_>) -> Result<usize> {
    let due: Vec<Endorsement> = endorsements::table
        .filter(endorsements::state.eq_any([EndorsementState::InForce, EndorsementState::Suspended]))
        .filter(endorsements::ends_on.lt(act.today()))
        .order(endorsements::ends_on)
        .limit(BATCH)
        .select(Endorsement::as_select())
        .load(act.conn)?;
    due.iter().try_for_each(|endorsement| endorsement.lapse(act))?;
    Ok(due.len())
}

fn replace_standing(act: &mut Act<'_>, organisation: OrganisationId) -> Result<()> {
    let standing: Vec<Endorsement> = endorsements::table
        .filter(endorsements::organisation_id.eq(organisation))
        .filter(endorsements::state.eq_any([EndorsementState::InForce, EndorsementState::Suspended]))
        .select(Endorsement::as_select())
        .load(act.conn)?;
    for endorsement in standing {
        endorsement.take_step(act, EndorsementStep::Replace, None, "")?;
    }
    Ok(())
}

/// The next number of the year. Its row stays locked until the act is over: no number is given twice or left out.
fn next_number(act: &mut Act<'_>, on: NaiveDate) -> Result<String> {
    let year = on.format("%Y");
    let series = format!("endorsement-{year}");
    let first = (number_series::name.eq(&series), number_series::last_number.eq(0));
    let exists: i64 = number_series::table.filter(number_series::name.eq(&series)).count().get_result(act.conn)?;
    if exists == 0 {
        unless_taken(act.conn, |conn| diesel::insert_into(number_series::table).values(first).execute(conn))?;
    }
    let number: i32 = diesel::update(number_series::table.find(&series))
        .set(number_series::last_number.eq(number_series::last_number + 1))
        .returning(number_series::last_number)
        .get_result(act.conn)?;
    Ok(format!("YC-{year}-{number:04}"))
}
