//! E-mail: over a real conversation, kept while the mail server is away, and sent once.

use std::collections::BTreeSet;

use actix_web::rt::System;
use chrono::Duration;
use serde_json::{Value, json};
use youth_charter::config::Config;
use youth_charter::mail::{Mailer, send_due};
use youth_charter::templates::{fill_plain, names};
use youth_charter::words::EmailAddress;

use crate::harness::{MailServer, RunningPortal, nobodys_address, spawn_portal};

/// Sends what is due now, by this mail server; how many went out.
pub fn send(portal: &RunningPortal, url: &str) -> usize {
    let config = config_for(url);
    System::new().block_on(async {
        let mailer = Mailer::open(&config).expect("a mailer");
        send_due(&portal.inside.db, &mailer, &portal.inside.clock).await.expect("the outbox is worked through")
    })
}

fn config_for(url: &str) -> Config {
    let setting = |name: &str| match name {
        "SMTP_URL" => Some(url.to_owned()),
        "MAIL_FROM" => Some("Youth Charter ✓ <charter@example.org>".to_owned()),
        _ => None,
    };
    Config::read(setting).unwrap_or_else(|wrong| panic!("{wrong:?}"))
}

/// Someone asks to sign up.
fn register(portal: &RunningPortal, name: &str, address: &str) {
    let fields = [("name", name), ("email", address), ("password", crate::harness::PASSWORD)];
    assert_eq!(portal.visitor().send("/register", &fields).status, 303);
}

#[test]
fn a_letter_arrives_with_its_subject_its_text_and_its_html() {
    let portal = spawn_portal();
    let hub = portal.approved_organisation("Café Łódź – Jugend & Añejo, the club of the year two thousand and twenty");
    portal.act(|act| hub.organisation.tell_leads(act, &Told { organisation: &hub.organisation.name, slug: "the-hub" }));
    let server = MailServer::start();
    portal.advance(Duration::seconds(1));
    assert!(send(&portal, &server.url()) >= 1);
    let letters = server.letters();
    let letter = letters.last().expect("it arrived");
    assert_eq!(letter.subject, format!("{} is approved", hub.organisation.name));
    assert_eq!(letter.from, "Youth Charter ✓ <charter@example.org>");
    assert_eq!(letter.to, hub.lead.email());
    assert!(letter.text.contains(&hub.organisation.name), "{}", letter.text);
    assert!(letter.text.contains(&format!("\n{}/organisations/the-hub\n", portal.site())), "{}", letter.text);
    assert!(letter.html.contains("Café Łódź – Jugend &amp; Añejo"), "{}", letter.html);
    assert!(letter.html.contains(&format!("<a href=\"{}/organisations/the-hub\"", portal.site())), "{}", letter.html);
    portal.read_all_letters();
}

#[derive(serde::Serialize)]
struct Told<'a> {
    organisation: &'a str,
    slug: &'a str,
}
impl youth_charter::mail::Letter for Told<'_> {
    const NAME: &'static str = "organisation-approved";
}

#[test]
fn a_name_cannot_put_a_header_or_mark_up_into_a_letter() {
    let portal = spawn_portal();
    register(&portal, "Eve\r\nBcc: all@example.org <b>bold</b>", "eve@example.org");
    let server = MailServer::start();
    send(&portal, &server.url());
    let letter = server.letters().pop().expect("it arrived");
    assert_eq!(letter.to, "eve@example.org");
    assert!(letter.text.contains("Dear Eve Bcc: all@example.org <b>bold</b>,"), "{}", letter.text);
    assert!(!letter.html.contains("<b>bold"), "{}", letter.html);
    portal.read_all_letters();
}

#[test]
fn while_the_mail_server_is_away_letters_wait_and_are_tried_again() {
    let portal = spawn_portal();
    register(&portal, "Asha", "asha@example.org");
    let address = nobodys_address();
    let url = format!("smtp://{address}");
    assert_eq!(send(&portal, &url), 0);
    let server = MailServer::start_at(address);
    assert_eq!(send(&portal, &url), 0, "not tried again at once");
    portal.advance(Duration::minutes(1));
    assert_eq!(send(&portal, &url), 1);
    portal.advance(Duration::days(1));
    assert_eq!(send(&portal, &url), 0, "not sent twice");
    assert_eq!(server.letters().len(), 1);
    portal.read_all_letters();
}

#[test]
fn a_mail_server_that_is_away_for_an_hour_loses_nothing_and_gets_nothing_twice() {
    let portal = spawn_portal();
    let address = nobodys_address();
    let url = format!("smtp://{address}");
    let mut written = BTreeSet::new();
    for minute in 0..60 {
        // Someone signs up every other minute, and the portal tries all the time.
        if minute % 2 == 0 {
            let to = format!("person{minute}@example.org");
            register(&portal, "Asha", &to);
            written.insert(to);
        }
        assert_eq!(send(&portal, &url), 0, "minute {minute}");
        portal.advance(Duration::minutes(1));
    }
    let server = MailServer::start_at(address);
    let mut sent = 0;
    for _ in 0..70 {
        sent += send(&portal, &url);
        portal.advance(Duration::minutes(1));
    }
    let arrived: Vec<String> = server.letters().into_iter().map(|letter| letter.to).collect();
    assert_eq!((sent, arrived.len()), (30, 30));
    assert_eq!(arrived.into_iter().collect::<BTreeSet<_>>(), written);
    portal.read_all_letters();
}

