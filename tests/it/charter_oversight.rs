//! The VRP's view of the way to the Charter: a town counted by hand, who waits where, and letters that each get alone.

use std::collections::BTreeSet;

use chrono::Duration;
use diesel::prelude::*;
use youth_charter::before_pledging::{NewInterest, express_interest};
use youth_charter::charter::{Capacity, Pledge, lapse_due};
use youth_charter::charter_oversight::{
    CharterCensus, CharterStep, Sought, Waiting, go_on_with_charter_census_by, go_on_with_group_letters,
};
use youth_charter::db::schema::{group_letter_recipients, group_letters, outbox_messages};
use youth_charter::ids::DistrictCode;
use youth_charter::organisations::{
    Answer, Engagement, MembershipRole, Organisation, Position, StandingStep, WorkingProfile, join, person_of,
};
use youth_charter::reminders::do_what_is_due;
use youth_charter::training_sessions::TrainingSession;

use crate::before_pledging::{charter_session, mark_all};
use crate::harness::{NewOrganisation, Person, RunningPortal, count_statements, spawn_portal, statements_on};
use crate::pledging::{Pledging, begin_and_write, pledged, sign, with_both_sides, write_all};

const WAITING: &str = "/vrp/charter/way/waiting";
const LETTER: &str = "/vrp/charter/way/letter";

fn interested(portal: &RunningPortal, name: &str) -> NewOrganisation {
    let new = portal.approved_organisation(name);
    let by = new.lead.account().id;
    let wish = NewInterest { people: 2, wish: String::new() };
    portal.act_as(&new.lead, |act| express_interest(act, &new.organisation, by, &wish));
    new
}

fn trained(portal: &RunningPortal, name: &str) -> (NewOrganisation, TrainingSession) {
    let mut new = interested(portal, name);
    let base = portal.appointed_provider("Base 51");
    let session = charter_session(portal, &base);
    let (own_name, slug) = (new.lead.name().to_owned(), new.organisation.slug.clone());
    new.lead.visit(&format!("/organisations/{slug}/training/sessions/{}", session.id)).tick(&own_name).press("Book");
    portal.advance(Duration::days(8));
    mark_all(portal, &base, &session, || youth_charter::attendance::Mark::Here);
    (new, session)
}

fn renewed(portal: &RunningPortal, name: &str) -> Pledging {
    let club = pledged(portal, name);
    portal.advance(Duration::days(330));
    portal.act_as(&club.lead, |act| {
        let renewal = Pledge::in_force_of(act.conn, club.organisation.id)?.expect("in force").renew(act)?;
        write_all(act, &renewal)?;
        sign(act, &club.organisation, Capacity::Delivery)
    });
    portal.act_as(&club.signatory, |act| sign(act, &club.organisation, Capacity::Governance));
    club
}

/// Counted to the end, so many at a time.
fn count(portal: &RunningPortal, most: i64) -> CharterCensus {
    while portal.act(|act| go_on_with_charter_census_by(act, most)) > 0 {}
    portal.read(CharterCensus::latest).expect("it is taken")
}

fn steward(portal: &RunningPortal) -> Person {
    let account = portal.steward().account().clone();
    portal.signed_in_with_two_steps(&account)
}

/// One organisation at each step and one that did nothing; begun with the oldest.
fn a_town(portal: &RunningPortal) {
    renewed(portal, "Renewed Club");
    let ended = pledged(portal, "Ended Club");
    portal.act_as(&ended.lead, |act| {
        let pledge = Pledge::in_force_of(act.conn, ended.organisation.id)?.expect("in force");
        pledge.withdraw(act, &ended.organisation, "A reason")
    });
    trained(portal, "Trained Club");
    pledged(portal, "Pledged Club");
    let half = with_both_sides(portal, "Half-signed Club");
    portal.act_as(&half.lead, |act| begin_and_write(act, &half.organisation));
    portal.act_as(&half.lead, |act| sign(act, &half.organisation, Capacity::Delivery));
    let begun = with_both_sides(portal, "Begun Club");
    portal.act_as(&begun.lead, |act| Pledge::begin(act, begun.organisation.id));
    interested(portal, "Interested Club");
    portal.approved_organisation("Silent Club");
    portal.read_all_letters();
}

