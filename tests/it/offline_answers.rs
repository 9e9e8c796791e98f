//! Answering in a spreadsheet, as people do it: take the questions along, fill them in, bring them back, look, confirm.

use chrono::Duration;
use youth_charter::framework::begin_draft;
use youth_charter::ids::OrganisationId;
use youth_charter::offline_answers::{HEADS, Upload, question_rows};
use youth_charter::quality::{Assessment, Sheet};
use youth_charter::reminders::{carry_assessments_over, do_what_is_due};
use youth_charter::sheets::{BookSheet, SheetLimits, read_sheet, write_csv, write_workbook};

use crate::framework_publication::{change_each_way, publish_now};
use crate::harness::{NewOrganisation, Person, RunningPortal, spawn_portal};
use crate::quality::QUALITY;

const OFFLINE: &str = "/organisations/the-hub/quality/offline";
const WELCOME: &str = "/organisations/the-hub/quality/indicators/exp-welcome-first-visit";
const ASK: &str = "What describes you best today?";
const LIMITS: SheetLimits = SheetLimits { rows: 1_000, columns: 40, text: 4 << 20, cell: 60_000, lines: true };
const JUDGEMENT: usize = 9;
const WORDS: usize = 10;
const MARK: usize = 11;

/// An organisation whose self-assessment is begun.
fn begun(portal: &RunningPortal) -> NewOrganisation {
    let mut hub = portal.approved_organisation("The Hub");
    hub.lead.visit(QUALITY).press("Begin");
    hub
}

/// The questionnaire as someone downloads it: its rows below the head.
fn downloaded(person: &mut Person) -> Vec<Vec<String>> {
    person.visit(QUALITY).follow("Answer in a spreadsheet");
    let link = person.page().links("Download the questionnaire (XLSX)")[0].attr("href").expect("a link").to_owned();
    let answer = person.ask(&link);
    assert_eq!(answer.status, 200);
    assert!(answer.header("content-disposition").is_some_and(|said| said.contains("questionnaire-the-hub-")));
    let file = tempfile::NamedTempFile::new().expect("a temporary file");
    std::fs::write(file.path(), &answer.bytes).expect("a temporary file takes bytes");
    let sheet = read_sheet(file.path(), LIMITS).expect("a workbook");
    assert_eq!(sheet.rows[0].cells, HEADS);
    let row = |mut cells: Vec<String>| {
        cells.resize(HEADS.len(), String::new());
        cells
    };
    sheet.rows.into_iter().skip(1).map(|one| row(one.cells)).collect()
}

fn as_csv(rows: &[Vec<String>]) -> Vec<u8> {
    write_csv(&HEADS.map(str::to_owned), rows).expect("it is written")
}

fn as_workbook(rows: &[Vec<String>]) -> Vec<u8> {
    let sheet = BookSheet {
        name: "Questions",
        header: HEADS.map(str::to_owned).into(),
        rows: rows.to_vec(),
        choices: Vec::new(),
    };
    write_workbook(&[sheet]).expect("it is written")
}

fn bring(person: &mut Person, name: &str, bytes: &[u8]) {
    person.visit(OFFLINE).attach("The questionnaire, filled in", name, bytes).press("Check it");
}

fn at(rows: &[Vec<String>], question: &str) -> usize {
    rows.iter().position(|row| row[0] == question).unwrap_or_else(|| panic!("no {question}"))
}

fn answer(rows: &mut [Vec<String>], question: &str, judgement: &str, words: &str) {
    let row = at(rows, question);
    rows[row][JUDGEMENT] = judgement.to_owned();
    rows[row][WORDS] = words.to_owned();
}

/// Question, judgement, words and edition of each answer.
fn answers(portal: &RunningPortal, organisation: OrganisationId) -> Vec<(String, String, String, i32)> {
    let sheet = portal.read(|conn| Sheet::latest_of(conn, organisation));
    let one = |a: &youth_charter::quality::Answer| {
        (a.indicator_id.to_string(), a.judgement.as_str().to_owned(), a.narrative.clone(), a.edition)
    };
    sheet.answers.values().map(one).collect()
}

