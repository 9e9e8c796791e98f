//! How a pledge is kept: notes, the yearly check, and who reads them.

use youth_charter::charter::Progress;
use youth_charter::organisations::{Engagement, MembershipRole};

use crate::harness::spawn_portal;
use crate::pledging::{pledged, with_both_sides};

#[test]
fn a_practitioner_notes_how_it_goes_and_nobody_else_reads_it_until_a_lead_says_so() {
    let portal = spawn_portal();
    let mut hub = pledged(&portal, "The Hub");
    let (address, code) = (hub.address(), hub.pledge(&portal).pledge.code);
    let mut asha = portal.practitioner_of(&hub.organisation);
    asha.visit(&address).follow("How you keep your pledge").sees("0 of 7 commitments have a note");
    asha.follow("Add a note on Respect").press("Save the note");
    assert_eq!(asha.problems(), ["Select how it is going", "Enter what you have done so far"]);
    asha.choose("How is it going?", "We have begun").fill("What have you done so far?", "A first evening.");
    asha.press("Save the note").sees("Your note is saved").sees("1 of 7 commitments have a note");
    asha.follow("Add a note on Respect").choose("How is it going?", "It is going well");
    asha.fill("What have you done so far?", "Eleven <b>came</b>.").press("Save the note");
    asha.sees("Eleven <b>came</b>.").sees("A first evening.").does_not_see("Show it to everyone");
    assert_eq!(asha.send(&format!("{address}/progress/showing"), &[("shown", "yes")]).status, 403);

    let mut anyone = portal.visitor();
    let public = format!("/pledges/{code}");
    anyone.visit(&public).does_not_see("Eleven");
    hub.lead.visit(&format!("{address}/progress")).press("Show it to everyone");
    hub.lead.sees("Anyone can read how you keep your pledge");
    anyone.visit(&public).sees("It is going well. Eleven <b>came</b>.").does_not_see("A first evening");
    anyone.does_not_see(asha.name());
    hub.lead.press("Keep it to ourselves").sees("Only your organisation reads this now");
    anyone.visit(&public).does_not_see("Eleven");
}

#[test]
fn once_in_its_year_an_organisation_says_what_changed() {
    let portal = spawn_portal();
    let mut hub = pledged(&portal, "The Hub");
    let address = hub.address();
    hub.lead.visit(&format!("{address}/progress")).follow("Say what changed").press("Save");
    assert_eq!(hub.lead.problems(), ["Enter what changed for young people, or what did not"]);
    let question = "What is different for young people because of your pledge?";
    hub.lead.fill(question, "Not much yet.").press("Save").sees("Thank you").sees("Not much yet.");
    hub.lead.follow("Change what you said");
    assert_eq!(hub.lead.value_of(question), "Not much yet.");
    hub.lead.fill(question, "They choose the trips.").press("Save").does_not_see("Not much yet.");
    hub.lead.press("Show it to everyone");
    let id = hub.pledge(&portal).pledge.id;
    assert_eq!(
        portal.read(|conn| Progress::of(conn, id)).check.map(|c| c.words).as_deref(),
        Some("They choose the trips.")
    );
    portal.visitor().visit(&format!("/pledges/{}", hub.pledge(&portal).pledge.code)).sees("They choose the trips.");
    // What was shown is out of sight as soon as the pledge is.
    portal.act_as(&hub.lead, |act| {
        let pledge = youth_charter::charter::Pledge::in_force_of(act.conn, hub.organisation.id)?.expect("in force");
        pledge.withdraw(act, &hub.organisation, "We close.")
    });
    portal.visitor().visit(&format!("/pledges/{}", hub.pledge(&portal).pledge.code)).does_not_see("trips");
    assert_eq!(hub.lead.ask(&format!("{address}/progress")).status, 404);
    portal.read_all_letters();
}

#[test]
fn only_people_of_the_organisation_note_and_those_who_look_on_do_not() {
    let portal = spawn_portal();
    let hub = pledged(&portal, "The Hub");
    let page = format!("{}/progress", hub.address());
    let fields = [("stage", "done"), ("words", "All of it.")];
    let (mut viewer, _) = portal.member_of(&hub.organisation, MembershipRole::Viewer, Engagement::Volunteer);
    viewer.visit(&page).does_not_see("Add a note");
    assert_eq!(viewer.send(&format!("{page}/respect"), &fields).status, 403);
    let mut stranger = with_both_sides(&portal, "Other").lead;
    assert_eq!(stranger.ask(&page).status, 404);
    assert_eq!(stranger.send(&format!("{page}/respect"), &fields).status, 404);
    let mut lead = portal.same_person(&hub.lead);
    assert_eq!(lead.send(&format!("{page}/no-such-statement"), &fields).status, 404);
    assert_eq!(lead.send(&format!("{page}/respect"), &[("stage", "perfect"), ("words", "x")]).status, 422);
    let id = hub.pledge(&portal).pledge.id;
    assert!(portal.read(|conn| Progress::of(conn, id)).notes.is_empty());
}