fn sought(portal: &RunningPortal, sought: &Sought) -> Vec<String> {
    portal.read(|conn| {
        let census = CharterCensus::latest(conn)?.expect("it is taken");
        Ok(Waiting::page(conn, &census, sought, "")?.organisations.into_iter().map(|one| one.name).collect())
    })
}

#[test]
fn the_funnel_is_the_town_counted_by_hand_however_it_is_cut_up() {
    let portal = spawn_portal();
    a_town(&portal);
    let month = portal.today().format("%B %Y").to_string();
    let reached = |census: &CharterCensus| -> Vec<i64> {
        let rows = portal.read(|conn| census.funnel(conn));
        let passed = |place: i32| rows.iter().filter(|row| row.2 >= place).map(|row| row.3).sum();
        (1..=6).map(passed).collect()
    };
    // Interested, trained, begun, half signed, in force or ended, renewed: one each; the silent one is not counted.
    let all = count(&portal, 500);
    assert_eq!(reached(&all), [7, 6, 5, 4, 3, 1]);
    portal.advance(Duration::days(1));
    let again = count(&portal, 1);
    assert!(again.as_of > all.as_of);
    assert_eq!(reached(&again), [7, 6, 5, 4, 3, 1]);
    assert_eq!(portal.act(|act| go_on_with_charter_census_by(act, 1)), 0, "once a day");

    let mut steward = steward(&portal);
    steward.visit("/vrp").follow("From interest to a renewed pledge").sees("7 of 7").sees("1 of 7");
    let by_month = steward.page().all("table")[1].text().collect::<String>();
    assert!(by_month.contains(&month), "{month}: {by_month}");
    // Each table adds up to the whole.
    for table in steward.page().all("table") {
        let text: Vec<String> = table.text().map(str::to_owned).collect();
        let numbers: Vec<i64> = text.iter().filter_map(|cell| cell.trim().parse().ok()).collect();
        let columns: Vec<i64> = (0..6).map(|column| numbers.iter().skip(column).step_by(6).sum()).collect();
        assert_eq!(columns, [7, 6, 5, 4, 3, 1], "{text:?}");
    }
    portal.read_all_letters();
}

#[test]
fn who_waits_is_found_by_step_by_district_and_by_how_long() {
    let portal = spawn_portal().at_noon();
    a_town(&portal);
    portal.advance(Duration::days(1));
    count(&portal, 3);
    let by = |step| sought(&portal, &Sought { step: Some(step), ..Sought::default() });
    for (step, name) in [
        (CharterStep::Interested, "Interested Club"),
        (CharterStep::Trained, "Trained Club"),
        (CharterStep::Begun, "Begun Club"),
        (CharterStep::HalfSigned, "Half-signed Club"),
        (CharterStep::InForce, "Pledged Club"),
        (CharterStep::Renewed, "Renewed Club"),
        (CharterStep::Ended, "Ended Club"),
    ] {
        assert_eq!(by(step), [name], "{step:?}");
    }
    let everyone: BTreeSet<String> = sought(&portal, &Sought::default()).into_iter().collect();
    let waiting = ["Begun Club", "Ended Club", "Half-signed Club", "Interested Club", "Trained Club"];
    assert_eq!(everyone, waiting.map(str::to_owned).into());
    // The training was eight days after the withdrawal, and everything else a day ago.
    assert_eq!(sought(&portal, &Sought { days: 9, ..Sought::default() }), ["Ended Club"]);
    assert_eq!(sought(&portal, &Sought { days: 500, ..Sought::default() }), [""; 0]);

    let mut steward = steward(&portal);
    steward.visit(WAITING).sees("5 organisations").choose("Step", "Half signed").press("Show");
    steward.sees("1 organisation").sees("Half-signed Club").does_not_see("Begun Club").sees("(1 day)");
    steward.fill("For so many days or longer", "30").press("Show").sees("None here");
    steward.follow("Show everyone who waits").sees("5 organisations");
    let table = steward.ask("/vrp/charter/way/waiting.csv?step=half_signed").text();
    assert_eq!(table.lines().count(), 2, "{table}");
    assert!(table.contains("Half-signed Club,Half signed,"), "{table}");
    for odd in ["?step=x&days=-1&after=zz", "?district=%27&days=99999999999", "?after=%00&district=%00"] {
        assert_eq!(steward.visit(&format!("{WAITING}{odd}")).status(), 200, "{odd}");
    }
    portal.read_all_letters();
}

