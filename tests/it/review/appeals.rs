//! Appeals: within their time, once a decision, answered by people who had no part in it; and what comes of them.

use chrono::Duration;
use youth_charter::organisations::{Engagement, MembershipRole};
use youth_charter::programme::Programme;
use youth_charter::reminders::do_what_is_due;
use youth_charter::review::{
    Against, Appeal, AppealState, Contestable, Contested, Decision, EndorsementState, FreshEyes, JudgedStep, Tie, Ties,
};

use super::standing::{assert_folds, judge, now};
use super::*;
use crate::harness::spawn_portal;

#[test]
fn an_appeal_upheld_against_not_yet_brings_a_fresh_review_by_other_people() {
    let portal = spawn_portal().at_noon();
    let hub = portal.approved_organisation("The Hub");
    let (review, rae) = recommended(&portal, &hub, Outcome::NotYet);
    let dee = portal.decider();
    decide(&portal, &dee, &review, Outcome::NotYet);
    let letter = portal.letters_about(hub.lead.email(), "The outcome of your review").remove(0);
    let until = youth_charter::clock::say_day(portal.today() + Duration::days(28));
    assert!(letter.text.contains(&format!("you can appeal until {until}")), "{}", letter.text);
    let mut steward = portal.steward();
    portal.read_all_letters();

    let mut lead = portal.same_person(&hub.lead);
    lead.visit("/organisations/the-hub/quality/outcome").sees(&format!("until {until}")).follow("appeal");
    lead.sees("What you can appeal against")
        .follow("The decision not to endorse yet")
        .sees("As found")
        .press("Send the appeal");
    assert_eq!(lead.error_beside("Why is it not right?"), "Say why you think that it is not right");
    lead.fill("Why is it not right?", "Supervision was overlooked").press("Send the appeal");
    let target = youth_charter::clock::say_day(portal.today() + Duration::days(28));
    lead.sees("We have your appeal").sees(&format!("You should have an answer by {target}"));
    assert!(portal.letter_to(lead.email()).text.contains(&target), "the clock is shown to both sides");
    let waiting = portal.letter_to(steward.email());
    assert!(waiting.text.contains(&target));
    assert!(portal.letters_to(dee.email()).is_empty(), "who decided is not asked");
    let fields = [("grounds", "Again")];
    assert_eq!(lead.send("/organisations/the-hub/quality/appeals/decision", &fields).status, 303);
    lead.visit("/organisations/the-hub/quality/appeals").sees("you have appealed already");
    assert_eq!(appeals_of(&portal, &hub).len(), 1, "one appeal a decision");

    for mut person in [dee, portal.promoted(&rae, Role::Decider)] {
        person.visit("/review/appeals").sees("You had a part in the decision: someone else answers");
        let address = format!("/review/appeals/{}", appeals_of(&portal, &hub)[0].id);
        assert_eq!(person.ask(&address).status, 403);
        assert_eq!(person.send(&address, &[("answer", "upheld"), ("reasons", "Mine")]).status, 403);
    }
    steward.visit("/vrp").follow("Appeals to answer: 1").sees(&format!("Answer by {target}")).follow("The Hub");
    steward
        .sees("Supervision was overlooked")
        .sees("As found")
        .sees("What was decided: Not yet")
        .press("Answer the appeal");
    assert_eq!(steward.error_beside("What do you answer?"), "Select what you answer");
    steward.choose("What do you answer?", "Uphold the appeal").fill("Your reasons", "It was overlooked");
    steward.press("Answer the appeal").sees("The appeal is upheld").sees("No appeal waits");
    let letter = portal.letter_to(lead.email());
    assert_eq!(letter.subject, "Your appeal is upheld: The Hub");
    assert!(letter.text.contains("It was overlooked") && letter.text.contains("review your self-assessment afresh"));

    let assessment = portal.read(|conn| Assessment::find(conn, review.assessment_id));
    assert_eq!(assessment.state(), AssessmentState::Submitted);
    lead.visit("/organisations/the-hub/quality/outcome").sees("Your appeal against this decision was upheld");
    for person in [&rae, &steward] {
        let tie = tie_of(&portal, person, &hub);
        assert_eq!(tie, (person.name() == rae.name()).then_some(Tie::SetAside), "{}", person.name());
    }
    turned_away(&portal, &mut portal.same_person(&rae), &assessment);
    let ren = portal.with_role("Ren Reviewer", Role::Reviewer);
    let fresh = portal.act_as(&ren, |act| {
        let by = Independence::establish(act.conn, ren.account().id, &assessment, act.at)?;
        Review::take(act, &assessment, by)
    });
    assert_ne!(fresh.id, review.id);
    find_all_in(&portal, &ren, &fresh, Finding::Agreed);
    as_independent(&portal, &ren, &fresh, |act, by| fresh.recommend(act, by, Outcome::Established, "All there"))
        .expect("it is theirs")
        .expect("all was looked at");
    let dan = portal.with_role("Dan Decider", Role::Decider);
    decide(&portal, &dan, &fresh, Outcome::Established);
    let endorsement = portal.read(|conn| Endorsement::in_force_of(conn, hub.organisation.id)).expect("endorsed");
    assert_eq!(endorsement.review_id, Some(fresh.id));
    assert_folds(&portal, &endorsement);
    assert!(portal.read(|conn| Decision::on(conn, review.id)).is_some(), "the first decision is kept");
    portal.read_all_letters();
}

