//! The Charter as it is shipped is for young people: it reads at an age of 11 or less, and so does its page.

use youth_charter::charter::CharterVersion;
use youth_charter::reading_age::{MOST, reading_age};

use crate::harness::{spawn_portal, text_of};

#[test]
fn every_text_of_the_charter_reads_at_11_or_below() {
    let portal = spawn_portal();
    let charter = portal.read(CharterVersion::in_force);
    let statements = portal.read(|conn| charter.statements(conn));
    let texts = statements.iter().flat_map(|s| [("words", &s.words), ("in practice", &s.in_practice)]);
    let hard: Vec<String> = texts.chain([("introduction", &charter.introduction)]).filter_map(too_hard).collect();
    assert!(hard.is_empty(), "{hard:#?}");
}

#[test]
fn so_does_every_paragraph_around_it() {
    let portal = spawn_portal();
    let mut visitor = portal.visitor();
    visitor.visit("/charter");
    let page = visitor.page();
    let paragraphs = page.all("main p, main summary").into_iter().map(text_of).filter(|text| !text.contains("SHA-256"));
    let texts: Vec<String> = paragraphs.collect();
    assert!(texts.len() > 20, "{texts:?}");
    let hard: Vec<String> = texts.iter().filter_map(|text| too_hard(("paragraph", text))).collect();
    assert!(hard.is_empty(), "{hard:#?}");
}

fn too_hard((kind, text): (&str, &String)) -> Option<String> {
    // Three words and fewer are a link or a label: a formula for sentences says nothing of them.
    let is_a_label = text.split_whitespace().count() <= 3;
    let age = reading_age(text).filter(|age| *age > MOST && !is_a_label)?;
    Some(format!("{age:.1}, {kind}: {text}"))
}
