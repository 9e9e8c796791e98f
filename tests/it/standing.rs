//! Suspended, closed and open again: by whom, what follows from each for the public and for members, and who is told.

use chrono::Duration;
use proptest::prelude::*;
use proptest::test_runner::TestRunner;
use youth_charter::charter::Pledge;
use youth_charter::error::Error;
use youth_charter::organisations::{ChangedAs, Organisation, OrganisationStanding, StandingChange, StandingStep};
use youth_charter::quality::Signed;
use youth_charter::reminders::do_what_is_due;

use crate::harness::{Person, RunningPortal, spawn_portal};
use crate::town::all_routes;

fn step(portal: &RunningPortal, organisation: &Organisation, by: &Person, step: StandingStep) {
    let (id, account) = (organisation.id, by.account());
    portal.act_as(by, |act| Organisation::find(act.conn, id)?.take_step(act, step, account, "The insurance ran out."));
    portal.read_all_letters();
}

/// As an administrator does it, on the pages.
fn step_at_the_page(steward: &mut Person, slug: &str, button: &str, reason: &str) {
    steward.visit(&format!("/vrp/organisations/{slug}")).follow(button).press(button);
    assert_eq!(steward.problems(), ["Enter your reason"]);
    steward.fill("Your reason", reason).press(button).sees("Its leads have a letter with your reason");
}

#[test]
fn a_suspended_organisation_reads_and_mends_and_promises_nothing_until_it_is_open_again() {
    let portal = spawn_portal();
    let mut hub = portal.approved_organisation("The Hub");
    let chair = portal.signatory_of(&hub.organisation);
    let mut steward = portal.steward();
    let pledge = portal.pledge_in_force(&hub.organisation, &chair, &hub.lead);
    let draft = portal.answered_assessment(&hub.organisation, &hub.lead);
    portal.read_all_letters();
    steward.visit("/vrp").follow("All organisations").follow("The Hub");
    step_at_the_page(&mut steward, "the-hub", "Suspend this organisation", "There is no insurance.");
    let letter = portal.letter_to(hub.lead.email());
    assert!(
        letter.subject == "The Hub is suspended" && letter.text.contains("There is no insurance."),
        "{}",
        letter.text
    );
    assert!(portal.letters_to(chair.email()).is_empty(), "the leads are told, nobody else");

    // The public is told plainly, without the reason.
    let mut anyone = portal.visitor();
    anyone.visit("/directory").does_not_see("The Hub");
    anyone
        .visit("/directory/the-hub")
        .sees("Suspended since")
        .does_not_see("insurance")
        .does_not_see("A place to meet");
    anyone.visit("/pledges").does_not_see("The Hub");
    anyone.visit(&format!("/pledges/{}", pledge.code)).sees("is suspended since").does_not_see("We ask young people");
    anyone.visit(&format!("/verify/{}", pledge.code)).sees("does not stand at present: The Hub has been suspended");

    // Its people read and mend.
    let lead = &mut hub.lead;
    lead.visit("/my")
        .sees("Suspended")
        .follow("The Hub")
        .sees("has been suspended since")
        .sees("There is no insurance.");
    for page in
        ["people", "training", "documents", "quality", "pledge", "profile", "documents/new", "pledge/withdrawal"]
    {
        lead.visit(&format!("/organisations/the-hub/{page}")).sees("The Hub has been suspended since");
    }
    lead.visit("/organisations/the-hub/profile/stage")
        .choose("How far along is your organisation?", "New: we started in the last two years");
    lead.press("Save").follow("Check and publish").press("Publish all of this").sees("public now");
    portal.same_person(&chair).visit("/organisations/the-hub").sees("has been suspended").does_not_see("no insurance");
    // They do not pledge, sign or send.
    for address in ["pledge", "pledge/renewal", "pledge/reopening", "pledge/signature", "quality", "quality/submission"]
    {
        let answer = lead.send(&format!("/organisations/the-hub/{address}"), &[]);
        assert_eq!(answer.status, 403, "{address}");
        assert!(answer.text().contains("This organisation is suspended"), "{address}");
    }
    assert_eq!(lead.ask("/organisations/the-hub/closing").status, 403, "only the VRP closes a suspended one");

    let mut steward = portal.signed_in_with_two_steps(steward.account());
    step_at_the_page(&mut steward, "the-hub", "Re-open this organisation", "They are insured again.");
    assert_eq!(portal.letter_to(lead.email()).subject, "The Hub is open again");
    anyone.visit("/directory").sees("The Hub");
    anyone.visit(&format!("/verify/{}", pledge.code)).sees("it stands today");
    anyone.visit("/pledges").sees("The Hub");
    let sent = portal.act_as(lead, |act| draft.sign_for_the_work(act, lead.account(), "It is right"));
    assert_eq!(sent, Signed::Sealed, "it can be signed again");
    lead.visit("/organisations/the-hub").does_not_see("has been suspended");
    steward.visit("/vrp/organisations/the-hub").sees("How it has stood").sees("They are insured again.");
    portal.read_all_letters();
}

