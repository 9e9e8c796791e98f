//! The pages people arrive on: their own, their organisation's, the VRP's.

use crate::harness::spawn_portal;

#[test]
fn someone_new_is_told_how_to_begin() {
    let portal = spawn_portal();
    let mut asha = portal.signed_up("Asha Patel");
    asha.visit("/my").sees("You do not belong to an organisation here yet").follow("Register my organisation");
    assert_eq!(asha.path(), "/organisations/new");
}

#[test]
fn a_lead_sees_what_to_do_next_and_what_happened() {
    let portal = spawn_portal();
    let mut new = portal.approved_organisation("The Hub");
    new.lead.visit("/my").follow("The Hub").sees("You have one lead").sees("Organisation approved");
    for task in ["People", "Pledge to the Youth Charter", "Skills audit", "Training", "Quality endorsement"] {
        new.lead.visit("/organisations/the-hub").follow(task);
        assert_eq!(new.lead.status(), 200, "{task}");
    }
}

#[test]
fn a_registration_under_way_leads_back_to_its_next_question() {
    let portal = spawn_portal();
    let mut asha = portal.signed_up("Asha Patel");
    asha.visit("/organisations/new").fill("What is your organisation called?", "The Hub").press("Continue");
    asha.visit("/organisations/the-hub").does_not_see("Skills audit").follow("Continue your registration");
    assert_eq!(asha.path(), "/organisations/the-hub/registration/legal-form");
}

#[test]
fn a_practitioner_does_not_see_the_trail() {
    let portal = spawn_portal();
    let new = portal.approved_organisation("The Hub");
    let mut pat = portal.practitioner_of(&new.organisation);
    pat.visit("/organisations/the-hub").does_not_see("What happened lately");
}

#[test]
fn the_vrp_sees_who_waits() {
    let portal = spawn_portal();
    portal.submitted_organisation("The Hub");
    let mut steward = portal.steward();
    steward.visit("/vrp").follow("Organisations waiting: 1").sees("The Hub");
}

#[test]
fn a_supervisor_can_ask_whether_all_is_well() {
    let portal = spawn_portal();
    let mut supervisor = portal.visitor();
    for address in ["/health/live", "/health/ready"] {
        assert_eq!(supervisor.ask(address).status, 200, "{address}");
    }
}
