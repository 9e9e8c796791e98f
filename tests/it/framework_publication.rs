//! A new framework in force: what it would change and ask of whom, that self-assessments go over with every answer, and that
//! what was handed in stays as it is.

use diesel::prelude::*;
use youth_charter::acts::Act;
use youth_charter::audit::{Verdict, verify_chain};
use youth_charter::db::schema::framework_publications;
use youth_charter::error::{Error, Result};
use youth_charter::framework::{
    Chosen, Draft, DraftText, Framework, FrameworkVersion, IndicatorPart, add_indicator, choose_in_draft,
    retire_indicator, rewrite_draft, split_indicator,
};
use youth_charter::framework_drafting::{Published, publish};
use youth_charter::ids::IndicatorId;
use youth_charter::organisations::Organisation;
use youth_charter::quality::{
    Answer, Assessment, Carrying, Judgement, Said, Saved, Sheet, Standing, go_on_with_carrying, save_answer,
};
use youth_charter::reminders::{carry_assessments_over, do_what_is_due};
use youth_charter::words::mark_of;

use crate::framework_draft::{DRAFT, drafting};
use crate::harness::{NewOrganisation, Person, RunningPortal, spawn_portal};
use crate::quality::{QUALITY, answer_the_rest};

const PUBLICATION: &str = "/vrp/framework/draft/publication";
const ASK: &str = "What describes you best today?";

fn rewrite(act: &mut Act<'_>, id: &str, part: IndicatorPart, text: &str) -> Result<()> {
    let draft = Draft::open(act.conn)?.ok_or(Error::NotFound)?;
    let which = DraftText::Indicator(id.into(), part);
    let mark = mark_of(&draft.text(&which)?);
    rewrite_draft(act, &which, text, &mark).map(|_| ())
}

fn write_out(act: &mut Act<'_>, id: &str) -> Result<()> {
    use IndicatorPart::{Emerging, Established, Evidence, Excelling, Why};
    [Why, Emerging, Established, Excelling, Evidence].into_iter().try_for_each(|part| rewrite(act, id, part, "Words."))
}

fn mark(act: &mut Act<'_>, id: &str) -> Result<String> {
    Ok(Draft::open(act.conn)?.ok_or(Error::NotFound)?.framework.indicator(&id.into())?.mark())
}

/// A draft with a change of each kind: reworded, asked anew, new, split and retired.
pub fn change_each_way(act: &mut Act<'_>) -> Result<()> {
    rewrite(act, "exp-feel-safe", IndicatorPart::Question, "How safe do young people feel?")?;
    rewrite(act, "exp-welcome-first-visit", IndicatorPart::Question, "How do you welcome them?")?;
    let anew = Chosen::AsksAnew(true);
    choose_in_draft(act, &"exp-welcome-first-visit".into(), anew, &Chosen::AsksAnew(false).mark())?;
    add_indicator(act, &"safe-and-welcoming".into(), &"exp-walk-home".into(), "Who walks home with them?")?;
    write_out(act, "exp-walk-home")?;
    let seen = mark(act, "exp-next-steps")?;
    let parts = [("exp-learn".into(), "What do they learn?".into()), ("exp-next".into(), "What comes next?".into())];
    split_indicator(act, &"exp-next-steps".into(), &seen, parts)?;
    write_out(act, "exp-learn")?;
    write_out(act, "exp-next")?;
    let seen = mark(act, "exp-asked-regularly")?;
    retire_indicator(act, &"exp-asked-regularly".into(), &seen)
}

pub fn publish_now(portal: &RunningPortal, steward: &Person) -> FrameworkVersion {
    let edition = portal.read(Draft::open).expect("a draft").edition;
    match portal.act_as(steward, |act| publish(act, edition)) {
        Published::InForce(version) => version,
        other => panic!("{other:?}"),
    }
}

fn sheet(portal: &RunningPortal, organisation: &Organisation) -> Sheet {
    portal.read(|conn| Sheet::latest_of(conn, organisation.id))
}

