//! The program itself, started as an operator starts it, in an empty folder.

use std::io::{BufRead, BufReader};
use std::path::Path;
use std::process::{Child, Command, Output, Stdio};
use std::sync::mpsc;
use std::time::Duration;

use tempfile::TempDir;
use youth_charter::config::{DatabaseUrl, settings};

use crate::harness::{MailServer, Page, RunningPortal, TestDatabase, nobodys_address, spawn_portal};

/// An empty folder with a database of its own to come.
pub struct Machine {
    // Dropped in this order: nobody works in the folder when it goes.
    folder: TempDir,
    database: TestDatabase,
}

impl Machine {
    pub fn new() -> Self {
        let folder = tempfile::tempdir().expect("a temporary folder");
        let database = TestDatabase::empty(folder.path());
        Self { folder, database }
    }

    pub fn command(&self, words: &[&str]) -> Command {
        let mut command = bare_command(self.folder.path(), words);
        command.env("DATABASE_URL", address_of(&self.database.url));
        command
    }

    /// Where its database is to be.
    pub fn database_url(&self) -> &DatabaseUrl {
        &self.database.url
    }

    /// The folder it stands in.
    pub fn folder(&self) -> &Path {
        self.folder.path()
    }

    pub fn run(&self, words: &[&str]) -> Output {
        self.command(words).output().expect("the program starts")
    }
}

/// A database as the setting names it.
pub fn address_of(url: &DatabaseUrl) -> String {
    match url {
        DatabaseUrl::Sqlite(path) => format!("sqlite://{}", path.display()),
        DatabaseUrl::Postgres(url) => url.clone(),
    }
}

pub fn bare_command(folder: &Path, words: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_youth-charter"));
    command
        .args(words)
        .current_dir(folder)
        .stdin(Stdio::null())
        .env_remove("YOUTH_CHARTER_CONFIG")
        .env("RUST_LOG", "warn");
    settings().for_each(|setting| {
        command.env_remove(setting.name);
    });
    command
}

/// A server started as a command, stopped when this is dropped.
pub struct Served {
    child: Child,
    pub address: String,
    /// What it printed until it answered.
    pub said: Vec<String>,
    /// Where its log goes.
    log: std::path::PathBuf,
}

impl Served {
    pub fn start(machine: &Machine, settings: &[(&str, &str)]) -> Self {
        Self::start_command(machine, &[], settings)
    }

    pub fn start_command(machine: &Machine, words: &[&str], settings: &[(&str, &str)]) -> Self {
        let listen = settings.iter().find(|(name, _)| *name == "LISTEN").map(|(_, address)| (*address).to_owned());
        let listen = listen.unwrap_or_else(|| nobodys_address().to_string());
        Self::spawn(machine.command(words), &listen, settings, machine.folder.path().join("log"))
    }

    /// The program itself, on the records of a portal that runs within the tests.
    pub fn beside(portal: &RunningPortal, settings: &[(&str, &str)]) -> Self {
        let mut command = bare_command(portal.folder(), &[]);
        command.env("DATABASE_URL", address_of(&portal.database().url));
        Self::spawn(command, &nobodys_address().to_string(), settings, portal.folder().join("log"))
    }

    fn spawn(mut command: Command, listen: &str, settings: &[(&str, &str)], log: std::path::PathBuf) -> Self {
        command.env("LISTEN", listen).envs(settings.iter().copied()).stdout(Stdio::piped());
        command.stderr(std::fs::File::create(&log).expect("a file for the log"));
        let mut child = command.spawn().expect("the program starts");
        let (sender, receiver) = mpsc::channel();
        let out = BufReader::new(child.stdout.take().expect("its output is read here"));
        std::thread::spawn(move || out.lines().map_while(Result::ok).try_for_each(|line| sender.send(line)));
        let mut said = Vec::new();
        while !said.last().is_some_and(|line: &String| line.contains("answers on")) {
            said.push(receiver.recv_timeout(Duration::from_secs(240)).expect("it says that it answers"));
        }
        Self { child, address: format!("http://{listen}"), said, log }
    }

