//! From the queue to the outcome, and back.

use chrono::{Duration, Months};
use youth_charter::quality::Signed;
use youth_charter::review::{Endorsement, EndorsementState, Finding, Outcome, ReviewState, lapse_due_endorsements};

use super::*;
use crate::harness::spawn_portal;

#[test]
fn a_review_goes_from_the_queue_to_an_endorsement_that_everyone_can_check() {
    let portal = spawn_portal();
    let hub = portal.approved_organisation("The Hub");
    let assessment = submitted(&portal, &hub);
    let mut lead = hub.lead;
    let (mut rae, mut dee) = (portal.reviewer(), portal.decider());

    portal.advance(Duration::days(3));
    (rae, dee) = (portal.signed_in_with_two_steps(rae.account()), portal.signed_in_with_two_steps(dee.account()));
    rae.visit("/review").sees("Waiting for 3 days").follow("The Hub").sees("Waiting for a reviewer");
    rae.press("Take this review");
    assert_eq!(
        rae.error_beside("Before you take this review"),
        "Confirm that you can be fair, or leave this review to someone else"
    );
    rae.tick("I know of no reason why I could not be fair to The Hub").press("Take this review");
    rae.sees("The review is yours").sees("0 of");
    assert!(portal.letter_to(lead.email()).text.contains("Rae Reviewer"));

    rae.follow("Look at the next one");
    rae.choose("What do you find?", "Good practice").press("Save and next");
    assert_eq!(
        rae.error_beside("Note for the organisation"),
        "Write a note: the organisation needs to know what you mean"
    );
    rae.fill("Note for the organisation", "Young people greet newcomers").press("Save and next");
    rae.sees("Finding saved. This is the next one");
    find_all(&portal, &rae, &assessment, Finding::Agreed);

    rae.visit(&desk(&assessment)).sees("We agree").follow("Recommend");
    rae.sees("Your findings support Established");
    rae.choose("What do you recommend?", "Established").press("Send the recommendation");
    assert_eq!(rae.error_beside("Your reasons"), "Give your reasons");
    rae.fill("Your reasons", "Well evidenced throughout").press("Send the recommendation");
    rae.sees("Your recommendation waits for someone else to decide");

    assert!(portal.letter_to(dee.email()).link().ends_with("/decision"));
    dee.visit("/review/decisions").sees("Rae Reviewer recommends: Established").follow("The Hub");
    dee.sees("Young people greet newcomers").sees("Well evidenced throughout");
    dee.choose("What do you decide?", "Established").fill("Your reasons", "Safe, heard, growing").press("Decide");
    dee.sees("The decision is made").sees("Nothing waits for a decision");

    let letter = portal.letter_to(lead.email());
    assert_eq!(letter.subject, "The Hub is endorsed: Established");
    let strengths = letter.text.find("Young people greet newcomers").expect("the strength is in the letter");
    let reasons = letter.text.find("Safe, heard, growing").expect("the reasons are in the letter");
    assert!(strengths < reasons, "strengths come first");

    let endorsement = portal.read(|conn| Endorsement::in_force_of(conn, assessment.organisation_id)).expect("endorsed");
    assert_eq!(endorsement.number, format!("YC-{}-0001", portal.today().format("%Y")));
    assert_eq!(endorsement.ends_on, portal.today() + Months::new(36));
    for typed in [endorsement.code.to_lowercase(), format!(" {} ", endorsement.number)] {
        let found = portal.read(|conn| Endorsement::find_by_code(conn, &typed));
        assert_eq!(found.map(|found| found.id), Some(endorsement.id), "{typed}");
    }
    lead.visit("/organisations/the-hub/quality/outcome").sees("Established: In force").sees(&endorsement.number);
    lead.sees("Decided by Dee Decider").sees(&format!("/verify/{}", endorsement.code));
}

#[test]
fn before_a_decision_the_organisation_sees_that_there_is_none() {
    let portal = spawn_portal();
    let hub = portal.approved_organisation("The Hub");
    let (review, rae) = taken(&portal, &hub);
    find_all_in(&portal, &rae, &review, Finding::NotYet);
    let mut lead = hub.lead;
    lead.visit("/organisations/the-hub/quality/outcome").sees("Nothing has been decided yet");
    lead.does_not_see("a note about it");
}

#[test]
fn nothing_is_recommended_while_something_has_not_been_looked_at() {
    let portal = spawn_portal();
    let hub = portal.approved_organisation("The Hub");
    let (review, mut rae) = taken(&portal, &hub);
    let here = format!("/review/assessments/{}", review.assessment_id);
    rae.visit(&format!("{here}/recommendation")).sees("Look at these first").sees(FEEL_SAFE);
    rae.does_not_see("Send the recommendation");
    let recommendation = [("outcome", "excelling"), ("reasons", "Because")];
    rae.send(&format!("{here}/recommendation"), &recommendation);
    rae.send(&format!("{here}/recommendation"), &[]);
    assert_eq!(state_of(&portal, &review), ReviewState::Open);
    find_all_in(&portal, &rae, &review, Finding::Agreed);
    rae.visit(&format!("{here}/recommendation")).sees("What do you recommend?");
}

