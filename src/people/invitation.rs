//! An invitation to join an organisation.
//!
//! | from | verb | to |
//! |---|---|---|
//! | open | accept (within 14 days) | accepted |
//! | open | resend | open, under a new link |
//! | open | withdraw | withdrawn |
//!
//! One that is for somebody who is on the record already makes that record theirs when it is accepted.

use chrono::{Duration, NaiveDateTime};
use diesel::prelude::*;
use serde::Serialize;
use serde_json::json;

use crate::accounts::{Account, new_token, token_hash};
use crate::acts::Act;
use crate::audit::Subject;
use crate::clock::CLOCKS_DIFFER;
use crate::db::schema::invitations;
use crate::db::{DbConnection, unless_taken};
use crate::error::{Error, Result};
use crate::ids::{AccountId, InvitationId, OrganisationId, PersonId};
use crate::mail::Letter;
use crate::organisations::{Engagement, Member, MembershipRole, Organisation, Position, join, person_of};
use crate::text_enum;
use crate::words::EmailAddress;

use super::joining::join_with_account;

const LASTS: Duration = Duration::days(14);

text_enum! {
    /// Where an invitation stands. One that is too old is still open, and no longer works.
    pub enum InvitationState { Open = "open", Accepted = "accepted", Withdrawn = "withdrawn" }
}

/// An invitation as it is stored.
#[derive(Debug, Clone, Queryable, Selectable, Insertable)]
#[diesel(table_name = invitations)]
pub struct Invitation {
    pub id: InvitationId,
    pub organisation_id: OrganisationId,
    pub email: String,
    pub name: String,
    pub role: MembershipRole,
    engagement: Engagement,
    accountable: bool,
    token_hash: String,
    pub(super) state: InvitationState,
    pub(super) created_at: NaiveDateTime,
    pub expires_at: NaiveDateTime,
    /// Who is on the record without an account, and is to have one.
    pub person_id: Option<PersonId>,
    invited_by: Option<AccountId>,
}

/// Who is to be invited, as what.
pub struct NewInvitation {
    pub name: String,
    pub email: EmailAddress,
    pub position: Position,
}

#[derive(Serialize)]
struct InvitationLetter<'a> {
    name: &'a str,
    organisation: &'a str,
    token: &'a str,
}
impl Letter for InvitationLetter<'_> {
    const NAME: &'static str = "invitation";
}

#[derive(Serialize)]
struct AcceptedLetter<'a> {
    name: &'a str,
    organisation: &'a str,
    slug: &'a str,
}
impl Letter for AcceptedLetter<'_> {
    const NAME: &'static str = "invitation-accepted";
}

/// Sends an invitation; `None` when this address has an open one here already.
pub fn invite(act: &mut Act<'_>, organisation: &Organisation, new: &NewInvitation) -> Result<Option<()>> {
    send(act, organisation, new, None)
}

/// Invites someone who is on the record without an account, to what they are here already. `None` when they or this
/// address have an open invitation; `Conflict` when they have an account.
pub fn invite_to_own_record(
    act: &mut Act<'_>,
    organisation: &Organisation,
    member: &Member,
    email: EmailAddress,
) -> Result<Option<()>> {
    if member.person.account_id.is_some() {
        return Err(Error::Conflict);
    }
    let (name, position) = (member.person.name.clone(), member.membership.position());
    send(act, organisation, &NewInvitation { name, email, position }, Some(member.person.id))
}

fn send(
    act: &mut Act<'_>,
    organisation: &Organisation,
    new: &NewInvitation,
    person: Option<PersonId>,
) -> Result<Option<()>> {
    let token = new_token();
    let invitation = Invitation {
        id: InvitationId::new(),
        organisation_id: organisation.id,
        email: new.email.as_str().to_owned(),
        name: new.name.clone(),
        role: new.position.role,
        engagement: new.position.engagement,
        accountable: new.position.accountable,
        token_hash: token_hash(&token),
        state: InvitationState::Open,
        created_at: act.at,
        expires_at: act.at + LASTS,
        person_id: person,
        invited_by: act.by.account,
    };
    withdraw_expired(act, &invitation)?;
    let added =
        unless_taken(act.conn, |conn| diesel::insert_into(invitations::table).values(&invitation).execute(conn))?;
    if added.is_none() {
        return Ok(None);
    }
    act.record("person invited", invitation.subject(), json!({ "role": new.position.role, "person": person }))?;
    let letter = InvitationLetter { name: &new.name, organisation: &organisation.name, token: &token };
    act.post(&new.email, &letter)?;
    Ok(Some(()))
}

/// Makes the holder of a link a member. `NotFound` when the link is unknown, used, withdrawn or too old;
/// `Conflict` when they are a member already.
pub fn accept_invitation(act: &mut Act<'_>, token: &str, account: &Account) -> Result<Organisation> {
    let invitation = Invitation::find_open(act.conn, act.at, token)?;
    invitation.change_state(act, InvitationState::Accepted)?;
    let organisation = Organisation::find(act.conn, invitation.organisation_id)?;
    if organisation.is_closed() {
        return Err(Error::OrganisationClosed);
    }
    // Before they join, so that a new lead is not told about themselves.
    let letter = AcceptedLetter { name: &account.name, organisation: &organisation.name, slug: &organisation.slug };
    organisation.tell_leads(act, &letter)?;
    if let Some(stand_in) = invitation.person_id {
        join_with_account(act, organisation.id, stand_in, account)?;
        return Ok(organisation);
    }
    let person = person_of(act, account.id, &account.name)?;
    let position =
        Position { role: invitation.role, engagement: invitation.engagement, accountable: invitation.accountable };
    join(act, organisation.id, person, position)?.ok_or(Error::Conflict)?;
    Ok(organisation)
}

