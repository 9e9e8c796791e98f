//! Modules and their rules, edited in the VRP's pages: words at once, rules after a trial.

use chrono::Months;
use youth_charter::error::Error;
use youth_charter::ids::ModuleId;
use youth_charter::pathways::{
    ChangeState, Effect, RuleChange, begin_rule_change, findings_of, go_on_in_batches_of, go_on_with_rule_changes,
};
use youth_charter::reminders::do_what_is_due;
use youth_charter::training::{Expiry, Module, NewCompletion, Record, Rules, log_completion};

use crate::harness::{Person, RunningPortal, spawn_portal};

const MODULES: &str = "/vrp/training/modules";

fn module(portal: &RunningPortal, id: &str) -> Module {
    portal.read(|conn| Module::find(conn, &ModuleId::from(id)))
}

fn open_change(portal: &RunningPortal, id: &str) -> Option<RuleChange> {
    portal.read(|conn| RuleChange::open_for(conn, &ModuleId::from(id)))
}

#[test]
fn words_are_saved_at_once_and_a_new_module_is_nobodys_duty() {
    let portal = spawn_portal();
    let mut steward = portal.steward();
    steward.visit("/vrp").follow("Training modules").sees("Safeguarding").sees("3 years from the day of completion");
    steward.follow("Add a module").press("Add the module");
    assert_eq!(steward.problems().len(), 5);
    steward
        .fill("Title", "Trauma-informed practice")
        .fill("Short title", "Trauma")
        .fill("What will people be able to do afterwards?", "You will be able to see what is behind behaviour.")
        .fill("What does it cover at least?", "What trauma is\nWhat helps")
        .choose("Which group does it belong to?", "Core");
    steward.press("Add the module").sees("The module is added").sees("Nobody").sees("For ever");

    steward.follow("Change the words").fill("Short title", "Trauma-informed").press("Save");
    steward.sees("Your changes are saved").sees("Trauma-informed");
    steward
        .follow("Change courses and qualification")
        .fill(
            "Courses by others that count as it (optional)",
            "Trauma course of a council\n\nTrauma course of a council",
        )
        .choose("Level of the qualification", "Level 3")
        .fill("Awarding body (optional)", "ABC Awards")
        .press("Save")
        .sees("Level 3, awarded by ABC Awards")
        .sees("Trauma course of a council");

    // The order is everybody's: it stands last of its group, then one higher.
    let titles = |portal: &RunningPortal| portal.read(Module::all).into_iter().map(|m| m.title).collect::<Vec<_>>();
    assert_eq!(titles(&portal)[7], "Trauma-informed practice");
    steward.visit(MODULES).press("Up: Trauma-informed practice");
    assert_eq!(titles(&portal)[6], "Trauma-informed practice");
    let twin = [("title", "Trauma-informed practice"), ("short_title", "T"), ("summary", "S"), ("pathway", "cpd")];
    assert_eq!(
        steward.send("/vrp/training/modules/new", &[&twin[..], &[("minimum_content", "M")]].concat()).status,
        303
    );
    assert_eq!(module(&portal, "trauma-informed-practice-2").title, "Trauma-informed practice");
    let mut lead = portal.approved_organisation("The Hub").lead;
    lead.visit("/my/training").does_not_see("0 of 16");
}

#[test]
fn a_change_of_rules_is_written_part_by_part_tried_and_put_into_force() {
    let portal = spawn_portal();
    let hub = portal.approved_organisation("The Hub");
    for _ in 0..6 {
        portal.practitioner_of(&hub.organisation);
    }
    let mut steward = portal.steward();
    steward.visit(&format!("{MODULES}/governance")).press("Change its rules").sees("Nothing is different yet");
    steward.follow("Change how long it counts").choose("How long does it count?", "To a day of the year");
    steward.press("Continue").fill("Day", "31").choose("Month", "February").press("Save");
    assert_eq!(steward.error_beside("Day"), "Enter a day that there is in that month, like 31 and August");
    steward.fill("Day", "31").choose("Month", "August").fill("How many years?", "2").press("Save");
    steward.sees("To 31 August: 1 year after").sees("Now: 3 years from the day of completion");
    steward.follow("Add people who must have it").tick("Practitioners").tick("Volunteers").press("Save");
    steward.sees("Practitioners who are volunteers").sees("People who carry responsibility");
    steward.follow("Change: Practitioners who are volunteers").untick("Volunteers").press("Save");
    steward.press("Remove: People who carry responsibility for the organisation");
    steward.follow("Change the group").choose("Which group does it belong to?", "Core").press("Save");

    // Nothing is in force yet.
    assert!(matches!(module(&portal, "governance").rules.expiry, Expiry::FromCompletion { months: 36 }));
    steward.press("Try the new rules").sees("Tried, not in force").sees("At least 7 of 7 people");
    steward.sees("Must have it and need not before").sees("6 people").sees("Fewer than 5 people");
    steward.visit(MODULES).sees("Tried, not in force").follow("Governance").follow("See the new rules");
    steward.press("Put the new rules into force").sees("The new rules are in force").sees("Practitioners");
    steward.sees("its group, how long it counts, who must have it");
    assert!(open_change(&portal, "governance").is_none());
    let order: Vec<String> = portal.read(Module::all).into_iter().map(|m| m.id.to_string()).collect();
    assert_eq!(order[7], "governance", "the last of the core modules");
}

