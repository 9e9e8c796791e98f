//! An affiliation: what an organisation answered to an umbrella body that asked to see it in its totals.
//!
//! | from | verb | to |
//! |---|---|---|
//! | none, and three months after declined, withdrawn or ended | ask | asked |
//! | asked, withdrawn | consent | consented |
//! | asked | decline | declined |
//! | consented | withdraw | withdrawn |
//! | asked, consented | end, by the umbrella body | ended |

use chrono::{Duration, NaiveDateTime};
use diesel::prelude::*;
use serde::Serialize;
use serde_json::json;

use super::umbrella::{Umbrella, look_soon};
use crate::acts::Act;
use crate::audit::Subject;
use crate::clock::{day_of, say_day};
use crate::db::schema::{affiliations, organisations};
use crate::db::{DbConnection, unless_taken};
use crate::error::{Error, Result};
use crate::ids::{AffiliationId, OrganisationId};
use crate::letters_alike;
use crate::organisations::{Organisation, OrganisationStanding};
use crate::text_enum;

/// Nobody who said no is asked again sooner.
const LEFT_ALONE_FOR: Duration = Duration::days(92);

text_enum! {
    /// Where an affiliation stands.
    pub enum AffiliationState {
        Asked = "asked",
        Consented = "consented",
        Declined = "declined",
        Withdrawn = "withdrawn",
        Ended = "ended",
    }
}

use AffiliationState::{Asked as WasAsked, Consented, Declined, Ended, Withdrawn};

/// An affiliation as it is stored.
#[derive(Debug, Clone, Queryable, Selectable, Insertable)]
#[diesel(table_name = affiliations)]
pub struct Affiliation {
    pub id: AffiliationId,
    pub umbrella_id: OrganisationId,
    pub organisation_id: OrganisationId,
    state: AffiliationState,
    /// What the umbrella body wrote when it asked.
    pub message: String,
    pub asked_at: NaiveDateTime,
    /// When it came to its present state.
    pub changed_at: NaiveDateTime,
}

/// What came of asking.
#[derive(Debug, Clone)]
pub enum Asked {
    Done(Affiliation),
    /// It was asked before: this is how that stands, and nothing is sent.
    NotAgainYet(Affiliation),
}

/// What both letters about an affiliation are told.
#[derive(Serialize)]
struct Told<'a> {
    umbrella: &'a str,
    organisation: &'a str,
    /// Of the organisation or of the umbrella body: of whoever the letter is for.
    slug: &'a str,
    message: &'a str,
    affiliation: AffiliationId,
    on: String,
}

letters_alike! { Told:
    AskedLetter = "affiliation-asked";
    ConsentedLetter = "affiliation-consented";
    JoinedLetter = "affiliation-joined";
    DeclinedLetter = "affiliation-declined";
    WithdrawnLetter = "affiliation-withdrawn";
    LeftLetter = "affiliation-left";
    EndedLetter = "affiliation-ended";
}

/// Asks an approved organisation; its leads get a letter.
pub fn ask_to_join(
    act: &mut Act<'_>,
    umbrella: &Organisation,
    organisation: &Organisation,
    message: &str,
) -> Result<Asked> {
    if umbrella.id == organisation.id
        || !organisation.is_approved()
        || organisation.standing() != OrganisationStanding::Open
        || !Umbrella::is_one(act.conn, umbrella.id)?
    {
        return Err(Error::NotFound);
    }
    let new = Affiliation {
        id: AffiliationId::new(),
        umbrella_id: umbrella.id,
        organisation_id: organisation.id,
        state: WasAsked,
        message: message.to_owned(),
        asked_at: act.at,
        changed_at: act.at,
    };
    let added = unless_taken(act.conn, |conn| diesel::insert_into(affiliations::table).values(&new).execute(conn))?;
    let affiliation = match added {
        Some(_) => new,
        None => match ask_again(act, &new)? {
            Asked::Done(again) => again,
            refused => return Ok(refused),
        },
    };
    act.record("asked to join an umbrella body", affiliation.subject(), json!({ "umbrella": umbrella.name }))?;
    organisation.tell_leads(act, &AskedLetter(affiliation.told(umbrella, organisation, organisation)))?;
    Ok(Asked::Done(affiliation))
}

fn ask_again(act: &mut Act<'_>, new: &Affiliation) -> Result<Asked> {
    let there = Affiliation::between(act.conn, new.umbrella_id, new.organisation_id)?.ok_or(Error::Conflict)?;
    let changed = diesel::update(affiliations::table.find(there.id))
        .filter(affiliations::state.eq_any([Declined, Withdrawn, Ended]))
        .filter(affiliations::changed_at.le(act.at - LEFT_ALONE_FOR))
        .set((
            affiliations::state.eq(WasAsked),
            affiliations::message.eq(&new.message),
            affiliations::asked_at.eq(act.at),
            affiliations::changed_at.eq(act.at),
        ))
        .execute(act.conn)?;
    if changed == 0 {
        return Ok(Asked::NotAgainYet(there));
    }
    Ok(Asked::Done(Affiliation { id: there.id, ..new.clone() }))
}

