//! Each tie keeps somebody out, for as long as it counts; and who gets one while they review loses the case at once.

use chrono::Months;
use youth_charter::affiliations::{Affiliation, Asked, ask_to_join, mark_umbrella};
use youth_charter::audit::latest_entries;
use youth_charter::organisations::{Engagement, Member, MembershipRole, Organisation};
use youth_charter::reminders::do_what_is_due;
use youth_charter::review::{Interest, Tie, Ties};

use super::*;
use crate::harness::spawn_portal;

#[test]
fn a_tie_that_is_over_counts_for_two_years_more() {
    let portal = spawn_portal().at_noon();
    let hub = portal.approved_organisation("The Hub");
    let assessment = submitted(&portal, &hub);
    let (left, _) = portal.member_of(&hub.organisation, MembershipRole::Practitioner, Engagement::Paid);
    let left = portal.promoted(&left, Role::Reviewer);
    portal.act(|act| {
        let member = Member::of_account(act.conn, hub.organisation.id, left.account().id)?.expect("they belong to it");
        member.membership.end(act).map(drop)
    });
    let declared = portal.with_role("Dot Declared", Role::Reviewer);
    let interest = declare(&portal, &declared, &hub.organisation);
    portal.act_as(&declared, |act| interest.withdraw(act));
    let withdrawn_twice = portal.try_act(declared.actor(), |act| interest.withdraw(act));
    assert!(matches!(withdrawn_twice, Err(Error::Conflict)));

    pass_months(&portal, 23);
    for (person, tie) in [(&left, Tie::WasMember), (&declared, Tie::WasDeclared)] {
        assert_eq!(tie_of(&portal, person, &hub.organisation), Some(tie));
        turned_away(&portal, &mut portal.signed_in_with_two_steps(person.account()), &assessment);
    }
    pass_months(&portal, 2);
    for person in [&left, &declared] {
        assert_eq!(tie_of(&portal, person, &hub.organisation), None);
        let mut person = portal.signed_in_with_two_steps(person.account());
        person.visit("/review").follow("The Hub").sees("Take this review");
    }
    portal.read_all_letters();
}

#[test]
fn the_programme_says_how_long_a_tie_counts() {
    let portal = spawn_portal().at_noon();
    let hub = portal.approved_organisation("The Hub");
    let rae = portal.reviewer();
    let interest = declare(&portal, &rae, &hub.organisation);
    portal.act_as(&rae, |act| interest.withdraw(act));
    let mut steward = portal.steward();
    steward.visit("/vrp/programme").fill("How many months does a tie count after it is over?", "0").press("Save");
    assert_eq!(
        steward.error_beside("How many months does a tie count after it is over?"),
        "How long a tie counts must be a whole number of months from 1 to 60"
    );
    steward.fill("How many months does a tie count after it is over?", "6").press("Save").sees("is saved");
    pass_months(&portal, 5);
    assert_eq!(tie_of(&portal, &rae, &hub.organisation), Some(Tie::WasDeclared));
    pass_months(&portal, 2);
    assert_eq!(tie_of(&portal, &rae, &hub.organisation), None);
    let mut rae = portal.signed_in_with_two_steps(rae.account());
    rae.visit("/review/interests").sees("My sister is its treasurer").sees("Over: it counted until");
}

#[test]
fn nobody_judges_an_organisation_under_their_own_umbrella() {
    let portal = spawn_portal();
    let (hub, club) = (portal.approved_organisation("The Hub"), portal.approved_organisation("The Club"));
    let body = portal.approved_organisation("Clubs of the County");
    let other = portal.approved_organisation("Elsewhere");
    portal.act(|act| mark_umbrella(act, &body.organisation));
    let consents = [&hub, &club].map(|of| {
        portal.act(|act| {
            let asked = ask_to_join(act, &body.organisation, &of.organisation, "You are ours")?;
            let Asked::Done(affiliation) = asked else { panic!("it was never asked") };
            affiliation.consent(act, &of.organisation)?;
            Ok(affiliation)
        })
    });
    let (assessment, elsewhere) = (submitted(&portal, &hub), submitted(&portal, &other));
    let of_body = portal.promoted(&portal.viewer_of(&body.organisation), Role::Reviewer);
    let of_club = portal.promoted(&portal.viewer_of(&club.organisation), Role::Reviewer);
    portal.read_all_letters();
    for person in [&of_body, &of_club] {
        assert_eq!(tie_of(&portal, person, &hub.organisation), Some(Tie::SameUmbrella));
        let mut person = portal.same_person(person);
        turned_away(&portal, &mut person, &assessment);
        person.visit("/review").sees("you belong to the same umbrella body").follow("Elsewhere");
        person
            .sees("Take this review")
            .visit("/review/interests")
            .sees("The Hub: you belong to the same umbrella body");
    }
    assert_eq!(tie_of(&portal, &of_club, &body.organisation), Some(Tie::SameUmbrella));
    assert_eq!(tie_of(&portal, &of_club, &other.organisation), None);
    let withdraw = |consent: &Affiliation, of: &NewOrganisation| {
        let now = portal.read(|conn| Affiliation::find_of(conn, of.organisation.id, consent.id));
        portal.act(|act| now.withdraw(act, &of.organisation));
    };
    withdraw(&consents[0], &hub);
    assert_eq!(tie_of(&portal, &of_club, &hub.organisation), None, "it is under it no longer");
    assert_eq!(elsewhere.organisation_id, other.organisation.id);
    portal.read_all_letters();
}

