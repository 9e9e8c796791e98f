//! What a new framework would ask, and of whom: self-assessments that are being written go over to it; those that were
//! handed in stay with their version. Looking changes nothing, and nobody is written to.

use std::collections::{BTreeMap, BTreeSet};

use diesel::dsl::count;
use diesel::prelude::*;

use crate::db::DbConnection;
use crate::db::schema::{assessment_answers as answers, assessments, organisations};
use crate::error::Result;
use crate::framework::Comparison;
use crate::ids::{AssessmentId, IndicatorId, OrganisationId};
use crate::quality::{AssessmentState, Needs, Profile, Step, answered_in, count_being_written, profiles_of};

/// Of how many the answers are read at once.
const AT_ONCE: usize = 500;
const HANDED_IN: [AssessmentState; 4] = [
    AssessmentState::Submitted,
    AssessmentState::InReview,
    AssessmentState::ChangesRequested,
    AssessmentState::Recommended,
];

/// In numbers.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Affected {
    /// Self-assessments that would go over.
    pub being_written: i64,
    /// Self-assessments that would stay.
    pub handed_in: i64,
    /// How many would have to answer how many new questions, the fewest questions first. Who has nothing new is not in it.
    pub new: BTreeMap<usize, i64>,
    /// How many would look again at an answer.
    pub again: i64,
    /// How many have answered what would be asked no more.
    pub retired: i64,
}

/// One that would go over.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Concerned {
    pub organisation: String,
    pub slug: String,
    pub needs: Needs,
}

impl Affected {
    /// Nine queries, however many there are.
    pub fn now(conn: &mut DbConnection, comparison: &Comparison) -> Result<Self> {
        let step = step_of(comparison);
        let mut affected = Self::default();
        for (paid_staff, volunteers) in [(false, false), (false, true), (true, false), (true, true)] {
            let profile = Profile { paid_staff, volunteers };
            let number = count_being_written(conn, profile)?;
            let new = step.newly_wanted(profile).count();
            affected.being_written += number;
            if new > 0 && number > 0 {
                *affected.new.entry(new).or_default() += number;
            }
        }
        affected.handed_in =
            assessments::table.filter(assessments::state.eq_any(HANDED_IN)).count().get_result(conn)?;
        affected.again = count_with_answers(conn, step.anew.iter())?;
        affected.retired = count_with_answers(conn, comparison.retired.iter().map(|indicator| &indicator.id))?;
        Ok(affected)
    }
}

/// How many of those that are being written have an answer to one of these.
fn count_with_answers<'a>(conn: &mut DbConnection, ids: impl Iterator<Item = &'a IndicatorId>) -> Result<i64> {
    let ids: Vec<&str> = ids.map(IndicatorId::as_str).collect();
    if ids.is_empty() {
        return Ok(0);
    }
    Ok(answers::table
        .inner_join(assessments::table)
        .filter(assessments::state.eq(AssessmentState::Draft))
        .filter(answers::indicator_id.eq_any(ids))
        .select(count(answers::assessment_id).aggregate_distinct())
        .first(conn)?)
}

/// Some of those that would go over, by name, with what each would be asked.
pub fn some_concerned(
    conn: &mut DbConnection,
    comparison: &Comparison,
    limit: i64,
    offset: i64,
) -> Result<Vec<Concerned>> {
    let rows = in_state(AssessmentState::Draft)
        .order((organisations::search, organisations::id))
        .limit(limit)
        .offset(offset)
        .select((assessments::id, organisations::id, organisations::name, organisations::slug))
        .load(conn)?;
    with_needs(conn, &step_of(comparison), rows)
}

/// All of them.
pub fn all_concerned(conn: &mut DbConnection, comparison: &Comparison) -> Result<Vec<Concerned>> {
    let rows: Vec<Row> = in_state(AssessmentState::Draft)
        .order((organisations::search, organisations::id))
        .select((assessments::id, organisations::id, organisations::name, organisations::slug))
        .load(conn)?;
    let step = step_of(comparison);
    let mut all = Vec::with_capacity(rows.len());
    for some in rows.chunks(AT_ONCE) {
        all.extend(with_needs(conn, &step, some.to_vec())?);
    }
    Ok(all)
}

type Row = (AssessmentId, OrganisationId, String, String);

/// Self-assessments in this state, with their organisations.
#[diesel::dsl::auto_type(no_type_alias)]
fn in_state(state: AssessmentState) -> _ {
    assessments::table.inner_join(organisations::table).filter(assessments::state.eq(state))
}

fn with_needs(conn: &mut DbConnection, step: &Step<'_>, rows: Vec<Row>) -> Result<Vec<Concerned>> {
    let assessments: Vec<_> = rows.iter().map(|row| row.0).collect();
    let organisations: Vec<_> = rows.iter().map(|row| row.1).collect();
    let (answered, profiles) = (answered_in(conn, &assessments)?, profiles_of(conn, &organisations)?);
    let nothing = BTreeSet::new();
    let concerned = |(assessment, id, organisation, slug): Row| {
        let profile = profiles.get(&id).copied().unwrap_or_default();
        let needs = step.needs(profile, answered.get(&assessment).unwrap_or(&nothing));
        Concerned { organisation, slug, needs }
    };
    Ok(rows.into_iter().map(concerned).collect())
}

fn step_of(comparison: &Comparison) -> Step<'_> {
    let anew = comparison.indicators.iter().filter(|compared| compared.asks_anew());
    Step {
        from: &comparison.before,
        to: &comparison.after,
        anew: anew.map(|compared| compared.indicator.id.clone()).collect(),
    }
}
