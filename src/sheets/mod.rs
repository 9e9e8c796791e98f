//! Tables that people keep in a spreadsheet program: read from CSV, XLSX and ODS within limits, written as CSV and XLSX.
//! Every cell is text; a cell that holds a date is text like `2026-03-27`, so that it means one day. A formula is the
//! value it had when the file was saved; what was written can never run as one.
//! Not here: what any column means.

mod cells;
mod open_document;
mod package;
mod text;
mod workbook;
mod write;

use std::fs::File;
use std::io::Read;
use std::path::Path;

pub use cells::cell_name;
pub use write::{BookSheet, send_csv, send_workbook, write_csv, write_workbook};

use cells::{Gathering, tidy};
use package::PackageKind;

/// How much is read.
#[derive(Debug, Clone, Copy)]
pub struct SheetLimits {
    /// Rows with something in them.
    pub rows: usize,
    pub columns: usize,
    /// Of everything in the cells, in bytes.
    pub text: usize,
    /// What a cell may hold, in characters; the rest is cut off.
    pub cell: usize,
    /// Does a cell keep its lines? Else it is made one.
    pub lines: bool,
}

impl SheetLimits {
    /// A text as it would be read from a cell: what was written and comes back unchanged is the same as this.
    pub fn as_read(self, text: &str) -> String {
        tidy(text, self)
    }
}

/// What stood in the first sheet that is not hidden and not empty.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sheet {
    /// A text file's only sheet has none.
    pub name: Option<String>,
    /// How many other sheets with something in them were left unread.
    pub others: usize,
    /// Rows with something in them.
    pub rows: Vec<SheetRow>,
    /// Cells that were merged into one, such as `B3:B7`; only the first of them holds anything.
    pub merged: Vec<MergedCells>,
}

/// One row.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SheetRow {
    /// As the spreadsheet program counts, from 1.
    pub number: u32,
    /// Up to the last that holds something.
    pub cells: Vec<String>,
}

/// Several cells that were made one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct MergedCells {
    /// Counted from 1.
    pub first_row: u32,
    pub last_row: u32,
    /// Counted from 0.
    pub first_column: usize,
    pub last_column: usize,
}

/// Why a file is not read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SheetFlaw {
    /// Nothing in it.
    Empty,
    /// No table at all.
    WrongKind,
    /// A workbook of a kind from before 2007, or a binary one.
    OldWorkbook,
    NeedsPassword,
    HoldsProgram,
    Damaged,
    /// It unpacks to far more than it should, or holds too much text.
    Swells,
    TooManyRows(usize),
    TooManyColumns(usize),
}

impl SheetFlaw {
    /// What is wrong and what to do.
    pub fn say(self) -> String {
        match self {
            Self::Empty => "The file has nothing in it. Fill it in, save it and choose it again".to_owned(),
            Self::WrongKind => "The file must be a spreadsheet: XLSX, ODS or CSV".to_owned(),
            Self::OldWorkbook => {
                "The file is of an older kind of workbook. Open it, save it as XLSX and choose that".to_owned()
            }
            Self::NeedsPassword => {
                "The file needs a password to open. Save it without a password and choose it again".to_owned()
            }
            Self::HoldsProgram => {
                "The file holds macros, which we do not take. Save it as XLSX without macros, or as CSV, and choose that"
                    .to_owned()
            }
            Self::Damaged => "The file is damaged. Open it, save it again and choose the new copy".to_owned(),
            Self::Swells => {
                "The file holds far more than a table like this should. Copy the columns you need into a new file"
                    .to_owned()
            }
            Self::TooManyRows(most) => format!(
                "The file has more than {} rows. Take out rows that are not needed, or split it into several files",
                say_thousands(most)
            ),
            Self::TooManyColumns(most) => {
                format!("The file has more than {most} columns. Copy the columns you need into a new file")
            }
        }
    }
}

/// Reads a file of any of the kinds, whatever it is called.
pub fn read_sheet(path: &Path, limits: SheetLimits) -> Result<Sheet, SheetFlaw> {
    let start = read_start(path).map_err(|_| SheetFlaw::Empty)?;
    let mut sheet = if start.is_empty() {
        return Err(SheetFlaw::Empty);
    } else if start.starts_with(b"PK") {
        match package::look_into(path)? {
            PackageKind::Workbook => workbook::read(path, limits)?,
            PackageKind::OpenDocument => open_document::read(path, limits)?,
        }
    } else if start.starts_with(&package::COMPOUND_FILE) {
        return Err(package::flaw_of_compound_file(path));
    } else if infer::get(&start).is_some() || start.trim_ascii_start().starts_with(b"<") {
        return Err(SheetFlaw::WrongKind);
    } else {
        text::read(path, limits)?
    };
    sheet.merged.truncate(100);
    if sheet.rows.is_empty() { Err(SheetFlaw::Empty) } else { Ok(sheet) }
}

fn read_start(path: &Path) -> std::io::Result<Vec<u8>> {
    let mut start = Vec::new();
    File::open(path)?.take(8192).read_to_end(&mut start)?;
    Ok(start)
}

fn say_thousands(n: usize) -> String {
    let digits = n.to_string();
    let mut said = String::new();
    for (at, digit) in digits.chars().enumerate() {
        if at > 0 && (digits.len() - at).is_multiple_of(3) {
            said.push(',');
        }
        said.push(digit);
    }
    said
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn large_numbers_are_said_with_commas() {
        assert_eq!([5, 999, 10_000, 400_000, 1_234_567].map(say_thousands).join(" "), "5 999 10,000 400,000 1,234,567");
    }
}
