//! Keeping the sector's counts: an organisation where something has changed is counted anew, and what is different is added
//! to the sector's counts, or taken away. Each batch is an act; of two servers that count the same organisation, one does.
//! When a round is closed and every organisation is counted, the round's counts are settled: from then on they stay.
//!
//! Whoever finishes marks their organisation only, so that many at once wait for nobody else.

use std::collections::BTreeMap;

use diesel::dsl::{count_star, exists, not};
use diesel::prelude::*;
use serde_json::json;

use super::tally::{PEOPLE, Tally, tally_of};
use crate::acts::Act;
use crate::audit::Subject;
use crate::db::schema::{
    memberships, organisation_districts, skills_counts as counts, skills_entries as entries,
    skills_organisation_counts as organisation_counts, skills_rounds as rounds,
};
use crate::db::{DbConnection, unless_taken};
use crate::each;
use crate::error::Result;
use crate::ids::{DistrictCode, OrganisationId, RoundId};
use crate::organisations::{MembershipState, NONE, one_word_each};
use crate::skills_audit::{Entry, Round, RoundState, WorkRole};

/// Enough to get on, and little enough for others not to wait.
const BATCH: i64 = 100;
/// How many rows are written at once.
const ROWS: usize = 500;

/// What is different in the sector, by district, role and what is counted; in one order everywhere, so that no two who
/// count wait for each other.
type Difference = BTreeMap<(String, WorkRole, String), i64>;

#[derive(Insertable)]
#[diesel(table_name = organisation_counts, treat_none_as_default_value = false)]
struct CountRow<'a> {
    round_id: RoundId,
    organisation_id: OrganisationId,
    role: WorkRole,
    what: &'a str,
    people: i64,
}

/// Counts some organisations anew; returns 0 when there is nothing to do.
pub fn go_on_with_counts(act: &mut Act<'_>) -> Result<usize> {
    go_on_with_counts_by(act, BATCH)
}

/// [`go_on_with_counts`] with so many at a time.
pub fn go_on_with_counts_by(act: &mut Act<'_>, most: i64) -> Result<usize> {
    let stale: Vec<(RoundId, Entry)> = entries::table
        .inner_join(rounds::table)
        .filter(entries::stale)
        .filter(rounds::counted_at.is_null())
        .order((entries::round_id, entries::organisation_id))
        .limit(most)
        .select((entries::round_id, Entry::as_select()))
        .load(act.conn)?;
    let Some((first, _)) = stale.first() else { return settle_counts(act) };
    let round = Round::find(act.conn, *first)?;
    let mut taken = Vec::new();
    for (_, entry) in stale.into_iter().filter(|(id, _)| *id == round.id) {
        if take(act, &entry)? {
            taken.push(entry);
        }
    }
    count_anew(act.conn, &round, &taken)?;
    Ok(1)
}

/// Takes an organisation to count it; false when another has done so meanwhile.
fn take(act: &mut Act<'_>, entry: &Entry) -> Result<bool> {
    let taken = diesel::update(entries::table.find((entry.round_id, entry.organisation_id)))
        .filter(entries::stale)
        .set(entries::stale.eq(false))
        .execute(act.conn)?;
    Ok(taken == 1)
}

fn count_anew(conn: &mut DbConnection, round: &Round, taken: &[Entry]) -> Result<()> {
    let ids: Vec<OrganisationId> = taken.iter().map(|entry| entry.organisation_id).collect();
    let now = tally_of(conn, round, &ids)?;
    let before = stored_counts(conn, round.id, &ids)?;
    let districts = districts_of(conn, &ids)?;
    let people = people_in(conn, &ids)?;
    let mut difference = Difference::new();
    for entry in taken {
        let id = entry.organisation_id;
        let district = districts.get(&id).map_or(NONE, String::as_str);
        let was = entry.counted_district.as_deref().unwrap_or(district);
        let (new, old) = (of_one(&now, id), of_one(&before, id));
        new.iter().for_each(|(role, what, n)| change(&mut difference, district, *role, what, *n));
        old.iter().for_each(|(role, what, n)| change(&mut difference, was, *role, what, -n));
        if new != old {
            store_counts(conn, round.id, id, &new)?;
        }
        let finished: i64 = new.iter().filter(|(_, what, _)| what == PEOPLE).map(|(.., n)| n).sum();
        diesel::update(entries::table.find((round.id, id)))
            .set((
                entries::counted_district.eq(district),
                entries::people.eq(i32::try_from(people.get(&id).copied().unwrap_or(0)).unwrap_or(i32::MAX)),
                entries::finished.eq(i32::try_from(finished).unwrap_or(i32::MAX)),
            ))
            .execute(conn)?;
    }
    difference
        .iter()
        .filter(|(_, n)| **n != 0)
        .try_for_each(|((district, role, what), n)| add_to_sector(conn, round.id, (district, *role, what), *n))
}

