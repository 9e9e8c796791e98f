//! Cells on their way into rows, counted as they come.

use std::collections::BTreeMap;

use super::{MergedCells, Sheet, SheetFlaw, SheetLimits, SheetRow};

/// What a place in a row weighs, used or not.
const CELL_BYTES: usize = size_of::<String>();

/// The rows of one sheet as they are read.
pub(super) struct Gathering {
    limits: SheetLimits,
    room: usize,
    rows: BTreeMap<u32, Vec<String>>,
    pub merged: Vec<MergedCells>,
}

impl Gathering {
    pub fn within(limits: SheetLimits) -> Self {
        Self { limits, room: limits.text, rows: BTreeMap::new(), merged: Vec::new() }
    }

    /// Puts a text into a cell, if there is any text. Both places count from 0.
    pub fn put(&mut self, row: u32, column: usize, text: &str) -> Result<(), SheetFlaw> {
        let text = tidy(text, self.limits);
        if text.is_empty() {
            return Ok(());
        }
        if column >= self.limits.columns {
            return Err(SheetFlaw::TooManyColumns(self.limits.columns));
        }
        if self.rows.len() >= self.limits.rows && !self.rows.contains_key(&row) {
            return Err(SheetFlaw::TooManyRows(self.limits.rows));
        }
        let cells = self.rows.entry(row).or_default();
        let wider = (column + 1).saturating_sub(cells.len());
        self.room = self.room.checked_sub(text.len() + wider * CELL_BYTES).ok_or(SheetFlaw::Swells)?;
        if wider > 0 {
            cells.resize(column + 1, String::new());
        }
        cells[column] = text;
        Ok(())
    }

    /// So many columns it takes, and no more.
    pub fn width(&self) -> usize {
        self.limits.columns
    }

    pub fn is_empty(&self) -> bool {
        self.rows.is_empty()
    }

    pub fn into_sheet(self, name: Option<String>, others: usize) -> Sheet {
        let row = |(row, cells): (u32, Vec<String>)| SheetRow { number: row.saturating_add(1), cells };
        Sheet { name, others, rows: self.rows.into_iter().map(row).collect(), merged: self.merged }
    }
}

/// Without what nobody sees, as one line or as several; what was kept from running as a formula is as it was.
pub(super) fn tidy(text: &str, limits: SheetLimits) -> String {
    let mut tidied = if limits.lines { tidy_lines(text) } else { tidy_line(text) };
    if super::write::is_quoted_formula(&tidied) {
        tidied.remove(0);
    }
    match tidied.char_indices().nth(limits.cell) {
        None => tidied,
        Some((at, _)) => format!("{}…", &tidied[..at]),
    }
}

fn tidy_line(text: &str) -> String {
    let mut tidied = String::new();
    for word in text.split(|c: char| c.is_whitespace() || c.is_control()).filter(|word| !word.is_empty()) {
        if !tidied.is_empty() {
            tidied.push(' ');
        }
        tidied.push_str(word);
    }
    tidied
}

/// However a program parts lines: Word within a paragraph does it with a vertical tab.
fn tidy_lines(text: &str) -> String {
    let text = text.replace("\r\n", "\n");
    let lines = text.split(['\n', '\r', '\u{b}', '\u{c}', '\u{85}', '\u{2028}', '\u{2029}']);
    lines.map(tidy_line).collect::<Vec<_>>().join("\n").trim_matches('\n').to_owned()
}

/// A number as people write it: 7, not 7.0.
pub(super) fn say_number(number: f64) -> String {
    if number.fract() == 0.0 && number.abs() < 1e15 { format!("{number:.0}") } else { number.to_string() }
}

/// A date, from text that begins with one such as `2026-03-27T00:00:00`; other text stays as it is.
pub(super) fn say_iso_day(text: &str) -> &str {
    match text.get(..10) {
        Some(day) if day.parse::<chrono::NaiveDate>().is_ok() => day,
        _ => text,
    }
}

/// What a spreadsheet program calls a cell: `C7`. The column counts from 0, the row from 1.
pub fn cell_name(column: usize, row: u32) -> String {
    let mut letters = Vec::new();
    let mut rest = column + 1;
    while rest > 0 {
        letters.push(b'A' + ((rest - 1) % 26) as u8);
        rest = (rest - 1) / 26;
    }
    letters.reverse();
    format!("{}{row}", String::from_utf8_lossy(&letters))
}

#[cfg(test)]
mod tests {
    use super::*;

    const SMALL: SheetLimits = SheetLimits { rows: 2, columns: 3, text: 2_000, cell: 1_000, lines: false };

    #[test]
    fn cells_are_called_as_spreadsheet_programs_call_them() {
        let names = [(0, 1), (2, 7), (25, 1), (26, 1), (701, 9), (702, 10)].map(|(c, r)| cell_name(c, r));
        assert_eq!(names.join(" "), "A1 C7 Z1 AA1 ZZ9 AAA10");
    }

    #[test]
    fn a_row_or_column_too_many_is_refused_and_an_empty_one_is_none() {
        let mut gathering = Gathering::within(SMALL);
        for row in [0, 5] {
            assert_eq!(gathering.put(row, 2, "x"), Ok(()));
        }
        assert_eq!(gathering.put(9, 0, " \t"), Ok(()), "nothing is no row");
        assert_eq!(gathering.put(9, 99, ""), Ok(()), "nothing is no column");
        assert_eq!(gathering.put(9, 0, "x"), Err(SheetFlaw::TooManyRows(2)));
        assert_eq!(gathering.put(0, 3, "x"), Err(SheetFlaw::TooManyColumns(3)));
        let rows = gathering.into_sheet(None, 0).rows;
        assert_eq!(rows.iter().map(|row| row.number).collect::<Vec<_>>(), [1, 6]);
        let mut full = Gathering::within(SMALL);
        assert_eq!(full.put(0, 0, &"y".repeat(3_000)).and(full.put(0, 1, &"y".repeat(3_000))), Err(SheetFlaw::Swells));
    }

    #[test]
    fn a_cell_is_one_line_without_what_nobody_sees() {
        let tidy = |text: &str| SMALL.as_read(text);
        assert_eq!(tidy(" Amina\n\u{a0}Yusuf\0 "), "Amina Yusuf");
        assert_eq!(tidy("'=1+1"), "=1+1");
        assert_eq!(tidy("'tis"), "'tis");
        assert_eq!(tidy(&"é".repeat(1_001)).chars().count(), 1_001);
        assert_eq!([7.0, 7.5, -0.0, 1e20].map(say_number).join(" "), "7 7.5 -0 100000000000000000000");
        assert_eq!(say_iso_day("2026-03-27T10:00:00"), "2026-03-27");
        assert_eq!(say_iso_day("27 March 2026"), "27 March 2026");
    }

    #[test]
    fn a_cell_keeps_its_lines_where_that_is_wanted() {
        let limits = SheetLimits { cell: 30, lines: true, ..SMALL };
        assert_eq!(
            limits.as_read("\n We  greet\teveryone.\r\n\r\nTwice.\u{b}Or more.\n"),
            "We greet everyone.\n\nTwice.\nOr …"
        );
        assert_eq!(limits.as_read("'- at the door\n'- at home"), "- at the door\n'- at home");
        assert_eq!(limits.as_read(" \n\t\n"), "");
    }
}
