//! Who reviews what: given by an administrator, handed over by whoever has it; and the days that are spoken of.

use chrono::Duration;
use youth_charter::accounts::withdraw_role;
use youth_charter::affiliations::{Asked, ask_to_join, mark_umbrella};
use youth_charter::ids::AccountId;
use youth_charter::organisations::{Engagement, MembershipRole};
use youth_charter::reminders::do_what_is_due;
use youth_charter::review::{Interest, Ties, people_tied_to};

use super::*;
use crate::harness::spawn_portal;

#[test]
fn an_administrator_gives_a_review_to_whoever_is_free() {
    let portal = spawn_portal().at_noon();
    let (hub, club) = (portal.approved_organisation("The Hub"), portal.approved_organisation("The Club"));
    let assessment = submitted(&portal, &hub);
    let (_, busy) = taken(&portal, &club);
    let (mut free, mut steward) = (portal.with_role("Fay Free", Role::Reviewer), portal.steward());
    let tied = portal.promoted(&portal.viewer_of(&hub.organisation), Role::Reviewer);
    portal.read_all_letters();

    steward.visit("/vrp").follow("Assessments waiting for a reviewer: 1").sees("Who reviews what");
    steward.sees(&format!("{}: 1 review now", busy.name())).sees("Fay Free: no review now").follow("The Hub");
    steward.sees("One reviewer has a tie to it").does_not_see(tied.name()).sees("Has no review now: suggested");
    steward.press("Give them the review");
    assert_eq!(steward.error_beside("Which reviewer?"), "Select a reviewer");
    assert_eq!(steward.error_beside("Your reason"), "Give your reason");
    steward
        .choose("Which reviewer?", "Fay Free")
        .fill("Your reason", "You know the county")
        .press("Give them the review");
    steward.sees("The review is given to them");
    let due = youth_charter::clock::say_day(portal.today() + Duration::days(42));
    let letter = portal.letter_to(free.email());
    assert!(letter.text.contains("You know the county") && letter.text.contains(&due), "{}", letter.text);
    assert!(portal.letter_to(hub.lead.email()).text.contains("Fay Free"));
    free.visit("/review").sees(&format!("Recommend by {due}")).follow("The Hub").sees("0 of");
    let review = portal.read(|conn| Review::of_assessment(conn, assessment.id)).expect("it is given");
    assert_eq!(review.reviewer_id, free.account().id);

    // Nobody is given what they have a tie to, nor by someone who has one.
    let address = format!("/vrp/reviews/{}", assessment.id);
    for (to, status) in [(tied.account().id, 403), (steward.account().id, 403), (free.account().id, 409)] {
        assert_eq!(steward.send(&address, &[("reviewer", &to.to_string()), ("reason", "So")]).status, status);
    }
    let mut own = portal.promoted(&portal.viewer_of(&hub.organisation), Role::Steward);
    own.visit("/vrp/reviews").sees("another administrator gives it to somebody");
    assert_eq!(own.ask(&address).status, 403);
    let busy_id = busy.account().id.to_string();
    assert_eq!(own.send(&address, &[("reviewer", &busy_id), ("reason", "So")]).status, 403);
    portal.read_all_letters();
}

