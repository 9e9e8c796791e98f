//! The next quality framework, written in the VRP's pages: every text on a page of its own, two stewards at once, nothing
//! lost, no id used twice.

use youth_charter::framework::{
    Comparison, Draft, Fate, Framework, add_indicator, begin_draft, retire_indicator, split_indicator,
};

use crate::harness::{Person, RunningPortal, spawn_portal};

pub const DRAFT: &str = "/vrp/framework/draft";
const SAFE: &str = "/vrp/framework/draft/indicators/exp-feel-safe";
const QUESTION: &str = "/vrp/framework/draft/indicators/exp-feel-safe/texts/question";

/// A steward with a draft that was just begun.
pub fn drafting(portal: &RunningPortal) -> Person {
    let mut steward = portal.steward();
    steward.visit("/vrp/framework").press("Begin a draft of the next version");
    steward
}

fn draft_of(portal: &RunningPortal) -> Draft {
    let draft = portal.read(Draft::open).expect("a draft");
    let places: Vec<i32> = draft.framework.indicators.iter().map(|indicator| indicator.position).collect();
    assert!(places.iter().zip(1..).all(|(place, number)| *place == number), "{places:?}");
    draft
}

fn compared(portal: &RunningPortal) -> Comparison {
    Comparison::between(portal.read(Framework::in_force), draft_of(portal).framework)
}

#[test]
fn a_draft_begins_as_a_copy_and_shows_what_is_new_reworded_split_and_retired() {
    let portal = spawn_portal();
    let mut steward = portal.steward();
    steward.visit("/vrp").follow("The quality framework").sees("44 questions");
    steward.press("Begin a draft of the next version").sees("Begun by Sam Steward").does_not_see("Reworded");
    assert!(compared(&portal).is_as_before(), "a copy");

    steward.follow("Change: Introduction").fill("Introduction", "Answer for today.").press("Save").sees("Changed");
    steward.follow("Change: Title of Young People's Experiences").fill("Title", "What young people live").press("Save");
    steward.sees("What young people live").follow("Safe and welcoming").follow("Change: Summary");
    steward.fill("Summary", "From door to door.").press("Save").sees("From door to door.").sees("Changed");
    steward.follow("How do you know that young people feel safe").follow("Change: Question");
    steward.fill("Question", "How safe do young people feel?").press("Save").sees("Reworded");
    steward.sees("In force now: How do you know that young people feel safe");
    steward.follow("Change: Weight").choose("How does it weigh?", "Should").press("Save").sees("In force now: Must");
    steward.follow("Change: Who it is not for");
    steward.tick_in("Whom is it not for?", "Organisations without premises they use regularly");
    steward.choose("Is a reason asked for when it does not apply?", "No").press("Save").sees("Not asked for");
    steward.follow("Change: Do organisations look at their answer again?");
    steward.choose("Does its meaning change?", "Yes, it asks for something else").press("Save");
    steward.follow("Change: How young people can speak to it");
    steward.fill("How young people can speak to it", "Ask them.").press("Save").sees("Ask them.");

    steward.follow("Safe and welcoming").follow("Add a question").fill("Question", "Who walks home with them?");
    steward.fill("Id", "exp-walk-home").press("Add the question").sees("New").sees("To write");
    steward.visit(&format!("{DRAFT}/indicators/exp-next-steps")).follow("Split this question");
    steward.fill("First question", "What do they learn?").fill("Id of the first question", "exp-learn");
    steward.fill("Second question", "What comes next?").fill("Id of the second question", "exp-next");
    steward.press("Split it").sees("It was split from").sees("How do you help young people to learn new things");
    steward.visit(&format!("{DRAFT}/indicators/exp-asked-regularly")).press("Take this question out");
    steward.sees("The question is taken out of the draft").sees("Not asked any more").sees("Asks for something else");

    let comparison = compared(&portal);
    assert_eq!(comparison.count(|fate| *fate == Fate::Reworded), 1);
    assert_eq!(comparison.count(|fate| *fate == Fate::New), 1);
    assert_eq!(comparison.count(|fate| matches!(fate, Fate::Split(origin) if origin.as_str() == "exp-next-steps")), 2);
    let retired: Vec<_> = comparison.retired.iter().map(|indicator| indicator.id.to_string()).collect();
    assert_eq!(retired, ["exp-asked-regularly", "exp-next-steps"]);
    let split = comparison.compared(&"exp-learn".into()).expect("it is there");
    let old = comparison.before.indicator(&"exp-next-steps".into()).expect("it is there");
    assert_eq!((split.indicator.weight, split.indicator.reason_needed), (old.weight, old.reason_needed));
    assert_eq!(comparison.changed_standards().len(), 1);
    assert_eq!(comparison.changed_areas().len(), 1);

    steward.press("Put it back: How do you ask young people what they want and think?").sees("is in the draft again");
    assert_eq!(compared(&portal).retired.len(), 1);
    assert!(compared(&portal).reordered_standards().is_empty(), "it is back where it was");
    steward.visit(&format!("{DRAFT}/preview")).sees("This is a draft").sees("Who walks home with them?");
    portal.visitor().visit("/framework").does_not_see("Who walks home with them?");
    for hidden in ["/framework/0", "/framework/2", "/framework/x"] {
        assert_eq!(portal.visitor().ask(hidden).status, 404, "{hidden}");
    }
}

