//! What is counted of an organisation's people in a round: by role, how many answered, are unsure, want training, hold it, are
//! stopped by something, or said something in their own words. Only what was finished counts.

use std::collections::BTreeMap;

use diesel::dsl::{count, count_star};
use diesel::prelude::*;

use crate::db::DbConnection;
use crate::db::schema::{
    skills_answers as answers, skills_asked as asked, skills_barriers as barriers, skills_held as held,
    skills_responses as responses, skills_words as words,
};
use crate::error::Result;
use crate::ids::{ModuleId, OpenQuestionId, OrganisationId, SkillId};
use crate::skills_audit::{Barrier, Confidence, ResponseState, Round, WorkRole};

/// Everyone who has finished.
pub(super) const PEOPLE: &str = "people";

/// What is counted, as it is stored.
pub(super) fn what(kind: &str, of: &str) -> String {
    format!("{kind}/{of}")
}

/// By organisation, role and what is counted.
pub(super) type Tally = BTreeMap<(OrganisationId, WorkRole, String), i64>;

/// Counts these organisations in a round, in six queries.
pub(super) fn tally_of(conn: &mut DbConnection, round: &Round, of: &[OrganisationId]) -> Result<Tally> {
    let mut tally = Tally::new();
    let finished = responses::table
        .filter(responses::round_id.eq(round.id))
        .filter(responses::organisation_id.eq_any(of))
        .filter(responses::state.eq(ResponseState::Finished));
    let people: Vec<(OrganisationId, WorkRole, i64)> = finished
        .clone()
        .group_by((responses::organisation_id, responses::role))
        .select((responses::organisation_id, responses::role, count_star()))
        .load(conn)?;
    people.into_iter().for_each(|(at, role, n)| add(&mut tally, at, role, PEOPLE.to_owned(), n));
    tally_answers(conn, round, of, &mut tally)?;
    let held: Vec<(OrganisationId, WorkRole, ModuleId, i64)> = finished
        .clone()
        .inner_join(held::table)
        .group_by((responses::organisation_id, responses::role, held::module_id))
        .select((responses::organisation_id, responses::role, held::module_id, count_star()))
        .load(conn)?;
    held.into_iter().for_each(|(at, role, id, n)| add(&mut tally, at, role, what("holds", id.as_str()), n));
    let stopped: Vec<(OrganisationId, WorkRole, Barrier, i64)> = finished
        .clone()
        .inner_join(barriers::table)
        .group_by((responses::organisation_id, responses::role, barriers::barrier))
        .select((responses::organisation_id, responses::role, barriers::barrier, count_star()))
        .load(conn)?;
    stopped.into_iter().for_each(|(at, role, by, n)| add(&mut tally, at, role, what("barrier", by.as_str()), n));
    let said: Vec<(OrganisationId, WorkRole, OpenQuestionId, i64)> = finished
        .clone()
        .inner_join(words::table)
        .group_by((responses::organisation_id, responses::role, words::question_id))
        .select((responses::organisation_id, responses::role, words::question_id, count_star()))
        .load(conn)?;
    said.into_iter().for_each(|(at, role, id, n)| add(&mut tally, at, role, what("said", id.as_str()), n));
    Ok(tally)
}

fn tally_answers(conn: &mut DbConnection, round: &Round, of: &[OrganisationId], tally: &mut Tally) -> Result<()> {
    let finished = answers::table
        .inner_join(responses::table)
        .filter(responses::round_id.eq(round.id))
        .filter(responses::organisation_id.eq_any(of))
        .filter(responses::state.eq(ResponseState::Finished));
    type Answered = (OrganisationId, WorkRole, SkillId, i32, bool, i64);
    let answered: Vec<Answered> = finished
        .clone()
        .group_by((responses::organisation_id, responses::role, answers::skill_id, answers::confidence, answers::wants))
        .select((
            responses::organisation_id,
            responses::role,
            answers::skill_id,
            answers::confidence,
            answers::wants,
            count_star(),
        ))
        .load(conn)?;
    for (at, role, skill, confidence, wants, n) in answered {
        let is_low = Confidence::new(confidence).is_some_and(Confidence::is_low);
        let kinds = [("answered", true), ("low", is_low), ("wants", wants)];
        for (kind, _) in kinds.into_iter().filter(|(_, counts)| *counts) {
            add(tally, at, role, what(kind, skill.as_str()), n);
        }
    }
    // Whoever wants training in any of a module's skills wants the module, once.
    let wanted: Vec<(OrganisationId, WorkRole, ModuleId, i64)> = finished
        .clone()
        .inner_join(asked::table.on(asked::skill_id.eq(answers::skill_id)))
        .filter(asked::instrument.eq(round.instrument))
        .filter(answers::wants)
        .group_by((responses::organisation_id, responses::role, asked::module_id))
        .select((
            responses::organisation_id,
            responses::role,
            asked::module_id,
            count(responses::id).aggregate_distinct(),
        ))
        .load(conn)?;
    wanted.into_iter().for_each(|(at, role, id, n)| add(tally, at, role, what("module", id.as_str()), n));
    Ok(())
}

fn add(tally: &mut Tally, organisation: OrganisationId, role: WorkRole, what: String, n: i64) {
    *tally.entry((organisation, role, what)).or_insert(0) += n;
}
