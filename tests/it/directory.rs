//! Finding provision, and checking what it says of itself.

use youth_charter::charter::Pledge;
use youth_charter::ids::DistrictCode;
use youth_charter::organisations::Profile;

use crate::harness::spawn_portal;

#[test]
fn an_organisation_is_found_by_name_place_and_age_and_not_by_others() {
    let portal = spawn_portal();
    let hub = portal.approved_organisation("Café Hub");
    let organisation = hub.organisation.clone();
    let profile = portal.read(|conn| Profile::of(conn, organisation));
    let district: &DistrictCode = &profile.districts.first().expect("it works somewhere").code;
    let age = profile.organisation.min_age.expect("it has an age");
    let mut visitor = portal.visitor();
    visitor.visit("/directory").sees("Café Hub");
    visitor.visit("/directory?q=cafe").sees("Café Hub");
    visitor.visit(&format!("/directory?district={district}&age={age}")).sees("Café Hub");
    for elsewhere in ["q=boxing", "district=E99999999", "age=99", "level=excelling", "q=%25"] {
        visitor.visit(&format!("/directory?{elsewhere}")).sees("Nothing found");
    }
    visitor.visit("/directory?age=old&day=someday&level=best&page=-3").sees("Café Hub");
}

#[test]
fn the_public_sees_no_person_and_no_organisation_that_is_not_approved() {
    let portal = spawn_portal();
    let hub = portal.approved_organisation("The Hub");
    portal.submitted_organisation("Not Yet");
    let lead = hub.organisation.safeguarding_lead_email.clone().unwrap_or_else(|| "@".to_owned());
    let mut visitor = portal.visitor();
    visitor.visit("/directory").does_not_see("Not Yet");
    visitor.visit("/directory/the-hub").does_not_see(&lead).does_not_see(hub.lead.name());
    assert_eq!(visitor.ask("/directory/not-yet").status, 404);
}

#[test]
fn a_pledge_is_checked_by_its_code_while_it_stands_and_after() {
    let portal = spawn_portal();
    let hub = portal.approved_organisation("The Hub");
    let signatory = portal.signatory_of(&hub.organisation);
    let draft = portal.written_pledge(&hub.organisation, &hub.lead);
    let mut visitor = portal.visitor();
    assert_eq!(visitor.ask(&format!("/verify/{}", draft.code)).status, 404);
    portal.sign(&hub.organisation, &draft, &signatory, youth_charter::charter::Capacity::Governance);
    portal.sign(&hub.organisation, &draft, &hub.lead, youth_charter::charter::Capacity::Delivery);
    let pledge = portal.read(|conn| Pledge::in_force_of(conn, hub.organisation.id)).expect("both have signed");

    let typed = pledge.code.to_lowercase();
    visitor.visit("/verify").fill("Code", &format!(" {typed} ")).press("Check").sees("it stands today").sees("The Hub");
    visitor.visit("/directory/the-hub").sees("Pledged to the Youth Charter").follow("Check this pledge");
    portal.lapse_pledges();
    visitor.visit(&format!("/verify/{}", pledge.code)).sees("does not stand any more");
    portal.read_all_letters();
}

#[test]
fn an_unknown_code_is_kept_to_be_put_right() {
    let portal = spawn_portal();
    let mut visitor = portal.visitor();
    visitor.visit("/verify").press("Check");
    assert_eq!(visitor.error_beside("Code"), "Enter a code, like PL-7K3M9QXZ");
    visitor.visit("/verify/PL-22222222").sees("We do not know this code");
    assert_eq!((visitor.status(), visitor.value_of("Code")), (404, "PL-22222222".to_owned()));
}
