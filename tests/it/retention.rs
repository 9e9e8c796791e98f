//! What is kept for a time only goes when its time is over: not a day before, and not twice.

use chrono::{Duration, Months};
use diesel::prelude::*;
use serde_json::json;
use youth_charter::accounts::{Account, Strength, begin_session};
use youth_charter::audit::{Subject, Verdict, verify_chain};
use youth_charter::db::schema::{
    account_links, accounts, invitations, organisations, outbox_messages, people, rescues,
};
use youth_charter::organisations::{Engagement, MembershipRole, Position, add_without_account};
use youth_charter::reminders::{Forgotten, do_what_is_due};
use youth_charter::your_data::warn_idle_accounts;

use crate::harness::{PASSWORD, RunningPortal, spawn_portal};

const POSITION: Position =
    Position { role: MembershipRole::Practitioner, engagement: Engagement::Volunteer, accountable: false };

/// What is forgotten now; and nothing is left for a second time.
fn forgotten(portal: &RunningPortal) -> Forgotten {
    let done = do_what_is_due(&portal.inside).expect("what is due is done").forgotten;
    let again = do_what_is_due(&portal.inside).expect("what is due is done").forgotten;
    assert_eq!(again, Forgotten::default(), "twice");
    done
}

fn pass_months(portal: &RunningPortal, months: u32) {
    let now = portal.inside.clock.now();
    portal.advance(now.checked_add_months(Months::new(months)).expect("a time") - now);
}

#[test]
fn letters_that_are_sent_go_after_ninety_days_and_those_on_their_way_stay() {
    let portal = spawn_portal();
    portal.approved_organisation("The Hub");
    portal.read_all_letters();
    portal.act(|act| {
        diesel::update(outbox_messages::table).set(outbox_messages::state.eq("sent")).execute(act.conn)?;
        Ok(())
    });
    let sent: i64 = portal.read(|conn| Ok(outbox_messages::table.count().get_result(conn)?));
    let on_its_way = portal.submitted_organisation("Late Club");
    let fields = [("email", on_its_way.lead.email())];
    assert_eq!(portal.visitor().send("/forgotten-password", &fields).status, 303);
    portal.advance(Duration::days(89));
    assert_eq!(forgotten(&portal).letters, 0);
    portal.advance(Duration::days(2));
    assert_eq!(forgotten(&portal).letters, sent as usize);
    let left: i64 = portal.read(|conn| Ok(outbox_messages::table.count().get_result(conn)?));
    assert!(left > 0, "what nobody has sent yet stays");
    portal.read_all_letters();
}

#[test]
fn an_account_that_nobody_confirms_goes_with_its_letters() {
    let portal = spawn_portal();
    let fields = [("name", "Una"), ("email", "una@example.org"), ("password", PASSWORD)];
    assert_eq!(portal.visitor().send("/register", &fields).status, 303);
    portal.letter_to("una@example.org");
    portal.advance(Duration::days(29));
    assert_eq!(forgotten(&portal).unconfirmed_accounts, 0);
    portal.advance(Duration::days(2));
    assert_eq!(forgotten(&portal).unconfirmed_accounts, 1);
    assert!(portal.read(|conn| Account::find_by_email(conn, "una@example.org")).is_none());
    let letters: i64 = portal.read(|conn| Ok(outbox_messages::table.count().get_result(conn)?));
    let links: i64 = portal.read(|conn| Ok(account_links::table.count().get_result(conn)?));
    assert_eq!((letters, links), (0, 0));
}

#[test]
fn links_and_invitations_go_a_while_after_they_end() {
    let portal = spawn_portal();
    let mut hub = portal.approved_organisation("The Hub");
    hub.lead.visit("/organisations/the-hub/people/invitations/new").fill("Their full name", "Alex Newton");
    hub.lead.fill("Their email address", "alex@example.org").choose("What will they do here?", "Practitioner");
    hub.lead.choose("How do they work for you?", "Volunteer").press("Send the invitation");
    assert_eq!(portal.visitor().send("/forgotten-password", &[("email", hub.lead.email())]).status, 303);
    portal.read_all_letters();
    portal.advance(Duration::days(29));
    assert_eq!((forgotten(&portal).links, forgotten(&portal).invitations), (0, 0));
    portal.advance(Duration::days(2));
    assert_eq!(forgotten(&portal).links, 1);
    portal.advance(Duration::days(14 + 90 - 32));
    assert_eq!(forgotten(&portal).invitations, 0);
    portal.advance(Duration::days(2));
    assert_eq!(forgotten(&portal).invitations, 1);
    let left: i64 = portal.read(|conn| Ok(invitations::table.count().get_result(conn)?));
    assert_eq!(left, 0);
    portal.read_all_letters();
}

