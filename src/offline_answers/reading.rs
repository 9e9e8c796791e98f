//! A questionnaire as it comes back: its rows as they were read, nothing judged yet.

use serde::{Deserialize, Serialize};

use super::questionnaire::{JUDGEMENT, MARK, QUESTION_ID, WORDS};
use crate::sheets::{Sheet, SheetLimits, SheetRow};
use crate::words::fold_for_search;

/// What is read of a file. A cell may hold more than an answer, so that it is known when one is too long.
pub const LIMITS: SheetLimits =
    SheetLimits { rows: 1_000, columns: 40, text: 4 * 1024 * 1024, cell: 10_000, lines: true };
/// The head stands within the first so many rows.
const LOOKED_AT: usize = 20;

/// What was filled in, and where.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct FilledIn {
    pub columns: Places,
    pub rows: Vec<FilledRow>,
    /// Merged cells that reach into what is read: first and last row, first and last column.
    pub merged: Vec<(u32, u32, usize, usize)>,
}

/// The columns that are read, counted from 0.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Places {
    pub question: usize,
    pub judgement: usize,
    pub words: usize,
    pub mark: usize,
}

/// One row, with the number that the spreadsheet program counts.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct FilledRow {
    pub number: u32,
    pub question: String,
    pub judgement: String,
    pub words: String,
    pub mark: String,
}

/// Why a sheet is not a questionnaire.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Unread {
    /// No row has the names of its columns.
    NoHead,
    /// One has, but this one is not among them.
    ColumnMissing(&'static str),
    /// Nothing stands below it.
    NoRows,
}

/// Finds the head and takes the rows below it.
pub fn read_questionnaire(sheet: &Sheet) -> Result<FilledIn, Unread> {
    let (at, head) = find_head(&sheet.rows).ok_or(Unread::NoHead)?;
    let columns = Places {
        question: place_of(head, QUESTION_ID)?,
        judgement: place_of(head, JUDGEMENT)?,
        words: place_of(head, WORDS)?,
        mark: place_of(head, MARK)?,
    };
    let rows: Vec<FilledRow> = sheet.rows[at + 1..].iter().filter_map(|row| columns.read(row)).collect();
    if rows.is_empty() {
        return Err(Unread::NoRows);
    }
    let read = [columns.question, columns.judgement, columns.words, columns.mark];
    let merged = sheet.merged.iter().filter(|merged| {
        merged.last_row > head.number
            && read.iter().any(|column| (merged.first_column..=merged.last_column).contains(column))
    });
    let merged = merged.map(|m| (m.first_row, m.last_row, m.first_column, m.last_column)).collect();
    Ok(FilledIn { columns, rows, merged })
}

fn find_head(rows: &[SheetRow]) -> Option<(usize, &SheetRow)> {
    let is_head = |row: &SheetRow| [QUESTION_ID, JUDGEMENT].iter().any(|name| place_of(row, name).is_ok());
    rows.iter().take(LOOKED_AT).enumerate().find(|(_, row)| is_head(row))
}

fn place_of(head: &SheetRow, name: &'static str) -> Result<usize, Unread> {
    let wanted = fold_for_search(name);
    let found = head.cells.iter().position(|cell| fold_for_search(cell.trim()) == wanted);
    found.ok_or(Unread::ColumnMissing(name))
}

impl Places {
    /// A row in which somebody could have written something; nobody writes into the mark alone.
    fn read(&self, row: &SheetRow) -> Option<FilledRow> {
        let cell = |column: usize| row.cells.get(column).cloned().unwrap_or_default();
        let read = FilledRow {
            number: row.number,
            question: cell(self.question).trim().to_owned(),
            judgement: cell(self.judgement).trim().to_owned(),
            words: cell(self.words),
            mark: cell(self.mark),
        };
        let is_empty = read.question.is_empty() && read.judgement.is_empty() && read.words.is_empty();
        (!is_empty).then_some(read)
    }
}