#[test]
fn someone_answers_in_a_spreadsheet_looks_at_the_dry_run_and_confirms() {
    let portal = spawn_portal();
    let mut hub = begun(&portal);
    hub.lead.visit(WELCOME).choose(ASK, "Emerging").fill("In your own words", "Hello.").press("Save and continue");
    let mut asha = portal.practitioner_of(&hub.organisation);
    let mut rows = downloaded(&mut asha);
    assert_eq!(rows.len(), 44);
    let welcome = at(&rows, "exp-welcome-first-visit");
    assert_eq!((rows[welcome][JUDGEMENT].as_str(), rows[welcome][WORDS].as_str()), ("Emerging", "Hello."));
    assert!(rows[welcome][8].starts_with("Emerging, saved on"), "{}", rows[welcome][8]);
    answer(&mut rows, "exp-welcome-first-visit", "established", "Hello.\n\nAnd goodbye.");
    answer(&mut rows, "exp-feel-safe", "Not yet", "");
    answer(&mut rows, "exp-next-steps", "N/A", "We only run one-day events.");
    bring(&mut asha, "at the allotment.xlsx", &as_workbook(&rows));
    asha.sees("Check before you save").sees("Nothing is saved yet").sees("And goodbye.").does_not_see("to mend");
    assert_eq!(answers(&portal, hub.organisation.id).len(), 1, "nothing is saved yet");
    let trial = asha.path().to_owned();
    hub.lead.visit(OFFLINE).sees("Brought, and not confirmed yet").sees("at the allotment.xlsx");

    asha.press("Save 2 answers new, 1 answer changed");
    asha.sees("Saved from your spreadsheet: 2 answers new, 1 answer changed");
    assert_eq!(asha.path(), QUALITY);
    asha.sees("3 of 43 questions answered");
    let saved = answers(&portal, hub.organisation.id);
    assert!(saved.contains(&("exp-feel-safe".into(), "not_yet".into(), String::new(), 1)), "{saved:?}");
    let welcome = ("exp-welcome-first-visit".into(), "established".into(), "Hello.\n\nAnd goodbye.".into(), 2);
    assert!(saved.contains(&welcome), "{saved:?}");
    assert_eq!(asha.ask(&trial).status, 404, "it waits no more");
    assert_eq!(asha.send(&format!("{trial}/confirmation"), &[]).status, 404);

    // The same file again says nothing new, and can be taken away.
    bring(&mut asha, "at the allotment.csv", &as_csv(&rows));
    asha.sees("There is nothing new in this file").does_not_see("Save 2").press("Remove this file");
    asha.sees("The file is removed").does_not_see("Brought, and not confirmed yet");
}

#[test]
fn every_problem_is_listed_by_its_cell_and_nothing_is_saved_while_there_is_one() {
    let portal = spawn_portal();
    let mut hub = begun(&portal);
    let mut rows = downloaded(&mut hub.lead);
    rows.truncate(10);
    rows[0][JUDGEMENT] = "Splendid".into();
    rows[1][WORDS] = "Words and no judgement".into();
    rows[2][JUDGEMENT] = "Emerging".into();
    rows[2][WORDS] = "x".repeat(50_000);
    rows[3][JUDGEMENT] = "Does not apply to us".into();
    rows[4][0] = "exp-nonsense".into();
    rows[4][JUDGEMENT] = "Emerging".into();
    rows[5][MARK].clear();
    rows[6][JUDGEMENT] = "Emerging".into();
    rows[6][WORDS] = "#NAME?".into();
    rows[7][JUDGEMENT] = "Excelling".into();
    let twice = rows[7].clone();
    rows.push(twice);
    rows[8][0].clear();
    rows[8][JUDGEMENT] = "Emerging".into();
    bring(&mut hub.lead, "answers.csv", &as_csv(&rows));
    hub.lead.sees("9 problems to mend").does_not_see("Save 1 answer");
    for (cell, text) in [
        (
            "J2",
            "“Splendid” is not a judgement. It can be: Not yet, Emerging, Established, Excelling, Does not apply to us",
        ),
        ("J3", "There are words and no judgement"),
        ("K4", "The answer must be 5,000 characters or fewer"),
        ("J5", "This applies to every organisation"),
        ("A6", "There is no question “exp-nonsense”"),
        ("L7", "What stood in the column “Leave this column as it is” is gone"),
        ("K8", "“#NAME?” is what the spreadsheet program shows for a formula that went wrong"),
        ("A10", "The question’s id is missing"),
        ("A12", "The same question stands in row 9"),
    ] {
        hub.lead.sees(&format!("{cell} {text}"));
    }
    let confirmation = format!("{}/confirmation", hub.lead.path());
    let trial = hub.lead.path().to_owned();
    assert_eq!(hub.lead.send(&confirmation, &[]).location(), Some(trial.as_str()));
    assert!(answers(&portal, hub.organisation.id).is_empty(), "nothing is saved by force either");
    // Whoever brings another takes the first back.
    bring(&mut hub.lead, "mended.csv", &as_csv(&rows[7..8]));
    hub.lead.press("Save 1 answer new").sees("1 of 43 questions answered");
    assert_eq!(hub.lead.ask(&trial).status, 404);

    let mut rows = downloaded(&mut hub.lead);
    answer(&mut rows, "exp-next-steps", "not applicable", " ");
    bring(&mut hub.lead, "answers.csv", &as_csv(&rows));
    hub.lead.sees("K").sees("Say in a few words why this does not apply to you");
}

