//! How long 300,000 completions take to come in, what others notice of it meanwhile, and how long the matrix of 200
//! people takes: `cargo bench --bench imports`. It says what it measured and judges nothing.

use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};

use diesel::prelude::*;
use youth_charter::accounts::{NewAccount, open_confirmed};
use youth_charter::acts::Portal;
use youth_charter::app::load_content;
use youth_charter::audit::{Actor, Subject};
use youth_charter::config::{DatabaseUrl, FilesPlace};
use youth_charter::db::{Db, migrate};
use youth_charter::error::Result;
use youth_charter::files::FileStore;
use youth_charter::ids::AccountId;
use youth_charter::imports::{
    CourseNames, FOR_MANY, Import, ImportState, check_import, keep_rows, take_apart, work_on_imports,
};
use youth_charter::organisations::Organisation;
use youth_charter::secrets::SecretKey;
use youth_charter::sheets::{BookSheet, read_sheet, write_workbook};
use youth_charter::training::Matrix;
use youth_charter::web::Limits;
use youth_charter::words::EmailAddress;

const ORGANISATIONS: usize = 90;
const PEOPLE: usize = 200;
const MODULES: usize = 17;

fn main() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let portal = open_portal(folder.path());
    let by = fill(&portal).expect("an account and organisations");
    let path = folder.path().join("register.xlsx");
    std::fs::write(&path, timed("writing the workbook", || workbook(&portal))).expect("room for a workbook");
    println!("{:>9.1} MB the workbook", std::fs::metadata(&path).map_or(0.0, |m| m.len() as f64 / 1e6));

    let sheet = timed("reading the workbook", || read_sheet(&path, FOR_MANY).expect("it is read"));
    println!("{:>9} rows with {} completions", sheet.rows.len() - 1, (sheet.rows.len() - 1) * MODULES);
    let (about, columns, rows) = take_apart(sheet, &portal.db.read_here(CourseNames::load).expect("names"));
    let act = |work: &mut dyn FnMut(&mut youth_charter::acts::Act<'_>) -> Result<()>| {
        portal.act_at(Actor::portal(), portal.clock.now(), |act| work(act)).expect("the act is done");
    };
    let mut import = None;
    timed("keeping the rows", || {
        act(&mut |act| {
            import = Some(Import::begin(act, None, by, "register.xlsx", &about)?);
            Ok(())
        });
        let import = import.as_ref().expect("it has begun");
        rows.chunks(5_000).for_each(|some| act(&mut |act| keep_rows(act.conn, import.id, some)));
        act(&mut |act| import.received(act, &columns));
    });
    let import = portal.db.read_here(|conn| Import::find(conn, import.expect("it has begun").id)).expect("it is there");
    let today = youth_charter::clock::day_of(portal.clock.now());
    let checked =
        timed("the dry run", || portal.db.read_here(|conn| check_import(conn, &import, today)).expect("checked"));
    println!("{:>9} completions to add, {} findings", checked.completions(), checked.findings().len());

    let quiet = watch_others(&portal, || std::thread::sleep(Duration::from_secs(3)));
    say_others("with nothing going on", &quiet);
    act(&mut |act| import.add(act, by).map(drop));
    let busy = watch_others(&portal, || {
        timed("adding all of it, in the background", || work_on_imports(&portal).expect("it is worked through"));
    });
    say_others("while it is added", &busy);
    let state = portal.db.read_here(|conn| Import::find(conn, import.id)).expect("it is there").state();
    assert_eq!(state, ImportState::Done);

    let one = portal.db.read_here(|conn| Organisation::find_by_slug(conn, "organisation-7")).expect("it is there");
    let mut times: Vec<Duration> = (0..20)
        .map(|_| {
            let began = Instant::now();
            let matrix = portal.db.read_here(|conn| Matrix::of(conn, &one, today)).expect("a matrix");
            assert_eq!(matrix.modules.len(), MODULES);
            began.elapsed()
        })
        .collect();
    times.sort();
    println!("{:>9.1} ms the matrix of {PEOPLE} × {MODULES}, the middle of 20", times[10].as_secs_f64() * 1e3);
    act(&mut |act| import_again(act.conn, &import)?.undo(act));
    let busy = watch_others(&portal, || {
        timed("taking it back, in the background", || work_on_imports(&portal).expect("it is worked through"));
    });
    say_others("while it is taken back", &busy);
}

fn import_again(conn: &mut youth_charter::db::DbConnection, import: &Import) -> Result<Import> {
    Import::find(conn, import.id)
}

