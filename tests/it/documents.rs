//! What the documents name is there.

use std::collections::BTreeSet;
use std::path::Path;

use crate::harness::root;

/// What stands between backticks in the security page.
fn named() -> Vec<String> {
    let text = std::fs::read_to_string(root().join("SECURITY.md")).expect("the page");
    text.split('`').skip(1).step_by(2).map(str::to_owned).collect()
}

#[test]
fn every_file_that_the_security_page_names_is_there() {
    let files: Vec<_> = named().into_iter().filter(|name| name.ends_with(".rs") || name.ends_with('/')).collect();
    assert!(files.len() > 15, "only {} files are named", files.len());
    for name in files {
        let found = ["", "src"].iter().any(|folder| root().join(folder).join(&name).exists());
        assert!(found, "SECURITY.md names {name}, which is not there");
    }
}

#[test]
fn every_test_that_the_security_page_names_is_there() {
    let is_test = |name: &String| name.matches('_').count() >= 2 && name.chars().all(|c| c == '_' || c.is_lowercase());
    let named: Vec<_> = named().into_iter().filter(is_test).collect();
    assert!(named.len() > 40, "only {} tests are named", named.len());
    let mut tests = BTreeSet::new();
    collect_tests(&root().join("tests/it"), &mut tests);
    collect_tests(&root().join("src"), &mut tests);
    let missing: Vec<_> = named.iter().filter(|name| !tests.contains(*name)).collect();
    assert!(missing.is_empty(), "SECURITY.md names tests that are not there: {missing:#?}");
}

#[test]
fn the_security_page_follows_the_chapters_of_the_standard() {
    const CHAPTERS: usize = 17;
    let text = std::fs::read_to_string(root().join("SECURITY.md")).expect("the page");
    let headings: Vec<_> = text.lines().filter_map(|line| line.strip_prefix("## V")).collect();
    let numbers: Vec<usize> = headings.iter().filter_map(|h| h.split(' ').next()?.parse().ok()).collect();
    assert_eq!(numbers, (1..=CHAPTERS).collect::<Vec<_>>());
}

/// The names of functions that are marked as tests.
fn collect_tests(folder: &Path, tests: &mut BTreeSet<String>) {
    for entry in std::fs::read_dir(folder).expect("a folder").map(|entry| entry.expect("an entry").path()) {
        if entry.is_dir() {
            collect_tests(&entry, tests);
        } else if entry.extension().is_some_and(|extension| extension == "rs") {
            let source = std::fs::read_to_string(&entry).expect("a source");
            let after = source.split("#[test]").skip(1).filter_map(|rest| rest.split("fn ").nth(1));
            tests.extend(after.filter_map(|rest| rest.split('(').next()).map(str::to_owned));
        }
    }
}