    pub fn get(&self, path: &str) -> String {
        let url = format!("{}{path}", self.address);
        let mut answer = ureq::get(&url).call().unwrap_or_else(|cause| panic!("{url}: {cause}"));
        answer.body_mut().read_to_string().expect("a page is text")
    }

    /// Its number among the processes of this machine.
    pub fn process(&self) -> u32 {
        self.child.id()
    }

    /// Its log so far.
    pub fn complaints(&self) -> String {
        std::fs::read_to_string(&self.log).expect("the log")
    }

    /// Stops it as a supervisor does, and says how it ended.
    fn stop(&mut self) -> Option<i32> {
        Command::new("kill").arg("-TERM").arg(self.child.id().to_string()).status().expect("kill is there");
        self.child.wait().expect("it ends").code()
    }
}

impl Drop for Served {
    fn drop(&mut self) {
        // It may have ended in good order already.
        self.child.kill().ok();
        self.child.wait().ok();
        if std::thread::panicking() {
            eprintln!("the log of what was served:\n{}", self.complaints());
        }
    }
}

pub fn text(bytes: &[u8]) -> String {
    String::from_utf8_lossy(bytes).into_owned()
}

#[test]
fn the_first_start_makes_everything_and_prints_a_link_and_the_next_start_does_not() {
    let machine = Machine::new();
    let mut first = Served::start(&machine, &[]);
    let link = first.said.iter().find_map(|line| line.trim().strip_prefix(&first.address)).expect("a link").to_owned();
    assert_eq!(Page::parse(&first.get(&link)).heading(), "Set up the portal");
    assert_eq!(first.get("/health/ready").trim(), "ready");
    assert_eq!(first.stop(), Some(0));
    let mut second = Served::start(&machine, &[]);
    assert_eq!(second.said.len(), 1, "{:?}", second.said);
    assert_eq!(Page::parse(&second.get(&link)).heading(), "Set up the portal");
    assert_eq!(second.stop(), Some(0));
}

#[test]
fn with_a_mail_server_letters_leave_by_it() {
    let machine = Machine::new();
    let mail = MailServer::start();
    let mut served = Served::start(&machine, &[("SMTP_URL", &mail.url())]);
    let form = [("name", "Asha"), ("email", "asha@example.org"), ("password", crate::harness::PASSWORD)];
    ureq::post(format!("{}/register", served.address)).send_form(form).expect("a form is taken");
    let arrived = (0..100).any(|_| {
        std::thread::sleep(Duration::from_millis(100));
        !mail.letters().is_empty()
    });
    assert!(arrived, "no letter in ten seconds");
    assert_eq!(mail.letters()[0].to, "asha@example.org");
    assert_eq!(served.stop(), Some(0));
    assert!(!served.complaints().contains("panicked"), "{}", served.complaints());
}

#[test]
fn without_a_mail_server_letters_are_files() {
    let machine = Machine::new();
    let mut served = Served::start(&machine, &[]);
    let form = [("name", "Asha"), ("email", "asha@example.org"), ("password", crate::harness::PASSWORD)];
    ureq::post(format!("{}/register", served.address)).send_form(form).expect("a form is taken");
    let folder = machine.folder.path().join("data/mail");
    let arrived = (0..100).any(|_| {
        std::thread::sleep(Duration::from_millis(100));
        std::fs::read_dir(&folder).is_ok_and(|files| files.count() == 1)
    });
    assert!(arrived, "no letter in {} in ten seconds", folder.display());
    assert_eq!(served.stop(), Some(0));
}

