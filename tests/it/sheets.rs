//! Spreadsheets: what each program writes is read as it was meant, what cannot be read is refused with words, and what
//! we write comes back as it was and never runs.

use std::io::Write;

use proptest::prelude::*;
use youth_charter::sheets::{
    BookSheet, MergedCells, Sheet, SheetFlaw, SheetLimits, read_sheet, write_csv, write_workbook,
};

use crate::harness::root;

const LIMITS: SheetLimits = SheetLimits { rows: 1_000, columns: 50, text: 1024 * 1024, cell: 1_000, lines: false };

fn read_bytes(bytes: &[u8]) -> Result<Sheet, SheetFlaw> {
    let mut file = tempfile::NamedTempFile::new().expect("a temporary file");
    file.write_all(bytes).expect("a temporary file takes bytes");
    read_sheet(file.path(), LIMITS)
}

fn fixture(name: &str) -> Result<Sheet, SheetFlaw> {
    read_sheet(&root().join("tests/it/fixtures").join(name), LIMITS)
}

fn lines(sheet: &Sheet) -> Vec<String> {
    sheet.rows.iter().map(|row| format!("{}: {}", row.number, row.cells.join("|"))).collect()
}

/// All three hold the same; the formula's value is known only to a program that has worked it out.
#[test]
fn workbooks_of_libreoffice_and_of_an_excel_like_writer_are_read_as_they_were_meant() {
    let same = [
        "1: Staff training 2026",
        "3: Full name|Role here|Paid or volunteer|Training|Date completed|Given by",
        "4: Amina Yusuf|Practitioner|Volunteer|Safeguarding|2024-02-29|Base 51",
        "5: Zoë O’Neill|Practitioner|Paid|SEND|2025-11-03|Łódź Training",
        "7: Callum Deakin|Viewer|Volunteer",
    ];
    for (name, last) in [
        ("excel-like.xlsx", "8: |||Safeguarding||007"),
        ("libreoffice.xlsx", "8: Formula Person|||Safeguarding|2024-05-06|007"),
        ("libreoffice.ods", "8: Formula Person|||Safeguarding|2024-05-06|007"),
    ] {
        let sheet = fixture(name).unwrap_or_else(|flaw| panic!("{name}: {flaw:?}"));
        assert_eq!(sheet.name.as_deref(), Some("Staff"), "{name}: a hidden sheet is passed over");
        assert_eq!(sheet.others, 1, "{name}");
        assert_eq!(lines(&sheet), [&same[..], &[last]].concat(), "{name}");
        assert_eq!(sheet.merged, [], "{name}");
    }
    let text = fixture("libreoffice-windows-1252.csv").expect("it is read");
    assert_eq!(lines(&text)[3], "5: Zoë O’Neill|Practitioner|Paid|SEND|11/03/2025|?ód? Training");
    assert_eq!(lines(&text)[4], "7: Callum Deakin|Viewer|Volunteer", "empty rows count");
}

#[test]
fn merged_cells_are_noticed() {
    let merged = MergedCells { first_row: 2, last_row: 3, first_column: 0, last_column: 0 };
    for name in ["merged.xlsx", "merged.ods"] {
        let sheet = fixture(name).expect("it is read");
        assert_eq!(sheet.merged, [merged], "{name}");
        assert_eq!(lines(&sheet)[2], "3: |SEND|2024-05-03", "{name}");
    }
}

#[test]
fn what_cannot_be_read_is_refused_by_what_is_wrong_with_it() {
    for (name, flaw) in [
        ("old.xls", SheetFlaw::OldWorkbook),
        ("password.xlsx", SheetFlaw::NeedsPassword),
        ("macros.xlsm", SheetFlaw::HoldsProgram),
    ] {
        assert_eq!(fixture(name).map(|_| ()), Err(flaw), "{name}");
        assert!(flaw.say().contains("ave it"), "{}", flaw.say());
    }
    let whole = std::fs::read(root().join("tests/it/fixtures/excel-like.xlsx")).expect("it is there");
    for (what, bytes, flaw) in [
        ("nothing", Vec::new(), SheetFlaw::Empty),
        ("empty lines", b"\r\n,,\r\n".to_vec(), SheetFlaw::Empty),
        ("a PDF", b"%PDF-1.7 a page".to_vec(), SheetFlaw::WrongKind),
        ("a page", b"<html><table><tr><td>1</table>".to_vec(), SheetFlaw::WrongKind),
        ("a program", b"\0\x01\x02 program".to_vec(), SheetFlaw::WrongKind),
        ("a document", zipped(&[("word/document.xml", b"<w/>")]), SheetFlaw::WrongKind),
        ("half a workbook", whole[..whole.len() / 2].to_vec(), SheetFlaw::Damaged),
        ("a hollow workbook", zipped(&[("xl/workbook.xml", b"<workbook/>")]), SheetFlaw::Damaged),
        ("a locked ODS", locked_ods(), SheetFlaw::NeedsPassword),
    ] {
        assert_eq!(read_bytes(&bytes).map(|_| ()), Err(flaw), "{what}");
    }
}

