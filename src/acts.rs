//! An act: one change to the records, done by someone, at an instant, in one transaction, with its entry in the
//! audit trail and its letters in the outbox.
//! Every verb in the portal takes an [`Act`], so none can forget who did it or when. Entries are written at the end of
//! the act, so that nobody holds the end of the chain while still waiting for other rows.
//! Not here: whether they may; viewers say that.

use std::sync::Arc;

use chrono::{NaiveDate, NaiveDateTime};
use serde_json::Value;

use crate::audit::{Actor, Deed, Subject, record_deed};
use crate::clock::{Clock, day_of};
use crate::config::Retention;
use crate::db::{Db, DbConnection};
use crate::error::Result;
use crate::files::FileStore;
use crate::ids::MessageId;
use crate::mail::{Letter, post, post_last, post_once};
use crate::openid::IdentityProvider;
use crate::secrets::SecretKey;
use crate::web::Limits;
use crate::words::EmailAddress;

/// The portal as it runs: where records and files are, what time it is, and its own address.
#[derive(Clone)]
pub struct Portal {
    pub db: Db,
    pub files: FileStore,
    pub clock: Clock,
    /// Where people sign in with their work accounts, when that is on.
    pub identity_provider: Option<IdentityProvider>,
    /// Seals small secrets.
    pub secret: SecretKey,
    /// How often someone may try.
    pub limits: Limits,
    /// `https://…` without a slash at its end.
    pub site: Arc<str>,
    /// How long things are kept.
    pub retention: Retention,
    pub demonstration: bool,
}

impl Portal {
    /// Does `work` as one act of `by`, now.
    pub async fn act<T: Send + 'static>(
        &self,
        by: Actor,
        work: impl FnOnce(&mut Act<'_>) -> Result<T> + Send + 'static,
    ) -> Result<T> {
        let portal = self.clone();
        let at = self.clock.now();
        self.db.write(move |conn| portal.act_in(conn, by, at).carry_out(work)).await
    }

    /// [`Portal::act`] on the present thread and at a given instant, for commands and the demonstration.
    pub fn act_at<T>(&self, by: Actor, at: NaiveDateTime, work: impl FnOnce(&mut Act<'_>) -> Result<T>) -> Result<T> {
        self.db.write_here(|conn| self.act_in(conn, by, at).carry_out(work))
    }

    fn act_in<'a>(&'a self, conn: &'a mut DbConnection, by: Actor, at: NaiveDateTime) -> Act<'a> {
        Act::new(conn, by, at, &self.site, &self.files, &self.secret)
    }
}

/// One change under way. Everything done through `conn` is kept, or nothing is.
pub struct Act<'a> {
    pub conn: &'a mut DbConnection,
    pub by: Actor,
    /// UTC, the same for everything in this act.
    pub at: NaiveDateTime,
    pub site: &'a str,
    pub files: &'a FileStore,
    pub secret: &'a SecretKey,
    /// What was recorded and is not in the trail yet.
    deeds: Vec<Deed>,
}

impl<'a> Act<'a> {
    pub fn new(
        conn: &'a mut DbConnection,
        by: Actor,
        at: NaiveDateTime,
        site: &'a str,
        files: &'a FileStore,
        secret: &'a SecretKey,
    ) -> Self {
        Self { conn, by, at, site, files, secret, deeds: Vec::new() }
    }

    /// Does `work`, then adds what it recorded to the trail.
    pub fn carry_out<T>(mut self, work: impl FnOnce(&mut Act<'_>) -> Result<T>) -> Result<T> {
        let done = work(&mut self)?;
        self.write_entries()?;
        Ok(done)
    }
}

impl Act<'_> {
    /// The calendar day of this act in the United Kingdom.
    pub fn today(&self) -> NaiveDate {
        day_of(self.at)
    }

    /// Adds an entry to the audit trail, as whoever acts now; it is written when the act ends.
    pub fn record(&mut self, verb: &str, subject: Subject, details: Value) -> Result<()> {
        self.deeds.push(Deed { at: self.at, by: self.by.clone(), verb: verb.to_owned(), subject, details });
        Ok(())
    }

    /// Writes what was recorded so far. Other acts wait at their end from here on.
    pub fn write_entries(&mut self) -> Result<()> {
        self.deeds.drain(..).try_for_each(|deed| record_deed(self.conn, deed))
    }

    /// Puts a letter into the outbox.
    pub fn post<L: Letter>(&mut self, to: &EmailAddress, letter: &L) -> Result<()> {
        post(self.conn, self.at, self.site, to, letter)
    }

    /// [`Act::post`] under an id worked out from what it tells of; `None` when it is in the outbox already.
    pub fn post_once<L: Letter>(&mut self, id: MessageId, to: &EmailAddress, letter: &L) -> Result<Option<()>> {
        post_once(self.conn, self.at, self.site, (id, to), letter)
    }

    /// The last letter to someone who is being erased.
    pub fn post_last<L: Letter>(&mut self, to: &EmailAddress, letter: &L) -> Result<()> {
        post_last(self.conn, self.at, self.site, to, letter)
    }
}