#[test]
fn a_review_is_handed_over_with_what_was_found_and_whoever_had_it_does_not_decide() {
    let portal = spawn_portal();
    let hub = portal.approved_organisation("The Hub");
    let (review, mut rae) = taken(&portal, &hub);
    let mut ren = portal.with_role("Ren Reviewer", Role::Reviewer);
    let here = format!("/review/assessments/{}", review.assessment_id);
    find_all_in(&portal, &rae, &review, Finding::AgreedWithAdvice);
    assert_eq!(ren.ask(&format!("{here}/hand-over")).status, 403, "it is not theirs");
    rae.visit(&here).follow("Hand it over").choose("Which reviewer?", "Ren Reviewer");
    rae.fill("Your reason", "I am on leave").press("Give them the review").sees("The review is handed over");
    assert!(portal.letter_to(ren.email()).text.contains("Someone else has begun it"));
    assert!(portal.letter_to(hub.lead.email()).text.contains("Ren Reviewer"));
    ren.visit("/review").follow("The Hub").sees("We agree, with advice").follow("Recommend");
    ren.choose("What do you recommend?", "Emerging").fill("Your reasons", "As found").press("Send");
    assert_eq!(rae.send(&format!("{here}/changes"), &[("change-exp-feel-safe", "More")]).status, 403);

    // An administrator cannot hand over what is recommended; and the first reviewer does not decide.
    let steward = portal.steward();
    let now = portal.read(|conn| Review::find(conn, review.id));
    let late = as_independent(&portal, &steward, &now, |act, by| now.hand_over(act, by, rae.account().id, "Late"));
    assert!(matches!(late, Err(Error::Conflict)), "{late:?}");
    let rae = portal.promoted(&rae, Role::Decider);
    let mut rae_decides = portal.same_person(&rae);
    rae_decides.visit("/review/decisions").sees("You had this review before: someone else decides");
    assert_eq!(rae_decides.ask(&format!("{here}/decision")).status, 403);
    let decided =
        as_independent(&portal, &rae, &now, |act, by| now.decide(act, by, Outcome::Emerging, "Mine").map(drop));
    assert!(matches!(decided, Err(Error::NotAllowed)), "{decided:?}");
    let mut dee = portal.decider();
    dee.visit("/review/decisions").sees("Decide by").follow("The Hub").choose("What do you decide?", "Emerging");
    dee.fill("Your reasons", "The basics are there").press("Decide").sees("The decision is made");
    portal.read_all_letters();
}

#[test]
fn a_review_goes_to_reviewers_without_a_tie_only() {
    let portal = spawn_portal();
    let hub = portal.approved_organisation("The Hub");
    let (review, rae) = taken(&portal, &hub);
    let tied = portal.promoted(&portal.viewer_of(&hub.organisation), Role::Reviewer);
    let (dee, ren) = (portal.decider(), portal.with_role("Ren Reviewer", Role::Reviewer));
    for (to, allowed) in [(&tied, "NotAllowed"), (&dee, "NotAllowed"), (&rae, "Conflict")] {
        let outcome =
            as_independent(&portal, &rae, &review, |act, by| review.hand_over(act, by, to.account().id, "So"));
        assert!(format!("{outcome:?}").contains(allowed), "{}: {outcome:?}", to.name());
    }
    let by_another = as_independent(&portal, &ren, &review, |act, by| {
        review.hand_over(act, by, ren.account().id, "I would like it")
    });
    assert!(matches!(by_another, Err(Error::NotAllowed)), "nobody takes what is another’s: {by_another:?}");
    assert_eq!(portal.read(|conn| Review::find(conn, review.id)).reviewer_id, rae.account().id);
    portal.read_all_letters();
}

#[test]
fn a_day_that_is_near_or_past_is_spoken_of_once() {
    let portal = spawn_portal().at_noon();
    let hub = portal.approved_organisation("The Hub");
    let (steward, dee) = (portal.steward(), portal.decider());
    let (review, rae) = taken(&portal, &hub);
    portal.advance(Duration::days(34));
    assert_eq!(spoken_of(&portal), 0, "eight days before");
    portal.advance(Duration::days(1));
    assert_eq!((spoken_of(&portal), spoken_of(&portal)), (1, 0));
    assert!(portal.letter_to(rae.email()).subject.starts_with("A review of yours is due by"));
    portal.advance(Duration::days(8));
    assert_eq!((spoken_of(&portal), spoken_of(&portal)), (1, 0));
    assert!(portal.letter_to(rae.email()).subject.starts_with("A review of yours is late"));
    assert_eq!(portal.letter_to(steward.email()).subject, "The Hub waits longer than it should");
    let mut steward = portal.signed_in_with_two_steps(steward.account());
    steward.visit("/vrp/reviews").sees("Recommend by");

    find_all_in(&portal, &rae, &review, Finding::Agreed);
    as_independent(&portal, &rae, &review, |act, by| review.recommend(act, by, Outcome::Emerging, "As found"))
        .expect("it is theirs")
        .expect("all was looked at");
    portal.read_all_letters();
    portal.advance(Duration::days(7));
    assert_eq!((spoken_of(&portal), spoken_of(&portal)), (1, 0));
    assert!(portal.letter_to(dee.email()).subject.starts_with("A decision is due by"));
    portal.advance(Duration::days(8));
    assert_eq!((spoken_of(&portal), spoken_of(&portal)), (1, 0));
    assert!(portal.letter_to(dee.email()).subject.starts_with("A decision is late"));
    assert_eq!(portal.letter_to(steward.email()).subject, "The Hub waits longer than it should");
    portal.read_all_letters();
}

