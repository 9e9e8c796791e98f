//! The outbox: letters waiting, sent, or given up on.

use chrono::NaiveDateTime;
use diesel::prelude::*;

use super::letter::{Letter, write};
use crate::db::DbConnection;
use crate::db::schema::outbox_messages;
use crate::error::Result;
use crate::ids::MessageId;
use crate::text_enum;
use crate::words::EmailAddress;

text_enum! {
    /// Where a letter is on its way.
    pub enum MessageState { Queued = "queued", Sending = "sending", Sent = "sent", Failed = "failed" }
}

/// A letter in the outbox.
#[derive(Debug, Clone, Queryable, Selectable, Insertable)]
#[diesel(table_name = outbox_messages)]
pub struct OutboxMessage {
    pub id: MessageId,
    pub recipient: String,
    pub subject: String,
    pub body_text: String,
    pub body_html: String,
    pub(super) state: MessageState,
    pub(super) attempts: i32,
    /// Not to be tried before.
    pub(super) due_at: NaiveDateTime,
    pub created_at: NaiveDateTime,
    pub sent_at: Option<NaiveDateTime>,
    pub(super) last_error: Option<String>,
    /// Goes as soon as it is sent, or given up.
    pub(super) is_last: bool,
}

/// Puts a letter into the outbox, in the transaction that `conn` is in. There is nobody to write to where someone
/// was erased.
pub fn post<L: Letter>(
    conn: &mut DbConnection,
    at: NaiveDateTime,
    site: &str,
    to: &EmailAddress,
    letter: &L,
) -> Result<()> {
    if !to.leads_somewhere() {
        return Ok(());
    }
    put(conn, at, site, to, letter, false)
}

/// The last letter to someone who is being erased: the outbox forgets it once it is on its way.
pub fn post_last<L: Letter>(
    conn: &mut DbConnection,
    at: NaiveDateTime,
    site: &str,
    to: &EmailAddress,
    letter: &L,
) -> Result<()> {
    put(conn, at, site, to, letter, true)
}

fn put<L: Letter>(
    conn: &mut DbConnection,
    at: NaiveDateTime,
    site: &str,
    to: &EmailAddress,
    letter: &L,
    is_last: bool,
) -> Result<()> {
    let written = write(letter, site)?;
    let message = OutboxMessage {
        id: MessageId::new(),
        recipient: to.as_str().to_owned(),
        subject: written.subject,
        body_text: written.text,
        body_html: written.html,
        state: MessageState::Queued,
        attempts: 0,
        due_at: at,
        created_at: at,
        sent_at: None,
        last_error: None,
        is_last,
    };
    diesel::insert_into(outbox_messages::table).values(&message).execute(conn)?;
    Ok(())
}

/// The newest letters, newest first: the demonstration's mailbox.
pub fn latest_messages(conn: &mut DbConnection, limit: i64) -> Result<Vec<OutboxMessage>> {
    Ok(outbox_messages::table
        .order((outbox_messages::created_at.desc(), outbox_messages::id.desc()))
        .limit(limit)
        .select(OutboxMessage::as_select())
        .load(conn)?)
}

/// Was the last letter to an address that came to an end given up?
pub fn is_undeliverable(conn: &mut DbConnection, address: &str) -> Result<bool> {
    let last: Option<MessageState> = outbox_messages::table
        .filter(outbox_messages::recipient.eq(address))
        .filter(outbox_messages::state.eq_any([MessageState::Sent, MessageState::Failed]))
        .order(outbox_messages::created_at.desc())
        .select(outbox_messages::state)
        .first(conn)
        .optional()?;
    Ok(last == Some(MessageState::Failed))
}

/// One letter.
pub fn message(conn: &mut DbConnection, id: MessageId) -> Result<OutboxMessage> {
    Ok(outbox_messages::table.find(id).select(OutboxMessage::as_select()).first(conn)?)
}
