//! Signing: one person for governance and another for delivery, each the same words.
//! Two signatures of one pledge are never of one account, and never of different words.

use chrono::NaiveDateTime;
use diesel::prelude::*;
use serde::Serialize;
use serde_json::json;

use super::commitment::PledgeInFull;
use super::pledge::{Pledge, PledgeState, TERM};
use super::version::CharterVersion;
use crate::acts::Act;
use crate::clock::{months_after, say_day};
use crate::db::schema::{accounts, memberships, people, pledge_signatures, pledges};
use crate::db::{DbConnection, unless_taken};
use crate::error::{Error, Result};
use crate::ids::{AccountId, OrganisationId, PledgeId};
use crate::mail::Letter;
use crate::organisations::{Engagement, Member, Membership, MembershipRole, MembershipState, Organisation};
use crate::text_enum;
use crate::words::EmailAddress;

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

    /// What a member may sign for: signatories and leads who are trustees for governance, leads for delivery.
    pub fn all_of(membership: &Membership) -> Vec<Self> {
        match (membership.role, membership.engagement) {
            (MembershipRole::Signatory, _) => vec![Self::Governance],
            (MembershipRole::Lead, Engagement::Trustee) => vec![Self::Governance, Self::Delivery],
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
    pub account_id: AccountId,
    /// The name as it was signed.
    pub name: String,
    /// What they were in the organisation, in their own words.
    pub role: String,
    /// The statement of authority they made.
    pub authority: String,
    /// The hash of the exact words: see `commitment`.
    pub signed_hash: String,
    pub signed_at: NaiveDateTime,
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
    address: String,
}

#[derive(Serialize)]
struct NeededLetter<'a> {
    organisation: &'a str,
    slug: &'a str,
    signer: &'a str,
    /// Of the one it goes to.
    capacity: Capacity,
}
impl Letter for NeededLetter<'_> {
    const NAME: &'static str = "pledge-signature-needed";
}

