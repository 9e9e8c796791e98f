//! Signing up, in and out, a forgotten password, and forms that come from elsewhere.

use chrono::Duration;

use crate::harness::{PASSWORD, spawn_portal};

#[test]
fn someone_registers_confirms_their_address_and_is_signed_in() {
    let portal = spawn_portal();
    let mut asha = portal.visitor();
    asha.visit("/register")
        .fill("Your full name", "Asha Patel")
        .fill("Email address", "Asha.Patel@example.org")
        .fill("Create a password", PASSWORD)
        .press("Continue");
    assert_eq!(asha.path(), "/register/sent");
    assert!(!asha.has_session());

    let letter = portal.letter_to("asha.patel@example.org");
    assert_eq!(letter.subject, "Confirm your email address");
    asha.visit(&letter.link()).press("Confirm my email address");
    assert!(asha.has_session());
    asha.visit("/register").sees("Asha Patel");
}

#[test]
fn opening_a_link_does_not_use_it_up_but_pressing_does() {
    let portal = spawn_portal();
    let mut asha = portal.visitor();
    asha.visit("/register")
        .fill("Your full name", "Asha Patel")
        .fill("Email address", "asha@example.org")
        .fill("Create a password", PASSWORD)
        .press("Continue");
    let link = portal.letter_to("asha@example.org").link();
    let mut scanner = portal.visitor();
    scanner.visit(&link).visit(&link).sees("One press and you are registered");
    asha.visit(&link).press("Confirm my email address");
    asha.visit(&link).sees("This link no longer works");
    assert_eq!(asha.send(&link, &[]).status, 404);
}

#[test]
fn a_link_ends() {
    let portal = spawn_portal();
    let mut asha = portal.visitor();
    asha.visit("/register")
        .fill("Your full name", "Asha Patel")
        .fill("Email address", "asha@example.org")
        .fill("Create a password", PASSWORD)
        .press("Continue");
    let link = portal.letter_to("asha@example.org").link();
    portal.advance(Duration::days(7));
    asha.visit(&link).sees("This link no longer works");
    assert_eq!(asha.send(&link, &[]).status, 404);
}

#[test]
fn someone_signs_in_and_out() {
    let portal = spawn_portal();
    let address = portal.signed_up("Asha Patel").email().to_owned();
    let mut asha = portal.visitor();
    asha.visit("/sign-in").fill("Email address", &address).fill("Password", PASSWORD).press("Sign in");
    assert!(asha.has_session());
    asha.visit("/register").press("Sign out").visit("/register").does_not_see("Asha Patel");
    assert!(!asha.has_session());
}

#[test]
fn after_signing_out_the_old_cookie_is_worth_nothing() {
    let portal = spawn_portal();
    let asha = portal.signed_up("Asha Patel");
    let session = portal.act(|act| {
        youth_charter::accounts::begin_session(act, asha.account(), "a test", youth_charter::accounts::Strength::Single)
    });
    let (mut here, mut thief) = (asha, portal.visitor());
    here = here.with_session_token(&session);
    thief = thief.with_session_token(&session);
    thief.visit("/register").sees("Asha Patel");
    here.visit("/register").press("Sign out");
    thief.visit("/register").does_not_see("Asha Patel");
}

#[test]
fn a_session_that_is_not_used_for_two_weeks_ends() {
    let portal = spawn_portal();
    let mut asha = portal.signed_up("Asha Patel");
    portal.advance(Duration::days(13));
    asha.visit("/register").sees("Asha Patel");
    portal.advance(Duration::days(13));
    asha.visit("/register").sees("Asha Patel");
    portal.advance(Duration::days(15));
    asha.visit("/register").does_not_see("Asha Patel");
}

#[test]
fn a_wrong_password_and_an_unknown_address_get_the_same_answer() {
    let portal = spawn_portal();
    let address = portal.signed_up("Asha Patel").email().to_owned();
    let mut answers = Vec::new();
    for address in [address.as_str(), "nobody@example.org"] {
        let mut someone = portal.visitor();
        someone.visit("/sign-in").fill("Email address", address).fill("Password", "three red bicycles");
        someone.press("Sign in");
        assert_eq!(someone.status(), 422);
        assert!(!someone.has_session());
        answers.push(someone.reads());
    }
    assert_eq!(answers[0], answers[1]);
}

