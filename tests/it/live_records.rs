//! What the portal knows is proposed with its working; a person accepts it or says why not; it is looked at again every day.

use chrono::Duration;
use diesel::prelude::*;
use youth_charter::charter::Pledge;
use youth_charter::db::schema::record_verdicts;
use youth_charter::framework::Framework;
use youth_charter::live_records::{Facts, Rule, rules_of};
use youth_charter::organisations::Organisation;
use youth_charter::reminders::do_what_is_due;

use crate::harness::{RunningPortal, spawn_portal};
use crate::pledging::pledged;

const QUALITY: &str = "/organisations/the-hub/quality";
const RESPECT: &str = "/organisations/the-hub/quality/indicators/exp-respect-challenged";
const LEADS: &str = "/organisations/the-hub/quality/indicators/org-governing-group";

fn due(portal: &RunningPortal) {
    do_what_is_due(&portal.inside).expect("it is done");
}

#[test]
fn every_rule_speaks_to_a_question_that_there_is() {
    let portal = spawn_portal();
    let (rules, framework) = (portal.read(rules_of), portal.read(Framework::in_force));
    assert_eq!(rules.len(), Rule::ALL.len(), "each rule speaks to one question");
    for (indicator, rule) in rules {
        assert!(framework.indicator(&indicator).is_ok(), "{indicator}: {rule:?}");
    }
}

#[test]
fn a_pledge_is_proposed_accepted_watched_and_out_of_date_when_it_ends() {
    let portal = spawn_portal();
    let mut hub = pledged(&portal, "The Hub");
    hub.lead.visit(QUALITY).press("Begin");
    hub.lead.visit(RESPECT).sees("What the portal knows").sees("Your pledge is in force until");
    hub.lead.press("Save this");
    assert_eq!(hub.lead.problems(), ["Select whether it shows what you answer"]);
    hub.lead.choose("Does this show what you answer?", "No").press("Save this");
    assert_eq!(hub.lead.problems(), ["Enter why it does not show what you answer"]);
    hub.lead.fill("If not, why?", "It is about bullying, not about the pledge.").press("Save this");
    hub.lead.sees("You have not taken this as evidence: It is about bullying");
    hub.lead.choose("Does this show what you answer?", "Yes, take it as evidence").press("Save this");
    hub.lead.sees("You have taken this as evidence").does_not_see("It is about bullying");
    hub.lead.choose("What describes you best today?", "Emerging").fill("In your own words", "We do.");
    hub.lead.press("Save and continue");
    hub.lead.visit(QUALITY).does_not_see("evidence now out of date");
    portal.read_all_letters();

    // A month before its end the leads are told, once.
    let id = hub.organisation.id;
    let ends = portal.read(|conn| Pledge::in_force_of(conn, id)).expect("in force").ends_on.expect("it ends");
    portal.advance(ends - portal.today() - Duration::days(29));
    due(&portal);
    due(&portal);
    let told = portal.letters_about(hub.lead.email(), "Evidence for your self-assessment");
    assert_eq!(told.len(), 1, "{told:#?}");
    assert!(told[0].text.contains("This holds until"), "{}", told[0].text);
    portal.advance(Duration::days(1));
    due(&portal);
    assert!(portal.letters_about(hub.lead.email(), "Evidence for your self-assessment").is_empty());
    // And when it has ended, once more.
    portal.advance(Duration::days(40));
    due(&portal);
    let told = portal.letters_about(hub.lead.email(), "Evidence for your self-assessment");
    assert_eq!(told.len(), 1, "{told:#?}");
    assert!(told[0].text.contains("it was met, and is now out of date"), "{}", told[0].text);
    let mut lead = portal.signed_in(hub.lead.account());
    lead.visit(QUALITY).sees("Was met, evidence now out of date");
    lead.visit(RESPECT).sees("You have no pledge in force.").sees("It said then: Your pledge is in force until");
    portal.read_all_letters();
}

