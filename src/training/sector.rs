//! The whole sector's completions of one module, some people at a time: to see what other rules would mean, and to
//! apply them. What was come to is named by the last person's id, so that the work can be left off and taken up again.
//! Not here: when this is done, which is `pathways`.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use diesel::prelude::*;

use super::completion::{StandingCompletion, set_expiries, standing_of_module};
use super::expiry::Expiry;
use crate::db::DbConnection;
use crate::db::schema::{memberships, organisations, people, training_completions};
use crate::error::Result;
use crate::ids::{ModuleId, OrganisationId, PersonId};
use crate::organisations::{LegalForm, Membership, MembershipState, Position};

/// One person against one module.
#[derive(Debug, Clone, Default)]
pub struct PersonAndModule {
    /// What they are, in each organisation that they are active in.
    pub positions: Vec<(OrganisationId, Position, Option<LegalForm>)>,
    /// In the order of their days.
    pub standing: Vec<StandingCompletion>,
}

impl PersonAndModule {
    /// The last days under a rule, in the same order.
    pub fn last_days(&self, expiry: Expiry) -> Vec<Option<NaiveDate>> {
        let days: Vec<NaiveDate> = self.standing.iter().map(|completion| completion.completed_on).collect();
        expiry.last_days(&days)
    }
}

/// People one after the other, in the order of their ids.
#[derive(Debug, Clone)]
pub struct Stretch {
    /// Everyone active somewhere, or with a completion of the module.
    pub people: BTreeMap<PersonId, PersonAndModule>,
    /// The last person come to; `None` when there was nobody left.
    pub reached: Option<String>,
}

impl Stretch {
    /// The people after the one that was `reached`, so many at most.
    pub fn after(conn: &mut DbConnection, module: &ModuleId, reached: &str, most: i64) -> Result<Self> {
        let Some(last) = last_of_stretch(conn, reached, most)? else {
            return Ok(Self { people: BTreeMap::new(), reached: None });
        };
        let mut found: BTreeMap<PersonId, PersonAndModule> = BTreeMap::new();
        let memberships: Vec<(Membership, Option<LegalForm>)> = memberships::table
            .inner_join(organisations::table)
            .filter(memberships::person_id.gt(reached))
            .filter(memberships::person_id.le(&last))
            .filter(memberships::state.eq(MembershipState::Active))
            .select((Membership::as_select(), organisations::legal_form))
            .load(conn)?;
        for (membership, kind) in memberships {
            let person = found.entry(membership.person_id).or_default();
            person.positions.push((membership.organisation_id, membership.position(), kind));
        }
        for completion in standing_between(conn, module, reached, &last)? {
            found.entry(completion.person_id).or_default().standing.push(completion);
        }
        Ok(Self { people: found, reached: Some(last) })
    }
}

/// Works out anew until when the completions of the people after `reached` count. Returns the last person come to, if
/// there was anyone, and how many rows changed.
pub fn reckon_stretch(
    conn: &mut DbConnection,
    module: &ModuleId,
    expiry: Expiry,
    reached: &str,
    most: i64,
) -> Result<(Option<String>, usize)> {
    let Some(last) = last_of_stretch(conn, reached, most)? else { return Ok((None, 0)) };
    let standing = standing_between(conn, module, reached, &last)?;
    let mut changed = 0;
    for of_one in standing.chunk_by(|a, b| a.person_id == b.person_id) {
        changed += set_expiries(conn, expiry, of_one)?;
    }
    Ok((Some(last), changed))
}

/// How many people a walk that `reached` this one has come to.
pub fn count_people_to(conn: &mut DbConnection, reached: &str) -> Result<i64> {
    Ok(people::table.filter(people::id.le(reached)).count().get_result(conn)?)
}

/// How many organisations have anybody active in them.
pub fn count_organisations(conn: &mut DbConnection) -> Result<i64> {
    let active = memberships::table.filter(memberships::state.eq(MembershipState::Active));
    let distinct = diesel::dsl::count(memberships::organisation_id).aggregate_distinct();
    Ok(active.select(distinct).get_result(conn)?)
}

/// How many people a walk has to come to.
pub fn count_people(conn: &mut DbConnection) -> Result<i64> {
    Ok(people::table.count().get_result(conn)?)
}

fn last_of_stretch(conn: &mut DbConnection, reached: &str, most: i64) -> Result<Option<String>> {
    let ids: Vec<PersonId> =
        people::table.filter(people::id.gt(reached)).order(people::id).limit(most).select(people::id).load(conn)?;
    Ok(ids.last().map(PersonId::to_string))
}

fn standing_between(
    conn: &mut DbConnection,
    module: &ModuleId,
    reached: &str,
    last: &str,
) -> Result<Vec<StandingCompletion>> {
    Ok(standing_of_module(module)
        .filter(training_completions::person_id.gt(reached))
        .filter(training_completions::person_id.le(last))
        .order((training_completions::person_id, training_completions::completed_on))
        .select(StandingCompletion::as_select())
        .load(conn)?)
}
