//! What is inside an office document, which is a ZIP archive of parts. It is unpacked into nothing, to count.

use std::fs::File;
use std::io::{BufReader, Read, Seek, SeekFrom, copy, sink};
use std::path::Path;

use zip::ZipArchive;

use super::FileFlaw;

/// An office document holds some hundred parts; one that claims more is made to harm.
const MAX_PARTS: usize = 5_000;
/// What all parts may weigh together once unpacked. A document of 20 MB full of pictures hardly shrinks.
const MAX_UNPACKED_BYTES: u64 = 300 * 1024 * 1024;
/// What ends every ZIP archive, 22 to 65,557 bytes before the end of the file.
const END_OF_ARCHIVE: &[u8] = b"PK\x05\x06";
const LONGEST_TAIL: u64 = 22 + 65_535;

/// The main part of each kind of Office document.
const MAIN_PARTS: &[(&str, &str)] = &[
    ("word/document.xml", "application/vnd.openxmlformats-officedocument.wordprocessingml.document"),
    ("xl/workbook.xml", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
    ("ppt/presentation.xml", "application/vnd.openxmlformats-officedocument.presentationml.presentation"),
];

/// Which office document an archive is. It must be whole, hold no program, and not swell beyond measure.
pub(super) fn check_archive(path: &Path) -> Result<String, FileFlaw> {
    let file = File::open(path).map_err(|_| FileFlaw::Empty)?;
    let mut archive = ZipArchive::new(BufReader::new(file)).map_err(|_| FileFlaw::Broken)?;
    if archive.len() > MAX_PARTS {
        return Err(FileFlaw::Swells);
    }
    let media_type = kind_of(&mut archive).ok_or(FileFlaw::WrongKind)?;
    let mut room = MAX_UNPACKED_BYTES;
    for number in 0..archive.len() {
        let part = archive.by_index(number).map_err(|_| FileFlaw::Broken)?;
        if part.name().map_or(true, |name| is_program(&name)) {
            return Err(FileFlaw::HoldsProgram);
        }
        // What a part says of its own size may be a lie: it is unpacked, and never further than there is room.
        let unpacked = copy(&mut part.take(room + 1), &mut sink()).map_err(|_| FileFlaw::Broken)?;
        room = room.checked_sub(unpacked).ok_or(FileFlaw::Swells)?;
    }
    Ok(media_type)
}

/// Office says it by the name of its main part, OpenDocument by a part that holds nothing else.
fn kind_of(archive: &mut ZipArchive<BufReader<File>>) -> Option<String> {
    if let Ok(part) = archive.by_name("mimetype") {
        let mut said = String::new();
        part.take(100).read_to_string(&mut said).ok()?;
        return Some(said);
    }
    archive.by_name("[Content_Types].xml").ok()?;
    MAIN_PARTS.iter().find(|(part, _)| archive.by_name(part).is_ok()).map(|(_, kind)| (*kind).to_owned())
}

/// Is there an archive at the end of a file that begins as something else? Programs that unpack read from the end.
pub(super) fn ends_as_archive(path: &Path) -> bool {
    let tail = || -> std::io::Result<Vec<u8>> {
        let mut file = File::open(path)?;
        let length = file.metadata()?.len();
        file.seek(SeekFrom::Start(length.saturating_sub(LONGEST_TAIL)))?;
        let mut tail = Vec::new();
        file.take(LONGEST_TAIL).read_to_end(&mut tail)?;
        Ok(tail)
    };
    tail().is_ok_and(|tail| tail.windows(END_OF_ARCHIVE.len()).any(|bytes| bytes == END_OF_ARCHIVE))
}

/// Macros of Office and of OpenDocument.
fn is_program(part: &str) -> bool {
    let part = part.to_ascii_lowercase();
    part.ends_with("vbaproject.bin") || part.starts_with("basic/") || part.starts_with("scripts/")
}
