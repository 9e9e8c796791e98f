//! The next Charter, written in the VRP's pages: every text on a page of its own, two stewards at once, nothing lost.

use youth_charter::charter::{CharterVersion, Draft, add_statement, begin_draft};

use crate::harness::{Person, RunningPortal, spawn_portal};

const DRAFT: &str = "/vrp/charter/draft";
const RESPECT: &str = "/vrp/charter/draft/statements/respect/texts/words";

/// A steward with a draft that was just begun.
fn drafting(portal: &RunningPortal) -> Person {
    let mut steward = portal.steward();
    steward.visit("/vrp/charter").press("Begin a draft of the next version");
    steward
}

fn themes(portal: &RunningPortal) -> Vec<String> {
    let draft = portal.read(Draft::open).expect("a draft");
    let places: Vec<i32> = draft.statements.iter().map(|statement| statement.position).collect();
    assert!(places.iter().zip(1..).all(|(place, number)| *place == number), "{places:?}");
    draft.statements.into_iter().map(|statement| statement.theme).collect()
}

#[test]
fn a_draft_begins_as_a_copy_and_shows_what_is_new_reworded_moved_and_taken_out() {
    let portal = spawn_portal();
    let mut steward = portal.steward();
    steward.visit("/vrp").follow("Versions of the Charter").sees("Sample.").sees("Pledges in force made to it");
    steward.press("Begin a draft of the next version").sees("Begun by Sam Steward").does_not_see("Reworded");
    let in_force = portal.read(CharterVersion::in_force);
    let (old, new) = (portal.read(|conn| in_force.statements(conn)), portal.read(Draft::open).expect("a draft"));
    let ids =
        |statements: &[youth_charter::charter::Statement]| statements.iter().map(|s| s.id.clone()).collect::<Vec<_>>();
    assert_eq!(ids(&old), ids(&new.statements));

    steward.follow("Change: Introduction").fill("Introduction", "This is what we promise.").press("Save");
    steward.sees("Changed").follow("Respect").follow("Change: The statement").fill("The statement", "We will be fair.");
    steward.press("Save").sees("Reworded").sees("In force now: We will treat you fairly");
    steward.follow("The draft").press("Up: A safe place").sees("Moved");
    steward.follow("Influence on what happens").press("Take this statement out").sees("is taken out of the draft");
    steward.sees("Taken out").follow("Add a statement").press("Add the statement");
    assert_eq!((steward.status(), steward.problems()), (422, vec!["Enter the theme".to_owned()]));
    steward.fill("Theme", "Fun").press("Add the statement").sees("New").sees("To write");
    steward
        .follow("Write: Words to read aloud")
        .fill("Words to read aloud", "Fun for all.")
        .press("Save")
        .sees("Fun for all.");
    steward.visit(DRAFT).sees("Not finished").follow("Change: Whose words they are");
    steward.choose("Whose words are they?", "The Violence Reduction Partnership’s own words").press("Save");
    assert_eq!(themes(&portal)[1..3], ["A safe place", "Respect"]);
    assert_eq!(themes(&portal).last().map(String::as_str), Some("Fun"));

    steward.follow("See how it would look").sees("Nobody but the VRP can see it").sees("This is what we promise.");
    steward.sees("Words to read aloud: Fun").does_not_see("Fingerprint").does_not_see("Sample.");
    let mut visitor = portal.visitor();
    visitor.visit("/charter").does_not_see("Fun for all.").sees("Sample.");
    for hidden in ["/charter/0", "/charter/2", "/charter/0/charter.pdf"] {
        assert_eq!(visitor.ask(hidden).status, 404, "{hidden}");
    }
    steward.visit("/vrp/charter").sees("began a draft").does_not_see("Begin a draft").follow("Go on with the draft");
}

#[test]
fn a_text_has_its_limits_and_what_is_wrong_is_said() {
    let portal = spawn_portal();
    let mut steward = drafting(&portal);
    steward.visit(RESPECT).fill("The statement", " ").press("Save");
    assert_eq!((steward.status(), steward.problems()), (422, vec!["Enter the words".to_owned()]));
    let long = "é".repeat(601);
    steward.fill("The statement", &long).press("Save");
    assert_eq!(steward.error_beside("The statement"), "This must be 600 characters or fewer");
    assert_eq!(steward.value_of("The statement"), long);
    for missing in ["/texts/none", "/statements/none", "/statements/none/texts/words", "/statements/respect/texts/none"]
    {
        assert_eq!(steward.ask(&format!("{DRAFT}{missing}")).status, 404, "{missing}");
    }
    // A statement that is no more there is no page of its own, but words written for it are shown.
    let typed = [("text", "Words"), ("seen", "x")];
    assert_eq!(steward.send(&format!("{DRAFT}/statements/none/texts/words"), &typed).status, 422);
    assert_eq!(steward.send(&format!("{DRAFT}/statements/none/return"), &[]).status, 404);
    assert_eq!(steward.send(&format!("{DRAFT}/statements/none/place"), &[("way", "up")]).status, 409);
}

#[test]
fn how_old_a_reader_is_stands_beside_each_text_and_refuses_nothing() {
    let portal = spawn_portal();
    let mut steward = drafting(&portal);
    steward.sees("Reads at about age").does_not_see("older than 11");
    let hard = "Organisations facilitate participatory opportunities, continuously evaluating implementation.";
    steward.visit(RESPECT).sees("Reads at about age").fill("The statement", hard).press("Save");
    steward.sees("That is older than 11").visit(DRAFT).sees("That is older than 11");
}

