//! Files that people upload: certificates and evidence.
//! A file is what its first bytes say, whatever its name; it is stored under an id of ours, with its SHA-256.
//! It leaves only as a download that a browser will not run.
//! Not here: who may see a file; the record it hangs on says that.

mod check;
mod download;
mod stored;

pub use check::{FileFlaw, IncomingFile, MAX_BYTES, accept_file};
pub use download::download;
pub use stored::{FileStore, StoredFile, file_named, files_named};
