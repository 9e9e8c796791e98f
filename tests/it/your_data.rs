//! Rights over one's own data: everything in one download, and erased so that nothing of the name is left anywhere.

use std::collections::{BTreeMap, BTreeSet};
use std::io::{Cursor, Read};

use chrono::Duration;
use diesel::prelude::*;
use diesel::sql_types::{BigInt, Text};
use serde_json::Value;
use youth_charter::accounts::{Account, Role};
use youth_charter::audit::{Verdict, verify_chain};
use youth_charter::ids::FileId;
use youth_charter::organisations::{Engagement, Member, MembershipRole, Position, add_without_account, person_of};
use youth_charter::quality::{Assessment, AssessmentState};
use youth_charter::review::{Independence, Review};
use youth_charter::training::{Module, NewCompletion, log_completion};
use youth_charter::your_data::{COVERED, Told, erase_account, sheets};

use crate::harness::{NewOrganisation, PDF, Person, RunningPortal, a_pdf, root, spawn_portal};
use crate::town::Town;

/// A ZIP as someone opens it: each file by its place in it.
pub fn unpack(bytes: &[u8]) -> BTreeMap<String, Vec<u8>> {
    let mut zip = zip::ZipArchive::new(Cursor::new(bytes)).expect("a whole ZIP");
    let mut files = BTreeMap::new();
    for number in 0..zip.len() {
        let mut file = zip.by_index(number).expect("a file in it");
        let mut bytes = Vec::new();
        file.read_to_end(&mut bytes).expect("it can be unpacked");
        files.insert(file.name().expect("a name").into_owned(), bytes);
    }
    files
}

fn json_of(files: &BTreeMap<String, Vec<u8>>, name: &str) -> Value {
    let bytes = files.get(&format!("data/{name}.json")).unwrap_or_else(|| panic!("no {name} in {:?}", files.keys()));
    serde_json::from_slice(bytes).expect("it is JSON")
}

fn download(person: &mut Person) -> BTreeMap<String, Vec<u8>> {
    person.visit("/my/account").follow("Manage your data").sees("Take it with you");
    person.press("Download everything about me");
    assert_eq!(person.answer().header("content-type"), Some("application/zip"));
    unpack(&person.answer().bytes)
}

/// Trained, with a certificate; gives the file.
fn log_training(portal: &RunningPortal, person: &Person, by: &Person) -> FileId {
    let account = person.account();
    portal.act_as(by, |act| {
        let owner = person_of(act, account.id, &account.name)?;
        let new = NewCompletion {
            person: owner,
            module: Module::all(act.conn)?.remove(0),
            equivalent: None,
            completed_on: act.today(),
            provider: "Base 51".to_owned(),
            certificate: Some(a_pdf(act, "certificate.pdf")),
            logged_by: by.account().id,
        };
        let logged = log_completion(act, None, new)?.expect("logged once");
        Ok(logged.certificate_file_id.expect("with a certificate"))
    })
}

fn erase(person: &mut Person) -> &mut Person {
    person.visit("/my/account/data").follow("See what happens if you are erased").press("Erase me");
    assert_eq!(person.problems(), ["Tick the box to confirm that you understand"]);
    person.tick("I understand that this cannot be undone").press("Erase me").sees("You are erased")
}

#[derive(QueryableByName)]
struct Found {
    #[diesel(sql_type = BigInt)]
    rows: i64,
}

/// Every place in the records where a text stands: `table.column`.
fn places_of(portal: &RunningPortal, text: &str) -> BTreeSet<String> {
    let mut places = BTreeSet::new();
    for (table, column) in text_columns() {
        let query = format!("SELECT count(*) AS rows FROM {table} WHERE {column} LIKE $1");
        let query = if crate::harness::is_postgres() { query } else { query.replace("$1", "?") };
        let pattern = format!("%{text}%");
        let found: Vec<Found> = portal.read(|conn| {
            Ok(youth_charter::each!(conn, c => diesel::sql_query(&query).bind::<Text, _>(&pattern).load(c))?)
        });
        if found[0].rows > 0 {
            places.insert(format!("{table}.{column}"));
        }
    }
    places
}

