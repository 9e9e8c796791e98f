//! A rescue: someone asks to lead an organisation that nobody leads any more.
//!
//! | from | verb | to |
//! |---|---|---|
//! | | ask, one at a time for each organisation | open |
//! | open | object, each contact once | open |
//! | open | close, by the portal when the 14 days are over | awaiting |
//! | awaiting | grant: the one who asked is a lead | granted |
//! | open, awaiting | refuse, with reasons | refused |
//! | open, awaiting | withdraw, by the one who asked | withdrawn |

use chrono::{Duration, NaiveDateTime};
use diesel::prelude::*;
use serde::Serialize;
use serde_json::json;

use super::contact::{Contact, tell_contacts, write_to_contacts};
use crate::accounts::{Account, tell_stewards};
use crate::acts::Act;
use crate::audit::Subject;
use crate::clock::{day_of, say_day};
use crate::db::schema::rescues;
use crate::db::{DbConnection, unless_taken};
use crate::error::{Error, Result};
use crate::ids::{AccountId, OrganisationId, RescueId};
use crate::mail::Letter;
use crate::organisations::{Engagement, Member, MembershipRole, Organisation, Position, join, person_of};
use crate::text_enum;

/// How long whoever is known may object.
const OPEN_FOR: Duration = Duration::days(14);
const BATCH: i64 = 50;

text_enum! {
    /// Where a rescue stands.
    pub enum RescueState {
        Open = "open",
        Awaiting = "awaiting",
        Granted = "granted",
        Refused = "refused",
        Withdrawn = "withdrawn",
    }
}

/// A rescue as it is stored.
#[derive(Debug, Clone, Queryable, Selectable, Insertable)]
#[diesel(table_name = rescues)]
pub struct Rescue {
    pub id: RescueId,
    pub organisation_id: OrganisationId,
    pub asked_by: AccountId,
    /// What they are there, in their own words.
    pub position: String,
    pub engagement: Engagement,
    pub reasons: String,
    state: RescueState,
    pub asked_at: NaiveDateTime,
    pub open_until: NaiveDateTime,
    pub decided_by: Option<AccountId>,
    pub decided_at: Option<NaiveDateTime>,
    pub decision_reasons: Option<String>,
}

/// What someone says who asks.
pub struct NewRescue {
    pub position: String,
    pub engagement: Engagement,
    pub reasons: String,
}

#[derive(Serialize)]
struct ReadyLetter<'a> {
    organisation: &'a str,
    name: &'a str,
    rescue: RescueId,
}
impl Letter for ReadyLetter<'_> {
    const NAME: &'static str = "rescue-ready";
}

#[derive(Serialize)]
struct AskedLetter<'a> {
    organisation: &'a str,
    slug: &'a str,
    name: &'a str,
    ends_on: String,
}
impl Letter for AskedLetter<'_> {
    const NAME: &'static str = "rescue-begun";
}

#[derive(Serialize)]
struct OutcomeLetter<'a> {
    organisation: &'a str,
    name: &'a str,
    reasons: &'a str,
}

#[derive(Serialize)]
#[serde(transparent)]
struct GrantedLetter<'a>(OutcomeLetter<'a>);
impl Letter for GrantedLetter<'_> {
    const NAME: &'static str = "rescue-granted";
}

#[derive(Serialize)]
#[serde(transparent)]
struct RefusedLetter<'a>(OutcomeLetter<'a>);
impl Letter for RefusedLetter<'_> {
    const NAME: &'static str = "rescue-refused";
}

#[derive(Serialize)]
pub(super) struct WithdrawnLetter<'a> {
    pub organisation: &'a str,
    pub name: &'a str,
}
impl Letter for WithdrawnLetter<'_> {
    const NAME: &'static str = "rescue-withdrawn";
}

