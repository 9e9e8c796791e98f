//! What goes wrong beside people: clocks set back, and two tabs open at once.

use chrono::{Duration, NaiveDateTime};
use diesel::prelude::*;
use youth_charter::audit::{Verdict, verify_chain};
use youth_charter::charter::PledgeInFull;
use youth_charter::db::schema::audit_entries;
use youth_charter::documents::Document;
use youth_charter::reminders::do_what_is_due;

use crate::harness::{Person, RunningPortal, a_document, spawn_portal};

fn is_signed_in(person: &mut Person) -> bool {
    person.ask("/my").status == 200
}

#[test]
fn a_clock_set_back_by_an_hour_signs_nobody_out_for_good_and_nobody_in() {
    let portal = spawn_portal();
    portal.advance(Duration::hours(1));
    let mut asha = portal.signed_up("Asha Patel");
    portal.advance(Duration::hours(-1));
    assert!(!is_signed_in(&mut asha), "a session from the future is not believed");
    let account = asha.account().clone();
    let mut now = portal.signed_in(&account);
    assert!(is_signed_in(&mut now), "and one of now is");
    portal.advance(Duration::hours(1));
    assert!(is_signed_in(&mut asha) && is_signed_in(&mut now), "both stand when the clock is right again");
    portal.read_all_letters();
}

#[test]
fn the_trail_keeps_its_order_and_its_chain_when_the_clock_is_set_back() {
    let portal = spawn_portal();
    let hub = portal.approved_organisation("The Hub");
    portal.advance(Duration::days(-30));
    portal.written_pledge(&hub.organisation, &hub.lead);
    portal.advance(Duration::days(60));
    portal.practitioner_of(&hub.organisation);
    let entries: Vec<(i64, NaiveDateTime, String)> = portal.read(|conn| {
        let columns = (audit_entries::sequence, audit_entries::at, audit_entries::verb);
        Ok(audit_entries::table.order(audit_entries::sequence).select(columns).load(conn)?)
    });
    let place = |verb: &str| entries.iter().position(|(.., v)| v == verb).unwrap_or_else(|| panic!("no {verb}"));
    let (approved, written) = (place("organisation approved"), place("commitment written"));
    assert!(approved < written, "what was done later stands later");
    assert!(entries[approved].1 > entries[written].1, "though its time says otherwise");
    assert!(entries.windows(2).all(|pair| pair[0].0 + 1 == pair[1].0), "without a gap");
    assert_eq!(portal.read(verify_chain), Verdict::Whole(entries.len() as i64));
    portal.read_all_letters();
}

#[test]
fn no_code_of_an_authenticator_is_good_twice_when_the_clock_is_set_back() {
    let portal = spawn_portal();
    let asha = portal.signed_up("Asha Patel");
    portal.give_authenticator(asha.account());
    portal.advance(Duration::minutes(2));
    let code = portal.code_of(asha.account());
    let enter = |code: &str| {
        let mut person = portal.visitor();
        person.send("/sign-in", &[("email", asha.email()), ("password", crate::harness::PASSWORD)]);
        person.send("/sign-in/code", &[("code", code)]).status
    };
    assert_eq!(enter(&code), 303);
    for back in [0, 1, 2] {
        portal.advance(Duration::minutes(-back));
        assert_eq!(enter(&code), 422, "{back} minutes back");
        assert_eq!(enter(&portal.code_before(asha.account())), 422, "nor one from before it");
    }
    portal.advance(Duration::minutes(4));
    portal.advance(Duration::minutes(15));
    assert_eq!(enter(&portal.code_of(asha.account())), 303, "when time has caught up, theirs works again");
    portal.read_all_letters();
}

#[test]
fn what_falls_due_is_done_once_though_the_clock_goes_back_and_comes_again() {
    let portal = spawn_portal();
    let hub = portal.approved_organisation("The Hub");
    let second = portal.lead_of(&hub.organisation);
    let signatory = portal.signatory_of(&hub.organisation);
    portal.pledge_in_force(&hub.organisation, &signatory, &hub.lead);
    portal.read_all_letters();
    portal.advance(Duration::days(366));
    do_what_is_due(&portal.inside).expect("it is done");
    let lapsed = |portal: &RunningPortal| portal.letters_to(second.email()).len();
    assert_eq!(lapsed(&portal), 1);
    for days in [-2, 1, 1, 1] {
        portal.advance(Duration::days(days));
        do_what_is_due(&portal.inside).expect("it is done");
    }
    assert_eq!(lapsed(&portal), 0, "nobody is told twice");
    portal.read_all_letters();
}

