//! A backup taken by the command while people work, and put back by the command elsewhere: whole, or not at all.

use std::collections::BTreeSet;
use std::fs::File;
use std::io::Read;
use std::path::{Path, PathBuf};
use std::process::Output;
use std::sync::atomic::{AtomicBool, Ordering};

use diesel::connection::SimpleConnection;
use diesel::prelude::*;
use tempfile::TempDir;
use youth_charter::backup::{Manifest, restore_backup, take_backup};
use youth_charter::config::FilesPlace;
use youth_charter::db::{Db, schema};
use youth_charter::files::FileStore;
use youth_charter::organisations::{Engagement, MembershipRole, Position, add_without_account};

use crate::commands::{Machine, address_of, bare_command, text};
use crate::harness::{RunningPortal, S3Server, TestDatabase, a_document, root, spawn_portal, spawn_portal_with_files};

/// A portal with records in many tables and files in its store.
fn busy_portal() -> RunningPortal {
    fill(spawn_portal())
}

fn fill(portal: RunningPortal) -> RunningPortal {
    let hub = portal.approved_organisation("The Hub – Łódź & ‘Café’ \\ \"quoted\"");
    let signatory = portal.signatory_of(&hub.organisation);
    portal.pledge_in_force(&hub.organisation, &signatory, &hub.lead);
    portal.answered_assessment(&hub.organisation, &hub.lead);
    let (id, by) = (hub.organisation.id, hub.lead.account().id);
    portal.act_as(&hub.lead, |act| a_document(act, id, by, "Safeguarding policy"));
    let club = portal.approved_organisation("Member Club");
    portal.consented_affiliation(&portal.umbrella("Clubs of the County").organisation, &club.organisation);
    portal.read_all_letters();
    portal
}

/// The command, on a portal that runs.
fn back_up(portal: &RunningPortal, to: &Path) -> Output {
    let mut command = bare_command(portal.folder(), &["backup", to.to_str().expect("a plain path")]);
    command.env("DATABASE_URL", address_of(&portal.database().url));
    command.env("FILES_URL", format!("file://{}", portal.folder().join("files").display()));
    command.output().expect("the program starts")
}

pub fn backup_of(portal: &RunningPortal) -> (TempDir, PathBuf) {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let file = folder.path().join("backup.zip");
    let done = back_up(portal, &file);
    assert!(done.status.success(), "{}{}", text(&done.stdout), text(&done.stderr));
    (folder, file)
}

fn restore(machine: &Machine, from: &Path) -> Output {
    machine.run(&["restore", from.to_str().expect("a plain path")])
}

fn manifest_of(file: &Path) -> Manifest {
    serde_json::from_str(&entry_of(file, "manifest.json")).expect("a manifest")
}

fn entry_of(file: &Path, name: &str) -> String {
    let mut zip = zip::ZipArchive::new(File::open(file).expect("the backup")).expect("an archive");
    let mut said = String::new();
    zip.by_name(name).expect("it is in it").read_to_string(&mut said).expect("it is text");
    said
}

/// Every line of every table, and what the files are.
pub fn contents_of(file: &Path) -> Vec<(String, BTreeSet<String>)> {
    let manifest = manifest_of(file);
    let lines = |name: &str| entry_of(file, &format!("tables/{name}.jsonl")).lines().map(str::to_owned).collect();
    manifest.tables.iter().map(|table| (table.name.clone(), lines(&table.name))).collect()
}

#[test]
fn what_is_put_back_is_what_was_there_with_its_files_and_a_whole_trail() {
    let portal = busy_portal();
    let (folder, file) = backup_of(&portal);
    let machine = Machine::new();
    let done = restore(&machine, &file);
    let said = text(&done.stdout);
    assert!(done.status.success(), "{said}{}", text(&done.stderr));
    assert!(said.contains("The audit trail is whole") && said.contains("SECRET_KEY is not in a backup"), "{said}");
    assert!(machine.run(&["check"]).status.success());
    assert!(text(&machine.run(&["audit", "verify"]).stdout).contains("whole"));
    let again = folder.path().join("again.zip");
    let done = machine.run(&["backup", again.to_str().expect("a plain path")]);
    assert!(done.status.success(), "{}", text(&done.stderr));
    assert_eq!(contents_of(&again), contents_of(&file));
    let (first, second) = (manifest_of(&file), manifest_of(&again));
    assert!(first.files > 1 && first.missing.is_empty(), "{first:?}");
    assert_eq!((first.files, &first.migrations), (second.files, &second.migrations));
}