fn locked_ods() -> Vec<u8> {
    let manifest = b"<manifest:file-entry><manifest:encryption-data/></manifest:file-entry>";
    zipped(&[("mimetype", b"application/vnd.oasis.opendocument.spreadsheet"), ("META-INF/manifest.xml", manifest)])
}

#[test]
fn a_short_file_cannot_say_that_it_is_a_long_one() {
    let ods = |table: &str| {
        let content = format!(
            "<office:document-content><office:body><office:spreadsheet><table:table table:name=\"A\">{table}\
             </table:table></office:spreadsheet></office:body></office:document-content>"
        );
        read_bytes(&zipped(&[
            ("mimetype", b"application/vnd.oasis.opendocument.spreadsheet"),
            ("content.xml", content.as_bytes()),
        ]))
    };
    let cell = "<table:table-cell office:value-type=\"string\"><text:p>x</text:p></table:table-cell>";
    let rows = format!("<table:table-row table:number-rows-repeated=\"1048576\">{cell}</table:table-row>");
    assert_eq!(ods(&rows).map(|_| ()), Err(SheetFlaw::TooManyRows(LIMITS.rows)));
    let wide = cell.replace("office:value-type", "table:number-columns-repeated=\"16384\" office:value-type");
    assert_eq!(
        ods(&format!("<table:table-row>{wide}</table:table-row>")).map(|_| ()),
        Err(SheetFlaw::TooManyColumns(50))
    );
    let far = "<table:table-row table:number-rows-repeated=\"1048575\"><table:table-cell/></table:table-row>";
    let far = ods(&format!("{far}<table:table-row>{cell}</table:table-row>")).expect("one cell is not much");
    assert_eq!(lines(&far), ["1048576: x"]);

    let long: String = (0..50_000).map(|n| format!("Person {n},SEND\r\n")).collect();
    assert_eq!(read_bytes(long.as_bytes()).map(|_| ()), Err(SheetFlaw::TooManyRows(1_000)));
    assert!(SheetFlaw::TooManyRows(10_000).say().contains("more than 10,000 rows"));
    let thick = "y".repeat(900);
    let thick: String = (0..900).map(|_| format!("{thick},{thick}\r\n")).collect();
    assert_eq!(read_bytes(thick.as_bytes()).map(|_| ()), Err(SheetFlaw::Swells));
}

#[test]
fn text_is_read_in_whatever_encoding_with_whatever_between() {
    let table = "Name;Training\r\nZoë Łuk;SEND\r\n\r\n\"Ann; \"\"Bo\"\"\r\nCo\";x\r\nLast;y\r\n";
    let utf16: Vec<u8> = table.encode_utf16().flat_map(u16::to_le_bytes).collect();
    let utf16_be: Vec<u8> = table.encode_utf16().flat_map(u16::to_be_bytes).collect();
    let read = ["1: Name|Training", "2: Zoë Łuk|SEND", "4: Ann; \"Bo\" Co|x", "5: Last|y"];
    for (what, bytes) in [
        ("UTF-8", table.as_bytes().to_vec()),
        ("UTF-8 with a mark", [b"\xef\xbb\xbf", table.as_bytes()].concat()),
        ("UTF-16 with a mark", [b"\xff\xfe", &utf16[..]].concat()),
        ("UTF-16 the other way round", [b"\xfe\xff", &utf16_be[..]].concat()),
        ("UTF-16 without a mark", utf16.clone()),
        ("tabs", table.replace(';', "\t").replace("Ann\t", "Ann;").into_bytes()),
        ("commas", table.replace(';', ",").replace("Ann,", "Ann;").into_bytes()),
        ("Excel’s first line", format!("sep=;\r\n{table}").into_bytes()),
    ] {
        let sheet = read_bytes(&bytes).unwrap_or_else(|flaw| panic!("{what}: {flaw:?}"));
        assert_eq!(lines(&sheet), read, "{what}");
    }
    let western = read_bytes(b"Name,Town\r\nZo\xeb,Saint-\xc9tienne \x96 caf\xe9\r\n").expect("Windows-1252");
    assert_eq!(lines(&western)[1], "2: Zoë|Saint-Étienne – café");
}

const FORMULAS: [&str; 8] = [
    "=1+1",
    "+44 115 496 0000",
    "-5",
    "@SUM(A1)",
    "'=1",
    "=HYPERLINK(\"http://example.org\")",
    "＝1",
    "=cmd|' /C calc'!A0",
];

