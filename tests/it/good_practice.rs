//! Good practice is offered once an endorsement is in force, shared in the organisation's own words, read by anyone,
//! and gone when it is taken back or the endorsement does not stand.

use diesel::prelude::*;
use youth_charter::db::schema::{endorsements, good_practices};
use youth_charter::quality::Assessment;
use youth_charter::reminders::do_what_is_due;
use youth_charter::review::{Finding, Outcome};

use crate::harness::{NewOrganisation, RunningPortal, spawn_portal};
use crate::review::{as_independent, find_all_in, taken};

const MARKS: &str = "/organisations/the-hub/good-practice";
const WORDS: &str = "Two young people meet everyone at the door.";
const HOW: &str = "How do you do it?";

/// Endorsed, with good practice in everything.
fn endorsed_with_marks(portal: &RunningPortal, of: &NewOrganisation) {
    let (review, rae) = taken(portal, of);
    find_all_in(portal, &rae, &review, Finding::GoodPractice);
    let made =
        as_independent(portal, &rae, &review, |act, by| review.recommend(act, by, Outcome::Emerging, "As found"));
    made.expect("it is theirs").expect("everything was looked at");
    let dee = portal.decider();
    let decided = as_independent(portal, &dee, &review, |act, by| review.decide(act, by, Outcome::Emerging, "Good"));
    decided.expect("it can be decided");
    portal.read_all_letters();
    do_what_is_due(&portal.inside).expect("it is done");
}

#[test]
fn it_is_offered_shared_read_and_taken_back() {
    let portal = spawn_portal();
    let mut hub = portal.approved_organisation("The Hub");
    hub.lead.visit(MARKS).sees("When a reviewer finds something that others can learn from");
    endorsed_with_marks(&portal, &hub);
    let marks = portal.read(|conn| Ok(good_practices::table.count().get_result::<i64>(conn)?));
    assert!(marks > 10, "{marks}");
    do_what_is_due(&portal.inside).expect("it is done");
    assert_eq!(portal.read(|conn| Ok(good_practices::table.count().get_result::<i64>(conn)?)), marks, "offered once");

    hub.lead.visit(MARKS).sees("Not shared").sees("a note about it");
    portal.visitor().visit("/good-practice").sees("Nothing is shared here yet");
    let mark = format!(
        "{MARKS}/{}",
        portal.read(|conn| {
            let of_welcome = good_practices::table.filter(good_practices::indicator_id.eq("exp-welcome-first-visit"));
            Ok(of_welcome.select(good_practices::id).first::<String>(conn)?)
        })
    );
    hub.lead.visit(&mark).press("Share it");
    assert_eq!(
        hub.lead.problems(),
        ["Say in a few sentences how you do it", "Tick the box to agree that anyone may read it"]
    );
    hub.lead.fill(HOW, WORDS).press("Share it");
    assert_eq!(hub.lead.value_of(HOW), WORDS);
    hub.lead.tick("Anyone may read this with our organisation’s name").press("Share it");
    hub.lead.sees("Others can read it now").sees("Shared");
    portal.visitor().visit("/good-practice").sees("1 example").sees(WORDS).sees("The Hub");
    portal.visitor().visit("/good-practice?area=experiences").sees(WORDS);
    portal.visitor().visit("/good-practice?area=practice").does_not_see(WORDS);
    portal.visitor().visit("/good-practice?area=nonsense&page=-3").sees(WORDS);

    // Beside the question of another organisation, and not beside one's own.
    let mut other = portal.approved_organisation("Elsewhere");
    portal.act_as(&other.lead, |act| Assessment::begin(act, other.organisation.id));
    let welcome = "quality/indicators/exp-welcome-first-visit";
    other.lead.visit(&format!("/organisations/elsewhere/{welcome}")).sees("Who does this well").sees(WORDS);
    other.lead.visit("/organisations/elsewhere/quality/indicators/exp-feel-safe").does_not_see("Who does this well");
    hub.lead.visit(&format!("/organisations/the-hub/{welcome}")).does_not_see("Who does this well");
    assert_eq!(other.lead.ask(&mark).status, 404);
    let asha = portal.practitioner_of(&hub.organisation);
    assert_eq!(portal.signed_in(asha.account()).ask(&mark).status, 403, "a lead agrees for the organisation");

    hub.lead.visit(&mark).press("Take it back").sees("Nobody else can read it now").sees("Taken back");
    portal.visitor().visit("/good-practice").does_not_see(WORDS);
    other.lead.visit(&format!("/organisations/elsewhere/{welcome}")).does_not_see(WORDS);
    assert_eq!(hub.lead.send(&format!("{mark}/withdrawal"), &[]).status, 409);
}

#[test]
fn what_rests_on_an_endorsement_that_ended_is_not_shown() {
    let portal = spawn_portal();
    let mut hub = portal.approved_organisation("The Hub");
    endorsed_with_marks(&portal, &hub);
    let first: String = portal.read(|conn| Ok(good_practices::table.select(good_practices::id).first(conn)?));
    hub.lead.visit(&format!("{MARKS}/{first}")).fill(HOW, WORDS);
    hub.lead.tick("Anyone may read this with our organisation’s name").press("Share it");
    portal.visitor().visit("/good-practice").sees(WORDS);
    portal.read(|conn| {
        diesel::update(endorsements::table).set(endorsements::state.eq("lapsed")).execute(conn)?;
        Ok(())
    });
    portal.visitor().visit("/good-practice").does_not_see(WORDS);
    hub.lead.visit(MARKS).sees("When a reviewer finds something");
}
