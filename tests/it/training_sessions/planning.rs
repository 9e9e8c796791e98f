//! Appointing a provider, and its people planning, opening, changing and calling off sessions.

use chrono::Days;

use crate::harness::{NewOrganisation, Person, RunningPortal, spawn_portal};

#[test]
fn the_vrp_appoints_a_provider_whose_person_accepts_and_plans_a_session() {
    let portal = spawn_portal();
    let mut steward = portal.steward();
    steward.visit("/vrp").follow("Training providers").sees("No provider is appointed yet");
    steward.follow("Appoint a provider").press("Appoint");
    assert_eq!(steward.error_beside("Name of the provider"), "Enter the name of the provider");
    steward.fill("Name of the provider", "Base 51").fill("What they do", "Training for the city and the county.");
    steward.press("Appoint").sees("Base 51 is appointed");
    steward.fill("Their full name", "Jo Bright").fill("Their email address", "jo.bright@example.org");
    steward.press("Send the invitation").sees("Jo Bright is invited").sees("Invited");
    steward.fill("Their full name", "Jo Bright").fill("Their email address", "jo.bright@example.org");
    steward.press("Send the invitation");
    let taken = "This address is invited already, or belongs to one of its people";
    assert_eq!(steward.error_beside("Their email address"), taken);

    let link = portal.letter_to("jo.bright@example.org").link();
    portal.visitor().visit(&link).sees("You need an account to accept");
    let mut jo = portal.signed_up("Jo Bright");
    jo.visit(&link).press("Accept the invitation");
    // They see other organisations' people: first a second step.
    portal.sets_up_second_step(&mut jo, "jo.bright@example.org");
    jo.visit(&link).sees("This invitation no longer works");

    jo.visit("/my").follow("Run training sessions").sees("Nothing is planned");
    jo.follow("Plan a session");
    plan_what(&portal, &mut jo);
    jo.press("Save and continue").sees("The session is planned").sees("Draft").sees("Only you see this session");
    jo.follow("Say where it is").choose("Where will people meet?", "At a place").press("Save");
    assert_eq!(jo.error_beside("Building and street"), "Enter the name of the building and its street");
    jo.fill("Building and street", "Meadows Library").fill("Postcode", "ng2 2aa").choose("District", "Nottingham");
    jo.fill("Access", "Step-free").press("Save").sees("Meadows Library, NG2 2AA");
    jo.follow("Change Places and price").fill("How many places are there?", "501").press("Save");
    assert!(jo.error_beside("How many places are there?").contains("from 1 to 500"));
    jo.fill("How many places are there?", "8").fill("Price for each place", "12.50").press("Save").sees("£12.50");
    jo.press("Open it for booking").sees("People can book the session now").sees("Open for booking");

    let hub = portal.approved_organisation("The Hub");
    let mut asha = portal.practitioner_of(&hub.organisation);
    asha.visit("/my/sessions").sees("SEND").sees("8 places free").sees("Base 51");
    steward.visit("/vrp/providers").follow("Base 51").press("End").sees("They no longer run sessions");
    assert_eq!(jo.ask("/provider").status, 403);
}

#[test]
fn what_is_wrong_with_a_plan_is_said_beside_each_field() {
    let portal = spawn_portal();
    let mut jo = portal.appointed_provider("Base 51").person;
    jo.visit("/provider/sessions/new").press("Save and continue");
    assert_eq!(jo.status(), 422);
    assert_eq!(jo.error_beside("What is it about?"), "Select what the session is about");
    assert_eq!(jo.error_beside("When does it start?"), "Enter when it starts, like 10am or 13:30");
    plan_what(&portal, &mut jo);
    jo.fill("When does it end?", "9am").press("Save and continue");
    assert_eq!(jo.error_beside("When does it end?"), "The session must end after it starts");
    jo.fill("When does it end?", "noonish").press("Save and continue");
    assert!(jo.error_beside("When does it end?").contains("must be a time of day"));
    jo.fill("When does it end?", "1pm").fill_date("When is it?", portal.today() - Days::new(1));
    jo.press("Save and continue");
    assert_eq!(jo.error_beside("When is it?"), "The session must be in the future");
    let skipped = [
        ("module", "send"),
        ("about", "x"),
        ("trainers", "Jo"),
        ("day-day", "28"),
        ("day-month", "3"),
        ("day-year", "2027"),
        ("starts", "1.30am"),
        ("ends", "4am"),
    ];
    let answer = jo.send("/provider/sessions/new", &skipped);
    assert_eq!(answer.status, 422);
    assert!(answer.text().contains("The clocks go forward that night"));
}