#[test]
fn two_stewards_who_write_one_text_see_both() {
    let portal = spawn_portal();
    let mut sam = drafting(&portal);
    let mut ola = portal.signed_in_with_two_steps(sam.account());
    sam.visit(RESPECT);
    ola.visit(RESPECT).fill("The statement", "We will be kind.");
    sam.fill("The statement", "We will be fair.").press("Save");
    ola.press("Save").sees("What was saved meanwhile").sees("We will be fair.");
    assert_eq!((ola.status(), ola.value_of("The statement")), (422, "We will be kind.".to_owned()));
    ola.fill("The statement", "We will be fair and kind.").press("Save").sees("We will be fair and kind.");
    // Another text of the same statement is nobody's conflict; nor is the same word twice.
    sam.visit("/vrp/charter/draft/statements/respect/texts/theme");
    ola.visit(RESPECT).fill("The statement", "We will.").press("Save");
    sam.fill("Theme", "Respect for all").press("Save").sees("We will.").sees("Respect for all");

    // What was taken out while someone wrote on it is shown to them.
    ola.visit(RESPECT).fill("The statement", "Words that took an hour.");
    let seen = portal.read(Draft::open).expect("a draft").statements[1].mark();
    sam.visit("/vrp/charter/draft/statements/respect");
    sam.press("Take this statement out");
    ola.press("Save").sees("This is not in the draft any more").sees("Words that took an hour.");
    assert_eq!(ola.status(), 422);
    // Back as it is in force: whoever saw it otherwise does not take it out.
    sam.press("Put it back: Respect").sees("is in the draft again");
    assert_eq!(ola.send("/vrp/charter/draft/statements/respect/removal", &[("seen", &seen)]).status, 409);
    assert_eq!(themes(&portal)[..3], ["Choice and voice", "Respect", "A safe place"]);
}

#[test]
fn whose_words_they_are_is_not_changed_unseen() {
    let portal = spawn_portal();
    let mut sam = drafting(&portal);
    let wording = "/vrp/charter/draft/wording";
    assert_eq!(sam.send(wording, &[("wording", "own"), ("seen", "own")]).status, 409);
    assert_eq!(sam.send(wording, &[("wording", "own")]).status, 409);
    assert_eq!(sam.send(wording, &[("seen", "made-up")]).status, 422);
    assert_eq!(sam.send(wording, &[("wording", "own"), ("seen", "made-up")]).status, 303);
    assert_eq!(sam.send(wording, &[("wording", "own"), ("seen", "made-up")]).status, 303, "pressed twice");
}

#[test]
fn there_is_one_draft_however_many_begin_one() {
    let portal = spawn_portal();
    let steward = portal.steward();
    let begun: Vec<bool> = std::thread::scope(|scope| {
        let begin = |_| {
            let (actor, by, portal) = (steward.actor(), steward.account().id, &portal);
            scope.spawn(move || portal.try_act(actor, |act| begin_draft(act, by)).expect("it answers").is_some())
        };
        let threads: Vec<_> = (0..5).map(begin).collect();
        threads.into_iter().map(|thread| thread.join().expect("no panic")).collect()
    });
    assert_eq!(begun.iter().filter(|begun| **begun).count(), 1);
    assert_eq!(themes(&portal).len(), 7);
    let mut steward = steward;
    assert_eq!(steward.send(DRAFT, &[]).location(), Some(DRAFT), "whoever begins goes to the one there is");
}

#[test]
fn statements_added_at_the_same_moment_are_all_there() {
    let portal = spawn_portal();
    let steward = drafting(&portal);
    std::thread::scope(|scope| {
        for _ in 0..5 {
            let (actor, portal) = (steward.actor(), &portal);
            scope.spawn(move || portal.try_act(actor, |act| add_statement(act, "Fun")).expect("it is added"));
        }
    });
    let draft = portal.read(Draft::open).expect("a draft");
    let mut added: Vec<String> = draft.statements[7..].iter().map(|s| s.id.to_string()).collect();
    added.sort();
    assert_eq!(added, ["fun", "fun-2", "fun-3", "fun-4", "fun-5"]);
    assert_eq!((themes(&portal).len(), draft.edition), (12, 6));
}

#[test]
fn a_draft_is_dropped_by_whoever_saw_it_as_it_is() {
    let portal = spawn_portal();
    let mut sam = drafting(&portal);
    let mut ola = portal.signed_in_with_two_steps(sam.account());
    ola.visit(DRAFT).follow("Drop the draft");
    sam.visit(DRAFT).press("Down: Respect");
    ola.press("Drop the draft");
    assert_eq!(ola.status(), 409);
    ola.visit(&format!("{DRAFT}/dropping")).press("Drop the draft").sees("The draft is dropped").sees("Begin a draft");
    assert!(portal.read(Draft::open).is_none());
    for page in ["", "/preview", "/dropping", "/publication"] {
        assert_eq!(sam.ask(&format!("{DRAFT}{page}")).location(), Some("/vrp/charter"), "{page}");
    }
    for page in ["/wording", "/texts/title", "/statements/new", "/statements/respect"] {
        assert_eq!(sam.ask(&format!("{DRAFT}{page}")).status, 404, "{page}");
    }
    assert_eq!(sam.send(&format!("{DRAFT}/dropping"), &[("edition", "1")]).status, 409);
}
