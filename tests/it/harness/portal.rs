//! The portal, running on a port of its own with a database of its own; its clock and its letters.

use std::collections::HashSet;
use std::net::TcpListener;
use std::sync::atomic::AtomicUsize;
use std::sync::{Mutex, mpsc};
use std::thread::JoinHandle;

use actix_web::dev::ServerHandle;
use actix_web::rt::System;
use chrono::{Duration, NaiveDate};
use diesel::connection::SimpleConnection;
use tempfile::TempDir;
use youth_charter::acts::{Act, Portal};
use youth_charter::app::{listen, serve};
use youth_charter::audit::Actor;
use youth_charter::clock::{Clock, day_of};
use youth_charter::config::FilesPlace;
use youth_charter::config::SingleSignOn;
use youth_charter::db::{Db, DbConnection};
use youth_charter::error::Result;
use youth_charter::files::FileStore;
use youth_charter::ids::MessageId;
use youth_charter::mail::{OutboxMessage, latest_messages};
use youth_charter::openid::IdentityProvider;
use youth_charter::secrets::SecretKey;
use youth_charter::web::Limits;

use super::database::TestDatabase;
use super::log::listen_to_log;
use super::person::Person;

/// A portal at work. Dropping it stops it, and fails the test when a letter was left unread.
pub struct RunningPortal {
    /// The records, the files and the clock that the server uses too.
    pub inside: Portal,
    server: ServerHandle,
    thread: Option<JoinHandle<()>>,
    opened: Mutex<HashSet<MessageId>>,
    /// How many people fixtures have named.
    pub(super) members: AtomicUsize,
    folder: TempDir,
    // Dropped last: nobody may be connected to it any more.
    database: TestDatabase,
}

/// A letter that somebody received.
#[derive(Debug, Clone)]
pub struct Letter {
    pub subject: String,
    pub text: String,
    pub html: String,
    site: String,
}

/// A portal's records and files as they were at one moment, to begin from again and again.
pub struct SavedPortal {
    records: Vec<u8>,
    files: FileStore,
    secret: SecretKey,
}

/// What stands around a portal, where it is not as usual.
struct Surroundings {
    name: &'static str,
    secret: SecretKey,
    limits: Limits,
    work_accounts: Option<SingleSignOn>,
}

impl Default for Surroundings {
    fn default() -> Self {
        Self { name: "127.0.0.1", secret: SecretKey::new_random(), limits: Limits::none(), work_accounts: None }
    }
}

/// Starts a portal with the programme's content and nobody in it. Its limits are off.
pub fn spawn_portal() -> RunningPortal {
    spawn_portal_within(Surroundings::default())
}

/// [`spawn_portal`] with the limits of a real one.
pub fn spawn_portal_with_limits() -> RunningPortal {
    spawn_portal_within(Surroundings { limits: Limits::strict(&[]), ..Surroundings::default() })
}

/// [`spawn_portal`] where people sign in with their work accounts.
pub fn spawn_portal_with_work_accounts(settings: SingleSignOn) -> RunningPortal {
    spawn_portal_within(Surroundings { work_accounts: Some(settings), ..Surroundings::default() })
}

/// [`spawn_portal`] at an address with a name in it, which passkeys need.
pub fn spawn_portal_at_localhost() -> RunningPortal {
    spawn_portal_within(Surroundings { name: "localhost", ..Surroundings::default() })
}

fn spawn_portal_within(surroundings: Surroundings) -> RunningPortal {
    let folder = new_folder();
    let database = TestDatabase::with_content(folder.path());
    let files = FileStore::open(&FilesPlace::Folder(folder.path().join("files"))).expect("a folder for files");
    run_portal(folder, database, files, surroundings)
}

/// [`spawn_portal`] whose files are kept elsewhere.
pub fn spawn_portal_with_files(files: FileStore) -> RunningPortal {
    let folder = new_folder();
    let database = TestDatabase::with_content(folder.path());
    run_portal(folder, database, files, Surroundings::default())
}

