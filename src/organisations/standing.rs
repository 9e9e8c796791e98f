//! How an approved organisation stands: open, suspended or closed. Nothing else of it changes with that: pledges and
//! endorsements stay as they are, and whoever reads them reads the standing too, so that re-opening restores all.
//!
//! | from | step | by | to |
//! |---|---|---|---|
//! | open | suspend | the VRP | suspended |
//! | open | close | the VRP, or one of its leads | closed |
//! | suspended | close | the VRP | closed |
//! | suspended, closed | re-open | the VRP | open |

use chrono::NaiveDateTime;
use diesel::prelude::*;
use serde::Serialize;
use serde_json::json;

use super::listing::relist;
use super::organisation::{Organisation, OrganisationState};
use crate::accounts::{Account, tell_stewards};
use crate::acts::Act;
use crate::db::DbConnection;
use crate::db::schema::{accounts, memberships, organisations, people, standing_changes};
use crate::error::{Error, Result};
use crate::ids::{AccountId, OrganisationId, StandingChangeId};
use crate::mail::Letter;
use crate::text_enum;

text_enum! {
    /// How an approved organisation stands.
    pub enum OrganisationStanding { Open = "open", Suspended = "suspended", Closed = "closed" }
}

text_enum! {
    /// What can be done about it; its word stands in the address of its page.
    pub enum StandingStep { Suspend = "suspension", Close = "closure", Reopen = "reopening" }
}

text_enum! {
    /// On whose behalf it was done.
    pub enum ChangedAs { Steward = "steward", Lead = "lead" }
}

impl StandingStep {
    pub fn leads_to(self) -> OrganisationStanding {
        match self {
            Self::Suspend => OrganisationStanding::Suspended,
            Self::Close => OrganisationStanding::Closed,
            Self::Reopen => OrganisationStanding::Open,
        }
    }

    /// From which standings it can be taken on someone's behalf.
    pub fn leads_from(self, taken_as: ChangedAs) -> &'static [OrganisationStanding] {
        use OrganisationStanding::{Closed, Open, Suspended};
        match (self, taken_as) {
            (Self::Suspend, ChangedAs::Steward) | (Self::Close, ChangedAs::Lead) => &[Open],
            (Self::Close, ChangedAs::Steward) => &[Open, Suspended],
            (Self::Reopen, ChangedAs::Steward) => &[Suspended, Closed],
            (Self::Suspend | Self::Reopen, ChangedAs::Lead) => &[],
        }
    }
}

/// One change of a standing.
#[derive(Debug, Clone, Queryable, Selectable, Insertable)]
#[diesel(table_name = standing_changes)]
pub struct StandingChange {
    pub id: StandingChangeId,
    pub organisation_id: OrganisationId,
    pub was: OrganisationStanding,
    pub became: OrganisationStanding,
    pub reason: String,
    pub changed_by: AccountId,
    pub changed_as: ChangedAs,
    pub changed_at: NaiveDateTime,
}

impl StandingChange {
    /// All of an organisation with who made them, the newest first.
    pub fn all_of(conn: &mut DbConnection, organisation: OrganisationId) -> Result<Vec<(Self, String)>> {
        Ok(standing_changes::table
            .inner_join(accounts::table)
            .filter(standing_changes::organisation_id.eq(organisation))
            .order((standing_changes::changed_at.desc(), standing_changes::id.desc()))
            .select((Self::as_select(), accounts::name))
            .load(conn)?)
    }

    /// The newest, if the organisation is not open now.
    pub fn in_effect(conn: &mut DbConnection, organisation: &Organisation) -> Result<Option<Self>> {
        if organisation.standing() == OrganisationStanding::Open {
            return Ok(None);
        }
        Ok(Self::all_of(conn, organisation.id)?.into_iter().next().map(|(change, _)| change))
    }
}

#[derive(Serialize)]
struct SuspendedLetter<'a> {
    organisation: &'a str,
    slug: &'a str,
    reason: &'a str,
}
impl Letter for SuspendedLetter<'_> {
    const NAME: &'static str = "organisation-suspended";
}

#[derive(Serialize)]
struct ClosedLetter<'a> {
    organisation: &'a str,
    slug: &'a str,
    /// The lead who closed it; nobody when the VRP did.
    closed_by: Option<&'a str>,
    reason: &'a str,
}
impl Letter for ClosedLetter<'_> {
    const NAME: &'static str = "organisation-closed";
}