#[test]
fn from_one_database_to_the_other_and_back() {
    let portal = busy_portal();
    let (folder, file) = backup_of(&portal);
    // Into SQLite in any case; where the tests run on PostgreSQL, out of it, and back.
    let store = |name: &str| FileStore::open(&FilesPlace::Folder(folder.path().join(name))).expect("a folder");
    let sqlite = youth_charter::config::DatabaseUrl::Sqlite(folder.path().join("other.sqlite"));
    let open = || Ok((Db::open(&sqlite).expect("a new file"), store("other")));
    restore_backup(&file, open).expect("it is put back");
    let db = Db::open(&sqlite).expect("it is there");
    let other = folder.path().join("other.zip");
    take_backup(&db, &store("other"), portal.inside.clock.now(), &other).expect("it is taken");
    assert_eq!(contents_of(&other), contents_of(&file));
    let machine = Machine::new();
    let done = restore(&machine, &other);
    assert!(done.status.success(), "{}{}", text(&done.stdout), text(&done.stderr));
    let back = folder.path().join("back.zip");
    assert!(machine.run(&["backup", back.to_str().expect("a plain path")]).status.success());
    assert_eq!(contents_of(&back), contents_of(&file));
}

#[test]
fn it_is_of_one_moment_while_people_work() {
    let portal = busy_portal();
    let hub = portal.approved_organisation("Working Club").organisation.id;
    let position =
        Position { role: MembershipRole::Practitioner, engagement: Engagement::Volunteer, accountable: false };
    let stop = AtomicBool::new(false);
    let (_folder, file) = std::thread::scope(|scope| {
        scope.spawn(|| {
            let mut number = 0;
            while !stop.load(Ordering::Relaxed) {
                number += 1;
                portal.act(|act| add_without_account(act, hub, &format!("Volunteer {number}"), position));
            }
        });
        let backup = backup_of(&portal);
        stop.store(true, Ordering::Relaxed);
        backup
    });
    let machine = Machine::new();
    let done = restore(&machine, &file);
    assert!(done.status.success(), "{}{}", text(&done.stdout), text(&done.stderr));
    // A person and the membership are written together, with their entry: all three are there, or none.
    let lines = |name: &str| manifest_of(&file).tables.iter().find(|t| t.name == name).map_or(0, |t| t.rows);
    let trail = entry_of(&file, "tables/audit_entries.jsonl");
    assert!(lines("memberships") > 3, "nobody worked meanwhile");
    assert_eq!(trail.matches("\"person joined\"").count() as u64, lines("memberships"));
    portal.read_all_letters();
}

#[test]
fn every_table_is_in_it() {
    let portal = busy_portal();
    // A table that nobody has told the backup of.
    portal.read(|conn| Ok(conn.batch_execute("CREATE TABLE brand_new (id TEXT NOT NULL PRIMARY KEY, seen BOOLEAN)")?));
    portal.read(|conn| Ok(diesel::sql_query("INSERT INTO brand_new VALUES ('one', NULL)").execute(conn)?));
    let (_folder, file) = backup_of(&portal);
    let there: BTreeSet<String> = manifest_of(&file).tables.into_iter().map(|table| table.name).collect();
    let schema = std::fs::read_to_string(root().join("src/db/schema.rs")).expect("the schema");
    let tables = schema.split("diesel::table! {").skip(1).filter_map(|table| table.split_once('('));
    let mut expected: BTreeSet<String> = tables.map(|(name, _)| name.trim().to_owned()).collect();
    assert!(expected.len() > 50, "the schema was not understood");
    expected.insert("brand_new".to_owned());
    assert_eq!(there, expected);
    assert_eq!(entry_of(&file, "tables/brand_new.jsonl"), "[\"one\",null]\n");
    // Put back where there is no such table, nothing is lost in silence.
    let refused = restore(&Machine::new(), &file);
    assert!(text(&refused.stderr).contains("tables that this version does not know"), "{}", text(&refused.stderr));
}