impl Invitation {
    /// Those of an organisation that are neither accepted nor withdrawn, the newest first.
    pub fn open_in(conn: &mut DbConnection, organisation: OrganisationId) -> Result<Vec<Self>> {
        Ok(invitations::table
            .filter(invitations::organisation_id.eq(organisation))
            .filter(invitations::state.eq(InvitationState::Open))
            .order(invitations::created_at.desc())
            .limit(200)
            .select(Self::as_select())
            .load(conn)?)
    }

    /// The invitation that a link is for, while it works.
    pub fn find_open(conn: &mut DbConnection, now: NaiveDateTime, token: &str) -> Result<Self> {
        Ok(invitations::table
            .filter(invitations::token_hash.eq(token_hash(token)))
            .filter(invitations::state.eq(InvitationState::Open))
            .filter(invitations::expires_at.gt(now))
            // From the future: a clock was wrong when it was made.
            .filter(invitations::expires_at.le(now + LASTS + CLOCKS_DIFFER))
            .select(Self::as_select())
            .first(conn)?)
    }

    /// One of this organisation's; another's is not found.
    pub fn find_in(conn: &mut DbConnection, organisation: OrganisationId, id: InvitationId) -> Result<Self> {
        Ok(invitations::table
            .find(id)
            .filter(invitations::organisation_id.eq(organisation))
            .select(Self::as_select())
            .first(conn)?)
    }

    /// Sends it again under a new link, for another 14 days; the old link stops working.
    pub fn resend(&self, act: &mut Act<'_>, organisation: &Organisation) -> Result<()> {
        let token = new_token();
        let changed = diesel::update(invitations::table.find(self.id))
            .filter(invitations::state.eq(InvitationState::Open))
            .set((invitations::token_hash.eq(token_hash(&token)), invitations::expires_at.eq(act.at + LASTS)))
            .execute(act.conn)?;
        if changed == 0 {
            return Err(Error::Conflict);
        }
        act.record("invitation sent again", self.subject(), json!({}))?;
        let address = EmailAddress::parse(&self.email).map_err(|_| Error::NotFound)?;
        act.post(&address, &InvitationLetter { name: &self.name, organisation: &organisation.name, token: &token })
    }

    /// Takes an invitation back: its link stops working.
    pub fn withdraw(&self, act: &mut Act<'_>) -> Result<()> {
        self.change_state(act, InvitationState::Withdrawn)
    }

    fn change_state(&self, act: &mut Act<'_>, to: InvitationState) -> Result<()> {
        let changed = diesel::update(invitations::table.find(self.id))
            .filter(invitations::state.eq(InvitationState::Open))
            .set(invitations::state.eq(to))
            .execute(act.conn)?;
        if changed == 0 {
            return Err(Error::Conflict);
        }
        act.record(&format!("invitation {}", to.as_str()), self.subject(), json!({}))
    }

    fn subject(&self) -> Subject {
        Subject::within(self.organisation_id, "invitation", self.id)
    }
}

/// How many open invitations of an organisation someone sent.
pub(super) fn count_invitations_sent_by(
    conn: &mut DbConnection,
    organisation: OrganisationId,
    account: AccountId,
) -> Result<i64> {
    let sent = invitations::table
        .filter(invitations::organisation_id.eq(organisation))
        .filter(invitations::state.eq(InvitationState::Open))
        .filter(invitations::invited_by.eq(account));
    Ok(sent.count().get_result(conn)?)
}

/// Open invitations that one sent are another's to see to, or the leads' together.
pub(super) fn pass_on_invitations(
    act: &mut Act<'_>,
    organisation: OrganisationId,
    from: AccountId,
    to: Option<AccountId>,
) -> Result<()> {
    let sent = invitations::table
        .filter(invitations::organisation_id.eq(organisation))
        .filter(invitations::state.eq(InvitationState::Open))
        .filter(invitations::invited_by.eq(from));
    let passed = diesel::update(sent).set(invitations::invited_by.eq(to)).execute(act.conn)?;
    if passed == 0 {
        return Ok(());
    }
    let details = json!({ "from": from, "to": to, "invitations": passed });
    act.record("invitations passed on", Subject::within(organisation, "organisation", organisation), details)
}

/// Invitations that were for one person are for another.
pub(super) fn hand_over_invitations(act: &mut Act<'_>, from: PersonId, to: PersonId) -> Result<()> {
    diesel::update(invitations::table.filter(invitations::person_id.eq(from)))
        .set(invitations::person_id.eq(to))
        .execute(act.conn)?;
    Ok(())
}

/// An open invitation that is too old makes room for a new one to the same address or person.
fn withdraw_expired(act: &mut Act<'_>, new: &Invitation) -> Result<()> {
    let expired = || {
        diesel::update(invitations::table)
            .filter(invitations::organisation_id.eq(new.organisation_id))
            .filter(invitations::state.eq(InvitationState::Open))
            .filter(invitations::expires_at.le(act.at))
    };
    let withdrawn = invitations::state.eq(InvitationState::Withdrawn);
    let (to_address, to_person) = (expired().filter(invitations::email.eq(&new.email)), expired());
    to_address.set(withdrawn).execute(act.conn)?;
    if let Some(person) = new.person_id {
        to_person.filter(invitations::person_id.eq(person)).set(withdrawn).execute(act.conn)?;
    }
    Ok(())
}
