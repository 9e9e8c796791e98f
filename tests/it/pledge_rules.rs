//! What no sequence of requests may do to a pledge: two at once, stale pages, the wrong people, the same person twice.

use std::collections::BTreeSet;

use youth_charter::charter::{Capacity, Pledge, PledgeState, possible_signatories};
use youth_charter::error::Error;
use youth_charter::ids::StatementId;
use youth_charter::organisations::{Engagement, MembershipRole};

use crate::harness::{Person, spawn_portal};
use crate::pledging::{begin_and_write, pledged, sign, signature, with_both_sides};

#[test]
fn one_account_cannot_give_both_signatures() {
    let portal = spawn_portal();
    let hub = with_both_sides(&portal, "The Hub");
    let (both, _) = portal.member_of(&hub.organisation, MembershipRole::Lead, Engagement::Trustee);
    portal.act_as(&both, |act| begin_and_write(act, &hub.organisation));
    portal.act_as(&both, |act| sign(act, &hub.organisation, Capacity::Governance));
    portal.read_all_letters();
    for capacity in Capacity::ALL {
        let again = portal.try_act(both.actor(), |act| sign(act, &hub.organisation, *capacity));
        assert!(matches!(again, Err(Error::Conflict)), "{capacity:?}");
    }
    assert_eq!((hub.state(&portal), hub.pledge(&portal).signatures.len()), (PledgeState::PartSigned, 1));
}

#[test]
fn two_people_cannot_sign_for_the_same_side() {
    let portal = spawn_portal();
    let hub = with_both_sides(&portal, "The Hub");
    let second = portal.lead_of(&hub.organisation);
    portal.act_as(&hub.lead, |act| begin_and_write(act, &hub.organisation));
    portal.act_as(&hub.lead, |act| sign(act, &hub.organisation, Capacity::Delivery));
    portal.read_all_letters();
    let late = portal.try_act(second.actor(), |act| sign(act, &hub.organisation, Capacity::Delivery));
    assert!(matches!(late, Err(Error::Conflict)));
    assert_eq!(hub.pledge(&portal).signatures.len(), 1);
}

#[test]
fn only_those_who_may_sign_for_a_side_do() {
    let portal = spawn_portal();
    let hub = with_both_sides(&portal, "The Hub");
    let other = with_both_sides(&portal, "Other");
    let practitioner = portal.practitioner_of(&hub.organisation);
    portal.act_as(&hub.lead, |act| begin_and_write(act, &hub.organisation));
    let cases: [(&Person, Capacity); 5] = [
        (&hub.lead, Capacity::Governance),
        (&hub.signatory, Capacity::Delivery),
        (&practitioner, Capacity::Delivery),
        (&other.lead, Capacity::Delivery),
        (&other.signatory, Capacity::Governance),
    ];
    for (person, capacity) in cases {
        let refused = portal.try_act(person.actor(), |act| sign(act, &hub.organisation, capacity));
        assert!(matches!(refused, Err(Error::NotAllowed)), "{} as {capacity:?}", person.name());
    }
    assert_eq!(hub.state(&portal), PledgeState::Draft);
    let may: Vec<_> = portal
        .read(|conn| possible_signatories(conn, hub.organisation.id))
        .into_iter()
        .map(|one| (one.account, one.capacities))
        .collect();
    let [lead, signatory] = hub.accounts();
    assert_eq!(may, [(lead.id, vec![Capacity::Delivery]), (signatory.id, vec![Capacity::Governance])]);
}

#[test]
fn an_unfinished_pledge_is_not_signed() {
    let portal = spawn_portal();
    let hub = with_both_sides(&portal, "The Hub");
    portal.act_as(&hub.lead, |act| Pledge::begin(act, hub.organisation.id));
    let refused = portal.try_act(hub.lead.actor(), |act| sign(act, &hub.organisation, Capacity::Delivery));
    assert!(matches!(refused, Err(Error::Conflict)));
}

#[test]
fn words_that_changed_since_they_were_shown_are_not_signed() {
    let portal = spawn_portal();
    let mut hub = with_both_sides(&portal, "The Hub");
    let address = hub.address();
    portal.act_as(&hub.lead, |act| begin_and_write(act, &hub.organisation));
    hub.signatory.visit(&format!("{address}/signature")).fill("Your role in the organisation", "Chair");
    hub.lead.visit(&format!("{address}/statements/respect"));
    let seen = hub.lead.page().all("input[name=seen]")[0].attr("value").expect("what stands there").to_owned();
    let others = [("commitment", "Other words"), ("who", "Us"), ("seen", seen.as_str())];
    assert_eq!(hub.lead.send(&format!("{address}/statements/respect"), &others).status, 303);
    hub.signatory.tick("I have the authority to sign this pledge for The Hub").press("Sign the pledge");
    assert_eq!((hub.signatory.status(), hub.state(&portal)), (422, PledgeState::Draft));
    hub.signatory.sees("The words have changed since you read them").sees("Other words");
    assert_eq!(hub.signatory.value_of("Your role in the organisation"), "Chair");
    hub.signatory.press("Sign the pledge").sees("You have signed");
    portal.read_all_letters();
}

