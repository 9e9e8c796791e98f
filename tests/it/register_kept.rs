//! What the register keeps is what counting everything afresh comes to, whatever happens to organisations and pledges.

use std::collections::{BTreeMap, BTreeSet};

use chrono::{Duration, NaiveDate};
use diesel::prelude::*;
use rand::rngs::StdRng;
use rand::seq::{IndexedRandom, IteratorRandom};
use rand::{RngExt, SeedableRng};
use youth_charter::acts::Act;
use youth_charter::charter::{Capacity, Pledge, lapse_due};
use youth_charter::db::DbConnection;
use youth_charter::db::schema::{
    organisation_districts, organisations, pledges, register_counts, register_places, register_waiting, register_words,
};
use youth_charter::error::{Error, Result};
use youth_charter::ids::{DistrictCode, OrganisationId, PledgeId};
use youth_charter::organisations::{
    Answer, Organisation, StandingStep, WorkingProfile, relist_waiting, word_in_register,
};
use youth_charter::public_register::{Matches, Register, RegisterSearch};
use youth_charter::words::words_to_search;

use crate::harness::{Person, RunningPortal, spawn_portal};
use crate::pledging::{Many, Pledging, begin_and_write, sign, with_both_sides};

/// All that is kept, in order.
#[derive(Debug, PartialEq, Eq)]
struct Kept {
    places: BTreeSet<(String, NaiveDate, PledgeId)>,
    words: BTreeSet<(String, String, PledgeId, NaiveDate)>,
    counts: BTreeMap<String, i64>,
}

impl Kept {
    fn now(conn: &mut DbConnection) -> Result<Self> {
        let counts: Vec<(String, i64)> = register_counts::table.load(conn)?;
        Ok(Self {
            places: register_places::table.load(conn)?.into_iter().collect(),
            words: register_words::table.load(conn)?.into_iter().collect(),
            counts: counts.into_iter().filter(|(_, number)| *number != 0).collect(),
        })
    }

    /// From the organisations and pledges themselves.
    fn counted(conn: &mut DbConnection) -> Result<Self> {
        let in_force: Vec<(PledgeId, NaiveDate, OrganisationId, String)> = pledges::table
            .inner_join(organisations::table)
            .filter(pledges::state.eq("in_force"))
            .filter(organisations::standing.eq("open"))
            .select((pledges::id, pledges::in_force_on.assume_not_null(), organisations::id, organisations::name))
            .load(conn)?;
        let works_in: Vec<(OrganisationId, String)> = organisation_districts::table
            .select((organisation_districts::organisation_id, organisation_districts::district_code))
            .load(conn)?;
        let (mut places, mut words, mut counts) = (BTreeSet::new(), BTreeSet::new(), BTreeMap::new());
        for (pledge, day, organisation, name) in in_force {
            let theirs = works_in.iter().filter(|(id, _)| *id == organisation).map(|(_, place)| place.clone());
            for place in theirs.chain([String::new()]) {
                places.insert((place.clone(), day, pledge));
                let word = |word: &String| (place.clone(), word_in_register(word), pledge, day);
                words.extend(words_to_search(&name).iter().map(word));
                *counts.entry(place).or_default() += 1;
            }
        }
        Ok(Self { places, words, counts })
    }
}

fn assert_kept(portal: &RunningPortal, what: &str) {
    let (kept, counted) = portal.read(|conn| Ok((Kept::now(conn)?, Kept::counted(conn)?)));
    assert_eq!(kept, counted, "{what}");
}

#[derive(Debug, Clone, Copy)]
enum Try {
    Sign,
    Renew,
    Withdraw,
    Lapse,
    Suspend,
    Close,
    Reopen,
    Move,
    Rename,
}

const TRIES: [Try; 9] =
    [Try::Sign, Try::Renew, Try::Withdraw, Try::Lapse, Try::Suspend, Try::Close, Try::Reopen, Try::Move, Try::Rename];
const DISTRICTS: [&str; 4] = ["E06000018", "E07000170", "E07000172", "E07000176"];

#[test]
fn whatever_happens_the_register_is_as_if_it_were_counted_afresh() {
    let portal = spawn_portal();
    let steward = portal.steward();
    let clubs = ["One Club", "Two Clubs", "Three Clubs and One"].map(|name| with_both_sides(&portal, name));
    let mut most = 0;
    for seed in 0..4 {
        let mut random = StdRng::seed_from_u64(seed);
        for step in 0..80 {
            let club = clubs.choose(&mut random).expect("there are clubs");
            // Signing more often than ending, so that there is something to end.
            let attempt = if random.random_bool(0.4) { Try::Sign } else { *TRIES.choose(&mut random).expect("tries") };
            let attempt = if random.random_bool(0.1) { Try::Reopen } else { attempt };
            let done = attempt_on(&portal, &steward, club, attempt, &mut random);
            assert!(matches!(done, Ok(()) | Err(Error::Conflict)), "{done:?}");
            let what = format!("seed {seed}, step {step}: {attempt:?} of {}", club.organisation.name);
            assert_kept(&portal, &what);
            let register = portal.read(|conn| Register::search(conn, &RegisterSearch::default()));
            assert_eq!(register.found, Matches::Exactly(register.entries.len() as i64), "{what}");
            most = most.max(register.entries.len());
        }
    }
    assert_eq!(most, clubs.len(), "at some time all of them stood in it");
    portal.read_all_letters();
}