#[test]
fn what_is_cut_short_or_altered_is_refused_and_leaves_nothing_behind() {
    let portal = busy_portal();
    let (folder, file) = backup_of(&portal);
    let whole = std::fs::read(&file).expect("the backup");
    let cut = folder.path().join("cut.zip");
    for bytes in [&whole[..whole.len() / 2], &whole[..whole.len() - 10], b"no archive at all"] {
        std::fs::write(&cut, bytes).expect("a file");
        refused_without_a_trace(&cut, "is not a whole backup, and nothing was put back");
    }
    // Somewhere in the middle a byte is another.
    let mut altered = whole.clone();
    altered[place_within(&file, "tables/framework_indicators.jsonl")] ^= 1;
    std::fs::write(&cut, &altered).expect("a file");
    refused_without_a_trace(&cut, "is not a whole backup");
    // A row is gone, and the archive is sound in itself.
    rewrite(&file, &cut, |name, said| match name {
        "tables/people.jsonl" => said.lines().skip(1).map(|line| format!("{line}\n")).collect(),
        _ => said,
    });
    refused_without_a_trace(&cut, "the table people is not as it was written");
    // The sums fit, and the past was changed.
    rewrite_with_sums(&file, &cut);
    refused_without_a_trace(&cut, "its audit trail is broken at entry");
    refused_without_a_trace(&folder.path().join("nowhere.zip"), "nowhere.zip");
}

/// A place in the bytes of an archive that is among those of one entry.
fn place_within(file: &Path, name: &str) -> usize {
    let mut zip = zip::ZipArchive::new(File::open(file).expect("the backup")).expect("an archive");
    let entry = zip.by_name(name).expect("it is in it");
    let start = entry.data_start().expect("it has a place");
    usize::try_from(start + entry.compressed_size() / 2).expect("a small file")
}

fn refused_without_a_trace(file: &Path, because: &str) {
    let machine = Machine::new();
    let refused = restore(&machine, file);
    assert_eq!(refused.status.code(), Some(1));
    assert!(text(&refused.stderr).contains(because), "{because}: {}", text(&refused.stderr));
    let database_file = machine.folder().join("portal.sqlite");
    assert!(!database_file.exists(), "a database was left behind");
    let files = std::fs::read_dir(machine.folder().join("data/files"));
    assert!(files.map_or(true, |mut files| files.next().is_none()), "files were left behind");
    assert!(text(&machine.run(&["check"]).stdout).contains("migrations have not run"));
}

/// The same archive with other words in it.
fn rewrite(from: &Path, to: &Path, change: impl Fn(&str, String) -> String) {
    let mut old = zip::ZipArchive::new(File::open(from).expect("the backup")).expect("an archive");
    let mut new = zip::ZipWriter::new(File::create(to).expect("a file"));
    let options = zip::write::SimpleFileOptions::default();
    for number in 0..old.len() {
        let mut entry = old.by_index(number).expect("an entry");
        let name = entry.name().expect("a name").into_owned();
        let mut bytes = Vec::new();
        entry.read_to_end(&mut bytes).expect("its bytes");
        new.start_file(&name, options).expect("a place");
        let bytes = match name.starts_with("files/") {
            true => bytes,
            false => change(&name, String::from_utf8(bytes).expect("it is text")).into_bytes(),
        };
        std::io::Write::write_all(&mut new, &bytes).expect("written");
    }
    new.finish().expect("an archive");
}