#[test]
fn a_lead_closes_their_own_and_everything_is_as_it_was_when_the_vrp_opens_it_again() {
    let portal = spawn_portal();
    let mut hub = portal.approved_organisation("The Hub");
    let (second, mut prue) = (portal.lead_of(&hub.organisation), portal.practitioner_of(&hub.organisation));
    let chair = portal.signatory_of(&hub.organisation);
    let mut steward = portal.steward();
    let pledge = portal.pledge_in_force(&hub.organisation, &chair, &hub.lead);
    portal.read_all_letters();
    assert_eq!(prue.ask("/organisations/the-hub/closing").status, 403);
    hub.lead.visit("/organisations/the-hub/profile").follow("Close it here").press("Close this organisation");
    assert_eq!(hub.lead.problems(), ["Enter your reason"]);
    hub.lead.fill("Why does it close?", "The hall was sold.").press("Close this organisation");
    hub.lead.sees("The Hub closed on").sees("The hall was sold.").does_not_see("You have one lead");
    for lead in [&hub.lead, &second] {
        assert!(portal.letter_to(lead.email()).text.contains("has closed The Hub"));
    }
    let told = portal.letter_to(steward.email());
    assert!(told.subject == "The Hub has closed" && told.text.contains("The hall was sold."), "{}", told.text);

    let mut anyone = portal.visitor();
    anyone.visit("/directory").does_not_see("The Hub");
    anyone.visit("/directory/the-hub").sees("Closed on").does_not_see("The hall was sold");
    anyone.visit(&format!("/verify/{}", pledge.code)).sees("closed on").sees("does not stand any more");
    anyone.visit(&format!("/pledges/{}", pledge.code)).sees("The Hub closed on").does_not_see("We ask young people");
    // Read, and nothing else: whatever is sent by whoever.
    for page in ["", "/people", "/training", "/documents", "/quality", "/pledge", "/profile", "/skills-audit"] {
        prue.visit(&format!("/organisations/the-hub{page}")).sees("The Hub closed on");
    }
    for page in ["/profile/stage", "/people/new", "/documents/new", "/closing"] {
        let answer = hub.lead.ask(&format!("/organisations/the-hub{page}"));
        assert!(answer.status == 403 && answer.text().contains("This organisation is closed"), "{page}");
    }
    assert_eq!(prue.send("/my/skills-audit/the-hub", &[]).status, 403);
    assert_eq!(prue.send("/organisations/the-hub/documents/new", &[]).status, 403);
    // To leave is one's own affair.
    prue.visit("/organisations/the-hub/people/me/leaving").press("Leave");
    assert_eq!(prue.ask("/organisations/the-hub").status, 404);

    step_at_the_page(&mut steward, "the-hub", "Re-open this organisation", "They found another hall.");
    anyone.visit(&format!("/verify/{}", pledge.code)).sees("it stands today");
    hub.lead.visit("/organisations/the-hub/profile/stage");
    portal.read_all_letters();
    let history = portal.read(|conn| StandingChange::all_of(conn, hub.organisation.id));
    let steps: Vec<_> = history.iter().map(|(change, _)| (change.became, change.changed_as)).collect();
    assert_eq!(
        steps,
        [(OrganisationStanding::Open, ChangedAs::Steward), (OrganisationStanding::Closed, ChangedAs::Lead)]
    );
}

