//! Training: the matrix, one person's record, logging, confirming, and certificates that leave as downloads only.

use chrono::{Days, Duration, Months, NaiveDate};
use youth_charter::organisations::{
    Engagement, Member, MembershipRole, Position, add_without_account, join, person_of,
};
use youth_charter::training::{CellState, Matrix};

use crate::harness::{NewOrganisation, Person, RunningPortal, spawn_portal};

const CERTIFICATE: &[u8] = b"%PDF-1.4\n% a certificate\n%%EOF\n";

#[test]
fn a_lead_adds_someone_without_an_account_to_the_matrix_and_logs_for_them() {
    let portal = spawn_portal();
    let NewOrganisation { organisation, mut lead } = portal.approved_organisation("The Hub");
    lead.visit("/organisations/the-hub/training").sees("Add the people who work with you first");
    add_volunteer(&portal, &organisation, "Callum Deakin");

    lead.visit("/organisations/the-hub/training")
        .does_not_see("Add the people who work with you first")
        .sees("0 of 2")
        .follow("Log training for Callum Deakin")
        .sees("By logging this you confirm that they completed the training");
    fill(&mut lead, "Safeguarding (Core)", portal.today());
    lead.press("Log training").sees("The training is logged").sees("Training of Callum Deakin");
    let until = (portal.today() + Months::new(36)).format("%-d %B %Y");
    lead.sees(&format!("In date to {until}")).sees("Confirmed by Lead of The Hub").does_not_see("Confirm the training");
    lead.visit("/organisations/the-hub/training").sees("In date to");
}

#[test]
fn a_practitioner_logs_their_own_and_a_lead_confirms_it_once() {
    let portal = spawn_portal();
    let NewOrganisation { organisation, mut lead } = portal.approved_organisation("The Hub");
    let mut asha = portal.practitioner_of(&organisation);
    // The matrix would show them others: they go on to their own record.
    asha.visit("/organisations/the-hub/training").sees("Your training").sees("0 of 7 required modules in date");
    asha.follow("Log training in SEND").sees("A lead can confirm what you log");
    assert_eq!(asha.value_of("Training"), "SEND (Core)");
    fill(&mut asha, "SEND (Core)", portal.today());
    asha.attach("Certificate", "certificate.pdf", CERTIFICATE).press("Log training");
    asha.sees("1 of 7").sees("Logged by yourself, not confirmed yet").does_not_see("Confirm the training");

    let record = asha.path().to_owned();
    lead.visit(&record).sees("Logged by themselves, not confirmed yet");
    lead.press("Confirm").sees("The training is confirmed").sees("Confirmed by Lead of The Hub");
    asha.visit(&record).sees("Confirmed by Lead of The Hub");
    let again = format!("/organisations/the-hub/training/completions/{}/confirmation", completion_on(&asha));
    assert_eq!(lead.send(&again, &[]).status, 409);
}

#[test]
fn nobody_confirms_their_own_training() {
    let portal = spawn_portal();
    let NewOrganisation { organisation, mut lead } = portal.approved_organisation("The Hub");
    lead.visit("/my/training").follow("Log training in GDPR: information");
    fill(&mut lead, "GDPR: information recording, sharing and storing (Core)", portal.today());
    lead.attach("Certificate", "c.pdf", CERTIFICATE).press("Log training").sees("Logged by yourself");
    let confirmation = format!("/organisations/the-hub/training/completions/{}/confirmation", completion_on(&lead));
    assert_eq!(lead.send(&confirmation, &[]).status, 403);

    let mut practitioner = portal.practitioner_of(&organisation);
    assert_eq!(practitioner.send(&confirmation, &[]).status, 403);
    let NewOrganisation { lead: mut stranger, .. } = portal.approved_organisation("Elsewhere");
    assert_eq!(stranger.send(&confirmation.replace("the-hub", "elsewhere"), &[]).status, 404);

    let mut second = portal.lead_of(&organisation);
    assert_eq!(second.send(&confirmation, &[]).status, 303);
    lead.visit("/my/training").sees(&format!("Confirmed by {}", second.name()));
}

