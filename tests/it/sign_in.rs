//! Signing in: by a link, with a second step, with fresh proof; and what a thief cannot do.

use chrono::Duration;
use youth_charter::accounts::{Authenticator, CodeCheck, Role, Strength, begin_session};

use crate::harness::{PASSWORD, Person, RunningPortal, spawn_portal};

fn with_password<'a>(person: &'a mut Person, address: &str) -> &'a mut Person {
    person.visit("/sign-in").fill("Email address", address).fill("Password", PASSWORD).press("Sign in")
}

/// Someone with an authenticator app, and their address.
fn careful(portal: &RunningPortal) -> Person {
    let person = portal.signed_up("Asha Patel");
    portal.give_authenticator(person.account());
    portal.advance(Duration::seconds(30));
    person
}

#[test]
fn someone_signs_in_by_a_link_and_goes_where_they_were_going() {
    let portal = spawn_portal();
    let address = portal.signed_up("Asha Patel").email().to_owned();
    let mut asha = portal.visitor();
    asha.visit("/my/training").follow("Email me a link to sign in with");
    asha.fill("Email address", &address).press("Email me a link").sees("Check your email");
    let link = portal.letter_to(&address).link();
    asha.visit(&link).visit(&link);
    assert!(!asha.has_session(), "opening a link changes nothing: mail scanners open them too");
    asha.press("Sign in");
    assert_eq!(asha.path(), "/my/training");
    asha.visit(&link).sees("This link no longer works");
    assert_eq!(asha.send(&link, &[]).status, 404);
}

#[test]
fn a_link_to_sign_in_ends_after_twenty_minutes_and_a_shortened_or_made_up_one_never_works() {
    let portal = spawn_portal();
    let address = portal.signed_up("Asha Patel").email().to_owned();
    let mut asha = portal.visitor();
    asha.visit("/sign-in/link").fill("Email address", &address).press("Email me a link");
    let link = portal.letter_to(&address).link();
    let shortened = &link[..link.len() - 1];
    for wrong in [shortened, "/sign-in/links/", "/sign-in/links/%00", &link.replace("links/", "links/A")] {
        assert!([200, 404].contains(&asha.ask(wrong).status), "{wrong}");
        assert_eq!(asha.send(wrong, &[]).status, 404, "{wrong}");
    }
    portal.advance(Duration::minutes(21));
    asha.visit(&link).sees("This link no longer works");
    assert_eq!(asha.send(&link, &[]).status, 404);
    assert!(!asha.has_session());
}

#[test]
fn asking_for_a_link_says_the_same_to_everyone() {
    let portal = spawn_portal();
    let address = portal.signed_up("Asha Patel").email().to_owned();
    let mut pages = Vec::new();
    for address in [address.as_str(), "nobody@example.org"] {
        let mut someone = portal.visitor();
        someone.visit("/sign-in/link").fill("Email address", address).press("Email me a link");
        pages.push((someone.path().to_owned(), someone.reads()));
    }
    assert_eq!(pages[0], pages[1]);
    assert_eq!(portal.letter_to(&address).subject, "Your link to sign in");
    assert_eq!(portal.letter_to("nobody@example.org").subject, "This address has no account");
}

#[test]
fn with_a_second_step_the_password_alone_opens_nothing() {
    let portal = spawn_portal();
    let owner = careful(&portal);
    let mut asha = portal.visitor();
    with_password(&mut asha, owner.email());
    assert_eq!(asha.heading(), "Enter your code");
    assert_eq!(asha.ask("/my").location(), Some("/sign-in?next=%2Fmy"));
    asha.fill("Code", "000000").press("Continue");
    assert!(asha.error_beside("Code").contains("not right"));
    let code = portal.code_of(owner.account());
    asha.fill("Code", &format!("{} {}", &code[..3], &code[3..])).press("Continue");
    assert_eq!(asha.path(), "/my");
}

