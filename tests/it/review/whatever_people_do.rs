//! Random people do random things, for years. Whatever they do, no endorsement lacks an independent recommender,
//! another independent decider and a reason; and how it stands in public is what the recorded steps come to.

use std::collections::BTreeMap;

use chrono::Duration;
use rand::rngs::StdRng;
use rand::seq::IndexedRandom;
use rand::{RngExt, SeedableRng};
use youth_charter::ids::{EndorsementId, ReviewId};
use youth_charter::organisations::{Engagement, MembershipRole};
use youth_charter::review::{
    Appeal, Contestable, Contested, Decision, EndorsementState, EndorsementStep, FreshEyes, Interest, JudgedStep,
    RecordedStep, lapse_due_endorsements, step_aside_from_all,
};

use super::sequences::Step;
use super::*;
use crate::harness::spawn_portal;

#[derive(Debug, Clone, Copy)]
enum Deed {
    Begin,
    Of(Step),
    DecideNotYet,
    Judge(JudgedStep),
    Appeal(Contested),
    Answer(bool),
    Join,
    Declare,
    Withdraw,
    Days(i64),
    Years,
}

/// What moves a case on is done most often.
const DEEDS: &[(u32, Deed)] = &[
    (6, Deed::Begin),
    (8, Deed::Of(Step::Take)),
    (8, Deed::Of(Step::Find)),
    (1, Deed::Of(Step::AskForChanges)),
    (3, Deed::Of(Step::Resubmit)),
    (8, Deed::Of(Step::Recommend)),
    (1, Deed::Of(Step::SendBack)),
    (8, Deed::Of(Step::Decide)),
    (2, Deed::DecideNotYet),
    (3, Deed::Judge(JudgedStep::Suspend)),
    (3, Deed::Judge(JudgedStep::Reinstate)),
    (1, Deed::Judge(JudgedStep::Revoke)),
    (3, Deed::Appeal(Contested::Decision)),
    (3, Deed::Appeal(Contested::Endorsement)),
    (3, Deed::Answer(true)),
    (1, Deed::Answer(false)),
    (1, Deed::Join),
    (1, Deed::Declare),
    (2, Deed::Withdraw),
    (3, Deed::Days(9)),
    (1, Deed::Years),
];

#[test]
fn no_endorsement_lacks_a_recommender_another_decider_and_a_reason_and_each_stands_as_its_steps_say() {
    let mut seen = BTreeMap::<&str, usize>::new();
    for seed in 1..=12 {
        if seed > 3 && has_seen_all(&seen) {
            break;
        }
        let portal = spawn_portal();
        let hub = portal.approved_organisation("The Hub");
        let mut town = Town { portal: &portal, hub: &hub, people: Vec::new(), random: StdRng::seed_from_u64(seed) };
        for name in
            ["Ada Ash", "Ben Birch", "Cat Cedar", "Dan Damson", "Eve Elder", "Flo Fir", "Gus Gorse", "Hal Hazel"]
        {
            town.people.push(portal.signed_up(name));
        }
        for _ in 0..240 {
            let (_, deed) = *DEEDS.choose_weighted(&mut town.random, |(weight, _)| *weight).expect("there are deeds");
            let outcome = town.do_deed(deed);
            let fine = matches!(outcome, Ok(()) | Err(Error::Conflict | Error::NotAllowed | Error::NotFound));
            assert!(fine, "{deed:?}: {outcome:?}");
            town.check(&mut seen);
        }
        town.check_in_public();
        portal.read_all_letters();
    }
    assert!(has_seen_all(&seen), "the walk has not seen what it is about: {seen:?}");
}

/// Every state was reached, every step taken, and a decision set aside.
fn has_seen_all(seen: &BTreeMap<&str, usize>) -> bool {
    let states = EndorsementState::ALL.iter().map(|state| state.as_str());
    let steps = EndorsementStep::ALL.iter().map(|step| step.as_str());
    states.chain(steps).chain(["set aside"]).all(|wanted| seen.contains_key(wanted))
}

struct Town<'a> {
    portal: &'a RunningPortal,
    hub: &'a NewOrganisation,
    people: Vec<Person>,
    random: StdRng,
}

