//! Organisations outlive their leads: asking to take over, objecting, deciding; and two leads, never one.

use chrono::Duration;
use proptest::prelude::*;
use proptest::test_runner::TestRunner;
use youth_charter::error::Error;
use youth_charter::organisations::{Engagement, Member, MembershipRole, Organisation};
use youth_charter::reminders::do_what_is_due;
use youth_charter::rescue::{
    CameBy, Contact, LeadSeen, NewRescue, Rescue, RescueState, ask_to_take_over, close_due_rescues,
};

use crate::harness::{Person, RunningPortal, spawn_portal, spawn_portal_with_limits};

fn ask_at_the_page(person: &mut Person, slug: &str) {
    person.visit(&format!("/take-over/{slug}")).fill("What are you there?", "Treasurer");
    person.choose("How do you work for them?", "I am a volunteer");
    person.fill("What happened to the leads, and how do you know?", "Our lead has moved to Wales.");
    person.press("Ask to take over").sees("You have asked to take over");
}

fn role_of(portal: &RunningPortal, organisation: &Organisation, person: &Person) -> Option<MembershipRole> {
    let member = portal.read(|conn| Member::of_account(conn, organisation.id, person.account().id));
    member.map(|member| member.membership.role)
}

fn verbs(portal: &RunningPortal, organisation: &Organisation) -> Vec<String> {
    let entries = portal.read(|conn| youth_charter::audit::latest_entries(conn, organisation.id, 100));
    entries.into_iter().map(|entry| entry.verb).collect()
}

#[test]
fn a_member_asks_everyone_is_told_and_after_fourteen_days_the_vrp_lets_them_take_over() {
    let portal = spawn_portal();
    let hub = portal.approved_organisation("The Hub");
    let mut prue = portal.practitioner_of(&hub.organisation);
    let viewer = portal.viewer_of(&hub.organisation);
    let mut steward = portal.steward();
    prue.visit("/organisations/the-hub/people").follow("ask to take over");
    prue.press("Ask to take over");
    assert_eq!(
        prue.problems(),
        [
            "Enter what you are there",
            "Select how you work for them",
            "Enter what happened to the leads, and how you know"
        ]
    );
    ask_at_the_page(&mut prue, "the-hub");
    let to_lead = portal.letter_to(hub.lead.email());
    assert!(to_lead.text.contains("If you are still there, please object"), "{}", to_lead.text);
    let to_viewer = portal.letter_to(viewer.email());
    assert!(!to_viewer.text.contains("please object"), "{}", to_viewer.text);
    assert!(portal.letter_to("safe@example.org").link().starts_with("/objections/"));
    assert!(portal.letter_to(prue.email()).subject.starts_with("You asked to take over"));

    steward.visit("/vrp/rescues").follow("The Hub").sees("There lately").does_not_see("They take over");
    let decision = format!("{}/decision", steward.path());
    assert_eq!(steward.send(&decision, &[("outcome", "grant"), ("reasons", "Yes")]).status, 409, "not before");
    portal.advance(Duration::days(14));
    assert_eq!(do_what_is_due(&portal.inside).expect("done").rescues_closed, 1);
    assert_eq!(do_what_is_due(&portal.inside).expect("done").rescues_closed, 0);
    assert!(portal.letter_to(steward.email()).subject.starts_with("To decide"));
    assert_eq!(portal.visitor().send(&to_viewer.link(), &[("reason", "Late")]).status, 409);

    let mut steward = portal.signed_in_with_two_steps(steward.account());
    steward.visit("/vrp").follow("Taking over, to decide: 1").follow("The Hub");
    steward.press("Decide");
    assert_eq!(steward.problems(), ["Select what you decide", "Enter your reasons"]);
    steward.choose("What do you decide?", "They take over: they become a lead").fill("Your reasons", "Confirmed.");
    steward.press("Decide").sees("You have decided");
    assert_eq!(role_of(&portal, &hub.organisation, &prue), Some(MembershipRole::Lead));
    for address in [prue.email(), hub.lead.email(), viewer.email(), "safe@example.org"] {
        assert!(portal.letter_to(address).subject.ends_with("now leads The Hub"), "{address}");
    }
    assert_eq!(steward.send(&decision, &[("outcome", "refuse"), ("reasons", "No")]).status, 409, "decided once");
    let verbs = verbs(&portal, &hub.organisation);
    for verb in ["taking over asked for", "time to object ended", "taking over granted", "position changed"] {
        assert!(verbs.contains(&verb.to_owned()), "{verb}: {verbs:?}");
    }
}

