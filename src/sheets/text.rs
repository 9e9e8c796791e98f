//! A table as text: in whatever encoding, with commas, semicolons or tabs between.

use std::path::Path;

use chardetng::{EncodingDetector, Iso2022JpDetection, Utf8Detection};
use encoding_rs::{Encoding, UTF_8, UTF_16BE, UTF_16LE};

use super::{Gathering, Sheet, SheetFlaw, SheetLimits};

const SEPARATORS: [u8; 3] = [b',', b';', b'\t'];

pub(super) fn read(path: &Path, limits: SheetLimits) -> Result<Sheet, SheetFlaw> {
    let bytes = std::fs::read(path).map_err(|_| SheetFlaw::Empty)?;
    let text = decode(&bytes);
    if text.contains('\0') {
        return Err(SheetFlaw::WrongKind);
    }
    let (separator, text) = separator_of(&text);
    let mut gathering = Gathering::within(limits);
    let mut reader = reader_of(text, separator);
    let mut record = csv::StringRecord::new();
    // The reader passes over empty lines, which are rows all the same, and counts lines, of which a cell may hold two.
    let (mut row, mut next_line) = (0_u32, 1_u64);
    while reader.read_record(&mut record).map_err(|_| SheetFlaw::Damaged)? {
        let line = record.position().map_or(next_line, csv::Position::line);
        row = row.saturating_add(u32::try_from(line.saturating_sub(next_line)).unwrap_or(u32::MAX));
        for (column, cell) in record.iter().enumerate() {
            gathering.put(row, column, cell)?;
        }
        let breaks: usize = record.iter().map(|cell| cell.matches('\n').count()).sum();
        next_line = line + breaks as u64 + 1;
        row = row.saturating_add(1);
    }
    Ok(gathering.into_sheet(None, 0))
}

fn reader_of(text: &str, separator: u8) -> csv::Reader<&[u8]> {
    csv::ReaderBuilder::new().delimiter(separator).has_headers(false).flexible(true).from_reader(text.as_bytes())
}

/// What the first bytes say it is; else UTF-8 where it can be; else what it most looks like.
fn decode(bytes: &[u8]) -> String {
    if Encoding::for_bom(bytes).is_none() {
        if let Ok(text) = std::str::from_utf8(bytes)
            && !text.contains('\0')
        {
            return text.to_owned();
        }
        if let Some(encoding) = utf_16_without_mark(bytes) {
            return encoding.decode(bytes).0.into_owned();
        }
    }
    let mut detector = EncodingDetector::new(Iso2022JpDetection::Deny);
    detector.feed(bytes, true);
    // A mark at the beginning goes before any guess.
    let (text, _, _) = match std::str::from_utf8(bytes) {
        Ok(_) => UTF_8.decode(bytes),
        Err(_) => detector.guess(Some(b"uk"), Utf8Detection::Deny).decode(bytes),
    };
    text.into_owned()
}

/// Plain letters in UTF-16 are every second byte nothing.
fn utf_16_without_mark(bytes: &[u8]) -> Option<&'static Encoding> {
    let start = &bytes[..bytes.len().min(1000)];
    let nothings = |from: usize| start.iter().skip(from).step_by(2).filter(|byte| **byte == 0).count();
    let (even, odd) = (nothings(0), nothings(1));
    let many = start.len() / 4;
    match (even > many, odd > many) {
        (false, true) => Some(UTF_16LE),
        (true, false) => Some(UTF_16BE),
        _ => None,
    }
}

/// What stands between the cells: as a first line `sep=;` says, or what parts the first line that has parts into most.
fn separator_of(text: &str) -> (u8, &str) {
    let (first, rest) = text.split_once('\n').unwrap_or((text, ""));
    if let Some(said) = first.trim_end().strip_prefix("sep=")
        && let [byte] = said.as_bytes()
        && SEPARATORS.contains(byte)
    {
        return (*byte, rest);
    }
    // The first line that any of them parts decides: below it people write what they like.
    let parts = |separator: u8| -> Vec<usize> {
        let records = reader_of(text, separator).into_records().map_while(|record| record.ok()).take(20);
        records.map(|record| record.iter().filter(|cell| !cell.trim().is_empty()).count()).collect()
    };
    let counts = SEPARATORS.map(|separator| (separator, parts(separator)));
    let best = (0..20).find_map(|line| {
        let at = counts.iter().map(|(separator, parts)| (parts.get(line).copied().unwrap_or(0), *separator));
        // Of those that part it alike, the first: a comma.
        at.rev().max_by_key(|(parts, _)| *parts).filter(|(parts, _)| *parts > 1).map(|(_, separator)| separator)
    });
    (best.unwrap_or(b','), text)
}
