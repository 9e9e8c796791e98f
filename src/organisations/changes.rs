//! What an approved organisation has changed about itself and not published yet. Changes lie over the public profile,
//! answer by answer; one act publishes all of them.
//! Nobody's change is lost: whoever saves, discards or publishes says what they saw, and is told when it is different.
//! Only what matters goes into the trail with its words: the name, and who the safeguarding lead is.

use chrono::NaiveDateTime;
use diesel::prelude::*;
use serde_json::json;

use super::answer::Answer;
use super::identifiers::{Claim, Identifier};
use super::listing::relist;
use super::matters::{Cause, Matters};
use super::organisation::{Organisation, OrganisationState};
use super::profile::{Profile, put_answer};
use super::question::Question;
use super::standing::OrganisationStanding;
use crate::acts::Act;
use crate::db::schema::{accounts, organisations, profile_changes};
use crate::db::{DbConnection, unless_taken};
use crate::error::{Error, Result};
use crate::ids::{AccountId, OrganisationId};
use crate::words::mark_of;

/// One answer that is not public yet.
#[derive(Debug, Clone)]
pub struct ProfileChange {
    pub answer: Answer,
    /// The name of who changed it last.
    pub changed_by: String,
    pub changed_at: NaiveDateTime,
}

/// The public profile, and what it will be.
#[derive(Debug, Clone)]
pub struct WorkingProfile {
    pub public: Profile,
    /// The public one with the changes laid over it.
    pub working: Profile,
    /// In the order of the questions.
    pub changes: Vec<ProfileChange>,
}

/// What came of saving an answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Saved {
    /// It waits to be published.
    Waiting,
    /// It is what is public already.
    AsPublic,
    /// Someone changed this answer since it was looked at. Nothing was saved.
    ChangedMeanwhile,
    /// A number is another organisation's. Nothing was saved.
    NumberTaken,
}

/// What came of publishing.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Publication {
    Made,
    /// Someone changed an answer since they were looked at. Nothing was published.
    ChangedMeanwhile,
    /// A number is another organisation's. Nothing was published.
    NumberTaken,
}

impl WorkingProfile {
    pub fn of(conn: &mut DbConnection, organisation: Organisation) -> Result<Self> {
        let public = Profile::of(conn, organisation)?;
        let changes = changes_of(conn, public.organisation.id)?;
        let mut working = public.clone();
        for change in &changes {
            working.lay_over(conn, change.answer.clone())?;
        }
        Ok(Self { public, working, changes })
    }

    /// The change of one answer, if it is changed.
    pub fn change_of(&self, question: Question) -> Option<&ProfileChange> {
        self.changes.iter().find(|change| change.answer.question() == question)
    }

    /// A mark of one answer as it stands.
    pub fn mark_of(&self, question: Question) -> String {
        mark_of(&Answer::in_profile(&self.working, question))
    }

    /// A mark of all changes as they stand.
    pub fn mark_of_changes(&self) -> String {
        mark_of(&self.changes.iter().map(|change| &change.answer).collect::<Vec<_>>())
    }
}

impl Organisation {
    /// Changes an answer, for whoever saw the one with this mark.
    pub fn change_answer(&self, act: &mut Act<'_>, by: AccountId, answer: Answer, seen: &str) -> Result<Saved> {
        let (profile, question, answer) = (self.hold_profile(act)?, answer.question(), answer.tidied());
        if profile.mark_of(question) != seen {
            return Ok(Saved::ChangedMeanwhile);
        }
        if let Answer::Numbers(identifiers) = &answer
            && Identifier::taken_among(act.conn, self.id, identifiers)?.is_some()
        {
            return Ok(Saved::NumberTaken);
        }
        forget_change(act, self.id, question)?;
        let saved = if Answer::in_profile(&profile.public, question).as_ref() == Some(&answer) {
            Saved::AsPublic
        } else {
            let row = (
                profile_changes::organisation_id.eq(self.id),
                profile_changes::question.eq(question),
                profile_changes::answer.eq(serde_json::to_string(&answer).map_err(Error::unexpected)?),
                profile_changes::changed_by.eq(by),
                profile_changes::changed_at.eq(act.at),
            );
            diesel::insert_into(profile_changes::table).values(row).execute(act.conn)?;
            Saved::Waiting
        };
        act.record("profile changed", self.subject(), json!({ "question": question }))?;
        Ok(saved)
    }

