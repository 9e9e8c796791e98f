//! An organisation's wish to come to the Charter, and with how many of its people.
//!
//! | from | verb | to |
//! |---|---|---|
//! | | express | open |
//! | open | express (other numbers) | open |
//! | open | withdraw | withdrawn |
//! | withdrawn | express | open |
//!
//! An organisation has one, which is never deleted.

use chrono::NaiveDateTime;
use diesel::prelude::*;
use serde::Serialize;
use serde_json::json;

use crate::accounts::tell_stewards;
use crate::acts::Act;
use crate::audit::Subject;
use crate::db::schema::charter_interests;
use crate::db::{DbConnection, unless_taken};
use crate::error::{Error, Result};
use crate::ids::{AccountId, OrganisationId};
use crate::mail::Letter;
use crate::organisations::Organisation;
use crate::text_enum;

text_enum! {
    pub enum InterestState { Open = "open", Withdrawn = "withdrawn" }
}

/// An interest as it is stored.
#[derive(Debug, Clone, Queryable, Selectable, Insertable)]
#[diesel(table_name = charter_interests)]
pub struct Interest {
    pub organisation_id: OrganisationId,
    pub(super) state: InterestState,
    /// How many want to come to the training.
    pub people: i32,
    /// When and where would suit, in their own words.
    pub wish: String,
    pub expressed_by: AccountId,
    /// When it was said first, or said again after it was withdrawn.
    pub expressed_at: NaiveDateTime,
}

/// What an organisation says of it.
#[derive(Debug, Clone)]
pub struct NewInterest {
    pub people: i32,
    pub wish: String,
}

#[derive(Serialize)]
struct InterestLetter<'a> {
    organisation: &'a str,
    slug: &'a str,
    people_wanting: i32,
    wish: &'a str,
}
impl Letter for InterestLetter<'_> {
    const NAME: &'static str = "charter-interest";
}

impl Interest {
    /// The interest of an organisation, if it has one now.
    pub fn open_of(conn: &mut DbConnection, organisation: OrganisationId) -> Result<Option<Self>> {
        Ok(charter_interests::table
            .find(organisation)
            .filter(charter_interests::state.eq(InterestState::Open))
            .select(Self::as_select())
            .first(conn)
            .optional()?)
    }
}

/// Says that an organisation wants to come to the Charter, or says it anew; the VRP learns of it the first time.
pub fn express_interest(
    act: &mut Act<'_>,
    organisation: &Organisation,
    by: AccountId,
    new: &NewInterest,
) -> Result<()> {
    let subject = || Subject::within(organisation.id, "charter interest", organisation.id);
    let said = (
        charter_interests::people.eq(new.people),
        charter_interests::wish.eq(&new.wish),
        charter_interests::expressed_by.eq(by),
    );
    let own = charter_interests::table.find(organisation.id);
    let open = own.filter(charter_interests::state.eq(InterestState::Open));
    if diesel::update(open).set(said).execute(act.conn)? > 0 {
        return act.record("charter interest changed", subject(), json!({ "people": new.people }));
    }
    let anew = (said, charter_interests::state.eq(InterestState::Open), charter_interests::expressed_at.eq(act.at));
    if diesel::update(own).set(anew).execute(act.conn)? == 0 {
        let interest = Interest {
            organisation_id: organisation.id,
            state: InterestState::Open,
            people: new.people,
            wish: new.wish.clone(),
            expressed_by: by,
            expressed_at: act.at,
        };
        // Two leads at once: the one who came second is shown what the first said.
        unless_taken(act.conn, |conn| diesel::insert_into(charter_interests::table).values(&interest).execute(conn))?
            .ok_or(Error::Conflict)?;
    }
    act.record("charter interest expressed", subject(), json!({ "people": new.people }))?;
    let (name, slug) = (organisation.name.as_str(), organisation.slug.as_str());
    tell_stewards(act, &InterestLetter { organisation: name, slug, people_wanting: new.people, wish: &new.wish })
}

/// Takes it back. `Conflict` when there is none.
pub fn withdraw_interest(act: &mut Act<'_>, organisation: OrganisationId) -> Result<()> {
    let changed = diesel::update(charter_interests::table.find(organisation))
        .filter(charter_interests::state.eq(InterestState::Open))
        .set(charter_interests::state.eq(InterestState::Withdrawn))
        .execute(act.conn)?;
    if changed == 0 {
        return Err(Error::Conflict);
    }
    act.record("charter interest withdrawn", Subject::within(organisation, "charter interest", organisation), json!({}))
}
