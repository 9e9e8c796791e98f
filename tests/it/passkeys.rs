//! Passkeys: added, named, removed, and signed in with; and what a device or a thief may do wrong.

use chrono::Duration;
use proptest::prelude::*;
use serde_json::Value;
use youth_charter::passkeys::Passkey;
use youth_charter::reminders::do_what_is_due;

use crate::harness::{Device, Person, RunningPortal, spawn_portal, spawn_portal_at_localhost};

const NEW: &str = "/my/account/passkeys/new";
const SIGN_IN: &str = "/sign-in/passkey";

/// What the page before someone asks their device, and the token to answer with.
fn question_of(person: &Person) -> (Value, String) {
    let form = person.page().all("form[data-passkey]")[0].attr("data-passkey-options").expect("options");
    let token = person.page().all("input[name=question]")[0].attr("value").expect("a token").to_owned();
    (serde_json::from_str(form).expect("JSON"), token)
}

/// Adds a passkey to someone's account, as the page's script does.
fn add(portal: &RunningPortal, person: &mut Person, name: &str) -> Device {
    let mut device = Device::before(portal.site());
    let (options, question) = question_of(person.visit(NEW));
    let answer = device.make(&options).to_string();
    let sent = person.send(NEW, &[("name", name), ("question", &question), ("credential", &answer)]);
    assert_eq!(sent.location(), Some("/my/account/passkeys"), "{}", sent.text());
    portal.letter_to(person.email());
    device
}

/// Tries to sign in with a device; the fields can be sent again.
fn show(person: &mut Person, device: &mut Device) -> Vec<(String, String)> {
    let (options, question) = question_of(person.visit(SIGN_IN));
    let answer = device.show(&options).to_string();
    vec![("question".to_owned(), question), ("credential".to_owned(), answer)]
}

fn send(person: &mut Person, fields: &[(String, String)]) -> u16 {
    let fields: Vec<_> = fields.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
    person.send(SIGN_IN, &fields).status
}

#[test]
fn someone_adds_a_passkey_is_told_and_signs_in_with_it_alone() {
    let portal = spawn_portal_at_localhost();
    let mut asha = portal.signed_up("Asha Patel");
    asha.visit("/my/account/passkeys").sees("You have no passkey yet").follow("Add a passkey");
    let (options, question) = question_of(&asha);
    let selection = &options["publicKey"]["authenticatorSelection"];
    assert_eq!((&selection["residentKey"], &selection["userVerification"]), (&"required".into(), &"required".into()));
    let mut device = Device::before(portal.site());
    let answer = device.make(&options).to_string();
    asha.send(NEW, &[("name", "My phone"), ("question", &question), ("credential", &answer)]);
    asha.visit("/my/account/passkeys").sees("My phone").sees("Not used yet");
    let letter = portal.letter_to(asha.email());
    assert_eq!(letter.subject, "A passkey was added to your account");
    assert!(letter.text.contains("“My phone”"), "{}", letter.text);

    let mut later = portal.visitor();
    later.visit("/my").follow("Sign in with a passkey");
    assert_eq!(later.path(), "/sign-in/passkey?next=%2Fmy");
    let mut fields = show(&mut later, &mut device);
    fields.push(("next".to_owned(), "/my/account/passkeys".to_owned()));
    assert_eq!(send(&mut later, &fields), 303);
    later.visit("/my/account/passkeys").sees("Asha Patel").sees("Last used on");
}

#[test]
fn a_passkey_is_both_steps_and_a_fresh_proof() {
    let portal = spawn_portal_at_localhost();
    let mut sam = portal.with_role("Sam Steward", youth_charter::accounts::Role::Steward);
    let mut device = add(&portal, &mut sam, "My phone");
    let mut later = portal.visitor();
    let fields = show(&mut later, &mut device);
    assert_eq!(send(&mut later, &fields), 303);
    later.visit("/vrp/roles").sees("People who work for the VRP");
    portal.advance(Duration::minutes(30));
    later.visit(NEW);
    assert_eq!(later.heading(), "Is it you?");
    later.follow("Use a passkey");
    assert_eq!(later.path(), "/sign-in/passkey?next=%2Fmy%2Faccount%2Fpasskeys%2Fnew");
    let fields = show(&mut later, &mut device);
    assert_eq!(send(&mut later, &fields), 303);
    later.visit(NEW);
    assert_eq!(later.heading(), "Add a passkey");
}

