//! The one folder of portable migrations, embedded and run on either database.

use diesel::migration::{Migration, MigrationSource};
use diesel_migrations::{EmbeddedMigrations, MigrationHarness, embed_migrations};

use super::{DbConnection, MultiBackend};
use crate::error::{Error, Result};

const MIGRATIONS: EmbeddedMigrations = embed_migrations!("migrations");

/// Brings the tables up to date; returns how many migrations ran.
pub fn migrate(conn: &mut DbConnection) -> Result<usize> {
    conn.run_pending_migrations(MIGRATIONS).map(|ran| ran.len()).map_err(Error::unexpected)
}

/// How many migrations have not run yet.
pub fn pending_migrations(conn: &mut DbConnection) -> Result<usize> {
    conn.pending_migrations(MIGRATIONS).map(|waiting| waiting.len()).map_err(Error::unexpected)
}

/// Takes everything back to an empty database; returns how many migrations were undone.
pub fn revert_all(conn: &mut DbConnection) -> Result<usize> {
    conn.revert_all_migrations(MIGRATIONS).map(|undone| undone.len()).map_err(Error::unexpected)
}

/// The migrations that have run, by their versions, the oldest first.
pub fn ran_migrations(conn: &mut DbConnection) -> Result<Vec<String>> {
    let mut ran: Vec<String> =
        conn.applied_migrations().map_err(Error::unexpected)?.iter().map(ToString::to_string).collect();
    ran.sort();
    Ok(ran)
}

/// Brings an empty database as far as another one was. Refused when that one was further than this program.
pub fn migrate_as_far_as(conn: &mut DbConnection, versions: &[String]) -> Result<()> {
    let known: Vec<Box<dyn Migration<MultiBackend>>> = MIGRATIONS.migrations().map_err(Error::unexpected)?;
    let version_of = |migration: &dyn Migration<MultiBackend>| migration.name().version().to_string();
    let unknown = versions.iter().find(|version| !known.iter().any(|m| version_of(m.as_ref()) == **version));
    if let Some(version) = unknown {
        let text = format!("its tables are of a later version of the program: {version} is not known here");
        return Err(Error::unexpected(text));
    }
    for migration in known.iter().filter(|migration| versions.contains(&version_of(migration.as_ref()))) {
        conn.run_migration(migration.as_ref()).map_err(Error::unexpected)?;
    }
    Ok(())
}
