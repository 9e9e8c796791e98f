//! Review: who may do what in it, and what comes of it. Here is what its tests have in common.

mod appeals;
mod assigning;
mod at_the_desk;
mod independence;
mod journey;
mod sequences;
mod standing;
mod state_machine;
mod story;
mod ties;
mod whatever_people_do;

use diesel::prelude::*;
use youth_charter::accounts::Role;
use youth_charter::acts::Act;
use youth_charter::db::DbConnection;
use youth_charter::error::{Error, Result};
use youth_charter::ids::{AccountId, IndicatorId};
use youth_charter::quality::{
    Answer, Assessment, AssessmentState, Evidence, Framework, Judgement, Said, Sheet, add_evidence, save_answer,
};
use youth_charter::review::{Desk, Endorsement, Finding, Independence, NewFinding, Outcome, Review, ReviewState};

use crate::harness::{NewOrganisation, Person, RunningPortal, a_document};

pub const FEEL_SAFE: &str = "How do you know that young people feel safe with you";

pub fn desk(assessment: &Assessment) -> String {
    format!("/review/assessments/{}", assessment.id)
}

/// An assessment with an answer to everything.
pub fn begun(portal: &RunningPortal, of: &NewOrganisation) -> Assessment {
    let account = of.lead.account().id;
    portal.act_as(&of.lead, |act| {
        let assessment = Assessment::begin(act, of.organisation.id)?;
        let framework = Framework::of_version(act.conn, assessment.framework_version_id)?;
        for indicator in &framework.indicators {
            let edition_seen = Answer::all_of(act.conn, assessment.id)?.get(&indicator.id).map_or(0, |a| a.edition);
            let narrative = "We do this every week".to_owned();
            let said = Said { judgement: Judgement::Established, narrative, edition_seen };
            let sheet = Sheet::of(act.conn, &assessment)?;
            save_answer(act, &sheet, indicator, account, &said)?;
        }
        Ok(assessment)
    })
}

pub fn submitted(portal: &RunningPortal, of: &NewOrganisation) -> Assessment {
    let assessment = begun(portal, of);
    portal.hand_in(&of.organisation, &of.lead, &assessment);
    portal.letters_to(of.lead.email());
    portal.read(|conn| Assessment::find(conn, assessment.id))
}

/// Taken by a new reviewer.
pub fn taken(portal: &RunningPortal, of: &NewOrganisation) -> (Review, Person) {
    let assessment = submitted(portal, of);
    let rae = portal.with_role(&format!("Rae Reviewer of {}", of.organisation.name), Role::Reviewer);
    let review = portal.act_as(&rae, |act| {
        let by = Independence::establish(act.conn, rae.account().id, &assessment, act.at)?;
        Review::take(act, &assessment, by)
    });
    portal.letters_to(of.lead.email());
    (review, rae)
}

pub fn recommended(portal: &RunningPortal, of: &NewOrganisation, outcome: Outcome) -> (Review, Person) {
    let (review, rae) = taken(portal, of);
    find_all_in(portal, &rae, &review, Finding::Agreed);
    let made = as_independent(portal, &rae, &review, |act, by| review.recommend(act, by, outcome, "As found"));
    made.expect("it is theirs").expect("everything was looked at");
    (review, rae)
}

pub fn endorsed(portal: &RunningPortal, of: &NewOrganisation, outcome: Outcome) -> Endorsement {
    let assessment = submitted(portal, of);
    let people = [0, 1].map(|n| portal.with_role(&format!("Person {n} {}", assessment.id), Role::Reviewer));
    for (step, who) in [(sequences::Step::Take, 0), (sequences::Step::Find, 0), (sequences::Step::Recommend, 0)] {
        sequences::Step::by(step, portal, &people[who], &of.lead, &assessment).expect("it can be done");
    }
    let review = portal.read(|conn| Review::of_assessment(conn, assessment.id)).expect("it was taken");
    let decided = as_independent(portal, &people[1], &review, |act, by| review.decide(act, by, outcome, "Good"));
    portal.read_all_letters();
    decided.expect("it can be decided").expect("there is a level")
}

