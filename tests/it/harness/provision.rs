//! Fixtures: training providers, their people and their sessions, by the same verbs that the pages use.

use chrono::{Duration, Timelike};
use youth_charter::ids::ModuleId;
use youth_charter::providers::{TrainingProvider, accept_provider_invitation, add_provider, invite_to_provider};
use youth_charter::training_sessions::{Plan, SessionSubject, TrainingSession, plan_session};

use super::person::Person;
use super::portal::RunningPortal;

/// A provider made by a fixture, with someone who runs its sessions.
pub struct NewProvider {
    pub provider: TrainingProvider,
    pub person: Person,
}

impl RunningPortal {
    /// A provider, appointed, with someone signed in with both steps who runs its sessions.
    pub fn appointed_provider(&self, name: &str) -> NewProvider {
        let provider = self
            .act(|act| add_provider(act, name, "Training for everyone who works with young people."))
            .expect("no other has this name");
        let person = self.signed_up(&format!("Trainer of {name}"));
        self.act(|act| invite_to_provider(act, &provider, person.name(), &person.account().address()));
        let link = self.letter_to(person.email()).link();
        let token = link.rsplit('/').next().expect("a link ends in its token");
        self.act_as(&person, |act| accept_provider_invitation(act, token, person.account()));
        self.give_authenticator(person.account());
        let person = self.signed_in_with_two_steps(person.account());
        NewProvider { provider, person }
    }

    /// What a session of a module would be, a week from now, at ten in the morning UTC.
    pub fn plan_for(&self, module: &str, capacity: i32) -> Plan {
        let now = self.inside.clock.now();
        let starts_at = (now + Duration::days(7)).with_hour(10).and_then(|at| at.with_minute(0)).expect("a time");
        let starts_at = starts_at.with_second(0).and_then(|at| at.with_nanosecond(0)).expect("a time");
        Plan {
            subject: SessionSubject::Module,
            module_id: Some(ModuleId::from(module)),
            title: "A morning about it".to_owned(),
            about: "We talk, we try things, we have lunch.".to_owned(),
            trainers: "Jo Bright".to_owned(),
            starts_at,
            ends_at: starts_at + Duration::hours(3),
            place: "Meadows Library, Wilford Grove".to_owned(),
            capacity,
            ..Plan::blank(now)
        }
    }

    /// A session that can be booked, as planned.
    pub fn open_session(&self, new: &NewProvider, plan: Plan) -> TrainingSession {
        self.act_as(&new.person, |act| {
            let session = plan_session(act, &new.provider, new.person.account().id, plan)?;
            session.open(act)?;
            TrainingSession::find(act.conn, session.id)
        })
    }
}
