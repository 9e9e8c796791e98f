//! A completion: someone finished a module on a day. It belongs to the person and goes with them from one
//! organisation to the next.
//!
//! | logged by | source | then |
//! |---|---|---|
//! | the person | self-logged | another lead may confirm it |
//! | a lead, for someone else | confirmed, by that lead in the same act | |
//! | the provider, from the register of a session | verified | |
//!
//! Nobody ever confirms their own. Until when it counts is worked out anew for all of a person's completions of the
//! module whenever one is added or leaves. Only what stands counts; corrections are in `correction`.

use chrono::{NaiveDate, NaiveDateTime};
use diesel::prelude::*;
use serde_json::json;

use super::Module;
use super::expiry::Expiry;
use super::sharing::is_shown_in;
use crate::acts::Act;
use crate::audit::Subject;
use crate::db::schema::{accounts, memberships, training_completions};
use crate::db::{DbConnection, unless_taken};
use crate::error::{Error, Result};
use crate::files::{KeptFile, StoredFile, file_named, record_file};
use crate::ids::{
    AccountId, CompletionId, EquivalentId, FileId, ModuleId, OrganisationId, PersonId, TrainingSessionId,
};
use crate::organisations::{MembershipState, Person};
use crate::text_enum;

text_enum! {
    /// On whose word a completion stands.
    pub enum Source { SelfLogged = "self_logged", Confirmed = "confirmed", Verified = "verified" }
}

text_enum! {
    /// One that was corrected has another in its place.
    pub enum CompletionState { Standing = "standing", Corrected = "corrected", Withdrawn = "withdrawn" }
}

/// A completion as it is stored.
#[derive(Debug, Clone, Queryable, Selectable, Insertable)]
#[diesel(table_name = training_completions, treat_none_as_default_value = false)]
pub struct Completion {
    pub id: CompletionId,
    pub person_id: PersonId,
    pub module_id: ModuleId,
    /// The course by others that counts as the module, if it was one.
    pub equivalent_id: Option<EquivalentId>,
    pub completed_on: NaiveDate,
    /// The last day it counts; `None` when it always does.
    pub expires_on: Option<NaiveDate>,
    /// Who gave the training.
    pub provider: String,
    pub(super) source: Source,
    pub certificate_file_id: Option<FileId>,
    pub logged_by: AccountId,
    pub logged_at: NaiveDateTime,
    /// The organisation on whose pages it was logged, if on any.
    pub logged_within: Option<OrganisationId>,
    pub confirmed_by: Option<AccountId>,
    pub confirmed_at: Option<NaiveDateTime>,
    /// The session whose provider verified it.
    pub session_id: Option<TrainingSessionId>,
    pub(super) state: CompletionState,
    /// The one in whose place it stands.
    pub corrects: Option<CompletionId>,
    /// Why it was corrected or withdrawn.
    pub correction: Option<String>,
}

/// What is logged.
pub struct NewCompletion {
    pub person: Person,
    pub module: Module,
    pub equivalent: Option<EquivalentId>,
    pub completed_on: NaiveDate,
    pub provider: String,
    pub certificate: Option<KeptFile>,
    pub logged_by: AccountId,
}

/// The latest completion of a module by a person: what the matrix needs of it.
#[derive(Debug, Clone, Queryable)]
pub struct LatestCompletion {
    pub person_id: PersonId,
    pub module_id: ModuleId,
    pub completed_on: NaiveDate,
    /// The last day it counts.
    pub expires_on: Option<NaiveDate>,
}

/// What the rules of a module need to know of a completion that stands.
#[derive(Debug, Clone, Queryable, Selectable)]
#[diesel(table_name = training_completions)]
pub struct StandingCompletion {
    pub id: CompletionId,
    pub person_id: PersonId,
    pub completed_on: NaiveDate,
    pub expires_on: Option<NaiveDate>,
}

impl From<&Completion> for LatestCompletion {
    fn from(completion: &Completion) -> Self {
        Self {
            person_id: completion.person_id,
            module_id: completion.module_id.clone(),
            completed_on: completion.completed_on,
            expires_on: completion.expires_on,
        }
    }
}

impl Completion {
    /// Someone's completion; another person's id is not found.
    pub fn find_of(conn: &mut DbConnection, person: PersonId, id: CompletionId) -> Result<Self> {
        Ok(training_completions::table
            .find(id)
            .filter(training_completions::state.eq(CompletionState::Standing))
            .filter(training_completions::person_id.eq(person))
            .select(Self::as_select())
            .first(conn)?)
    }

