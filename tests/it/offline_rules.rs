//! What holds for any answers: what is downloaded and brought back untouched changes nothing, whichever way it is saved, and
//! every row that is brought is counted once.

use std::collections::BTreeSet;

use proptest::prelude::*;
use proptest::test_runner::TestRunner;
use rust_xlsxwriter::{Format, Formula, Workbook};
use youth_charter::ids::AssessmentId;
use youth_charter::offline_answers::{
    Choices, FilledIn, Finding, Found, HEADS, LIMITS, Mark, check_answers, question_rows, questionnaire_of,
    read_questionnaire,
};
use youth_charter::quality::{Answer, Assessment, Judgement, Sheet};
use youth_charter::sheets::{read_sheet, write_csv};
use youth_charter::words::Passage;

use crate::harness::spawn_portal;

/// A file as it is read back.
fn back(bytes: &[u8]) -> FilledIn {
    let file = tempfile::NamedTempFile::new().expect("a temporary file");
    std::fs::write(file.path(), bytes).expect("a temporary file takes bytes");
    let sheet = read_sheet(file.path(), LIMITS).expect("it can be read");
    read_questionnaire(&sheet).expect("it is the questionnaire")
}

fn any_words() -> impl Strategy<Value = String> {
    prop_oneof![
        2 => Just(String::new()),
        3 => "[a-z ,.\n\t“”’–é]{0,200}",
        2 => "(=|'|'=|-|\\+|@|_x000D_|_x0041_|<b>|&amp;|\"|,|;|#|\\\\n|\n| |  |\t|e\u{301}|👩‍👩‍👧|שלום){0,30}",
        1 => "\\PC{0,300}",
        1 => "[a-z]{4990,5000}",
    ]
    .prop_map(|typed| Passage::<5000>::parse(&typed).map(Passage::into_string).unwrap_or_default())
}

/// What was said of each question: whether anything, which judgement, which words, in which edition, asked anew or not.
fn any_answers() -> impl Strategy<Value = Vec<(bool, usize, String, i32, bool)>> {
    let one = (any::<bool>(), 0..Judgement::ALL.len(), any_words(), 0..4, prop::bool::weighted(0.1));
    prop::collection::vec(one, 44)
}

fn fill(sheet: &mut Sheet, said: Vec<(bool, usize, String, i32, bool)>) {
    let account = youth_charter::ids::AccountId::new();
    sheet.answers.clear();
    for (indicator, (is_answered, judgement, narrative, edition, asked_anew)) in
        sheet.framework.indicators.iter().zip(said)
    {
        if is_answered {
            let answer = Answer {
                assessment_id: sheet.assessment.id,
                indicator_id: indicator.id.clone(),
                judgement: Judgement::ALL[judgement],
                narrative,
                edition,
                answered_by: account,
                answered_at: sheet.assessment.started_at,
                kept_by: Some(account),
                asked_anew,
            };
            sheet.answers.insert(indicator.id.clone(), answer);
        }
    }
}

fn a_draft() -> Sheet {
    let portal = spawn_portal();
    let hub = portal.approved_organisation("The Hub");
    let assessment = portal.act_as(&hub.lead, |act| Assessment::begin(act, hub.organisation.id));
    portal.read(|conn| Sheet::of(conn, &assessment))
}

#[test]
fn what_is_brought_back_untouched_changes_nothing() {
    let sheet = std::cell::RefCell::new(a_draft());
    let ours = BTreeSet::from([sheet.borrow().assessment.id]);
    let outcome = TestRunner::new(ProptestConfig::with_cases(60)).run(&any_answers(), |said| {
        let mut sheet = sheet.borrow_mut();
        fill(&mut sheet, said);
        let rows = question_rows(&sheet).expect("every question has its place");
        let csv = write_csv(&HEADS.map(str::to_owned), &rows).expect("it is written");
        for bytes in [questionnaire_of(&sheet).expect("it is written"), csv] {
            let checked = check_answers(&sheet, &back(&bytes), &Choices::new(), &ours);
            prop_assert!(checked.problems.is_empty(), "{:?}", checked.problems);
            prop_assert!(checked.changes.is_empty(), "{:?}", checked.changes);
            prop_assert!(checked.conflicts.is_empty());
            prop_assert_eq!(checked.same, sheet.framework.indicators.len());
        }
        Ok(())
    });
    outcome.expect("it holds for all");
}