#[test]
fn those_with_a_place_learn_of_a_change_and_of_the_end() {
    let portal = spawn_portal();
    let base = portal.appointed_provider("Base 51");
    let session = portal.open_session(&base, portal.plan_for("send", 1));
    let mut jo = portal.same_person(&base.person);
    let (mut asha, mut ben) = two_people(&portal);
    let page = format!("/my/sessions/{}", session.id);
    asha.visit(&page).press("Book").sees("You have a place");
    ben.visit(&page).press("Book").sees("You are on the waiting list");
    for person in [&asha, &ben] {
        portal.letter_to(person.email());
    }

    jo.visit(&format!("/provider/sessions/{}", session.id)).sees(asha.name()).sees("Waiting list").sees(ben.name());
    jo.follow("Change What and when").fill("When does it end?", "5pm").press("Save and continue").sees("5:00pm");
    assert_eq!(portal.letter_to(asha.email()).subject, "Changed: A morning about it");
    assert!(portal.letters_to(ben.email()).is_empty(), "the one who waits has no place that changed");
    // Words that change nothing about being there tell nobody.
    jo.follow("Change What and when").fill("Who leads it?", "Kit").press("Save and continue").sees("Kit");

    jo.follow("Change Places and price").fill("How many places are there?", "2").press("Save").sees("2 people");
    assert_eq!(portal.letter_to(ben.email()).subject, "You now have a place: A morning about it");
    jo.follow("Change Places and price").fill("How many places are there?", "1").press("Save");
    let too_few = "There must be at least 2: so many are booked already";
    assert_eq!(jo.error_beside("How many places are there?"), too_few);

    jo.visit(&format!("/provider/sessions/{}", session.id)).follow("Call the session off").press("Call it off");
    assert!(jo.error_beside("Why is it called off?").contains("Enter the reason"));
    jo.fill("Why is it called off?", "The trainer is ill.").press("Call it off").sees("everyone is told");
    for person in [&asha, &ben] {
        let letter = portal.letter_to(person.email());
        assert_eq!(letter.subject, "Called off: A morning about it");
        assert!(letter.text.contains("The trainer is ill."), "{}", letter.text);
    }
    asha.visit(&page).sees("Called off").does_not_see("Give up my place");
    assert_eq!(asha.send(&format!("{page}/place"), &[]).status, 409);
}

#[test]
fn a_session_of_another_provider_is_not_found() {
    let portal = spawn_portal();
    let base = portal.appointed_provider("Base 51");
    let session = portal.open_session(&base, portal.plan_for("send", 1));
    let mut other = portal.appointed_provider("Elsewhere Training").person;
    for page in ["", "/what", "/where", "/places", "/cancellation", "/register", "/feedback"] {
        assert_eq!(other.ask(&format!("/provider/sessions/{}{page}", session.id)).status, 404, "{page}");
    }
    for page in ["/what", "/where", "/places", "/opening", "/cancellation", "/register", "/register/finish"] {
        let answer = other.send(&format!("/provider/sessions/{}{page}", session.id), &[("reason", "x")]);
        assert_eq!(answer.status, 404, "{page}");
    }
}

pub fn two_people(portal: &RunningPortal) -> (Person, Person) {
    let NewOrganisation { organisation, .. } = portal.approved_organisation("The Hub");
    (portal.practitioner_of(&organisation), portal.practitioner_of(&organisation))
}

fn plan_what(portal: &RunningPortal, jo: &mut Person) {
    jo.choose("What is it about?", "SEND").fill("What will people do there?", "We try things. Bring a pen.");
    jo.fill("Who leads it?", "Jo Bright").fill_date("When is it?", portal.today() + Days::new(20));
    jo.fill("When does it start?", "10am").fill("When does it end?", "1pm");
}
