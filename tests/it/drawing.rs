//! Papers, read by another program than the one that made them: poppler's tools (package poppler-utils).

use chrono::NaiveDate;
use proptest::prelude::*;
use youth_charter::drawing::{Column, Paper, Picture, Shade, Table, draw_here};

use crate::harness::{picture_of, poppler};

const LINK: &str = "https://charter.example.org/verify/TR-7K3M9QXZ";

fn paper(title: &str) -> Paper {
    let at = NaiveDate::from_ymd_opt(2026, 11, 27).and_then(|day| day.and_hms_opt(9, 30, 0));
    Paper::new(title, "Youth Charter", at.expect("a real time"))
}

/// Everything a paper can hold, on several pages.
fn long_paper() -> Paper {
    let row = |n: usize| vec![format!("Training {n}"), "3 November 2026".to_owned(), "Base 51 ".repeat(n % 9 + 1)];
    paper("Training record of Zoë Łukasiewicz")
        .paragraph("What this paper says was true on the day it was made. ".repeat(6))
        .facts(vec![("Name".into(), "Zoë Łukasiewicz".into()), ("Made on".into(), "27 November 2026".into())])
        .section("Core")
        .table(Table {
            caption: "Core modules, when each was completed and by whom it was given".into(),
            columns: vec![Column::new("Training", 3.0), Column::new("Completed", 2.0), Column::new("By", 3.0)],
            rows: (1..=60).map(row).collect(),
        })
        .section("In a picture")
        .picture(Picture {
            alternative: "Bar chart: 5 in date, 2 expired".into(),
            width: 100.0,
            height: 20.0,
            boxes: vec![([0.0, 2.0, 71.0, 6.0], Shade::Middle), ([0.0, 11.0, 29.0, 6.0], Shade::Dark)],
        })
        .subsection("What it means")
        .bullets(vec!["Five of seven count today.".into(), "Two do not.".into()])
        .link("Read the Charter", "https://charter.example.org/charter")
        .new_page()
        .section("Check this record")
        .qr_code(LINK, vec!["Anyone can see whether this still stands.".into()])
        .remark("Youth Charter")
}

#[test]
fn a_paper_is_tagged_and_says_its_title_language_and_standards() {
    let bytes = draw_here(paper("Self-assessment").paragraph("We listen.")).expect("it can be drawn");
    let info = poppler("pdfinfo", &[], &bytes);
    for line in [
        "Title:           Self-assessment",
        "Author:          Youth Charter",
        "Tagged:          yes",
        "Pages:           1",
    ] {
        assert!(info.contains(line), "{line}\n{info}");
    }
    let (meta, raw) = (poppler("pdfinfo", &["-meta"], &bytes), String::from_utf8_lossy(&bytes).into_owned());
    for mark in
        ["<pdfuaid:part>1</pdfuaid:part>", "<pdfaid:part>2</pdfaid:part>", "<pdfaid:conformance>A</pdfaid:conformance>"]
    {
        assert!(meta.contains(mark), "{mark}\n{meta}");
    }
    assert!(raw.contains("/Lang(en-GB)") || raw.contains("/Lang (en-GB)"));
    assert!(raw.contains("/DisplayDocTitle true"), "the window shows the title, not the file's name");
    assert_eq!(bytes, draw_here(paper("Self-assessment").paragraph("We listen.")).expect("it can be drawn"));
}

#[test]
fn a_paper_flows_over_pages_and_is_read_in_order() {
    let bytes = draw_here(long_paper()).expect("it can be drawn");
    let text = poppler("pdftotext", &["-layout"], &bytes);
    let pages: Vec<&str> = text.split('\u{c}').filter(|page| !page.trim().is_empty()).collect();
    assert!(pages.len() >= 4, "{} pages", pages.len());
    for (number, page) in pages.iter().enumerate() {
        assert!(page.contains(&format!("Page {} of {}", number + 1, pages.len())), "{page}");
    }
    assert!(pages[1].trim_start().starts_with("Training"), "the head of the table stands again\n{}", pages[1]);

    let structure = poppler("pdfinfo", &["-struct-text"], &bytes);
    let places: Vec<usize> = [
        "Training record of Zoë Łukasiewicz",
        "What this paper says",
        "\"Core\"",
        "\"Training 1\"",
        "\"Training 60\"",
        "Figure",
        "Five of seven",
        "Check this record",
        "Anyone can see",
        LINK,
    ]
    .map(|words| structure.find(words).unwrap_or_else(|| panic!("{words}\n{structure}")))
    .into();
    assert!(places.is_sorted(), "{places:?}");
    // Once for who has it read out, however many pages show it.
    assert_eq!(structure.matches("\"Completed\"").count(), 1);
    assert!(!structure.contains("Page 1 of"), "the foot is not part of what is read");
    let kinds = poppler("pdfinfo", &["-struct"], &bytes);
    for kind in ["H1", "H2", "H3", "Table", "TR", "TH", "TD", "L ", "LI", "Lbl", "LBody", "Figure", "Link"] {
        assert!(kinds.contains(kind), "{kind}\n{kinds}");
    }
    assert!(
        String::from_utf8_lossy(&bytes).contains("Bar chart: 5 in date, 2 expired"),
        "what a picture says in words"
    );
}

#[test]
fn names_in_any_script_can_be_copied_from_a_paper() {
    for name in ["Ελένη", "Київ", "Nguyễn Văn An", "\u{0c05}\u{0c2e}\u{0c4d}\u{0c2e}", "李小龍", "O’Brien"]
    {
        let bytes = draw_here(paper(name).paragraph(format!("This is {name}."))).expect("it can be drawn");
        let text = poppler("pdftotext", &[], &bytes);
        assert!(text.contains(name), "{name}: {text}");
    }
    let arabic = draw_here(paper("Record").paragraph("Amina \u{64a}\u{648}\u{633}\u{641}")).expect("it can be drawn");
    assert!(poppler("pdftotext", &[], &arabic).contains("\u{64a}\u{648}\u{633}\u{641}"));
}

#[test]
fn a_code_on_paper_leads_where_it_says() {
    let bytes = draw_here(paper("Record").qr_code(LINK, vec!["Look here.".into()])).expect("it can be drawn");
    let (width, points) = picture_of(&bytes, 1);
    let mut picture =
        rqrr::PreparedImage::prepare_from_greyscale(width, points.len() / width, |x, y| points[y * width + x]);
    let codes = picture.detect_grids();
    assert_eq!(codes.len(), 1);
    assert_eq!(codes[0].decode().expect("a camera can read it").1, LINK);
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(32))]
    #[test]
    fn whatever_people_write_becomes_a_paper_that_keeps_its_standard(
        title in any::<String>(),
        words in proptest::collection::vec(any::<String>(), 0..8),
        many in 0_usize..40,
    ) {
        let row = |text: &String| vec![text.clone(), text.repeat(many), String::new()];
        let drawn = draw_here(
            paper(&format!("T{title}"))
                .paragraph(words.join(" "))
                .facts(words.iter().map(|text| (text.clone(), text.clone())).collect())
                .bullets(words.clone())
                .table(Table {
                    caption: title.clone(),
                    columns: vec![Column::new("One", 1.0), Column::new(title.clone(), 2.0), Column::new("", 1.0)],
                    rows: words.iter().map(row).collect(),
                }),
        );
        prop_assert!(drawn.is_ok(), "{:?}", drawn.map(|_| ()));
    }
}
