//! Who is told that training ends: once, in time, in one letter a day, and not against their will.

use chrono::{Datelike, Days, Months, NaiveDate, NaiveDateTime};
use diesel::RunQueryDsl;
use youth_charter::audit::Actor;
use youth_charter::mail::latest_messages;
use youth_charter::notices::{
    Frequency, NoticeChoice, Pictures, TrainingNotice, note_what_ends, send_digests, send_pictures,
};
use youth_charter::organisations::{
    Engagement, MembershipRole, Organisation, Position, add_without_account, find_person_of,
};
use youth_charter::reminders::do_what_is_due;
use youth_charter::training::{Module, NewCompletion, log_completion};

use crate::harness::{NewOrganisation, Person, RunningPortal, SavedPortal, spawn_portal, spawn_portal_in_a_file};

fn day(text: &str) -> NaiveDate {
    text.parse().expect("a test writes days correctly")
}

fn noon(day: NaiveDate) -> NaiveDateTime {
    day.and_hms_opt(12, 0, 0).expect("there is a noon")
}

/// Someone's completion of a module, of which we say when it ends.
fn holds(portal: &RunningPortal, owner: &Person, module: &str, expires_on: NaiveDate) {
    let account = owner.account().id;
    let completion = portal.act_as(owner, |act| {
        let new = NewCompletion {
            person: find_person_of(act.conn, account)?.expect("a member is a person"),
            module: Module::find(act.conn, &module.into())?,
            equivalent: None,
            completed_on: expires_on - Months::new(30),
            provider: "Base 51".to_owned(),
            certificate: None,
            logged_by: account,
        };
        Ok(log_completion(act, None, new)?.expect("logged once"))
    });
    let sql = format!("UPDATE training_completions SET expires_on = '{expires_on}' WHERE id = '{}'", completion.id);
    let changed = portal.inside.db.write_here(|conn| Ok(diesel::sql_query(sql).execute(conn)?));
    assert_eq!(changed.expect("a database does what it is told"), 1);
}

/// What a server does at an instant.
fn runs_at(portal: &RunningPortal, at: NaiveDateTime) {
    for work in [note_what_ends, send_digests, send_pictures] {
        while portal.inside.act_at(Actor::portal(), at, work).expect("it is done") > 0 {}
    }
}

fn runs_on(portal: &RunningPortal, day: NaiveDate) {
    runs_at(portal, noon(day));
}

/// A practitioner, with the marks of the nights' work set before a day.
fn practitioner_before(portal: &RunningPortal, first: NaiveDate) -> (NewOrganisation, Person) {
    let hub = portal.approved_organisation("The Hub");
    let asha = portal.practitioner_of(&hub.organisation);
    runs_on(portal, first);
    portal.read_all_letters();
    (hub, asha)
}

fn chooses(portal: &RunningPortal, person: &Person, frequency: Frequency) {
    let account = person.account().id;
    portal.act_as(person, |act| NoticeChoice::choose(act, account, frequency, Pictures::None));
}

#[test]
fn someone_is_told_60_and_14_days_before_and_on_the_last_day() {
    let portal = spawn_portal();
    let end = day("2030-06-30");
    let (_, asha) = practitioner_before(&portal, end - Days::new(65));
    holds(&portal, &asha, "safeguarding", end);
    let mut told = Vec::new();
    for before in (0..=64_i64).rev().chain([-1, -2]) {
        let today = end - chrono::Duration::days(before);
        // Every hour, as a server does; and a second server beside it.
        for hour in [1, 9, 9, 22] {
            runs_at(&portal, today.and_hms_opt(hour, 0, 0).expect("a time"));
        }
        for letter in portal.letters_to(asha.email()) {
            told.push((before, letter.subject));
        }
    }
    let subjects = [
        (60, "Your training in Safeguarding counts until 30 June 2030, 60 days from now"),
        (14, "Your training in Safeguarding counts until 30 June 2030, 14 days from now"),
        (0, "Your training in Safeguarding counts until today, 30 June 2030"),
    ];
    assert_eq!(told, subjects.map(|(before, subject)| (before, subject.to_owned())));
    portal.read_all_letters();
    let kept = portal.read(|conn| TrainingNotice::told_to(conn, asha.account().id, 10));
    assert_eq!(kept.len(), 3);
    assert!(kept.iter().all(|(notice, module)| notice.message_id.is_some() && module == "Safeguarding"));
}

