//! Nobody reviews their own organisation, nobody decides what they recommended, and nothing is decided twice.

use diesel::prelude::*;
use youth_charter::accounts::Role;
use youth_charter::organisations::{Engagement, MembershipRole};
use youth_charter::review::Decision;

use super::*;
use crate::harness::spawn_portal;

#[test]
fn a_reviewer_cannot_review_their_own_organisation() {
    let portal = spawn_portal();
    let hub = portal.approved_organisation("The Hub");
    let assessment = submitted(&portal, &hub);
    for role in [MembershipRole::Viewer, MembershipRole::Signatory] {
        let (mut member, _) = portal.member_of(&hub.organisation, role, Engagement::Trustee);
        member = portal.promoted(&member, Role::Reviewer);
        turned_away(&portal, &mut member, &assessment);
    }
}

#[test]
fn nor_can_one_who_has_left_it() {
    let portal = spawn_portal();
    let hub = portal.approved_organisation("The Hub");
    let assessment = submitted(&portal, &hub);
    let (mut left, membership) = portal.member_of(&hub.organisation, MembershipRole::Practitioner, Engagement::Paid);
    portal.act(|act| {
        use youth_charter::db::schema::memberships;
        diesel::update(memberships::table.find(membership.id))
            .set((memberships::state.eq("left"), memberships::left_at.eq(act.at)))
            .execute(act.conn)?;
        Ok(())
    });
    left = portal.promoted(&left, Role::Reviewer);
    turned_away(&portal, &mut left, &assessment);
}

#[test]
fn a_decider_with_a_tie_cannot_decide_and_is_not_written_to() {
    let portal = spawn_portal();
    let hub = portal.approved_organisation("The Hub");
    let (mut tied, _) = portal.member_of(&hub.organisation, MembershipRole::Signatory, Engagement::Trustee);
    tied = portal.promoted(&tied, Role::Decider);
    let (review, _) = recommended(&portal, &hub, Outcome::Established);
    assert!(portal.letters_to(tied.email()).is_empty());
    tied.visit("/review/decisions").sees("You have a tie to this organisation");
    let address = format!("/review/assessments/{}/decision", review.assessment_id);
    assert_eq!(tied.ask(&address).status, 403);
    assert_eq!(tied.send(&address, &[("outcome", "excelling"), ("reasons", "Mine")]).status, 403);
    assert_eq!(state_of(&portal, &review), ReviewState::Recommended);
}

#[test]
fn the_recommender_cannot_decide() {
    let portal = spawn_portal();
    let hub = portal.approved_organisation("The Hub");
    let (review, mut rae) = recommended(&portal, &hub, Outcome::Established);
    rae = portal.promoted(&rae, Role::Decider);
    rae.visit("/review/decisions").sees("You recommended this: someone else decides");
    let address = format!("/review/assessments/{}/decision", review.assessment_id);
    assert_eq!(rae.ask(&address).status, 403);
    for outcome in ["excelling", "send_back"] {
        assert_eq!(rae.send(&address, &[("outcome", outcome), ("reasons", "Mine")]).status, 403);
    }
    let outcome = as_independent(&portal, &rae, &review, |act, by| {
        review.decide(act, by, Outcome::Established, "Mine").map(|_| ())
    });
    assert!(matches!(outcome, Err(Error::NotAllowed)), "{outcome:?}");

    // And if all of that were forgotten, the table would refuse.
    use youth_charter::db::schema::review_decisions as decisions;
    let (me, id) = (rae.account().id, review.id);
    let forced = portal.try_act(rae.actor(), |act| {
        let who = (decisions::recommended_by.eq(me), decisions::decided_by.eq(me));
        let what = (decisions::level.eq("excelling"), decisions::reasons.eq("x"), decisions::decided_at.eq(act.at));
        Ok(diesel::insert_into(decisions::table).values((decisions::review_id.eq(id), who, what)).execute(act.conn)?)
    });
    assert!(forced.is_err_and(|cause| cause.to_string().to_lowercase().contains("check")));
}

#[test]
fn what_is_decided_is_decided_once() {
    let portal = spawn_portal();
    let hub = portal.approved_organisation("The Hub");
    let (review, _) = recommended(&portal, &hub, Outcome::Emerging);
    let mut dee = portal.decider();
    let address = format!("/review/assessments/{}/decision", review.assessment_id);
    let fields = [("outcome", "emerging"), ("reasons", "The basics are in place")];
    assert_eq!(dee.send(&address, &fields).status, 303);
    assert_eq!(dee.send(&address, &fields).status, 409);
    assert_eq!(dee.send(&address, &[("outcome", "send_back"), ("reasons", "No, wait")]).status, 409);
    dee.visit(&address).sees("This has been decided: Emerging");
    assert_eq!(count_endorsements(&portal), 1);
    assert_eq!(portal.letters_to(hub.lead.email()).len(), 1, "the outcome is told once");
}

