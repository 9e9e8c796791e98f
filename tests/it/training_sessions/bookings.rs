//! Taking places: for oneself and for others, waiting lists, held places, needs that only the provider reads.

use chrono::Duration;
use diesel::prelude::*;
use youth_charter::db::schema::training_bookings;
use youth_charter::organisations::{Engagement, MembershipRole, Position, add_without_account};
use youth_charter::reminders::do_what_is_due;
use youth_charter::training_sessions::{HeldFor, Plan, Setting};

use super::planning::two_people;
use crate::harness::{NewOrganisation, spawn_portal};

#[test]
fn whoever_waits_longest_gets_the_place_that_becomes_free() {
    let portal = spawn_portal();
    let base = portal.appointed_provider("Base 51");
    let session = portal.open_session(&base, portal.plan_for("send", 1));
    let page = format!("/my/sessions/{}", session.id);
    let (mut asha, mut ben) = two_people(&portal);
    let mut cora = portal.practitioner_of(&portal.approved_organisation("Elsewhere").organisation);
    asha.visit(&page).press("Book").sees("You have a place");
    ben.visit("/my/sessions").sees("Full: waiting list").follow("A morning about it").press("Book");
    ben.sees("On the waiting list").does_not_see("Add it to your calendar");
    cora.visit(&page).press("Book").sees("You are on the waiting list");
    assert_eq!(portal.letter_to(cora.email()).subject, "You are on the waiting list: A morning about it");
    portal.letter_to(asha.email());
    portal.letter_to(ben.email());

    // Asking again changes nothing, not even from another tab.
    assert_eq!(asha.send(&format!("{page}/place"), &[]).status, 303);
    asha.visit(&page).press("Give up my place").sees("The place is given up");
    let letter = portal.letter_to(ben.email());
    assert_eq!(letter.subject, "You now have a place: A morning about it");
    assert_eq!(letter.link(), page);
    ben.visit("/my/sessions").sees("Has a place").follow("A morning about it").sees("Add it to your calendar");
    cora.visit(&page).press("Give up my place");
    assert_eq!(asha.send(&format!("{page}/place/ending"), &[]).status, 404, "it was given up");
}

#[test]
fn a_lead_books_for_people_with_and_without_accounts() {
    let portal = spawn_portal();
    let base = portal.appointed_provider("Base 51");
    let session = portal.open_session(&base, portal.plan_for("send", 2));
    let NewOrganisation { organisation, mut lead } = portal.approved_organisation("The Hub");
    let asha = portal.practitioner_of(&organisation);
    let position =
        Position { role: MembershipRole::Practitioner, engagement: Engagement::Volunteer, accountable: false };
    portal.act_as(&lead, |act| add_without_account(act, organisation.id, "Callum Deakin", position));
    lead.visit("/organisations/the-hub/training").follow("Book training for your people");
    lead.follow("A morning about it").press("Book");
    assert_eq!(lead.error_beside("Who is to come?"), "Select who is to come");
    let own_name = lead.name().to_owned();
    lead.tick("Callum Deakin").tick(asha.name()).tick(&own_name);
    lead.fill("Does anyone need something", "Callum: large print").press("Book");
    lead.sees("2 places booked, 1 person on the waiting list").sees("Everyone here has a place, or waits for one");
    let subjects: Vec<String> = portal.letters_to(lead.email()).into_iter().map(|letter| letter.subject).collect();
    assert!(subjects.contains(&"Callum Deakin has a place: A morning about it".to_owned()), "{subjects:?}");
    assert_eq!(subjects.len(), 2, "and one for the lead's own wish");
    portal.letters_to(asha.email());

    lead.press_in("Callum Deakin", "Give up").sees("The place is given up");
    portal.read_all_letters();
    let NewOrganisation { lead: mut stranger, .. } = portal.approved_organisation("Elsewhere");
    let booking: youth_charter::ids::BookingId = portal.read(|conn| {
        Ok(training_bookings::table.select(training_bookings::id).order(training_bookings::id).first(conn)?)
    });
    let elsewhere = format!("/organisations/elsewhere/training/sessions/{}/places/{booking}/ending", session.id);
    assert_eq!(stranger.send(&elsewhere, &[]).status, 404);
    let person = portal.read(|conn| {
        Ok(training_bookings::table.select(training_bookings::person_id).first::<youth_charter::ids::PersonId>(conn)?)
    });
    let places = format!("/organisations/elsewhere/training/sessions/{}/places", session.id);
    assert_eq!(stranger.send(&places, &[("people", person.as_str())]).status, 404, "someone else's person");
}

#[test]
fn what_someone_needs_is_read_by_the_provider_only_and_forgotten() {
    let portal = spawn_portal();
    let base = portal.appointed_provider("Base 51");
    let session = portal.open_session(&base, portal.plan_for("send", 5));
    let page = format!("/my/sessions/{}", session.id);
    let NewOrganisation { organisation, mut lead } = portal.approved_organisation("The Hub");
    let mut asha = portal.practitioner_of(&organisation);
    asha.visit(&page)
        .fill("What do you need to take part?", "An interpreter for BSL")
        .tick("Ask for help with the cost");
    asha.press("Book");
    let mut jo = portal.same_person(&base.person);
    let of_provider = format!("/provider/sessions/{}", session.id);
    jo.visit(&of_provider).sees("An interpreter for BSL").sees("Asks for help with the cost");
    lead.visit(&format!("/organisations/the-hub/training/sessions/{}", session.id)).sees(asha.name());
    lead.does_not_see("interpreter");
    let kept: Option<String> =
        portal.read(|conn| Ok(training_bookings::table.select(training_bookings::access_needs).first(conn)?));
    assert!(kept.is_some_and(|kept| !kept.contains("interpreter")), "it is sealed");

    portal.advance(Duration::days(7 + 15));
    do_what_is_due(&portal.inside).expect("done");
    portal.same_person(&base.person);
    let kept: Option<String> =
        portal.read(|conn| Ok(training_bookings::table.select(training_bookings::access_needs).first(conn)?));
    assert_eq!(kept, None);
    portal.read_all_letters();
}