/// An organisation that has answered everything, in these words.
fn answered(portal: &RunningPortal, name: &str) -> NewOrganisation {
    let new = portal.approved_organisation(name);
    portal.act_as(&new.lead, |act| Assessment::begin(act, new.organisation.id));
    answer_the_rest(portal, new.organisation.id, &new.lead);
    portal.read_all_letters();
    new
}

fn said(answer: &Answer) -> (Judgement, &str, i32) {
    (answer.judgement, answer.narrative.as_str(), answer.edition)
}

#[test]
fn a_draft_is_tried_and_published_and_self_assessments_go_over_with_every_answer() {
    let portal = spawn_portal();
    let NewOrganisation { organisation, mut lead } = answered(&portal, "The Hub");
    let NewOrganisation { organisation: fresh, lead: fresh_lead } = portal.approved_organisation("The Barn");
    portal.act_as(&fresh_lead, |act| Assessment::begin(act, fresh.id));
    let mut steward = drafting(&portal);
    portal.act_as(&steward, change_each_way);
    let before = sheet(&portal, &organisation);

    steward.visit(DRAFT).follow("See what publishing would change").sees("Nothing has changed yet");
    steward.sees("2 of 2 organisations would need to answer 3 new questions");
    steward.sees("1 of 2 organisations would look again at what they have answered");
    steward.sees("1 of 2 organisations have answered what would be asked no more");
    steward.sees("How safe do young people feel?").sees("Split from").sees("Not asked any more");
    steward.follow("See whom it concerns").sees("The Hub").sees("Look again at 1 answer").sees("The Barn");
    let csv = steward.ask(&format!("{PUBLICATION}/concerned.csv")).text();
    assert!(csv.contains("The Hub,3,1,2") && csv.contains("The Barn,3,0,0"), "{csv}");
    assert_eq!(portal.read(Framework::in_force).version.number, 1, "looking changes nothing");
    assert_eq!(portal.letters_about(lead.email(), "questions").len(), 0);

    steward.visit(PUBLICATION).press("Publish this framework").sees("Version 2 of the framework is in force");
    steward.sees("self-assessments have gone over").sees("Earlier versions");
    lead.visit(QUALITY).sees("43 of 43 questions answered");
    do_what_is_due(&portal.inside).expect("it is done");
    steward.visit("/vrp/framework").sees("has gone over to this version: 2 in all");

    let after = sheet(&portal, &organisation);
    assert_eq!(after.framework.version.number, 2);
    assert_eq!(after.answers.len(), before.answers.len());
    for (id, answer) in &before.answers {
        assert_eq!(said(&after.answers[id]), said(answer), "{id}");
    }
    let standing = |id: &str| after.standing(after.indicator(&id.into()).expect("it is asked"));
    assert_eq!(standing("exp-feel-safe"), Standing::Answered(Judgement::Established), "only its wording changed");
    assert_eq!(standing("exp-welcome-first-visit"), Standing::AskedAnew);
    assert_eq!(standing("exp-learn"), Standing::NotStarted, "what it was split from answers nothing here");
    let retired: Vec<_> = after.retired.iter().map(|indicator| indicator.id.to_string()).collect();
    assert_eq!(retired, ["exp-asked-regularly", "exp-next-steps"]);
    lead.visit(QUALITY).sees("40 of 44 questions answered").sees("The question has changed: look again");
    lead.sees("Not asked any more").follow("How do you ask young people what they want and think?");
    lead.sees("The framework does not ask this any more").sees("Established").does_not_see("Save and continue");
    lead.visit(&format!("{QUALITY}/indicators/exp-learn")).sees("What you answered before this question was split");
    lead.visit(&format!("{QUALITY}/indicators/exp-welcome-first-visit")).sees("The question has changed since");
    lead.press("Save and continue");
    lead.visit(QUALITY).sees("41 of 44").does_not_see("The question has changed: look again");

    let letters = portal.letters_about(lead.email(), "questions of your quality self-assessment");
    assert_eq!(letters.len(), 1, "told once");
    let text = letters[0].text.clone();
    for line in ["New questions to answer: 3", "Answers to look at again, because the question has changed: 1"] {
        assert!(text.contains(line), "{text}");
    }
    do_what_is_due(&portal.inside).expect("nothing is left");
    assert_eq!(portal.letters_about(lead.email(), "questions of your quality self-assessment").len(), 0);
    let mut visitor = portal.visitor();
    visitor.visit("/framework").sees("Who walks home with them?").sees("Version 2");
    visitor.visit("/framework/1").sees("This version has been superseded").does_not_see("Who walks home with them?");
    assert!(matches!(portal.read(verify_chain), Verdict::Whole(_)));
    portal.read_all_letters();
}