#[test]
fn migrate_then_check_finds_all_in_order_and_before_it_does_not() {
    let machine = Machine::new();
    let before = machine.run(&["check"]);
    assert_eq!(before.status.code(), Some(1));
    assert!(text(&before.stdout).contains("migrations have not run"), "{}", text(&before.stdout));
    assert!(machine.run(&["migrate"]).status.success());
    let after = machine.run(&["check"]);
    assert!(after.status.success(), "{}", text(&after.stdout));
}

#[test]
fn what_is_due_is_done_by_a_command_too() {
    let machine = Machine::new();
    assert!(machine.run(&["migrate"]).status.success());
    let done = machine.run(&["remind"]);
    assert!(done.status.success(), "{}{}", text(&done.stdout), text(&done.stderr));
}

#[test]
fn the_trail_is_checked_from_end_to_end_by_a_command() {
    let portal = spawn_portal();
    portal.approved_organisation("The Hub");
    let verify = || {
        let mut command = bare_command(portal.folder(), &["audit", "verify"]);
        command.env("DATABASE_URL", address_of(&portal.database().url)).output().expect("the program starts")
    };
    let whole = verify();
    assert!(whole.status.success() && text(&whole.stdout).contains("whole"), "{}", text(&whole.stdout));
    portal.act(|act| {
        Ok(diesel::RunQueryDsl::execute(
            diesel::sql_query("UPDATE audit_entries SET actor_name = 'someone else' WHERE sequence = 4"),
            act.conn,
        )?)
    });
    let broken = verify();
    assert_eq!(broken.status.code(), Some(1));
    assert!(text(&broken.stdout).contains("broken at entry 4"), "{}", text(&broken.stdout));
}

#[test]
fn a_wrong_setting_stops_the_start_with_a_sentence_and_touches_nothing() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let start = bare_command(folder.path(), &[]).env("DATABASE_URL", "sqlit://here").env("LISTEN", "there").output();
    let start = start.expect("the program starts");
    assert_eq!(start.status.code(), Some(1));
    let said = text(&start.stderr);
    assert!(said.contains("DATABASE_URL must begin with") && said.contains("LISTEN is \"there\""), "{said}");
    assert_eq!(std::fs::read_dir(folder.path()).expect("the folder").count(), 0);
}

#[test]
fn every_setting_is_explained_and_no_secret_shown() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let smtp = "smtp://portal:hunter2@mail.example.org";
    let said = bare_command(folder.path(), &["config"]).env("SMTP_URL", smtp).output().expect("the program starts");
    let said = text(&said.stdout);
    settings().for_each(|setting| assert!(said.contains(setting.name) && said.contains(setting.meaning)));
    assert!(!said.contains("hunter2"), "{said}");
}

#[test]
fn settings_come_from_a_file_too_and_an_unknown_one_is_refused() {
    let machine = Machine::new();
    let file = machine.folder.path().join("portal.toml");
    std::fs::write(&file, "BASE_URL = \"nonsense\"\n").expect("a file");
    let start = machine.command(&["check"]).env("YOUTH_CHARTER_CONFIG", &file).output().expect("the program starts");
    assert!(text(&start.stderr).contains("BASE_URL is \"nonsense\""), "{}", text(&start.stderr));
    std::fs::write(&file, "BASE_ULR = \"https://charter.example.org\"\n").expect("a file");
    let start = machine.command(&["check"]).env("YOUTH_CHARTER_CONFIG", &file).output().expect("the program starts");
    assert!(text(&start.stderr).contains("BASE_ULR, which is no setting"), "{}", text(&start.stderr));
}

#[test]
fn single_sign_on_that_is_half_set_stops_the_start() {
    let machine = Machine::new();
    let start = machine.command(&["check"]).env("OIDC_ISSUER", "https://login.example.org").output();
    let start = start.expect("the program starts");
    let said = text(&start.stderr);
    assert!(!start.status.success());
    for missing in ["OIDC_CLIENT_ID", "OIDC_CLIENT_SECRET", "OIDC_ROLES"] {
        assert!(said.contains(&format!("{missing} is missing")), "{said}");
    }
}
