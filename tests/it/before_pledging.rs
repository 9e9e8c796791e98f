//! The way to a first pledge: interest, training by young people, and what the VRP lets someone do instead.

use chrono::Duration;
use youth_charter::attendance::{Mark, finish_register, mark_attendance};
use youth_charter::charter::{Capacity, Pledge};
use youth_charter::error::Error;
use youth_charter::programme::Programme;
use youth_charter::reminders::do_what_is_due;
use youth_charter::training_sessions::{BookingState, Plan, SessionSubject, TrainingSession, bookings_in};

use crate::harness::{NewOrganisation, NewProvider, Person, RunningPortal, spawn_portal};
use crate::pledging::{begin_and_write, sign};

const TRAINING_FIRST: &str = "Must someone go to Charter training before an organisation’s first pledge?";

fn training_comes_first(portal: &RunningPortal) -> Person {
    let mut steward = portal.steward();
    steward.visit("/vrp").follow("What the programme asks").choose(TRAINING_FIRST, "Yes, training comes first");
    steward.press("Save").sees("What the programme asks is saved");
    steward
}

pub fn charter_session(portal: &RunningPortal, provider: &NewProvider) -> TrainingSession {
    let plan = Plan {
        subject: SessionSubject::Charter,
        module_id: None,
        title: "Youth Charter training".into(),
        trainers: "Amara J and Tyrell B".into(),
        ..portal.plan_for("send", 6)
    };
    portal.open_session(provider, plan)
}

/// The register says that everyone with a place was there, or that nobody was.
pub fn mark_all(portal: &RunningPortal, provider: &NewProvider, session: &TrainingSession, mark: fn() -> Mark) {
    let by = provider.person.account().id;
    portal.act_as(&provider.person, |act| {
        let booked = bookings_in(act.conn, session.id, &BookingState::SEATED)?;
        let marks: Vec<_> = booked.iter().map(|booking| (booking.id, mark())).collect();
        mark_attendance(act, session, by, &marks)?;
        finish_register(act, session, by)
    });
}

#[test]
fn from_interest_by_training_led_by_young_people_to_a_pledge() {
    let portal = spawn_portal();
    let steward = training_comes_first(&portal);
    let base = portal.appointed_provider("Base 51");
    let NewOrganisation { organisation, mut lead } = portal.approved_organisation("The Hub");
    portal.read_all_letters();
    let pledge = "/organisations/the-hub/pledge";
    lead.visit(pledge).sees("You can begin your pledge when someone of yours has been to Charter training");
    assert!(lead.page().buttons("Begin your pledge").is_empty());
    assert_eq!(lead.send(pledge, &[]).status, 303, "a button from before leads back");
    assert!(portal.read(|conn| Pledge::latest_of(conn, organisation.id)).is_none());

    lead.visit(pledge).follow("Say that you are interested").press("Save");
    assert_eq!(lead.error_beside("How many people would come?"), "Enter how many people would come");
    lead.fill("How many people would come?", "2").fill("When and where would suit you?", "After seven").press("Save");
    lead.sees("knows that you are interested").sees("2 people want to come to the training");
    assert_eq!(portal.letters_about(steward.email(), "The Hub is interested in the Youth Charter").len(), 1);
    portal.read_all_letters();

    let session = charter_session(&portal, &base);
    assert_eq!(do_what_is_due(&portal.inside).expect("due").invited_to_the_charter, 1);
    assert_eq!(do_what_is_due(&portal.inside).expect("due").invited_to_the_charter, 0, "once");
    let letter = portal.letters_about(lead.email(), "Charter training you can book").remove(0);
    assert!(
        letter.text.contains(&format!("/organisations/the-hub/training/sessions/{}", session.id)),
        "{}",
        letter.text
    );
    lead.visit(pledge).follow("Go to Charter training").follow("Youth Charter training");
    let own_name = lead.name().to_owned();
    lead.sees("Amara J and Tyrell B").tick(&own_name).press("Book");
    lead.visit(pledge).sees("1 place ahead").sees("Booked");
    portal.read_all_letters();

    portal.advance(Duration::days(8));
    let mut lead = portal.signed_in(lead.account());
    mark_all(&portal, &base, &session, || Mark::NotHere);
    lead.visit(pledge).sees("You can begin your pledge when someone of yours has been");
    let another = charter_session(&portal, &base);
    lead.visit(&format!("/organisations/the-hub/training/sessions/{}", another.id)).tick(&own_name).press("Book");
    portal.advance(Duration::days(8));
    let mut lead = portal.signed_in(lead.account());
    mark_all(&portal, &base, &another, || Mark::Here);
    lead.visit(pledge).sees("Someone of yours was there on").press("Begin your pledge").sees("0 of 7");
    portal.read_all_letters();
}

