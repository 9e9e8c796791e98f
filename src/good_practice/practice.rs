//! One mark of good practice: its row, and sharing it or taking it back.

use chrono::NaiveDateTime;
use diesel::prelude::*;
use serde_json::json;

use crate::acts::Act;
use crate::audit::Subject;
use crate::db::schema::{endorsements, good_practices as practices};
use crate::db::{DbConnection, unless_taken};
use crate::error::{Error, Result};
use crate::ids::{AccountId, EndorsementId, IndicatorId, OrganisationId, PracticeId};
use crate::text_enum;

text_enum! {
    /// Whether others may read it.
    pub enum PracticeState { Offered = "offered", Shared = "shared", Withdrawn = "withdrawn" }
}

/// A mark as it is stored.
#[derive(Debug, Clone, Queryable, Selectable, Insertable)]
#[diesel(table_name = practices)]
pub struct Practice {
    pub id: PracticeId,
    pub organisation_id: OrganisationId,
    pub indicator_id: IndicatorId,
    pub endorsement_id: EndorsementId,
    /// What the reviewer wrote to the organisation.
    pub note: String,
    pub found_at: NaiveDateTime,
    pub(super) state: PracticeState,
    /// How the organisation does it, for others to read; empty until it is shared.
    pub words: String,
    pub shared_by: Option<AccountId>,
    pub shared_at: Option<NaiveDateTime>,
}

/// A mark to offer.
#[derive(Debug, Clone)]
pub struct NewPractice {
    pub organisation: OrganisationId,
    pub endorsement: EndorsementId,
    pub indicator: IndicatorId,
    pub note: String,
    pub found_at: NaiveDateTime,
}

/// Offers a mark to its organisation to share; once, however often it is called.
pub fn offer_practice(act: &mut Act<'_>, new: NewPractice) -> Result<()> {
    let practice = Practice {
        id: PracticeId::new(),
        organisation_id: new.organisation,
        indicator_id: new.indicator,
        endorsement_id: new.endorsement,
        note: new.note,
        found_at: new.found_at,
        state: PracticeState::Offered,
        words: String::new(),
        shared_by: None,
        shared_at: None,
    };
    let added = unless_taken(act.conn, |conn| diesel::insert_into(practices::table).values(&practice).execute(conn))?;
    match added {
        Some(_) => act.record("good practice offered", practice.subject(), practice.details()),
        None => Ok(()),
    }
}

impl Practice {
    /// The marks of an organisation's endorsements in force, the latest first.
    pub fn all_of(conn: &mut DbConnection, organisation: OrganisationId) -> Result<Vec<Self>> {
        Ok(practices::table
            .inner_join(endorsements::table)
            .filter(practices::organisation_id.eq(organisation))
            .filter(endorsements::state.eq(IN_FORCE))
            .order((practices::found_at.desc(), practices::id))
            .select(Self::as_select())
            .load(conn)?)
    }

    /// A mark of this organisation's; anyone else's is not found.
    pub fn find_in(conn: &mut DbConnection, organisation: OrganisationId, id: PracticeId) -> Result<Self> {
        Ok(practices::table
            .filter(practices::organisation_id.eq(organisation))
            .filter(practices::id.eq(id))
            .select(Self::as_select())
            .first(conn)?)
    }

    pub fn state(&self) -> PracticeState {
        self.state
    }

    /// Lets others read how the organisation does it, or changes what they read. A conflict when it was shared or taken
    /// back since it was looked at.
    pub fn share(&self, act: &mut Act<'_>, by: AccountId, words: &str) -> Result<()> {
        let changed = diesel::update(practices::table.find(self.id))
            .filter(practices::state.eq(self.state))
            .filter(practices::words.eq(&self.words))
            .set((
                practices::state.eq(PracticeState::Shared),
                practices::words.eq(words),
                practices::shared_by.eq(by),
                practices::shared_at.eq(act.at),
            ))
            .execute(act.conn)?;
        if changed == 0 {
            return Err(Error::Conflict);
        }
        act.record("good practice shared", self.subject(), self.details())
    }

    /// Takes it back: from now on nobody else reads it.
    pub fn withdraw(&self, act: &mut Act<'_>) -> Result<()> {
        let changed = diesel::update(practices::table.find(self.id))
            .filter(practices::state.eq(PracticeState::Shared))
            .set(practices::state.eq(PracticeState::Withdrawn))
            .execute(act.conn)?;
        if changed == 0 {
            return Err(Error::Conflict);
        }
        act.record("good practice taken back", self.subject(), self.details())
    }

    fn subject(&self) -> Subject {
        Subject::within(self.organisation_id, "good practice", self.id)
    }

    fn details(&self) -> serde_json::Value {
        json!({ "indicator": self.indicator_id, "endorsement": self.endorsement_id })
    }
}

/// The state of an endorsement that stands.
pub(super) const IN_FORCE: &str = "in_force";
