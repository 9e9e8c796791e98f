//! Steps in every order.

use chrono::Duration;
use rand::rngs::StdRng;
use rand::{RngExt, SeedableRng};
use youth_charter::accounts::Role;
use youth_charter::organisations::{Engagement, MembershipRole};
use youth_charter::quality::Signed;
use youth_charter::review::{Decision, NewFinding};

use super::*;
use crate::harness::spawn_portal;

#[test]
fn each_step_is_possible_in_its_own_state_only() {
    let portal = spawn_portal();
    let (rae, dee) = (portal.reviewer(), portal.decider());
    let mut table = String::new();
    for (place, way) in PLACES {
        for step in Step::ALL {
            let hub = portal.approved_organisation(&format!("{place} {step:?}"));
            let mut scene = Scene::begin(&portal, hub, &rae, &dee);
            way.iter().for_each(|step| scene.take(*step).expect("it can be reached"));
            let before = scene.state();
            let outcome = match scene.take(*step) {
                Ok(()) => scene.state().as_str().to_owned(),
                Err(Error::Conflict) => {
                    assert_eq!(scene.state(), before, "a conflict changes nothing");
                    "conflict".into()
                }
                Err(other) => panic!("{before:?}, {step:?}: {other}"),
            };
            table += &format!("{place:<18} {:<14} {outcome}\n", format!("{step:?}"));
        }
    }
    portal.read_all_letters();
    insta::assert_snapshot!(table);
}

#[test]
fn whatever_people_do_no_endorsement_lacks_a_recommender_another_decider_and_a_reason() {
    let portal = spawn_portal();
    let hub = portal.approved_organisation("The Hub");
    // Everyone may review and decide; one of them belongs to the organisation.
    let people: Vec<Person> = ["Ada Ash", "Ben Birch", "Cat Cedar"]
        .into_iter()
        .map(|name| portal.with_role(name, Role::Reviewer))
        .chain([portal.member_of(&hub.organisation, MembershipRole::Viewer, Engagement::Paid).0])
        .collect();
    let tied = people[3].account().id;
    let mut random = StdRng::seed_from_u64(20_261_124);
    let mut endorsed_times = 0;
    for round in 0..12 {
        let assessment = submitted(&portal, &hub);
        for _ in 0..60 {
            let person = &people[random.random_range(0..people.len())];
            let step = Step::ALL[random.random_range(0..Step::ALL.len())];
            let _ = step.by(&portal, person, &hub.lead, &assessment);
            if portal.read(|conn| Assessment::find(conn, assessment.id)).is_concluded() {
                break;
            }
        }
        finish(&portal, &people[..3], &hub.lead, &assessment);
        let review = portal.read(|conn| Review::of_assessment(conn, assessment.id)).expect("it was reviewed");
        let decision = portal.read(|conn| Decision::on(conn, review.id)).expect("it was decided");
        assert_ne!(decision.recommended_by, decision.decided_by, "round {round}");
        assert_eq!(decision.recommended_by, review.reviewer_id);
        assert!(![decision.recommended_by, decision.decided_by].contains(&tied), "round {round}");
        assert!(!decision.reasons.trim().is_empty() && review.recommendation.is_some());
        let endorsement = portal.read(|conn| Endorsement::of_assessment(conn, assessment.id));
        assert_eq!(endorsement.is_some(), decision.outcome.level().is_some());
        endorsed_times += i64::from(endorsement.is_some());
        assert_eq!(count_endorsements(&portal), endorsed_times, "no endorsement without a decision");
        assert!(portal.read(|conn| Endorsement::in_force_among(conn, &[hub.organisation.id])).len() <= 1);
        portal.read_all_letters();
    }
    assert!(endorsed_times > 0, "some rounds end in an endorsement");
}

/// What can be done to a review.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Step {
    Take,
    Find,
    AskForChanges,
    Resubmit,
    Recommend,
    SendBack,
    Decide,
}