/// Someone changes an entry of the trail, and the list to go with it.
fn rewrite_with_sums(from: &Path, to: &Path) {
    use sha2::{Digest, Sha256};
    let forged =
        entry_of(from, "tables/audit_entries.jsonl").replacen("organisation approved", "organisation refused", 1);
    let mut manifest = manifest_of(from);
    let table = manifest.tables.iter_mut().find(|table| table.name == "audit_entries").expect("the trail");
    table.sha256 = hex::encode(Sha256::digest(forged.as_bytes()));
    let manifest = serde_json::to_string(&manifest).expect("JSON");
    rewrite(from, to, |name, said| match name {
        "tables/audit_entries.jsonl" => forged.clone(),
        "manifest.json" => manifest.clone(),
        _ => said,
    });
}

#[test]
fn it_is_put_back_into_an_empty_place_only_and_never_written_over() {
    let portal = busy_portal();
    let (_folder, file) = backup_of(&portal);
    let again = back_up(&portal, &file);
    assert!(text(&again.stderr).contains("is there already, and is not written over"), "{}", text(&again.stderr));
    let machine = Machine::new();
    assert!(restore(&machine, &file).status.success());
    let refused = restore(&machine, &file);
    assert!(text(&refused.stderr).contains("into an empty place only"), "{}", text(&refused.stderr));
    // Without files, but with records.
    std::fs::remove_dir_all(machine.folder().join("data/files")).expect("its files");
    let refused = restore(&machine, &file);
    assert!(text(&refused.stderr).contains("the database holds records already"), "{}", text(&refused.stderr));
    // With tables and nothing in them.
    let prepared = Machine::new();
    assert!(prepared.run(&["migrate"]).status.success());
    assert!(restore(&prepared, &file).status.success());
}

#[test]
fn a_backup_of_before_the_last_upgrade_is_put_back_and_brought_up_to_date() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let database = TestDatabase::empty(folder.path());
    let db = Db::open(&database.url).expect("an empty database opens");
    let store = FileStore::open(&FilesPlace::Folder(folder.path().join("files"))).expect("a folder");
    let versions = db.read_here(|conn| {
        youth_charter::db::migrate(conn)?;
        youth_charter::db::ran_migrations(conn)
    });
    let versions = versions.expect("all migrations run");
    let older = &versions[..versions.len() - 1];
    db.read_here(|conn| {
        youth_charter::db::revert_all(conn)?;
        youth_charter::db::migrate_as_far_as(conn, older)
    })
    .expect("one migration less");
    let file = folder.path().join("older.zip");
    take_backup(&db, &store, Default::default(), &file).expect("it is taken");
    let machine = Machine::new();
    let done = restore(&machine, &file);
    assert!(done.status.success(), "{}", text(&done.stderr));
    assert!(machine.run(&["check"]).status.success(), "it is up to date");
    // One that is further than this program is not for it.
    let newer = folder.path().join("newer.zip");
    rewrite(&file, &newer, |name, said| match name {
        "manifest.json" => said.replacen("\"migrations\": [", "\"migrations\": [\"30000101000000\",", 1),
        _ => said,
    });
    refused_without_a_trace(&newer, "is not known here");
}

#[test]
fn files_in_a_bucket_are_in_it_and_a_lost_one_is_named() {
    let server = S3Server::start();
    let portal = fill(spawn_portal_with_files(server.store()));
    let folder = tempfile::tempdir().expect("a temporary folder");
    let lost = portal.read(|conn| Ok(schema::files::table.select(schema::files::id).first(conn)?));
    portal.inside.files.remove_now(lost).expect("taken away behind its back");
    let file = folder.path().join("backup.zip");
    let now = portal.inside.clock.now();
    let taken = take_backup(&portal.inside.db, &portal.inside.files, now, &file).expect("it is taken");
    assert_eq!(taken.missing, [lost]);
    assert!(taken.files > 0);
    let place = tempfile::tempdir().expect("a temporary folder");
    let database = TestDatabase::empty(place.path());
    let store = FileStore::open(&FilesPlace::Folder(place.path().join("files"))).expect("a folder");
    let put = restore_backup(&file, || Ok((Db::open(&database.url).expect("an empty database"), store.clone())));
    let put = put.expect("it is put back");
    assert_eq!((put.files, put.missing), (taken.files, vec![lost]));
}