fn open_portal(folder: &std::path::Path) -> Portal {
    let url = match std::env::var("BENCH_DATABASE_URL") {
        Ok(url) => DatabaseUrl::parse(&url).expect("an address of a database"),
        Err(_) => DatabaseUrl::Sqlite(folder.join("portal.sqlite")),
    };
    let db = Db::open(&url).expect("the database opens");
    db.read_here(migrate).expect("the tables are made");
    Portal {
        db,
        files: FileStore::open(&FilesPlace::Folder(folder.join("files"))).expect("a folder for files"),
        clock: Default::default(),
        identity_provider: None,
        secret: SecretKey::new_random(),
        limits: Limits::none(),
        site: "http://127.0.0.1".into(),
        demonstration: false,
        retention: Default::default(),
    }
}

/// One account that leads them all.
fn fill(portal: &Portal) -> Result<AccountId> {
    portal.act_at(Actor::portal(), portal.clock.now(), |act| {
        load_content(act)?;
        let email = EmailAddress::parse("steward@example.org").expect("an address");
        let new = NewAccount { name: "Stu Steward".to_owned(), email, password_hash: String::new() };
        let account = open_confirmed(act, &new)?.expect("nobody else has the address");
        for n in 0..ORGANISATIONS {
            Organisation::begin(act, account.id, "Stu Steward", &format!("Organisation {n}"))?;
        }
        use youth_charter::db::schema::organisations;
        diesel::update(organisations::table).set(organisations::state.eq("approved")).execute(act.conn)?;
        Ok(account.id)
    })
}

fn workbook(portal: &Portal) -> Vec<u8> {
    let names = portal.db.read_here(CourseNames::load).expect("names").full_names();
    let header = ["Organisation".to_owned(), "Full name".to_owned()].into_iter().chain(names).collect();
    let mut rows = Vec::new();
    for organisation in 0..ORGANISATIONS {
        for person in 0..PEOPLE {
            let mut row = vec![format!("Organisation {organisation}"), format!("Person {organisation} {person}")];
            row.extend((0..MODULES).map(|module| format!("{}/{}/2025", 1 + (person + module) % 28, 1 + module % 12)));
            rows.push(row);
        }
    }
    write_workbook(&[BookSheet { name: "Register", header, rows, choices: Vec::new() }]).expect("a workbook")
}

/// What a reader and a writer wait for, each doing something small every few milliseconds.
fn watch_others(portal: &Portal, work: impl FnOnce()) -> [Vec<Duration>; 2] {
    let over = AtomicBool::new(false);
    std::thread::scope(|scope| {
        let over = &over;
        let again = |one: fn(&Portal)| {
            let mut times = Vec::new();
            while !over.load(Ordering::Relaxed) {
                let began = Instant::now();
                one(portal);
                times.push(began.elapsed());
                std::thread::sleep(Duration::from_millis(5));
            }
            times.sort();
            times
        };
        let reader = scope.spawn(move || again(read_something));
        let writer = scope.spawn(move || again(write_something));
        work();
        over.store(true, Ordering::Relaxed);
        [reader, writer].map(|thread| thread.join().expect("others go on"))
    })
}

fn read_something(portal: &Portal) {
    portal.db.read_here(|conn| Organisation::find_by_slug(conn, "organisation-3")).expect("it is read");
}

fn write_something(portal: &Portal) {
    let entry = |act: &mut youth_charter::acts::Act<'_>| {
        act.record("something done", Subject::of("bench", 1), serde_json::json!({}))
    };
    portal.act_at(Actor::portal(), portal.clock.now(), entry).expect("it is written");
}

fn say_others(when: &str, [reads, writes]: &[Vec<Duration>; 2]) {
    for (what, times) in [("read", reads), ("write", writes)] {
        let ms =
            |part: f64| times.get(((times.len() as f64 - 1.0) * part) as usize).map_or(0.0, |t| t.as_secs_f64() * 1e3);
        println!(
            "{:>9.1} ms a small {what} {when}: the middle; 99 in 100 {:.0} ms, the longest {:.0} ms, of {}",
            ms(0.5),
            ms(0.99),
            ms(1.0),
            times.len()
        );
    }
}

fn timed<T>(what: &str, work: impl FnOnce() -> T) -> T {
    let began = Instant::now();
    let done = work();
    println!("{:>9.2} s  {what}", began.elapsed().as_secs_f64());
    done
}
