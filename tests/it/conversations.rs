//! A year and two years after an endorsement its organisation and the VRP talk; before it ends the leads are told.

use chrono::{Days, Duration, Months};
use diesel::prelude::*;
use youth_charter::db::schema::learning_conversations;
use youth_charter::reminders::do_what_is_due;
use youth_charter::review::Outcome;

use crate::harness::{RunningPortal, spawn_portal};
use crate::review::endorsed;

fn due(portal: &RunningPortal) {
    do_what_is_due(&portal.inside).expect("it is done");
}

#[test]
fn after_a_year_they_are_invited_prepare_talk_and_read_what_was_noted() {
    let portal = spawn_portal().at_noon();
    let hub = portal.approved_organisation("The Hub");
    let endorsement = endorsed(&portal, &hub, Outcome::Established);
    due(&portal);
    let count = || portal.read(|conn| Ok(learning_conversations::table.count().get_result::<i64>(conn)?));
    assert_eq!(count(), 0);
    let nearly = endorsement.starts_on + Months::new(11);
    portal.advance(nearly - portal.today());
    due(&portal);
    due(&portal);
    assert_eq!(count(), 1);
    let told = portal.letters_about(hub.lead.email(), "Shall we talk about how it goes?");
    assert_eq!(told.len(), 1, "{told:#?}");
    let (mut lead, mut rae) = (portal.signed_in(hub.lead.account()), portal.reviewer());
    lead.visit(&told[0].link()).sees("One year after your endorsement").press("Save");
    assert_eq!(
        lead.problems(),
        ["Say what has changed", "Say what you are proud of", "Say what is hard, or that nothing is"]
    );
    lead.fill("What has changed since you were endorsed?", "We moved to a bigger room.");
    lead.fill("What are you proud of?", "Young people run the welcome.");
    lead.fill("What is hard, and what would help?", "Thursdays.").press("Save").sees("Whoever talks with you reads it");

    rae.visit("/review").follow("Learning conversations with endorsed organisations").sees("They are ready");
    rae.follow("The Hub").sees("Young people run the welcome.").press("Note that you talked");
    assert_eq!(rae.problems(), ["Enter the day you talked", "Say what you both take from it"]);
    rae.fill_date("When did you talk?", portal.today() + Days::new(1));
    rae.fill("What do you both take from it?", "We put them in touch with Base 51.").press("Note that you talked");
    assert_eq!(rae.problems(), ["The day must be today or in the past"]);
    rae.fill_date("When did you talk?", portal.today()).press("Note that you talked").sees("Nothing is due");
    lead.visit(&told[0].link()).sees("We put them in touch with Base 51.").does_not_see("Before you talk");
    // What was noted does not change any more, and nobody else reads it.
    let again = [("changed", "x"), ("proud", "x"), ("hard", "x")];
    assert_eq!(lead.send(&told[0].link(), &again).status, 409);
    let mut stranger = portal.approved_organisation("Elsewhere").lead;
    assert_eq!(stranger.ask(&told[0].link()).status, 404);
    assert_eq!(stranger.ask("/review/conversations").status, 403);
    portal.advance(Duration::days(366));
    due(&portal);
    assert_eq!(count(), 2, "and once more after two years");
    portal.read_all_letters();
}

#[test]
fn a_year_half_a_year_and_three_months_before_the_end_the_leads_are_told_once_each() {
    let portal = spawn_portal().at_noon();
    let hub = portal.approved_organisation("The Hub");
    let endorsement = endorsed(&portal, &hub, Outcome::Established);
    let mut told = Vec::new();
    for months in [13, 12, 11, 6, 5, 3, 1] {
        portal.advance(endorsement.ends_on - Months::new(months) - portal.today());
        due(&portal);
        due(&portal);
        let letters = portal.letters_about(hub.lead.email(), "The endorsement of The Hub ends on").len();
        told.extend(std::iter::repeat_n(months, letters));
    }
    assert_eq!(told, [12, 6, 3]);
    portal.read_all_letters();
}