#[derive(Serialize)]
struct ReopenedLetter<'a> {
    organisation: &'a str,
    slug: &'a str,
    reason: &'a str,
}
impl Letter for ReopenedLetter<'_> {
    const NAME: &'static str = "organisation-reopened";
}

#[derive(Serialize)]
struct ClosedByLeadLetter<'a> {
    organisation: &'a str,
    slug: &'a str,
    name: &'a str,
    reason: &'a str,
}
impl Letter for ClosedByLeadLetter<'_> {
    const NAME: &'static str = "organisation-closed-by-lead";
}

impl Organisation {
    /// An administrator of the VRP changes its standing; its leads are told why. Not one who belongs to it.
    pub fn take_step(&self, act: &mut Act<'_>, step: StandingStep, by: &Account, reason: &str) -> Result<()> {
        if is_tied(act.conn, self.id, by.id)? {
            return Err(Error::NotAllowed);
        }
        self.change_standing(act, step, by, ChangedAs::Steward, reason)?;
        let (organisation, slug) = (self.name.as_str(), self.slug.as_str());
        match step {
            StandingStep::Suspend => self.tell_leads(act, &SuspendedLetter { organisation, slug, reason }),
            StandingStep::Close => self.tell_leads(act, &ClosedLetter { organisation, slug, closed_by: None, reason }),
            StandingStep::Reopen => self.tell_leads(act, &ReopenedLetter { organisation, slug, reason }),
        }
    }

    /// One of its leads closes it; the other leads and the VRP are told why.
    pub fn close_as_lead(&self, act: &mut Act<'_>, by: &Account, reason: &str) -> Result<()> {
        self.change_standing(act, StandingStep::Close, by, ChangedAs::Lead, reason)?;
        let (organisation, slug, name) = (self.name.as_str(), self.slug.as_str(), by.name.as_str());
        self.tell_leads(act, &ClosedLetter { organisation, slug, closed_by: Some(name), reason })?;
        tell_stewards(act, &ClosedByLeadLetter { organisation, slug, name, reason })
    }

    fn change_standing(
        &self,
        act: &mut Act<'_>,
        step: StandingStep,
        by: &Account,
        changed_as: ChangedAs,
        reason: &str,
    ) -> Result<()> {
        let (was, became) = (self.standing(), step.leads_to());
        if !step.leads_from(changed_as).contains(&was) {
            return Err(Error::Conflict);
        }
        let changed = diesel::update(organisations::table.find(self.id))
            .filter(organisations::state.eq(OrganisationState::Approved))
            .filter(organisations::standing.eq(was))
            .set((organisations::standing.eq(became), organisations::standing_since.eq(act.at)))
            .execute(act.conn)?;
        if changed == 0 {
            return Err(Error::Conflict);
        }
        let change = StandingChange {
            id: StandingChangeId::new(),
            organisation_id: self.id,
            was,
            became,
            reason: reason.to_owned(),
            changed_by: by.id,
            changed_as,
            changed_at: act.at,
        };
        diesel::insert_into(standing_changes::table).values(&change).execute(act.conn)?;
        let verb = match step {
            StandingStep::Suspend => "organisation suspended",
            StandingStep::Close => "organisation closed",
            StandingStep::Reopen => "organisation re-opened",
        };
        act.record(verb, self.subject(), json!({ "was": was, "as": changed_as, "reason": reason }))?;
        relist(act, self.id);
        Ok(())
    }
}

/// Does someone belong to an organisation, or did they ever?
pub fn is_tied(conn: &mut DbConnection, organisation: OrganisationId, account: AccountId) -> Result<bool> {
    let ties = memberships::table
        .inner_join(people::table)
        .filter(memberships::organisation_id.eq(organisation))
        .filter(people::account_id.eq(account));
    Ok(diesel::select(diesel::dsl::exists(ties)).get_result(conn)?)
}

/// Ids of the organisations that are open: what they have done stands.
#[diesel::dsl::auto_type(no_type_alias)]
pub fn in_good_standing() -> _ {
    let open: OrganisationStanding = OrganisationStanding::Open;
    organisations::table.filter(organisations::standing.eq(open)).select(organisations::id)
}