#[test]
fn all_that_is_due_on_a_day_is_one_letter() {
    let portal = spawn_portal();
    let today = day("2030-06-30");
    let (_, asha) = practitioner_before(&portal, today - Days::new(1));
    for (module, days) in
        [("safeguarding", 60), ("send", 60), ("gdpr", 14), ("governance", 0), ("exploitation-awareness", 59)]
    {
        holds(&portal, &asha, module, today + Days::new(days));
    }
    runs_on(&portal, today);
    let letter = portal.letter_to(asha.email());
    assert_eq!(letter.subject, "Some of your training ends");
    let lines: Vec<&str> = letter.text.lines().filter(|line| line.starts_with("* ")).collect();
    assert_eq!(lines.len(), 4, "{}", letter.text);
    assert!(lines[0].starts_with("* Governance counts until today"), "the first to end comes first: {lines:?}");
    portal.read_all_letters();
}

#[test]
fn a_server_that_was_off_for_a_week_catches_up_with_one_letter() {
    let portal = spawn_portal();
    let last = day("2030-03-01");
    let (_, asha) = practitioner_before(&portal, last);
    for (module, days) in [("safeguarding", 62), ("send", 15), ("gdpr", 3), ("exploitation-awareness", 70)] {
        holds(&portal, &asha, module, last + Days::new(days));
    }
    let back = last + Days::new(7);
    runs_on(&portal, back);
    let letter = portal.letter_to(asha.email());
    for words in ["* GDPR", "ended on 4 March 2030", "SEND counts until 16 March 2030, 8 days from now", "Safeguarding"]
    {
        assert!(letter.text.contains(words), "{words}\n{}", letter.text);
    }
    assert!(!letter.text.contains("Exploitation"));
    runs_on(&portal, back);
    runs_on(&portal, back + Days::new(1));
    assert!(portal.letters_to(asha.email()).is_empty());
    portal.read_all_letters();
}

#[test]
fn what_was_renewed_meanwhile_is_not_told_of() {
    let portal = spawn_portal();
    let today = day("2030-06-30");
    let (_, asha) = practitioner_before(&portal, today - Days::new(1));
    holds(&portal, &asha, "safeguarding", today + Days::new(60));
    holds(&portal, &asha, "safeguarding", today + Days::new(900));
    runs_on(&portal, today);
    assert!(portal.letters_to(asha.email()).is_empty());
    portal.read_all_letters();
}

#[test]
fn letters_come_as_often_as_someone_wants() {
    for (frequency, days) in [
        (Frequency::AsDue, vec![0, 9, 14, 18, 27, 28, 36]),
        (Frequency::Weekly, vec![0, 9, 16, 23, 30]),
        (Frequency::Monthly, vec![0, 31]),
        (Frequency::None, vec![]),
    ] {
        let portal = spawn_portal();
        let first = day("2030-01-01");
        let (_, asha) = practitioner_before(&portal, first - Days::new(1));
        chooses(&portal, &asha, frequency);
        let modules = ["safeguarding", "send", "gdpr", "exploitation-awareness", "governance"];
        for (number, module) in modules.into_iter().enumerate() {
            holds(&portal, &asha, module, first + Days::new(60 + 9 * number as u64));
        }
        holds(&portal, &asha, "safer-recruitment", first + Days::new(28));
        let mut told = Vec::new();
        for number in 0..37_u64 {
            runs_on(&portal, first + Days::new(number));
            told.extend(portal.letters_to(asha.email()).into_iter().map(|_| number));
        }
        let days: Vec<u64> = days;
        assert_eq!(told, days, "{frequency:?}");
        portal.read_all_letters();
    }
}

#[test]
fn two_servers_at_once_send_one_letter() {
    let portal = spawn_portal();
    let NewOrganisation { organisation, .. } = portal.approved_organisation("The Hub");
    let people: Vec<Person> = (0..6).map(|_| portal.practitioner_of(&organisation)).collect();
    do_what_is_due(&portal.inside).expect("the marks are set");
    portal.advance(chrono::Duration::days(1));
    for person in &people {
        for module in ["safeguarding", "send"] {
            holds(&portal, person, module, portal.today() + Days::new(14));
        }
    }
    portal.read_all_letters();
    std::thread::scope(|scope| {
        for _ in 0..3 {
            scope.spawn(|| do_what_is_due(&portal.inside).expect("what is due is done"));
        }
    });
    for person in &people {
        let letter = portal.letter_to(person.email());
        assert_eq!(letter.text.matches("\n* ").count(), 2, "{}", letter.text);
    }
    portal.read_all_letters();
}

