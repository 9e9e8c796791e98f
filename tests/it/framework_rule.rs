//! Random edits of the framework, published one after another under an assessment that is being written and one that was
//! handed in: no answer is ever lost, changed or under another question, and what is to be looked at again is exactly what
//! asks for something else.

use std::collections::{BTreeMap, BTreeSet};

use proptest::prelude::*;
use youth_charter::acts::Act;
use youth_charter::error::{Error, Result};
use youth_charter::framework::{
    Added, Chosen, Direction, Draft, DraftText, Framework, IndicatorPart, add_indicator, begin_draft, choose_in_draft,
    move_indicator, put_indicator_back, retire_indicator, rewrite_draft, split_indicator,
};
use youth_charter::framework_drafting::{Published, publish};
use youth_charter::ids::IndicatorId;
use youth_charter::quality::{Assessment, Judgement, Said, Sheet, Standing, save_answer};
use youth_charter::reminders::carry_assessments_over;
use youth_charter::words::mark_of;

use crate::harness::{NewOrganisation, Person, RunningPortal, spawn_portal_in_a_file};
use crate::quality::answer_the_rest;

/// What a steward may do; the number says to which indicator.
#[derive(Debug, Clone, Copy)]
enum Edit {
    Reword(usize),
    RewordAndAskAnew(usize),
    Retire(usize),
    Split(usize),
    Add(usize),
    PutBack(usize),
    Move(usize, bool),
    Rehome(usize, usize),
}

/// Between publications: edits, and to which questions the organisation says something new.
type Round = (Vec<Edit>, Vec<usize>);

fn some_rounds() -> impl Strategy<Value = Vec<Round>> {
    let at = 0_usize..1000;
    let edit = prop_oneof![
        at.clone().prop_map(Edit::Reword),
        at.clone().prop_map(Edit::RewordAndAskAnew),
        at.clone().prop_map(Edit::Retire),
        at.clone().prop_map(Edit::Split),
        at.clone().prop_map(Edit::Add),
        at.clone().prop_map(Edit::PutBack),
        (at.clone(), any::<bool>()).prop_map(|(at, up)| Edit::Move(at, up)),
        (at.clone(), at.clone()).prop_map(|(at, to)| Edit::Rehome(at, to)),
    ];
    let round = (proptest::collection::vec(edit, 1..6), proptest::collection::vec(at, 0..4));
    proptest::collection::vec(round, 1..4)
}

fn open_draft(act: &mut Act<'_>) -> Result<Framework> {
    Ok(Draft::open(act.conn)?.ok_or(Error::NotFound)?.framework)
}

fn write(act: &mut Act<'_>, id: &IndicatorId, part: IndicatorPart, text: &str) -> Result<()> {
    let draft = open_draft(act)?;
    let seen = mark_of(&draft.indicator(id)?.part(part));
    rewrite_draft(act, &DraftText::Indicator(id.clone(), part), text, &seen).map(|_| ())
}

fn write_all(act: &mut Act<'_>, id: &IndicatorId) -> Result<()> {
    let parts = IndicatorPart::ALL.iter().filter(|part| **part != IndicatorPart::Question);
    parts.copied().try_for_each(|part| write(act, id, part, "Words."))
}

/// Does one thing to the draft; `made` counts what has an id of ours.
fn edit(act: &mut Act<'_>, edit: Edit, made: &mut usize) -> Result<()> {
    let draft = open_draft(act)?;
    let at = |at: usize| draft.indicators[at % draft.indicators.len()].clone();
    let mut fresh = || {
        *made += 1;
        IndicatorId::from(format!("new-{made}").as_str())
    };
    match edit {
        Edit::Reword(n) => write(act, &at(n).id, IndicatorPart::Question, &format!("{} Now?", at(n).why.len() + n)),
        Edit::RewordAndAskAnew(n) => {
            write(act, &at(n).id, IndicatorPart::Emerging, &format!("Otherwise {n}."))?;
            let seen = Chosen::AsksAnew(at(n).asks_anew).mark();
            choose_in_draft(act, &at(n).id, Chosen::AsksAnew(true), &seen)
        }
        Edit::Retire(n) if draft.indicators_of(&at(n).standard_id).count() > 1 => {
            retire_indicator(act, &at(n).id, &at(n).mark())
        }
        Edit::Retire(_) => Ok(()),
        Edit::Split(n) => {
            let (one, other) = (fresh(), fresh());
            let parts = [(one.clone(), "One?".to_owned()), (other.clone(), "Other?".to_owned())];
            assert_eq!(split_indicator(act, &at(n).id, &at(n).mark(), parts)?, Added::Yes);
            write_all(act, &one)?;
            write_all(act, &other)
        }
        Edit::Add(n) => {
            let id = fresh();
            assert_eq!(add_indicator(act, &at(n).standard_id, &id, "More?")?, Added::Yes);
            write_all(act, &id)
        }
        Edit::PutBack(n) => {
            let in_force = Framework::in_force(act.conn)?;
            let gone: Vec<_> = in_force.indicators.iter().filter(|i| draft.indicator(&i.id).is_err()).collect();
            if gone.is_empty() { Ok(()) } else { put_indicator_back(act, &gone[n % gone.len()].id) }
        }
        Edit::Move(n, up) => move_indicator(act, &at(n).id, if up { Direction::Up } else { Direction::Down }),
        Edit::Rehome(n, to) if draft.indicators_of(&at(n).standard_id).count() > 1 => {
            let to = draft.standards[to % draft.standards.len()].id.clone();
            let seen = Chosen::Standard(at(n).standard_id).mark();
            choose_in_draft(act, &at(n).id, Chosen::Standard(to), &seen)
        }
        Edit::Rehome(..) => Ok(()),
    }
}