#[test]
fn every_row_is_counted_once_whatever_is_in_it() {
    let mut sheet = a_draft();
    let ours = BTreeSet::from([sheet.assessment.id]);
    let said = (0..44).map(|n| (n % 2 == 0, n % 4, "Words.".to_owned(), 2, false)).collect();
    fill(&mut sheet, said);
    let rows = question_rows(&sheet).expect("every question has its place");
    let any_cell = || {
        prop_oneof![
            2 => Just(None),
            1 => prop::sample::select(vec!["", "Emerging", "not yet", "N/A", "splendid", "Words.", "#REF!", "exp-feel-safe"])
                .prop_map(|cell| Some(cell.to_owned())),
            1 => "\\PC{0,20}".prop_map(Some),
            1 => Just(Some("y".repeat(5_001))),
        ]
    };
    let edits = prop::collection::vec((any_cell(), any_cell(), any_cell(), any_cell()), rows.len());
    let outcome = TestRunner::new(ProptestConfig::with_cases(150)).run(&edits, |edits| {
        let mut rows = rows.clone();
        for (row, (question, judgement, words, mark)) in rows.iter_mut().zip(edits) {
            for (column, cell) in [(0, question), (9, judgement), (10, words), (11, mark)] {
                if let Some(cell) = cell {
                    row[column] = cell;
                }
            }
        }
        let filled = back(&write_csv(&HEADS.map(str::to_owned), &rows).expect("it is written"));
        let checked = check_answers(&sheet, &filled, &Choices::new(), &ours);
        let counted = checked.problems.len() + checked.changes.len() + checked.conflicts.len() + checked.same;
        prop_assert_eq!(counted, filled.rows.len(), "{:?}", checked.problems);
        prop_assert!(!checked.is_ready() || checked.problems.is_empty());
        Ok(())
    });
    outcome.expect("it holds for all");
}

/// A workbook in which somebody has calculated and merged.
#[test]
fn a_formula_is_its_value_and_merged_cells_are_a_problem() {
    let sheet = a_draft();
    let rows = question_rows(&sheet).expect("every question has its place");
    let mut workbook = Workbook::new();
    let page = workbook.add_worksheet();
    for (column, head) in (0..).zip(HEADS) {
        page.write_string(0, column, head).expect("a cell");
    }
    for (number, row) in (1..).zip(&rows) {
        for (column, cell) in (0..).zip(row) {
            page.write_string(number, column, cell).expect("a cell");
        }
    }
    page.write_formula(1, 9, Formula::new("=\"Emer\"&\"ging\"").set_result("Emerging")).expect("a formula");
    page.merge_range(2, 9, 4, 9, "Established", &Format::new()).expect("merged cells");
    let filled = back(&workbook.save_to_buffer().expect("it is written"));
    let checked = check_answers(&sheet, &filled, &Choices::new(), &BTreeSet::from([sheet.assessment.id]));
    let said: Vec<_> = checked.changes.iter().map(|change| change.said.judgement).collect();
    assert_eq!(said, [Judgement::Emerging, Judgement::Established], "only the first of merged cells holds anything");
    let merged = Finding { row: Some(3), column: Some(9), what: Found::Merged { last_row: 5, last_column: 9 } };
    assert_eq!(checked.problems, [merged]);
    assert!(!checked.is_ready());
}

#[test]
fn a_mark_comes_back_as_it_was_and_nothing_else_is_one() {
    let mark = Mark { assessment: AssessmentId::new(), framework: 12, edition: 3, as_it_stood: "ab12".into() };
    assert_eq!(mark.to_string().parse(), Ok(mark.clone()));
    let whole = mark.to_string();
    for wrong in ["", "3", ":::", &whole.replace(":3:", ":-3:"), &whole.replace(":3:", ":x:"), &format!("{whole}:1")] {
        assert!(wrong.parse::<Mark>().is_err(), "{wrong}");
    }
}
