//! Who did what to which record, and when.
//! Entries are only ever added, each in the transaction of what it tells of, and each carries the hash of the one
//! before: changing or removing one breaks the chain for all to see. Only a name can be taken out, by an erasure that
//! the trail itself tells of.
//! Not here: deciding who may do what.

mod chain;
mod entry;
mod erasure;

pub use chain::{Verdict, verify_chain};
pub use entry::{Actor, AuditEntry, Deed, Subject, latest_entries, record_deed};
pub use erasure::{ACCOUNT_ERASED, erase_names};
