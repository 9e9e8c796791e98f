//! The place of a demonstration: a folder of its own, emptied at every start. E-mails never leave it.
//! A database that the environment names is used too, unless it holds anything but an earlier demonstration.

use std::path::Path;

use actix_web::rt::System;

use super::script::{PASSWORD, SCRIPT};
use crate::accounts::{Account, Password, hash_password};
use crate::acts::Portal;
use crate::app::open_portal;
use crate::config::{Config, DatabaseUrl, FilesPlace, KeySource, MailTransport};
use crate::db::{DbConnection, migrate, revert_all};
use crate::error::{Error, Result};
use crate::organisations::District;

const FOLDER: &str = "data/demonstration";

/// The settings as a demonstration takes them.
pub fn demonstration_config(config: Config) -> Config {
    let folder = Path::new(FOLDER);
    let database = match std::env::var("DATABASE_URL") {
        Ok(named) if !named.is_empty() => config.database,
        _ => DatabaseUrl::Sqlite(folder.join("portal.sqlite")),
    };
    let mail = MailTransport::Folder(folder.join("mail"));
    let secret_key = KeySource::File(folder.join("secret-key"));
    Config {
        database,
        mail,
        files: FilesPlace::Folder(folder.join("files")),
        scanner: None,
        secret_key,
        demonstration: true,
        ..config
    }
}

/// Empties the folder and opens a portal in it that has tables, and nothing in them.
pub fn open_empty(config: &Config) -> Result<Portal> {
    let folder = Path::new(FOLDER);
    if folder.exists() {
        std::fs::remove_dir_all(folder)?;
    }
    std::fs::create_dir_all(folder)?;
    let portal = open_portal(config)?;
    portal.db.read_here(|conn| {
        migrate(conn)?;
        if District::all(conn)?.is_empty() {
            return Ok(());
        }
        if !is_demonstration(conn)? {
            return Err(Error::unexpected(
                "DATABASE_URL names a database that is in use, which no demonstration touches",
            ));
        }
        revert_all(conn)?;
        migrate(conn).map(drop)
    })?;
    Ok(portal)
}

/// The hash of the password that everyone in a demonstration has.
pub fn hash_of_password() -> Result<String> {
    let password = Password::parse(PASSWORD, &[]).map_err(|flaw| Error::unexpected(format!("{flaw:?}")))?;
    System::new().block_on(hash_password(password))
}

fn is_demonstration(conn: &mut DbConnection) -> Result<bool> {
    let official = SCRIPT.vrp.first().ok_or(Error::NotFound)?;
    Ok(Account::find_by_email(conn, &official.email)?.is_some())
}