#[test]
fn a_retired_module_is_nobodys_duty_and_can_be_offered_again() {
    let portal = spawn_portal();
    let mut hub = portal.approved_organisation("The Hub");
    let mut steward = portal.steward();
    for (option, required) in [("Retired", "of 14"), ("Offered", "of 15")] {
        steward.visit(&format!("{MODULES}/send")).press("Change its rules").follow("Change if it is offered");
        let option = if option == "Retired" {
            "Retired: nobody needs it, and what was completed stays on the record"
        } else {
            option
        };
        steward.choose("Is it offered?", option).press("Save").press("Try the new rules");
        steward.press("Put the new rules into force");
        hub.lead.visit("/my/training").sees(required);
    }
    steward.visit(MODULES).does_not_see("Retired");
}

#[test]
fn whoever_saw_an_older_edition_is_told_of_the_conflict() {
    let portal = spawn_portal();
    let mut sam = portal.steward();
    let mut ola = portal.signed_in_with_two_steps(sam.account());
    let address = format!("{MODULES}/send/rules");
    sam.visit(&format!("{MODULES}/send"));
    ola.visit(&format!("{MODULES}/send")).press("Change its rules");
    sam.press("Change its rules").sees("Nothing is different yet");
    ola.follow("Change the group").choose("Which group does it belong to?", "CPD");
    sam.follow("Change the group").choose("Which group does it belong to?", "Accountability").press("Save");
    ola.press("Save");
    assert_eq!(ola.status(), 409);
    let edition = open_change(&portal, "send").expect("open").edition.to_string();
    for part in ["trial", "force", "writing", "dropping"] {
        assert_eq!(ola.send(&format!("{address}/{part}"), &[("edition", "1")]).status, 409, "{part}");
    }
    // What was not tried cannot be put into force; what is tried is not written on.
    assert_eq!(ola.send(&format!("{address}/force"), &[("edition", &edition)]).status, 409);
    sam.press("Try the new rules");
    assert_eq!(ola.ask(&format!("{address}/group")).status, 409);
    sam.press("Change them again").press("Drop this change").sees("The change is dropped");
    assert_eq!(ola.ask(&address).location(), Some(format!("{MODULES}/send").as_str()));
    assert_eq!(ola.send(&format!("{address}/dropping"), &[("edition", "1")]).status, 409);
}

#[test]
fn rules_that_changed_in_another_way_meanwhile_are_a_conflict() {
    let portal = spawn_portal();
    let change = tried(&portal, "send", |rules| rules.expiry = Expiry::Never);
    portal.act(|act| {
        let module = Module::find(act.conn, &change.module_id)?;
        let other = Rules { required_of: Vec::new(), ..module.rules.clone() };
        module.take_rules(act.conn, &other)
    });
    let refused = portal.try_act(youth_charter::audit::Actor::portal(), |act| change.put_into_force(act));
    assert!(matches!(refused, Err(Error::Conflict)));
    assert_eq!(open_change(&portal, "send").expect("still open").state(), ChangeState::Tried);
}

