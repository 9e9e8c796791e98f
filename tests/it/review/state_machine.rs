//! The state machine: the table in the module's documentation is the one that the code prints, and the verbs do what it
//! says and nothing else.

use youth_charter::organisations::Organisation;
use youth_charter::review::{
    Appeal, CASE_STEPS, Contestable, Contested, FreshEyes, Interest, print_state_table, step_aside_from_all,
};

use super::sequences::{PLACES, Step};
use super::*;
use crate::harness::{root, spawn_portal};

#[test]
fn the_table_in_the_documentation_is_the_one_of_the_code() {
    let table = print_state_table();
    let documented = std::fs::read_to_string(root().join("src/review/mod.rs")).expect("it is there");
    let documented: String =
        documented.lines().filter_map(|line| line.strip_prefix("//! |")).map(|row| format!("|{row}\n")).collect();
    assert_eq!(documented, table, "print it again at the head of src/review/mod.rs");
    insta::assert_snapshot!(table);
}

/// A verb of the table, done by whoever may.
#[derive(Debug, Clone, Copy)]
enum Verb {
    Of(Step),
    DecideNotYet,
    GiveBack,
    Uphold,
    Assign,
    HandOver,
    Withdraw,
}

const VERBS: &[(&str, Verb)] = &[
    ("take", Verb::Of(Step::Take)),
    ("record a finding", Verb::Of(Step::Find)),
    ("ask for changes", Verb::Of(Step::AskForChanges)),
    ("send again", Verb::Of(Step::Resubmit)),
    ("recommend", Verb::Of(Step::Recommend)),
    ("send back", Verb::Of(Step::SendBack)),
    ("decide on a level", Verb::Of(Step::Decide)),
    ("decide on not yet", Verb::DecideNotYet),
    ("assign", Verb::Assign),
    ("hand over", Verb::HandOver),
    ("withdraw", Verb::Withdraw),
    ("give back", Verb::GiveBack),
    ("uphold an appeal", Verb::Uphold),
];

#[test]
fn every_verb_from_every_place_does_what_the_table_says() {
    let portal = spawn_portal();
    let cast =
        [portal.reviewer(), portal.decider(), portal.steward(), portal.with_role("Ren Reviewer", Role::Reviewer)];
    let mut places: Vec<(&str, Vec<Verb>)> =
        PLACES.iter().map(|(place, way)| (*place, way.iter().map(|step| Verb::Of(*step)).collect())).collect();
    let to_decide = [Step::Take, Step::Find, Step::Recommend].map(Verb::Of);
    places.push(("not yet", to_decide.into_iter().chain([Verb::DecideNotYet]).collect()));
    let mut tried = 0;
    for (place, way) in &places {
        for (called, verb) in VERBS {
            let hub = portal.approved_organisation(&format!("{place} {called}"));
            let assessment = submitted(&portal, &hub);
            for step in way {
                do_verb(&portal, &cast, &hub, &assessment, *step).expect("it can be reached");
            }
            let before = portal.read(|conn| Assessment::find(conn, assessment.id)).state();
            let outcome = do_verb(&portal, &cast, &hub, &assessment, *verb);
            let after = portal.read(|conn| Assessment::find(conn, assessment.id)).state();
            let said = CASE_STEPS.iter().find(|(from, name, ..)| *from == before && name == called);
            match (said, &outcome) {
                (Some((_, _, to, _)), Ok(())) => assert_eq!(after, *to, "{place}: {called}"),
                // Nothing is recommended before all is looked at, nor appealed against that was hoped for.
                (_, Err(Error::Conflict)) => assert_eq!(after, before, "{place}: {called}"),
                _ => panic!("{place}: {called} came to {outcome:?} and {after:?}"),
            }
            tried += usize::from(outcome.is_ok());
        }
    }
    portal.read_all_letters();
    assert!(tried >= CASE_STEPS.len(), "each row of the table was walked: {tried}");
}

fn do_verb(
    portal: &RunningPortal,
    cast: &[Person; 4],
    hub: &NewOrganisation,
    assessment: &Assessment,
    verb: Verb,
) -> Result<()> {
    let [rae, dee, sam, ren] = cast;
    match verb {
        Verb::Of(step @ (Step::SendBack | Step::Decide)) => step.by(portal, dee, &hub.lead, assessment),
        Verb::Of(step) => step.by(portal, rae, &hub.lead, assessment),
        Verb::DecideNotYet => portal.try_act(dee.actor(), |act| {
            let assessment = Assessment::find(act.conn, assessment.id)?;
            let by = Independence::establish(act.conn, dee.account().id, &assessment, act.at)?;
            let review = Review::of_assessment(act.conn, assessment.id)?.ok_or(Error::Conflict)?;
            review.decide(act, by, Outcome::NotYet, "Not yet").map(drop)
        }),
        Verb::Assign => portal.try_act(sam.actor(), |act| {
            let assessment = Assessment::find(act.conn, assessment.id)?;
            let by = Independence::establish(act.conn, sam.account().id, &assessment, act.at)?;
            Review::assign(act, by, &assessment, ren.account().id, "You are free").map(drop)
        }),
        Verb::HandOver => portal.try_act(rae.actor(), |act| {
            let assessment = Assessment::find(act.conn, assessment.id)?;
            let by = Independence::establish(act.conn, rae.account().id, &assessment, act.at)?;
            let review = Review::of_assessment(act.conn, assessment.id)?.ok_or(Error::Conflict)?;
            review.hand_over(act, by, ren.account().id, "I am on leave")
        }),
        Verb::Withdraw => {
            let now = portal.read(|conn| Assessment::find(conn, assessment.id));
            portal.try_act(hub.lead.actor(), |act| now.withdraw(act))
        }
        Verb::GiveBack => give_back(portal, rae, &hub.organisation),
        Verb::Uphold => uphold(portal, sam, hub),
    }
}

/// The reviewer has a tie from now on; nothing to give back is a conflict here.
fn give_back(portal: &RunningPortal, reviewer: &Person, organisation: &Organisation) -> Result<()> {
    let me = reviewer.account().id;
    let given_back = portal.try_act(reviewer.actor(), |act| Interest::declare(act, me, organisation, "A tie"))?;
    assert_eq!(portal.act(step_aside_from_all), 0, "it was at once");
    given_back.filter(|reviews| *reviews > 0).map(drop).ok_or(Error::Conflict)
}

fn uphold(portal: &RunningPortal, by: &Person, hub: &NewOrganisation) -> Result<()> {
    let lead = hub.lead.account().id;
    let appeal = portal.try_act(hub.lead.actor(), |act| {
        let found = Contestable::find(act.conn, hub.organisation.id, Contested::Decision, act.today())?;
        let contested = found.ok_or(Error::Conflict)?;
        Appeal::lodge(act, lead, &hub.organisation, &contested, "It is not so")?.ok_or(Error::Conflict)
    })?;
    portal.try_act(by.actor(), |act| {
        let eyes = FreshEyes::establish(act.conn, by.account().id, &appeal, act.at)?;
        appeal.answer(act, eyes, true, "Right")
    })
}