#[test]
fn what_people_typed_never_runs_as_a_formula() {
    let header = vec!["Name".to_owned()];
    let rows: Vec<Vec<String>> = FORMULAS.iter().map(|formula| vec![(*formula).to_owned()]).collect();
    let csv = write_csv(&header, &rows).expect("it is written");
    let text = String::from_utf8(csv.clone()).expect("UTF-8");
    for line in text.lines().skip(1) {
        assert!(line.trim_start_matches('"').starts_with('\''), "{line}");
    }
    let sheet = BookSheet { name: "A", header, rows: rows.clone(), choices: Vec::new() };
    let workbook = write_workbook(&[sheet]).expect("it is written");
    assert!(!unzipped(&workbook, "xl/worksheets/sheet1.xml").contains("<f>"), "no formula is in it");
    assert!(unzipped(&workbook, "xl/worksheets/sheet1.xml").contains("state=\"frozen\""), "the head stays");
    for (bytes, is_text) in [(csv, true), (workbook, false)] {
        let read = read_bytes(&bytes).expect("it is read again");
        let cells: Vec<&str> = read.rows[1..].iter().map(|row| row.cells[0].as_str()).collect();
        // A mark that a spreadsheet program would hide is not part of the text.
        let as_typed = |cell| if cell == "'=1" && !is_text { "=1" } else { cell };
        assert_eq!(cells, FORMULAS.into_iter().map(as_typed).collect::<Vec<&str>>());
    }
}

fn any_cell() -> impl Strategy<Value = String> {
    prop_oneof![
        "[a-zA-Z0-9 ,;.'\"/=@+-]{0,20}",
        "\\PC{0,12}",
        prop::sample::select(FORMULAS.to_vec()).prop_map(str::to_owned),
        Just("2024-02-29".to_owned()),
    ]
}

/// As cells are read: on one line, without white space around.
fn tidy(cell: &str) -> String {
    cell.split(|c: char| c.is_whitespace() || c.is_control()).filter(|w| !w.is_empty()).collect::<Vec<_>>().join(" ")
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(128))]

    #[test]
    fn csv_that_was_written_is_read_back_as_it_was(
        rows in prop::collection::vec(prop::collection::vec(any_cell(), 3), 1..8),
    ) {
        let header = ["One", "Two", "Three"].map(str::to_owned).to_vec();
        let rows: Vec<Vec<String>> = rows.iter().map(|row| row.iter().map(|cell| tidy(cell)).collect()).collect();
        let read = read_bytes(&write_csv(&header, &rows).expect("it is written")).expect("it is read");
        let trimmed = |row: &[String]| {
            let full = row.iter().rposition(|cell| !cell.is_empty()).map_or(0, |at| at + 1);
            row[..full].to_vec()
        };
        let written: Vec<(u32, Vec<String>)> =
            (2..).zip(&rows).map(|(n, row)| (n, trimmed(row))).filter(|(_, row)| !row.is_empty()).collect();
        let back: Vec<(u32, Vec<String>)> = read.rows[1..].iter().map(|row| (row.number, row.cells.clone())).collect();
        prop_assert_eq!(back, written);
    }

    #[test]
    fn whatever_bytes_come_they_are_a_table_or_are_refused(bytes in prop::collection::vec(any::<u8>(), 0..400)) {
        if let Ok(sheet) = read_bytes(&bytes) {
            prop_assert!(!sheet.rows.is_empty());
            prop_assert!(sheet.rows.iter().all(|row| row.cells.last().is_some_and(|cell| !cell.is_empty())));
        }
    }
}

#[test]
fn a_cell_keeps_its_lines_where_that_is_wanted() {
    let paragraphs = "<text:p>One.<text:line-break/>Two.</text:p><text:p/><text:p>Three<text:s/>four.</text:p>";
    let content = format!(
        "<office:document-content><office:body><office:spreadsheet><table:table table:name=\"A\"><table:table-row>\
         <table:table-cell office:value-type=\"string\">{paragraphs}</table:table-cell></table:table-row></table:table>\
         </office:spreadsheet></office:body></office:document-content>"
    );
    let kind: (&str, &[u8]) = ("mimetype", b"application/vnd.oasis.opendocument.spreadsheet");
    let ods = zipped(&[kind, ("content.xml", content.as_bytes())]);
    let mut file = tempfile::NamedTempFile::new().expect("a temporary file");
    file.write_all(&ods).expect("a temporary file takes bytes");
    let read = |lines| read_sheet(file.path(), SheetLimits { lines, ..LIMITS }).expect("a table").rows.remove(0).cells;
    assert_eq!(read(true), ["One.\nTwo.\n\nThree four."]);
    assert_eq!(read(false), ["One. Two. Three four."]);
}

fn zipped(parts: &[(&str, &[u8])]) -> Vec<u8> {
    let mut archive = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
    for (name, content) in parts {
        archive.start_file(*name, zip::write::SimpleFileOptions::default()).expect("a part begins");
        archive.write_all(content).expect("a part is written");
    }
    archive.finish().expect("an archive ends").into_inner()
}

fn unzipped(archive: &[u8], part: &str) -> String {
    let mut archive = zip::ZipArchive::new(std::io::Cursor::new(archive)).expect("an archive");
    std::io::read_to_string(archive.by_name(part).expect("the part is there")).expect("it is text")
}
