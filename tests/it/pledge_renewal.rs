//! Renewing a pledge in time, what is told before it ends, and signing again with a new name.

use chrono::{Duration, Months, NaiveDate};
use diesel::prelude::*;
use youth_charter::charter::{Capacity, Pledge, PledgeNotice, PledgeState};
use youth_charter::clock::say_day;
use youth_charter::db::schema::organisations;
use youth_charter::reminders::do_what_is_due;

use crate::harness::{RunningPortal, spawn_portal};
use crate::pledging::{Pledging, begin_and_write, pledged, sign, with_both_sides};

/// Lets the days go by until so many are left of a pledge.
fn until_days_are_left(portal: &RunningPortal, club: &Pledging, days: i64) {
    let pledge = portal.read(|conn| Pledge::in_force_of(conn, club.organisation.id)).expect("in force");
    let left = (pledge.ends_on.expect("it ends") - portal.today()).num_days();
    portal.advance(Duration::days(left - days));
}

/// The subjects of what a lead has had since the last look.
fn told(portal: &RunningPortal, club: &Pledging) -> Vec<String> {
    do_what_is_due(&portal.inside).expect("it is done");
    portal.letters_about(club.lead.email(), "pledge ends").into_iter().map(|letter| letter.subject).collect()
}

fn rename(portal: &RunningPortal, club: &mut Pledging, name: &str) {
    portal.act(|act| {
        let row = diesel::update(organisations::table.find(club.organisation.id));
        Ok(row.set(organisations::name.eq(name)).execute(act.conn)?)
    });
    club.organisation.name = name.to_owned();
}

#[test]
fn a_pledge_is_renewed_before_it_ends_and_is_never_missing_from_the_register() {
    let portal = spawn_portal().at_noon();
    let mut hub = pledged(&portal, "The Hub");
    let (address, old) = (hub.address(), hub.pledge(&portal).pledge);
    let ends_on = old.ends_on.expect("it ends");
    until_days_are_left(&portal, &hub, 61);
    hub.lead = portal.signed_in(hub.lead.account());
    hub.lead.visit(&address).does_not_see("Renew your pledge");
    assert_eq!(hub.lead.send(&format!("{address}/renewal"), &[]).status, 303, "too early: nothing happens");
    assert_eq!(hub.pledge(&portal).pledge.id, old.id);

    until_days_are_left(&portal, &hub, 60);
    hub.lead = portal.signed_in(hub.lead.account());
    hub.lead.visit(&address).sees(&format!("Renew before {}", say_day(ends_on))).press("Renew your pledge");
    hub.lead.sees(&format!("stands until {}", say_day(ends_on))).sees("7 of 7 statements written");
    hub.lead.follow(&old.code).sees("In force").does_not_see("Renew your pledge").follow("Withdraw your pledge");
    let registered = |portal: &RunningPortal| portal.visitor().visit("/pledges").sees("The Hub").path().to_owned();
    registered(&portal);
    portal.act_as(&hub.lead, |act| sign(act, &hub.organisation, Capacity::Delivery));
    registered(&portal);
    portal.act_as(&hub.signatory, |act| sign(act, &hub.organisation, Capacity::Governance));
    registered(&portal);

    let new = hub.pledge(&portal).pledge;
    assert_eq!((new.state(), new.replaces_id), (PledgeState::InForce, Some(old.id)));
    assert_eq!(new.ends_on, Some(ends_on + Months::new(12)), "whoever renews in time loses no day");
    let mut visitor = portal.visitor();
    visitor.visit(&format!("/verify/{}", old.code)).sees("Renewed").sees("another stands in its place");
    visitor.follow("See the pledge that stands now").sees("it stands today").sees(&new.code);
    visitor.visit(&format!("/pledges/{}", old.code)).sees(&format!("Renewed on {}", say_day(portal.today())));
    // Nobody changes their website for it.
    let badge = String::from_utf8(visitor.ask(&format!("/badges/{}.svg", old.code)).bytes).expect("text");
    assert!(badge.contains(&format!("until {}", say_day(ends_on + Months::new(12)))), "{badge}");
    // The old end changes nothing.
    portal.advance(Duration::days(61));
    assert_eq!(do_what_is_due(&portal.inside).expect("done").pledges_lapsed, 0);
    registered(&portal);
    portal.read_all_letters();
}