impl Town<'_> {
    fn do_deed(&mut self, deed: Deed) -> Result<()> {
        let (portal, hub) = (self.portal, self.hub);
        let who = match self.reviewer() {
            Some(reviewer) if self.random.random_bool(0.5) => reviewer,
            _ => self.random.random_range(0..self.people.len()),
        };
        let person = &self.people[who];
        let (me, latest) = (person.account().id, self.latest());
        match deed {
            Deed::Begin if latest.as_ref().is_none_or(Assessment::is_concluded) => {
                submitted(portal, hub);
                Ok(())
            }
            Deed::Begin => Err(Error::Conflict),
            Deed::Of(Step::Resubmit) => {
                let latest = latest.ok_or(Error::NotFound)?;
                Step::Resubmit.by(portal, person, &hub.lead, &latest)
            }
            Deed::Of(step) => step.by(portal, person, &hub.lead, &latest.ok_or(Error::NotFound)?),
            Deed::DecideNotYet => portal.try_act(person.actor(), |act| {
                let assessment = latest.ok_or(Error::NotFound)?;
                let by = Independence::establish(act.conn, me, &assessment, act.at)?;
                let review = Review::of_assessment(act.conn, assessment.id)?.ok_or(Error::NotFound)?;
                review.decide(act, by, Outcome::NotYet, "Not yet").map(drop)
            }),
            Deed::Judge(judged) => {
                let endorsement = self.endorsements().pop().ok_or(Error::NotFound)?;
                super::standing::judge(portal, person, &endorsement, judged)
            }
            Deed::Appeal(which) => portal.try_act(hub.lead.actor(), |act| {
                let found = Contestable::find(act.conn, hub.organisation.id, which, act.today())?;
                let lead = hub.lead.account().id;
                let lodged = Appeal::lodge(act, lead, &hub.organisation, &found.ok_or(Error::NotFound)?, "Not so")?;
                lodged.map(drop).ok_or(Error::Conflict)
            }),
            Deed::Answer(upheld) => portal.try_act(person.actor(), |act| {
                let appeal =
                    Appeal::all_of(act.conn, hub.organisation.id)?.into_iter().next().ok_or(Error::NotFound)?;
                let eyes = FreshEyes::establish(act.conn, me, &appeal, act.at)?;
                appeal.answer(act, eyes, upheld, "As we see it")
            }),
            Deed::Join if who == 0 => {
                let member =
                    portal.read(|conn| youth_charter::organisations::Member::of_account(conn, hub.organisation.id, me));
                match member {
                    Some(member) => portal.try_act(person.actor(), |act| member.membership.end(act)).map(drop),
                    None => {
                        portal.enrol(person, &hub.organisation, MembershipRole::Viewer, Engagement::Volunteer);
                        Ok(())
                    }
                }
            }
            Deed::Join => Err(Error::NotAllowed),
            Deed::Declare if who == 1 => {
                portal.try_act(person.actor(), |act| Interest::declare(act, me, &hub.organisation, "A tie")).map(drop)
            }
            Deed::Declare => Err(Error::NotAllowed),
            Deed::Withdraw => portal.try_act(person.actor(), |act| {
                let all = Interest::all_of(act.conn, me)?;
                let standing = all.into_iter().find(|(interest, _)| interest.withdrawn_at.is_none());
                standing.ok_or(Error::NotFound)?.0.withdraw(act)
            }),
            Deed::Days(days) => self.pass(days),
            Deed::Years => self.pass(1200),
        }
    }

    /// Which of the people has the review.
    fn reviewer(&self) -> Option<usize> {
        let latest = self.latest()?;
        let review = self.portal.read(|conn| Review::of_assessment(conn, latest.id))?;
        self.people.iter().position(|person| person.account().id == review.reviewer_id)
    }

    /// Time passes, and what falls due is done.
    fn pass(&self, days: i64) -> Result<()> {
        self.portal.advance(Duration::days(days));
        self.portal.act(lapse_due_endorsements);
        self.portal.act(step_aside_from_all);
        Ok(())
    }

    fn latest(&self) -> Option<Assessment> {
        self.portal.read(|conn| Assessment::latest_of(conn, self.hub.organisation.id))
    }

    /// The oldest first.
    fn endorsements(&self) -> Vec<Endorsement> {
        use youth_charter::db::schema::endorsements;
        self.portal.read(|conn| {
            Ok(endorsements::table
                .order((endorsements::starts_on, endorsements::id))
                .select(Endorsement::as_select())
                .load(conn)?)
        })
    }

    fn check(&self, seen: &mut BTreeMap<&'static str, usize>) {
        let endorsements = self.endorsements();
        for endorsement in &endorsements {
            let steps = self.portal.read(|conn| RecordedStep::all_of(conn, endorsement.id));
            assert_eq!(Some(endorsement.state()), folded(&steps), "{steps:?}");
            *seen.entry(endorsement.state().as_str()).or_default() += 1;
            steps.iter().for_each(|taken| *seen.entry(taken.step.as_str()).or_default() += 1);
            self.check_decision(endorsement.review_id.expect("it was decided"), endorsement);
        }
        let in_force = endorsements.iter().filter(|endorsement| endorsement.is_in_force()).count();
        assert!(in_force <= 1, "{in_force} in force");
        for appeal in self.portal.read(|conn| Appeal::all_of(conn, self.hub.organisation.id)) {
            let Some(answered_by) = appeal.answered_by else { continue };
            assert!(!appeal.involves(answered_by) && appeal.reasons.is_some_and(|reasons| !reasons.is_empty()));
            let review = self.portal.read(|conn| Review::find(conn, appeal.review_id));
            if review.set_aside_at.is_some() {
                *seen.entry("set aside").or_default() += 1;
                self.check_fresh_review(&review);
            }
        }
    }

    fn check_decision(&self, review: ReviewId, endorsement: &Endorsement) {
        let decision = self.portal.read(|conn| Decision::on(conn, review)).expect("there is a decision");
        assert_ne!(decision.recommended_by, decision.decided_by);
        assert_eq!(decision.outcome.level(), Some(endorsement.level));
        assert!(!decision.reasons.is_empty());
        let review = self.portal.read(|conn| Review::find(conn, review));
        assert_eq!(review.reviewer_id, decision.recommended_by);
        assert!(review.recommendation.is_some_and(|reasons| !reasons.is_empty()));
        // Nobody who judged had a tie then. What they declared or joined later counts from later only.
        let then = decision.decided_at;
        for judge in [decision.recommended_by, decision.decided_by] {
            assert!(!self.was_tied(judge, then), "{judge:?} had a tie");
        }
    }

    /// Did a record of before that moment tie them at it?
    fn was_tied(&self, account: AccountId, then: chrono::NaiveDateTime) -> bool {
        use youth_charter::db::schema::{memberships, people, review_interests as interests};
        let since = youth_charter::clock::months_before(then, 24);
        self.portal.read(|conn| {
            let declared: i64 = interests::table
                .filter(interests::account_id.eq(account))
                .filter(interests::declared_at.lt(then))
                .filter(interests::withdrawn_at.is_null().or(interests::withdrawn_at.gt(since)))
                .count()
                .get_result(conn)?;
            let belonged: i64 = memberships::table
                .inner_join(people::table)
                .filter(people::account_id.eq(account))
                .filter(memberships::organisation_id.eq(self.hub.organisation.id))
                .filter(memberships::joined_at.lt(then))
                .filter(memberships::left_at.is_null().or(memberships::left_at.gt(since)))
                .count()
                .get_result(conn)?;
            Ok(declared + belonged > 0)
        })
    }

    /// Whoever reviews it afresh had no part in what was set aside.
    fn check_fresh_review(&self, before: &Review) {
        let fresh = self.portal.read(|conn| Review::of_assessment(conn, before.assessment_id));
        let decided = self.portal.read(|conn| Decision::on(conn, before.id)).expect("it was decided");
        // Two years later they may judge it again.
        let two_years = |since: chrono::NaiveDateTime| youth_charter::clock::months_before(since, 24);
        let still = |fresh: &Review| before.set_aside_at.is_some_and(|at| at > two_years(fresh.started_at));
        let Some(fresh) = fresh.filter(still) else { return };
        assert!(![decided.recommended_by, decided.decided_by].contains(&fresh.reviewer_id));
        let decision = self.portal.read(|conn| Decision::on(conn, fresh.id));
        if let Some(decision) = decision.filter(|d| before.set_aside_at.is_some_and(|at| at > two_years(d.decided_at)))
        {
            assert!(![decided.recommended_by, decided.decided_by].contains(&decision.decided_by));
        }
    }

    /// Anyone reads of each endorsement what its steps come to.
    fn check_in_public(&self) {
        let mut anyone = self.portal.visitor();
        for endorsement in self.endorsements() {
            let steps = self.portal.read(|conn| RecordedStep::all_of(conn, endorsement.id));
            anyone.visit(&format!("/verify/{}", endorsement.code)).sees(match folded(&steps).expect("they follow") {
                EndorsementState::InForce => "it stands today",
                EndorsementState::Suspended => "It may stand again",
                EndorsementState::Revoked => "took it back on",
                EndorsementState::Lapsed => "It came to its end",
                EndorsementState::Replaced => "was endorsed again on",
            });
            let badge = self.portal.visitor().ask(&format!("/badges/{}.svg", endorsement.code)).text();
            assert_eq!(badge.contains("until"), endorsement.is_in_force(), "{badge}");
        }
    }
}

/// What steps come to, told once more and apart from the code.
fn folded(steps: &[RecordedStep]) -> Option<EndorsementState> {
    let numbered = steps.iter().zip(1..).all(|(taken, number)| taken.number == number);
    assert!(numbered && steps.iter().skip(1).all(|taken| taken.step != EndorsementStep::Issue), "{steps:?}");
    let same: Vec<EndorsementId> = steps.iter().map(|taken| taken.endorsement_id).collect();
    assert!(same.windows(2).all(|pair| pair[0] == pair[1]));
    steps.last().map(|taken| match taken.step {
        EndorsementStep::Issue | EndorsementStep::Reinstate | EndorsementStep::Restore => EndorsementState::InForce,
        EndorsementStep::Suspend => EndorsementState::Suspended,
        EndorsementStep::Revoke => EndorsementState::Revoked,
        EndorsementStep::Replace => EndorsementState::Replaced,
        EndorsementStep::Lapse => EndorsementState::Lapsed,
    })
}
