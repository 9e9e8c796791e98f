//! Someone on the record without an account gets one: every record becomes theirs, and nobody else's does.

use std::collections::BTreeSet;

use chrono::Days;
use youth_charter::ids::{ModuleId, PersonId};
use youth_charter::organisations::{
    Engagement, Member, MembershipRole, Organisation, Person as OnRecord, Position, add_without_account, find_person_of,
};
use youth_charter::people::{JOINED, invite_to_own_record};
use youth_charter::training::{Completion, Module, NewCompletion, Source, log_completion};
use youth_charter::words::EmailAddress;

use crate::harness::{Person, RunningPortal, a_pdf, root, spawn_portal};

const POSITION: Position =
    Position { role: MembershipRole::Practitioner, engagement: Engagement::Volunteer, accountable: false };

fn bev_of(portal: &RunningPortal, organisation: &Organisation) -> Member {
    portal.act(|act| add_without_account(act, organisation.id, "Bev Clarke", POSITION))
}

/// Logs a module, so many days ago, by someone.
fn log(portal: &RunningPortal, person: &OnRecord, module: usize, days: u64, by: &Person) -> ModuleId {
    portal
        .act_as(by, |act| {
            let certificate = (days == 9).then(|| a_pdf(act, "certificate.pdf"));
            let module = Module::all(act.conn)?.remove(module);
            let id = module.id.clone();
            let new = NewCompletion {
                person: person.clone(),
                module,
                equivalent: None,
                completed_on: act.today() - Days::new(days),
                provider: "Base 51".to_owned(),
                certificate,
                logged_by: by.account().id,
            };
            log_completion(act, None, new).map(|logged| logged.map(|_| id))
        })
        .expect("logged once")
}

fn history(portal: &RunningPortal, person: PersonId) -> Vec<Completion> {
    portal.read(|conn| Completion::history_of(conn, person)).into_iter().map(|(completion, _)| completion).collect()
}

fn invited_link(portal: &RunningPortal, lead: &mut Person, bev: &Member, slug: &str, email: &str) -> String {
    lead.visit(&format!("/organisations/{slug}/people/{}", bev.person.id)).sees("Bev Clarke has no account");
    lead.follow("Invite Bev Clarke to their record").fill("Their email address", email);
    lead.press("Send the invitation").sees(&format!("An invitation is on its way to {email}"));
    portal.letter_to(email).link()
}

fn verbs(portal: &RunningPortal, organisation: &Organisation) -> Vec<String> {
    let entries = portal.read(|conn| youth_charter::audit::latest_entries(conn, organisation.id, 100));
    entries.into_iter().map(|entry| entry.verb).collect()
}

#[test]
fn someone_new_takes_over_the_record_that_was_kept_for_them() {
    let portal = spawn_portal();
    let mut hub = portal.approved_organisation("The Hub");
    let bev = bev_of(&portal, &hub.organisation);
    let module = log(&portal, &bev.person, 0, 9, &hub.lead);
    let link = invited_link(&portal, &mut hub.lead, &bev, "the-hub", "bev@example.org");
    portal.visitor().visit(&link).sees("The Hub keeps a record for Bev Clarke already");
    let mut person = portal.signed_up("Beverley Clarke");
    person.visit(&link).press("Accept the invitation");
    assert_eq!(person.path(), "/organisations/the-hub");
    let own = portal.read(|conn| find_person_of(conn, person.account().id)).expect("a person");
    assert_eq!((own.id, own.name.as_str()), (bev.person.id, "Beverley Clarke"));
    let kept = history(&portal, own.id);
    assert_eq!((kept.len(), &kept[0].module_id, kept[0].source()), (1, &module, Source::Confirmed));
    assert!(kept[0].certificate_file_id.is_some());
    assert_eq!(portal.letter_to(hub.lead.email()).subject, "Beverley Clarke has joined The Hub");
    assert!(verbs(&portal, &hub.organisation).contains(&"person joined with an account".to_owned()));
    // It is done once, and there is nobody to invite any more.
    assert_eq!(person.send(&link, &[]).status, 404);
    let page = format!("/organisations/the-hub/people/{}/invitation", own.id);
    assert_eq!(hub.lead.ask(&page).status, 404);
}

#[test]
fn two_records_become_one_and_what_both_have_is_kept_once_on_the_stronger_word() {
    let portal = spawn_portal();
    let mut hub = portal.approved_organisation("The Hub");
    let elsewhere = portal.approved_organisation("Elsewhere");
    let mut person = portal.practitioner_of(&elsewhere.organisation);
    let bev = bev_of(&portal, &hub.organisation);
    let own = portal.read(|conn| find_person_of(conn, person.account().id)).expect("a person");
    // The same module on the same day: their own word, and a lead's with a certificate. And one more on each side.
    let both = log(&portal, &own, 0, 9, &person);
    assert_eq!(log(&portal, &bev.person, 0, 9, &hub.lead), both);
    log(&portal, &own, 1, 20, &person);
    log(&portal, &bev.person, 2, 30, &hub.lead);
    log(&portal, &bev.person, 0, 400, &hub.lead);
    let link = invited_link(&portal, &mut hub.lead, &bev, "the-hub", "bev@example.org");
    person.visit(&link).press("Accept the invitation").sees("You have joined The Hub");
    let kept = history(&portal, own.id);
    assert_eq!(kept.len(), 4);
    let once: Vec<_> = kept.iter().filter(|c| c.module_id == both && c.source() == Source::Confirmed).collect();
    assert_eq!(once.len(), 2, "the day both had, and the earlier one");
    assert!(history(&portal, bev.person.id).is_empty());
    let places = portal.read(|conn| youth_charter::organisations::organisations_of(conn, person.account().id));
    let names: Vec<_> = places.into_iter().map(|(organisation, _)| organisation.name).collect();
    assert_eq!(names, ["Elsewhere", "The Hub"]);
    assert!(verbs(&portal, &hub.organisation).contains(&"person joined with an account".to_owned()));
    portal.read_all_letters();
}

