//! Suspending an endorsement, giving it back and taking it away: who may, what the organisation reads, and what
//! everyone else does.

use chrono::Duration;
use youth_charter::organisations::{Engagement, MembershipRole};
use youth_charter::review::{
    EndorsementState, EndorsementStep, JudgedStep, RecordedStep, fold_steps, lapse_due_endorsements,
};

use super::*;
use crate::harness::spawn_portal;

#[test]
fn an_endorsement_is_suspended_given_back_and_taken_away_and_everyone_reads_why_or_that() {
    let portal = spawn_portal();
    let hub = portal.approved_organisation("The Hub");
    let endorsement = endorsed(&portal, &hub, Outcome::Established);
    let (mut dee, mut lead, mut anyone) = (portal.decider(), hub.lead, portal.visitor());
    let verify = format!("/verify/{}", endorsement.code);
    let badge = |portal: &RunningPortal| portal.visitor().ask(&format!("/badges/{}.svg", endorsement.code)).text();
    let today = youth_charter::clock::say_day(portal.today());

    dee.visit("/review/decisions").follow("Endorsements that were given").sees("The Hub").sees("In force");
    dee.fill("Name of the organisation, or number", "nobody").press("Search").sees("No endorsement found");
    dee.fill("Name of the organisation, or number", &endorsement.number.to_lowercase())
        .press("Search")
        .follow("The Hub");
    dee.sees("Given").follow("Suspend this endorsement").press("Suspend this endorsement");
    assert_eq!(dee.error_beside("Your reason"), "Give your reason");
    dee.fill("Your reason", "We look into a complaint").press("Suspend this endorsement");
    dee.sees("The endorsement is suspended").sees("We look into a complaint").does_not_see("Suspend this endorsement");
    let letter = portal.letter_to(lead.email());
    assert_eq!(letter.subject, "Your endorsement is suspended for now: The Hub");
    assert!(letter.text.contains("We look into a complaint"));
    lead.visit("/organisations/the-hub").sees("Read why, and what you can do").visit(&letter.link());
    lead.sees("Established: Suspended").sees("We look into a complaint");
    anyone.visit(&verify).sees("does not stand at present").sees(&format!("suspended it on {today}"));
    anyone.sees("It may stand again").does_not_see("complaint").does_not_see("it stands today");
    assert!(badge(&portal).contains("Suspended"), "{}", badge(&portal));
    anyone.visit("/directory/the-hub").sees(&format!("is suspended since {today}")).does_not_see("complaint");
    anyone.visit("/directory?level=established").does_not_see("The Hub");

    dee.follow("Put this endorsement in force again").fill("Your reason", "It was unfounded");
    dee.press("Put this endorsement in force again").sees("in force again");
    let letter = portal.letter_to(lead.email());
    assert!(letter.subject.contains("in force again") && letter.text.contains("It was unfounded"));
    anyone.visit(&verify).sees("it stands today");
    anyone.visit("/directory/the-hub").sees("Endorsed at the level Established");
    assert!(badge(&portal).contains("until"));

    dee.follow("Revoke this endorsement").sees("only an appeal can").fill("Your reason", "No safeguarding lead");
    dee.press("Revoke this endorsement").sees("The endorsement is revoked").does_not_see("What you can do");
    let letter = portal.letter_to(lead.email());
    assert!(letter.subject.contains("does not stand any more") && letter.text.contains("No safeguarding lead"));
    anyone.visit(&verify).sees(&format!("took it back on {today}")).does_not_see("safeguarding lead");
    anyone.visit("/directory/the-hub").sees(&format!("Established back on {today}"));
    assert!(badge(&portal).contains("Revoked"));
    lead.visit("/organisations/the-hub/quality/outcome").sees("No safeguarding lead");
    lead.visit("/organisations/the-hub").sees("Revoked");
    assert!(portal.read(|conn| Endorsement::in_force_of(conn, hub.organisation.id)).is_none());
    let taken = portal.read(|conn| RecordedStep::all_of(conn, endorsement.id));
    let by_dee = taken.iter().filter(|step| step.taken_by == Some(dee.account().id)).count();
    assert_eq!((taken.len(), by_dee), (4, 3), "the first was another’s");
}

#[test]
fn each_step_of_an_endorsement_is_possible_in_its_own_state_only() {
    let portal = spawn_portal();
    let dee = portal.decider();
    let ways: [(&str, &[JudgedStep]); 3] =
        [("in force", &[]), ("suspended", &[JudgedStep::Suspend]), ("revoked", &[JudgedStep::Revoke])];
    for (place, way) in ways {
        for judged in JudgedStep::ALL {
            let hub = portal.approved_organisation(&format!("{place} {judged:?}"));
            let endorsement = endorsed(&portal, &hub, Outcome::Emerging);
            way.iter().for_each(|step| judge(&portal, &dee, &endorsement, *step).expect("it leads there"));
            let before = now(&portal, &endorsement).state();
            let mut decider = portal.same_person(&dee);
            let address = format!("/review/endorsements/{}/steps/{}", endorsement.id, judged.as_str());
            let outcome = judge(&portal, &dee, &endorsement, *judged);
            let after = now(&portal, &endorsement).state();
            match judged.step().leads_from().contains(&before) {
                true => assert_eq!(after, judged.step().leads_to(), "{place} {judged:?}: {outcome:?}"),
                false => {
                    assert!(matches!(outcome, Err(Error::Conflict)), "{place} {judged:?}: {outcome:?}");
                    assert_eq!(after, before);
                    assert_eq!(decider.ask(&address).status, 409);
                    assert_eq!(decider.send(&address, &[("reason", "Again")]).status, 409);
                }
            }
            assert_folds(&portal, &endorsement);
        }
    }
    portal.read_all_letters();
}

