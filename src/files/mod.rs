//! Files that people upload: certificates and evidence.
//! A file is what its bytes say, whatever its name; its bytes are kept under an id of ours before its row is written,
//! so that a row never lacks its file. It leaves only as a download that a browser will not run, and only once the
//! virus scanner, where there is one, has found nothing in it. A picture that was published is the exception: a page of
//! ours shows it.
//! Not here: who may see a file; the record it hangs on says that. When it is scanned: `virus_scan` does that.

mod archive;
mod check;
mod download;
mod store;
mod stored;
mod sweep;

pub use check::{FileFlaw, IncomingFile, MAX_BYTES, accept_file};
pub use download::{send_bytes, send_file, send_picture, send_to_anyone};
pub use store::{FileStore, KeptFile, NewFiles};
pub use stored::{
    FileState, StoredFile, file_named, files_named, forget_file, mark_clean, mark_refused, put_off_check, record_file,
    waiting_files,
};
pub use sweep::sweep_files;