#[test]
fn a_code_is_never_good_twice() {
    let portal = spawn_portal();
    let owner = careful(&portal);
    let (mut asha, mut thief) = (portal.visitor(), portal.visitor());
    with_password(&mut asha, owner.email());
    with_password(&mut thief, owner.email());
    let code = portal.code_of(owner.account());
    asha.fill("Code", &code).press("Continue");
    assert_eq!(asha.path(), "/my");
    thief.fill("Code", &code).press("Continue");
    assert_eq!(thief.status(), 422);
}

#[test]
fn after_five_wrong_codes_nobody_can_try_for_a_quarter_of_an_hour() {
    let portal = spawn_portal();
    let owner = careful(&portal);
    let mut guesser = portal.visitor();
    for _ in 0..5 {
        // A new session each time does not help.
        with_password(&mut guesser, owner.email()).fill("Code", "000000").press("Continue");
        assert_eq!(guesser.status(), 422);
    }
    let code = portal.code_of(owner.account());
    with_password(&mut guesser, owner.email()).fill("Code", &code).press("Continue");
    assert!(guesser.error_beside("Code").contains("Too many codes were wrong"));
    portal.advance(Duration::minutes(15));
    let code = portal.code_of(owner.account());
    with_password(&mut guesser, owner.email()).fill("Code", &code).press("Continue");
    assert_eq!(guesser.path(), "/my");
}

#[test]
fn a_recovery_code_works_once_and_its_owner_is_told() {
    let portal = spawn_portal();
    let mut asha = portal.signed_up("Asha Patel");
    asha.visit("/my/account").follow("Change the second step at sign-in").press("Set it up");
    let code = portal.code_of(asha.account());
    asha.fill("The code your app shows now", &code).press("Continue");
    portal.read_all_letters();
    let kept = asha.page().all("li.code").iter().map(|li| li.text().collect::<String>()).collect::<Vec<_>>();
    assert_eq!(kept.len(), 10);
    let mut again = portal.visitor();
    with_password(&mut again, asha.email()).fill("Code", &kept[0].to_uppercase()).press("Continue");
    assert_eq!(again.path(), "/my");
    assert!(portal.letter_to(asha.email()).text.contains("Codes left: 9"));
    let mut thief = portal.visitor();
    with_password(&mut thief, asha.email()).fill("Code", &kept[0]).press("Continue");
    assert_eq!(thief.status(), 422);
    asha.visit("/my/account/recovery-codes").press("Make new codes");
    with_password(&mut thief, asha.email()).fill("Code", &kept[1]).press("Continue");
    assert_eq!(thief.status(), 422, "the old ones stopped working");
}

#[test]
fn the_half_way_session_ends_after_ten_minutes() {
    let portal = spawn_portal();
    let owner = careful(&portal);
    let mut asha = portal.visitor();
    with_password(&mut asha, owner.email());
    portal.advance(Duration::minutes(11));
    let code = portal.code_of(owner.account());
    asha.fill("Code", &code).press("Continue");
    assert_eq!(asha.heading(), "Sign in");
}

#[test]
fn whoever_works_for_the_vrp_sets_up_a_second_step_before_they_see_a_page_of_it() {
    let portal = spawn_portal();
    let mut sam = portal.signed_up("Sam Okoro");
    portal.act(|act| youth_charter::accounts::grant_role(act, sam.account().id, Role::Steward));
    for page in ["/vrp", "/vrp/roles", "/vrp/registrations"] {
        assert_eq!(sam.ask(page).location(), Some("/my/account/authenticator"), "{page}");
    }
    let address = sam.email().to_owned();
    portal.sets_up_second_step(sam.visit("/vrp"), &address);
    sam.visit("/vrp/roles").sees("People who work for the VRP");
}

#[test]
fn one_who_signed_in_elsewhere_without_a_code_gives_one_and_goes_on() {
    let portal = spawn_portal();
    let mut sam = portal.signed_up("Sam Okoro");
    portal.promoted(&sam, Role::Steward);
    portal.advance(Duration::seconds(30));
    sam.visit("/vrp").sees("You signed in here without a code").follow("Enter a code now");
    sam.fill("Code from your authenticator app", &portal.code_of(sam.account())).press("Continue");
    sam.visit("/vrp/roles").sees("People who work for the VRP");
}

