//! Checking the chain from end to end, in pages, so that memory does not grow with it.

use diesel::prelude::*;

use super::AuditEntry;
use super::erasure::Missing;
use crate::db::DbConnection;
use crate::db::schema::{audit_entries, audit_heads};
use crate::error::Result;

const PAGE: i64 = 1000;

/// What the chain says of itself.
#[derive(Debug, PartialEq, Eq)]
pub enum Verdict {
    /// So many entries, all as they were written.
    Whole(i64),
    /// The first entry that is not as it was written, or is missing.
    BrokenAt(i64),
}

/// Reads every entry and checks each against the one before and the recorded end, and that names are missing only
/// where an erasure says so.
pub fn verify_chain(conn: &mut DbConnection) -> Result<Verdict> {
    let (mut sequence, mut hash) = (0, String::new());
    let mut missing = Missing::default();
    loop {
        let page: Vec<AuditEntry> = audit_entries::table
            .filter(audit_entries::sequence.gt(sequence))
            .order(audit_entries::sequence)
            .limit(PAGE)
            .select(AuditEntry::as_select())
            .load(conn)?;
        let last = page.len() < PAGE as usize;
        for entry in page {
            let follows = entry.sequence == sequence + 1 && entry.previous_hash == hash;
            if !follows || !entry.is_as_written() || !missing.note(&entry) {
                return Ok(Verdict::BrokenAt(sequence + 1));
            }
            (sequence, hash) = (entry.sequence, entry.hash);
        }
        if last {
            break;
        }
    }
    let head: (i64, String) =
        audit_heads::table.find(1).select((audit_heads::sequence, audit_heads::hash)).first(conn)?;
    Ok(match missing.first() {
        Some(unexplained) => Verdict::BrokenAt(unexplained),
        None if head == (sequence, hash) => Verdict::Whole(sequence),
        None => Verdict::BrokenAt(sequence + 1),
    })
}
