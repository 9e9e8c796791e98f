//! Whether the counts are right: everything that was answered is counted again from the answers themselves, one person
//! after the other, and compared. It shares nothing with the way in which counts are kept.
//! An organisation that waits to be counted is left out, for its counts are of before.

use std::collections::{BTreeMap, BTreeSet};

use diesel::prelude::*;

use super::tally::{PEOPLE, what};
use crate::db::DbConnection;
use crate::db::schema::{
    skills_answers as answers, skills_barriers as barriers, skills_counts as counts, skills_entries as entries,
    skills_held as held, skills_organisation_counts as organisation_counts, skills_responses as responses,
    skills_rounds as rounds, skills_words as words,
};
use crate::error::Result;
use crate::ids::{OrganisationId, SkillId, SkillsResponseId};
use crate::skills_audit::{Instrument, Response, Round, WorkRole};

/// How many organisations are counted at a time.
const BATCH: i64 = 50;

/// A count that is not what a recount finds.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mistake {
    /// None is the sector's.
    pub organisation: Option<OrganisationId>,
    pub what: String,
    pub stored: i64,
    pub recounted: i64,
}

/// The latest rounds, each counted again.
pub fn recount_rounds(conn: &mut DbConnection) -> Result<Vec<Mistake>> {
    let latest: Vec<Round> =
        rounds::table.order(rounds::opened_at.desc()).limit(2).select(Round::as_select()).load(conn)?;
    let mut mistakes = Vec::new();
    for round in latest {
        mistakes.extend(recount_round(conn, &round)?);
    }
    Ok(mistakes)
}

/// One round, counted again.
pub fn recount_round(conn: &mut DbConnection, round: &Round) -> Result<Vec<Mistake>> {
    let instrument = Instrument::of(conn, round.instrument)?;
    let mut mistakes = Vec::new();
    let mut reached = String::new();
    loop {
        let some: Vec<(OrganisationId, bool)> = entries::table
            .filter(entries::round_id.eq(round.id))
            .filter(entries::organisation_id.gt(&reached))
            .order(entries::organisation_id)
            .limit(BATCH)
            .select((entries::organisation_id, entries::stale))
            .load(conn)?;
        let Some((last, _)) = some.last() else { break };
        reached = last.to_string();
        for (organisation, _) in some.iter().filter(|(_, is_stale)| !is_stale) {
            let (stored, found) =
                (stored(conn, round, *organisation)?, recount(conn, round, &instrument, *organisation)?);
            mistakes.extend(compare(Some(*organisation), &stored, &found));
        }
    }
    mistakes.extend(compare_sums(conn, round)?);
    Ok(mistakes)
}

fn recount(conn: &mut DbConnection, round: &Round, asked: &Instrument, at: OrganisationId) -> Result<Counted> {
    let everyone: Vec<Response> = responses::table
        .filter(responses::round_id.eq(round.id))
        .filter(responses::organisation_id.eq(at))
        .select(Response::as_select())
        .load(conn)?;
    let finished: Vec<&Response> = everyone.iter().filter(|response| response.is_finished()).collect();
    let said = said_by(conn, &finished)?;
    let mut found = Counted::new();
    for response in finished {
        let mut add = |what: String| *found.entry((response.role, what)).or_insert(0) += 1;
        add(PEOPLE.to_owned());
        let mut wanted = BTreeSet::new();
        for (_, skill, confidence, wants) in said.answers.iter().filter(|(of, ..)| *of == response.id) {
            add(what("answered", skill.as_str()));
            if *confidence == 1 || *confidence == 2 {
                add(what("low", skill.as_str()));
            }
            if *wants {
                add(what("wants", skill.as_str()));
                wanted.extend(asked.skill(skill).map(|skill| skill.module_id.as_str()));
            }
        }
        wanted.iter().for_each(|module| add(what("module", module)));
        said.besides.iter().filter(|(of, ..)| *of == response.id).for_each(|(_, kind, id)| add(what(kind, id)));
    }
    Ok(found)
}

