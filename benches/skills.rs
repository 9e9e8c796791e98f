//! How long the skills audit takes to count, and its pages to answer, with organisations by the thousand:
//! `BENCH_ORGANISATIONS=20000 cargo bench --bench skills`, on SQLite or where `BENCH_DATABASE_URL` says.
//! It says what it measured and judges nothing.

use std::time::{Duration, Instant};

use diesel::prelude::*;
use youth_charter::acts::{Act, Portal};
use youth_charter::app::load_content;
use youth_charter::audit::Actor;
use youth_charter::config::{DatabaseUrl, FilesPlace};
use youth_charter::db::schema::{organisations, people, skills_answers, skills_responses};
use youth_charter::db::{Db, DbConnection, migrate};
use youth_charter::demonstration::generate_organisations;
use youth_charter::error::Result;
use youth_charter::files::FileStore;
use youth_charter::organisations::Organisation;
use youth_charter::reminders::count_skills;
use youth_charter::secrets::SecretKey;
use youth_charter::sector_skills::{SectorPicture, go_on_with_counts, recount_round};
use youth_charter::skills_audit::{
    Answer, Confidence, Instrument, Picture, Response, Round, answer_group, close_round, finish, wishes_in,
};
use youth_charter::web::Limits;

fn main() {
    let number = std::env::var("BENCH_ORGANISATIONS").ok().and_then(|n| n.parse().ok()).unwrap_or(1_000);
    let folder = tempfile::tempdir().expect("a temporary folder");
    let portal = open_portal(folder.path());
    act(&portal, load_content);
    timed("making the organisations", || {
        generate_organisations(&portal, number, "", |_| {}).expect("they are made");
    });
    let count = |of: fn(&mut DbConnection) -> Result<i64>| portal.db.read_here(of).expect("it is read");
    println!("{:>9} organisations", count(|conn| Ok(organisations::table.count().get_result(conn)?)));
    println!("{:>9} people", count(|conn| Ok(people::table.count().get_result(conn)?)));
    println!("{:>9} finished", count(|conn| Ok(skills_responses::table.count().get_result(conn)?)));
    println!("{:>9} answers", count(|conn| Ok(skills_answers::table.count().get_result(conn)?)));

    timed("one batch of a hundred organisations", || act(&portal, |act| go_on_with_counts(act).map(|_| ())));
    timed("counting all the others", || count_skills(&portal).expect("they are counted"));
    let round = portal.db.read_here(Round::open_now).expect("read").expect("it is open");
    one_more_finishes(&portal, &round);
    timed("counting one organisation anew", || count_skills(&portal).expect("it is counted"));
    let found = timed("counting everything again from the answers", || {
        portal.db.read_here(|conn| recount_round(conn, &round)).expect("counted")
    });
    println!("{:>9} mistakes found", found.len());
    act(&portal, |act| close_round(act, &round));
    timed("settling the counts", || count_skills(&portal).expect("settled"));
    pages(&portal);
}

/// What each page reads and works out.
fn pages(portal: &Portal) {
    let round = portal.db.read_here(Round::latest).expect("read").expect("there is one");
    many("the sector’s counts, and what may be said of them", portal, |conn| {
        SectorPicture::of(conn, &round).map(|picture| assert!(picture.is_some()))
    });
    many("all rounds with how far they are", portal, |conn| Round::recent_with_rate(conn).map(drop));
    let one = portal.db.read_here(|conn| Organisation::find_by_slug(conn, "generated-club-7")).expect("it is there");
    many("one organisation’s picture", portal, |conn| Picture::of(conn, round.id, one.id).map(drop));
    many("one organisation’s wishes by name", portal, |conn| wishes_in(conn, &round, one.id).map(drop));
    many("the questions", portal, |conn| Instrument::of(conn, round.instrument).map(drop));
}

fn one_more_finishes(portal: &Portal, round: &Round) {
    timed("answering a group and finishing, again", || {
        act(portal, |act| {
            let response: Response = skills_responses::table
                .filter(skills_responses::round_id.eq(round.id))
                .select(Response::as_select())
                .first(act.conn)?;
            let instrument = Instrument::of(act.conn, round.instrument)?;
            let skill = &instrument.skills[0];
            let confidence = Confidence::new(1).expect("1 to 5");
            let answer = Answer { skill: skill.id.clone(), confidence, wants: true };
            answer_group(act, &response, &skill.group_id, &[answer])?;
            finish(act, &response).map(drop)
        });
    });
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

fn act(portal: &Portal, work: impl FnOnce(&mut Act<'_>) -> Result<()>) {
    portal.act_at(Actor::portal(), portal.clock.now(), work).expect("the act is done");
}

fn many(what: &str, portal: &Portal, work: impl Fn(&mut DbConnection) -> Result<()>) {
    let mut times: Vec<Duration> = (0..20)
        .map(|_| {
            let began = Instant::now();
            portal.db.read_here(&work).expect("it is read");
            began.elapsed()
        })
        .collect();
    times.sort();
    let ms = |at: usize| times[at].as_secs_f64() * 1e3;
    println!("{:>9.1} ms {what}: the middle of 20; the longest {:.1} ms", ms(10), ms(19));
}

fn timed<T>(what: &str, work: impl FnOnce() -> T) -> T {
    let began = Instant::now();
    let done = work();
    println!("{:>9.2} s  {what}", began.elapsed().as_secs_f64());
    done
}