#[test]
fn a_decider_with_a_declared_tie_sees_neither_evidence_nor_decision() {
    let portal = spawn_portal();
    let hub = portal.approved_organisation("The Hub");
    let hubs = begun(&portal, &hub);
    let evidence = add_pdf(&portal, &hub.lead, &hubs);
    portal.hand_in(&hub.organisation, &hub.lead, &hubs);
    let (rae, mut dee) = (portal.reviewer(), portal.decider());
    declare(&portal, &dee, &hub.organisation);
    portal.act_as(&rae, |act| {
        let assessment = Assessment::find(act.conn, hubs.id)?;
        let by = Independence::establish(act.conn, rae.account().id, &assessment, act.at)?;
        Review::take(act, &assessment, by)
    });
    find_all(&portal, &rae, &hubs, Finding::Agreed);
    let review = portal.read(|conn| Review::of_assessment(conn, hubs.id)).expect("it was taken");
    let made = as_independent(&portal, &rae, &review, |act, by| review.recommend(act, by, Outcome::Emerging, "Good"));
    made.expect("it is theirs").expect("all was looked at");
    assert!(portal.letters_to(dee.email()).is_empty(), "nobody with a tie is asked to decide");
    portal.read_all_letters();
    dee.visit("/review/decisions").sees("You have a tie to this organisation (you declared it)");
    for part in [format!("/evidence/{}", evidence.id), "/decision".to_owned()] {
        assert_eq!(dee.ask(&format!("{}{part}", desk(&hubs))).status, 403, "{part}");
    }
    let decision = [("outcome", "excelling"), ("reasons", "Mine")];
    assert_eq!(dee.send(&format!("{}/decision", desk(&hubs)), &decision).status, 403);
}

#[test]
fn who_declares_a_tie_loses_the_case_at_once() {
    let portal = spawn_portal();
    let hub = portal.approved_organisation("The Hub");
    let (review, mut rae) = taken(&portal, &hub);
    find_all_in(&portal, &rae, &review, Finding::NotYet);
    rae.visit("/review").follow("Your ties to organisations").sees("You have declared none");
    rae.follow("Declare a tie").fill("Which organisation is it to?", "nobody").press("Search");
    rae.sees("No organisation found").fill("Which organisation is it to?", "hub").press("Search").follow("The Hub");
    rae.press("Declare this tie");
    assert_eq!(rae.error_beside("What is your tie?"), "Say in a few words what your tie is");
    rae.fill("What is your tie?", "My sister is its treasurer").press("Declare this tie");
    rae.sees("Your review of this organisation has gone back into the queue").sees("My sister is its treasurer");

    let assessment = portal.read(|conn| Assessment::find(conn, review.assessment_id));
    assert_eq!(assessment.state(), AssessmentState::Submitted);
    assert!(portal.read(|conn| Review::of_assessment(conn, assessment.id)).is_none());
    let letter = portal.letter_to(hub.lead.email());
    assert!(letter.subject.starts_with("Another reviewer will read"), "{}", letter.subject);
    assert!(!letter.text.contains("sister"));
    assert_eq!(portal.letter_to(rae.email()).subject, "You do not review The Hub any more");
    turned_away(&portal, &mut rae, &assessment);
    let trail = portal.read(|conn| latest_entries(conn, hub.organisation.id, 5));
    let back = trail.iter().find(|entry| entry.verb == "review given back").expect("it is in the trail");
    assert!(back.details.contains("\"because\":\"tie\""), "{}", back.details);
    assert!(
        trail.iter().all(|entry| entry.verb != "tie declared"),
        "what a reviewer declares is not the organisation’s"
    );

    let mut ren = portal.with_role("Ren Reviewer", Role::Reviewer);
    ren.visit("/review").follow("The Hub").tick("I know of no reason why I could not be fair to The Hub");
    ren.press("Take this review").sees("0 of");
    portal.read_all_letters();

    let again = [("words", "My sister is its treasurer")];
    assert_eq!(rae.send("/review/interests/new/the-hub", &again).status, 303);
    rae.visit("/review/interests").sees("You had declared this tie already");
    rae.follow("This tie is over").sees("counts on for 24 months").press("Yes, it is over");
    rae.sees("Your tie is over").sees("Over: it counts until");
    let withdrawal = portal.read(|conn| Interest::all_of(conn, rae.account().id)).remove(0).0.id;
    assert_eq!(rae.ask(&format!("/review/interests/{withdrawal}/withdrawal")).status, 404);
    assert_eq!(ren.ask(&format!("/review/interests/{withdrawal}/withdrawal")).status, 404, "it is hers");
}

