//! ODS, as LibreOffice writes it. A cell or a row can stand for many of its like; only as many are made as the limits
//! let, so that a short file cannot say it is a long one.

use std::collections::HashSet;
use std::fs::File;
use std::io::{BufRead, BufReader};
use std::path::Path;

use quick_xml::XmlVersion;
use quick_xml::events::{BytesStart, Event};
use quick_xml::reader::Reader;
use zip::ZipArchive;

use super::cells::{say_iso_day, say_number};
use super::{Gathering, MergedCells, Sheet, SheetFlaw, SheetLimits};

/// More rows than any spreadsheet program has.
const MOST_ROWS: u32 = 1 << 21;

pub(super) fn read(path: &Path, limits: SheetLimits) -> Result<Sheet, SheetFlaw> {
    let file = File::open(path).map_err(|_| SheetFlaw::Empty)?;
    let mut archive = ZipArchive::new(BufReader::new(file)).map_err(|_| SheetFlaw::Damaged)?;
    let content = archive.by_name("content.xml").map_err(|_| SheetFlaw::Damaged)?;
    let mut reading = Reading { hidden_styles: HashSet::new(), limits, found: None, others: 0 };
    reading.read(Reader::from_reader(BufReader::new(content)))?;
    let (name, gathering) = reading.found.ok_or(SheetFlaw::Empty)?;
    Ok(gathering.into_sheet(Some(name), reading.others))
}

struct Reading {
    hidden_styles: HashSet<String>,
    limits: SheetLimits,
    found: Option<(String, Gathering)>,
    others: usize,
}

/// A table while it is read.
struct Table {
    name: String,
    hidden: bool,
    gathering: Gathering,
    row: u32,
    row_repeats: u32,
    column: usize,
    /// Of the present row, to be repeated.
    cells: Vec<(usize, String)>,
    holds_anything: bool,
}

/// A cell while it is read.
#[derive(Default)]
struct Cell {
    repeats: usize,
    columns: usize,
    rows: u32,
    kind: String,
    value: String,
    text: String,
    /// Comments within, whose text is not the cell's.
    comments: usize,
}

impl Reading {
    fn read<R: BufRead>(&mut self, mut reader: Reader<R>) -> Result<(), SheetFlaw> {
        let (mut style, mut table, mut cell) = (String::new(), None::<Table>, None::<Cell>);
        let mut buffer = Vec::new();
        loop {
            buffer.clear();
            match reader.read_event_into(&mut buffer).map_err(|_| SheetFlaw::Damaged)? {
                Event::Start(start) => match start.local_name().as_ref() {
                    "style" => style = attribute(&start, "name").unwrap_or_default(),
                    "table-properties" => self.note_style(&style, &start),
                    "table" if table.is_none() => table = Some(self.begin(&start)),
                    "table-row" => begin_row(&mut table, &start),
                    "table-cell" | "covered-table-cell" => cell = Some(Cell::begin(&start)),
                    "annotation" => cell.iter_mut().for_each(|cell| cell.comments += 1),
                    "p" => cell.iter_mut().for_each(|cell| cell.add("\n")),
                    _ => {}
                },
                Event::Empty(empty) => match empty.local_name().as_ref() {
                    "table-properties" => self.note_style(&style, &empty),
                    "table-row" => {
                        begin_row(&mut table, &empty);
                        end_row(&mut table)?;
                    }
                    "table-cell" | "covered-table-cell" => end_cell(&mut table, Cell::begin(&empty))?,
                    "s" | "tab" => cell.iter_mut().for_each(|cell| cell.add(" ")),
                    // A paragraph with nothing in it is a line all the same.
                    "line-break" | "p" => cell.iter_mut().for_each(|cell| cell.add("\n")),
                    _ => {}
                },
                Event::End(end) => match end.local_name().as_ref() {
                    "table-cell" | "covered-table-cell" => end_cell(&mut table, cell.take().unwrap_or_default())?,
                    "annotation" => cell.iter_mut().for_each(|cell| cell.comments = cell.comments.saturating_sub(1)),
                    "table-row" => end_row(&mut table)?,
                    "table" => self.end(table.take()),
                    _ => {}
                },
                Event::Text(text) => cell.iter_mut().for_each(|cell| cell.add(&text.xml10_content())),
                Event::CData(text) => cell.iter_mut().for_each(|cell| cell.add(&text.xml10_content())),
                Event::GeneralRef(named) => {
                    let letter = resolve(&named);
                    cell.iter_mut().for_each(|cell| cell.add(&letter));
                }
                Event::Eof => return Ok(()),
                _ => {}
            }
        }
    }

    fn note_style(&mut self, style: &str, properties: &BytesStart<'_>) {
        if attribute(properties, "display").as_deref() == Some("false") {
            self.hidden_styles.insert(style.to_owned());
        }
    }

    fn begin(&self, start: &BytesStart<'_>) -> Table {
        let hidden = attribute(start, "style-name").is_some_and(|style| self.hidden_styles.contains(&style));
        Table {
            name: attribute(start, "name").unwrap_or_default(),
            // Of a second table no more is wanted than whether it is empty.
            hidden,
            gathering: Gathering::within(self.limits),
            row: 0,
            row_repeats: 1,
            column: 0,
            cells: Vec::new(),
            holds_anything: false,
        }
        .counting_only(self.found.is_some())
    }

