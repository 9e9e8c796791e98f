//! What a reviewer has at the desk beside the answers: what has changed, fingerprints, notes for the VRP alone, a clock
//! that waits. And the papers that come of a decision.

use chrono::Duration;
use youth_charter::clock::say_day;
use youth_charter::programme::Programme;
use youth_charter::quality::Signed;
use youth_charter::review::JudgedStep;

use super::*;
use crate::harness::{poppler, spawn_portal, words_of_paper};
use crate::your_data::unpack;

const WITHIN: &str = "The rota looks thin to me.";

#[test]
fn what_has_changed_since_the_reviewer_asked_is_shown_beside_the_answer() {
    let portal = spawn_portal().at_noon();
    let hub = portal.approved_organisation("The Hub");
    let (review, mut rae) = taken(&portal, &hub);
    let assessment = portal.read(|conn| assessment_of(conn, &review));
    let here = desk(&assessment);
    rae.visit(&here).does_not_see("changed since");
    ask_about_one(&portal, &rae, &review);
    portal.advance(Duration::minutes(1));
    change_and_send(&portal, &hub.lead, &review);
    rae.visit(&here).sees("1 answer has changed since you asked for changes").sees("; changed since you asked");
    rae.follow(FEEL_SAFE).sees("Since you asked for changes").sees("They said “Established” before.");
    rae.sees("Their words before").sees("We do this every week").sees("We finish earlier now");
    rae.does_not_see("Since the last decision");
    rae.visit(&format!("{here}/indicators/exp-welcome-first-visit")).does_not_see("Since you asked for changes");
    portal.read_all_letters();
}

#[test]
fn the_next_self_assessment_is_shown_beside_the_one_that_was_decided() {
    let portal = spawn_portal().at_noon();
    let hub = portal.approved_organisation("The Hub");
    endorsed(&portal, &hub, Outcome::Established);
    portal.advance(Duration::days(300));
    let lead = portal.signed_in(hub.lead.account());
    let next = begun(&portal, &hub);
    add_pdf(&portal, &lead, &next);
    portal.act_as(&lead, |act| say_again(act, lead.account().id, &next, &"exp-feel-safe".into()));
    portal.hand_in(&hub.organisation, &lead, &next);
    portal.read_all_letters();
    let mut ren = portal.reviewer();
    ren.visit(&desk(&next)).sees("1 answer has changed since the last decision");
    ren.follow(FEEL_SAFE).sees("Since the last decision").sees("Added: Answers of the summer term");
    let evidence = portal.read(|conn| Evidence::all_of(conn, next.id)).remove(0);
    ren.sees("Fingerprint of Answers of the summer term").sees(&evidence.1.sha256);
}

#[test]
fn the_clock_waits_while_the_organisation_has_it() {
    let portal = spawn_portal().at_noon();
    let hub = portal.approved_organisation("The Hub");
    let (review, rae) = taken(&portal, &hub);
    let due = |rae: &Person| portal.signed_in_with_two_steps(rae.account()).visit("/review").page().text();
    let by = |days: i64| {
        let day = portal.read(|conn| Review::find(conn, review.id)).started_at.date() + Duration::days(days);
        format!("Recommend by {}", say_day(day))
    };
    let target = i64::from(portal.read(Programme::now).review_days);
    assert!(due(&rae).contains(&by(target)));
    ask_about_one(&portal, &rae, &review);
    portal.advance(Duration::days(20));
    assert!(due(&rae).contains("The clock waits for the organisation"));
    change_and_send(&portal, &hub.lead, &review);
    portal.advance(Duration::days(3));
    assert!(due(&rae).contains(&by(target + 20)), "{}", due(&rae));
    portal.read_all_letters();
}

