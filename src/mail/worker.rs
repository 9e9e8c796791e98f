//! Sends what is due. A letter is claimed before it is sent, so that two servers never send it twice; a claim that
//! is never fulfilled (the server stopped) ends by itself.

use chrono::{Duration, NaiveDateTime};
use diesel::prelude::*;
use lettre::message::header::{HeaderName, HeaderValue};
use lettre::message::{Mailbox, MultiPart};
use lettre::{AsyncFileTransport, AsyncSmtpTransport, AsyncTransport, Message, Tokio1Executor};

use super::OutboxMessage;
use super::outbox::MessageState;
use crate::clock::Clock;
use crate::config::{Config, MailTransport};
use crate::db::schema::outbox_messages;
use crate::db::{Db, DbConnection};
use crate::error::{Error, Result};
use crate::ids::MessageId;

/// How many are looked for at once; each is claimed when its turn comes.
const BATCH: i64 = 20;
/// Longer than any conversation with a mail server takes.
const CLAIM: Duration = Duration::minutes(10);
/// About two days of trying: 1, 2, 4 … 60 minutes apart, then hourly.
const ATTEMPTS: i32 = 50;

/// The way out: a mail server, or a folder.
#[derive(Clone)]
pub struct Mailer {
    transport: Transport,
    from: Mailbox,
}

#[derive(Clone)]
enum Transport {
    Smtp(AsyncSmtpTransport<Tokio1Executor>),
    Folder(AsyncFileTransport<Tokio1Executor>),
}

impl Mailer {
    /// Makes the way out ready; no connection is opened yet. Only within a runtime: connections are kept by a task.
    pub fn open(config: &Config) -> Result<Self> {
        let transport = match &config.mail {
            MailTransport::Smtp(url) => {
                Transport::Smtp(AsyncSmtpTransport::<Tokio1Executor>::from_url(url).map_err(Error::unexpected)?.build())
            }
            MailTransport::Folder(path) => {
                std::fs::create_dir_all(path)?;
                Transport::Folder(AsyncFileTransport::new(path))
            }
        };
        Ok(Self { transport, from: config.mail_from.parse().map_err(Error::unexpected)? })
    }

    async fn send(&self, message: &OutboxMessage) -> Result<(), String> {
        let mut email = Message::builder()
            .from(self.from.clone())
            .to(message.recipient.parse().map_err(|e| format!("{e}"))?)
            .subject(&message.subject)
            .message_id(Some(format!("<{}@youth-charter>", message.id)))
            .multipart(MultiPart::alternative_plain_html(message.body_text.clone(), message.body_html.clone()))
            .map_err(|e| e.to_string())?;
        if let Some(address) = &message.unsubscribe {
            // RFC 8058: the mail program shows a button, and posts these words to the address.
            for (name, value) in [
                (HeaderName::new_from_ascii_str("List-Unsubscribe"), format!("<{address}>")),
                (HeaderName::new_from_ascii_str("List-Unsubscribe-Post"), "List-Unsubscribe=One-Click".to_owned()),
            ] {
                email.headers_mut().insert_raw(HeaderValue::new(name, value));
            }
        }
        match &self.transport {
            Transport::Smtp(smtp) => smtp.send(email).await.map(|_| ()).map_err(|e| e.to_string()),
            Transport::Folder(folder) => folder.send(email).await.map(|_| ()).map_err(|e| e.to_string()),
        }
    }
}

/// Sends every letter that is due; returns how many went out. A letter that was handed over while the server stopped
/// before it was written down goes again, under the same Message-ID: the reader's mail program shows it once.
pub async fn send_due(db: &Db, mailer: &Mailer, clock: &Clock) -> Result<usize> {
    let mut sent = 0;
    loop {
        let now = clock.now();
        let due = db.read(move |conn| find_due(conn, now)).await?;
        if due.is_empty() {
            return Ok(sent);
        }
        for id in due {
            // Claimed one by one and by the time it is then: a slow mail server must not outlast the claim of the last.
            let now = clock.now();
            let Some(message) = db.write(move |conn| claim(conn, id, now)).await? else { continue };
            let outcome = mailer.send(&message).await;
            if let Err(cause) = &outcome {
                tracing::warn!(message = %message.id, attempt = message.attempts, %cause, "an e-mail could not be sent");
            }
            sent += usize::from(outcome.is_ok());
            let now = clock.now();
            db.write(move |conn| settle(conn, &message, outcome, now)).await?;
        }
    }
}

fn find_due(conn: &mut DbConnection, now: NaiveDateTime) -> Result<Vec<MessageId>> {
    Ok(outbox_messages::table
        .filter(outbox_messages::state.eq_any([MessageState::Queued, MessageState::Sending]))
        .filter(outbox_messages::due_at.le(now))
        .order(outbox_messages::due_at)
        .limit(BATCH)
        .select(outbox_messages::id)
        .load(conn)?)
}

/// `None` when another server has it.
fn claim(conn: &mut DbConnection, id: MessageId, now: NaiveDateTime) -> Result<Option<OutboxMessage>> {
    let taken = diesel::update(outbox_messages::table.find(id))
        .filter(outbox_messages::state.eq_any([MessageState::Queued, MessageState::Sending]))
        .filter(outbox_messages::due_at.le(now))
        .set((
            outbox_messages::state.eq(MessageState::Sending),
            outbox_messages::due_at.eq(now + CLAIM),
            outbox_messages::attempts.eq(outbox_messages::attempts + 1),
        ))
        .execute(conn)?;
    if taken == 0 { Ok(None) } else { super::message(conn, id).map(Some) }
}

fn settle(
    conn: &mut DbConnection,
    message: &OutboxMessage,
    outcome: Result<(), String>,
    now: NaiveDateTime,
) -> Result<()> {
    let is_over = outcome.is_ok() || message.attempts >= ATTEMPTS;
    if message.is_last && is_over {
        diesel::delete(outbox_messages::table.find(message.id)).execute(conn)?;
        return Ok(());
    }
    let row = diesel::update(outbox_messages::table.find(message.id));
    match outcome {
        Ok(()) => {
            row.set((outbox_messages::state.eq(MessageState::Sent), outbox_messages::sent_at.eq(now))).execute(conn)?
        }
        Err(cause) => {
            let state = if message.attempts < ATTEMPTS { MessageState::Queued } else { MessageState::Failed };
            let wait = Duration::minutes(1 << message.attempts.clamp(1, 7).saturating_sub(1)).min(Duration::hours(1));
            row.set((
                outbox_messages::state.eq(state),
                outbox_messages::due_at.eq(now + wait),
                outbox_messages::last_error.eq(cause),
            ))
            .execute(conn)?
        }
    };
    Ok(())
}
