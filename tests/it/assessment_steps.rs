//! The steps an assessment can take, those it cannot, and what each opens and locks.

use youth_charter::accounts::Account;
use youth_charter::acts::Act;
use youth_charter::error::{Error, Result};
use youth_charter::ids::IndicatorId;
use youth_charter::organisations::Organisation;
use youth_charter::quality::{
    Answer, Assessment, AssessmentState, ChangeRequest, ChangeState, Conclusion, Judgement, Progress, Sheet, Signed,
    Standing,
};

use crate::harness::{NewOrganisation, Person, RunningPortal, countersign, spawn_portal};
use crate::quality::{QUALITY, answer_the_rest, look_at};

use AssessmentState::{ChangesRequested, Draft, Endorsed, InReview, NotYet, Recommended, Submitted};

const STEPS: &[&str] = &[
    "sign",
    "countersign",
    "take back",
    "withdraw",
    "take",
    "return",
    "resubmit",
    "recommend",
    "send back",
    "conclude: endorsed",
    "conclude: not yet",
];

/// What leads where; every other pair is a conflict.
const TABLE: &[(AssessmentState, &str, AssessmentState)] = &[
    (Draft, "sign", Draft),
    (Submitted, "withdraw", Draft),
    (Submitted, "take", InReview),
    (InReview, "return", ChangesRequested),
    (ChangesRequested, "resubmit", InReview),
    (InReview, "recommend", Recommended),
    (Recommended, "send back", InReview),
    (Recommended, "conclude: endorsed", Endorsed),
    (Recommended, "conclude: not yet", NotYet),
];

/// Takes a step of an organisation's latest assessment.
fn step(act: &mut Act<'_>, organisation: &Organisation, step: &str, (by, chair): (&Account, &Account)) -> Result<()> {
    let assessment = latest(act, organisation)?;
    match step {
        "sign" => {
            let signed = assessment.sign_for_the_work(act, by, "It is right")?;
            if assessment.state() == ChangesRequested {
                Err(Error::Conflict)
            } else {
                assert_eq!(signed, Signed::Sealed);
                Ok(())
            }
        }
        "countersign" => countersign(act, assessment.id, chair),
        "take back" => assessment.take_back(act),
        "withdraw" => assessment.withdraw(act),
        "take" => assessment.take_into_review(act),
        "return" => assessment.return_for_changes(act, &[asked("exp-next-steps", "Which?")]),
        "resubmit" if assessment.state() != ChangesRequested => Err(Error::Conflict),
        "resubmit" => {
            assert_eq!(assessment.sign_for_the_work(act, by, "It is right")?, Signed::Sent);
            Ok(())
        }
        "recommend" => assessment.recommend(act),
        "send back" => assessment.send_back_to_reviewer(act),
        "conclude: endorsed" => assessment.conclude(act, Conclusion::Endorsed),
        _ => assessment.conclude(act, Conclusion::NotYet),
    }
}

#[test]
fn each_state_allows_its_own_steps_and_no_other() {
    for (state, way) in [
        (Draft, &[][..]),
        (Submitted, &["sign", "countersign"]),
        (InReview, &["sign", "countersign", "take"]),
        (ChangesRequested, &["sign", "countersign", "take", "return"]),
        (Recommended, &["sign", "countersign", "take", "recommend"]),
        (Endorsed, &["sign", "countersign", "take", "recommend", "conclude: endorsed"]),
        (NotYet, &["sign", "countersign", "take", "recommend", "conclude: not yet"]),
    ] {
        let portal = spawn_portal();
        let NewOrganisation { organisation, lead } = portal.approved_organisation("The Hub");
        let chair = portal.signatory_of(&organisation);
        let both = (lead.account(), chair.account());
        begin_and_answer(&portal, &organisation, &lead);
        for name in way {
            portal.act_as(&lead, |act| step(act, &organisation, name, both));
        }
        if state == ChangesRequested {
            answer_the_rest(&portal, organisation.id, &lead);
        }
        for name in STEPS {
            let expected = TABLE.iter().find(|(from, step, _)| *from == state && step == name).map(|(.., to)| *to);
            // Every step is tried and undone, so that the next one starts from the same state.
            let mut reached = None;
            let outcome = portal.try_act(lead.actor(), |act| {
                step(act, &organisation, name, both)?;
                reached = Some(latest(act, &organisation)?.state());
                Err::<(), _>(Error::Busy)
            });
            assert_eq!(reached, expected, "{name} in {state:?}");
            let refused = matches!(outcome, Err(Error::Conflict));
            assert_eq!(refused, expected.is_none(), "{name} in {state:?}: {outcome:?}");
        }
        portal.read_all_letters();
    }
}

