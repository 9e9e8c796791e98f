//! Leave with everything: one download for an organisation's leads, that opens in a spreadsheet and harms nobody.

use std::collections::BTreeSet;

use proptest::prelude::*;
use proptest::test_runner::TestRunner;
use youth_charter::documents::{NewDocument, add_document};
use youth_charter::organisation_data::{TAKEN_ALONG, Taken, sheets};
use youth_charter::organisations::{Engagement, MembershipRole, Position, add_without_account};
use youth_charter::review::Finding;
use youth_charter::takeaway::{Forms, Takeaway};

use crate::harness::{NewOrganisation, PDF, Person, RunningPortal, a_pdf, spawn_portal};
use crate::review::{find_all_in, taken};
use crate::your_data::{columns_of_schema, unpack};

const POSITION: Position =
    Position { role: MembershipRole::Practitioner, engagement: Engagement::Volunteer, accountable: false };

type Files = std::collections::BTreeMap<String, Vec<u8>>;

fn download(lead: &mut Person) -> Files {
    lead.visit("/organisations/the-hub").follow("Download everything your organisation has put in");
    lead.press("Download everything");
    assert_eq!(lead.answer().header("content-type"), Some("application/zip"));
    assert_eq!(lead.answer().header("content-disposition"), Some("attachment; filename=\"youth-charter-the-hub.zip\""));
    unpack(&lead.answer().bytes)
}

fn table(files: &Files, name: &str) -> Vec<Vec<String>> {
    let bytes = &files[&format!("tables/{name}.csv")];
    assert_eq!(&bytes[..3], "\u{feff}".as_bytes(), "a spreadsheet knows its letters by this");
    let mut rows = csv::ReaderBuilder::new().has_headers(false).from_reader(&bytes[3..]);
    rows.records().map(|row| row.expect("a row").iter().map(str::to_owned).collect()).collect()
}

fn keep(portal: &RunningPortal, hub: &NewOrganisation, title: &str, file: &str) {
    let (organisation, account) = (hub.organisation.id, hub.lead.account().id);
    portal.act_as(&hub.lead, |act| {
        let new = NewDocument { title: title.into(), effective_on: None, review_by: None, address: None };
        let file = a_pdf(act, file);
        add_document(act, organisation, account, new, file)
    });
}

#[test]
fn a_lead_takes_along_what_was_put_in_and_no_formula_and_no_path_in_it_does_harm() {
    let portal = spawn_portal();
    let mut hub = portal.approved_organisation("The Hub");
    let signatory = portal.signatory_of(&hub.organisation);
    let pledge = portal.pledge_in_force(&hub.organisation, &signatory, &hub.lead);
    portal.answered_assessment(&hub.organisation, &hub.lead);
    keep(&portal, &hub, "=HYPERLINK(\"http://evil.example\")", "../../../etc/passwd.pdf");
    portal.act(|act| add_without_account(act, hub.organisation.id, "@Bev, \"the\" Clarke", POSITION));
    let files = download(&mut hub.lead);
    for sheet in sheets() {
        assert!(files.contains_key(&format!("data/{}.json", sheet.name)), "{}", sheet.name);
        let rows = table(&files, sheet.name);
        assert_eq!(rows[0], sheet.columns, "{}", sheet.name);
    }
    let people = table(&files, "people");
    assert!(people.iter().any(|row| row[0] == "'@Bev, \"the\" Clarke"), "{people:?}");
    let documents = table(&files, "documents");
    let ours = documents.iter().find(|row| row[0].starts_with("'=HYPERLINK")).expect("with a ' before it");
    assert!(files[&ours[6]].starts_with(PDF), "its file is where the table says");
    assert!(table(&files, "pledges").iter().any(|row| row[0] == pledge.code));
    assert!(table(&files, "assessment-answers").len() > 5);
    assert!(table(&files, "trail").iter().any(|row| row[3] == "pledge signed"));
    for place in files.keys() {
        let parts: Vec<_> = place.split('/').collect();
        assert!(parts.len() <= 2 && parts.iter().all(|part| !part.is_empty() && *part != ".."), "{place}");
    }
    let index = String::from_utf8_lossy(&files["index.html"]).into_owned();
    assert!(index.contains("Everything of The Hub"), "{index}");
    portal.read_all_letters();
}

