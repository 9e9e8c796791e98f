//! Random verbs in random order against a model of what a pledge is: the public register is always exactly the pledges in
//! force, and a renewal never leaves a gap.

use std::collections::BTreeSet;

use chrono::Duration;
use diesel::prelude::*;
use rand::rngs::StdRng;
use rand::seq::IndexedRandom;
use rand::{RngExt, SeedableRng};
use youth_charter::charter::{Capacity, Pledge, PledgeState, lapse_due};
use youth_charter::db::schema::organisations;
use youth_charter::error::Error;
use youth_charter::organisations::Organisation;
use youth_charter::public_register::{Matches, Register, RegisterSearch};

use crate::harness::{RunningPortal, spawn_portal};
use crate::pledging::{Pledging, sign, with_both_sides, write_all};

/// What someone may try at any time.
#[derive(Debug, Clone, Copy, PartialEq)]
enum Try {
    Begin,
    Write,
    SignDelivery,
    SignGovernance,
    Reopen,
    Withdraw,
    Renew,
    Rename,
    Lapse,
}

const TRIES: [Try; 8] = [
    Try::Begin,
    Try::Write,
    Try::SignDelivery,
    Try::SignGovernance,
    Try::Reopen,
    Try::Withdraw,
    Try::Renew,
    Try::Rename,
];

/// What an organisation has.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
struct Has {
    in_force: bool,
    /// It has another name than the pledge in force was signed with.
    renamed: bool,
    /// The state of the one that waits for words or signatures.
    under_way: Option<PledgeState>,
    written: bool,
    /// It has had a pledge.
    ever: bool,
}

impl Has {
    /// What the tables in `charter::pledge` and `charter::renewal` say comes of it; `None` is a refusal.
    fn after(self, attempt: Try) -> Option<Self> {
        use PledgeState::{Draft, PartSigned};
        let begun = |written| Some(Self { under_way: Some(Draft), written, ever: true, ..self });
        match (attempt, self.under_way) {
            (Try::Begin, None) if !self.in_force => begun(false),
            (Try::Begin, _) => Some(self),
            (Try::Renew, None) if self.ever && (!self.in_force || self.renamed) => begun(true),
            (Try::Renew, _) => self.ever.then_some(self),
            (Try::Write, Some(Draft)) => Some(Self { written: true, ..self }),
            (Try::SignDelivery, Some(Draft)) if self.written => Some(Self { under_way: Some(PartSigned), ..self }),
            (Try::SignGovernance, Some(PartSigned)) => {
                Some(Self { in_force: true, renamed: false, under_way: None, written: false, ..self })
            }
            (Try::Reopen, Some(PartSigned)) => Some(Self { under_way: Some(Draft), ..self }),
            (Try::Withdraw, _) if self.in_force => Some(Self { in_force: false, renamed: false, ..self }),
            // Half signed, the words would not be the same any more: that has a test of its own.
            (Try::Rename, None | Some(Draft)) => Some(Self { renamed: self.in_force, ..self }),
            (Try::Lapse, _) => Some(Self { in_force: false, renamed: false, ..self }),
            _ => None,
        }
    }

    fn of(portal: &RunningPortal, club: &Pledging) -> Self {
        let id = club.organisation.id;
        let (kept, under_way, ever) = portal.read(|conn| {
            Ok((
                Pledge::in_force_of(conn, id)?,
                Pledge::under_way_of(conn, id)?,
                Pledge::latest_of(conn, id)?.is_some(),
            ))
        });
        let name = portal.read(|conn| Organisation::find(conn, id)).name;
        Self {
            in_force: kept.is_some(),
            renamed: kept.is_some_and(|kept| kept.signed_name != Some(name)),
            written: under_way.is_some() && club.pledge(portal).is_written(),
            under_way: under_way.map(|pledge| pledge.state()),
            ever,
        }
    }
}