#[derive(Serialize)]
struct InForceLetter<'a> {
    organisation: &'a str,
    slug: &'a str,
    code: &'a str,
    ends_on: String,
}
impl Letter for InForceLetter<'_> {
    const NAME: &'static str = "pledge-in-force";
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

    /// May this member sign now?
    pub fn turn_of(&self, account: AccountId, membership: &Membership) -> Turn {
        if !self.pledge.is_unsigned() {
            return Turn::Closed;
        }
        if self.is_outdated() {
            return Turn::Outdated;
        }
        if !self.is_written() {
            return Turn::Unwritten;
        }
        if self.signatures.iter().any(|signature| signature.account_id == account) {
            return Turn::Signed;
        }
        let free = Capacity::all_of(membership).into_iter().filter(|capacity| self.signed_as(*capacity).is_none());
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
        if !Capacity::all_of(&member.membership).contains(&new.capacity) {
            return Err(Error::NotAllowed);
        }
        let held = self.hold_unsigned(act.conn)?;
        if !CharterVersion::hold_in_force(act.conn, held.charter_version_id)? {
            return Err(Error::Conflict);
        }
        let whole = PledgeInFull::of(act.conn, held)?;
        let words = whole.words_hash(&organisation.name);
        let same = words == new.words_seen && whole.signatures.iter().all(|first| first.signed_hash == words);
        match whole.turn_of(account, &member.membership) {
            Turn::Sign(free) if same && free.contains(&new.capacity) => {}
            _ => return Err(Error::Conflict),
        }
        let signature = insert_signature(act, self.id, account, new)?;
        let details = json!({ "capacity": signature.capacity, "hash": signature.signed_hash });
        act.record("pledge signed", self.subject(), details)?;
        if whole.pledge.state() == PledgeState::Draft {
            self.move_on(act.conn, &[PledgeState::Draft], PledgeState::PartSigned)?;
            ask_the_other_side(act, organisation, &signature)?;
            Ok(PledgeState::PartSigned)
        } else {
            self.bring_into_force(act, organisation)?;
            Ok(PledgeState::InForce)
        }
    }

    fn bring_into_force(&self, act: &mut Act<'_>, organisation: &Organisation) -> Result<()> {
        let ends_on = months_after(act.today(), TERM);
        self.move_on(act.conn, &[PledgeState::PartSigned], PledgeState::InForce)?;
        diesel::update(pledges::table.find(self.id))
            .set((pledges::in_force_on.eq(act.today()), pledges::ends_on.eq(ends_on)))
            .execute(act.conn)?;
        act.record("pledge in force", self.subject(), json!({ "ends_on": ends_on }))?;
        let letter = InForceLetter {
            organisation: &organisation.name,
            slug: &organisation.slug,
            code: &self.code,
            ends_on: say_day(ends_on),
        };
        addresses_on(act.conn, self.id)?.iter().try_for_each(|address| act.post(address, &letter))
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
    let signatory = |(account, name, address, membership): (AccountId, String, String, Membership)| PossibleSignatory {
        account,
        name,
        capacities: Capacity::all_of(&membership),
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
    let open = Pledge::open_or_latest(conn, organisation)?.filter(Pledge::is_unsigned);
    let Some(pledge) = open else { return Ok(false) };
    let signed = Signature::all_on(conn, pledge.id)?;
    if signed.iter().any(|signature| signature.capacity == Capacity::Governance) {
        return Ok(false);
    }
    let able = possible_signatories(conn, organisation)?.into_iter().filter(|signatory| {
        let has_signed = signed.iter().any(|signature| signature.account_id == signatory.account);
        signatory.capacities.contains(&Capacity::Governance) && !has_signed
    });
    Ok(able.map(|signatory| signatory.account).collect::<Vec<_>>() == [account])
}

/// Sends a letter to everyone who may sign, but not to the one who acts.
pub(super) fn tell_signatories<L: Letter>(act: &mut Act<'_>, organisation: OrganisationId, letter: &L) -> Result<()> {
    let others = possible_signatories(act.conn, organisation)?;
    let others = others.iter().filter(|signatory| Some(signatory.account) != act.by.account);
    let addresses: Vec<_> = others.filter_map(|signatory| EmailAddress::parse(&signatory.address).ok()).collect();
    addresses.iter().try_for_each(|address| act.post(address, letter))
}

/// Removes every signature of a pledge; returns how many there were.
pub(super) fn forget_signatures(conn: &mut DbConnection, pledge: PledgeId) -> Result<usize> {
    Ok(diesel::delete(pledge_signatures::table.filter(pledge_signatures::pledge_id.eq(pledge))).execute(conn)?)
}

fn insert_signature(act: &mut Act<'_>, pledge: PledgeId, account: AccountId, new: NewSignature) -> Result<Signature> {
    let signature = Signature {
        pledge_id: pledge,
        capacity: new.capacity,
        account_id: account,
        name: new.name,
        role: new.role,
        authority: new.authority,
        signed_hash: new.words_seen,
        signed_at: act.at,
    };
    unless_taken(act.conn, |conn| diesel::insert_into(pledge_signatures::table).values(&signature).execute(conn))?
        .ok_or(Error::Conflict)?;
    Ok(signature)
}

fn ask_the_other_side(act: &mut Act<'_>, organisation: &Organisation, first: &Signature) -> Result<()> {
    let capacity = first.capacity.other();
    let letter =
        NeededLetter { organisation: &organisation.name, slug: &organisation.slug, signer: &first.name, capacity };
    for signatory in possible_signatories(act.conn, organisation.id)? {
        let asked = signatory.account != first.account_id && signatory.capacities.contains(&capacity);
        if let (true, Ok(address)) = (asked, EmailAddress::parse(&signatory.address)) {
            act.post(&address, &letter)?;
        }
    }
    Ok(())
}

fn addresses_on(conn: &mut DbConnection, pledge: PledgeId) -> Result<Vec<EmailAddress>> {
    let stored: Vec<String> = pledge_signatures::table
        .inner_join(accounts::table)
        .filter(pledge_signatures::pledge_id.eq(pledge))
        .order(pledge_signatures::capacity)
        .select(accounts::email)
        .load(conn)?;
    Ok(stored.iter().filter_map(|address| EmailAddress::parse(address).ok()).collect())
}