#[test]
fn nobody_but_a_lead_takes_it_and_another_organisations_things_are_not_in_it() {
    let portal = spawn_portal();
    let mut hub = portal.approved_organisation("The Hub");
    let elsewhere = portal.approved_organisation("Elsewhere");
    keep(&portal, &elsewhere, "Their own plan", "plan.pdf");
    for mut other in [portal.practitioner_of(&hub.organisation), portal.viewer_of(&hub.organisation)] {
        assert_eq!(other.send("/organisations/the-hub/data", &[]).status, 403);
    }
    let mut stranger = portal.signed_in(elsewhere.lead.account());
    assert_eq!(stranger.send("/organisations/the-hub/data", &[]).status, 404);
    let files = download(&mut hub.lead);
    let all: String = files.values().map(|bytes| String::from_utf8_lossy(bytes).into_owned()).collect();
    assert!(!all.contains("Their own plan") && !all.contains(elsewhere.lead.name()));
    portal.read_all_letters();
}

#[test]
fn what_reviewers_say_among_themselves_is_not_taken_along() {
    let portal = spawn_portal();
    let mut hub = portal.approved_organisation("The Hub");
    let (review, rae) = taken(&portal, &hub);
    find_all_in(&portal, &rae, &review, Finding::AgreedWithAdvice);
    portal.read_all_letters();
    let files = download(&mut hub.lead);
    let trail = String::from_utf8(files["data/trail.json"].clone()).expect("it is text");
    assert!(trail.contains("finding recorded") && !trail.contains("a note about it"), "{trail}");
}

#[test]
fn whatever_is_typed_is_json_and_a_table_that_reads_back() {
    let portal = spawn_portal();
    let hub = portal.approved_organisation("The Hub");
    let sheet = sheets().into_iter().find(|sheet| sheet.name == "people").expect("a sheet of people");
    let typed = std::cell::RefCell::new(BTreeSet::new());
    TestRunner::new(ProptestConfig { cases: 60, ..ProptestConfig::default() })
        .run(&"[=+@\\-\t'\",;\n\\\\ a-zé×\u{202e}]{1,20}", |name| {
            portal.act(|act| add_without_account(act, hub.organisation.id, &name, POSITION));
            typed.borrow_mut().insert(name);
            Ok(())
        })
        .expect("anyone can be added");
    let path = portal.read(|conn| {
        let mut takeaway = Takeaway::begin(portal.inside.clock.now())?;
        takeaway.add_sheet(conn, &sheet, &hub.organisation.id, Forms::JsonAndTable)?;
        takeaway.finish(|_, _| Ok(0))
    });
    let files = unpack(&std::fs::read(&path).expect("the ZIP"));
    let json: Vec<serde_json::Value> = serde_json::from_slice(&files["data/people.json"]).expect("JSON");
    let names: BTreeSet<String> = json.iter().filter_map(|row| row["name"].as_str()).map(str::to_owned).collect();
    assert!(names.is_superset(&typed.borrow()), "as it was typed");
    for row in table(&files, "people") {
        let begins = row[0].chars().next();
        assert!(!begins.is_some_and(|c| "=+-@\t\r\n".contains(c)), "{:?} is a formula", row[0]);
    }
}

/// 24 MB of files go through while memory stays where it is: nothing holds more than a piece of one.
#[test]
fn many_files_are_copied_one_after_the_other() {
    let portal = spawn_portal();
    let mut hub = portal.approved_organisation("The Hub");
    let long: Vec<u8> =
        b"%PDF-1.7\n".iter().copied().chain((0..4 * 1024 * 1024_u32).map(|n| (n % 251) as u8)).collect();
    for number in 0..6_u8 {
        let bytes = [&long[..], &[number]].concat();
        hub.lead.visit("/organisations/the-hub/documents/new").fill("What it is", &format!("Plan {number}"));
        hub.lead.attach("File", "plan.pdf", &bytes).press("Add this document");
    }
    let files = download(&mut hub.lead);
    let copied: Vec<_> = files.iter().filter(|(place, _)| place.starts_with("files/")).collect();
    assert_eq!(copied.len(), 6, "files of one name stand side by side");
    assert!(copied.iter().all(|(_, bytes)| bytes.len() == long.len() + 1 && bytes.starts_with(&long)));
}

#[test]
fn every_table_that_refers_to_an_organisation_is_taken_along_or_has_a_reason() {
    let found: BTreeSet<String> = columns_of_schema()
        .into_iter()
        .filter(|(_, column, _)| column.ends_with("organisation_id"))
        .map(|(table, ..)| table)
        .collect();
    let said: BTreeSet<String> = TAKEN_ALONG.iter().map(|(table, _)| (*table).to_owned()).collect();
    assert_eq!(found, said, "say in src/organisation_data/everything.rs whether these are taken along");
    let names: BTreeSet<_> = sheets().iter().map(|sheet| sheet.name).collect();
    assert_eq!(names.len(), sheets().len());
    for (table, taken) in TAKEN_ALONG {
        match taken {
            Taken::In(sheet) => assert!(names.contains(sheet), "{table}: no sheet is {sheet}"),
            Taken::NotTaken(reason) => assert!(reason.len() > 10, "{table}: why?"),
        }
    }
}