/// Asks, and writes to everyone who is known. `None` while another rescue is under way; a lead may not.
pub fn ask_to_take_over(
    act: &mut Act<'_>,
    organisation: &Organisation,
    account: &Account,
    new: NewRescue,
) -> Result<Option<Rescue>> {
    let member = Member::of_account(act.conn, organisation.id, account.id)?;
    if member.is_some_and(|member| member.membership.role == MembershipRole::Lead) {
        return Err(Error::NotAllowed);
    }
    let rescue = Rescue {
        id: RescueId::new(),
        organisation_id: organisation.id,
        asked_by: account.id,
        position: new.position,
        engagement: new.engagement,
        reasons: new.reasons,
        state: RescueState::Open,
        asked_at: act.at,
        open_until: act.at + OPEN_FOR,
        decided_by: None,
        decided_at: None,
        decision_reasons: None,
    };
    let added = unless_taken(act.conn, |conn| diesel::insert_into(rescues::table).values(&rescue).execute(conn))?;
    if added.is_none() {
        return Ok(None);
    }
    // What people say of each other stays out of the trail: it can be taken out of the rescue, and not out of there.
    act.record("taking over asked for", rescue.subject(), json!({ "engagement": rescue.engagement }))?;
    write_to_contacts(act, organisation, &rescue, account)?;
    let ends_on = say_day(day_of(rescue.open_until));
    let letter =
        AskedLetter { organisation: &organisation.name, slug: &organisation.slug, name: &account.name, ends_on };
    act.post(&account.address(), &letter)?;
    Ok(Some(rescue))
}

/// Ends the time to object where it is over, and tells the VRP; returns how many.
pub fn close_due_rescues(act: &mut Act<'_>) -> Result<usize> {
    let due: Vec<Rescue> = rescues::table
        .filter(rescues::state.eq(RescueState::Open))
        .filter(rescues::open_until.le(act.at))
        .order(rescues::open_until)
        .limit(BATCH)
        .select(Rescue::as_select())
        .load(act.conn)?;
    for rescue in &due {
        rescue.change_state(act, &[RescueState::Open], RescueState::Awaiting)?;
        act.record("time to object ended", rescue.subject(), json!({}))?;
        let (organisation, account) = rescue.parties(act.conn)?;
        let letter = ReadyLetter { organisation: &organisation.name, name: &account.name, rescue: rescue.id };
        tell_stewards(act, &letter)?;
    }
    Ok(due.len())
}

impl Rescue {
    pub fn find(conn: &mut DbConnection, id: RescueId) -> Result<Self> {
        Ok(rescues::table.find(id).select(Self::as_select()).first(conn)?)
    }

    /// The one that is under way for an organisation.
    pub fn under_way(conn: &mut DbConnection, organisation: OrganisationId) -> Result<Option<Self>> {
        Ok(rescues::table
            .filter(rescues::organisation_id.eq(organisation))
            .filter(rescues::state.eq_any([RescueState::Open, RescueState::Awaiting]))
            .select(Self::as_select())
            .first(conn)
            .optional()?)
    }

    /// What became of the last one that someone asked for here.
    pub fn latest_of(conn: &mut DbConnection, organisation: OrganisationId, by: AccountId) -> Result<Option<Self>> {
        Ok(rescues::table
            .filter(rescues::organisation_id.eq(organisation))
            .filter(rescues::asked_by.eq(by))
            .order(rescues::asked_at.desc())
            .select(Self::as_select())
            .first(conn)
            .optional()?)
    }

    /// The newest, with the organisation and the name of who asked; those that wait for a decision come first.
    pub fn newest(conn: &mut DbConnection, limit: i64) -> Result<Vec<(Self, String, String)>> {
        use crate::db::schema::{accounts, organisations};
        let mut all: Vec<(Self, String, String)> = rescues::table
            .inner_join(organisations::table)
            .inner_join(accounts::table)
            .order(rescues::asked_at.desc())
            .limit(limit)
            .select((Self::as_select(), organisations::name, accounts::name))
            .load(conn)?;
        all.sort_by_key(|(rescue, _, _)| match rescue.state {
            RescueState::Awaiting => 0,
            RescueState::Open => 1,
            _ => 2,
        });
        Ok(all)
    }

    /// How many wait for a decision.
    pub fn count_awaiting(conn: &mut DbConnection) -> Result<i64> {
        Ok(rescues::table.filter(rescues::state.eq(RescueState::Awaiting)).count().get_result(conn)?)
    }

    pub fn state(&self) -> RescueState {
        self.state
    }

    pub fn is_under_way(&self) -> bool {
        matches!(self.state, RescueState::Open | RescueState::Awaiting)
    }

    /// The organisation, and the account of who asked.
    pub fn parties(&self, conn: &mut DbConnection) -> Result<(Organisation, Account)> {
        Ok((Organisation::find(conn, self.organisation_id)?, Account::find(conn, self.asked_by)?))
    }