/// What an organisation has said, and what it is to look at again.
#[derive(Debug, Default, Clone, PartialEq, Eq)]
struct Model {
    said: BTreeMap<String, (Judgement, String)>,
    again: BTreeSet<String>,
}

impl Model {
    fn of(sheet: &Sheet) -> Self {
        let said = |(id, answer): (&IndicatorId, &youth_charter::quality::Answer)| {
            (id.to_string(), (answer.judgement, answer.narrative.clone()))
        };
        let again = |id: &&IndicatorId| sheet.answers[*id].asked_anew;
        Self {
            said: sheet.answers.iter().map(said).collect(),
            again: sheet.answers.keys().filter(again).map(ToString::to_string).collect(),
        }
    }
}

fn answer(portal: &RunningPortal, person: &Person, organisation: youth_charter::ids::OrganisationId, n: usize) {
    let account = person.account().id;
    portal.act_as(person, |act| {
        let sheet = Sheet::latest_of(act.conn, organisation)?;
        let indicator = &sheet.framework.indicators[n % sheet.framework.indicators.len()];
        let edition_seen = sheet.answer(indicator).map_or(0, |answer| answer.edition);
        let said = Said { judgement: Judgement::Emerging, narrative: format!("Words {n}"), edition_seen };
        save_answer(act, &sheet, indicator, account, &said)
    });
}

/// Edits, publishes where there is something to publish, and carries over; what asks anew by then.
fn publish_round(portal: &RunningPortal, steward: &Person, edits: &[Edit], made: &mut usize) -> BTreeSet<String> {
    portal.act_as(steward, |act| begin_draft(act, steward.account().id));
    for one in edits {
        portal.act_as(steward, |act| edit(act, *one, made));
    }
    let draft = portal.read(Draft::open).expect("a draft");
    match portal.act_as(steward, |act| publish(act, draft.edition)) {
        Published::InForce(_) => {
            carry_assessments_over(&portal.inside).expect("it is done");
            let anew = draft.framework.indicators.iter().filter(|indicator| indicator.asks_anew);
            anew.map(|indicator| indicator.id.to_string()).collect()
        }
        // What was done was undone: the next round goes on with the same draft.
        Published::Refused(_) => BTreeSet::new(),
        Published::StillCarrying => panic!("everything has gone over"),
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(16))]
    #[test]
    fn no_answer_is_ever_lost_or_under_another_question(rounds in some_rounds()) {
        let portal = spawn_portal_in_a_file();
        let [hub, barn] = ["The Hub", "The Barn"].map(|name| portal.approved_organisation(name));
        for NewOrganisation { organisation, lead } in [&hub, &barn] {
            portal.act_as(lead, |act| Assessment::begin(act, organisation.id));
            answer_the_rest(&portal, organisation.id, lead);
        }
        let sheet_of = |new: &NewOrganisation| portal.read(|conn| Sheet::latest_of(conn, new.organisation.id));
        portal.hand_in(&barn.organisation, &barn.lead, &sheet_of(&barn).assessment);
        let handed_in = sheet_of(&barn);
        let steward = portal.steward();
        let (mut model, mut made) = (Model::of(&sheet_of(&hub)), 0);
        for (edits, answers) in rounds {
            let anew = publish_round(&portal, &steward, &edits, &mut made);
            let asked_and_said: Vec<String> = anew.into_iter().filter(|id| model.said.contains_key(id)).collect();
            model.again.extend(asked_and_said);
            let sheet = sheet_of(&hub);
            prop_assert_eq!(&Model::of(&sheet), &model);
            prop_assert_eq!(sheet.assessment.framework_version_id, portal.read(Framework::in_force).version.id);
            for indicator in &sheet.framework.indicators {
                let id = indicator.id.to_string();
                let standing = sheet.standing(indicator);
                match model.said.get(&id) {
                    Some(_) if model.again.contains(&id) => prop_assert_eq!(standing, Standing::AskedAnew),
                    Some((judgement, _)) => prop_assert_eq!(standing, Standing::Answered(*judgement)),
                    None => prop_assert!(matches!(standing, Standing::NotStarted | Standing::PresumedNotApplicable)),
                }
            }
            // Every answer is to be read: under its question, or among those that are asked no more.
            for id in model.said.keys() {
                prop_assert!(sheet.indicator_or_retired(&id.as_str().into()).is_ok(), "{} cannot be read", id);
            }
            for n in answers {
                answer(&portal, &hub.lead, hub.organisation.id, n);
                let framework = portal.read(Framework::in_force);
                let id = framework.indicators[n % framework.indicators.len()].id.to_string();
                model.again.remove(&id);
                model.said.insert(id, (Judgement::Emerging, format!("Words {n}")));
            }
        }
        let still = sheet_of(&barn);
        prop_assert_eq!(Model::of(&still), Model::of(&handed_in));
        prop_assert_eq!(still.assessment.framework_version_id, handed_in.assessment.framework_version_id);
        portal.read_all_letters();
    }
}
