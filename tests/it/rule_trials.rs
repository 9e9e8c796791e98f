//! Whatever the sector and the new rules: what a trial promises is what everyone finds on their record once the rules
//! are in force, counted anew one by one.

use std::collections::{BTreeMap, BTreeSet};

use chrono::{Days, NaiveDate};
use proptest::prelude::*;
use proptest::sample::select;
use proptest::test_runner::TestRunner;
use youth_charter::db::schema::{memberships, organisations, people};
use youth_charter::ids::{ModuleId, OrganisationId, PersonId};
use youth_charter::organisations::{
    Engagement, LegalForm, Membership, MembershipRole, MembershipState, Person as OnRecord, Position,
    add_without_account, join,
};
use youth_charter::pathways::{Effect, RuleChange, begin_rule_change, findings_of, go_on_in_batches_of};
use youth_charter::training::{
    Expiry, FixedDay, Module, ModuleState, NewCompletion, Pathway, Record, Requirement, Rules, log_completion,
};

use crate::harness::{Person, RunningPortal, spawn_portal};

/// Of one person: where they are what, and how many days ago they completed the module.
type Made = (Vec<(usize, MembershipRole, Engagement, bool)>, BTreeSet<u64>);

/// Must they have it, and until when do they hold it; `None` is without it, and `Some(None)` for ever.
type Standing = (bool, Option<Option<NaiveDate>>);

fn a_person() -> impl Strategy<Value = Made> {
    let place = (0_usize..3, select(MembershipRole::ALL), select(Engagement::ALL), any::<bool>());
    (proptest::collection::vec(place, 0..3), proptest::collection::btree_set(0_u64..1500, 0..4))
}

fn some_rules() -> impl Strategy<Value = Rules> {
    let day = FixedDay::new(8, 31).expect("a day");
    let expiry = prop_oneof![
        Just(Expiry::Never),
        (1_u32..60).prop_map(|months| Expiry::FromCompletion { months }),
        (1_u32..60, 0_u32..90).prop_map(|(months, renewal_days)| Expiry::FromPreviousExpiry { months, renewal_days }),
        (1_u32..4, 0_u32..90).prop_map(move |(years, renewal_days)| Expiry::OnFixedDay { day, years, renewal_days }),
    ];
    let requirement = (
        proptest::collection::vec(select(MembershipRole::ALL), 0..3),
        proptest::collection::vec(select(Engagement::ALL), 0..2),
        any::<bool>(),
        proptest::collection::vec(select(&[LegalForm::Cio, LegalForm::SchoolOrCollege][..]), 0..2),
    )
        .prop_map(|(roles, engagements, accountable, legal_forms)| Requirement {
            roles,
            engagements,
            accountable,
            legal_forms,
        });
    let offered = prop_oneof![9 => Just(ModuleState::Offered), 1 => Just(ModuleState::Retired)];
    (expiry, proptest::collection::vec(requirement, 0..3), offered).prop_map(|(expiry, required_of, state)| Rules {
        pathway: Pathway::Core,
        expiry,
        required_of,
        state,
    })
}

#[test]
fn what_a_trial_promises_is_what_everyone_finds_on_their_record() {
    let sector = proptest::collection::vec(a_person(), 1..12);
    let mut runner = TestRunner::new(ProptestConfig { cases: 20, max_shrink_iters: 60, ..Default::default() });
    let outcome = runner.run(&(sector, some_rules(), some_rules(), 1_i64..5), |(sector, before, after, batch)| {
        let portal = spawn_portal();
        let module = ModuleId::from("send");
        portal.act(|act| Module::find(act.conn, &module)?.take_rules(act.conn, &before));
        let steward = portal.steward();
        let everyone = make(&portal, &steward, &module, &sector);
        let was = standings(&portal, &module, &everyone);
        let ends = all_ends(&portal);

        let change = portal.act_as(&steward, |act| {
            let found = Module::find(act.conn, &module)?;
            let change = begin_rule_change(act, &found, steward.account().id)?.expect("the first");
            change.write(act, change.edition, &after)?;
            change.try_out(act)?;
            Ok(change)
        });
        while portal.act(|act| go_on_in_batches_of(act, batch)) > 0 {}
        let tried = portal.read(|conn| RuleChange::open_for(conn, &module)).expect("open");
        let promised = portal.read(|conn| findings_of(conn, &tried));
        prop_assert_eq!(&all_ends(&portal), &ends, "a trial changes nothing");

        portal.act(|act| tried.put_into_force(act));
        while portal.act(|act| go_on_in_batches_of(act, batch)) > 0 {}
        let is = standings(&portal, &module, &everyone);
        let (people, organisations) = recount(&portal, &was, &is);
        prop_assert_eq!(&promised.people, &people);
        prop_assert_eq!(&promised.organisations, &organisations);
        let ends_now = all_ends(&portal);
        let changed = ends.iter().filter(|(id, end)| ends_now[*id] != **end).count() as i64;
        prop_assert_eq!(promised.ends_to_change, changed);
        let (applied, _) = portal.read(|conn| RuleChange::applied_to(conn, &module)).remove(0);
        prop_assert_eq!((applied.id, applied.ends_changed), (change.id, changed));
        Ok(())
    });
    outcome.unwrap_or_else(|failure| panic!("{failure}"));
}