#[test]
fn an_appeal_against_a_suspension_or_a_revocation_undoes_it_or_leaves_it() {
    let portal = spawn_portal();
    let (dee, dan) = (portal.decider(), portal.with_role("Dan Decider", Role::Decider));
    for (judged, upheld, then) in [
        (JudgedStep::Suspend, true, EndorsementState::InForce),
        (JudgedStep::Suspend, false, EndorsementState::Suspended),
        (JudgedStep::Revoke, true, EndorsementState::InForce),
        (JudgedStep::Revoke, false, EndorsementState::Revoked),
    ] {
        let hub = portal.approved_organisation(&format!("{judged:?} {upheld}"));
        let endorsement = endorsed(&portal, &hub, Outcome::Established);
        judge(&portal, &dee, &endorsement, judged).expect("it stands");
        let appeal = lodge(&portal, &hub, Contested::Endorsement);
        assert!(
            matches!(answer(&portal, &dee, &appeal, true), Err(Error::NotAllowed)),
            "who suspended does not answer"
        );
        portal.read_all_letters();
        answer(&portal, &dan, &appeal, upheld).expect("it waits");
        assert!(matches!(answer(&portal, &dan, &appeal, !upheld), Err(Error::Conflict)), "answered once");
        assert_eq!(now(&portal, &endorsement).state(), then);
        assert_folds(&portal, &endorsement);
        let letter = portal.letter_to(hub.lead.email());
        assert_eq!(letter.subject.starts_with("Your appeal is upheld"), upheld, "{}", letter.subject);
        let state = if upheld { AppealState::Upheld } else { AppealState::NotUpheld };
        assert_eq!(appeals_of(&portal, &hub)[0].state(), state);
        let expected = if then == EndorsementState::InForce { "it stands today" } else { "not stand" };
        portal.visitor().visit(&format!("/verify/{}", endorsement.code)).sees(expected);
    }
}

#[test]
fn what_has_happened_since_an_appeal_was_sent_is_not_undone_by_it() {
    let portal = spawn_portal();
    let (dee, dan) = (portal.decider(), portal.with_role("Dan Decider", Role::Decider));
    let names = ["Revoked since", "Given again since", "Ended since", "Endorsed anew since"];
    let cases = names.map(|name| {
        let hub = portal.approved_organisation(name);
        let endorsement = endorsed(&portal, &hub, Outcome::Emerging);
        let judged = if name == names[0] { JudgedStep::Suspend } else { JudgedStep::Revoke };
        let judged = if name == names[1] { JudgedStep::Suspend } else { judged };
        judge(&portal, &dee, &endorsement, judged).expect("it stands");
        let appeal = lodge(&portal, &hub, Contested::Endorsement);
        (hub, endorsement, appeal)
    });
    judge(&portal, &dee, &cases[0].1, JudgedStep::Revoke).expect("it is suspended");
    judge(&portal, &dee, &cases[1].1, JudgedStep::Reinstate).expect("it is suspended");
    let anew = endorsed(&portal, &cases[3].0, Outcome::Established);
    answer(&portal, &dan, &cases[0].2, true).expect("it waits");
    assert_eq!(now(&portal, &cases[0].1).state(), EndorsementState::Revoked, "the revocation has an appeal of its own");
    answer(&portal, &dan, &cases[1].2, true).expect("it waits");
    assert_eq!(now(&portal, &cases[1].1).state(), EndorsementState::InForce);
    answer(&portal, &dan, &cases[3].2, true).expect("it waits");
    assert_eq!(now(&portal, &cases[3].1).state(), EndorsementState::Replaced, "there is one in force");
    assert_eq!(now(&portal, &anew).state(), EndorsementState::InForce);
    portal.advance(Duration::days((cases[2].1.ends_on - portal.today()).num_days() + 1));
    answer(&portal, &dan, &cases[2].2, true).expect("it waits");
    assert_eq!(now(&portal, &cases[2].1).state(), EndorsementState::Lapsed, "its time is over");
    cases.iter().for_each(|(_, endorsement, _)| assert_folds(&portal, endorsement));
    portal.read_all_letters();
}

