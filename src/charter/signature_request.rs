//! Asking someone without an account for the second signature, by a link in an e-mail.
//!
//! | from | verb | to |
//! |---|---|---|
//! | | ask | open |
//! | open | sign (within 14 days) | signed |
//! | open | ask somebody else, withdraw, reopen or renew the pledge, sign with an account | withdrawn |
//!
//! A pledge has one open link at most, and only while it waits for the second signature. Looking at it uses nothing up.
//! Not here: what is signed, which is `signature`.

use chrono::{Duration, NaiveDateTime};
use diesel::prelude::*;
use serde::Serialize;
use serde_json::json;

use super::commitment::PledgeInFull;
use super::pledge::{Pledge, PledgeState};
use super::signature::{Capacity, NewSignature, SignedBy, Turn, insert_signature};
use super::version::CharterVersion;
use crate::accounts::{Account, new_token, token_hash};
use crate::acts::Act;
use crate::clock::{CLOCKS_DIFFER, day_of, say_day};
use crate::db::DbConnection;
use crate::db::schema::{accounts, pledge_signatures, signature_requests};
use crate::error::{Error, Result};
use crate::ids::{AccountId, PledgeId, SignatureRequestId};
use crate::mail::Letter;
use crate::organisations::Organisation;
use crate::text_enum;
use crate::words::EmailAddress;

const LASTS: Duration = Duration::days(14);

text_enum! {
    /// Where it stands. One that is too old is still open, and no longer works.
    pub enum RequestState { Open = "open", Signed = "signed", Withdrawn = "withdrawn" }
}

/// A request as it is stored.
#[derive(Debug, Clone, Queryable, Selectable, Insertable)]
#[diesel(table_name = signature_requests)]
pub struct SignatureRequest {
    pub id: SignatureRequestId,
    pub pledge_id: PledgeId,
    pub capacity: Capacity,
    pub name: String,
    pub address: String,
    token_hash: String,
    pub(super) state: RequestState,
    asked_by: AccountId,
    pub asked_at: NaiveDateTime,
    pub expires_at: NaiveDateTime,
}

/// Who is asked.
pub struct NewRequest {
    pub name: String,
    pub address: EmailAddress,
}

/// What came of asking.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum RequestSent {
    Sent,
    /// The first signature is theirs.
    SignedAlready,
}

#[derive(Serialize)]
struct ByLinkLetter<'a> {
    organisation: &'a str,
    name: &'a str,
    /// Who asks.
    by: &'a str,
    capacity: Capacity,
    token: &'a str,
    ends_on: String,
}
impl Letter for ByLinkLetter<'_> {
    const NAME: &'static str = "pledge-signature-by-link";
}

impl SignatureRequest {
    /// The one that is open, also if it is too old.
    pub fn open_of(conn: &mut DbConnection, pledge: PledgeId) -> Result<Option<Self>> {
        Ok(signature_requests::table
            .filter(signature_requests::pledge_id.eq(pledge))
            .filter(signature_requests::state.eq(RequestState::Open))
            .select(Self::as_select())
            .first(conn)
            .optional()?)
    }

    /// Whose link this is; `NotFound` for one that never was.
    pub fn with_token(conn: &mut DbConnection, token: &str) -> Result<Self> {
        Ok(signature_requests::table
            .filter(signature_requests::token_hash.eq(token_hash(token)))
            .select(Self::as_select())
            .first(conn)?)
    }

    pub fn state(&self) -> RequestState {
        self.state
    }

    /// Does the link work at this instant? One from the future was made while a clock was wrong.
    pub fn works_at(&self, now: NaiveDateTime) -> bool {
        self.state == RequestState::Open && now < self.expires_at && self.asked_at <= now + CLOCKS_DIFFER
    }

    /// May whoever has the link sign now? In its own capacity, and nothing else.
    pub fn turn_in(&self, whole: &PledgeInFull, organisation: &str) -> Turn {
        match whole.pledge.state() {
            PledgeState::PartSigned if whole.is_outdated() => Turn::Outdated,
            PledgeState::PartSigned if whole.signed_as(self.capacity).is_some() => Turn::SideSigned,
            PledgeState::PartSigned if !whole.is_signed_as_it_reads(organisation) => Turn::Renamed,
            PledgeState::PartSigned => Turn::Sign(vec![self.capacity]),
            _ => Turn::Closed,
        }
    }