#[test]
fn an_administrator_who_belongs_there_leaves_it_to_another_and_each_step_is_taken_once() {
    let portal = spawn_portal();
    let hub = portal.approved_organisation("The Hub");
    let mut tied = portal.promoted(&portal.practitioner_of(&hub.organisation), youth_charter::accounts::Role::Steward);
    tied.visit("/vrp/organisations/the-hub").sees("Another administrator has to").does_not_see("What you can do");
    let suspension = "/vrp/organisations/the-hub/standing/suspension";
    assert_eq!(tied.ask(suspension).status, 403);
    assert_eq!(tied.send(suspension, &[("reason", "Mine")]).status, 403);

    let mut steward = portal.steward();
    assert_eq!(steward.send(suspension, &[("reason", "No insurance")]).status, 303);
    assert_eq!(steward.send(suspension, &[("reason", "Again")]).status, 409);
    assert_eq!(steward.ask("/vrp/organisations/the-hub/standing/nonsense").status, 404);
    // It wants a fresh proof.
    portal.advance(Duration::minutes(15));
    let answer = steward.ask("/vrp/organisations/the-hub/standing/reopening");
    assert!(answer.location().is_some_and(|to| to.starts_with("/sign-in/again")), "{}", answer.status);
    portal.read_all_letters();
    // Two of them at once: the second finds it changed.
    let old = portal.read(|conn| Organisation::find(conn, hub.organisation.id));
    step(&portal, &old, &steward, StandingStep::Reopen);
    let late =
        portal.try_act(steward.actor(), |act| old.take_step(act, StandingStep::Close, steward.account(), "Late"));
    assert!(matches!(late, Err(Error::Conflict)), "{late:?}");
}

#[test]
fn an_organisation_that_is_not_approved_has_no_standing_to_change() {
    let portal = spawn_portal();
    let waiting = portal.submitted_organisation("Waiting Club").organisation;
    portal.draft_organisation("New Club");
    let mut steward = portal.steward();
    steward.visit("/vrp/organisations").sees("Waiting Club").does_not_see("New Club");
    steward.follow("Waiting Club").sees("not in the programme yet").follow("Look at its registration");
    assert_eq!(steward.send("/vrp/organisations/waiting-club/standing/suspension", &[("reason", "x")]).status, 409);
    assert_eq!(steward.ask("/vrp/organisations/new-club").status, 404);
    let done =
        portal.try_act(steward.actor(), |act| waiting.take_step(act, StandingStep::Close, steward.account(), "x"));
    assert!(matches!(done, Err(Error::Conflict)), "{done:?}");
}

#[test]
fn the_list_is_searched_by_name_and_by_how_they_stand() {
    let portal = spawn_portal();
    let steward = portal.steward();
    let hub = portal.approved_organisation("Café Hub").organisation;
    let gone = portal.approved_organisation("Gone Club").organisation;
    step(&portal, &hub, &steward, StandingStep::Suspend);
    step(&portal, &gone, &steward, StandingStep::Close);
    let mut steward = portal.same_person(&steward);
    steward.visit("/vrp/organisations").sees("2 organisations").fill("Part of a name", "cafe").press("Show");
    steward.sees("Café Hub").does_not_see("Gone Club");
    steward.visit("/vrp/organisations?show=closed").sees("Gone Club").does_not_see("Café Hub");
    steward.visit("/vrp/organisations?show=open").sees("Nothing found").follow("Show all organisations");
    steward.visit("/vrp/organisations?show=best&page=-3&q=%25").sees("Nothing found");
}