#[test]
fn a_member_who_was_on_the_record_twice_is_there_once() {
    let portal = spawn_portal();
    let mut hub = portal.approved_organisation("The Hub");
    let bev = bev_of(&portal, &hub.organisation);
    let mut person = portal.member_of(&hub.organisation, MembershipRole::Signatory, Engagement::Trustee).0;
    let link = invited_link(&portal, &mut hub.lead, &bev, "the-hub", person.email());
    person.visit(&link).press("Accept the invitation").sees("You have joined The Hub");
    let members = portal.read(|conn| Member::all_in(conn, hub.organisation.id));
    assert_eq!(members.len(), 2);
    let position = members.iter().find(|m| m.person.account_id == Some(person.account().id)).expect("a member");
    assert_eq!(position.membership.role, MembershipRole::Signatory, "the account's own position stays");
    portal.read_all_letters();
}

#[test]
fn nobody_comes_to_have_confirmed_their_own_training() {
    let portal = spawn_portal();
    let mut hub = portal.approved_organisation("The Hub");
    let bev = bev_of(&portal, &hub.organisation);
    log(&portal, &bev.person, 0, 9, &hub.lead);
    let address = hub.lead.email().to_owned();
    let link = invited_link(&portal, &mut hub.lead, &bev, "the-hub", &address);
    hub.lead.visit(&link).press("Accept the invitation");
    let own = portal.read(|conn| find_person_of(conn, hub.lead.account().id)).expect("a person");
    let kept = history(&portal, own.id);
    assert_eq!((kept.len(), kept[0].source(), kept[0].confirmed_by), (1, Source::SelfLogged, None));
    portal.read_all_letters();
}

#[test]
fn a_lead_cannot_take_over_a_person_of_another_organisation() {
    let portal = spawn_portal();
    let hub = portal.approved_organisation("The Hub");
    let mut other = portal.approved_organisation("Elsewhere");
    let bev = bev_of(&portal, &hub.organisation);
    let fields = [("email", other.lead.email().to_owned())];
    let fields: Vec<_> = fields.iter().map(|(name, value)| (*name, value.as_str())).collect();
    for slug in ["elsewhere", "the-hub"] {
        let path = format!("/organisations/{slug}/people/{}/invitation", bev.person.id);
        assert_eq!(other.lead.ask(&path).status, 404, "{slug}");
        assert_eq!(other.lead.send(&path, &fields).status, 404, "{slug}");
    }
    // Not even an invitation that came about by a fault of ours takes them over.
    let email = EmailAddress::parse("mal@example.org").expect("an address");
    portal.act(|act| invite_to_own_record(act, &other.organisation, &bev, email)).expect("sent");
    let link = portal.letter_to("mal@example.org").link();
    assert_eq!(other.lead.send(&link, &[]).status, 404);
    let there = portal.read(|conn| Member::find_in(conn, hub.organisation.id, bev.person.id));
    assert_eq!(there.person.account_id, None);
}

#[test]
fn whoever_has_left_meanwhile_is_not_taken_over_and_an_account_is_joined_once() {
    let portal = spawn_portal();
    let mut hub = portal.approved_organisation("The Hub");
    let bev = bev_of(&portal, &hub.organisation);
    let link = invited_link(&portal, &mut hub.lead, &bev, "the-hub", "bev@example.org");
    // A second one to the same person is refused while the first is open.
    hub.lead.visit(&format!("/organisations/the-hub/people/{}/invitation", bev.person.id));
    hub.lead.fill("Their email address", "other@example.org").press("Send the invitation");
    assert!(hub.lead.problems()[0].starts_with("This person, or this address, has an invitation"));
    portal.act(|act| bev.membership.end(act));
    let mut person = portal.signed_up("Beverley Clarke");
    assert_eq!(person.send(&link, &[]).status, 404);
    assert!(portal.read(|conn| find_person_of(conn, person.account().id)).is_none(), "all of it, or nothing");
}

/// Reads `schema.rs`: every column that refers to people by its name or by a join.
#[test]
fn every_table_that_refers_to_people_is_seen_to_when_two_are_joined() {
    let schema = std::fs::read_to_string(root().join("src/db/schema.rs")).expect("the schema");
    let mut found = BTreeSet::new();
    let mut table = "";
    for line in schema.lines() {
        let line = line.trim();
        if let Some((name, _)) = line.split_once(" (").filter(|_| line.ends_with(") {")) {
            table = name;
        } else if let Some((column, _)) = line.split_once(" -> ").filter(|(column, _)| {
            *column == "person"
                || column.starts_with("person_") && *column != "person_name"
                || column.ends_with("person_id")
        }) {
            found.insert((table.to_owned(), column.to_owned()));
        } else if let Some(join) = line.strip_prefix("diesel::joinable!(")
            && let Some((from, to)) = join.split_once(" -> ")
            && let Some(column) = to.strip_prefix("people (")
        {
            found.insert((from.to_owned(), column.trim_end_matches("));").to_owned()));
        }
    }
    let seen_to: BTreeSet<_> =
        JOINED.iter().map(|(table, column)| ((*table).to_owned(), (*column).to_owned())).collect();
    assert_eq!(found, seen_to, "say in src/people/joining.rs what becomes of these when two people turn out to be one");
}