#[test]
fn what_has_changed_while_someone_read_it_is_shown_before_it_is_accepted() {
    let portal = spawn_portal();
    let mut hub = portal.approved_organisation("The Hub");
    hub.lead.visit(QUALITY).press("Begin");
    // What is not met cannot be taken as evidence: there would be nothing to lapse.
    hub.lead.visit(LEADS).sees("You have 1 lead.").sees("Not met").does_not_see("take it as evidence");
    let unmet = [("verdict", "accepted"), ("shown", "You have 1 lead.")];
    assert_eq!(hub.lead.send(&format!("{LEADS}/record"), &unmet).status, 409);
    portal.lead_of(&hub.organisation);
    hub.lead.visit(LEADS).sees("You have 2 leads.");
    portal.lead_of(&hub.organisation);
    hub.lead.choose("Does this show what you answer?", "Yes, take it as evidence").press("Save this");
    hub.lead.sees("has changed since you opened this page").sees("You have 3 leads.");
    assert_eq!(portal.read(|conn| Ok(record_verdicts::table.count().get_result::<i64>(conn)?)), 0);
    hub.lead.choose("Does this show what you answer?", "Yes, take it as evidence").press("Save this");
    hub.lead.sees("You have taken this as evidence");
    // Another organisation's is not there, and a question without a rule has none.
    let mut other = portal.approved_organisation("Elsewhere").lead;
    assert_eq!(other.send(&format!("{LEADS}/record"), &[("verdict", "accepted")]).status, 404);
    let none = format!("{QUALITY}/indicators/exp-feel-safe/record");
    assert_eq!(hub.lead.send(&none, &[("verdict", "accepted"), ("shown", "x")]).status, 404);
}

#[test]
fn every_rule_finds_nothing_in_an_organisation_that_has_done_nothing() {
    let portal = spawn_portal();
    let hub = portal.approved_organisation("The Hub");
    let organisation = portal.read(|conn| Organisation::find(conn, hub.organisation.id));
    let today = portal.today();
    for rule in Rule::ALL {
        let working = portal.read(|conn| Facts::of(&organisation, today).working(conn, *rule));
        assert!(!working.is_met && working.until.is_none(), "{working:?}");
    }
}

#[test]
fn the_vrp_says_which_question_a_record_speaks_to() {
    let portal = spawn_portal();
    let mut hub = portal.approved_organisation("The Hub");
    hub.lead.visit(QUALITY).press("Begin");
    let mut steward = portal.steward();
    let safe = portal.read(Framework::in_force).indicators.into_iter().find(|i| i.id.as_str() == "exp-feel-safe");
    let safe = safe.expect("it is asked").question;
    steward.visit("/vrp/framework").follow("What the portal knows, as evidence").sees("Two leads or more");
    steward.visit("/vrp/framework/records/two-leads").choose("Which question does it speak to?", &safe);
    steward.press("Save").sees("From now on the portal proposes it there").sees(&safe);
    hub.lead.visit("/organisations/the-hub/quality/indicators/exp-feel-safe").sees("You have 1 lead.");
    hub.lead.visit(LEADS).does_not_see("You have 1 lead.");
    // A question has one record, and there must be such a question.
    let taken = steward.send("/vrp/framework/records/pledge-in-force", &[("indicator", "exp-feel-safe")]);
    assert_eq!(taken.status, 422);
    assert!(taken.text().contains("Another record speaks to this question"));
    assert!(
        portal
            .read(rules_of)
            .iter()
            .any(|(id, rule)| id.as_str() == "exp-respect-challenged" && *rule == Rule::PledgeInForce)
    );
    assert_eq!(steward.send("/vrp/framework/records/two-leads", &[("indicator", "made-up")]).status, 422);
    assert_eq!(steward.ask("/vrp/framework/records/made-up").status, 404);
    steward.visit("/vrp/framework/records/two-leads").choose("Which question does it speak to?", "None").press("Save");
    steward.sees("No question of the framework in force");
}