#[test]
fn a_review_waits_while_the_organisation_is_suspended() {
    let portal = spawn_portal();
    let hub = portal.approved_organisation("The Hub");
    let (mut reviewer, mut decider, steward) = (portal.reviewer(), portal.decider(), portal.steward());
    let assessment = portal.recommended_assessment(&hub.organisation, &hub.lead, &reviewer);
    let desk = format!("/review/assessments/{}", assessment.id);
    step(&portal, &hub.organisation, &steward, StandingStep::Suspend);
    decider.visit("/review/decisions").does_not_see("The Hub");
    decider.visit(&format!("{desk}/decision")).sees("Its review waits until it is re-opened");
    let fields = [("choice", "established"), ("reasons", "Good")];
    assert_eq!(decider.send(&format!("{desk}/decision"), &fields).status, 403);
    reviewer.visit(&desk).sees("you can read everything, and write nothing");
    step(&portal, &hub.organisation, &steward, StandingStep::Reopen);
    decider.visit("/review/decisions").sees("The Hub");
    portal.read_all_letters();
}

#[test]
fn nobody_reminds_a_closed_organisation_and_nobody_joins_it() {
    let portal = spawn_portal();
    let hub = portal.approved_organisation("The Hub");
    let chair = portal.signatory_of(&hub.organisation);
    let steward = portal.steward();
    portal.pledge_in_force(&hub.organisation, &chair, &hub.lead);
    let mut lead = portal.same_person(&hub.lead);
    lead.visit("/organisations/the-hub/people/invitations/new").fill("Their full name", "Nia New");
    lead.fill("Their email address", "nia@example.org").choose("What will they do here?", "Practitioner");
    lead.choose("How do they work for you?", "Volunteer").press("Send the invitation").sees("Nia New");
    let link = portal.letter_to("nia@example.org").link();
    step(&portal, &hub.organisation, &steward, StandingStep::Close);
    assert_eq!(portal.signed_up("Nia New").send(&link, &[]).status, 403);
    portal.advance(Duration::days(400));
    let done = do_what_is_due(&portal.inside).expect("done");
    assert_eq!((done.pledges_lapsed, done.only_leads_reminded), (1, 0));
    assert!(portal.letters_to(hub.lead.email()).is_empty(), "nobody there could sign again");
    let latest = portal.read(|conn| Pledge::latest_of(conn, hub.organisation.id)).expect("it is kept");
    assert_eq!(latest.state(), youth_charter::charter::PledgeState::Lapsed);
    portal.signed_in_with_two_steps(steward.account()).visit("/vrp/leads").does_not_see("The Hub");
    step(&portal, &hub.organisation, &steward, StandingStep::Reopen);
    assert_eq!(do_what_is_due(&portal.inside).expect("done").only_leads_reminded, 1);
    portal.read_all_letters();
}

