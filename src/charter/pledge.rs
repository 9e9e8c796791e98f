//! A pledge: an organisation's promise to keep the Charter, from its first word to its end.
//!
//! | from | verb | to |
//! |---|---|---|
//! | | begin, renew, renew early | draft |
//! | draft | write commitment | draft |
//! | draft | sign (the first of two) | part signed |
//! | part signed | sign (the other side) | in force |
//! | part signed | reopen | draft |
//! | draft, part signed | begin, when the Charter has changed | draft |
//! | in force | sign (the other side) of its renewal | lapsed, as renewed |
//! | in force | lapse due | lapsed |
//! | in force | end what is not signed again | lapsed |
//! | in force | withdraw | withdrawn |
//!
//! An organisation has at most one pledge that is in force, and at most one that is a draft or part signed. A pledge is
//! never deleted.
//! Not here: renewing, which is `renewal`; what is told before the end, which is `ending`; and the day by which a new
//! Charter is to be signed, which is `sign_again`.

use chrono::{NaiveDate, NaiveDateTime};
use diesel::prelude::*;
use serde::Serialize;
use serde_json::json;

use super::commitment::WORDS_FORM;
use super::signature::forget_signatures;
use super::signature_letters::tell_signatories;
use super::version::CharterVersion;
use crate::acts::Act;
use crate::audit::Subject;
use crate::before_pledging::Way;
use crate::db::schema::pledges;
use crate::db::{DbConnection, unless_taken};
use crate::error::{Error, Result};
use crate::ids::{CharterVersionId, OrganisationId, PledgeId};
use crate::mail::Letter;
use crate::organisations::{Organisation, relist};
use crate::secrets::public_code;
use crate::text_enum;

text_enum! {
    /// Where a pledge is on its way.
    pub enum PledgeState {
        /// The organisation says what it will do.
        Draft = "draft",
        /// One side has signed: the words are locked.
        PartSigned = "part_signed",
        /// Both sides have signed: it is public.
        InForce = "in_force",
        /// Its year is over.
        Lapsed = "lapsed",
        /// The organisation took it back.
        Withdrawn = "withdrawn",
    }
}

const UNSIGNED: &[PledgeState] = &[PledgeState::Draft, PledgeState::PartSigned];

/// A pledge as it is stored.
#[derive(Debug, Clone, Queryable, Selectable, Insertable)]
#[diesel(table_name = pledges)]
pub struct Pledge {
    pub id: PledgeId,
    pub organisation_id: OrganisationId,
    pub charter_version_id: CharterVersionId,
    /// The hash of the Charter's text that it is made to.
    pub charter_hash: String,
    /// For the public: `PL-` and 8 letters or digits.
    pub code: String,
    pub(super) state: PledgeState,
    pub started_at: NaiveDateTime,
    /// The day of the second signature.
    pub in_force_on: Option<NaiveDate>,
    /// The last day it is in force.
    pub ends_on: Option<NaiveDate>,
    pub withdrawn_on: Option<NaiveDate>,
    /// The pledge that was in force when this one was begun to renew it.
    pub replaces_id: Option<PledgeId>,
    /// The day on which another took its place.
    pub renewed_on: Option<NaiveDate>,
    /// What the organisation was called when it came into force.
    pub signed_name: Option<String>,
    /// Of what its hash is made: see `commitment`.
    pub(super) words_form: i32,
    /// Anyone may read how it is kept.
    pub shows_progress: bool,
}

#[derive(Serialize)]
struct ReopenedLetter<'a> {
    organisation: &'a str,
    slug: &'a str,
    by: &'a str,
}
impl Letter for ReopenedLetter<'_> {
    const NAME: &'static str = "pledge-reopened";
}

#[derive(Serialize)]
struct WithdrawnLetter<'a> {
    organisation: &'a str,
    slug: &'a str,
    by: &'a str,
    reason: &'a str,
}
impl Letter for WithdrawnLetter<'_> {
    const NAME: &'static str = "pledge-withdrawn";
}

