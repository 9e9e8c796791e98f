//! One entry of the audit trail.

use chrono::NaiveDateTime;
use diesel::prelude::*;
use serde::Serialize;
use sha2::{Digest, Sha256};

use crate::db::DbConnection;
use crate::db::schema::{audit_entries, audit_heads};
use crate::error::Result;
use crate::ids::{AccountId, OrganisationId};
use crate::words::ERASED_NAME;

/// Who acts: a person, or the portal itself.
#[derive(Debug, Clone)]
pub struct Actor {
    pub account: Option<AccountId>,
    /// The name as it is now; it stays in the entry until its owner is erased.
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

/// The name itself is under the hash: entries of before there was erasing.
pub(super) const WITH_NAME: i32 = 1;
/// A salted digest of the name is under the hash.
pub(super) const WITH_DIGEST: i32 = 2;
/// An entry [`WITH_NAME`] whose name was erased: what is left of it is sealed by the entry of the erasure.
pub(super) const SEALED: i32 = 3;

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
    /// JSON; never a secret, never anybody's name or address: people are named by their ids.
    pub details: String,
    pub previous_hash: String,
    pub hash: String,
    pub(super) form: i32,
    /// Goes when the name is erased; without it the digest says nothing.
    pub(super) name_salt: Option<String>,
    pub(super) name_digest: Option<String>,
}

impl AuditEntry {
    /// SHA-256 in hexadecimal over every field but itself, with the name or its digest.
    pub(super) fn computed_hash(&self) -> String {
        let name = match self.form {
            WITH_NAME => Some(&self.actor_name),
            _ => self.name_digest.as_ref(),
        };
        let organisation = self.organisation_id.map(|id| id.to_string());
        let actor = self.actor_id.map(|id| id.to_string());
        let fields = serde_json::json!([
            self.sequence,
            self.at.format("%Y-%m-%dT%H:%M:%S%.6f").to_string(),
            actor,
            name,
            self.verb,
            self.subject,
            organisation,
            self.details,
            self.previous_hash,
        ]);
        hex::encode(Sha256::digest(fields.to_string()))
    }

    /// Was its name taken out?
    pub(super) fn is_erased(&self) -> bool {
        match self.form {
            WITH_DIGEST => self.name_salt.is_none(),
            form => form == SEALED,
        }
    }

    pub(super) fn is_sealed(&self) -> bool {
        self.form == SEALED
    }

    /// Is it as it was written, as far as it can say itself? Whether a name was rightly erased it cannot.
    pub(super) fn is_as_written(&self) -> bool {
        let name_is_right = match (self.form, &self.name_salt, &self.name_digest) {
            (WITH_NAME, None, None) => true,
            (WITH_DIGEST, Some(salt), Some(digest)) => *digest == digest_of(salt, &self.actor_name),
            (WITH_DIGEST, None, Some(_)) | (SEALED, None, None) => {
                self.actor_id.is_some() && self.actor_name == ERASED_NAME
            }
            _ => false,
        };
        name_is_right && (self.form == SEALED || self.hash == self.computed_hash())
    }

    /// For samples and tests of what shows entries.
    pub fn made_up(at: NaiveDateTime, verb: &str) -> Self {
        Self {
            sequence: 1,
            at,
            actor_id: None,
            actor_name: "Asha Patel".into(),
            verb: verb.into(),
            subject: String::new(),
            organisation_id: None,
            details: String::new(),
            previous_hash: String::new(),
            hash: String::new(),
            form: WITH_DIGEST,
            name_salt: None,
            name_digest: None,
        }
    }
}

/// Without the salt nobody can find a name by trying names.
fn digest_of(salt: &str, name: &str) -> String {
    hex::encode(Sha256::digest(format!("{salt}:{name}")))
}

/// What an entry will tell, before it has its place in the chain.
#[derive(Debug)]
pub struct Deed {
    pub at: NaiveDateTime,
    pub by: Actor,
    pub verb: String,
    pub subject: Subject,
    pub details: serde_json::Value,
}

/// Adds an entry at the end of the chain. Other writers wait for this transaction from here on.
pub fn record_deed(conn: &mut DbConnection, deed: Deed) -> Result<()> {
    let (sequence, previous_hash): (i64, String) = diesel::update(audit_heads::table.find(1))
        .set(audit_heads::sequence.eq(audit_heads::sequence + 1))
        .returning((audit_heads::sequence, audit_heads::hash))
        .get_result(conn)?;
    let salt = hex::encode(rand::random::<[u8; 16]>());
    let mut entry = AuditEntry {
        sequence,
        at: deed.at,
        actor_id: deed.by.account,
        name_digest: Some(digest_of(&salt, &deed.by.name)),
        actor_name: deed.by.name,
        verb: deed.verb,
        subject: deed.subject.record,
        organisation_id: deed.subject.organisation,
        details: deed.details.to_string(),
        previous_hash,
        hash: String::new(),
        form: WITH_DIGEST,
        name_salt: Some(salt),
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