#[test]
fn nothing_is_told_twice_after_a_restore() {
    let portal = spawn_portal_in_a_file();
    let today = day("2030-06-30");
    let (_, asha) = practitioner_before(&portal, today - Days::new(1));
    holds(&portal, &asha, "safeguarding", today + Days::new(60));
    let before: SavedPortal = portal.save();
    runs_on(&portal, today);
    portal.letter_to(asha.email());
    let id_of = |portal: &RunningPortal| {
        let messages = portal.read(|conn| latest_messages(conn, 100));
        messages.into_iter().find(|m| m.recipient == asha.email() && m.subject.contains("Safeguarding")).map(|m| m.id)
    };

    // From a backup made afterwards: it knows.
    std::fs::remove_file(portal.folder().join("copy.sqlite")).expect("the first copy");
    let restored = portal.save().spawn();
    restored.read_all_letters();
    runs_on(&restored, today);
    runs_on(&restored, today + Days::new(1));
    assert!(restored.letters_to(asha.email()).is_empty());
    restored.read_all_letters();

    // From one made before: the same letter, which mail programs show once by its id.
    let restored = before.spawn();
    runs_on(&restored, today);
    assert_eq!(id_of(&restored), id_of(&portal));
    assert!(id_of(&portal).is_some());
    restored.read_all_letters();
    portal.read_all_letters();
}

#[test]
fn a_day_begins_and_ends_where_people_live_and_february_has_29_days_in_a_leap_year() {
    let portal = spawn_portal();
    let (_, asha) = practitioner_before(&portal, day("2027-03-01"));
    let instant = |text: &str| text.parse::<NaiveDateTime>().expect("a test writes instants correctly");
    // 60 days before 28 May is 29 March, which begins at 23:00 UTC: the clocks went forward that morning.
    holds(&portal, &asha, "safeguarding", day("2027-05-28"));
    let told = |at: &str| {
        runs_at(&portal, instant(at));
        portal.letters_to(asha.email()).len()
    };
    assert_eq!(told("2027-03-28T22:59:59"), 0);
    assert_eq!(told("2027-03-28T23:00:00"), 1);
    // 14 days before 14 November is 31 October, when they go back: the day has 25 hours and one letter.
    holds(&portal, &asha, "send", day("2027-11-14"));
    assert_eq!(told("2027-09-15T12:00:00"), 1);
    assert_eq!(told("2027-10-30T22:59:59"), 0);
    assert_eq!([told("2027-10-30T23:00:00"), told("2027-10-31T00:30:00"), told("2027-10-31T01:30:00")], [1, 0, 0]);
    assert_eq!(told("2027-11-20T12:00:00"), 1, "SEND has ended");
    holds(&portal, &asha, "gdpr", day("2028-02-29"));
    let leap: Vec<usize> = [
        "2027-12-30T12:00:00",
        "2027-12-31T12:00:00",
        "2028-02-14T12:00:00",
        "2028-02-15T12:00:00",
        "2028-02-28T12:00:00",
        "2028-02-29T12:00:00",
        "2028-03-01T12:00:00",
    ]
    .into_iter()
    .map(told)
    .collect();
    assert_eq!(leap, [0, 1, 0, 1, 0, 1, 0]);
    portal.read_all_letters();
}

#[test]
fn a_press_in_a_mail_program_stops_letters_and_looking_does_not() {
    let portal = spawn_portal();
    let today = day("2030-06-30");
    let (_, mut asha) = practitioner_before(&portal, today - Days::new(1));
    holds(&portal, &asha, "safeguarding", today + Days::new(60));
    holds(&portal, &asha, "send", today + Days::new(61));
    runs_on(&portal, today);
    let letter = portal.letter_to(asha.email());
    let address = letter.text.lines().find(|line| line.contains("/unsubscribe/")).expect("a way to stop");
    let path = address.strip_prefix(portal.site()).expect("within the portal").to_owned();
    let message = portal.read(|conn| latest_messages(conn, 1)).remove(0);
    assert_eq!(message.unsubscribe.as_deref(), Some(address));

    let id = asha.account().id;
    let frequency = || portal.read(|conn| NoticeChoice::of(conn, id, today)).frequency;
    portal.visitor().visit(&path).sees("Stop these emails").sees("your own training");
    assert_eq!(frequency(), Frequency::AsDue);
    for _ in 0..2 {
        let pressed = portal.visitor().send(&path, &[("List-Unsubscribe", "One-Click")]);
        assert_eq!((pressed.status, pressed.location()), (200, None), "RFC 8058 has no redirects");
        assert_eq!(frequency(), Frequency::None);
    }
    runs_on(&portal, today + Days::new(1));
    assert!(portal.letters_to(asha.email()).is_empty());
    for wrong in ["/unsubscribe/0123", &path[..path.len() - 1], &path.replace("/unsubscribe/", "/unsubscribe/00")] {
        assert_eq!(portal.visitor().ask(wrong).status, 404);
        assert_eq!(portal.visitor().send(wrong, &[]).status, 404);
    }
    asha.visit("/my/account")
        .follow("Change how often we may write about training")
        .sees("Safeguarding: ends in 60 days");
    asha.choose("How often may we write about your own training?", "At most once a week").press("Save");
    asha.sees("Your choice is saved").does_not_see("organisations you lead");
    assert_eq!(frequency(), Frequency::Weekly);
    assert_eq!(asha.send("/my/account/notices", &[("frequency", "hourly")]).status, 422);
    portal.read_all_letters();
}

