//! A letter of the VRP to a group of organisations: written once, sent to the leads of each by the portal in batches.
//! Who gets it is written down with it, as it was previewed; each address gets one, alone, also when a batch is done again.
//!
//! | from | verb | to |
//! |---|---|---|
//! | | write | sending |
//! | sending | go on, until nobody is left | sent |

use chrono::NaiveDateTime;
use diesel::prelude::*;
use serde::Serialize;
use serde_json::json;
use sha2::{Digest, Sha256};
use uuid::Uuid;

use super::census::CharterCensus;
use super::step::CharterStep;
use super::waiting::{Sought, ids_sought};
use crate::acts::Act;
use crate::audit::Subject;
use crate::db::DbConnection;
use crate::db::schema::{accounts, group_letter_recipients as recipients, group_letters};
use crate::each;
use crate::error::{Error, Result};
use crate::ids::{AccountId, CensusId, GroupLetterId, MessageId, OrganisationId};
use crate::mail::Letter;
use crate::organisations::{MembershipRole, Organisation, lead_addresses};
use crate::text_enum;
use crate::words::EmailAddress;

/// To how many organisations it goes in one act.
const BATCH: i64 = 50;
/// How many letters the list shows.
const LATEST: i64 = 100;

text_enum! {
    pub enum LetterState { Sending = "sending", Sent = "sent" }
}

/// A letter as it is stored.
#[derive(Debug, Clone, Queryable, Selectable, Insertable)]
#[diesel(table_name = group_letters)]
pub struct GroupLetter {
    pub id: GroupLetterId,
    pub step: Option<CharterStep>,
    pub district: Option<String>,
    pub days: i32,
    pub subject: String,
    pub words: String,
    pub written_by: AccountId,
    pub written_at: NaiveDateTime,
    pub(super) state: LetterState,
    /// To how many it goes.
    pub organisations: i64,
    /// How many have gone out so far: one for each address.
    pub letters: i64,
}

/// What the VRP writes, and what it was shown.
#[derive(Debug, Clone)]
pub struct NewGroupLetter {
    pub sought: Sought,
    pub subject: String,
    pub words: String,
    pub census_seen: Option<CensusId>,
    pub organisations_seen: usize,
}

/// What came of writing.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum LetterSent {
    /// To so many organisations.
    Begun(usize),
    /// It would go to others than those that were shown. Nothing was sent.
    OthersByNow,
}

#[derive(Serialize)]
struct ToGroup<'a> {
    organisation: &'a str,
    slug: &'a str,
    subject: &'a str,
    words: &'a str,
}
impl Letter for ToGroup<'_> {
    const NAME: &'static str = "vrp-to-group";
}

/// Sends a letter to whoever fits, if they are those that were shown.
pub fn write_to_group(act: &mut Act<'_>, by: AccountId, new: NewGroupLetter) -> Result<LetterSent> {
    let census = CharterCensus::latest(act.conn)?.ok_or(Error::Conflict)?;
    let ids = ids_sought(act.conn, &census, &new.sought)?;
    if new.census_seen != Some(census.id) || ids.len() != new.organisations_seen || ids.is_empty() {
        return Ok(LetterSent::OthersByNow);
    }
    let letter = GroupLetter {
        id: GroupLetterId::new(),
        step: new.sought.step,
        district: new.sought.district,
        days: i32::try_from(new.sought.days).unwrap_or(i32::MAX),
        subject: new.subject,
        words: new.words,
        written_by: by,
        written_at: act.at,
        state: LetterState::Sending,
        organisations: ids.len() as i64,
        letters: 0,
    };
    diesel::insert_into(group_letters::table).values(&letter).execute(act.conn)?;
    for some in ids.chunks(500) {
        let row = |id: &OrganisationId| {
            (recipients::letter_id.eq(letter.id), recipients::organisation_id.eq(*id), recipients::is_written.eq(false))
        };
        let rows: Vec<_> = some.iter().map(row).collect();
        let conn = &mut *act.conn;
        each!(conn, c => diesel::insert_into(recipients::table).values(&rows).execute(c))?;
    }
    let details = json!({
        "step": letter.step,
        "district": letter.district,
        "days": letter.days,
        "subject": letter.subject,
        "organisations": letter.organisations,
    });
    act.record("group of organisations written to", Subject::of("group letter", letter.id), details)?;
    Ok(LetterSent::Begun(ids.len()))
}

/// Goes one batch on with the oldest letter that is being sent; returns 0 when there is none.
pub fn go_on_with_group_letters(act: &mut Act<'_>) -> Result<usize> {
    let Some(letter) = GroupLetter::being_sent(act.conn)? else { return Ok(0) };
    let row = || group_letters::table.find(letter.id);
    // Of two servers one goes on, the other after it.
    diesel::update(row()).set(group_letters::state.eq(group_letters::state)).execute(act.conn)?;
    let next: Vec<OrganisationId> = recipients::table
        .filter(recipients::letter_id.eq(letter.id))
        .filter(recipients::is_written.eq(false))
        .order(recipients::organisation_id)
        .limit(BATCH)
        .select(recipients::organisation_id)
        .load(act.conn)?;
    if next.is_empty() {
        let sending = row().filter(group_letters::state.eq(LetterState::Sending));
        diesel::update(sending).set(group_letters::state.eq(LetterState::Sent)).execute(act.conn)?;
        return Ok(1);
    }
    let mut gone = 0;
    for organisation in next {
        gone += letter.write_to(act, organisation)?;
        diesel::update(recipients::table.find((letter.id, organisation)))
            .set(recipients::is_written.eq(true))
            .execute(act.conn)?;
    }
    diesel::update(row()).set(group_letters::letters.eq(group_letters::letters + gone)).execute(act.conn)?;
    Ok(1)
}

impl GroupLetter {
    /// The latest, newest first, each with who wrote it.
    pub fn latest(conn: &mut DbConnection) -> Result<Vec<(Self, String)>> {
        Ok(group_letters::table
            .inner_join(accounts::table)
            .order((group_letters::written_at.desc(), group_letters::id.desc()))
            .limit(LATEST)
            .select((Self::as_select(), accounts::name))
            .load(conn)?)
    }

    pub fn is_sent(&self) -> bool {
        self.state == LetterState::Sent
    }

    fn being_sent(conn: &mut DbConnection) -> Result<Option<Self>> {
        Ok(group_letters::table
            .filter(group_letters::state.eq(LetterState::Sending))
            .order(group_letters::written_at)
            .select(Self::as_select())
            .first(conn)
            .optional()?)
    }

    /// To each lead of an organisation that is still open; how many letters those are.
    fn write_to(&self, act: &mut Act<'_>, organisation: OrganisationId) -> Result<i64> {
        let organisation = Organisation::find(act.conn, organisation)?;
        if !organisation.is_open() {
            return Ok(0);
        }
        let letter = ToGroup {
            organisation: &organisation.name,
            slug: &organisation.slug,
            subject: &self.subject,
            words: &self.words,
        };
        let mut gone = 0;
        for address in lead_addresses(act.conn, organisation.id, MembershipRole::Lead)? {
            gone += i64::from(act.post_once(message_id(self.id, &address), &address, &letter)?.is_some());
        }
        Ok(gone)
    }
}

/// The same letter to the same address has the same id, wherever and however often it is written.
fn message_id(letter: GroupLetterId, to: &EmailAddress) -> MessageId {
    let digest = Sha256::digest(format!("group letter {letter} {to}"));
    let mut bytes = [0; 16];
    bytes.copy_from_slice(&digest[..16]);
    MessageId::from(Uuid::from_bytes(bytes))
}
