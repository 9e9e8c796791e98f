//! The one folder of portable migrations, embedded and run on either database.

use diesel_migrations::{EmbeddedMigrations, MigrationHarness, embed_migrations};

use super::DbConnection;
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
