//! An approved organisation that the VRP has marked as an umbrella body.
//!
//! | from | verb | to |
//! |---|---|---|
//! | none, ended | mark | marked |
//! | marked | end: every affiliation ends with it | ended |

use chrono::NaiveDateTime;
use diesel::prelude::*;
use serde::Serialize;
use serde_json::json;

use super::affiliation::Affiliation;
use crate::acts::Act;
use crate::db::schema::{affiliations, organisations, umbrellas};
use crate::db::{DbConnection, unless_taken};
use crate::error::{Error, Result};
use crate::ids::OrganisationId;
use crate::mail::Letter;
use crate::organisations::Organisation;
use crate::text_enum;

text_enum! {
    /// Is it an umbrella body now?
    pub enum UmbrellaState { Marked = "marked", Ended = "ended" }
}

/// An umbrella body as it is stored.
#[derive(Debug, Clone, Queryable, Selectable, Insertable)]
#[diesel(table_name = umbrellas)]
pub struct Umbrella {
    pub organisation_id: OrganisationId,
    state: UmbrellaState,
    pub marked_at: NaiveDateTime,
    ended_at: Option<NaiveDateTime>,
    /// When its picture is to be looked at next.
    look_at: NaiveDateTime,
}

#[derive(Serialize)]
struct MarkedLetter<'a> {
    organisation: &'a str,
    slug: &'a str,
}
impl Letter for MarkedLetter<'_> {
    const NAME: &'static str = "umbrella-marked";
}

#[derive(Serialize)]
struct EndedLetter<'a> {
    organisation: &'a str,
}
impl Letter for EndedLetter<'_> {
    const NAME: &'static str = "umbrella-ended";
}

/// Makes an approved organisation an umbrella body; its leads are told.
pub fn mark_umbrella(act: &mut Act<'_>, organisation: &Organisation) -> Result<()> {
    if !organisation.is_approved() {
        return Err(Error::Conflict);
    }
    let umbrella = Umbrella {
        organisation_id: organisation.id,
        state: UmbrellaState::Marked,
        marked_at: act.at,
        ended_at: None,
        look_at: act.at,
    };
    let added = unless_taken(act.conn, |conn| diesel::insert_into(umbrellas::table).values(&umbrella).execute(conn))?;
    if added.is_none() {
        let changed = diesel::update(umbrellas::table.find(organisation.id))
            .filter(umbrellas::state.eq(UmbrellaState::Ended))
            .set((
                umbrellas::state.eq(UmbrellaState::Marked),
                umbrellas::marked_at.eq(act.at),
                umbrellas::ended_at.eq(None::<NaiveDateTime>),
                umbrellas::look_at.eq(act.at),
            ))
            .execute(act.conn)?;
        if changed == 0 {
            return Err(Error::Conflict);
        }
    }
    act.record("marked as an umbrella body", organisation.subject(), json!({}))?;
    organisation.tell_leads(act, &MarkedLetter { organisation: &organisation.name, slug: &organisation.slug })
}

impl Umbrella {
    pub fn find(conn: &mut DbConnection, organisation: OrganisationId) -> Result<Self> {
        Ok(umbrellas::table.find(organisation).select(Self::as_select()).first(conn)?)
    }

    /// Is an organisation one now?
    pub fn is_one(conn: &mut DbConnection, organisation: OrganisationId) -> Result<bool> {
        let found = umbrellas::table.find(organisation).select(Self::as_select()).first(conn).optional()?;
        Ok(found.is_some_and(|umbrella: Self| umbrella.is_marked()))
    }

    /// All there are now, by name, with how many have consented.
    pub fn all(conn: &mut DbConnection) -> Result<Vec<(Organisation, i64)>> {
        let found: Vec<Organisation> = umbrellas::table
            .inner_join(organisations::table)
            .filter(umbrellas::state.eq(UmbrellaState::Marked))
            .order(organisations::search)
            .select(Organisation::as_select())
            .load(conn)?;
        let counts: Vec<(OrganisationId, i64)> = affiliations::table
            .filter(affiliations::state.eq(super::AffiliationState::Consented))
            .group_by(affiliations::umbrella_id)
            .select((affiliations::umbrella_id, diesel::dsl::count_star()))
            .load(conn)?;
        let count = |id| counts.iter().find(|(umbrella, _)| *umbrella == id).map_or(0, |(_, n)| *n);
        Ok(found.into_iter().map(|organisation| (organisation.clone(), count(organisation.id))).collect())
    }

    pub fn is_marked(&self) -> bool {
        self.state == UmbrellaState::Marked
    }

    /// It is an umbrella body no longer, and sees nothing any more. Its leads are told, and those of every
    /// organisation that was asked or had consented.
    pub fn end(&self, act: &mut Act<'_>, organisation: &Organisation) -> Result<()> {
        let changed = diesel::update(umbrellas::table.find(self.organisation_id))
            .filter(umbrellas::state.eq(UmbrellaState::Marked))
            .set((umbrellas::state.eq(UmbrellaState::Ended), umbrellas::ended_at.eq(act.at)))
            .execute(act.conn)?;
        if changed == 0 {
            return Err(Error::Conflict);
        }
        act.record("umbrella body ended", organisation.subject(), json!({}))?;
        for (affiliation, member) in Affiliation::running_under(act.conn, self.organisation_id)? {
            affiliation.end(act, organisation, &member)?;
        }
        organisation.tell_leads(act, &EndedLetter { organisation: &organisation.name })
    }

    /// The next whose picture is to be looked at, which is taken by whoever is first.
    pub fn take_next_due(act: &mut Act<'_>, again_at: NaiveDateTime) -> Result<Option<OrganisationId>> {
        let due: Option<(OrganisationId, NaiveDateTime)> = umbrellas::table
            .filter(umbrellas::state.eq(UmbrellaState::Marked))
            .filter(umbrellas::look_at.le(act.at))
            .order(umbrellas::look_at)
            .select((umbrellas::organisation_id, umbrellas::look_at))
            .first(act.conn)
            .optional()?;
        let Some((id, at)) = due else { return Ok(None) };
        diesel::update(umbrellas::table.find(id))
            .filter(umbrellas::look_at.eq(at))
            .set(umbrellas::look_at.eq(again_at))
            .execute(act.conn)?;
        Ok(Some(id))
    }
}

/// Something has changed: its picture is looked at soon.
pub(super) fn look_soon(act: &mut Act<'_>, umbrella: OrganisationId) -> Result<()> {
    diesel::update(umbrellas::table.find(umbrella)).set(umbrellas::look_at.eq(act.at)).execute(act.conn)?;
    Ok(())
}