#[test]
fn every_step_is_possible_where_the_table_says_and_nowhere_else_and_the_history_tells_it_all() {
    let portal = spawn_portal();
    let hub = portal.approved_organisation("The Hub");
    let steward = portal.steward();
    let id = hub.organisation.id;
    let any_step = (prop::sample::select(StandingStep::ALL.to_vec()), prop::sample::select(ChangedAs::ALL.to_vec()));
    let mut runner = TestRunner::new(ProptestConfig { cases: 16, ..ProptestConfig::default() });
    let outcome = runner.run(&prop::collection::vec(any_step, 1..10), |steps| {
        for (step, taken_as) in steps {
            let before = portal.read(|conn| Organisation::find(conn, id));
            let told = portal.read(|conn| StandingChange::all_of(conn, id)).len();
            let done = match (taken_as, step) {
                (ChangedAs::Lead, StandingStep::Close) => portal.try_act(hub.lead.actor(), |act| {
                    before.close_as_lead(act, hub.lead.account(), "The hall was sold.")
                }),
                (ChangedAs::Lead, _) => continue,
                (ChangedAs::Steward, _) => portal
                    .try_act(steward.actor(), |act| before.take_step(act, step, steward.account(), "The VRP says so.")),
            };
            use OrganisationStanding::{Closed, Open, Suspended};
            let expected = match (before.standing(), step, taken_as) {
                (Open, StandingStep::Suspend, ChangedAs::Steward) => Some(Suspended),
                (Open, StandingStep::Close, _) | (Suspended, StandingStep::Close, ChangedAs::Steward) => Some(Closed),
                (Suspended | Closed, StandingStep::Reopen, ChangedAs::Steward) => Some(Open),
                _ => None,
            };
            prop_assert_eq!(done.is_ok(), expected.is_some(), "{:?} {:?} {:?}", before.standing(), step, taken_as);
            let after = portal.read(|conn| Organisation::find(conn, id)).standing();
            prop_assert_eq!(after, expected.unwrap_or(before.standing()));
            let history = portal.read(|conn| StandingChange::all_of(conn, id));
            prop_assert_eq!(history.len(), told + usize::from(expected.is_some()));
            if let Some((latest, _)) = history.first() {
                prop_assert_eq!(latest.became, after);
            }
        }
        Ok(())
    });
    portal.read_all_letters();
    outcome.unwrap_or_else(|failure| panic!("{failure}"));
}

/// Whatever route there is or will be: its viewer knows how the organisation stands.
#[test]
fn no_route_changes_anything_of_a_closed_organisation_but_leaving_it() {
    let portal = spawn_portal();
    let mut hub = portal.approved_organisation("The Hub");
    step(&portal, &hub.organisation, &portal.steward(), StandingStep::Close);
    let mut refused = 0;
    for route in all_routes() {
        let within =
            ["/organisations/{slug}", "/my/skills-audit/{slug}"].iter().any(|part| route.path.starts_with(part));
        if !within {
            continue;
        }
        let address = route.path.replace("{slug}", "the-hub");
        let address: String =
            address.split('/').map(|part| if part.starts_with('{') { "x" } else { part }).collect::<Vec<_>>().join("/");
        if route.method == "GET" {
            let answer = hub.lead.ask(&address);
            assert!(matches!(answer.status, 200 | 303 | 403 | 404), "{address}: {}", answer.status);
        } else if !address.ends_with("/people/me/leaving") {
            let answer = hub.lead.send(&address, &[]);
            assert_eq!(answer.status, 403, "{address}");
            assert!(answer.text().contains("This organisation is closed"), "{address}");
            refused += 1;
        }
    }
    assert!(refused > 40, "only {refused} routes were asked");
}

#[test]
fn no_button_to_promise_is_shown_where_it_would_be_refused() {
    let portal = spawn_portal();
    let mut hub = portal.approved_organisation("The Hub");
    let chair = portal.signatory_of(&hub.organisation);
    let steward = portal.steward();
    let page = "/organisations/the-hub/pledge";
    assert_eq!(hub.lead.visit(page).page().buttons("Begin your pledge").len(), 1);
    step(&portal, &hub.organisation, &steward, StandingStep::Suspend);
    assert!(hub.lead.visit(page).page().buttons("Begin your pledge").is_empty());
    hub.lead.does_not_see("One of your leads begins the pledge");
    step(&portal, &hub.organisation, &steward, StandingStep::Reopen);
    portal.pledge_in_force(&hub.organisation, &chair, &hub.lead);
    portal.advance(Duration::days(330));
    let mut lead = portal.signed_in(hub.lead.account());
    assert_eq!(lead.visit(page).page().buttons("Renew your pledge").len(), 1);
    step(&portal, &hub.organisation, &steward, StandingStep::Suspend);
    assert!(lead.visit(page).page().buttons("Renew your pledge").is_empty());
    lead.follow("Withdraw your pledge").sees("Withdraw your pledge");
    step(&portal, &hub.organisation, &steward, StandingStep::Close);
    lead.visit(page).does_not_see("Withdraw your pledge");
    portal.read_all_letters();
}