#[test]
fn registering_with_an_address_that_has_an_account_tells_its_owner_alone() {
    let portal = spawn_portal();
    let address = portal.signed_up("Asha Patel").email().to_owned();
    let mut pages = Vec::new();
    for address in [address.as_str(), "new@example.org"] {
        let mut someone = portal.visitor();
        someone.visit("/register").fill("Your full name", "Mallory").fill("Email address", address);
        someone.fill("Create a password", PASSWORD).press("Continue");
        pages.push((someone.path().to_owned(), someone.reads()));
    }
    assert_eq!(pages[0], pages[1]);
    assert_eq!(portal.letter_to(&address).subject, "You already have an account");
    assert_eq!(portal.letter_to("new@example.org").subject, "Confirm your email address");
}

#[test]
fn whoever_typed_an_address_first_does_not_choose_its_password() {
    let portal = spawn_portal();
    let address = "asha@example.org";
    let register = |name: &str, password: &str| {
        portal.visitor().send("/register", &[("name", name), ("email", address), ("password", password)]);
        portal.letter_to(address).link()
    };
    let may_enter = |password: &str| {
        let fields = [("email", address), ("password", password)];
        portal.visitor().send("/sign-in", &fields).location() == Some("/my")
    };
    // Somebody else types the address first, and again afterwards: Asha follows the link of her own letter.
    register("Mallory", "mallory knows this one");
    let hers = register("Asha Patel", "three blue bicycles");
    register("Mallory", "mallory knows this one");
    let mut asha = portal.visitor();
    asha.visit(&hers).press("Confirm my email address").sees("Asha Patel");
    assert!(may_enter("three blue bicycles"));
    assert!(!may_enter("mallory knows this one"));
}

#[test]
fn a_mailbox_that_asks_for_a_link_before_confirming_gets_an_account_without_anybodys_password() {
    let portal = spawn_portal();
    let address = "asha@example.org";
    let theirs = [("name", "Asha"), ("email", address), ("password", "mallory knows this one")];
    portal.visitor().send("/register", &theirs);
    portal.read_all_letters();
    portal.visitor().send("/sign-in/link", &[("email", address)]);
    let link = portal.letter_to(address).link();
    assert_eq!(portal.visitor().send(&link, &[]).status, 303);
    let fields = [("email", address), ("password", "mallory knows this one")];
    assert_eq!(portal.visitor().send("/sign-in", &fields).status, 422);
}

#[test]
fn a_forgotten_password_is_replaced_and_every_session_ends() {
    let portal = spawn_portal();
    let mut elsewhere = portal.signed_up("Asha Patel");
    let address = elsewhere.email().to_owned();
    let mut asha = portal.visitor();
    asha.visit("/sign-in").follow("I have forgotten my password").fill("Email address", &address);
    asha.press("Send me a link");
    let link = portal.letter_to(&address).link();
    asha.visit(&link).fill("New password", "four green tandems").press("Save my new password");
    elsewhere.visit("/register").does_not_see("Asha Patel");
    asha.visit("/sign-in").fill("Email address", &address).fill("Password", PASSWORD).press("Sign in");
    assert_eq!(asha.status(), 422);
    asha.fill("Password", "four green tandems").press("Sign in");
    assert!(asha.has_session());
    asha.visit(&link).sees("This link no longer works");
}

#[test]
fn asking_for_a_new_password_says_the_same_to_everyone() {
    let portal = spawn_portal();
    let address = portal.signed_up("Asha Patel").email().to_owned();
    let mut pages = Vec::new();
    for address in [address.as_str(), "nobody@example.org"] {
        let mut someone = portal.visitor();
        someone.visit("/forgotten-password").fill("Email address", address).press("Send me a link");
        pages.push((someone.path().to_owned(), someone.reads()));
    }
    assert_eq!(pages[0], pages[1]);
    assert_eq!(portal.letters_to(&address).len(), 1);
    assert_eq!(portal.letter_to("nobody@example.org").subject, "This address has no account");
}