#[test]
fn while_the_organisation_changes_its_answers_nobody_is_reminded() {
    let portal = spawn_portal().at_noon();
    let hub = portal.approved_organisation("The Hub");
    let (review, rae) = taken(&portal, &hub);
    let asked = [(IndicatorId::from("exp-feel-safe"), "Say more".to_owned())];
    as_independent(&portal, &rae, &review, |act, by| review.ask_for_changes(act, by, &asked)).expect("it is theirs");
    portal.advance(Duration::days(100));
    assert_eq!(spoken_of(&portal), 0);
    portal.read_all_letters();
}

#[test]
fn who_is_no_reviewer_any_more_gives_the_case_back() {
    let portal = spawn_portal();
    let hub = portal.approved_organisation("The Hub");
    let (review, rae) = taken(&portal, &hub);
    find_all_in(&portal, &rae, &review, Finding::Agreed);
    portal.act(|act| withdraw_role(act, rae.account().id, Role::Reviewer));
    let given_back = || do_what_is_due(&portal.inside).expect("what is due is done").reviews_given_back;
    assert_eq!((given_back(), given_back()), (1, 0));
    let assessment = portal.read(|conn| Assessment::find(conn, review.assessment_id));
    assert_eq!(assessment.state(), AssessmentState::Submitted);
    assert!(portal.letters_about(hub.lead.email(), "Another reviewer will read").len() == 1);
    portal.read_all_letters();
}

#[test]
fn who_is_tied_to_an_organisation_is_the_same_asked_from_either_side() {
    let portal = spawn_portal();
    let names = ["The Hub", "The Club", "The County", "Elsewhere"];
    let bodies = names.map(|name| portal.approved_organisation(name));
    portal.act(|act| mark_umbrella(act, &bodies[2].organisation));
    for member in &bodies[..2] {
        portal.act(|act| {
            let Asked::Done(asked) = ask_to_join(act, &bodies[2].organisation, &member.organisation, "You are ours")?
            else {
                panic!("it was never asked")
            };
            asked.consent(act, &member.organisation)
        });
    }
    let mut people: Vec<Person> = bodies
        .iter()
        .map(|body| portal.member_of(&body.organisation, MembershipRole::Viewer, Engagement::Trustee).0)
        .collect();
    people.push(portal.signed_up("Dot Declared"));
    let dot = people[4].account().id;
    portal.act_as(&people[4], |act| Interest::declare(act, dot, &bodies[3].organisation, "A friend leads it"));
    let now = portal.inside.clock.now();
    let mut ties = 0;
    for body in &bodies {
        let tied = portal.read(|conn| people_tied_to(conn, body.organisation.id, now));
        for person in &people {
            let id: AccountId = person.account().id;
            let theirs = portal.read(|conn| Ties::of(conn, id, now)).to(body.organisation.id);
            assert_eq!(tied.get(&id).copied(), theirs, "{} and {}", person.name(), body.organisation.name);
            ties += usize::from(theirs.is_some());
        }
    }
    assert_eq!(ties, 11, "three by three under the umbrella, and one each elsewhere");
    portal.read_all_letters();
}

fn spoken_of(portal: &RunningPortal) -> usize {
    do_what_is_due(&portal.inside).expect("what is due is done").reviews_spoken_of
}
