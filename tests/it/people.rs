//! The people of an organisation: added, invited, joined; and links in the wrong hands.

use chrono::Duration;

use crate::harness::spawn_portal;

#[test]
fn a_lead_adds_someone_without_an_account() {
    let portal = spawn_portal();
    let mut new = portal.approved_organisation("The Hub");
    new.lead.visit("/organisations/the-hub/people").sees("You have one lead").follow("Add someone without an account");
    new.lead.press("Add this person");
    assert_eq!(
        new.lead.problems(),
        ["Enter their full name", "Select what they will do here", "Select how they work for you"]
    );
    new.lead.fill("Their full name", "Bev Clarke").choose("What will they do here?", "Practitioner");
    new.lead.choose("How do they work for you?", "Volunteer").press("Add this person");
    new.lead.sees("Bev Clarke is added").sees("No account");
}

#[test]
fn a_lead_cannot_be_someone_without_an_account() {
    let portal = spawn_portal();
    let mut new = portal.approved_organisation("The Hub");
    let fields = [("name", "Bev Clarke"), ("role", "lead"), ("engagement", "paid")];
    assert_eq!(new.lead.send("/organisations/the-hub/people/new", &fields).status, 422);
}

#[test]
fn an_invited_person_registers_accepts_and_is_a_member() {
    let portal = spawn_portal();
    let mut new = portal.approved_organisation("The Hub");
    new.lead.visit("/organisations/the-hub/people/invitations/new").fill("Their full name", "Rob Ward");
    new.lead.fill("Their email address", "rob@example.org").choose("What will they do here?", "Lead");
    new.lead.choose("How do they work for you?", "Paid").press("Send the invitation").sees("rob@example.org");
    let link = portal.letter_to("rob@example.org").link();

    let mut stranger = portal.visitor();
    stranger.visit(&link).sees("The Hub has invited you, Rob Ward").sees("You need an account");
    let mut rob = portal.signed_up("Rob Ward");
    rob.visit(&link).press("Accept the invitation");
    assert_eq!(rob.path(), "/organisations/the-hub");
    rob.visit("/organisations/the-hub/people").does_not_see("You have one lead");
    assert_eq!(portal.letter_to(new.lead.email()).subject, "Rob Ward has joined The Hub");

    // The link has been used.
    let mut mal = portal.signed_up("Mal Lory");
    mal.visit(&link).sees("This invitation no longer works");
    assert_eq!(mal.send(&link, &[]).status, 404);
}

#[test]
fn an_invitation_is_withdrawn_or_grows_old() {
    let portal = spawn_portal();
    let mut new = portal.approved_organisation("The Hub");
    let invite = |lead: &mut crate::harness::Person| {
        lead.visit("/organisations/the-hub/people/invitations/new").fill("Their full name", "Rob Ward");
        lead.fill("Their email address", "rob@example.org").choose("What will they do here?", "Practitioner");
        lead.choose("How do they work for you?", "Paid").press("Send the invitation");
    };
    let mut rob = portal.signed_up("Rob Ward");
    invite(&mut new.lead);
    let first = portal.letter_to("rob@example.org").link();
    invite(&mut new.lead);
    assert_eq!(new.lead.problems(), ["This address has an invitation that is not answered yet"]);
    new.lead.visit("/organisations/the-hub/people").press("Withdraw").sees("The invitation is withdrawn");
    assert_eq!(rob.send(&first, &[]).status, 404);

    invite(&mut new.lead);
    let second = portal.letter_to("rob@example.org").link();
    portal.advance(Duration::days(14));
    let mut rob = portal.signed_in(rob.account());
    assert_eq!(rob.send(&second, &[]).status, 404);
    // It makes room for a new one.
    let mut lead = portal.signed_in(new.lead.account());
    invite(&mut lead);
    assert_eq!(rob.send(&portal.letter_to("rob@example.org").link(), &[]).status, 303);
    assert_eq!(portal.letter_to(new.lead.email()).subject, "Rob Ward has joined The Hub");
}

#[test]
fn a_member_cannot_accept_a_second_time() {
    let portal = spawn_portal();
    let mut new = portal.approved_organisation("The Hub");
    let address = new.lead.email().to_owned();
    new.lead.visit("/organisations/the-hub/people/invitations/new").fill("Their full name", "Asha");
    new.lead.fill("Their email address", &address).choose("What will they do here?", "Viewer");
    new.lead.choose("How do they work for you?", "Paid").press("Send the invitation");
    let link = portal.letter_to(&address).link();
    assert_eq!(new.lead.send(&link, &[]).status, 409);
}

#[test]
fn another_organisations_people_and_invitations_do_not_exist() {
    let portal = spawn_portal();
    let mut hub = portal.approved_organisation("The Hub");
    let mut other = portal.approved_organisation("Elsewhere");
    hub.lead.visit("/organisations/the-hub/people/invitations/new").fill("Their full name", "Rob Ward");
    hub.lead.fill("Their email address", "rob@example.org").choose("What will they do here?", "Lead");
    hub.lead.choose("How do they work for you?", "Paid").press("Send the invitation");
    portal.read_all_letters();
    let withdrawal = hub.lead.page().action_of("Withdraw");
    assert_eq!(other.lead.ask("/organisations/the-hub/people").status, 404);
    assert_eq!(other.lead.send(&withdrawal, &[]).status, 404);
    let through_their_own = withdrawal.replace("/the-hub/", "/elsewhere/");
    assert_eq!(other.lead.send(&through_their_own, &[]).status, 404);
}

#[test]
fn a_practitioner_sees_the_people_and_changes_nothing() {
    let portal = spawn_portal();
    let new = portal.approved_organisation("The Hub");
    let mut pat = portal.practitioner_of(&new.organisation);
    pat.visit("/organisations/the-hub/people").does_not_see("Invite someone");
    assert_eq!(pat.ask("/organisations/the-hub/people/new").status, 403);
    assert_eq!(pat.send("/organisations/the-hub/people/new", &[("name", "X")]).status, 403);
}
