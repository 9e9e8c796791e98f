//! Renewing a pledge: while it is in force, so that it is never missing from the register, or after its end.
//! The one in force stands until both sides have signed its renewal; in that act the new one takes its place.

use chrono::NaiveDate;
use diesel::prelude::*;
use serde_json::json;

use super::commitment::copy_commitments;
use super::pledge::{Pledge, PledgeState};
use super::version::CharterVersion;
use crate::acts::Act;
use crate::clock::months_after;
use crate::db::DbConnection;
use crate::db::schema::pledges;
use crate::error::Result;
use crate::organisations::Organisation;
use crate::programme::Programme;

/// So many days before its end a pledge can be renewed.
pub const RENEWAL_DAYS: i64 = 60;
/// How many renewals of renewals are followed from an old code.
const MOST_RENEWALS: usize = 50;

/// Why a pledge in force is to be signed again.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SignAgain {
    /// Its year is nearly over.
    EndsSoon,
    /// The organisation has another name than the one that was signed.
    NewName,
    /// Another Charter is in force, which may want to be signed by a day.
    NewCharter { by: Option<NaiveDate> },
}

impl SignAgain {
    /// The reason that holds for a pledge on a day; the first of several.
    pub fn reason(
        pledge: &Pledge,
        organisation: &Organisation,
        charter_in_force: &CharterVersion,
        today: NaiveDate,
    ) -> Option<Self> {
        if pledge.state() != PledgeState::InForce {
            return None;
        }
        let ends_soon = pledge.ends_on.is_some_and(|end| (end - today).num_days() <= RENEWAL_DAYS);
        let renamed = pledge.signed_name.as_ref().is_some_and(|signed| *signed != organisation.name);
        match (ends_soon, renamed, pledge.charter_version_id != charter_in_force.id) {
            (true, _, _) => Some(Self::EndsSoon),
            (_, true, _) => Some(Self::NewName),
            (_, _, true) => Some(Self::NewCharter { by: charter_in_force.sign_again_by }),
            _ => None,
        }
    }
}

impl Pledge {
    /// Begins anew with the old words: after an end, or in the place of the pledge in force where there is a reason to.
    /// Gives back what is open already, and the pledge in force where there is no reason.
    pub fn renew(&self, act: &mut Act<'_>) -> Result<Self> {
        if let Some(begun) = Self::under_way_of(act.conn, self.organisation_id)? {
            return Ok(begun);
        }
        let in_force = Self::in_force_of(act.conn, self.organisation_id)?;
        if let Some(pledge) = &in_force {
            let organisation = Organisation::find(act.conn, self.organisation_id)?;
            let charter = CharterVersion::in_force(act.conn)?;
            if SignAgain::reason(pledge, &organisation, &charter, act.today()).is_none() {
                return Ok(pledge.clone());
            }
        }
        let from = in_force.as_ref().unwrap_or(self);
        let renewed = Self::start(act, self.organisation_id, in_force.as_ref().map(|pledge| pledge.id))?;
        copy_commitments(act, from.id, &renewed)?;
        act.record("pledge renewed", renewed.subject(), json!({ "from": from.id }))?;
        Ok(renewed)
    }

    /// Ends the one in force, whose renewal is signed now; returns the last day of the renewal. Whoever renews in time
    /// loses none of it.
    pub(super) fn replace_in_force(&self, act: &mut Act<'_>) -> Result<NaiveDate> {
        let (today, term) = (act.today(), Programme::now(act.conn)?.pledge_months);
        let Some(old) = Self::in_force_of(act.conn, self.organisation_id)? else {
            return Ok(months_after(today, term));
        };
        old.move_on(act.conn, &[PledgeState::InForce], PledgeState::Lapsed)?;
        diesel::update(pledges::table.find(old.id)).set(pledges::renewed_on.eq(today)).execute(act.conn)?;
        act.record("pledge replaced", old.subject(), json!({ "by": self.id }))?;
        let end = old.ends_on.filter(|end| (*end - today).num_days() <= RENEWAL_DAYS);
        Ok(months_after(end.unwrap_or(today), term))
    }

    /// The pledge that took the place of this one, or of the one that did; itself when none has.
    pub fn last_renewal(self, conn: &mut DbConnection) -> Result<Self> {
        let mut last = self;
        for _ in 0..MOST_RENEWALS {
            if last.renewed_on.is_none() {
                break;
            }
            let next = pledges::table
                .filter(pledges::replaces_id.eq(last.id))
                .filter(pledges::in_force_on.is_not_null())
                .select(Self::as_select())
                .first(conn)
                .optional()?;
            match next {
                Some(next) => last = next,
                None => break,
            }
        }
        Ok(last)
    }
}
