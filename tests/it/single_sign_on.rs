//! Signing in with a work account, at a real OpenID provider: who comes in, with which roles, and who does not.

use chrono::Duration;
use serde_json::{Value, json};
use youth_charter::accounts::{Account, Role, roles_of};
use youth_charter::db::schema::audit_entries;
use youth_charter::reminders::do_what_is_due;

use crate::harness::{
    OpenIdProvider, PASSWORD, Person, RunningPortal, nobodys_address, openid_provider, spawn_portal,
    spawn_portal_with_work_accounts,
};

fn new_portal() -> RunningPortal {
    spawn_portal_with_work_accounts(openid_provider().settings())
}

/// Wendy Ward of the tenant `vrp`, in these groups. Each test has a Wendy of its own at the provider.
fn wendy(groups: &[&str]) -> Value {
    json!({
        "sub": format!("wendy-{}", uuid::Uuid::now_v7()),
        "name": "Wendy Ward",
        "email": "wendy.ward@vrp.example.org",
        "email_verified": true,
        "tid": "vrp",
        "groups": groups,
    })
}

fn with(mut claims: Value, name: &str, value: impl Into<Value>) -> Value {
    claims[name] = value.into();
    claims
}

/// They showed more than a password to the provider.
fn with_two_steps(claims: Value) -> Value {
    with(claims, "amr", json!(["pwd", "mfa"]))
}

/// Goes to the provider and comes back.
fn sign_in(person: &mut Person, claims: &Value) {
    let back = openid_provider().sign_in(&leave(person), claims);
    person.visit(&back);
}

/// Where the portal sends someone who wants to sign in with their work account.
fn leave(person: &mut Person) -> String {
    let answer = person.ask("/sign-in/work");
    answer.location().unwrap_or_else(|| panic!("{}", answer.text())).to_owned()
}

fn roles(portal: &RunningPortal) -> Vec<Role> {
    let account = portal.read(|conn| Account::find_by_email(conn, "wendy.ward@vrp.example.org"));
    portal.read(|conn| roles_of(conn, account.expect("an account").id))
}

/// What was done since the content was loaded.
fn verbs(portal: &RunningPortal) -> Vec<String> {
    use diesel::prelude::*;
    let entries = audit_entries::table.order(audit_entries::sequence).select(audit_entries::verb);
    let entries = entries.filter(audit_entries::actor_name.ne("the portal"));
    portal.read(|conn| Ok(entries.load(conn)?))
}

#[test]
fn someone_of_the_vrp_signs_in_and_has_the_roles_of_their_groups() {
    let portal = new_portal();
    let mut person = portal.visitor();
    person.visit("/vrp/roles");
    let link = person.page().all("a[href^='/sign-in/work']")[0].attr("href").expect("a link").to_owned();
    assert_eq!(link, "/sign-in/work?next=%2Fvrp%2Froles");
    let there = person.ask(&link).location().expect("the provider").to_owned();
    for part in ["response_type=code", "code_challenge_method=S256", "state=", "nonce=", "scope=openid+profile+email"] {
        assert!(there.contains(part), "{part} is not in {there}");
    }
    let back = openid_provider().sign_in(&there, &with_two_steps(wendy(&["stewards", "canteen"])));
    person.visit(&back).sees("Wendy Ward");
    assert_eq!(person.heading(), "People who work for the VRP");
    assert_eq!(roles(&portal), [Role::Steward]);
    assert_eq!(portal.letter_to("wendy.ward@vrp.example.org").subject, "You can sign in with your work account");
    let verbs = verbs(&portal);
    assert_eq!(verbs, ["account opened", "work account joined", "role given", "signed in"]);
}

#[test]
fn one_step_at_the_provider_is_one_step_here() {
    let portal = new_portal();
    let claims = wendy(&["stewards"]);
    let mut person = portal.visitor();
    sign_in(&mut person, &claims);
    portal.read_all_letters();
    assert_eq!(person.ask("/vrp").location(), Some("/my/account/authenticator"));
    portal.sets_up_second_step(person.visit("/vrp"), "wendy.ward@vrp.example.org");
    person.visit("/vrp/roles").sees("People who work for the VRP");
    let mut again = portal.visitor();
    sign_in(&mut again, &claims);
    assert_eq!(again.heading(), "Enter your code");
    let mut vouched = portal.visitor();
    sign_in(&mut vouched, &with_two_steps(claims));
    vouched.visit("/vrp/roles").sees("People who work for the VRP");
}