    /// Takes back the change of one answer, for whoever saw it with this mark. `Conflict` when it is different now.
    pub fn discard_change(&self, act: &mut Act<'_>, question: Question, seen: &str) -> Result<()> {
        let profile = self.hold_profile(act)?;
        if profile.change_of(question).is_none() || profile.mark_of(question) != seen {
            return Err(Error::Conflict);
        }
        forget_change(act, self.id, question)?;
        act.record("profile change discarded", self.subject(), json!({ "question": question }))
    }

    /// Takes back every change, for whoever saw them with this mark. `Conflict` when they are different now.
    pub fn discard_changes(&self, act: &mut Act<'_>, seen: &str) -> Result<()> {
        let profile = self.hold_profile(act)?;
        if profile.changes.is_empty() || profile.mark_of_changes() != seen {
            return Err(Error::Conflict);
        }
        forget_changes(act, self.id)?;
        act.record("profile changes discarded", self.subject(), json!({ "questions": questions_of(&profile) }))
    }

    /// Makes every change public, for whoever saw them with this mark. The VRP is told of those that matter.
    pub fn publish_changes(&self, act: &mut Act<'_>, seen: &str) -> Result<Publication> {
        let profile = self.hold_profile(act)?;
        if profile.changes.is_empty() {
            return Err(Error::Conflict);
        }
        if profile.mark_of_changes() != seen {
            return Ok(Publication::ChangedMeanwhile);
        }
        // In a savepoint, because a number may have been taken meanwhile.
        let put = unless_taken(act.conn, |conn| {
            let mut answers = profile.changes.iter().map(|change| change.answer.clone());
            answers.try_for_each(|answer| put_answer(conn, self.id, answer, Claim::Now))
        })?;
        if put.is_none() {
            return Ok(Publication::NumberTaken);
        }
        forget_changes(act, self.id)?;
        let matters = Matters::between(&profile.public.organisation, &profile.working.organisation);
        let mut details = json!({ "questions": questions_of(&profile) });
        matters.add_to(&mut details);
        act.record("profile published", self.subject(), details)?;
        relist(act, self.id);
        matters.tell(act, &profile.working.organisation, Cause::Published)?;
        Ok(Publication::Made)
    }

    /// Takes the organisation for this act: whoever changes its profile does so one after the other.
    fn hold_profile(&self, act: &mut Act<'_>) -> Result<WorkingProfile> {
        let held = diesel::update(organisations::table.find(self.id))
            .filter(organisations::state.eq(OrganisationState::Approved))
            .filter(organisations::standing.ne(OrganisationStanding::Closed))
            .set(organisations::id.eq(self.id))
            .execute(act.conn)?;
        if held == 0 {
            return Err(Error::Conflict);
        }
        let fresh = Self::find(act.conn, self.id)?;
        WorkingProfile::of(act.conn, fresh)
    }
}

fn questions_of(profile: &WorkingProfile) -> Vec<Question> {
    profile.changes.iter().map(|change| change.answer.question()).collect()
}

fn changes_of(conn: &mut DbConnection, organisation: OrganisationId) -> Result<Vec<ProfileChange>> {
    let rows: Vec<(String, String, NaiveDateTime)> = profile_changes::table
        .inner_join(accounts::table)
        .filter(profile_changes::organisation_id.eq(organisation))
        .select((profile_changes::answer, accounts::name, profile_changes::changed_at))
        .load(conn)?;
    let change = |(answer, changed_by, changed_at): (String, _, _)| {
        let answer = serde_json::from_str(&answer).map_err(Error::unexpected)?;
        Ok(ProfileChange { answer, changed_by, changed_at })
    };
    let mut changes = rows.into_iter().map(change).collect::<Result<Vec<_>>>()?;
    changes.sort_by_key(|change| change.answer.question());
    Ok(changes)
}

fn forget_change(act: &mut Act<'_>, organisation: OrganisationId, question: Question) -> Result<()> {
    diesel::delete(profile_changes::table.find((organisation, question))).execute(act.conn)?;
    Ok(())
}

fn forget_changes(act: &mut Act<'_>, organisation: OrganisationId) -> Result<()> {
    let of = profile_changes::table.filter(profile_changes::organisation_id.eq(organisation));
    diesel::delete(of).execute(act.conn)?;
    Ok(())
}
