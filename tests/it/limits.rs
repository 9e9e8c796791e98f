//! How often anyone may try: for one address, for one account, and what they are told then.

use crate::harness::{PASSWORD, RunningPortal, spawn_portal_with_limits};

/// How many of these are taken before the first is refused; and what the refusal says.
fn taken(portal: &RunningPortal, path: &str, fields: impl Fn(usize) -> Vec<(&'static str, String)>) -> usize {
    let mut someone = portal.visitor();
    for number in 0..300 {
        let fields = fields(number);
        let fields: Vec<(&str, &str)> = fields.iter().map(|(name, value)| (*name, value.as_str())).collect();
        let answer = someone.send(path, &fields);
        if answer.status == 429 {
            let wait: u64 = answer.header("retry-after").expect("when to try again").parse().expect("seconds");
            assert!((1..=600).contains(&wait), "{wait}");
            assert!(answer.header("content-security-policy").is_some(), "a refusal has every header too");
            assert!(answer.text().contains("You have tried too often"));
            portal.read_all_letters();
            return number;
        }
    }
    panic!("{path} is never refused");
}

#[test]
fn a_password_cannot_be_guessed_for_long_whether_or_not_there_is_an_account() {
    let portal = spawn_portal_with_limits();
    let asha = portal.signed_up("Asha Patel");
    let guess = |email: String| move |n: usize| vec![("email", email.clone()), ("password", format!("guess {n}"))];
    assert_eq!(taken(&portal, "/sign-in", guess(asha.email().to_owned())), 10);
    assert_eq!(taken(&portal, "/sign-in", guess("nobody@example.org".to_owned())), 10);
    let mut owner = portal.visitor();
    let late = owner.send("/sign-in", &[("email", asha.email()), ("password", PASSWORD)]);
    assert_eq!(late.status, 429, "the right one is not looked at either: else it could be told from a wrong one");
    let mut ben = portal.visitor();
    let other = ben.send("/sign-in", &[("email", portal.signed_up("Ben Ward").email()), ("password", PASSWORD)]);
    assert_eq!(other.status, 303, "others at the same address still come in");
}

#[test]
fn many_accounts_cannot_be_tried_from_one_address() {
    let portal = spawn_portal_with_limits();
    let count = taken(&portal, "/sign-in", |n| {
        vec![("email", format!("someone{n}@example.org")), ("password", PASSWORD.to_owned())]
    });
    assert!((40..=42).contains(&count), "{count}");
}

#[test]
fn nobody_is_flooded_with_letters() {
    let portal = spawn_portal_with_limits();
    for path in ["/forgotten-password", "/sign-in/link"] {
        let portal = spawn_portal_with_limits();
        assert_eq!(taken(&portal, path, |_| vec![("email", "asha@example.org".to_owned())]), 5, "{path}");
    }
    let count = taken(&portal, "/register", |n| {
        let email = format!("someone{n}@example.org");
        vec![("name", "Asha".to_owned()), ("email", email), ("password", PASSWORD.to_owned())]
    });
    assert!((20..=21).contains(&count), "{count}");
}

#[test]
fn codes_of_certificates_and_of_young_peoples_forms_cannot_be_tried_one_after_another() {
    let portal = spawn_portal_with_limits();
    for (beginning, at_once) in [("/verify", 60), ("/say", 120)] {
        let mut someone = portal.visitor();
        let refused = (0..400).find(|n| someone.ask(&format!("{beginning}/CODE-{n}")).status == 429);
        let refused = refused.unwrap_or_else(|| panic!("{beginning} is never refused"));
        // A few come back while the test runs.
        assert!((at_once..at_once + 40).contains(&refused), "{beginning}: {refused}");
    }
    assert_eq!(portal.visitor().ask("/directory").status, 200, "looking around is never limited");
}

#[test]
fn one_address_is_not_flooded_by_signing_it_up_again_and_again() {
    let portal = spawn_portal_with_limits();
    let count = taken(&portal, "/register", |_| {
        vec![("name", "Asha".into()), ("email", "asha@example.org".into()), ("password", PASSWORD.into())]
    });
    assert_eq!(count, 5);
}

#[test]
fn links_from_letters_cannot_be_guessed_one_after_another() {
    let token = |n: usize| format!("{n:064x}");
    for (place, at_once) in [
        ("/sign-in/links", 40),
        ("/reset-password", 20),
        ("/confirm", 40),
        ("/set-up", 20),
        ("/new-address", 40),
        ("/invitations", 40),
        ("/objections", 40),
    ] {
        let portal = spawn_portal_with_limits();
        let mut someone = portal.signed_up("Mallory Moss");
        let refused = (0..200).find(|n| someone.send(&format!("{place}/{}", token(*n)), &[]).status == 429);
        let refused = refused.unwrap_or_else(|| panic!("{place} is never refused"));
        assert!((at_once..at_once + 5).contains(&refused), "{place}: {refused}");
    }
}

#[test]
fn sending_again_inviting_to_a_record_and_asking_for_an_address_are_limited() {
    let portal = spawn_portal_with_limits();
    let hub = portal.approved_organisation("The Hub");
    let mut lead = hub.lead;
    let position = youth_charter::organisations::Position {
        role: youth_charter::organisations::MembershipRole::Viewer,
        engagement: youth_charter::organisations::Engagement::Volunteer,
        accountable: false,
    };
    let bev = portal
        .act(|act| youth_charter::organisations::add_without_account(act, hub.organisation.id, "Bev Clarke", position));
    let own = format!("/organisations/the-hub/people/{}/invitation", bev.person.id);
    assert_eq!(lead.send(&own, &[("email", "bev@example.org")]).status, 303);
    let open = portal.read(|conn| youth_charter::people::Invitation::open_in(conn, hub.organisation.id)).remove(0);
    let resending = format!("/organisations/the-hub/people/invitations/{}/resending", open.id);
    let sent = (0..100).find(|_| lead.send(&resending, &[]).status == 429).expect("it is refused at last");
    // By account: inviting and sending again count together.
    assert!((59..63).contains(&sent), "{sent}");
    assert_eq!(lead.send(&own, &[("email", "bev2@example.org")]).status, 429);
    // Another lead at the same network is not held up by it, but for what the network did.
    let mut other = portal.lead_of(&hub.organisation);
    assert_ne!(other.send(&own, &[("email", "bev2@example.org")]).status, 429);
    let sent = (0..20).find(|n| {
        let email = format!("new{n}@example.org");
        other.send("/my/account/email", &[("email", &email)]).status == 429
    });
    assert_eq!(sent, Some(5));
    portal.read_all_letters();
}

#[test]
fn setting_the_clock_back_or_ahead_gives_nobody_more_tries() {
    let portal = spawn_portal_with_limits();
    let mut someone = portal.visitor();
    let mut guess = || someone.send("/sign-in", &[("email", "asha@example.org"), ("password", "guess")]).status;
    for _ in 0..10 {
        assert_eq!(guess(), 422);
    }
    for hours in [1, -2, 48] {
        portal.advance(chrono::Duration::hours(hours));
        assert_eq!(guess(), 429, "{hours} hours");
    }
}

#[test]
fn every_route_that_sends_letters_to_whoever_is_named_is_limited() {
    // A new one wants a line in web/limits.rs, and here.
    let sends = [
        "/sign-in/link",
        "/forgotten-password",
        "/register",
        "/my/account/email",
        "/organisations/{slug}/people/invitations/new",
        "/organisations/{slug}/people/invitations/{invitation}/resending",
        "/organisations/{slug}/people/{person}/invitation",
        "/take-over/{slug}",
    ];
    let limited = std::fs::read_to_string(crate::harness::root().join("src/web/limits.rs")).expect("the limits");
    let limits: Vec<&str> = limited.split('"').skip(1).step_by(2).filter(|text| text.starts_with('/')).collect();
    let all = crate::town::all_routes();
    for route in sends {
        assert!(all.iter().any(|entry| entry.path == route && entry.method == "POST"), "{route} is gone");
        let is_limited = limits.iter().any(|limit| route.starts_with(limit) || route.ends_with(limit));
        assert!(is_limited, "{route} has no limit by address");
    }
}

#[test]
fn invitations_are_limited_too() {
    let portal = spawn_portal_with_limits();
    let hub = portal.approved_organisation("The Hub");
    let mut lead = hub.lead;
    let path = format!("/organisations/{}/people/invitations/new", hub.organisation.slug);
    let sent = (0..100).find(|n| {
        let email = format!("someone{n}@example.org");
        let fields =
            [("name", "Ivy"), ("email", email.as_str()), ("role", "practitioner"), ("engagement", "volunteer")];
        lead.send(&path, &fields).status == 429
    });
    assert!(sent.is_some_and(|sent| (60..64).contains(&sent)), "{sent:?}");
    portal.read_all_letters();
}