#[test]
fn places_are_held_for_those_who_never_had_one_until_their_day() {
    let portal = spawn_portal();
    let base = portal.appointed_provider("Base 51");
    let earlier = portal.open_session(&base, portal.plan_for("gdpr", 5));
    let until = portal.inside.clock.now() + Duration::days(3);
    let plan = Plan { held: 1, held_for: HeldFor::Newcomers, held_until: Some(until), ..portal.plan_for("send", 2) };
    let session = portal.open_session(&base, plan);
    let page = format!("/my/sessions/{}", session.id);
    let (mut asha, mut ben) = two_people(&portal);
    asha.visit(&format!("/my/sessions/{}", earlier.id)).press("Book").sees("You have a place");
    asha.visit(&page).press("Book").sees("You have a place");
    ben.visit(&page).sees("Full, but for 1 held place").press("Book").sees("You are on the waiting list");
    let mut cora = portal.practitioner_of(&portal.approved_organisation("Elsewhere").organisation);
    cora.visit(&page).press("Book").sees("You have a place");
    cora.press("Give up my place");
    portal.read_all_letters();

    portal.advance(Duration::days(3) + Duration::hours(1));
    do_what_is_due(&portal.inside).expect("done");
    assert_eq!(portal.letter_to(ben.email()).subject, "You now have a place: A morning about it");
    assert_eq!(do_what_is_due(&portal.inside).expect("done").sessions_released, 0);
    portal.read_all_letters();
}

#[test]
fn a_session_is_told_of_two_days_before_and_once() {
    let portal = spawn_portal();
    let base = portal.appointed_provider("Base 51");
    let plan = Plan {
        setting: Setting::Online,
        online_link: Some("https://meet.example.org/a?b=c".to_owned()),
        ..portal.plan_for("send", 2)
    };
    let session = portal.open_session(&base, plan);
    let page = format!("/my/sessions/{}", session.id);
    let (mut asha, mut ben) = two_people(&portal);
    ben.visit(&page).does_not_see("meet.example.org");
    asha.visit(&page).press("Book").sees("meet.example.org");
    portal.letter_to(asha.email());
    do_what_is_due(&portal.inside).expect("done");
    portal.advance(Duration::days(5) + Duration::hours(12));
    for _ in 0..2 {
        do_what_is_due(&portal.inside).expect("done");
    }
    let letters = portal.letters_to(asha.email());
    let soon: Vec<_> = letters.iter().filter(|letter| letter.subject == "Soon: A morning about it").collect();
    assert_eq!(soon.len(), 1);
    assert!(soon[0].text.contains("https://meet.example.org/a?b=c"), "{}", soon[0].text);
    portal.read_all_letters();
}

#[test]
fn the_calendar_file_is_one_that_calendars_read() {
    let portal = spawn_portal();
    let base = portal.appointed_provider("Base 51");
    let plan = Plan { title: "Risk, safety; and you\\me".to_owned(), ..portal.plan_for("send", 2) };
    let session = portal.open_session(&base, plan);
    let (mut asha, _) = two_people(&portal);
    let page = format!("/my/sessions/{}", session.id);
    asha.visit(&page).press("Book");
    let answer = asha.ask(&format!("{page}/calendar.ics"));
    assert_eq!(answer.header("content-type"), Some("text/calendar; charset=utf-8"));
    let file = answer.text();
    let starts = session.starts_at.format("%Y%m%dT%H%M%SZ");
    for line in [
        "BEGIN:VCALENDAR".to_owned(),
        format!("DTSTART:{starts}"),
        format!("UID:{}@youth-charter", session.id),
        r"SUMMARY:Risk\, safety\; and you\\me".to_owned(),
        "STATUS:CONFIRMED".to_owned(),
        "END:VCALENDAR".to_owned(),
    ] {
        assert!(file.contains(&format!("{line}\r\n")), "{line} in {file}");
    }
    assert!(file.lines().all(|line| line.len() <= 75), "no line is longer than calendars take");
    portal.read_all_letters();
}

#[test]
fn nobody_books_what_has_begun_or_without_an_approved_organisation() {
    let portal = spawn_portal();
    let base = portal.appointed_provider("Base 51");
    let session = portal.open_session(&base, portal.plan_for("send", 2));
    let page = format!("/my/sessions/{}", session.id);
    let mut nia = portal.signed_up("Nia Newcomer");
    nia.visit(&page).does_not_see("Book a place");
    assert_ne!(nia.send(&format!("{page}/place"), &[]).status, 303);
    let (mut asha, mut ben) = two_people(&portal);
    asha.visit(&page).press("Book");
    portal.advance(Duration::days(8));
    asha.visit(&page).does_not_see("Give up my place");
    assert_eq!(asha.send(&format!("{page}/place/ending"), &[]).status, 409);
    assert_eq!(ben.send(&format!("{page}/place"), &[]).status, 409);
    portal.read_all_letters();
}
