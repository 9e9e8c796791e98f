//! The trail of one endorsement, told as a story.

use youth_charter::organisations::{Engagement, MembershipRole};
use youth_charter::review::{Contested, Interest, JudgedStep};

use super::appeals::{answer, lodge};
use super::standing::judge;
use super::*;
use crate::harness::spawn_portal;

#[test]
fn the_story_of_an_endorsement_says_who_did_what_and_why_from_the_first_answer_on() {
    let portal = spawn_portal();
    let (hub, club) = (portal.approved_organisation("The Hub"), portal.approved_organisation("The Club"));
    let assessment = submitted(&portal, &hub);
    let (ann, rae) = (portal.with_role("Ann Aside", Role::Reviewer), portal.reviewer());
    let take = |who: &Person| {
        portal.act_as(who, |act| {
            let now = Assessment::find(act.conn, assessment.id)?;
            let by = Independence::establish(act.conn, who.account().id, &now, act.at)?;
            Review::take(act, &now, by)
        })
    };
    take(&ann);
    portal.act_as(&ann, |act| Interest::declare(act, ann.account().id, &hub.organisation, "My sister’s secret"));
    let review = take(&rae);
    find_all_in(&portal, &rae, &review, Finding::Agreed);
    as_independent(&portal, &rae, &review, |act, by| review.recommend(act, by, Outcome::Established, "Well evidenced"))
        .expect("it is theirs")
        .expect("all was looked at");
    let (mut dee, dan) = (portal.decider(), portal.with_role("Dan Decider", Role::Decider));
    let endorsement = as_independent(&portal, &dee, &review, |act, by| {
        review.decide(act, by, Outcome::Established, "Safe and heard")
    })
    .expect("it was recommended")
    .expect("a level");
    judge(&portal, &dee, &endorsement, JudgedStep::Suspend).expect("it stands");
    let appeal = lodge(&portal, &hub, Contested::Endorsement);
    answer(&portal, &dan, &appeal, true).expect("it waits");
    endorsed(&portal, &club, Outcome::Emerging);
    portal.read_all_letters();

    dee.visit("/review/endorsements").follow("The Hub").follow("Read its whole story");
    let story = dee.reads();
    let mut rest = story.as_str();
    for told in [
        "worked on the answers and the evidence:",
        "sent it to be reviewed",
        "Ann Aside took it",
        "because the reviewer had a tie",
        "Rae Reviewer took it",
        "Rae Reviewer wrote down",
        "Rae Reviewer recommended: Established Well evidenced",
        "Dee Decider decided: Established Safe and heard",
        "Dee Decider gave the endorsement",
        "Dee Decider suspended the endorsement For a reason",
        "appealed It was overlooked",
        "Dan Decider upheld the appeal As we see it",
        "in force again, after the appeal",
    ] {
        let at = rest.find(told).unwrap_or_else(|| dee.fail(format!("“{told}” is not told next")));
        rest = &rest[at + told.len()..];
    }
    dee.does_not_see("secret").does_not_see("The Club");
    let address = format!("/review/endorsements/{}/story", endorsement.id);
    let mut steward = portal.steward();
    steward.visit("/vrp/organisations/the-hub").follow("Read the story of its endorsement").sees("Safe and heard");
    let tied = portal.member_of(&hub.organisation, MembershipRole::Viewer, Engagement::Trustee).0;
    for mut person in [portal.promoted(&tied, Role::Decider), portal.same_person(&rae)] {
        assert_eq!(person.ask(&address).status, 403);
    }
    portal.read_all_letters();
}
