//! One conversation: its row, preparing it, and noting that it was held.

use chrono::{NaiveDate, NaiveDateTime};
use diesel::prelude::*;
use serde_json::json;

use crate::acts::Act;
use crate::audit::Subject;
use crate::db::DbConnection;
use crate::db::schema::{learning_conversations as conversations, organisations};
use crate::error::{Error, Result};
use crate::ids::{AccountId, ConversationId, EndorsementId, OrganisationId};
use crate::organisations::Organisation;
use crate::text_enum;

text_enum! {
    /// How far it has come.
    pub enum ConversationState { Due = "due", Prepared = "prepared", Held = "held" }
}

/// A conversation as it is stored.
#[derive(Debug, Clone, Queryable, Selectable, Insertable)]
#[diesel(table_name = conversations)]
pub struct Conversation {
    pub id: ConversationId,
    pub endorsement_id: EndorsementId,
    pub organisation_id: OrganisationId,
    /// Since the endorsement began: 12 or 24.
    pub month: i32,
    pub due_on: NaiveDate,
    pub(super) state: ConversationState,
    /// The organisation's own words; empty until it has prepared.
    pub changed: String,
    pub proud: String,
    pub hard: String,
    pub prepared_by: Option<AccountId>,
    pub prepared_at: Option<NaiveDateTime>,
    /// What both take from it; empty until it was held.
    pub taken_along: String,
    pub held_on: Option<NaiveDate>,
    pub held_by: Option<AccountId>,
}

/// What an organisation says beforehand.
#[derive(Debug, Clone)]
pub struct Prepared {
    pub changed: String,
    pub proud: String,
    pub hard: String,
}

impl Conversation {
    /// Those of an organisation, the latest first.
    pub fn all_of(conn: &mut DbConnection, organisation: OrganisationId) -> Result<Vec<Self>> {
        Ok(conversations::table
            .filter(conversations::organisation_id.eq(organisation))
            .order((conversations::due_on.desc(), conversations::id))
            .select(Self::as_select())
            .load(conn)?)
    }

    /// One of this organisation's; anyone else's is not found.
    pub fn find_in(conn: &mut DbConnection, organisation: OrganisationId, id: ConversationId) -> Result<Self> {
        Ok(conversations::table
            .filter(conversations::organisation_id.eq(organisation))
            .filter(conversations::id.eq(id))
            .select(Self::as_select())
            .first(conn)?)
    }

    pub fn find(conn: &mut DbConnection, id: ConversationId) -> Result<(Self, Organisation)> {
        Ok(conversations::table
            .inner_join(organisations::table)
            .filter(conversations::id.eq(id))
            .select((Self::as_select(), Organisation::as_select()))
            .first(conn)?)
    }

    /// Those that are to be held, what is due first at the top: so many from an offset on.
    pub fn open(conn: &mut DbConnection, limit: i64, offset: i64) -> Result<Vec<(Self, String)>> {
        Ok(conversations::table
            .inner_join(organisations::table)
            .filter(conversations::state.ne(ConversationState::Held))
            .order((conversations::due_on, conversations::id))
            .limit(limit)
            .offset(offset)
            .select((Self::as_select(), organisations::name))
            .load(conn)?)
    }

    pub fn state(&self) -> ConversationState {
        self.state
    }

    /// Says beforehand what there is to talk about; as often as they like until it was held.
    pub fn prepare(&self, act: &mut Act<'_>, by: AccountId, said: &Prepared) -> Result<()> {
        let changed = diesel::update(conversations::table.find(self.id))
            .filter(conversations::state.ne(ConversationState::Held))
            .filter(conversations::prepared_at.is_null().or(conversations::prepared_at.eq(self.prepared_at)))
            .set((
                conversations::state.eq(ConversationState::Prepared),
                conversations::changed.eq(&said.changed),
                conversations::proud.eq(&said.proud),
                conversations::hard.eq(&said.hard),
                conversations::prepared_by.eq(by),
                conversations::prepared_at.eq(act.at),
            ))
            .execute(act.conn)?;
        if changed == 0 {
            return Err(Error::Conflict);
        }
        act.record("learning conversation prepared", self.subject(), json!({ "month": self.month }))
    }

    /// Notes that it took place, and what both take from it. It does not change any more.
    pub fn note_held(&self, act: &mut Act<'_>, by: AccountId, on: NaiveDate, taken_along: &str) -> Result<()> {
        let changed = diesel::update(conversations::table.find(self.id))
            .filter(conversations::state.ne(ConversationState::Held))
            .set((
                conversations::state.eq(ConversationState::Held),
                conversations::taken_along.eq(taken_along),
                conversations::held_on.eq(on),
                conversations::held_by.eq(by),
            ))
            .execute(act.conn)?;
        if changed == 0 {
            return Err(Error::Conflict);
        }
        act.record("learning conversation held", self.subject(), json!({ "month": self.month, "on": on }))
    }

    pub(super) fn subject(&self) -> Subject {
        Subject::within(self.organisation_id, "learning conversation", self.id)
    }
}
