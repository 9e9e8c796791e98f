//! Signing: one person for governance and another for delivery, each the same words.
//! Two signatures of one pledge are never of different words, and never of one account but by leave of the VRP.
//! Not here: who is told, which is `signature_letters`.

use chrono::NaiveDateTime;
use diesel::prelude::*;
use serde_json::json;

use super::commitment::PledgeInFull;
use super::pledge::{Pledge, PledgeState};
use super::signature_letters::{ask_the_other_side, confirm_both, confirm_first};
use super::signature_request::withdraw_requests;
use super::version::CharterVersion;
use crate::acts::Act;
use crate::before_pledging::{Leave, LeaveKind};
use crate::db::schema::{accounts, memberships, people, pledge_signatures, pledges};
use crate::db::{DbConnection, unless_taken};
use crate::error::{Error, Result};
use crate::ids::{AccountId, OrganisationId, PledgeId, PledgeLeaveId, SignatureRequestId};
use crate::organisations::{Engagement, Member, Membership, MembershipRole, MembershipState, Organisation};
use crate::text_enum;

text_enum! {
    /// For which side of an organisation someone signs.
    pub enum Capacity { Governance = "governance", Delivery = "delivery" }
}

impl Capacity {
    pub fn other(self) -> Self {
        match self {
            Self::Governance => Self::Delivery,
            Self::Delivery => Self::Governance,
        }
    }

    /// What a member may sign for: signatories and leads who are trustees for governance, leads for delivery; and leads
    /// for both, where one person may give both signatures.
    pub fn all_of(membership: &Membership, one_signatory: bool) -> Vec<Self> {
        match (membership.role, membership.engagement) {
            (MembershipRole::Signatory, _) => vec![Self::Governance],
            (MembershipRole::Lead, Engagement::Trustee) => vec![Self::Governance, Self::Delivery],
            (MembershipRole::Lead, _) if one_signatory => vec![Self::Governance, Self::Delivery],
            (MembershipRole::Lead, _) => vec![Self::Delivery],
            _ => Vec::new(),
        }
    }
}

/// A signature as it is stored.
#[derive(Debug, Clone, Queryable, Selectable, Insertable)]
#[diesel(table_name = pledge_signatures)]
pub struct Signature {
    pub pledge_id: PledgeId,
    pub capacity: Capacity,
    /// Nobody’s, when it was given by a link.
    pub account_id: Option<AccountId>,
    /// The name as it was signed.
    pub name: String,
    /// What they were in the organisation, in their own words.
    pub role: String,
    /// The statement of authority they made.
    pub authority: String,
    /// The hash of the exact words: see `commitment`.
    pub signed_hash: String,
    pub signed_at: NaiveDateTime,
    /// The link by which it was given.
    pub request_id: Option<SignatureRequestId>,
    /// The leave by which it is of the same person as the other.
    pub leave_id: Option<PledgeLeaveId>,
}

/// By what someone signs.
#[derive(Debug, Clone, Copy)]
pub(super) enum SignedBy {
    Account(AccountId),
    /// The second time, by this leave.
    AccountAgain(AccountId, PledgeLeaveId),
    Link(SignatureRequestId),
}

/// What someone gives to sign.
#[derive(Debug, Clone)]
pub struct NewSignature {
    pub capacity: Capacity,
    pub name: String,
    /// In the organisation, such as `Chair of trustees`.
    pub role: String,
    /// The statement of authority.
    pub authority: String,
    /// [`PledgeInFull::words_hash`] of the words they were shown.
    pub words_seen: String,
}

/// Whether someone may sign a pledge now, and if not, why not.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Turn {
    /// Now, in one of these capacities.
    Sign(Vec<Capacity>),
    /// Commitments are missing.
    Unwritten,
    /// Another Charter came into force.
    Outdated,
    /// The organisation is called something else than what the first signature is under.
    Renamed,
    /// They have signed; the other side has not.
    Signed,
    /// Their side has signed already; the other has not.
    SideSigned,
    /// It waits for no signature any more.
    Closed,
}

/// Someone who may sign for an organisation.
#[derive(Debug, Clone)]
pub struct PossibleSignatory {
    pub account: AccountId,
    pub name: String,
    pub capacities: Vec<Capacity>,
    pub(super) address: String,
}