    /// A completion of someone active in this organisation, which they share with it; any other is not found.
    pub fn find_in(conn: &mut DbConnection, organisation: OrganisationId, id: CompletionId) -> Result<Self> {
        let found: Self = training_completions::table
            .find(id)
            .filter(training_completions::state.eq(CompletionState::Standing))
            .filter(training_completions::person_id.eq_any(active_people(organisation)))
            .select(Self::as_select())
            .first(conn)?;
        if is_shown_in(conn, organisation, &found)? { Ok(found) } else { Err(Error::NotFound) }
    }

    /// Whose completion it is, whatever became of it; not found unless they are active in this organisation.
    pub fn person_in(conn: &mut DbConnection, organisation: OrganisationId, id: CompletionId) -> Result<PersonId> {
        Ok(training_completions::table
            .find(id)
            .filter(training_completions::person_id.eq_any(active_people(organisation)))
            .select(training_completions::person_id)
            .first(conn)?)
    }

    /// All that someone has completed, newest first, each with the name of who confirmed it.
    pub fn history_of(conn: &mut DbConnection, person: PersonId) -> Result<Vec<(Self, Option<String>)>> {
        let confirmers = accounts::table.on(accounts::id.nullable().eq(training_completions::confirmed_by));
        Ok(training_completions::table
            .left_join(confirmers)
            .filter(training_completions::person_id.eq(person))
            .filter(training_completions::state.eq(CompletionState::Standing))
            .order((training_completions::completed_on.desc(), training_completions::id.desc()))
            .select((Self::as_select(), accounts::name.nullable()))
            .load(conn)?)
    }

    /// Has it been neither corrected nor withdrawn?
    pub fn stands(&self) -> bool {
        self.state == CompletionState::Standing
    }

    pub fn is_withdrawn(&self) -> bool {
        self.state == CompletionState::Withdrawn
    }

    pub fn source(&self) -> Source {
        self.source
    }

    /// The file of its certificate; not found if there is none.
    pub fn certificate(&self, conn: &mut DbConnection) -> Result<StoredFile> {
        file_named(conn, self.certificate_file_id.ok_or(Error::NotFound)?)
    }

    /// Could this account confirm it, if it is a lead's? Not its owner's, and not twice.
    pub fn may_be_confirmed_by(&self, account: AccountId, owner: &Person) -> bool {
        self.source == Source::SelfLogged && owner.account_id != Some(account) && self.logged_by != account
    }

    /// A lead vouches for what `owner` logged.
    pub fn confirm(&self, act: &mut Act<'_>, within: OrganisationId, owner: &Person, lead: AccountId) -> Result<()> {
        if self.source == Source::SelfLogged && !self.may_be_confirmed_by(lead, owner) {
            return Err(Error::NotAllowed);
        }
        let changed = diesel::update(training_completions::table.find(self.id))
            .filter(training_completions::source.eq(Source::SelfLogged))
            .filter(training_completions::state.eq(CompletionState::Standing))
            .set((
                training_completions::source.eq(Source::Confirmed),
                training_completions::confirmed_by.eq(lead),
                training_completions::confirmed_at.eq(act.at),
                training_completions::confirmed_within.eq(within),
            ))
            .execute(act.conn)?;
        if changed == 0 {
            return Err(Error::Conflict);
        }
        let subject = Subject::within(within, "completion", self.id);
        act.record("training confirmed", subject, json!({ "person": self.person_id, "module": self.module_id }))
    }
}

/// Logs a completion; `None` when this module is logged for this person and day already.
/// `within` is the organisation on whose pages it is done, if on any.
pub fn log_completion(
    act: &mut Act<'_>,
    within: Option<OrganisationId>,
    new: NewCompletion,
) -> Result<Option<Completion>> {
    let confirmer = (new.person.account_id != Some(new.logged_by)).then_some(new.logged_by);
    let completion = Completion {
        id: CompletionId::new(),
        person_id: new.person.id,
        module_id: new.module.id.clone(),
        equivalent_id: new.equivalent,
        completed_on: new.completed_on,
        expires_on: None,
        provider: new.provider,
        source: if confirmer.is_some() { Source::Confirmed } else { Source::SelfLogged },
        certificate_file_id: None,
        logged_by: new.logged_by,
        logged_at: act.at,
        logged_within: within,
        confirmed_by: confirmer,
        confirmed_at: confirmer.map(|_| act.at),
        session_id: None,
        state: CompletionState::Standing,
        corrects: None,
        correction: None,
    };
    insert_completion(act, &new.module, completion, new.certificate, "training logged")
}