#[test]
fn who_joins_the_organisation_loses_the_case_with_the_reminders_of_the_day() {
    let portal = spawn_portal();
    let hub = portal.approved_organisation("The Hub");
    let (review, rae) = recommended(&portal, &hub, Outcome::Excelling);
    portal.enrol(&rae, &hub.organisation, MembershipRole::Viewer, Engagement::Volunteer);
    let done = do_what_is_due(&portal.inside).expect("what is due is done");
    assert_eq!(done.reviews_given_back, 1);
    assert_eq!(do_what_is_due(&portal.inside).expect("again").reviews_given_back, 0);
    assert_given_back(&portal, &review);
}

#[test]
fn or_at_the_next_opening() {
    let portal = spawn_portal();
    for (name, opening) in [("The Hub", "queue"), ("The Club", "desk"), ("The Den", "decision")] {
        let hub = portal.approved_organisation(name);
        let (review, mut rae) = recommended(&portal, &hub, Outcome::Excelling);
        let mut dee = portal.with_role(&format!("Dee of {name}"), Role::Decider);
        portal.enrol(&rae, &hub.organisation, MembershipRole::Viewer, Engagement::Volunteer);
        let decided = as_independent(&portal, &dee, &review, |act, by| {
            review.decide(act, by, Outcome::Excelling, "Fine").map(drop)
        });
        assert!(matches!(decided, Err(Error::Conflict)), "nothing rests on the word of a member: {decided:?}");
        let here = format!("/review/assessments/{}", review.assessment_id);
        match opening {
            "queue" => assert_eq!(rae.visit("/review").sees("You have a tie to this organisation").status(), 200),
            "desk" => assert_eq!(rae.ask(&here).status, 403),
            _ => assert_eq!(dee.ask(&format!("{here}/decision")).status, 404, "there is no review to decide on"),
        }
        assert_given_back(&portal, &review);
        assert_eq!(count_endorsements(&portal), 0);
    }
}

#[track_caller]
fn assert_given_back(portal: &RunningPortal, review: &Review) {
    let assessment = portal.read(|conn| Assessment::find(conn, review.assessment_id));
    assert_eq!(assessment.state(), AssessmentState::Submitted);
    assert!(portal.read(|conn| Review::of_assessment(conn, assessment.id)).is_none());
    portal.read_all_letters();
}

fn declare(portal: &RunningPortal, person: &Person, organisation: &Organisation) -> Interest {
    let me = person.account().id;
    portal.act_as(person, |act| Interest::declare(act, me, organisation, "My sister is its treasurer"));
    portal.read(|conn| Interest::all_of(conn, me)).remove(0).0
}

fn tie_of(portal: &RunningPortal, person: &Person, organisation: &Organisation) -> Option<Tie> {
    let now = portal.inside.clock.now();
    portal.read(|conn| Ties::of(conn, person.account().id, now)).to(organisation.id)
}

fn pass_months(portal: &RunningPortal, months: u32) {
    let now = portal.inside.clock.now();
    portal.advance(now.checked_add_months(Months::new(months)).expect("a time") - now);
}
