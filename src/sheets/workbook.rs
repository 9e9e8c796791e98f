//! XLSX, as Excel and many other programs write it. Cells are read one after another, so that a workbook which says
//! that it is a million columns wide costs no more than what is in it.

use std::fs::File;
use std::io::BufReader;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::Path;

use calamine::{DataRef, DataType, Reader, SheetType, SheetVisible, Xlsx, XlsxError, open_workbook};

use super::cells::{say_iso_day, say_number};
use super::{Gathering, MergedCells, Sheet, SheetFlaw, SheetLimits};

type Workbook = Xlsx<BufReader<File>>;

/// The library reads what strangers send: should it ever give up, that is a damaged file and no more.
pub(super) fn read(path: &Path, limits: SheetLimits) -> Result<Sheet, SheetFlaw> {
    catch_unwind(AssertUnwindSafe(|| read_visible(path, limits))).unwrap_or(Err(SheetFlaw::Damaged))
}

fn read_visible(path: &Path, limits: SheetLimits) -> Result<Sheet, SheetFlaw> {
    let mut workbook: Workbook = open_workbook(path).map_err(flaw_of)?;
    let sheets = workbook.sheets_metadata().iter();
    let visible = sheets.filter(|sheet| sheet.visible == SheetVisible::Visible && sheet.typ == SheetType::WorkSheet);
    let names: Vec<String> = visible.map(|sheet| sheet.name.clone()).collect();
    let mut found: Option<(String, Gathering)> = None;
    let mut others = 0;
    for name in names {
        match &found {
            Some(_) => others += usize::from(holds_anything(&mut workbook, &name)),
            None => {
                let gathering = read_cells(&mut workbook, &name, limits)?;
                found = (!gathering.is_empty()).then_some((name, gathering));
            }
        }
    }
    let (name, mut gathering) = found.ok_or(SheetFlaw::Empty)?;
    gathering.merged = merged_in(&mut workbook, &name);
    Ok(gathering.into_sheet(Some(name), others))
}

fn read_cells(workbook: &mut Workbook, name: &str, limits: SheetLimits) -> Result<Gathering, SheetFlaw> {
    let mut gathering = Gathering::within(limits);
    let mut cells = workbook.worksheet_cells_reader(name).map_err(flaw_of)?;
    while let Some(cell) = cells.next_cell().map_err(flaw_of)? {
        let (row, column) = cell.get_position();
        gathering.put(row, column as usize, &say_value(cell.get_value()))?;
    }
    Ok(gathering)
}

fn holds_anything(workbook: &mut Workbook, name: &str) -> bool {
    let Ok(mut cells) = workbook.worksheet_cells_reader(name) else { return false };
    while let Ok(Some(cell)) = cells.next_cell() {
        if !cell.get_value().is_empty() {
            return true;
        }
    }
    false
}

fn merged_in(workbook: &mut Workbook, name: &str) -> Vec<MergedCells> {
    let merged = workbook.merge_cells_by_sheet_name(name).unwrap_or_default();
    let cells = |area: calamine::Dimensions| MergedCells {
        first_row: area.start.0.saturating_add(1),
        last_row: area.end.0.saturating_add(1),
        first_column: area.start.1 as usize,
        last_column: area.end.1 as usize,
    };
    merged.into_iter().map(cells).collect()
}

fn say_value(value: &DataRef<'_>) -> String {
    match value {
        DataRef::Empty => String::new(),
        DataRef::String(text) => text.clone(),
        DataRef::SharedString(text) => (*text).to_owned(),
        DataRef::Int(number) => number.to_string(),
        DataRef::Float(number) => say_number(*number),
        DataRef::Bool(true) => "yes".to_owned(),
        DataRef::Bool(false) => "no".to_owned(),
        DataRef::DateTimeIso(text) => say_iso_day(text).to_owned(),
        DataRef::DurationIso(text) => text.clone(),
        DataRef::DateTime(day) => match value.as_date() {
            Some(date) if day.is_datetime() => date.to_string(),
            _ => say_number(day.as_f64()),
        },
        DataRef::Error(error) => error.to_string(),
    }
}

fn flaw_of(error: XlsxError) -> SheetFlaw {
    match error {
        XlsxError::Password => SheetFlaw::NeedsPassword,
        _ => SheetFlaw::Damaged,
    }
}