#[test]
fn everyone_who_may_sign_is_told_sixty_thirty_and_seven_days_before_and_on_the_day() {
    let portal = spawn_portal().at_noon();
    let hub = pledged(&portal, "The Hub");
    let ends_on = say_day(hub.pledge(&portal).pledge.ends_on.expect("it ends"));
    let (soon, today) = (format!("The Hub’s pledge ends on {ends_on}"), "The Hub’s pledge ends today".to_owned());
    for (left, expected) in [
        (61, None),
        (60, Some(&soon)),
        (60, None),
        (31, None),
        (30, Some(&soon)),
        (8, None),
        (7, Some(&soon)),
        (1, None),
        (0, Some(&today)),
    ] {
        until_days_are_left(&portal, &hub, left);
        let letters = told(&portal, &hub);
        assert_eq!(letters, expected.into_iter().cloned().collect::<Vec<_>>(), "{left} days left");
        let others = portal.letters_about(hub.signatory.email(), "pledge ends").len();
        assert_eq!(others, letters.len(), "governance is told too");
        portal.read_all_letters();
    }
    portal.advance(Duration::days(1));
    assert_eq!(do_what_is_due(&portal.inside).expect("done").pledges_lapsed, 1);
    for person in [&hub.lead, &hub.signatory] {
        assert_eq!(portal.letters_about(person.email(), "has ended").len(), 1, "{}", person.name());
    }
    portal.read_all_letters();
}

#[test]
fn days_without_a_server_are_made_up_for_by_one_letter_and_two_servers_write_one() {
    let portal = spawn_portal().at_noon();
    let hub = pledged(&portal, "The Hub");
    until_days_are_left(&portal, &hub, 12);
    std::thread::scope(|scope| {
        for _ in 0..3 {
            scope.spawn(|| do_what_is_due(&portal.inside).expect("it is done"));
        }
    });
    let letters = portal.letters_about(hub.lead.email(), "pledge ends");
    assert_eq!(letters.len(), 1, "the one for thirty days, and not the one for sixty");
    assert!(letters[0].text.contains("You start with what you promised this year"), "{}", letters[0].text);
    let pledge = hub.pledge(&portal).pledge;
    portal.act_as(&hub.lead, |act| pledge.renew(act));
    until_days_are_left(&portal, &hub, 7);
    do_what_is_due(&portal.inside).expect("it is done");
    assert!(portal.letters_about(hub.lead.email(), "pledge ends")[0].text.contains("begun and not signed yet"));
    portal.act_as(&hub.lead, |act| sign(act, &hub.organisation, Capacity::Delivery));
    until_days_are_left(&portal, &hub, 0);
    do_what_is_due(&portal.inside).expect("it is done");
    assert!(portal.letters_about(hub.lead.email(), "ends today")[0].text.contains("waits for one signature"));
    // Signed the day after, it is a new pledge from that day on.
    portal.advance(Duration::days(1));
    do_what_is_due(&portal.inside).expect("it is done");
    portal.act_as(&hub.signatory, |act| sign(act, &hub.organisation, Capacity::Governance));
    let late = hub.pledge(&portal).pledge;
    assert_eq!((late.in_force_on, late.ends_on), (Some(portal.today()), Some(portal.today() + Months::new(12))));
    portal.read_all_letters();
}

