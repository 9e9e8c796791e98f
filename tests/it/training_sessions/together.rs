//! Many at once, with real threads on the database in use: the waiting list and the number of places never disagree.

use std::sync::{Arc, Barrier};

use proptest::prelude::*;
use youth_charter::audit::Actor;
use youth_charter::error::Error;
use youth_charter::ids::{AccountId, OrganisationId, PersonId, TrainingSessionId};
use youth_charter::organisations::{Engagement, MembershipRole, Position, add_without_account};
use youth_charter::training_sessions::{
    Asked, Booking, BookingState, HeldFor, Plan, TrainingSession, Wish, ask_for_place, bookings_in, replan_session,
};

use crate::harness::{NewOrganisation, NewProvider, RunningPortal, spawn_portal};

/// What one person does.
#[derive(Debug, Clone, Copy)]
enum Step {
    Asks(usize),
    GivesUp(usize),
    Resizes(i32),
}

struct Hall {
    portal: RunningPortal,
    by: AccountId,
    /// Of two organisations in turn; the first has had a place before.
    people: Vec<(PersonId, OrganisationId)>,
}

const PEOPLE: usize = 8;

fn hall() -> (Hall, NewProvider) {
    let portal = spawn_portal();
    let base = portal.appointed_provider("Base 51");
    let NewOrganisation { organisation: hub, lead } = portal.approved_organisation("The Hub");
    let elsewhere = portal.approved_organisation("Elsewhere").organisation;
    let position =
        Position { role: MembershipRole::Practitioner, engagement: Engagement::Volunteer, accountable: false };
    let people = (0..PEOPLE).map(|number| {
        let at = if number % 2 == 0 { hub.id } else { elsewhere.id };
        let member = portal.act(|act| add_without_account(act, at, &format!("Person {number}"), position));
        (member.person.id, at)
    });
    let people: Vec<_> = people.collect();
    let by = lead.account().id;
    let before = portal.open_session(&base, portal.plan_for("gdpr", 3));
    let hall = Hall { portal, by, people };
    hall.ask(before.id, 0).expect("there is room");
    (hall, base)
}

impl Hall {
    fn ask(&self, session: TrainingSessionId, who: usize) -> Result<Asked, Error> {
        let (person, organisation) = self.people[who];
        let wish = Wish { person, organisation, asked_by: self.by, access_needs: None, wants_bursary: false };
        self.portal.try_act(Actor::portal(), |act| ask_for_place(act, session, &wish))
    }

    fn give_up(&self, session: TrainingSessionId, who: usize) -> Result<(), Error> {
        let person = self.people[who].0;
        self.portal.try_act(Actor::portal(), |act| match Booking::of(act.conn, session, person)? {
            Some(booking) => booking.give_up(act),
            None => Ok(()),
        })
    }

    fn resize(&self, session: TrainingSessionId, capacity: i32) -> Result<(), Error> {
        self.portal.try_act(Actor::portal(), |act| {
            let session = TrainingSession::find(act.conn, session)?;
            // As the form would have it: never more held than there are.
            let plan = Plan { capacity, held: session.held.min(capacity), ..Plan::of(&session) };
            replan_session(act, &session, &plan).map(|_| ())
        })
    }

    fn take(&self, session: TrainingSessionId, step: Step) {
        let outcome = match step {
            Step::Asks(who) => self.ask(session, who).map(|_| ()),
            Step::GivesUp(who) => self.give_up(session, who),
            Step::Resizes(capacity) => self.resize(session, capacity),
        };
        // Two who give up the same place at once: one is told that it has changed.
        assert!(matches!(outcome, Ok(()) | Err(Error::Conflict)), "{step:?}: {:?}", outcome.err());
    }