#[test]
fn the_second_signature_is_to_the_words_of_the_first() {
    let portal = spawn_portal();
    let hub = with_both_sides(&portal, "The Hub");
    portal.act_as(&hub.lead, |act| begin_and_write(act, &hub.organisation));
    portal.act_as(&hub.lead, |act| sign(act, &hub.organisation, Capacity::Delivery));
    portal.read_all_letters();
    let whole = hub.pledge(&portal);
    for seen in [String::new(), "0".repeat(64), whole.words_hash("The Hub Ltd")] {
        let new = signature("Rob".into(), Capacity::Governance, seen);
        let refused = portal.try_act(hub.signatory.actor(), |act| whole.pledge.sign(act, &hub.organisation, new));
        assert!(matches!(refused, Err(Error::Conflict)));
    }
    // The name is part of what was signed.
    let mut renamed = hub.organisation.clone();
    renamed.name = "The Hub Ltd".into();
    let refused = portal.try_act(hub.signatory.actor(), |act| sign(act, &renamed, Capacity::Governance));
    assert!(matches!(refused, Err(Error::Conflict)));
}

#[test]
fn an_organisation_has_one_open_pledge_however_often_it_begins() {
    let portal = spawn_portal();
    let hub = with_both_sides(&portal, "The Hub");
    let id = hub.organisation.id;
    let begun: BTreeSet<_> = std::thread::scope(|scope| {
        let begin = |_| {
            let (actor, portal) = (hub.lead.actor(), &portal);
            scope.spawn(move || portal.try_act(actor, |act| Pledge::begin(act, id)).expect("it begins").id)
        };
        let threads: Vec<_> = (0..6).map(begin).collect();
        threads.into_iter().map(|thread| thread.join().expect("no panic")).collect()
    });
    assert_eq!(begun.len(), 1);
    portal.act_as(&hub.lead, |act| begin_and_write(act, &hub.organisation));
    portal.act_as(&hub.lead, |act| sign(act, &hub.organisation, Capacity::Delivery));
    portal.act_as(&hub.signatory, |act| sign(act, &hub.organisation, Capacity::Governance));
    portal.read_all_letters();
    assert!(begun.contains(&portal.act_as(&hub.lead, |act| Pledge::begin(act, id)).id), "in force is open too");
}

#[test]
fn of_signatures_pressed_at_the_same_moment_each_side_counts_once() {
    let portal = spawn_portal();
    let hub = with_both_sides(&portal, "The Hub");
    portal.act_as(&hub.lead, |act| begin_and_write(act, &hub.organisation));
    let done = std::thread::scope(|scope| {
        let sides = [(&hub.lead, Capacity::Delivery), (&hub.signatory, Capacity::Governance)];
        let press = |(person, side): (&Person, Capacity)| {
            let (actor, portal, organisation) = (person.actor(), &portal, &hub.organisation);
            scope.spawn(move || portal.try_act(actor, |act| sign(act, organisation, side)).is_ok())
        };
        let threads: Vec<_> = sides.into_iter().cycle().take(6).map(press).collect();
        threads.into_iter().map(|thread| thread.join().expect("it answers")).filter(|done| *done).count()
    });
    portal.read_all_letters();
    assert_eq!((done, hub.pledge(&portal).signatures.len()), (2, 2));
    assert_eq!(hub.state(&portal), PledgeState::InForce);
}

#[test]
fn to_others_the_pages_of_a_pledge_do_not_exist_and_members_do_only_what_they_may() {
    let portal = spawn_portal();
    let mut hub = pledged(&portal, "The Hub");
    let mut other = with_both_sides(&portal, "Other");
    let mut practitioner = portal.practitioner_of(&hub.organisation);
    let address = hub.address();
    let posts = ["", "/statements/respect", "/signature", "/reopening", "/withdrawal", "/renewal"];
    let gets = ["", "/statements/respect", "/signature", "/withdrawal"];
    for page in posts {
        let path = format!("{address}{page}");
        assert_eq!(other.lead.send(&path, &[]).status, 404, "{path}");
        assert_eq!(practitioner.send(&path, &[]).status, 403, "{path}");
        let from_elsewhere = hub.lead.send_from_elsewhere(&path, &[("reason", "x")]);
        assert_eq!(from_elsewhere.status, 403, "{path}");
    }
    for page in gets {
        let path = format!("{address}{page}");
        assert_eq!(other.lead.ask(&path).status, 404, "{path}");
        assert_eq!(portal.visitor().ask(&path).status, 303, "{path}");
    }
    practitioner.visit(&address).sees("For Respect we will.").does_not_see("Withdraw your pledge");
    hub.signatory.visit(&address).does_not_see("Withdraw your pledge");
    assert_eq!(hub.signatory.send(&format!("{address}/withdrawal"), &[("reason", "x")]).status, 403);
    assert_eq!(hub.state(&portal), PledgeState::InForce);
}

#[test]
fn there_is_nothing_to_sign_or_withdraw_before_a_pledge_is_begun() {
    let portal = spawn_portal();
    let mut hub = with_both_sides(&portal, "The Hub");
    let address = hub.address();
    for page in ["/statements/respect", "/signature", "/withdrawal"] {
        assert_eq!(hub.lead.ask(&format!("{address}{page}")).status, 404, "{page}");
    }
    for page in ["/reopening", "/renewal"] {
        assert_eq!(hub.lead.send(&format!("{address}{page}"), &[]).status, 404, "{page}");
    }
    let mut practitioner = portal.practitioner_of(&hub.organisation);
    practitioner.visit(&address).sees("One of your leads begins the pledge").does_not_see("Begin your pledge");
}

#[test]
fn a_commitment_is_to_a_statement_of_the_charter_that_is_pledged_to() {
    let portal = spawn_portal();
    let hub = with_both_sides(&portal, "The Hub");
    let pledge = portal.act_as(&hub.lead, |act| Pledge::begin(act, hub.organisation.id));
    let nowhere = StatementId::from("no-such-statement");
    let refused = portal.try_act(hub.lead.actor(), |act| pledge.write_commitment(act, &nowhere, "Words"));
    assert!(matches!(refused, Err(Error::NotFound)));
}
