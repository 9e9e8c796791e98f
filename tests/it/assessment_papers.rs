//! A self-assessment on paper and as files: the four tell the same, to those whose it is.

use std::collections::BTreeMap;
use std::io::{Cursor, Read};

use quick_xml::events::Event;
use serde_json::Value;
use youth_charter::assessment_papers::{AssessmentTold, FORMAT, paper_of, sheets_of};
use youth_charter::drawing::{TEXT_MEDIA_TYPE, draw_here, write_text_document};
use youth_charter::files::accept_file;
use youth_charter::organisations::{Engagement, MembershipRole, Position, add_without_account};
use youth_charter::quality::{Assessment, Judgement, Said, Sheet, add_evidence, save_answer};
use youth_charter::sheets::{SheetLimits, read_sheet};

use crate::harness::{
    NewOrganisation, RunningPortal, a_document, count_statements, poppler, spawn_portal, statements_on,
};
use crate::quality::QUALITY;
use crate::your_data::unpack;

const LIMITS: SheetLimits = SheetLimits { rows: 1_000, columns: 40, text: 4 << 20, cell: 10_000, lines: true };
const WELCOME: &str = "/organisations/the-hub/quality/indicators/exp-welcome-first-visit";
const ASK: &str = "What describes you best today?";
const WORDS: &str = "We say “hello” & <wave> at Zoë’s door.\nTwice.";

