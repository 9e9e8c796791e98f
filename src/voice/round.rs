//! A time in which an organisation asks young people what it is like there.
//!
//! | from | verb | to |
//! |---|---|---|
//! | | open | open |
//! | open | expect more, hand in (`answer`) | open |
//! | open | close, or its last day is over | closed |
//! | closed | publish the reply (`reply`) | answered |
//!
//! An organisation has one open at most. Whoever has its code may answer until as many have as could.

use chrono::{NaiveDate, NaiveDateTime};
use diesel::prelude::*;
use serde::Serialize;
use serde_json::json;

use super::question::ask_in;
use crate::acts::Act;
use crate::audit::Subject;
use crate::db::schema::{voice_rounds as rounds, voice_slips};
use crate::db::{DbConnection, unless_taken};
use crate::error::{Error, Result};
use crate::ids::{AccountId, OrganisationId, VoiceRoundId};
use crate::mail::Letter;
use crate::organisations::Organisation;
use crate::secrets::public_code;
use crate::text_enum;

/// How many rounds the list of an organisation shows.
const LATEST: i64 = 20;

text_enum! {
    pub enum VoiceRoundState { Open = "open", Closed = "closed", Answered = "answered" }
}

/// A round as it is stored.
#[derive(Debug, Clone, Queryable, Selectable, Insertable)]
#[diesel(table_name = rounds, treat_none_as_default_value = false)]
pub struct VoiceRound {
    pub id: VoiceRoundId,
    pub organisation_id: OrganisationId,
    /// What stands in the address of the form.
    pub code: String,
    pub state: VoiceRoundState,
    /// So many young people could answer; no more forms are taken.
    pub expected: i32,
    /// So many forms have come.
    pub heard: i32,
    /// The last day.
    pub closes_on: NaiveDate,
    pub opened_by: AccountId,
    pub opened_at: NaiveDateTime,
    pub closed_at: Option<NaiveDateTime>,
    pub replied_by: Option<AccountId>,
    pub replied_at: Option<NaiveDateTime>,
}

#[derive(Serialize)]
struct RoundOver<'a> {
    organisation: &'a str,
    slug: &'a str,
    voice_round: VoiceRoundId,
    enough: bool,
}
impl Letter for RoundOver<'_> {
    const NAME: &'static str = "voice-round-over";
}

/// Opens a round. `Conflict` when one is open.
pub fn open_voice_round(
    act: &mut Act<'_>,
    organisation: OrganisationId,
    by: AccountId,
    (expected, closes_on): (i32, NaiveDate),
) -> Result<VoiceRound> {
    let round = VoiceRound {
        id: VoiceRoundId::new(),
        organisation_id: organisation,
        code: public_code("", 8),
        state: VoiceRoundState::Open,
        expected,
        heard: 0,
        closes_on,
        opened_by: by,
        opened_at: act.at,
        closed_at: None,
        replied_by: None,
        replied_at: None,
    };
    // Either another lead has opened one in the same moment, or, once in many lifetimes, the code is taken.
    unless_taken(act.conn, |conn| diesel::insert_into(rounds::table).values(&round).execute(conn))?
        .ok_or(Error::Conflict)?;
    let questions = ask_in(act, round.id)?;
    let details = json!({ "expected": expected, "closes_on": closes_on, "questions": questions });
    act.record("young people asked", round.subject(), details)?;
    Ok(round)
}

impl VoiceRound {
    /// A round of this organisation's; anyone else's is not found.
    pub fn find_in(conn: &mut DbConnection, organisation: OrganisationId, id: VoiceRoundId) -> Result<Self> {
        Ok(rounds::table
            .find(id)
            .filter(rounds::organisation_id.eq(organisation))
            .select(Self::as_select())
            .first(conn)?)
    }

    /// The round with a code, however its letters were typed.
    pub fn with_code(conn: &mut DbConnection, code: &str) -> Result<Self> {
        let code = code.trim().to_uppercase();
        Ok(rounds::table.filter(rounds::code.eq(code)).select(Self::as_select()).first(conn)?)
    }