/// Everything that some people said, as it is stored.
struct Said {
    answers: Vec<(SkillsResponseId, SkillId, i32, bool)>,
    besides: Vec<(SkillsResponseId, &'static str, String)>,
}

fn said_by(conn: &mut DbConnection, finished: &[&Response]) -> Result<Said> {
    let ids: Vec<SkillsResponseId> = finished.iter().map(|response| response.id).collect();
    let answers = answers::table
        .filter(answers::response_id.eq_any(&ids))
        .select((answers::response_id, answers::skill_id, answers::confidence, answers::wants))
        .load(conn)?;
    let held: Vec<(SkillsResponseId, String)> =
        held::table.filter(held::response_id.eq_any(&ids)).select((held::response_id, held::module_id)).load(conn)?;
    let barriers: Vec<(SkillsResponseId, String)> = barriers::table
        .filter(barriers::response_id.eq_any(&ids))
        .select((barriers::response_id, barriers::barrier))
        .load(conn)?;
    let words: Vec<(SkillsResponseId, String)> = words::table
        .filter(words::response_id.eq_any(&ids))
        .select((words::response_id, words::question_id))
        .load(conn)?;
    let kinds = [("holds", held), ("barrier", barriers), ("said", words)];
    let besides = kinds.into_iter().flat_map(|(kind, rows)| rows.into_iter().map(move |(of, id)| (of, kind, id)));
    Ok(Said { answers, besides: besides.collect() })
}

type Counted = BTreeMap<(WorkRole, String), i64>;

fn stored(conn: &mut DbConnection, round: &Round, organisation: OrganisationId) -> Result<Counted> {
    let rows: Vec<(WorkRole, String, i64)> = organisation_counts::table
        .filter(organisation_counts::round_id.eq(round.id))
        .filter(organisation_counts::organisation_id.eq(organisation))
        .select((organisation_counts::role, organisation_counts::what, organisation_counts::people))
        .load(conn)?;
    Ok(rows.into_iter().map(|(role, what, n)| ((role, what), n)).collect())
}

fn compare<K: Ord + Clone + std::fmt::Debug>(
    organisation: Option<OrganisationId>,
    stored: &BTreeMap<K, i64>,
    found: &BTreeMap<K, i64>,
) -> Vec<Mistake> {
    let keys: BTreeSet<&K> = stored.keys().chain(found.keys()).collect();
    let of = |counted: &BTreeMap<K, i64>, key: &K| counted.get(key).copied().unwrap_or(0);
    keys.into_iter()
        .filter(|key| of(stored, key) != of(found, key))
        .map(|key| Mistake {
            organisation,
            what: format!("{key:?}"),
            stored: of(stored, key),
            recounted: of(found, key),
        })
        .collect()
}

/// The sector's counts against the sum of all organisations'.
fn compare_sums(conn: &mut DbConnection, round: &Round) -> Result<Vec<Mistake>> {
    let mut found: BTreeMap<(String, WorkRole, String), i64> = BTreeMap::new();
    let mut reached = String::new();
    loop {
        let some: Vec<(OrganisationId, Option<String>)> = entries::table
            .filter(entries::round_id.eq(round.id))
            .filter(entries::organisation_id.gt(&reached))
            .order(entries::organisation_id)
            .limit(BATCH)
            .select((entries::organisation_id, entries::counted_district))
            .load(conn)?;
        let Some((last, _)) = some.last() else { break };
        reached = last.to_string();
        for (organisation, district) in some {
            let Some(district) = district else { continue };
            for ((role, what), n) in stored(conn, round, organisation)? {
                *found.entry((district.clone(), role, what)).or_insert(0) += n;
            }
        }
    }
    let rows: Vec<(String, WorkRole, String, i64)> = counts::table
        .filter(counts::round_id.eq(round.id))
        .select((counts::district, counts::role, counts::what, counts::people))
        .load(conn)?;
    let sector = rows.into_iter().map(|(district, role, what, n)| ((district, role, what), n)).collect();
    Ok(compare(None, &sector, &found))
}