impl Affiliation {
    /// One of an organisation's own.
    pub fn find_of(conn: &mut DbConnection, organisation: OrganisationId, id: AffiliationId) -> Result<Self> {
        Ok(affiliations::table
            .filter(affiliations::id.eq(id))
            .filter(affiliations::organisation_id.eq(organisation))
            .select(Self::as_select())
            .first(conn)?)
    }

    /// One of an umbrella body's.
    pub fn find_under(conn: &mut DbConnection, umbrella: OrganisationId, id: AffiliationId) -> Result<Self> {
        Ok(affiliations::table
            .filter(affiliations::id.eq(id))
            .filter(affiliations::umbrella_id.eq(umbrella))
            .select(Self::as_select())
            .first(conn)?)
    }

    pub fn between(
        conn: &mut DbConnection,
        umbrella: OrganisationId,
        organisation: OrganisationId,
    ) -> Result<Option<Self>> {
        Ok(affiliations::table
            .filter(affiliations::umbrella_id.eq(umbrella))
            .filter(affiliations::organisation_id.eq(organisation))
            .select(Self::as_select())
            .first(conn)
            .optional()?)
    }

    /// A page of an umbrella body's, by the name of the organisation.
    pub fn page_under(
        conn: &mut DbConnection,
        umbrella: OrganisationId,
        limit: i64,
        offset: i64,
    ) -> Result<Vec<(Self, Organisation)>> {
        Ok(affiliations::table
            .inner_join(organisations::table)
            .filter(affiliations::umbrella_id.eq(umbrella))
            .order((organisations::search, affiliations::id))
            .limit(limit)
            .offset(offset)
            .select((Self::as_select(), Organisation::as_select()))
            .load(conn)?)
    }

    /// Those that were asked or have consented.
    pub(super) fn running_under(
        conn: &mut DbConnection,
        umbrella: OrganisationId,
    ) -> Result<Vec<(Self, Organisation)>> {
        Ok(affiliations::table
            .inner_join(organisations::table)
            .filter(affiliations::umbrella_id.eq(umbrella))
            .filter(affiliations::state.eq_any([WasAsked, Consented]))
            .order(affiliations::id)
            .select((Self::as_select(), Organisation::as_select()))
            .load(conn)?)
    }

    /// An organisation's, with the umbrella body; those to answer come first, those that ended are left out.
    pub fn all_of(conn: &mut DbConnection, organisation: OrganisationId) -> Result<Vec<(Self, Organisation)>> {
        let own: Vec<Self> = affiliations::table
            .filter(affiliations::organisation_id.eq(organisation))
            .filter(affiliations::state.ne(Ended))
            .order((affiliations::asked_at.desc(), affiliations::id))
            .select(Self::as_select())
            .load(conn)?;
        let ids: Vec<OrganisationId> = own.iter().map(|affiliation| affiliation.umbrella_id).collect();
        let bodies: Vec<Organisation> =
            organisations::table.filter(organisations::id.eq_any(ids)).select(Organisation::as_select()).load(conn)?;
        let mut all: Vec<(Self, Organisation)> = Vec::new();
        for affiliation in own {
            let body = bodies.iter().find(|body| body.id == affiliation.umbrella_id).ok_or(Error::NotFound)?;
            all.push((affiliation, body.clone()));
        }
        all.sort_by_key(|(affiliation, _)| affiliation.state);
        Ok(all)
    }

    /// How many umbrella bodies wait for an organisation's answer, and how many see it in their totals.
    pub fn count_of(conn: &mut DbConnection, organisation: OrganisationId) -> Result<(i64, i64)> {
        let counts: Vec<(AffiliationState, i64)> = affiliations::table
            .filter(affiliations::organisation_id.eq(organisation))
            .group_by(affiliations::state)
            .select((affiliations::state, diesel::dsl::count_star()))
            .load(conn)?;
        let of = |wanted| counts.iter().find(|(state, _)| *state == wanted).map_or(0, |(_, n)| *n);
        Ok((of(WasAsked), of(Consented)))
    }

    pub fn state(&self) -> AffiliationState {
        self.state
    }

    /// The day from which it may be asked again.
    pub fn left_alone_until(&self) -> NaiveDateTime {
        self.changed_at + LEFT_ALONE_FOR
    }