#[test]
fn every_problem_is_shown_at_once_beside_its_field_and_what_was_typed_stays() {
    let portal = spawn_portal();
    let mut asha = portal.visitor();
    asha.visit("/register")
        .fill("Your full name", "  ")
        .fill("Email address", "asha.patel@")
        .fill("Create a password", "short")
        .press("Continue");
    assert_eq!(asha.status(), 422);
    assert_eq!(
        asha.problems(),
        [
            "Enter your full name",
            "Enter an email address in the correct format, like name@example.com",
            "Password must be 10 characters or more",
        ]
    );
    assert_eq!(asha.error_beside("Your full name"), "Enter your full name");
    assert_eq!(asha.error_beside("Create a password"), "Password must be 10 characters or more");
    assert_eq!(asha.value_of("Email address"), "asha.patel@");
}

#[test]
fn a_password_never_comes_back_in_a_page() {
    let portal = spawn_portal();
    let mut asha = portal.visitor();
    asha.visit("/register").fill("Email address", "asha.patel@").fill("Create a password", PASSWORD).press("Continue");
    asha.does_not_see(PASSWORD);
    asha.visit("/sign-in").fill("Email address", "asha@example.org").fill("Password", PASSWORD).press("Sign in");
    asha.does_not_see(PASSWORD);
}

#[test]
fn what_another_website_sends_is_refused() {
    let portal = spawn_portal();
    let address = portal.signed_up("Asha Patel").email().to_owned();
    let fields = [("email", address.as_str()), ("password", PASSWORD)];
    let mut victim = portal.visitor();
    assert_eq!(victim.send_from_elsewhere("/sign-in", &fields).status, 403);
    assert!(!victim.has_session());
    assert_eq!(victim.send("/sign-in", &fields).status, 303);
}

#[test]
fn a_body_that_is_too_large_is_refused() {
    let portal = spawn_portal();
    let mut someone = portal.visitor();
    let name = "a".repeat(600 * 1024);
    assert_eq!(someone.send("/register", &[("name", &name)]).status, 413);
}

#[test]
fn signing_in_leads_on_within_the_portal_and_nowhere_else() {
    let portal = spawn_portal();
    let address = portal.signed_up("Asha Patel").email().to_owned();
    for (next, leads_to) in [
        ("/register", "/register"),
        ("//example.org", "/my"),
        ("https://example.org", "/my"),
        ("/\\example.org", "/my"),
    ] {
        let fields = [("email", address.as_str()), ("password", PASSWORD), ("next", next)];
        let answer = portal.visitor().send("/sign-in", &fields);
        assert_eq!(answer.location(), Some(leads_to), "{next}");
    }
}

#[test]
fn who_needs_to_sign_in_comes_back_to_where_they_were_going() {
    let portal = spawn_portal();
    let steward = portal.steward();
    let mut visitor = portal.visitor();
    visitor.visit("/vrp/roles");
    assert_eq!(visitor.path(), "/sign-in?next=%2Fvrp%2Froles");
    visitor.fill("Email address", steward.email()).fill("Password", PASSWORD).press("Sign in");
    portal.advance(Duration::seconds(30));
    visitor.fill("Code", &portal.code_of(steward.account())).press("Continue");
    assert_eq!(visitor.heading(), "People who work for the VRP");
}

#[test]
fn a_steward_gives_a_role_to_someone_with_an_account() {
    let portal = spawn_portal();
    let mut steward = portal.steward();
    let asha = portal.signed_up("Asha Patel");
    steward.visit("/vrp/roles").fill("Email address", "nobody@example.org").choose("Role", "Reviewer");
    steward.press("Give this role");
    assert_eq!(steward.status(), 422);
    steward.fill("Email address", asha.email()).press("Give this role").sees("Asha Patel").sees("Reviewer");
    let roles = portal.read(|conn| youth_charter::accounts::roles_of(conn, asha.account().id));
    assert_eq!(roles, [youth_charter::accounts::Role::Reviewer]);
}