fn text_columns() -> Vec<(String, String)> {
    let columns = columns_of_schema();
    columns.into_iter().filter(|(_, _, kind)| kind.contains("Text")).map(|(t, c, _)| (t, c)).collect()
}

/// Table, column and type, as `schema.rs` says.
pub fn columns_of_schema() -> Vec<(String, String, String)> {
    let schema = std::fs::read_to_string(root().join("src/db/schema.rs")).expect("the schema");
    let (mut columns, mut table) = (Vec::new(), "");
    for line in schema.lines().map(str::trim) {
        if let Some((name, _)) = line.split_once(" (").filter(|_| line.ends_with(") {")) {
            table = name;
        } else if let Some((column, kind)) = line.split_once(" -> ").filter(|_| !line.starts_with("diesel::")) {
            columns.push((table.to_owned(), column.to_owned(), kind.trim_end_matches(',').to_owned()));
        }
    }
    columns
}

#[test]
fn every_column_that_says_something_of_people_is_told_and_forgotten_or_has_a_reason() {
    // Names of things, not of people.
    const THINGS: &[&str] = &[
        "activities",
        "districts",
        "files",
        "notice_marks",
        "number_series",
        "organisations",
        "passkeys",
        "training_providers",
        "umbrella_tables",
    ];
    let of_people = |table: &str, column: &str| {
        let names_someone = (column == "name" && !THINGS.contains(&table))
            || matches!(
                column,
                "actor_name" | "safeguarding_lead_name" | "recipient" | "address" | "carries" | "cells" | "answer"
            );
        let is_id = ["account_id", "person_id", "reviewer_id", "actor_id"].iter().any(|id| column.ends_with(id));
        names_someone || is_id || column.ends_with("_by") || column.contains("email")
    };
    let found: BTreeSet<_> = columns_of_schema()
        .into_iter()
        .filter(|(table, column, _)| of_people(table, column))
        .map(|(table, column, _)| (table, column))
        .collect();
    let covered: BTreeSet<_> =
        COVERED.iter().map(|(table, column, ..)| ((*table).to_owned(), (*column).to_owned())).collect();
    assert_eq!(covered.len(), COVERED.len(), "each column once");
    assert_eq!(found, covered, "say in src/your_data/covered.rs where these are told and what erasing does to them");
    let names: BTreeSet<_> = sheets().iter().map(|sheet| sheet.name).collect();
    assert_eq!(names.len(), sheets().len(), "each sheet has a name of its own");
    for (table, column, told, forgotten) in COVERED {
        match told {
            Told::In(sheet) => assert!(names.contains(sheet), "{table}.{column}: no part of the download is {sheet}"),
            Told::NotTold(reason) => assert!(reason.len() > 10, "{table}.{column}: why?"),
        }
        assert!(forgotten.len() > 10, "{table}.{column}: what becomes of it?");
    }
}

