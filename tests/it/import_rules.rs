//! What is made of rows, whatever is in them: every row is taken, left with a note, or has a problem.

use std::collections::HashSet;

use proptest::prelude::*;
use proptest::test_runner::TestRunner;
use youth_charter::ids::AccountId;
use youth_charter::imports::{
    Choices, Columns, CourseNames, Known, MEANINGS, Meaning, Named, Reader, find_head, lay_out,
};
use youth_charter::organisations::{Engagement, MembershipRole};
use youth_charter::sheets::SheetRow;
use youth_charter::words::fold_for_search;

use crate::harness::spawn_portal;

fn any_cell() -> impl Strategy<Value = String> {
    prop_oneof![
        3 => prop::sample::select(vec![
            "Amina Yusuf", "amina yusuf", "Cal", "SEND", "Safeguarding", "GDPR", "3/5/2024", "29/02/2023", "11/25/2023",
            "2099-01-01", "1950-01-01", "45233", "Lead", "Practitioner", "paid", "yes", "n/a", "EXAMPLE x", "#REF!", "=1+1",
        ]).prop_map(str::to_owned),
        1 => Just(String::new()),
        1 => "\\PC{0,30}",
        1 => "[a-z]{90,140}",
    ]
}

#[test]
fn every_row_is_taken_or_has_a_finding() {
    let portal = spawn_portal();
    let names = portal.read(CourseNames::load);
    let today = portal.today();
    let modules: Vec<Meaning> = names.modules.iter().map(|module| Meaning::DayOf(module.id.clone())).collect();
    let all: Vec<Meaning> = MEANINGS.iter().map(|(meaning, _)| meaning.clone()).chain(modules).collect();
    let meanings = prop::sample::subsequence(all, 0..=8).prop_shuffle();
    let rows = prop::collection::vec(prop::collection::vec(any_cell(), 0..8), 0..12);
    let outcome = TestRunner::new(ProptestConfig::with_cases(400)).run(&(meanings, rows), |(meanings, rows)| {
        let rows: Vec<SheetRow> = (2..).zip(rows).map(|(number, cells)| SheetRow { number, cells }).collect();
        let rows: Vec<&SheetRow> = rows.iter().collect();
        let (role, engagement) = (MembershipRole::Practitioner, Engagement::Volunteer);
        let columns = Columns { meanings, role, engagement, provider: String::new() };
        let known = Known { members: Vec::new(), standing: Vec::new(), importer: AccountId::new() };
        let reader = Reader::new(&columns, &names, today, &rows);
        let plan = lay_out(&rows, &reader, &known, &Choices::new());
        let noted: HashSet<u32> = plan.findings.iter().map(|finding| finding.row).collect();
        let people: HashSet<String> = plan.people.iter().map(|person| fold_for_search(&person.name)).collect();
        for row in rows {
            let mut found = Vec::new();
            let read = reader.read(row, &mut found);
            let taken = read.name.as_ref().is_some_and(|name| people.contains(&fold_for_search(name)));
            prop_assert!(taken || noted.contains(&row.number), "{row:?} is lost: {read:?}");
        }
        prop_assert!(plan.completions.iter().all(|completion| completion.person < plan.people.len()));
        prop_assert!(plan.completions.iter().all(|completion| completion.completed_on <= today));
        Ok(())
    });
    outcome.expect("it holds for all");
}

#[test]
fn training_is_known_by_its_names_and_what_is_nearly_one_is_suggested() {
    let portal = spawn_portal();
    let names = portal.read(CourseNames::load);
    let module = |name: &str| names.module_called(name).map(|id| id.to_string());
    for (name, id) in [
        ("safeguarding", "safeguarding"),
        ("SAFEGUARDING (core)", "safeguarding"),
        ("Equality (EDI)", "equality-diversity-and-inclusion"),
        ("gdpr (accountability)", "gdpr-for-leaders"),
        ("Finance", "financial-management"),
    ] {
        assert_eq!(module(name).as_deref(), Some(id), "{name}");
    }
    for full in names.full_names() {
        assert!(matches!(names.named(&full), Named::One(_)), "{full} means one");
    }
    assert!(matches!(names.named("GDPR"), Named::Several(of) if of.len() == 2));
    assert_eq!(names.named("Safe-guarding level 2"), Named::Unknown(Some("Safeguarding".to_owned())));
    assert_eq!(names.named("Goverance"), Named::Unknown(Some("Governance".to_owned())));
    assert_eq!(names.named("Knitting"), Named::Unknown(None));
}

#[test]
fn the_head_of_a_table_is_found_below_a_title() {
    let portal = spawn_portal();
    let names = portal.read(CourseNames::load);
    let row = |number: u32, cells: &[&str]| SheetRow { number, cells: cells.iter().map(|c| (*c).to_owned()).collect() };
    let rows = [
        row(1, &["Training of our staff"]),
        row(3, &["Staff Name", "Date Completed (dd/mm/yyyy)", "Course", "Shoe size", "Course"]),
        row(4, &["Amina", "3/5/2024", "Safeguarding", "38"]),
    ];
    let (at, meanings) = find_head(&rows, &names);
    assert_eq!(at, 1);
    let found: Vec<String> = meanings.iter().map(Meaning::as_word).collect();
    assert_eq!(found, ["name", "completed_on", "module", "ignored", "ignored"]);
}