    /// Signs by the link, once: the pledge comes into force. Other words than those seen are a conflict.
    pub fn sign(&self, act: &mut Act<'_>, organisation: &Organisation, new: NewSignature) -> Result<()> {
        let used = diesel::update(signature_requests::table.find(self.id))
            .filter(signature_requests::state.eq(RequestState::Open))
            .filter(signature_requests::expires_at.gt(act.at))
            .set(signature_requests::state.eq(RequestState::Signed))
            .execute(act.conn)?;
        if used == 0 || self.asked_at > act.at + CLOCKS_DIFFER || new.capacity != self.capacity {
            return Err(Error::Conflict);
        }
        let pledge = Pledge::find(act.conn, self.pledge_id)?.hold_unsigned(act.conn)?;
        if !CharterVersion::hold_in_force(act.conn, pledge.charter_version_id)? {
            return Err(Error::Conflict);
        }
        let whole = PledgeInFull::of(act.conn, pledge)?;
        let same = whole.words_hash(&organisation.name) == new.words_seen;
        match self.turn_in(&whole, &organisation.name) {
            Turn::Sign(_) if same => {}
            _ => return Err(Error::Conflict),
        }
        insert_signature(act, self.pledge_id, SignedBy::Link(self.id), new)?;
        whole.pledge.bring_into_force(act, organisation, &whole)
    }
}

/// Asks somebody for the signature that is missing, in the place of whoever was asked before.
pub fn request_signature(
    act: &mut Act<'_>,
    organisation: &Organisation,
    pledge: &Pledge,
    by: &Account,
    new: &NewRequest,
) -> Result<RequestSent> {
    let held = pledge.hold_unsigned(act.conn)?;
    let whole = PledgeInFull::of(act.conn, held)?;
    let missing = Capacity::ALL.iter().copied().find(|capacity| whole.signed_as(*capacity).is_none());
    let (PledgeState::PartSigned, Some(capacity)) = (whole.pledge.state(), missing) else {
        return Err(Error::Conflict);
    };
    if has_signed(act.conn, pledge.id, &new.address)? {
        return Ok(RequestSent::SignedAlready);
    }
    withdraw_requests(act, pledge.id)?;
    let token = new_token();
    let request = SignatureRequest {
        id: SignatureRequestId::new(),
        pledge_id: pledge.id,
        capacity,
        name: new.name.clone(),
        address: new.address.as_str().to_owned(),
        token_hash: token_hash(&token),
        state: RequestState::Open,
        asked_by: by.id,
        asked_at: act.at,
        expires_at: act.at + LASTS,
    };
    diesel::insert_into(signature_requests::table).values(&request).execute(act.conn)?;
    act.record("signature asked for", pledge.subject(), json!({ "capacity": capacity, "request": request.id }))?;
    let letter = ByLinkLetter {
        organisation: &organisation.name,
        name: &new.name,
        by: &by.name,
        capacity,
        token: &token,
        ends_on: say_day(day_of(request.expires_at)),
    };
    act.post(&new.address, &letter)?;
    Ok(RequestSent::Sent)
}

/// Ends the link that is open, if there is one.
pub(super) fn withdraw_requests(act: &mut Act<'_>, pledge: PledgeId) -> Result<usize> {
    let open = signature_requests::table
        .filter(signature_requests::pledge_id.eq(pledge))
        .filter(signature_requests::state.eq(RequestState::Open));
    Ok(diesel::update(open).set(signature_requests::state.eq(RequestState::Withdrawn)).execute(act.conn)?)
}

/// Withdraws the link of a pledge. `Conflict` when there is none.
pub fn withdraw_request(act: &mut Act<'_>, pledge: &Pledge) -> Result<()> {
    if withdraw_requests(act, pledge.id)? == 0 {
        return Err(Error::Conflict);
    }
    act.record("signature no longer asked for", pledge.subject(), json!({}))
}

fn has_signed(conn: &mut DbConnection, pledge: PledgeId, address: &EmailAddress) -> Result<bool> {
    let theirs = pledge_signatures::table
        .inner_join(accounts::table)
        .filter(pledge_signatures::pledge_id.eq(pledge))
        .filter(accounts::email.eq(address.as_str()));
    Ok(diesel::select(diesel::dsl::exists(theirs)).get_result(conn)?)
}