#[test]
fn a_stale_assessment_cannot_be_stepped_twice() {
    let portal = spawn_portal();
    let NewOrganisation { organisation, lead } = portal.approved_organisation("The Hub");
    let draft = begin_and_answer(&portal, &organisation, &lead);
    let chair = portal.signatory_of(&organisation);
    let sign = |act: &mut Act<'_>| draft.sign_for_the_work(act, lead.account(), "It is right");
    portal.act_as(&lead, sign);
    assert!(matches!(portal.try_act(lead.actor(), sign), Err(Error::Conflict)));
    assert_eq!(portal.letters_to(chair.email()).len(), 1);
}

#[test]
fn a_submitted_assessment_has_an_answer_to_everything() {
    let portal = spawn_portal();
    let NewOrganisation { organisation, lead } = portal.approved_organisation("The Hub");
    submitted(&portal, &organisation, &lead);
    let sheet = portal.read(|conn| Sheet::latest_of(conn, organisation.id));
    assert_eq!(sheet.answers.len(), sheet.framework.indicators.len());
    let staff: &Answer = &sheet.answers[&IndicatorId::from("org-paid-staff-development")];
    assert_eq!(staff.judgement, Judgement::NotApplicable);
}

#[test]
fn changes_open_what_was_asked_about_and_nothing_else() {
    let portal = spawn_portal();
    let NewOrganisation { organisation, mut lead } = portal.approved_organisation("The Hub");
    submitted(&portal, &organisation, &lead);
    portal.act(|act| latest(act, &organisation)?.take_into_review(act));
    let requests = [asked("exp-next-steps", "Which steps\nare there?"), asked("exp-feel-safe", "How do you ask?")];
    portal.act(|act| latest(act, &organisation)?.return_for_changes(act, &requests));
    let letter = portal.letter_to(lead.email());
    assert!(
        letter.text.contains("How do you ask?") && letter.text.contains("find their next step?"),
        "{}",
        letter.text
    );

    lead.visit(QUALITY).sees("Changes wanted").sees("How do you ask?").does_not_see("Check and send back");
    lead.visit(&format!("{QUALITY}/indicators/exp-welcome-first-visit")).sees("did not ask about this answer");
    let answer = [("judgement", "excelling"), ("narrative", "Not asked"), ("edition", "1")];
    assert_eq!(lead.send(&format!("{QUALITY}/indicators/exp-welcome-first-visit"), &answer).status, 409);
    let submission = format!("{QUALITY}/submission");
    assert_eq!(lead.send(&submission, &[("declaration", "yes")]).status, 422);

    lead.visit(&format!("{QUALITY}/indicators/exp-feel-safe")).sees("The reviewer asks").sees("How do you ask?");
    lead.fill("In your own words", "Every week").press("Save and continue");
    lead.sees("The reviewer asks").sees("are there?").press("Save and continue").sees("Nothing is left to answer");
    lead.follow("Check and send back")
        .tick_in("I confirm for my organisation", "The answers are right as far as I know");
    lead.press("Send back to the reviewer").sees("In review");
    assert_eq!(portal.letter_to(lead.email()).subject, "The Hub has sent its changes to the reviewer");
    lead.visit(&format!("{QUALITY}/indicators/exp-feel-safe")).sees("This answer is locked").sees("Every week");

    // The same indicator can be asked about again, and what was asked before is kept.
    portal.act(|act| latest(act, &organisation)?.return_for_changes(act, &[asked("exp-feel-safe", "And online?")]));
    portal.read_all_letters();
    let all = portal.read(|conn| {
        let sheet = Sheet::latest_of(conn, organisation.id)?;
        ChangeRequest::all_of(conn, sheet.assessment.id)
    });
    let states: Vec<_> = all.iter().map(|request| request.state).collect();
    assert_eq!(states, [ChangeState::Open, ChangeState::Settled, ChangeState::Settled]);
    lead.visit(QUALITY).sees("And online?").does_not_see("How do you ask?");
}