/// [`spawn_portal`] on SQLite, whatever the other tests use: such a portal can be saved.
pub fn spawn_portal_in_a_file() -> RunningPortal {
    let folder = new_folder();
    let database = TestDatabase::in_a_file(folder.path());
    let files = FileStore::open(&FilesPlace::Folder(folder.path().join("files"))).expect("a folder for files");
    run_portal(folder, database, files, Surroundings::default())
}

impl SavedPortal {
    /// Starts a portal from here. It shares the files of the one that was saved.
    pub fn spawn(&self) -> RunningPortal {
        let folder = new_folder();
        let database = TestDatabase::of_bytes(folder.path(), &self.records);
        let surroundings = Surroundings { secret: self.secret.clone(), ..Surroundings::default() };
        run_portal(folder, database, self.files.clone(), surroundings)
    }
}

fn new_folder() -> TempDir {
    tempfile::tempdir().expect("a temporary folder")
}

fn run_portal(folder: TempDir, database: TestDatabase, files: FileStore, surroundings: Surroundings) -> RunningPortal {
    let Surroundings { name, secret, limits, work_accounts } = surroundings;
    listen_to_log();
    let listener = listen(([127, 0, 0, 1], 0).into()).expect("there is a free port");
    let inside = Portal {
        db: Db::open(&database.url).expect("the database opens"),
        files,
        clock: Clock::default(),
        identity_provider: work_accounts.map(|settings| IdentityProvider::open(settings).expect("settings")),
        secret,
        limits,
        site: format!("http://{name}:{}", listener.local_addr().expect("a bound port").port()).into(),
        retention: Default::default(),
        demonstration: false,
    };
    let (server, thread) = start_server(inside.clone(), listener);
    let (opened, members) = (Mutex::default(), AtomicUsize::new(0));
    RunningPortal { inside, server, thread: Some(thread), opened, members, folder, database }
}

fn start_server(portal: Portal, listener: TcpListener) -> (ServerHandle, JoinHandle<()>) {
    let (sender, receiver) = mpsc::channel();
    let thread = std::thread::spawn(move || {
        System::new().block_on(async {
            let server = serve(portal, listener, 1).expect("the server starts");
            sender.send(server.handle()).expect("the test waits for its server");
            server.await.expect("the server ends in good order");
        });
    });
    (receiver.recv().expect("the server starts"), thread)
}

impl RunningPortal {
    /// The address, without a slash at its end.
    pub fn site(&self) -> &str {
        &self.inside.site
    }

    /// Its database.
    pub fn database(&self) -> &TestDatabase {
        &self.database
    }

    /// Where files are kept.
    pub fn folder(&self) -> &std::path::Path {
        self.folder.path()
    }

    /// The calendar day in the United Kingdom, now.
    pub fn today(&self) -> NaiveDate {
        day_of(self.inside.clock.now())
    }

    /// Keeps the records as they are now. Only for a portal that runs in a file.
    pub fn save(&self) -> SavedPortal {
        let copy = self.folder.path().join("copy.sqlite");
        self.read(|conn| Ok(conn.batch_execute(&format!("VACUUM INTO '{}'", copy.display()))?));
        let records = std::fs::read(copy).expect("SQLite has written the copy");
        SavedPortal { records, files: self.inside.files.clone(), secret: self.inside.secret.clone() }
    }

    /// Lets time pass until it is noon. Summer time comes for whoever goes on by months: what is late in the evening today
    /// is the next day then.
    pub fn at_noon(self) -> Self {
        let now = self.inside.clock.now();
        let noon = now.date().and_hms_opt(12, 0, 0).expect("a day has a noon");
        self.advance(if now <= noon { noon - now } else { noon + Duration::days(1) - now });
        self
    }

    /// Lets time pass.
    pub fn advance(&self, by: Duration) {
        self.inside.clock.advance(by);
    }