#[test]
fn where_someone_saved_another_answer_meanwhile_both_are_shown_and_one_is_chosen() {
    let portal = spawn_portal();
    let mut hub = begun(&portal);
    let mut asha = portal.practitioner_of(&hub.organisation);
    let mut rows = downloaded(&mut asha);
    answer(&mut rows, "exp-welcome-first-visit", "Established", "Asha’s words");
    answer(&mut rows, "exp-feel-safe", "Emerging", "More of Asha’s");
    hub.lead.visit(WELCOME).choose(ASK, "Emerging").fill("In your own words", "The lead’s words");
    hub.lead.press("Save and continue");
    // What Asha did not touch is no conflict, whoever answered it since.
    hub.lead.visit("/organisations/the-hub/quality/indicators/exp-next-steps").choose(ASK, "Excelling");
    hub.lead.press("Save and continue");
    bring(&mut asha, "answers.csv", &as_csv(&rows));
    asha.sees("1 answer saved here since you downloaded the file").sees("The lead’s words").sees("Asha’s words");
    asha.sees(&format!("{} saved this on", hub.lead.name())).does_not_see("Save 1 answer");
    asha.press("Keep these choices").sees("Nothing was chosen");
    let question = asha.page().all("h3")[0].text().collect::<String>();
    let which = format!("Which answer do you keep? {question}");
    asha.choose(&which, "Take what is in the file").press("Keep these choices").sees("Your choices are kept");
    asha.sees("You have chosen which to keep").sees("Save 1 answer new, 1 answer changed");

    // Somebody is quicker once more: it is to be chosen anew, and nothing was saved.
    hub.lead.visit(WELCOME).fill("In your own words", "The lead’s second words").press("Save and continue");
    asha.press("Save 1 answer new, 1 answer changed").sees("Nothing is saved: something has changed since you looked");
    asha.sees("The lead’s second words").sees("Choose which to keep.");
    assert_eq!(answers(&portal, hub.organisation.id).len(), 2);
    asha.choose(&which, "Keep what stands on the portal").press("Keep these choices");
    asha.press("Save 1 answer new").sees("Saved from your spreadsheet: 1 answer new");
    let words: Vec<String> = answers(&portal, hub.organisation.id).into_iter().map(|answer| answer.2).collect();
    assert!(words.contains(&"The lead’s second words".to_owned()) && words.contains(&"More of Asha’s".to_owned()));
    assert!(!words.contains(&"Asha’s words".to_owned()));
}

#[test]
fn a_file_of_another_organisation_of_an_earlier_time_or_an_older_framework_is_told_apart() {
    let portal = spawn_portal();
    let mut hub = begun(&portal);
    let mine = downloaded(&mut hub.lead);
    let mut other = portal.approved_organisation("Elsewhere");
    other.lead.visit("/organisations/elsewhere/quality").press("Begin");
    let theirs = portal.read(|conn| Sheet::latest_of(conn, other.organisation.id));
    bring(&mut hub.lead, "answers.csv", &as_csv(&question_rows(&theirs).expect("rows")));
    hub.lead.sees("The whole file The file is of another organisation’s self-assessment").sees("1 problem to mend");

    let steward = portal.steward();
    portal.act_as(&steward, |act| {
        begin_draft(act, steward.account().id)?;
        change_each_way(act)
    });
    publish_now(&portal, &steward);
    carry_assessments_over(&portal.inside).expect("they go over");
    bring(&mut hub.lead, "answers.csv", &as_csv(&mine));
    hub.lead.sees("The file has the questions of version 1 of the framework, and version 2 is in force by now");
    portal.read_all_letters();

    // One that has been handed in takes no answers, and the page says so.
    let fresh = portal.approved_organisation("Fresh Club");
    let mut lead = fresh.lead;
    let submitted = portal.submitted_assessment(&fresh.organisation, &lead);
    let sheet = portal.read(|conn| Sheet::of(conn, &submitted));
    lead.visit("/organisations/fresh-club/quality/offline").sees("its answers are locked");
    assert_eq!(lead.ask("/organisations/fresh-club/quality/offline/questionnaire.xlsx").status, 404);
    assert!(question_rows(&sheet).expect("no rows").is_empty());
    portal.read_all_letters();
}