#[test]
fn whatever_is_tried_in_whatever_order_the_register_is_exactly_the_pledges_in_force() {
    let portal = spawn_portal();
    let clubs = ["One", "Two", "Three"].map(|name| with_both_sides(&portal, name));
    let mut renewed = 0;
    for seed in 0..6 {
        let mut random = StdRng::seed_from_u64(seed);
        let mut model = clubs.each_ref().map(|club| Has::of(&portal, club));
        for step in 0..150 {
            let n = random.random_range(0..clubs.len());
            let attempt = choose(&mut random, model[n]);
            let what = format!("seed {seed}, step {step}: {attempt:?} of {n} when {:?}", model[n]);
            let after = model[n].after(attempt);
            if attempt == Try::Lapse {
                portal.advance(Duration::days(500));
                while portal.act(lapse_due) > 0 {}
                model = model.map(|has| has.after(attempt).expect("all that is due"));
            } else if attempt != Try::Rename || after.is_some() {
                assert_eq!(attempt_on(&portal, &clubs[n], attempt), after.is_some(), "{what}");
                renewed += i32::from(attempt == Try::SignGovernance && after.is_some() && model[n].in_force);
                model[n] = after.unwrap_or(model[n]);
            }
            assert_eq!(clubs.each_ref().map(|club| Has::of(&portal, club)), model, "{what}");
            let in_force = clubs.iter().zip(model).filter(|(_, has)| has.in_force);
            let in_force: BTreeSet<_> = in_force.map(|(club, _)| name_of(&portal, club)).collect();
            assert_eq!(registered(&portal), in_force, "{what}");
        }
    }
    assert!(renewed > 3, "some were renewed while they were in force: {renewed}");
    portal.read_all_letters();
}

/// Every second time something that changes something, so that they get somewhere; time goes by only now and then.
fn choose(random: &mut StdRng, has: Has) -> Try {
    let changes = |attempt: &&Try| has.after(**attempt).is_some_and(|after| after != has);
    let changing: Vec<&Try> = TRIES.iter().filter(changes).collect();
    match changing.choose(random) {
        _ if random.random_bool(0.02) => Try::Lapse,
        Some(attempt) if random.random_bool(0.7) => **attempt,
        _ => *TRIES.choose(random).expect("there are tries"),
    }
}

fn name_of(portal: &RunningPortal, club: &Pledging) -> String {
    portal.read(|conn| Organisation::find(conn, club.organisation.id)).name
}

fn attempt_on(portal: &RunningPortal, club: &Pledging, attempt: Try) -> bool {
    let organisation = portal.read(|conn| Organisation::find(conn, club.organisation.id));
    let latest = portal.read(|conn| Pledge::latest_of(conn, organisation.id));
    let by = if attempt == Try::SignGovernance { &club.signatory } else { &club.lead };
    if attempt == Try::Begin {
        return portal.try_act(by.actor(), |act| Pledge::begin(act, organisation.id)).is_ok();
    }
    if attempt == Try::Rename {
        let name = format!("{}'", organisation.name);
        portal.act(|act| {
            let row = diesel::update(organisations::table.find(organisation.id));
            Ok(row.set(organisations::name.eq(&name)).execute(act.conn)?)
        });
        return true;
    }
    let Some(pledge) = latest else { return false };
    let done = portal.try_act(by.actor(), |act| match attempt {
        Try::Write => write_all(act, &pledge),
        Try::SignDelivery => sign(act, &organisation, Capacity::Delivery).map(|_| ()),
        // In this test governance always signs second.
        Try::SignGovernance if pledge.state() == PledgeState::Draft => Err(Error::Conflict),
        Try::SignGovernance => sign(act, &organisation, Capacity::Governance).map(|_| ()),
        Try::Reopen => pledge.reopen(act, &organisation),
        Try::Withdraw => {
            let kept = Pledge::in_force_of(act.conn, organisation.id)?.ok_or(Error::Conflict)?;
            kept.withdraw(act, &organisation, "A reason")
        }
        _ => pledge.renew(act).map(|_| ()),
    });
    assert!(matches!(done, Ok(()) | Err(Error::Conflict)), "{done:?}");
    done.is_ok()
}

fn registered(portal: &RunningPortal) -> BTreeSet<String> {
    let register = portal.read(|conn| Register::search(conn, &RegisterSearch::default()));
    assert_eq!(register.found, Matches::Exactly(register.entries.len() as i64));
    register.entries.into_iter().map(|entry| entry.organisation_name).collect()
}