/// Someone on an organisation's record without an account.
fn volunteer(portal: &RunningPortal, organisation: &Organisation, name: &str) {
    let (role, engagement) = (MembershipRole::Practitioner, Engagement::Volunteer);
    let position = Position { role, engagement, accountable: false };
    portal.act(|act| add_without_account(act, organisation.id, name, position));
}

#[test]
fn leads_hear_once_a_month_how_their_people_stand() {
    let portal = spawn_portal();
    let NewOrganisation { organisation, mut lead } = portal.approved_organisation("The Hub");
    let second = portal.lead_of(&organisation);
    let asha = portal.practitioner_of(&organisation);
    volunteer(&portal, &organisation, "Callum Deakin");
    let month = (portal.today() + Months::new(2)).with_day(1).expect("a first");
    runs_on(&portal, month - Days::new(1));
    assert!(portal.letters_to(lead.email()).is_empty(), "the month it was approved in is over without one");
    holds(&portal, &asha, "safeguarding", month + Days::new(20));
    holds(&portal, &asha, "youth-work-level-2", month + Days::new(20));
    // A server that was off on the first.
    runs_on(&portal, month + Days::new(3));
    let letter = portal.letter_to(lead.email());
    assert_eq!(letter.subject, "The Hub: training this month");
    for words in
        ["* Callum Deakin: not started: Safeguarding", &format!("* {}: Safeguarding ends", asha.name()), "1 ending"]
    {
        assert!(letter.text.contains(words), "{words}\n{}", letter.text);
    }
    assert!(!letter.text.contains("Level 2"), "not required, not logged there, not shared\n{}", letter.text);
    portal.letter_to(second.email());
    for later in [4, 10, 27] {
        runs_on(&portal, month + Days::new(later));
    }
    assert!(portal.letters_to(lead.email()).is_empty());

    lead.visit("/my/account/notices");
    lead.choose("And about the people of organisations you lead?", "Not at all").press("Save");
    runs_on(&portal, month + Months::new(1));
    assert!(portal.letters_to(lead.email()).is_empty());
    let letter = portal.letter_to(second.email());
    let address = letter.text.lines().find(|line| line.contains("/unsubscribe/")).expect("a way to stop");
    let path = address.strip_prefix(portal.site()).expect("within the portal");
    assert_eq!(portal.visitor().send(path, &[("List-Unsubscribe", "One-Click")]).status, 200);
    runs_on(&portal, month + Months::new(2));
    assert!(portal.letters_to(second.email()).is_empty());
    portal.read_all_letters();
}

#[test]
fn a_letter_that_can_be_stopped_says_so_in_its_headers() {
    use crate::harness::MailServer;
    let portal = spawn_portal();
    let today = portal.today();
    let (_, asha) = practitioner_before(&portal, today);
    portal.advance(chrono::Duration::days(1));
    holds(&portal, &asha, "safeguarding", portal.today() + Days::new(60));
    do_what_is_due(&portal.inside).expect("what is due is done");
    let text = portal.letter_to(asha.email()).text;
    let address = text.lines().find(|line| line.contains("/unsubscribe/")).expect("a way to stop");
    let server = MailServer::start();
    crate::mail::send(&portal, &server.url());
    let letters = server.letters();
    let (stoppable, others): (Vec<_>, Vec<_>) = letters.iter().partition(|letter| letter.to == asha.email());
    let told = stoppable.iter().find(|letter| letter.subject.contains("Safeguarding")).expect("it arrived");
    assert_eq!(told.unsubscribe, (format!("<{address}>"), "List-Unsubscribe=One-Click".to_owned()));
    assert!(others.iter().all(|letter| letter.unsubscribe.0.is_empty()), "letters that everyone gets");
    portal.read_all_letters();
}