    /// Reads the records.
    pub fn read<T>(&self, work: impl FnOnce(&mut DbConnection) -> Result<T>) -> T {
        self.inside.db.read_here(work).expect("the records can be read")
    }

    /// Does one act as the portal itself.
    pub fn act<T>(&self, work: impl FnOnce(&mut Act<'_>) -> Result<T>) -> T {
        self.try_act(Actor::portal(), work).expect("the act is done")
    }

    /// Does one act as someone with an account.
    pub fn act_as<T>(&self, person: &Person, work: impl FnOnce(&mut Act<'_>) -> Result<T>) -> T {
        self.try_act(person.actor(), work).expect("the act is done")
    }

    /// Does one act that may be refused.
    pub fn try_act<T>(&self, by: Actor, work: impl FnOnce(&mut Act<'_>) -> Result<T>) -> Result<T> {
        self.inside.act_at(by, self.inside.clock.now(), work)
    }

    /// Someone who has never been here.
    pub fn visitor(&self) -> Person {
        Person::new(self.site())
    }

    /// Someone who is signed in to the portal that this one was saved from.
    pub fn same_person(&self, person: &Person) -> Person {
        person.with_browser_on(self.site())
    }

    /// The letters to an address that have not been read yet, oldest first. They count as read from now on.
    pub fn letters_to(&self, address: &str) -> Vec<Letter> {
        let mut letters = Vec::new();
        for message in self.unread().into_iter().filter(|message| message.recipient == address) {
            self.opened.lock().expect("one reader at a time").insert(message.id);
            letters.push(Letter {
                subject: message.subject,
                text: message.body_text,
                html: message.body_html,
                site: self.site().to_owned(),
            });
        }
        letters
    }

    /// Those of the letters to an address with these words in their subject; all count as read from now on.
    pub fn letters_about(&self, address: &str, words: &str) -> Vec<Letter> {
        self.letters_to(address).into_iter().filter(|letter| letter.subject.contains(words)).collect()
    }

    /// The one letter to an address that has not been read yet.
    pub fn letter_to(&self, address: &str) -> Letter {
        let mut letters = self.letters_to(address);
        assert_eq!(letters.len(), 1, "letters to {address}: {letters:#?}");
        letters.remove(0)
    }

    /// Counts every letter as read: for tests that are not about letters.
    pub fn read_all_letters(&self) {
        let unread = self.unread().into_iter().map(|message| message.id);
        self.opened.lock().expect("one reader at a time").extend(unread);
    }

    fn unread(&self) -> Vec<OutboxMessage> {
        let opened = self.opened.lock().expect("one reader at a time");
        let mut messages = self.read(|conn| latest_messages(conn, 10_000));
        messages.retain(|message| !opened.contains(&message.id));
        messages.reverse();
        messages
    }
}

impl Drop for RunningPortal {
    fn drop(&mut self) {
        let unread: Vec<_> = match std::thread::panicking() {
            true => Vec::new(),
            false => self.unread().into_iter().map(|m| format!("“{}” to {}", m.subject, m.recipient)).collect(),
        };
        // The command is sent at once; the thread ends when it has been carried out.
        drop(self.server.stop(false));
        let ended = self.thread.take().map(JoinHandle::join);
        if std::thread::panicking() {
            return;
        }
        assert!(ended.is_some_and(|outcome| outcome.is_ok()), "the server panicked");
        assert!(unread.is_empty(), "nobody read these letters (letters_to, or read_all_letters): {unread:#?}");
    }
}

impl Letter {
    /// The path of the link in it.
    pub fn link(&self) -> String {
        let address = self.text.lines().find(|line| line.starts_with("http"));
        let address = address.unwrap_or_else(|| panic!("no link in this letter:\n{}", self.text));
        let path = address.strip_prefix(&self.site);
        path.unwrap_or_else(|| panic!("{address} does not lead to {}", self.site)).to_owned()
    }
}
