//! The register: marked at the door, finished in one press, corrected afterwards; and what people say then.

use chrono::Duration;
use youth_charter::training::Record;

use super::planning::two_people;
use crate::harness::{NewOrganisation, spawn_portal};

#[test]
fn whoever_was_there_has_it_on_their_record_verified() {
    let portal = spawn_portal();
    let base = portal.appointed_provider("Base 51");
    let session = portal.open_session(&base, portal.plan_for("send", 5));
    let page = format!("/my/sessions/{}", session.id);
    let (mut asha, mut ben) = two_people(&portal);
    asha.visit(&page).press("Book");
    ben.visit(&page).press("Book");
    let register = format!("/provider/sessions/{}/register", session.id);
    let mut jo = portal.same_person(&base.person);
    jo.visit(&register).sees("The register opens two hours before the session").does_not_see("Save the register");
    assert_eq!(jo.send(&register, &[]).status, 409);

    portal.advance(session.starts_at - portal.inside.clock.now() + Duration::hours(4));
    let mut jo = portal.signed_in_with_two_steps(base.person.account());
    let (mut asha, mut ben) = (portal.signed_in(asha.account()), portal.signed_in(ben.account()));
    jo.visit(&register).choose(asha.name(), "Here").press("Save the register").sees("1 of 2");
    jo.press("Finish the register");
    assert_eq!(jo.problems(), ["1 person is not marked yet. Mark them, save, and then finish"]);
    jo.choose(ben.name(), "Not here").press("Save the register").press("Finish the register");
    jo.sees("The register is finished. 1 person have it on their record, verified").sees("Over");
    assert_eq!(jo.send(&format!("{register}/finish"), &[]).status, 409, "once");

    asha.visit("/my/training").sees("Verified by the provider").sees("Completed").sees("Base 51");
    ben.visit("/my/training").does_not_see("Verified by the provider");

    // The register was wrong about both.
    jo.visit(&register).choose(asha.name(), "Not here").choose(ben.name(), "Here").press("Save the register");
    asha.visit("/my/training").does_not_see("Verified by the provider");
    ben.visit("/my/training").sees("Verified by the provider");
    portal.read_all_letters();
}

#[test]
fn what_someone_had_logged_for_the_day_is_superseded_and_counts_once() {
    let portal = spawn_portal();
    let base = portal.appointed_provider("Base 51");
    let session = portal.open_session(&base, portal.plan_for("send", 5));
    let (mut asha, _) = two_people(&portal);
    asha.visit(&format!("/my/sessions/{}", session.id)).press("Book");
    portal.advance(session.starts_at - portal.inside.clock.now() + Duration::hours(4));
    let mut asha = portal.signed_in(asha.account());
    asha.visit("/my/training/new").choose("Training", "SEND (Core)").fill("Who gave the training?", "Base 51");
    asha.fill_date("When was it completed?", session.day()).press("Log training").sees("Logged by yourself");
    let mut jo = portal.signed_in_with_two_steps(base.person.account());
    let register = format!("/provider/sessions/{}/register", session.id);
    jo.visit(&register).choose(asha.name(), "Here").press("Save the register").press("Finish the register");
    asha.visit("/my/training").sees("Verified by the provider").does_not_see("Logged by yourself");
    let (account, today) = (asha.account().id, portal.today());
    let earlier = portal.read(|conn| {
        let person = youth_charter::organisations::find_person_of(conn, account)?.expect("a person");
        Ok(Record::of(conn, person.id, &[], today)?.earlier.len())
    });
    assert_eq!(earlier, 0);
    portal.read_all_letters();
}

#[test]
fn what_people_say_is_read_when_five_have_spoken_and_without_their_names() {
    let portal = spawn_portal();
    let base = portal.appointed_provider("Base 51");
    let session = portal.open_session(&base, portal.plan_for("send", 9));
    let NewOrganisation { organisation, .. } = portal.approved_organisation("The Hub");
    let mut people: Vec<_> = (0..5).map(|_| portal.practitioner_of(&organisation)).collect();
    for person in &mut people {
        person.visit(&format!("/my/sessions/{}", session.id)).press("Book");
    }
    let feedback = format!("/my/sessions/{}/feedback", session.id);
    assert_eq!(people[0].ask(&feedback).status, 404, "not before they were there");
    portal.advance(session.starts_at - portal.inside.clock.now() + Duration::hours(4));
    let mut jo = portal.signed_in_with_two_steps(base.person.account());
    jo.visit(&format!("/provider/sessions/{}/register", session.id));
    for person in &people {
        jo.choose(person.name(), "Here");
    }
    jo.press("Save the register").press("Finish the register").sees("5 people have it on their record");
    let opinion = format!("/provider/sessions/{}/feedback", session.id);
    for (count, person) in people.iter().enumerate() {
        jo.visit(&opinion).sees(&format!("{count} ")).does_not_see("Stories from the street");
        let letters = portal.letters_to(person.email());
        assert!(letters.iter().any(|letter| letter.subject == "How was it? A morning about it"));
        let mut person = portal.signed_in(person.account());
        person.visit(&feedback).press("Send");
        assert_eq!(person.problems(), ["Select how useful it was"]);
        person.choose("How useful was it for your work with young people?", "Very useful");
        person.fill("What was useful?", "Stories from the street").press("Send").sees("Thank you");
        person.visit(&feedback).sees("You have said how it was already");
        assert_eq!(person.send(&feedback, &[("rating", "1")]).status, 409);
    }
    jo.visit(&opinion).sees("5 answers").sees("Stories from the street").does_not_see(people[0].name());
    portal.read_all_letters();
}