    /// From now on the umbrella body's next totals have it in them. Both sides are told.
    pub fn consent(&self, act: &mut Act<'_>, organisation: &Organisation) -> Result<()> {
        self.become_state(act, &[WasAsked, Withdrawn], Consented, "consented to an umbrella body")?;
        let umbrella = self.umbrella(act)?;
        look_soon(act, umbrella.id)?;
        umbrella.tell_leads(act, &ConsentedLetter(self.told(&umbrella, organisation, &umbrella)))?;
        organisation.tell_leads(act, &JoinedLetter(self.told(&umbrella, organisation, organisation)))
    }

    /// It does not want to; the umbrella body is told.
    pub fn decline(&self, act: &mut Act<'_>, organisation: &Organisation) -> Result<()> {
        self.become_state(act, &[WasAsked], Declined, "declined an umbrella body")?;
        let umbrella = self.umbrella(act)?;
        umbrella.tell_leads(act, &DeclinedLetter(self.told(&umbrella, organisation, &umbrella)))
    }

    /// Takes consent back, at once: no totals are drawn with it any more. Both sides are told.
    pub fn withdraw(&self, act: &mut Act<'_>, organisation: &Organisation) -> Result<()> {
        self.become_state(act, &[Consented], Withdrawn, "withdrew from an umbrella body")?;
        let umbrella = self.umbrella(act)?;
        look_soon(act, umbrella.id)?;
        umbrella.tell_leads(act, &WithdrawnLetter(self.told(&umbrella, organisation, &umbrella)))?;
        organisation.tell_leads(act, &LeftLetter(self.told(&umbrella, organisation, organisation)))
    }

    /// The umbrella body takes its question back, or lets the organisation go; its leads are told.
    pub fn end(&self, act: &mut Act<'_>, umbrella: &Organisation, organisation: &Organisation) -> Result<()> {
        self.become_state(act, &[WasAsked, Consented], Ended, "affiliation ended by the umbrella body")?;
        look_soon(act, umbrella.id)?;
        organisation.tell_leads(act, &EndedLetter(self.told(umbrella, organisation, organisation)))
    }

    /// The umbrella body. One that is none any more asks nobody.
    pub fn umbrella(&self, act: &mut Act<'_>) -> Result<Organisation> {
        if !Umbrella::is_one(act.conn, self.umbrella_id)? {
            return Err(Error::Conflict);
        }
        Organisation::find(act.conn, self.umbrella_id)
    }

    fn become_state(
        &self,
        act: &mut Act<'_>,
        from: &[AffiliationState],
        to: AffiliationState,
        verb: &str,
    ) -> Result<()> {
        let changed = diesel::update(affiliations::table.find(self.id))
            .filter(affiliations::state.eq_any(from))
            .set((affiliations::state.eq(to), affiliations::changed_at.eq(act.at)))
            .execute(act.conn)?;
        if changed == 0 {
            return Err(Error::Conflict);
        }
        act.record(verb, self.subject(), json!({ "umbrella": self.umbrella_id }))
    }

    fn subject(&self) -> Subject {
        Subject::within(self.organisation_id, "affiliation", self.id)
    }

    fn told<'a>(
        &'a self,
        umbrella: &'a Organisation,
        organisation: &'a Organisation,
        to: &'a Organisation,
    ) -> Told<'a> {
        Told {
            umbrella: &umbrella.name,
            organisation: &organisation.name,
            slug: &to.slug,
            message: &self.message,
            affiliation: self.id,
            on: say_day(day_of(self.left_alone_until())),
        }
    }
}

/// How many organisations an umbrella body sees in its totals.
pub fn count_consented(conn: &mut DbConnection, umbrella: OrganisationId) -> Result<i64> {
    Ok(affiliations::table
        .filter(affiliations::umbrella_id.eq(umbrella))
        .filter(affiliations::state.eq(Consented))
        .count()
        .get_result(conn)?)
}

/// The umbrella bodies that some organisations consented to or are themselves, and everyone under them.
pub fn under_the_same(conn: &mut DbConnection, these: &[OrganisationId]) -> Result<Vec<OrganisationId>> {
    let above: Vec<OrganisationId> = affiliations::table
        .filter(affiliations::organisation_id.eq_any(these))
        .filter(affiliations::state.eq(Consented))
        .select(affiliations::umbrella_id)
        .load(conn)?;
    let heads: Vec<OrganisationId> = above.iter().chain(these).copied().collect();
    let under: Vec<OrganisationId> = affiliations::table
        .filter(affiliations::umbrella_id.eq_any(heads))
        .filter(affiliations::state.eq(Consented))
        .select(affiliations::organisation_id)
        .load(conn)?;
    Ok(above.into_iter().chain(under).collect())
}
