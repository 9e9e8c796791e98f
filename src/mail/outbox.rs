//! The outbox: letters waiting, sent, or given up on.

use chrono::NaiveDateTime;
use diesel::prelude::*;

use super::letter::{Letter, write};
use crate::db::schema::outbox_messages;
use crate::db::{DbConnection, unless_taken};
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
    /// Where one press stops letters like this.
    pub unsubscribe: Option<String>,
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
    insert_message(conn, &message_of(MessageId::new(), at, site, to, letter)?)
}

/// [`post`] under an id that is worked out from what the letter tells of, so that it is there once, even when the same
/// is told again after a restore; `None` when it is there already.
pub fn post_once<L: Letter>(
    conn: &mut DbConnection,
    at: NaiveDateTime,
    site: &str,
    (id, to): (MessageId, &EmailAddress),
    letter: &L,
) -> Result<Option<()>> {
    if !to.leads_somewhere() {
        return Ok(None);
    }
    let message = message_of(id, at, site, to, letter)?;
    let added = unless_taken(conn, |conn| diesel::insert_into(outbox_messages::table).values(&message).execute(conn))?;
    Ok(added.map(|_| ()))
}

/// The last letter to someone who is being erased: the outbox forgets it once it is on its way.
pub fn post_last<L: Letter>(
    conn: &mut DbConnection,
    at: NaiveDateTime,
    site: &str,
    to: &EmailAddress,
    letter: &L,
) -> Result<()> {
    insert_message(conn, &OutboxMessage { is_last: true, ..message_of(MessageId::new(), at, site, to, letter)? })
}

fn message_of<L: Letter>(
    id: MessageId,
    at: NaiveDateTime,
    site: &str,
    to: &EmailAddress,
    letter: &L,
) -> Result<OutboxMessage> {
    let written = write(letter, site)?;
    Ok(OutboxMessage {
        id,
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
        unsubscribe: letter.unsubscribe().map(str::to_owned),
        is_last: false,
    })
}

fn insert_message(conn: &mut DbConnection, message: &OutboxMessage) -> Result<()> {
    diesel::insert_into(outbox_messages::table).values(message).execute(conn)?;
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