#[test]
fn everything_about_me_is_one_zip_with_certificates_and_without_secrets() {
    let portal = spawn_portal();
    let NewOrganisation { organisation, lead } = portal.approved_organisation("The Hub");
    let mut prue = portal.practitioner_of(&organisation);
    log_training(&portal, &prue, &prue);
    portal.give_authenticator(prue.account());
    assert_eq!(prue.visit("/my/account").status(), 200);
    let mut prue = portal.signed_in_with_two_steps(prue.account());
    let files = download(&mut prue);
    let account = &json_of(&files, "account")[0];
    assert_eq!((&account["email"], &account["name"]), (&Value::from(prue.email()), &Value::from(prue.name())));
    assert_eq!(json_of(&files, "memberships")[0]["organisation"], "The Hub");
    let training = &json_of(&files, "training")[0];
    assert_eq!(training["provider"], "Base 51");
    let certificate = training["certificate"].as_str().expect("where it is");
    assert!(files[certificate].starts_with(PDF));
    let trail = json_of(&files, "trail");
    let verbs: Vec<_> = trail.as_array().expect("entries").iter().map(|entry| &entry["what"]).collect();
    assert!(verbs.contains(&&Value::from("training logged")), "{verbs:?}");
    let index = String::from_utf8(files["index.html"].clone()).expect("text");
    for sheet in sheets() {
        assert!(files.contains_key(&format!("data/{}.json", sheet.name)), "{}", sheet.name);
        assert!(index.contains(sheet.title), "{}", sheet.title);
    }
    // Nothing that opens anything, and nobody else.
    let all: String = files.values().map(|bytes| String::from_utf8_lossy(bytes).into_owned()).collect();
    assert!(!all.contains("$argon2") && !all.contains(lead.email()) && !all.contains(lead.name()));
    let secrets: Vec<String> = portal.read(|conn| {
        use youth_charter::db::schema::{account_sessions, authenticators};
        let mut secrets: Vec<String> = account_sessions::table.select(account_sessions::token_hash).load(conn)?;
        secrets.extend(authenticators::table.select(authenticators::sealed_secret).load::<String>(conn)?);
        Ok(secrets)
    });
    assert!(secrets.iter().all(|secret| !all.contains(secret)));
    portal.read_all_letters();
}

#[test]
fn downloading_and_erasing_want_a_fresh_proof() {
    let portal = spawn_portal();
    let mut hub = portal.approved_organisation("The Hub");
    let bev = portal.act(|act| add_without_account(act, hub.organisation.id, "Bev Clarke", POSITION));
    let of_bev = format!("/organisations/the-hub/people/{}/erasure", bev.person.id);
    portal.advance(Duration::minutes(61));
    for path in ["/my/account/data", "/my/account/erasure", "/organisations/the-hub/data", &of_bev] {
        for answer in [hub.lead.ask(path), hub.lead.send(path, &[("understood", "yes")])] {
            assert!(answer.location().is_some_and(|to| to.starts_with("/sign-in/again")), "{path}: {answer:?}");
        }
    }
    assert!(hub.lead.ask("/my/account").status == 200);
    portal.read_all_letters();
}

const POSITION: Position =
    Position { role: MembershipRole::Practitioner, engagement: Engagement::Volunteer, accountable: false };

#[test]
fn whoever_is_erased_leaves_a_mark_where_others_rely_on_them_and_no_name_anywhere() {
    let portal = spawn_portal();
    let mut hub = portal.approved_organisation("The Hub");
    let second = portal.lead_of(&hub.organisation);
    let signatory = portal.signatory_of(&hub.organisation);
    let pledge = portal.pledge_in_force(&hub.organisation, &signatory, &hub.lead);
    let certificate = log_training(&portal, &hub.lead, &second);
    let (name, email) = (hub.lead.name().to_owned(), hub.lead.email().to_owned());
    portal.read_all_letters();
    let before = portal.read(verify_chain);
    assert!(matches!(before, Verdict::Whole(_)), "{before:?}");
    let mut elsewhere = portal.signed_in(hub.lead.account());

    erase(&mut hub.lead);
    assert!(!hub.lead.has_session());
    assert_eq!(portal.letter_to(&email).subject, "You are erased from the Youth Charter portal");
    assert_eq!(elsewhere.ask("/my").status, 303, "every other device is signed out too");
    let fields = [("email", email.as_str()), ("password", crate::harness::PASSWORD)];
    assert_eq!(portal.visitor().send("/sign-in", &fields).status, 422, "nobody comes in with it");
    // The last letter is all there is, until it is sent.
    assert_eq!(places_of(&portal, &email), BTreeSet::from(["outbox_messages.recipient".to_owned()]));
    assert_eq!(places_of(&portal, &name), BTreeSet::new());
    assert!(matches!(portal.read(verify_chain), Verdict::Whole(_)));
    assert!(actix_web::rt::System::new().block_on(portal.inside.files.read(certificate)).is_err());

    let mut second = second;
    second.visit("/organisations/the-hub").sees("by A former member").does_not_see(&name);
    second.visit("/organisations/the-hub/pledge").sees("A former member");
    portal.visitor().visit(&format!("/pledges/{}", pledge.code)).does_not_see(&name);
    second.visit("/organisations/the-hub/people").does_not_see("A former member");

    // The address is free again, for someone new.
    let fields = [("name", "Asha Again"), ("email", email.as_str()), ("password", crate::harness::PASSWORD)];
    assert_eq!(portal.visitor().send("/register", &fields).status, 303);
    let link = portal.letters_to(&email).pop().expect("a letter").link();
    portal.visitor().visit(&link).press("Confirm my email address");
    let again = portal.read(|conn| Account::find_by_email(conn, &email)).expect("a new account");
    assert!(again.is_active() && again.id != elsewhere.account().id);
    portal.read_all_letters();
}

