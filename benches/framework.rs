//! How long it takes to try a new quality framework, to publish it, and to bring the self-assessments that are being written
//! over to it:
//! `cargo bench --bench framework`; `ASSESSMENTS=500` for fewer than 20,000, and `BENCH_DATABASE_URL` names an empty PostgreSQL
//! database. It says what it measured and judges nothing.

use std::time::{Duration, Instant};

use diesel::prelude::*;
use youth_charter::accounts::{NewAccount, open_confirmed};
use youth_charter::acts::{Act, Portal};
use youth_charter::app::load_content;
use youth_charter::audit::Actor;
use youth_charter::config::{DatabaseUrl, FilesPlace};
use youth_charter::db::schema::{assessment_answers as answers, organisations};
use youth_charter::db::{Db, migrate};
use youth_charter::each;
use youth_charter::error::Result;
use youth_charter::files::FileStore;
use youth_charter::framework::{
    Chosen, Comparison, Draft, DraftText, Framework, IndicatorPart, begin_draft, choose_in_draft, retire_indicator,
    rewrite_draft,
};
use youth_charter::framework_drafting::{Affected, Published, all_concerned, publish, some_concerned};
use youth_charter::ids::{AccountId, IndicatorId};
use youth_charter::organisations::Organisation;
use youth_charter::quality::{Assessment, go_on_with_carrying};
use youth_charter::secrets::SecretKey;
use youth_charter::web::Limits;
use youth_charter::words::{EmailAddress, mark_of};

const AT_ONCE: usize = 500;

fn main() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let portal = open_portal(folder.path());
    let by = act(&portal, |act| {
        load_content(act)?;
        let email = EmailAddress::parse("steward@example.org").expect("an address");
        let new = NewAccount { name: "Stu Steward".to_owned(), email, password_hash: String::new() };
        Ok(open_confirmed(act, &new)?.expect("nobody else has the address").id)
    });
    let wanted: usize = std::env::var("ASSESSMENTS").ok().and_then(|n| n.parse().ok()).unwrap_or(20_000);
    let began = Instant::now();
    for from in (0..wanted).step_by(AT_ONCE) {
        act(&portal, |act| (from..(from + AT_ONCE).min(wanted)).try_for_each(|n| add_assessment(act, by, n)));
    }
    println!("{wanted} self-assessments, {:.1} s to make", began.elapsed().as_secs_f64());
    act(&portal, |act| write_draft(act, by));
    try_it(&portal);
    let edition = portal.db.read_here(Draft::open).expect("it is read").expect("a draft").edition;
    let began = Instant::now();
    let published = act(&portal, |act| publish(act, edition));
    assert!(matches!(published, Published::InForce(_)), "{published:?}");
    println!("{:>9.2} ms  publishing", millis(began.elapsed()));
    let (began, mut batches) = (Instant::now(), Vec::new());
    loop {
        let batch = Instant::now();
        if act(&portal, go_on_with_carrying) == 0 {
            break;
        }
        batches.push(batch.elapsed());
    }
    batches.sort();
    let part = |part: usize| millis(batches[batches.len() * part / 100]);
    println!("{:>9.1} s   {} batches, all over", began.elapsed().as_secs_f64(), batches.len());
    println!("{:>9.2} ms  a batch, half of them quicker; 95 in 100 quicker than {:.2} ms", part(50), part(95));
    let began = Instant::now();
    act(&portal, go_on_with_carrying);
    println!("{:>9.2} ms  to see that nothing is left", millis(began.elapsed()));
}

/// What the pages of a dry run cost.
fn try_it(portal: &Portal) {
    let comparison = portal
        .db
        .read_here(|conn| {
            let draft = Draft::open(conn)?.expect("a draft");
            Ok(Comparison::between(Framework::in_force(conn)?, draft.framework))
        })
        .expect("it is read");
    let time = |what: &str, work: &dyn Fn() -> usize| {
        let began = Instant::now();
        let found = work();
        println!("{:>9.2} ms  {what}: {found}", millis(began.elapsed()));
    };
    let read = |work: &dyn Fn(&mut youth_charter::db::DbConnection) -> Result<usize>| {
        portal.db.read_here(|conn| work(conn)).expect("it is read")
    };
    time("the numbers of a dry run, being written", &|| {
        read(&|conn| Ok(Affected::now(conn, &comparison)?.being_written as usize))
    });
    time("a page of names", &|| read(&|conn| Ok(some_concerned(conn, &comparison, 50, 0)?.len())));
    time("all names", &|| read(&|conn| Ok(all_concerned(conn, &comparison)?.len())));
}

/// Everything is answered in every second one, a third in the others.
fn add_assessment(act: &mut Act<'_>, by: AccountId, n: usize) -> Result<()> {
    let organisation = Organisation::begin(act, by, "Stu Steward", &format!("Club {n}"))?;
    let approved = (organisations::state.eq("approved"), organisations::approved_at.eq(act.at));
    diesel::update(organisations::table.find(organisation.id)).set(approved).execute(act.conn)?;
    let assessment = Assessment::begin(act, organisation.id)?;
    let ids = Framework::in_force(act.conn)?.indicators;
    let some = if n.is_multiple_of(2) { ids.len() } else { ids.len() / 3 };
    let at = act.at;
    let row = |id: &IndicatorId| {
        (
            answers::assessment_id.eq(assessment.id),
            answers::indicator_id.eq(id.clone()),
            answers::judgement.eq("established"),
            answers::narrative.eq("We greet everyone at the door, and young helpers show new people round."),
            answers::edition.eq(1),
            answers::answered_by.eq(by),
            answers::answered_at.eq(at),
            answers::kept_by.eq(by),
            answers::asked_anew.eq(false),
        )
    };
    let rows: Vec<_> = ids.iter().take(some).map(|indicator| row(&indicator.id)).collect();
    let conn = &mut *act.conn;
    each!(conn, c => diesel::insert_into(answers::table).values(&rows).execute(c))?;
    Ok(())
}

/// Two questions ask for something else, and one is asked no more.
fn write_draft(act: &mut Act<'_>, by: AccountId) -> Result<()> {
    begin_draft(act, by)?;
    let first = Framework::in_force(act.conn)?.indicators;
    for indicator in &first[..2] {
        let which = DraftText::Indicator(indicator.id.clone(), IndicatorPart::Question);
        rewrite_draft(act, &which, "What do you do today?", &mark_of(&indicator.question))?;
        choose_in_draft(act, &indicator.id, Chosen::AsksAnew(true), &Chosen::AsksAnew(false).mark())?;
    }
    retire_indicator(act, &first[3].id, &first[3].mark())
}

fn act<T>(portal: &Portal, work: impl FnOnce(&mut Act<'_>) -> Result<T>) -> T {
    portal.act_at(Actor::portal(), portal.clock.now(), work).expect("it is done")
}

fn millis(time: Duration) -> f64 {
    time.as_secs_f64() * 1e3
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