#[test]
fn a_passkey_is_named_again_and_removed_and_then_signs_nobody_in() {
    let portal = spawn_portal_at_localhost();
    let mut asha = portal.signed_up("Asha Patel");
    let mut device = add(&portal, &mut asha, "My phone");
    asha.visit("/my/account/passkeys").follow("Change My phone").fill("Name of this passkey", " ");
    asha.press("Save the name");
    assert_eq!(asha.problems(), ["Enter a name for this passkey, such as ‘My phone’"]);
    asha.fill("Name of this passkey", "Old phone").press("Save the name").sees("Old phone");
    asha.follow("Change Old phone").press("Remove this passkey").sees("You have no passkey yet");
    assert_eq!(portal.letter_to(asha.email()).subject, "A passkey was removed from your account");
    let mut later = portal.visitor();
    let fields = show(&mut later, &mut device);
    assert_eq!(send(&mut later, &fields), 422);
    assert!(!later.has_session());
}

#[test]
fn an_answer_is_taken_once_and_within_ten_minutes() {
    let portal = spawn_portal_at_localhost();
    let mut asha = portal.signed_up("Asha Patel");
    let mut device = add(&portal, &mut asha, "My phone");
    let fields = show(&mut portal.visitor(), &mut device);
    assert_eq!(send(&mut portal.visitor(), &fields), 303);
    let mut thief = portal.visitor();
    assert_eq!(send(&mut thief, &fields), 422, "a second time");
    let late = show(&mut portal.visitor(), &mut device);
    portal.advance(Duration::minutes(11));
    assert_eq!(send(&mut thief, &late), 422, "too late");
    // An answer to another question.
    let (mut mixed, other) = (show(&mut portal.visitor(), &mut device), show(&mut portal.visitor(), &mut device));
    mixed[0] = other[0].clone();
    assert_eq!(send(&mut thief, &mixed), 422);
    assert!(!thief.has_session());
    assert!(do_what_is_due(&portal.inside).expect("what is due is done").questions_forgotten >= 1);
}

#[test]
fn a_device_elsewhere_locked_copied_or_of_another_person_signs_nobody_in() {
    let portal = spawn_portal_at_localhost();
    let mut asha = portal.signed_up("Asha Patel");
    let mut bea = portal.signed_up("Bea Brown");
    let mut device = add(&portal, &mut asha, "My phone");
    let beas = add(&portal, &mut bea, "Laptop");
    assert_eq!(send(&mut portal.visitor(), &show(&mut portal.visitor(), &mut device)), 303);
    let wrong = |change: &dyn Fn(&mut Device)| {
        let mut changed = device.clone();
        change(&mut changed);
        let mut person = portal.visitor();
        let fields = show(&mut person, &mut changed);
        (send(&mut person, &fields), person.has_session())
    };
    assert_eq!(wrong(&|d| d.origin = "http://localhost.example.org".to_owned()), (422, false), "an imitation");
    assert_eq!(wrong(&|d| d.name = "example.org".to_owned()), (422, false), "another website's key");
    assert_eq!(wrong(&|d| d.unlocked = false), (422, false), "no finger, face or code");
    assert_eq!(wrong(&|d| d.counter = 0), (422, false), "a copy that was used less often");
    assert_eq!(wrong(&|d| d.user.clone_from(&beas.user)), (422, false), "somebody else's account");
    assert_eq!(wrong(&|_| ()), (303, true), "nothing is wrong");
}

#[test]
fn a_new_passkey_is_refused_when_its_device_is_elsewhere_or_the_question_is_another_persons() {
    let portal = spawn_portal_at_localhost();
    let mut asha = portal.signed_up("Asha Patel");
    let mut bea = portal.signed_up("Bea Brown");
    let (mut elsewhere, mut locked) = (Device::before(portal.site()), Device::before(portal.site()));
    elsewhere.origin = "https://example.org".to_owned();
    locked.unlocked = false;
    for device in [&mut elsewhere, &mut locked] {
        let (options, question) = question_of(asha.visit(NEW));
        let answer = device.make(&options).to_string();
        let fields = [("name", "My phone"), ("question", question.as_str()), ("credential", answer.as_str())];
        assert_eq!(asha.send(NEW, &fields).status, 422);
    }
    let (options, question) = question_of(asha.visit(NEW));
    let answer = Device::before(portal.site()).make(&options).to_string();
    let fields = [("name", "My phone"), ("question", question.as_str()), ("credential", answer.as_str())];
    assert_eq!(bea.send(NEW, &fields).status, 422, "the question was put to Asha");
    assert_eq!(asha.send(NEW, &fields).status, 303, "and is still open for her");
    assert_eq!(asha.send(NEW, &fields).status, 422, "but once only");
    portal.read_all_letters();
}

