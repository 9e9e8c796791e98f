//! A personal link to the audit, for someone without an account. The link is the id of its row, sealed with the portal's
//! key, so that reminders carry the same one and a stolen database holds none.
//!
//! | from | verb | to |
//! |---|---|---|
//! | | invite | open |
//! | open | invite again at another address | replaced |
//! | open | say that it came to somebody else | misdirected |
//!
//! Looking at a link uses nothing up. Not here: who may send one, and the letters.

use chrono::{Duration, NaiveDateTime};
use diesel::prelude::*;
use serde_json::json;
use uuid::Uuid;

use super::round::Round;
use crate::acts::Act;
use crate::audit::Subject;
use crate::db::DbConnection;
use crate::db::schema::skills_links as links;
use crate::error::{Error, Result};
use crate::ids::{AccountId, OrganisationId, PersonId, RoundId, SkillsLinkId};
use crate::secrets::SecretKey;
use crate::text_enum;
use crate::words::EmailAddress;

const SEALED_FOR: &str = "skills audit link";
/// One's own results can be read by the link for so long after the round has closed.
const READ_AFTER: Duration = Duration::days(60);

text_enum! {
    pub enum LinkState { Open = "open", Replaced = "replaced", Misdirected = "misdirected" }
}

/// A link as it is stored.
#[derive(Debug, Clone, Queryable, Selectable, Insertable)]
#[diesel(table_name = links)]
pub struct SkillsLink {
    pub id: SkillsLinkId,
    pub round_id: RoundId,
    pub organisation_id: OrganisationId,
    pub person_id: PersonId,
    pub address: String,
    state: LinkState,
    sent_by: AccountId,
    pub sent_at: NaiveDateTime,
}

impl SkillsLink {
    /// Whose link this is; `NotFound` for one that we never sealed.
    pub fn with_token(conn: &mut DbConnection, secret: &SecretKey, token: &str) -> Result<Self> {
        let id = secret.open(SEALED_FOR, token).ok().and_then(|bytes| Uuid::from_slice(&bytes).ok());
        let id = SkillsLinkId::from(id.ok_or(Error::NotFound)?);
        Ok(links::table.find(id).select(Self::as_select()).first(conn)?)
    }

    /// Everyone's of an organisation in a round, but those that were replaced.
    pub fn all_in(conn: &mut DbConnection, round: RoundId, organisation: OrganisationId) -> Result<Vec<Self>> {
        Ok(links::table
            .filter(links::round_id.eq(round))
            .filter(links::organisation_id.eq(organisation))
            .filter(links::state.ne(LinkState::Replaced))
            .order(links::sent_at)
            .select(Self::as_select())
            .load(conn)?)
    }

    pub fn is_open(&self) -> bool {
        self.state == LinkState::Open
    }

    /// Did it come to somebody else, who said so?
    pub fn was_sent_back(&self) -> bool {
        self.state == LinkState::Misdirected
    }

    /// Can anything be read by it now?
    pub fn works_at(&self, round: &Round, now: NaiveDateTime) -> bool {
        self.is_open() && round.closed_at.is_none_or(|closed| now < closed + READ_AFTER)
    }

    /// What stands in its address.
    pub fn token(&self, secret: &SecretKey) -> String {
        let short: Vec<u8> = self.id.as_str().bytes().filter(|letter| *letter != b'-').collect();
        let bytes = hex::decode(short).expect("an id is hexadecimal digits and hyphens");
        secret.seal(SEALED_FOR, &bytes)
    }

    /// It came to somebody else: it stops working, and the leads see that it did.
    pub fn send_back(&self, act: &mut Act<'_>) -> Result<()> {
        let changed = diesel::update(links::table.find(self.id))
            .filter(links::state.eq(LinkState::Open))
            .set(links::state.eq(LinkState::Misdirected))
            .execute(act.conn)?;
        if changed == 0 {
            return Err(Error::Conflict);
        }
        act.record("link came to somebody else", self.subject(), json!({ "person": self.person_id }))
    }

    fn subject(&self) -> Subject {
        Subject::within(self.organisation_id, "audit link", self.id)
    }
}

/// Makes the link of a person; one that was sent before stops working.
pub fn make_link(
    act: &mut Act<'_>,
    (round, organisation, person): (RoundId, OrganisationId, PersonId),
    address: &EmailAddress,
    by: AccountId,
) -> Result<SkillsLink> {
    let before = links::table
        .filter(links::round_id.eq(round))
        .filter(links::organisation_id.eq(organisation))
        .filter(links::person_id.eq(person));
    diesel::update(before).set(links::state.eq(LinkState::Replaced)).execute(act.conn)?;
    let link = SkillsLink {
        id: SkillsLinkId::new(),
        round_id: round,
        organisation_id: organisation,
        person_id: person,
        address: address.as_str().to_owned(),
        state: LinkState::Open,
        sent_by: by,
        sent_at: act.at,
    };
    diesel::insert_into(links::table).values(&link).execute(act.conn)?;
    act.record("person invited to answer", link.subject(), json!({ "person": person }))?;
    Ok(link)
}

/// Links of a row of people that turns out to be another person stop working: they have an account now.
pub(super) fn hand_over_links(conn: &mut DbConnection, from: PersonId, to: PersonId) -> Result<()> {
    diesel::update(links::table.filter(links::person_id.eq(from)))
        .set((links::person_id.eq(to), links::state.eq(LinkState::Replaced)))
        .execute(conn)?;
    Ok(())
}