#[test]
fn a_request_for_changes_names_indicators_once_and_some() {
    let portal = spawn_portal();
    let NewOrganisation { organisation, lead } = portal.approved_organisation("The Hub");
    submitted(&portal, &organisation, &lead);
    portal.act(|act| latest(act, &organisation)?.take_into_review(act));
    for wrong in [
        &[][..],
        &[asked("no-such-question", "Why?")],
        &[asked("exp-feel-safe", "How?"), asked("exp-feel-safe", "Why?")],
    ] {
        let outcome = portal.try_act(lead.actor(), |act| latest(act, &organisation)?.return_for_changes(act, wrong));
        assert!(matches!(outcome, Err(Error::Conflict)), "{wrong:?}: {outcome:?}");
    }
    let state = portal.read(|conn| Ok(Sheet::latest_of(conn, organisation.id)?.assessment.state()));
    assert_eq!(state, InReview);
}

#[test]
fn the_next_assessment_brings_answers_to_look_at_again() {
    let portal = spawn_portal();
    let NewOrganisation { organisation, mut lead } = portal.approved_organisation("The Hub");
    submitted(&portal, &organisation, &lead);
    for name in ["take", "recommend", "conclude: not yet"] {
        let both = (lead.account(), lead.account());
        portal.act(|act| step(act, &organisation, name, both));
    }
    lead.visit(QUALITY).sees("not yet").press("Begin").sees("0 of 43 questions answered").sees("Look again");
    let (progress, first) = portal.act(|act| look_at(act, organisation.id));
    assert_eq!((progress, first), (Progress { answered: 0, wanted: 43 }, Standing::ToLookAtAgain));
    lead.follow("Start with the first question").press("Save and continue");
    lead.visit(QUALITY).sees("1 of 43 questions answered");
    let running = portal.read(|conn| Assessment::running_of(conn, organisation.id));
    assert_eq!(running.map(|assessment| assessment.state()), Some(Draft));
}

#[test]
fn those_that_wait_are_listed_with_their_organisations_the_longest_wait_first() {
    let portal = spawn_portal();
    for name in ["The Hub", "The Barn"] {
        let NewOrganisation { organisation, lead } = portal.approved_organisation(name);
        submitted(&portal, &organisation, &lead);
    }
    let names = |states: &[AssessmentState], limit, offset| {
        let found = portal.read(|conn| Assessment::waiting(conn, states, limit, offset));
        found.into_iter().map(|(_, organisation)| organisation.name).collect::<Vec<_>>()
    };
    assert_eq!(names(&[Submitted, InReview], 50, 0), ["The Hub", "The Barn"]);
    assert_eq!(names(&[Submitted], 1, 1), ["The Barn"]);
    assert_eq!(names(&[Draft, Recommended], 50, 0), Vec::<String>::new());
    assert_eq!(portal.read(|conn| Assessment::count_waiting(conn, &[Submitted])), 2);
}

fn asked(indicator: &str, reason: &str) -> (IndicatorId, String) {
    (IndicatorId::from(indicator), reason.to_owned())
}

fn latest(act: &mut Act<'_>, organisation: &Organisation) -> Result<Assessment> {
    Assessment::latest_of(act.conn, organisation.id)?.ok_or(Error::NotFound)
}

fn begin_and_answer(portal: &RunningPortal, organisation: &Organisation, lead: &Person) -> Assessment {
    let assessment = portal.act_as(lead, |act| Assessment::begin(act, organisation.id));
    answer_the_rest(portal, organisation.id, lead);
    assessment
}

fn submitted(portal: &RunningPortal, organisation: &Organisation, lead: &Person) {
    let assessment = begin_and_answer(portal, organisation, lead);
    portal.hand_in(organisation, lead, &assessment);
    portal.read_all_letters();
}