fn flat(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// An organisation that has answered one question with evidence, and said why another does not apply.
fn answered() -> (RunningPortal, NewOrganisation) {
    let portal = spawn_portal();
    let mut hub = portal.approved_organisation("The Hub");
    let (id, by) = (hub.organisation.id, hub.lead.account().id);
    hub.lead.visit(QUALITY).press("Begin");
    hub.lead.visit(WELCOME).choose(ASK, "Emerging").fill("In your own words", WORDS).press("Save and continue");
    hub.lead.visit("/organisations/the-hub/quality/indicators/exp-next-steps").choose(ASK, "Does not apply to us");
    hub.lead.fill("In your own words", "We only run one-day events.").press("Save and continue");
    portal.act_as(&hub.lead, |act| {
        let assessment = Assessment::running_of(act.conn, id)?.expect("it is begun");
        let document = a_document(act, id, by, "Welcome checklist")?;
        add_evidence(act, &assessment, &"exp-welcome-first-visit".into(), by, &document)
    });
    (portal, hub)
}

/// Where the papers of the newest assessment are, without what the address of each ends with.
fn papers_of(portal: &RunningPortal, hub: &NewOrganisation) -> String {
    let newest = portal.read(|conn| Assessment::latest_of(conn, hub.organisation.id)).expect("it is begun");
    format!("{QUALITY}/papers/{}/self-assessment", newest.id)
}

#[test]
fn a_member_takes_the_self_assessment_along_in_four_ways() {
    let (portal, mut hub) = answered();
    let mut viewer = portal.viewer_of(&hub.organisation);
    viewer.visit(QUALITY).follow("Papers and earlier self-assessments").sees("Begun on").sees("In progress");
    let begun = youth_charter::clock::say_day(portal.today());
    let kinds = [
        ("PDF", "pdf", "application/pdf"),
        ("Text document (ODT)", "odt", TEXT_MEDIA_TYPE),
        ("Spreadsheet (XLSX)", "xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
        ("Data (JSON)", "json", "application/json"),
    ];
    for (kind, ending, media_type) in kinds {
        let link = viewer.page().links(&format!("{kind} of the self-assessment begun on {begun}"));
        let href = link.first().and_then(|link| link.attr("href")).expect("a link that says which").to_owned();
        let answer = viewer.ask(&href);
        assert_eq!((answer.status, answer.header("content-type")), (200, Some(media_type)), "{kind}");
        assert_eq!(answer.header("cache-control"), Some("private, no-store"), "{kind}");
        let name = format!("self-assessment-the-hub-{}.{ending}", portal.today());
        assert!(answer.header("content-disposition").is_some_and(|said| said.contains(&name)), "{kind}");
    }
    let mut stranger = portal.approved_organisation("Elsewhere").lead;
    for (_, ending, _) in kinds {
        let address = format!("{}.{ending}", papers_of(&portal, &hub));
        assert_eq!(stranger.ask(&address).status, 404, "{address}");
        let theirs = address.replace("the-hub", "elsewhere");
        assert_eq!(stranger.ask(&theirs).status, 404, "{theirs}");
        assert_eq!(portal.visitor().ask(&address).status, 303);
    }
    stranger.visit("/organisations/elsewhere/quality/papers").sees("There is no self-assessment yet");
    assert_eq!(hub.lead.ask(&format!("{QUALITY}/papers/nonsense/self-assessment.pdf")).status, 404);
}

#[test]
fn the_pdf_is_for_everyone_and_says_what_was_answered() {
    let (portal, mut hub) = answered();
    let pdf = hub.lead.ask(&format!("{}.pdf", papers_of(&portal, &hub))).bytes;
    let info = poppler("pdfinfo", &[], &pdf);
    assert!(info.contains("Title:           Self-assessment of The Hub"), "{info}");
    assert!(info.contains("Tagged:          yes"), "{info}");
    let words = flat(&poppler("pdftotext", &["-layout"], &pdf));
    for part in [
        "Framework Quality Endorsement Framework, version 1",
        "State In progress",
        "2 of 43 questions",
        "We say “hello” & <wave> at Zoë’s door.",
        "We only run one-day events.",
        "Welcome checklist",
        "The list of people shows no paid staff.",
        "Not answered yet",
    ] {
        assert!(words.contains(part), "{part}\n{words}");
    }
    let structure = poppler("pdfinfo", &["-struct"], &pdf);
    for level in ["H1", "H2", "H3", "H4"] {
        assert!(structure.lines().any(|line| line.trim_start().starts_with(level)), "{level}\n{structure}");
    }
}

#[test]
fn the_text_document_has_headings_a_language_a_title_and_tables_with_heads() {
    let (portal, mut hub) = answered();
    let odt = hub.lead.ask(&format!("{}.odt", papers_of(&portal, &hub))).bytes;
    assert!(odt[30..].starts_with(b"mimetype"), "its kind stands at its beginning");
    let parts = unpack(&odt);
    let part = |name: &str| String::from_utf8(parts[name].clone()).expect("text");
    for name in ["content.xml", "styles.xml", "meta.xml", "META-INF/manifest.xml"] {
        text_of_xml(&part(name));
    }
    let (meta, styles, content) = (part("meta.xml"), part("styles.xml"), part("content.xml"));
    assert!(meta.contains("<dc:title>Self-assessment of The Hub</dc:title><dc:creator>The Hub"), "{meta}");
    assert!(meta.contains("<dc:language>en-GB</dc:language>"));
    assert!(styles.contains("fo:language=\"en\" fo:country=\"GB\""));
    for level in 1..=4 {
        let style = format!("text:style-name=\"Heading_20_{level}\" text:outline-level=\"{level}\">");
        assert!(content.contains(&style), "{style}");
        assert!(styles.contains(&format!("style:default-outline-level=\"{level}\"")));
    }
    let head = "<table:table-header-rows><table:table-row>";
    assert_eq!(content.matches(head).count(), content.matches("<table:table ").count());
    assert!(content.contains(head) && content.contains("<table:table-header-columns>"));
    let words = flat(&text_of_xml(&content));
    for part in ["We say “hello” & <wave> at Zoë’s door.", "Welcome checklist", "Fingerprint (SHA-256)"] {
        assert!(words.contains(part), "{part}\n{words}");
    }
    // The portal itself takes it for what it is.
    let file = tempfile::NamedTempFile::new().expect("a temporary file");
    std::fs::write(file.path(), &odt).expect("a temporary file takes bytes");
    let taken = accept_file(file.into_temp_path(), "self-assessment.odt").expect("an office document");
    assert_eq!(taken.media_type(), TEXT_MEDIA_TYPE);
}

/// The text of an XML document, which must be well formed.
fn text_of_xml(xml: &str) -> String {
    let mut reader = quick_xml::Reader::from_str(xml);
    let mut words = String::new();
    loop {
        match reader.read_event().expect("well-formed XML") {
            Event::Text(text) => words += &text.xml10_content(),
            Event::GeneralRef(name) => {
                words += &quick_xml::escape::unescape(&format!("&{};", name.xml10_content())).expect("a known name");
            }
            Event::End(_) => words.push(' '),
            Event::Eof => return words,
            _ => {}
        }
    }
}

#[test]
fn the_workbook_has_a_row_a_question_and_a_sheet_of_evidence() {
    let (portal, mut hub) = answered();
    let xlsx = hub.lead.ask(&format!("{}.xlsx", papers_of(&portal, &hub))).bytes;
    let file = tempfile::NamedTempFile::new().expect("a temporary file");
    std::fs::write(file.path(), &xlsx).expect("a temporary file takes bytes");
    let sheet = read_sheet(file.path(), LIMITS).expect("a workbook");
    assert_eq!((sheet.name.as_deref(), sheet.rows.len(), sheet.others), (Some("Questions"), 45, 3));
    let welcome = sheet.rows.iter().find(|row| row.cells[0] == "exp-welcome-first-visit").expect("its row");
    assert_eq!(welcome.cells[5], "Emerging");
    assert_eq!(welcome.cells[7], WORDS);
    assert_eq!(welcome.cells[10], "Welcome checklist");
    let strings = unpack(&xlsx).remove("xl/sharedStrings.xml").expect("its texts");
    let hash = portal.read(|conn| Sheet::latest_of(conn, hub.organisation.id)).evidence[0].1.sha256.clone();
    assert!(String::from_utf8_lossy(&strings).contains(&hash));
}

/// The shape of the data is a promise: whoever changes this snapshot changes `FORMAT_VERSION` too, unless something is added.
#[test]
fn the_data_file_has_the_shape_that_is_described() {
    let (portal, mut hub) = answered();
    let answer = hub.lead.ask(&format!("{}.json", papers_of(&portal, &hub)));
    let mut data: Value = serde_json::from_slice(&answer.bytes).expect("JSON");
    assert_eq!((&data["format"], &data["version"]), (&Value::from(FORMAT), &Value::from(1)));
    let all: usize = data["areas"]
        .as_array_mut()
        .expect("areas")
        .iter_mut()
        .flat_map(|area| area["standards"].as_array_mut().expect("standards"))
        .map(|standard| standard["indicators"].as_array().expect("indicators").len())
        .sum();
    assert_eq!(all, 44);
    // What differs every time has its place and is not looked at.
    let standard = data["areas"][0]["standards"][0].take();
    let mut shown = BTreeMap::from([("standard", standard), ("assessment", data["assessment"].take())]);
    shown.insert("organisation", data["organisation"].take());
    shown.insert("framework", data["framework"].take());
    let days = portal.today().to_string();
    let text = serde_json::to_string_pretty(&shown).expect("JSON");
    let text = text.replace(&days, "[today]");
    let ids = |word: &str| word.len() > 32 && word.chars().all(|c| c.is_ascii_hexdigit() || c == '-');
    let text = text.split('"').map(|word| if ids(word) { "[id or hash]" } else { word }).collect::<Vec<_>>().join("\"");
    insta::assert_snapshot!("the_shape_of_the_data", text);
}

#[test]
fn what_is_concluded_keeps_its_papers_beside_the_next() {
    let portal = spawn_portal();
    let mut hub = portal.approved_organisation("The Hub");
    let (reviewer, decider) = (portal.reviewer(), portal.decider());
    portal.endorsement(&hub.organisation, &hub.lead, &reviewer, &decider);
    let before = format!("{}.json", papers_of(&portal, &hub));
    hub.lead.visit(QUALITY).follow("Papers of earlier self-assessments").sees("Endorsed").sees("decided on");
    portal.act_as(&hub.lead, |act| Assessment::begin(act, hub.organisation.id));
    hub.lead.visit(&format!("{QUALITY}/papers")).sees("Endorsed").sees("In progress");
    assert_eq!(hub.lead.page().links("PDF of the self-assessment").len(), 2);
    let told: Value = serde_json::from_slice(&hub.lead.ask(&before).bytes).expect("JSON");
    assert_eq!(told["assessment"]["state"], "endorsed");
    assert_eq!(told["areas"][0]["standards"][0]["indicators"][0]["standing"], "answered");
    let now = format!("{}.json", papers_of(&portal, &hub));
    let told: Value = serde_json::from_slice(&hub.lead.ask(&now).bytes).expect("JSON");
    assert_eq!(told["areas"][0]["standards"][0]["indicators"][0]["standing"], "to_look_at_again");
    portal.read_all_letters();
}

/// Six hundred pieces of evidence and words of five thousand letters cost as many queries as none.
#[test]
fn a_long_assessment_is_told_in_a_handful_of_queries() {
    count_statements();
    let portal = spawn_portal();
    let mut hub = portal.approved_organisation("The Hub");
    let (id, by) = (hub.organisation.id, hub.lead.account().id);
    let position = Position { role: MembershipRole::Practitioner, engagement: Engagement::Paid, accountable: false };
    portal.act(|act| add_without_account(act, id, "Callum Deakin", position));
    portal.act_as(&hub.lead, |act| Assessment::begin(act, id));
    let asked = |hub: &mut NewOrganisation| {
        let address = format!("{}.json", papers_of(&portal, hub));
        let before = statements_on(portal.database());
        assert_eq!(hub.lead.ask(&address).status, 200);
        statements_on(portal.database()) - before
    };
    let when_empty = asked(&mut hub);
    portal.act_as(&hub.lead, |act| {
        let assessment = Assessment::running_of(act.conn, id)?.expect("it is begun");
        let sheet = Sheet::of(act.conn, &assessment)?;
        let documents: Vec<_> =
            (0..7).map(|n| a_document(act, id, by, &format!("Paper {n}"))).collect::<Result<_, _>>()?;
        for indicator in &sheet.framework.indicators {
            let said = Said { judgement: Judgement::Established, narrative: "Long. ".repeat(833), edition_seen: 0 };
            save_answer(act, &sheet, indicator, by, &said)?;
            for document in &documents {
                add_evidence(act, &assessment, &indicator.id, by, document)?;
            }
        }
        Ok(())
    });
    assert_eq!(asked(&mut hub), when_empty);
    assert!(when_empty < 25, "{when_empty} queries");
    let sheet = portal.read(|conn| Sheet::latest_of(conn, id));
    assert_eq!(sheet.evidence.len(), 308);
    let told = AssessmentTold::of(&hub.organisation, &sheet, portal.inside.clock.now());
    let evidence = &sheets_of(&told)[1].rows;
    assert_eq!(evidence.len(), 308, "a row each");
    assert!(
        poppler("pdfinfo", &[], &draw_here(paper_of(&told)).expect("it is drawn")).contains("Tagged:          yes")
    );
    let same = [write_text_document(&paper_of(&told)), write_text_document(&paper_of(&told))].map(Result::ok);
    assert!(same[0].is_some() && same[0] == same[1], "the same paper is the same file");
    let mut whole = String::new();
    let mut zip = zip::ZipArchive::new(Cursor::new(same[0].clone().expect("written"))).expect("a whole file");
    zip.by_name("content.xml").expect("its content").read_to_string(&mut whole).expect("text");
    assert_eq!(whole.matches("<table:table ").count(), 44);
}
