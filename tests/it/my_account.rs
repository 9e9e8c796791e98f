//! One's own account: the address, the password, the second step and where one is signed in.

use chrono::Duration;
use youth_charter::accounts::{Strength, begin_session};

use crate::harness::{PASSWORD, spawn_portal};

#[test]
fn an_address_changes_when_the_link_sent_to_the_new_one_is_opened() {
    let portal = spawn_portal();
    let mut asha = portal.signed_up("Asha Patel");
    asha.visit("/my/account").sees("asha.patel@example.org").follow("Change your email address");
    asha.fill("New email address", "asha@new.example.org").press("Send the link").sees("Check your new address");
    let told = portal.letter_to("asha.patel@example.org");
    assert!(told.text.contains("asha@new.example.org"), "the old address is told");
    asha.visit("/my/account").sees("asha.patel@example.org");
    let link = portal.letter_to("asha@new.example.org").link();
    asha.visit(&link).press("Use this address").sees("Your email address is changed").sees("asha@new.example.org");
    asha.visit(&link).sees("This link no longer works");
    assert_eq!(asha.send(&link, &[]).status, 404);
    let mut again = portal.visitor();
    again.visit("/sign-in").fill("Email address", "asha@new.example.org").fill("Password", PASSWORD).press("Sign in");
    assert_eq!(again.path(), "/my");
}

#[test]
fn an_address_that_has_an_account_tells_its_owner_and_nobody_else() {
    let portal = spawn_portal();
    let mut asha = portal.signed_up("Asha Patel");
    let ben = portal.signed_up("Ben Ward");
    asha.visit("/my/account/email").fill("New email address", ben.email()).press("Send the link");
    asha.sees("Check your new address");
    portal.letter_to(asha.email());
    assert_eq!(portal.letter_to(ben.email()).subject, "This address has an account already");
}

#[test]
fn two_who_ask_for_one_address_do_not_both_get_it() {
    let portal = spawn_portal();
    let (mut asha, mut ben) = (portal.signed_up("Asha Patel"), portal.signed_up("Ben Ward"));
    let mut links = Vec::new();
    for person in [&mut asha, &mut ben] {
        person.visit("/my/account/email").fill("New email address", "both@example.org").press("Send the link");
        links.push(portal.letter_to("both@example.org").link());
    }
    portal.read_all_letters();
    assert_eq!(asha.send(&links[0], &[]).status, 303);
    assert_eq!(ben.send(&links[1], &[]).status, 409);
}

#[test]
fn a_new_password_signs_every_other_device_out() {
    let portal = spawn_portal();
    let mut asha = portal.signed_up("Asha Patel");
    let mut elsewhere = portal.signed_in(asha.account());
    asha.visit("/my/account").follow("Change your password").fill("New password", "short").press("Change my password");
    assert!(asha.error_beside("New password").contains("10 characters or more"));
    asha.fill("New password", "four green tandems").press("Change my password").sees("Your password is changed");
    elsewhere.visit("/my");
    assert_eq!(elsewhere.heading(), "Sign in");
    asha.visit("/my").sees("My page");
}

#[test]
fn someone_sees_where_they_are_signed_in_and_signs_out_one_and_all() {
    let portal = spawn_portal();
    let mut asha = portal.signed_up("Asha Patel");
    let telephone = "Mozilla/5.0 (Android 15; Mobile; rv:140.0) Gecko/140.0 Firefox/140.0";
    let begin = |device: &str| portal.act(|act| begin_session(act, asha.account(), device, Strength::Single));
    let (phone, school) = (begin(telephone), begin("Chrome/141.0 CrOS"));
    let mut on_phone = portal.visitor().with_session_token(&phone);
    let mut at_school = portal.visitor().with_session_token(&school);
    asha.visit("/my/account/sessions").sees("Firefox on Android").sees("Chrome on a Chromebook").sees("This device");
    let button = |words: &str, asha: &crate::harness::Person| {
        let found = asha.page().all("form[action] button");
        let named = found.into_iter().find(|b| b.text().collect::<String>().contains(words)).expect("a button");
        named.text().collect::<String>()
    };
    let words = button("Firefox on Android", &asha);
    asha.press(words.split_whitespace().collect::<Vec<_>>().join(" ").as_str()).sees("That device is signed out");
    on_phone.visit("/my");
    assert_eq!(on_phone.heading(), "Sign in");
    at_school.visit("/my").sees("My page");
    asha.press("Sign out everywhere else").sees("Every other device is signed out");
    at_school.visit("/my");
    assert_eq!(at_school.heading(), "Sign in");
    asha.visit("/my").sees("My page");
}

#[test]
fn nobody_ends_the_session_of_another() {
    let portal = spawn_portal();
    let (asha, mut ben) = (portal.signed_up("Asha Patel"), portal.signed_up("Ben Ward"));
    let now = portal.inside.clock.now();
    let sessions = portal.read(|conn| youth_charter::accounts::Session::all_of(conn, now, asha.account().id));
    let address = format!("/my/account/sessions/{}/end", sessions[0].token_hash);
    assert_eq!(ben.send(&address, &[]).status, 404);
}

#[test]
fn two_windows_set_up_one_authenticator() {
    let portal = spawn_portal();
    let mut first = portal.signed_up("Asha Patel");
    let mut second = portal.signed_in(first.account());
    first.visit("/my/account/authenticator").press("Set it up");
    let key = first.page().all(".code")[0].text().collect::<String>();
    second.visit("/my/account/authenticator").press("Set it up").sees(&key);
    let code = portal.code_of(first.account());
    first.fill("The code your app shows now", &code).press("Continue").sees("Keep your recovery codes");
    portal.letter_to(first.email());
    let late = second.send("/my/account/authenticator/code", &[("code", &code)]);
    assert_eq!(late.status, 409, "it is set up already");
}

#[test]
fn a_wrong_first_code_changes_nothing() {
    let portal = spawn_portal();
    let mut asha = portal.signed_up("Asha Patel");
    asha.visit("/my/account/authenticator").press("Set it up").fill("The code your app shows now", "12345");
    asha.press("Continue");
    assert!(asha.error_beside("The code your app shows now").contains("not the code"));
    let mut again = portal.visitor();
    again.visit("/sign-in").fill("Email address", asha.email()).fill("Password", PASSWORD).press("Sign in");
    assert_eq!(again.path(), "/my", "no code is asked for yet");
}

#[test]
fn an_authenticator_is_taken_off_with_a_fresh_proof() {
    let portal = spawn_portal();
    let asha = portal.signed_up("Asha Patel");
    portal.give_authenticator(asha.account());
    let mut asha = portal.signed_in_with_two_steps(asha.account());
    portal.advance(Duration::minutes(11));
    asha.visit("/my/account/authenticator").follow("Take the app off, or move to a new phone");
    asha.fill("Code from your authenticator app", &portal.code_of(asha.account())).press("Continue");
    asha.press("Take it off").sees("Signing in no longer takes a code");
    assert_eq!(portal.letter_to(asha.email()).subject, "Your account no longer asks for a code");
    let mut again = portal.visitor();
    again.visit("/sign-in").fill("Email address", asha.email()).fill("Password", PASSWORD).press("Sign in");
    assert_eq!(again.path(), "/my");
}
