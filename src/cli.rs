//! The commands of the one binary. Each is a few lines over what it is a command for.

use std::net::TcpListener;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use clap::{Parser, Subcommand};
use tracing::Level;
use tracing_subscriber::EnvFilter;
use tracing_subscriber::filter::{FilterExt, filter_fn};
use tracing_subscriber::layer::{Layer, SubscriberExt};
use tracing_subscriber::util::SubscriberInitExt;

use crate::accounts::invite_first_steward;
use crate::acts::Portal;
use crate::app::{
    keep_carrying, keep_counting, keep_importing, keep_reminding, keep_scanning, keep_sending, keep_walking,
    keep_writing, listen, load_content, open_portal, serve,
};
use crate::audit::{Actor, Verdict, verify_chain};
use crate::backup::{restore_backup, take_backup};
use crate::config::{Config, DatabaseUrl, settings};
use crate::db::{migrate, pending_migrations};
use crate::demonstration::{
    self, demonstration_config, generate_organisations, guests, hash_of_password, open_empty, play_demonstration,
};
use crate::error::{Error, Result};
use crate::mail::Mailer;
use crate::reminders::do_what_is_due;
use crate::sector_skills::{Mistake, recount_rounds};

#[derive(Parser)]
#[command(name = "youth-charter", version, about = "The Youth Charter portal")]
struct Cli {
    #[command(subcommand)]
    command: Option<Command>,
}

#[derive(Subcommand)]
enum Command {
    /// Migrate if needed, load the content if the database is new, and serve (the same as no command)
    Serve,
    /// Serve a demonstration of its own, made afresh in data/demonstration
    Demo {
        /// So many more organisations, made up by chance, with people and answers: for measuring
        #[arg(long, value_name = "NUMBER")]
        organisations: Option<usize>,
    },
    /// Bring the tables up to date and stop
    Migrate,
    /// Check settings, content and database, list every problem
    Check,
    /// Do what is due now, such as ending pledges whose year is over (the server also does it on its own)
    Remind,
    /// Copy everything into one new file, while the portal serves
    Backup {
        /// Where the copy goes
        file: PathBuf,
    },
    /// Put a backup back into an empty database and an empty file store
    Restore {
        /// The backup
        file: PathBuf,
    },
    /// Every setting, its meaning, default and present value
    Config,
    /// The audit trail
    Audit {
        #[command(subcommand)]
        command: AuditCommand,
    },
}

#[derive(Subcommand)]
enum AuditCommand {
    /// Check the chain of entries from end to end
    Verify,
}

/// Reads the command line and does what it says.
pub fn run() -> ExitCode {
    begin_log();
    let outcome = match Cli::parse().command.unwrap_or(Command::Serve) {
        Command::Config => return explain_settings(),
        command => read_config().and_then(|config| carry_out(command, config)),
    };
    match outcome {
        Ok(code) => code,
        Err(error) => {
            eprintln!("youth-charter: {error}");
            ExitCode::FAILURE
        }
    }
}

/// Writes a log as `RUST_LOG` asks. The details of libraries are never in it, whatever it asks: the one that draws pages
/// would tell every link and code on them.
fn begin_log() {
    let asked = EnvFilter::try_from_default_env().unwrap_or_else(|_| EnvFilter::new("info,actix_server=warn"));
    let may_be_told = filter_fn(|about| about.target().starts_with("youth_charter") || *about.level() <= Level::INFO);
    let lines = tracing_subscriber::fmt::layer().with_writer(std::io::stderr);
    tracing_subscriber::registry().with(lines.with_filter(asked.and(may_be_told))).init();
}

fn carry_out(command: Command, config: Config) -> Result<ExitCode> {
    match command {
        Command::Serve => serve_until_stopped(config),
        Command::Demo { organisations } => {
            serve_demonstration(demonstration_config(config), organisations.unwrap_or(0))
        }
        Command::Migrate => {
            let ran = prepare_database(&config)?.db.read_here(migrate)?;
            println!("{ran} migrations ran; the tables are up to date");
            Ok(ExitCode::SUCCESS)
        }
        Command::Check => check(&config),
        Command::Remind => {
            println!("{:?}", do_what_is_due(&open_portal(&config)?)?);
            Ok(ExitCode::SUCCESS)
        }
        Command::Backup { file } => back_up(&config, &file),
        Command::Restore { file } => put_back(&config, &file),
        Command::Audit { command: AuditCommand::Verify } => verify_audit(&config),
        Command::Config => Ok(explain_settings()),
    }
}