    /// The latest of an organisation, newest first.
    pub fn latest_of(conn: &mut DbConnection, organisation: OrganisationId) -> Result<Vec<Self>> {
        Ok(rounds::table
            .filter(rounds::organisation_id.eq(organisation))
            .order((rounds::opened_at.desc(), rounds::id.desc()))
            .limit(LATEST)
            .select(Self::as_select())
            .load(conn)?)
    }

    /// The last one of an organisation that is over.
    pub fn last_over(conn: &mut DbConnection, organisation: OrganisationId) -> Result<Option<Self>> {
        Ok(Self::latest_of(conn, organisation)?.into_iter().find(|round| round.closed_at.is_some()))
    }

    /// The code of the last round of an organisation that it has answered: whoever opens it reads what was said.
    pub fn last_answered(conn: &mut DbConnection, organisation: OrganisationId) -> Result<Option<String>> {
        Ok(rounds::table
            .filter(rounds::organisation_id.eq(organisation))
            .filter(rounds::state.eq(VoiceRoundState::Answered))
            .order((rounds::opened_at.desc(), rounds::id.desc()))
            .select(rounds::code)
            .first(conn)
            .optional()?)
    }

    /// Does it take answers on this day?
    pub fn takes_answers(&self, today: NaiveDate) -> bool {
        self.state == VoiceRoundState::Open && today <= self.closes_on
    }

    /// Has everyone answered who could?
    pub fn is_full(&self) -> bool {
        self.heard >= self.expected
    }

    /// Takes more forms than it was opened for. `Conflict` when it is over, or takes as many already.
    pub fn expect(&self, act: &mut Act<'_>, expected: i32) -> Result<()> {
        let open = rounds::table.find(self.id).filter(rounds::state.eq(VoiceRoundState::Open));
        let fewer = open.filter(rounds::expected.lt(expected));
        if diesel::update(fewer).set(rounds::expected.eq(expected)).execute(act.conn)? == 0 {
            return Err(Error::Conflict);
        }
        act.record("more young people asked", self.subject(), json!({ "expected": expected }))
    }

    /// Takes no more answers from now on. `Conflict` when it is closed.
    pub fn close(&self, act: &mut Act<'_>) -> Result<()> {
        let open = rounds::table.find(self.id).filter(rounds::state.eq(VoiceRoundState::Open));
        let closed = (rounds::state.eq(VoiceRoundState::Closed), rounds::closed_at.eq(act.at));
        if diesel::update(open).set(closed).execute(act.conn)? == 0 {
            return Err(Error::Conflict);
        }
        diesel::delete(voice_slips::table.filter(voice_slips::round_id.eq(self.id))).execute(act.conn)?;
        act.record("asking young people ended", self.subject(), json!({}))
    }

    pub(super) fn subject(&self) -> Subject {
        Subject::within(self.organisation_id, "voice round", self.id)
    }
}

/// Closes a round whose last day is over, and tells the leads that young people wait for a reply; 0 when there is none.
pub fn close_due_voice_rounds(act: &mut Act<'_>) -> Result<usize> {
    let due: Option<VoiceRound> = rounds::table
        .filter(rounds::state.eq(VoiceRoundState::Open))
        .filter(rounds::closes_on.lt(act.today()))
        .order(rounds::closes_on)
        .select(VoiceRound::as_select())
        .first(act.conn)
        .optional()?;
    let Some(round) = due else { return Ok(0) };
    match round.close(act) {
        // A lead has closed it in the same moment.
        Err(Error::Conflict) => return Ok(1),
        closed => closed?,
    }
    let organisation = Organisation::find(act.conn, round.organisation_id)?;
    if organisation.is_open() {
        let enough = i64::from(round.heard) >= crate::small_groups::FEWEST;
        let letter =
            RoundOver { organisation: &organisation.name, slug: &organisation.slug, voice_round: round.id, enough };
        organisation.tell_leads(act, &letter)?;
    }
    Ok(1)
}
