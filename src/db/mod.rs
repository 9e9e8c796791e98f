//! Where everything is kept: SQLite in one file, or PostgreSQL; `DATABASE_URL` says which.
//! One schema, one query text and one folder of migrations serve both. A write is one transaction that takes its
//! lock at the start, so that nothing read inside it can be out of date.
//! Not here: what the tables mean.

mod migrations;
mod pool;
pub mod schema;
mod text_enum;
mod together;

use diesel::connection::{AnsiTransactionManager, TransactionManager};
use diesel::prelude::*;
use diesel::query_builder::{AstPass, Query, QueryFragment, QueryId};
use diesel::result::{DatabaseErrorKind, Error as QueryError};

pub use migrations::{migrate, migrate_as_far_as, pending_migrations, ran_migrations, revert_all};
pub use pool::Db;

use crate::error::Result;

/// A connection to either database.
#[derive(diesel::MultiConnection)]
pub enum DbConnection {
    Sqlite(SqliteConnection),
    Postgres(PgConnection),
}

/// Does `work` in one transaction: all of it is kept, or none.
pub fn transact<T>(conn: &mut DbConnection, work: impl FnOnce(&mut DbConnection) -> Result<T>) -> Result<T> {
    match conn {
        DbConnection::Sqlite(c) => AnsiTransactionManager::begin_transaction_sql(c, "BEGIN IMMEDIATE")?,
        DbConnection::Postgres(c) => AnsiTransactionManager::begin_transaction(c)?,
    }
    type Manager = <DbConnection as Connection>::TransactionManager;
    match work(conn) {
        Ok(value) => {
            Manager::commit_transaction(conn)?;
            Ok(value)
        }
        Err(error) => {
            Manager::rollback_transaction(conn)?;
            Err(error)
        }
    }
}

/// Reads in one transaction that sees everything as it was at one moment, whatever is written meanwhile.
pub fn at_one_moment<T>(conn: &mut DbConnection, work: impl FnOnce(&mut DbConnection) -> Result<T>) -> Result<T> {
    type Manager = <DbConnection as Connection>::TransactionManager;
    match conn {
        DbConnection::Sqlite(c) => AnsiTransactionManager::begin_transaction_sql(c, "BEGIN DEFERRED")?,
        DbConnection::Postgres(c) => {
            AnsiTransactionManager::begin_transaction_sql(c, "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY")?;
        }
    }
    let outcome = work(conn);
    Manager::rollback_transaction(conn)?;
    outcome
}

/// Does `work` inside the running transaction so that a unique index may refuse it:
/// `None` when one did, with everything else in the transaction untouched.
pub fn unless_taken<T>(
    conn: &mut DbConnection,
    work: impl FnOnce(&mut DbConnection) -> QueryResult<T>,
) -> Result<Option<T>> {
    match conn.transaction(work) {
        Ok(value) => Ok(Some(value)),
        Err(QueryError::DatabaseError(DatabaseErrorKind::UniqueViolation, _)) => Ok(None),
        Err(other) => Err(other.into()),
    }
}

/// Lets a statement that both databases know, such as an upsert, run on either.
pub struct Both<Q>(pub Q);

impl<Q> QueryFragment<MultiBackend> for Both<Q>
where
    Q: QueryFragment<diesel::pg::Pg> + QueryFragment<diesel::sqlite::Sqlite>,
{
    fn walk_ast<'b>(&'b self, pass: AstPass<'_, 'b, MultiBackend>) -> QueryResult<()> {
        MultiBackend::walk_variant_ast(&self.0, pass)
    }
}

impl<Q: QueryId> QueryId for Both<Q> {
    type QueryId = Q::QueryId;
    const HAS_STATIC_QUERY_ID: bool = Q::HAS_STATIC_QUERY_ID;
}

impl<Q: Query> Query for Both<Q> {
    type SqlType = Q::SqlType;
}

impl<Q> RunQueryDsl<DbConnection> for Both<Q> {}

/// Runs one expression on whichever connection it is: for batch inserts, which the common subset lacks.
#[macro_export]
macro_rules! each {
    ($conn:expr, $inner:ident => $work:expr) => {
        match $conn {
            $crate::db::DbConnection::Postgres($inner) => $work,
            $crate::db::DbConnection::Sqlite($inner) => $work,
        }
    };
}