    fn end(&mut self, table: Option<Table>) {
        let Some(table) = table.filter(|table| !table.hidden && table.holds_anything) else { return };
        match self.found {
            Some(_) => self.others += 1,
            None => self.found = Some((table.name, table.gathering)),
        }
    }
}

impl Table {
    /// One that is looked at and not kept has room for nothing.
    fn counting_only(mut self, yes: bool) -> Self {
        if yes || self.hidden {
            self.gathering = Gathering::within(SheetLimits { rows: 0, columns: 0, text: 0, cell: 0, lines: false });
        }
        self
    }
}

fn begin_row(table: &mut Option<Table>, start: &BytesStart<'_>) {
    if let Some(table) = table {
        table.row_repeats = number(start, "number-rows-repeated");
        table.column = 0;
        table.cells.clear();
    }
}

fn end_row(table: &mut Option<Table>) -> Result<(), SheetFlaw> {
    let Some(table) = table else { return Ok(()) };
    if !table.cells.is_empty() {
        for row in 0..table.row_repeats {
            let row = table.row.saturating_add(row);
            for (column, text) in &table.cells {
                match table.gathering.put(row, *column, text) {
                    // Whoever only wants to know whether it is empty knows now.
                    Err(_) if table.holds_anything && table.gathering.is_empty() => break,
                    outcome => outcome?,
                }
            }
            if table.gathering.is_empty() {
                break;
            }
        }
    }
    table.row = table.row.saturating_add(table.row_repeats).min(MOST_ROWS);
    table.cells.clear();
    table.row_repeats = 1;
    Ok(())
}

fn end_cell(table: &mut Option<Table>, cell: Cell) -> Result<(), SheetFlaw> {
    let Some(table) = table else { return Ok(()) };
    if cell.columns > 1 || cell.rows > 1 {
        table.gathering.merged.push(MergedCells {
            first_row: table.row.saturating_add(1),
            last_row: table.row.saturating_add(cell.rows),
            first_column: table.column,
            last_column: table.column + cell.columns - 1,
        });
        table.gathering.merged.truncate(100);
    }
    let said = cell.say();
    if !said.trim().is_empty() {
        table.holds_anything = true;
        // As many as the limits let, and one more, which they will refuse.
        for column in table.column..table.column.saturating_add(cell.repeats.min(table.gathering.width() + 1)) {
            table.cells.push((column, said.clone()));
        }
        if table.cells.len() > 20_000 {
            return Err(SheetFlaw::Swells);
        }
    }
    table.column = table.column.saturating_add(cell.repeats).min(1 << 20);
    Ok(())
}

impl Cell {
    fn begin(start: &BytesStart<'_>) -> Self {
        let kind = attribute(start, "value-type").unwrap_or_default();
        let value = match kind.as_str() {
            "date" => attribute(start, "date-value"),
            "boolean" => attribute(start, "boolean-value"),
            "float" => attribute(start, "value"),
            _ => None,
        };
        Self {
            repeats: number(start, "number-columns-repeated") as usize,
            columns: number(start, "number-columns-spanned") as usize,
            rows: number(start, "number-rows-spanned"),
            kind,
            value: value.unwrap_or_default(),
            text: String::new(),
            comments: 0,
        }
    }

    fn add(&mut self, text: &str) {
        // Far more than is kept of any cell.
        if self.comments == 0 && self.text.len() < 60_000 {
            self.text.push_str(text);
        }
    }

    fn say(&self) -> String {
        let shown = self.text.trim();
        match self.kind.as_str() {
            "date" => say_iso_day(&self.value).to_owned(),
            "boolean" => if self.value == "true" { "yes" } else { "no" }.to_owned(),
            // A number that is shown as 007 was meant so.
            "float" if shown.starts_with('0') && shown.bytes().all(|byte| byte.is_ascii_digit()) => shown.to_owned(),
            "float" => self.value.parse().map_or_else(|_| shown.to_owned(), say_number),
            _ => shown.to_owned(),
        }
    }
}

fn attribute(start: &BytesStart<'_>, name: &str) -> Option<String> {
    let found = start.attributes().flatten().find(|attribute| attribute.key.local_name().as_ref() == name)?;
    found.normalized_value(XmlVersion::Implicit1_0).ok().map(|value| value.into_owned())
}

/// How many times; once where nothing sensible is said.
fn number(start: &BytesStart<'_>, name: &str) -> u32 {
    attribute(start, name).and_then(|said| said.parse().ok()).unwrap_or(1).clamp(1, MOST_ROWS)
}

fn resolve(named: &quick_xml::events::BytesRef<'_>) -> String {
    if let Ok(Some(letter)) = named.resolve_char_ref() {
        return letter.to_string();
    }
    match &*named.xml10_content() {
        "amp" => "&",
        "lt" => "<",
        "gt" => ">",
        "quot" => "\"",
        "apos" => "'",
        _ => "",
    }
    .to_owned()
}