#[test]
fn pages_follow_each_other_and_cost_the_same_whatever_their_number() {
    count_statements();
    let portal = spawn_portal();
    for n in 0..3 {
        interested(&portal, &format!("Club {n}"));
    }
    count(&portal, 500);
    let account = portal.steward().account().clone();
    let cost = |portal: &RunningPortal| -> Vec<usize> {
        let mut steward = portal.signed_in_with_two_steps(&account);
        let mut of = |page: &str| {
            steward.visit(page);
            let before = statements_on(portal.database());
            steward.visit(page);
            statements_on(portal.database()) - before
        };
        ["/vrp/charter/way", WAITING, "/vrp/charter/way/waiting?after=club-1", LETTER].map(&mut of).to_vec()
    };
    let small = cost(&portal);
    for n in 3..60 {
        interested(&portal, &format!("Club {n}"));
    }
    portal.advance(Duration::days(1));
    count(&portal, 500);
    portal.read_all_letters();
    assert_eq!(cost(&portal), small);
    let mut steward = portal.signed_in_with_two_steps(&account);
    let names = |steward: &Person| -> BTreeSet<String> {
        let links = steward.page().all("main li > a");
        links.iter().map(|link| link.text().collect::<String>()).filter(|name| name.starts_with("Club")).collect()
    };
    let first = names(steward.visit(WAITING));
    let second = names(steward.follow("Next page"));
    assert_eq!((first.len(), second.len(), first.intersection(&second).count()), (50, 10, 0));
    assert!(steward.page().links("Next page").is_empty());
    assert_eq!(names(steward.follow("First page")), first);
}

#[test]
fn a_letter_goes_to_each_alone_and_to_nobody_twice() {
    let portal = spawn_portal();
    let one = interested(&portal, "One Club");
    let two = interested(&portal, "Two Clubs");
    let other = pledged(&portal, "Pledged Club");
    // Someone who leads both gets one letter; somebody else leads one of them too.
    portal.act_as(&one.lead, |act| {
        let person = person_of(act, one.lead.account().id, &one.lead.account().name)?;
        let position = Position { role: MembershipRole::Lead, engagement: Engagement::Paid, accountable: true };
        join(act, two.organisation.id, person, position)
    });
    count(&portal, 500);
    portal.read_all_letters();
    let mut steward = steward(&portal);
    steward.visit(WAITING).choose("Step", "Interested").press("Show").follow("Write to these organisations");
    steward.sees("2 organisations").sees("One Club").sees("Two Clubs").does_not_see("Pledged Club");
    steward.press("Send to 2 organisations");
    assert_eq!(
        (steward.status(), steward.problems()),
        (422, vec!["Enter a subject".into(), "Write the letter".into()])
    );
    steward.fill("Subject", "Training on <3 December>").fill("The letter", "There are places.\n\nCome.");
    let before = sent(&portal);
    steward.press("Send to 2 organisations").sees("on its way to 2 organisations").sees("On its way");
    assert_eq!(sent(&portal), before, "nothing is sent while somebody waits for the page");

    while portal.act(go_on_with_group_letters) > 0 {}
    steward.visit("/vrp/charter/way/letters").sees("Sent").sees("2 letters to 2 organisations").sees("Interested, all");
    let about = |person: &Person| portal.letters_about(person.email(), "Training on <3 December>");
    let (to_one, to_two) = (about(&one.lead), about(&two.lead));
    assert_eq!((to_one.len(), to_two.len(), about(&other.lead).len()), (1, 1, 0));
    for (letters, person, own, others) in
        [(&to_one, &one.lead, "One Club", "Two Clubs"), (&to_two, &two.lead, "Two Clubs", "One Club")]
    {
        let letter = &letters[0];
        assert!(letter.text.contains(own) && letter.text.contains("Come."), "{}", letter.text);
        assert!(!letter.text.contains(others), "{}", letter.text);
        let recipients: Vec<String> = portal.read(|conn| {
            let theirs = outbox_messages::table.filter(outbox_messages::recipient.eq(person.email()));
            let about = theirs.filter(outbox_messages::subject.eq("Training on <3 December>"));
            Ok(about.select(outbox_messages::recipient).load(conn)?)
        });
        assert_eq!(recipients, [person.email()], "one recipient, once");
    }

    // As after a crash: it is gone through again, and nobody has it twice.
    portal.act(|act| {
        diesel::update(group_letter_recipients::table)
            .set(group_letter_recipients::is_written.eq(false))
            .execute(act.conn)?;
        Ok(diesel::update(group_letters::table).set(group_letters::state.eq("sending")).execute(act.conn)?)
    });
    let before = sent(&portal);
    while portal.act(go_on_with_group_letters) > 0 {}
    assert_eq!(sent(&portal), before);
    portal.read_all_letters();
}