#[test]
fn of_two_deciders_at_once_one_counts() {
    let portal = spawn_portal();
    let hub = portal.approved_organisation("The Hub");
    let (review, _) = recommended(&portal, &hub, Outcome::Emerging);
    let deciders = [portal.decider(), portal.with_role("Dan Decider", Role::Decider)];
    let outcomes: Vec<Result<()>> = std::thread::scope(|scope| {
        let decide = |(person, outcome): (&Person, Outcome)| {
            let (portal, review, actor, account) = (&portal.inside, &review, person.actor(), person.account().id);
            scope.spawn(move || {
                portal.act_at(actor, portal.clock.now(), |act| {
                    let assessment = assessment_of(act.conn, review)?;
                    let by = Independence::establish(act.conn, account, &assessment, act.at)?;
                    review.decide(act, by, outcome, "I have read it").map(|_| ())
                })
            })
        };
        let threads: Vec<_> = deciders.iter().zip([Outcome::Emerging, Outcome::NotYet]).map(decide).collect();
        threads.into_iter().map(|thread| thread.join().expect("nobody panics")).collect()
    });
    portal.read_all_letters();
    assert_eq!(outcomes.iter().filter(|outcome| outcome.is_ok()).count(), 1, "{outcomes:?}");
    assert!(outcomes.iter().all(|o| matches!(o, Ok(()) | Err(Error::Conflict | Error::Busy))), "{outcomes:?}");
    let decision = portal.read(|conn| Decision::on(conn, review.id)).expect("one decision");
    assert_eq!(count_endorsements(&portal), i64::from(decision.outcome == Outcome::Emerging));
}

#[test]
fn of_two_reviewers_one_takes_it_and_the_other_may_look_but_not_write() {
    let portal = spawn_portal();
    let hub = portal.approved_organisation("The Hub");
    let (review, _) = taken(&portal, &hub);
    let mut ren = portal.with_role("Ren Reviewer", Role::Reviewer);
    let here = format!("/review/assessments/{}", review.assessment_id);
    assert_eq!(ren.send(&format!("{here}/taking"), &[("fair", "yes")]).status, 409);
    ren.visit("/review").sees("With other reviewers").follow("The Hub").sees("Rae Reviewer");
    ren.does_not_see("Ask for changes").visit(&format!("{here}/indicators/exp-feel-safe"));
    ren.sees(FEEL_SAFE).does_not_see("Save and next");
    let finding = [("finding", "agreed"), ("note", "")];
    assert_eq!(ren.send(&format!("{here}/indicators/exp-feel-safe"), &finding).status, 403);
    assert_eq!(ren.send(&format!("{here}/changes"), &[("change-exp-feel-safe", "More")]).status, 403);
    let recommendation = [("outcome", "excelling"), ("reasons", "Because")];
    assert_eq!(ren.send(&format!("{here}/recommendation"), &recommendation).status, 403);
}

#[test]
fn evidence_is_seen_through_its_own_assessment_only() {
    let portal = spawn_portal();
    let (hub, club) = (portal.approved_organisation("The Hub"), portal.approved_organisation("The Club"));
    let hubs = begun(&portal, &hub);
    let evidence = add_pdf(&portal, &hub.lead, &hubs);
    portal.hand_in(&hub.organisation, &hub.lead, &hubs);
    let clubs = submitted(&portal, &club);
    let (mut rae, mut dee, mut steward) = (portal.reviewer(), portal.decider(), portal.steward());
    portal.read_all_letters();
    rae.visit(&format!("{}/indicators/exp-feel-safe", desk(&hubs))).sees("Answers of the summer term");
    let address = |assessment: &Assessment| format!("{}/evidence/{}", desk(assessment), evidence.id);
    for person in [&mut rae, &mut dee] {
        let answer = person.ask(&address(&hubs));
        assert_eq!((answer.status, answer.bytes.starts_with(b"%PDF")), (200, true));
        assert!(answer.header("content-disposition").is_some_and(|d| d.starts_with("attachment")));
        assert_eq!(person.ask(&address(&clubs)).status, 404);
    }
    assert_eq!(steward.ask(&address(&hubs)).status, 403);
    let (mut tied, _) = portal.member_of(&hub.organisation, MembershipRole::Viewer, Engagement::Trustee);
    tied = portal.promoted(&tied, Role::Decider);
    assert_eq!(tied.ask(&address(&hubs)).status, 403);
}

#[test]
fn what_has_not_been_submitted_is_nobodys_to_review() {
    let portal = spawn_portal();
    let hub = portal.approved_organisation("The Hub");
    let draft = begun(&portal, &hub);
    let mut rae = portal.reviewer();
    assert_eq!(rae.ask(&desk(&draft)).status, 404);
    assert_eq!(rae.send(&format!("{}/taking", desk(&draft)), &[("fair", "yes")]).status, 404);
    for nonsense in ["/review/assessments/nonsense", "/review/assessments/0190f5fe-0000-7000-8000-000000000000"] {
        assert_eq!(rae.ask(nonsense).status, 404);
    }
    let (review, mut rae) = taken(&portal, &portal.approved_organisation("The Club"));
    let here = format!("/review/assessments/{}", review.assessment_id);
    assert_eq!(rae.ask(&format!("{here}/indicators/knitting")).status, 404);
    assert_eq!(rae.send(&format!("{here}/indicators/knitting"), &[("finding", "agreed")]).status, 404);
    assert_eq!(rae.send(&format!("{here}/changes"), &[("change-knitting", "More")]).status, 409);
}
