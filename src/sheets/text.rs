//! A table as text: in whatever encoding, with commas, semicolons or tabs between.

use std::iter::Peekable;
use std::path::Path;
use std::str::Chars;

use chardetng::{EncodingDetector, Iso2022JpDetection, Utf8Detection};
use encoding_rs::{Encoding, UTF_8, UTF_16BE, UTF_16LE};

use super::{Gathering, Sheet, SheetFlaw, SheetLimits};

/// Rows that say what stands between the cells.
const LOOKED_AT: usize = 20;
const MOST_CELLS: usize = 1_000;
const SEPARATORS: [char; 3] = [',', ';', '\t'];

pub(super) fn read(path: &Path, limits: SheetLimits) -> Result<Sheet, SheetFlaw> {
    let bytes = std::fs::read(path).map_err(|_| SheetFlaw::Empty)?;
    let text = decode(&bytes);
    if text.contains('\0') {
        return Err(SheetFlaw::WrongKind);
    }
    let (separator, text) = separator_of(&text);
    let mut gathering = Gathering::within(limits);
    for (row, cells) in (0..=u32::MAX).zip(Rows { letters: text.chars().peekable(), separator }) {
        for (column, cell) in cells.iter().enumerate() {
            gathering.put(row, column, cell)?;
        }
    }
    Ok(gathering.into_sheet(None, 0))
}

/// Every row, those with nothing in them too: spreadsheet programs count them.
struct Rows<'a> {
    letters: Peekable<Chars<'a>>,
    separator: char,
}

impl Iterator for Rows<'_> {
    type Item = Vec<String>;

    fn next(&mut self) -> Option<Vec<String>> {
        self.letters.peek()?;
        let (mut cells, mut cell, mut quoted) = (Vec::new(), String::new(), false);
        while let Some(letter) = self.letters.next() {
            match letter {
                // Two in a row are one of the text.
                '"' if quoted && self.letters.next_if_eq(&'"').is_some() => cell.push('"'),
                '"' if quoted => quoted = false,
                '"' if cell.is_empty() => quoted = true,
                _ if quoted => cell.push(letter),
                // Far more cells than any limit lets through take no more room.
                _ if letter == self.separator && cells.len() > MOST_CELLS => cell.clear(),
                _ if letter == self.separator => cells.push(std::mem::take(&mut cell)),
                '\n' => break,
                '\r' => {
                    self.letters.next_if_eq(&'\n');
                    break;
                }
                _ => cell.push(letter),
            }
        }
        cells.push(cell);
        Some(cells)
    }
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
fn separator_of(text: &str) -> (char, &str) {
    let (first, rest) = text.split_once('\n').unwrap_or((text, ""));
    if let Some(said) = first.trim_end().strip_prefix("sep=")
        && let Some(separator) = SEPARATORS.into_iter().find(|known| said == known.to_string())
    {
        return (separator, rest);
    }
    // The first line that any of them parts decides: below it people write what they like.
    let parts = |separator: char| -> Vec<usize> {
        let rows = Rows { letters: text.chars().peekable(), separator }.take(LOOKED_AT);
        rows.map(|cells| cells.iter().filter(|cell| !cell.trim().is_empty()).count()).collect()
    };
    let counts = SEPARATORS.map(|separator| (separator, parts(separator)));
    let best = (0..LOOKED_AT).find_map(|line| {
        let at = counts.iter().map(|(separator, parts)| (parts.get(line).copied().unwrap_or(0), *separator));
        // Of those that part it alike, the first: a comma.
        at.rev().max_by_key(|(parts, _)| *parts).filter(|(parts, _)| *parts > 1).map(|(_, separator)| separator)
    });
    (best.unwrap_or(','), text)
}