    /// The one who asked becomes a lead; everyone is told. Only once the time to object is over.
    pub fn grant(&self, act: &mut Act<'_>, by: &Account, reasons: &str) -> Result<()> {
        self.decide(act, by, &[RescueState::Awaiting], RescueState::Granted, reasons)?;
        let (organisation, account) = self.parties(act.conn)?;
        self.make_lead(act, &account)?;
        let outcome = OutcomeLetter { organisation: &organisation.name, name: &account.name, reasons };
        self.tell_everyone(act, &account, &GrantedLetter(outcome))
    }

    /// It comes to nothing; everyone is told why.
    pub fn refuse(&self, act: &mut Act<'_>, by: &Account, reasons: &str) -> Result<()> {
        self.decide(act, by, &[RescueState::Open, RescueState::Awaiting], RescueState::Refused, reasons)?;
        let (organisation, account) = self.parties(act.conn)?;
        let outcome = OutcomeLetter { organisation: &organisation.name, name: &account.name, reasons };
        self.tell_everyone(act, &account, &RefusedLetter(outcome))
    }

    /// Whoever asked takes it back; whoever was written to is told.
    pub fn withdraw(&self, act: &mut Act<'_>) -> Result<()> {
        if act.by.account != Some(self.asked_by) {
            return Err(Error::NotFound);
        }
        self.change_state(act, &[RescueState::Open, RescueState::Awaiting], RescueState::Withdrawn)?;
        act.record("taking over withdrawn", self.subject(), json!({}))?;
        let (organisation, account) = self.parties(act.conn)?;
        tell_contacts(act, self, &WithdrawnLetter { organisation: &organisation.name, name: &account.name })
    }

    /// What audit entries about it are about.
    pub fn subject(&self) -> Subject {
        Subject::within(self.organisation_id, "rescue", self.id)
    }

    fn decide(
        &self,
        act: &mut Act<'_>,
        by: &Account,
        from: &[RescueState],
        to: RescueState,
        reasons: &str,
    ) -> Result<()> {
        if by.id == self.asked_by {
            return Err(Error::NotAllowed);
        }
        let changed = diesel::update(rescues::table.find(self.id))
            .filter(rescues::state.eq_any(from))
            .set((
                rescues::state.eq(to),
                rescues::decided_by.eq(by.id),
                rescues::decided_at.eq(act.at),
                rescues::decision_reasons.eq(reasons),
            ))
            .execute(act.conn)?;
        if changed == 0 {
            return Err(Error::Conflict);
        }
        act.record(&format!("taking over {}", to.as_str()), self.subject(), json!({}))
    }

    fn make_lead(&self, act: &mut Act<'_>, account: &Account) -> Result<()> {
        let position = Position { role: MembershipRole::Lead, engagement: self.engagement, accountable: true };
        match Member::of_account(act.conn, self.organisation_id, account.id)? {
            Some(member) => member.membership.take_position(act, position).map(drop),
            None => {
                let person = person_of(act, account.id, &account.name)?;
                join(act, self.organisation_id, person, position)?.ok_or(Error::Conflict).map(drop)
            }
        }
    }

    pub(super) fn change_state(&self, act: &mut Act<'_>, from: &[RescueState], to: RescueState) -> Result<()> {
        let changed = diesel::update(rescues::table.find(self.id))
            .filter(rescues::state.eq_any(from))
            .set(rescues::state.eq(to))
            .execute(act.conn)?;
        if changed == 0 { Err(Error::Conflict) } else { Ok(()) }
    }

    /// Takes the row for this act, while contacts may object.
    pub(super) fn hold_open(&self, act: &mut Act<'_>) -> Result<()> {
        self.change_state(act, &[RescueState::Open], RescueState::Open)
    }

    fn tell_everyone<L: Letter>(&self, act: &mut Act<'_>, asker: &Account, letter: &L) -> Result<()> {
        act.post(&asker.address(), letter)?;
        tell_contacts(act, self, letter)
    }
}

/// Objections first, then leads.
pub fn contacts_of(conn: &mut DbConnection, rescue: &Rescue) -> Result<Vec<Contact>> {
    let mut contacts = Contact::all_of(conn, rescue.id)?;
    contacts.sort_by_key(|contact| (contact.objection.is_none(), contact.kind));
    Ok(contacts)
}