fn serve_until_stopped(config: Config) -> Result<ExitCode> {
    let listener = listen(config.listen)?;
    let portal = prepare_database(&config)?;
    portal.db.read_here(migrate)?;
    if let Some(token) = set_up_if_new(&portal)? {
        println!("A new database. Open this link once to become the first VRP administrator:");
        println!("  {}/set-up/{token}", config.base_url);
    }
    run_server(&config, portal, listener)
}

/// Makes the demonstration, says who can sign in, and serves it.
fn serve_demonstration(config: Config, more: usize) -> Result<ExitCode> {
    // Before anything is emptied: a demonstration that runs already has the address.
    let listener = listen(config.listen)?;
    let portal = open_empty(&config)?;
    let password_hash = hash_of_password()?;
    play_demonstration(&portal, &password_hash, load_content)?;
    if more > 0 {
        generate_organisations(&portal, more, &password_hash, |made| println!("{made} of {more} organisations made"))?;
        println!("Their leads sign in as lead0@generated.example.org, lead1@…, with the same password");
    }
    println!("Sign in with the password “{}” as one of these:", demonstration::PASSWORD);
    for guest in guests()? {
        let place = guest.place.map(|place| format!(" ({place})")).unwrap_or_default();
        println!("  {:<36} {}{place}", guest.email, guest.can);
    }
    println!("E-mails go to {}/mailbox; the people are listed on {0}/demonstration", config.base_url);
    run_server(&config, portal, listener)
}

/// Serves, sends e-mails, and stops in good order at a signal.
pub fn run_server(config: &Config, portal: Portal, listener: TcpListener) -> Result<ExitCode> {
    actix_web::rt::System::new().block_on(async {
        let sending = actix_web::rt::spawn(keep_sending(portal.clone(), Mailer::open(config)?));
        actix_web::rt::spawn(keep_reminding(portal.clone()));
        actix_web::rt::spawn(keep_walking(portal.clone()));
        actix_web::rt::spawn(keep_counting(portal.clone()));
        actix_web::rt::spawn(keep_carrying(portal.clone()));
        actix_web::rt::spawn(keep_importing(portal.clone()));
        actix_web::rt::spawn(keep_writing(portal.clone()));
        if let Some(scanner) = config.scanner.clone() {
            actix_web::rt::spawn(keep_scanning(portal.clone(), scanner));
        }
        let workers = std::thread::available_parallelism().map_or(2, |n| n.get());
        println!("The Youth Charter portal answers on {}", config.base_url);
        serve(portal, listener, workers)?.await?;
        // Its connections to the mail server can only be closed while the runtime stands.
        sending.abort();
        sending.await.ok();
        Ok::<_, Error>(())
    })?;
    Ok(ExitCode::SUCCESS)
}

/// Loads the content into a new database; returns the token for its first administrator, or `None` if it is not new.
pub fn set_up_if_new(portal: &Portal) -> Result<Option<String>> {
    portal.act_at(Actor::portal(), portal.clock.now(), |act| {
        if crate::organisations::District::all(act.conn)?.is_empty() {
            load_content(act)?;
            return invite_first_steward(act).map(Some);
        }
        Ok(None)
    })
}

fn prepare_database(config: &Config) -> Result<Portal> {
    if let DatabaseUrl::Sqlite(path) = &config.database
        && let Some(folder) = path.parent()
    {
        std::fs::create_dir_all(folder)?;
    }
    open_portal(config)
}