#[test]
fn a_letter_that_arrived_when_the_portal_stopped_goes_again_under_the_same_number() {
    let portal = spawn_portal();
    register(&portal, "Una", "unanswered@example.org");
    register(&portal, "Asha", "asha@example.org");
    let server = MailServer::start();
    // The server has the letter and says nothing; the portal is stopped while it waits.
    let stopped = System::new().block_on(async {
        let config = config_for(&server.url());
        let mailer = Mailer::open(&config).expect("a mailer");
        let sending = send_due(&portal.inside.db, &mailer, &portal.inside.clock);
        actix_web::rt::time::timeout(std::time::Duration::from_secs(3), sending).await.is_err()
    });
    assert!(stopped && server.letters().len() == 1, "the first letter waits for its answer");
    let second = MailServer::start();
    portal.advance(Duration::minutes(9));
    assert_eq!(send(&portal, &second.url()), 1, "the other one is free to go, the first still in doubt");
    portal.advance(Duration::minutes(2));
    send_for_a_moment(&portal, &second.url());
    let first = server.letters().remove(0).message_id;
    let again: Vec<String> = second.letters().into_iter().map(|letter| letter.message_id).collect();
    assert_eq!(again.iter().filter(|id| **id == first).count(), 1, "nothing is lost: {again:?}");
    assert_eq!(again.len(), 2);
    portal.read_all_letters();
}

/// Sends what is due now, for as long as a conversation takes.
fn send_for_a_moment(portal: &RunningPortal, url: &str) {
    System::new().block_on(async {
        let mailer = Mailer::open(&config_for(url)).expect("a mailer");
        let sending = send_due(&portal.inside.db, &mailer, &portal.inside.clock);
        actix_web::rt::time::timeout(std::time::Duration::from_secs(3), sending).await.ok();
    });
}

#[test]
fn an_address_that_is_refused_holds_nobody_up() {
    let portal = spawn_portal();
    register(&portal, "Gone", "refused@example.org");
    register(&portal, "Asha", "asha@example.org");
    let server = MailServer::start();
    assert_eq!(send(&portal, &server.url()), 1);
    assert_eq!(server.letters()[0].to, "asha@example.org");
    portal.read_all_letters();
}

#[test]
fn two_servers_at_once_send_each_letter_once() {
    let portal = spawn_portal();
    portal.act(|act| {
        (0..30).try_for_each(|number| {
            let address = EmailAddress::parse(&format!("asha{number}@example.org")).expect("an address");
            act.post(&address, &Told { organisation: "The Hub", slug: "the-hub" })
        })
    });
    let server = MailServer::start();
    std::thread::scope(|scope| {
        for _ in 0..2 {
            scope.spawn(|| send(&portal, &server.url()));
        }
    });
    let letters = server.letters();
    let ids: BTreeSet<_> = letters.iter().map(|letter| &letter.message_id).collect();
    assert_eq!((letters.len(), ids.len()), (30, 30));
    portal.read_all_letters();
}