#[test]
fn what_was_handed_in_and_what_was_endorsed_stay_with_their_version() {
    let portal = spawn_portal();
    let NewOrganisation { organisation, lead } = portal.approved_organisation("The Hub");
    let handed_in = portal.submitted_assessment(&organisation, &lead);
    let NewOrganisation { organisation: barn, lead: barn_lead } = portal.approved_organisation("The Barn");
    let (reviewer, decider) = (portal.reviewer(), portal.decider());
    portal.endorsement(&barn, &barn_lead, &reviewer, &decider);
    let endorsed = portal.read(|conn| Assessment::latest_of(conn, barn.id)).expect("there is one");
    let mut steward = drafting(&portal);
    portal.act_as(&steward, change_each_way);
    steward.visit(PUBLICATION).sees("No organisation is writing a self-assessment now").sees("handed in: 1");
    publish_now(&portal, &steward);
    carry_assessments_over(&portal.inside).expect("it is done");
    for old in [&handed_in, &endorsed] {
        let now = portal.read(|conn| Assessment::find(conn, old.id));
        assert_eq!((now.framework_version_id, now.state()), (old.framework_version_id, old.state()));
    }
    // The next one is begun against the new version, with what was said before.
    portal.act_as(&barn_lead, |act| Assessment::begin(act, barn.id));
    let next = sheet(&portal, &barn);
    assert_eq!(next.framework.version.number, 2);
    assert!(next.answers.contains_key(&"exp-next-steps".into()), "two questions were split from it");
    assert!(!next.answers.contains_key(&"exp-asked-regularly".into()), "nothing asks this any more");
    portal.read_all_letters();
}

#[test]
fn a_draft_that_is_not_whole_is_refused_with_every_reason() {
    let portal = spawn_portal();
    let mut steward = drafting(&portal);
    steward.visit(PUBLICATION).sees("The draft says what version 1 says").does_not_see("Publish this framework");
    let edition = |portal: &RunningPortal| portal.read(Draft::open).expect("a draft").edition.to_string();
    assert_eq!(steward.send(PUBLICATION, &[("edition", &edition(&portal))]).status, 422);
    portal.act_as(&steward, |act| {
        add_indicator(act, &"safe-and-welcoming".into(), &"exp-walk-home".into(), "Who walks home?")?;
        youth_charter::framework::add_standard(act, &"experiences".into(), &"home-safe".into(), "Home safe")?;
        choose_in_draft(act, &"exp-feel-safe".into(), Chosen::AsksAnew(true), &Chosen::AsksAnew(false).mark())
    });
    steward.visit(PUBLICATION).sees("Who walks home?: write “Why it matters” first");
    steward.sees("Home safe: write “Summary” first").sees("Home safe: it has no question");
    steward.sees("it says what it said, so nobody needs to look at it again");
    assert_eq!(steward.send(PUBLICATION, &[("edition", &edition(&portal))]).status, 422);
    for stale in ["", "0", "1", "x"] {
        assert_eq!(steward.send(PUBLICATION, &[("edition", stale)]).status, 409, "{stale}");
    }
    assert_eq!(portal.read(Framework::in_force).version.number, 1);
}