fn check(config: &Config) -> Result<ExitCode> {
    let portal = open_portal(config)?;
    let mut problems = Vec::new();
    match portal.db.read_here(pending_migrations) {
        Ok(0) => {}
        Ok(n) => problems.push(format!("{n} migrations have not run: youth-charter migrate")),
        Err(error) => problems.push(format!("the database does not answer: {error}")),
    }
    if let Err(error) = portal.files.check_now() {
        problems.push(format!("files cannot be stored in {}: {error}", config.files));
    }
    problems.extend(wrong_counts(&portal));
    for problem in &problems {
        println!("{problem}");
    }
    if problems.is_empty() {
        println!("Settings, database and files are in order");
        return Ok(ExitCode::SUCCESS);
    }
    Ok(ExitCode::FAILURE)
}

/// What a recount of the skills audit finds to be wrong; nothing while the tables are not there.
fn wrong_counts(portal: &Portal) -> Vec<String> {
    let Ok(mistakes) = portal.db.read_here(recount_rounds) else { return Vec::new() };
    let say = |mistake: &Mistake| {
        let of = mistake.organisation.map_or("the sector".to_owned(), |id| format!("organisation {id}"));
        format!("skills audit, {of}, {}: {} is stored, {} is counted", mistake.what, mistake.stored, mistake.recounted)
    };
    mistakes.iter().take(20).map(say).collect()
}

fn verify_audit(config: &Config) -> Result<ExitCode> {
    match open_portal(config)?.db.read_here(verify_chain)? {
        Verdict::Whole(entries) => {
            println!("The audit trail is whole: {entries} entries");
            Ok(ExitCode::SUCCESS)
        }
        Verdict::BrokenAt(sequence) => {
            println!("The audit trail is broken at entry {sequence}");
            Ok(ExitCode::FAILURE)
        }
    }
}

fn back_up(config: &Config, file: &Path) -> Result<ExitCode> {
    let portal = open_portal(config)?;
    if portal.db.read_here(pending_migrations)? > 0 {
        return Err(Error::unexpected(
            "migrations have not run, so there is nothing whole to copy: youth-charter migrate",
        ));
    }
    let taken = take_backup(&portal.db, &portal.files, portal.clock.now(), file)?;
    println!("{}: {} rows of {} tables, and {} files", file.display(), taken.rows, taken.tables, taken.files);
    taken
        .missing
        .iter()
        .for_each(|id| println!("The file store does not have the file {id} as it came; it is left out"));
    println!(
        "SECRET_KEY is not in it. Keep the key apart from the backup: without it authenticator apps cannot be used."
    );
    Ok(ExitCode::SUCCESS)
}

/// What the database was made of goes again when nothing came of it.
fn put_back(config: &Config, file: &Path) -> Result<ExitCode> {
    let new_file = match &config.database {
        DatabaseUrl::Sqlite(path) if !path.exists() => Some(path.clone()),
        _ => None,
    };
    let outcome = restore_backup(file, || prepare_database(config).map(|portal| (portal.db, portal.files)));
    let put = match outcome {
        Ok(put) => put,
        Err(cause) => {
            let parts =
                new_file.iter().flat_map(|path| ["", "-wal", "-shm"].map(|end| format!("{}{end}", path.display())));
            parts.for_each(|part| drop(std::fs::remove_file(part)));
            return Err(cause);
        }
    };
    println!(
        "Put back as it was on {} UTC: {} rows of {} tables, and {} files",
        put.taken_at, put.rows, put.tables, put.files
    );
    put.missing.iter().for_each(|id| println!("The file {id} was missing when the backup was taken"));
    println!("The audit trail is whole: {} entries", put.audit_entries);
    println!("SECRET_KEY is not in a backup. Set the key that the portal had, or authenticator apps cannot be used.");
    Ok(ExitCode::SUCCESS)
}

fn read_config() -> Result<Config> {
    Config::from_environment().map_err(|wrong| Error::unexpected(wrong.join("\n")))
}

fn explain_settings() -> ExitCode {
    for setting in settings() {
        let value = match std::env::var(setting.name) {
            Ok(_) if setting.secret => "(set, hidden)".to_owned(),
            Ok(value) => value,
            Err(_) => "(not set)".to_owned(),
        };
        println!("{}\n  {}\n  default: {}\n  now: {value}", setting.name, setting.meaning, setting.default);
    }
    ExitCode::SUCCESS
}