/// What letters are told, by every name that one of them uses. Strict mode refuses a name that is not here.
fn told() -> Value {
    let mut told = json!({
        "asked": [
            { "question": "Do young people feel safe here?", "reason": "Please add the date of your last risk assessment." },
            { "question": "Is every worker recruited safely?", "reason": "The policy you added is another club’s." },
        ],
        "assessment": "01939c5e-7a3c-7000-8000-000000000001",
        "by": "Asha Patel",
        "capacity": "governance",
        "closed_by": "Asha Patel",
        "code": "K7QX-2M4P",
        "decider": "Dee Okoro",
        "ended_on": "3 November 2027",
        "expired": 1,
        "expiring": 2,
        "ends_on": "3 November 2027",
        "file": "poster.docx",
        "is_lead": true,
        "lead_address_changed": true,
        "lead_is": "Rob Ward",
        "lead_was": "Grace Okafor",
        "left": 7,
        "level": "Established",
        "more": "3 more people",
        "name": "Asha Patel",
        "name_was": "The Old Hub",
        "new": "asha.new@example.org",
        "not_started": 3,
        "one": true,
        "organisation": "The Hub",
        "position": "Chair",
        "provider": "Base 51",
        "passkey": "My phone",
        "reason": "We have closed.",
        "reasons": "Strong evidence in every area.",
        "request": "Which school is your room in?",
        "rescue": "01939c5e-7a3c-7000-8000-000000000002",
        "reviewer": "Rob Ward",
        "role": "Lead",
        "signer": "Rob Ward",
        "slug": "the-hub",
        "token": "0123456789abcdef",
        "unsubscribe": "https://charter.example.org/unsubscribe/0123456789abcdef",
    });
    // Too many names for one list.
    told["half_signed"] = json!(true);
    told["signed"] = json!({
        "charter": "Youth Charter, version 1",
        "charter_hash": "0f".repeat(32),
        "hash": "1e".repeat(32),
        "promises": [{
            "theme": "Respect",
            "statement": "We will treat you fairly.",
            "words": "We write our ground rules with young people.",
            "who_and_when": "The lead volunteer, by 31 March 2027",
        }],
    });
    told["subject"] = json!("The next Charter training");
    told["words"] = json!("There are places on 3 December. Reply if you have a question.");
    told["signed_name"] = json!("The Old Hub");
    told["idle"] = json!("36 months");
    told["kept"] = json!("12 months");
    told["number"] = json!("YC-2026-0007");
    told["endings"] = json!([{ "title": "Safeguarding", "when": "counts until 3 November 2027, 14 days from now" }]);
    told["people"] = json!([{ "name": "Callum Deakin", "gaps": "SEND ended 3 November 2026; not started: GDPR" }]);
    told["strengths"] = json!([{ "question": "Do young people feel safe here?", "note": "A model for others." }]);
    told["things"] = json!(["3 documents: Ben Ward", "1 open invitation: the leads together"]);
    told["place"] = json!({
        "reader": "Lena Lead",
        "other": "Callum Deakin",
        "title": "Exploitation awareness",
        "when": "3 December 2026, 10:00am to 1:00pm",
        "place": "Online",
        "online_link": "https://meet.example.org/abc",
        "page": "/organisations/the-hub/training/sessions/01939c5e-7a3c-7000-8000-000000000003",
        "reason": "The trainer is ill.",
    });
    told["due"] = json!("12 December 2026");
    told["past"] = json!(true);
    told["begun"] = json!(true);
    told["decision"] = json!(false);
    told["appeal"] = json!("01939c5e-7a3c-7000-8000-000000000004");
    told["appeal_until"] = json!("1 December 2026");
    told["target"] = json!("15 December 2026");
    told["afresh"] = json!(true);
    told["affiliation"] = json!("01939c5e-7a3c-7000-8000-000000000003");
    told["message"] = json!("You are a member club of ours.");
    told["on"] = json!("3 February 2027");
    told["title"] = json!("Youth Charter training");
    told["kind"] = json!("one_signatory");
    told["people_wanting"] = json!(3);
    told["wish"] = json!("A weekday evening, near Mansfield.");
    told["when"] = json!("3 December 2026, 5:00pm");
    told["where_it_is"] = json!("The Castle Rooms, Castle Boulevard");
    told["session"] = json!("01939c5e-7a3c-7000-8000-000000000003");
    told["umbrella"] = json!("Clubs of the County");
    told["again"] = json!(true);
    told["by_link"] = json!(true);
    told["page"] = json!("/skills-audit/0123456789abcdef");
    told["version"] = json!(2);
    told["new_questions"] = json!(3);
    told["look_again"] = json!(1);
    told["not_asked"] = json!(2);
    told["round"] = json!("Skills audit 2026/27");
    told["voice_round"] = json!("01939c5e-7a3c-7000-8000-000000000003");
    told["enough"] = json!(true);
    told["conversation"] = json!("01939c5e-7a3c-7000-8000-000000000003");
    told["years"] = json!(2);
    told["question"] = json!("What happens when a young person comes to you for the first time?");
    told["indicator"] = json!("exp-welcome-first-visit");
    told["first_step"] = json!("Ask three young helpers what a good welcome is.");
    told["due_on"] = json!("3 March 2027");
    told["documents"] = json!([
        { "title": "Safeguarding policy", "id": "01939c5e-7a3c-7000-8000-000000000003", "review_by": "3 March 2027", "is_over": false },
        { "title": "Fire plan", "id": "01939c5e-7a3c-7000-8000-000000000004", "review_by": "3 May 2026", "is_over": true },
    ]);
    told["records"] = json!([
        { "question": "Do all your workers have the core training?", "words": "6 of 6 people have it.", "until": "3 December 2026" },
        { "question": "Who is in charge?", "words": "You have 1 lead.", "until": null },
    ]);
    told
}

#[test]
fn every_letter_reads_as_it_should() {
    let mut written = String::new();
    let context = json!({ "site": "https://charter.example.org", "letter": told() });
    for name in names().iter().filter_map(|name| name.strip_prefix("email/")) {
        let letter = fill_plain(&format!("email/{name}"), &context)
            .unwrap_or_else(|cause| panic!("say in tests/it/mail.rs what the letter {name} is told: {cause}"));
        assert!(letter.starts_with("Subject: "), "{name} begins with its subject");
        for line in letter.lines().filter(|line| line.contains("://")) {
            assert!(!line.contains(' '), "{name}: a link stands alone on its line: {line}");
        }
        written.push_str(&format!("=== {name} ===\n{letter}\n"));
    }
    insta::assert_snapshot!(written);
}