#[test]
fn what_is_not_the_questionnaire_is_refused_with_words() {
    let portal = spawn_portal();
    let mut hub = begun(&portal);
    let rows = downloaded(&mut hub.lead);
    let without_mark: Vec<Vec<String>> = rows.iter().map(|row| row[..MARK].to_vec()).collect();
    let head: Vec<String> = HEADS[..MARK].iter().map(|head| (*head).to_owned()).collect();
    let without_mark = write_csv(&head, &without_mark).expect("it is written");
    for (name, bytes, problem) in [
        ("people.csv", b"Name,Training\nAmina,SEND\n".to_vec(), "The file is not the questionnaire"),
        ("questionnaire.csv", without_mark, "The column “Leave this column as it is” is missing"),
        ("questionnaire.csv", as_csv(&[]), "The file has the names of the columns and nothing below them"),
        ("page.html", b"<html><script>alert(1)</script>".to_vec(), "The file must be a spreadsheet"),
        ("empty.csv", Vec::new(), "The file has nothing in it"),
    ] {
        bring(&mut hub.lead, name, &bytes);
        assert_eq!(hub.lead.status(), 422, "{name}");
        let said = hub.lead.error_beside("The questionnaire, filled in");
        assert!(said.starts_with(problem), "{said}");
    }
    hub.lead.visit(OFFLINE).press("Check it");
    assert_eq!(hub.lead.problems(), ["Select the questionnaire that you filled in"]);
    // Columns may stand in another order, with a title above and some left out.
    let moved: Vec<Vec<String>> = rows
        .iter()
        .take(2)
        .map(|row| vec![row[MARK].clone(), "Not yet".into(), row[WORDS].clone(), row[0].clone()])
        .collect();
    let mut csv = b"Our answers,,,\n,,,\n".to_vec();
    let head = [HEADS[MARK], "YOUR JUDGEMENT", HEADS[WORDS], HEADS[0]].map(str::to_owned);
    csv.extend(&write_csv(&head, &moved).expect("it is written")[3..]);
    bring(&mut hub.lead, "moved.csv", &csv);
    hub.lead.press("Save 2 answers new");
}

#[test]
fn pasted_text_of_word_is_taken_as_it_was_meant() {
    let portal = spawn_portal();
    let mut hub = begun(&portal);
    let mut rows = downloaded(&mut hub.lead);
    answer(
        &mut rows,
        "exp-welcome-first-visit",
        " Emerging\u{a0}",
        "•\tWe greet everyone\u{b}at the door\r\n\r\n=1+1 is what we call it\u{202e}\u{feff} “really” – yes…\r\n",
    );
    bring(&mut hub.lead, "answers.csv", &as_csv(&rows));
    hub.lead.press("Save 1 answer new");
    let saved = answers(&portal, hub.organisation.id).remove(0).2;
    assert!(saved.starts_with("• We greet everyone\nat the door\n\n=1+1 is what we call it"), "{saved:?}");
    assert!(saved.ends_with("“really” – yes…") && !saved.contains('\u{202e}'), "{saved:?}");
}

#[test]
fn what_was_asked_to_be_changed_is_all_that_can_be_answered() {
    let portal = spawn_portal();
    let mut hub = portal.approved_organisation("The Hub");
    let reviewer = portal.reviewer();
    let before = {
        portal.answered_assessment(&hub.organisation, &hub.lead);
        downloaded(&mut hub.lead)
    };
    let assessment = portal.read(|conn| Assessment::running_of(conn, hub.organisation.id)).expect("it is begun");
    portal.hand_in(&hub.organisation, &hub.lead, &assessment);
    portal.act_as(&reviewer, |act| {
        let assessment = Assessment::find(act.conn, assessment.id)?;
        assessment.take_into_review(act)?;
        let assessment = Assessment::find(act.conn, assessment.id)?;
        assessment.return_for_changes(act, &[("exp-feel-safe".into(), "Which signs do you look for?".into())])
    });
    portal.read_all_letters();
    let rows = downloaded(&mut hub.lead);
    assert_eq!(rows.len(), 1);
    assert!(rows[0][8].contains("The reviewer asks: Which signs do you look for?"), "{}", rows[0][8]);
    let mut older = before;
    answer(&mut older, "exp-welcome-first-visit", "Excelling", "Much better.");
    answer(&mut older, "exp-feel-safe", "Excelling", "They tell us.");
    bring(&mut hub.lead, "answers.csv", &as_csv(&older));
    hub.lead.sees("1 problem to mend").sees("This answer is locked: the reviewer did not ask about it");
    let row = at(&older, "exp-feel-safe");
    bring(&mut hub.lead, "answers.csv", &as_csv(&older[row..=row]));
    hub.lead.press("Save 1 answer changed").visit(QUALITY).sees("Changed");
}