impl Pledge {
    /// Begins a pledge to the Charter in force, or gives back the one that is open. An open one that waits for
    /// signatures while the Charter has changed becomes a draft to the new Charter. `Conflict` while the organisation
    /// may not begin one yet.
    pub fn begin(act: &mut Act<'_>, organisation: OrganisationId) -> Result<Self> {
        match Self::open_of(act.conn, organisation)? {
            Some(open) => open.keep_up_with_charter(act),
            None if Way::of(act.conn, organisation, act.at)?.is_open() => Self::start(act, organisation, None),
            None => Err(Error::Conflict),
        }
    }

    /// The pledge that is being written or signed, else the last one that was.
    pub fn latest_of(conn: &mut DbConnection, organisation: OrganisationId) -> Result<Option<Self>> {
        Ok(pledges::table
            .filter(pledges::organisation_id.eq(organisation))
            .order((pledges::started_at.desc(), pledges::id.desc()))
            .select(Self::as_select())
            .first(conn)
            .optional()?)
    }

    /// The pledge that an organisation keeps now.
    pub fn in_force_of(conn: &mut DbConnection, organisation: OrganisationId) -> Result<Option<Self>> {
        Ok(pledges::table
            .filter(pledges::organisation_id.eq(organisation))
            .filter(pledges::state.eq(PledgeState::InForce))
            .select(Self::as_select())
            .first(conn)
            .optional()?)
    }

    /// The pledge by which an organisation is known: the one in force, else the latest.
    pub fn current_of(conn: &mut DbConnection, organisation: OrganisationId) -> Result<Option<Self>> {
        match Self::in_force_of(conn, organisation)? {
            Some(pledge) => Ok(Some(pledge)),
            None => Self::latest_of(conn, organisation),
        }
    }

    pub(super) fn find(conn: &mut DbConnection, id: PledgeId) -> Result<Self> {
        Ok(pledges::table.find(id).select(Self::as_select()).first(conn)?)
    }

    /// The pledge of a public code, however its letters were typed, if it is or ever was in force.
    pub fn find_by_code(conn: &mut DbConnection, code: &str) -> Result<Option<Self>> {
        Ok(pledges::table
            .filter(pledges::code.eq(code.trim().to_uppercase()))
            .filter(pledges::in_force_on.is_not_null())
            .select(Self::as_select())
            .first(conn)
            .optional()?)
    }

    pub fn state(&self) -> PledgeState {
        self.state
    }

    /// Does it still wait for words or signatures?
    pub fn is_unsigned(&self) -> bool {
        UNSIGNED.contains(&self.state)
    }

    /// What audit entries about it are about.
    pub fn subject(&self) -> Subject {
        Subject::within(self.organisation_id, "pledge", self.id)
    }

    /// Takes back the first signature so that the words can be corrected; everyone who may sign is told.
    pub fn reopen(&self, act: &mut Act<'_>, organisation: &Organisation) -> Result<()> {
        self.move_on(act.conn, &[PledgeState::PartSigned], PledgeState::Draft)?;
        let removed = forget_signatures(act, self.id)?;
        act.record("pledge reopened", self.subject(), json!({ "signatures_removed": removed }))?;
        let by = act.by.name.clone();
        let letter = ReopenedLetter { organisation: &organisation.name, slug: &organisation.slug, by: &by };
        tell_signatories(act, organisation.id, &letter)
    }

    /// Takes the pledge back, for all to see; everyone who may sign is told.
    pub fn withdraw(&self, act: &mut Act<'_>, organisation: &Organisation, reason: &str) -> Result<()> {
        self.move_on(act.conn, &[PledgeState::InForce], PledgeState::Withdrawn)?;
        diesel::update(pledges::table.find(self.id)).set(pledges::withdrawn_on.eq(act.today())).execute(act.conn)?;
        act.record("pledge withdrawn", self.subject(), json!({ "reason": reason }))?;
        relist(act, self.organisation_id);
        let by = act.by.name.clone();
        let letter = WithdrawnLetter { organisation: &organisation.name, slug: &organisation.slug, by: &by, reason };
        tell_signatories(act, organisation.id, &letter)
    }