#[test]
fn an_appeal_against_a_level_leaves_the_endorsement_in_force_meanwhile() {
    let portal = spawn_portal();
    let (hub, club) = (portal.approved_organisation("The Hub"), portal.approved_organisation("The Club"));
    let hoped_for = endorsed(&portal, &club, Outcome::Established);
    assert_eq!(hoped_for.level, youth_charter::quality::Level::Established);
    assert!(contestable(&portal, &club, Contested::Decision).is_none(), "they have what they hoped for");
    let (review, _) = recommended(&portal, &hub, Outcome::Emerging);
    let (dee, dan) = (portal.decider(), portal.with_role("Dan Decider", Role::Decider));
    decide(&portal, &dee, &review, Outcome::Emerging);
    assert!(portal.letters_about(hub.lead.email(), "is endorsed").remove(0).text.contains("you can appeal until"));
    let first = portal.read(|conn| Endorsement::in_force_of(conn, hub.organisation.id)).expect("endorsed");
    let appeal = lodge(&portal, &hub, Contested::Decision);
    assert_eq!(appeal.against, Against::Level);
    // They have begun another since: that one goes on, and others review it.
    let running = portal.act_as(&hub.lead, |act| Assessment::begin(act, hub.organisation.id));
    answer(&portal, &dan, &appeal, true).expect("it waits");
    assert_eq!(now(&portal, &first).state(), EndorsementState::InForce, "an appeal takes nothing away");
    assert_eq!(portal.read(|conn| Assessment::find(conn, running.id)).state(), AssessmentState::Draft);
    assert_eq!(portal.read(|conn| Assessment::find(conn, review.assessment_id)).state(), AssessmentState::Endorsed);
    assert_eq!(tie_of(&portal, &dee, &hub), Some(Tie::SetAside));
    portal.read_all_letters();
}

#[test]
fn an_appeal_comes_within_its_time_and_its_answer_is_asked_for_again_when_its_day_is_near() {
    let portal = spawn_portal().at_noon();
    let (hub, late) = (portal.approved_organisation("The Hub"), portal.approved_organisation("Late Club"));
    portal.act(|act| Programme { appeal_days: 10, appeal_answer_days: 20, ..Programme::now(act.conn)? }.set(act));
    let (dee, steward) = (portal.decider(), portal.steward());
    let tied = portal.promoted(&portal.viewer_of(&hub.organisation), Role::Steward);
    for of in [&hub, &late] {
        let (review, _) = recommended(&portal, of, Outcome::NotYet);
        decide(&portal, &dee, &review, Outcome::NotYet);
    }
    portal.read_all_letters();
    portal.advance(Duration::days(10));
    let appeal = lodge(&portal, &hub, Contested::Decision);
    assert_eq!(appeal.target_on, portal.today() + Duration::days(20));
    assert!(portal.letters_to(tied.email()).is_empty(), "nobody with a tie is asked");
    let too_late = contestable(&portal, &late, Contested::Decision).expect("its last day is today");
    portal.advance(Duration::days(1));
    assert!(contestable(&portal, &late, Contested::Decision).is_none(), "its time is over");
    let forced = portal.try_act(late.lead.actor(), |act| {
        Appeal::lodge(act, late.lead.account().id, &late.organisation, &too_late, "Late").map(drop)
    });
    assert!(matches!(forced, Err(Error::Conflict)), "{forced:?}");
    let mut lead = portal.signed_in(late.lead.account());
    assert_eq!(lead.ask("/organisations/late-club/quality/appeals/decision").status, 404);
    lead.visit("/organisations/late-club/quality/appeals").sees("There is nothing to appeal against");
    portal.read_all_letters();

    portal.advance(Duration::days(11));
    assert_eq!(spoken_of(&portal), 0, "eight days before");
    portal.advance(Duration::days(1));
    assert_eq!((spoken_of(&portal), spoken_of(&portal)), (1, 0));
    let letters = portal.letters_about(steward.email(), "is to be answered by");
    assert_eq!(letters.len(), 1);
    assert!(portal.letters_about(dee.email(), "is to be answered by").is_empty());
    portal.read_all_letters();
}