#[test]
fn a_registration_goes_a_year_after_the_last_change_and_its_lead_is_told() {
    let portal = spawn_portal();
    let mut new = portal.draft_organisation("New Club");
    let submitted = portal.submitted_organisation("Waiting Club");
    portal.read_all_letters();
    pass_months(&portal, 11);
    let mut lead = portal.signed_in(new.lead.account());
    lead.visit("/organisations/new-club/registration/legal-form")
        .choose("What kind of organisation are you?", "Faith group");
    lead.press("Continue");
    pass_months(&portal, 2);
    assert_eq!(forgotten(&portal).registrations, 0, "somebody worked on it two months ago");
    pass_months(&portal, 11);
    assert_eq!(forgotten(&portal).registrations, 1);
    let letter = portal.letter_to(new.lead.email());
    assert_eq!(letter.subject, "The registration of New Club was removed");
    assert_eq!(portal.signed_in(new.lead.account()).ask("/organisations/new-club").status, 404);
    let left: Vec<String> = portal.read(|conn| Ok(organisations::table.select(organisations::name).load(conn)?));
    assert_eq!(left, [submitted.organisation.name.as_str()], "what was sent waits for its answer");
    assert_eq!(new.lead.visit("/").status(), 200);
    portal.read_all_letters();
}

#[test]
fn someone_without_an_account_is_erased_a_year_after_they_left() {
    let portal = spawn_portal();
    let hub = portal.approved_organisation("The Hub");
    let bev = portal.act(|act| add_without_account(act, hub.organisation.id, "Bev Clarke", POSITION));
    let stays = portal.act(|act| add_without_account(act, hub.organisation.id, "Sue Stays", POSITION));
    portal.act(|act| bev.membership.end(act));
    pass_months(&portal, 11);
    assert_eq!(forgotten(&portal).people_who_left, 0);
    pass_months(&portal, 2);
    assert_eq!(forgotten(&portal).people_who_left, 1);
    let name = |id| portal.read(|conn| Ok(people::table.find(id).select(people::name).first::<String>(conn)?));
    assert_eq!((name(bev.person.id).as_str(), name(stays.person.id).as_str()), ("A former member", "Sue Stays"));
    portal.read_all_letters();
}

#[test]
fn an_idle_account_is_warned_and_then_erased_unless_its_owner_signs_in() {
    let portal = spawn_portal();
    let (idle, back) = (portal.signed_up("Ida Idle"), portal.signed_up("Bea Back"));
    pass_months(&portal, 34);
    let before = forgotten(&portal);
    assert_eq!((before.idle_warned, before.idle_accounts), (0, 0));
    pass_months(&portal, 1);
    portal.advance(Duration::days(1));
    assert_eq!(forgotten(&portal).idle_warned, 2);
    let letter = portal.letter_to(idle.email());
    assert!(letter.text.contains("for 36 months") && letter.link().starts_with("/sign-in"), "{}", letter.text);
    portal.letter_to(back.email());
    portal.advance(Duration::days(5));
    portal.signed_in(back.account());
    pass_months(&portal, 1);
    assert_eq!(forgotten(&portal).idle_accounts, 1);
    assert_eq!(portal.letter_to(idle.email()).subject, "You are erased from the Youth Charter portal");
    let left: Vec<String> =
        portal.read(|conn| Ok(accounts::table.order(accounts::name).select(accounts::name).load(conn)?));
    assert_eq!(left, ["A former member", "Bea Back"]);
    assert!(matches!(portal.read(verify_chain), Verdict::Whole(_)));
}

#[test]
fn a_rescue_goes_two_years_after_its_end() {
    let portal = spawn_portal();
    let hub = portal.approved_organisation("The Hub");
    let prue = portal.practitioner_of(&hub.organisation);
    let rescue = portal.asked_to_take_over(&hub.organisation, &prue);
    portal.act_as(&prue, |act| rescue.withdraw(act));
    let second = portal.practitioner_of(&hub.organisation);
    pass_months(&portal, 23);
    portal.asked_to_take_over(&hub.organisation, &second);
    assert_eq!(forgotten(&portal).rescues, 0);
    portal.advance(Duration::days(50));
    assert_eq!(forgotten(&portal).rescues, 1);
    let left: i64 = portal.read(|conn| Ok(rescues::table.count().get_result(conn)?));
    assert_eq!(left, 1, "the one under way");
    portal.read_all_letters();
}

#[test]
fn those_who_sign_in_while_idle_accounts_are_warned_are_let_in_and_not_warned() {
    let portal = spawn_portal();
    let people: Vec<Account> =
        (0..12).map(|n| portal.signed_up(&format!("Idle Person {n}")).account().clone()).collect();
    portal.read_all_letters();
    for _ in 0..4 {
        pass_months(&portal, 40);
        std::thread::scope(|scope| {
            let portal = &portal;
            scope.spawn(move || {
                let idle = portal.inside.retention.idle_accounts;
                portal.act(|act| warn_idle_accounts(act, idle));
            });
            for some in people.chunks(3) {
                scope.spawn(move || {
                    for account in some.iter().rev() {
                        // As a sign-in does: the account first, then the trail.
                        portal.act(|act| {
                            begin_session(act, account, "a test", Strength::Single)?;
                            act.record("signed in", Subject::of("account", account.id), json!({}))
                        });
                    }
                });
            }
        });
        let warned: i64 = portal.read(|conn| {
            Ok(accounts::table.filter(accounts::idle_warned_at.is_not_null()).count().get_result(conn)?)
        });
        assert_eq!(warned, 0, "whoever signs in is idle no more, whichever came first");
    }
    portal.read_all_letters();
}
