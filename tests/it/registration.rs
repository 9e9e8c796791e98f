//! Coming into the programme: the questions, the answers checked, approval, and what goes wrong on the way.

use crate::harness::{Person, spawn_portal};

/// Presses Continue after answering the question that is open.
fn go_on(person: &mut Person) {
    person.press("Continue");
}

/// Answers every question from the name on.
fn answer_everything(asha: &mut Person, name: &str) {
    asha.visit("/organisations/new").fill("What is your organisation called?", name);
    go_on(asha);
    asha.choose("What kind of organisation are you?", "Community group or club with no legal form");
    go_on(asha);
    asha.tick("We have none of these");
    go_on(asha);
    asha.fill("What do you do with young people?", "We open the hall on Tuesdays.\nEveryone is welcome.");
    go_on(asha);
    asha.tick("Sport");
    go_on(asha);
    asha.fill("Youngest age", "8").fill("Oldest age", "16");
    go_on(asha);
    asha.tick("Tuesday");
    go_on(asha);
    asha.tick("Nottingham");
    go_on(asha);
    asha.fill("What is your postcode?", "ng3 1aa");
    go_on(asha);
    asha.fill("Their full name", "Rob Ward").fill("Their email address", "rob@example.org");
    go_on(asha);
    asha.choose("How far along is your organisation?", "Growing: we have run for a while and are building up");
    go_on(asha);
}

#[test]
fn a_club_without_a_number_registers_and_is_approved() {
    let portal = spawn_portal();
    let mut asha = portal.signed_up("Asha Patel");
    answer_everything(&mut asha, "St Ann’s Evening Club");
    assert_eq!(asha.path(), "/organisations/st-anns-evening-club/registration");
    assert_eq!(asha.heading(), "Check your answers");
    for answer in ["None", "8 to 16", "Tuesday", "Nottingham", "NG3 1AA", "Rob Ward, rob@example.org"] {
        asha.sees(answer);
    }
    asha.press("Send to the VRP").sees("Registration sent");

    let mut steward = portal.steward();
    steward.visit("/vrp/registrations").follow("St Ann’s Evening Club").sees("Everyone is welcome.");
    steward.press("Approve this organisation").sees("St Ann’s Evening Club is approved");
    steward.visit("/vrp/registrations").sees("Nobody is waiting");
    let letter = portal.letter_to(asha.email());
    assert_eq!(letter.subject, "St Ann’s Evening Club is approved");
}

#[test]
fn the_vrp_asks_for_more_and_the_answers_open_again() {
    let portal = spawn_portal();
    let mut asha = portal.signed_up("Asha Patel");
    answer_everything(&mut asha, "The Hub");
    asha.press("Send to the VRP");
    // While the VRP has it, nothing can be changed.
    assert_eq!(asha.send("/organisations/the-hub/registration/postcode", &[("postcode", "NG7 6LB")]).status, 409);

    let mut steward = portal.steward();
    steward.visit("/vrp/registrations/the-hub").press("Ask for more");
    assert_eq!(steward.status(), 422);
    steward.fill("What should they add or change?", "Which hall is it?").press("Ask for more");
    let letter = portal.letter_to(asha.email());
    assert!(letter.text.contains("Which hall is it?"), "{}", letter.text);

    asha.visit(&letter.link()).sees("Which hall is it?");
    asha.visit("/organisations/the-hub/registration/description");
    asha.fill("What do you do with young people?", "We open the parish hall.");
    go_on(&mut asha);
    asha.sees("We open the parish hall.").press("Send to the VRP").sees("Registration sent");
    steward.visit("/vrp/registrations/the-hub").press("Approve this organisation");
    assert_eq!(portal.letters_to(asha.email()).len(), 1);
}

#[test]
fn an_open_question_stands_in_the_way_of_sending() {
    let portal = spawn_portal();
    let mut asha = portal.signed_up("Asha Patel");
    asha.visit("/organisations/new").fill("What is your organisation called?", "The Hub");
    go_on(&mut asha);
    asha.visit("/organisations/the-hub/registration");
    assert_eq!(asha.path(), "/organisations/the-hub/registration/legal-form");
    assert_eq!(asha.send("/organisations/the-hub/registration", &[]).status, 303);
    let mut steward = portal.steward();
    assert_eq!(steward.ask("/vrp/registrations/the-hub").status, 404);
}

