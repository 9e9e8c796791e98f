//! A tie that someone declares.
//!
//! | from | verb | to |
//! |---|---|---|
//! | none, or withdrawn | declare: what they review of it goes back into the queue | standing |
//! | standing | withdraw: it counts on for a time | withdrawn |
//!
//! What it is stands in no entry of the trail: it may say something of their family.

use chrono::NaiveDateTime;
use diesel::prelude::*;
use serde_json::json;

use super::stepping_aside::step_aside;
use crate::acts::Act;
use crate::audit::Subject;
use crate::db::schema::{organisations, review_interests as interests};
use crate::db::{DbConnection, unless_taken};
use crate::error::{Error, Result};
use crate::ids::{AccountId, InterestId, OrganisationId};
use crate::organisations::Organisation;

/// A declared tie as it is stored.
#[derive(Debug, Clone, Queryable, Selectable, Insertable)]
#[diesel(table_name = interests)]
pub struct Interest {
    pub id: InterestId,
    pub account_id: AccountId,
    pub organisation_id: OrganisationId,
    /// What it is, in their own words.
    pub words: String,
    pub declared_at: NaiveDateTime,
    pub withdrawn_at: Option<NaiveDateTime>,
}

impl Interest {
    /// Declares a tie; whatever they review of the organisation goes back. How many that were; `None` when the same tie
    /// stands already.
    pub fn declare(
        act: &mut Act<'_>,
        account: AccountId,
        organisation: &Organisation,
        words: &str,
    ) -> Result<Option<usize>> {
        let interest = Self {
            id: InterestId::new(),
            account_id: account,
            organisation_id: organisation.id,
            words: words.to_owned(),
            declared_at: act.at,
            withdrawn_at: None,
        };
        let added =
            unless_taken(act.conn, |conn| diesel::insert_into(interests::table).values(&interest).execute(conn))?;
        if added.is_none() {
            return Ok(None);
        }
        act.record("tie declared", interest.subject(), json!({ "organisation": organisation.id }))?;
        step_aside(act, account).map(Some)
    }

    /// It is over. From today it counts on for as long as the programme says.
    pub fn withdraw(&self, act: &mut Act<'_>) -> Result<()> {
        let changed = diesel::update(interests::table.find(self.id))
            .filter(interests::withdrawn_at.is_null())
            .set(interests::withdrawn_at.eq(act.at))
            .execute(act.conn)?;
        if changed == 0 {
            return Err(Error::Conflict);
        }
        act.record("tie withdrawn", self.subject(), json!({ "organisation": self.organisation_id }))
    }

    /// One of their own.
    pub fn find_of(conn: &mut DbConnection, account: AccountId, id: InterestId) -> Result<(Self, Organisation)> {
        Ok(interests::table
            .inner_join(organisations::table)
            .filter(interests::id.eq(id))
            .filter(interests::account_id.eq(account))
            .select((Self::as_select(), Organisation::as_select()))
            .first(conn)?)
    }

    /// All of their own, the newest first.
    pub fn all_of(conn: &mut DbConnection, account: AccountId) -> Result<Vec<(Self, Organisation)>> {
        Ok(interests::table
            .inner_join(organisations::table)
            .filter(interests::account_id.eq(account))
            .order((interests::declared_at.desc(), interests::id.desc()))
            .select((Self::as_select(), Organisation::as_select()))
            .load(conn)?)
    }

    /// It is nobody's but the VRP's: no organisation has it in its trail.
    fn subject(&self) -> Subject {
        Subject::of("interest", self.id)
    }
}