#[test]
fn only_a_lead_appeals_and_an_answer_covers_its_own_appeal_only() {
    let portal = spawn_portal();
    let hubs = ["The Hub", "The Club"].map(|name| portal.approved_organisation(name));
    let (dee, dan) = (portal.decider(), portal.with_role("Dan Decider", Role::Decider));
    let appeals = [0, 1].map(|n| {
        let endorsement = endorsed(&portal, &hubs[n], Outcome::Established);
        judge(&portal, &dee, &endorsement, JudgedStep::Suspend).expect("it stands");
        let (mut looker, _) = portal.member_of(&hubs[n].organisation, MembershipRole::Viewer, Engagement::Trustee);
        let home = format!("/organisations/{}/quality/appeals", hubs[n].organisation.slug);
        looker.visit(&home).sees("A lead of").sees("The suspension of the endorsement");
        assert_eq!(looker.ask(&format!("{home}/endorsement")).status, 403);
        assert_eq!(looker.send(&format!("{home}/endorsement"), &[("grounds", "Mine")]).status, 403);
        lodge(&portal, &hubs[n], Contested::Endorsement)
    });
    let crossed = portal.try_act(dan.actor(), |act| {
        let eyes = FreshEyes::establish(act.conn, dan.account().id, &appeals[0], act.at)?;
        appeals[1].answer(act, eyes, true, "Mine")
    });
    assert!(matches!(crossed, Err(Error::NotAllowed)), "{crossed:?}");
    // And if all of that were forgotten, the table would refuse.
    let forced = portal.try_act(dee.actor(), |act| {
        use youth_charter::db::schema::review_appeals as table;
        let who = (table::answered_by.eq(dee.account().id), table::answered_at.eq(act.at));
        let what = (table::state.eq("upheld"), table::reasons.eq("x"));
        Ok(diesel::update(table::table.find(appeals[0].id)).set((who, what)).execute(act.conn)?)
    });
    assert!(forced.is_err_and(|cause| cause.to_string().to_lowercase().contains("check")));
    portal.read_all_letters();
}

fn spoken_of(portal: &RunningPortal) -> usize {
    do_what_is_due(&portal.inside).expect("what is due is done").appeals_spoken_of
}

fn contestable(portal: &RunningPortal, of: &NewOrganisation, which: Contested) -> Option<Contestable> {
    let today = portal.today();
    portal.read(|conn| Contestable::find(conn, of.organisation.id, which, today))
}

pub fn lodge(portal: &RunningPortal, of: &NewOrganisation, which: Contested) -> Appeal {
    let contested = contestable(portal, of, which).expect("it can be appealed against");
    let lead = of.lead.account().id;
    let lodged =
        portal.act_as(&of.lead, |act| Appeal::lodge(act, lead, &of.organisation, &contested, "It was overlooked"));
    lodged.expect("the first")
}

pub fn answer(portal: &RunningPortal, person: &Person, appeal: &Appeal, upheld: bool) -> Result<()> {
    portal.try_act(person.actor(), |act| {
        let eyes = FreshEyes::establish(act.conn, person.account().id, appeal, act.at)?;
        appeal.answer(act, eyes, upheld, "As we see it")
    })
}

fn appeals_of(portal: &RunningPortal, of: &NewOrganisation) -> Vec<Appeal> {
    portal.read(|conn| Appeal::all_of(conn, of.organisation.id))
}

fn tie_of(portal: &RunningPortal, person: &Person, of: &NewOrganisation) -> Option<Tie> {
    let now = portal.inside.clock.now();
    portal.read(|conn| Ties::of(conn, person.account().id, now)).to(of.organisation.id)
}

fn decide(portal: &RunningPortal, decider: &Person, review: &Review, outcome: Outcome) {
    as_independent(portal, decider, review, |act, by| review.decide(act, by, outcome, "As found").map(drop))
        .expect("it was recommended");
}