#[test]
fn the_button_is_there_only_when_work_accounts_are_on() {
    let portal = spawn_portal();
    let mut person = portal.visitor();
    person.visit("/sign-in").does_not_see("work account");
    assert_eq!(person.ask("/sign-in/work").status, 404);
    assert_eq!(person.ask("/sign-in/work/return?state=1&code=1").status, 404);
}

#[test]
fn a_role_goes_when_the_group_goes_and_what_no_group_decides_stays() {
    let portal = new_portal();
    let claims = wendy(&["stewards", "reviewers"]);
    let mut person = portal.visitor();
    sign_in(&mut person, &claims);
    let account = person_account(&portal);
    portal.act(|act| youth_charter::accounts::grant_role(act, account.id, Role::Decider));
    sign_in(&mut person, &with(claims.clone(), "groups", json!(["reviewers"])));
    assert_eq!(roles(&portal), [Role::Decider, Role::Reviewer]);
    assert!(verbs(&portal).contains(&"role withdrawn".to_owned()));

    let mut again = portal.visitor();
    sign_in(&mut again, &with(claims, "groups", json!(["canteen"])));
    assert_eq!((again.status(), again.has_session()), (403, false));
    again.sees("Your work account has no role here");
    assert_eq!(roles(&portal), [Role::Decider]);
    portal.read_all_letters();
}

fn person_account(portal: &RunningPortal) -> Account {
    portal.read(|conn| Account::find_by_email(conn, "wendy.ward@vrp.example.org")).expect("an account")
}

#[test]
fn someone_whose_groups_have_no_role_here_is_turned_away_kindly_and_gets_no_account() {
    let portal = new_portal();
    for claims in [wendy(&["canteen"]), wendy(&[]), with(wendy(&[]), "groups", "stewards")] {
        let mut person = portal.visitor();
        sign_in(&mut person, &claims);
        assert_eq!((person.status(), person.has_session()), (403, false));
        person.sees("Your work account has no role here").follow("Sign in another way");
        assert_eq!(person.heading(), "Sign in");
    }
    assert!(portal.read(|conn| Account::find_by_email(conn, "wendy.ward@vrp.example.org")).is_none());
}

#[test]
fn people_of_another_tenant_do_not_come_in() {
    let portal = new_portal();
    let mut nobodys = wendy(&["stewards"]);
    nobodys.as_object_mut().expect("claims").remove("tid");
    for claims in [with(wendy(&["stewards"]), "tid", "another"), nobodys] {
        let mut person = portal.visitor();
        sign_in(&mut person, &claims);
        assert_eq!((person.status(), person.has_session()), (403, false));
        person.sees("This work account cannot be used here");
    }
}

#[test]
fn what_comes_back_is_used_once_and_in_the_browser_that_began_it() {
    let portal = new_portal();
    let mut person = portal.visitor();
    let there = leave(&mut person);
    let back = openid_provider().sign_in(&there, &wendy(&["stewards"]));
    let mut thief = portal.visitor();
    thief.visit(&back).sees("This sign-in has ended");
    leave(&mut thief);
    thief.visit(&back).sees("This sign-in has ended");
    assert_eq!((thief.status(), thief.has_session()), (400, false));
    person.visit(&back);
    assert!(person.has_session());

    let mut replayed = portal.visitor();
    leave(&mut replayed);
    replayed.visit(&back).sees("This sign-in has ended");
    person.visit(&back).sees("This sign-in has ended");
    for nonsense in ["", "?state=", "?state=x&code=y", "?code=y", "?state=%00"] {
        assert_eq!(person.ask(&format!("/sign-in/work/return{nonsense}")).status, 400, "{nonsense}");
    }
    portal.read_all_letters();
}

#[test]
fn a_sign_in_that_takes_longer_than_ten_minutes_begins_again() {
    let portal = new_portal();
    let mut person = portal.visitor();
    let back = openid_provider().sign_in(&leave(&mut person), &wendy(&["stewards"]));
    portal.advance(Duration::minutes(11));
    person.visit(&back).sees("This sign-in has ended");
    leave(&mut person);
    portal.advance(Duration::minutes(11));
    assert_eq!(do_what_is_due(&portal.inside).expect("what is due is done").errands_forgotten, 2);
}

