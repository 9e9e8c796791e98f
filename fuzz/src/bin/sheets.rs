//! Any bytes as a spreadsheet: a table within its limits, or refused; and what we write of it comes back as it was.
#![no_main]

use std::io::Write;

use libfuzzer_sys::fuzz_target;
use youth_charter::sheets::{SheetLimits, read_sheet, write_csv};

const LIMITS: SheetLimits = SheetLimits { rows: 200, columns: 20, text: 64 * 1024, cell: 1_000, lines: false };

fuzz_target!(|bytes: &[u8]| {
    let read = |bytes: &[u8]| {
        let mut file = tempfile::NamedTempFile::new().expect("a temporary file");
        file.write_all(bytes).expect("a temporary file takes bytes");
        read_sheet(file.path(), LIMITS)
    };
    let Ok(sheet) = read(bytes) else { return };
    assert!(!sheet.rows.is_empty() && sheet.rows.len() <= LIMITS.rows);
    for row in &sheet.rows {
        assert!(row.number > 0 && row.cells.len() <= LIMITS.columns);
        assert!(row.cells.iter().all(|cell| cell.chars().count() <= 1001 && !cell.contains(['\n', '\r', '\0'])));
    }
    let head = ["Name".to_owned(), "Training".to_owned()];
    let rows: Vec<Vec<String>> = sheet.rows.iter().map(|row| row.cells.clone()).collect();
    let again = write_csv(&head, &rows).map(|csv| read(&csv));
    if let Ok(Ok(again)) = again {
        let back: Vec<&Vec<String>> = again.rows[1..].iter().map(|row| &row.cells).collect();
        assert_eq!(back, rows.iter().collect::<Vec<_>>(), "what was written comes back");
    }
});