#[test]
fn a_suspended_endorsement_still_comes_to_its_end_and_gives_way_to_a_newer_one() {
    let portal = spawn_portal();
    let (hub, club) = (portal.approved_organisation("The Hub"), portal.approved_organisation("The Club"));
    let dee = portal.decider();
    let (old, ending) = (endorsed(&portal, &hub, Outcome::Emerging), endorsed(&portal, &club, Outcome::Emerging));
    judge(&portal, &dee, &old, JudgedStep::Suspend).expect("it stands");
    judge(&portal, &dee, &ending, JudgedStep::Suspend).expect("it stands");
    let newer = endorsed(&portal, &hub, Outcome::Established);
    assert_eq!(now(&portal, &old).state(), EndorsementState::Replaced);
    portal.visitor().visit(&format!("/verify/{}", old.code)).sees("The Hub was endorsed again on");
    portal.advance(Duration::days((ending.ends_on - portal.today()).num_days() + 1));
    assert!(matches!(judge(&portal, &dee, &ending, JudgedStep::Reinstate), Err(Error::Conflict)), "its time is over");
    assert_eq!(portal.act(lapse_due_endorsements), 2, "suspended or not");
    portal.visitor().visit(&format!("/verify/{}", ending.code)).sees("It came to its end: its last day was");
    portal.visitor().visit("/directory/the-club").does_not_see("Quality endorsement");
    for endorsement in [&old, &ending, &newer] {
        assert_folds(&portal, endorsement);
    }
    portal.read_all_letters();
}

#[test]
fn only_a_decider_without_a_tie_judges_an_endorsement() {
    let portal = spawn_portal();
    let (hub, club) = (portal.approved_organisation("The Hub"), portal.approved_organisation("The Club"));
    let (endorsement, other) =
        (endorsed(&portal, &hub, Outcome::Emerging), endorsed(&portal, &club, Outcome::Emerging));
    let (mut tied, _) = portal.member_of(&hub.organisation, MembershipRole::Viewer, Engagement::Trustee);
    tied = portal.promoted(&tied, Role::Decider);
    tied.visit("/review/endorsements").sees("You have a tie to this organisation (you belong to it)");
    tied.does_not_see(&endorsement.id.to_string());
    for mut person in [tied, portal.reviewer(), portal.steward()] {
        let here = format!("/review/endorsements/{}", endorsement.id);
        assert_eq!(person.ask(&here).status, 403);
        assert_eq!(person.ask(&format!("{here}/steps/revocation")).status, 403);
        assert_eq!(person.send(&format!("{here}/steps/revocation"), &[("reason", "Mine")]).status, 403);
    }
    let dee = portal.decider();
    let elsewhere = portal.try_act(dee.actor(), |act| {
        let assessment = Assessment::find(act.conn, other.assessment_id)?;
        let by = Independence::establish(act.conn, dee.account().id, &assessment, act.at)?;
        endorsement.judge(act, by, JudgedStep::Revoke, "Mine")
    });
    assert!(matches!(elsewhere, Err(Error::NotAllowed)), "the proof is about another organisation: {elsewhere:?}");
    let forced = portal.try_act(dee.actor(), |act| {
        use youth_charter::db::schema::endorsement_steps as steps;
        let what = (steps::endorsement_id.eq(endorsement.id), steps::number.eq(9), steps::step.eq("revoke"));
        let why = (steps::reason.eq(""), steps::taken_by.eq(dee.account().id), steps::taken_at.eq(act.at));
        Ok(diesel::insert_into(steps::table).values((what, why)).execute(act.conn)?)
    });
    assert!(forced.is_err_and(|cause| cause.to_string().to_lowercase().contains("check")), "a reason is wanted");
    assert_eq!(now(&portal, &endorsement).state(), EndorsementState::InForce);
    portal.read_all_letters();
}

pub fn judge(portal: &RunningPortal, person: &Person, of: &Endorsement, judged: JudgedStep) -> Result<()> {
    portal.try_act(person.actor(), |act| {
        let assessment = Assessment::find(act.conn, of.assessment_id)?;
        let by = Independence::establish(act.conn, person.account().id, &assessment, act.at)?;
        Endorsement::find(act.conn, of.id)?.judge(act, by, judged, "For a reason")
    })
}

pub fn now(portal: &RunningPortal, endorsement: &Endorsement) -> Endorsement {
    portal.read(|conn| Endorsement::find(conn, endorsement.id))
}

/// How it stands is what its steps come to; the first is its issue, by the decider, for the reasons of the decision.
#[track_caller]
pub fn assert_folds(portal: &RunningPortal, endorsement: &Endorsement) {
    let taken = portal.read(|conn| RecordedStep::all_of(conn, endorsement.id));
    assert_eq!(fold_steps(taken.iter().map(|step| step.step)), Some(now(portal, endorsement).state()), "{taken:?}");
    let first = taken.first().expect("it was issued");
    assert!(first.step == EndorsementStep::Issue && first.taken_by.is_some() && !first.reason.is_empty(), "{first:?}");
}
