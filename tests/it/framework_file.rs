//! The framework as a file: what is written is read back whole, everything that is wrong with a file is said at once, and
//! nothing takes the place of the draft before someone has seen what it would change.

use youth_charter::framework::{Comparison, Draft, Fate, Framework, KnownIds};
use youth_charter::framework_drafting::{FileProblem, read_framework};

use crate::framework_draft::{DRAFT, drafting};
use crate::framework_publication::{change_each_way, publish_now};
use crate::harness::{Person, RunningPortal, spawn_portal};

const FILE: &str = "/vrp/framework/draft/file";

fn problems(portal: &RunningPortal, text: &str) -> Vec<(String, String)> {
    let draft = portal.read(Draft::open).expect("a draft").framework;
    let known = portal.read(KnownIds::all);
    let read = read_framework(text, &draft, &known).expect("it answers");
    let problems = read.expect_err("something is wrong");
    problems.into_iter().map(|FileProblem { place, text }| (place, text)).collect()
}

fn as_file(portal: &RunningPortal) -> String {
    portal.read(Draft::open).expect("a draft").framework.as_toml().expect("it is written")
}

fn upload(steward: &mut Person, text: &str) {
    steward.visit(FILE).attach("File", "framework.toml", text.as_bytes()).press("Look it over");
}

#[test]
fn any_version_and_the_draft_are_downloaded_and_read_back_whole() {
    let portal = spawn_portal();
    let mut steward = drafting(&portal);
    portal.act_as(&steward, change_each_way);
    let file = steward.ask(&format!("{DRAFT}/framework.toml"));
    let header = file.header("content-disposition").expect("a name").to_owned();
    assert!(file.status == 200 && header.contains("framework-draft.toml"), "{header}");
    let draft = portal.read(Draft::open).expect("a draft").framework;
    let read = read_framework(&file.text(), &draft, &portal.read(KnownIds::all)).expect("it answers");
    let read = read.expect("nothing is wrong");
    let same = |one: &Framework, other: &Framework| {
        assert_eq!(one.indicators, other.indicators);
        assert_eq!((&one.areas, &one.standards, &one.terms), (&other.areas, &other.standards, &other.terms));
        assert_eq!(one.version.introduction, other.version.introduction);
    };
    same(&read, &draft);
    publish_now(&portal, &steward);
    for number in [1, 2] {
        let file = steward.ask(&format!("/vrp/framework/versions/{number}/framework.toml"));
        let text = file.text();
        assert!(text.starts_with(&format!("number = {number}\n")), "{}", &text[..40]);
        let table: toml::Table = text.parse().expect("it is TOML");
        let version = portal.read(|conn| Framework::published(conn, number));
        same(&version.replaced_by(table).expect("it is a framework"), &version);
    }
    for missing in ["0", "3", "x"] {
        assert_eq!(steward.ask(&format!("/vrp/framework/versions/{missing}/framework.toml")).status, 404, "{missing}");
    }
}

#[test]
fn a_file_takes_the_place_of_the_draft_once_what_it_changes_was_seen() {
    let portal = spawn_portal();
    let mut steward = drafting(&portal);
    let text = as_file(&portal);
    upload(&mut steward, &text);
    steward.sees("The file says what the draft says").does_not_see("Put the file in the place");
    let changed = text.replace("How do you ask young people what they want and think?", "How do you ask them?");
    let changed = changed.replace("\"exp-feel-safe\"", "\"exp-safe-at-all\"");
    upload(&mut steward, &changed);
    steward.sees("How do you ask them?").sees("Not asked any more").sees("exp-safe-at-all");
    let untouched = |portal: &RunningPortal| {
        let draft = portal.read(Draft::open).expect("a draft").framework;
        assert!(Comparison::between(portal.read(Framework::in_force), draft).is_as_before(), "looking changes nothing");
    };
    untouched(&portal);
    // Somebody changes the draft meanwhile: the file would overwrite what nobody has compared it with.
    let mut ola = portal.signed_in_with_two_steps(steward.account());
    ola.visit(&format!("{DRAFT}/texts/title")).fill("Title", "Quality").press("Save");
    steward.press("Put the file in the place of the draft");
    assert_eq!(steward.status(), 409);
    steward.visit(&format!("{FILE}/trial")).press("Put the file in the place of the draft");
    steward.sees("The file has taken the place of the draft").sees("How do you ask them?");
    let draft = portal.read(Draft::open).expect("a draft").framework;
    let comparison = Comparison::between(portal.read(Framework::in_force), draft);
    assert_eq!(comparison.count(|fate| *fate == Fate::New), 1);
    assert_eq!(comparison.count(|fate| *fate == Fate::Reworded), 1);
    assert_eq!(steward.ask(&format!("{FILE}/trial")).location(), Some(DRAFT), "it waits no more");
    assert_eq!(steward.send(&format!("{FILE}/trial"), &[("edition", "1")]).status, 409);
}