#[test]
fn a_token_that_is_not_for_us_not_for_now_or_not_the_providers_signs_nobody_in() {
    let portal = new_portal();
    for forge in ["nonce", "audience", "issuer", "age", "unsigned", "signature", "secret"] {
        let mut person = portal.visitor();
        sign_in(&mut person, &with(wendy(&["stewards"]), "forge", forge));
        assert_eq!((person.status(), person.has_session()), (400, false), "{forge}");
        person.sees("We could not check your work account");
    }
    assert!(verbs(&portal).is_empty());
}

#[test]
fn someone_who_cancels_is_back_at_signing_in() {
    let portal = new_portal();
    let mut person = portal.visitor();
    let back = openid_provider().cancel(&leave(&mut person));
    person.visit(&back).sees("You did not sign in with your work account");
    assert_eq!((person.heading().as_str(), person.has_session()), ("Sign in", false));
}

#[test]
fn what_another_provider_sends_back_is_not_taken_for_ours() {
    let portal = new_portal();
    let mut person = portal.visitor();
    let back = openid_provider().sign_in(&leave(&mut person), &wendy(&["stewards"]));
    let (before, _) = back.split_once("&iss=").expect("the provider says who it is");
    person.visit(&format!("{before}&iss=https%3A%2F%2Fanother.example.org"));
    assert_eq!((person.heading().as_str(), person.has_session()), ("Sign in", false));
}

#[test]
fn while_the_provider_is_away_people_are_told_and_sign_in_another_way() {
    let address = nobodys_address();
    let mut settings = openid_provider().settings();
    settings.issuer = format!("http://{address}");
    let portal = spawn_portal_with_work_accounts(settings);
    let mut person = portal.visitor();
    person.visit("/sign-in/work").sees("Work accounts cannot be reached just now");
    assert_eq!(person.status(), 503);

    let provider = OpenIdProvider::start_at(&address.port().to_string());
    let back = provider.sign_in(&leave(&mut person), &wendy(&["stewards"]));
    drop(provider);
    person.visit(&back).sees("Work accounts cannot be reached just now").follow("Sign in another way");
    assert_eq!((person.heading().as_str(), person.has_session()), ("Sign in", false));
    // What it said of itself is still believed.
    portal.advance(Duration::hours(2));
    assert!(leave(&mut person).starts_with(&format!("http://{address}/")));
}

#[test]
fn a_provider_with_new_keys_is_asked_again() {
    let provider = OpenIdProvider::start();
    let portal = spawn_portal_with_work_accounts(provider.settings());
    let mut person = portal.visitor();
    leave(&mut person);
    let port = provider.issuer.rsplit(':').next().expect("a port").to_owned();
    drop(provider);
    let provider = OpenIdProvider::start_at(&port);
    // Far enough that it may be asked, not so far that its tokens are old.
    portal.advance(Duration::seconds(61));
    let back = provider.sign_in(&leave(&mut person), &wendy(&["stewards"]));
    person.visit(&back);
    assert!(person.has_session());
    portal.read_all_letters();
}

#[test]
fn an_address_opens_no_account_that_has_a_password() {
    let portal = new_portal();
    let asha = portal.signed_up("Asha Patel");
    for claims in [wendy(&["stewards"]), with(wendy(&["stewards"]), "email_verified", false)] {
        let mut person = portal.visitor();
        sign_in(&mut person, &with(claims, "email", asha.email()));
        assert_eq!((person.status(), person.has_session()), (403, false));
        person.sees("There is an account with your email address already");
    }
    assert!(portal.read(|conn| roles_of(conn, asha.account().id)).is_empty());
}

#[test]
fn a_checked_address_joins_an_account_that_works_for_the_vrp_already_and_its_owner_is_told() {
    let portal = new_portal();
    let rae = portal.reviewer();
    let claims = with_two_steps(with(wendy(&["reviewers"]), "email", rae.email()));
    let mut person = portal.visitor();
    sign_in(&mut person, &with(claims.clone(), "email_verified", false));
    assert!(!person.has_session());
    sign_in(&mut person, &claims);
    person.sees("Rae Reviewer");
    assert_eq!(portal.letter_to(rae.email()).subject, "You can sign in with your work account");
    // Somebody else at the provider with the same address is not the same person.
    let mut another = portal.visitor();
    sign_in(&mut another, &with(wendy(&["reviewers"]), "email", rae.email()));
    assert!(!another.has_session());
    // The person stays the same when their address changes.
    let mut renamed = portal.visitor();
    sign_in(&mut renamed, &with(claims, "email", "rae.married@vrp.example.org"));
    renamed.sees("Rae Reviewer");
}

