//! Tables on their way out. What people typed can never run as a formula: in CSV a mark stands before it, in XLSX it is
//! text and says so.

use actix_web::HttpResponse;
use actix_web::http::header::{CACHE_CONTROL, CONTENT_DISPOSITION, CONTENT_TYPE, X_CONTENT_TYPE_OPTIONS};
use rust_xlsxwriter::{Color, DataValidation, Format, FormatAlign, Formula, Workbook, Worksheet};

use crate::error::{Error, Result};

const CSV: &str = "text/csv; charset=utf-8";
const XLSX: &str = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";
/// What makes a spreadsheet program take text for a formula, the wide forms that some programs take for it too.
const BEGIN_FORMULAS: [char; 10] = ['=', '+', '-', '@', '\t', '\r', '＝', '＋', '－', '＠'];

/// One sheet of a workbook.
#[derive(Debug, Clone, Default)]
pub struct BookSheet {
    pub name: &'static str,
    pub header: Vec<String>,
    pub rows: Vec<Vec<String>>,
    /// Columns whose cells are chosen from a column of another sheet: `(2, "=Modules!$A$2:$A$18")`.
    pub choices: Vec<(u16, String)>,
}

/// Comma-separated, in UTF-8 with the mark that Excel looks for.
pub fn write_csv(header: &[String], rows: &[Vec<String>]) -> Result<Vec<u8>> {
    let mut bytes = "\u{feff}".as_bytes().to_vec();
    let mut writer = csv::WriterBuilder::new().flexible(true).terminator(csv::Terminator::CRLF).from_writer(&mut bytes);
    for row in std::iter::once(header).chain(rows.iter().map(Vec::as_slice)) {
        writer.write_record(row.iter().map(|cell| without_formula(cell))).map_err(Error::unexpected)?;
    }
    writer.flush()?;
    drop(writer);
    Ok(bytes)
}

fn without_formula(cell: &str) -> String {
    let marked = cell.trim_start_matches('\'').starts_with(BEGIN_FORMULAS);
    if marked { format!("'{cell}") } else { cell.to_owned() }
}

/// Was it kept from running by [`write_csv`], or by a spreadsheet program in the same way?
pub(super) fn is_quoted_formula(cell: &str) -> bool {
    cell.strip_prefix('\'').is_some_and(|rest| rest.trim_start_matches('\'').starts_with(BEGIN_FORMULAS))
}

/// Sheets with a header that stays in sight, in columns as wide as what is in them.
pub fn write_workbook(sheets: &[BookSheet]) -> Result<Vec<u8>> {
    let mut workbook = Workbook::new();
    for sheet in sheets {
        write_sheet(workbook.add_worksheet(), sheet).map_err(Error::unexpected)?;
    }
    workbook.save_to_buffer().map_err(Error::unexpected)
}

fn write_sheet(worksheet: &mut Worksheet, sheet: &BookSheet) -> Result<(), rust_xlsxwriter::XlsxError> {
    let head = Format::new()
        .set_bold()
        .set_text_wrap()
        .set_align(FormatAlign::Top)
        .set_background_color(Color::RGB(0xEDE4F0))
        .set_border_bottom(rust_xlsxwriter::FormatBorder::Thin);
    let body = Format::new().set_text_wrap().set_align(FormatAlign::Top);
    worksheet.set_name(sheet.name)?;
    worksheet.set_freeze_panes(1, 1)?;
    for (column, text) in (0..).zip(&sheet.header) {
        worksheet.write_string_with_format(0, column, text, &head)?;
        worksheet.set_column_width(column, width_of(sheet, usize::from(column)))?;
    }
    for (number, row) in (1..).zip(&sheet.rows) {
        for (column, text) in (0..).zip(row) {
            worksheet.write_string_with_format(number, column, text, &body)?;
        }
    }
    for (column, source) in &sheet.choices {
        let choice = DataValidation::new().allow_list_formula(Formula::new(source)).ignore_blank(true);
        worksheet.add_data_validation(1, *column, 10_000, *column, &choice)?;
    }
    Ok(())
}

/// As wide as its longest cell, within what a screen shows.
fn width_of(sheet: &BookSheet, column: usize) -> f64 {
    let cells = sheet.rows.iter().filter_map(|row| row.get(column)).map(|cell| cell.chars().count());
    let head = sheet.header.get(column).map_or(0, |text| text.chars().count());
    let longest = cells.max().unwrap_or(0).max(head.min(18));
    (longest + 2).clamp(10, 44) as f64
}

/// Answers with a CSV file to save.
pub fn send_csv(name: &str, bytes: Vec<u8>) -> HttpResponse {
    send(CSV, &format!("{name}.csv"), bytes)
}

/// Answers with an XLSX file to save.
pub fn send_workbook(name: &str, bytes: Vec<u8>) -> HttpResponse {
    send(XLSX, &format!("{name}.xlsx"), bytes)
}

/// The name is made of ours: a slug and plain words.
fn send(kind: &str, name: &str, bytes: Vec<u8>) -> HttpResponse {
    let name: String =
        name.chars().map(|c| if c.is_ascii_alphanumeric() || matches!(c, '.' | '-') { c } else { '-' }).collect();
    HttpResponse::Ok()
        .insert_header((CONTENT_TYPE, kind))
        .insert_header((CONTENT_DISPOSITION, format!("attachment; filename=\"{name}\"")))
        .insert_header((X_CONTENT_TYPE_OPTIONS, "nosniff"))
        .insert_header((CACHE_CONTROL, "private, no-store"))
        .body(bytes)
}
