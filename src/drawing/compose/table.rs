//! A table as strips: rows that stay whole while they are short, heads that can stand again on the next page.

use super::{Composed, lines_at};
use crate::drawing::letters::Face;
use crate::drawing::paper::Table;
use crate::drawing::strip::{INK, LINE, Mark, PALE, Role, Strip, Style, TEXT_WIDTH};

const CELL: Style = Style { face: Face::Upright, size: 9.0, colour: INK };
const HEAD: Style = Style { face: Face::Bold, ..CELL };
/// Between the edge of a cell and its text.
const PADDING: f32 = 5.0;
/// A row of so many lines or fewer is never cut.
const WHOLE: usize = 12;

impl Composed {
    pub(super) fn table(&mut self, table: &Table) {
        let number = self.heads.len();
        let part = self.part(0, Role::Table(table.caption.clone()));
        let edges = edges_of(table);
        let heads: Vec<String> = table.columns.iter().map(|column| column.head.clone()).collect();
        let mut head = self.row(part, &heads, &edges, true);
        for strip in &mut head {
            strip.with_next = true;
        }
        self.heads.push(head.clone());
        if let Some(first) = head.first_mut() {
            first.space_before = 9.0;
        }
        self.strips.append(&mut head);
        for cells in &table.rows {
            let mut row = self.row(part, cells, &edges, false);
            let lines = row.len();
            for (line, strip) in row.iter_mut().enumerate() {
                strip.in_table = Some(number);
                strip.with_next = lines <= WHOLE && line + 1 < lines;
            }
            self.strips.append(&mut row);
        }
    }

    fn row(&mut self, table: usize, cells: &[String], edges: &[(f32, f32)], is_head: bool) -> Vec<Strip> {
        let row = self.part(table, Role::Row);
        let mut columns: Vec<Vec<Strip>> = Vec::new();
        for (number, (text, (left, width))) in cells.iter().zip(edges).enumerate() {
            let (role, style) = match (is_head, number) {
                (true, _) => (Role::ColumnHead, HEAD),
                (false, 0) => (Role::RowHead, HEAD),
                (false, _) => (Role::Cell, CELL),
            };
            let cell = self.part(row, role);
            columns.push(lines_at(cell, text, style, left + PADDING, width - 2.0 * PADDING));
        }
        let lines = columns.iter().map(Vec::len).max().unwrap_or_default().max(1);
        (0..lines).map(|line| row_line(&mut columns, line, lines, is_head)).collect()
    }
}

/// One line of all cells of a row, with the space above the first and the rule below the last.
fn row_line(columns: &mut [Vec<Strip>], line: usize, lines: usize, is_head: bool) -> Strip {
    let above = if line == 0 { PADDING } else { 0.0 };
    let below = if line + 1 == lines { PADDING } else { 0.0 };
    let height = above + CELL.line_height() + below;
    let mut marks = Vec::new();
    if is_head {
        marks.push(Mark::Box { x: 0.0, y: 0.0, width: TEXT_WIDTH, height, colour: PALE });
    }
    if line + 1 == lines {
        let (y, colour) = (height - 0.6, if is_head { INK } else { LINE });
        marks.push(Mark::Box { x: 0.0, y, width: TEXT_WIDTH, height: 0.6, colour });
    }
    for column in columns {
        if let Some(strip) = column.get_mut(line) {
            marks.extend(std::mem::take(&mut strip.marks).into_iter().map(|mark| super::lowered(mark, above)));
        }
    }
    Strip { height, marks, ..Strip::default() }
}

/// Where each column begins, and how wide it is.
fn edges_of(table: &Table) -> Vec<(f32, f32)> {
    let all: f32 = table.columns.iter().map(|column| column.share).sum();
    let mut left = 0.0;
    table
        .columns
        .iter()
        .map(|column| {
            let width = TEXT_WIDTH * column.share / all.max(0.001);
            left += width;
            (left - width, width)
        })
        .collect()
}
