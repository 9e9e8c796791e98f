//! What an organisation keeps: one document for many answers, its dates, the store away, the virus scanner.

use actix_web::rt::System;
use chrono::{Days, Duration};
use youth_charter::config::ScannerPlace;
use youth_charter::db::schema::files;
use youth_charter::documents::Document;
use youth_charter::files::{FileState, FileStore, StoredFile, sweep_files};
use youth_charter::virus_scan::scan_waiting;

use crate::harness::{
    Clamd, HARM, NewOrganisation, PDF, Person, RunningPortal, S3Server, nobodys_address, spawn_portal,
    spawn_portal_with_files,
};

const LIST: &str = "/organisations/the-hub/documents";
const WELCOME: &str = "/organisations/the-hub/quality/indicators/exp-welcome-first-visit";

#[test]
fn one_document_with_three_dates_serves_many_answers_and_is_kept_once() {
    let portal = spawn_portal();
    let NewOrganisation { organisation, mut lead } = portal.approved_organisation("The Hub");
    lead.visit(LIST).sees("Nothing is here yet").follow("Add a document");
    lead.press("Add this document").sees("Say what the file is");
    let today = portal.today();
    lead.fill("What it is", "Safeguarding policy").attach("File", "policy.pdf", PDF);
    lead.fill_date("Date on it (optional)", today).fill_date("Review by (optional)", today - Days::new(1));
    lead.press("Add this document").sees("must be after the date on it");
    lead.attach("File", "policy.pdf", PDF).fill_date("Review by (optional)", today + Days::new(30));
    lead.press("Add this document").sees("Safeguarding policy is added").sees("Not used yet").sees("Review soon");

    lead.follow("Add a document").fill("What it is", "Policy again").attach("File", "copy.pdf", PDF);
    lead.press("Add this document").sees("You have this file already, as Safeguarding policy").sees("1 document");

    lead.visit("/organisations/the-hub/quality").press("Begin");
    for indicator in ["exp-welcome-first-visit", "exp-feel-safe"] {
        lead.visit(&format!("/organisations/the-hub/quality/indicators/{indicator}"));
        lead.choose("Use a document you have", "Safeguarding policy").press("Add this evidence");
        lead.sees("The evidence is added").sees("policy.pdf");
    }
    lead.visit(LIST).sees("Serves 2 answers").follow("Safeguarding policy").does_not_see("Remove it");
    let id = portal.read(|conn| Document::all_of(conn, organisation.id)).remove(0).0.id;
    assert_eq!(lead.send(&format!("{LIST}/{id}/removal"), &[]).status, 409);
    assert_eq!(lead.ask(&format!("{LIST}/{id}/file")).text().as_bytes(), PDF);
}

#[test]
fn a_document_that_nothing_rests_on_is_changed_and_removed() {
    let portal = spawn_portal();
    let NewOrganisation { mut lead, .. } = portal.approved_organisation("The Hub");
    add(&mut lead, "Minutes", PDF);
    lead.follow("Minutes").fill("What it is", "Minutes of May").press("Save").sees("The document is changed");
    lead.follow("Minutes of May").press("Remove this document").sees("The document is removed");
    lead.sees("Nothing is here yet");
}

#[test]
fn when_the_store_is_away_what_was_typed_stays_and_no_half_record_is_made() {
    let mut server = S3Server::start();
    let portal = spawn_portal_with_files(server.store());
    let NewOrganisation { organisation, mut lead } = portal.approved_organisation("The Hub");
    add(&mut lead, "Minutes", PDF);
    server.stop();
    assert_eq!(portal.visitor().ask("/health/ready").status, 503);
    lead.visit(LIST).follow("Add a document").fill("What it is", "A plan that took long to name");
    lead.attach("File", "plan.pdf", b"%PDF-1.7 plan").press("Add this document");
    assert_eq!(lead.status(), 422);
    lead.sees("We cannot keep files at the moment");
    assert_eq!(lead.value_of("What it is"), "A plan that took long to name");
    lead.visit("/my/training/new").fill("Who gave the training", "Base 51");
    lead.fill_date("When was it completed?", portal.today()).choose("Training", "SEND (Core)");
    lead.attach("Certificate", "c.pdf", b"%PDF-1.7 c").press("Log training");
    lead.sees("or log without it");
    assert_eq!(lead.value_of("Who gave the training"), "Base 51");
    let all = portal.read(|conn| Document::all_of(conn, organisation.id));
    assert_eq!(all.len(), 1);
    let answer = lead.ask(&format!("{LIST}/{}/file", all[0].0.id));
    assert_eq!(answer.status, 503);
    assert!(answer.text().contains("We cannot reach our files at the moment"));
}

#[test]
fn the_store_may_be_any_that_speaks_s3() {
    let server = S3Server::start();
    let portal = spawn_portal_with_files(server.store());
    let NewOrganisation { organisation, mut lead } = portal.approved_organisation("The Hub");
    assert_eq!(portal.visitor().ask("/health/ready").status, 200);
    let long = long_pdf();
    add(&mut lead, "A long plan", &long);
    let (document, file, _) = portal.read(|conn| Document::all_of(conn, organisation.id)).remove(0);
    let answer = lead.ask(&format!("{LIST}/{}/file", document.id));
    assert_eq!(answer.header("content-disposition").map(|h| h.starts_with("attachment")), Some(true));
    assert!(answer.bytes == long, "every byte comes back");
    assert!(server.files().iter().any(|path| path.ends_with(format!("{}", file.id))), "{:?}", server.files());
    let stranger = FileStore::open(&server.place_with_secret("a guess")).expect("a store");
    assert!(stranger.check_now().is_err(), "who does not know the secret is sent away");
}