pub fn find_all(portal: &RunningPortal, reviewer: &Person, assessment: &Assessment, finding: Finding) {
    let review = portal.read(|conn| Review::of_assessment(conn, assessment.id)).expect("it was taken");
    find_all_in(portal, reviewer, &review, finding);
}

/// Finds the same in everything that nothing is found in yet, or that has changed.
pub fn find_all_in(portal: &RunningPortal, reviewer: &Person, review: &Review, finding: Finding) {
    let found = as_independent(portal, reviewer, review, |act, by| {
        let assessment = assessment_of(act.conn, review)?;
        let desk = Desk::lay_out(act.conn, &assessment, Some(review))?;
        let wanting = desk.wanting();
        wanting
            .iter()
            .try_for_each(|i| review.record_finding(act, by, &i.id, &NewFinding::new(finding, "a note about it")))
    });
    found.expect("the review is open");
}

pub fn as_independent<T>(
    portal: &RunningPortal,
    person: &Person,
    review: &Review,
    work: impl FnOnce(&mut Act<'_>, Independence) -> Result<T>,
) -> Result<T> {
    portal.try_act(person.actor(), |act| {
        let assessment = assessment_of(act.conn, review)?;
        let by = Independence::establish(act.conn, person.account().id, &assessment, act.at)?;
        work(act, by)
    })
}

pub fn answer_again(portal: &RunningPortal, lead: &Person, review: &Review, indicator: &str) {
    portal.act_as(lead, |act| {
        let assessment = assessment_of(act.conn, review)?;
        say_again(act, lead.account().id, &assessment, &indicator.into())
    });
}

pub fn say_again(
    act: &mut Act<'_>,
    account: AccountId,
    assessment: &Assessment,
    indicator: &IndicatorId,
) -> Result<()> {
    let edition_seen = Answer::all_of(act.conn, assessment.id)?[indicator].edition;
    let said = Said { judgement: Judgement::Emerging, narrative: "We finish earlier now".into(), edition_seen };
    let sheet = Sheet::of(act.conn, assessment)?;
    let indicator = sheet.framework.indicator(indicator)?;
    save_answer(act, &sheet, indicator, account, &said).map(|_| ())
}

pub fn add_pdf(portal: &RunningPortal, lead: &Person, assessment: &Assessment) -> Evidence {
    let account = lead.account().id;
    portal.act_as(lead, |act| {
        let document = a_document(act, assessment.organisation_id, account, "Answers of the summer term")?;
        add_evidence(act, assessment, &"exp-feel-safe".into(), account, &document)
    });
    portal.read(|conn| Evidence::all_of(conn, assessment.id)).remove(0).0
}

pub fn turned_away(portal: &RunningPortal, person: &mut Person, assessment: &Assessment) {
    person.visit("/review").sees("You have a tie to this organisation").does_not_see(&desk(assessment));
    let here = desk(assessment);
    for page in ["", "/indicators/exp-feel-safe", "/changes", "/recommendation"] {
        assert_eq!(person.ask(&format!("{here}{page}")).status, 403, "{page}");
    }
    assert_eq!(person.send(&format!("{here}/taking"), &[("fair", "yes")]).status, 403);
    let now = portal.inside.clock.now();
    let forced = portal.read(|conn| Ok(Independence::establish(conn, person.account().id, assessment, now)));
    assert!(matches!(forced, Err(Error::NotAllowed)));
    let state = portal.read(|conn| Assessment::find(conn, assessment.id)).state();
    assert_eq!(state, AssessmentState::Submitted);
}

pub fn assessment_of(conn: &mut DbConnection, review: &Review) -> Result<Assessment> {
    Assessment::find(conn, review.assessment_id)
}

pub fn state_of(portal: &RunningPortal, review: &Review) -> ReviewState {
    portal.read(|conn| Review::find(conn, review.id)).state()
}

pub fn count_endorsements(portal: &RunningPortal) -> i64 {
    use youth_charter::db::schema::endorsements;
    portal.read(|conn| Ok(endorsements::table.count().get_result(conn)?))
}