#[test]
fn a_note_for_the_vrp_alone_reaches_the_decision_maker_and_no_organisation() {
    let portal = spawn_portal();
    let hub = portal.approved_organisation("The Hub");
    let (review, mut rae) = taken(&portal, &hub);
    let here = format!("/review/assessments/{}", review.assessment_id);
    rae.visit(&format!("{here}/indicators/exp-feel-safe")).choose("What do you find?", "We agree, with advice");
    rae.fill("Note for the organisation", "Add a date")
        .fill("Note for yourself and the decision maker", &"x".repeat(3001));
    rae.press("Save and next");
    assert_eq!(rae.problems(), ["Your note for the VRP must be 3000 characters or fewer"]);
    rae.fill("Note for yourself and the decision maker", WITHIN).press("Save and next").sees("Finding saved");
    rae.visit(&format!("{here}/indicators/exp-feel-safe"));
    assert_eq!(rae.value_of("Note for yourself and the decision maker"), WITHIN);
    find_all_in(&portal, &rae, &review, Finding::Agreed);
    as_independent(&portal, &rae, &review, |act, by| review.recommend(act, by, Outcome::Established, "As found"))
        .expect("it is theirs");
    let mut dee = portal.decider();
    dee.visit(&format!("{here}/decision")).sees("For the VRP only").sees(WITHIN);
    as_independent(&portal, &dee, &review, |act, by| review.decide(act, by, Outcome::Established, "Well done"))
        .expect("it is decided");

    for letter in portal.letters_to(hub.lead.email()) {
        assert!(!letter.text.contains(WITHIN), "{}", letter.text);
    }
    let mut lead = portal.signed_in(hub.lead.account());
    let quality = "/organisations/the-hub/quality";
    lead.visit(&format!("{quality}/outcome")).sees("Add a date").does_not_see(WITHIN);
    let letter = words_of_paper(&lead.ask(&format!("{quality}/outcome/letter.pdf")).bytes);
    assert!(letter.contains("Add a date") && !letter.contains(WITHIN), "{letter}");
    lead.visit("/organisations/the-hub").follow("Download everything your organisation has put in");
    let taken_along = unpack(&lead.press("Download everything").answer().bytes);
    assert!(taken_along.len() > 5, "{:?}", taken_along.keys());
    for (name, bytes) in taken_along {
        assert!(!String::from_utf8_lossy(&bytes).contains(WITHIN), "{name}");
    }
    portal.read_all_letters();
}

#[test]
fn a_decision_is_a_letter_and_an_endorsement_a_certificate_that_says_how_it_stands() {
    let portal = spawn_portal();
    let hub = portal.approved_organisation("The Hub");
    let quality = "/organisations/the-hub/quality";
    let mut lead = portal.signed_in(hub.lead.account());
    for none in ["outcome/letter.pdf", "certificate.pdf"] {
        assert_eq!(lead.ask(&format!("{quality}/{none}")).status, 404, "{none}");
    }
    let endorsement = endorsed(&portal, &hub, Outcome::Established);
    lead.visit(&format!("{quality}/outcome"))
        .sees("Download the decision as a letter")
        .sees("Download the certificate");
    let letter = lead.ask(&format!("{quality}/outcome/letter.pdf"));
    assert_eq!(letter.header("content-type"), Some("application/pdf"));
    let said = words_of_paper(&letter.bytes);
    for words in ["The Hub is endorsed: Established", "Thank you to everyone at The Hub", "Decided by", "Good"] {
        assert!(said.contains(words), "{words}: {said}");
    }
    assert!(poppler("pdfinfo", &[], &letter.bytes).contains("Tagged:          yes"));

    let certificate = lead.ask(&format!("{quality}/certificate.pdf")).bytes;
    let said = words_of_paper(&certificate);
    for words in [
        "The Hub is endorsed for the quality of its youth work: Established",
        &endorsement.number,
        &endorsement.code,
        "In force, on",
    ] {
        assert!(said.contains(words), "{words}: {said}");
    }
    assert!(poppler("pdfinfo", &[], &certificate).contains("Tagged:          yes"));

    let dee = portal.decider();
    let assessment = portal.read(|conn| Assessment::find(conn, endorsement.assessment_id));
    portal.act_as(&dee, |act| {
        let by = Independence::establish(act.conn, dee.account().id, &assessment, act.at)?;
        endorsement.judge(act, by, JudgedStep::Suspend, "We look into a complaint.")
    });
    let said = words_of_paper(&lead.ask(&format!("{quality}/certificate.pdf")).bytes);
    assert!(said.contains("The Hub was endorsed") && said.contains("This does not stand now: Suspended"), "{said}");
    portal.read_all_letters();
}

/// The reviewer asks about one answer.
fn ask_about_one(portal: &RunningPortal, rae: &Person, review: &Review) {
    let asked = [(IndicatorId::from("exp-feel-safe"), "Say more".to_owned())];
    as_independent(portal, rae, review, |act, by| review.ask_for_changes(act, by, &asked)).expect("it is theirs");
}

/// The organisation changes that answer and sends it back.
fn change_and_send(portal: &RunningPortal, lead: &Person, review: &Review) {
    answer_again(portal, lead, review, "exp-feel-safe");
    let sent = portal
        .act_as(lead, |act| assessment_of(act.conn, review)?.sign_for_the_work(act, lead.account(), "It is right"));
    assert_eq!(sent, Signed::Sent);
}