#[test]
fn what_is_wrong_with_a_log_is_said_beside_each_field() {
    let portal = spawn_portal();
    let NewOrganisation { mut lead, .. } = portal.approved_organisation("The Hub");
    lead.visit("/my/training/new").press("Log training");
    assert_eq!(lead.status(), 422);
    assert_eq!(lead.error_beside("Training"), "Select the training that was completed");
    assert_eq!(lead.error_beside("When was it completed?"), "Enter the date the training was completed");
    assert_eq!(lead.error_beside("Who gave the training?"), "Enter who gave the training, like Base 51");
    assert_eq!(lead.problems().len(), 3);

    let today = portal.today();
    for (day, problem) in [
        (today + Days::new(1), "The date of completion must be today or in the past"),
        (
            today - Months::new(60 * 12) - Days::new(1),
            "The date of completion must be in the last 60 years. Check the year",
        ),
    ] {
        lead.visit("/my/training/new");
        fill(&mut lead, "Governance (Accountability)", day);
        lead.press("Log training");
        assert_eq!(lead.error_beside("When was it completed?"), problem);
        assert_eq!(lead.value_of("Who gave the training?"), "Base 51");
    }

    fill(&mut lead, "Governance (Accountability)", today);
    lead.attach("Certificate", "certificate.pdf", b"MZ\x90\0 a program").press("Log training");
    let problem =
        "The certificate must be a PDF, a picture, a Word, Excel, PowerPoint or OpenDocument file, or plain text";
    assert_eq!(lead.error_beside("Certificate"), problem);

    let unknown = [("module", "knitting"), ("completed_on-day", "1"), ("completed_on-month", "5")];
    let unknown = [&unknown[..], &[("completed_on-year", "2024"), ("provider", "Base 51")]].concat();
    assert_eq!(lead.send("/my/training/new", &unknown).status, 422);
}

#[test]
fn the_same_training_on_the_same_day_is_logged_once() {
    let portal = spawn_portal();
    let NewOrganisation { mut lead, .. } = portal.approved_organisation("The Hub");
    for problems in [0, 1] {
        lead.visit("/my/training/new");
        fill(&mut lead, "Financial management (Accountability)", portal.today());
        lead.press("Log training");
        assert_eq!(lead.problems().len(), problems);
    }
    assert_eq!(lead.error_beside("When was it completed?"), "This training is logged already for this date");
}

#[test]
fn a_renewed_completion_replaces_the_expired_one_which_stays_in_the_record() {
    let portal = spawn_portal();
    let NewOrganisation { mut lead, .. } = portal.approved_organisation("The Hub");
    let long_ago = portal.today() - Months::new(40);
    lead.visit("/my/training/new");
    fill(&mut lead, "Safeguarding (Core)", long_ago);
    lead.press("Log training").sees("Expired ").sees("0 of 15");
    lead.visit("/my/training/new");
    fill(&mut lead, "Safeguarding (Core)", portal.today());
    lead.press("Log training").does_not_see("Expired ").sees("1 of 15").sees("Earlier training");
}

#[test]
fn as_days_pass_a_completion_goes_from_in_date_to_expiring_to_expired() {
    let portal = spawn_portal();
    let NewOrganisation { organisation, mut lead } = portal.approved_organisation("The Hub");
    lead.visit("/my/training/new");
    // 36 months from then are 61 days from now.
    let completed_on = (portal.today() + Days::new(61)) - Months::new(36);
    fill(&mut lead, "Safeguarding (Core)", completed_on);
    lead.press("Log training");
    for (days_later, state) in [(0, CellState::InDate), (1, CellState::Expiring), (61, CellState::Expiring)] {
        let matrix = portal.read(|conn| Matrix::of(conn, &organisation, portal.today() + Days::new(days_later)));
        assert_eq!(matrix.rows[0].cells[0].state, state, "{days_later} days later");
    }
    portal.advance(Duration::days(63));
    let matrix = portal.read(|conn| Matrix::of(conn, &organisation, portal.today()));
    assert_eq!(matrix.rows[0].cells[0].state, CellState::Expired);
    assert_eq!(matrix.count_required(CellState::Expired), 1);
    let holding = matrix.holding_of(&"safeguarding".into()).expect("a module of the programme");
    assert_eq!((holding.needed_by, holding.held_by, holding.first_expiry), (1, 0, None));
}

#[test]
fn a_certificate_is_a_download_for_its_owner_and_leads_alone() {
    let portal = spawn_portal();
    let NewOrganisation { organisation, mut lead } = portal.approved_organisation("The Hub");
    let mut asha = portal.practitioner_of(&organisation);
    asha.visit("/my/training/new");
    fill(&mut asha, "SEND (Core)", portal.today());
    asha.attach("Certificate", "SEND Zoë.pdf", CERTIFICATE).press("Log training");
    let own = format!("/my/training/completions/{}/certificate", completion_on(&asha));
    let within = own.replace("/my/", "/organisations/the-hub/");

    for (person, path) in [(&mut asha, &own), (&mut lead, &within)] {
        let answer = person.ask(path);
        assert_eq!((answer.status, answer.bytes.as_slice()), (200, CERTIFICATE));
        assert_eq!(answer.header("content-type"), Some("application/pdf"));
        assert_eq!(answer.header("x-content-type-options"), Some("nosniff"));
        assert!(answer.header("content-security-policy").is_some_and(|v| v.starts_with("sandbox")));
        let disposition = "attachment; filename=\"SEND Zo_.pdf\"; filename*=UTF-8''SEND%20Zo%C3%AB.pdf";
        assert_eq!(answer.header("content-disposition"), Some(disposition));
    }
    assert_eq!(asha.ask(&within).status, 200);
    for mut other in [portal.practitioner_of(&organisation), portal.signatory_of(&organisation), portal.steward()] {
        assert_eq!(other.ask(&within).status, 404, "{}", other.name());
        assert_eq!(other.ask(&own).status, 404, "{}", other.name());
    }
    assert_eq!(portal.visitor().ask(&within).status, 303);
}