/// How many letters are in the outbox.
fn sent(portal: &RunningPortal) -> usize {
    let all: i64 = portal.read(|conn| Ok(outbox_messages::table.count().get_result(conn)?));
    usize::try_from(all).expect("a number")
}

#[test]
fn it_goes_to_those_who_were_shown_or_to_nobody() {
    let portal = spawn_portal();
    let one = interested(&portal, "One Club");
    interested(&portal, "Two Clubs");
    count(&portal, 500);
    portal.read_all_letters();
    let mut steward = steward(&portal);
    let fill = |steward: &mut Person| {
        steward.fill("Subject", "Training").fill("The letter", "There are places.");
    };
    steward.visit(LETTER).sees("2 organisations");
    fill(&mut steward);
    // One of them closes before it is sent.
    let by = steward.account().clone();
    portal.act_as(&steward, |act| one.organisation.take_step(act, StandingStep::Close, &by, "A reason"));
    portal.read_all_letters();
    steward.press("Send to 2 organisations").sees("It would go to others than you were shown");
    assert_eq!((steward.status(), steward.value_of("Subject")), (422, "Training".to_owned()));
    // Now it is the one; but it is counted anew first.
    portal.advance(Duration::days(1));
    count(&portal, 500);
    let mut steward = portal.signed_in_with_two_steps(&by);
    steward.visit(LETTER).sees("1 organisation");
    fill(&mut steward);
    assert_eq!(portal.read(|conn| Ok(group_letters::table.count().get_result::<i64>(conn)?)), 0);
    steward.press("Send to 1 organisation").sees("on its way to 1 organisation");
    // Closed while it is on its way: it is not written to.
    let two = portal.read(|conn| Organisation::find_by_slug(conn, "two-clubs"));
    portal.act_as(&steward, |act| two.take_step(act, StandingStep::Close, &by, "A reason"));
    portal.read_all_letters();
    assert!(do_what_is_due(&portal.inside).expect("due").batches_of_letters > 0);
    let gone: i64 = portal.read(|conn| Ok(group_letters::table.select(group_letters::letters).first(conn)?));
    assert_eq!(gone, 0);
    steward.visit("/vrp/charter/way/letters").sees("0 letters to 1 organisation");
    portal.read_all_letters();
}

#[test]
fn an_organisation_is_counted_in_its_district_or_as_in_several() {
    let portal = spawn_portal();
    let club = pledged(&portal, "Pledged Club");
    let publish = |codes: &[&str]| {
        portal.act_as(&club.lead, |act| {
            let organisation = Organisation::find(act.conn, club.organisation.id)?;
            let answer = Answer::Districts(codes.iter().map(|code| DistrictCode::from(*code)).collect());
            let working = WorkingProfile::of(act.conn, organisation.clone())?;
            let seen = working.mark_of(answer.question());
            organisation.change_answer(act, club.lead.account().id, answer, &seen)?;
            let working = WorkingProfile::of(act.conn, organisation.clone())?;
            organisation.publish_changes(act, &working.mark_of_changes())
        });
        portal.advance(Duration::days(1));
        let census = count(&portal, 500);
        portal.read(|conn| census.funnel(conn)).into_iter().map(|row| row.0).collect::<Vec<_>>()
    };
    assert_eq!(publish(&["E07000172"]), ["E07000172"]);
    assert_eq!(publish(&["E07000172", "E07000176"]), ["several"]);
    portal.advance(Duration::days(500));
    while portal.act(lapse_due) > 0 {}
    count(&portal, 500);
    assert_eq!(sought(&portal, &Sought { district: Some("several".into()), ..Sought::default() }), ["Pledged Club"]);
    portal.read_all_letters();
}
