//! The audit trail in the order of its times. The play goes from organisation to organisation and from pillar to
//! pillar; a real trail has only ever grown at its end. So the play's entries are written once more, as they came; those
//! of people who were erased with the mark that stands there by then.

use diesel::prelude::*;

use crate::audit::{Actor, AuditEntry, Deed, Subject, record_deed};
use crate::db::DbConnection;
use crate::db::schema::{audit_entries, audit_heads};
use crate::error::{Error, Result};

/// Writes the whole trail anew, the earliest first.
pub fn put_trail_in_order(conn: &mut DbConnection) -> Result<()> {
    let entries: Vec<AuditEntry> = audit_entries::table
        .order((audit_entries::at, audit_entries::sequence))
        .select(AuditEntry::as_select())
        .load(conn)?;
    diesel::delete(audit_entries::table).execute(conn)?;
    diesel::update(audit_heads::table.find(1))
        .set((audit_heads::sequence.eq(0), audit_heads::hash.eq("")))
        .execute(conn)?;
    for entry in entries {
        let by = Actor { account: entry.actor_id, name: entry.actor_name };
        let subject = Subject { record: entry.subject, organisation: entry.organisation_id };
        let details = serde_json::from_str(&entry.details).map_err(Error::unexpected)?;
        record_deed(conn, Deed { at: entry.at, by, verb: entry.verb, subject, details })?;
    }
    Ok(())
}