#[test]
fn who_sees_whose_training() {
    let portal = spawn_portal();
    let NewOrganisation { organisation, mut lead } = portal.approved_organisation("The Hub");
    let callum = add_volunteer(&portal, &organisation, "Callum Deakin").person;
    let record = format!("/organisations/the-hub/training/people/{}", callum.id);
    let log = format!("{record}/new");
    for (mut person, sees, logs) in [
        (portal.practitioner_of(&organisation), 404, 404),
        (portal.signatory_of(&organisation), 200, 403),
        (portal.viewer_of(&organisation), 200, 403),
        (portal.lead_of(&organisation), 200, 200),
    ] {
        assert_eq!(person.ask(&record).status, sees, "{}", person.name());
        assert_eq!(person.ask(&log).status, logs, "{}", person.name());
        assert_eq!(person.send(&log, &[]).status, if logs == 200 { 422 } else { logs }, "{}", person.name());
    }
    let NewOrganisation { lead: mut stranger, .. } = portal.approved_organisation("Elsewhere");
    assert_eq!(stranger.ask(&record).status, 404);
    assert_eq!(stranger.ask(&record.replace("the-hub", "elsewhere")).status, 404);
    assert_eq!(lead.ask("/organisations/the-hub/training/people/nobody").status, 404);
    let NewOrganisation { lead: mut waiting, .. } = portal.submitted_organisation("Not Yet");
    assert_eq!(waiting.ask("/organisations/not-yet/training").status, 403);
}

#[test]
fn a_record_goes_with_its_person_to_the_next_organisation() {
    let portal = spawn_portal();
    let NewOrganisation { organisation: hub, .. } = portal.approved_organisation("The Hub");
    let NewOrganisation { organisation: barn, lead: mut barn_lead } = portal.approved_organisation("The Barn");
    let mut asha = portal.practitioner_of(&hub);
    asha.visit("/organisations/the-hub/training").follow("Log training in SEND");
    fill(&mut asha, "SEND (Core)", portal.today());
    asha.press("Log training");
    let account = asha.account().clone();
    portal.act(|act| {
        let person = person_of(act, account.id, &account.name)?;
        let (role, engagement) = (MembershipRole::Practitioner, Engagement::Paid);
        join(act, barn.id, person, Position { role, engagement, accountable: true })
    });
    barn_lead.visit("/organisations/the-barn/training").follow(asha.name()).sees("Base 51").sees("1 of 15");
    asha.visit("/my/training").sees("1 of 15").sees("Governance");
}

#[test]
fn someone_in_no_organisation_has_no_record_yet() {
    let portal = spawn_portal();
    let mut asha = portal.signed_up("Asha Patel");
    asha.visit("/my/training").sees("You are not in an organisation yet");
    assert_eq!(asha.ask("/my/training/new").status, 404);
    assert_eq!(asha.send("/my/training/new", &[]).status, 404);
    assert_eq!(portal.visitor().ask("/my/training").status, 303);
}

#[test]
fn the_matrix_shows_one_pathway_at_a_time() {
    let portal = spawn_portal();
    let NewOrganisation { organisation, mut lead } = portal.approved_organisation("The Hub");
    add_volunteer(&portal, &organisation, "Callum Deakin");
    for (word, columns) in [("", 17), ("?pathway=all", 17), ("?pathway=core", 7), ("?pathway=accountability", 8)] {
        lead.visit(&format!("/organisations/the-hub/training{word}"));
        assert_eq!(lead.page().all(".matrix tbody tr:first-child td").len(), columns, "{word}");
    }
    lead.visit("/organisations/the-hub/training").follow("CPD").sees("Optional").does_not_see("Safeguarding");
}

fn add_volunteer(
    portal: &RunningPortal,
    organisation: &youth_charter::organisations::Organisation,
    name: &str,
) -> Member {
    let (role, engagement) = (MembershipRole::Practitioner, Engagement::Volunteer);
    let position = Position { role, engagement, accountable: false };
    portal.act(|act| add_without_account(act, organisation.id, name, position))
}

/// Fills the form to log training, but for the certificate.
#[track_caller]
fn fill(person: &mut Person, training: &str, day: NaiveDate) {
    person
        .choose("Training", training)
        .fill_date("When was it completed?", day)
        .fill("Who gave the training?", "Base 51");
}

/// The id of the first completion with a certificate on a page.
fn completion_on(person: &Person) -> String {
    let links = person.page().all("a[href$='/certificate']");
    let address = links.first().and_then(|link| link.attr("href")).expect("a link to a certificate");
    address.split('/').nth_back(1).expect("the id stands before the last part").to_owned()
}