#[test]
fn every_question_says_what_is_wrong_and_keeps_what_was_typed() {
    let portal = spawn_portal();
    let mut asha = portal.signed_up("Asha Patel");
    asha.visit("/organisations/new").press("Continue");
    assert_eq!(asha.error_beside("What is your organisation called?"), "Enter the name of your organisation");
    asha.fill("What is your organisation called?", &"x".repeat(121)).press("Continue");
    assert_eq!(asha.problems(), ["The name must be 120 characters or fewer"]);
    assert_eq!(asha.value_of("What is your organisation called?"), "x".repeat(121));
    asha.fill("What is your organisation called?", "The Hub").press("Continue");

    let question = |asha: &mut Person, word: &str, fields: &[(&str, &str)]| {
        asha.visit(&format!("/organisations/the-hub/registration/{word}"));
        for (label, text) in fields {
            asha.fill(label, text);
        }
        asha.press("Continue");
        assert_eq!(asha.status(), 422, "{word}");
        asha.problems()
    };
    assert_eq!(question(&mut asha, "legal-form", &[]), ["Select what kind of organisation you are"]);
    assert_eq!(question(&mut asha, "numbers", &[]), ["Enter a number, or tick that you have none"]);
    let numbers = question(&mut asha, "numbers", &[("Charity number", "12"), ("Company number", "ABC")]);
    assert_eq!(numbers.len(), 2, "{numbers:?}");
    assert_eq!(asha.value_of("Charity number"), "12");
    assert_eq!(
        question(&mut asha, "ages", &[("Youngest age", "16"), ("Oldest age", "8")]),
        ["The oldest age must be the same as the youngest age, or more"]
    );
    assert_eq!(question(&mut asha, "ages", &[("Youngest age", "eight"), ("Oldest age", "")]).len(), 2);
    assert_eq!(question(&mut asha, "postcode", &[("What is your postcode?", "Nottingham")]).len(), 1);
    assert_eq!(question(&mut asha, "safeguarding-lead", &[("Their email address", "rob")]).len(), 2);
    assert_eq!(question(&mut asha, "districts", &[]), ["Select at least one district"]);
    // Nothing was stored: the first question without an answer is still the second.
    asha.visit("/organisations/the-hub/registration");
    assert_eq!(asha.path(), "/organisations/the-hub/registration/legal-form");
}

#[test]
fn mark_up_direction_tricks_and_pictures_in_a_name_are_only_text() {
    let portal = spawn_portal();
    let mut asha = portal.signed_up("Asha Patel");
    let name = "<b>Hub</b> 🎉 مركز \u{202e}gpj";
    asha.visit("/organisations/new").fill("What is your organisation called?", name).press("Continue");
    asha.sees("<b>Hub</b> 🎉 مركز gpj");
}

#[test]
fn a_district_that_does_not_exist_is_no_answer() {
    let portal = spawn_portal();
    let mut asha = portal.signed_up("Asha Patel");
    asha.visit("/organisations/new").fill("What is your organisation called?", "The Hub").press("Continue");
    let address = "/organisations/the-hub/registration/districts";
    assert_eq!(asha.send(address, &[("districts", "E99999999")]).status, 303);
    asha.visit("/organisations/the-hub/registration/districts").press("Continue");
    assert_eq!(asha.problems(), ["Select at least one district"]);
}

#[test]
fn two_organisations_cannot_have_the_same_charity_number() {
    let portal = spawn_portal();
    for (who, name, taken) in [("Asha Patel", "The Hub", false), ("Mal Lory", "The Other Hub", true)] {
        let mut person = portal.signed_up(who);
        answer_everything(&mut person, name);
        person.follow_in("Charity, company and other numbers", "Change");
        person
            .untick("We have none of these")
            .fill("Charity number", "1123456")
            .press("Continue")
            .press("Send to the VRP");
        if taken {
            assert_eq!(person.status(), 422);
            assert!(person.problems()[0].starts_with("Another organisation is registered"), "{:?}", person.problems());
        } else {
            person.sees("Registration sent");
        }
    }
}

#[test]
fn approving_twice_counts_once() {
    let portal = spawn_portal();
    let new = portal.submitted_organisation("The Hub");
    let mut steward = portal.steward();
    let address = format!("/vrp/registrations/{}/approval", new.organisation.slug);
    assert_eq!(steward.send(&address, &[]).status, 303);
    assert_eq!(steward.send(&address, &[]).status, 409);
    assert_eq!(portal.letters_to(new.lead.email()).len(), 1);
}

#[test]
fn two_organisations_of_one_name_have_two_addresses() {
    let portal = spawn_portal();
    for (who, address) in [("Asha Patel", "the-hub"), ("Rob Ward", "the-hub-2")] {
        let mut person = portal.signed_up(who);
        person.visit("/organisations/new").fill("What is your organisation called?", "The Hub").press("Continue");
        assert_eq!(person.path(), format!("/organisations/{address}/registration/legal-form"));
    }
}