#[test]
fn someone_from_outside_asks_from_the_directory_and_becomes_a_member_only_when_it_is_granted() {
    let portal = spawn_portal();
    let hub = portal.approved_organisation("The Hub");
    let mut sue = portal.signed_up("Sue Stranger");
    sue.visit("/directory/the-hub").follow("Ask to take over");
    ask_at_the_page(&mut sue, "the-hub");
    assert_eq!(sue.ask("/organisations/the-hub").status, 404);
    portal.advance(Duration::days(15));
    portal.act(close_due_rescues);
    let mut steward = portal.steward();
    steward.visit("/vrp/rescues").follow("The Hub").sees("Not a member of the organisation here");
    steward.choose("What do you decide?", "They take over: they become a lead").fill("Your reasons", "Confirmed.");
    steward.press("Decide");
    assert_eq!(role_of(&portal, &hub.organisation, &sue), Some(MembershipRole::Lead));
    portal.read_all_letters();
}

#[test]
fn a_lead_signs_in_and_objects_and_the_vrp_sees_it_plainly() {
    let portal = spawn_portal();
    let mut hub = portal.approved_organisation("The Hub");
    let mut prue = portal.practitioner_of(&hub.organisation);
    let mut steward = portal.steward();
    ask_at_the_page(&mut prue, "the-hub");
    let by_link = portal.letter_to("safe@example.org").link();
    portal.read_all_letters();
    hub.lead.visit("/organisations/the-hub").follow("Read who asks, and object if it is wrong");
    hub.lead.sees("Our lead has moved to Wales.").press("Object");
    assert_eq!(hub.lead.problems(), ["Enter why they should not take over"]);
    hub.lead.fill("Why should they not take over?", "I am here.").press("Object").sees("Your objection is recorded");
    hub.lead.sees("You have objected").does_not_see("Do you object?");
    assert_eq!(hub.lead.send("/take-over/the-hub/objection", &[("reason", "Again")]).status, 409);
    assert!(portal.letter_to(steward.email()).subject.starts_with("An objection"));
    assert!(portal.letter_to(prue.email()).subject.starts_with("Someone objects"));

    let mut grace = portal.visitor();
    grace.visit(&by_link).fill("Why should they not take over?", "The lead is on leave.").press("Object");
    assert_eq!(grace.send(&by_link, &[("reason", "Twice")]).status, 409);
    steward.visit("/vrp/rescues").follow("The Hub");
    steward.sees("who leads the organisation, signed in and objected").sees("I am here.").sees("The lead is on leave.");
    // It can be refused at once; the one who asked reads why.
    steward.choose("What do you decide?", "They do not take over").fill("Your reasons", "The lead is there.");
    steward.press("Decide");
    assert_eq!(role_of(&portal, &hub.organisation, &prue), Some(MembershipRole::Practitioner));
    prue.visit("/take-over/the-hub").sees("You asked before, and it was refused").sees("The lead is there.");
    portal.read_all_letters();
}

#[test]
fn one_at_a_time_taken_back_by_whoever_asked_and_never_by_a_lead() {
    let portal = spawn_portal();
    let mut hub = portal.approved_organisation("The Hub");
    let mut prue = portal.practitioner_of(&hub.organisation);
    let mut sue = portal.signed_up("Sue Stranger");
    assert_eq!(hub.lead.ask("/take-over/the-hub").status, 403);
    ask_at_the_page(&mut prue, "the-hub");
    let fields = [("position", "Chair"), ("engagement", "trustee"), ("reasons", "They left")];
    assert_eq!(hub.lead.send("/take-over/the-hub", &fields).status, 403);
    sue.visit("/take-over/the-hub").sees("Someone has asked already").does_not_see(prue.name());
    assert_eq!(sue.send("/take-over/the-hub", &fields).status, 409);
    assert_eq!(sue.send("/take-over/the-hub/withdrawal", &[]).status, 404);
    assert_eq!(sue.send("/take-over/the-hub/objection", &[("reason", "No")]).status, 404);
    portal.read_all_letters();
    prue.visit("/take-over/the-hub").press("I no longer ask for this").sees("You no longer ask to take over");
    assert!(portal.letter_to(hub.lead.email()).subject.contains("no longer asks"));
    ask_at_the_page(&mut sue, "the-hub");
    portal.read_all_letters();
    let draft = portal.draft_organisation("New Club");
    assert_eq!(sue.ask("/take-over/new-club").status, 404, "one that is not approved is not there");
    drop(draft);
}