fn attempt_on(
    portal: &RunningPortal,
    steward: &Person,
    club: &Pledging,
    attempt: Try,
    random: &mut StdRng,
) -> Result<()> {
    let id = club.organisation.id;
    let step = |step: StandingStep| {
        portal.try_act(steward.actor(), |act| {
            Organisation::find(act.conn, id)?.take_step(act, step, steward.account(), "A reason")
        })
    };
    match attempt {
        Try::Sign => {
            portal.try_act(club.lead.actor(), |act| {
                let organisation = Organisation::find(act.conn, id)?;
                begin_and_write(act, &organisation)?;
                sign(act, &organisation, Capacity::Delivery).map(drop)
            })?;
            portal.try_act(club.signatory.actor(), |act| {
                let organisation = Organisation::find(act.conn, id)?;
                sign(act, &organisation, Capacity::Governance).map(drop)
            })
        }
        Try::Renew => portal.try_act(club.lead.actor(), |act| match Pledge::latest_of(act.conn, id)? {
            Some(pledge) => pledge.renew(act).map(drop),
            None => Err(Error::Conflict),
        }),
        Try::Withdraw => portal.try_act(club.lead.actor(), |act| {
            let organisation = Organisation::find(act.conn, id)?;
            let pledge = Pledge::in_force_of(act.conn, id)?.ok_or(Error::Conflict)?;
            pledge.withdraw(act, &organisation, "A reason")
        }),
        Try::Lapse => {
            portal.advance(Duration::days(random.random_range(30..200)));
            while portal.act(lapse_due) > 0 {}
            Ok(())
        }
        Try::Suspend => step(StandingStep::Suspend),
        Try::Close => step(StandingStep::Close),
        Try::Reopen => step(StandingStep::Reopen),
        Try::Move => {
            let number = random.random_range(1..=3);
            let districts = DISTRICTS.iter().sample(random, number).into_iter().map(|code| DistrictCode::from(*code));
            let answer = Answer::Districts(districts.collect());
            portal.try_act(club.lead.actor(), |act| publish(act, club, answer))
        }
        Try::Rename => {
            let name = format!("{} {}", club.organisation.name, random.random_range(1..100));
            portal.try_act(club.lead.actor(), |act| publish(act, club, Answer::Name(name)))
        }
    }
}

fn publish(act: &mut Act<'_>, club: &Pledging, answer: Answer) -> Result<()> {
    let organisation = Organisation::find(act.conn, club.organisation.id)?;
    let question = answer.question();
    let working = WorkingProfile::of(act.conn, organisation.clone())?;
    organisation.change_answer(act, club.lead.account().id, answer, &working.mark_of(question))?;
    let working = WorkingProfile::of(act.conn, organisation.clone())?;
    organisation.publish_changes(act, &working.mark_of_changes()).map(drop)
}

#[test]
fn changes_at_the_same_moment_are_all_counted() {
    let portal = spawn_portal();
    let steward = portal.steward();
    let many = Many::of(&portal);
    (0..12).for_each(|n| many.pledge(&portal, &format!("Club {n}"), &DISTRICTS[n % 3..]));
    let all: Vec<Organisation> = portal.read(|conn| {
        let ids: Vec<OrganisationId> = organisations::table.select(organisations::id).load(conn)?;
        ids.into_iter().map(|id| Organisation::find(conn, id)).collect()
    });
    std::thread::scope(|scope| {
        for (n, organisation) in all.iter().enumerate() {
            let (portal, account, actor) = (&portal, steward.account().clone(), steward.actor());
            scope.spawn(move || {
                let done = portal.try_act(actor, |act| match n % 2 {
                    0 => organisation.take_step(act, StandingStep::Suspend, &account, "A reason"),
                    _ => {
                        let pledge = Pledge::in_force_of(act.conn, organisation.id)?.ok_or(Error::Conflict)?;
                        pledge.withdraw(act, organisation, "A reason")
                    }
                });
                assert!(matches!(done, Ok(())), "{done:?}");
            });
        }
    });
    portal.read_all_letters();
    assert_kept(&portal, "six suspended while six withdrew");
    let register = portal.read(|conn| Register::search(conn, &RegisterSearch::default()));
    assert_eq!((register.found, register.entries.len()), (Matches::Exactly(0), 0));
}

/// As after the upgrade: everyone stands in their places, and no name is taken apart yet.
#[test]
fn names_of_before_there_were_words_are_taken_apart_by_themselves() {
    let portal = spawn_portal();
    let many = Many::of(&portal);
    (0..3).for_each(|n| many.pledge(&portal, &format!("Élan {n}"), &DISTRICTS[..2]));
    portal.read_all_letters();
    portal.act(|act| {
        diesel::delete(register_words::table).execute(act.conn)?;
        let places = register_places::table.filter(register_places::place.eq("")).select(register_places::pledge_id);
        let all: Vec<PledgeId> = places.load(act.conn)?;
        for pledge in all {
            let row = register_waiting::pledge_id.eq(pledge);
            diesel::insert_into(register_waiting::table).values(row).execute(act.conn)?;
        }
        Ok(())
    });
    let mut visitor = portal.visitor();
    visitor.visit("/pledges").sees("3 organisations have pledged");
    visitor.visit("/pledges?q=elan").sees("No pledge found");
    assert_eq!((portal.act(relist_waiting), portal.act(relist_waiting)), (3, 0));
    assert_kept(&portal, "taken apart");
    visitor.visit("/pledges?q=elan").sees("3 organisations found");
}