    /// The row as it is now, locked until the end of the act, if it still waits for signatures.
    pub(super) fn hold_unsigned(&self, conn: &mut DbConnection) -> Result<Self> {
        let held = diesel::update(pledges::table.find(self.id))
            .filter(pledges::state.eq_any(UNSIGNED))
            .set(pledges::state.eq(pledges::state))
            .returning(pledges::all_columns)
            .get_result(conn)
            .optional()?;
        held.ok_or(Error::Conflict)
    }

    /// Changes the state, if it is one of `from`; the row is locked until the end of the act.
    pub(super) fn move_on(&self, conn: &mut DbConnection, from: &[PledgeState], to: PledgeState) -> Result<()> {
        let changed = diesel::update(pledges::table.find(self.id))
            .filter(pledges::state.eq_any(from))
            .set(pledges::state.eq(to))
            .execute(conn)?;
        if changed == 0 { Err(Error::Conflict) } else { Ok(()) }
    }

    /// A new draft to the Charter in force; or the one that someone else began in the same moment.
    pub(super) fn start(act: &mut Act<'_>, organisation: OrganisationId, replaces: Option<PledgeId>) -> Result<Self> {
        let charter = CharterVersion::in_force(act.conn)?;
        for _ in 0..5 {
            let pledge = Self {
                id: PledgeId::new(),
                organisation_id: organisation,
                charter_version_id: charter.id,
                charter_hash: charter.hash.clone(),
                code: public_code("PL-", 8),
                state: PledgeState::Draft,
                started_at: act.at,
                in_force_on: None,
                ends_on: None,
                withdrawn_on: None,
                replaces_id: replaces,
                renewed_on: None,
                signed_name: None,
                words_form: WORDS_FORM,
                shows_progress: false,
            };
            let added =
                unless_taken(act.conn, |conn| diesel::insert_into(pledges::table).values(&pledge).execute(conn))?;
            if added.is_some() {
                act.record("pledge begun", pledge.subject(), json!({ "charter": charter.number }))?;
                return Ok(pledge);
            }
            // Either someone else began one in the same moment, or, once in many lifetimes, the code is taken.
            if let Some(begun) = Self::under_way_of(act.conn, organisation)? {
                return Ok(begun);
            }
        }
        Err(Error::Busy)
    }

    /// The one that waits for words or signatures.
    pub fn under_way_of(conn: &mut DbConnection, organisation: OrganisationId) -> Result<Option<Self>> {
        Ok(pledges::table
            .filter(pledges::organisation_id.eq(organisation))
            .filter(pledges::state.eq_any(UNSIGNED))
            .select(Self::as_select())
            .first(conn)
            .optional()?)
    }

    /// The one under way, else the one in force.
    fn open_of(conn: &mut DbConnection, organisation: OrganisationId) -> Result<Option<Self>> {
        match Self::under_way_of(conn, organisation)? {
            Some(pledge) => Ok(Some(pledge)),
            None => Self::in_force_of(conn, organisation),
        }
    }

    fn keep_up_with_charter(self, act: &mut Act<'_>) -> Result<Self> {
        let charter = CharterVersion::in_force(act.conn)?;
        if self.charter_version_id == charter.id || self.state == PledgeState::InForce {
            return Ok(self);
        }
        self.move_on(act.conn, UNSIGNED, PledgeState::Draft)?;
        forget_signatures(act, self.id)?;
        diesel::update(pledges::table.find(self.id))
            .set((pledges::charter_version_id.eq(charter.id), pledges::charter_hash.eq(&charter.hash)))
            .execute(act.conn)?;
        act.record("pledge moved to the new charter", self.subject(), json!({ "charter": charter.number }))?;
        Ok(pledges::table.find(self.id).select(Self::as_select()).first(act.conn)?)
    }
}