impl Signature {
    /// The signatures of a pledge, governance first.
    pub fn all_on(conn: &mut DbConnection, pledge: PledgeId) -> Result<Vec<Self>> {
        Ok(pledge_signatures::table
            .filter(pledge_signatures::pledge_id.eq(pledge))
            .order(pledge_signatures::capacity.desc())
            .select(Self::as_select())
            .load(conn)?)
    }
}

impl PledgeInFull {
    /// The signature of one side.
    pub fn signed_as(&self, capacity: Capacity) -> Option<&Signature> {
        self.signatures.iter().find(|signature| signature.capacity == capacity)
    }

    /// Did one person sign for both sides, by leave?
    pub fn is_signed_by_one(&self) -> bool {
        self.signatures.iter().any(|signature| signature.leave_id.is_some())
    }

    fn has_signed(&self, account: AccountId) -> bool {
        self.signatures.iter().any(|signature| signature.account_id == Some(account))
    }

    /// Is every signature under the words as they would be signed now?
    pub fn is_signed_as_it_reads(&self, organisation: &str) -> bool {
        self.signatures.iter().all(|signature| signature.signed_hash == self.words_hash(organisation))
    }

    /// May this member of an organisation of this name sign now?
    pub fn turn_of(&self, account: AccountId, membership: &Membership, organisation: &str) -> Turn {
        if !self.pledge.is_unsigned() {
            return Turn::Closed;
        }
        if self.is_outdated() {
            return Turn::Outdated;
        }
        if !self.is_signed_as_it_reads(organisation) {
            return Turn::Renamed;
        }
        if !self.is_written() {
            return Turn::Unwritten;
        }
        if self.has_signed(account) && self.one_signatory.is_none() {
            return Turn::Signed;
        }
        let able = Capacity::all_of(membership, self.one_signatory.is_some());
        let free = able.into_iter().filter(|capacity| self.signed_as(*capacity).is_none());
        match free.collect::<Vec<_>>() {
            none if none.is_empty() => Turn::SideSigned,
            free => Turn::Sign(free),
        }
    }
}

impl Pledge {
    /// Signs as the account that acts. The first signature locks the words and asks the other side for theirs; the
    /// second brings the pledge into force and tells both. Other words than those seen are a conflict, and so is a Charter
    /// that is in force no more; none is published before the act has ended.
    pub fn sign(&self, act: &mut Act<'_>, organisation: &Organisation, new: NewSignature) -> Result<PledgeState> {
        let account = act.by.account.ok_or(Error::NotAllowed)?;
        let member = Member::of_account(act.conn, self.organisation_id, account)?.ok_or(Error::NotAllowed)?;
        let held = self.hold_unsigned(act.conn)?;
        if !CharterVersion::hold_in_force(act.conn, held.charter_version_id)? {
            return Err(Error::Conflict);
        }
        let whole = PledgeInFull::of(act.conn, held)?;
        if !Capacity::all_of(&member.membership, whole.one_signatory.is_some()).contains(&new.capacity) {
            return Err(Error::NotAllowed);
        }
        let words = whole.words_hash(&organisation.name);
        let same = words == new.words_seen && whole.signatures.iter().all(|first| first.signed_hash == words);
        match whole.turn_of(account, &member.membership, &organisation.name) {
            Turn::Sign(free) if same && free.contains(&new.capacity) => {}
            _ => return Err(Error::Conflict),
        }
        let by = match whole.one_signatory.filter(|_| whole.has_signed(account)) {
            Some(leave) => SignedBy::AccountAgain(account, leave),
            None => SignedBy::Account(account),
        };
        let signature = insert_signature(act, self.id, by, new)?;
        if whole.pledge.state() == PledgeState::Draft {
            self.move_on(act.conn, &[PledgeState::Draft], PledgeState::PartSigned)?;
            confirm_first(act, organisation, &whole)?;
            ask_the_other_side(act, organisation, &signature)?;
            Ok(PledgeState::PartSigned)
        } else {
            self.bring_into_force(act, organisation, &whole)?;
            Ok(PledgeState::InForce)
        }
    }