#[test]
fn the_vrp_lets_an_organisation_pledge_without_training_for_a_reason() {
    let portal = spawn_portal();
    let mut steward = training_comes_first(&portal);
    let NewOrganisation { organisation, mut lead } = portal.approved_organisation("The Hub");
    portal.read_all_letters();
    steward.visit("/vrp/organisations/the-hub").follow("Give leave to pledge otherwise").press("Give leave");
    assert_eq!(steward.error_beside("What may they do?"), "Select what you let them do");
    steward.choose("What may they do?", "Pledge without Charter training");
    steward.fill("Your reason", "They were trained in March.").press("Give leave");
    steward.sees("The Hub may pledge without Charter training").sees("They were trained in March.");
    let letter = portal.letter_to(lead.email());
    assert_eq!(letter.subject, "The Hub may pledge without Charter training");
    assert!(letter.text.contains("They were trained in March."));
    // Two who give it at once: one counts, the other is told.
    let again = steward.send("/vrp/organisations/the-hub/leave", &[("kind", "without_training"), ("reason", "Twice")]);
    assert_eq!(again.status, 422);
    lead.visit("/organisations/the-hub/pledge").sees("lets you pledge without it");

    steward.visit("/vrp/organisations/the-hub/leave").press("End this leave").sees("The leave has ended");
    steward.sees("Leave that has ended");
    assert!(matches!(portal.try_act(lead.actor(), |act| Pledge::begin(act, organisation.id)), Err(Error::Conflict)));
    assert_eq!(steward.send("/vrp/organisations/the-hub/leave/0/end", &[]).status, 404);
}

#[test]
fn leave_is_not_given_by_one_who_belongs_there() {
    let portal = spawn_portal();
    let NewOrganisation { lead, .. } = portal.approved_organisation("The Hub");
    portal.give_authenticator(lead.account());
    let mut own = portal.promoted(&lead, youth_charter::accounts::Role::Steward);
    assert_eq!(own.visit("/vrp/organisations/the-hub/leave").status(), 403);
    let sent = [("kind", "one_signatory"), ("reason", "It is me.")];
    assert_eq!(own.send("/vrp/organisations/the-hub/leave", &sent).status, 403);
    portal.read_all_letters();
}

#[test]
fn interest_is_changed_and_taken_back_and_whoever_has_a_place_is_not_written_to() {
    let portal = spawn_portal();
    let base = portal.appointed_provider("Base 51");
    let NewOrganisation { mut lead, .. } = portal.approved_organisation("The Hub");
    let NewOrganisation { lead: mut other, .. } = portal.approved_organisation("Elsewhere");
    for (person, slug) in [(&mut lead, "the-hub"), (&mut other, "elsewhere")] {
        person.visit(&format!("/organisations/{slug}/interest")).fill("How many people would come?", "3").press("Save");
    }
    lead.visit("/organisations/the-hub/interest");
    assert_eq!(lead.value_of("How many people would come?"), "3");
    lead.press("We are no longer interested").sees("Your interest is withdrawn");
    assert_eq!(lead.send("/organisations/the-hub/interest/withdrawal", &[]).status, 409);
    let session = charter_session(&portal, &base);
    other.visit(&format!("/my/sessions/{}", session.id)).press("Book");
    portal.read_all_letters();
    assert_eq!(do_what_is_due(&portal.inside).expect("due").invited_to_the_charter, 0);
    other.visit(&format!("/my/sessions/{}", session.id)).press("Give up my place");
    lead.visit("/organisations/the-hub/interest").fill("How many people would come?", "1").press("Save");
    assert_eq!(do_what_is_due(&portal.inside).expect("due").invited_to_the_charter, 2);
    portal.read_all_letters();
}

