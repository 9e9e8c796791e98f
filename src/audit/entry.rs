//! One entry of the audit trail.

use chrono::NaiveDateTime;
use diesel::prelude::*;
use serde::Serialize;
use sha2::{Digest, Sha256};

use crate::db::DbConnection;
use crate::db::schema::{audit_entries, audit_heads};
use crate::error::Result;
use crate::ids::{AccountId, OrganisationId};

/// Who acts: a person, or the portal itself.
#[derive(Debug, Clone)]
pub struct Actor {
    pub account: Option<AccountId>,
    /// The name as it is now; it stays in the entry.
    pub name: String,
}

impl Actor {
    /// The portal, for work nobody presses a button for.
    pub fn portal() -> Self {
        Self { account: None, name: "the portal".to_owned() }
    }

    /// Someone who is not signed in.
    pub fn visitor() -> Self {
        Self { account: None, name: "a visitor".to_owned() }
    }
}

/// What an entry is about.
#[derive(Debug, Clone)]
pub struct Subject {
    /// Kind and id, such as `pledge 0190…`.
    pub record: String,
    /// The organisation whose trail it belongs to.
    pub organisation: Option<OrganisationId>,
}

impl Subject {
    /// A record of no organisation's.
    pub fn of(kind: &str, id: impl std::fmt::Display) -> Self {
        Self { record: format!("{kind} {id}"), organisation: None }
    }

    /// A record of an organisation's.
    pub fn within(organisation: OrganisationId, kind: &str, id: impl std::fmt::Display) -> Self {
        Self { record: format!("{kind} {id}"), organisation: Some(organisation) }
    }
}

/// An entry as it is stored.
#[derive(Debug, Clone, Queryable, Selectable, Insertable, Serialize)]
#[diesel(table_name = audit_entries)]
pub struct AuditEntry {
    /// 1 for the first, then without gaps.
    pub sequence: i64,
    pub at: NaiveDateTime,
    pub actor_id: Option<AccountId>,
    pub actor_name: String,
    /// Past tense with its noun: `pledge signed`.
    pub verb: String,
    pub subject: String,
    pub organisation_id: Option<OrganisationId>,
    /// JSON; never a secret, never a young person's name.
    pub details: String,
    pub previous_hash: String,
    pub hash: String,
}

impl AuditEntry {
    /// SHA-256 in hexadecimal over every field but itself.
    pub(super) fn computed_hash(&self) -> String {
        let organisation = self.organisation_id.map(|id| id.to_string());
        let actor = self.actor_id.map(|id| id.to_string());
        let fields = serde_json::json!([
            self.sequence,
            self.at.format("%Y-%m-%dT%H:%M:%S%.6f").to_string(),
            actor,
            self.actor_name,
            self.verb,
            self.subject,
            organisation,
            self.details,
            self.previous_hash,
        ]);
        hex::encode(Sha256::digest(fields.to_string()))
    }
}

/// Adds an entry at the end of the chain. Other writers wait for this transaction from here on.
pub fn record_entry(
    conn: &mut DbConnection,
    at: NaiveDateTime,
    by: &Actor,
    verb: &str,
    subject: &Subject,
    details: &serde_json::Value,
) -> Result<()> {
    let (sequence, previous_hash): (i64, String) = diesel::update(audit_heads::table.find(1))
        .set(audit_heads::sequence.eq(audit_heads::sequence + 1))
        .returning((audit_heads::sequence, audit_heads::hash))
        .get_result(conn)?;
    let mut entry = AuditEntry {
        sequence,
        at,
        actor_id: by.account,
        actor_name: by.name.clone(),
        verb: verb.to_owned(),
        subject: subject.record.clone(),
        organisation_id: subject.organisation,
        details: details.to_string(),
        previous_hash,
        hash: String::new(),
    };
    entry.hash = entry.computed_hash();
    diesel::insert_into(audit_entries::table).values(&entry).execute(conn)?;
    diesel::update(audit_heads::table.find(1)).set(audit_heads::hash.eq(&entry.hash)).execute(conn)?;
    Ok(())
}

/// The last entries about an organisation, newest first.
pub fn latest_entries(conn: &mut DbConnection, about: OrganisationId, limit: i64) -> Result<Vec<AuditEntry>> {
    Ok(audit_entries::table
        .filter(audit_entries::organisation_id.eq(about))
        .order(audit_entries::sequence.desc())
        .limit(limit)
        .select(AuditEntry::as_select())
        .load(conn)?)
}
