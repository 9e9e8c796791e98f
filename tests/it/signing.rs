//! Two sign one frozen copy: nothing is changed in between, each may be taken back, and what is sent can be told apart
//! from what was signed.

use diesel::prelude::*;
use youth_charter::before_pledging::{LeaveKind, grant_leave};
use youth_charter::db::schema::assessment_answers;
use youth_charter::quality::{Assessment, AssessmentSignature, AssessmentState, FrozenCopy, Sheet, StoredCopy};

use crate::harness::{NewOrganisation, Person, RunningPortal, spawn_portal};
use crate::quality::{QUALITY, answer_the_rest, sign_and_send};

const WELCOME: &str = "/organisations/the-hub/quality/indicators/exp-welcome-first-visit";
const ASK: &str = "What describes you best today?";

fn answered(portal: &RunningPortal) -> (NewOrganisation, Assessment) {
    let hub = portal.approved_organisation("The Hub");
    let assessment = portal.act_as(&hub.lead, |act| Assessment::begin(act, hub.organisation.id));
    answer_the_rest(portal, hub.organisation.id, &hub.lead);
    (hub, assessment)
}

fn sign_for_the_work(lead: &mut Person) {
    lead.visit(&format!("{QUALITY}/submission"));
    lead.tick_in("I confirm for my organisation", "The answers are right as far as I know");
    lead.press("Sign for the work");
}

#[test]
fn what_both_signed_is_what_is_reviewed() {
    let portal = spawn_portal();
    let (NewOrganisation { organisation, mut lead }, assessment) = answered(&portal);
    sign_and_send(&portal, &organisation, &mut lead);
    portal.read_all_letters();
    let copies = portal.read(|conn| StoredCopy::latest_of(conn, assessment.id, 10));
    assert_eq!(copies.len(), 1);
    let now = portal.read(|conn| Sheet::latest_of(conn, organisation.id));
    assert_eq!(copies[0].sha256, FrozenCopy::of(&now).fingerprint().expect("it is JSON"));
    assert_eq!(copies[0].open().expect("it is JSON"), FrozenCopy::of(&now));
    let signed = portal.read(|conn| AssessmentSignature::all_of(conn, assessment.id));
    assert_eq!(
        signed.iter().map(|s| (s.copy_number, s.capacity.as_str())).collect::<Vec<_>>(),
        [(1, "delivery"), (1, "governance")]
    );
    assert_ne!(signed[0].account_id, signed[1].account_id);
    // A word that was changed behind its back would show.
    portal.read(|conn| {
        let words = diesel::update(assessment_answers::table).set(assessment_answers::narrative.eq("Other words"));
        words.execute(conn)?;
        Ok(())
    });
    let now = portal.read(|conn| Sheet::latest_of(conn, organisation.id));
    assert_ne!(copies[0].sha256, FrozenCopy::of(&now).fingerprint().expect("it is JSON"));
}

#[test]
fn nothing_changes_between_the_signatures_and_either_side_takes_it_back() {
    let portal = spawn_portal();
    let (NewOrganisation { organisation, mut lead }, assessment) = answered(&portal);
    let mut chair = portal.signatory_of(&organisation);
    let mut asha = portal.practitioner_of(&organisation);
    asha.visit(WELCOME);
    sign_for_the_work(&mut lead);
    asha.choose(ASK, "Excelling").press("Save and continue");
    assert_eq!(asha.status(), 409);
    asha.visit(WELCOME).sees("it is signed, and waits for the second signature").does_not_see("Save and continue");
    // What is signed cannot be answered in a spreadsheet either, and every page says how it stands.
    asha.visit(&format!("{QUALITY}/offline")).does_not_see("Download the questionnaire");
    assert_eq!(asha.ask(&format!("{QUALITY}/offline/questionnaire.xlsx")).status, 404);
    asha.visit(&format!("{QUALITY}/papers")).sees("Waiting for a signature");
    asha.visit("/organisations/the-hub").sees("Signed by one side");
    // Whoever signed for the work does not sign for those who govern, and a practitioner for neither.
    lead.visit(&format!("{QUALITY}/signature"));
    assert_eq!(lead.path(), QUALITY);
    assert_eq!(asha.ask(&format!("{QUALITY}/signature")).status, 403);
    chair.visit(&format!("{QUALITY}/signature"));
    let seen = portal.read(|conn| StoredCopy::latest_of(conn, assessment.id, 10)).remove(0).sha256;
    chair.press("Take it back to change it").sees("You can change your answers again");
    let late = chair.send(&format!("{QUALITY}/signature"), &[("seen", &seen), ("declaration", "yes")]);
    assert_eq!((late.status, late.location()), (303, Some(QUALITY)), "it waits for nobody any more");
    asha.visit(WELCOME).choose(ASK, "Excelling").press("Save and continue").sees("Nothing is left to answer");
    sign_for_the_work(&mut lead);
    let stale = chair.send(&format!("{QUALITY}/signature"), &[("seen", &seen), ("declaration", "yes")]);
    assert_eq!(stale.status, 409, "another copy than the one that was read");
    portal.read_all_letters();
    chair.visit(&format!("{QUALITY}/signature"));
    chair.tick_in("I confirm for my organisation", "We who govern this organisation").press("Sign and send to the VRP");
    chair.sees("Submitted on");
    portal.read_all_letters();

    // As long as no reviewer has begun, a lead takes it out of the queue.
    lead.visit(QUALITY).press("Withdraw it").sees("You can change your answers again").sees("In progress");
    assert_eq!(portal.reviewer().visit("/review").page().links("The Hub").len(), 0);
    assert_eq!(lead.send(&format!("{QUALITY}/submission/withdrawal"), &[]).status, 409);
    assert_eq!(chair.send(&format!("{QUALITY}/submission/withdrawal"), &[]).status, 403);
}

#[test]
fn where_the_vrp_lets_one_person_sign_one_signature_of_each_kind_is_theirs() {
    let portal = spawn_portal();
    let (NewOrganisation { organisation, mut lead }, assessment) = answered(&portal);
    sign_for_the_work(&mut lead);
    assert!(lead.problems()[0].starts_with("Nobody can sign for those who govern you yet"));
    let steward = portal.steward();
    portal.act_as(&steward, |act| {
        grant_leave(act, &organisation, steward.account().id, LeaveKind::OneSignatory, "One family runs it")
    });
    portal.read_all_letters();
    lead.visit(&format!("{QUALITY}/submission")).sees("so yours is enough");
    sign_for_the_work(&mut lead);
    lead.sees("Submitted on");
    let signed = portal.read(|conn| AssessmentSignature::all_of(conn, assessment.id));
    assert_eq!(signed.len(), 2);
    assert!(signed.iter().any(|s| s.capacity.as_str() == "governance" && s.leave_id.is_some()));
    let state = portal.read(|conn| Assessment::find(conn, assessment.id)).state();
    assert_eq!(state, AssessmentState::Submitted);
    portal.read_all_letters();
}