#[test]
fn everything_that_is_wrong_is_said_and_nothing_is_loaded() {
    let portal = spawn_portal();
    let mut steward = drafting(&portal);
    let bad = r#"
title = "A framework"
colour = "green"

[[areas]]
id = "experiences"
title = "What young people live"
summary = ""

[[areas.standards]]
id = "safe-and-welcoming"
title = "Safe"
summary = "From door to door."

[[areas.standards.indicators]]
question = "Who?"
why = "Because."
weight = "splendid"
emerging = "Some."
established = "More."
excelling = "Most."
evidence = "A list"
not_for = ["no-fun"]
reason_needed = "yes"

[[areas.standards.indicators]]
id = "exp-feel-safe"
question = "How safe?"
why = "Because."
weight = "must"
emerging = "Some."
established = "More."
excelling = "Most."
evidence = ["A list", ""]
not_for = []
reason_needed = true
comes_from = "exp-next-steps"

[[areas.standards.indicators]]
id = "exp-feel-safe"
question = "How safe, again?"
why = "Because."
weight = "must"
emerging = "Some."
established = "More."
excelling = "Most."
evidence = ["A list"]
not_for = []
reason_needed = true
comes_from = "exp-next-steps"

[[areas.standards.indicators]]
id = "exp-next-steps"
question = "What next?"
why = "Because."
weight = "must"
emerging = "Some."
established = "More."
excelling = "Most."
evidence = ["A list"]
not_for = []
reason_needed = true
comes_from = "exp-feel-safe"

[[areas.standards.indicators]]
id = "exp-odd"
question = "Odd?"
why = "Because."
weight = "must"
emerging = "Some."
established = "More."
excelling = "Most."
evidence = ["A list"]
not_for = []
reason_needed = true
comes_from = "nothing-like-it"

[[areas]]
id = "else"
title = "Something else"
summary = "Else."
standards = []

[[terms]]
term = "Trustee"
meaning = "One."

[[terms]]
term = "trustee"
meaning = ""
"#;
    let found = problems(&portal, bad);
    for (place, words) in [
        ("The framework", "colour is nothing we know"),
        ("The framework", "introduction is missing"),
        ("Area experiences", "summary: Enter the words"),
        ("Question number 1 of its list", "id is missing"),
        ("Question number 1 of its list", "weight must be"),
        ("Question number 1 of its list", "evidence must be a list"),
        ("Question number 1 of its list", "not_for must be a list of none or some of: no-paid-staff"),
        ("Question number 1 of its list", "reason_needed must be true or false"),
        ("Question exp-feel-safe", "The id exp-feel-safe is there twice"),
        ("Question exp-feel-safe", "comes_from goes round in a circle"),
        ("Question exp-odd", "comes_from is nothing-like-it, which no version has asked"),
        ("Area else", "There is no area else"),
        ("The framework", "The area practice is missing"),
        ("The framework", "The area organisation is missing"),
        ("Word “trustee”", "The word is there twice"),
        ("Word “trustee”", "meaning must be 1 to 600 characters"),
    ] {
        assert!(found.iter().any(|(at, text)| at == place && text.contains(words)), "{place}: {words}\n{found:#?}");
    }
    let circles = found.iter().filter(|(_, text)| text.contains("circle")).count();
    assert_eq!((circles, found.len()), (1, 16), "{found:#?}");

    upload(&mut steward, bad);
    steward.sees("Nothing was loaded").sees("colour is nothing we know").sees("The area practice is missing");
    assert_eq!(steward.status(), 422);
    assert_eq!(steward.ask(&format!("{FILE}/trial")).location(), Some(DRAFT), "nothing waits");
    let draft = portal.read(Draft::open).expect("a draft");
    assert_eq!((draft.edition, draft.framework.indicators.len()), (1, 44));
}

#[test]
fn what_is_no_toml_is_told_by_its_line_and_what_is_too_much_is_refused() {
    let portal = spawn_portal();
    let mut steward = drafting(&portal);
    let found = problems(&portal, "title = \"A framework\"\n\nareas = [\n");
    assert!(found.len() == 1 && found[0].1.starts_with("This is not TOML"), "{found:?}");
    let found = problems(&portal, "title = \"A framework\"\nthis is wrong\n");
    assert_eq!(found[0].0, "Line 2", "{found:?}");
    for (text, problem) in [
        (vec![0xff, 0xfe, 0x00], "The file must be plain text in TOML, like the one you can download"),
        (vec![b'#'; 1024 * 1024 + 1], "The file must be 1 MB or smaller"),
    ] {
        steward.visit(FILE).attach("File", "framework.toml", &text).press("Look it over");
        assert_eq!((steward.status(), steward.error_beside("File")), (422, problem.to_owned()));
    }
    steward.visit(FILE).press("Look it over");
    assert_eq!(steward.error_beside("File"), "Select a file");
    for odd in
        ["", "areas = 3", "[[areas]]\nid = 3\nstandards = [1, 2]", "terms = \"none\"", "title = [1]\nnumber = \"x\""]
    {
        assert!(!problems(&portal, odd).is_empty(), "{odd}");
    }
}

#[test]
fn an_id_that_was_retired_comes_back_only_as_itself() {
    let portal = spawn_portal();
    let steward = drafting(&portal);
    let before = as_file(&portal);
    portal.act_as(&steward, change_each_way);
    publish_now(&portal, &steward);
    youth_charter::reminders::carry_assessments_over(&portal.inside).expect("it is done");
    portal.act_as(&steward, |act| youth_charter::framework::begin_draft(act, steward.account().id));
    let draft = portal.read(Draft::open).expect("a draft").framework;
    let known = portal.read(KnownIds::all);
    assert!(read_framework(&before, &draft, &known).expect("it answers").is_ok(), "version 1 may come back");
    let other = before.replace("How do you ask young people what they want and think?", "What is the weather like?");
    let found = problems(&portal, &other);
    assert_eq!(found.len(), 1, "{found:?}");
    assert!(found[0].1.contains("was another question’s"), "{found:?}");
}