#[test]
fn questions_and_standards_move_and_a_standard_without_questions_can_go() {
    let portal = spawn_portal();
    let mut steward = drafting(&portal);
    steward.visit(&format!("{DRAFT}/standards/safe-and-welcoming"));
    steward.press("Up: How do you know that young people feel safe with you, and on their way there and back?");
    steward.press("Move the standard down").sees("Move the standard up");
    assert_eq!(draft_of(&portal).framework.standards[1].id.as_str(), "safe-and-welcoming");
    let first: Vec<_> =
        draft_of(&portal).framework.indicators_of(&"safe-and-welcoming".into()).map(|i| i.id.to_string()).collect();
    assert_eq!(first, ["exp-feel-safe", "exp-welcome-first-visit"]);
    assert_eq!(compared(&portal).reordered_standards().len(), 1);
    for id in ["exp-feel-safe", "exp-welcome-first-visit"] {
        steward.visit(&format!("{DRAFT}/indicators/{id}")).follow("Change: Standard");
        steward.choose("Which standard does it belong to?", "Respect and inclusion").press("Save");
    }
    steward.visit(&format!("{DRAFT}/standards/safe-and-welcoming")).sees("There are none");
    steward.press("Take this standard out").does_not_see("Safe and welcoming");
    let moved = compared(&portal);
    assert_eq!(moved.removed_standards().len(), 1);
    assert_eq!(moved.count(|fate| *fate == Fate::Reworded), 2, "they belong elsewhere");
    assert_eq!(steward.send(&format!("{DRAFT}/standards/respect-and-inclusion/removal"), &[]).status, 409);
    steward.visit(DRAFT).follow("Add a standard to Young People's Experiences");
    steward.fill("Title", "Home safe").fill("Id", "safe-and-welcoming").press("Add the standard");
    assert_eq!(steward.error_beside("Id"), "This id is or was used for something else. Choose another");
    steward.fill("Id", "home-safe").press("Add the standard").sees("To write").sees("There are none");
}

