//! Leave by the VRP to do what the rules do not let an organisation do: to pledge without Charter training, or to give
//! both signatures by one person, for a group that has nobody else. Each with a reason; it stays on record when it ends.
//! An organisation has one leave of a kind at most. Ending it changes nothing that was signed under it.

use chrono::NaiveDateTime;
use diesel::prelude::*;
use serde::Serialize;
use serde_json::json;

use crate::acts::Act;
use crate::audit::Subject;
use crate::db::schema::pledge_leaves;
use crate::db::{DbConnection, unless_taken};
use crate::error::{Error, Result};
use crate::ids::{AccountId, OrganisationId, PledgeLeaveId};
use crate::mail::Letter;
use crate::organisations::Organisation;
use crate::text_enum;

text_enum! {
    pub enum LeaveKind {
        /// The first pledge may begin before anyone has been to Charter training.
        WithoutTraining = "without_training",
        /// One person may sign for governance and for delivery.
        OneSignatory = "one_signatory",
    }
}

/// A leave as it is stored.
#[derive(Debug, Clone, Queryable, Selectable, Insertable)]
#[diesel(table_name = pledge_leaves)]
pub struct Leave {
    pub id: PledgeLeaveId,
    pub organisation_id: OrganisationId,
    pub kind: LeaveKind,
    pub reason: String,
    pub granted_by: AccountId,
    pub granted_at: NaiveDateTime,
    pub ended_by: Option<AccountId>,
    pub ended_at: Option<NaiveDateTime>,
}

#[derive(Serialize)]
struct GrantedLetter<'a> {
    organisation: &'a str,
    slug: &'a str,
    kind: LeaveKind,
    reason: &'a str,
}
impl Letter for GrantedLetter<'_> {
    const NAME: &'static str = "pledge-leave-granted";
}

impl Leave {
    /// All an organisation ever had, the latest first.
    pub fn all_of(conn: &mut DbConnection, organisation: OrganisationId) -> Result<Vec<Self>> {
        Ok(pledge_leaves::table
            .filter(pledge_leaves::organisation_id.eq(organisation))
            .order((pledge_leaves::granted_at.desc(), pledge_leaves::id.desc()))
            .select(Self::as_select())
            .load(conn)?)
    }

    /// The one of a kind that stands.
    pub fn standing_of(
        conn: &mut DbConnection,
        organisation: OrganisationId,
        kind: LeaveKind,
    ) -> Result<Option<PledgeLeaveId>> {
        Ok(pledge_leaves::table
            .filter(pledge_leaves::organisation_id.eq(organisation))
            .filter(pledge_leaves::kind.eq(kind))
            .filter(pledge_leaves::ended_at.is_null())
            .select(pledge_leaves::id)
            .first(conn)
            .optional()?)
    }

    pub fn stands(&self) -> bool {
        self.ended_at.is_none()
    }
}

/// Gives leave; the leads have a letter with the reason. `Conflict` when one of the kind stands.
pub fn grant_leave(
    act: &mut Act<'_>,
    organisation: &Organisation,
    by: AccountId,
    kind: LeaveKind,
    reason: &str,
) -> Result<PledgeLeaveId> {
    let leave = Leave {
        id: PledgeLeaveId::new(),
        organisation_id: organisation.id,
        kind,
        reason: reason.to_owned(),
        granted_by: by,
        granted_at: act.at,
        ended_by: None,
        ended_at: None,
    };
    unless_taken(act.conn, |conn| diesel::insert_into(pledge_leaves::table).values(&leave).execute(conn))?
        .ok_or(Error::Conflict)?;
    let subject = Subject::within(organisation.id, "pledge leave", leave.id);
    act.record("pledge leave granted", subject, json!({ "kind": kind, "reason": reason }))?;
    let letter = GrantedLetter { organisation: &organisation.name, slug: &organisation.slug, kind, reason };
    organisation.tell_leads(act, &letter)?;
    Ok(leave.id)
}

/// Ends a leave of this organisation's. `Conflict` when it does not stand.
pub fn end_leave(act: &mut Act<'_>, organisation: OrganisationId, id: PledgeLeaveId) -> Result<()> {
    let ended = diesel::update(pledge_leaves::table.find(id))
        .filter(pledge_leaves::organisation_id.eq(organisation))
        .filter(pledge_leaves::ended_at.is_null())
        .set((pledge_leaves::ended_at.eq(act.at), pledge_leaves::ended_by.eq(act.by.account)))
        .execute(act.conn)?;
    if ended == 0 {
        return Err(Error::Conflict);
    }
    act.record("pledge leave ended", Subject::within(organisation, "pledge leave", id), json!({}))
}