#[test]
fn a_session_of_the_vrp_ends_sooner() {
    let portal = spawn_portal();
    let mut sam = portal.steward();
    portal.advance(Duration::hours(3));
    sam.visit("/vrp").sees("Organisations waiting");
    portal.advance(Duration::hours(5));
    sam.visit("/vrp");
    assert_eq!(sam.heading(), "Sign in");
}

#[test]
fn a_session_does_not_outlast_twelve_hours_of_work_for_the_vrp_however_much_it_is_used() {
    let portal = spawn_portal();
    let mut sam = portal.steward();
    for _ in 0..5 {
        portal.advance(Duration::hours(3));
        sam.visit("/vrp");
    }
    assert_eq!(sam.heading(), "Sign in");
}

#[test]
fn a_planted_session_is_not_taken_over() {
    let portal = spawn_portal();
    let (mallory, asha) = (portal.signed_up("Mallory"), portal.signed_up("Asha Patel"));
    let planted = portal.act(|act| begin_session(act, mallory.account(), "a trap", Strength::Single));
    let mut victim = portal.visitor().with_session_token(&planted);
    victim.visit("/sign-in");
    let fields = [("email", asha.email()), ("password", PASSWORD)];
    let answer = victim.send("/sign-in", &fields);
    let cookie = answer.header("set-cookie").expect("a session of their own");
    assert!(cookie.starts_with("session=") && !cookie.contains(&planted), "{cookie}");
    let mut trap = portal.visitor().with_session_token(&planted);
    assert_eq!(trap.ask("/my").location(), Some("/sign-in?next=%2Fmy"), "and the planted one is worth nothing now");
}

#[test]
fn a_session_from_the_future_is_not_believed_when_the_clock_is_set_back() {
    let portal = spawn_portal();
    let mut asha = portal.signed_up("Asha Patel");
    portal.advance(Duration::days(-400));
    asha.visit("/my");
    assert_eq!(asha.heading(), "Sign in", "else it would last for 400 days more");
    let address = asha.email().to_owned();
    with_password(&mut asha, &address);
    assert_eq!(asha.path(), "/my", "and nobody is locked out");
}

#[test]
fn what_matters_much_wants_a_fresh_proof() {
    let portal = spawn_portal();
    let mut asha = portal.signed_up("Asha Patel");
    portal.advance(Duration::minutes(11));
    for page in ["/my/account/email", "/my/account/password", "/my/account/authenticator/code"] {
        let to = format!("/sign-in/again?next={}", page.replace('/', "%2F"));
        assert_eq!(asha.ask(page).location(), Some(to.as_str()));
    }
    asha.visit("/my/account/password").fill("Password", "not mine at all").press("Continue");
    assert_eq!(asha.error_beside("Password"), "This is not your password");
    asha.fill("Password", PASSWORD).press("Continue");
    assert_eq!(asha.heading(), "Change my password");
}

#[test]
fn what_was_begun_with_a_fresh_proof_can_be_finished_in_peace() {
    let portal = spawn_portal();
    let mut asha = portal.signed_up("Asha Patel");
    asha.visit("/my/account/password");
    portal.advance(Duration::minutes(30));
    asha.fill("New password", "four green tandems").press("Change my password").sees("Your password is changed");
    portal.advance(Duration::minutes(61));
    let late = asha.send("/my/account/password", &[("password", "five grey tricycles")]);
    assert!(late.location().is_some_and(|to| to.starts_with("/sign-in/again")));
}

#[test]
fn two_who_guess_at_once_are_counted_as_two() {
    let portal = spawn_portal();
    let owner = careful(&portal);
    let account = owner.account();
    std::thread::scope(|scope| {
        for _ in 0..5 {
            scope.spawn(|| portal.act(|act| Authenticator::check_code(act, account, "000000")));
        }
    });
    let code = portal.code_of(account);
    let after = portal.act(|act| Authenticator::check_code(act, account, &code));
    assert!(matches!(after, CodeCheck::WaitUntil(_)), "{after:?}");
}