#[test]
fn bytes_that_nothing_speaks_of_are_swept_away_and_the_others_stay() {
    for server in [None, Some(S3Server::start())] {
        let portal = match &server {
            Some(server) => spawn_portal_with_files(server.store()),
            None => spawn_portal(),
        };
        let NewOrganisation { organisation, mut lead } = portal.approved_organisation("The Hub");
        add(&mut lead, "Minutes", PDF);
        lead.visit(LIST).follow("Add a document").fill("What it is", "The same").attach("File", "same.pdf", PDF);
        lead.press("Add this document").sees("You have this file already");
        let mut swept = 0;
        let store = portal.inside.files.clone();
        for hour in 0..24 {
            let later = portal.inside.clock.now() + Duration::hours(48 + hour);
            swept += System::new().block_on(sweep_files(&portal.inside.db, &store, later)).expect("the store answers");
        }
        assert_eq!(swept, 1, "the copy nobody needed");
        let all = portal.read(|conn| Document::all_of(conn, organisation.id));
        assert_eq!(lead.ask(&format!("{LIST}/{}/file", all[0].0.id)).text().as_bytes(), PDF);
    }
}

#[test]
fn a_file_waits_for_the_scanner_and_a_harmful_one_is_gone() {
    let clamd = Clamd::start();
    let folder = tempfile::tempdir().expect("a temporary folder");
    let files = youth_charter::config::FilesPlace::Folder(folder.path().into());
    let portal = spawn_portal_with_files(FileStore::open(&files).expect("a folder").with_scanner());
    let NewOrganisation { organisation, mut lead } = portal.approved_organisation("The Hub");
    add(&mut lead, "A good plan", PDF);
    add(&mut lead, "Trouble", &[b"%PDF-1.7 ", HARM].concat());
    lead.sees("Being checked for viruses");
    let file = |title: &str| file_titled(&portal, &lead, title);
    let (good, harmful) = (file("A good plan"), file("Trouble"));
    assert_eq!(good.state(), FileState::Waiting);
    let address = |title: &str| {
        let all = portal.read(|conn| Document::all_of(conn, organisation.id));
        let (document, ..) = all.into_iter().find(|(document, ..)| document.title == title).expect("it is there");
        format!("{LIST}/{}/file", document.id)
    };
    let answer = lead.ask(&address("A good plan"));
    assert_eq!(answer.status, 503);
    assert!(answer.text().contains("This file is still being checked"));

    // A scanner that is down lets nothing through.
    let nobody = ScannerPlace::Tcp(nobodys_address().to_string());
    assert_eq!(scan(&portal, &nobody), 0);
    assert_eq!(lead.ask(&address("A good plan")).status, 503);

    portal.advance(Duration::minutes(2));
    portal.read_all_letters();
    assert_eq!(scan(&portal, &clamd.place()), 2);
    assert_eq!(lead.ask(&address("A good plan")).text().as_bytes(), PDF);
    assert_eq!(lead.ask(&address("Trouble")).status, 410);
    lead.visit(LIST).sees("Refused: virus found");
    let letters = portal.letters_to(lead.email());
    assert!(letters[0].subject.contains("was refused"), "{letters:?}");
    assert!(System::new().block_on(portal.inside.files.read(harmful.id)).is_err(), "its bytes are gone");
    assert_eq!(scan(&portal, &clamd.place()), 0, "nothing is asked twice");
}

#[test]
fn what_is_not_a_document_is_refused_with_what_to_do() {
    let portal = spawn_portal();
    let NewOrganisation { mut lead, .. } = portal.approved_organisation("The Hub");
    for (name, bytes, words) in [
        ("holiday.pdf", &b"MZ\x90\x00 a program"[..], "must be a PDF, a picture"),
        ("empty.pdf", b"", "is empty"),
        ("page.txt", b"<html><script>alert(1)</script>", "must be a PDF, a picture"),
        ("plan.docx", b"PK\x03\x04 cut off", "is damaged"),
    ] {
        lead.visit(&format!("{LIST}/new")).fill("What it is", "Something").attach("File", name, bytes);
        lead.press("Add this document").sees(words);
        assert_eq!((lead.status(), lead.value_of("What it is")), (422, "Something".to_owned()));
    }
    let rows: i64 = portal.read(|conn| {
        use diesel::prelude::*;
        Ok(files::table.count().get_result(conn)?)
    });
    assert_eq!(rows, 0);
    lead.visit(WELCOME);
}

fn add(person: &mut Person, title: &str, bytes: &[u8]) {
    person.visit(&format!("{LIST}/new")).fill("What it is", title).attach("File", "plan.pdf", bytes);
    person.press("Add this document").sees(&format!("{title} is added"));
}

fn scan(portal: &RunningPortal, scanner: &ScannerPlace) -> usize {
    System::new().block_on(scan_waiting(&portal.inside, scanner)).expect("the records answer")
}

fn file_titled(portal: &RunningPortal, lead: &Person, title: &str) -> StoredFile {
    let account = lead.account().id;
    portal.read(|conn| {
        use diesel::prelude::*;
        use youth_charter::db::schema::documents;
        Ok(documents::table
            .inner_join(files::table)
            .filter(documents::title.eq(title))
            .filter(documents::added_by.eq(account))
            .select(StoredFile::as_select())
            .first(conn)?)
    })
}

/// 12 MiB: three parts of a store that takes them by five.
fn long_pdf() -> Vec<u8> {
    b"%PDF-1.7\n".iter().copied().chain((0..12 * 1024 * 1024_u32).map(|n| (n % 251) as u8)).collect()
}
