//! What a person shares with each organisation they are in: all they have completed, or only what that organisation
//! requires of them and what was logged there. Until they choose, the latter.
//! Whatever an organisation is shown of someone's training goes through [`Shared::shows`].
//! Not here: links that show a record to anyone, which are `my_training`.

use std::collections::HashMap;

use diesel::prelude::*;
use serde_json::json;

use super::completion::{Completion, CompletionState};
use super::module::Module;
use crate::acts::Act;
use crate::audit::Subject;
use crate::db::DbConnection;
use crate::db::schema::{memberships, organisations, people, training_completions};
use crate::error::{Error, Result};
use crate::ids::{CompletionId, ModuleId, OrganisationId, PersonId};
use crate::organisations::{LegalForm, Member, Membership, MembershipState, Organisation, Person};
use crate::text_enum;

text_enum! {
    /// How much of their training someone shares with one organisation.
    pub enum Shared { Required = "required", Everything = "everything" }
}

impl Shared {
    /// Does an organisation see a completion: of a module that it requires of this person or not, and logged where?
    pub fn shows(self, required: bool, logged_within: Option<OrganisationId>, organisation: OrganisationId) -> bool {
        self == Self::Everything || required || logged_within == Some(organisation)
    }
}

/// An organisation someone is in, and what they share with it.
#[derive(Debug, Clone)]
pub struct SharedWith {
    pub organisation: Organisation,
    pub membership: Membership,
    pub shared: Shared,
}

/// What someone shares with each organisation they are active in, by its name.
pub fn training_shared_by(conn: &mut DbConnection, person: PersonId) -> Result<Vec<SharedWith>> {
    let rows: Vec<(Organisation, Membership, Shared)> = memberships::table
        .inner_join(organisations::table)
        .filter(memberships::person_id.eq(person))
        .filter(memberships::state.eq(MembershipState::Active))
        .order((organisations::search, organisations::id))
        .select((Organisation::as_select(), Membership::as_select(), memberships::training_shared))
        .load(conn)?;
    Ok(rows
        .into_iter()
        .map(|(organisation, membership, shared)| SharedWith { organisation, membership, shared })
        .collect())
}

/// Shares more or less with an organisation from now on; `NotFound` when the person is not in it.
pub fn share_training(act: &mut Act<'_>, person: PersonId, with: OrganisationId, shared: Shared) -> Result<()> {
    let changed = diesel::update(memberships::table)
        .filter(memberships::person_id.eq(person))
        .filter(memberships::organisation_id.eq(with))
        .filter(memberships::state.eq(MembershipState::Active))
        .set(memberships::training_shared.eq(shared))
        .execute(act.conn)?;
    if changed == 0 {
        return Err(Error::NotFound);
    }
    let subject = Subject::within(with, "person", person);
    act.record("sharing of training changed", subject, json!({ "shared": shared }))
}

/// Everyone active in an organisation by name, each with what they share with it.
pub(super) fn members_who_share(
    conn: &mut DbConnection,
    organisation: OrganisationId,
) -> Result<Vec<(Member, Shared)>> {
    let rows: Vec<(Person, Membership, Shared)> = memberships::table
        .inner_join(people::table)
        .filter(memberships::organisation_id.eq(organisation))
        .filter(memberships::state.eq(MembershipState::Active))
        .order((people::name, people::id))
        .select((Person::as_select(), Membership::as_select(), memberships::training_shared))
        .load(conn)?;
    Ok(rows.into_iter().map(|(person, membership, shared)| (Member { person, membership }, shared)).collect())
}

/// What an active member shares with an organisation.
pub(super) fn shared_in(conn: &mut DbConnection, membership: &Membership) -> Result<Shared> {
    Ok(memberships::table.find(membership.id).select(memberships::training_shared).first(conn)?)
}

/// Is a completion of someone active in an organisation shown there?
pub(super) fn is_shown_in(
    conn: &mut DbConnection,
    organisation: OrganisationId,
    completion: &Completion,
) -> Result<bool> {
    let (membership, shared, kind): (Membership, Shared, Option<LegalForm>) = memberships::table
        .inner_join(organisations::table)
        .filter(memberships::organisation_id.eq(organisation))
        .filter(memberships::person_id.eq(completion.person_id))
        .filter(memberships::state.eq(MembershipState::Active))
        .select((Membership::as_select(), memberships::training_shared, organisations::legal_form))
        .first(conn)?;
    let module = Module::find(conn, &completion.module_id)?;
    Ok(shared.shows(module.is_required_of(&membership, kind), completion.logged_within, organisation))
}

/// What stands of the people active in an organisation and is shown there, in an order that does not change.
pub(super) fn completions_shown_in(conn: &mut DbConnection, organisation: OrganisationId) -> Result<Vec<CompletionId>> {
    type Found = (CompletionId, ModuleId, Option<OrganisationId>, Membership, Shared);
    let found: Vec<Found> = training_completions::table
        .inner_join(people::table.inner_join(memberships::table))
        .filter(memberships::organisation_id.eq(organisation))
        .filter(memberships::state.eq(MembershipState::Active))
        .filter(training_completions::state.eq(CompletionState::Standing))
        .order(training_completions::id)
        .select((
            training_completions::id,
            training_completions::module_id,
            training_completions::logged_within,
            Membership::as_select(),
            memberships::training_shared,
        ))
        .load(conn)?;
    let kind = Organisation::find(conn, organisation)?.legal_form;
    let modules: HashMap<ModuleId, Module> =
        Module::all(conn)?.into_iter().map(|module| (module.id.clone(), module)).collect();
    let is_shown = |(id, module, logged_within, membership, shared): Found| {
        let required = modules.get(&module).is_some_and(|module| module.is_required_of(&membership, kind));
        shared.shows(required, logged_within, organisation).then_some(id)
    };
    Ok(found.into_iter().filter_map(is_shown).collect())
}
