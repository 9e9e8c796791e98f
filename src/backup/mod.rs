//! A copy of everything the portal keeps, in one file: every table as lines of JSON, every uploaded file, and a list of
//! how many and with which sums. It is taken of one moment while the portal serves, and put back into an empty place
//! only, of either database and either kind of file store, whole or not at all.
//! The tables are found by asking the database, so that none can be forgotten.
//! Not here: the keys. `SECRET_KEY` is not in a backup; whoever takes one keeps the key apart from it.

mod archive;
mod restore;
mod tables;
mod take;

pub use archive::{Manifest, TableEntry};
pub use restore::{PutBack, restore_backup};
pub use take::{Taken, take_backup};