#[test]
fn a_walk_that_is_killed_goes_on_where_it_was_and_counts_nobody_twice() {
    let portal = spawn_portal();
    let hub = portal.approved_organisation("The Hub");
    let people: Vec<Person> = (0..7).map(|_| portal.practitioner_of(&hub.organisation)).collect();
    let long_ago = portal.today() - Months::new(30);
    people.iter().for_each(|person| log_for(&portal, person, "send", long_ago));
    let change = begun(&portal, "send", |rules| rules.expiry = Expiry::FromCompletion { months: 24 });
    portal.act(|act| change.try_out(act));
    // Two batches; the third is killed before it is kept; two servers take the same one.
    portal.act(|act| go_on_in_batches_of(act, 2));
    portal.act(|act| go_on_in_batches_of(act, 2));
    let killed = portal.try_act(youth_charter::audit::Actor::portal(), |act| {
        go_on_in_batches_of(act, 2)?;
        Err::<(), _>(Error::Busy)
    });
    assert!(killed.is_err());
    go_to_the_end(&portal, 2);
    let change = open_change(&portal, "send").expect("open");
    let found = portal.read(|conn| findings_of(conn, &change));
    assert_eq!(found.people.values().sum::<i64>(), 7);
    assert!(found.people.keys().all(|(effect, _)| *effect == Effect::OutOfDate), "{found:?}");
    assert_eq!((found.organisations.len(), found.ends_to_change), (1, 7));

    portal.act(|act| change.put_into_force(act));
    portal.act(|act| go_on_in_batches_of(act, 3));
    // Logged while the new rules come into force: they hold already.
    let newcomer = portal.practitioner_of(&hub.organisation);
    log_for(&portal, &newcomer, "send", portal.today());
    let until = portal.today() + Months::new(24);
    assert_eq!(ends_of(&portal, &newcomer, "send"), Some(until));
    assert_eq!(do_what_is_due(&portal.inside).expect("done").batches_of_rules, 2);
    for person in &people {
        assert_eq!(ends_of(&portal, person, "send"), Some(long_ago + Months::new(24)));
    }
    let (applied, _) = portal.read(|conn| RuleChange::applied_to(conn, &change.module_id)).remove(0);
    assert_eq!((applied.state(), applied.ends_changed), (ChangeState::Applied, change.ends_to_change));
    assert_eq!(portal.act(go_on_with_rule_changes), 0);
}

#[test]
fn two_servers_walk_as_one() {
    let portal = spawn_portal();
    let hub = portal.approved_organisation("The Hub");
    for _ in 0..12 {
        let person = portal.practitioner_of(&hub.organisation);
        log_for(&portal, &person, "send", portal.today() - Months::new(30));
    }
    let change = begun(&portal, "send", |rules| rules.expiry = Expiry::FromCompletion { months: 24 });
    portal.act(|act| change.try_out(act));
    std::thread::scope(|scope| {
        for _ in 0..3 {
            scope.spawn(|| go_to_the_end(&portal, 1));
        }
    });
    let change = open_change(&portal, "send").expect("open");
    let found = portal.read(|conn| findings_of(conn, &change));
    assert_eq!((change.state(), change.looked_at), (ChangeState::Tried, 13));
    assert_eq!((found.people.values().sum::<i64>(), found.ends_to_change), (12, 12));
}

/// A change with other rules, being written by a steward.
fn begun(portal: &RunningPortal, id: &str, put: impl FnOnce(&mut Rules)) -> RuleChange {
    let steward = portal.steward();
    portal.act_as(&steward, |act| {
        let module = Module::find(act.conn, &ModuleId::from(id))?;
        let change = begin_rule_change(act, &module, steward.account().id)?.ok_or(Error::Conflict)?;
        let mut rules = change.rules.clone();
        put(&mut rules);
        change.write(act, change.edition, &rules)
    });
    open_change(portal, id).expect("open")
}

/// The same, tried to the end.
fn tried(portal: &RunningPortal, id: &str, put: impl FnOnce(&mut Rules)) -> RuleChange {
    let change = begun(portal, id, put);
    portal.act(|act| change.try_out(act));
    go_to_the_end(portal, 1000);
    open_change(portal, id).expect("open")
}

fn go_to_the_end(portal: &RunningPortal, most: i64) {
    while portal.act(|act| go_on_in_batches_of(act, most)) > 0 {}
}

fn log_for(portal: &RunningPortal, person: &Person, id: &str, completed_on: chrono::NaiveDate) {
    let account = person.account();
    portal.act_as(person, |act| {
        let new = NewCompletion {
            person: youth_charter::organisations::person_of(act, account.id, &account.name)?,
            module: Module::find(act.conn, &ModuleId::from(id))?,
            equivalent: None,
            completed_on,
            provider: "Base 51".to_owned(),
            certificate: None,
            logged_by: account.id,
        };
        log_completion(act, None, new).map(drop)
    });
}

fn ends_of(portal: &RunningPortal, person: &Person, id: &str) -> Option<chrono::NaiveDate> {
    let account = person.account().id;
    let today = portal.today();
    let record = portal.read(|conn| {
        let person = youth_charter::organisations::find_person_of(conn, account)?.expect("they are on the record");
        Record::of(conn, person.id, &[], today)
    });
    let line = record.lines.into_iter().find(|line| line.module.id.as_str() == id).expect("a module");
    line.latest.expect("a completion").completion.expires_on
}
