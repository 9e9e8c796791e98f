//! Who wants which training, by name: only of those who agreed, and only once they have finished.

use std::collections::BTreeSet;

use diesel::prelude::*;

use super::response::{NamesShared, ResponseState};
use super::round::Round;
use crate::db::DbConnection;
use crate::db::schema::{memberships, people, skills_answers, skills_asked, skills_responses as responses};
use crate::error::Result;
use crate::ids::{ModuleId, OrganisationId};
use crate::organisations::MembershipState;

/// Someone who shares what they want.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Wish {
    pub name: String,
    pub modules: BTreeSet<ModuleId>,
}

/// By name. Two queries, bounded by the organisation's people.
pub fn wishes_in(conn: &mut DbConnection, round: &Round, organisation: OrganisationId) -> Result<Vec<Wish>> {
    let active = memberships::table
        .filter(memberships::organisation_id.eq(organisation))
        .filter(memberships::state.eq(MembershipState::Active))
        .select(memberships::person_id);
    let rows: Vec<(String, crate::ids::PersonId, ModuleId)> = responses::table
        .inner_join(people::table)
        .inner_join(skills_answers::table)
        .inner_join(skills_asked::table.on(skills_asked::skill_id.eq(skills_answers::skill_id)))
        .filter(skills_asked::instrument.eq(round.instrument))
        .filter(responses::round_id.eq(round.id))
        .filter(responses::organisation_id.eq(organisation))
        .filter(responses::state.eq(ResponseState::Finished))
        .filter(responses::names.eq(NamesShared::Yes))
        .filter(responses::person_id.eq_any(active))
        .filter(skills_answers::wants)
        .order((people::name, people::id))
        .select((people::name, people::id, skills_asked::module_id))
        .load(conn)?;
    let mut wishes: Vec<(crate::ids::PersonId, Wish)> = Vec::new();
    for (name, person, module) in rows {
        match wishes.last_mut().filter(|(last, _)| *last == person) {
            Some((_, wish)) => drop(wish.modules.insert(module)),
            None => wishes.push((person, Wish { name, modules: BTreeSet::from([module]) })),
        }
    }
    Ok(wishes.into_iter().map(|(_, wish)| wish).collect())
}