/// The question beside the words of a commitment.
const WHO: &str = "Who sees to it?";

#[test]
fn two_who_write_one_commitment_at_once_lose_neither_text() {
    let portal = spawn_portal();
    let mut hub = portal.approved_organisation("The Hub");
    let mut other = portal.lead_of(&hub.organisation);
    let pledge = portal.written_pledge(&hub.organisation, &hub.lead);
    let whole = portal.read(|conn| PledgeInFull::of(conn, pledge.clone()));
    let statement = &whole.promises[0].statement;
    let page = format!("/organisations/the-hub/pledge/statements/{}", statement.id);
    // Both have the page open.
    hub.lead.visit(&page).fill(&statement.prompt, "We meet every Monday and ask.").fill(WHO, "The lead volunteer");
    other.visit(&page).fill(&statement.prompt, "We put it to the young people’s council.").fill(WHO, "The council");
    hub.lead.press("Save and continue");
    assert_ne!(hub.lead.status(), 422);
    other.press("Save and continue");
    assert_eq!(other.status(), 422);
    other.sees("Someone else saved this while you were writing").sees("We meet every Monday and ask.");
    assert_eq!(other.value_of(&statement.prompt), "We put it to the young people’s council.");
    let words = |portal: &RunningPortal| {
        let whole = portal.read(|conn| PledgeInFull::of(conn, pledge.clone()));
        whole.promises[0].commitment.clone().expect("written").words
    };
    assert_eq!(words(&portal), "We meet every Monday and ask.");
    // One of both, with both before their eyes.
    other.fill(&statement.prompt, "We meet every Monday, ask, and take it to the council.").press("Save and continue");
    assert_eq!(words(&portal), "We meet every Monday, ask, and take it to the council.");
    // The same form sent twice is no quarrel.
    hub.lead.visit(&page).fill(&statement.prompt, "We ask.").fill(WHO, "All of us").press("Save and continue");
    portal.read_all_letters();
}

#[test]
fn a_tab_left_open_over_a_change_of_state_gets_a_conflict_and_changes_nothing() {
    let portal = spawn_portal();
    let mut hub = portal.approved_organisation("The Hub");
    let signatory = portal.signatory_of(&hub.organisation);
    let pledge = portal.written_pledge(&hub.organisation, &hub.lead);
    let whole = portal.read(|conn| PledgeInFull::of(conn, pledge.clone()));
    let statement = &whole.promises[0].statement;
    hub.lead.visit(&format!("/organisations/the-hub/pledge/statements/{}", statement.id));
    hub.lead.fill(&statement.prompt, "Too late.").fill(WHO, "All of us");
    portal.sign(&hub.organisation, &pledge, &signatory, youth_charter::charter::Capacity::Governance);
    hub.lead.press("Save and continue");
    assert_eq!(hub.lead.status(), 409);
    let after = portal.read(|conn| PledgeInFull::of(conn, pledge.clone()));
    assert_eq!(after.promises[0].commitment, whole.promises[0].commitment);
    portal.read_all_letters();
}

#[test]
fn two_who_change_one_document_at_once_see_both_texts() {
    let portal = spawn_portal();
    let mut hub = portal.approved_organisation("The Hub");
    let mut other = portal.lead_of(&hub.organisation);
    let (id, by) = (hub.organisation.id, hub.lead.account().id);
    let document = portal.act_as(&hub.lead, |act| a_document(act, id, by, "Safeguarding policy")).id;
    let page = format!("/organisations/the-hub/documents/{document}");
    hub.lead.visit(&page).fill("What it is", "Safeguarding policy 2026");
    other.visit(&page).fill("What it is", "Safeguarding policy, signed");
    hub.lead.press("Save").sees("Safeguarding policy 2026");
    other.press("Save");
    assert_eq!(other.status(), 409);
    other.sees("changed while you were writing").sees("Safeguarding policy 2026");
    assert_eq!(other.value_of("What it is"), "Safeguarding policy, signed");
    let titles = || portal.read(|conn| Document::titles_of(conn, id));
    assert_eq!(titles()[0].1, "Safeguarding policy 2026");
    // With both before their eyes.
    other.fill("What it is", "Safeguarding policy 2026, signed").press("Save");
    assert_eq!(titles()[0].1, "Safeguarding policy 2026, signed");
    portal.read_all_letters();
}