#[test]
fn a_publication_that_was_stopped_goes_on_where_it_was() {
    let portal = spawn_portal();
    let all: Vec<_> = ["The Hub", "The Barn", "The Yard"].map(|name| answered(&portal, name)).into();
    let steward = drafting(&portal);
    portal.act_as(&steward, change_each_way);
    let version = publish_now(&portal, &steward);
    // An act that is killed leaves everything as it was.
    let killed: Result<()> = portal.try_act(steward.actor(), |act| {
        go_on_with_carrying(act)?;
        Err(Error::Conflict)
    });
    assert!(killed.is_err());
    for new in &all {
        assert_eq!(sheet(&portal, &new.organisation).framework.version.number, 1);
        assert_eq!(portal.letters_about(new.lead.email(), "questions").len(), 0);
    }
    // The next version waits until everyone has gone over.
    let later = portal.act_as(&steward, |act| youth_charter::framework::begin_draft(act, steward.account().id));
    portal.act_as(&steward, |act| rewrite(act, "exp-learn", IndicatorPart::Why, "Other words."));
    assert!(later.is_some());
    let edition = portal.read(Draft::open).expect("a draft").edition;
    assert!(matches!(portal.act_as(&steward, |act| publish(act, edition)), Published::StillCarrying));
    portal.same_person(&steward).visit(PUBLICATION).sees("still going over to version 2");

    std::thread::scope(|scope| {
        for _ in 0..2 {
            scope.spawn(|| carry_assessments_over(&portal.inside).expect("it is done"));
        }
    });
    for new in &all {
        assert_eq!(sheet(&portal, &new.organisation).framework.version.number, 2);
        assert_eq!(portal.letters_about(new.lead.email(), "questions").len(), 1, "each is told once");
    }
    let carrying = portal.read(Carrying::latest).expect("there is one");
    assert_eq!((carrying.wanted, carrying.carried, carrying.is_finished()), (3, 3, true));
    let rows: i64 = portal.read(|conn| Ok(framework_publications::table.count().get_result(conn)?));
    assert_eq!((rows, carrying.framework_version_id), (1, version.id));
    publish_now(&portal, &steward);
}

#[test]
fn whoever_writes_while_the_framework_changes_loses_no_word() {
    let portal = spawn_portal();
    let NewOrganisation { organisation, mut lead } = answered(&portal, "The Hub");
    let mut other_tab = portal.same_person(&lead);
    lead.visit(&format!("{QUALITY}/indicators/exp-welcome-first-visit")).fill("In your own words", "An hour’s work.");
    other_tab.visit(&format!("{QUALITY}/indicators/exp-asked-regularly")).fill("In your own words", "Another hour’s.");
    let stale = sheet(&portal, &organisation);
    let steward = drafting(&portal);
    portal.act_as(&steward, change_each_way);
    publish_now(&portal, &steward);
    carry_assessments_over(&portal.inside).expect("it is done");

    lead.press("Save and continue").sees("How do you welcome them?");
    assert_eq!(lead.status(), 422);
    assert!(lead.error_beside(ASK).starts_with("The framework has a new version since you opened this page"));
    assert_eq!(lead.value_of("In your own words"), "An hour’s work.");
    lead.press("Save and continue");
    let kept = sheet(&portal, &organisation);
    assert_eq!(kept.answers[&IndicatorId::from("exp-welcome-first-visit")].narrative, "An hour’s work.");
    other_tab.press("Save and continue").sees("This question is not asked any more").sees("Another hour’s.");
    assert_eq!(other_tab.status(), 422);
    // Whoever read the sheet before it went over saves nothing unseen.
    let indicator = stale.indicator(&"exp-feel-safe".into()).expect("it was asked");
    let said = Said { judgement: Judgement::Excelling, narrative: String::new(), edition_seen: 1 };
    let account = lead.account().id;
    let refused = portal.try_act(lead.actor(), |act| save_answer(act, &stale, indicator, account, &said));
    assert!(matches!(refused, Err(Error::Conflict)), "{refused:?}");
    let now = sheet(&portal, &organisation);
    let saved =
        portal.act_as(&lead, |act| save_answer(act, &now, now.indicator(&"exp-feel-safe".into())?, account, &said));
    assert!(matches!(saved, Saved::Kept));
    portal.read_all_letters();
}