#[test]
fn a_text_has_its_limits_and_what_is_wrong_is_said() {
    let portal = spawn_portal();
    let mut steward = drafting(&portal);
    steward.visit(QUESTION).fill("Question", " ").press("Save");
    assert_eq!((steward.status(), steward.problems()), (422, vec!["Enter the words".to_owned()]));
    let long = "é".repeat(201);
    steward.fill("Question", &long).press("Save");
    assert_eq!(steward.error_beside("Question"), "This must be 200 characters or fewer");
    assert_eq!(steward.value_of("Question"), long);
    for missing in [
        "/texts/none",
        "/areas/none/texts/title",
        "/standards/none",
        "/indicators/none",
        "/indicators/none/texts/why",
        "/indicators/exp-feel-safe/texts/none",
        "/indicators/exp-feel-safe/choices/none",
        "/words/none",
    ] {
        assert_eq!(steward.ask(&format!("{DRAFT}{missing}")).status, 404, "{missing}");
    }
    let weight = format!("{SAFE}/choices/weight");
    assert_eq!(steward.send(&weight, &[("choice", "splendid")]).status, 422);
    assert_eq!(steward.send(&weight, &[("choice", "should"), ("seen", "x")]).status, 409);
    steward.visit(&format!("{DRAFT}/standards/safe-and-welcoming/indicators/new"));
    for (id, problem) in [
        ("", "Enter an id, such as exp-feel-safe"),
        ("Not an id", "The id must be 3 to 60 small letters, digits and hyphens, such as exp-feel-safe"),
        ("exp-next-steps", "This id is or was used for something else. Choose another"),
    ] {
        steward.fill("Question", "Who?").fill("Id", id).press("Add the question");
        assert_eq!((steward.status(), steward.error_beside("Id")), (422, problem.to_owned()), "{id}");
    }
    steward.visit(&format!("{SAFE}/split")).fill("First question", "One?").fill("Second question", "Two?");
    steward.fill("Id of the first question", "exp-one").fill("Id of the second question", "exp-one").press("Split it");
    assert_eq!(
        steward.error_beside("Id of the second question"),
        "This id is or was used for something else. Choose another"
    );
}

#[test]
fn two_stewards_who_write_one_text_see_both() {
    let portal = spawn_portal();
    let mut sam = drafting(&portal);
    let mut ola = portal.signed_in_with_two_steps(sam.account());
    sam.visit(QUESTION);
    ola.visit(QUESTION).fill("Question", "Is it safe?");
    sam.fill("Question", "How safe is it?").press("Save");
    ola.press("Save").sees("What was saved meanwhile").sees("How safe is it?");
    assert_eq!((ola.status(), ola.value_of("Question")), (422, "Is it safe?".to_owned()));
    ola.fill("Question", "How safe is it, really?").press("Save").sees("How safe is it, really?");
    // Another text of the same question is nobody's conflict.
    sam.visit(&format!("{SAFE}/texts/why"));
    ola.visit(QUESTION).fill("Question", "Safe?").press("Save");
    sam.fill("Why it matters", "Because.").press("Save").sees("Safe?").sees("Because.");
    // Whoever takes it out has seen it as it is; and what was written for it meanwhile is shown.
    sam.visit(SAFE);
    ola.visit(QUESTION).fill("Question", "Safe at all?").press("Save");
    sam.press("Take this question out");
    assert_eq!(sam.status(), 409);
    ola.visit(QUESTION).fill("Question", "Words that took an hour");
    sam.visit(SAFE).press("Take this question out");
    ola.press("Save").sees("This is not in the draft any more").sees("Words that took an hour");
    assert_eq!(ola.status(), 422);
}

#[test]
fn words_are_explained_in_the_draft_and_stay_as_they_are_in_force() {
    let portal = spawn_portal();
    let mut steward = drafting(&portal);
    steward.follow("Words explained").follow("Trustee").fill("What it means", "Runs the charity.").press("Save");
    steward.sees("Changed").sees("Runs the charity.").follow("Explain another word");
    steward.fill("Word", "trustée").fill("What it means", "The same.").press("Add the word");
    assert_eq!(steward.error_beside("Word"), "This word is explained already. Change what it means there");
    steward.fill("Word", "Quorum").press("Add the word").sees("Quorum").press("Take out: Allegation");
    steward.does_not_see("A claim that an adult");
    let comparison = compared(&portal);
    assert_eq!(comparison.changed_terms().len(), 3);
    portal.visitor().visit("/framework").does_not_see("Quorum").does_not_see("Runs the charity.");
}

