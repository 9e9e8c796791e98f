//! How long the pages of the Charter and of the register take, with a hundred pledges and with ten thousand, and what the
//! certificate of a pledge costs:
//! `cargo bench --bench register`; `BENCH_DATABASE_URL` names an empty PostgreSQL database. It says what it measured and
//! judges nothing.

use std::sync::mpsc;
use std::time::{Duration, Instant};

use actix_web::rt::System;
use chrono::Days;
use diesel::prelude::*;
use youth_charter::accounts::{NewAccount, open_confirmed};
use youth_charter::acts::{Act, Portal};
use youth_charter::app::{listen, load_content, serve};
use youth_charter::audit::Actor;
use youth_charter::charter::{Capacity, CharterVersion, NewSignature, Pledge, PledgeInFull};
use youth_charter::config::{DatabaseUrl, FilesPlace};
use youth_charter::credentials::pledge_certificate;
use youth_charter::db::schema::{organisation_districts, organisations, pledges};
use youth_charter::db::{Db, migrate};
use youth_charter::drawing::draw_here;
use youth_charter::each;
use youth_charter::error::Result;
use youth_charter::files::FileStore;
use youth_charter::ids::{AccountId, PledgeId};
use youth_charter::organisations::{
    District, Engagement, MembershipRole, Organisation, Position, join, person_of, relist,
};
use youth_charter::programme::Programme;
use youth_charter::secrets::SecretKey;
use youth_charter::web::Limits;
use youth_charter::words::EmailAddress;

const FEW: usize = 100;
const MANY: usize = 10_000;
const TIMES: usize = 300;
const WORDS_OF_A_PROMISE: &str = "Every term young people plan the programme with us, and we say what came of it.";
const WORDS: [&str; 12] = [
    "Arches", "Bridge", "Castle", "Forest", "Harbour", "Lantern", "Meadow", "Northern", "Orchard", "River", "Sherwood",
    "Willow",
];

fn main() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let portal = open_portal(folder.path());
    let by = portal
        .act_at(Actor::portal(), portal.clock.now(), |act| {
            load_content(act)?;
            let email = EmailAddress::parse("steward@example.org").expect("an address");
            let new = NewAccount { name: "Stu Steward".to_owned(), email, password_hash: String::new() };
            Ok(open_confirmed(act, &new)?.expect("nobody else has the address").id)
        })
        .expect("the content and an account");
    measure_certificate(&portal, by);
    let site = serve_it(portal.clone());
    let mut there = 0;
    for wanted in [FEW, MANY] {
        let began = Instant::now();
        while there < wanted {
            let to = (there + 500).min(wanted);
            let add = |act: &mut Act<'_>| (there..to).try_for_each(|n| add_pledge(act, by, n));
            portal.act_at(Actor::portal(), portal.clock.now(), add).expect("pledges");
            there = to;
        }
        println!("{wanted} pledges, {:.1} s to make", began.elapsed().as_secs_f64());
        measure_pages(&portal, &site, wanted);
    }
    println!("{:>9} places and words of one organisation, written anew: {}", "", {
        let one = portal.db.read_here(|conn| Organisation::find_by_slug(conn, "club-7-arches")).expect("it is there");
        say(times_of(|| {
            portal
                .act_at(Actor::portal(), portal.clock.now(), |act| {
                    relist(act, one.id);
                    Ok(())
                })
                .expect("it is done");
        }))
    });
}

/// The first paper reads the letters' shapes; what it costs after that is what it costs.
fn measure_certificate(portal: &Portal, lead: AccountId) {
    let whole = portal.act_at(Actor::portal(), portal.clock.now(), |act| sign_one(act, lead)).expect("a pledge");
    let draw = || {
        let began = cpu_time();
        let paper = pledge_certificate("The Hub", &whole, "https://charter.example.org", portal.clock.now());
        let bytes = draw_here(paper).expect("it is drawn").len();
        (cpu_time() - began, bytes)
    };
    let (cold, bytes) = draw();
    let mut warm: Vec<Duration> = (0..TIMES).map(|_| draw().0).collect();
    warm.sort();
    println!("{} KB  a certificate, processor time; the first {:.1} ms", bytes / 1024, cold.as_secs_f64() * 1e3);
    println!("{}  the others", say(warm));
}

/// A pledge that is signed by both sides.
fn sign_one(act: &mut Act<'_>, lead: AccountId) -> Result<PledgeInFull> {
    let email = EmailAddress::parse("chair@example.org").expect("an address");
    let new = NewAccount { name: "Cleo Chair".to_owned(), email, password_hash: String::new() };
    let chair = open_confirmed(act, &new)?.expect("nobody else has the address").id;
    let hub = Organisation::begin(act, lead, "Stu Steward", "The Hub")?;
    let person = person_of(act, chair, "Cleo Chair")?;
    let position = Position { role: MembershipRole::Signatory, engagement: Engagement::Trustee, accountable: true };
    join(act, hub.id, person, position)?;
    Programme { training_first: false, ..Programme::default() }.set(act)?;
    let pledge = Pledge::begin(act, hub.id)?;
    for statement in CharterVersion::in_force(act.conn)?.statements(act.conn)? {
        pledge.write_commitment(act, &statement.id, WORDS_OF_A_PROMISE)?;
    }
    for (account, capacity) in [(lead, Capacity::Delivery), (chair, Capacity::Governance)] {
        act.by = Actor { account: Some(account), name: "Somebody".to_owned() };
        let begun = Pledge::latest_of(act.conn, hub.id)?.expect("it was begun");
        let whole = PledgeInFull::of(act.conn, begun)?;
        let new = NewSignature {
            capacity,
            name: "Somebody".to_owned(),
            role: "Someone who may".to_owned(),
            authority: "I have the authority".to_owned(),
            words_seen: whole.words_hash(&hub.name),
        };
        whole.pledge.sign(act, &hub, new)?;
    }
    act.by = Actor::portal();
    let in_force = Pledge::in_force_of(act.conn, hub.id)?.expect("both have signed");
    PledgeInFull::of(act.conn, in_force)
}