#[test]
fn the_last_lead_is_warned_and_may_go_all_the_same() {
    let portal = spawn_portal();
    let mut hub = portal.approved_organisation("The Hub");
    hub.lead.visit("/my/account/erasure").sees("Nobody else leads these organisations").follow("The Hub");
    assert_eq!(hub.lead.path(), "/organisations/the-hub/people");
    erase(&mut hub.lead);
    let leads = portal.read(|conn| Member::all_in(conn, hub.organisation.id));
    assert!(leads.is_empty());
    let mut steward = portal.steward();
    steward
        .visit("/vrp")
        .follow("Organisations with one lead or none: 1")
        .sees("The Hub")
        .does_not_see("Lead of The Hub");
    portal.read_all_letters();
}

#[test]
fn a_lead_erases_someone_without_an_account_and_nobody_with_one() {
    let portal = spawn_portal();
    let mut hub = portal.approved_organisation("The Hub");
    let mut other = portal.approved_organisation("Elsewhere");
    let prue = portal.practitioner_of(&hub.organisation);
    let bev = portal.act(|act| add_without_account(act, hub.organisation.id, "Bev Clarke", POSITION));
    let page = format!("/organisations/the-hub/people/{}", bev.person.id);
    hub.lead.visit(&page).follow("Invite Bev Clarke to their record").fill("Their email address", "bev@example.org");
    hub.lead.press("Send the invitation");
    let link = portal.letter_to("bev@example.org").link();
    hub.lead.visit(&page).follow("They want to be erased").sees("Erase Bev Clarke");
    hub.lead.tick("I understand that this cannot be undone").press("Erase Bev Clarke").sees("They are erased");
    hub.lead.does_not_see("Bev Clarke");
    assert_eq!(places_of(&portal, "Bev Clarke"), BTreeSet::new());
    assert_eq!(places_of(&portal, "bev@example.org"), BTreeSet::new());
    portal.visitor().visit(&link).does_not_see("Bev Clarke");
    assert_eq!(hub.lead.ask(&format!("{page}/erasure")).status, 404, "once");
    let prue = portal.read(|conn| youth_charter::organisations::find_person_of(conn, prue.account().id)).expect("her");
    for (lead, slug) in [(&mut hub.lead, "the-hub"), (&mut other.lead, "elsewhere")] {
        let path = format!("/organisations/{slug}/people/{}/erasure", prue.id);
        assert_eq!(lead.send(&path, &[("understood", "yes")]).status, 404, "{slug}");
    }
    assert!(matches!(portal.read(verify_chain), Verdict::Whole(_)));
    portal.read_all_letters();
}