#[test]
fn there_is_one_draft_however_many_begin_one_and_nothing_that_is_added_is_lost() {
    let portal = spawn_portal();
    let steward = portal.steward();
    let begun: Vec<bool> = std::thread::scope(|scope| {
        let begin = |_| {
            let (actor, by, portal) = (steward.actor(), steward.account().id, &portal);
            scope.spawn(move || portal.try_act(actor, |act| begin_draft(act, by)).expect("it answers").is_some())
        };
        let threads: Vec<_> = (0..4).map(begin).collect();
        threads.into_iter().map(|thread| thread.join().expect("no panic")).collect()
    });
    assert_eq!(begun.iter().filter(|begun| **begun).count(), 1);
    std::thread::scope(|scope| {
        for number in 0..4 {
            let (actor, portal) = (steward.actor(), &portal);
            let id = format!("exp-more-{number}");
            scope.spawn(move || {
                let standard = "safe-and-welcoming".into();
                let add = portal.try_act(actor, |act| add_indicator(act, &standard, &id.as_str().into(), "One more?"));
                add.expect("it is added")
            });
        }
    });
    let draft = draft_of(&portal);
    assert_eq!((draft.framework.indicators.len(), draft.edition), (48, 5));
}

#[test]
fn a_draft_is_dropped_by_whoever_saw_it_as_it_is() {
    let portal = spawn_portal();
    let mut sam = drafting(&portal);
    let mut ola = portal.signed_in_with_two_steps(sam.account());
    ola.visit(DRAFT).follow("Drop the draft");
    sam.visit(QUESTION).fill("Question", "Is it safe?").press("Save");
    ola.press("Drop the draft");
    assert_eq!(ola.status(), 409);
    ola.visit(&format!("{DRAFT}/dropping")).press("Drop the draft").sees("The draft is dropped").sees("Begin a draft");
    assert!(portal.read(Draft::open).is_none());
    for page in ["", "/preview", "/dropping", "/publication"] {
        assert_eq!(sam.ask(&format!("{DRAFT}{page}")).location(), Some("/vrp/framework"), "{page}");
    }
    for page in ["/texts/title", "/words", "/file", "/framework.toml", "/standards/safe-and-welcoming", "/indicators/x"]
    {
        assert_eq!(sam.ask(&format!("{DRAFT}{page}")).status, 404, "{page}");
    }
    assert_eq!(sam.send(&format!("{DRAFT}/dropping"), &[("edition", "1")]).status, 409);
}

#[test]
fn what_is_new_in_a_draft_has_no_answers_to_come_from() {
    let portal = spawn_portal();
    let steward = drafting(&portal);
    portal.act_as(&steward, |act| {
        add_indicator(act, &"safe-and-welcoming".into(), &"exp-brand-new".into(), "New?")?;
        let mark = Draft::open(act.conn)?.expect("a draft").framework.indicator(&"exp-brand-new".into())?.mark();
        let parts = [("exp-one".into(), "One?".to_owned()), ("exp-two".into(), "Two?".to_owned())];
        split_indicator(act, &"exp-brand-new".into(), &mark, parts)
    });
    let draft = draft_of(&portal);
    assert_eq!(draft.framework.indicator(&"exp-one".into()).expect("it is there").comes_from, None);
    // An id that only this draft knew is free again.
    portal.act_as(&steward, |act| {
        let mark = draft.framework.indicator(&"exp-two".into())?.mark();
        retire_indicator(act, &"exp-two".into(), &mark)?;
        add_indicator(act, &"safe-and-welcoming".into(), &"exp-two".into(), "Two again?")
    });
}
