//! What is inside a workbook, which is a ZIP archive of parts. It is unpacked into nothing first, to count.

use std::fs::File;
use std::io::{BufReader, Read, copy, sink};
use std::path::Path;

use zip::ZipArchive;

use super::SheetFlaw;

const MOST_PARTS: usize = 5_000;
/// What all parts may weigh together once unpacked: half a million rows and more.
const MOST_UNPACKED_BYTES: u64 = 300 * 1024 * 1024;
/// How workbooks from before 2007 begin, and newer ones that are locked with a password.
pub(super) const COMPOUND_FILE: [u8; 8] = [0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1];

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum PackageKind {
    Workbook,
    OpenDocument,
}

/// Which kind of workbook an archive is. It must be whole, hold no program, not be locked, and not swell.
pub(super) fn look_into(path: &Path) -> Result<PackageKind, SheetFlaw> {
    let file = File::open(path).map_err(|_| SheetFlaw::Empty)?;
    let mut archive = ZipArchive::new(BufReader::new(file)).map_err(|_| SheetFlaw::Damaged)?;
    if archive.len() > MOST_PARTS {
        return Err(SheetFlaw::Swells);
    }
    let kind = kind_of(&mut archive)?;
    let mut room = MOST_UNPACKED_BYTES;
    for number in 0..archive.len() {
        let part = archive.by_index(number).map_err(|_| SheetFlaw::Damaged)?;
        if part.name().map_or(true, |name| is_program(&name)) {
            return Err(SheetFlaw::HoldsProgram);
        }
        // What a part says of its own size may be a lie.
        let unpacked = copy(&mut part.take(room + 1), &mut sink()).map_err(|_| SheetFlaw::Damaged)?;
        room = room.checked_sub(unpacked).ok_or(SheetFlaw::Swells)?;
    }
    Ok(kind)
}

fn kind_of(archive: &mut ZipArchive<BufReader<File>>) -> Result<PackageKind, SheetFlaw> {
    if archive.by_name("xl/workbook.xml").is_ok() {
        return Ok(PackageKind::Workbook);
    }
    if archive.by_name("xl/workbook.bin").is_ok() {
        return Err(SheetFlaw::OldWorkbook);
    }
    let said = read_part(archive, "mimetype", 100);
    if !said.starts_with("application/vnd.oasis.opendocument.spreadsheet") {
        return Err(SheetFlaw::WrongKind);
    }
    // A locked one says of each part how it was locked.
    match read_part(archive, "META-INF/manifest.xml", 1024 * 1024).contains("encryption-data") {
        true => Err(SheetFlaw::NeedsPassword),
        false => Ok(PackageKind::OpenDocument),
    }
}

fn read_part(archive: &mut ZipArchive<BufReader<File>>, name: &str, most: u64) -> String {
    let mut bytes = Vec::new();
    if let Ok(part) = archive.by_name(name) {
        // What cannot be read to its end is looked at as far as it goes; the whole archive is checked afterwards.
        part.take(most).read_to_end(&mut bytes).ok();
    }
    String::from_utf8_lossy(&bytes).into_owned()
}

/// A workbook of Office 97, or one that is locked: such a one names its locked part in UTF-16.
pub(super) fn flaw_of_compound_file(path: &Path) -> SheetFlaw {
    let locked: Vec<u8> = "EncryptedPackage".encode_utf16().flat_map(u16::to_le_bytes).collect();
    let bytes = std::fs::read(path).unwrap_or_default();
    let is_locked = bytes.windows(locked.len()).any(|window| window == locked);
    if is_locked { SheetFlaw::NeedsPassword } else { SheetFlaw::OldWorkbook }
}

/// Macros of Office and of OpenDocument.
fn is_program(part: &str) -> bool {
    let part = part.to_ascii_lowercase();
    part.ends_with("vbaproject.bin") || part.starts_with("basic/") || part.starts_with("scripts/")
}
