//! Taking a name out of the trail. The chain holds on: it is made of salted digests of names, and erasing takes the
//! salts away with the names. Entries that are older than the digests are sealed once more without the name, and the
//! seal stands in the entry of the erasure itself, where the chain guards it.
//! What someone did stays, under the id of an account that belongs to nobody any more.

use std::collections::BTreeMap;

use diesel::prelude::*;
use serde::{Deserialize, Serialize};
use serde_json::Value;
use sha2::{Digest, Sha256};

use super::AuditEntry;
use super::entry::{SEALED, WITH_DIGEST, WITH_NAME};
use crate::db::DbConnection;
use crate::db::schema::audit_entries;
use crate::error::{Error, Result};
use crate::ids::AccountId;
use crate::words::ERASED_NAME;

/// The verb of an erasure's own entry. Names may be missing from the entries of those only whom one tells of.
pub const ACCOUNT_ERASED: &str = "account erased";
const PAGE: i64 = 1000;

/// What the entry of an erasure says of entries older than digests.
#[derive(Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
struct Seal {
    older_entries: i64,
    seal: String,
}

/// Entries that were sealed again, added up in the order of the chain.
#[derive(Default)]
struct Sealing {
    entries: i64,
    hasher: Sha256,
}

impl Sealing {
    fn add(&mut self, entry: &AuditEntry) {
        let left = serde_json::json!([
            entry.sequence,
            entry.at.format("%Y-%m-%dT%H:%M:%S%.6f").to_string(),
            entry.verb,
            entry.subject,
            entry.organisation_id.map(|id| id.to_string()),
            entry.details,
            entry.previous_hash,
            entry.hash,
        ]);
        self.entries += 1;
        self.hasher.update(left.to_string());
    }

    fn close(self) -> Seal {
        match self.entries {
            0 => Seal::default(),
            entries => Seal { older_entries: entries, seal: hex::encode(self.hasher.finalize()) },
        }
    }
}

/// Takes the name of an account out of every entry; gives what the entry [`ACCOUNT_ERASED`] has to say of it.
pub fn erase_names(conn: &mut DbConnection, account: AccountId) -> Result<Value> {
    let (mut sealing, mut sequence) = (Sealing::default(), 0);
    loop {
        let page: Vec<AuditEntry> = audit_entries::table
            .filter(audit_entries::actor_id.eq(account))
            .filter(audit_entries::form.eq(WITH_NAME))
            .filter(audit_entries::sequence.gt(sequence))
            .order(audit_entries::sequence)
            .limit(PAGE)
            .select(AuditEntry::as_select())
            .load(conn)?;
        page.iter().for_each(|entry| sealing.add(entry));
        let Some(last) = page.last() else { break };
        sequence = last.sequence;
    }
    let own = audit_entries::table.filter(audit_entries::actor_id.eq(account));
    diesel::update(own.filter(audit_entries::form.eq(WITH_NAME)))
        .set((audit_entries::form.eq(SEALED), audit_entries::actor_name.eq(ERASED_NAME)))
        .execute(conn)?;
    diesel::update(own.filter(audit_entries::form.eq(WITH_DIGEST)))
        .set((audit_entries::name_salt.eq(None::<String>), audit_entries::actor_name.eq(ERASED_NAME)))
        .execute(conn)?;
    serde_json::to_value(sealing.close()).map_err(Error::unexpected)
}

/// Whose names are missing on the way along the chain, until the entry that says why.
#[derive(Default)]
pub(super) struct Missing(BTreeMap<AccountId, (i64, Sealing)>);

impl Missing {
    /// Notes one entry; `false` when it tells of an erasure that is not as it was.
    pub fn note(&mut self, entry: &AuditEntry) -> bool {
        if let (true, Some(actor)) = (entry.is_erased(), entry.actor_id) {
            let (_, sealing) = self.0.entry(actor).or_insert((entry.sequence, Sealing::default()));
            if entry.is_sealed() {
                sealing.add(entry);
            }
        }
        let erased = entry.subject.strip_prefix("account ").filter(|_| entry.verb == ACCOUNT_ERASED);
        let Some(erased) = erased.and_then(|id| id.parse::<AccountId>().ok()) else { return true };
        let sealed = self.0.remove(&erased).map(|(_, sealing)| sealing.close()).unwrap_or_default();
        serde_json::from_str::<Seal>(&entry.details).is_ok_and(|said| said == sealed)
    }

    /// The first entry without a name for which nothing answers.
    pub fn first(&self) -> Option<i64> {
        self.0.values().map(|(sequence, _)| *sequence).min()
    }
}