#[test]
fn what_was_answered_before_is_confirmed_by_choosing_again() {
    let portal = spawn_portal();
    let mut hub = portal.approved_organisation("The Hub");
    let (reviewer, decider) = (portal.reviewer(), portal.decider());
    portal.endorsement(&hub.organisation, &hub.lead, &reviewer, &decider);
    let old = portal.read(|conn| Sheet::latest_of(conn, hub.organisation.id)).assessment.id;
    hub.lead.visit(QUALITY).press("Begin").sees("0 of 43 questions answered");
    let mut rows = downloaded(&mut hub.lead);
    let welcome = at(&rows, "exp-welcome-first-visit");
    assert_eq!(rows[welcome][JUDGEMENT], "", "it is to be looked at again");
    assert!(rows[welcome][8].starts_with("Established, from your last self-assessment"), "{}", rows[welcome][8]);
    let words = rows[welcome][WORDS].clone();
    assert!(!words.is_empty());
    bring(&mut hub.lead, "untouched.xlsx", &as_workbook(&rows));
    hub.lead.sees("There is nothing new in this file");
    rows[welcome][JUDGEMENT] = "Established".into();
    bring(&mut hub.lead, "answers.xlsx", &as_workbook(&rows));
    hub.lead.press("Save 1 answer new").sees("1 of 43 questions answered");
    // One that was downloaded for the last assessment.
    let mut earlier = rows.clone();
    for row in &mut earlier {
        let (_, rest) = row[MARK].split_once(':').expect("a mark");
        row[MARK] = format!("{old}:{rest}");
    }
    bring(&mut hub.lead, "old.csv", &as_csv(&earlier));
    hub.lead.sees("The file is of an earlier self-assessment of yours");
    portal.read_all_letters();
}

#[test]
fn who_may_bring_answers_and_for_how_long_they_wait() {
    let portal = spawn_portal();
    let mut hub = begun(&portal);
    let mut viewer = portal.viewer_of(&hub.organisation);
    viewer.visit(OFFLINE).sees("Download the questionnaire (XLSX)").sees("You can look on here");
    let mut rows = downloaded(&mut viewer);
    answer(&mut rows, "exp-feel-safe", "Emerging", "");
    bring(&mut hub.lead, "answers.csv", &as_csv(&rows));
    let trial = hub.lead.path().to_owned();
    assert_eq!(viewer.ask(&trial).status, 403);
    let mut stranger = portal.approved_organisation("Elsewhere").lead;
    for path in [trial.clone(), trial.replace("the-hub", "elsewhere")] {
        assert_eq!(stranger.ask(&path).status, 404, "{path}");
        assert_eq!(stranger.send(&format!("{path}/confirmation"), &[]).status, 404, "{path}");
    }
    assert_eq!(
        stranger.ask("/organisations/elsewhere/quality/offline").location(),
        Some("/organisations/elsewhere/quality")
    );
    // Anybody else who may answer can confirm it.
    let mut asha = portal.practitioner_of(&hub.organisation);
    asha.visit(&trial).sees("Save 1 answer new");
    portal.advance(Duration::days(6));
    do_what_is_due(&portal.inside).expect("what is due is done");
    let waiting = |portal: &RunningPortal| portal.read(|conn| Upload::all_in(conn, hub.organisation.id)).len();
    assert_eq!(waiting(&portal), 1);
    portal.advance(Duration::days(2));
    let done = do_what_is_due(&portal.inside).expect("what is due is done");
    assert_eq!((done.questionnaires_forgotten, waiting(&portal)), (1, 0));
    assert!(answers(&portal, hub.organisation.id).is_empty());
    portal.read_all_letters();
}