#[test]
fn nobody_decides_on_what_they_asked_for_themselves() {
    let portal = spawn_portal();
    let hub = portal.approved_organisation("The Hub");
    let steward = portal.steward();
    let rescue = portal.asked_to_take_over(&hub.organisation, &steward);
    portal.advance(Duration::days(14));
    portal.act(close_due_rescues);
    let mut steward = portal.signed_in_with_two_steps(steward.account());
    let path = format!("/vrp/rescues/{}", rescue.id);
    steward.visit(&path).does_not_see("Your decision");
    let decided = steward.send(&format!("{path}/decision"), &[("outcome", "grant"), ("reasons", "Me")]);
    assert_eq!(decided.status, 403);
    portal.read_all_letters();
}

#[test]
fn nobody_floods_an_organisation_with_letters() {
    let portal = spawn_portal_with_limits();
    portal.approved_organisation("The Hub");
    let mut sue = portal.signed_up("Sue Stranger");
    let fields = [("position", "Chair"), ("engagement", "trustee"), ("reasons", "They left")];
    for _ in 0..3 {
        assert_eq!(sue.send("/take-over/the-hub", &fields).status, 303);
        assert_eq!(sue.send("/take-over/the-hub/withdrawal", &[]).status, 303);
    }
    assert_eq!(sue.send("/take-over/the-hub", &fields).status, 429);
    portal.read_all_letters();
}

#[test]
fn a_lead_is_gone_after_twelve_months_or_when_letters_come_back() {
    let portal = spawn_portal();
    let hub = portal.approved_organisation("The Hub");
    let seen = |portal: &RunningPortal| {
        let now = portal.inside.clock.now();
        portal.read(|conn| LeadSeen::all_in(conn, hub.organisation.id, now)).remove(0)
    };
    assert!(!seen(&portal).is_gone());
    portal.advance(Duration::days(364));
    assert!(!seen(&portal).is_gone());
    portal.advance(Duration::days(2));
    assert!(seen(&portal).idle);
    portal.signed_in(hub.lead.account());
    assert!(!seen(&portal).is_gone());
    let failed = diesel::update(youth_charter::db::schema::outbox_messages::table);
    portal.act(|act| {
        use diesel::prelude::*;
        use youth_charter::db::schema::outbox_messages::dsl::{recipient, state};
        Ok(failed.filter(recipient.eq(hub.lead.email())).set(state.eq("failed")).execute(act.conn)?)
    });
    assert!(seen(&portal).undeliverable);
}

#[test]
fn the_only_lead_is_reminded_once_a_month_until_there_are_two() {
    let portal = spawn_portal();
    let hub = portal.approved_organisation("The Hub");
    let done = |portal: &RunningPortal| do_what_is_due(&portal.inside).expect("done").only_leads_reminded;
    assert_eq!(done(&portal), 0, "not in the first month");
    portal.advance(Duration::days(31));
    assert_eq!((done(&portal), done(&portal)), (1, 0));
    assert_eq!(portal.letters_about(hub.lead.email(), "please find a second").len(), 1);
    portal.advance(Duration::days(30));
    assert_eq!(done(&portal), 0);
    portal.advance(Duration::days(2));
    assert_eq!(done(&portal), 1);
    portal.read_all_letters();
    let mut steward = portal.steward();
    steward.visit("/vrp").follow("Organisations with one lead or none: 1").sees("The Hub").sees(hub.lead.email());
    portal.lead_of(&hub.organisation);
    portal.advance(Duration::days(32));
    assert_eq!(done(&portal), 0);
    let mut steward = portal.signed_in_with_two_steps(steward.account());
    steward.visit("/vrp/leads").sees("Every organisation has two leads");
    // What they are told of training month by month is not this test's.
    portal.read_all_letters();
}

/// What can be done to a rescue.
#[derive(Debug, Clone, Copy)]
enum Step {
    Ask,
    Object,
    Wait,
    Close,
    Grant,
    Refuse,
    Withdraw,
}

const STEPS: &[Step] = &[Step::Ask, Step::Object, Step::Wait, Step::Close, Step::Grant, Step::Refuse, Step::Withdraw];

