//! The portal, running, with people in it.
//! A test says what people do; how that becomes HTTP is here. Fields are found by their labels and buttons by their
//! words, so what a person could not find, a test cannot either.
//! Not here: what anything should be.
#![allow(dead_code, unused_imports, reason = "a vocabulary for tests: not every word is in use every day")]

mod browser;
mod clamd;
mod database;
mod device;
mod form;
mod log;
mod mail_server;
mod multipart;
mod openid_provider;
mod page;
mod people;
mod person;
mod poppler;
mod portal;
mod programme;
mod provision;
mod s3_server;
mod statements;
mod umbrella;

pub use browser::Answer;
pub use clamd::{Clamd, HARM};
pub use database::{TestDatabase, is_postgres};
pub use device::Device;
pub use form::{Submission, Words};
pub use mail_server::{MailServer, nobodys_address};
pub use multipart::Attachment;
pub use openid_provider::{OpenIdProvider, openid_provider};
pub use page::{Page, text_of};
pub use people::{NewOrganisation, PASSWORD};
pub use person::Person;
pub use poppler::{picture_of, poppler, words_of_paper};
pub use portal::{
    Letter, RunningPortal, SavedPortal, spawn_portal, spawn_portal_at_localhost, spawn_portal_in_a_file,
    spawn_portal_with_files, spawn_portal_with_limits, spawn_portal_with_work_accounts,
};
pub use programme::{PDF, a_document, a_pdf, a_picture, countersign};
pub use provision::NewProvider;
pub use s3_server::S3Server;
pub use statements::{count_statements, statements_on};

/// The folder of the project.
pub fn root() -> &'static std::path::Path {
    std::path::Path::new(env!("CARGO_MANIFEST_DIR"))
}
