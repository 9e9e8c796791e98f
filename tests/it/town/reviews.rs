//! Assessments in review, endorsements that were given, ties and appeals.

use youth_charter::accounts::Role;
use youth_charter::ids::AppealId;
use youth_charter::quality::Assessment;
use youth_charter::review::{Appeal, Contestable, Contested, Independence, Interest, JudgedStep};

use super::improving::after_endorsement;
use super::{Crew, first_evidence, first_indicator};
use crate::harness::{Person, RunningPortal};

pub fn reviews(
    portal: &RunningPortal,
    crew: &Crew,
    reviewer: &Person,
    decider: &Person,
) -> Vec<(&'static str, String)> {
    let waiting = portal.approved_organisation("Club One");
    let submitted = portal.submitted_assessment(&waiting.organisation, &waiting.lead);
    let taken = portal.approved_organisation("Club Two");
    let in_review = portal.taken_assessment(&taken.organisation, &taken.lead, reviewer);
    let ready = portal.approved_organisation("Club Three");
    let recommended = portal.recommended_assessment(&ready.organisation, &ready.lead, reviewer);
    let done = portal.approved_organisation("Club Four");
    crew.join(portal, &done.organisation);
    let endorsement = portal.endorsement(&done.organisation, &done.lead, reviewer, decider);
    let given = endorsement.id;
    let of = |assessment: &Assessment, part: &str| format!("/review/assessments/{}{part}", assessment.id);
    let (suspended, appeal) = appeals(portal, crew, reviewer);
    let far = portal.approved_organisation("Far Club").organisation;
    let me = reviewer.account().id;
    portal.act_as(reviewer, |act| Interest::declare(act, me, &far, "My sister leads it"));
    let interest = portal.read(|conn| Interest::all_of(conn, me)).remove(0).0.id;
    let mut addresses = after_endorsement(portal, &endorsement, &crew.lead);
    addresses.extend([
        ("/review/appeals/{appeal}", format!("/review/appeals/{appeal}")),
        ("/organisations/{slug}/quality/appeals", format!("/organisations/{suspended}/quality/appeals")),
        (
            "/organisations/{slug}/quality/appeals/{contested}",
            format!("/organisations/{suspended}/quality/appeals/endorsement"),
        ),
        ("/review/endorsements/{endorsement}", format!("/review/endorsements/{given}")),
        ("/review/endorsements/{endorsement}/steps/{step}", format!("/review/endorsements/{given}/steps/suspension")),
        ("/review/interests/new/{slug}", "/review/interests/new/far-club".to_owned()),
        ("/review/interests/{interest}", format!("/review/interests/{interest}")),
        ("/review/assessments/{assessment}", of(&in_review, "")),
        ("/vrp/reviews/{assessment}", format!("/vrp/reviews/{}", submitted.id)),
        ("/review/assessments/{assessment}/hand-over", of(&in_review, "/hand-over")),
        ("/review/assessments/{assessment}/taking", of(&submitted, "/taking")),
        ("/review/assessments/{assessment}/decision", of(&recommended, "/decision")),
        (
            "/review/assessments/{assessment}/indicators/{indicator}",
            of(&in_review, &format!("/indicators/{}", first_indicator(portal))),
        ),
        (
            "/review/assessments/{assessment}/evidence/{evidence}",
            of(&in_review, &format!("/evidence/{}", first_evidence(portal, &in_review))),
        ),
        ("/organisations/{slug}/quality/outcome", format!("/organisations/{}/quality/outcome", done.organisation.slug)),
        (
            "/organisations/{slug}/quality/outcome/letter.pdf",
            format!("/organisations/{}/quality/outcome/letter.pdf", done.organisation.slug),
        ),
        (
            "/organisations/{slug}/quality/certificate.pdf",
            format!("/organisations/{}/quality/certificate.pdf", done.organisation.slug),
        ),
    ]);
    addresses
}

/// An organisation that can appeal, and another's appeal, which the town's decider may answer.
fn appeals(portal: &RunningPortal, crew: &Crew, reviewer: &Person) -> (String, AppealId) {
    let other = portal.with_role("Del Decider", Role::Decider);
    let suspend = |name: &str| {
        let of = portal.approved_organisation(name);
        let endorsement = portal.endorsement(&of.organisation, &of.lead, reviewer, &other);
        portal.act_as(&other, |act| {
            let assessment = Assessment::find(act.conn, endorsement.assessment_id)?;
            let free = Independence::establish(act.conn, other.account().id, &assessment, act.at)?;
            endorsement.judge(act, free, JudgedStep::Suspend, "We look into a complaint")
        });
        of
    };
    let (able, appealing) = (suspend("Able Club"), suspend("Appealing Club"));
    crew.join(portal, &able.organisation);
    let lead = appealing.lead.account().id;
    let appeal = portal.act_as(&appealing.lead, |act| {
        let id = appealing.organisation.id;
        let contested = Contestable::find(act.conn, id, Contested::Endorsement, act.today())?.expect("it is suspended");
        Appeal::lodge(act, lead, &appealing.organisation, &contested, "It is not so")
    });
    (able.organisation.slug, appeal.expect("the first").id)
}
