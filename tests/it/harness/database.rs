//! A database for each test: SQLite in a temporary file, or PostgreSQL where `TEST_DATABASE_URL` says.
//! Tables and content are made once for all tests, then copied.

use std::path::Path;
use std::sync::LazyLock;
use std::sync::atomic::{AtomicU32, Ordering};

use diesel::connection::SimpleConnection;
use diesel::prelude::*;
use diesel::sql_types::Text;
use url::Url;
use youth_charter::acts::Act;
use youth_charter::app::load_content;
use youth_charter::audit::Actor;
use youth_charter::clock::Clock;
use youth_charter::config::DatabaseUrl;
use youth_charter::config::FilesPlace;
use youth_charter::db::{DbConnection, migrate, transact};
use youth_charter::files::FileStore;
use youth_charter::programme::Programme;
use youth_charter::secrets::SecretKey;

/// One test's own database, gone when this is dropped.
pub struct TestDatabase {
    pub url: DatabaseUrl,
    /// The name of the database on the PostgreSQL server.
    name: Option<String>,
}

/// Do the tests run on PostgreSQL?
pub fn is_postgres() -> bool {
    server().is_some()
}

impl TestDatabase {
    /// Migrated, with the content loaded.
    pub fn with_content(folder: &Path) -> Self {
        match server() {
            Some(server) => Self::on_server(server, &format!("TEMPLATE {}", &*TEMPLATE_NAME)),
            None => Self::in_a_file(folder),
        }
    }

    /// [`TestDatabase::with_content`] on SQLite, whatever the other tests use.
    pub fn in_a_file(folder: &Path) -> Self {
        Self::of_bytes(folder, &TEMPLATE_FILE)
    }

    /// On SQLite, with what another file held.
    pub fn of_bytes(folder: &Path, bytes: &[u8]) -> Self {
        let path = folder.join("portal.sqlite");
        std::fs::write(&path, bytes).expect("a temporary folder takes files");
        Self { url: DatabaseUrl::Sqlite(path), name: None }
    }

    /// Without a single table.
    pub fn empty(folder: &Path) -> Self {
        match server() {
            Some(server) => Self::on_server(server, "TEMPLATE template0"),
            None => Self { url: DatabaseUrl::Sqlite(folder.join("portal.sqlite")), name: None },
        }
    }

    fn on_server(server: &Server, template: &str) -> Self {
        static NUMBER: AtomicU32 = AtomicU32::new(0);
        let name = format!("{}_{}", server.prefix, NUMBER.fetch_add(1, Ordering::Relaxed));
        server.run(&format!("CREATE DATABASE {name} {template}"));
        Self { url: DatabaseUrl::Postgres(server.url_of(&name)), name: Some(name) }
    }
}

impl Drop for TestDatabase {
    fn drop(&mut self) {
        if let (Some(server), Some(name)) = (server(), &self.name) {
            server.run(&format!("DROP DATABASE {name} WITH (FORCE)"));
        }
    }
}

/// A file with all tables and the content, as bytes.
static TEMPLATE_FILE: LazyLock<Vec<u8>> = LazyLock::new(|| {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let path = folder.path().join("template.sqlite");
    let mut conn = SqliteConnection::establish(path.to_str().expect("a plain path")).expect("a new file opens");
    conn.batch_execute("PRAGMA foreign_keys=ON; PRAGMA synchronous=OFF").expect("SQLite knows its pragmas");
    fill(&mut DbConnection::Sqlite(conn));
    std::fs::read(path).expect("SQLite has written its file")
});

/// The name of a database with all tables and the content.
static TEMPLATE_NAME: LazyLock<String> = LazyLock::new(|| {
    let server = server().expect("only asked for on PostgreSQL");
    let name = format!("{}_template", server.prefix);
    server.run(&format!("CREATE DATABASE {name} TEMPLATE template0"));
    fill(&mut DbConnection::Postgres(connect(&server.url_of(&name))));
    name
});

fn fill(conn: &mut DbConnection) {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let files = FileStore::open(&FilesPlace::Folder(folder.path().into())).expect("a folder for files");
    migrate(conn).expect("the migrations run");
    let secret = SecretKey::new_random();
    let at = Clock::default().now();
    transact(conn, |conn| {
        Act::new(conn, Actor::portal(), at, "", &files, &secret).carry_out(|act| {
            load_content(act)?;
            // Most tests begin with organisations that may pledge.
            Programme { training_first: false, ..Programme::default() }.set(act)
        })
    })
    .expect("the content loads");
}

/// The PostgreSQL server of this run.
struct Server {
    url: Url,
    /// Begins the names of this run's databases.
    prefix: String,
    /// Stays open while the run lasts, and so tells other runs that its databases are in use.
    _presence: std::sync::Mutex<PgConnection>,
}

const OURS: &str = "youth_charter_it_";

fn server() -> Option<&'static Server> {
    static SERVER: LazyLock<Option<Server>> = LazyLock::new(|| {
        let url = std::env::var("TEST_DATABASE_URL").ok().filter(|url| !url.is_empty())?;
        let url = Url::parse(&url).expect("TEST_DATABASE_URL is an address such as postgres://user@host/postgres");
        let prefix = format!("{OURS}{}", std::process::id());
        let mut presence = url.clone();
        presence.query_pairs_mut().append_pair("application_name", &prefix);
        let presence = connect(presence.as_str()).into();
        let server = Server { url, prefix, _presence: presence };
        server.drop_leftovers();
        Some(server)
    });
    SERVER.as_ref()
}

impl Server {
    fn url_of(&self, name: &str) -> String {
        let mut url = self.url.clone();
        url.set_path(name);
        url.into()
    }

    fn run(&self, sql: &str) {
        connect(self.url.as_str()).batch_execute(sql).unwrap_or_else(|cause| panic!("{sql}: {cause}"));
    }

    /// Drops what earlier runs left, whose process is gone.
    fn drop_leftovers(&self) {
        #[derive(QueryableByName)]
        struct Found {
            #[diesel(sql_type = Text)]
            name: String,
        }
        let left: Vec<Found> = diesel::sql_query(
            "SELECT datname::text AS name FROM pg_database WHERE datname LIKE $1 AND NOT EXISTS \
             (SELECT 1 FROM pg_stat_activity WHERE application_name = substring(datname FROM '^[a-z_]+[0-9]+'))",
        )
        .bind::<Text, _>(format!("{OURS}%"))
        .load(&mut connect(self.url.as_str()))
        .expect("the server lists its databases");
        for Found { name } in left {
            self.run(&format!("DROP DATABASE IF EXISTS {name} WITH (FORCE)"));
        }
    }
}

fn connect(url: &str) -> PgConnection {
    PgConnection::establish(url).unwrap_or_else(|cause| panic!("TEST_DATABASE_URL: {cause}"))
}