    /// What the session's row says is what the bookings say; and nobody waits for what is free for them.
    fn check(&self, session: TrainingSessionId) {
        let (now, booked, waiting) = self.portal.read(|conn| {
            Ok((
                TrainingSession::find(conn, session)?,
                bookings_in(conn, session, &[BookingState::Booked])?,
                bookings_in(conn, session, &[BookingState::Waiting])?,
            ))
        });
        assert_eq!(now.booked(), booked.len() as i32, "the row and the bookings agree");
        assert!(now.booked() <= now.capacity);
        let is_newcomer = |booking: &Booking| booking.organisation_id != Some(self.people[0].1);
        let held = if now.held_for == HeldFor::Nobody { 0 } else { now.held };
        let seated_newcomers = booked.iter().filter(|booking| is_newcomer(booking)).count() as i32;
        let free = now.capacity - now.booked();
        let free_for_all = free - (held - seated_newcomers).max(0);
        if waiting.iter().any(is_newcomer) {
            assert_eq!(free, 0, "a newcomer waits while a place is free");
        }
        if waiting.iter().any(|booking| !is_newcomer(booking)) {
            assert!(free_for_all <= 0, "someone waits while a place is free for all");
        }
    }
}

#[test]
fn two_who_take_the_last_place_at_once_do_not_both_get_it() {
    let (hall, base) = hall();
    for _ in 0..10 {
        let session = hall.portal.open_session(&base, hall.portal.plan_for("send", 1)).id;
        let start = Arc::new(Barrier::new(4));
        let asked: Vec<Asked> = std::thread::scope(|scope| {
            let asking = (0..4).map(|who| {
                let (hall, start) = (&hall, start.clone());
                scope.spawn(move || {
                    start.wait();
                    hall.ask(session, who).expect("an answer")
                })
            });
            asking.collect::<Vec<_>>().into_iter().map(|one| one.join().expect("no panic")).collect()
        });
        let booked = asked.iter().filter(|one| **one == Asked::Booked).count();
        assert_eq!(booked, 1, "{asked:?}");
        hall.check(session);
    }
    hall.portal.read_all_letters();
}

#[test]
fn whatever_many_do_at_once_places_and_waiting_list_agree() {
    let (hall, base) = hall();
    let step = prop_oneof![
        4 => (0..PEOPLE).prop_map(Step::Asks),
        2 => (0..PEOPLE).prop_map(Step::GivesUp),
        1 => (1..7_i32).prop_map(Step::Resizes),
    ];
    let steps = proptest::collection::vec(proptest::collection::vec(step, 1..8), 3);
    let mut runner = proptest::test_runner::TestRunner::new(ProptestConfig {
        cases: 48,
        failure_persistence: None,
        ..ProptestConfig::default()
    });
    let ran = runner.run(&(steps, 1..5_i32, 0..3_i32), |(threads, capacity, held)| {
        let until = hall.portal.inside.clock.now() + chrono::Duration::days(3);
        let (held_for, held) = if held == 0 { (HeldFor::Nobody, 0) } else { (HeldFor::Newcomers, held.min(capacity)) };
        let plan = Plan { held, held_for, held_until: Some(until), ..hall.portal.plan_for("send", capacity) };
        // Nobody is a newcomer for what earlier rounds gave them.
        hall.forget_rounds();
        let session = hall.portal.open_session(&base, plan).id;
        std::thread::scope(|scope| {
            for steps in &threads {
                let hall = &hall;
                scope.spawn(move || steps.iter().for_each(|step| hall.take(session, *step)));
            }
        });
        hall.check(session);
        Ok(())
    });
    hall.portal.read_all_letters();
    ran.unwrap_or_else(|wrong| panic!("{wrong}"));
}

impl Hall {
    /// Ends every place but that of the first session, so that each round begins the same.
    fn forget_rounds(&self) {
        use diesel::prelude::*;
        use youth_charter::db::schema::{training_bookings, training_sessions};
        self.portal.act(|act| {
            let first: TrainingSessionId =
                training_sessions::table.order(training_sessions::id).select(training_sessions::id).first(act.conn)?;
            diesel::update(training_bookings::table.filter(training_bookings::session_id.ne(first)))
                .set(training_bookings::state.eq(BookingState::Cancelled))
                .execute(act.conn)?;
            Ok(())
        });
    }
}