#[test]
fn a_changed_answer_comes_back_and_has_to_be_looked_at_again() {
    let portal = spawn_portal();
    let hub = portal.approved_organisation("The Hub");
    let (review, mut rae) = taken(&portal, &hub);
    let here = format!("/review/assessments/{}", review.assessment_id);
    rae.visit(&format!("{here}/changes")).sees("There is nothing to ask about yet");
    rae.visit(&format!("{here}/indicators/exp-feel-safe"));
    rae.choose("What do you find?", "Not shown yet").fill("Note for the organisation", "Say what you changed");
    rae.press("Save and next");

    rae.visit(&here).follow("Ask for changes");
    let field = format!("What to change: {FEEL_SAFE}");
    assert_eq!(rae.value_of(&field), "Say what you changed");
    rae.fill(&field, " ").press("Send to the organisation");
    assert_eq!(rae.problems(), ["Say for at least one answer what to change"]);
    rae.fill(&field, &"x".repeat(2001)).press("Send to the organisation");
    assert_eq!(rae.error_beside(&field), "What to change must be 2000 characters or fewer");
    rae.fill(&field, "Please tell us what you changed").press("Send to the organisation");
    rae.sees("The organisation has been asked for changes").sees("The organisation is changing what was asked for");
    assert!(portal.letter_to(hub.lead.email()).text.contains("Please tell us what you changed"));

    // While it is with the organisation nothing can be found, asked or recommended.
    for (page, fields) in [
        ("indicators/exp-feel-safe", vec![("finding", "agreed")]),
        ("changes", vec![("change-exp-feel-safe", "More")]),
        ("recommendation", vec![("outcome", "emerging"), ("reasons", "Because")]),
    ] {
        assert_eq!(rae.send(&format!("{here}/{page}"), &fields).status, 409, "{page}");
    }

    portal.advance(Duration::minutes(1));
    answer_again(&portal, &hub.lead, &review, "exp-feel-safe");
    let sent = portal.act_as(&hub.lead, |act| {
        assessment_of(act.conn, &review)?.sign_for_the_work(act, hub.lead.account(), "It is right")
    });
    assert_eq!(sent, Signed::Sent, "all is answered");
    portal.read_all_letters();
    rae.visit(&here).sees("Changed: look again").follow(FEEL_SAFE);
    rae.sees("The organisation has answered").sees("We finish earlier now");
    find_all_in(&portal, &rae, &review, Finding::Agreed);
    rae.visit(&format!("{here}/recommendation")).sees("What do you recommend?");
}

#[test]
fn a_recommendation_sent_back_is_open_to_the_reviewer_again() {
    let portal = spawn_portal();
    let hub = portal.approved_organisation("The Hub");
    let (review, mut rae) = recommended(&portal, &hub, Outcome::Excelling);
    let mut dee = portal.decider();
    dee.visit("/review/decisions").follow("The Hub").sees("The recommendation is higher than the findings support");
    dee.choose("What do you decide?", "Send it back to the reviewer").press("Decide");
    assert_eq!(dee.error_beside("Your reasons"), "Give your reasons");
    dee.fill("Your reasons", "Why Excelling?").press("Decide").sees("back with the reviewer");
    assert!(portal.letter_to(rae.email()).text.contains("Why Excelling?"));
    rae.visit("/review").sees("Sent back to you").follow("The Hub").sees("Why Excelling?");
    rae.visit(&format!("/review/assessments/{}/recommendation", review.assessment_id));
    rae.choose("What do you recommend?", "Not yet").fill("Your reasons", "You are right").press("Send");
    portal.read_all_letters();
    dee.visit("/review/decisions").follow("The Hub").choose("What do you decide?", "Not yet");
    dee.fill("Your reasons", "Begin with supervision").press("Decide").sees("The decision is made");
    let letter = portal.letter_to(hub.lead.email());
    assert!(letter.text.contains("Begin with supervision"), "{}", letter.text);
    assert!(!letter.text.contains("Why Excelling?"), "what deciders say to reviewers stays there");
    assert_eq!(count_endorsements(&portal), 0);
    let mut lead = hub.lead;
    lead.visit("/organisations/the-hub/quality/outcome").sees("Not yet endorsed").sees("Begin with supervision");
}

#[test]
fn a_second_endorsement_replaces_the_first_and_an_endorsement_ends() {
    let portal = spawn_portal();
    let hub = portal.approved_organisation("The Hub");
    let first = endorsed(&portal, &hub, Outcome::Emerging);
    let second = endorsed(&portal, &hub, Outcome::Established);
    let year = portal.today().format("%Y").to_string();
    assert_eq!(second.number, format!("YC-{year}-0002"));
    let first = portal.read(|conn| Endorsement::find_by_code(conn, &first.code)).expect("it is still there");
    assert_eq!(first.state(), EndorsementState::Replaced);
    let among = portal.read(|conn| Endorsement::in_force_among(conn, &[hub.organisation.id]));
    assert_eq!(among.iter().map(|e| e.id).collect::<Vec<_>>(), [second.id]);
    portal.read_all_letters();

    let days = (second.ends_on - portal.today()).num_days();
    portal.advance(Duration::days(days));
    assert_eq!(portal.act(lapse_due_endorsements), 0, "its last day is not over");
    portal.advance(Duration::days(1));
    assert_eq!(portal.act(lapse_due_endorsements), 1);
    assert_eq!(portal.act(lapse_due_endorsements), 0);
    assert!(portal.letter_to(hub.lead.email()).text.contains(&second.number));
    assert!(portal.read(|conn| Endorsement::in_force_of(conn, hub.organisation.id)).is_none());
    let last = portal.read(|conn| Endorsement::latest_of(conn, hub.organisation.id)).expect("it is still there");
    assert_eq!(last.state(), EndorsementState::Lapsed);
}