#[test]
fn a_form_without_an_answer_says_what_to_do() {
    let portal = spawn_portal_at_localhost();
    let mut asha = portal.signed_up("Asha Patel");
    asha.visit(NEW).sees("Passkeys need JavaScript").press("Make a passkey");
    assert_eq!(asha.problems(), ["Enter a name for this passkey, such as ‘My phone’"]);
    asha.fill("Name of this passkey", "My phone").press("Make a passkey");
    assert_eq!(asha.problems(), ["Your device did not make a passkey. Try again"]);
    assert_eq!(asha.value_of("Name of this passkey"), "My phone");
    let mut visitor = portal.visitor();
    visitor.visit(SIGN_IN).press("Use my passkey");
    assert_eq!(visitor.problems(), ["Your device did not show a passkey. Try again"]);
}

#[test]
fn ten_passkeys_are_the_most() {
    let portal = spawn_portal_at_localhost();
    let mut asha = portal.signed_up("Asha Patel");
    for number in 1..=10 {
        add(&portal, &mut asha, &format!("Key {number}"));
    }
    asha.visit(NEW).sees("You have 10 passkeys, which is the most");
    assert_eq!(asha.path(), "/my/account/passkeys");
}

#[test]
fn another_persons_passkey_is_not_found() {
    let portal = spawn_portal_at_localhost();
    let mut asha = portal.signed_up("Asha Patel");
    let mut bea = portal.signed_up("Bea Brown");
    add(&portal, &mut asha, "My phone");
    let id = portal.read(|conn| Passkey::all_of(conn, asha.account().id)).remove(0).id;
    assert_eq!(bea.ask(&format!("/my/account/passkeys/{id}")).status, 404);
    assert_eq!(bea.send(&format!("/my/account/passkeys/{id}/removal"), &[]).status, 404);
    assert_eq!(bea.send(&format!("/my/account/passkeys/{id}/name"), &[("name", "Mine")]).status, 404);
    asha.visit("/my/account/passkeys").sees("My phone");
}

#[test]
fn where_the_portal_has_no_name_the_pages_say_so() {
    let portal = spawn_portal();
    let mut asha = portal.signed_up("Asha Patel");
    asha.visit("/my/account/passkeys").sees("Passkeys cannot be added here").does_not_see("Add a passkey");
    assert_eq!(asha.ask(NEW).status, 404);
    portal.visitor().visit(SIGN_IN).sees("Passkeys do not work here").follow("Sign in another way");
}

#[test]
fn whatever_a_device_answers_nobody_is_signed_in_and_nothing_fails() {
    let portal = spawn_portal_at_localhost();
    let mut asha = portal.signed_up("Asha Patel");
    let device = add(&portal, &mut asha, "My phone");
    let mut runner = proptest::test_runner::TestRunner::new(ProptestConfig { cases: 60, ..Default::default() });
    let signed = prop::sample::select(vec!["authenticatorData", "clientDataJSON", "signature"]);
    let outcome = runner.run(&(signed, any::<prop::sample::Index>(), "[ -~]{0,80}"), |(field, at, nonsense)| {
        let mut person = portal.visitor();
        let mut fields = show(&mut person, &mut device.clone());
        let mut answer: Value = serde_json::from_str(&fields[1].1).expect("JSON");
        let mut text = answer["response"][field].as_str().expect("text").as_bytes().to_vec();
        // The last letter may have bits that say nothing.
        let at = at.index(text.len() - 1);
        text[at] = if text[at] == b'A' { b'B' } else { b'A' };
        answer["response"][field] = String::from_utf8(text).expect("text").into();
        fields[1].1 = answer.to_string();
        prop_assert_eq!(send(&mut person, &fields), 422);
        fields[1].1 = nonsense;
        prop_assert_eq!(send(&mut person, &fields), 422);
        prop_assert!(!person.has_session());
        Ok(())
    });
    outcome.expect("no answer gets through");
}
