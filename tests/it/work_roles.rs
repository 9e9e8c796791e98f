//! Whatever groups people come and go with, roles are what the groups say and nobody else's change; and providers
//! that are none.

use std::io::{BufRead, BufReader, Write};
use std::net::TcpListener;

use proptest::prelude::*;
use proptest::test_runner::TestRunner;
use youth_charter::accounts::{Account, Role, grant_role, roles_of};
use youth_charter::config::SingleSignOn;
use youth_charter::openid::WorkIdentity;
use youth_charter::single_sign_on::{Admission, Refusal, admit_work_identity};

use crate::harness::{RunningPortal, openid_provider, spawn_portal, spawn_portal_with_work_accounts};

const GROUPS: &[(&str, Option<Role>)] =
    &[("stewards", Some(Role::Steward)), ("reviewers", Some(Role::Reviewer)), ("canteen", None)];

/// What happens to one of three people.
#[derive(Debug, Clone)]
enum Event {
    SignsIn { groups: Vec<&'static str>, tenant: &'static str },
    GetsByHand(Role),
}

fn events() -> impl Strategy<Value = Vec<(usize, Event)>> {
    let names = GROUPS.iter().map(|(name, _)| *name).collect::<Vec<_>>();
    let groups = prop::sample::subsequence(names, 0..=3);
    let tenant = prop_oneof![4 => Just("vrp"), 1 => Just("another")];
    let signs_in = (groups, tenant).prop_map(|(groups, tenant)| Event::SignsIn { groups, tenant });
    let by_hand = prop::sample::select(Role::ALL.to_vec()).prop_map(Event::GetsByHand);
    prop::collection::vec((0..3usize, prop_oneof![4 => signs_in, 1 => by_hand]), 1..12)
}

fn identity(person: &str, groups: &[&str], tenant: &str) -> WorkIdentity {
    let email = youth_charter::words::EmailAddress::parse(&format!("{person}@vrp.example.org"));
    WorkIdentity {
        issuer: openid_provider().issuer.clone(),
        subject: person.to_owned(),
        tenant: Some(tenant.to_owned()),
        groups: groups.iter().map(|group| (*group).to_owned()).collect(),
        name: None,
        email: Some(email.expect("an address")),
        email_verified: Some(true),
        proved_at: None,
        second_factor: false,
    }
}

fn find(portal: &RunningPortal, person: &str) -> Option<Account> {
    portal.read(|conn| Account::find_by_email(conn, &format!("{person}@vrp.example.org")))
}

#[test]
fn roles_are_what_the_groups_say_after_any_sequence_of_sign_ins() {
    let portal = spawn_portal();
    let settings: SingleSignOn = openid_provider().settings();
    let mut runner = TestRunner::new(ProptestConfig { cases: 40, max_shrink_iters: 50, ..Default::default() });
    let outcome = runner.run(&events(), |events| {
        // New people each time, in the same portal.
        let round = uuid::Uuid::now_v7().simple();
        let people: Vec<_> = (0..3).map(|number| format!("person{number}-{round}")).collect();
        let mut expected = vec![Vec::<Role>::new(); 3];
        for (who, event) in &events {
            let known = find(&portal, &people[*who]);
            match event {
                Event::GetsByHand(role) => {
                    let Some(account) = known else { continue };
                    portal.act(|act| grant_role(act, account.id, *role));
                    expected[*who].push(*role);
                }
                Event::SignsIn { groups, tenant } => {
                    let identity = identity(&people[*who], groups, tenant);
                    let admission = portal.act(|act| admit_work_identity(act, &settings, &identity, "!".to_owned()));
                    let given = GROUPS.iter().filter(|(name, _)| groups.contains(name)).filter_map(|(_, role)| *role);
                    let given: Vec<_> = given.collect();
                    let as_it_should = match admission {
                        Admission::Refused(Refusal::OtherTenant) => *tenant == "another",
                        Admission::Refused(Refusal::NoGroup) => *tenant == "vrp" && given.is_empty(),
                        Admission::Admitted(account) => account.email.starts_with(&people[*who]) && !given.is_empty(),
                        Admission::Refused(_) => false,
                    };
                    prop_assert!(as_it_should);
                    if *tenant == "vrp" && (known.is_some() || !given.is_empty()) {
                        expected[*who].retain(|role| *role == Role::Decider);
                        expected[*who].extend(given);
                    }
                }
            }
        }
        for (person, mut expected) in people.iter().zip(expected) {
            let has = find(&portal, person).map(|account| portal.read(|conn| roles_of(conn, account.id)));
            expected.sort_by_key(|role| role.as_str());
            expected.dedup();
            prop_assert_eq!(has.unwrap_or_default(), expected);
        }
        Ok(())
    });
    portal.read_all_letters();
    outcome.expect("roles follow groups");
}

/// A server that answers every request with the same bytes.
fn server_that_says(answer: Vec<u8>) -> String {
    let listener = TcpListener::bind(("127.0.0.1", 0)).expect("there is a free port");
    let address = listener.local_addr().expect("a bound port");
    std::thread::spawn(move || {
        for mut stream in listener.incoming().flatten() {
            let lines = BufReader::new(stream.try_clone().expect("a stream")).lines();
            lines.map_while(Result::ok).take_while(|line| !line.is_empty()).for_each(drop);
            // Whoever has heard enough hangs up.
            stream.write_all(&answer).ok();
        }
    });
    format!("http://{address}")
}

#[test]
fn a_provider_that_leads_elsewhere_floods_or_talks_nonsense_is_as_good_as_away() {
    let elsewhere = format!("{}/.well-known/openid-configuration", openid_provider().issuer);
    let leads = format!("HTTP/1.1 302 Found\r\nlocation: {elsewhere}\r\ncontent-length: 0\r\n\r\n").into_bytes();
    let mut floods = b"HTTP/1.1 200 OK\r\ncontent-type: application/json\r\n\r\n{\"issuer\":\"".to_vec();
    floods.extend(std::iter::repeat_n(b'x', 5_000_000));
    let nonsense = b"HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ncontent-length: 2\r\n\r\n{}".to_vec();
    for (answer, what) in [(leads, "leads"), (floods, "floods"), (nonsense, "nonsense")] {
        let settings = SingleSignOn { issuer: server_that_says(answer), ..openid_provider().settings() };
        let portal = spawn_portal_with_work_accounts(settings);
        let mut person = portal.visitor();
        person.visit("/sign-in/work").sees("Work accounts cannot be reached just now");
        assert_eq!(person.status(), 503, "{what}");
    }
}
