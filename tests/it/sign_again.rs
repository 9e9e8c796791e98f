//! A new Charter that wants to be signed by a day: who hears of it and when, what ends with it and what does not.

use chrono::{Duration, NaiveDate};
use youth_charter::accounts::Role;
use youth_charter::charter::{
    Capacity, Draft, DraftText, FrontText, Pledge, PledgeState, Publication, begin_draft, change_sign_again_day,
    end_what_is_not_signed_again, publish_draft, rewrite_draft, tell_to_sign_again,
};
use youth_charter::error::Error;
use youth_charter::reminders::do_what_is_due;
use youth_charter::words::mark_of;

use crate::harness::{Person, RunningPortal, spawn_portal};
use crate::pledging::{Pledging, pledged, sign, write_all};

/// Publishes a Charter with another title, to be signed so many days from now.
fn publish_another(portal: &RunningPortal, steward: &Person, days: i64) -> NaiveDate {
    let by = portal.today() + Duration::days(days);
    portal.act_as(steward, |act| {
        begin_draft(act, steward.account().id)?;
        let draft = Draft::open(act.conn)?.expect("a draft");
        let title = format!("{}!", draft.version.title);
        rewrite_draft(act, &DraftText::Front(FrontText::Title), &title, &mark_of(&draft.version.title))?;
        let draft = Draft::open(act.conn)?.expect("a draft");
        let done = publish_draft(act, draft.edition, by)?;
        assert!(matches!(done, Publication::InForce(_)), "{done:?}");
        Ok(())
    });
    by
}

/// Does what falls due; gives how many were told and how many ended.
fn due(portal: &RunningPortal) -> (usize, usize) {
    let done = do_what_is_due(&portal.inside).expect("what is due is done");
    (done.told_to_sign_again, done.not_signed_again)
}

fn sign_the_new(portal: &RunningPortal, club: &Pledging) {
    let pledge = portal.read(|conn| Pledge::in_force_of(conn, club.organisation.id)).expect("in force");
    let by = club.lead.actor();
    portal
        .try_act(by, |act| {
            let renewed = pledge.renew(act)?;
            write_all(act, &renewed)?;
            sign(act, &club.organisation, Capacity::Delivery)
        })
        .expect("signed");
    portal.act_as(&club.signatory, |act| sign(act, &club.organisation, Capacity::Governance));
}

#[test]
fn everyone_hears_at_once_and_at_each_mark_and_what_is_not_signed_by_the_day_ends() {
    let portal = spawn_portal();
    let steward = portal.with_role("Sam Steward", Role::Steward);
    let (hub, mut slow) = (pledged(&portal, "The Hub"), pledged(&portal, "Slow Club"));
    let by = publish_another(&portal, &steward, 60);
    assert_eq!(due(&portal), (2, 0));
    assert_eq!(due(&portal), (0, 0), "once");
    for person in [&hub.lead, &hub.signatory, &slow.lead, &slow.signatory] {
        let letter = portal.letters_about(person.email(), "Sign the new Youth Charter by").remove(0);
        assert!(letter.text.contains("Version 2 is in force"), "{}", letter.text);
    }
    let day = youth_charter::clock::say_day(by);
    slow.lead.visit(&slow.address()).sees(&format!("Sign the new Charter by {day}"));
    sign_the_new(&portal, &hub);
    portal.read_all_letters();
    for (days, told) in [(29, 0), (1, 1), (22, 0), (1, 1), (6, 0), (1, 1)] {
        portal.advance(Duration::days(days));
        assert_eq!(due(&portal), (told, 0), "{}", portal.today());
        assert_eq!(portal.letters_about(slow.lead.email(), "the new Youth Charter").len(), told);
        portal.read_all_letters();
    }
    assert_eq!(portal.today(), by, "the last day");
    assert_eq!(slow.state(&portal), PledgeState::InForce);
    portal.advance(Duration::days(1));
    assert_eq!(due(&portal), (0, 1));
    assert_eq!(due(&portal), (0, 0));
    assert_eq!(portal.letters_about(slow.lead.email(), "has ended").len(), 1);
    assert_eq!((hub.state(&portal), slow.state(&portal)), (PledgeState::InForce, PledgeState::Lapsed));
    let pledge = slow.pledge(&portal).pledge;
    assert_eq!(pledge.ends_on, Some(by), "its own end would have been later");
    let mut visitor = portal.visitor();
    visitor.visit("/pledges").sees("The Hub").does_not_see("Slow Club");
    visitor.visit(&format!("/pledges/{}", pledge.code)).sees(&format!("Ended on {day}"));
    // With the words of before.
    portal.signed_in(slow.lead.account()).visit(&slow.address()).press("Pledge again").sees("7 of 7");
    portal.read_all_letters();
}