fn of_one(tally: &Tally, id: OrganisationId) -> Vec<(WorkRole, String, i64)> {
    tally.iter().filter(|((at, ..), _)| *at == id).map(|((_, role, what), n)| (*role, what.clone(), *n)).collect()
}

fn change(difference: &mut Difference, district: &str, role: WorkRole, what: &str, n: i64) {
    *difference.entry((district.to_owned(), role, what.to_owned())).or_insert(0) += n;
}

fn stored_counts(conn: &mut DbConnection, round: RoundId, of: &[OrganisationId]) -> Result<Tally> {
    let rows: Vec<(OrganisationId, WorkRole, String, i64)> = organisation_counts::table
        .filter(organisation_counts::round_id.eq(round))
        .filter(organisation_counts::organisation_id.eq_any(of))
        .select((
            organisation_counts::organisation_id,
            organisation_counts::role,
            organisation_counts::what,
            organisation_counts::people,
        ))
        .load(conn)?;
    Ok(rows.into_iter().map(|(at, role, what, n)| ((at, role, what), n)).collect())
}

fn store_counts(
    conn: &mut DbConnection,
    round: RoundId,
    organisation: OrganisationId,
    new: &[(WorkRole, String, i64)],
) -> Result<()> {
    diesel::delete(organisation_counts::table)
        .filter(organisation_counts::round_id.eq(round))
        .filter(organisation_counts::organisation_id.eq(organisation))
        .execute(conn)?;
    let rows: Vec<CountRow<'_>> = new
        .iter()
        .map(|(role, what, people)| CountRow {
            round_id: round,
            organisation_id: organisation,
            role: *role,
            what,
            people: *people,
        })
        .collect();
    for some in rows.chunks(ROWS) {
        each!(conn, c => diesel::insert_into(organisation_counts::table).values(some).execute(c))?;
    }
    Ok(())
}

fn add_to_sector(
    conn: &mut DbConnection,
    round: RoundId,
    (district, role, what): (&str, WorkRole, &str),
    n: i64,
) -> Result<()> {
    let add = |conn: &mut DbConnection| {
        diesel::update(counts::table.find((round, district, role, what)))
            .set(counts::people.eq(counts::people + n))
            .execute(conn)
    };
    if add(conn)? == 1 {
        return Ok(());
    }
    let row = (
        counts::round_id.eq(round),
        counts::district.eq(district),
        counts::role.eq(role),
        counts::what.eq(what),
        counts::people.eq(n),
    );
    if unless_taken(conn, |conn| diesel::insert_into(counts::table).values(row).execute(conn))?.is_none() {
        add(conn)?;
    }
    Ok(())
}

fn districts_of(
    conn: &mut DbConnection,
    of: &[OrganisationId],
) -> Result<std::collections::HashMap<OrganisationId, String>> {
    let rows: Vec<(OrganisationId, DistrictCode)> = organisation_districts::table
        .filter(organisation_districts::organisation_id.eq_any(of))
        .select((organisation_districts::organisation_id, organisation_districts::district_code))
        .load(conn)?;
    Ok(one_word_each(rows.into_iter().map(|(id, code)| (id, code.to_string()))))
}

fn people_in(conn: &mut DbConnection, of: &[OrganisationId]) -> Result<BTreeMap<OrganisationId, i64>> {
    let rows: Vec<(OrganisationId, i64)> = memberships::table
        .filter(memberships::organisation_id.eq_any(of))
        .filter(memberships::state.eq(MembershipState::Active))
        .group_by(memberships::organisation_id)
        .select((memberships::organisation_id, count_star()))
        .load(conn)?;
    Ok(rows.into_iter().collect())
}

/// Settles the counts of a closed round in which nothing waits to be counted; how many, which is one or none.
fn settle_counts(act: &mut Act<'_>) -> Result<usize> {
    let waiting = entries::table.filter(entries::round_id.eq(rounds::id)).filter(entries::stale);
    let ready: Option<RoundId> = rounds::table
        .filter(rounds::state.eq(RoundState::Closed))
        .filter(rounds::counted_at.is_null())
        .filter(not(exists(waiting)))
        .select(rounds::id)
        .first(act.conn)
        .optional()?;
    let Some(round) = ready else { return Ok(0) };
    let settled = diesel::update(rounds::table.find(round))
        .filter(rounds::counted_at.is_null())
        .set(rounds::counted_at.eq(act.at))
        .execute(act.conn)?;
    if settled == 1 {
        act.record("skills round counted", Subject::of("skills round", round), json!({}))?;
    }
    Ok(settled)
}