/// What this thread has had of a processor, as Linux counts it.
fn cpu_time() -> Duration {
    let said = std::fs::read_to_string("/proc/thread-self/schedstat").expect("Linux counts");
    Duration::from_nanos(said.split(' ').next().and_then(|first| first.parse().ok()).expect("nanoseconds"))
}

/// Some in one district, some in three, none in the rarest but one in a hundred.
fn add_pledge(act: &mut Act<'_>, by: AccountId, n: usize) -> Result<()> {
    let name = format!("Club {n} {}", WORDS[(n + 5) % WORDS.len()]);
    let organisation = Organisation::begin(act, by, "Stu Steward", &name)?;
    let approved = (organisations::state.eq("approved"), organisations::approved_at.eq(act.at));
    diesel::update(organisations::table.find(organisation.id)).set(approved).execute(act.conn)?;
    let districts = District::all(act.conn)?;
    let places: Vec<_> = match n % 100 {
        0 => vec![&districts[7]],
        rest if rest % 10 == 1 => districts[..3].iter().collect(),
        rest => vec![&districts[rest % 7]],
    };
    let rows: Vec<_> = places
        .iter()
        .map(|place| {
            (
                organisation_districts::organisation_id.eq(organisation.id),
                organisation_districts::district_code.eq(&place.code),
            )
        })
        .collect();
    let conn = &mut *act.conn;
    each!(conn, c => diesel::insert_into(organisation_districts::table).values(&rows).execute(c))?;
    let charter = CharterVersion::in_force(act.conn)?;
    let day = act.today() - Days::new((n % 300) as u64);
    let pledge = (
        pledges::id.eq(PledgeId::new()),
        pledges::organisation_id.eq(organisation.id),
        pledges::charter_version_id.eq(charter.id),
        pledges::charter_hash.eq(&charter.hash),
        pledges::code.eq(format!("PL-{n:08}")),
        pledges::state.eq("in_force"),
        pledges::started_at.eq(act.at),
        pledges::in_force_on.eq(day),
        pledges::ends_on.eq(day + Days::new(365)),
        pledges::signed_name.eq(&name),
        (pledges::words_form.eq(2), pledges::shows_progress.eq(false)),
    );
    diesel::insert_into(pledges::table).values(pledge).execute(act.conn)?;
    relist(act, organisation.id);
    Ok(())
}

fn measure_pages(portal: &Portal, site: &str, there: usize) {
    let district = |place: usize| portal.db.read_here(District::all).expect("districts")[place].code.clone();
    let pages = [
        ("the Charter", "/charter".to_owned()),
        ("the first page", "/pledges".to_owned()),
        ("a page in the middle", format!("/pledges?after=PL-{:08}", there / 2)),
        ("the page before it", format!("/pledges?before=PL-{:08}", there / 2)),
        ("a word that all have", "/pledges?q=club".to_owned()),
        ("a word that one in twelve has", "/pledges?q=sherw".to_owned()),
        ("two words", "/pledges?q=club+sherwood".to_owned()),
        ("one organisation", format!("/pledges?q=club+{}", there - 3)),
        ("a word that none has", "/pledges?q=zebra".to_owned()),
        ("a large district", format!("/pledges?district={}", district(1))),
        ("a small district", format!("/pledges?district={}", district(7))),
        ("a word in a small district", format!("/pledges?district={}&q=club", district(7))),
        ("one pledge", format!("/pledges/PL-{:08}", there / 2)),
    ];
    let agent: ureq::Agent = ureq::Agent::config_builder().build().into();
    for (what, page) in pages {
        let mut bytes = 0;
        let times = times_of(|| {
            let answer = agent.get(format!("{site}{page}")).call().expect("the page");
            bytes = answer.into_body().read_to_vec().expect("its text").len();
        });
        println!("{} {:>4} KB  {what}: {page}", say(times), bytes / 1024);
    }
}

fn times_of(mut work: impl FnMut()) -> Vec<Duration> {
    work();
    let mut times: Vec<Duration> = (0..TIMES)
        .map(|_| {
            let began = Instant::now();
            work();
            began.elapsed()
        })
        .collect();
    times.sort();
    times
}

/// Half of them were quicker than the first number, and 95 in 100 than the second.
fn say(times: Vec<Duration>) -> String {
    let ms = |part: usize| times[times.len() * part / 100].as_secs_f64() * 1e3;
    format!("p50 {:>6.2} ms  p95 {:>6.2} ms", ms(50), ms(95))
}

fn serve_it(portal: Portal) -> String {
    let listener = listen(([127, 0, 0, 1], 0).into()).expect("there is a free port");
    let site = format!("http://{}", listener.local_addr().expect("a bound port"));
    let (sender, receiver) = mpsc::channel();
    std::thread::spawn(move || {
        System::new().block_on(async {
            let server = serve(portal, listener, 1).expect("the server starts");
            sender.send(()).expect("somebody waits");
            server.await.expect("the server ends in good order");
        });
    });
    receiver.recv().expect("the server starts");
    site
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