#[test]
fn whatever_is_done_nobody_leads_before_the_time_is_over_and_a_decision_stands() {
    let portal = spawn_portal();
    let steward = portal.steward();
    let steps = prop::collection::vec(prop::sample::select(STEPS.to_vec()), 1..14);
    let mut runner = TestRunner::new(ProptestConfig { cases: 24, max_shrink_iters: 30, ..Default::default() });
    let mut round = 0;
    let round = std::cell::RefCell::new(&mut round);
    let outcome = runner.run(&steps, |steps| {
        **round.borrow_mut() += 1;
        let hub = portal.approved_organisation(&format!("Club {}", round.borrow()));
        let asker = portal.practitioner_of(&hub.organisation);
        let mut last: Option<Rescue> = None;
        for step in steps {
            let before = last.as_ref().map(Rescue::state);
            let objected = last.as_ref().is_some_and(|r| has_objection(&portal, r, &hub.lead));
            let is_lead = role_of(&portal, &hub.organisation, &asker) == Some(MembershipRole::Lead);
            let wait_is_over = last.as_ref().is_some_and(|rescue| rescue.open_until <= portal.inside.clock.now());
            let done = take(&portal, step, &hub.organisation, (&asker, &hub.lead, &steward), last.as_ref());
            let rescue = portal.read(|conn| Rescue::latest_of(conn, hub.organisation.id, asker.account().id));
            let after = rescue.as_ref().map(Rescue::state);
            let expected = expect(step, before, (is_lead, wait_is_over, objected));
            prop_assert_eq!(done, expected.is_some(), "{:?} from {:?}", step, before);
            prop_assert_eq!(after, expected.unwrap_or(before), "{:?} from {:?}", step, before);
            last = rescue;
            let leads_now = role_of(&portal, &hub.organisation, &asker) == Some(MembershipRole::Lead);
            prop_assert_eq!(leads_now, after == Some(RescueState::Granted));
        }
        portal.read_all_letters();
        Ok(())
    });
    portal.read_all_letters();
    outcome.expect("the table of the module holds");
}

fn has_objection(portal: &RunningPortal, rescue: &Rescue, lead: &Person) -> bool {
    let contact = portal.read(|conn| Contact::of_account(conn, rescue.id, lead.account().id));
    contact.is_some_and(|contact| contact.objection.is_some())
}

/// The state afterwards, if the step is possible at all.
fn expect(
    step: Step,
    before: Option<RescueState>,
    (is_lead, wait_is_over, objected): (bool, bool, bool),
) -> Option<Option<RescueState>> {
    use RescueState::{Awaiting, Granted, Open, Refused, Withdrawn};
    let under_way = matches!(before, Some(Open | Awaiting));
    match step {
        Step::Ask => (!under_way && !is_lead).then_some(Some(Open)),
        Step::Object => (before == Some(Open) && !objected).then_some(Some(Open)),
        Step::Wait => Some(before),
        Step::Close => Some(if before == Some(Open) && wait_is_over { Some(Awaiting) } else { before }),
        Step::Grant => (before == Some(Awaiting)).then_some(Some(Granted)),
        Step::Refuse => under_way.then_some(Some(Refused)),
        Step::Withdraw => under_way.then_some(Some(Withdrawn)),
    }
}

/// Does it, if it is possible; whatever is not is a conflict or forbidden, and changes nothing.
fn take(
    portal: &RunningPortal,
    step: Step,
    organisation: &Organisation,
    (asker, lead, steward): (&Person, &Person, &Person),
    rescue: Option<&Rescue>,
) -> bool {
    let found = || rescue.ok_or(Error::Conflict);
    let done = match step {
        Step::Ask => portal.try_act(asker.actor(), |act| {
            let (position, reasons) = ("Chair".to_owned(), "They left".to_owned());
            let new = NewRescue { position, engagement: Engagement::Trustee, reasons };
            ask_to_take_over(act, organisation, asker.account(), new)?.map(drop).ok_or(Error::Conflict)
        }),
        Step::Object => portal.try_act(lead.actor(), |act| {
            let rescue = found()?;
            let contact = Contact::of_account(act.conn, rescue.id, lead.account().id)?.ok_or(Error::Conflict)?;
            contact.object(act, rescue, "I am here", CameBy::Account)
        }),
        Step::Wait => {
            portal.advance(Duration::days(8));
            Ok(())
        }
        Step::Close => portal.try_act(youth_charter::audit::Actor::portal(), |act| close_due_rescues(act).map(drop)),
        Step::Grant => {
            portal.try_act(steward.actor(), |act| found()?.grant(act, steward.account(), "The chair confirmed it"))
        }
        Step::Refuse => {
            portal.try_act(steward.actor(), |act| found()?.refuse(act, steward.account(), "The lead is there"))
        }
        Step::Withdraw => portal.try_act(asker.actor(), |act| found()?.withdraw(act)),
    };
    match done {
        Ok(()) => true,
        Err(Error::Conflict | Error::NotAllowed) => false,
        Err(other) => panic!("{step:?}: {other}"),
    }
}