/// Adds one that stands, with the file of its certificate and its entry; `None` when its place is taken.
pub(super) fn insert_completion(
    act: &mut Act<'_>,
    module: &Module,
    mut completion: Completion,
    certificate: Option<KeptFile>,
    verb: &str,
) -> Result<Option<Completion>> {
    let added = unless_taken(act.conn, |conn| {
        diesel::insert_into(training_completions::table).values(&completion).execute(conn)
    })?;
    if added.is_none() {
        return Ok(None);
    }
    if let Some(certificate) = certificate {
        let file = record_file(act.conn, act.at, Some(completion.logged_by), certificate)?;
        completion.certificate_file_id = Some(file.id);
        diesel::update(training_completions::table.find(completion.id))
            .set(training_completions::certificate_file_id.eq(completion.certificate_file_id))
            .execute(act.conn)?;
    }
    let record = format!("completion {}", completion.id);
    let details = json!({
        "person": completion.person_id,
        "module": completion.module_id,
        "completed_on": completion.completed_on,
        "source": completion.source,
        "corrects": completion.corrects,
    });
    act.record(verb, Subject { record, organisation: completion.logged_within }, details)?;
    reckon_expiries(act.conn, module, completion.person_id)?;
    let expires_on = training_completions::table.find(completion.id).select(training_completions::expires_on);
    completion.expires_on = expires_on.first(act.conn)?;
    Ok(Some(completion))
}

/// Works out anew until when someone's completions of a module count; returns how many rows that changed.
/// Call it after the act's entry is written: from then on no other act is under way, and the rules that are read here
/// are the last word, even when they were changed since `module` was read.
pub fn reckon_expiries(conn: &mut DbConnection, module: &Module, person: PersonId) -> Result<usize> {
    let standing: Vec<StandingCompletion> = standing_of_module(&module.id)
        .filter(training_completions::person_id.eq(person))
        .order(training_completions::completed_on)
        .select(StandingCompletion::as_select())
        .load(conn)?;
    if standing.is_empty() {
        return Ok(0);
    }
    let expiry = Module::find(conn, &module.id)?.rules.expiry;
    set_expiries(conn, expiry, &standing)
}

/// Gives one person's completions of a module, in the order of their days, the ends that a rule has for them.
pub(super) fn set_expiries(conn: &mut DbConnection, expiry: Expiry, standing: &[StandingCompletion]) -> Result<usize> {
    let days: Vec<NaiveDate> = standing.iter().map(|completion| completion.completed_on).collect();
    let mut changed = 0;
    for (completion, after) in standing.iter().zip(expiry.last_days(&days)) {
        if completion.expires_on != after {
            let row = training_completions::table.find(completion.id);
            changed += diesel::update(row).set(training_completions::expires_on.eq(after)).execute(conn)?;
        }
    }
    Ok(changed)
}

#[diesel::dsl::auto_type(no_type_alias)]
pub(super) fn standing_of_module(module: &ModuleId) -> _ {
    let standing: CompletionState = CompletionState::Standing;
    training_completions::table
        .filter(training_completions::module_id.eq(module))
        .filter(training_completions::state.eq(standing))
}

/// The latest completion of each module by each person active in an organisation, of those that `is_shown`, which is
/// told where each was logged.
pub(super) fn latest_in(
    conn: &mut DbConnection,
    organisation: OrganisationId,
    is_shown: impl Fn(&LatestCompletion, Option<OrganisationId>) -> bool,
) -> Result<Vec<LatestCompletion>> {
    let completions: Vec<(LatestCompletion, Option<OrganisationId>)> = training_completions::table
        .filter(training_completions::person_id.eq_any(active_people(organisation)))
        .filter(training_completions::state.eq(CompletionState::Standing))
        .order((
            training_completions::person_id,
            training_completions::module_id,
            training_completions::completed_on.desc(),
        ))
        .select((
            (
                training_completions::person_id,
                training_completions::module_id,
                training_completions::completed_on,
                training_completions::expires_on,
            ),
            training_completions::logged_within,
        ))
        .load(conn)?;
    let shown = completions.into_iter().filter(|(latest, logged_within)| is_shown(latest, *logged_within));
    Ok(first_of_each(shown.map(|(latest, _)| latest).collect()))
}

fn first_of_each(mut newest_first: Vec<LatestCompletion>) -> Vec<LatestCompletion> {
    newest_first.dedup_by(|later, kept| later.person_id == kept.person_id && later.module_id == kept.module_id);
    newest_first
}

#[diesel::dsl::auto_type(no_type_alias)]
pub(super) fn active_people(organisation: OrganisationId) -> _ {
    let active: MembershipState = MembershipState::Active;
    memberships::table
        .filter(memberships::organisation_id.eq(organisation))
        .filter(memberships::state.eq(active))
        .select(memberships::person_id)
}