#[test]
fn whoever_registered_a_checked_address_without_confirming_it_gains_nothing() {
    let portal = new_portal();
    let address = "wendy.ward@vrp.example.org";
    let mut mallory = portal.visitor();
    let fields = [("name", "Mallory"), ("email", address), ("password", PASSWORD)];
    assert_eq!(mallory.send("/register", &fields).status, 303);
    sign_in(&mut portal.visitor(), &with(wendy(&["stewards"]), "email_verified", false));
    assert!(roles(&portal).is_empty());
    let mut person = portal.visitor();
    sign_in(&mut person, &with_two_steps(wendy(&["stewards"])));
    person.visit("/my").sees("Wendy Ward").does_not_see("Mallory");
    mallory.visit("/sign-in").fill("Email address", address).fill("Password", PASSWORD).press("Sign in");
    assert_eq!((mallory.status(), mallory.has_session()), (422, false));
    portal.read_all_letters();
}

#[test]
fn someone_who_is_signed_in_proves_it_again_at_the_provider() {
    let portal = new_portal();
    let claims = with_two_steps(wendy(&["stewards"]));
    let mut person = portal.visitor();
    sign_in(&mut person, &claims);
    assert!(!leave(&mut portal.visitor()).contains("prompt="));
    portal.advance(Duration::minutes(30));
    person.visit("/my/account/email");
    assert_eq!(person.heading(), "Is it you?");
    let link = person.page().all("a[href^='/sign-in/work']")[0].attr("href").expect("a link").to_owned();
    let there = person.ask(&link).location().expect("the provider").to_owned();
    assert!(there.contains("prompt=login"), "{there}");
    portal.read_all_letters();
}

#[test]
fn a_sign_in_at_the_provider_is_as_fresh_as_it_says() {
    let portal = new_portal();
    let claims = with_two_steps(wendy(&["stewards"]));
    let is_fresh = |person: &mut Person| person.visit("/my/account/email").heading() != "Is it you?";
    let mut person = portal.visitor();
    sign_in(&mut person, &claims);
    assert!(is_fresh(&mut person), "they have just shown who they are");
    // Whoever sits at the device later takes the questions out of the address: the provider says nothing then.
    portal.advance(Duration::minutes(30));
    let there = leave(&mut person);
    assert!(there.contains("prompt=login") && there.contains("max_age=0"), "{there}");
    let mut quiet = url::Url::parse(&there).expect("an address");
    let kept: Vec<_> = url::Url::parse(&there).expect("an address").query_pairs().into_owned().collect();
    let kept = kept.into_iter().filter(|(name, _)| name != "prompt" && name != "max_age");
    quiet.query_pairs_mut().clear().extend_pairs(kept);
    let back = openid_provider().sign_in(quiet.as_str(), &claims);
    person.visit(&back);
    assert!(person.has_session());
    assert!(!is_fresh(&mut person), "a proof that nobody dates is none");
    portal.read_all_letters();
}

#[test]
fn an_address_that_the_provider_has_not_checked_opens_nothing() {
    let portal = new_portal();
    for claims in [with(wendy(&["stewards"]), "email_verified", false), with(wendy(&["stewards"]), "email", "nonsense")]
    {
        let mut person = portal.visitor();
        sign_in(&mut person, &claims);
        assert_eq!((person.status(), person.has_session()), (403, false));
        person.sees("We need your email address");
    }
    // Within the one tenant that we name, a provider that says nothing of checking is taken at its word.
    let mut silent = wendy(&["stewards"]);
    silent.as_object_mut().expect("claims").remove("email_verified");
    let mut person = portal.visitor();
    sign_in(&mut person, &silent);
    assert!(person.has_session());
    portal.read_all_letters();
}

#[test]
fn roles_that_groups_gave_end_when_nobody_has_heard_of_the_groups_for_a_month() {
    let portal = new_portal();
    sign_in(&mut portal.visitor(), &wendy(&["stewards"]));
    portal.advance(Duration::days(29));
    assert_eq!(do_what_is_due(&portal.inside).expect("what is due is done").roles_withdrawn, 0);
    portal.advance(Duration::days(2));
    assert_eq!(do_what_is_due(&portal.inside).expect("what is due is done").roles_withdrawn, 1);
    assert_eq!(do_what_is_due(&portal.inside).expect("what is due is done").roles_withdrawn, 0);
    assert!(roles(&portal).is_empty());
    portal.read_all_letters();
}