/// Everyone of a town in which everything has happened.
#[test]
fn nothing_of_anyones_name_or_address_is_left_in_any_column() {
    let town = Town::build_in(spawn_portal());
    let portal = &town.portal;
    for who in ["practit.", "signatory", "lead", "lead 2", "reviewer", "decider", "steward", "viewer"] {
        let account = town.person(who).account().clone();
        let subject = portal.act_as(town.person(who), |act| {
            erase_account(act, &account)?;
            Ok(format!("account {}", account.id))
        });
        let left = places_of(portal, &account.email);
        assert_eq!(left, BTreeSet::from(["outbox_messages.recipient".to_owned()]), "the address of {who}");
        assert_eq!(places_of(portal, &account.name), BTreeSet::new(), "the name of {who}");
        assert!(places_of(portal, &subject).contains("audit_entries.subject"), "what was done stays");
        assert!(matches!(portal.read(verify_chain), Verdict::Whole(_)), "after {who}");
    }
    let again = town.person("lead");
    let account = again.account().clone();
    assert!(portal.try_act(again.actor(), |act| erase_account(act, &account)).is_err(), "once");
    portal.read_all_letters();
}

#[test]
fn the_details_of_the_trail_name_nobody() {
    let town = Town::build_in(spawn_portal());
    let (mut people, mut details): (Vec<(String, String)>, Vec<String>) = (Vec::new(), Vec::new());
    town.portal.read(|conn| {
        use youth_charter::db::schema::{accounts, audit_entries, invitations, rescue_contacts};
        people.extend(accounts::table.select((accounts::name, accounts::email)).load::<(String, String)>(conn)?);
        people
            .extend(invitations::table.select((invitations::name, invitations::email)).load::<(String, String)>(conn)?);
        let contacts = rescue_contacts::table.select((rescue_contacts::name, rescue_contacts::address));
        people.extend(contacts.load::<(String, String)>(conn)?);
        details = audit_entries::table.select(audit_entries::details).load(conn)?;
        Ok(())
    });
    assert!(people.len() > 15 && details.len() > 100);
    for (name, address) in &people {
        for detail in &details {
            assert!(!detail.contains(address.as_str()), "{address} stands in {detail}");
            // An organisation may be called after its lead's fixture: `Lead of The Hub` is no name of a person.
            assert!(!detail.contains(&format!("\"{name}\"")), "{name} stands in {detail}");
        }
    }
    town.portal.read_all_letters();
}

#[test]
fn a_reviewer_who_is_erased_gives_back_what_is_under_way() {
    let portal = spawn_portal();
    let hub = portal.approved_organisation("The Hub");
    let mut rae = portal.reviewer();
    portal.taken_assessment(&hub.organisation, &hub.lead, &rae);
    rae.visit("/my/account/erasure").sees("You have 1 review under way");
    erase(&mut rae);
    let mut ola = portal.with_role("Ola Other", youth_charter::accounts::Role::Reviewer);
    ola.visit("/review").follow("The Hub").sees("The Hub");
    assert_eq!(ola.status(), 200);
    portal.read_all_letters();
}

#[test]
fn what_an_erased_reviewer_sent_back_goes_to_another() {
    let portal = spawn_portal();
    let hub = portal.approved_organisation("The Hub");
    let (rae, ray) = (portal.reviewer(), portal.with_role("Ray Reviewer", Role::Reviewer));
    let taken = portal.taken_assessment(&hub.organisation, &hub.lead, &rae);
    let asked = [("exp-feel-safe".into(), "How do you ask?".to_owned())];
    portal.act_as(&rae, |act| taken.return_for_changes(act, &asked));
    let account = rae.account();
    portal.act_as(&rae, |act| erase_account(act, account));
    let mut lead = hub.lead;
    lead.visit("/organisations/the-hub/quality/indicators/exp-feel-safe");
    lead.fill("In your own words", "Every week").press("Save and continue").follow("Check and send back");
    lead.tick_in("I confirm for my organisation", "The answers are right as far as I know");
    lead.press("Send back to the reviewer");
    let now = || portal.read(|conn| Assessment::find(conn, taken.id));
    assert_eq!(now().state(), AssessmentState::Submitted);
    portal.act_as(&ray, |act| {
        let free = Independence::establish(act.conn, ray.account().id, &now(), act.at)?;
        Review::take(act, &now(), free)
    });
    assert_eq!(now().state(), AssessmentState::InReview);
    portal.read_all_letters();
}
