//! The pool of connections, and the two ways to use one: to read, or to write.
//! Queries run on a thread of their own and never hold up the web server.

use actix_web::rt::task::spawn_blocking;
use diesel::connection::SimpleConnection;
use diesel::prelude::*;
use diesel::r2d2::{Error as PoolError, ManageConnection, Pool, R2D2Connection};

use super::{DbConnection, transact};
use crate::config::DatabaseUrl;
use crate::error::{Error, Result};

const CONNECTIONS: u32 = 8;
const SQLITE_SETTINGS: &str = "PRAGMA busy_timeout=10000; PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; \
                               PRAGMA foreign_keys=ON;";

/// The database. Clones share one pool.
#[derive(Clone)]
pub struct Db {
    pool: Pool<Manager>,
}

impl Db {
    /// Opens the pool, or says why the database cannot be reached.
    pub fn open(url: &DatabaseUrl) -> Result<Self> {
        let manager = Manager { url: url.clone() };
        manager.connect().map_err(|cause| Error::unexpected(format!("cannot open {url}: {cause}")))?;
        let pool = Pool::builder().max_size(CONNECTIONS).min_idle(Some(1)).build(manager).map_err(Error::unexpected)?;
        Ok(Self { pool })
    }

    /// Runs queries that change nothing.
    pub async fn read<T: Send + 'static>(
        &self,
        work: impl FnOnce(&mut DbConnection) -> Result<T> + Send + 'static,
    ) -> Result<T> {
        let db = self.clone();
        spawn_blocking(move || db.read_here(work)).await.map_err(Error::unexpected)?
    }

    /// Runs queries in one transaction: all is kept, or nothing.
    pub async fn write<T: Send + 'static>(
        &self,
        work: impl FnOnce(&mut DbConnection) -> Result<T> + Send + 'static,
    ) -> Result<T> {
        let db = self.clone();
        spawn_blocking(move || db.write_here(work)).await.map_err(Error::unexpected)?
    }

    /// [`Db::read`] on the present thread, for commands.
    pub fn read_here<T>(&self, work: impl FnOnce(&mut DbConnection) -> Result<T>) -> Result<T> {
        work(&mut *self.pool.get().map_err(|_| Error::Busy)?)
    }

    /// [`Db::write`] on the present thread, for commands.
    pub fn write_here<T>(&self, work: impl FnOnce(&mut DbConnection) -> Result<T>) -> Result<T> {
        self.read_here(|conn| transact(conn, work))
    }
}

struct Manager {
    url: DatabaseUrl,
}

impl ManageConnection for Manager {
    type Connection = DbConnection;
    type Error = PoolError;

    fn connect(&self) -> Result<DbConnection, PoolError> {
        match &self.url {
            DatabaseUrl::Postgres(url) => {
                PgConnection::establish(url).map(DbConnection::Postgres).map_err(PoolError::ConnectionError)
            }
            DatabaseUrl::Sqlite(path) => {
                let path = path.to_str().expect("a setting is text, and so is a path made from it");
                let mut conn = SqliteConnection::establish(path).map_err(PoolError::ConnectionError)?;
                conn.batch_execute(SQLITE_SETTINGS).map_err(PoolError::QueryError)?;
                Ok(DbConnection::Sqlite(conn))
            }
        }
    }

    fn is_valid(&self, conn: &mut DbConnection) -> Result<(), PoolError> {
        conn.ping().map_err(PoolError::QueryError)
    }

    fn has_broken(&self, conn: &mut DbConnection) -> bool {
        std::thread::panicking() || conn.is_broken()
    }
}