    pub(super) fn bring_into_force(
        &self,
        act: &mut Act<'_>,
        organisation: &Organisation,
        whole: &PledgeInFull,
    ) -> Result<()> {
        let ends_on = self.replace_in_force(act)?;
        self.move_on(act.conn, &[PledgeState::PartSigned], PledgeState::InForce)?;
        diesel::update(pledges::table.find(self.id))
            .set((
                pledges::in_force_on.eq(act.today()),
                pledges::ends_on.eq(ends_on),
                pledges::signed_name.eq(&organisation.name),
            ))
            .execute(act.conn)?;
        act.record("pledge in force", self.subject(), json!({ "ends_on": ends_on }))?;
        withdraw_requests(act, self.id)?;
        confirm_both(act, organisation, whole, ends_on)
    }
}

/// Everyone who may sign for an organisation, by name.
pub fn possible_signatories(conn: &mut DbConnection, organisation: OrganisationId) -> Result<Vec<PossibleSignatory>> {
    let rows: Vec<(AccountId, String, String, Membership)> = memberships::table
        .inner_join(people::table.inner_join(accounts::table))
        .filter(memberships::organisation_id.eq(organisation))
        .filter(memberships::state.eq(MembershipState::Active))
        .filter(memberships::role.eq_any([MembershipRole::Lead, MembershipRole::Signatory]))
        .order((people::name, people::id))
        .select((accounts::id, people::name, accounts::email, Membership::as_select()))
        .load(conn)?;
    let one_signatory = Leave::standing_of(conn, organisation, LeaveKind::OneSignatory)?.is_some();
    let signatory = |(account, name, address, membership): (AccountId, String, String, Membership)| PossibleSignatory {
        account,
        name,
        capacities: Capacity::all_of(&membership, one_signatory),
        address,
    };
    Ok(rows.into_iter().map(signatory).collect())
}

/// Does an open pledge wait for a signature for governance that nobody but this account can give?
pub fn signs_alone_for_governance(
    conn: &mut DbConnection,
    organisation: OrganisationId,
    account: AccountId,
) -> Result<bool> {
    let Some(pledge) = Pledge::under_way_of(conn, organisation)? else { return Ok(false) };
    let signed = Signature::all_on(conn, pledge.id)?;
    if signed.iter().any(|signature| signature.capacity == Capacity::Governance) {
        return Ok(false);
    }
    let able = possible_signatories(conn, organisation)?.into_iter().filter(|signatory| {
        let has_signed = signed.iter().any(|signature| signature.account_id == Some(signatory.account));
        signatory.capacities.contains(&Capacity::Governance) && !has_signed
    });
    Ok(able.map(|signatory| signatory.account).collect::<Vec<_>>() == [account])
}

/// Removes every signature of a pledge, and ends the link to sign it; returns how many there were.
pub(super) fn forget_signatures(act: &mut Act<'_>, pledge: PledgeId) -> Result<usize> {
    withdraw_requests(act, pledge)?;
    Ok(diesel::delete(pledge_signatures::table.filter(pledge_signatures::pledge_id.eq(pledge))).execute(act.conn)?)
}

/// Writes a signature down; `Conflict` when that side has signed.
pub(super) fn insert_signature(
    act: &mut Act<'_>,
    pledge: PledgeId,
    by: SignedBy,
    new: NewSignature,
) -> Result<Signature> {
    let (account_id, request_id, leave_id) = match by {
        SignedBy::Account(account) => (Some(account), None, None),
        SignedBy::AccountAgain(account, leave) => (Some(account), None, Some(leave)),
        SignedBy::Link(request) => (None, Some(request), None),
    };
    let signature = Signature {
        pledge_id: pledge,
        capacity: new.capacity,
        account_id,
        request_id,
        leave_id,
        name: new.name,
        role: new.role,
        authority: new.authority,
        signed_hash: new.words_seen,
        signed_at: act.at,
    };
    unless_taken(act.conn, |conn| diesel::insert_into(pledge_signatures::table).values(&signature).execute(conn))?
        .ok_or(Error::Conflict)?;
    let details = json!({
        "capacity": signature.capacity,
        "hash": signature.signed_hash,
        "link": signature.request_id,
        "leave": signature.leave_id,
    });
    let subject = pledges::table.find(pledge).select(Pledge::as_select()).first(act.conn)?.subject();
    act.record("pledge signed", subject, details)?;
    Ok(signature)
}
