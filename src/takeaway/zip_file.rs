//! The ZIP itself, while it is written.

use std::fs::File;
use std::io::{BufWriter, Seek, SeekFrom, Write};

use chrono::{Datelike, NaiveDateTime, Timelike};
use serde::Serialize;
use tempfile::{NamedTempFile, TempPath};
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, DateTime, ZipWriter};

use super::sheet::{Sheet, cell, write_object};
use crate::db::DbConnection;
use crate::error::{Error, Result};
use crate::ids::FileId;

/// How sheets are written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Forms {
    Json,
    /// And a table that a spreadsheet opens.
    JsonAndTable,
}

/// What the page at the front of the ZIP says of one sheet.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Content {
    pub title: &'static str,
    pub rows: usize,
    /// Its files in the ZIP.
    pub places: Vec<String>,
}

/// What the page at the front of the ZIP says.
#[derive(Serialize)]
pub struct Index<'a> {
    pub name: &'a str,
    pub made_on: String,
    pub site: &'a str,
    pub contents: &'a [Content],
    pub files: usize,
}

/// A ZIP under way. It is gone from the disk when nobody holds it any more.
pub struct Takeaway {
    zip: ZipWriter<BufWriter<File>>,
    path: TempPath,
    packed: SimpleFileOptions,
    contents: Vec<Content>,
    wanted: Vec<(FileId, String)>,
}

impl Takeaway {
    pub fn begin(at: NaiveDateTime) -> Result<Self> {
        let (file, path) = NamedTempFile::new()?.into_parts();
        let packed = SimpleFileOptions::default()
            .compression_method(CompressionMethod::Deflated)
            .last_modified_time(time_of(at))
            .large_file(true);
        let zip = ZipWriter::new(BufWriter::new(file));
        Ok(Self { zip, path, packed, contents: Vec::new(), wanted: Vec::new() })
    }

    /// Adds every row of a sheet. One without rows is named in the contents all the same: nothing is known, too.
    pub fn add_sheet<Of>(&mut self, conn: &mut DbConnection, sheet: &Sheet<Of>, of: &Of, forms: Forms) -> Result<()> {
        let mut spool = tempfile::tempfile()?;
        let mut places = vec![format!("data/{}.json", sheet.name)];
        let rows = if forms == Forms::JsonAndTable {
            places.push(format!("tables/{}.csv", sheet.name));
            self.start(&format!("tables/{}.csv", sheet.name))?;
            // Without this mark some spreadsheets take accents for something else.
            self.zip.write_all("\u{feff}".as_bytes())?;
            let mut table = csv::Writer::from_writer(&mut self.zip);
            table.write_record(sheet.columns).map_err(Error::unexpected)?;
            let rows = spool_rows(conn, sheet, of, &mut spool, |row| {
                table.write_record(row.iter().map(cell)).map_err(Error::unexpected)
            })?;
            table.flush()?;
            rows
        } else {
            spool_rows(conn, sheet, of, &mut spool, |_| Ok(()))?
        };
        self.start(&places[0])?;
        spool.seek(SeekFrom::Start(0))?;
        std::io::copy(&mut spool, &mut self.zip)?;
        self.contents.push(Content { title: sheet.title, rows, places });
        Ok(())
    }

    /// Adds a text as it is.
    pub fn add_text(&mut self, name: &str, text: &str) -> Result<()> {
        self.add_bytes(name, text.as_bytes())
    }

    /// Adds bytes that were made for it.
    pub fn add_bytes(&mut self, name: &str, bytes: &[u8]) -> Result<()> {
        self.start(name)?;
        self.zip.write_all(bytes)?;
        Ok(())
    }

    /// Asks for the bytes of a file, once, at [`place_of`] it.
    pub fn want_file(&mut self, id: FileId, place: String) {
        if self.wanted.iter().all(|(wanted, _)| *wanted != id) {
            self.wanted.push((id, place));
        }
    }

    /// The sheets so far.
    pub fn contents(&self) -> &[Content] {
        &self.contents
    }

    /// How many files were asked for.
    pub fn files(&self) -> usize {
        self.wanted.len()
    }

    /// Copies every file that was asked for, one after the other, and closes the ZIP.
    pub fn finish(mut self, mut copy: impl FnMut(FileId, &mut dyn Write) -> Result<u64>) -> Result<TempPath> {
        // Pictures and documents are packed already.
        let as_it_is = self.packed.compression_method(CompressionMethod::Stored);
        for (id, place) in std::mem::take(&mut self.wanted) {
            self.zip.start_file(place, as_it_is).map_err(Error::unexpected)?;
            copy(id, &mut self.zip)?;
        }
        self.zip.finish().map_err(Error::unexpected)?.flush()?;
        Ok(self.path)
    }

    fn start(&mut self, name: &str) -> Result<()> {
        self.zip.start_file(name, self.packed).map_err(Error::unexpected)
    }
}

/// Hands each row on, and writes all of them as JSON beside it.
fn spool_rows<Of>(
    conn: &mut DbConnection,
    sheet: &Sheet<Of>,
    of: &Of,
    spool: &mut File,
    mut take: impl FnMut(&super::Row) -> Result<()>,
) -> Result<usize> {
    let mut json = BufWriter::new(spool);
    json.write_all(b"[")?;
    let mut is_first = true;
    let rows = sheet.each_row(conn, of, |row| {
        write_object(&mut json, sheet.columns, row, is_first)?;
        is_first = false;
        take(row)
    })?;
    json.write_all(b"\n]\n")?;
    json.flush()?;
    Ok(rows)
}

/// Where a file stands in the ZIP: its name without anything that could lead elsewhere, and the end of its id, so that
/// no two are the same.
pub fn place_of(id: FileId, name: &str, extension: &str) -> String {
    let name = name.rsplit(['/', '\\']).next().unwrap_or(name);
    let stem = name.rsplit_once('.').map_or(name, |(stem, _)| stem);
    let safe = |c: char| if c.is_alphanumeric() || matches!(c, '-' | '_' | ' ') { c } else { '-' };
    let stem: String = stem.chars().map(safe).take(60).collect();
    let stem = Some(stem.trim()).filter(|stem| !stem.is_empty()).unwrap_or("file");
    format!("files/{stem} {}.{extension}", &id.as_str()[28..])
}

fn time_of(at: NaiveDateTime) -> DateTime {
    let (date, time) = (at.date(), at.time());
    let parts = (u16::try_from(date.year()), date.month() as u8, date.day() as u8);
    let (hour, minute) = (time.hour() as u8, time.minute() as u8);
    let (year, month, day) = (parts.0.unwrap_or(1980), parts.1, parts.2);
    DateTime::from_date_and_time(year, month, day, hour, minute, 0).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_leads_nowhere_else() {
        let id = FileId::new();
        let end = &id.as_str()[28..];
        for (name, stem) in [
            ("../../etc/passwd", "passwd"),
            ("C:\\plan.docx", "plan"),
            ("a:b|c.pdf", "a-b-c"),
            ("..", "-"),
            ("Zoë & Łódź.pdf", "Zoë - Łódź"),
            (".pdf", "file"),
            ("", "file"),
        ] {
            assert_eq!(place_of(id, name, "pdf"), format!("files/{stem} {end}.pdf"), "{name}");
        }
    }
}