#[test]
fn an_end_of_its_own_before_the_day_comes_first_and_has_its_own_letters() {
    let portal = spawn_portal();
    let steward = portal.with_role("Sam Steward", Role::Steward);
    let hub = pledged(&portal, "The Hub");
    portal.advance(Duration::days(300));
    let by = publish_another(&portal, &steward, 120);
    assert_eq!(due(&portal).0, 1);
    let letters = portal.letters_about(hub.lead.email(), "Sign the new Youth Charter by");
    let own_end = hub.pledge(&portal).pledge.ends_on.expect("it ends");
    assert!(own_end < by && letters[0].subject.ends_with(&youth_charter::clock::say_day(own_end)), "{letters:?}");
    portal.read_all_letters();
    portal.advance(Duration::days(70));
    due(&portal);
    assert!(portal.letters_about(hub.lead.email(), "Sign the new").is_empty());
    assert_eq!(hub.state(&portal), PledgeState::Lapsed);
    assert_eq!(hub.pledge(&portal).pledge.ends_on, Some(own_end));
    portal.read_all_letters();
}

#[test]
fn another_day_is_told_anew_and_a_third_charter_asks_those_of_both_before() {
    let portal = spawn_portal();
    let mut steward = portal.steward();
    let (hub, slow) = (pledged(&portal, "The Hub"), pledged(&portal, "Slow Club"));
    assert!(matches!(
        portal.try_act(steward.actor(), |act| change_sign_again_day(act, portal.today())),
        Err(Error::Conflict)
    ));
    publish_another(&portal, &steward, 40);
    assert_eq!(due(&portal).0, 2);
    steward.visit("/vrp/charter").follow("Change the day to sign again");
    steward.fill_date("By which day do they sign?", portal.today() + Duration::days(5)).press("Change the day");
    assert!(steward.error_beside("By which day do they sign?").ends_with("so that everyone has time"));
    steward.fill_date("By which day do they sign?", portal.today() + Duration::days(100)).press("Change the day");
    steward.sees("The day is changed");
    assert_eq!(due(&portal).0, 2, "told anew");
    sign_the_new(&portal, &hub);
    portal.advance(Duration::days(50));
    let by = publish_another(&portal, &steward, 45);
    assert_eq!(due(&portal), (2, 0), "of version 1, and of version 2");
    portal.read_all_letters();
    portal.advance(Duration::days(46));
    assert_eq!(due(&portal), (0, 2));
    for club in [&hub, &slow] {
        assert_eq!((club.state(&portal), club.pledge(&portal).pledge.ends_on), (PledgeState::Lapsed, Some(by)));
    }
    portal.read_all_letters();
}

#[test]
fn two_servers_tell_and_end_each_pledge_once() {
    let portal = spawn_portal();
    let steward = portal.with_role("Sam Steward", Role::Steward);
    let clubs: Vec<Pledging> = (0..4).map(|n| pledged(&portal, &format!("Club {n}"))).collect();
    publish_another(&portal, &steward, 30);
    let both = |work: fn(&mut youth_charter::acts::Act<'_>) -> youth_charter::error::Result<usize>| {
        std::thread::scope(|scope| {
            let threads: Vec<_> =
                (0..2).map(|_| scope.spawn(|| portal.try_act(youth_charter::audit::Actor::portal(), work))).collect();
            // Whoever comes second may find that the first was quicker, and stops; the next hour finds nothing left.
            threads.into_iter().filter_map(|thread| thread.join().expect("no panic").ok()).max()
        })
    };
    assert_eq!(both(tell_to_sign_again), Some(4));
    for club in &clubs {
        assert_eq!(portal.letters_about(club.lead.email(), "Sign the new Youth Charter by").len(), 1);
    }
    portal.read_all_letters();
    portal.advance(Duration::days(31));
    assert_eq!(both(end_what_is_not_signed_again), Some(4));
    for club in &clubs {
        assert_eq!(portal.letters_about(club.lead.email(), "has ended").len(), 1);
    }
    portal.read_all_letters();
}