#[test]
fn a_new_name_asks_for_new_signatures_and_the_pledge_stands_meanwhile() {
    let portal = spawn_portal().at_noon();
    let mut hub = pledged(&portal, "The Hub");
    let old = hub.pledge(&portal).pledge;
    rename(&portal, &mut hub, "The New Hub");
    let address = hub.address();
    for _ in 0..2 {
        do_what_is_due(&portal.inside).expect("it is done");
    }
    for person in [&hub.lead, &hub.signatory] {
        let letters = portal.letters_about(person.email(), "Sign your pledge again as The New Hub");
        assert_eq!(letters.len(), 1, "once");
        assert!(letters[0].text.contains("signed as The Hub."), "{}", letters[0].text);
    }
    let mut visitor = portal.visitor();
    visitor.visit(&format!("/verify/{}", old.code)).sees("it stands today").sees("Signed as The Hub");
    hub.lead.visit(&address).sees("This pledge was signed as The Hub").press("Sign again with the new name");
    hub.lead.sees("7 of 7 statements written");
    portal.act_as(&hub.lead, |act| sign(act, &hub.organisation, Capacity::Delivery));
    portal.act_as(&hub.signatory, |act| sign(act, &hub.organisation, Capacity::Governance));
    let new = hub.pledge(&portal).pledge;
    assert_eq!(new.signed_name.as_deref(), Some("The New Hub"));
    assert_eq!(new.ends_on, Some(portal.today() + Months::new(12)), "a new year from today");
    visitor.visit(&format!("/verify/{}", new.code)).sees("it stands today").does_not_see("Signed as");
    portal.read_all_letters();
}

#[test]
fn a_name_that_changes_while_one_side_has_signed_is_no_dead_end() {
    let portal = spawn_portal().at_noon();
    let mut hub = with_both_sides(&portal, "The Hub");
    portal.act_as(&hub.lead, |act| begin_and_write(act, &hub.organisation));
    portal.act_as(&hub.lead, |act| sign(act, &hub.organisation, Capacity::Delivery));
    rename(&portal, &mut hub, "The New Hub");
    let address = hub.address();
    hub.signatory.visit(&format!("{address}/signature"));
    hub.signatory.sees("Your organisation has another name since the first signature");
    hub.lead.visit(&address).sees("Your organisation has another name since the first signature");
    hub.lead.press("Remove the signature and correct the words").follow("Check and sign");
    hub.lead.sees("I have the authority to sign this pledge for The New Hub");
    portal.read_all_letters();
}

#[test]
fn a_year_from_the_last_of_february_and_over_a_change_of_clocks_ends_on_the_right_day() {
    for (from, to) in [
        ("2028-02-29T09:00:00", "2029-02-28"),
        ("2027-02-28T09:00:00", "2028-02-28"),
        // Half past midnight of the next day in summer, and a quarter to midnight of the same in winter.
        ("2027-07-01T23:30:00", "2028-07-02"),
        ("2027-12-01T23:45:00", "2028-12-01"),
        // In the hour that is there twice.
        ("2027-10-31T01:30:00", "2028-10-31"),
    ] {
        let portal = spawn_portal().at_noon();
        let at: chrono::NaiveDateTime = from.parse().expect("a test writes instants correctly");
        portal.advance(at - portal.inside.clock.now());
        let hub = pledged(&portal, "The Hub");
        let day: NaiveDate = to.parse().expect("a test writes days correctly");
        assert_eq!(hub.pledge(&portal).pledge.ends_on, Some(day), "{from}");
        portal.advance(day.and_hms_opt(12, 0, 0).expect("noon") - portal.inside.clock.now());
        let done = do_what_is_due(&portal.inside).expect("done");
        assert_eq!((done.pledges_told, done.pledges_lapsed), (1, 0), "the last day counts");
        portal.advance(Duration::days(1));
        assert_eq!(do_what_is_due(&portal.inside).expect("done").pledges_lapsed, 1);
        assert_eq!(PledgeNotice::ALL.len(), 5);
        portal.read_all_letters();
    }
}