/// Three organisations of three kinds, and these people in them.
fn make(portal: &RunningPortal, logger: &Person, module: &ModuleId, sector: &[Made]) -> Vec<PersonId> {
    use diesel::prelude::*;
    let forms = [Some(LegalForm::Cio), Some(LegalForm::SchoolOrCollege), None];
    let bodies: Vec<OrganisationId> = ["One", "Two", "Three"]
        .into_iter()
        .zip(forms)
        .map(|(name, form)| {
            let id = portal.approved_organisation(name).organisation.id;
            portal.act(|act| {
                let here = organisations::table.find(id);
                diesel::update(here).set(organisations::legal_form.eq(form)).execute(act.conn)?;
                Ok(id)
            })
        })
        .collect();
    for (number, (places, completed)) in sector.iter().enumerate() {
        portal.act_as(logger, |act| {
            let name = format!("Person {number}");
            let mut person: Option<OnRecord> = None;
            for (body, role, engagement, accountable) in places {
                let position = Position { role: *role, engagement: *engagement, accountable: *accountable };
                match &person {
                    Some(known) => drop(join(act, bodies[*body], known.clone(), position)?),
                    None => person = Some(add_without_account(act, bodies[*body], &name, position)?.person),
                }
            }
            let Some(person) = person else { return Ok(()) };
            for days in completed {
                let new = NewCompletion {
                    person: person.clone(),
                    module: Module::find(act.conn, module)?,
                    equivalent: None,
                    completed_on: act.today() - Days::new(*days),
                    provider: "Base 51".to_owned(),
                    certificate: None,
                    logged_by: logger.account().id,
                };
                log_completion(act, None, new)?;
            }
            Ok(())
        });
    }
    portal.read(|conn| Ok(people::table.select(people::id).load(conn)?))
}

fn standings(portal: &RunningPortal, module: &ModuleId, everyone: &[PersonId]) -> BTreeMap<PersonId, Standing> {
    let today = portal.today();
    let standing = |person: &PersonId| {
        let places = portal.read(|conn| places_of(conn, *person));
        let record = portal.read(|conn| Record::of(conn, *person, &places, today));
        let line = record.lines.into_iter().find(|line| line.module.id == *module).expect("the module");
        let held = line.latest.map(|entry| entry.completion.expires_on);
        (*person, (line.required, held.filter(|end| end.is_none_or(|last| last >= today))))
    };
    everyone.iter().map(standing).collect()
}

fn places_of(
    conn: &mut youth_charter::db::DbConnection,
    person: PersonId,
) -> youth_charter::error::Result<Vec<(Membership, Option<LegalForm>)>> {
    use diesel::prelude::*;
    Ok(memberships::table
        .inner_join(organisations::table)
        .filter(memberships::person_id.eq(person))
        .filter(memberships::state.eq(MembershipState::Active))
        .select((Membership::as_select(), organisations::legal_form))
        .load(conn)?)
}

/// The last day of each completion there is.
fn all_ends(portal: &RunningPortal) -> BTreeMap<String, Option<NaiveDate>> {
    use diesel::prelude::*;
    use youth_charter::db::schema::training_completions::dsl::{expires_on, id, training_completions};
    let all: Vec<(String, Option<NaiveDate>)> =
        portal.read(|conn| Ok(training_completions.select((id, expires_on)).load(conn)?));
    all.into_iter().collect()
}

type Counted = (BTreeMap<(Effect, String), i64>, BTreeSet<OrganisationId>);

/// What became of each, by what stood on their record before and stands there now.
fn recount(portal: &RunningPortal, was: &BTreeMap<PersonId, Standing>, is: &BTreeMap<PersonId, Standing>) -> Counted {
    let (mut counted, mut places) = (BTreeMap::new(), BTreeSet::new());
    let far = |end: Option<NaiveDate>| end.unwrap_or(NaiveDate::MAX);
    for (person, (needed, held)) in was {
        let (needs, holds) = is[person];
        let today = Some(portal.today());
        let (effect, from) = if *needed && !needs {
            (Effect::NoLongerRequired, today)
        } else if !needed && needs {
            (Effect::NewlyRequired, holds.unwrap_or(today))
        } else if !needs || *held == holds {
            continue;
        } else if holds.is_none() {
            (Effect::OutOfDate, today)
        } else if let Some(old) = *held {
            let new = holds.flatten();
            if far(new) < far(old) { (Effect::Sooner, new) } else { (Effect::Later, old) }
        } else {
            (Effect::InDateAgain, today)
        };
        let month = from.map(|day| day.to_string()[..7].to_owned()).unwrap_or_default();
        *counted.entry((effect, month)).or_insert(0) += 1;
        places.extend(portal.read(|conn| places_of(conn, *person)).into_iter().map(|(m, _)| m.organisation_id));
    }
    (counted, places)
}