#[test]
fn young_trainers_are_named_by_first_name_and_initial_and_an_adult_is_known_to_the_provider_only() {
    let portal = spawn_portal();
    let NewOrganisation { mut lead, .. } = portal.approved_organisation("The Hub");
    let mut steward = portal.steward();
    steward.visit("/vrp/providers").press("Run sessions for the VRP").sees("You can run training sessions now");
    steward.visit("/vrp/providers").press("Run sessions for the VRP");
    steward.visit("/provider/sessions/new").choose("What is it about?", "Youth Charter training");
    steward.fill("What will people do there?", "Young people show what the Charter means.");
    steward.fill("Who leads it?", "Amara Jones").fill_date("When is it?", portal.today() + Duration::days(9));
    steward.fill("When does it start?", "6pm").fill("When does it end?", "8pm").press("Save and continue");
    let wrong = steward.error_beside("Who leads it?");
    assert_eq!(wrong, "Enter only first names and the first letter of surnames, like Amara J and Tyrell B");
    let wrong = steward.error_beside("Adult to reach about the young trainers");
    assert_eq!(wrong, "Enter an adult we can reach about the young trainers");
    steward
        .fill("Who leads it?", "Amara J")
        .fill("Adult to reach about the young trainers", "Dee Adult, 0115 496 0001");
    steward.press("Save and continue").sees("Dee Adult, 0115 496 0001").follow_in("Where", "Change");
    steward.fill("Building and street", "The Old Library").press("Save").press("Open it for booking");
    lead.visit("/my/sessions").follow("Youth Charter training").sees("Amara J").does_not_see("Dee Adult");
    portal.advance(Duration::days(24));
    do_what_is_due(&portal.inside).expect("due");
    let left: i64 = portal.read(|conn| {
        use diesel::prelude::*;
        use youth_charter::db::schema::training_sessions;
        let kept = training_sessions::table.filter(training_sessions::adult_contact.is_not_null());
        Ok(kept.count().get_result(conn)?)
    });
    assert_eq!(left, 0, "forgotten two weeks after");
    portal.read_all_letters();
}

#[test]
fn a_value_counts_from_when_it_is_set_and_the_trail_says_what_it_was() {
    let portal = spawn_portal();
    let mut steward = portal.steward();
    steward.visit("/vrp/programme");
    for (typed, problem) in [
        ("", "Enter how many months a pledge lasts"),
        ("0", "How long a pledge lasts must be a whole number of months from 1 to 60"),
        ("1.5", "How long a pledge lasts must be a whole number of months from 1 to 60"),
    ] {
        steward.fill("How many months does a pledge last?", typed).press("Save");
        assert_eq!(steward.error_beside("How many months does a pledge last?"), problem);
    }
    steward.fill("How many months does a pledge last?", "24").press("Save").sees("is saved");
    let now = portal.read(Programme::now);
    assert_eq!(now, Programme { pledge_months: 24, training_first: false, ..Programme::default() });
    let NewOrganisation { organisation, lead } = portal.approved_organisation("The Hub");
    let signatory = portal.signatory_of(&organisation);
    let pledge = portal.pledge_in_force(&organisation, &signatory, &lead);
    assert_eq!(pledge.ends_on, Some(youth_charter::clock::months_after(portal.today(), 24)));
    portal.read_all_letters();
}

#[test]
fn one_person_signs_for_both_sides_by_leave_and_everyone_who_checks_reads_it() {
    let portal = spawn_portal();
    let NewOrganisation { organisation, mut lead } = portal.approved_organisation("The Hub");
    portal.act_as(&lead, |act| begin_and_write(act, &organisation));
    portal.act_as(&lead, |act| sign(act, &organisation, Capacity::Delivery));
    let again = |portal: &RunningPortal, lead: &Person| {
        portal.try_act(lead.actor(), |act| sign(act, &organisation, Capacity::Governance))
    };
    assert!(matches!(again(&portal, &lead), Err(Error::NotAllowed)));
    lead.visit("/organisations/the-hub/pledge/signature").sees("You have signed");
    lead.sees("The Violence Reduction Partnership can let one person sign for both sides");

    let mut steward = portal.steward();
    steward.visit("/vrp/organisations/the-hub/leave").choose("What may they do?", "One person signs for both sides");
    steward.fill("Your reason", "The group is one volunteer.").press("Give leave");
    portal.read_all_letters();
    lead.visit("/organisations/the-hub/pledge/signature").fill("Your role in the organisation", "The volunteer");
    lead.tick("I have the authority to sign this pledge for The Hub").press("Sign the pledge");
    lead.sees("Your pledge is in force");
    let letters = portal.letters_about(lead.email(), "pledge is in force");
    assert_eq!(letters.len(), 1, "one person has one letter");
    portal.read_all_letters();

    steward.visit("/vrp/organisations/the-hub/leave").press("End this leave");
    let pledge = portal.read(|conn| Pledge::in_force_of(conn, organisation.id)).expect("what was signed stands");
    let mut anyone = portal.visitor();
    anyone
        .visit(&format!("/pledges/{}", pledge.code))
        .sees("by one person, as the Violence Reduction Partnership allowed");
    anyone.visit(&format!("/verify/{}", pledge.code)).sees("Signed by one person");
    // The next pledge wants two people again.
    portal.advance(Duration::days(330));
    portal.read_all_letters();
    let lead = portal.signed_in(lead.account());
    portal.act_as(&lead, |act| pledge.renew(act));
    portal.act_as(&lead, |act| sign(act, &organisation, Capacity::Delivery));
    assert!(again(&portal, &lead).is_err());
    portal.read_all_letters();
}