/// Where a review can be, and the steps that lead there.
pub const PLACES: &[(&str, &[Step])] = &[
    ("submitted", &[]),
    ("in review", &[Step::Take]),
    ("all looked at", &[Step::Take, Step::Find]),
    ("changes requested", &[Step::Take, Step::Find, Step::AskForChanges]),
    ("recommended", &[Step::Take, Step::Find, Step::Recommend]),
    ("sent back", &[Step::Take, Step::Find, Step::Recommend, Step::SendBack]),
    ("decided", &[Step::Take, Step::Find, Step::Recommend, Step::Decide]),
];

impl Step {
    const ALL: &[Self] =
        &[Self::Take, Self::Find, Self::AskForChanges, Self::Resubmit, Self::Recommend, Self::SendBack, Self::Decide];

    /// Does it as someone, if they may. What needs a review before there is one is a conflict.
    pub fn by(self, portal: &RunningPortal, person: &Person, lead: &Person, assessment: &Assessment) -> Result<()> {
        let id = assessment.id;
        if self == Self::Resubmit {
            return resubmit(portal, lead, assessment);
        }
        portal.try_act(person.actor(), |act| {
            let assessment = Assessment::find(act.conn, id)?;
            let by = Independence::establish(act.conn, person.account().id, &assessment, act.at)?;
            if self == Self::Take {
                return Review::take(act, &assessment, by).map(|_| ());
            }
            let review = Review::of_assessment(act.conn, id)?.ok_or(Error::Conflict)?;
            let asked = [(IndicatorId::from("exp-feel-safe"), "Say more".to_owned())];
            match self {
                Self::Take | Self::Resubmit => unreachable!("done above"),
                Self::Find => Framework::of_version(act.conn, assessment.framework_version_id)?
                    .indicators
                    .iter()
                    .try_for_each(|i| review.record_finding(act, by, &i.id, &NewFinding::new(Finding::Agreed, ""))),
                Self::AskForChanges => review.ask_for_changes(act, by, &asked),
                Self::Recommend => review.recommend(act, by, Outcome::Emerging, "Good")?.ok_or(Error::Conflict),
                Self::SendBack => review.send_back(act, by, "Why?"),
                Self::Decide => review.decide(act, by, Outcome::Emerging, "Good enough").map(|_| ()),
            }
        })
    }
}

/// One assessment with the people around it.
struct Scene<'a> {
    portal: &'a RunningPortal,
    lead: Person,
    assessment: Assessment,
    reviewer: &'a Person,
    decider: &'a Person,
}

impl<'a> Scene<'a> {
    fn begin(portal: &'a RunningPortal, of: NewOrganisation, reviewer: &'a Person, decider: &'a Person) -> Self {
        let assessment = submitted(portal, &of);
        Self { portal, lead: of.lead, assessment, reviewer, decider }
    }

    fn take(&mut self, step: Step) -> Result<()> {
        let person = if matches!(step, Step::SendBack | Step::Decide) { self.decider } else { self.reviewer };
        step.by(self.portal, person, &self.lead, &self.assessment)
    }

    fn state(&self) -> AssessmentState {
        self.portal.read(|conn| Assessment::find(conn, self.assessment.id)).state()
    }
}

fn resubmit(portal: &RunningPortal, lead: &Person, assessment: &Assessment) -> Result<()> {
    let now = portal.read(|conn| Assessment::find(conn, assessment.id));
    if now.state() != AssessmentState::ChangesRequested {
        return portal
            .try_act(lead.actor(), |act| now.sign_for_the_work(act, lead.account(), "It is right"))
            .map(|_| ());
    }
    portal.advance(Duration::seconds(1));
    portal.try_act(lead.actor(), |act| {
        say_again(act, lead.account().id, &now, &IndicatorId::from("exp-feel-safe"))?;
        match now.sign_for_the_work(act, lead.account(), "It is right")? {
            Signed::Sent => Ok(()),
            _ => Err(Error::Conflict),
        }
    })
}

/// Brings a review to its end, wherever it is, by people without a tie.
fn finish(portal: &RunningPortal, people: &[Person], lead: &Person, assessment: &Assessment) {
    for step in [Step::Take, Step::Resubmit, Step::Find, Step::Recommend, Step::Decide] {
        people.iter().for_each(|person| drop(step.by(portal, person, lead, assessment)));
    }
}
