//! What someone may do in an organisation: changed, ended, left; and the lead it always keeps.

use youth_charter::organisations::{Change, Engagement, Member, MembershipRole};

use crate::harness::{Person, RunningPortal, spawn_portal};

fn member_of(portal: &RunningPortal, slug: &str, person: &Person) -> Member {
    let organisation = portal.read(|conn| youth_charter::organisations::Organisation::find_by_slug(conn, slug));
    portal.read(|conn| Member::of_account(conn, organisation.id, person.account().id)).expect("a member")
}

#[test]
fn a_lead_changes_what_someone_may_do_and_they_are_told() {
    let portal = spawn_portal();
    let mut hub = portal.approved_organisation("The Hub");
    let mut prue = portal.practitioner_of(&hub.organisation);
    assert_eq!(prue.ask("/organisations/the-hub/people/new").status, 403);
    let name = prue.name().to_owned();
    hub.lead.visit("/organisations/the-hub/people").follow(&name).choose("What will they do here?", "Lead");
    hub.lead.choose("How do they work for you?", "Paid").press("Save").sees(&format!("What {name} may do is changed"));
    let letter = portal.letter_to(prue.email());
    assert!(letter.text.contains("Your role is now: Lead"), "{}", letter.text);
    assert_eq!(prue.ask("/organisations/the-hub/people/new").status, 200);
}

#[test]
fn someone_without_an_account_cannot_be_made_a_lead() {
    let portal = spawn_portal();
    let mut hub = portal.approved_organisation("The Hub");
    hub.lead.visit("/organisations/the-hub/people/new").fill("Their full name", "Bev Clarke");
    hub.lead.choose("What will they do here?", "Viewer").choose("How do they work for you?", "Volunteer");
    hub.lead.press("Add this person").follow("Bev Clarke").sees("No account");
    let address = hub.lead.path().to_owned();
    assert_eq!(hub.lead.send(&address, &[("role", "lead"), ("engagement", "paid")]).status, 422);
}

#[test]
fn the_last_lead_stays_until_there_is_another() {
    let portal = spawn_portal();
    let mut hub = portal.approved_organisation("The Hub");
    let member = member_of(&portal, "the-hub", &hub.lead);
    let page = format!("/organisations/the-hub/people/{}", member.person.id);
    hub.lead.visit(&page).choose("What will they do here?", "Viewer").press("Save");
    assert!(hub.lead.error_beside("What will they do here?").starts_with("Nobody would lead your organisation then"));
    for (address, button) in [
        (format!("{page}/leaving"), "End their membership"),
        ("/organisations/the-hub/people/me/leaving".into(), "Leave"),
    ] {
        hub.lead.visit(&address).press(button);
        assert_eq!(hub.lead.status(), 422, "{address}");
        assert_eq!(hub.lead.problems().len(), 1);
    }
    let second = portal.lead_of(&hub.organisation);
    hub.lead.visit("/organisations/the-hub/people/me/leaving").press("Leave").sees("You have left The Hub");
    assert_eq!(hub.lead.ask("/organisations/the-hub").status, 404);
    let letter = portal.letter_to(second.email());
    assert!(letter.subject.ends_with("has left The Hub"), "{}", letter.subject);
    assert!(portal.letters_to(hub.lead.email()).is_empty());
}

#[test]
fn two_leads_who_leave_at_the_same_moment_do_not_both_go() {
    let portal = spawn_portal();
    let hub = portal.approved_organisation("The Hub");
    let second = portal.lead_of(&hub.organisation);
    let members = [&hub.lead, &second].map(|lead| member_of(&portal, "the-hub", lead));
    let changes: Vec<Change> = std::thread::scope(|scope| {
        let ending = members.iter().map(|member| scope.spawn(|| portal.act(|act| member.membership.end(act))));
        let ending: Vec<_> = ending.collect();
        ending.into_iter().map(|thread| thread.join().expect("no panic")).collect()
    });
    assert_eq!(changes.iter().filter(|change| **change == Change::Made).count(), 1, "{changes:?}");
}

#[test]
fn whoever_is_ended_cannot_come_in_and_keeps_their_own_record() {
    let portal = spawn_portal();
    let mut hub = portal.approved_organisation("The Hub");
    let mut prue = portal.practitioner_of(&hub.organisation);
    let name = prue.name().to_owned();
    hub.lead.visit("/organisations/the-hub/people").follow(&name).follow("They are leaving your organisation");
    hub.lead.press("End their membership").sees("no longer belongs to your organisation here");
    hub.lead.visit("/organisations/the-hub/people");
    assert!(!hub.lead.reads().contains(&name));
    assert_eq!(portal.letter_to(prue.email()).subject, "You no longer belong to The Hub here");
    assert_eq!(prue.ask("/organisations/the-hub").status, 404);
    prue.visit("/my/training");
    // They can come back, as the same person.
    portal.enrol(&prue, &hub.organisation, MembershipRole::Viewer, Engagement::Volunteer);
    assert_eq!(prue.ask("/organisations/the-hub").status, 200);
}

#[test]
fn an_invitation_is_sent_again_under_a_new_link() {
    let portal = spawn_portal();
    let mut hub = portal.approved_organisation("The Hub");
    hub.lead.visit("/organisations/the-hub/people/invitations/new").fill("Their full name", "Rob Ward");
    hub.lead.fill("Their email address", "rob@example.org").choose("What will they do here?", "Lead");
    hub.lead.choose("How do they work for you?", "Paid").press("Send the invitation");
    let first = portal.letter_to("rob@example.org").link();
    portal.advance(chrono::Duration::days(13));
    hub.lead.visit("/organisations/the-hub/people").press_in("Rob Ward", "Send again the invitation of Rob Ward");
    let second = portal.letter_to("rob@example.org").link();
    portal.advance(chrono::Duration::days(10));
    let mut rob = portal.signed_up("Rob Ward");
    assert_eq!(rob.send(&first, &[]).status, 404, "the old link no longer works");
    assert_eq!(rob.send(&second, &[]).status, 303, "and the new one lasts for 14 days");
    portal.read_all_letters();
}
